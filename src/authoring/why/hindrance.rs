//! What stands in the way of an outcome that no change gives: the nearest rule and what it asks for that nobody can bring about, the
//! guardrail that takes the outcome away, the rule that comes before.

use super::ground::{Ground, Mask};
use super::prospects::Prospects;
use super::wanted::Wanted;
use crate::decision::Found;
use crate::policy::compiled::{Decision, Verb};
use crate::policy::slots::Slot;
use crate::rule::{Cell, HitPolicy};
use crate::script::FactPath;
use crate::value::{Fact, Possible, Value};
use serde::Serialize;

/// How far it is followed from one decision to those that it reads, in steps.
const DEPTH_MAX: usize = 3;

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum Hindrance {
    /// The rule that comes nearest asks for what nobody can bring about.
    Rule {
        /// `decision/rule`.
        rule: String,
        /// What it asks for, each with why that cannot be.
        asks: Vec<Asks>,
    },
    /// No rule of a decision gives it.
    NoRule {
        /// The decision.
        decision: String,
    },
    /// A rule that always holds here comes before those that give it.
    Before {
        /// `decision/rule`.
        rule: String,
    },
    /// A guardrail takes it away.
    Guardrail {
        /// `decision/guardrail`.
        guardrail: String,
        /// What it does: `caps goodwill.amount at 0.00 USD`.
        does: String,
    },
    /// Each of the conditions can be met, but never all at once.
    Together {
        /// `decision/rule`, or the decision.
        of: String,
    },
}

/// One condition of a rule that cannot be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Asks {
    /// What it looks at.
    pub fact: String,
    /// What that is.
    pub is: String,
    /// What is asked for.
    pub wanted: String,
    /// Why it cannot be brought about.
    pub why: String,
}

/// What stands in the way of each thing that is wanted and that cannot be.
pub(super) fn find(ground: &Ground<'_>, wanted: &[Wanted], prospects: &mut Prospects<'_, '_>) -> Vec<Hindrance> {
    let mut list = Vec::new();
    for each in wanted {
        if !prospects.can(each.decision, each.output, &each.cell) {
            follow(ground, prospects, (each.decision, each.output), &each.cell, 0, &mut list);
        }
    }
    if list.is_empty() {
        // Each of them can be, one by one.
        let names: Vec<String> = wanted.iter().map(|each| format!("`{}`", each.text)).collect();
        list.push(Hindrance::Together { of: names.join(" and ") });
    }
    list
}

fn follow(
    ground: &Ground<'_>,
    prospects: &mut Prospects<'_, '_>,
    (number, output): (usize, usize),
    cell: &Cell,
    depth: usize,
    list: &mut Vec<Hindrance>,
) {
    let Some(decision) = ground.decision(number) else { return };
    let name = |rule: &str| format!("{}/{rule}", decision.name);
    prospects.look_at(number, decision);
    let giving = giving(prospects, decision, output, cell);
    if !decision.rules.is_empty() && giving.is_empty() {
        push(list, Hindrance::NoRule { decision: decision.name.to_string() });
        return;
    }
    let mut nearest: Option<(usize, Vec<usize>)> = None;
    for row in giving.iter().copied().flatten() {
        let blocked: Vec<usize> =
            (0..decision.columns.len()).filter(|column| !prospects.row_may(decision, row, *column)).collect();
        if nearest.as_ref().is_none_or(|(_, before)| blocked.len() < before.len()) {
            nearest = Some((row, blocked));
        }
    }
    match nearest {
        Some((row, blocked)) if !blocked.is_empty() => {
            let rule = decision.rules.get(row).map_or_else(String::new, |rule| name(&rule.id));
            let mut asks = Vec::new();
            let mut deeper = Vec::new();
            for column in blocked {
                let Some(path) = decision.columns.get(column) else { continue };
                let asked = decision.matcher.cell(row, column);
                asks.push(Asks {
                    fact: path.written.to_string(),
                    is: read(ground, number, path),
                    wanted: asked.describe(),
                    why: why(ground, path),
                });
                if let Some(Slot::Output { decision, output }) = ground.program.slots.get(path.slot).map(|entry| entry.slot)
                    && path.is_whole()
                    && depth < DEPTH_MAX
                {
                    deeper.push((decision, output, asked));
                }
            }
            push(list, Hindrance::Rule { rule, asks });
            for (decision, output, asked) in deeper {
                follow(ground, prospects, (decision, output), asked, depth + 1, list);
            }
        }
        _ => {
            let before = list.len();
            guardrails(prospects, decision, output, cell, list);
            if list.len() > before {
                return;
            }
            prospects.look_at(number, decision);
            let first = prospects.alive(decision).into_iter().find(|(_, must)| *must).map(|(row, _)| row);
            match first.and_then(|row| decision.rules.get(row)) {
                Some(rule) if decision.hit == HitPolicy::First => push(list, Hindrance::Before { rule: name(&rule.id) }),
                _ => push(list, Hindrance::Together { of: format!("`{}`", decision.name) }),
            }
        }
    }
}

fn push(list: &mut Vec<Hindrance>, hindrance: Hindrance) {
    if !list.contains(&hindrance) {
        list.push(hindrance);
    }
}

/// The rules that give it, before guardrails; `None` stands for `otherwise`.
fn giving(prospects: &Prospects<'_, '_>, decision: &Decision, output: usize, cell: &Cell) -> Vec<Option<usize>> {
    let Some(declared) = decision.outputs.get(output) else { return Vec::new() };
    let day = prospects.day();
    let rows = decision.rules.iter().enumerate().filter(|(row, _)| decision.matcher.dates(*row).hold(day));
    let rules = rows.map(|(row, rule)| (Some(row), rule)).chain(decision.otherwise.iter().map(|rule| (None, rule)));
    let gives = |rule: &crate::policy::compiled::Rule| {
        let given = prospects.rule_gives(rule, output, declared);
        prospects.may_hold(cell, &Possible { missing: false, unknown: false, ..given })
    };
    rules.filter(|(_, rule)| gives(rule)).map(|(row, _)| row).collect()
}

/// The guardrails that leave nothing of it.
fn guardrails(prospects: &Prospects<'_, '_>, decision: &Decision, output: usize, cell: &Cell, list: &mut Vec<Hindrance>) {
    let Some(declared) = decision.outputs.get(output) else { return };
    for guardrail in decision.bounds.iter().filter(|guardrail| guardrail.in_force(prospects.day())) {
        let of = format!("{}.{}", decision.name, declared.name);
        let does = match &guardrail.verb {
            Verb::Cap { output: bound, at } if *bound == output => {
                let limit = prospects.limit(at, declared);
                let left = prospects.left_by_cap(output, &limit);
                (!prospects.may_hold(cell, &left)).then(|| format!("caps `{of}` at {}", told(&limit)))
            }
            Verb::Forbid { values, .. } if values.iter().any(|(bound, _)| *bound == output) => {
                Some(format!("forbids what would be given for `{of}`"))
            }
            _ => None,
        };
        if let Some(does) = does
            && prospects.may_apply(guardrail)
        {
            push(list, Hindrance::Guardrail { guardrail: format!("{}/{}", decision.name, guardrail.id), does });
        }
    }
}

fn told(limit: &Possible) -> String {
    match &limit.known {
        crate::value::Known::Among(values) if values.len() == 1 => values.iter().map(ToString::to_string).collect(),
        _ => match limit.range().and_then(|range| range.high) {
            Some(high) => format!("{high} at most"),
            None => "what it allows".to_owned(),
        },
    }
}

/// What a condition finds in the case as it stands.
fn read(ground: &Ground<'_>, number: usize, path: &FactPath) -> String {
    let fact: Fact<Value> = ground.base.read(Some(number), None, [path]).pop().flatten().unwrap_or(Fact::Missing);
    Found(&fact).to_string()
}

/// Why something cannot be brought about.
fn why(ground: &Ground<'_>, path: &FactPath) -> String {
    let mask: Mask = ground.mask(path.slot);
    let entry = ground.program.slots.get(path.slot);
    if mask != 0 {
        return "no change brings it there".to_owned();
    }
    let own = |at: usize| ground.program.extras.get(at).is_some_and(|extra| extra.actionable);
    let is_actionable = match entry.map(|entry| (entry.slot, entry.fact)) {
        Some((Slot::Extra(at), _)) => own(at),
        Some((_, fact)) => fact.is_some_and(|fact| fact.actionable),
        None => false,
    };
    let reason = match entry.map(|entry| entry.slot) {
        _ if is_actionable => "it is not among the facts that may be changed here",
        Some(Slot::Fact(_) | Slot::Extra(_)) => match path.written.split('.').next().unwrap_or("") {
            "customer" => "it is who the customer is",
            "account" => "it is the account as it stands",
            "invoice" => "it is the invoice as it was billed",
            "history" => "it is what came before",
            "complaint" | "dispute" => "it is the complaint as it was made",
            "economics" => "it is what arguing costs",
            "budget" => "it is what the pool holds",
            "attributes" | "input" => "the bundle does not call it actionable",
            _ => "it is how things stand",
        },
        Some(Slot::Param(_) | Slot::ParamGroup(_)) => "it is a figure of the policy",
        Some(Slot::At | Slot::PolicyDate) => "it is the day",
        Some(Slot::Clock { .. }) => "it is time that has passed",
        Some(Slot::Pack(_)) => "it is the law that applies",
        Some(Slot::Output { .. } | Slot::Let { .. }) => "it follows from what nobody can change",
        _ => "it is how things stand",
    };
    reason.to_owned()
}
