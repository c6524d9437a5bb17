//! Pages that the client opens: what a code means, what a case comes to, how tests ended. They are written to a directory of this
//! session, as no protocol lets a server show a text that lies nowhere.

use super::address::uri_of;
use lsp_types::Uri;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The directory of this session, made when the first page is written.
#[derive(Debug, Default)]
pub(super) struct Pages {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    directory: Option<PathBuf>,
    written: BTreeMap<String, Uri>,
}

/// How many names are tried for the directory of a session.
const NAMES_TRIED_MAX: u32 = 16;

impl Pages {
    /// Writes a page; gives its address, or nothing where there is no room for it.
    pub(super) fn write(&self, name: &str, text: &str) -> Option<Uri> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        write(&mut state, name, text)
    }

    /// The same for a page that never changes: it is written once.
    pub(super) fn keep(&self, name: &str, text: impl FnOnce() -> String) -> Option<Uri> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = state.written.get(name) {
            return Some(known.clone());
        }
        write(&mut state, name, &text())
    }

    /// Takes the directory away at the end of the session.
    pub(super) fn clear(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(directory) = state.directory.take() {
            // What cannot be taken away lies among temporary files.
            let _ = std::fs::remove_dir_all(directory);
        }
        state.written.clear();
    }
}

fn write(state: &mut State, name: &str, text: &str) -> Option<Uri> {
    if state.directory.is_none() {
        state.directory = make(&std::env::temp_dir());
    }
    let clean = |char: char| if char.is_alphanumeric() || "-_.".contains(char) { char } else { '-' };
    let file = state.directory.as_deref()?.join(name.chars().map(clean).collect::<String>());
    std::fs::write(&file, text).ok()?;
    let uri = uri_of(&file)?;
    state.written.insert(name.to_owned(), uri.clone());
    Some(uri)
}

/// A directory that nobody had before: what lies there already may be somebody's trap.
fn make(below: &Path) -> Option<PathBuf> {
    let names = (0..NAMES_TRIED_MAX).map(|number| below.join(format!("redress-lsp-{}-{number}", std::process::id())));
    names.into_iter().find(|directory| make_private(directory).is_ok())
}

/// What cases come to is nobody's business but that of whoever edits.
fn make_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}
