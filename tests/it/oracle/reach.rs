//! What generated bundles and cases come to: every construct of the format that decided something, counted.

use super::conditions::{COLUMNS, OF_ITEMS};
use super::made::{HITS, Marks, ROUNDINGS};
use redress::decision::{ClockState, Decision, PartStatus, SafeguardResult};
use redress::{CaseStatus, DecideError};
use std::collections::{BTreeMap, BTreeSet};

/// How often each construct was reached.
#[derive(Default)]
pub(super) struct Reach(BTreeMap<String, usize>);

impl Reach {
    pub(super) fn count(&mut self, what: impl Into<String>) {
        *self.0.entry(what.into()).or_default() += 1;
    }

    fn count_all(&mut self, several: Vec<String>) {
        for what in several {
            self.count(what);
        }
    }

    /// What a bundle was made of counts where it decided.
    pub(super) fn decided(&mut self, decision: &Decision, marks: &Marks, hits: &BTreeMap<String, &'static str>) {
        self.count(match decision.status {
            CaseStatus::Decided => "case: decided",
            CaseStatus::NeedsFacts => "case: needs facts",
            CaseStatus::Referred => "case: referred",
            _ => "case: something else",
        });
        let of = |decision: &str, rule: &str| {
            marks.get(&(decision.to_owned(), rule.to_owned())).into_iter().flatten().cloned().collect::<Vec<_>>()
        };
        for part in &decision.parts {
            self.count(format!("part: {}", part.status.word()));
            let rules: BTreeSet<&str> = part.rules.iter().map(redress::decision::RuleNote::rule).collect();
            for rule in &rules {
                self.count_all(of(&part.name, rule));
            }
            if let Some(hit) = hits.get(&*part.name) {
                let how = match (part.status, rules.len()) {
                    (PartStatus::Conflict, _) => "conflict",
                    (PartStatus::NoRule, _) => "no rule",
                    (PartStatus::Decided, 0) => "none",
                    (PartStatus::Decided, 1) if rules.contains("otherwise") => "otherwise",
                    (PartStatus::Decided, 1) => "one",
                    (PartStatus::Decided, _) => "several",
                    _ => continue,
                };
                self.count(format!("{hit}: {how}"));
            }
            for change in &part.changes {
                self.count(format!("change: {}", change.by));
                if change.by == "rounding" {
                    self.count(format!("rounding: {}", change.because.trim_start_matches("rounded ")));
                }
                if change.by == "plugin" {
                    self.count_all(of("plugin", &change.id));
                }
            }
            if !part.reads.assumed().is_empty() {
                self.count("an assumed fact");
            }
            if !part.nearest.is_empty() {
                self.count("nearest rules");
            }
        }
        for fault in &decision.faults {
            self.count(format!("fault: {}", fault.kind));
            let plugins = ["p0", "p1"].into_iter().flat_map(|plugin| of("plugin", plugin));
            plugins.chain(of(&fault.part, "script")).filter(|what| what.contains("escalate")).for_each(|what| {
                self.count(what);
            });
        }
        for clock in &decision.clocks {
            self.count(format!("clock: {}", clock.state.word()));
            if clock.state != ClockState::NotKnown && clock.state != ClockState::Waiting {
                self.count_all(of("clock", &clock.id));
            }
            if !clock.open_facts.is_empty() {
                self.count("clock: in doubt");
            }
            if clock.earliest.is_some() {
                self.count("clock: perhaps earlier");
            }
        }
        for pack in &decision.packs {
            self.count(if pack.certain { "pack: applies" } else { "pack: perhaps" });
        }
        for safeguard in &decision.relationship.safeguards {
            self.count(match safeguard.result {
                SafeguardResult::Pass => "safeguard: passed",
                SafeguardResult::Block => "safeguard: blocks",
                _ => "safeguard: to be looked at",
            });
        }
        for (is_there, what) in [
            (!decision.holds.because.is_empty(), "holds"),
            (!decision.approval.also.is_empty(), "further approval"),
            (decision.approval.second_person, "a second person"),
            (decision.escalation.trigger.is_some(), "sent to somebody"),
            (decision.outcome.as_deref() == Some("concede_by_deadline"), "conceded by silence"),
            (decision.money.correction.is_some(), "a correction"),
        ] {
            if is_there {
                self.count(what);
            }
        }
    }

    pub(super) fn refused(&mut self, error: &DecideError) {
        self.count(format!("error: {}", error.kind()));
    }

    /// The constructs that were never reached.
    pub(super) fn missing(&self) -> Vec<String> {
        expected().into_iter().filter(|what| !self.0.contains_key(what)).collect()
    }

    /// Everything that was counted, a line each.
    pub(super) fn table(&self) -> String {
        self.0.iter().map(|(what, count)| format!("{count:>8}  {what}\n")).collect()
    }
}

/// Constructs that are told by one name each.
const OTHERS: [&str; 58] = [
    "a clock of a pack",
    "a clock that concedes",
    "a clock that reads a decision",
    "a correction",
    "a letter",
    "a letter in another language than asked",
    "a reason in several languages",
    "a rule in a CSV file",
    "a rule in a list",
    "a rule in a table",
    "a rule of a pack",
    "a rule with `from`",
    "a rule with `until`",
    "a second person",
    "an assumed fact",
    "an output by its default",
    "case: decided",
    "case: needs facts",
    "case: referred",
    "change: cap",
    "change: floor",
    "change: forbid",
    "change: plugin",
    "change: rounding",
    "clock: breached",
    "clock: closed",
    "clock: done",
    "clock: done_late",
    "clock: in doubt",
    "clock: not_known",
    "clock: perhaps earlier",
    "clock: running",
    "clock: standing",
    "clock: waiting",
    "conceded by silence",
    "condition: a clock",
    "condition: the output of a decision",
    "error: not_in_force",
    "error: refused",
    "fault: conflict",
    "fault: currency",
    "fault: no_rule",
    "fault: operation_limit",
    "further approval",
    "holds",
    "nearest rules",
    "pack: applies",
    "pack: perhaps",
    "part: conflict",
    "part: decided",
    "part: fault",
    "part: needs_facts",
    "part: no_rule",
    "part: skipped",
    "safeguard: blocks",
    "safeguard: passed",
    "safeguard: to be looked at",
    "sent to somebody",
];

/// Everything that has to occur.
fn expected() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (_, kind, forms) in COLUMNS.into_iter().chain(OF_ITEMS) {
        all.extend(forms.iter().map(|(form, ..)| format!("condition: {kind}, {form}")));
    }
    for (hit, _) in HITS {
        let several = !["unique", "first", "priority"].contains(&hit);
        let list = hit == "collect" || hit == "collect ranked";
        all.push(format!("{hit}: one"));
        all.extend(several.then(|| format!("{hit}: several")));
        all.extend(list.then(|| format!("{hit}: none")));
        all.extend((!list && hit != "collect count").then(|| format!("{hit}: otherwise")));
        all.extend((!list && hit != "collect count").then(|| format!("{hit}: no rule")));
        all.extend(["unique", "any"].contains(&hit).then(|| format!("{hit}: conflict")));
    }
    all.extend(ROUNDINGS.iter().map(|rounding| format!("rounding: {rounding}")));
    for output in ["integer", "decimal", "text", "boolean", "date", "instant", "duration", "place", "names"] {
        all.extend(["as it stands", "worked out"].map(|how| format!("output: {output}, {how}")));
    }
    all.extend(["money", "text"].map(|item| format!("output: list of {item}, worked out")));
    for (what, how) in [("gives", "escalate"), ("gives", "skip"), ("divides", "escalate"), ("needs a fact", "skip")] {
        all.push(format!("a plugin that {what}, {how}"));
    }
    for what in ["meets currencies", "never ends", "gives the wrong type"] {
        all.push(format!("a plugin that {what}, escalate"));
        all.push(format!("a plugin that {what}, skip"));
        all.push(format!("a script that {what}, escalate"));
    }
    for what in ["gives", "divides", "needs a fact"] {
        all.push(format!("a script that {what}, escalate"));
    }
    let clocks = [
        "business days",
        "calendar days",
        "weeks",
        "months",
        "years",
        "hours",
        "billing cycles",
        "after a step",
        "several lines",
        "when",
        "unless",
        "window",
        "holds alone",
        "from",
    ];
    all.extend(clocks.map(|clock| format!("a clock: {clock}")));
    all.extend(OTHERS.map(str::to_owned));
    all
}
