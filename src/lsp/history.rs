//! The history that the client names, decided by a bundle.

use super::cases::policy;
use super::hits::Hits;
use super::options::Options;
use super::workspace::Workspace;
use crate::case::{Case, read_text};
use crate::decision::Decision;
use crate::engine::{Engine, read_text as read_file};
use crate::history::{CsvCases, JsonLines, Mapping, StreamFormat};
use crate::limits::LSP_HISTORY_CASES_MAX;
use crate::text::{Diagnostics, Source, render_all};
use std::fs::File;
use std::io::BufReader;
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

type Cases = Box<dyn Iterator<Item = Result<Case, Diagnostics>>>;

fn open(path: &Path, options: &Options) -> Result<Cases, String> {
    let name = path.display().to_string();
    let refuse = |why: &str| format!("the history `{name}` cannot be read: {why}");
    match StreamFormat::of_name(&name) {
        None => Err(refuse("its name does not end in .yaml, .yml, .json, .jsonl, .ndjson or .csv")),
        Some(StreamFormat::Document(format)) => {
            let text = read_file(path).map_err(|why| refuse(&why))?;
            Ok(Box::new(read_text(&Source::new(name, text), format).into_iter()))
        }
        Some(StreamFormat::JsonLines) => {
            let file = File::open(path).map_err(|error| refuse(&error.to_string()))?;
            Ok(Box::new(JsonLines::open(BufReader::new(file), &name)))
        }
        Some(StreamFormat::Csv) => {
            let Some(mapping) = &options.mapping else {
                return Err(refuse("what its columns mean is said by no `mapping` in the `initializationOptions`"));
            };
            let shown = mapping.display().to_string();
            let text = read_file(mapping).map_err(|why| format!("the mapping `{shown}` cannot be read: {why}"))?;
            let mapping = Mapping::read(&Source::new(shown, text)).map_err(|found| render_all(&found, false))?;
            let file = File::open(path).map_err(|error| refuse(&error.to_string()))?;
            Ok(Box::new(CsvCases::open(file, &name, &mapping).map_err(|found| render_all(&found, false))?))
        }
    }
}
