//! The few cases that a report shows: those that move the most money, kept whole so that they can be told with every reason.

use super::saved::{by_currency, case, decimal};
use crate::case::Case;
use crate::value::{Currency, Decimal, Money};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A case that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// What it is kept for.
    #[serde(with = "decimal")]
    pub(crate) delta: Decimal,
    /// Its number in the history: of equal deltas the earlier is kept.
    pub(crate) number: u64,
    pub(crate) place: String,
    #[serde(with = "case")]
    pub(crate) case: Case,
    /// What really happened: the outcome and what was paid.
    #[serde(default)]
    pub(crate) actual_outcome: Option<String>,
    #[serde(default, with = "super::saved::maybe_decimal")]
    pub(crate) actual_paid: Option<Decimal>,
}

impl Kept {
    fn rank(&self) -> (Reverse<Decimal>, u64) {
        (Reverse(self.delta.absolute()), self.number)
    }
}

/// The cases with the largest deltas, either way, currency by currency: amounts of two currencies cannot be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dearest {
    #[serde(with = "by_currency")]
    kept: BTreeMap<Currency, Vec<Kept>>,
}

impl Dearest {
    /// Keeps a case if it is among the first `most` so far.
    pub(crate) fn offer(&mut self, delta: Money, number: u64, most: usize, keep: impl FnOnce() -> Kept) {
        if most == 0 || delta.amount().is_zero() {
            return;
        }
        let kept = self.kept.entry(delta.currency()).or_default();
        let rank = (Reverse(delta.amount().absolute()), number);
        if kept.len() < most || kept.last().is_some_and(|last| rank < last.rank()) {
            insert(kept, keep(), most);
        }
    }

    pub(crate) fn merge(&mut self, later: &Self, most: usize) {
        for (currency, others) in &later.kept {
            let kept = self.kept.entry(*currency).or_default();
            for other in others {
                if kept.len() < most || kept.last().is_some_and(|last| other.rank() < last.rank()) {
                    insert(kept, other.clone(), most);
                }
            }
        }
    }

    /// What was kept, by currency, the largest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Currency, &Kept)> {
        self.kept.iter().flat_map(|(currency, kept)| kept.iter().map(move |kept| (*currency, kept)))
    }
}

fn insert(kept: &mut Vec<Kept>, new: Kept, most: usize) {
    let at = kept.partition_point(|each| each.rank() < new.rank());
    kept.insert(at, new);
    kept.truncate(most);
}
