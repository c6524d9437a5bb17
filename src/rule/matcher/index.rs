//! The index of a table: for the inputs at hand it picks one set of rows a column, and gives what these have in common.

use super::few::Few;
use super::rows::{Common, Rows};
use super::segments::Segments;
use super::sets::Sets;
use super::{Column, RowDates};
use crate::rule::cell::Bounds;
use crate::value::{Date, Fact, Kind, Value};

#[derive(Clone, Debug)]
pub(super) struct Index {
    sets: Sets,
    columns: Vec<Segments>,
    /// The dates of the rows, as a column of its own; none if all are always in force.
    dates: Option<Segments>,
}

impl Index {
    /// An index of about `bytes_max` at most.
    pub(super) fn new(columns: &[Column], dates: &[RowDates], bytes_max: usize) -> Self {
        let mut sets = Sets::new(dates.len());
        let has_dates = dates.iter().any(|dates| *dates != RowDates::default());
        let share = columns.len() + usize::from(has_dates);
        let segments_max = bytes_max / share.max(1) / sets.set_bytes();
        let dates = has_dates.then(|| Segments::new(&dates_column(dates), segments_max, &mut sets));
        let columns = columns.iter().map(|column| Segments::new(column, segments_max, &mut sets)).collect();
        sets.finish();
        Self { sets, columns, dates }
    }

    /// The rows that match; none where the definition must be asked.
    #[inline]
    pub(super) fn matches(
        &self,
        (columns, dates): (&[Column], &[RowDates]),
        inputs: &[Fact<Value>],
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<Rows<'_>> {
        let mut chosen = Chosen { sets: Few::new(), smallest: u64::MAX };
        let mut is_rough = false;
        if let Some(segments) = &self.dates {
            is_rough |= segments.rough.is_some();
            chosen.push(segments.set(&Fact::Known(Value::Date(policy_date)), bounds)?, &self.sets);
        }
        for (at, segments) in self.columns.iter().enumerate() {
            let fact = inputs.get(at).unwrap_or(&Fact::Missing);
            let set = segments.set(fact, bounds)?;
            is_rough |= segments.rough.is_some() && fact.is_known();
            if set != self.sets.full() {
                chosen.push(set, &self.sets);
            }
        }
        if chosen.smallest == u64::MAX {
            chosen.push(self.sets.full(), &self.sets);
        }
        let common = Common::new(&self.sets, chosen.sets);
        if !is_rough {
            return Some(Rows::common(common));
        }
        let in_force = common.filter(|row| dates.get(*row).is_none_or(|dates| dates.hold(policy_date)));
        self.checked(in_force, columns, inputs, bounds).map(Rows::checked)
    }

    /// Those of the rows whose rough cells hold as well.
    fn checked(
        &self,
        candidates: impl Iterator<Item = usize>,
        columns: &[Column],
        inputs: &[Fact<Value>],
        bounds: &dyn Bounds,
    ) -> Option<Few> {
        let mut rows = Few::new();
        'rows: for row in candidates {
            for (at, (segments, column)) in self.columns.iter().zip(columns).enumerate() {
                let Some(rough) = segments.rough else { continue };
                let fact = inputs.get(at).unwrap_or(&Fact::Missing);
                if self.sets.has(rough, row) && !column.cell(row).holds(fact, bounds).ok()? {
                    continue 'rows;
                }
            }
            rows.push(u32::try_from(row).ok()?);
        }
        Some(rows)
    }

    pub(super) fn bytes(&self) -> usize {
        let columns = self.columns.iter().chain(&self.dates).map(Segments::bytes).sum::<usize>();
        columns + self.sets.bytes()
    }
}

/// The sets that admit the inputs, the smallest first: it empties most words, so the others need not be looked at.
struct Chosen {
    sets: Few,
    smallest: u64,
}

impl Chosen {
    #[inline]
    fn push(&mut self, set: u32, sets: &Sets) {
        self.sets.push(set);
        let size = sets.size(set);
        if size < self.smallest {
            self.smallest = size;
            self.sets.last_to_front();
        }
    }
}

fn dates_column(dates: &[RowDates]) -> Column {
    let mut builder = super::ColumnBuilder::new(Kind::Date);
    for dates in dates {
        builder.push(dates.as_cell());
    }
    builder.column
}
