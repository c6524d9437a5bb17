//! The index of a table: sets of rows as bits, one for each segment of each column, and what they have in common.

use super::few::Few;
use super::rows::{Common, Rows};
use super::segments::Segments;
use super::{Column, RowDates};
use crate::rule::cell::Bounds;
use crate::value::{Date, Fact, Kind, Value};
use std::collections::HashMap;

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
        let dated = dates.iter().any(|dates| *dates != RowDates::default());
        let share = columns.len() + usize::from(dated);
        let segments_max = bytes_max / share.max(1) / sets.set_bytes();
        let dates = dated.then(|| Segments::new(&dates_column(dates), segments_max, &mut sets));
        let columns = columns.iter().map(|column| Segments::new(column, segments_max, &mut sets)).collect();
        sets.known = HashMap::new();
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
        let mut chosen = Few::new();
        let mut is_rough = false;
        if let Some(segments) = &self.dates {
            is_rough |= segments.rough.is_some();
            chosen.push(segments.set(&Fact::Known(Value::Date(policy_date)), bounds)?);
        }
        for (at, segments) in self.columns.iter().enumerate() {
            let fact = inputs.get(at).unwrap_or(&Fact::Missing);
            let set = segments.set(fact, bounds)?;
            is_rough |= segments.rough.is_some() && fact.is_known();
            if set != self.sets.full {
                chosen.push(set);
            }
        }
        self.sets.smallest_first(&mut chosen);
        let common = Common::new(&self.sets, chosen);
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
        columns + self.sets.bits.len() * size_of::<u64>() + self.sets.sizes.len() * size_of::<u32>()
    }
}

fn dates_column(dates: &[RowDates]) -> Column {
    let mut builder = super::ColumnBuilder::new(Kind::Date);
    dates.iter().for_each(|dates| builder.push(dates.as_cell()));
    builder.column
}

/// Sets of rows. Each takes `blocks` words of a summary (one bit for each word that is not empty) and `words` words of rows.
#[derive(Clone, Debug)]
pub(super) struct Sets {
    blocks: usize,
    words: usize,
    bits: Vec<u64>,
    /// How many rows each set has.
    sizes: Vec<u32>,
    /// The set of all rows.
    full: u32,
    /// Sets by their words, while the index is built.
    known: HashMap<Box<[u64]>, u32>,
}

impl Sets {
    fn new(rows: usize) -> Self {
        let words = rows.div_ceil(64).max(1);
        let mut sets = Self {
            blocks: words.div_ceil(64),
            words,
            bits: Vec::new(),
            sizes: Vec::new(),
            full: 0,
            known: HashMap::new(),
        };
        let mut full = sets.blank();
        (0..rows).filter_map(|row| u32::try_from(row).ok()).for_each(|row| sets.flip(&mut full, row));
        sets.full = sets.intern(&full);
        sets
    }

    fn set_bytes(&self) -> usize {
        (self.blocks + self.words) * size_of::<u64>()
    }

    /// The words of a set without rows, not yet among the sets.
    pub(super) fn blank(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// Puts a row into a set that lacks it, and takes it out of one that has it.
    #[expect(clippy::unused_self, reason = "reads as what it is: sets flip a row")]
    pub(super) fn flip(&self, set: &mut [u64], row: u32) {
        if let Some(word) = set.get_mut(row as usize / 64) {
            *word ^= 1 << (row % 64);
        }
    }

    /// The number of the set with these words.
    pub(super) fn intern(&mut self, words: &[u64]) -> u32 {
        if let Some(known) = self.known.get(words) {
            return *known;
        }
        let number = u32::try_from(self.sizes.len()).unwrap_or(u32::MAX);
        for block in words.chunks(64) {
            let used = block.iter().enumerate().filter(|(_, word)| **word != 0);
            self.bits.push(used.fold(0, |summary, (at, _)| summary | 1 << at));
        }
        self.bits.extend_from_slice(words);
        self.sizes.push(words.iter().map(|word| word.count_ones()).sum());
        self.known.insert(words.into(), number);
        number
    }

    #[inline]
    fn word(&self, set: u32, at: usize) -> u64 {
        self.bits.get(set as usize * (self.blocks + self.words) + at).copied().unwrap_or(0)
    }

    fn has(&self, set: u32, row: usize) -> bool {
        self.word(set, self.blocks + row / 64) >> (row % 64) & 1 == 1
    }

    /// The smallest set empties most words, so it is looked at first.
    #[inline]
    fn smallest_first(&self, chosen: &mut Few) {
        chosen.as_mut_slice().sort_unstable_by_key(|set| self.sizes.get(*set as usize).copied().unwrap_or(0));
    }

    /// The rows of a word that all the sets have.
    #[inline]
    pub(super) fn common_word(&self, chosen: &[u32], at: usize) -> u64 {
        let Some((first, rest)) = chosen.split_first() else { return self.word(self.full, self.blocks + at) };
        let mut common = self.word(*first, self.blocks + at);
        for set in rest {
            if common == 0 {
                break;
            }
            common &= self.word(*set, self.blocks + at);
        }
        common
    }

    /// The words of a block that are empty in none of the sets; none behind the last block.
    #[inline]
    pub(super) fn common_block(&self, chosen: &[u32], at: usize) -> Option<u64> {
        if at >= self.blocks {
            return None;
        }
        let Some((first, rest)) = chosen.split_first() else { return Some(self.word(self.full, at)) };
        Some(rest.iter().fold(self.word(*first, at), |common, set| common & self.word(*set, at)))
    }
}
