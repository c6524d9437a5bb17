//! A history in pieces: raw rows, taken off by one thread and read by any.
//!
//! A piece holds as many whole rows as fit into it. Taking it off is cheap, since nothing of a row is looked at but where it ends; reading
//! it, which takes nearly all of the time, can be done anywhere. Where a piece begins is told in bytes, so that a run can go on there.

use super::actual::Actual;
#[cfg(feature = "parquet")]
use super::columnar::{ColumnarRows, RawRow, RowForm};
use super::csv_cases::{HistoryCase, RowMeaning};
use super::csv_rows::{Row, Rows};
use super::files::{HistoryError, HistoryFile};
use super::lines::{Line, alone, utf8};
use super::mapping::Mapping;
use super::opening::{BytesRead, format_of, open};
use super::raw_lines::{Buffer, RawLines, lines_of};
use super::stream::StreamFormat;
use crate::case::{Case, CaseFormat, read_into, read_text};
use crate::limits::{DOCUMENT_BYTES_MAX, HISTORY_PIECE_BYTES, HISTORY_PIECE_ROWS};
use crate::text::{Code, Diagnostic, Diagnostics, Source};
use std::io::{self, Read};
use std::sync::Arc;

/// Where a piece of a history begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct HistoryPosition {
    /// The file, by its number.
    pub file: usize,
    /// So many unpacked bytes behind its beginning.
    pub offset: u64,
    /// After so many lines of it.
    pub lines: usize,
    /// After so many pieces of the history.
    pub pieces: u64,
}

/// A piece of a history: raw rows of one file.
pub struct Piece {
    /// Its number in the history, from 0.
    pub number: u64,
    /// Where the next one begins.
    pub next: HistoryPosition,
    /// Bytes of all files that were read when it was taken off, packed as they lie there.
    pub bytes_read: u64,
    file: Arc<str>,
    rows: RawRows,
}

/// Rows that nobody has read yet.
enum RawRows {
    Lines {
        bytes: Buffer,
        first_line: usize,
    },
    Table {
        rows: Vec<Result<Row, Diagnostics>>,
        meaning: RowMeaning,
    },
    Document {
        bytes: Vec<u8>,
        format: CaseFormat,
    },
    #[cfg(feature = "parquet")]
    Columnar {
        rows: Vec<RawRow>,
        first_row: usize,
        form: RowForm,
    },
    /// What cannot be read at all.
    Wrong(Diagnostics, usize),
}

/// A row of a history: a case, the findings of a row that is none with the line on which it stands, or nothing where the mapping leaves it
/// out.
pub type HistoryRow = Result<Option<HistoryCase>, (Diagnostics, usize)>;

/// A history, taken off piece by piece.
pub struct Pieces {
    files: Vec<HistoryFile>,
    mapping: Option<Mapping>,
    position: HistoryPosition,
    bytes_read: BytesRead,
    current: Option<Open>,
    broken: Option<String>,
    /// Room of pieces that were read.
    spare: Vec<Buffer>,
}

/// A file that is being read.
enum Open {
    Lines(RawLines),
    Table(Rows<Box<dyn Read>>, RowMeaning),
    /// With the bytes of it that were taken.
    Document(Box<dyn Read>, CaseFormat, u64),
    #[cfg(feature = "parquet")]
    Columnar(Box<ColumnarRows>),
}

impl Pieces {
    /// Opens a history at a position. The first file is opened at once, so that what is wrong with it is known before anything is done.
    ///
    /// # Errors
    /// A file that cannot be opened, or a table that does not fit its mapping.
    pub fn open(files: Vec<HistoryFile>, mapping: Option<&Mapping>, from: HistoryPosition) -> Result<Self, HistoryError> {
        let mut pieces = Self {
            files,
            mapping: mapping.cloned(),
            position: from,
            bytes_read: BytesRead::default(),
            current: None,
            broken: None,
            spare: Vec::new(),
        };
        let before: u64 = pieces.files.iter().take(from.file).filter_map(|file| file.size).sum();
        pieces.bytes_read.0.fetch_add(before, std::sync::atomic::Ordering::Relaxed);
        pieces.enter()?;
        Ok(pieces)
    }

    /// Why a file could not be read to its end, if one could not.
    #[must_use]
    pub fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// Takes back a piece that was read, so that its room is used for another.
    pub fn take_back(&mut self, piece: Piece) {
        if let RawRows::Lines { bytes, .. } = piece.rows {
            self.spare.push(bytes);
        }
    }

    /// The next piece; nothing at the end of the history.
    ///
    /// # Errors
    /// A file that cannot be opened, or a table that does not fit its mapping.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, HistoryError> {
        loop {
            let Some(current) = &mut self.current else { return Ok(None) };
            let Some(rows) = current.take(&mut self.broken, &mut self.spare) else {
                self.position =
                    HistoryPosition { file: self.position.file + 1, pieces: self.position.pieces, ..Default::default() };
                self.enter()?;
                continue;
            };
            let file = self.files.get(self.position.file).map(|file| file.name.clone()).unwrap_or_default();
            let number = self.position.pieces;
            let (offset, lines) = current.position();
            self.position = HistoryPosition { offset, lines, pieces: number + 1, ..self.position };
            return Ok(Some(Piece { number, next: self.position, bytes_read: self.bytes_read.get(), file, rows }));
        }
    }

    /// Opens the file of the position.
    fn enter(&mut self) -> Result<(), HistoryError> {
        self.current = None;
        let Some(file) = self.files.get(self.position.file) else { return Ok(()) };
        let HistoryPosition { offset, lines, .. } = self.position;
        let failed = |error| HistoryError::unreadable(&file.path, error);
        let (format, bytes) = match file.format {
            // Its end is read first, so it is not opened as a stream.
            Some(StreamFormat::Parquet) => (StreamFormat::Parquet, Box::new(io::empty()) as Box<dyn Read>),
            _ => format_of(file, open(file, &self.bytes_read)?, self.mapping.is_some())?,
        };
        self.current = Some(match format {
            StreamFormat::Parquet => {
                file.check_columnar()?;
                #[cfg(not(feature = "parquet"))]
                return Ok(());
                #[cfg(feature = "parquet")]
                Open::Columnar(Box::new(ColumnarRows::open(file, self.mapping.as_ref(), lines, &self.bytes_read)?))
            }
            StreamFormat::JsonLines => Open::Lines(RawLines::open(bytes, &file.name, (offset, lines)).map_err(failed)?),
            // A document is taken at once, so that nothing is left of it where anything was taken.
            StreamFormat::Document(format) if offset > 0 => Open::Document(Box::new(io::empty()), format, offset),
            StreamFormat::Document(format) => Open::Document(bytes, format, 0),
            StreamFormat::Csv => {
                let mapping = self.mapping.as_ref().ok_or_else(|| HistoryError::NeedsMapping(file.name.to_string()))?;
                let contents = &mapping.contents;
                let mut rows = Rows::new(bytes, &file.name, contents.delimiter, contents.encoding);
                let meaning = RowMeaning::of_header(&mut rows, mapping)
                    .map_err(|findings| HistoryError::Findings { name: file.name.to_string(), findings })?;
                if offset > 0 {
                    rows.skip_to(offset, lines).map_err(failed)?;
                }
                Open::Table(rows, meaning)
            }
        });
        Ok(())
    }
}

impl Open {
    /// As many rows as fit into a piece; nothing at the end of the file.
    fn take(&mut self, broken: &mut Option<String>, spare: &mut Vec<Buffer>) -> Option<RawRows> {
        match self {
            Self::Lines(lines) => match lines.take(spare)? {
                Ok((bytes, first_line)) => Some(RawRows::Lines { bytes, first_line }),
                Err((finding, line)) => {
                    note(&finding, broken);
                    Some(RawRows::Wrong(alone(finding), line))
                }
            },
            Self::Table(rows, meaning) => {
                let mut taken = Vec::new();
                let start = rows.position().0;
                while taken.len() < HISTORY_PIECE_ROWS && rows.position().0 - start < HISTORY_PIECE_BYTES as u64 {
                    let Some(row) = rows.next_row() else { break };
                    if let Err(found) = &row {
                        found.iter().for_each(|finding| note(finding, broken));
                    }
                    taken.push(row);
                }
                if rows.is_broken_off() {
                    let why = || format!("`{}` cannot be read to its end: a quote in it is never closed", rows.name());
                    broken.get_or_insert_with(why);
                }
                (!taken.is_empty()).then(|| RawRows::Table { rows: taken, meaning: meaning.clone() })
            }
            #[cfg(feature = "parquet")]
            Self::Columnar(rows) => match rows.take()? {
                Ok((taken, first_row)) => Some(RawRows::Columnar { rows: taken, first_row, form: rows.form().clone() }),
                Err((finding, row)) => {
                    note(&finding, broken);
                    Some(RawRows::Wrong(alone(finding), row))
                }
            },
            Self::Document(bytes, format, taken) => {
                let format = *format;
                let mut text = Vec::new();
                let most = u64::try_from(DOCUMENT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
                let read = bytes.take(most).read_to_end(&mut text);
                *bytes = Box::new(io::empty());
                *taken = (text.len() as u64).max(1);
                match read {
                    Ok(_) if text.is_empty() => None,
                    Ok(_) => Some(RawRows::Document { bytes: text, format }),
                    Err(error) => {
                        let finding = Diagnostic::global(Code::Unreadable, format!("it cannot be read: {error}"));
                        note(&finding, broken);
                        Some(RawRows::Wrong(alone(finding), 1))
                    }
                }
            }
        }
    }

    fn position(&self) -> (u64, usize) {
        match self {
            Self::Lines(lines) => lines.position(),
            Self::Table(rows, _) => rows.position(),
            Self::Document(_, _, taken) => (*taken, 0),
            #[cfg(feature = "parquet")]
            Self::Columnar(rows) => (0, rows.taken()),
        }
    }
}

fn note(finding: &Diagnostic, broken: &mut Option<String>) {
    if finding.code == Code::Unreadable {
        broken.get_or_insert_with(|| finding.message.clone());
    }
}

impl Piece {
    /// The file that it is of.
    #[must_use]
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// Reads its rows, in order. `wanted` is asked for each before it is read, by its number in the piece; one that is not wanted is
    /// counted and nothing more.
    pub fn read(&self, mut wanted: impl FnMut(usize) -> bool, mut row: impl FnMut(usize, HistoryRow)) -> u64 {
        let mut left_out = 0;
        let mut take = |number: usize, read: &mut dyn FnMut() -> HistoryRow| {
            if wanted(number) { row(number, read()) } else { left_out += 1 }
        };
        match &self.rows {
            RawRows::Lines { bytes, first_line } => {
                let mut number = 0;
                for (at, line) in lines_of(bytes.bytes()).enumerate() {
                    if !line.trim_ascii().is_empty() {
                        take(number, &mut || self.line(line, first_line + at));
                        number += 1;
                    }
                }
            }
            RawRows::Table { rows, meaning } => {
                for (number, raw) in rows.iter().enumerate() {
                    take(number, &mut || match raw {
                        Ok(row) => meaning.read(row, true).map_err(|found| (found, row.source.first_line())),
                        Err(found) => Err((found.clone(), line_of(found))),
                    });
                }
            }
            RawRows::Document { bytes, format } => {
                for (number, read) in self.document(bytes, *format).into_iter().enumerate() {
                    let mut read = Some(read);
                    take(number, &mut || read.take().unwrap_or(Ok(None)));
                }
            }
            #[cfg(feature = "parquet")]
            RawRows::Columnar { rows, first_row, form } => {
                for (number, raw) in rows.iter().enumerate() {
                    take(number, &mut || form.read(raw, first_row + number).map_err(|found| (found, first_row + number)));
                }
            }
            RawRows::Wrong(found, line) => row(0, Err((found.clone(), *line))),
        }
        left_out
    }

    fn line(&self, bytes: &[u8], number: usize) -> HistoryRow {
        let line = Line { number, bytes: bytes.to_vec() };
        let (_, text) = utf8(line, &self.file).map_err(|found| (found, number))?;
        let mut text = text;
        text.truncate(text.trim_end_matches('\r').len());
        let source = Source::at_line(&*self.file, text, number);
        let mut told = self.told(Case::default(), number);
        read_into(&mut told.case, &source, CaseFormat::JsonLines).map_err(|found| (found, number))?;
        Ok(Some(told))
    }

    fn document(&self, bytes: &[u8], format: CaseFormat) -> Vec<HistoryRow> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("`{}` is not UTF-8 text: byte {} does not fit", self.file, error.valid_up_to() + 1);
                return vec![Err((alone(Diagnostic::global(Code::BadRow, message).help("save it as UTF-8")), 1))];
            }
        };
        let cases = read_text(&Source::new(&*self.file, text), format);
        let read = |read: Result<Case, Diagnostics>| match read {
            Ok(case) => {
                let line = case.place.as_ref().map_or(1, |place| place.line_column().0);
                Ok(Some(self.told(case, line)))
            }
            Err(found) => {
                let line = line_of(&found);
                Err((found, line))
            }
        };
        cases.into_iter().map(read).collect()
    }

    fn told(&self, case: Case, line: usize) -> HistoryCase {
        HistoryCase { case, actual: Actual::default(), file: self.file.clone(), line }
    }
}

/// The line of the first finding that has a place.
fn line_of(found: &Diagnostics) -> usize {
    found.iter().find_map(|finding| finding.place.as_ref()).map_or(1, |place| place.line_column().0)
}
