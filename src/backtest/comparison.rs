//! What a candidate changes over a history: the form in which it is told.

use super::summary::Named;
use super::sums::Sums;
use crate::value::{Decimal, Money};
use serde::Serialize;

/// What a candidate changes over a history, case by case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// Cases that were decided under both.
    pub cases: u64,
    /// Cases that come out differently in anything that a summary tells.
    pub changed: u64,
    /// Cases whose cost changes.
    pub cost_changed: u64,
    /// Outcomes before and after, those that stay among them, in alphabetical order. A case without an outcome counts by how it ended:
    /// `needs_facts`, `not_decided`.
    pub outcomes: Vec<Move>,
    /// Who signs, before and after, where that changes.
    pub approvals: Vec<Move>,
    /// What all cases cost, currency by currency.
    pub money: Vec<MoneyChange>,
    /// The difference of all costs, split by the rule that brought it about; the dearest first. Their deltas add up to the difference.
    pub causes: Vec<Cause>,
    /// The cases whose cost changes most, currency by currency.
    pub dearest: Vec<ChangedCase>,
    /// Faults that the candidate brings.
    pub new_faults: FaultChange,
    /// Faults that it ends.
    pub mended_faults: FaultChange,
    /// Cases in which a decision has no rule any more, by decision.
    pub newly_without_rule: FaultChange,
    /// Whom it touches, by segment, language, vulnerability and its flags.
    pub fairness: Vec<Fairness>,
    /// How sure the figures are, where only a sample of the history was decided.
    pub intervals: Option<Intervals>,
}

/// Cases that were one thing and become another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Move {
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
    /// How many.
    pub cases: u64,
}

/// A sum before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Before.
    pub before: Money,
    /// After.
    pub after: Money,
    /// After less before.
    pub delta: Money,
    /// The same in parts of what it was before, to four digits: 0.05 is five per cent more. None where it was nothing before.
    pub share: Option<Decimal>,
}

/// What all cases cost in one currency, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MoneyChange {
    /// The code of the currency.
    pub currency: String,
    /// Everything.
    pub total: Change,
    /// What is owed.
    pub owed: Change,
    /// Penalties that we cover.
    pub penalties: Change,
    /// Goodwill.
    pub goodwill: Change,
}

/// A rule that brought a difference about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cause {
    /// What costs more or less: `correction`, `related_charges`, `statutory_redress`, `interest`, `penalties` or `goodwill`.
    pub paid_for: String,
    /// The decision in which the two part ways first.
    pub decision: String,
    /// What decided there before: a rule, with the guardrail that cut it.
    pub before: String,
    /// What decides there after.
    pub after: String,
    /// How many cases.
    pub cases: u64,
    /// What they cost more, or less, by currency.
    pub delta: Sums,
    /// The first of them.
    pub first: String,
}

/// A case that comes out differently, told both ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ChangedCase {
    /// The number of the case.
    pub case_id: String,
    /// Where it stands: `history.jsonl:17`.
    pub place: String,
    /// What it costs more, or less.
    pub delta: Money,
    /// Before.
    pub before: Told,
    /// After.
    pub after: Told,
}

/// A decision, told with every reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Told {
    /// The outcome, else how it ended.
    pub outcome: String,
    /// What it costs.
    pub cost: Option<Money>,
    /// The goodwill in it.
    pub goodwill: Option<Money>,
    /// Who signs.
    pub approval: Option<String>,
    /// The explanation as `redress decide --explain` lays it out, 80 columns wide.
    pub explanation: String,
    /// Its rules: the name (`goodwill/our-error`), why, and what came of it.
    pub reasons: Vec<Reason>,
}

/// A rule of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// `decision/rule`.
    pub rule: String,
    /// Why, in the words of its author.
    pub because: String,
    /// What came of it.
    pub effect: String,
    /// The other policy does not say the same.
    pub differs: bool,
}

/// Faults that come or go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FaultChange {
    /// How many cases.
    pub cases: u64,
    /// What it is, with the cases it concerns, in alphabetical order.
    pub by: Vec<Named>,
    /// The numbers of the first of them, at most five.
    pub first: Vec<String>,
}

/// What a group of customers gets, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fairness {
    /// What the groups are by: `segment`, `language`, `vulnerable`, `vulnerability_flags`.
    pub by: String,
    /// The group; `(not given)` where the case does not say.
    pub group: String,
    /// Its cases.
    pub cases: u64,
    /// Those that come out differently.
    pub changed: u64,
    /// Those that get more money than before.
    pub better: u64,
    /// Those that get less.
    pub worse: u64,
    /// Those that were upheld, wholly or in part, before.
    pub upheld_before: u64,
    /// And after.
    pub upheld_after: u64,
    /// What the group gets, currency by currency.
    pub money: Vec<GroupMoney>,
}

/// What a group of customers gets in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupMoney {
    /// Its cases in this currency.
    pub cases: u64,
    /// Everything.
    pub total: Change,
    /// Goodwill.
    pub goodwill: Change,
    /// The difference for one case of the group, to the smallest unit.
    pub mean_delta: Money,
}

/// How sure the figures of a sample are: nine in ten times, or more, the history as a whole lies within.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Intervals {
    /// How sure, in parts of one: `0.95`.
    pub confidence: Decimal,
    /// How many times the sample was drawn again.
    pub draws: u32,
    /// Cases that change, of the whole history.
    pub changed: CountInterval,
    /// Money, currency by currency.
    pub money: Vec<MoneyIntervals>,
}

/// A count of the whole history, estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CountInterval {
    /// The estimate.
    pub estimate: u64,
    /// The lower end.
    pub low: u64,
    /// The upper end.
    pub high: u64,
}

/// Sums of the whole history in one currency, estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MoneyIntervals {
    /// What everything costs before.
    pub cost_before: Interval,
    /// And after.
    pub cost_after: Interval,
    /// The difference.
    pub cost_delta: Interval,
    /// The difference in goodwill.
    pub goodwill_delta: Interval,
}

/// A sum of the whole history, estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Interval {
    /// The estimate.
    pub estimate: Money,
    /// The lower end.
    pub low: Money,
    /// The upper end.
    pub high: Money,
}
