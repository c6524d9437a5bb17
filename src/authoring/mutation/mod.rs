//! Mutation: the policy is changed in one small place at a time, and the policy tests are asked whether they notice.
//!
//! A threshold moves, a rule is left out or changes places with its neighbour, an output, a figure or a guardrail changes. What no
//! test notices is a place where a slip of the hand would ship. A policy is changed in memory, and only those tests run that could
//! notice: a changed cell can be noticed by those tests alone for whose case it says something else than before.
//!
//! Order of the files, each using only those before it: `patch`, `mutants`, `trial`, `allowed`, this one, and `report`.

mod allowed;
mod mutants;
mod patch;
mod report;
#[cfg(test)]
mod tests;
mod trial;

pub use allowed::{Allowed, read_allowed};

use self::mutants::{Mutant, Mutants};
use self::trial::{Trial, changes_nothing, tried};
use crate::bundle::Bundle;
use crate::limits::{MUTANT_PROOFS_MAX, MUTANTS_MAX};
use crate::policy::{Extensions, Policy};
use crate::testing::{CaseFiles, prepare};
use crate::text::{Diagnostics, Place};
use std::num::NonZeroUsize;
use std::thread;

/// What one change of the policy came to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MutantResult {
    /// What was changed, as text. It tells this change from every other one.
    pub name: String,
    /// Where the changed thing stands.
    pub place: Place,
    /// The test that noticed; none where no test did.
    pub noticed_by: Option<String>,
    /// Why it is allowed that no test notices, as the bundle says.
    pub allowed: Option<String>,
    /// Is it proved that no case is decided otherwise by it?
    pub(crate) equivalent: bool,
}

/// What all changes came to.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Mutation {
    /// One result a change, in the order of the bundle.
    pub results: Vec<MutantResult>,
    /// Changes that were left out because it is proved that no case is decided otherwise by them.
    pub equivalent: usize,
    /// Tests that fail without any change, and so tell nothing.
    pub failing: usize,
    /// Changes beyond the limit that were not tried.
    pub untried: usize,
    /// What is allowed and needs no permission, or no longer exists.
    pub stale: Diagnostics,
}

impl Mutation {
    /// Changes that no test notices, and that nobody allowed.
    pub fn survivors(&self) -> impl Iterator<Item = &MutantResult> {
        self.results.iter().filter(|result| result.noticed_by.is_none() && result.allowed.is_none())
    }

    /// Does every change that matters get noticed, and is every permission needed?
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.survivors().next().is_none() && self.stale.is_empty() && self.untried == 0
    }
}

/// Tries every change of a bundle on its tests. Tests that fail without any change tell nothing and are left out.
///
/// # Errors
/// When the bundle does not load with these extensions.
pub fn mutate(
    bundle: &Bundle,
    extensions: &Extensions,
    case_files: &CaseFiles<'_>,
    allowed: &[Allowed],
) -> Result<Mutation, Diagnostics> {
    let policy = compiled(bundle, extensions)?;
    let tests = prepare(bundle, case_files, None);
    let usable: Vec<_> = tests.iter().filter(|test| test.run(&policy).passed()).collect();
    let found = Mutants::of(&policy.program, bundle);
    let (untried, equivalent) = (found.list.len().saturating_sub(MUTANTS_MAX), found.equivalent);
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut shares: Vec<Vec<(usize, Mutant)>> = (0..workers).map(|_| Vec::new()).collect();
    for (at, mutant) in found.list.into_iter().take(MUTANTS_MAX).enumerate() {
        if let Some(share) = shares.get_mut(at % workers) {
            share.push((at, mutant));
        }
    }
    let mut outcomes = Vec::new();
    thread::scope(|scope| -> Result<(), Diagnostics> {
        let run = |share| scope.spawn(|| compiled(bundle, extensions).map(|own| tried(Trial::new(&policy, own, &usable), share)));
        let handles: Vec<_> = shares.into_iter().map(run).collect();
        for handle in handles {
            match handle.join() {
                Ok(tried) => outcomes.extend(tried?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(())
    })?;
    outcomes.sort_by_key(|tried| tried.at);
    let (mut results, unnoticed): (Vec<MutantResult>, Vec<Option<Mutant>>) =
        outcomes.into_iter().map(|tried| (tried.result, tried.unnoticed)).unzip();
    let stale = allowed::apply(&mut results, allowed);
    // A proof takes as long as a comparison of two policies. Where so many changes pass that this would take minutes, tests are missing.
    let open = results.iter().filter(|result| result.noticed_by.is_none() && result.allowed.is_none()).count();
    if open <= MUTANT_PROOFS_MAX {
        let mut own = compiled(bundle, extensions)?;
        for (result, mutant) in results.iter_mut().zip(unnoticed) {
            if let Some(mut mutant) = mutant.filter(|_| result.allowed.is_none()) {
                result.equivalent = changes_nothing(&policy, &mut own, &mut mutant);
            }
        }
    }
    let tried = results.len();
    results.retain(|result| !result.equivalent || result.allowed.is_some());
    let equivalent = equivalent + tried - results.len();
    Ok(Mutation { results, equivalent, failing: tests.len() - usable.len(), untried, stale })
}

fn compiled(bundle: &Bundle, extensions: &Extensions) -> Result<Policy, Diagnostics> {
    Policy::compile(bundle, extensions, Diagnostics::new())
}
