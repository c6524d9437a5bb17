//! Which packs of law apply, and which of the rules that decided nobody has checked.

use super::{HANG, Label};
use crate::authoring::page::{Ink, Page};
use crate::decision::Decision;

/// The packs, the plain word that they are no legal advice, and the mark of every rule that is not verified.
pub(super) fn write(decision: &Decision, page: &mut Page) {
    let mut lead = Label::LAW;
    for pack in &decision.packs {
        let text = if pack.certain { " applies" } else { " may apply: a fact is not known that would tell" };
        page.flow(lead, HANG, &[(Ink::Bold, &pack.pack), (Ink::Plain, " "), (Ink::Plain, &pack.version), (Ink::Plain, text)]);
        lead = HANG;
    }
    let of_rules = decision.explanation.iter().map(|line| (line.rule(), line.law()));
    let of_clocks = decision.clocks.iter().map(|clock| (clock.id.as_ref(), clock.law.as_ref()));
    let mut unverified: Vec<&str> =
        of_rules.chain(of_clocks).filter(|(_, law)| law.is_some_and(|law| law.is_unverified())).map(|(name, _)| name).collect();
    unverified.sort_unstable();
    unverified.dedup();
    for name in unverified {
        let text = " is not verified: from general knowledge, to be checked against the text of the law";
        page.flow(lead, HANG, &[(Ink::Attention, name), (Ink::Plain, text)]);
        lead = HANG;
    }
    if lead == HANG {
        page.flow(HANG, HANG, &[(Ink::Dim, "a pack of law is no legal advice")]);
    }
}
