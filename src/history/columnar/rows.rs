//! The rows of a file, taken off in its order, one group of rows after the other.

use super::RawRow;
use super::form::RowForm;
use crate::history::files::{HistoryError, HistoryFile};
use crate::history::lines::alone;
use crate::history::mapping::Mapping;
use crate::history::opening::BytesRead;
use crate::limits::{HISTORY_PIECE_BYTES, HISTORY_PIECE_ROWS};
use crate::text::{Code, Diagnostic};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::record::Field;
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// The rows of a file that are not yet taken off.
pub(in super::super) struct ColumnarRows {
    reader: SerializedFileReader<File>,
    form: RowForm,
    /// The columns that are read.
    columns: SchemaDescPtr,
    /// The group of rows that is read, and the number of the next.
    rows: Option<ReaderIter>,
    next_group: usize,
    taken: usize,
    progress: Progress,
}

/// How much of the file was read, told by how many of its rows were.
struct Progress {
    rows: u64,
    bytes: u64,
    told: u64,
    read: BytesRead,
}

/// Rows with the number of the first, or what is wrong and the number of the row.
pub(in super::super) type Taken = Result<(Vec<RawRow>, usize), (Diagnostic, usize)>;

impl ColumnarRows {
    /// Opens a file behind so many of its rows.
    pub(in super::super) fn open(
        file: &HistoryFile,
        mapping: Option<&Mapping>,
        taken: usize,
        read: &BytesRead,
    ) -> Result<Self, HistoryError> {
        let unreadable = |error: ParquetError| HistoryError::unreadable(&file.path, damaged(error));
        let stored = File::open(&file.path).map_err(|error| HistoryError::unreadable(&file.path, error))?;
        let reader = guarded(|| SerializedFileReader::new(stored)).map_err(unreadable)?;
        let metadata = reader.metadata();
        let schema = metadata.file_metadata().schema();
        let (form, roots) = RowForm::of(&file.name, schema, mapping)?;
        check_packing(metadata, schema, &roots, file)?;
        let columns = guarded(|| projection(schema, &roots)).map_err(unreadable)?;
        let rows = u64::try_from(metadata.file_metadata().num_rows()).unwrap_or(0);
        let progress = Progress { rows, bytes: file.size.unwrap_or(0), told: 0, read: read.clone() };
        let mut opened = Self { reader, form, columns, rows: None, next_group: 0, taken: 0, progress };
        opened.skip_to(taken).map_err(unreadable)?;
        Ok(opened)
    }

    pub(in super::super) fn form(&self) -> &RowForm {
        &self.form
    }

    /// Rows taken off so far.
    pub(in super::super) fn taken(&self) -> usize {
        self.taken
    }

    /// As many rows as fit into a piece; nothing at the end of the file. Of a file that is damaged nothing behind the damage is read.
    pub(in super::super) fn take(&mut self) -> Option<Taken> {
        let first = self.taken + 1;
        let mut rows = Vec::new();
        let mut weight = 0;
        while rows.len() < HISTORY_PIECE_ROWS && weight < HISTORY_PIECE_BYTES {
            match guarded(|| self.next_row()) {
                Ok(None) => break,
                Ok(Some(row)) => {
                    weight += row.get_column_iter().map(|(_, field)| weight_of(field)).sum::<usize>();
                    rows.push(row);
                    self.taken += 1;
                }
                // What was read before it counts; the next call comes here again.
                Err(_) if !rows.is_empty() => break,
                Err(error) => {
                    let message = format!("it cannot be read behind its row {}: {}", self.taken, damaged(error));
                    (self.rows, self.next_group) = (None, usize::MAX);
                    return Some(Err((Diagnostic::global(Code::Unreadable, message), first)));
                }
            }
        }
        self.progress.tell(self.taken);
        (!rows.is_empty()).then_some(Ok((rows, first)))
    }

    fn next_row(&mut self) -> Result<Option<RawRow>, ParquetError> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                return row.map(Some);
            }
            if self.next_group >= self.reader.num_row_groups() {
                return Ok(None);
            }
            self.open_group()?;
        }
    }

    fn open_group(&mut self) -> Result<(), ParquetError> {
        let group = self.reader.get_row_group(self.next_group)?;
        self.rows = Some(TreeBuilder::new().as_iter(self.columns.clone(), &*group)?);
        self.next_group += 1;
        Ok(())
    }

    /// Goes on behind so many rows: whole groups are passed over without being read.
    fn skip_to(&mut self, rows: usize) -> Result<(), ParquetError> {
        let mut left = rows;
        let sizes: Vec<i64> = self.reader.metadata().row_groups().iter().map(RowGroupMetaData::num_rows).collect();
        for size in sizes.into_iter().filter_map(|size| usize::try_from(size).ok()) {
            if left < size {
                break;
            }
            left -= size;
            self.next_group += 1;
        }
        for _ in 0..left {
            guarded(|| self.next_row())?;
        }
        self.taken = rows;
        self.progress.tell(rows);
        Ok(())
    }
}

impl Progress {
    fn tell(&mut self, taken: usize) {
        let share = u128::from(self.bytes) * taken as u128 / u128::from(self.rows.max(1));
        let now = u64::try_from(share).unwrap_or(self.bytes).min(self.bytes);
        self.read.add(now.saturating_sub(self.told));
        self.told = now.max(self.told);
    }
}

/// The columns that are read.
fn projection(schema: &Type, roots: &[usize]) -> Result<SchemaDescPtr, ParquetError> {
    let all = schema.get_fields();
    let mut fields: Vec<_> = roots.iter().filter_map(|at| all.get(*at).cloned()).collect();
    if fields.is_empty() {
        // Without any column there would be no rows.
        fields.extend(all.first().cloned());
    }
    let root = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
    Ok(Arc::new(SchemaDescriptor::new(Arc::new(root))))
}

/// Checks that the columns that are read are packed in a way that can be unpacked.
fn check_packing(metadata: &ParquetMetaData, schema: &Type, roots: &[usize], file: &HistoryFile) -> Result<(), HistoryError> {
    let names: Vec<&str> = roots.iter().filter_map(|at| schema.get_fields().get(*at)).map(|field| field.name()).collect();
    for column in metadata.row_groups().iter().flat_map(RowGroupMetaData::columns) {
        let is_read = column.column_path().parts().first().is_some_and(|root| names.contains(&root.as_str()));
        let known = matches!(
            column.compression(),
            Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::GZIP(_) | Compression::ZSTD(_)
        );
        if is_read && !known {
            let packing = column.compression().to_string();
            let packing = packing.split('(').next().unwrap_or_default();
            let path = column.column_path().string();
            let message = format!("`{}`: the column `{path}` is packed as {packing}, which is not unpacked here", file.name);
            let finding =
                Diagnostic::global(Code::Unreadable, message).help("write the file with Snappy, Zstandard or gzip, or unpacked");
            return Err(HistoryError::Findings { name: file.name.to_string(), findings: alone(finding) });
        }
    }
    Ok(())
}

/// How much room a value takes, about.
fn weight_of(field: &Field) -> usize {
    let own = size_of::<Field>();
    match field {
        Field::Str(text) => own + text.len(),
        Field::Bytes(bytes) => own + bytes.len(),
        Field::Group(row) => row.get_column_iter().map(|(name, field)| name.len() + weight_of(field)).sum(),
        Field::ListInternal(list) => own + list.elements().iter().map(weight_of).sum::<usize>(),
        Field::MapInternal(map) => {
            own + map.entries().iter().map(|(key, value)| weight_of(key) + weight_of(value)).sum::<usize>()
        }
        _ => own,
    }
}

/// The reader of the format ends with a panic where a damaged file contradicts itself; here that is an error like any other.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ParquetError::General("it contradicts itself".to_owned())))
}

/// What the reader of the format says, in our words.
fn damaged(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => io::Error::other(error.to_string()),
        ParquetError::General(why) => io::Error::other(format!("the file is damaged, or no Parquet file ({why})")),
        ParquetError::EOF(why) => io::Error::other(format!("the file breaks off ({why})")),
        other => io::Error::other(other.to_string()),
    }
}
