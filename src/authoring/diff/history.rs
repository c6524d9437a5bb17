//! What a history says of a change: how many cases come out differently, where, and what they cost.

use crate::value::{Currency, Decimal, Money};
use serde::Serialize;
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
    pub(super) fn difference(&self) -> Decimal {
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

/// Cases of a history that lie in one region and come out differently.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Falling {
    /// How many.
    pub cases: u64,
    /// The first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
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
    /// Of every region, in their order.
    #[serde(skip)]
    pub(super) regions: Vec<Falling>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Adds what a case costs, before and after.
pub(super) fn add(money: &mut BTreeMap<Currency, Costs>, (before, after): (Option<Money>, Option<Money>)) {
    for (amount, is_before) in [(before, true), (after, false)] {
        let Some(amount) = amount else { continue };
        let zero = Money::zero(amount.currency());
        let costs = money.entry(amount.currency()).or_insert(Costs { before: zero, after: zero });
        let sum = if is_before { &mut costs.before } else { &mut costs.after };
        // A sum that no longer fits stays where it was: no history comes near it.
        *sum = sum.plus(amount).unwrap_or(*sum);
    }
}
