//! Pairs of policies, before and after a small change.

use super::analysis::{changed_tree, random_tree};
use super::load;
use redress::text::render_all;
use redress::{BundleFiles, Extensions, Policy};

/// The default bundle, and the same with one text of its manifest replaced.
pub(crate) fn default_bundle(from: &str, to: &str) -> (Policy, Policy) {
    let mut files = load::default_files();
    let old = policy(&files);
    let manifest = files.get("bundle.yaml").unwrap().text().to_owned();
    assert!(manifest.contains(from), "{from}");
    files.insert("bundle.yaml", manifest.replacen(from, to, 1));
    (old, policy(&files))
}

/// A large table, and the same with the bound of one rule moved.
pub(crate) fn tree(rules: usize, columns: usize) -> (Policy, Policy) {
    let move_bound = |rows: &mut [Vec<(usize, usize)>]| {
        let (_, to) = &mut rows[rules / 2][0];
        *to -= 1;
    };
    (random_tree(rules, columns), changed_tree(rules, columns, move_bound))
}

fn policy(files: &BundleFiles) -> Policy {
    Policy::load(files, &Extensions::new()).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}
