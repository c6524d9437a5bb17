//! The index over small bundles with a cursor in them, and over the whole default bundle.

mod sweep;

use super::*;
use crate::bundle::BundleFiles;
use crate::engine::default_bundle;
use crate::policy::Extensions;

/// The default bundle, by the paths in it.
fn default_files() -> BundleFiles {
    let mut files = BundleFiles::new();
    for (path, source) in default_bundle().iter() {
        files.insert(path, source.text());
    }
    files
}

fn index(files: &BundleFiles) -> NameIndex {
    NameIndex::read(files, &Extensions::new())
}
