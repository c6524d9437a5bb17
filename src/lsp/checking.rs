//! What is wrong with a bundle while somebody types: everything that `redress check` says, for the client.

use super::finding::Checked;
use super::telling::told;
use super::workspace::{Home, Workspace};
use crate::authoring::across::across_layers;
use crate::authoring::analysis::analyse;
use crate::bundle::{Bundle, BundleFiles};
use crate::policy::{Extensions, Policy};
use crate::text::{Diagnostic, Diagnostics, Severity};

/// Checks a bundle; nothing when it was changed meanwhile, and it has to be looked at anew.
pub(super) fn check(workspace: &Workspace, home: &Home) -> Option<Checked> {
    let found = if home.unreadable.is_empty() { findings(home)? } else { home.unreadable.clone() };
    let is_shown = |finding: &&Diagnostic| workspace.options.notes || finding.severity < Severity::Advice;
    let findings = found.iter().filter(is_shown).filter_map(|finding| told(workspace, home, finding)).collect();
    (!home.is_stale()).then_some(Checked { age: home.age, findings })
}

fn findings(home: &Home) -> Option<Diagnostics> {
    let mut found = match compile(&home.files) {
        Err(found) => found,
        Ok((bundle, policy)) => {
            let mut found = policy.warnings().clone();
            // The longer part, which is spared where it would be thrown away.
            for part in [&|| across_layers(&bundle, &policy), &|| analyse(&policy)] as [&dyn Fn() -> Diagnostics; 2] {
                if home.is_stale() {
                    return None;
                }
                found.extend(part());
            }
            found
        }
    };
    found.sort();
    Some(found)
}

/// A bundle, policy tests too, and the policy that it says.
///
/// # Errors
/// What keeps it from saying one.
pub(super) fn compile(files: &BundleFiles) -> Result<(Bundle, Policy), Diagnostics> {
    let (bundle, found) = Bundle::read(files);
    let Some(bundle) = bundle else { return Err(found) };
    let policy = Policy::compile(&bundle, &Extensions::new(), found)?;
    Ok((bundle, policy))
}
