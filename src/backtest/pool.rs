//! Pools of money that a history draws on: what was declared, and when each would have run dry.

use crate::value::{Date, Decimal, Money};
use serde::Serialize;

/// A pool of money, and how it would have fared under a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Budget {
    /// The pool as it was declared: `goodwill=10000/month`.
    pub declared: String,
    /// What it holds for each period.
    pub amount: Money,
    /// Its periods with cases, in order.
    pub periods: Vec<PoolPeriod>,
    /// Periods in which it ran dry.
    pub dry: u64,
    /// What was asked for beyond it, in all periods.
    pub beyond: Money,
    /// Periods in which it would still have run dry under the steps that were declared; none where none were.
    pub dry_with_steps: Option<u64>,
    /// What the steps would have spared, in all periods.
    pub spared: Option<Money>,
}

/// One period of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PoolPeriod {
    /// `2026-03`, `2026-Q1`, `2026`, `2026-03-05`; a week by its Monday.
    pub period: String,
    /// What was asked for.
    pub asked: Money,
    /// The same in parts of what the pool holds, to four digits.
    pub used: Option<Decimal>,
    /// The day on which more was asked for than was left, if there was one.
    pub ran_dry_on: Option<Date>,
    /// What was asked for beyond the pool.
    pub beyond: Money,
    /// Cases with goodwill on the days after.
    pub cases_after: u64,
    /// The same under the steps that were declared.
    pub steps: Option<SteppedPeriod>,
}

/// One period of a pool under the steps that were declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SteppedPeriod {
    /// The day on which the first step took hold.
    pub from: Option<Date>,
    /// Cases that would have got less.
    pub cases: u64,
    /// How much less.
    pub spared: Money,
    /// What would have been asked for.
    pub asked: Money,
    /// The day on which it would have run dry all the same.
    pub ran_dry_on: Option<Date>,
}
