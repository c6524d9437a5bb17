//! How often each rule of a bundle decides in a history.

use crate::decision::Decision;
use std::collections::{BTreeMap, BTreeSet};

/// What a history did with a bundle.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    /// The digest of the bundle that decided.
    pub(super) digest: String,
    /// How many cases were decided.
    pub(super) cases: u64,
    /// How many could not be.
    pub(super) undecided: u64,
    /// In how many cases each rule decided, by decision and rule.
    rules: BTreeMap<(String, String), u64>,
}

impl Hits {
    /// Nothing decided yet, by a bundle of that digest.
    pub(super) fn none(digest: String) -> Self {
        Self { digest, ..Self::default() }
    }

    /// `decides in 12 of 313 cases of the history`
    pub(super) fn told(&self, decision: &str, rule: &str) -> String {
        let hits = self.rules.get(&(decision.to_owned(), rule.to_owned())).copied().unwrap_or(0);
        let cases = if self.cases == 1 { "case" } else { "cases" };
        let hits = if hits == 0 { "none".to_owned() } else { hits.to_string() };
        format!("decides in {hits} of {} {cases} of the history", self.cases)
    }

    /// A case was decided, or could not be.
    pub(super) fn add(&mut self, decision: Option<&Decision>) {
        let Some(decision) = decision else {
            self.undecided += 1;
            return;
        };
        self.cases += 1;
        for part in &decision.parts {
            // A rule that decides several items of one case is met by one case.
            let rules: BTreeSet<String> = part.rules.iter().map(|note| note.rule().to_owned()).collect();
            for rule in rules {
                *self.rules.entry((part.name.to_string(), rule)).or_default() += 1;
            }
        }
    }
}
