//! Results as the columns of a table, and how a table of them is laid out in Parquet.
//!
//! Amounts are DECIMAL(38, 4), which is exact in every currency and which every reader of the format knows; days are DATE. Lists hold texts.

use super::record::{Cell, CellKind, Column, Row, cells, fields};
use crate::value::{Decimal, Money};
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::TypePtr;
use std::fmt::Write as _;
use std::io::Write;
use std::sync::Arc;

/// The digits behind the point of an amount: no currency has more.
const AMOUNT_DIGITS: usize = 4;

/// The results of some cases, column by column.
#[derive(Debug)]
pub(crate) struct TableRows {
    fields: Vec<(String, CellKind)>,
    columns: Vec<Values>,
    rows: usize,
    /// The first value that its column cannot hold.
    wrong: Option<String>,
}

/// The values of a column, each with the level that tells whether it is there: 1 where it is.
#[derive(Debug)]
enum Values {
    Text(Vec<ByteArray>, Vec<i16>),
    Number(Vec<i64>, Vec<i16>),
    Amount(Vec<FixedLenByteArray>, Vec<i16>),
    Day(Vec<i32>, Vec<i16>),
    Flag(Vec<bool>, Vec<i16>),
    /// With a second level that is 0 for the first of a list.
    List(Vec<ByteArray>, Vec<i16>, Vec<i16>),
}

impl Values {
    fn new(kind: CellKind) -> Self {
        match kind {
            CellKind::Text => Self::Text(Vec::new(), Vec::new()),
            CellKind::Number => Self::Number(Vec::new(), Vec::new()),
            CellKind::Amount => Self::Amount(Vec::new(), Vec::new()),
            CellKind::Day => Self::Day(Vec::new(), Vec::new()),
            CellKind::Flag => Self::Flag(Vec::new(), Vec::new()),
            CellKind::List => Self::List(Vec::new(), Vec::new(), Vec::new()),
        }
    }

    /// Adds a value, or says that there is none. An amount that has more digits than the column is told.
    fn push(&mut self, cell: Cell) -> Result<(), Money> {
        fn put<T>(values: &mut Vec<T>, levels: &mut Vec<i16>, value: Option<T>) {
            levels.push(i16::from(value.is_some()));
            values.extend(value);
        }
        match (self, cell) {
            (Self::Text(values, levels), Cell::Text(text)) => put(values, levels, Some(ByteArray::from(text.into_bytes()))),
            (Self::Number(values, levels), Cell::Number(number)) => put(values, levels, Some(number)),
            (Self::Amount(values, levels), Cell::Amount(amount)) => {
                let bytes = unscaled(amount.amount()).ok_or(amount)?.to_be_bytes().to_vec();
                put(values, levels, Some(FixedLenByteArray::from(bytes)));
            }
            (Self::Day(values, levels), Cell::Day(day)) => put(values, levels, i32::try_from(day.to_number()).ok()),
            (Self::Flag(values, levels), Cell::Flag(flag)) => put(values, levels, Some(flag)),
            (Self::List(values, levels, firsts), Cell::List(items)) => {
                if items.is_empty() {
                    levels.push(0);
                    firsts.push(0);
                }
                for (at, item) in items.into_iter().enumerate() {
                    levels.push(1);
                    firsts.push(i16::from(at > 0));
                    values.push(ByteArray::from(item.into_bytes()));
                }
            }
            // A column whose value is missing; values of another kind do not occur.
            (Self::Text(_, levels) | Self::Number(_, levels) | Self::Amount(_, levels), _) => levels.push(0),
            (Self::Day(_, levels) | Self::Flag(_, levels), _) => levels.push(0),
            (Self::List(_, levels, firsts), _) => {
                levels.push(0);
                firsts.push(0);
            }
        }
        Ok(())
    }

    fn append(&mut self, other: &mut Self) {
        match (self, other) {
            (Self::Text(values, levels), Self::Text(more, more_levels)) => {
                values.append(more);
                levels.append(more_levels);
            }
            (Self::Number(values, levels), Self::Number(more, more_levels)) => {
                values.append(more);
                levels.append(more_levels);
            }
            (Self::Amount(values, levels), Self::Amount(more, more_levels)) => {
                values.append(more);
                levels.append(more_levels);
            }
            (Self::Day(values, levels), Self::Day(more, more_levels)) => {
                values.append(more);
                levels.append(more_levels);
            }
            (Self::Flag(values, levels), Self::Flag(more, more_levels)) => {
                values.append(more);
                levels.append(more_levels);
            }
            (Self::List(values, levels, firsts), Self::List(more, more_levels, more_firsts)) => {
                values.append(more);
                levels.append(more_levels);
                firsts.append(more_firsts);
            }
            _ => {}
        }
    }
}

/// An amount in ten-thousandths; nothing where it has more digits.
fn unscaled(amount: Decimal) -> Option<i128> {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (kept, beyond) = fraction.split_at_checked(AMOUNT_DIGITS).unwrap_or((fraction, ""));
    if beyond.bytes().any(|digit| digit != b'0') {
        return None;
    }
    format!("{whole}{kept:0<AMOUNT_DIGITS$}").parse().ok()
}

impl TableRows {
    pub(crate) fn new(columns: &[Column], has_candidate: bool) -> Self {
        let fields = fields(columns, has_candidate);
        let columns = fields.iter().map(|(_, kind)| Values::new(*kind)).collect();
        Self { fields, columns, rows: 0, wrong: None }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// An amount that a table cannot hold, in a sentence.
    pub(crate) fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// Adds a case.
    pub(crate) fn take(&mut self, columns: &[Column], row: &Row<'_, '_>) {
        let mut values = self.columns.iter_mut();
        let wrong = &mut self.wrong;
        cells(columns, row, |name, _, cell| {
            let Some(column) = values.next() else { return };
            if let Err(amount) = column.push(cell) {
                let id = row.case.case.id();
                wrong.get_or_insert_with(|| {
                    format!("the case {id} has {amount} in `{name}`, which is more digits than a table holds")
                });
                // The run ends with that sentence; the rows stay rows until then.
                let _ = column.push(Cell::Nothing);
            }
        });
        self.rows += 1;
    }

    /// Puts the rows of another behind its own.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.columns.iter_mut().zip(&mut other.columns).for_each(|(own, more)| own.append(more));
        self.rows += other.rows;
        self.wrong = self.wrong.take().or(other.wrong);
    }

    /// The layout of a table with these columns.
    pub(crate) fn schema(&self) -> Result<TypePtr, ParquetError> {
        let mut text = "message cases {".to_owned();
        for (name, kind) in &self.fields {
            // Writing to a text never fails.
            let _ = match kind {
                CellKind::Text => write!(text, " optional binary {name} (STRING);"),
                CellKind::Number => write!(text, " optional int64 {name};"),
                CellKind::Amount => write!(text, " optional fixed_len_byte_array(16) {name} (DECIMAL(38, {AMOUNT_DIGITS}));"),
                CellKind::Day => write!(text, " optional int32 {name} (DATE);"),
                CellKind::Flag => write!(text, " optional boolean {name};"),
                CellKind::List => {
                    write!(
                        text,
                        " required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}"
                    )
                }
            };
        }
        text.push_str(" }");
        parse_message_type(&text).map(Arc::new)
    }

    /// Writes all rows as one group, and keeps none.
    pub(crate) fn write_group<W: Write + Send>(&mut self, file: &mut SerializedFileWriter<W>) -> Result<(), ParquetError> {
        let mut group = file.next_row_group()?;
        let mut columns = self.columns.iter();
        while let Some(mut column) = group.next_column()? {
            match columns.next() {
                Some(Values::Text(values, levels)) => {
                    column.typed::<ByteArrayType>().write_batch(values, Some(levels), None)?;
                }
                Some(Values::Number(values, levels)) => {
                    column.typed::<Int64Type>().write_batch(values, Some(levels), None)?;
                }
                Some(Values::Amount(values, levels)) => {
                    column.typed::<FixedLenByteArrayType>().write_batch(values, Some(levels), None)?;
                }
                Some(Values::Day(values, levels)) => {
                    column.typed::<Int32Type>().write_batch(values, Some(levels), None)?;
                }
                Some(Values::Flag(values, levels)) => {
                    column.typed::<BoolType>().write_batch(values, Some(levels), None)?;
                }
                Some(Values::List(values, levels, firsts)) => {
                    column.typed::<ByteArrayType>().write_batch(values, Some(levels), Some(firsts))?;
                }
                None => {}
            }
            column.close()?;
        }
        group.close()?;
        self.columns = self.fields.iter().map(|(_, kind)| Values::new(*kind)).collect();
        self.rows = 0;
        Ok(())
    }
}

/// How tables are written: packed with Zstandard, which takes the least room and which every reader of today knows.
pub(crate) fn properties() -> WriterPropertiesPtr {
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(parquet::basic::ZstdLevel::default()));
    Arc::new(properties.set_created_by(concat!("redress ", env!("CARGO_PKG_VERSION")).to_owned()).build())
}
