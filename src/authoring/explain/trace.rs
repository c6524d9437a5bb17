//! The trace as a readable tree: per part the rules that decided, what they read, what changed the draft, what came of it.

use super::words::{plain, shown};
use crate::authoring::page::{Ink, Page, left};
use crate::decision::{Change, Decision, Outputs, Part, RuleNote};
use crate::text::picture;
use crate::value::Fact;
use unicode_width::UnicodeWidthStr;

/// Names of what was read are padded to at most this many columns.
const NAME_COLUMNS_MAX: usize = 34;

/// A branch of the tree: its first line, and what hangs below it, each with what stands before it.
struct Branch {
    ink: Ink,
    title: String,
    rest: String,
    below: Vec<(String, String)>,
    /// Lines that are not wrapped: marked text.
    picture: Vec<String>,
}

impl Branch {
    fn new(ink: Ink, title: impl Into<String>, rest: impl Into<String>) -> Self {
        Self { ink, title: title.into(), rest: rest.into(), below: Vec::new(), picture: Vec::new() }
    }
}

/// Every part, in the order in which it was decided.
pub(super) fn write(decision: &Decision, page: &mut Page) {
    for (at, part) in decision.parts.iter().enumerate() {
        if at > 0 {
            page.blank();
        }
        write_part(decision, part, page);
    }
}

/// One part of a decision as a tree.
pub(super) fn write_part(decision: &Decision, part: &Part, page: &mut Page) {
    let ink = if part.is_decided() { Ink::Good } else { Ink::Bad };
    page.flow("", "  ", &[(Ink::Bold, &part.name), (Ink::Plain, ": "), (ink, &plain(part.status.word()))]);
    let branches = branches(decision, part);
    for (at, branch) in branches.iter().enumerate() {
        let is_last = at + 1 == branches.len();
        let (lead, hang) = if is_last { ("└─ ", "     ") } else { ("├─ ", "│    ") };
        page.flow(lead, hang, &[(branch.ink, &branch.title), (Ink::Plain, &branch.rest)]);
        for (name, text) in &branch.below {
            page.flow(&format!("{hang}{name}"), &format!("{hang}  "), &[(Ink::Plain, text)]);
        }
        for line in &branch.picture {
            page.line(&[(Ink::Dim, hang), (Ink::Plain, line)]);
        }
    }
}

fn branches(decision: &Decision, part: &Part) -> Vec<Branch> {
    let mut all: Vec<Branch> = part.rules.iter().map(rule).collect();
    for fault in decision.faults.iter().filter(|fault| *fault.part == *part.name) {
        let code = fault.finding.as_ref().map(|finding| format!(" [{}]", finding.code)).unwrap_or_default();
        let mut branch = Branch::new(Ink::Bad, format!("{}{code}: ", plain(fault.kind)), fault.message.clone());
        match &fault.finding {
            Some(finding) => branch.picture = picture(finding),
            None => branch.below.extend(fault.place.iter().map(|place| (String::new(), place.clone()))),
        }
        all.push(branch);
    }
    for missed in &part.nearest {
        let item = missed.item.map_or_else(String::new, |item| format!(" for item {item}"));
        let mut branch = Branch::new(Ink::Attention, format!("nearly {}{item}", missed.rule), "");
        branch.below.extend(missed.failed.iter().map(|condition| (String::new(), condition.to_string())));
        if !missed.actionable.is_empty() {
            branch.below.push((String::new(), format!("can still be brought about: {}", missed.actionable.join(", "))));
        }
        all.push(branch);
    }
    if !part.missing.is_empty() {
        all.push(Branch::new(Ink::Attention, "needs ", part.missing.join(", ")));
    }
    if !part.waits_for.is_empty() {
        all.push(Branch::new(Ink::Attention, "waits for ", part.waits_for.join(", ")));
    }
    if !part.reads.is_empty() {
        all.push(reads(part));
    }
    all.extend(part.changes.iter().map(change));
    for (output, cap) in &part.capped_by {
        if !part.changes.iter().any(|change| change.id == *cap && *change.output == **output) {
            all.push(Branch::new(Ink::Attention, format!("{output} limited by "), cap.clone()));
        }
    }
    for (at, result) in part.results.iter().enumerate() {
        let number = if part.listed { format!("gives {}: ", at + 1) } else { "gives ".to_owned() };
        all.push(Branch::new(Ink::Bold, number, outputs(result)));
    }
    if part.listed && part.results.is_empty() && part.is_decided() {
        all.push(Branch::new(Ink::Bold, "gives ", "an empty list"));
    }
    all
}

fn rule(rule: &RuleNote) -> Branch {
    let item = rule.item.map_or_else(String::new, |item| format!(" for item {item}"));
    let because = if rule.because.is_empty() { String::new() } else { format!(": {}", rule.because) };
    let mut branch = Branch::new(Ink::Bold, format!("{}{item}", rule.rule()), because);
    let from = [rule.citation.source().unwrap_or(""), rule.citation.place()];
    let from: Vec<&str> = from.into_iter().filter(|text| !text.is_empty()).collect();
    if !from.is_empty() {
        branch.below.push((String::new(), from.join(" · ")));
    }
    branch
}

fn reads(part: &Part) -> Branch {
    let mut branch = Branch::new(Ink::Plain, "read", "");
    let reads = part.reads.as_read();
    let widest = reads.iter().map(|read| read.name.width()).max().unwrap_or(0).min(NAME_COLUMNS_MAX);
    for read in reads {
        let assumed = if read.assumed { " (assumed: the case does not say)" } else { "" };
        branch.below.push((format!("{}  ", left(&read.name, widest)), format!("{}{assumed}", shown(&read.value))));
    }
    branch
}

fn change(change: &Change) -> Branch {
    let ink = if change.by == "plugin" { Ink::Bold } else { Ink::Attention };
    let text = format!(": {} from {} to {}", change.output, shown(&change.before), shown(&change.after));
    let mut branch = Branch::new(ink, format!("{} {}", change.by, change.id), text);
    let source = change.source.as_deref().map_or_else(String::new, |source| format!(" ({source})"));
    if !change.because.is_empty() {
        branch.below.push((String::new(), format!("{}{source}", change.because)));
    }
    branch
}

/// Names and values of one result.
pub(super) fn outputs(result: &Outputs) -> String {
    let given: Vec<String> = result
        .iter()
        .filter(|(_, value)| !matches!(value, Fact::Missing))
        .map(|(name, value)| format!("{name} {}", shown(value)))
        .collect();
    if given.is_empty() { "nothing".to_owned() } else { given.join(", ") }
}
