//! What a sweep comes to: the form in which it is told.

use super::grid::Setting;
use crate::backtest::rejects::Rejects;
use crate::backtest::report::{HistoryNote, Report, Side};
use crate::backtest::summary::Summary;
use crate::backtest::sums::Sums;
use crate::backtest::tally::UPHELD;
use crate::decision::PolicyName;
use crate::value::{Currency, Decimal};
use serde::Serialize;

/// The same history over a grid of parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sweep {
    /// Version of this form.
    pub format: u32,
    /// What was decided.
    pub history: HistoryNote,
    /// The policy whose parameters were changed.
    pub policy: PolicyName,
    /// Where it came from, for a person.
    pub origin: String,
    /// The currency in which most cases get goodwill, as the policy is; it is told first.
    pub main: Option<String>,
    /// What it comes to as it is.
    pub today: SweepPoint,
    /// What it comes to with other values, in the order of the grid.
    pub points: Vec<SweepPoint>,
    /// Rows that are no cases.
    pub rejects: Rejects,
}

/// One combination of values, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SweepPoint {
    /// The values; none for the policy as it is.
    pub setting: Setting,
    /// Cases that were decided.
    pub cases: u64,
    /// What they cost: owed and goodwill.
    pub cost: Sums,
    /// The goodwill in it.
    pub goodwill: Sums,
    /// Cases with goodwill.
    pub goodwill_cases: u64,
    /// What they cost beyond the policy as it is.
    pub cost_delta: Sums,
    /// Cases that come out differently.
    pub changed: u64,
    /// Customers who get more money.
    pub better: u64,
    /// Customers who get less.
    pub worse: u64,
    /// Cases in which the customer is right, wholly or in part, or is conceded it.
    pub upheld: u64,
    /// Cases that somebody has to sign.
    pub signed: u64,
    /// Of these, cases in which whoever asks may not be the only one.
    pub second_person: u64,
    /// The hours that it takes, where parameters tell what one takes.
    pub hours: Option<Decimal>,
    /// Cases that go up.
    pub escalated: u64,
    /// Cases with a fault.
    pub faults: u64,
}

impl Sweep {
    /// The currencies, the main one first, the others by their code.
    pub(in super::super) fn currencies(&self) -> Vec<Currency> {
        let all = std::iter::once(&self.today).chain(&self.points);
        let mut list: Vec<Currency> = all.flat_map(|point| point.cost.currencies()).collect();
        list.sort_unstable_by_key(|currency| (self.main.as_deref() != Some(currency.code()), *currency));
        list.dedup();
        list
    }
}

impl SweepPoint {
    /// The policy as it is.
    pub(super) fn today(side: &Side) -> Self {
        Self::of(Setting(Vec::new()), &side.summary)
    }

    /// What a candidate with other values comes to.
    pub(super) fn changed(setting: Setting, report: &Report) -> Option<Self> {
        let mut point = Self::of(setting, &report.candidate.as_ref()?.summary);
        let comparison = report.comparison.as_ref()?;
        point.cost_delta = comparison.money.iter().map(|money| money.total.delta).collect();
        point.changed = comparison.changed;
        // Every case belongs to one group of them, be it that of those that do not say.
        let groups = || comparison.fairness.iter().filter(|group| group.by == "segment");
        point.better = groups().map(|group| group.better).sum();
        point.worse = groups().map(|group| group.worse).sum();
        Some(point)
    }

    fn of(setting: Setting, summary: &Summary) -> Self {
        Self {
            setting,
            cases: summary.cases,
            cost: summary.money.total.clone(),
            goodwill: summary.money.goodwill.clone(),
            goodwill_cases: summary.goodwill.iter().map(|of| of.spread.cases).sum(),
            cost_delta: Sums::default(),
            changed: 0,
            better: 0,
            worse: 0,
            upheld: UPHELD.iter().filter_map(|outcome| summary.outcomes.get(*outcome)).sum(),
            signed: summary.approvals.cases,
            second_person: summary.approvals.second_person,
            hours: summary.approvals.hours,
            escalated: summary.escalations.cases,
            faults: summary.faults.cases,
        }
    }
}
