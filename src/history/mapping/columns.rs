//! The columns that a mapping speaks of, and the cells of one row that stand in them.

use crate::text::Span;

/// One of the columns that a mapping speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ColumnId(usize);

/// A column as the mapping names it.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// Where the mapping names it first.
    pub(crate) span: Span,
}

/// Every column that a mapping speaks of, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    list: Vec<Column>,
}

impl Columns {
    pub(crate) fn id(&mut self, name: &str, span: Span) -> ColumnId {
        let known = self.list.iter().position(|column| column.name == name);
        ColumnId(known.unwrap_or_else(|| {
            self.list.push(Column { name: name.to_owned(), span });
            self.list.len() - 1
        }))
    }

    pub(crate) fn name(&self, id: ColumnId) -> &str {
        self.list.get(id.0).map_or("", |column| &column.name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Column> {
        self.list.iter()
    }
}

/// A cell of a row: its text without the blanks around it, empty if the mapping says that it means nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cell<'r> {
    pub(crate) text: &'r str,
    /// Its place in the text of the row.
    pub(crate) span: Span,
    pub(crate) writing: Writing,
}

/// In which form the text of a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "CSV has texts alone"))]
pub(crate) enum Writing {
    /// As the file writes it, which the mapping tells.
    #[default]
    AsMapped,
    /// `true` or `false`, from a column of these.
    Flag,
    /// A number with a point before its fraction, from a column of numbers.
    Number,
    /// The same from a column of binary fractions: the fewest digits that read back as the same fraction.
    Fraction,
    /// A day, a time in UTC, or a time that tells no offset (`2026-03-05`, `2026-03-05T10:00:00Z`, `2026-03-05T10:00:00`), from a column of
    /// these.
    Moment,
}

/// The cells of one row that the mapping speaks of, in the order of [`Columns`].
pub(crate) struct Cells<'r> {
    list: Vec<Cell<'r>>,
}

impl<'r> Cells<'r> {
    pub(crate) fn new(list: Vec<Cell<'r>>) -> Self {
        Self { list }
    }

    pub(crate) fn get(&self, id: ColumnId) -> Cell<'r> {
        self.list.get(id.0).copied().unwrap_or_default()
    }

    /// The column that the cell at a place in the row stands in.
    pub(crate) fn column_at(&self, start: usize) -> Option<ColumnId> {
        self.list.iter().position(|cell| cell.span.start <= start && start < cell.span.end).map(ColumnId)
    }
}

/// A cell that cannot be read as the mapping says.
#[derive(Debug)]
pub(crate) struct Misread {
    pub(crate) column: ColumnId,
    pub(crate) message: String,
}
