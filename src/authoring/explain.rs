//! A decision as text: what an operations manager wants to read first, and the trace as a tree.
//!
//! Order of the files in `explain/`, each using only those before it: `words`, `money`, `attention`, `actions`, `deadlines`, `law`, `trace`,
//! `list`.

mod actions;
mod attention;
mod deadlines;
mod law;
mod list;
mod money;
#[cfg(test)]
mod tests;
mod trace;
pub(super) mod words;

use super::page::{Ink, Page};
use crate::decision::sections::section;
use crate::decision::{CaseStatus, Decision, Part};
use words::{plain, short_digest};

pub use list::{list_heading, list_line};

/// How a decision is shown.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct View {
    /// Where lines are wrapped, in columns.
    pub width: usize,
    /// With ANSI colours?
    pub colour: bool,
    /// With the trace: rules, values read, caps, plugins, nearest rules?
    pub trace: bool,
    /// Where the bundle came from, if the reader should be told: `./policies`.
    pub origin: Option<String>,
}

impl Default for View {
    /// 80 columns, no colour, no trace.
    fn default() -> Self {
        Self { width: 80, colour: false, trace: false, origin: None }
    }
}

/// The labels stand in a column of their own.
struct Label;

impl Label {
    const NEEDS: &'static str = "Needed        ";
    const REFERRED: &'static str = "To a person   ";
    const RESULT: &'static str = "Result        ";
    const MONEY: &'static str = "Money         ";
    const APPROVAL: &'static str = "Approval      ";
    const ESCALATION: &'static str = "Escalation    ";
    const RELATIONSHIP: &'static str = "Relationship  ";
    const TERMS: &'static str = "Terms         ";
    const DEADLINES: &'static str = "Deadlines     ";
    const LAW: &'static str = "Law           ";
    const NEXT: &'static str = "Next steps    ";
    const LETTERS: &'static str = "Letters       ";
    const HOLDS: &'static str = "On hold       ";
    const PREVENTION: &'static str = "Prevention    ";
    const WHY: &'static str = "Why           ";
    const GROUNDWORK: &'static str = "Groundwork    ";
}

const HANG: &str = "              ";

/// The parts whose reason stands beside what they decided.
const EXPLAINED_ABOVE: [&str; 7] = ["outcome", "approval", "escalation", "relationship", "plan", "letters", "penalties"];

/// A decision as text: the outcome, the money, who signs, the relationship, what happens next, then one line of reason for
/// every part whose reason was not told on the way; with [`View::trace`] also how each part was decided.
#[must_use]
pub fn explain(decision: &Decision, view: &View) -> String {
    let mut page = Page::new(view.width, view.colour);
    heading(decision, view, &mut page);
    let attention = if decision.missing_facts.is_empty() { Label::REFERRED } else { Label::NEEDS };
    let blocks: [&dyn Fn(&mut Page); 15] = [
        &|page| attention::write(decision, page, attention, HANG),
        &|page| results(decision, page),
        &|page| money::write(decision, page, Label::MONEY, HANG),
        &|page| actions::approval(decision, page),
        &|page| actions::escalation(decision, page),
        &|page| actions::relationship(decision, page),
        &|page| actions::terms(decision, page),
        &|page| deadlines::write(decision, page),
        &|page| actions::plan(decision, page),
        &|page| actions::letters(decision, page),
        &|page| actions::holds(decision, page),
        &|page| actions::prevention(decision, page),
        &|page| law::write(decision, page),
        &|page| reasons(decision, true, page),
        &|page| reasons(decision, false, page),
    ];
    for block in blocks {
        page.block(block);
    }
    if view.trace {
        page.block(|page| {
            page.flow("", "", &[(Ink::Bold, "How it was decided")]);
            page.blank();
            trace::write(decision, page);
        });
    }
    page.into_text()
}

/// How one part was decided, as a tree: what a failing policy test shows. Empty when there is no such part.
#[must_use]
pub fn explain_part(decision: &Decision, part: &str, view: &View) -> String {
    let mut page = Page::new(view.width, view.colour);
    if let Some(part) = decision.part(part) {
        trace::write_part(decision, part, &mut page);
    }
    page.into_text()
}

fn heading(decision: &Decision, view: &View, page: &mut Page) {
    let outcome = decision.outcome.as_deref().map(plain);
    let (ink, text) = match (decision.status, outcome) {
        (CaseStatus::Decided, Some(outcome)) => (Ink::Good, outcome),
        (CaseStatus::Decided, None) => (Ink::Good, "decided".to_owned()),
        (CaseStatus::NeedsFacts, _) => (Ink::Attention, "not decided yet, facts are missing".to_owned()),
        (CaseStatus::Referred, Some(outcome)) => (Ink::Attention, format!("{outcome}, and a person has to look at it")),
        (CaseStatus::Referred, None) => (Ink::Attention, "a person has to decide it".to_owned()),
    };
    let id = if decision.case_id.is_empty() { "Case without a number" } else { &decision.case_id };
    page.flow("", "  ", &[(Ink::Bold, id), (Ink::Bold, ": "), (ink, &text)]);
    if let Some(part) = decision.part("outcome") {
        page.flow("  ", "  ", &[(Ink::Plain, &part.because())]);
    }
    let policy = &decision.policy;
    let origin = view.origin.as_deref().map_or_else(String::new, |origin| format!(", {origin}"));
    let text = format!("policy {} {} ({}){origin}", policy.bundle, policy.version, short_digest(&policy.digest));
    page.flow("  ", "  ", &[(Ink::Dim, &text)]);
    let text = format!("judged by the policy of {}, as things stand at {}", decision.policy_date, decision.at);
    page.flow("  ", "  ", &[(Ink::Dim, &text)]);
}

/// What every part gave, in a bundle that is a plain table engine: nothing else would show it.
fn results(decision: &Decision, page: &mut Page) {
    if decision.parts.iter().any(|part| section(&part.name).is_some()) {
        return;
    }
    let mut lead = Label::RESULT;
    for part in decision.parts.iter().filter(|part| part.is_decided()) {
        for result in &part.results {
            let text = trace::outputs(result);
            page.flow(lead, &format!("{HANG}  "), &[(Ink::Bold, &part.name), (Ink::Plain, ": "), (Ink::Plain, &text)]);
            lead = HANG;
        }
    }
}

/// One line of reason for each part that fills a section, or for each that only leads up to one.
fn reasons(decision: &Decision, of_sections: bool, page: &mut Page) {
    let mut lead = if of_sections { Label::WHY } else { Label::GROUNDWORK };
    let is_plain_table = decision.parts.iter().all(|part| section(&part.name).is_none());
    let wanted = |part: &&Part| {
        let fills = is_plain_table || section(&part.name).is_some();
        fills == of_sections && !EXPLAINED_ABOVE.contains(&part.name.as_ref())
    };
    for part in decision.parts.iter().filter(wanted) {
        let because = part.because();
        if !because.is_empty() {
            page.flow(lead, &format!("{HANG}  "), &[(Ink::Bold, &part.name), (Ink::Plain, ": "), (Ink::Plain, &because)]);
            lead = HANG;
        }
    }
}
