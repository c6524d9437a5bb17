//! The index of a table: for the inputs at hand it picks one set of rows a column, and gives what these have in common.

use super::doubts::NO_CURRENCY;
use super::few::Few;
use super::rows::{Common, Rows};
use super::segments::{Lane, Segments};
use super::sets::{STRIDE_ROWS, Set, Sets, Stride};
use super::{Column, RowDates};
use crate::rule::cell::Bounds;
use crate::value::{Brief, Currency, Date, Fact, Given, Kind, View};

/// A table of no more than so many strides is looked at as a whole.
const STRIDES_SOME: usize = 2;

#[derive(Clone, Debug)]
pub(super) struct Index {
    sets: Sets,
    columns: Vec<Segments>,
    /// What most facts need of each column.
    lanes: Vec<Lane>,
    /// The dates of the rows, as a column of its own; none if all are always in force.
    dates: Option<Segments>,
    /// The first 64 rows.
    all_rows: u64,
    /// Has a column bounds without a currency?
    has_bare: bool,
}

impl Index {
    /// An index of about `bytes_max` at most.
    pub(super) fn new(columns: &[Column], dates: &[RowDates], bytes_max: usize) -> Self {
        let mut sets = Sets::new(dates.len());
        let has_dates = dates.iter().any(|dates| *dates != RowDates::default());
        let share = columns.len() + usize::from(has_dates);
        let segments_max = bytes_max / share.max(1) / sets.set_bytes();
        let dates = has_dates.then(|| Segments::new(&dates_column(dates), segments_max, &mut sets));
        let columns: Vec<Segments> = columns.iter().map(|column| Segments::new(column, segments_max, &mut sets)).collect();
        sets.finish();
        let all_rows = sets.first_word(sets.full());
        let has_bare = columns.iter().any(|segments| segments.clear.asks_for_bare());
        let mut index = Self { sets, columns, lanes: Vec::new(), dates, all_rows, has_bare };
        if index.sets.is_small() {
            for segments in index.columns.iter_mut().chain(&mut index.dates) {
                segments.keep_bits(&index.sets);
            }
        }
        index.lanes = index.columns.iter().map(Segments::lane).collect();
        index
    }

    /// The rows that match; none where the definition must be asked.
    #[inline]
    pub(super) fn matches<'v>(
        &self,
        (columns, dates): (&[Column], &[RowDates]),
        inputs: &mut impl Inputs<'v>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<Rows<'_>> {
        if self.sets.is_small() {
            return self.few_rows((columns, dates), inputs, policy_date, bounds).map(Rows::bits);
        }
        let mut chosen = Few::new(self.sets.full());
        let is_rough = self.choose(&mut chosen, inputs, policy_date, bounds)?;
        let common = Common::new(&self.sets, chosen);
        if !is_rough {
            return Some(Rows::common(common));
        }
        let in_force = common.filter(|row| dates.get(*row).is_none_or(|dates| dates.hold(policy_date)));
        self.checked(in_force, columns, inputs, bounds).map(Rows::checked)
    }

    /// Chooses the sets of the rows that admit the inputs, one a column, without those that hold all rows; the smallest comes first: it
    /// empties most words, so the others need not be looked at. Are the rows that these have in common to be looked at again?
    #[inline]
    fn choose<'v>(
        &self,
        chosen: &mut Few<Set>,
        inputs: &mut impl Inputs<'v>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<bool> {
        let mut is_rough = false;
        if let Some(segments) = &self.dates {
            is_rough |= segments.rough.is_some();
            chosen.push(segments.set(segment_of_date(segments, policy_date, bounds)?)?);
        }
        for (at, lane) in self.lanes.iter().enumerate() {
            let brief = inputs.brief(at);
            let segment = match lane.segment(brief) {
                Some(segment) => segment,
                None => self.asked((at, brief), inputs, bounds)?,
            };
            let set = lane.set(segment)?;
            is_rough |= lane.is_rough_at(segment);
            if set != self.sets.full() {
                chosen.push(set);
            }
        }
        if chosen.as_slice().is_empty() {
            chosen.push(self.sets.full());
        }
        chosen.least_to_front(|set| set.size);
        Some(is_rough)
    }

    /// The segment of an input that the lane of its column does not tell.
    #[cold]
    fn asked<'v>(&self, input: (usize, Brief), inputs: &mut impl Inputs<'v>, bounds: &dyn Bounds) -> Option<usize> {
        segment(self.columns.get(input.0)?, input, inputs, (bounds, self.bare_means(bounds)))
    }

    /// The first row that matches, or that there is none; none where the definition must be asked.
    #[inline]
    pub(super) fn first<'v>(
        &self,
        of: (&[Column], &[RowDates]),
        inputs: &mut impl Inputs<'v>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<FirstRow> {
        if self.sets.is_small() {
            let rows = self.few_rows(of, inputs, policy_date, bounds)?;
            return Some(FirstRow((rows != 0).then(|| rows.trailing_zeros() as usize)));
        }
        if self.sets.strides() <= STRIDES_SOME {
            let (rows, is_rough) = self.some_rows(inputs, policy_date, bounds)?;
            if !is_rough {
                let mut strides = rows.iter().take(self.sets.strides()).enumerate();
                return Some(FirstRow(strides.find_map(|(at, stride)| stride.first().map(|row| at * STRIDE_ROWS + row))));
            }
        } else {
            let mut chosen = Few::new(self.sets.full());
            if !self.choose(&mut chosen, inputs, policy_date, bounds)? {
                return Some(FirstRow(self.sets.first_common(chosen.as_slice())));
            }
        }
        self.matches(of, inputs, policy_date, bounds).map(|rows| FirstRow(rows.first()))
    }

    /// The rows of a table of some, and whether they are to be looked at again. All are put together at once, which takes less than to
    /// choose among the sets.
    #[inline]
    fn some_rows<'v>(
        &self,
        inputs: &mut impl Inputs<'v>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<([Stride; STRIDES_SOME], bool)> {
        let mut rows = [Stride::FULL; STRIDES_SOME];
        let mut keep = |set| rows.iter_mut().zip(self.sets.rows_of(set)).for_each(|(stride, column)| stride.keep(column));
        let mut is_rough = false;
        let in_force = match &self.dates {
            Some(segments) => {
                is_rough |= segments.rough.is_some();
                segments.set(segment_of_date(segments, policy_date, bounds)?)?
            }
            None => self.sets.full(),
        };
        keep(in_force);
        for (at, lane) in self.lanes.iter().enumerate() {
            let brief = inputs.brief(at);
            let segment = match lane.segment(brief) {
                Some(segment) => segment,
                None => self.asked((at, brief), inputs, bounds)?,
            };
            is_rough |= lane.is_rough_at(segment);
            keep(lane.set(segment)?);
        }
        Some((rows, is_rough))
    }

    /// The rows of a table of no more than 64, as bits.
    #[inline]
    fn few_rows<'v>(
        &self,
        (columns, dates): (&[Column], &[RowDates]),
        inputs: &mut impl Inputs<'v>,
        policy_date: Date,
        bounds: &dyn Bounds,
    ) -> Option<u64> {
        let mut rows = self.all_rows;
        let mut is_rough = false;
        if let Some(segments) = &self.dates {
            is_rough |= segments.rough.is_some();
            rows &= segments.bits(segment_of_date(segments, policy_date, bounds)?)?;
        }
        for (at, lane) in self.lanes.iter().enumerate() {
            let brief = inputs.brief(at);
            let segment = match lane.segment(brief) {
                Some(segment) => segment,
                None => self.asked((at, brief), inputs, bounds)?,
            };
            is_rough |= lane.is_rough_at(segment);
            rows &= lane.bits(segment)?;
        }
        if !is_rough {
            return Some(rows);
        }
        let in_force = Rows::bits(rows).filter(|row| dates.get(*row).is_none_or(|dates| dates.hold(policy_date)));
        let checked = self.checked(in_force, columns, inputs, bounds)?;
        Some(checked.as_slice().iter().fold(0, |rows, row| rows | 1 << row))
    }

    /// The mark of the currency that a bound without one means, where it matters.
    #[inline]
    fn bare_means(&self, bounds: &dyn Bounds) -> u32 {
        let currency = if self.has_bare { bounds.bare_currency() } else { None };
        currency.map_or(NO_CURRENCY, Currency::mark)
    }

    /// For every column the rows that admit its input; none where the definition must be asked.
    pub(super) fn admitted<'v>(&self, inputs: &mut impl Inputs<'v>, bounds: &dyn Bounds) -> Option<Admitted<'_>> {
        let mut chosen = Few::new(self.sets.full());
        let bare_means = self.bare_means(bounds);
        for (at, segments) in self.columns.iter().enumerate() {
            let brief = inputs.brief(at);
            let segment = segment(segments, (at, brief), inputs, (bounds, bare_means))?;
            if segments.is_rough_at(segment) {
                return None;
            }
            chosen.push(segments.set(segment)?);
        }
        Some(Admitted { sets: &self.sets, chosen })
    }

    /// Those of the rows whose rough cells hold as well.
    #[cold]
    fn checked<'v>(
        &self,
        candidates: impl Iterator<Item = usize>,
        columns: &[Column],
        inputs: &mut impl Inputs<'v>,
        bounds: &dyn Bounds,
    ) -> Option<Few<u32>> {
        let mut rows = Few::new(0);
        'rows: for row in candidates {
            for (at, (segments, column)) in self.columns.iter().zip(columns).enumerate() {
                let Some(rough) = segments.rough else { continue };
                if self.sets.has(rough, row) && !column.cell(row).holds_of(inputs.given(at)?.view(), bounds).ok()? {
                    continue 'rows;
                }
            }
            rows.push(u32::try_from(row).ok()?);
        }
        Some(rows)
    }

    pub(super) fn bytes(&self) -> usize {
        let columns = self.columns.iter().chain(&self.dates).map(Segments::bytes).sum::<usize>();
        columns + self.lanes.iter().map(Lane::bytes).sum::<usize>() + self.sets.bytes()
    }
}

/// For every column the rows that admit its input.
pub(super) struct Admitted<'a> {
    sets: &'a Sets,
    chosen: Few<Set>,
}

impl Admitted<'_> {
    /// How many columns do not admit theirs in a row; one more than `most` stands for all above it.
    pub(super) fn failures(&self, row: usize, most: usize) -> usize {
        let failed = self.chosen.as_slice().iter().filter(|set| !self.sets.has(**set, row));
        failed.take(most.saturating_add(1)).count()
    }

    /// Which columns these are, in order.
    pub(super) fn failed(&self, row: usize) -> impl Iterator<Item = usize> {
        let columns = self.chosen.as_slice().iter().enumerate();
        columns.filter(move |(_, set)| !self.sets.has(**set, row)).map(|(column, _)| column)
    }
}

/// The number of the first row that matches, if one does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FirstRow(pub(crate) Option<usize>);

/// Where a matcher reads its inputs, one for each column.
pub(crate) trait Inputs<'v> {
    /// The input of a column in brief; long where that is not to be had.
    fn brief(&mut self, column: usize) -> Brief;

    /// The input itself; nothing where it cannot be read.
    fn given(&mut self, column: usize) -> Option<Given<'v>>;
}

/// The segment of an input.
#[inline]
fn segment<'v>(
    segments: &Segments,
    (at, brief): (usize, Brief),
    inputs: &mut impl Inputs<'v>,
    (bounds, bare_means): (&dyn Bounds, u32),
) -> Option<usize> {
    match segments.segment_of(brief, bare_means) {
        None => segment_of_whole(segments, at, inputs, bounds),
        segment => segment,
    }
}

#[cold]
fn segment_of_whole<'v>(segments: &Segments, at: usize, inputs: &mut impl Inputs<'v>, bounds: &dyn Bounds) -> Option<usize> {
    segments.segment(inputs.given(at)?.view(), bounds)
}

fn segment_of_date(segments: &Segments, policy_date: Date, bounds: &dyn Bounds) -> Option<usize> {
    segments.segment(Fact::Known(View::Date(policy_date)), bounds)
}

fn dates_column(dates: &[RowDates]) -> Column {
    let mut builder = super::ColumnBuilder::new(Kind::Date);
    for dates in dates {
        builder.push(dates.as_cell());
    }
    builder.column
}
