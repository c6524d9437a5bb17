//! A finding as a client shows it, with the ways to mend it.

use lsp_types::{Diagnostic, TextEdit, Uri};

/// A finding and where it is shown.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) uri: Uri,
    pub(super) shown: Diagnostic,
    pub(super) mends: Vec<Mend>,
}

/// A way to mend a finding.
#[derive(Clone, Debug)]
pub(super) struct Mend {
    pub(super) title: String,
    pub(super) edits: Vec<(Uri, TextEdit)>,
    /// Nobody has to look at it.
    pub(super) is_safe: bool,
}

/// What was found in a bundle of some age.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    /// The age of the bundle that was looked at.
    pub(super) age: u64,
    pub(super) findings: Vec<Finding>,
}
