//! A set of segments said as a cell, so that a finding can tell what to write.

use super::axis::{Axis, Reading, Stand};
use super::set::SegmentSet;
use crate::rule::cell::scale::Scale;
use crate::rule::{Bound, Cell, Comparison, Condition, Interval};
use crate::value::{Kind, Value};

impl Axis {
    /// The cell that admits exactly these segments; none where it would have to be long, or the kind has no such words.
    pub(crate) fn cell(&self, set: &SegmentSet) -> Option<Cell> {
        if *set == self.whole() {
            return Some(Cell::Any);
        }
        let Reading::Scale(scale, kept) = &self.reading else { return None };
        let known = set.and(&self.known());
        let mut conditions = self.of_values(scale, kept, &known)?;
        for segment in set.minus(&self.known()).iter() {
            conditions.push(if self.stand(segment)? == &Stand::Missing { Condition::Missing } else { Condition::Unknown });
        }
        (!conditions.is_empty() && conditions.len() <= CONDITIONS_MAX).then_some(Cell::OneOf(conditions))
    }

    fn of_values(&self, scale: &Scale, kept: &[u32], set: &SegmentSet) -> Option<Vec<Condition>> {
        if set.is_empty() {
            return Some(Vec::new());
        }
        if *set == self.known() {
            return Some(vec![Condition::Not(vec![Condition::Unknown])]);
        }
        let equal = |set: &SegmentSet| set.iter().map(|at| Some(Condition::Equal(self.bound(at)?))).collect::<Option<Vec<_>>>();
        match scale {
            Scale::Boolean => equal(set),
            Scale::Enum(names) => {
                let rest = self.known().minus(set);
                match set.ranges() {
                    [(from, to)] if names.ordered && *to == self.known().len() && to - from > 1 => {
                        Some(vec![Condition::Compare(Comparison::AtLeast, self.bound(*from)?)])
                    }
                    [(0, to)] if names.ordered && *to > 1 => {
                        Some(vec![Condition::Compare(Comparison::AtMost, self.bound(to - 1)?)])
                    }
                    _ if rest.len() < set.len() && set.len() > LISTED_MAX => Some(vec![Condition::Not(equal(&rest)?)]),
                    _ => equal(set),
                }
            }
            Scale::Text(_) => {
                let rest = self.known().minus(set);
                let others = self.known().len().checked_sub(1)?;
                if set.holds(others) { Some(vec![Condition::Not(equal(&rest)?)]) } else { equal(set) }
            }
            Scale::Integer(_)
            | Scale::Decimal(_)
            | Scale::Money(_)
            | Scale::Date(_)
            | Scale::DateTime(_)
            | Scale::Duration(_) => set.ranges().iter().map(|range| self.stretch(scale, kept, *range)).collect(),
            Scale::Place(_) | Scale::Whole(_) => None,
        }
    }

    /// The value that stands in a segment.
    fn bound(&self, segment: u32) -> Option<Bound> {
        match self.stand(segment)? {
            Stand::Value(value) => Some(Bound::Value(value.clone())),
            Stand::Given | Stand::Missing | Stand::Unknown => None,
        }
    }

    /// The condition on the values of a range of segments.
    fn stretch(&self, scale: &Scale, kept: &[u32], (from, to): (u32, u32)) -> Option<Condition> {
        // The segment of the scale that was kept as that one.
        let original = |segment: u32| kept.iter().rposition(|before| *before == segment);
        let point = |segment: usize| {
            let everything = crate::rule::cell::scale::sample::Range { least: None, most: None, ..self.range };
            scale.sample(segment, everything).map(Bound::Value)
        };
        let is_whole = matches!(self.kind, Kind::Integer | Kind::Date);
        let (first, last) = (original(from)?, original(to - 1)?);
        let lower = match from {
            0 => None,
            // Of whole numbers the least is known.
            _ if is_whole => Some((Comparison::AtLeast, self.bound(from)?)),
            _ if first.is_multiple_of(2) => Some((Comparison::Over, point(first.checked_sub(1)?)?)),
            _ => Some((Comparison::AtLeast, point(first)?)),
        };
        let upper = match to {
            _ if to == self.known().len() => None,
            _ if last.is_multiple_of(2) => Some((Comparison::Under, point(last + 1)?)),
            _ => Some((Comparison::AtMost, point(last)?)),
        };
        match (lower, upper) {
            (None, None) => None,
            (Some((comparison, bound)), None) | (None, Some((comparison, bound))) => Some(Condition::Compare(comparison, bound)),
            (Some((_, low)), Some((_, high))) if low == high => Some(Condition::Equal(low)),
            (Some((lower, from)), Some((upper, to))) => {
                let to_included = upper == Comparison::AtMost;
                let (to, to_included) = if is_whole && !to_included { (one_less(to)?, true) } else { (to, to_included) };
                if from == to {
                    return Some(Condition::Equal(from));
                }
                Some(Condition::Within(Interval { from, from_included: lower == Comparison::AtLeast, to, to_included }))
            }
        }
    }
}

/// So many names are listed rather than told by what is left out.
const LISTED_MAX: u32 = 3;

/// A cell with more alternatives than this tells nobody what to write.
const CONDITIONS_MAX: usize = 6;

fn one_less(bound: Bound) -> Option<Bound> {
    match bound {
        Bound::Value(Value::Integer(number)) => Some(Bound::Value(Value::Integer(number.checked_sub(1)?))),
        Bound::Value(Value::Date(day)) => Some(Bound::Value(Value::Date(day.plus_days(-1).ok()?))),
        other => Some(other),
    }
}
