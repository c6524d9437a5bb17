//! The directory that a run writes into: a line or a row for every case, a line for every rejected row, the summary, and the notes from which a
//! run that was ended can be gone on with.

use super::results::{Results, Written};
use super::run::Step;
#[cfg(feature = "parquet")]
use super::table_parts::{TableError, TableParts};
use super::trial::Found;
use crate::history::HistoryPosition;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A line of JSON for every case.
pub const CASES: &str = "cases.jsonl";
/// A line of JSON for every rejected row.
pub const REJECTS: &str = "rejects.jsonl";
/// The notes of a run that was ended.
pub const NOTES: &str = "unfinished.json";
/// Version of the notes.
const NOTES_FORMAT: u32 = 1;

/// Why a directory cannot take a run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutError {
    /// There is something in it already.
    #[error("`{}` is not empty, and nothing is ever overwritten", .0.display())]
    NotEmpty(PathBuf),
    /// It holds a run that was ended.
    #[error("`{}` holds a run that was ended before its time", .0.display())]
    Unfinished(PathBuf),
    /// There is nothing to go on with.
    #[error("`{}` holds no run that could be gone on with", .0.display())]
    NothingToResume(PathBuf),
    /// What was written of the run is no longer there.
    #[error("`{}` is shorter than it was when the run was ended", .0.display())]
    Shorter(PathBuf),
    /// It holds another run.
    #[error("the run in `{}` was another one: its history, policies or options differ", .0.display())]
    Another(PathBuf),
    /// A form of results that this program was built without.
    #[error("results are to be written as Parquet, which this program was built without")]
    NotBuiltIn,
    /// A value that the form of the results cannot hold.
    #[error("{0}")]
    Value(String),
    /// A file that cannot be read or written.
    #[error("`{}` cannot be {verb}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What was to be done with it: `read`, `written`.
        verb: &'static str,
        /// Why not.
        error: io::Error,
    },
}

/// The notes of a run that was ended.
#[derive(Debug, Serialize, Deserialize)]
struct Notes {
    format: u32,
    /// What was run: another history, policy or option has another mark.
    mark: String,
    next: HistoryPosition,
    /// The bytes of the files that were written until then.
    cases_bytes: u64,
    /// The groups of rows of a table.
    #[serde(default)]
    cases_groups: u64,
    rejects_bytes: u64,
    found: Found,
}

/// A directory that takes a run.
#[derive(Debug)]
pub(crate) struct OutDirectory {
    path: PathBuf,
    mark: String,
    cases: CaseResults,
    rejects: Lines,
}

/// Where the results of cases go.
#[derive(Debug)]
enum CaseResults {
    Lines(Lines),
    #[cfg(feature = "parquet")]
    Table(TableParts),
}

/// A file of lines, and how many bytes it has.
#[derive(Debug)]
struct Lines {
    path: PathBuf,
    file: BufWriter<File>,
    bytes: u64,
}

impl Lines {
    fn open(path: PathBuf, bytes: u64) -> Result<Self, OutError> {
        let opened = || -> io::Result<Option<File>> {
            let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            if file.metadata()?.len() < bytes {
                return Ok(None);
            }
            // What was written behind the notes is written again.
            file.set_len(bytes)?;
            file.seek(io::SeekFrom::End(0))?;
            Ok(Some(file))
        };
        let file = opened().map_err(|error| OutError::written(&path, error))?;
        let file = file.ok_or_else(|| OutError::Shorter(path.clone()))?;
        Ok(Self { file: BufWriter::new(file), path, bytes })
    }

    fn write(&mut self, lines: &str) -> Result<(), OutError> {
        self.file.write_all(lines.as_bytes()).map_err(|error| OutError::written(&self.path, error))?;
        self.bytes += lines.len() as u64;
        Ok(())
    }

    fn flush(&mut self) -> Result<(), OutError> {
        self.file.flush().map_err(|error| OutError::written(&self.path, error))
    }
}

impl CaseResults {
    fn bytes(&self) -> u64 {
        match self {
            Self::Lines(lines) => lines.bytes,
            #[cfg(feature = "parquet")]
            Self::Table(_) => 0,
        }
    }

    fn groups(&self) -> u64 {
        match self {
            Self::Lines(_) => 0,
            #[cfg(feature = "parquet")]
            Self::Table(table) => table.written(),
        }
    }
}

impl OutError {
    fn written(path: &Path, error: io::Error) -> Self {
        Self::File { path: path.to_owned(), verb: "written", error }
    }

    /// How to go on, if there is a way.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::NotEmpty(_) => Some("name a directory that does not exist yet"),
            Self::Unfinished(_) => Some("go on with it by `--resume`, or name another directory"),
            Self::NothingToResume(_) => Some("leave `--resume` away to begin a run"),
            Self::Another(_) => Some("go on with the same history, policies and options, or name another directory"),
            Self::Shorter(_) => Some("put back what was taken away, or begin the run anew in another directory"),
            Self::File { error, .. } => match error.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                    Some("make room, then go on with the run by `--resume`")
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::NotADirectory => {
                    Some("name a directory that can be written")
                }
                _ => None,
            },
            Self::NotBuiltIn => Some("build it with `--features parquet`, or leave `--results` away for JSON Lines"),
            Self::Value(_) => Some("leave `--results` away for JSON Lines, or that column by `--columns`"),
        }
    }
}

#[cfg(feature = "parquet")]
impl From<TableError> for OutError {
    fn from(error: TableError) -> Self {
        match error {
            TableError::File(path, error) => Self::File { path, verb: "written", error },
            TableError::Missing(path) => Self::Shorter(path),
            TableError::Value(why) => Self::Value(why),
        }
    }
}

impl OutDirectory {
    /// Takes a new run into a directory that is empty or does not exist yet, or goes on with the one that is in it: then what was found
    /// until then, and where it goes on.
    pub(crate) fn open(
        path: &Path,
        (mark, resume): (String, bool),
        (form, empty): (Results, Written),
    ) -> Result<(Self, Found, HistoryPosition), OutError> {
        if form == Results::Parquet && cfg!(not(feature = "parquet")) {
            return Err(OutError::NotBuiltIn);
        }
        let notes = Self::notes(path)?;
        let (found, next, (cases, groups), rejects) = match (notes, resume) {
            (Some(notes), true) if notes.format == NOTES_FORMAT && notes.mark == mark => {
                (notes.found, notes.next, (notes.cases_bytes, notes.cases_groups), notes.rejects_bytes)
            }
            (Some(_), true) => return Err(OutError::Another(path.to_owned())),
            (None, true) => return Err(OutError::NothingToResume(path.to_owned())),
            (Some(_), false) => return Err(OutError::Unfinished(path.to_owned())),
            (None, false) => {
                fs::create_dir_all(path).map_err(|error| OutError::written(path, error))?;
                let mut entries = fs::read_dir(path).map_err(|error| OutError::written(path, error))?;
                if entries.next().is_some() {
                    return Err(OutError::NotEmpty(path.to_owned()));
                }
                (Found::default(), HistoryPosition::default(), (0, 0), 0)
            }
        };
        let cases = match empty {
            Written::Nothing | Written::Lines(_) => CaseResults::Lines(Lines::open(path.join(CASES), cases)?),
            #[cfg(feature = "parquet")]
            Written::Rows(rows) => CaseResults::Table(TableParts::open(path, groups, rows)?),
        };
        #[cfg(not(feature = "parquet"))]
        let _ = groups;
        let rejects = Lines::open(path.join(REJECTS), rejects)?;
        let mut directory = Self { path: path.to_owned(), mark, cases, rejects };
        // From the first moment on the run can be gone on with, however it ends.
        directory.note(&found, next)?;
        Ok((directory, found, next))
    }

    fn notes(path: &Path) -> Result<Option<Notes>, OutError> {
        let path = path.join(NOTES);
        let read = |error| OutError::File { path: path.clone(), verb: "read", error };
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| read(error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(read(error)),
        }
    }

    /// Writes the lines of a piece.
    pub(crate) fn take(&mut self, step: &mut Step<'_>) -> Result<(), OutError> {
        match (&mut self.cases, std::mem::take(step.results)) {
            (CaseResults::Lines(cases), Written::Lines(lines)) => cases.write(&lines)?,
            #[cfg(feature = "parquet")]
            (CaseResults::Table(cases), Written::Rows(rows)) => cases.take(rows)?,
            _ => {}
        }
        self.rejects.write(step.rejects)
    }

    /// Notes how far a run has come. Notes are written whole or not at all.
    pub(crate) fn note(&mut self, found: &Found, next: HistoryPosition) -> Result<(), OutError> {
        self.flush()?;
        let notes = Notes {
            format: NOTES_FORMAT,
            mark: self.mark.clone(),
            next,
            cases_bytes: self.cases.bytes(),
            cases_groups: self.cases.groups(),
            rejects_bytes: self.rejects.bytes,
            found: found.clone(),
        };
        let (path, beside) = (self.path.join(NOTES), self.path.join(format!("{NOTES}.new")));
        let written = || {
            fs::write(&beside, serde_json::to_vec(&notes)?)?;
            fs::rename(&beside, &path)
        };
        written().map_err(|error| OutError::written(&path, error))
    }

    fn flush(&mut self) -> Result<(), OutError> {
        match &mut self.cases {
            CaseResults::Lines(cases) => cases.flush()?,
            #[cfg(feature = "parquet")]
            CaseResults::Table(cases) => cases.flush()?,
        }
        self.rejects.flush()
    }

    /// Ends a run: the documents of its result are written, and the notes taken away if it is complete.
    pub(crate) fn end(mut self, documents: &[(&str, String)], complete: bool) -> Result<(), OutError> {
        self.flush()?;
        match self.cases {
            CaseResults::Lines(_) => {}
            #[cfg(feature = "parquet")]
            CaseResults::Table(cases) => cases.end(complete)?,
        }
        for (name, text) in documents {
            let path = self.path.join(name);
            fs::write(&path, text).map_err(|error| OutError::written(&path, error))?;
        }
        let notes = self.path.join(NOTES);
        if complete && notes.exists() {
            fs::remove_file(&notes).map_err(|error| OutError::written(&notes, error))?;
        }
        Ok(())
    }
}
