//! Which findings the client shows of which file, and what has to be said so that it shows the right ones.

use super::finding::Finding;
use super::trials::Tried;
use super::workspace::Workspace;
use lsp_types::{Diagnostic, PublishDiagnosticsParams, Uri};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What was found, and what the client was told of it.
#[derive(Debug, Default)]
pub(super) struct Publishing {
    /// How tests ended, by the root of their bundle.
    tried: BTreeMap<PathBuf, Tried>,
    told: BTreeMap<Uri, (Vec<Diagnostic>, Option<i32>)>,
}

impl Publishing {
    /// The tests of a bundle were run.
    pub(super) fn tried(&mut self, root: &Path, tried: Tried) {
        self.tried.insert(root.to_owned(), tried);
    }

    /// A document was opened: whatever the client showed of it before, it is told anew.
    pub(super) fn forget(&mut self, uri: &Uri) {
        if let Some((_, version)) = self.told.get_mut(uri) {
            *version = None;
        }
    }

    /// What the client has to be told now.
    pub(super) fn news(&mut self, workspace: &Workspace) -> Vec<PublishDiagnosticsParams> {
        self.tried.retain(|root, _| workspace.home(root).is_some());
        let mut wanted: BTreeMap<Uri, Vec<Diagnostic>> = BTreeMap::new();
        for home in workspace.homes() {
            let checked = workspace.checked(&home.root).into_iter().flat_map(|checked| &checked.findings);
            let tried = self.tried.get(&home.root).into_iter().flat_map(|tried| still_there(workspace, tried));
            for finding in checked.chain(tried) {
                wanted.entry(finding.uri.clone()).or_default().push(finding.shown.clone());
            }
        }
        let fresh = fresh(workspace);
        let all: BTreeSet<Uri> = wanted.keys().chain(self.told.keys()).chain(&fresh).cloned().collect();
        let mut news = Vec::new();
        for uri in all {
            let diagnostics = wanted.remove(&uri).unwrap_or_default();
            let version = workspace.version(&uri).filter(|_| fresh.contains(&uri));
            let is_known = match self.told.get(&uri) {
                Some((told, of)) => *told == diagnostics && (version.is_none() || version == *of),
                None => diagnostics.is_empty() && version.is_none(),
            };
            if is_known {
                continue;
            }
            if diagnostics.is_empty() && version.is_none() {
                self.told.remove(&uri);
            } else {
                self.told.insert(uri.clone(), (diagnostics.clone(), version));
            }
            news.push(PublishDiagnosticsParams { uri, diagnostics, version });
        }
        news
    }
}

/// The open documents whose bundle was checked as it is now: what is told of them is told with their version.
fn fresh(workspace: &Workspace) -> BTreeSet<Uri> {
    let is_fresh = |uri: &&Uri| {
        workspace
            .inside(uri)
            .is_some_and(|file| workspace.checked(&file.home.root).is_some_and(|checked| checked.age == file.home.age))
    };
    workspace.open_uris().filter(is_fresh).cloned().collect()
}

/// The failing tests of files that are as they were when the tests were run; in others, nobody knows where they stand by now.
fn still_there<'t>(workspace: &Workspace, tried: &'t Tried) -> impl Iterator<Item = &'t Finding> {
    tried.findings.iter().filter(|finding| match workspace.inside(&finding.uri) {
        Some(file) => tried.files.get(file.path).is_some_and(|text| text == file.source),
        None => true,
    })
}
