//! What differs between two looks.

use super::look::{DecidedCase, Look};
use super::tested::Tested;
use crate::authoring::diff::{Both, Turned};
use crate::text::Diagnostic;
use serde::Serialize;
use std::collections::BTreeMap;

/// The rule that decided a part of a case, where it is another one now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reason {
    /// The decision of the bundle.
    pub part: String,
    /// The rules that decided before, and what changed their draft.
    pub before: String,
    /// The same now.
    pub after: String,
}

/// A case that is decided differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CaseChange {
    /// What the case is called.
    pub case: String,
    /// What came out differently: what a person reads first, then outputs of decisions.
    pub turned: Vec<Turned>,
    /// By which rules, for each decision that came out differently or by another rule.
    pub by: Vec<Reason>,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// Findings that were not there before.
    pub appeared: Vec<Diagnostic>,
    /// Findings that are gone.
    pub mended: Vec<Diagnostic>,
    /// Tests that passed, or were not there, and fail.
    pub failing: Vec<String>,
    /// Tests that failed and do not any more.
    pub passing: Vec<String>,
    /// Cases that are decided differently.
    pub cases: Vec<CaseChange>,
}

impl Changes {
    /// What is said now and was not, and the other way round. A finding is known by what it says of which text, so that it may move.
    pub(super) fn of_findings(&mut self, before: &Look, now: &Look) {
        self.appeared = only_in(now, before);
        self.mended = only_in(before, now);
    }

    /// Which tests fail now and did not, and the other way round.
    pub(super) fn of_tests(&mut self, before: &Tested, now: &Tested) {
        let only = |one: &Tested, other: &Tested| {
            let is_new = |name: &&String| !other.failed.iter().any(|test| test.name == **name);
            one.failed.iter().map(|test| &test.name).filter(is_new).cloned().collect()
        };
        self.failing = only(now, before);
        self.passing = only(before, now);
    }

    /// Which cases are decided differently.
    pub(super) fn of_cases(&mut self, before: &Look, now: &Look) {
        let pairs = now.cases.iter().filter_map(|case| Some((before.cases.iter().find(|it| it.name == case.name)?, case)));
        self.cases = pairs.filter_map(|(before, now)| change(before, now)).collect();
    }

    /// Is everything as it was?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The findings of one look that another does not have.
fn only_in(one: &Look, other: &Look) -> Vec<Diagnostic> {
    let key = |finding: &Diagnostic| {
        let place = finding.place.as_ref();
        let text = place.map_or_else(String::new, |place| place.source.slice(place.span).to_owned());
        (finding.code, place.map(|place| place.source.name().to_owned()), text, finding.message.clone())
    };
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for finding in &other.findings {
        *known.entry(key(finding)).or_default() += 1;
    }
    let is_new = |finding: &&Diagnostic| match known.get_mut(&key(finding)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    one.findings.iter().filter(is_new).cloned().collect()
}

fn change(before: &DecidedCase, now: &DecidedCase) -> Option<CaseChange> {
    let both = Both { old: before.decision.clone(), new: now.decision.clone() };
    let mut turned = both.headline();
    let mut by = Vec::new();
    if let (Ok(old), Ok(new)) = (&both.old, &both.new) {
        let gone = old.parts.iter().filter(|part| new.part(&part.name).is_none());
        for part in new.parts.iter().chain(gone) {
            let own = both.part(&part.name, &part.name);
            let (before, after) = both.rules(&part.name, &part.name);
            if !own.is_empty() || before != after {
                by.push(Reason { part: part.name.to_string(), before, after });
            }
            // What a person reads first says it already.
            let is_told = turned.iter().any(|it| *it.what == *part.name);
            turned.extend(own.into_iter().filter(|_| !is_told));
        }
    }
    let is_same = turned.is_empty() && by.is_empty();
    (!is_same).then(|| CaseChange { case: now.name.clone(), turned, by })
}
