//! Backtests: what a policy would have cost over a history, whom it would have touched, and what a candidate would change.
//!
//! A [`Report`] tells it: a [`Summary`] for each policy, a [`Comparison`] of the two, an [`Agreement`] with what really happened where
//! the history tells that, and how declared pools of money would have fared ([`Budget`]).
//!
//! [`Backtest`] runs over cases that are in memory, or over the files of a history, however long. What is counted adds up: parts of a
//! history come to the same as the whole, on whatever number of threads.
//!
//! Order of the files, each using only those before it: `saved`, `summable`, `sums`, `spread`, `summary`, `comparison`, `agreement`, `rejects`, `parts`,
//! `pool`, `budget`, `report`, `as_of`, `counts`, `groups`, `dearest`, `tally`, `bootstrap`, `contrast`, `reality`, `origin`, `record`, `table_rows`, `results`, `summing_up`,
//! `telling`, `trial`, `shown` (an order of its own), `threshold`, `run`, `table_parts`, `out_directory`, `whole_run`, `sweep` (the same), `chart` (the same), `page` (the same).

mod agreement;
mod as_of;
mod bootstrap;
mod budget;
#[cfg(feature = "cli")]
mod chart;
mod comparison;
mod contrast;
mod counts;
mod dearest;
mod groups;
mod origin;
mod out_directory;
#[cfg(feature = "cli")]
mod page;
mod parts;
mod pool;
mod reality;
mod record;
mod rejects;
mod report;
mod results;
mod run;
mod saved;
mod shown;
mod spread;
mod summable;
mod summary;
mod summing_up;
mod sums;
mod sweep;
#[cfg(feature = "parquet")]
mod table_parts;
#[cfg(feature = "parquet")]
mod table_rows;
mod tally;
mod telling;
#[cfg(test)]
mod tests;
mod threshold;
mod trial;
mod whole_run;

#[cfg(feature = "cli")]
pub(crate) use shown::figures;

pub use agreement::{Agreement, Disagreement, Paid, Satisfaction};
pub use as_of::AsOf;
pub use budget::{Budget, PoolPeriod, SteppedPeriod};
pub use comparison::{
    Cause, Change, ChangedCase, Comparison, CountInterval, Fairness, FaultChange, GroupMoney, Interval, Intervals, MoneyChange,
    MoneyIntervals, Move, Reason, Told,
};
pub use out_directory::{CASES, NOTES, OutError, REJECTS};
#[cfg(feature = "cli")]
pub use page::{page, sweep_chart, sweep_page};
pub use pool::Pool;
pub use record::Column;
pub use rejects::{RejectedBy, Rejects};
pub use report::{HistoryNote, Report, Sample, Side, Verdict};
pub use results::Results;
pub use run::RunError;
pub use shown::{to_markdown, to_text};
pub use spread::{Bar, SpreadNote};
pub use summary::{
    Approvals, Costs, DayCount, DayStretch, Escalations, Faults, Goodwill, GoodwillOf, MissedClocks, Month, Named, Relationships,
    RoleLoad, RuleHits, Summary,
};
pub use sums::Sums;
pub use sweep::{
    Setting, SettingError, Sweep, SweepPoint, Sweeper, Swept, grid, packs_that_set, sweep_csv, sweep_text, with_setting,
};
#[cfg(feature = "parquet")]
pub use table_parts::TABLE;
pub use threshold::Threshold;
pub use trial::Backtest;
pub use whole_run::{Course, RunOptions, WholeRun, WholeRunError, Wish};
