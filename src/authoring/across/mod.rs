//! Checks across the layers of a bundle: what one decision asks of another, what guardrails allow of what rules give, when plugins run,
//! and what is declared and never read.
//!
//! A finding of *never* or *always* is exact: it holds for every case, whatever its facts. Where that cannot be told, nothing is said.
//! What a value can be is followed from outputs through expressions to conditions, in one setting after the other (`setting`): the
//! spans of days and the currencies between which figures and rules change.
//!
//! Order of the files, each using only those before it: `setting`, `outcomes`, `plain`, `dead_rules`, `guardrails`, `plugins`, `unread`.

mod dead_rules;
mod guardrails;
mod outcomes;
mod plain;
mod plugins;
mod setting;
#[cfg(test)]
mod tests;
mod unread;

pub use unread::unread_facts;

use crate::bundle::Bundle;
use crate::policy::Policy;
use crate::text::{Diagnostic, Diagnostics};
use outcomes::Outcomes;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Everything that the layers of a bundle say about each other.
#[must_use]
pub fn across_layers(bundle: &Bundle, policy: &Policy) -> Diagnostics {
    let program = &*policy.program;
    let mut found = Diagnostics::new();
    let settings = setting::settings(program, &bundle.files);
    let outcomes: Vec<Outcomes<'_>> = settings.iter().flatten().map(Outcomes::of).collect();
    dead_rules::check(program, &outcomes, &mut found);
    guardrails::check(program, &outcomes, &mut found);
    plugins::check(program, &outcomes, &mut found);
    unread::check(bundle, program, &mut found);
    found
}

/// What holds in every setting in which it can be asked: findings by what they are about, as each setting tells them.
struct EverySetting<K> {
    /// What was asked in at least one setting, with what is told of it while it holds in all of them.
    told: BTreeMap<K, Option<Diagnostic>>,
}

impl<K: Ord> EverySetting<K> {
    fn new() -> Self {
        Self { told: BTreeMap::new() }
    }

    /// What one setting says about a subject; nothing where it does not hold there.
    fn tell(&mut self, subject: K, finding: Option<Diagnostic>) {
        match self.told.entry(subject) {
            Entry::Vacant(place) => {
                place.insert(finding);
            }
            Entry::Occupied(mut told) => {
                if finding.is_none() {
                    told.insert(None);
                }
            }
        }
    }

    fn report(self, found: &mut Diagnostics) {
        for finding in self.told.into_values().flatten() {
            found.push(finding.warning());
        }
    }
}
