//! What is seen of a bundle at one time: what is said against it, and what it decides.

use crate::authoring::across::across_layers;
use crate::authoring::analysis::analyse;
use crate::bundle::{Bundle, BundleFiles, Moment};
use crate::case::Case;
use crate::decision::{Decision, PolicyName};
use crate::policy::{Extensions, Policy};
use crate::text::{Diagnostic, Diagnostics};

/// A case that is decided at every look, as it was read, or every mistake in it.
#[derive(Clone, Debug)]
pub struct WatchedCase {
    /// What it is called.
    pub name: String,
    /// The case.
    pub case: Result<Case, Diagnostics>,
}

/// What came of a case.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DecidedCase {
    /// What the case is called.
    pub name: String,
    /// The decision, or in one sentence why there is none.
    pub decision: Result<Decision, String>,
}

/// See the module. Policy tests take longer than all of this, and are run after it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Look {
    /// The files of the bundle; none where they cannot be read.
    pub files: BundleFiles,
    /// Everything that is said against the bundle and the cases, in the order of files and places.
    pub findings: Diagnostics,
    /// The cases, in the order given; none where the bundle does not load.
    pub cases: Vec<DecidedCase>,
    /// The bundle and its policy, where it loads.
    pub(super) sound: Option<(Bundle, Policy)>,
}

impl Look {
    /// Looks at the files of a bundle, or at why they cannot be read, and decides the cases as of a moment.
    #[must_use]
    pub fn at(files: Result<BundleFiles, Diagnostics>, cases: &[WatchedCase], at: Moment) -> Self {
        let (files, mut findings, sound) = match files {
            Ok(files) => {
                let (found, sound) = load(&files);
                (files, found, sound)
            }
            Err(findings) => (BundleFiles::new(), findings, None),
        };
        for wrong in cases.iter().filter_map(|case| case.case.as_ref().err()) {
            findings.extend(wrong.clone());
        }
        findings.sort();
        let decided = |policy: &Policy| cases.iter().map(|case| decide(policy, case, at)).collect();
        let cases = sound.as_ref().map(|(_, policy)| decided(policy)).unwrap_or_default();
        Self { files, findings, cases, sound }
    }

    /// The name of the policy; none where the bundle does not load.
    #[must_use]
    pub fn name(&self) -> Option<&PolicyName> {
        self.sound.as_ref().map(|(_, policy)| policy.name())
    }

    /// Does the bundle load, so that it decides?
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.sound.is_some()
    }
}

/// The bundle and its policy, with all that is said against them.
fn load(files: &BundleFiles) -> (Diagnostics, Option<(Bundle, Policy)>) {
    let (bundle, found) = Bundle::read(files);
    let Some(bundle) = bundle else { return (found, None) };
    match Policy::compile(&bundle, &Extensions::new(), found) {
        Ok(policy) => {
            let mut found = policy.warnings().clone();
            found.extend(across_layers(&bundle, &policy));
            found.extend(analyse(&policy));
            (found, Some((bundle, policy)))
        }
        Err(found) => (found, None),
    }
}

fn decide(policy: &Policy, case: &WatchedCase, at: Moment) -> DecidedCase {
    let decided = case.case.as_ref().map_err(first).and_then(|case| {
        let at = at.in_zone(&case.zone()).map_err(|trouble| trouble.to_string())?;
        policy.decide(case, at).map_err(|error| error.to_string())
    });
    DecidedCase { name: case.name.clone(), decision: decided }
}

fn first(wrong: &Diagnostics) -> String {
    let told = |finding: &Diagnostic| format!("it cannot be read: {}", finding.message);
    wrong.iter().next().map_or_else(|| "it cannot be read".to_owned(), told)
}
