//! A table of results on its way to a file.
//!
//! The end of a Parquet file says where its groups of rows lie, so that nothing can be put behind one that is whole. While a run goes on,
//! groups of rows are files of their own in a directory beside it, and what was noted of the run says how many of them count; once it ends,
//! they are put together, as they are, to the one file.

use super::table_rows::{TableRows, properties};
use crate::limits::BACKTEST_GROUP_ROWS;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::file::writer::SerializedFileWriter;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A line of JSON or a row for every case: the table.
pub const TABLE: &str = "cases.parquet";
/// The directory of the groups of rows of a run that goes on.
const PARTS: &str = "cases.parts";

/// A table of results on its way to a file.
#[derive(Debug)]
pub(crate) struct TableParts {
    directory: PathBuf,
    table: PathBuf,
    written: u64,
    waiting: TableRows,
}

/// Why a table cannot be written.
pub(crate) enum TableError {
    File(PathBuf, io::Error),
    /// A group of rows that counts and is no longer there.
    Missing(PathBuf),
    /// A value that no table holds, in a sentence.
    Value(String),
}

fn system(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other.to_string()),
        },
        other => io::Error::other(other.to_string()),
    }
}

impl TableParts {
    /// Begins in a directory, behind so many groups that count; those behind them are written again.
    pub(crate) fn open(home: &Path, written: u64, rows: TableRows) -> Result<Self, TableError> {
        let parts = Self { directory: home.join(PARTS), table: home.join(TABLE), written, waiting: rows };
        if let Some(missing) = (0..written).map(|number| parts.part(number)).find(|part| !part.exists()) {
            return Err(TableError::Missing(missing));
        }
        let opened = || {
            fs::create_dir_all(&parts.directory)?;
            let mut behind = written;
            while parts.part(behind).exists() {
                fs::remove_file(parts.part(behind))?;
                behind += 1;
            }
            Ok(())
        };
        opened().map_err(|error| TableError::File(parts.directory.clone(), error))?;
        Ok(parts)
    }

    fn part(&self, number: u64) -> PathBuf {
        self.directory.join(format!("{number:06}.parquet"))
    }

    /// Groups that are written.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Takes the rows of a piece.
    pub(crate) fn take(&mut self, rows: TableRows) -> Result<(), TableError> {
        if let Some(wrong) = rows.wrong() {
            return Err(TableError::Value(wrong.to_owned()));
        }
        self.waiting.append(rows);
        if self.waiting.rows() >= BACKTEST_GROUP_ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes the rows that wait.
    pub(crate) fn flush(&mut self) -> Result<(), TableError> {
        if self.waiting.rows() == 0 {
            return Ok(());
        }
        let path = self.part(self.written);
        let mut written = || {
            let mut file = SerializedFileWriter::new(File::create(&path)?, self.waiting.schema()?, properties())?;
            self.waiting.write_group(&mut file)?;
            file.close()
        };
        written().map_err(|error| TableError::File(path.clone(), system(error)))?;
        self.written += 1;
        Ok(())
    }

    /// Puts all groups together to one file; of a run that is complete they are taken away.
    pub(crate) fn end(mut self, complete: bool) -> Result<(), TableError> {
        self.flush()?;
        let beside = self.table.with_extension("parquet.new");
        let put_together = || {
            let mut whole = SerializedFileWriter::new(File::create(&beside)?, self.waiting.schema()?, properties())?;
            for number in 0..self.written {
                copy_groups(&File::open(self.part(number))?, &mut whole)?;
            }
            whole.close()?;
            fs::rename(&beside, &self.table)?;
            Ok(())
        };
        put_together().map_err(|error: ParquetError| TableError::File(self.table.clone(), system(error)))?;
        if complete {
            fs::remove_dir_all(&self.directory).map_err(|error| TableError::File(self.directory.clone(), error))?;
        }
        Ok(())
    }
}

/// Puts the groups of a file behind those of another, byte for byte.
fn copy_groups(part: &File, whole: &mut SerializedFileWriter<File>) -> Result<(), ParquetError> {
    let reader = SerializedFileReader::new(part.try_clone()?)?;
    for group in reader.metadata().row_groups() {
        let mut copy = whole.next_row_group()?;
        for column in group.columns() {
            let closed = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size()).unwrap_or(0),
                rows_written: u64::try_from(group.num_rows()).unwrap_or(0),
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            copy.append_column(part, closed)?;
        }
        copy.close()?;
    }
    Ok(())
}
