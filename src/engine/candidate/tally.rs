//! What came of a candidate so far, in cases and money.

use super::summary::Summary;
use crate::decision::PolicyName;
use crate::value::{Currency, DateTime, Money};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;

/// How many differing cases are kept to be looked at, and how many of them a report shows as text.
const EXAMPLES_MAX: usize = 20;
const EXAMPLES_SHOWN: usize = 5;

/// How a candidate stands beside the policy that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mode {
    /// It decides every case too, and answers none.
    Shadow,
    /// It answers for that share of the customers, in hundredths of a per cent.
    Staged {
        /// 250 is 2.5 per cent.
        basis_points: u16,
    },
}

/// A case that a candidate decides otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The number of the case.
    pub case_id: String,
    /// What was answered.
    pub active: Summary,
    /// What the candidate would have answered; nothing if it could not decide.
    pub candidate: Option<Summary>,
}

/// What one policy decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arm {
    /// Cases.
    pub cases: u64,
    /// Cases that went up or to a person.
    pub escalated: u64,
    /// Cases with a fault, and those that could not be decided.
    pub failed: u64,
    /// What they cost, by currency.
    pub credit: BTreeMap<Currency, Money>,
}

impl Arm {
    fn take(&mut self, summary: Option<&Summary>) {
        self.cases += 1;
        self.escalated += u64::from(summary.is_some_and(|summary| summary.escalated));
        self.failed += u64::from(summary.is_none_or(|summary| summary.faulted));
        if let Some(credit) = summary.and_then(|summary| summary.credit) {
            let sum = self.credit.entry(credit.currency()).or_insert_with(|| Money::zero(credit.currency()));
            // A sum with more digits than a number can hold stays where it was.
            *sum = sum.plus(credit).unwrap_or(*sum);
        }
    }
}

/// What came of a candidate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CandidateReport {
    /// Which policy it is.
    pub candidate: PolicyName,
    /// How it stands beside the one that decides.
    pub mode: Mode,
    /// Since when.
    pub since: DateTime,
    /// What the policy that decides came to: in shadow the same cases, staged those of the other customers.
    pub active: Arm,
    /// What the candidate came to.
    pub decided: Arm,
    /// In shadow, cases that came out differently.
    pub differing: u64,
    /// In shadow, how outcomes changed: from, to, and how often.
    pub outcomes: BTreeMap<(String, String), u64>,
    /// In shadow, the first cases that came out differently.
    pub differences: Vec<Difference>,
    /// Cases that wait to be looked at.
    pub waiting: u64,
    /// Cases that were not looked at because too many waited.
    pub skipped: u64,
}

impl CandidateReport {
    pub(super) fn begin(candidate: PolicyName, mode: Mode, since: DateTime) -> Self {
        Self {
            candidate,
            mode,
            since,
            active: Arm::default(),
            decided: Arm::default(),
            differing: 0,
            outcomes: BTreeMap::new(),
            differences: Vec::new(),
            waiting: 0,
            skipped: 0,
        }
    }

    /// One case, decided by both.
    pub(super) fn compare(&mut self, case_id: String, active: Summary, candidate: Option<Summary>) {
        self.active.take(Some(&active));
        self.decided.take(candidate.as_ref());
        if candidate.as_ref() == Some(&active) {
            return;
        }
        self.differing += 1;
        let word = |summary: &Summary| summary.outcome.clone().unwrap_or_else(|| summary.status.word().to_owned());
        let (from, to) = (word(&active), candidate.as_ref().map_or_else(|| "not decided".to_owned(), word));
        if from != to {
            *self.outcomes.entry((from, to)).or_default() += 1;
        }
        if self.differences.len() < EXAMPLES_MAX {
            self.differences.push(Difference { case_id, active, candidate });
        }
    }

    /// One case, decided by one of them.
    pub(super) fn note(&mut self, by_candidate: bool, summary: Option<&Summary>) {
        let arm = if by_candidate { &mut self.decided } else { &mut self.active };
        arm.take(summary);
    }
}

impl Arm {
    fn to_json(&self) -> Value {
        let credit: Vec<Value> = self.credit.values().map(|sum| json!(sum)).collect();
        json!({"cases": self.cases, "escalated": self.escalated, "failed": self.failed, "credit": credit})
    }
}

impl CandidateReport {
    /// As data, without the numbers of cases.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let outcomes: Vec<Value> =
            self.outcomes.iter().map(|((from, to), cases)| json!({"from": from, "to": to, "cases": cases})).collect();
        let share = match self.mode {
            Mode::Shadow => Value::Null,
            Mode::Staged { basis_points } => json!(basis_points),
        };
        json!({
            "bundle": self.candidate.bundle,
            "version": self.candidate.version,
            "digest": self.candidate.digest,
            "since": self.since.to_string(),
            "share_basis_points": share,
            "active": self.active.to_json(),
            "candidate": self.decided.to_json(),
            "differing": self.differing,
            "outcomes": outcomes,
            "waiting": self.waiting,
            "skipped": self.skipped,
        })
    }
}

impl fmt::Display for CandidateReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.candidate;
        match self.mode {
            Mode::Shadow => writeln!(out, "{} {} in shadow since {}", name.bundle, name.version, self.since)?,
            Mode::Staged { basis_points } => {
                let (whole, rest) = (basis_points / 100, basis_points % 100);
                let share = if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") };
                writeln!(out, "{} {} for {share} % of the customers since {}", name.bundle, name.version, self.since)?;
            }
        }
        for (who, arm) in [("active", &self.active), ("candidate", &self.decided)] {
            write!(out, "  {who:<9}  {} cases, {} escalated, {} failed", arm.cases, arm.escalated, arm.failed)?;
            for credit in arm.credit.values() {
                write!(out, ", {credit}")?;
            }
            writeln!(out)?;
        }
        if self.mode == Mode::Shadow {
            writeln!(out, "  {} cases come out differently", self.differing)?;
            for ((from, to), cases) in &self.outcomes {
                writeln!(out, "    {from} becomes {to}: {cases}")?;
            }
            for difference in self.differences.iter().take(EXAMPLES_SHOWN) {
                writeln!(out, "    {}: {}", difference.case_id, difference.active)?;
                match &difference.candidate {
                    Some(candidate) => writeln!(out, "      would be {candidate}")?,
                    None => writeln!(out, "      could not be decided")?,
                }
            }
        }
        if self.skipped > 0 {
            writeln!(out, "  {} cases were not looked at, because too many waited", self.skipped)?;
        }
        Ok(())
    }
}
