//! When a candidate is dropped: a figure over its last cases leaves a stated band.

use super::summary::Summary;
use crate::value::{Decimal, Money, Rounding};
use std::collections::VecDeque;

/// The bands that a candidate has to stay in. Without a band, nothing drops it.
#[derive(Clone, Debug)]
pub struct StopLoss {
    after: usize,
    over: usize,
    credit: Option<(Money, Money)>,
    escalations: Option<(Decimal, Decimal)>,
    failures: Option<Decimal>,
}

impl Default for StopLoss {
    fn default() -> Self {
        Self { after: 100, over: 1_000, credit: None, escalations: None, failures: None }
    }
}

impl StopLoss {
    /// Looks once the candidate has decided 100 cases, always at its last 1,000.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many cases have to be decided before anything is judged; at least one.
    #[must_use]
    pub fn after(mut self, cases: usize) -> Self {
        self.after = cases.max(1);
        self
    }

    /// Over how many of the last cases the figures are taken; at least one.
    #[must_use]
    pub fn over(mut self, cases: usize) -> Self {
        self.over = cases.max(1);
        self
    }

    /// What a case may cost on average. Only cases in this currency are looked at.
    #[must_use]
    pub fn credit_per_case(mut self, at_least: Money, at_most: Money) -> Self {
        self.credit = Some((at_least, at_most));
        self
    }

    /// Which share of the cases may go up or to a person: `0.05` is one in twenty.
    #[must_use]
    pub fn escalation_rate(mut self, at_least: Decimal, at_most: Decimal) -> Self {
        self.escalations = Some((at_least, at_most));
        self
    }

    /// Which share of the cases may have a fault, or not be decided at all.
    #[must_use]
    pub fn failure_rate(mut self, at_most: Decimal) -> Self {
        self.failures = Some(at_most);
        self
    }
}

/// The last cases of a candidate.
#[derive(Debug)]
pub(super) struct Window {
    bands: StopLoss,
    cases: VecDeque<Seen>,
    paid: usize,
    credit: Option<Money>,
    escalated: usize,
    failed: usize,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    credit: Option<Money>,
    escalated: bool,
    failed: bool,
}

impl Window {
    pub(super) fn new(bands: StopLoss) -> Self {
        let credit = bands.credit.map(|(_, at_most)| Money::zero(at_most.currency()));
        Self { bands, cases: VecDeque::new(), paid: 0, credit, escalated: 0, failed: 0 }
    }

    /// Takes a case in; nothing stands for one that could not be decided. Says which band was left, if one was.
    pub(super) fn take(&mut self, summary: Option<&Summary>) -> Option<String> {
        let currency = self.credit.map(Money::currency);
        let credit = summary.and_then(|summary| summary.credit).filter(|credit| Some(credit.currency()) == currency);
        let seen = Seen {
            credit,
            escalated: summary.is_some_and(|summary| summary.escalated),
            failed: summary.is_none_or(|summary| summary.faulted),
        };
        self.cases.push_back(seen);
        self.paid += usize::from(credit.is_some());
        self.escalated += usize::from(seen.escalated);
        self.failed += usize::from(seen.failed);
        self.credit = self.sum(credit, Money::plus);
        if self.cases.len() > self.bands.over
            && let Some(gone) = self.cases.pop_front()
        {
            self.paid -= usize::from(gone.credit.is_some());
            self.escalated -= usize::from(gone.escalated);
            self.failed -= usize::from(gone.failed);
            self.credit = self.sum(gone.credit, Money::minus);
        }
        self.left()
    }

    fn sum<E>(&self, credit: Option<Money>, add: impl Fn(Money, Money) -> Result<Money, E>) -> Option<Money> {
        let sum = self.credit?;
        // An amount that makes the sum longer than a number can be leaves it where it was.
        Some(credit.and_then(|credit| add(sum, credit).ok()).unwrap_or(sum))
    }

    /// The band that was left.
    fn left(&self) -> Option<String> {
        let cases = self.cases.len();
        if cases < self.bands.after.min(self.bands.over) {
            return None;
        }
        let outside = |value: Decimal, least: Decimal, most: Decimal| value < least || value > most;
        if let (Some((least, most)), Some(sum)) = (self.bands.credit, self.credit)
            && let Some(mean) = ratio(sum.amount(), self.paid)
            && outside(mean, least.amount(), most.amount())
        {
            let mean = Money::new(mean, sum.currency());
            // Where it cannot be rounded, it is told as it is.
            let mean = mean.rounded(Rounding::default()).unwrap_or(mean);
            return Some(format!("a case costs {mean} on average over the last {}, outside {least} to {most}", self.paid));
        }
        if let Some((least, most)) = self.bands.escalations
            && let Some(rate) = rate(self.escalated, cases)
            && outside(rate, least, most)
        {
            return Some(format!("{} of the last {cases} cases are escalated, outside {least} to {most}", self.escalated));
        }
        if let Some(most) = self.bands.failures
            && rate(self.failed, cases).is_some_and(|rate| rate > most)
        {
            return Some(format!("{} of the last {cases} cases have a fault, more than {most}", self.failed));
        }
        None
    }
}

fn rate(some: usize, all: usize) -> Option<Decimal> {
    ratio(Decimal::new(i64::try_from(some).ok()?, 0), all)
}

fn ratio(sum: Decimal, count: usize) -> Option<Decimal> {
    sum.divided_by(Decimal::new(i64::try_from(count).ok()?, 0)).ok()
}
