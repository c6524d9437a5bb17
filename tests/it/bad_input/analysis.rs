//! Policies that load, and what can be said against them all the same.

mod cells;
mod exhaustive;
mod gaps;
mod order;
mod rules;
mod segments;
mod settings;

use super::{BUNDLE, load};
use redress::authoring::analysis::analyse;
use redress::text::render_all;

/// What `redress check --notes` says about a bundle that loads.
fn checked(files: &[(&str, &str)]) -> String {
    match load(files) {
        Ok(policy) => {
            let mut found = policy.warnings().clone();
            found.extend(analyse(&policy));
            if found.is_empty() { "no findings".to_owned() } else { render_all(&found, false) }
        }
        Err(found) => render_all(&found, false),
    }
}

/// What it says about a bundle of one decision.
fn table(text: &str) -> String {
    checked(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", text)])
}
