//! Which findings the client shows of which file, and what has to be said so that it shows the right ones.

use super::finding::Finding;
use super::trials::Tried;
use super::workspace::Workspace;
use lsp_types::{PublishDiagnosticsParams, Uri};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What was found, and what the client was told of it.
#[derive(Debug, Default)]
pub(super) struct Publishing {
    /// How tests ended, by the root of their bundle.
    tried: BTreeMap<PathBuf, Tried>,
    /// What was told last, by address.
    told: BTreeMap<String, PublishDiagnosticsParams>,
}

impl Publishing {
    /// The tests of a bundle were run.
    pub(super) fn tried(&mut self, root: &Path, tried: Tried) {
        self.tried.insert(root.to_owned(), tried);
    }

    /// A document was opened: whatever the client showed of it before, it is told anew.
    pub(super) fn forget(&mut self, uri: &Uri) {
        if let Some(told) = self.told.get_mut(uri.as_str()) {
            told.version = None;
        }
    }

    /// What the client has to be told now.
    pub(super) fn news(&mut self, workspace: &Workspace) -> Vec<PublishDiagnosticsParams> {
        self.tried.retain(|root, _| workspace.home(root).is_some());
        // What was told is taken back where nothing is found any longer.
        let before = self.told.values().map(|told| told.uri.clone());
        let mut wanted: BTreeMap<String, PublishDiagnosticsParams> = before.map(nothing).collect();
        for uri in fresh(workspace) {
            let (key, mut told) = nothing(uri.clone());
            told.version = workspace.version(uri);
            wanted.insert(key, told);
        }
        for home in workspace.homes() {
            let checked = workspace.checked(&home.root).into_iter().flat_map(|checked| &checked.findings);
            let tried = self.tried.get(&home.root).into_iter().flat_map(|tried| still_there(workspace, tried));
            for finding in checked.chain(tried) {
                let told = wanted.entry(finding.uri.as_str().to_owned()).or_insert_with(|| nothing(finding.uri.clone()).1);
                told.diagnostics.push(finding.shown.clone());
            }
        }
        let mut news = Vec::new();
        for (key, now) in wanted {
            let is_known = self.told.get(&key).is_some_and(|told| {
                told.diagnostics == now.diagnostics && (now.version.is_none() || now.version == told.version)
            });
            if is_known {
                continue;
            }
            if now.diagnostics.is_empty() && now.version.is_none() {
                self.told.remove(&key);
            } else {
                self.told.insert(key, now.clone());
            }
            news.push(now);
        }
        news
    }
}

/// That nothing is found in a document, by its address.
fn nothing(uri: Uri) -> (String, PublishDiagnosticsParams) {
    (uri.as_str().to_owned(), PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None })
}

/// The open documents whose bundle was checked as it is now: what is told of them is told with their version.
fn fresh(workspace: &Workspace) -> impl Iterator<Item = &Uri> {
    workspace.open_uris().filter(|uri| {
        workspace
            .inside(uri)
            .is_some_and(|file| workspace.checked(&file.home.root).is_some_and(|checked| checked.age == file.home.age))
    })
}

/// The failing tests of files that are as they were when the tests were run; in others, nobody knows where they stand by now.
fn still_there<'t>(workspace: &Workspace, tried: &'t Tried) -> impl Iterator<Item = &'t Finding> {
    tried.findings.iter().filter(|finding| match workspace.inside(&finding.uri) {
        Some(file) => tried.files.get(file.path).is_some_and(|text| text == file.source),
        None => true,
    })
}
