//! Everything that a backtest tells.

use super::agreement::Agreement;
use super::budget::Budget;
use super::comparison::Comparison;
use super::rejects::Rejects;
use super::summary::Summary;
use crate::decision::PolicyName;
use crate::value::Decimal;
use serde::Serialize;

/// Everything that a backtest tells. `serde` writes it as the `summary.json` of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Version of this form.
    pub format: u32,
    /// What was decided.
    pub history: HistoryNote,
    /// The policy that is looked at, or that a candidate is compared with.
    pub policy: Side,
    /// The candidate.
    pub candidate: Option<Side>,
    /// What the candidate changes.
    pub comparison: Option<Comparison>,
    /// Rows that are no cases.
    pub rejects: Rejects,
    /// The bounds that were set, and whether they hold.
    pub bounds: Vec<Verdict>,
}

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HistoryNote {
    /// The files, as they were named.
    pub files: Vec<String>,
    /// As of when cases were decided, in words.
    pub as_of: String,
    /// Cases that were decided.
    pub cases: u64,
    /// Cases that the sample left out.
    pub left_out: u64,
    /// Rows that the mapping leaves out.
    pub skipped: u64,
    /// Cases with an amount so large, or of so many digits, that it counts in no sum.
    pub not_summed: u64,
    /// The sample, where not every case was decided.
    pub sample: Option<Sample>,
    /// Was the whole history read?
    pub complete: bool,
    /// Why not, in words.
    pub stopped: Option<String>,
}

/// Which cases were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sample {
    /// The share of the cases, in parts of one.
    pub share: Decimal,
    /// The same seed draws the same cases.
    pub seed: u64,
}

/// One policy over the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Side {
    /// Which policy.
    pub name: PolicyName,
    /// Where it came from, for a person: `from policies`, `at main:policies`.
    pub origin: String,
    /// What it comes to.
    pub summary: Summary,
    /// Beside what really happened, where the history tells it.
    pub agreement: Option<Agreement>,
    /// The pools that were declared.
    pub budgets: Vec<Budget>,
}

/// A bound that was set, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// The bound as it was written: `goodwill.delta > 5%`.
    pub bound: String,
    /// What it was held against: `7.25 %`, `3`.
    pub found: String,
    /// Is it met, so that the run fails?
    pub fails: bool,
}
