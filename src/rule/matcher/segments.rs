//! The sets of rows of one column: one for each state that is told without a value (missing, unknown, a list without items), one
//! for each segment of known values.

use super::Column;
use super::doubts::{Clear, Doubts};
use super::sets::{Set, Sets, flip};
use crate::rule::cell::coverage::Coverage;
use crate::rule::cell::scale::{Probe, Scale};
use crate::rule::cell::{Bound, Bounds, Cell, Condition, NoBounds};
use crate::value::{Brief, Fact, Kind, STATES, Value, View};

/// The segments of a missing and of an unknown fact, before those of known values; behind them stands that of an empty list.
const MISSING: usize = 0;
const UNKNOWN: usize = 1;
/// The first segment of known values.
const KNOWN: usize = STATES;

#[derive(Clone, Debug)]
pub(super) struct Segments {
    scale: Scale,
    doubts: Option<Box<Doubts>>,
    pub(super) clear: Clear,
    /// How many of the states a fact of this kind may be in: only a list can be empty.
    states: usize,
    /// The set of rows of each segment.
    sets: Vec<Set>,
    /// Rows whose cells must be looked at again for a known value, since the segments do not tell their bounds apart.
    pub(super) rough: Option<Set>,
    /// From which segment on that is so.
    rough_from: usize,
    /// The same sets as bits, where the table has few rows.
    bits: Vec<u64>,
}

impl Segments {
    /// Cuts a column into at most `segments_max` segments.
    pub(super) fn new(column: &Column, segments_max: usize, sets: &mut Sets) -> Self {
        let mut bounds: Vec<&Bound> = Vec::new();
        for cell in &column.cells {
            cell.each_bound(&mut |bound, _| bounds.push(bound));
        }
        let scale = Scale::new(&column.kind, &bounds, segments_max);
        let doubts = Doubts::of(column, &scale);
        let rows = rows_of_cells(column);

        let states = states();
        let mut rough = sets.blank();
        let mut has_rough = false;
        // Which cells begin and which cease to hold at each segment.
        let mut turns: Vec<Vec<u32>> = vec![Vec::new(); KNOWN + scale.len() + 1];
        for (at, (cell, rows)) in column.cells.iter().zip(&rows).enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            let coverage = coverage(&scale, cell);
            if !coverage.exact {
                has_rough = true;
                for row in rows {
                    flip(&mut rough, *row);
                }
            }
            let ranges = states
                .iter()
                .enumerate()
                .filter(|(_, state)| cell.holds(state, &NoBounds).unwrap_or(false))
                .map(|(segment, _)| (segment, segment + 1))
                .chain(coverage.ranges().iter().map(|(from, to)| (KNOWN + from, KNOWN + to)));
            for (from, to) in ranges {
                for turn in [from, to] {
                    if let Some(cells) = turns.get_mut(turn) {
                        cells.push(at);
                    }
                }
            }
        }

        let mut current = sets.blank();
        turns.pop();
        let of_segments = turns
            .iter()
            .map(|cells| {
                let rows = cells.iter().filter_map(|cell| rows.get(*cell as usize)).flatten();
                rows.for_each(|row| flip(&mut current, *row));
                sets.intern(&current)
            })
            .collect();
        let rough = has_rough.then(|| sets.intern(&rough));
        let rough_from = if has_rough { KNOWN } else { usize::MAX };
        let of_segments: Vec<Set> = of_segments;
        let clear = doubts.as_ref().map_or(Clear::Always, |doubts| doubts.told());
        let states = if matches!(column.kind, Kind::List(_)) { STATES } else { STATES - 1 };
        Self { scale, doubts, clear, states, sets: of_segments, rough, rough_from, bits: Vec::new() }
    }

    /// What is asked of every case, apart.
    pub(super) fn lane(&self) -> Lane {
        let is_told = self.clear.is_always() || self.clear.currency().is_some();
        let probe = if is_told { Probe::new(&self.scale, self.clear.currency()) } else { Probe::Untold };
        Lane { probe, bits: self.bits.clone().into(), sets: self.sets.clone().into(), rough_from: self.rough_from }
    }

    /// The set of rows that admit a fact, by its segment.
    #[inline]
    pub(super) fn set(&self, segment: usize) -> Option<Set> {
        self.sets.get(segment).copied()
    }

    /// The same as bits, after [`Segments::keep_bits`].
    #[inline]
    pub(super) fn bits(&self, segment: usize) -> Option<u64> {
        self.bits.get(segment).copied()
    }

    /// The segment of a fact told in brief, where bounds without a currency mean the one of that mark; none where the fact itself
    /// has to be read.
    #[inline]
    pub(super) fn segment_of(&self, brief: Brief, bare_means: u32) -> Option<usize> {
        if let Some(state) = brief.state() {
            return (state < self.states).then_some(state);
        }
        if !self.clear.holds_for(brief, bare_means) {
            return None;
        }
        self.scale.segment_of(brief).map(|segment| KNOWN + segment)
    }

    /// Are there rows to be looked at again for a fact of that segment?
    #[inline]
    pub(super) fn is_rough_at(&self, segment: usize) -> bool {
        segment >= self.rough_from
    }

    /// The segment of a fact, as far as the segments tell; none where a comparison might be refused.
    #[inline]
    pub(super) fn segment(&self, fact: Fact<View<'_>>, bounds: &dyn Bounds) -> Option<usize> {
        Some(match fact {
            Fact::Missing => MISSING,
            Fact::Unknown => UNKNOWN,
            Fact::Known(value) => {
                let spot = self.scale.locate(value)?;
                if let Some(doubts) = &self.doubts
                    && !doubts.clear(value, bounds)
                {
                    return None;
                }
                KNOWN + spot.segment
            }
        })
    }

    /// Keeps the sets as bits too: the table has no more rows than a word has bits.
    pub(super) fn keep_bits(&mut self, sets: &Sets) {
        self.bits = self.sets.iter().map(|set| sets.first_word(*set)).collect();
    }

    /// How many bytes it takes beside its sets.
    pub(super) fn bytes(&self) -> usize {
        self.sets.len() * size_of::<Set>() + self.bits.len() * size_of::<u64>()
    }
}

/// What most facts need of a column, in the smallest room: large tables live in caches or not.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    probe: Probe,
    /// See [`Segments`]; empty where the table has many rows.
    bits: Box<[u64]>,
    sets: Box<[Set]>,
    rough_from: usize,
}

impl Lane {
    /// The segment of a fact; none where the segments have to be asked.
    #[inline]
    pub(super) fn segment(&self, brief: Brief) -> Option<usize> {
        match self.probe.segment(brief) {
            Some(segment) => Some(KNOWN + segment),
            // The state of a list is for its segments to tell.
            None => brief.state().filter(|state| *state <= UNKNOWN),
        }
    }

    /// The rows of a table of few that admit the facts of a segment.
    #[inline]
    pub(super) fn bits(&self, segment: usize) -> Option<u64> {
        self.bits.get(segment).copied()
    }

    /// The set of rows that admit the facts of a segment.
    #[inline]
    pub(super) fn set(&self, segment: usize) -> Option<Set> {
        self.sets.get(segment).copied()
    }

    /// Are there rows to be looked at again for a fact of that segment?
    #[inline]
    pub(super) fn is_rough_at(&self, segment: usize) -> bool {
        segment >= self.rough_from
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.sets) + size_of_val(&*self.bits)
    }
}

/// The facts that are told by their states, each at its number.
fn states() -> [Fact<Value>; STATES] {
    [Fact::Missing, Fact::Unknown, Fact::Known(Value::list([]))]
}

fn rows_of_cells(column: &Column) -> Vec<Vec<u32>> {
    let mut rows = vec![Vec::new(); column.cells.len()];
    for (row, cell) in column.cell_of_row.iter().enumerate() {
        if let (Some(rows), Ok(row)) = (rows.get_mut(*cell as usize), u32::try_from(row)) {
            rows.push(row);
        }
    }
    rows
}

fn coverage(scale: &Scale, cell: &Cell) -> Coverage {
    match cell {
        Cell::Any => scale.coverage(&Condition::Not(Vec::new())),
        Cell::OneOf(conditions) => scale.coverage_of_any(conditions),
    }
}
