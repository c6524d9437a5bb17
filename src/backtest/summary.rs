//! What one policy comes to over a history: the form in which it is told.

use super::spread::{Bar, SpreadNote};
use super::sums::Sums;
use crate::value::{Date, Decimal};
use serde::Serialize;
use std::collections::BTreeMap;

/// What one policy comes to over a history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// Cases that it was asked to decide: `statuses` and `refused` together.
    pub cases: u64,
    /// Cases that it does not decide at all, by why: `invalid_case`, `not_in_force`, `refused`, `amount_not_summable`.
    pub refused: BTreeMap<String, u64>,
    /// Cases by how they ended: `decided`, `needs_facts`, `referred`.
    pub statuses: BTreeMap<String, u64>,
    /// Cases by outcome; `none` where there is none.
    pub outcomes: BTreeMap<String, u64>,
    /// What it costs.
    pub money: Costs,
    /// Goodwill, currency by currency: the most cases first.
    pub goodwill: Vec<Goodwill>,
    /// Who signs, and the hours that it takes.
    pub approvals: Approvals,
    /// What goes up.
    pub escalations: Escalations,
    /// What becomes of relationships.
    pub relationships: Relationships,
    /// Clocks that were missed.
    pub clocks: MissedClocks,
    /// What could not be decided.
    pub faults: Faults,
    /// Every rule of every decision with the cases (or items) in which it hit, in the order of evaluation and as written. One whose
    /// `hits` are 0 never did.
    pub rules: Vec<RuleHits>,
    /// The months of receipt, in order.
    pub months: Vec<Month>,
}

/// What cases cost, by what it is paid for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Costs {
    /// Everything: owed and goodwill. A provisional credit is no cost.
    pub total: Sums,
    /// What is owed: the five below.
    pub owed: Sums,
    /// What was billed wrongly.
    pub correction: Sums,
    /// Charges billed because of it.
    pub related_charges: Sums,
    /// What a law adds.
    pub statutory_redress: Sums,
    /// Interest.
    pub interest: Sums,
    /// Penalties that our error caused and that we cover.
    pub penalties: Sums,
    /// Goodwill.
    pub goodwill: Sums,
    /// Credits that can be taken back when an investigation ends.
    pub provisional_credit: Sums,
}

/// Goodwill in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Goodwill {
    /// The code of the currency.
    pub currency: String,
    /// Over all cases that get some.
    pub spread: SpreadNote,
    /// Every amount that was granted, with the cases that got it, in order.
    pub amounts: Vec<Bar>,
    /// Gestures that a guardrail cut, by guardrail.
    pub cut_by: BTreeMap<String, u64>,
    /// By segment of the customer.
    pub by_segment: Vec<GoodwillOf>,
    /// By tier.
    pub by_tier: Vec<GoodwillOf>,
    /// By reason of the dispute.
    pub by_reason: Vec<GoodwillOf>,
    /// By jurisdiction.
    pub by_jurisdiction: Vec<GoodwillOf>,
}

/// Goodwill of a group of cases; those that get most of it stand first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GoodwillOf {
    /// The group: `gold`, `DUPLICATE`, `US-VA`; `(not given)` where the case does not say.
    pub group: String,
    /// Its cases in this currency, with goodwill and without.
    pub cases: u64,
    /// Over those that get some.
    pub spread: SpreadNote,
}

/// Who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Approvals {
    /// Cases that somebody signs.
    pub cases: u64,
    /// By role, in alphabetical order. Somebody who signs beside another counts too.
    pub by_role: Vec<RoleLoad>,
    /// Cases in which whoever asks may not be the only one to sign.
    pub second_person: u64,
    /// The hours of all roles whose minutes are known; none where no parameter tells any (`params.workload.approval_minutes`).
    pub hours: Option<Decimal>,
}

/// What a role signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RoleLoad {
    /// The role.
    pub role: String,
    /// Cases that it signs.
    pub cases: u64,
    /// Minutes that one takes, by `params.workload.approval_minutes`.
    pub minutes_each: Option<Decimal>,
    /// The hours of all of them.
    pub hours: Option<Decimal>,
}

/// What goes up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Escalations {
    /// Cases that go up: a level above 0.
    pub cases: u64,
    /// By level.
    pub by_level: BTreeMap<i64, u64>,
    /// To whom; `none` where nobody is named.
    pub by_target: BTreeMap<String, u64>,
    /// Days from the first to the last receipt of the history.
    pub days: u64,
    /// Escalations on a mean day, to two digits.
    pub mean_a_day: Decimal,
    /// The days with the most, at most ten.
    pub busiest: Vec<DayCount>,
    /// The days from the first to the last receipt in at most sixty stretches of as many days each, in order.
    pub stretches: Vec<DayStretch>,
    /// How many a day can be taken, where somebody said so.
    pub capacity_a_day: Option<u64>,
    /// Days with more.
    pub days_over: u64,
    /// Escalations beyond it, on all of those days.
    pub cases_over: u64,
}

/// Days one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DayStretch {
    /// The first of them.
    pub from: Date,
    /// How many days.
    pub days: u64,
    /// All cases of these days.
    pub cases: u64,
    /// The cases of the day with the most.
    pub most_a_day: u64,
}

/// Cases of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DayCount {
    /// The day of receipt.
    pub day: Date,
    /// How many.
    pub cases: u64,
}

/// What becomes of relationships.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Relationships {
    /// Cases by what is proposed; `none` where nothing is.
    pub actions: BTreeMap<String, u64>,
    /// Endings that are proposed; a person decides.
    pub exits_proposed: u64,
    /// Endings that a safeguard blocks.
    pub exits_blocked: u64,
}

/// Clocks that were missed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MissedClocks {
    /// Cases with at least one.
    pub cases: u64,
    /// By obligation, in the order of the bundle; those that were never missed are left out.
    pub by_clock: Vec<Named>,
}

/// What could not be decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Faults {
    /// Cases with at least one.
    pub cases: u64,
    /// Cases in which a decision has no rule.
    pub without_rule: u64,
    /// By part and kind, in alphabetical order: `goodwill: no_rule`.
    pub by_kind: Vec<Named>,
}

/// Something with a name, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Named {
    /// The name.
    pub name: String,
    /// How many cases.
    pub cases: u64,
}

/// A rule, and how often it hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleHits {
    /// The decision.
    pub decision: String,
    /// The rule: its id, or `#` and its number; `otherwise` for what holds when none matches.
    pub rule: String,
    /// In how many cases, or items of a list, it hit.
    pub hits: u64,
}

/// Cases received in one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Month {
    /// `2026-03`.
    pub month: String,
    /// Cases.
    pub cases: u64,
    /// What they cost.
    pub cost: Sums,
    /// The goodwill in it.
    pub goodwill: Sums,
    /// Cases that go up.
    pub escalated: u64,
}

impl Summary {
    /// Cases with a decision.
    #[must_use]
    pub fn decided(&self) -> u64 {
        self.statuses.values().sum()
    }

    /// The rules that never hit.
    pub fn never_hit(&self) -> impl Iterator<Item = &RuleHits> {
        self.rules.iter().filter(|rule| rule.hits == 0)
    }
}
