//! What each decision can give in a setting, in the order in which decisions are decided.

use super::setting::Setting;
use crate::policy::compiled::{Decision, Formula, Guardrail, Output, Rule, Verb};
use crate::policy::slots::Slot;
use crate::rule::{Bound, Bounds, Cell, Comparison, Condition};
use crate::script::{FactPath, coerce};
use crate::value::{Decimal, Fact, Kind, Known, Possible, Range, Value};
use std::cmp::Ordering;

/// A rule that can never fire, because of what stands in one of its columns.
#[derive(Clone, Debug)]
pub(super) struct Dead {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// What one decision can give.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// Rules in force that can never fire.
    pub(super) dead: Vec<Dead>,
    /// What rules, values and `otherwise` give, before plugins and guardrails, by output.
    pub(super) drafts: Vec<Possible>,
    /// What others read, by output.
    finals: Vec<Possible>,
    lets: Vec<Possible>,
}

/// What all decisions can give in a setting.
pub(super) struct Outcomes<'a> {
    pub(super) setting: &'a Setting<'a>,
    given: Vec<Given>,
}

impl<'a> Outcomes<'a> {
    pub(super) fn of(setting: &'a Setting<'a>) -> Self {
        let given = setting.program.decisions.iter().map(|_| Given::default()).collect();
        let mut outcomes = Self { setting, given };
        for number in &setting.program.order {
            let Some(decision) = setting.program.decisions.get(*number) else { continue };
            outcomes.lets(*number, decision);
            let dead = outcomes.dead(decision);
            let drafts = outcomes.drafts(decision, &dead);
            let finals = outcomes.finals(decision, &drafts);
            if let Some(given) = outcomes.given.get_mut(*number) {
                (given.dead, given.drafts, given.finals) = (dead, drafts, finals);
            }
        }
        outcomes
    }

    pub(super) fn given(&self, decision: usize) -> Option<&Given> {
        self.given.get(decision)
    }

    /// What a slot can give.
    pub(super) fn slot(&self, slot: usize) -> Possible {
        let program = self.setting.program;
        let of = |list: Option<&Possible>| list.cloned().unwrap_or_else(Possible::anything);
        match program.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Output { decision, output }) => {
                let listed = program.decisions.get(decision).is_none_or(Decision::listed);
                if listed {
                    Possible::anything()
                } else {
                    of(self.given.get(decision).and_then(|given| given.finals.get(output)))
                }
            }
            Some(Slot::Let { decision, index }) => of(self.given.get(decision).and_then(|given| given.lets.get(index))),
            Some(Slot::Own { decision, output }) => of(self.given.get(decision).and_then(|given| given.drafts.get(output))),
            _ => self.setting.slot(slot),
        }
    }

    /// What a condition looks at, if it is what a decision gave or worked out.
    pub(super) fn asked(&self, path: &FactPath) -> Option<Possible> {
        let slot = self.setting.program.slots.get(path.slot)?.slot;
        let is_decided = matches!(slot, Slot::Output { .. } | Slot::Let { .. } | Slot::Own { .. });
        (path.is_whole() && is_decided).then(|| self.slot(path.slot))
    }

    /// Can a cell hold of what it looks at?
    pub(super) fn may_hold(&self, cell: &Cell, possible: &Possible) -> bool {
        let holds = |fact: Fact<Value>| cell.holds(&fact, self.setting).unwrap_or(true);
        if (possible.missing && holds(Fact::Missing)) || (possible.unknown && holds(Fact::Unknown)) {
            return true;
        }
        match &possible.known {
            Known::Any => true,
            Known::Among(values) => values.iter().any(|value| holds(Fact::Known(value.clone()))),
            Known::Between(range) => {
                cell.is_any() || cell.conditions().iter().any(|condition| self.may_meet(condition, range).unwrap_or(true))
            }
        }
    }

    /// Can a condition be met by a number of a range? Nothing where that cannot be told.
    fn may_meet(&self, condition: &Condition, range: &Range) -> Option<bool> {
        let over = |bound: &Bound, included: bool| Some(reaches(range.high?.cmp(&self.bound(bound, range)?), included));
        let under = |bound: &Bound, included: bool| Some(reaches(self.bound(bound, range)?.cmp(&range.low?), included));
        match condition {
            Condition::Compare(comparison, bound) if comparison.is_lower() => over(bound, comparison.is_inclusive()),
            Condition::Compare(comparison, bound) => under(bound, *comparison == Comparison::AtMost),
            Condition::Equal(bound) => both(over(bound, true), under(bound, true)),
            Condition::Within(interval) => {
                both(over(&interval.from, interval.from_included), under(&interval.to, interval.to_included))
            }
            Condition::Missing | Condition::Unknown => Some(false),
            Condition::Not(_) | Condition::Present | Condition::Empty => None,
        }
    }

    /// A bound that can be compared with a range.
    fn bound(&self, bound: &Bound, range: &Range) -> Option<Decimal> {
        let value = match bound {
            Bound::Value(value) => value.clone(),
            Bound::Amount(amount) => Value::Money(Bounds::bare(self.setting, *amount).ok()?),
            Bound::Param { slot, .. } => Bounds::param(self.setting, *slot).ok()?,
        };
        let of = Range::of(&value)?;
        if of.currency == range.currency { of.low } else { None }
    }

    fn lets(&mut self, number: usize, decision: &Decision) {
        for derived in &decision.lets {
            let given = self.setting.formula(&derived.formula, &|slot| self.slot(slot));
            let given = fitting(given, &derived.kind);
            if let Some(own) = self.given.get_mut(number) {
                own.lets.push(given);
            }
        }
    }

    fn dead(&self, decision: &Decision) -> Vec<Dead> {
        let asked: Vec<Option<Possible>> = decision.columns.iter().map(|path| self.asked(path)).collect();
        let in_force = (0..decision.matcher.len()).filter(|row| decision.matcher.dates(*row).hold(self.setting.day));
        let column = |row: usize| {
            asked.iter().enumerate().find_map(|(column, possible)| {
                let possible = possible.as_ref()?;
                // What can give nothing fails or was reported where it stands.
                (!possible.is_nothing() && !self.may_hold(decision.matcher.cell(row, column), possible)).then_some(column)
            })
        };
        in_force.filter_map(|row| Some(Dead { row, column: column(row)? })).collect()
    }

    /// The rules that may fire, `otherwise` too.
    pub(super) fn living<'d>(&self, decision: &'d Decision, dead: &[Dead]) -> Vec<&'d Rule> {
        let day = self.setting.day;
        let lives = |row: usize| decision.matcher.dates(row).hold(day) && !dead.iter().any(|each| each.row == row);
        let rules = decision.rules.iter().enumerate().filter(|(row, _)| lives(*row)).map(|(_, rule)| rule);
        rules.chain(&decision.otherwise).collect()
    }

    /// What a rule gives for an output where it decides, its default included.
    pub(super) fn rule_gives(&self, rule: &Rule, output: usize, declared: &Output) -> Possible {
        match (rule.then.get(output), &declared.default) {
            (Some(Some(formula)), _) => self.strictly(formula, &declared.kind),
            (_, Some(default)) => self.setting.literal(default),
            (_, None) => Possible::exactly(Fact::Missing),
        }
    }

    /// What an output is in a decision that is a formula only: its default where the facts of the formula are missing.
    fn value(&self, formula: &Formula, output: &Output) -> Possible {
        let given = fitting(self.setting.formula(formula, &|slot| self.slot(slot)), &output.kind);
        let known = Possible { missing: false, unknown: false, ..given.clone() };
        match &output.default {
            Some(default) if given.missing => known.or(self.setting.literal(default)),
            _ => known,
        }
    }

    /// What a value gives where it is worked out: one whose facts are absent leaves its part undecided.
    fn strictly(&self, formula: &Formula, kind: &Kind) -> Possible {
        let given = fitting(self.setting.formula(formula, &|slot| self.slot(slot)), kind);
        match formula {
            Formula::Literal(_) => given,
            Formula::Expression(_) => Possible { missing: false, unknown: false, ..given },
        }
    }

    fn drafts(&self, decision: &Decision, dead: &[Dead]) -> Vec<Possible> {
        let counts = decision.hit.is_aggregate();
        let living = self.living(decision, dead);
        let of = |(at, output): (usize, &Output)| {
            if decision.script.is_some() || counts {
                return Possible::anything();
            }
            let value = output.formula.as_ref().map(|formula| self.value(formula, output));
            let ruled = living.iter().map(|rule| self.rule_gives(rule, at, output));
            value.into_iter().chain(ruled).fold(Possible::nothing(), Possible::or)
        };
        decision.outputs.iter().enumerate().map(of).collect()
    }

    /// What is left of the drafts after plugins, guardrails and rounding.
    fn finals(&self, decision: &Decision, drafts: &[Possible]) -> Vec<Possible> {
        if !decision.plugins.is_empty() {
            return drafts.iter().map(|_| Possible::anything()).collect();
        }
        let mut finals = drafts.to_vec();
        let bounds: Vec<&Guardrail> = decision.bounds.iter().filter(|guardrail| guardrail.in_force(self.setting.day)).collect();
        for guardrail in &bounds {
            if let Verb::Forbid { instead, .. } = &guardrail.verb {
                for (output, formula) in instead {
                    let Some(declared) = decision.outputs.get(*output) else { continue };
                    let given = fitting(self.setting.formula(formula, &|slot| self.slot(slot)), &declared.kind);
                    widen(&mut finals, *output, given);
                }
            }
        }
        for guardrail in &bounds {
            if let Verb::Floor { output, at } | Verb::Cap { output, at } = &guardrail.verb {
                let at = self.setting.formula(at, &|slot| self.slot(slot));
                let zero = |range: Range| Range {
                    low: range.low.map(|low| low.min(Decimal::ZERO)),
                    high: range.high.map(|high| high.max(Decimal::ZERO)),
                    ..range
                };
                // A cap allows nothing where it is absent or below zero.
                let given = at.range().map_or_else(Possible::anything, |range| Possible::between(zero(range)));
                widen(&mut finals, *output, given);
            }
        }
        finals.into_iter().zip(&decision.outputs).map(|(given, output)| rounded(&given, output)).collect()
    }
}

fn reaches(order: Ordering, included: bool) -> bool {
    order == Ordering::Greater || (included && order == Ordering::Equal)
}

/// Both of them: one that does not hold settles it.
fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn widen(finals: &mut [Possible], output: usize, by: Possible) {
    if let Some(given) = finals.get_mut(output) {
        *given = given.clone().or(by);
    }
}

/// As its declared kind has it.
fn fitting(possible: Possible, kind: &Kind) -> Possible {
    let Known::Among(values) = possible.known else { return possible };
    let fit = values.into_iter().filter_map(|value| coerce(value, kind).ok()).collect();
    Possible { known: Known::Among(fit), ..possible }
}

/// What rounding makes of it: it never changes which of two is more.
fn rounded(possible: &Possible, output: &Output) -> Possible {
    let round = |value: &Value| match (value, output.round) {
        (Value::Money(money), rounding) => money.rounded(rounding.unwrap_or_default()).ok().map(Value::Money),
        (Value::Decimal(number), Some(rounding)) => rounding.apply(*number, 0).ok().map(Value::Decimal),
        (other, _) => Some(other.clone()),
    };
    let known = match &possible.known {
        Known::Any => Known::Any,
        Known::Among(values) => values.iter().map(round).collect::<Option<Vec<_>>>().map_or(Known::Any, Known::Among),
        Known::Between(range) => {
            let end = |number: Decimal| {
                let value = range
                    .currency
                    .map_or(Value::Decimal(number), |currency| Value::Money(crate::value::Money::new(number, currency)));
                round(&value).and_then(|value| Range::of(&value)?.low)
            };
            Known::Between(Range { low: range.low.and_then(end), high: range.high.and_then(end), ..*range })
        }
    };
    Possible { known, ..possible.clone() }
}
