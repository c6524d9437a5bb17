//! Backtests: what a policy would have cost over a history, whom it would have touched, and what a candidate would change.
//!
//! A [`Report`] tells it: a [`Summary`] for each policy, a [`Comparison`] of the two, an [`Agreement`] with what really happened where
//! the history tells that, and how declared pools of money would have fared ([`Budget`]).
//!
//! Order of the files, each using only those before it: `saved`, `sums`, `spread`, `summary`, `comparison`, `agreement`, `pool`,
//! `rejects`, `report`.

mod agreement;
mod comparison;
mod pool;
mod rejects;
mod report;
mod saved;
mod spread;
mod summary;
mod sums;

pub use agreement::{Agreement, Disagreement, Paid, Satisfaction};
pub use comparison::{
    Cause, Change, ChangedCase, Comparison, CountInterval, Fairness, FaultChange, GroupMoney, Interval, Intervals, MoneyChange,
    MoneyIntervals, Move, Reason, Told,
};
pub use pool::{Budget, PoolPeriod, SteppedPeriod};
pub use rejects::{RejectedBy, Rejects};
pub use report::{HistoryNote, Report, Sample, Side, Verdict};
pub use spread::{Bar, SpreadNote};
pub use summary::{
    Approvals, Costs, DayCount, Escalations, Faults, Goodwill, GoodwillOf, MissedClocks, Month, Named, Relationships, RoleLoad,
    RuleHits, Summary,
};
pub use sums::Sums;
