//! What can go wrong with a store.

use crate::text::{Diagnostics, render_all};
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a store did not do what it was asked. [`StoreError::help`] says what to do about it.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refused: no room left, no permission, a directory where a file has to be.
    #[error("`{path}` cannot be {doing}: {reason}")]
    System {
        /// Which file or directory.
        path: PathBuf,
        /// What was wanted of it: `read`, `written`, `made`.
        doing: &'static str,
        /// What kind of refusal it is.
        kind: io::ErrorKind,
        /// What the system says.
        reason: String,
    },
    /// The directory is no store.
    #[error("`{path}` is no store: {reason}")]
    NoStore {
        /// The directory.
        path: PathBuf,
        /// How that shows.
        reason: &'static str,
    },
    /// A file of the store is not what was written.
    #[error("the store is damaged: `{path}` {reason}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The note of which bundle was last good says nothing that can be used.
    #[error("`{path}` {reason}")]
    LastGood {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No stored bundle has this digest.
    #[error("the store holds no bundle `{digest}`")]
    Unknown {
        /// As it was asked for.
        digest: String,
    },
    /// Several stored bundles begin with these digits.
    #[error("`{prefix}` is the beginning of several digests: {}", .digests.join(", "))]
    Ambiguous {
        /// As it was asked for.
        prefix: String,
        /// The digests, sorted.
        digests: Vec<String>,
    },
    /// No digest, nor the beginning of one.
    #[error("`{0}` is no digest")]
    BadDigest(String),
    /// A bundle that no store keeps.
    #[error("the bundle cannot be stored:\n{}", render_all(.0, false))]
    Refused(Diagnostics),
    /// The name of the policy has another digest than the files.
    #[error("the policy has the digest {policy} and the files have {files}: they are not the same bundle")]
    OtherBundle {
        /// The digest that the policy names.
        policy: String,
        /// That of the files.
        files: String,
    },
    /// The store has more bundles than are looked through.
    #[error("the store has more than {0} bundles")]
    TooMany(usize),
}

impl StoreError {
    /// What to do about it, if there is something.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        let help = match self {
            Self::NoStore { .. } => "`redress bundle pack DIR --store STORE` makes a store in a directory that is new or empty",
            Self::Damaged { .. } => {
                "store the same bundle again (`redress bundle pack`): what is damaged or gone is written anew"
            }
            Self::LastGood { .. } => "take the file away; the next bundle that is good writes it anew",
            Self::Unknown { .. } => "`redress bundle list` shows those that it holds",
            Self::Ambiguous { .. } => "give more digits",
            Self::BadDigest(_) => "a digest has 64 digits, 0-9 and a-f; the first 8 or more are enough",
            Self::System { kind: io::ErrorKind::StorageFull, .. } => "make room; nothing half-written is left in the store",
            _ => return None,
        };
        Some(help.to_owned())
    }

    pub(super) fn system(path: &Path, doing: &'static str, error: &io::Error) -> Self {
        Self::System { path: path.to_owned(), doing, kind: error.kind(), reason: error.to_string() }
    }

    pub(super) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.into() }
    }
}
