//! A change weighed by the cases of a history: each decided under both policies, one at a time.

use super::outcome::Both;
use crate::case::Case;
use crate::limits::DIFF_SHIFTS_MAX;
use crate::policy::Policy;
use crate::value::{Currency, DateTime, Decimal, Money};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What cases cost in one currency, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Costs {
    /// Before.
    pub before: Money,
    /// After.
    pub after: Money,
}

impl Costs {
    fn difference(&self) -> Decimal {
        self.after.minus(self.before).map_or(Decimal::ZERO, Money::amount)
    }
}

/// Cases that come out differently by the same rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Shift {
    /// The decision.
    pub decision: String,
    /// The rules that decided before, and what changed their outputs.
    pub before: String,
    /// The rules that decide after.
    pub after: String,
    /// How many cases.
    pub cases: u64,
    /// The first of them.
    pub first: String,
    /// What they cost altogether, by currency.
    #[serde(serialize_with = "in_list")]
    pub money: BTreeMap<Currency, Costs>,
}

fn in_list<S: serde::Serializer>(money: &BTreeMap<Currency, Costs>, out: S) -> Result<S::Ok, S::Error> {
    out.collect_seq(money.values())
}

/// A change, weighed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Weight {
    /// Cases that were decided under both policies.
    pub cases: u64,
    /// Cases that could not be read, or that neither policy decides.
    pub unread: u64,
    /// Cases whose decision changes.
    pub changed: u64,
    /// What all cases cost, by currency.
    #[serde(serialize_with = "in_list")]
    pub money: BTreeMap<Currency, Costs>,
    /// Cases that change, by decision and rules, most expensive first.
    pub shifts: Vec<Shift>,
    /// Cases that change by rules that are not listed, since there are too many.
    #[serde(skip_serializing_if = "is_zero")]
    pub beyond: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Weighs a change case by case, in the room of one case.
pub struct Weighing<'p> {
    old: &'p Policy,
    new: &'p Policy,
    /// The decisions that were changed themselves: their old names and their names.
    changed: Vec<(String, String)>,
    weight: Weight,
    shifts: BTreeMap<(String, String, String), Shift>,
}

impl<'p> Weighing<'p> {
    pub(super) fn new(old: &'p Policy, new: &'p Policy, changed: Vec<(String, String)>) -> Self {
        Self { old, new, changed, weight: Weight::default(), shifts: BTreeMap::new() }
    }

    /// A case of the history.
    pub fn case(&mut self, case: &Case, at: DateTime) {
        let both = Both::decide(self.old, self.new, case, at);
        if both.old.is_err() && both.new.is_err() {
            return self.unread();
        }
        self.weight.cases += 1;
        add(&mut self.weight.money, both.cost());
        if !both.differs() {
            return;
        }
        self.weight.changed += 1;
        for (old_name, name) in &self.changed {
            if both.part(old_name, name).is_empty() {
                continue;
            }
            let (before, after) = both.rules(old_name, name);
            let key = (name.clone(), before.clone(), after.clone());
            if !self.shifts.contains_key(&key) && self.shifts.len() >= DIFF_SHIFTS_MAX {
                self.weight.beyond += 1;
                continue;
            }
            let shift = self.shifts.entry(key).or_insert_with(|| Shift {
                decision: name.clone(),
                before,
                after,
                cases: 0,
                first: case.id().to_owned(),
                money: BTreeMap::new(),
            });
            shift.cases += 1;
            add(&mut shift.money, both.cost());
        }
    }

    /// A case that cannot be read.
    pub fn unread(&mut self) {
        self.weight.unread += 1;
    }

    /// What the history says.
    #[must_use]
    pub fn end(self) -> Weight {
        let mut shifts: Vec<Shift> = self.shifts.into_values().collect();
        // Amounts of several currencies are not added up: the one that moves most tells.
        let most = |shift: &Shift| shift.money.values().map(|costs| costs.difference().absolute()).max().unwrap_or(Decimal::ZERO);
        shifts.sort_by_cached_key(|shift| (Reverse(most(shift)), Reverse(shift.cases)));
        Weight { shifts, ..self.weight }
    }
}

fn add(money: &mut BTreeMap<Currency, Costs>, (before, after): (Option<Money>, Option<Money>)) {
    for (amount, is_before) in [(before, true), (after, false)] {
        let Some(amount) = amount else { continue };
        let zero = Money::zero(amount.currency());
        let costs = money.entry(amount.currency()).or_insert(Costs { before: zero, after: zero });
        let sum = if is_before { &mut costs.before } else { &mut costs.after };
        // A sum that no longer fits stays where it was: no history comes near it.
        *sum = sum.plus(amount).unwrap_or(*sum);
    }
}

impl std::fmt::Debug for Weighing<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Weighing({} cases)", self.weight.cases)
    }
}
