//! The index of a table: for the inputs at hand it picks one set of rows a column, and gives what these have in common.

use super::few::Few;
use super::rows::{Common, Rows};
use super::segments::Segments;
use super::sets::Sets;
use super::{Column, RowDates};
use crate::rule::cell::Bounds;
use crate::value::{Date, Fact, Given, Kind, View};

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
        let mut index = Self { sets, columns, dates };
        if index.sets.is_small() {
            for segments in index.columns.iter_mut().chain(&mut index.dates) {
                segments.keep_bits(&index.sets);
            }
        }
        index
    }

    /// The rows that match; none where the definition must be asked.
    #[inline]
    pub(super) fn matches<'v>(
        &self,
        (columns, dates): (&[Column], &[RowDates]),
        inputs: &mut impl FnMut(usize) -> Option<Given<'v>>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<Rows<'_>> {
        if self.sets.is_small() {
            return self.few_rows((columns, dates), inputs, policy_date, bounds).map(Rows::bits);
        }
        let mut chosen = Chosen { sets: Few::new(), smallest: u64::MAX };
        let mut is_rough = false;
        if let Some(segments) = &self.dates {
            is_rough |= segments.rough.is_some();
            chosen.push(segments.set(Fact::Known(View::Date(policy_date)), bounds)?, &self.sets);
        }
        for (at, segments) in self.columns.iter().enumerate() {
            let given = inputs(at)?;
            let set = segments.set(given.view(), bounds)?;
            is_rough |= segments.rough.is_some() && given.is_known();
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

    /// The rows of a table of no more than 64, as bits.
    #[inline]
    fn few_rows<'v>(
        &self,
        (columns, dates): (&[Column], &[RowDates]),
        inputs: &mut impl FnMut(usize) -> Option<Given<'v>>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<u64> {
        let mut rows = self.sets.first_word(self.sets.full());
        let mut is_rough = false;
        if let Some(segments) = &self.dates {
            is_rough |= segments.rough.is_some();
            rows &= segments.bits(Fact::Known(View::Date(policy_date)), bounds)?;
        }
        for (at, segments) in self.columns.iter().enumerate() {
            let given = inputs(at)?;
            rows &= segments.bits(given.view(), bounds)?;
            is_rough |= segments.rough.is_some() && given.is_known();
        }
        if !is_rough {
            return Some(rows);
        }
        let in_force = Rows::bits(rows).filter(|row| dates.get(*row).is_none_or(|dates| dates.hold(policy_date)));
        let checked = self.checked(in_force, columns, inputs, bounds)?;
        Some(checked.as_slice().iter().fold(0, |rows, row| rows | 1 << row))
    }

    /// Those of the rows whose rough cells hold as well.
    fn checked<'v>(
        &self,
        candidates: impl Iterator<Item = usize>,
        columns: &[Column],
        inputs: &mut impl FnMut(usize) -> Option<Given<'v>>,
        bounds: &dyn Bounds,
    ) -> Option<Few> {
        let mut rows = Few::new();
        'rows: for row in candidates {
            for (at, (segments, column)) in self.columns.iter().zip(columns).enumerate() {
                let Some(rough) = segments.rough else { continue };
                if self.sets.has(rough, row) && !column.cell(row).holds_of(inputs(at)?.view(), bounds).ok()? {
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
