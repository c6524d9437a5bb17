//! Files that are there whole or not at all: written beside the others, then put in place in one step.
//!
//! What is not finished lies in the folder `incoming`, so that nothing else in a store has to be told apart from it, and what a
//! writer left behind that was ended half-way is found in one look.

use super::error::StoreError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The folder of what is not finished.
pub(super) const INCOMING: &str = "incoming";
/// Nobody writes one file for so long.
const LEFT_BEHIND_AFTER: Duration = Duration::from_secs(60 * 60);
/// How many that were left behind are looked at in one sweep.
const SWEPT_MAX: usize = 10_000;
/// How many names are tried; processes in other containers may have our number.
const NAMES_MAX: usize = 10_000;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// Writes a file of the store at `store`, replacing the one that is there.
pub(super) fn write(store: &Path, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let incoming = store.join(INCOMING);
    make(&incoming)?;
    if let Some(folder) = path.parent() {
        make(folder)?;
    }
    let (unfinished, file) = start(&incoming)?;
    let finished = fill(file, bytes).and_then(|()| fs::rename(&unfinished, path));
    if let Err(error) = finished {
        // What cannot be removed now is swept later.
        let _ = fs::remove_file(&unfinished);
        return Err(StoreError::system(path, "written", &error));
    }
    path.parent().map_or(Ok(()), settle)
}

/// Makes a folder of the store, if it is not there.
pub(super) fn make(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|error| StoreError::system(folder, "made", &error))?;
    folder.parent().filter(|above| !above.as_os_str().is_empty()).map_or(Ok(()), settle)
}

/// Removes what writers left behind that were ended half-way. What cannot be removed harms nobody.
pub(super) fn sweep(store: &Path) {
    let Ok(entries) = fs::read_dir(store.join(INCOMING)) else { return };
    for entry in entries.take(SWEPT_MAX).flatten() {
        let age = entry.metadata().and_then(|found| found.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > LEFT_BEHIND_AFTER) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn start(incoming: &Path) -> Result<(PathBuf, File), StoreError> {
    for _ in 0..NAMES_MAX {
        let path = incoming.join(format!("{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::system(&path, "written", &error)),
        }
    }
    Err(StoreError::system(incoming, "written", &io::Error::other("it is full of files that were left behind")))
}

fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

/// Has the system keep the names in a folder, as it keeps what is in the files.
fn settle(folder: &Path) -> Result<(), StoreError> {
    // Who may write to a folder may not always read it, and not every file system keeps names on demand.
    #[cfg(unix)]
    if let Ok(open) = File::open(folder)
        && let Err(error) = open.sync_all()
        && error.kind() != ErrorKind::InvalidInput
    {
        return Err(StoreError::system(folder, "written", &error));
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
