//! Changes that no test has to notice, each with its reason: `mutants_allowed` in a file of policy tests.

use super::MutantResult;
use crate::bundle::{AllowedMutant, Bundle, read_allowed_mutants};
use crate::text::{Code, Diagnostic, Diagnostics, Fix, Source, yaml};
use std::collections::BTreeSet;

/// A change that no test has to notice.
pub type Allowed = AllowedMutant;

/// Those that a file lists.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read_allowed(source: &Source) -> Result<Vec<Allowed>, Diagnostics> {
    let mut out = Diagnostics::new();
    let list = yaml::parse(source, &mut out).map(|node| read_allowed_mutants(&node, source, &mut out)).unwrap_or_default();
    if out.has_errors() { Err(out) } else { Ok(list) }
}

impl Bundle {
    /// The changes that no test has to notice, as the files of policy tests list them.
    #[must_use]
    pub fn mutants_allowed(&self) -> Vec<Allowed> {
        self.tests.iter().flat_map(|file| file.mutants_allowed.iter().cloned()).collect()
    }
}

/// Notes what is allowed; reports every permission that nothing needs.
pub(super) fn apply(results: &mut [MutantResult], allowed: &[Allowed]) -> Diagnostics {
    let mut out = Diagnostics::new();
    let mut seen = BTreeSet::new();
    for entry in allowed {
        let name = entry.mutant.value.as_str();
        let place = &entry.mutant.place;
        let stale = |message: String| {
            Diagnostic::at(Code::StaleMutant, place, message)
                .help("take it out of the list")
                .fix(Fix::without_item(place, name).map(Fix::safe))
        };
        if !seen.insert(name) {
            out.push(stale(format!("the change `{name}` is listed twice")));
            continue;
        }
        match results.iter_mut().find(|result| result.name == name) {
            Some(result) => match &result.noticed_by {
                Some(test) => out.push(stale(format!("the change `{name}` needs no permission: the test `{test}` notices it"))),
                None => result.allowed = Some(entry.because.clone()),
            },
            None => out.push(stale(format!("there is no change `{name}` of this bundle"))),
        }
    }
    out
}
