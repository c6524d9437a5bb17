//! Case documents: what is one, and what it comes to.

use super::checking::compile;
use super::workspace::Workspace;
use crate::authoring::explain::{View, explain};
use crate::bundle::BundleFiles;
use crate::case::{CaseFormat, read_text};
use crate::engine::{Engine, default_bundle, read_directory};
use crate::policy::Policy;
use crate::text::{Diagnostics, Source, json, render_all, yaml};
use lsp_types::Uri;
use std::path::Path;
use std::sync::Arc;

/// Is it a case, or a list of cases? It names the complaint and what is disputed, or the customer.
pub(super) fn is_case(source: &Source) -> bool {
    let out = &mut Diagnostics::new();
    let tree = match CaseFormat::of_name(source.name()) {
        Some(CaseFormat::Yaml) => yaml::parse(source, out),
        Some(CaseFormat::Json) => json::parse(source, out),
        // Of a history, the first line tells.
        Some(CaseFormat::JsonLines) => {
            let first = Source::new(source.name(), source.text().lines().next().unwrap_or(""));
            json::parse(&first, out)
        }
        None => None,
    };
    let Some(tree) = tree else { return false };
    let first = tree.as_list().and_then(<[_]>::first).unwrap_or(&tree);
    first.get("complaint").is_some() && (first.get("dispute").is_some() || first.get("customer").is_some())
}

/// What the case of a document comes to.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// In a line: the ids of the cases and what each comes to.
    pub(super) line: String,
    /// The whole explanation, or everything that is wrong.
    pub(super) page: String,
}

/// Decides the case of a document, or its cases.
///
/// # Errors
/// Why there is nothing to decide, in a sentence.
pub(super) fn decide(workspace: &Workspace, uri: &Uri) -> Result<Told, String> {
    let source = workspace.text(uri).ok_or_else(|| format!("`{}` cannot be read", uri.as_str()))?;
    let format = CaseFormat::of_name(source.name()).unwrap_or_else(|| CaseFormat::of_text(source.text()));
    let root = workspace.home_for_case(uri);
    let (files, origin) = bundle(workspace, root.as_deref())?;
    let policy = match compile(&files) {
        Ok((_, policy)) => policy,
        Err(found) => {
            let line = format!("the bundle {origin} cannot decide anything until it is mended");
            return Ok(Told { page: format!("{line}\n\n{}", render_all(&found, false)), line });
        }
    };
    let view = View { trace: true, origin: Some(origin), ..View::default() };
    let engine = Engine::with(policy);
    let (mut lines, mut pages) = (Vec::new(), Vec::new());
    for case in read_text(&source, format) {
        let decided = case.map_err(|found| ("the case cannot be read until it is mended".to_owned(), found)).and_then(|case| {
            let decided = match workspace.options.at.map(|at| at.in_zone(&case.zone())) {
                Some(Ok(at)) => engine.explain_at(&case, at),
                _ => engine.explain(&case),
            };
            decided.map_err(|error| match error {
                crate::evaluation::DecideError::InvalidCase(found) => (format!("the case `{}` is wrong", case.id()), found),
                other => (format!("the case `{}`: {other}", case.id()), Diagnostics::new()),
            })
        });
        match decided {
            Ok(decision) => {
                let page = explain(&decision, &view);
                lines.push(page.lines().next().unwrap_or("").to_owned());
                pages.push(page);
            }
            Err((line, found)) => {
                pages.push(format!("{line}\n\n{}", render_all(&found, false)));
                lines.push(line);
            }
        }
    }
    if pages.is_empty() {
        return Err(format!("there is no case in `{}`", source.name()));
    }
    Ok(Told { line: lines.join("; "), page: pages.join("\n────────\n\n") })
}

/// The bundle at a root, as the editor has it; the one that is built in where there is none.
fn bundle(workspace: &Workspace, root: Option<&Path>) -> Result<(Arc<BundleFiles>, String), String> {
    let Some(root) = root else { return Ok((Arc::new(default_bundle()), "built in".to_owned())) };
    if workspace.home(root).is_some() {
        let files = workspace.shown(root);
        let manifest = files.get("bundle.yaml").map_or("", Source::name);
        let origin = manifest.trim_end_matches("bundle.yaml").trim_end_matches('/');
        let origin = if origin.is_empty() { "from this folder".to_owned() } else { format!("from {origin}") };
        return Ok((Arc::new(files), origin));
    }
    let origin = format!("from {}", root.display());
    let files = read_directory(root).map_err(|found| render_all(&found, false))?;
    Ok((Arc::new(files), origin))
}

/// A policy of the bundle at a root; nothing while it is broken.
pub(super) fn policy(workspace: &Workspace, root: &Path) -> Option<Policy> {
    let home = workspace.home(root)?;
    compile(&home.files).ok().map(|(_, policy)| policy)
}
