//! Histories: cases out of other systems, read as a stream.
//!
//! [`JsonLines`] reads cases that are already written as cases, one JSON document a line. [`CsvCases`] reads the rows of any
//! CSV file; a [`Mapping`] says what each column means. Both hold one row in memory at a time, report every mistake of a row
//! at its place, and go on with the next row. [`Pieces`] reads whole directories, packed files too, in pieces that several threads can
//! read at the same time. [`GeneratedCases`] makes cases up, for trying things on a history of any length.
//!
//! Order of the files, each using only those before it: `lines`, `actual`, `mapping` (the folder has an order of its own),
//! `csv_rows`, `csv_cases` (the same), `stream`, `files`, `opening`, `columnar` (the same), `raw_lines`, `pieces`, `cases`,
//! `generated` (the same).

mod actual;
mod cases;
#[cfg(feature = "parquet")]
mod columnar;
mod csv_cases;
mod csv_rows;
mod files;
mod generated;
mod lines;
mod mapping;
mod opening;
mod pieces;
mod raw_lines;
mod stream;

pub use actual::Actual;
pub use cases::Cases;
pub use csv_cases::{CsvCases, HistoryCase};
pub use files::{HistoryError, HistoryFile};
pub use generated::GeneratedCases;
pub use mapping::{Assumption, Mapping};
pub use pieces::{HistoryPosition, HistoryRow, Piece, Pieces};
pub use stream::{JsonLines, StreamFormat};
