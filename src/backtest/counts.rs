//! Cases counted by name.

use super::comparison::Move;
use super::summary::Named;
use crate::limits::BACKTEST_NAMES_MAX;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is counted under no name of its own, because there are too many.
pub(crate) const OTHERS: &str = "(others)";
/// What the case does not say.
pub(crate) const NOT_GIVEN: &str = "(not given)";

/// Cases by name. A name that a script or a customer's file makes up anew for every case does not fill the memory: beyond the bound
/// all others are counted together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Counts {
    by_name: BTreeMap<String, u64>,
}

impl Counts {
    pub(crate) fn add(&mut self, name: &str) {
        self.add_many(name, 1);
    }

    fn add_many(&mut self, name: &str, count: u64) {
        if let Some(known) = self.by_name.get_mut(name) {
            *known += count;
        } else {
            let name = if self.by_name.len() < BACKTEST_NAMES_MAX { name } else { OTHERS };
            *self.by_name.entry(name.to_owned()).or_default() += count;
        }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        later.by_name.iter().for_each(|(name, count)| self.add_many(name, *count));
    }

    pub(crate) fn map(&self) -> &BTreeMap<String, u64> {
        &self.by_name
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        self.by_name.iter().map(|(name, cases)| Named { name: name.clone(), cases: *cases }).collect()
    }
}

/// Cases by what they were before and what they become.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Moves {
    from: BTreeMap<String, Counts>,
}

impl Moves {
    pub(crate) fn add(&mut self, before: &str, after: &str) {
        self.of(before).add(after);
    }

    fn of(&mut self, before: &str) -> &mut Counts {
        if !self.from.contains_key(before) && self.from.len() >= BACKTEST_NAMES_MAX {
            return self.from.entry(OTHERS.to_owned()).or_default();
        }
        self.from.entry(before.to_owned()).or_default()
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        later.from.iter().for_each(|(before, counts)| self.of(before).merge(counts));
    }

    pub(crate) fn told(&self) -> Vec<Move> {
        let of = |(before, counts): (&String, &Counts)| {
            let before = before.clone();
            let moves = counts.map().iter();
            moves
                .map(move |(after, cases)| Move { before: before.clone(), after: after.clone(), cases: *cases })
                .collect::<Vec<_>>()
        };
        self.from.iter().flat_map(of).collect()
    }
}
