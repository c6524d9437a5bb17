//! The letters that decisions ask for exist, and print the sentences that a law asks for.

use super::compiled::{Decision, Formula, Rule};
use super::literal::Literal;
use crate::bundle::Bundle;
use crate::letter::{Letters, STATUTORY_SENTENCES};
use crate::text::{Diagnostics, Place};
use crate::value::{Fact, Kind};

/// The decision that says which letters go out.
const LETTERS: &str = "letters";
/// Its output that names one, and the output of the decision on sentences.
const KIND: &str = "kind";

/// Checks every kind that a rule can name. A kind that an expression makes is found out when the letter is written.
pub(crate) fn check(compiled: &[Decision], letters: &Letters, bundle: &Bundle, out: &mut Diagnostics) {
    for decision in compiled.iter().filter(|decision| [LETTERS, STATUTORY_SENTENCES].contains(&&*decision.name)) {
        let asks_for_sentences = &*decision.name == STATUTORY_SENTENCES;
        for (kind, place) in kinds(decision) {
            letters.check_kind(&kind, &place, bundle, out);
            if asks_for_sentences {
                letters.check_sentences(&kind, &place, out);
            }
        }
    }
}

/// The kinds that a decision can name, each with the place where it does.
fn kinds(decision: &Decision) -> Vec<(String, Place)> {
    let Some((number, output)) = decision.outputs.iter().enumerate().find(|(_, output)| &*output.name == KIND) else {
        return Vec::new();
    };
    let mut found: Vec<(String, Place)> = Vec::new();
    if let Kind::Enum(members) = &output.kind
        && &*decision.name == LETTERS
    {
        found.extend(members.names.iter().map(|name| (name.to_string(), output.place.clone())));
    } else {
        let named = |rule: &Rule| match rule.then.get(number)?.as_ref()? {
            Formula::Literal(Literal::Plain(Fact::Known(value), _)) => Some((value.as_name()?.to_owned(), rule.place.clone())),
            _ => None,
        };
        found.extend(decision.rules.iter().chain(&decision.otherwise).filter_map(named));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found.dedup_by(|later, earlier| later.0 == earlier.0);
    found
}
