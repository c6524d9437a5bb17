//! Where changes of a directory are heard: the directories whose entries matter, watched by the system's events.
//!
//! Directories are watched, never files: a file that is replaced by a rename takes its watch with it. A directory that is deleted and
//! put back, or a link that is swapped, is another directory under the same name, and old events about it may still be on their way:
//! after every change, sentinels are set anew.

use crate::limits::DIRECTORY_DEPTH_MAX;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::fs;
use std::path::{Path, PathBuf};

/// What an event has to be about to matter.
#[derive(Debug)]
struct Concern {
    /// The directory that is followed: everything below it.
    directory: PathBuf,
    /// Links and missing folders on the way to it.
    steps: Vec<PathBuf>,
}

impl Concern {
    fn is_touched(&self, event: &Event) -> bool {
        match event.kind {
            // We read the files ourselves, and would hear it.
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
            EventKind::Access(_) => return false,
            _ => {}
        }
        let matters = |path: &PathBuf| path.starts_with(&self.directory) || self.steps.contains(path);
        event.need_rescan() || event.paths.is_empty() || event.paths.iter().any(matters)
    }
}

/// Watches around a directory, as it was when they were set.
#[derive(Debug)]
pub(super) struct Sentinels {
    /// It tells of events as long as it lives.
    _watcher: RecommendedWatcher,
}

impl Sentinels {
    /// Sets watches around a directory; `wake` is called when something may have changed.
    pub(super) fn around(directory: &Path, mut wake: impl FnMut() + Send + 'static) -> notify::Result<Self> {
        let directory = std::path::absolute(directory)?;
        let (mut watched, steps) = on_the_way(&directory);
        inside(&directory, 0, &mut watched);
        let concern = Concern { directory, steps };
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // What cannot be told apart is looked at.
            if event.map_or(true, |event| concern.is_touched(&event)) {
                wake();
            }
        })?;
        for path in watched {
            if let Err(error) = watcher.watch(&path, RecursiveMode::NonRecursive) {
                tracing::debug!(path = %path.display(), %error, "no events from here; it is polled");
            }
        }
        Ok(Self { _watcher: watcher })
    }
}

/// The directories in which the path to a directory can change, and the paths whose change matters there.
fn on_the_way(directory: &Path) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let (mut watched, mut steps) = (Vec::new(), Vec::new());
    for step in directory.ancestors() {
        let Some(parent) = step.parent() else { break };
        let is_swapped = step == directory || step.is_symlink() || !step.exists();
        if is_swapped {
            steps.push(step.to_owned());
            if parent.is_dir() {
                watched.push(parent.to_owned());
            }
        }
    }
    (watched, steps)
}

/// A directory and the folders in it. Links are not followed below it, but what a link in it leads to is watched itself.
fn inside(directory: &Path, depth: usize, wanted: &mut Vec<PathBuf>) {
    if depth > DIRECTORY_DEPTH_MAX || !directory.is_dir() || wanted.iter().any(|each| each == directory) {
        return;
    }
    wanted.push(directory.to_owned());
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if path.is_dir() && !is_hidden && (depth == 0 || !path.is_symlink()) {
            inside(&path, depth + 1, wanted);
        }
    }
}
