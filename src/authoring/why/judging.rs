//! Whether conditions and guardrails hold in a group of cases: whether they may, and whether they must.

use super::prospects::Prospects;
use super::values::{extreme, limit};
use crate::policy::compiled::{Condition, Decision, Formula, Guardrail, Output};
use crate::rule::{Bound, Cell, Comparison, Condition as Wanted, Judgement};
use crate::value::{Date, Decimal, Fact, Known, Possible, Range, Value};
use std::cmp::Ordering;

impl Prospects<'_, '_> {
    /// Can a cell hold of it?
    pub(super) fn may_hold(&self, cell: &Cell, possible: &Possible) -> bool {
        let bounds = self.ground.base.bounds();
        let holds = |fact: Fact<Value>| cell.holds(&fact, bounds).unwrap_or(true);
        if (possible.missing && holds(Fact::Missing)) || (possible.unknown && holds(Fact::Unknown)) {
            return true;
        }
        match &possible.known {
            Known::Any => true,
            Known::Among(values) => values.iter().any(|value| holds(Fact::Known(value.clone()))),
            Known::Between(range) => {
                cell.is_any() || cell.conditions().iter().any(|condition| self.meets(condition, range, true).unwrap_or(true))
            }
        }
    }

    /// Does a cell hold of it in any case?
    pub(super) fn must_hold(&self, cell: &Cell, possible: &Possible) -> bool {
        let bounds = self.ground.base.bounds();
        let holds = |fact: Fact<Value>| cell.holds(&fact, bounds).unwrap_or(false);
        if cell.is_any() {
            return true;
        }
        if (possible.missing && !holds(Fact::Missing)) || (possible.unknown && !holds(Fact::Unknown)) {
            return false;
        }
        match &possible.known {
            Known::Any => false,
            Known::Among(values) => values.iter().all(|value| holds(Fact::Known(value.clone()))),
            Known::Between(range) => {
                cell.conditions().iter().any(|condition| self.meets(condition, range, false).unwrap_or(false))
            }
        }
    }

    /// Is a condition met by some number of a range, or by every one? Nothing where that cannot be told.
    fn meets(&self, condition: &Wanted, range: &Range, some: bool) -> Option<bool> {
        let (most, least) = if some { (range.high, range.low) } else { (range.low, range.high) };
        let over = |bound: &Bound, included: bool| {
            // Without an end there is always a number beyond the bound, and never all of them.
            let Some(most) = most else { return Some(some) };
            Some(reaches(most.cmp(&self.bound(bound, range)?), included))
        };
        let under = |bound: &Bound, included: bool| {
            let Some(least) = least else { return Some(some) };
            Some(reaches(self.bound(bound, range)?.cmp(&least), included))
        };
        match condition {
            Wanted::Compare(comparison, bound) if comparison.is_lower() => over(bound, comparison.is_inclusive()),
            Wanted::Compare(comparison, bound) => under(bound, *comparison == Comparison::AtMost),
            Wanted::Equal(bound) => both(over(bound, true), under(bound, true)),
            Wanted::Within(interval) => {
                both(over(&interval.from, interval.from_included), under(&interval.to, interval.to_included))
            }
            Wanted::Present => Some(true),
            Wanted::Missing | Wanted::Unknown | Wanted::Empty => Some(false),
            Wanted::Not(conditions) => {
                let inner: Option<Vec<bool>> = conditions.iter().map(|each| self.meets(each, range, !some)).collect();
                inner.map(|inner| !inner.into_iter().any(|met| met))
            }
        }
    }

    /// A bound that can be compared with a range.
    fn bound(&self, bound: &Bound, range: &Range) -> Option<Decimal> {
        let bounds = self.ground.base.bounds();
        let value = match bound {
            Bound::Value(value) => value.clone(),
            Bound::Amount(amount) => Value::Money(bounds.bare(*amount).ok()?),
            Bound::Param { slot, .. } => bounds.param(*slot).ok()?,
        };
        let of = Range::of(&value)?;
        if of.currency == range.currency { of.low } else { None }
    }

    /// The day whose policy applies.
    pub(super) fn day(&self) -> Date {
        self.ground.base.policy_date()
    }

    /// Can an output be what a cell asks for?
    pub(super) fn can(&self, decision: usize, output: usize, cell: &Cell) -> bool {
        let possible = self.output(decision, output);
        self.may_hold(cell, &Possible { missing: false, unknown: false, ..possible })
    }

    /// Looks at a decision: what its conditions, values and guardrails find is asked for then.
    pub(super) fn look_at(&mut self, number: usize, decision: &Decision) {
        self.at = number;
        (self.lets, self.drafts) = (Vec::new(), Vec::new());
        self.derive(decision);
        self.drafts = self.drafted(decision);
    }

    /// May a condition of a rule be met?
    pub(super) fn row_may(&self, decision: &Decision, row: usize, column: usize) -> bool {
        let possible = decision.columns.get(column).map_or_else(Possible::anything, |path| self.path(path, true));
        self.may_hold(decision.matcher.cell(row, column), &possible)
    }

    /// May a guardrail apply?
    pub(super) fn may_apply(&self, guardrail: &Guardrail) -> bool {
        self.applies(&guardrail.when).0
    }

    /// The limit that a cap sets.
    pub(super) fn limit(&self, at: &Formula, output: &Output) -> Possible {
        limit(&self.formula(at, &output.kind, false), false, output, self.ground.base.currency())
    }

    /// What a cap leaves of an output.
    pub(super) fn left_by_cap(&self, output: usize, limit: &Possible) -> Possible {
        self.drafts.get(output).map_or_else(Possible::anything, |draft| extreme(draft, limit, false))
    }

    /// Does a guardrail apply, of facts as they were given? Whether it may, and whether it must; what is open counts as yes.
    pub(super) fn applies(&self, conditions: &[Condition]) -> (bool, bool) {
        let mut all = (true, true);
        for condition in conditions {
            let possible = self.path(&condition.path, false);
            let (may, must) = self.judged(&condition.cell, &possible, |judgement| judgement != Judgement::No);
            all = (all.0 && may, all.1 && must);
        }
        all
    }

    /// Can all of this be met for certain, and must it?
    pub(super) fn met(&self, conditions: &[Condition]) -> (bool, bool) {
        let mut all = (!conditions.is_empty(), !conditions.is_empty());
        for condition in conditions {
            let possible = self.path(&condition.path, false);
            let (may, must) = self.judged(&condition.cell, &possible, |judgement| judgement == Judgement::Yes);
            all = (all.0 && may, all.1 && must);
        }
        all
    }

    fn judged(&self, cell: &Cell, possible: &Possible, counts: impl Fn(Judgement) -> bool) -> (bool, bool) {
        let bounds = self.ground.base.bounds();
        let mut facts: Vec<Fact<Value>> = Vec::new();
        facts.extend(possible.missing.then_some(Fact::Missing));
        facts.extend(possible.unknown.then_some(Fact::Unknown));
        let (mut may, mut must) = (false, true);
        match &possible.known {
            Known::Among(values) => facts.extend(values.iter().cloned().map(Fact::Known)),
            Known::Any => (may, must) = (true, false),
            Known::Between(_) => {
                let known = Possible { missing: false, unknown: false, ..possible.clone() };
                (may, must) = (self.may_hold(cell, &known), self.must_hold(cell, &known));
            }
        }
        for fact in facts {
            match cell.judge(fact.view(), bounds) {
                Ok(judgement) => {
                    may |= counts(judgement);
                    must &= counts(judgement);
                }
                Err(_) => (may, must) = (true, false),
            }
        }
        (may, must)
    }
}

fn reaches(order: Ordering, included: bool) -> bool {
    order == Ordering::Greater || (included && order == Ordering::Equal)
}

fn both(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}
