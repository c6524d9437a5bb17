//! The cases of one file, one after the other, as soon as each is there: a live stream is not held up.

use super::csv_cases::CsvCases;
use super::files::{HistoryError, HistoryFile};
use super::lines::alone;
use super::mapping::Mapping;
use super::opening::{BytesRead, format_of, open, open_bytes};
use super::pieces::{HistoryPosition, Pieces};
use super::stream::{JsonLines, StreamFormat};
use crate::case::{Case, CaseFormat, read_text};
use crate::limits::DOCUMENT_BYTES_MAX;
use crate::text::{Code, Diagnostic, Diagnostics, Source};
use std::collections::VecDeque;
use std::io::Read;

/// The cases of one file, each or every mistake in it.
pub struct Cases {
    cases: Box<dyn Iterator<Item = Result<Case, Diagnostics>>>,
    count: Option<usize>,
}

impl HistoryFile {
    /// Opens the file for its cases, whatever its form and however it is packed. The mapping is for tables.
    ///
    /// # Errors
    /// A file that cannot be opened, a table without a mapping or one that does not fit it, and a form that this program was built without.
    pub fn cases(&self, mapping: Option<&Mapping>) -> Result<Cases, HistoryError> {
        if self.format == Some(StreamFormat::Parquet) {
            return self.columnar(mapping);
        }
        self.cases_of(open(self, &BytesRead::default())?, mapping)
    }

    /// The same of a file whose bytes were read. One that lies in columns is read from its place.
    ///
    /// # Errors
    /// As [`cases`](Self::cases).
    pub fn cases_in(&self, bytes: Vec<u8>, mapping: Option<&Mapping>) -> Result<Cases, HistoryError> {
        if self.format == Some(StreamFormat::Parquet) {
            return self.columnar(mapping);
        }
        self.cases_of(open_bytes(self, bytes)?, mapping)
    }

    fn cases_of(&self, bytes: Box<dyn Read>, mapping: Option<&Mapping>) -> Result<Cases, HistoryError> {
        let (format, bytes) = format_of(self, bytes, mapping.is_some())?;
        match format {
            StreamFormat::JsonLines => Ok(Cases::of_stream(JsonLines::open(bytes, &self.name))),
            StreamFormat::Document(format) => Ok(self.document(bytes, format)),
            StreamFormat::Parquet => self.columnar(mapping),
            StreamFormat::Csv => {
                let mapping = mapping.ok_or_else(|| HistoryError::NeedsMapping(self.name.to_string()))?;
                let rows = CsvCases::open(bytes, &self.name, mapping)
                    .map_err(|findings| HistoryError::Findings { name: self.name.to_string(), findings })?;
                Ok(Cases::of_stream(rows))
            }
        }
    }

    /// One document. A byte more than allowed is read too, so that whoever parses it finds it too long.
    fn document(&self, bytes: impl Read, format: CaseFormat) -> Cases {
        let mut text = Vec::new();
        let most = u64::try_from(DOCUMENT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
        let name = &*self.name;
        let wrong = |finding| Err(alone(finding));
        let cases = match bytes.take(most).read_to_end(&mut text).map(|_| String::from_utf8(text)) {
            Err(error) => vec![wrong(Diagnostic::global(Code::Unreadable, format!("`{name}` cannot be read: {error}")))],
            Ok(Err(error)) => {
                let byte = error.utf8_error().valid_up_to() + 1;
                let message = format!("`{name}` is not UTF-8 text: byte {byte} does not fit");
                vec![wrong(Diagnostic::global(Code::Unreadable, message).help("save it as UTF-8"))]
            }
            Ok(Ok(text)) => read_text(&Source::new(name, text), format),
        };
        Cases { count: Some(cases.len()), cases: Box::new(cases.into_iter()) }
    }

    fn columnar(&self, mapping: Option<&Mapping>) -> Result<Cases, HistoryError> {
        let mut file = self.clone();
        file.format = Some(StreamFormat::Parquet);
        let mut pieces = Pieces::open(vec![file], mapping, HistoryPosition::default())?;
        let (mut waiting, mut is_over) = (VecDeque::new(), false);
        let cases = std::iter::from_fn(move || {
            loop {
                if let Some(case) = waiting.pop_front() {
                    return Some(case);
                }
                if is_over {
                    return None;
                }
                let piece = match pieces.next_piece() {
                    Ok(piece) => piece?,
                    Err(error) => {
                        is_over = true;
                        return Some(Err(alone(Diagnostic::global(Code::Unreadable, error.to_string()))));
                    }
                };
                piece.read(
                    |_| true,
                    |_, row| match row {
                        Ok(Some(read)) => waiting.push_back(Ok(read.case)),
                        Ok(None) => {}
                        Err((found, _)) => waiting.push_back(Err(found)),
                    },
                );
            }
        });
        Ok(Cases::of_stream(cases))
    }
}

impl Cases {
    fn of_stream(cases: impl Iterator<Item = Result<Case, Diagnostics>> + 'static) -> Self {
        Self { count: None, cases: Box::new(cases) }
    }

    /// How many there are, where that is known before they are read: a stream may be endless.
    #[must_use]
    pub fn count_known(&self) -> Option<usize> {
        self.count
    }
}

impl Iterator for Cases {
    type Item = Result<Case, Diagnostics>;

    fn next(&mut self) -> Option<Self::Item> {
        self.cases.next()
    }
}
