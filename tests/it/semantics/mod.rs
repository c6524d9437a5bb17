//! What decisions come to: small bundles, cases, and the whole decision as text.
//!
//! A bundle is written as one text, `=== path` before each file; `bundle.yaml` may be left out. A case is written as its facts by path,
//! `; ` between them: `input.n: 5; input.word: red`. `at: ...` is no fact but the time of the decision.

mod assumptions;
mod cells;
mod clocks;
mod facts;
mod finals;
mod forbids;
mod guardrails;
mod hits;
mod loops;
mod missed_clocks;
mod natives;
mod near_misses;
mod owed;
mod own_facts;
mod packs;
mod plugins;
mod quarantine;
mod readers;
mod reasons;
mod rounding;
mod script_faults;
mod scripts;
mod tables;
mod time;
mod windows;

use redress::case::{CaseFormat, read_case};
use redress::decision::{Clock, Outputs, Part, SafeguardResult};
use redress::text::{Source, render_all};
use redress::value::{DateTime, Fact, Value};
use redress::{Case, DecideError, Decision, Policy};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The manifest of a bundle that does not bring its own.
const MANIFEST: &str = "
bundle: small
version: 1.0.0
currency: USD
facts:
  input.n: {type: integer}
  input.m: {type: integer}
  input.x: {type: decimal}
  input.sum: {type: money}
  input.word: {type: text}
  input.level: {type: enum, values: [low, middle, high], ordered: true}
  input.yes: {type: boolean}
  input.day: {type: date}
  input.place: {type: place}
  input.numbers: {type: list of integer}
";

/// What a dispute needs at least.
const DISPUTE: &str = "complaint.case_id: D-1; complaint.received_at: 2026-03-02T09:00:00Z; complaint.language: en; \
    complaint.jurisdiction: US-VA; customer.customer_id: C-1; dispute.reason_code: DUPLICATE; dispute.disputed_amount: 64.20 USD";

/// The files of a bundle written as one text.
pub(crate) fn files(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(path) = line.strip_prefix("=== ") {
            files.push((path.trim().to_owned(), String::new()));
        } else if let Some((_, body)) = files.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    if files.iter().all(|(path, _)| path != "bundle.yaml") {
        files.push(("bundle.yaml".to_owned(), MANIFEST.to_owned()));
    }
    files
}

pub(crate) fn policy(text: &str) -> Policy {
    Policy::from_files(files(text)).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

/// The case of facts written by path, as YAML that the reader of cases reads.
pub(crate) fn case(facts: &str) -> (Case, DateTime) {
    #[derive(Default)]
    struct Tree {
        text: Option<String>,
        below: BTreeMap<String, Tree>,
    }
    fn write(tree: &Tree) -> String {
        if let Some(text) = &tree.text {
            return text.clone();
        }
        let inner: Vec<String> = tree.below.iter().map(|(name, tree)| format!("{name}: {}", write(tree))).collect();
        format!("{{{}}}", inner.join(", "))
    }
    let (mut root, mut at) = (Tree::default(), "2026-03-05T00:00:00Z".to_owned());
    for line in facts.split(';').map(str::trim).filter(|line| !line.is_empty()) {
        let (path, text) = line.split_once(": ").unwrap_or_else(|| panic!("`{line}` is no fact"));
        if path == "at" {
            text.clone_into(&mut at);
            continue;
        }
        let tree = path.split('.').fold(&mut root, |tree, name| tree.below.entry(name.to_owned()).or_default());
        tree.text = Some(text.to_owned());
    }
    let source = Source::new("case.yaml", write(&root));
    let case = read_case(&source, CaseFormat::Yaml).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    (case, DateTime::parse(&at).unwrap())
}

/// Decides each case by the bundle; every case and its whole decision as text.
pub(crate) fn decided(bundle: &str, cases: &[&str]) -> String {
    let policy = policy(bundle);
    let mut text = String::new();
    for facts in cases {
        let (case, at) = case(facts);
        let _ = writeln!(text, "[{facts}]\n{}", shown(crate::oracle::decide(&policy, &case, at)));
    }
    text
}

/// The same for disputes: each case has what a dispute needs, and these facts.
pub(crate) fn disputes(bundle: &str, cases: &[&str]) -> String {
    let policy = policy(bundle);
    let mut text = String::new();
    for facts in cases {
        let (case, at) = case(&format!("{DISPUTE}; {facts}"));
        let _ = writeln!(text, "[{facts}]\n{}", shown(crate::oracle::decide(&policy, &case, at)));
    }
    text
}

pub(crate) fn shown(decision: Result<Decision, DecideError>) -> String {
    match decision {
        Ok(decision) => rendered(&decision),
        Err(DecideError::InvalidCase(found)) => render_all(&found, false),
        Err(error) => format!("{error}"),
    }
}

/// The whole decision in a few lines.
pub(crate) fn rendered(decision: &Decision) -> String {
    let mut text = decision.status.word().to_owned();
    if let Some(outcome) = &decision.outcome {
        let _ = write!(text, ", {outcome}");
    }
    for name in &decision.missing_facts {
        let _ = write!(text, ", needs {name}");
    }
    text.push('\n');
    for part in &decision.parts {
        text.push_str(&rendered_part(part));
    }
    for fault in &decision.faults {
        let place = fault.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
        let _ = writeln!(text, "  fault of {}, {}: {}{place}", fault.part, fault.kind, fault.message);
    }
    let approval = &decision.approval;
    if !approval.also.is_empty() || approval.second_person {
        let second = if approval.second_person { ", second person" } else { "" };
        let _ = writeln!(text, "  approval also of: {}{second}", approval.also.join(", "));
    }
    for (hold, by) in &decision.holds.because {
        let _ = writeln!(text, "  hold {hold}: {}", by.join(", "));
    }
    if let Some(target) = &decision.escalation.target {
        let trigger = decision.escalation.trigger.as_deref().unwrap_or("-");
        let _ = writeln!(text, "  goes to {target}, level {}: {trigger}", decision.escalation.level);
    }
    for clock in &decision.clocks {
        text.push_str(&rendered_clock(clock));
    }
    for safeguard in &decision.relationship.safeguards {
        let result = match safeguard.result {
            SafeguardResult::Pass => "pass",
            SafeguardResult::Block => "block",
            SafeguardResult::Review => "review",
            _ => "?",
        };
        let citation = safeguard.citation.as_ref().map_or_else(String::new, |citation| format!(" ({citation})"));
        let _ = writeln!(text, "  safeguard {}: {result}{citation}. {}", safeguard.check, safeguard.because);
    }
    text
}

fn rendered_clock(clock: &Clock) -> String {
    let mut text = format!("  clock {}: {}", clock.id, clock.state.word());
    if let Some(due) = clock.due {
        let _ = write!(text, ", due {due}");
    }
    if let Some(earliest) = clock.earliest {
        let _ = write!(text, ", perhaps {earliest} already");
    }
    if clock.binding {
        text.push_str(", binding");
    }
    if let Some(left) = clock.business_days_left {
        let _ = write!(text, ", {left} left");
    }
    if !clock.open_facts.is_empty() {
        let _ = write!(text, ", open: {}", clock.open_facts.join(", "));
    }
    if let Some(note) = &clock.note {
        let _ = write!(text, ", {note}");
    }
    text.push('\n');
    text
}

fn rendered_part(part: &Part) -> String {
    let rules: Vec<String> = part
        .rules
        .iter()
        .map(|rule| match rule.item {
            Some(item) => format!("{}@{item}", rule.rule()),
            None => rule.rule().to_owned(),
        })
        .collect();
    let mut text = format!("  {}: {}", part.name, part.status.word());
    if !rules.is_empty() {
        let _ = write!(text, " by {}", rules.join(", "));
    }
    if part.listed {
        for outputs in &part.results {
            let _ = write!(text, "\n    - {}", rendered_outputs(outputs));
        }
    } else if let Some(outputs) = part.results.first() {
        let _ = write!(text, " -> {}", rendered_outputs(outputs));
    }
    text.push('\n');
    if !part.because().is_empty() {
        let _ = writeln!(text, "    because {}", part.because());
    }
    for change in &part.changes {
        let because = if change.because.is_empty() { String::new() } else { format!(" ({})", change.because) };
        let (before, after) = (fact(&change.before), fact(&change.after));
        if change.output.is_empty() {
            let _ = writeln!(text, "    {} {}{because}", change.by, change.id);
        } else {
            let _ = writeln!(text, "    {} {}: {} {before} -> {after}{because}", change.by, change.id, change.output);
        }
    }
    for (output, cap) in &part.capped_by {
        let _ = writeln!(text, "    {output} capped by {cap}");
    }
    for missed in &part.nearest {
        let _ = writeln!(text, "    nearest {}: {}", missed.rule, missed.why());
    }
    let assumed: Vec<String> = part
        .reads
        .as_read()
        .iter()
        .filter(|read| read.assumed)
        .map(|read| format!("{} = {}", read.name, fact(&read.value)))
        .collect();
    if !assumed.is_empty() {
        let _ = writeln!(text, "    assumed {}", assumed.join(", "));
    }
    if !part.missing.is_empty() {
        let _ = writeln!(text, "    needs {}", part.missing.join(", "));
    }
    if !part.waits_for.is_empty() {
        let _ = writeln!(text, "    waits for {}", part.waits_for.join(", "));
    }
    text
}

fn rendered_outputs(outputs: &Outputs) -> String {
    outputs.iter().map(|(name, value)| format!("{name} {}", fact(value))).collect::<Vec<_>>().join(", ")
}

fn fact(fact: &Fact<Value>) -> String {
    match fact {
        Fact::Missing => "-".to_owned(),
        Fact::Unknown => "unknown".to_owned(),
        Fact::Known(value) => value.to_string(),
    }
}
