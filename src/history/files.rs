//! The files of a history: what is named, with everything below directories, and in which form each is written.

use super::stream::StreamFormat;
use crate::limits::DIRECTORY_DEPTH_MAX;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

/// The name that stands for standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

/// How the bytes of a file are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Plain,
    Gzip,
    Zstandard,
}

impl Packing {
    /// The packing that a name tells, and the name of what is in it.
    pub(super) fn of_name(name: &str) -> (Self, &str) {
        for (ending, packing) in [(".gz", Self::Gzip), (".zst", Self::Zstandard), (".zstd", Self::Zstandard)] {
            if let Some(inner) = name.len().checked_sub(ending.len()).and_then(|at| name.split_at_checked(at))
                && inner.1.eq_ignore_ascii_case(ending)
            {
                return (packing, inner.0);
            }
        }
        (Self::Plain, name)
    }
}

/// A file of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryFile {
    /// Where it lies; `-` is standard input.
    pub path: PathBuf,
    /// What findings call it.
    pub name: Arc<str>,
    pub(super) packing: Packing,
    /// The form that its name tells, if it tells one.
    pub(super) format: Option<StreamFormat>,
    /// Its size in bytes as it lies there, where that is known.
    pub size: Option<u64>,
}

/// Why a history cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// Something that cannot be read.
    #[error("`{}` cannot be read: {error}", path.display())]
    Unreadable {
        /// What.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A directory without a file of cases.
    #[error("there is no case file below `{}`", .0.display())]
    NoCases(PathBuf),
    /// A table without a mapping.
    #[error("`{0}` is a table: what its columns mean has to be said by a mapping")]
    NeedsMapping(String),
    /// A table that does not fit its mapping.
    #[error("no case of `{name}` can be read until this is mended")]
    Findings {
        /// The file.
        name: String,
        /// Everything that is wrong with it.
        findings: crate::text::Diagnostics,
    },
    /// A Parquet file that is packed as a whole, or comes in as a stream.
    #[error(
        "{0} is Parquet, which begins to be read at its end, so it has to be a file of its own that is not packed as a whole"
    )]
    NeedsFile(String),
    /// A form that this program was built without.
    #[error("`{name}` is {form}, which this program was built without")]
    NotBuiltIn {
        /// The file.
        name: String,
        /// The form.
        form: &'static str,
    },
}

impl HistoryError {
    /// What to do about it, where there is something to say.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NoCases(_) => Some(
                "case files end in .jsonl, .ndjson, .csv, .tsv, .json, .yaml, .yml or .parquet, all but the last perhaps packed as .gz or .zst",
            ),
            Self::NeedsFile(_) => Some("unpack it or save it, and name the file"),
            Self::NotBuiltIn { .. } => Some("build it with `--features parquet`, or save the file as CSV or JSON Lines"),
            Self::Unreadable { .. } | Self::NeedsMapping(_) | Self::Findings { .. } => None,
        }
    }

    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable { path: path.to_owned(), error }
    }
}

impl HistoryFile {
    /// The files of a history: those that are named as they are, directories as every case file below them, in the order of their paths.
    /// Hidden files and links to directories are passed over, and so is the mapping.
    ///
    /// # Errors
    /// A directory that cannot be read or holds no case file, or a file that is not there.
    pub fn find(named: &[PathBuf], mapping: Option<&Path>) -> Result<Vec<Self>, HistoryError> {
        let mut files = Vec::new();
        for path in named {
            if path.is_dir() {
                let before = files.len();
                walk(path, 0, mapping, &mut files).map_err(|error| HistoryError::unreadable(path, error))?;
                if files.len() == before {
                    return Err(HistoryError::NoCases(path.clone()));
                }
            } else {
                files.push(Self::of(path)?);
            }
        }
        Ok(files)
    }

    /// A file by its name alone: whether it is there is seen when it is opened.
    #[must_use]
    pub fn named(path: &Path) -> Self {
        if path.as_os_str() == STANDARD_INPUT {
            let name = "standard input".into();
            return Self { path: path.to_owned(), name, packing: Packing::Plain, format: None, size: None };
        }
        let size = fs::metadata(path).ok().map(|metadata| metadata.len());
        let name = path.display().to_string();
        let (packing, inner) = Packing::of_name(&name);
        let format = StreamFormat::of_name(inner);
        Self { path: path.to_owned(), name: name.as_str().into(), packing, format, size }
    }

    fn of(path: &Path) -> Result<Self, HistoryError> {
        let file = Self::named(path);
        if !file.is_standard_input() {
            fs::metadata(path).map_err(|error| HistoryError::unreadable(path, error))?;
        }
        Ok(file)
    }

    /// Does its name tell in which form it is?
    #[must_use]
    pub fn tells_its_form(&self) -> bool {
        self.format.is_some()
    }

    /// Checks that a Parquet file can be read.
    pub(super) fn check_columnar(&self) -> Result<(), HistoryError> {
        if self.is_standard_input() {
            return Err(HistoryError::NeedsFile("what comes in over standard input".to_owned()));
        }
        if self.packing != Packing::Plain {
            return Err(HistoryError::NeedsFile(format!("`{}`", self.name)));
        }
        if cfg!(feature = "parquet") {
            return Ok(());
        }
        Err(HistoryError::NotBuiltIn { name: self.name.to_string(), form: "a Parquet file" })
    }

    /// Is it what comes in over standard input?
    #[must_use]
    pub fn is_standard_input(&self) -> bool {
        self.path.as_os_str() == STANDARD_INPUT
    }
}

fn walk(directory: &Path, depth: usize, mapping: Option<&Path>, files: &mut Vec<HistoryFile>) -> io::Result<()> {
    let mut entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || mapping == Some(path.as_path()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            if depth >= DIRECTORY_DEPTH_MAX {
                return Err(io::Error::other(format!("`{}` lies more than {DIRECTORY_DEPTH_MAX} levels deep", path.display())));
            }
            walk(&path, depth + 1, mapping, files)?;
        } else if path.is_file() && StreamFormat::of_name(Packing::of_name(&name).1).is_some() {
            files.push(HistoryFile::of(&path).map_err(|error| match error {
                HistoryError::Unreadable { error, .. } => error,
                other => io::Error::other(other.to_string()),
            })?);
        }
    }
    Ok(())
}
