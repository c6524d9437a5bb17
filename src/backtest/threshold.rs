//! Bounds for a gate: `goodwill.delta > 5%`, `new.faults > 0`. A run fails when one of them is met.

use super::comparison::Change;
use super::parts::{number, part_of};
use super::report::{Report, Side, Verdict};
use super::shown::figures;
use super::summary::Summary;
use crate::text::nearest::did_you_mean;
use crate::value::{Decimal, Trouble};
use std::cmp::Ordering;
use std::fmt;

/// A bound: a figure, how it is compared, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    written: String,
    figure: Figure,
    comparison: &'static str,
    value: Decimal,
    /// Is the value a part of a whole, in per cent?
    is_share: bool,
}

/// A figure of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Figure {
    name: &'static str,
    about: &'static str,
    of: Of,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The difference of sums, in any currency.
    Delta(Sum),
    /// A count of the comparison, and of how many.
    Compared(Counted),
    /// A count of the policy that is looked at: the candidate where there is one.
    Counted(Counted),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sum {
    Cost,
    Owed,
    Penalties,
    Goodwill,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Changed,
    CostChanged,
    NewFaults,
    NewWithoutRule,
    Faults,
    WithoutRule,
    Escalations,
    DaysOver,
    ExitsProposed,
    ClocksMissed,
    Rejects,
    Disagree,
    PoolsDry,
}

const FIGURES: [Figure; 17] = [
    Figure { name: "cost.delta", about: "what all cases cost more than before", of: Of::Delta(Sum::Cost) },
    Figure { name: "owed.delta", about: "what is owed more than before", of: Of::Delta(Sum::Owed) },
    Figure { name: "penalties.delta", about: "penalties covered beyond those before", of: Of::Delta(Sum::Penalties) },
    Figure { name: "goodwill.delta", about: "goodwill beyond that before", of: Of::Delta(Sum::Goodwill) },
    Figure { name: "changed.cases", about: "cases that come out differently", of: Of::Compared(Counted::Changed) },
    Figure { name: "changed.cost", about: "cases whose cost changes", of: Of::Compared(Counted::CostChanged) },
    Figure { name: "new.faults", about: "cases with a fault that they had not before", of: Of::Compared(Counted::NewFaults) },
    Figure { name: "new.without_rule", about: "cases newly without a rule", of: Of::Compared(Counted::NewWithoutRule) },
    Figure { name: "faults", about: "cases with a fault", of: Of::Counted(Counted::Faults) },
    Figure { name: "without_rule", about: "cases without a rule somewhere", of: Of::Counted(Counted::WithoutRule) },
    Figure { name: "escalations", about: "cases that go up", of: Of::Counted(Counted::Escalations) },
    Figure { name: "escalations.days_over", about: "days with more than can be taken", of: Of::Counted(Counted::DaysOver) },
    Figure { name: "exits.proposed", about: "endings that are proposed", of: Of::Counted(Counted::ExitsProposed) },
    Figure { name: "clocks.missed", about: "cases with a missed clock", of: Of::Counted(Counted::ClocksMissed) },
    Figure { name: "rejects", about: "rows that are no cases", of: Of::Counted(Counted::Rejects) },
    Figure { name: "disagreements", about: "cases decided otherwise than they really were", of: Of::Counted(Counted::Disagree) },
    Figure { name: "pools.dry", about: "periods in which a pool runs dry", of: Of::Counted(Counted::PoolsDry) },
];

type Holds = fn(Ordering) -> bool;

/// How a figure is compared; longer signs first, so that `>=` is not read as `>`.
const SIGNS: [(&str, Holds); 4] =
    [(">=", Ordering::is_ge), ("<=", Ordering::is_le), (">", Ordering::is_gt), ("<", Ordering::is_lt)];

impl fmt::Display for Threshold {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

impl Threshold {
    /// Reads `goodwill.delta > 5%`.
    ///
    /// # Errors
    /// What is not understood, with an example of how it is written.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let wrong = |why: String| Trouble::Text(format!("{why}; a bound is written `goodwill.delta > 5%` or `new.faults > 0`"));
        let found =
            SIGNS.iter().find_map(|(sign, _)| text.split_once(sign).map(|(name, value)| (*sign, name.trim(), value.trim())));
        let (comparison, name, value) = found.ok_or_else(|| wrong(format!("`{}` compares nothing", text.trim())))?;
        let figure = FIGURES.iter().find(|figure| figure.name == name).copied().ok_or_else(|| {
            let names = || FIGURES.iter().map(|figure| figure.name);
            let help =
                did_you_mean(name, names()).unwrap_or_else(|| format!("there are {}", names().collect::<Vec<_>>().join(", ")));
            Trouble::Text(format!("there is no figure `{name}`: {help}"))
        })?;
        let (value, is_share) = value.strip_suffix('%').map_or((value, false), |value| (value.trim(), true));
        let value = Decimal::parse(value).map_err(|trouble| wrong(trouble.to_string()))?;
        Ok(Self { written: text.trim().to_owned(), figure, comparison, value, is_share })
    }

    /// Every figure: its name, and what it is.
    pub fn figures() -> impl Iterator<Item = (&'static str, &'static str)> {
        FIGURES.iter().map(|figure| (figure.name, figure.about))
    }

    /// Does it speak of what a candidate changes?
    #[must_use]
    pub fn needs_candidate(&self) -> bool {
        !matches!(self.figure.of, Of::Counted(_))
    }

    /// Does it speak of pools of money?
    #[must_use]
    pub fn needs_pools(&self) -> bool {
        self.figure.of == Of::Counted(Counted::PoolsDry)
    }

    /// Does it speak of how many escalations can be taken?
    #[must_use]
    pub fn needs_capacity(&self) -> bool {
        self.figure.of == Of::Counted(Counted::DaysOver)
    }

    /// Holds it against a report. It is met where it is met in any currency, and where no case was decided.
    #[must_use]
    pub fn hold(&self, report: &Report) -> Verdict {
        if report.history.cases == 0 {
            // A history that is empty by mistake must not open the gate.
            return Verdict { bound: self.written.clone(), found: "no case was decided".to_owned(), fails: true };
        }
        let found = self.found(report);
        let fails = found.iter().any(|(value, _)| self.is_met(*value));
        let told: Vec<String> = found.into_iter().map(|(_, told)| told).collect();
        let found = if told.is_empty() { "nothing".to_owned() } else { told.join(", ") };
        Verdict { bound: self.written.clone(), found, fails }
    }

    fn is_met(&self, value: Option<Decimal>) -> bool {
        // A part of nothing is no figure; where something comes of nothing, that is more than any part. Nor is what nobody tells:
        // no upper bound is kept by it.
        let order = value.map_or(Ordering::Greater, |value| value.cmp(&self.value));
        SIGNS.iter().any(|(sign, holds)| *sign == self.comparison && holds(order))
    }

    /// The figure, in per cent where the bound is; in words beside it. Nothing stands for a part of nothing.
    fn found(&self, report: &Report) -> Vec<(Option<Decimal>, String)> {
        match self.figure.of {
            Of::Delta(sum) => report
                .comparison
                .iter()
                .flat_map(|found| &found.money)
                .map(|money| {
                    self.delta(match sum {
                        Sum::Cost => money.total,
                        Sum::Owed => money.owed,
                        Sum::Penalties => money.penalties,
                        Sum::Goodwill => money.goodwill,
                    })
                })
                .collect(),
            Of::Compared(counted) => {
                let Some(found) = &report.comparison else { return Vec::new() };
                let count = match counted {
                    Counted::Changed => found.changed,
                    Counted::CostChanged => found.cost_changed,
                    Counted::NewFaults => found.new_faults.cases,
                    _ => found.newly_without_rule.cases,
                };
                vec![self.counted(count, found.cases)]
            }
            Of::Counted(counted) => {
                let side = report.candidate.as_ref().unwrap_or(&report.policy);
                match count(counted, side, report) {
                    Some((count, of)) => vec![self.counted(count, of)],
                    None => vec![(None, "the history tells no outcome".to_owned())],
                }
            }
        }
    }

    fn delta(&self, change: Change) -> (Option<Decimal>, String) {
        if !self.is_share {
            let told = format!("{} {}", figures::signed(change.delta), change.delta.currency());
            return (Some(change.delta.amount()), told);
        }
        // Nothing more than nothing is no change.
        let share = if change.delta.amount().is_zero() { Some(Decimal::ZERO) } else { change.share };
        (share.and_then(in_percent), format!("{} in {}", figures::signed_percent(share), change.delta.currency()))
    }

    fn counted(&self, count: u64, of: u64) -> (Option<Decimal>, String) {
        if !self.is_share {
            return (Some(number(count)), figures::count(count));
        }
        let share = part_of(number(count), number(of)).or(Some(Decimal::ZERO));
        (share.and_then(in_percent), figures::percent(share))
    }
}

fn in_percent(share: Decimal) -> Option<Decimal> {
    share.times(Decimal::from(100)).ok()
}

/// A count, and of how many; nothing where the history tells nothing of it.
fn count(counted: Counted, side: &Side, report: &Report) -> Option<(u64, u64)> {
    let summary: &Summary = &side.summary;
    Some(match counted {
        Counted::Faults => (summary.faults.cases, summary.cases),
        Counted::WithoutRule => (summary.faults.without_rule, summary.cases),
        Counted::Escalations => (summary.escalations.cases, summary.cases),
        Counted::DaysOver => (summary.escalations.days_over, summary.escalations.days),
        Counted::ExitsProposed => (summary.relationships.exits_proposed, summary.cases),
        Counted::ClocksMissed => (summary.clocks.cases, summary.cases),
        Counted::Rejects => (report.rejects.rows, report.rejects.rows + report.history.cases),
        Counted::Disagree => {
            let found = side.agreement.as_ref().filter(|found| found.outcomes_known > 0)?;
            (found.outcomes_known - found.outcomes_agree, found.outcomes_known)
        }
        Counted::PoolsDry => {
            let periods = side.budgets.iter().map(|budget| budget.periods.len() as u64).sum();
            (side.budgets.iter().map(|budget| budget.dry).sum(), periods)
        }
        Counted::Changed | Counted::CostChanged | Counted::NewFaults | Counted::NewWithoutRule => (0, 0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_that_is_not_understood_says_why() {
        let texts = [
            "goodwill.delta",
            "goodwil.delta > 5%",
            "profit > 1",
            "new.faults > none",
            "new.faults > 5 %",
            "cost.delta >= -3.50",
        ];
        let shown: Vec<String> = texts
            .iter()
            .map(|text| match Threshold::parse(text) {
                Ok(read) => format!("{text}: {} {} {} {}", read.figure.name, read.comparison, read.value, read.is_share),
                Err(trouble) => format!("{text}: {trouble}"),
            })
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @"
        goodwill.delta: `goodwill.delta` compares nothing; a bound is written `goodwill.delta > 5%` or `new.faults > 0`
        goodwil.delta > 5%: there is no figure `goodwil.delta`: did you mean `goodwill.delta`?
        profit > 1: there is no figure `profit`: there are cost.delta, owed.delta, penalties.delta, goodwill.delta, changed.cases, changed.cost, new.faults, new.without_rule, faults, without_rule, escalations, escalations.days_over, exits.proposed, clocks.missed, rejects, disagreements, pools.dry
        new.faults > none: `none` is not a number; a bound is written `goodwill.delta > 5%` or `new.faults > 0`
        new.faults > 5 %: new.faults > 5 true
        cost.delta >= -3.50: cost.delta >= -3.5 false
        ");
    }
}
