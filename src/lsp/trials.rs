//! Policy tests, run for the client: on every save, and when somebody asks for one.

use super::checking::compile;
use super::finding::Finding;
use super::telling::told;
use super::workspace::{Home, Workspace};
use crate::bundle::BundleFiles;
use crate::testing::{TestReport, prepare, required};
use crate::text::{Diagnostics, render_all};
use std::path::Path;
use std::sync::Arc;

/// How tests ended.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    /// The files that they were run on.
    pub(super) files: Arc<BundleFiles>,
    /// Those that failed.
    pub(super) findings: Vec<Finding>,
}

/// Runs all tests of a bundle; one that is broken has none to run, and nothing is said of it that its findings do not say.
pub(super) fn try_all(workspace: &Workspace, home: &Home) -> Tried {
    let found = compile(&home.files).map(|(bundle, policy)| {
        let case_file = |path: &str| workspace.case_file(&home.root, path);
        let report = TestReport { results: prepare(&bundle, &case_file, None).iter().map(|test| test.run(&policy)).collect() };
        if report.results.is_empty() && bundle.manifest.reload.require_tests {
            return required(&policy, &bundle, &case_file);
        }
        report.findings()
    });
    let findings = found.unwrap_or_default().iter().filter_map(|finding| told(workspace, home, finding)).collect();
    Tried { files: Arc::clone(&home.files), findings }
}

/// How the tests of a file ended.
pub(super) struct Outcome {
    pub(super) root: std::path::PathBuf,
    /// In a line.
    pub(super) line: String,
    /// As `redress test` tells it.
    pub(super) page: String,
    pub(super) passed: bool,
}

/// Runs the tests of a file, or the one that is named.
///
/// # Errors
/// Why there is nothing to run, in a sentence.
pub(super) fn try_some(workspace: &Workspace, uri: &lsp_types::Uri, name: Option<&str>) -> Result<Outcome, String> {
    let file = workspace.inside(uri).ok_or_else(|| format!("`{}` belongs to no bundle", uri.as_str()))?;
    let root: &Path = &file.home.root;
    let (bundle, policy) = match compile(&workspace.shown(root)) {
        Ok(both) => both,
        Err(found) => return Ok(broken(root, &found)),
    };
    let case_file = |path: &str| workspace.case_file(root, path);
    let all = prepare(&bundle, &case_file, None);
    let wanted = all.iter().filter(|test| test.file.path == file.path && name.is_none_or(|name| test.test.name.value == name));
    let report = TestReport { results: wanted.map(|test| test.run(&policy)).collect() };
    if report.results.is_empty() {
        return Err(match name {
            Some(name) => format!("there is no test `{name}` in `{}`", file.path),
            None => format!("there are no tests in `{}`", file.path),
        });
    }
    let (passed, failed) = (report.passed(), report.failed());
    let line = match (name, failed) {
        (Some(name), 0) => format!("passed: {name}"),
        (Some(name), _) => format!("failed: {name}"),
        (None, _) => format!("{}: {passed} passed, {failed} failed", file.path),
    };
    Ok(Outcome { root: root.to_owned(), line, page: report.to_text(false), passed: failed == 0 })
}

fn broken(root: &Path, found: &Diagnostics) -> Outcome {
    let line = "no test can run until the bundle is mended".to_owned();
    Outcome { root: root.to_owned(), page: format!("{line}\n\n{}", render_all(found, false)), line, passed: false }
}
