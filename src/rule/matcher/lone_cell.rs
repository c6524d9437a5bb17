//! One cell alone, as guardrails and plugins ask it: for each segment of its column what it says.

use super::segments::Segments;
use super::sets::Sets;
use super::{Column, ColumnBuilder};
use crate::limits::TABLE_INDEX_BYTES_MAX;
use crate::rule::cell::{Bound, Cell, Judgement, NoBounds};
use crate::value::{Brief, Fact, Kind};

/// A cell, ready to be asked about facts in brief.
#[derive(Clone, Debug)]
pub(crate) struct LoneCell {
    segments: Segments,
    /// What it says of a missing and of an unknown fact.
    of_absent: [Judgement; 2],
}

impl LoneCell {
    /// Prepares a cell about facts of a kind. Constants are as for [`super::Matcher::with_constants`].
    pub(crate) fn new(kind: &Kind, cell: &Cell, constants: &dyn Fn(&Bound) -> Option<Bound>) -> Self {
        let mut builder = ColumnBuilder::new(kind.clone());
        builder.push(cell.with_constants(constants));
        let column: Column = builder.column;
        let mut sets = Sets::new(1);
        let mut segments = Segments::new(&column, TABLE_INDEX_BYTES_MAX / sets.set_bytes(), &mut sets);
        segments.keep_bits(&sets);
        // Nothing is compared with what is absent, so nothing is refused.
        let of_absent = [Fact::Missing, Fact::Unknown].map(|fact| cell.judge(fact, &NoBounds).unwrap_or(Judgement::Open));
        Self { segments, of_absent }
    }

    /// What the cell says of a fact, where bounds without a currency mean the one of that mark; none where the cell itself has to be
    /// asked.
    #[inline]
    pub(crate) fn judge(&self, fact: Brief, bare_means: u32) -> Option<Judgement> {
        if let Some(absent) = fact.state().and_then(|state| self.of_absent.get(state)) {
            return Some(*absent);
        }
        let segment = self.segments.segment_of(fact, bare_means)?;
        if self.segments.is_rough_at(segment) {
            return None;
        }
        self.segments.bits(segment).map(|bits| if bits == 0 { Judgement::No } else { Judgement::Yes })
    }
}
