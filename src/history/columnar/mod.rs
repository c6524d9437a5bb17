//! Parquet files: rows by the groups they are stored in, as tables that a mapping explains or as case documents.
//!
//! A file that lies in columns is read row by row, one page of each column in memory at a time. What takes the time, making cases of the
//! rows, is left to any thread.
//!
//! * With a mapping a row is read as a row of a CSV file is; the parts of a struct are columns named with a dot (`customer.segment`). A
//!   column that has a type of its own is taken as that type: the mapping's way of writing numbers and days speaks of texts alone.
//! * Without one a row is the document of a case: structs are groups, lists are lists, and a dot in the name of a column leads into a
//!   group. A file that has no group of facts is a table that wants a mapping.
//! * DECIMAL and whole numbers are exact. FLOAT and DOUBLE are written with the fewest digits that read back as the same number, which is
//!   what a program writes that saves the column as CSV or JSON; they are never calculated with. By a mapping such a number is an amount of
//!   money only where it has no more digits than the currency (64.2, and not 0.1 + 0.2); in a document it is none, as no JSON number is.
//! * A null is missing. A time without an offset is in the zone of the mapping; without a mapping it is refused as in any case document.
//!
//! Order of the files: `shape`, `value`, `document`, `table`, `form`, `rows`.

mod document;
mod form;
mod rows;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod value;

pub(super) use form::RowForm;
pub(super) use rows::ColumnarRows;

/// A row as the file has it, not yet read.
pub(super) type RawRow = parquet::record::Row;
