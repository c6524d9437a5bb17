//! The matcher of a table: which rows a case satisfies.
//!
//! What matching means stands in `definition`, row by row and cell by cell. What runs is `index`, which keeps for every
//! segment of every column the set of rows that admit it; both give the same answers on every input (invariant *index =
//! definition*). Wherever the index cannot be sure that nothing is refused (two currencies, a parameter without a value), it
//! asks the definition.

pub mod definition;
mod doubts;
mod few;
mod index;
mod lone_cell;
mod rows;
mod segments;
mod sets;
#[cfg(test)]
mod tests;

pub(crate) use lone_cell::LoneCell;
pub use rows::Rows;

use super::cell::{Bound, Bounds, Cell, Comparison, Condition, Interval};
use crate::limits::TABLE_INDEX_BYTES_MAX;
use crate::value::{Brief, Date, Fact, Given, Kind, Trouble, Value, View};
use index::{Admitted, Index};
pub(crate) use index::{FirstRow, Inputs};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// One row of a table, as the matcher takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One cell for every column.
    pub cells: Vec<Cell>,
    /// When the rule is in force.
    pub dates: RowDates,
}

/// The days on which a rule is in force, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowDates {
    /// The first day; none if it always was.
    pub from: Option<Date>,
    /// The last day; none if it always will be.
    pub until: Option<Date>,
}

impl RowDates {
    /// Is a rule with these dates in force on that day?
    #[must_use]
    pub fn hold(self, policy_date: Date) -> bool {
        policy_date.is_within(self.from, self.until)
    }

    /// The same as a cell on the policy date.
    pub(crate) fn as_cell(self) -> Cell {
        let bound = |date| Bound::Value(Value::Date(date));
        match (self.from, self.until) {
            (None, None) => Cell::Any,
            (Some(from), None) => Cell::OneOf(vec![Condition::Compare(Comparison::AtLeast, bound(from))]),
            (None, Some(until)) => Cell::OneOf(vec![Condition::Compare(Comparison::AtMost, bound(until))]),
            (Some(from), Some(until)) => Cell::OneOf(vec![Condition::Within(Interval {
                from: bound(from),
                from_included: true,
                to: bound(until),
                to_included: true,
            })]),
        }
    }
}

/// A row that nearly matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// Its number, from 0.
    pub row: usize,
    /// The columns whose cells do not hold, in order.
    pub failed: Vec<usize>,
}

/// One column: its distinct cells, and which of them each row has.
#[derive(Clone, Debug)]
struct Column {
    kind: Kind,
    cells: Vec<Cell>,
    /// What the cells say, once it is asked for.
    texts: Vec<OnceLock<Arc<str>>>,
    cell_of_row: Vec<u32>,
}

/// A table, ready to be matched.
#[derive(Clone, Debug)]
pub struct Matcher {
    columns: Vec<Column>,
    dates: Vec<RowDates>,
    index: Index,
}

impl Matcher {
    /// Prepares a table whose columns are of these kinds. A row with fewer cells than columns admits everything in the others.
    #[must_use]
    pub fn new(kinds: Vec<Kind>, rows: Vec<Row>) -> Self {
        Self::with_constants(kinds, rows, &|_| None)
    }

    /// As [`Matcher::new`], where some parameters and bare amounts mean the same on every day and for every case: their columns are
    /// cut at what they mean as at any other bound.
    #[must_use]
    pub fn with_constants(kinds: Vec<Kind>, rows: Vec<Row>, constants: &dyn Fn(&Bound) -> Option<Bound>) -> Self {
        Self::with_index_of(kinds, rows, constants, TABLE_INDEX_BYTES_MAX)
    }

    fn with_index_of(kinds: Vec<Kind>, rows: Vec<Row>, constants: &dyn Fn(&Bound) -> Option<Bound>, bytes_max: usize) -> Self {
        let dates: Vec<RowDates> = rows.iter().map(|row| row.dates).collect();
        let mut columns: Vec<ColumnBuilder> = kinds.into_iter().map(ColumnBuilder::new).collect();
        for row in rows {
            let mut cells = row.cells.into_iter();
            for column in &mut columns {
                column.push(cells.next().unwrap_or(Cell::Any));
            }
        }
        let columns: Vec<Column> = columns.into_iter().map(|builder| builder.column).collect();
        let settled: Vec<Column> = columns.iter().map(|column| column.with_constants(constants)).collect();
        let index = Index::new(&settled, &dates, bytes_max);
        Self { columns, dates, index }
    }

    /// How many rows the table has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.dates.len()
    }

    /// Has it no rows?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.dates.is_empty()
    }

    /// The kinds of its columns.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.columns.iter().map(|column| &column.kind)
    }

    /// The cell of a row in a column; `any` where the table has none.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> &Cell {
        self.columns.get(column).map_or(&Cell::Any, |column| column.cell(row))
    }

    /// What the cell of a row in a column says.
    pub(crate) fn cell_text(&self, row: usize, column: usize) -> Arc<str> {
        self.columns.get(column).and_then(|column| column.text(row)).cloned().unwrap_or_else(|| "any".into())
    }

    /// When a row is in force.
    #[must_use]
    pub fn dates(&self, row: usize) -> RowDates {
        self.dates.get(row).copied().unwrap_or_default()
    }

    /// The memory that the index takes, in bytes.
    #[must_use]
    pub fn index_bytes(&self) -> usize {
        self.index.bytes()
    }

    /// The rows in force on `policy_date` whose cells all hold for the inputs, one for each column; an input left out is
    /// missing.
    ///
    /// # Errors
    /// The first trouble, in the order of rows and then columns, that any cell of a row in force has with its input, whatever
    /// the other cells say.
    #[inline]
    pub fn matches(&self, inputs: &[Fact<View<'_>>], policy_date: Date, bounds: &dyn Bounds) -> Result<Rows<'_>, Trouble> {
        match self.quick(&mut Views(inputs), policy_date, bounds) {
            Some(rows) => Ok(rows),
            None => definition::matches(self, inputs, policy_date, bounds).map(Rows::listed),
        }
    }

    /// The same by the index alone, every input read when its column is looked at; nothing where one cannot be read, or only the
    /// definition can tell.
    #[inline]
    pub(crate) fn quick<'v>(&self, inputs: &mut impl Inputs<'v>, policy_date: Date, bounds: &dyn Bounds) -> Option<Rows<'_>> {
        self.index.matches((&self.columns, &self.dates), inputs, policy_date, bounds)
    }

    /// The first of them, by the index alone; nothing where only the definition can tell.
    #[inline]
    pub(crate) fn quick_first<'v>(
        &self,
        inputs: &mut impl Inputs<'v>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<FirstRow> {
        self.index.first((&self.columns, &self.dates), inputs, policy_date, bounds)
    }

    /// The rows in force with the fewest cells that do not hold, at most `rows_max`; rows that match are left out, and among
    /// equals the first in the order written comes first.
    ///
    /// # Errors
    /// As for [`Matcher::matches`].
    pub fn near_misses(
        &self,
        inputs: &[Fact<View<'_>>],
        policy_date: Date,
        bounds: &dyn Bounds,
        rows_max: usize,
    ) -> Result<Vec<NearMiss>, Trouble> {
        self.nearest(inputs, policy_date, bounds, self.len(), Nearest::new(rows_max, usize::MAX))
    }

    /// The same by the index alone; nothing where only the definition can tell.
    pub(crate) fn quick_near_misses<'v>(
        &self,
        inputs: &mut impl Inputs<'v>,
        policy_date: Date,
        bounds: &dyn Bounds,
        rows_max: usize,
    ) -> Option<NearRows<'_>> {
        let admitted = self.index.admitted(inputs, bounds)?;
        Some(NearRows::new(admitted, self.in_force(policy_date, self.len()), Nearest::new(rows_max, usize::MAX)))
    }

    /// The rows in force above a row of which a single cell does not hold, at most `rows_max`, in the order written.
    ///
    /// # Errors
    /// As for [`Matcher::matches`].
    pub fn missed_by_one(
        &self,
        inputs: &[Fact<View<'_>>],
        policy_date: Date,
        bounds: &dyn Bounds,
        (above, rows_max): (usize, usize),
    ) -> Result<Vec<NearMiss>, Trouble> {
        self.nearest(inputs, policy_date, bounds, above, Nearest::new(rows_max, 1))
    }

    fn nearest(
        &self,
        inputs: &[Fact<View<'_>>],
        policy_date: Date,
        bounds: &dyn Bounds,
        above: usize,
        mut nearest: Nearest,
    ) -> Result<Vec<NearMiss>, Trouble> {
        let in_force = self.in_force(policy_date, above);
        if let Some(admitted) = self.index.admitted(&mut Views(inputs), bounds) {
            let near = NearRows::new(admitted, in_force, nearest);
            return Ok(near.iter().map(|(row, failed)| NearMiss { row, failed: failed.collect() }).collect());
        }
        for row in in_force {
            nearest.offer(row, definition::failures(self, row, inputs, bounds)?);
        }
        let miss = |row| Ok(NearMiss { row, failed: definition::failed(self, row, inputs, bounds)? });
        nearest.rows.into_iter().map(|(_, row)| miss(row)).collect()
    }

    /// The rows above a row that are in force.
    fn in_force(&self, policy_date: Date, above: usize) -> impl Iterator<Item = usize> {
        (0..self.len().min(above)).filter(move |row| self.dates(*row).hold(policy_date))
    }
}

/// The rows that come closest, as the index tells them.
pub(crate) struct NearRows<'m> {
    admitted: Admitted<'m>,
    nearest: Nearest,
}

impl<'m> NearRows<'m> {
    fn new(admitted: Admitted<'m>, rows: impl Iterator<Item = usize>, mut nearest: Nearest) -> Self {
        for row in rows {
            let most = nearest.most();
            if most == 0 {
                break;
            }
            nearest.offer(row, admitted.failures(row, most));
        }
        Self { admitted, nearest }
    }

    /// Their numbers, each with the columns whose cells do not hold, in order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (usize, impl Iterator<Item = usize>)> {
        self.nearest.rows.iter().map(|(_, row)| (*row, self.admitted.failed(*row)))
    }
}

/// The rows found so far that come closest.
struct Nearest {
    /// How many of its cells do not hold, and its number.
    rows: Vec<(usize, usize)>,
    rows_max: usize,
    /// With no more cells than that which do not hold.
    failed_max: usize,
}

impl Nearest {
    fn new(rows_max: usize, failed_max: usize) -> Self {
        Self { rows: Vec::new(), rows_max, failed_max }
    }

    /// With more cells than that which do not hold no further row comes among them.
    fn most(&self) -> usize {
        let last = self.rows.last().filter(|_| self.rows.len() >= self.rows_max);
        last.map_or(self.failed_max, |(far, _)| (far - 1).min(self.failed_max))
    }

    fn offer(&mut self, row: usize, far: usize) {
        if far == 0 || far > self.failed_max {
            return;
        }
        let at = self.rows.partition_point(|(other, _)| *other <= far);
        if at < self.rows_max {
            self.rows.truncate(self.rows_max - 1);
            self.rows.insert(at, (far, row));
        }
    }
}

/// Inputs that were read before.
struct Views<'i, 'v>(&'i [Fact<View<'v>>]);

impl<'v> Inputs<'v> for Views<'_, 'v> {
    fn brief(&mut self, column: usize) -> Brief {
        self.0.get(column).copied().unwrap_or(Fact::Missing).into()
    }

    fn given(&mut self, column: usize) -> Option<Given<'v>> {
        Some(self.0.get(column).copied().unwrap_or(Fact::Missing).into())
    }
}

impl Column {
    /// The same column with the bounds written out that never change.
    fn with_constants(&self, constants: &dyn Fn(&Bound) -> Option<Bound>) -> Self {
        let cells = self.cells.iter().map(|cell| cell.with_constants(constants)).collect();
        Self { kind: self.kind.clone(), cells, texts: Vec::new(), cell_of_row: self.cell_of_row.clone() }
    }

    fn text(&self, row: usize) -> Option<&Arc<str>> {
        let at = *self.cell_of_row.get(row)? as usize;
        let (text, cell) = (self.texts.get(at)?, self.cells.get(at)?);
        Some(text.get_or_init(|| cell.describe().into()))
    }

    fn cell(&self, row: usize) -> &Cell {
        self.cell_of_row.get(row).and_then(|at| self.cells.get(*at as usize)).unwrap_or(&Cell::Any)
    }
}

struct ColumnBuilder {
    column: Column,
    /// Cells by their texts, which differ where their meanings do.
    by_text: BTreeMap<String, u32>,
}

impl ColumnBuilder {
    fn new(kind: Kind) -> Self {
        Self { column: Column { kind, cells: Vec::new(), texts: Vec::new(), cell_of_row: Vec::new() }, by_text: BTreeMap::new() }
    }

    fn push(&mut self, cell: Cell) {
        let Column { cells, texts, cell_of_row, .. } = &mut self.column;
        let text = cell.describe();
        if let Some(at) = self.by_text.get(&text)
            && cells.get(*at as usize) == Some(&cell)
        {
            cell_of_row.push(*at);
            return;
        }
        let at = u32::try_from(cells.len()).unwrap_or(u32::MAX);
        cells.push(cell);
        texts.push(OnceLock::new());
        cell_of_row.push(at);
        self.by_text.insert(text, at);
    }
}
