//! What can go wrong with a journal.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a journal did not do what it was asked. [`JournalError::help`] says what to do about it.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum JournalError {
    /// The system refused: no room left, no permission, a directory where a file has to be.
    #[error("`{path}` cannot be {doing}: {reason}")]
    System {
        /// Which file or directory.
        path: PathBuf,
        /// What was wanted of it: `read`, `written`, `made`.
        doing: &'static str,
        /// What kind of refusal it is.
        kind: ErrorKind,
        /// What the system says.
        reason: String,
    },
    /// There is no journal.
    #[error("there is no journal `{0}`")]
    NoJournal(PathBuf),
    /// Somebody else writes to it.
    #[error("another process writes to the journal `{0}`")]
    Locked(PathBuf),
    /// What stands there is no file that can be appended to.
    #[error("`{0}` is no file")]
    NoFile(PathBuf),
    /// It was moved or taken away while it was written.
    #[error("the journal `{0}` was moved or taken away while it was written")]
    Gone(PathBuf),
    /// The journal ends with something that was never written to it.
    #[error("the journal `{path}` cannot be continued: {reason}")]
    Damaged {
        /// The segment.
        path: PathBuf,
        /// What is wrong with its end.
        reason: String,
    },
    /// A newer version of the engine wrote to it last.
    #[error("the journal `{0}` was last written by a newer version, in a form that this one does not know")]
    Newer(PathBuf),
    /// A record that no journal takes.
    #[error("a record cannot be written: {0}")]
    Record(String),
    /// What was written may not be on the disk, so nothing more is written.
    #[error("the journal `{path}` has stopped, as what was written may not be on the disk: {reason}")]
    Stopped {
        /// The journal.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A key that cannot be used.
    #[error("`{path}` holds no key: {reason}")]
    NoKey {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl JournalError {
    /// What to do about it, if there is something.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::System { kind: ErrorKind::StorageFull | ErrorKind::QuotaExceeded, .. } => {
                "make room; what is recorded is whole, and the next record goes on behind it"
            }
            Self::System { kind: ErrorKind::FileTooLarge, .. } => {
                "files may not grow as large here: allow larger ones (`ulimit -f`) or close segments earlier; what is recorded is whole"
            }
            Self::System { kind: ErrorKind::PermissionDenied, path, .. } => {
                let folder = folder_of(path);
                return Some(format!("let the program write to the folder `{}`, or name a journal elsewhere", folder.display()));
            }
            Self::System { kind: ErrorKind::ReadOnlyFilesystem, .. } => "nothing can be written there; name a journal elsewhere",
            Self::System { kind: ErrorKind::NotFound, path, doing: "written" | "made", .. } => {
                return Some(format!("make the folder first: `mkdir -p {}`", folder_of(path).display()));
            }
            Self::NoFile(_) => "name a file, or one that does not exist yet",
            Self::NoJournal(_) => "`redress decide --journal FILE` writes one",
            Self::Locked(_) => "wait until it is done, or give each process a journal of its own",
            Self::Gone(_) => "put it back, or start the program anew, which begins another one",
            Self::Damaged { .. } => "`redress journal verify` shows the first break; move the file away, and a new one is begun",
            Self::Newer(_) => "go on with that version, or begin another journal",
            Self::Stopped { .. } => "see to the disk, then open the journal again: start the program anew",
            Self::NoKey { .. } => "a key is one line of 64 digits, 0-9 and a-f: `openssl rand -hex 32 > journal.key`",
            _ => return None,
        };
        Some(help.to_owned())
    }

    pub(super) fn system(path: &Path, doing: &'static str, error: &io::Error) -> Self {
        Self::System { path: path.to_owned(), doing, kind: error.kind(), reason: error.to_string() }
    }
}

/// The folder in which a file lies.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
