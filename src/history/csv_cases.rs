//! The rows of a CSV file as cases.
//!
//! A row becomes the document that a person would have written for it, and the reader of cases checks it, so that a case out of
//! a CSV file passes the same checks as any other. Its places lie in the text of the row; those of values that the mapping
//! supplies lie behind it, by the place they have in the mapping.
//!
//! Order of the files in `csv_cases/`: `header`, `row_reading`.

mod header;
mod row_reading;
#[cfg(test)]
mod tests;

use self::header::Header;
use self::row_reading::RowReading;
use super::actual::Actual;
use super::csv_rows::{Row, Rows};
use super::lines::alone;
use super::mapping::Mapping;
#[cfg(feature = "parquet")]
use super::mapping::columns::Writing;
use super::mapping::columns::{Cell, Cells};
use super::mapping::origin::Context;
use crate::case::Case;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use std::io::Read;
use std::sync::Arc;

/// The cases of a CSV file, read row by row.
pub struct CsvCases<R> {
    rows: Rows<R>,
    meaning: RowMeaning,
    skipped: u64,
}

/// What the rows of a table mean: its columns, held against a mapping. Cheap to clone.
#[derive(Clone)]
pub(super) struct RowMeaning {
    mapping: Mapping,
    file: Arc<str>,
    header: Arc<[String]>,
    /// Where the columns of the mapping stand in a row.
    positions: Arc<[usize]>,
}

/// A case out of a history, with what really became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryCase {
    /// The case.
    pub case: Case,
    /// What really happened, as far as the mapping tells it.
    pub actual: Actual,
    /// The file.
    pub file: Arc<str>,
    /// The line of the file on which its row begins.
    pub line: usize,
}

impl HistoryCase {
    /// A case of which nothing is known that really happened, with its place.
    #[must_use]
    pub fn new(case: Case, file: Arc<str>, line: usize) -> Self {
        Self { case, actual: Actual::default(), file, line }
    }
}

impl<R: Read> CsvCases<R> {
    /// Reads the header of a CSV file and checks that it has the columns of the mapping.
    ///
    /// # Errors
    /// A file without rows, a file that is no CSV text, and every column that the mapping names and the header does not have.
    pub fn open(reader: R, name: &str, mapping: &Mapping) -> Result<Self, Diagnostics> {
        let mut rows = Rows::new(reader, name, mapping.contents.delimiter, mapping.contents.encoding);
        let meaning = RowMeaning::of_header(&mut rows, mapping)?;
        Ok(Self { rows, meaning, skipped: 0 })
    }

    /// The columns of the file that the mapping does not read, in their order.
    pub fn unread_columns(&self) -> impl Iterator<Item = &str> {
        let RowMeaning { header, positions, .. } = &self.meaning;
        header.iter().enumerate().filter(|(at, _)| !positions.contains(at)).map(|(_, name)| name.as_str())
    }

    /// How many rows the mapping has left out so far (`only`, `skip`).
    #[must_use]
    pub fn rows_skipped(&self) -> u64 {
        self.skipped
    }

    /// The next case with what really became of it. Findings about the latter are findings of the row here; the iterator over
    /// cases alone does not look at it.
    pub fn next_with_actual(&mut self) -> Option<Result<HistoryCase, Diagnostics>> {
        self.next_row(true)
    }

    fn next_row(&mut self, with_actual: bool) -> Option<Result<HistoryCase, Diagnostics>> {
        loop {
            let read = self.rows.next_row()?.and_then(|row| self.meaning.read(&row, with_actual));
            match read {
                Ok(Some(case)) => return Some(Ok(case)),
                Ok(None) => self.skipped += 1,
                Err(found) => return Some(Err(found)),
            }
        }
    }
}

impl RowMeaning {
    /// Reads the header of a table.
    pub(super) fn of_header<R: Read>(rows: &mut Rows<R>, mapping: &Mapping) -> Result<Self, Diagnostics> {
        let Some(row) = rows.next_row() else {
            let message = "the file has no rows, not even the names of its columns";
            let source = Source::new(rows.name(), "");
            return Err(alone(Diagnostic::error(Code::EmptyDocument, &source, Span::default(), message)));
        };
        let Header { names, positions } = Header::read(&row?, &mapping.contents)?;
        Ok(Self { mapping: mapping.clone(), file: rows.name().into(), header: names.into(), positions: positions.into() })
    }

    /// The meaning of columns that are known by their names alone.
    #[cfg(feature = "parquet")]
    pub(super) fn of_names(file: &Arc<str>, names: &[String], mapping: &Mapping) -> Result<Self, Diagnostics> {
        let cells: Vec<_> = names.iter().map(|name| (name.clone(), Writing::default())).collect();
        let Header { names, positions } = Header::read(&Row::of_cells(file, 1, &cells), &mapping.contents)?;
        Ok(Self { mapping: mapping.clone(), file: file.clone(), header: names.into(), positions: positions.into() })
    }

    /// Where the columns of the mapping stand.
    #[cfg(feature = "parquet")]
    pub(super) fn positions(&self) -> impl Iterator<Item = usize> {
        self.positions.iter().copied()
    }

    /// The case of a row; nothing when the mapping leaves the row out.
    pub(super) fn read(&self, row: &Row, with_actual: bool) -> Result<Option<HistoryCase>, Diagnostics> {
        let contents = &self.mapping.contents;
        self.check_width(row)?;
        let cells = self.cells(row);
        let context = Context { cells: &cells, forms: &contents.forms, zone: contents.zone.as_ref() };
        let mut reading = RowReading::new(contents, row, &cells);
        // A filter that cannot be read takes the row, so that the row shows all of its mistakes at once.
        if !reading.is_wanted(&context) && !reading.out.has_errors() {
            return Ok(None);
        }
        let case = reading.case(&context);
        let actual = if with_actual { reading.actual(&context) } else { Actual::default() };
        match case {
            Some(case) if !reading.out.has_errors() => {
                Ok(Some(HistoryCase { case, actual, file: self.file.clone(), line: row.source.first_line() }))
            }
            _ => {
                reading.out.sort();
                Err(reading.out)
            }
        }
    }

    fn check_width(&self, row: &Row) -> Result<(), Diagnostics> {
        let (wanted, found) = (self.header.len(), row.cells.len());
        let surplus_is_empty = || (wanted..found).filter_map(|at| row.cell(at)).all(|(text, _)| text.trim().is_empty());
        if found == wanted || (found > wanted && surplus_is_empty()) {
            return Ok(());
        }
        let message = format!("the row has {found} cells, and the header names {wanted} columns");
        let help = if found > wanted {
            let delimiter = char::from(self.mapping.contents.delimiter);
            format!("a text with `{delimiter}` in it stands in quotes: `\"one{delimiter} two\"`")
        } else {
            format!("the first column without a cell is `{}`", self.header.get(found).map_or("", |name| name))
        };
        let span = if found > wanted { row.cells.get(wanted).map_or_else(Span::default, |cell| cell.span) } else { row.whole() };
        Err(alone(Diagnostic::error(Code::BadRow, &row.source, span, message).help(help)))
    }

    fn cells<'r>(&self, row: &'r Row) -> Cells<'r> {
        let blank = &self.mapping.contents.blank;
        let cell = |position: &usize| {
            let (text, span) = row.cell(*position).unwrap_or_default();
            let text = text.trim();
            let writing = row.cells.get(*position).map_or_else(Default::default, |cell| cell.writing);
            Cell { text: if blank.iter().any(|word| word == text) { "" } else { text }, span, writing }
        };
        Cells::new(self.positions.iter().map(cell).collect())
    }
}

impl<R: Read> Iterator for CsvCases<R> {
    type Item = Result<Case, Diagnostics>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row(false).map(|read| read.map(|found| found.case))
    }
}
