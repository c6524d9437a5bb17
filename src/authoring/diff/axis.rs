//! What the rules of both sides look at, cut into segments within which none of their conditions tells two values apart.
//!
//! A segment is *missing*, *unknown*, *cannot be told* (a derived input or another decision that fails, an amount in a currency that no
//! bound has), or a range of known values. Cells become sets of segments, exactly; where that cannot be done, the column is not cut and
//! nothing about it is proven.

use super::cut::{ColumnCells, Cut, Ground, groups, is_of_state};
use crate::rule::cell::coverage::Coverage;
use crate::rule::{Cell, Condition};
use crate::script::FactPath;
use crate::value::{Kind, Value};

/// The segment of a missing fact.
pub(super) const MISSING: usize = 0;
/// The segment of an unknown fact.
pub(super) const UNKNOWN: usize = 1;
/// Where a value cannot be told or compared.
pub(super) const TROUBLE: usize = 2;
/// The first segment of known values.
pub(super) const KNOWN: usize = 3;

/// One thing that is looked at.
#[derive(Debug)]
pub(super) struct Axis {
    /// As it is written.
    pub(super) label: String,
    pub(super) old: Option<FactPath>,
    pub(super) new: Option<FactPath>,
    cut: Cut,
    /// Segments that no value has.
    pub(super) void: Vec<bool>,
    /// Is it a fact that a case may give whatever the others are?
    pub(super) free: bool,
    /// Does a guardrail ask for it?
    pub(super) bounds: bool,
}

/// A cell as a set of segments, and the segments in which it cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cover {
    pub(super) ranges: Vec<(usize, usize)>,
    /// It cannot be judged for any known value.
    pub(super) fails: bool,
}

impl Axis {
    /// Cuts what a path gives. `None` where it cannot be cut exactly.
    pub(super) fn new(
        label: String,
        (old, new): (Option<FactPath>, Option<FactPath>),
        kind: &Kind,
        names: &[Value],
        column: &ColumnCells<'_>,
        not_negative: bool,
    ) -> Option<Self> {
        let mut points = Vec::new();
        for (ground, cell) in &column.cells {
            cell.each_bound(&mut |bound, _| points.extend(ground.point(bound)));
        }
        let cut = if let Kind::List(item) = kind {
            let inner = Cut::new(item, names, &points)?;
            let groups = groups(&inner, column)?;
            Cut::Lists(Box::new(inner), groups)
        } else {
            Cut::new(kind, names, &points)?
        };
        let mut void = vec![false; KNOWN];
        void.extend((0..cut.len()).map(|segment| !cut.has_values(segment, not_negative)));
        Some(Self { label, old, new, cut, void, free: false, bounds: false })
    }

    /// How many segments.
    pub(super) fn len(&self) -> usize {
        KNOWN + self.cut.len()
    }

    /// The segments that a cell admits. `judged`: what a missing or unknown fact leaves open holds, as for guardrails.
    pub(super) fn cover(&self, ground: Ground<'_>, cell: &Cell, judged: bool) -> Cover {
        let len = self.cut.len();
        let conditions = cell.conditions();
        let mut ranges = Vec::new();
        let open = judged && !conditions.iter().all(is_of_state);
        if open || conditions.iter().any(|each| matches!(each, Condition::Missing)) {
            ranges.push((MISSING, MISSING + 1));
        }
        if open || conditions.iter().any(|each| matches!(each, Condition::Present | Condition::Unknown)) {
            ranges.push((UNKNOWN, UNKNOWN + 1));
        }
        let known = conditions.iter().try_fold(Coverage::none(), |all, each| Some(all.or(&self.cut.coverage(ground, each)?)));
        let fails = known.is_none();
        let known = known.unwrap_or_else(|| Coverage::range(0, len, true));
        ranges.extend(known.ranges().iter().map(|(from, to)| (KNOWN + from, KNOWN + to)));
        Cover { ranges, fails }
    }

    /// Does the column hold conditions that a value in a foreign currency makes fail?
    pub(super) fn is_money(&self) -> bool {
        matches!(&self.cut, Cut::Money(_, points) if !points.is_empty())
    }

    /// A set of segments as a cell that holds for them; for lists and places, one that holds for some of them at least.
    pub(super) fn cell(&self, segments: &[(usize, usize)]) -> Cell {
        let mut conditions = Vec::new();
        let holds = |segment: usize| segments.iter().any(|(from, to)| (*from..*to).contains(&segment));
        let known: Vec<(usize, usize)> =
            segments.iter().filter(|(_, to)| *to > KNOWN).map(|(from, to)| (from.saturating_sub(KNOWN), to - KNOWN)).collect();
        conditions.extend(self.cut.conditions(self.void.get(KNOWN..).unwrap_or_default(), &known));
        if holds(MISSING) {
            conditions.push(Condition::Missing);
        }
        if holds(UNKNOWN) {
            conditions.push(Condition::Unknown);
        }
        Cell::OneOf(conditions)
    }

    /// A set of segments in words.
    pub(super) fn words(&self, segments: &[(usize, usize)]) -> String {
        let holds = |segment: usize| segments.iter().any(|(from, to)| (*from..*to).contains(&segment));
        let left_out: Vec<usize> = (0..self.len()).filter(|segment| !self.is_void(*segment) && !holds(*segment)).collect();
        let trouble = if self.is_money() { "in another currency" } else { "cannot be worked out" };
        let state = |segment: usize| match segment {
            MISSING => "missing",
            UNKNOWN => "unknown",
            _ => trouble,
        };
        // Nearly everything is said by what is left out.
        let is_known_whole = (KNOWN..self.len()).all(|segment| self.is_void(segment) || holds(segment));
        if is_known_whole && self.cut.len() > 0 {
            // That a value which fails is none of those that are meant goes without saying.
            return match left_out.as_slice() {
                [] | [TROUBLE] => "anything".to_owned(),
                [MISSING] | [MISSING, TROUBLE] => "not missing".to_owned(),
                [UNKNOWN] | [UNKNOWN, TROUBLE] => "not unknown".to_owned(),
                _ => "known".to_owned(),
            };
        }
        let known: Vec<(usize, usize)> =
            segments.iter().filter(|(_, to)| *to > KNOWN).map(|(from, to)| (from.saturating_sub(KNOWN), to - KNOWN)).collect();
        let mut words = Vec::new();
        let said = self.cut.words(self.void.get(KNOWN..).unwrap_or_default(), &known);
        if !said.is_empty() {
            words.push(said);
        }
        words
            .extend((MISSING..KNOWN).filter(|segment| holds(*segment) && !self.is_void(*segment)).map(|it| state(it).to_owned()));
        words.join(", ")
    }

    fn is_void(&self, segment: usize) -> bool {
        self.void.get(segment).copied().unwrap_or(true)
    }
}
