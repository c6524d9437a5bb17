//! The history that the client names, decided by a bundle.

use super::cases::policy;
use super::hits::Hits;
use super::options::Options;
use super::workspace::Workspace;
use crate::case::Case;
use crate::decision::Decision;
use crate::engine::{Engine, read_text as read_file};
use crate::history::{Cases, HistoryError, HistoryFile, Mapping};
use crate::limits::LSP_HISTORY_CASES_MAX;
use crate::text::{Source, render_all};
use std::path::Path;

/// Decides a history by the bundle at a root; nothing while the bundle is broken, or when it is the one that decided it last.
///
/// # Errors
/// A history that cannot be read, in a sentence.
pub(super) fn count(workspace: &Workspace, root: &Path) -> Result<Option<Hits>, String> {
    let Some(home) = workspace.home(root) else { return Ok(None) };
    if workspace.hits(root).is_some_and(|hits| hits.digest == home.files.digest()) {
        return Ok(None);
    }
    let Some(policy) = policy(workspace, root) else { return Ok(None) };
    let options = &workspace.options;
    let engine = Engine::with(policy);
    let mut hits = Hits::none(home.files.digest());
    for path in &options.cases {
        for case in open(path, options)? {
            if hits.cases + hits.undecided >= LSP_HISTORY_CASES_MAX {
                return Ok(Some(hits));
            }
            hits.add(case.ok().and_then(|case| decide(&engine, &case, options)).as_ref());
        }
    }
    Ok(Some(hits))
}

fn decide(engine: &Engine, case: &Case, options: &Options) -> Option<Decision> {
    match options.at.map(|at| at.in_zone(&case.zone())) {
        Some(at) => engine.decide_at(case, at.ok()?).ok(),
        None => engine.decide(case).ok(),
    }
}

fn open(path: &Path, options: &Options) -> Result<Cases, String> {
    let file = HistoryFile::named(path);
    let refuse = |why: &str| format!("the history `{}` cannot be read: {why}", file.name);
    if !file.tells_its_form() {
        return Err(refuse("its name does not end in .yaml, .yml, .json, .jsonl, .ndjson, .csv or .parquet"));
    }
    let mapping = match &options.mapping {
        None => None,
        Some(mapping) => {
            let shown = mapping.display().to_string();
            let text = read_file(mapping).map_err(|why| format!("the mapping `{shown}` cannot be read: {why}"))?;
            Some(Mapping::read(&Source::new(shown, text)).map_err(|found| render_all(&found, false))?)
        }
    };
    file.cases(mapping.as_ref()).map_err(|error| match error {
        HistoryError::Unreadable { error, .. } => refuse(&error.to_string()),
        HistoryError::NeedsMapping(_) => refuse("what its columns mean is said by no `mapping` in the `initializationOptions`"),
        HistoryError::Findings { findings, .. } => render_all(&findings, false),
        other => match other.help() {
            Some(help) => format!("{other}; {help}"),
            None => other.to_string(),
        },
    })
}
