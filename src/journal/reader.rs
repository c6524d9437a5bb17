//! The lines of a journal, from its first segment to its last, one in memory at a time.

use super::error::JournalError;
use super::record::Record;
use super::segment;
use crate::limits::JOURNAL_RECORD_BYTES_MAX;
use std::collections::VecDeque;
use std::fmt;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Where a line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The segment.
    pub path: PathBuf,
    /// Its line, from 1.
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.path.display(), self.line)
    }
}

/// A line, as it lies there.
pub(super) struct Line {
    pub(super) place: Place,
    /// Without its line break.
    pub(super) bytes: Vec<u8>,
    /// Had it a line break?
    pub(super) is_ended: bool,
}

/// The lines of a journal.
pub(super) struct Lines {
    segments: VecDeque<PathBuf>,
    open: Option<(Place, Box<dyn BufRead + Send>)>,
    /// How many segments there are.
    pub(super) count: usize,
}

impl Lines {
    /// The lines of a journal with all of its segments, or of the one closed segment that is named.
    pub(super) fn open(journal: &Path) -> Result<Self, JournalError> {
        let mut segments = VecDeque::new();
        if !segment::is_closed(journal) {
            segments.extend(segment::all(journal)?.into_iter().map(|segment| segment.path));
        }
        if journal.is_dir() {
            return Err(JournalError::NoFile(journal.to_owned()));
        }
        if journal.exists() {
            segments.push_back(journal.to_owned());
        }
        if segments.is_empty() {
            return Err(JournalError::NoJournal(journal.to_owned()));
        }
        Ok(Self { count: segments.len(), segments, open: None })
    }

    fn read(&mut self) -> Result<Option<Line>, JournalError> {
        loop {
            if let Some((place, reader)) = &mut self.open {
                place.line += 1;
                let mut bytes = Vec::new();
                let most = u64::try_from(JOURNAL_RECORD_BYTES_MAX).unwrap_or(u64::MAX);
                let read = reader.take(most).read_until(b'\n', &mut bytes);
                match read {
                    Err(error) => {
                        // What follows in the segment is lost; the next one may be whole.
                        let told = JournalError::system(&place.path, "read", &error);
                        self.open = None;
                        return Err(told);
                    }
                    Ok(0) => self.open = None,
                    Ok(_) => {
                        let is_ended = bytes.pop_if(|byte| *byte == b'\n').is_some();
                        return Ok(Some(Line { place: place.clone(), bytes, is_ended }));
                    }
                }
            }
            let Some(path) = self.segments.pop_front() else { return Ok(None) };
            let reader = segment::open(&path).map_err(|error| JournalError::system(&path, "read", &error))?;
            self.open = Some((Place { path, line: 0 }, Box::new(BufReader::new(reader))));
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Line, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

impl Line {
    /// The record that it is, or what is wrong with it.
    pub(super) fn record(&self) -> Result<Record, String> {
        if !self.is_ended {
            return Err(format!("is torn: it breaks off after {} bytes", self.bytes.len()));
        }
        let text = std::str::from_utf8(&self.bytes).map_err(|_| "is not as it was written: it is no UTF-8 text".to_owned())?;
        Record::parse(text)
    }
}

/// The records of a journal, each with its place. What is no record is an error with its place, and the next line is read all the same;
/// whether they follow one another, [`Verification`](super::Verification) says.
pub struct Records {
    lines: Lines,
}

impl Records {
    /// Opens a journal with all of its segments, or the one closed segment that is named.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(journal: &Path) -> Result<Self, JournalError> {
        Ok(Self { lines: Lines::open(journal)? })
    }
}

impl Iterator for Records {
    type Item = Result<(Place, Record), JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.lines.next()?.and_then(|line| {
            let record = line.record();
            record.map(|record| (line.place.clone(), record)).map_err(|reason| {
                let kind = ErrorKind::InvalidData;
                let reason = format!("line {} {reason}", line.place.line);
                JournalError::System { path: line.place.path, doing: "read", kind, reason }
            })
        }))
    }
}
