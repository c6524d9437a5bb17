//! The results of the cases of a run, as they come: lines of JSON, or rows of a table.

use super::record::{Column, Row, write_line};
#[cfg(feature = "parquet")]
use super::table_rows::TableRows;

/// The form in which results are written for each case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Results {
    /// A line of JSON for each, in `cases.jsonl`.
    #[default]
    JsonLines,
    /// A row of a table for each, in `cases.parquet`. It takes a build with the feature `parquet`.
    Parquet,
}

/// The results of some cases.
#[derive(Debug, Default)]
pub(crate) enum Written {
    #[default]
    Nothing,
    Lines(String),
    #[cfg(feature = "parquet")]
    Rows(TableRows),
}

impl Written {
    /// Where results go; nowhere without columns.
    pub(crate) fn new(results: Results, columns: &[Column], has_candidate: bool) -> Self {
        match results {
            _ if columns.is_empty() => Self::Nothing,
            Results::JsonLines => Self::Lines(String::new()),
            #[cfg(feature = "parquet")]
            Results::Parquet => Self::Rows(TableRows::new(columns, has_candidate)),
            // A run that wants it is refused before it begins.
            #[cfg(not(feature = "parquet"))]
            Results::Parquet => {
                let _ = has_candidate;
                Self::Nothing
            }
        }
    }

    /// Adds a case.
    pub(crate) fn take(&mut self, columns: &[Column], row: &Row<'_, '_>) {
        match self {
            Self::Nothing => {}
            Self::Lines(lines) => write_line(columns, row, lines),
            #[cfg(feature = "parquet")]
            Self::Rows(rows) => rows.take(columns, row),
        }
    }
}
