//! Segments of known values, said again: as the conditions of a cell, and in words.

use super::cut::Cut;
use crate::rule::{Bound, Cell, Comparison, Condition, Interval};
use crate::value::{Money, Value};

impl Cut {
    /// The bound at a point, as a cell holds it.
    pub(super) fn bound(&self, at: usize) -> Option<Bound> {
        match self {
            Self::Ordered(points) => points.get(at).cloned().map(Bound::Value),
            Self::Money(Some(currency), points) => {
                points.get(at).map(|amount| Bound::Value(Money::new(*amount, *currency).into()))
            }
            Self::Money(None, points) => points.get(at).map(|amount| Bound::Amount(*amount)),
            _ => None,
        }
    }

    /// Conditions that together admit these segments.
    pub(super) fn conditions(&self, void: &[bool], ranges: &[(usize, usize)]) -> Vec<Condition> {
        let len = self.len();
        let holds = |segment: usize| ranges.iter().any(|(from, to)| (*from..*to).contains(&segment));
        match self {
            Self::Ordered(_) | Self::Money(..) => {
                let joined = self.joined(void, ranges);
                if joined.as_slice() == [(0, len)] {
                    return vec![known()];
                }
                joined.iter().filter_map(|(from, to)| self.between(*from, *to)).collect()
            }
            Self::Names(values) | Self::Texts(values) => {
                let others = len > values.len();
                let named = |wanted: bool| {
                    let those = values.iter().enumerate().filter(move |(at, _)| holds(*at) == wanted);
                    those.map(|(_, value)| Condition::Equal(Bound::Value(value.clone()))).collect::<Vec<_>>()
                };
                let out = named(false);
                if ranges.is_empty() {
                    Vec::new()
                } else if out.is_empty() && (!others || holds(values.len())) {
                    vec![known()]
                } else if (others && holds(values.len())) || (!others && out.len() * 2 < values.len()) {
                    vec![Condition::Not(out)]
                } else {
                    named(true)
                }
            }
            Self::Places(places) => {
                let inside = places.iter().enumerate().filter(|(at, _)| holds(*at));
                inside.map(|(_, (place, _))| Condition::Equal(Bound::Value(Value::Place(*place)))).collect()
            }
            Self::Lists(inner, groups) => {
                let mut conditions = Vec::new();
                if holds(0) {
                    conditions.push(Condition::Empty);
                }
                // A list that has an item of a group is one of those that are meant, or near enough to be tried.
                for (at, group) in groups.iter().enumerate().filter(|(at, _)| holds(1 << at)) {
                    let _ = at;
                    let ranges: Vec<(usize, usize)> = group.iter().map(|segment| (*segment, segment + 1)).collect();
                    conditions.extend(inner.conditions(&[], &ranges));
                }
                if conditions.is_empty() && !ranges.is_empty() { vec![Condition::Present] } else { conditions }
            }
            Self::Whole => {
                if holds(0) {
                    vec![known()]
                } else {
                    Vec::new()
                }
            }
        }
    }

    /// Ranges with the segments between them that no value has.
    pub(super) fn joined(&self, void: &[bool], ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let is_void = |segment: usize| void.get(segment).copied().unwrap_or(false);
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for (from, to) in ranges {
            let from = (0..*from).rev().take_while(|segment| is_void(*segment)).last().unwrap_or(*from);
            let to = (*to..self.len()).take_while(|segment| is_void(*segment)).last().map_or(*to, |last| last + 1);
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        joined
    }

    /// The condition that admits the segments from one to another.
    pub(super) fn between(&self, from: usize, to: usize) -> Option<Condition> {
        let last = to.checked_sub(1)?;
        let lower = match (from, from % 2) {
            (0, _) => None,
            (_, 1) => Some((Comparison::AtLeast, self.bound(from / 2)?)),
            _ => Some((Comparison::Over, self.bound(from / 2 - 1)?)),
        };
        let upper = match (last == self.len() - 1, last % 2) {
            (true, _) => None,
            (_, 1) => Some((Comparison::AtMost, self.bound(last / 2)?)),
            _ => Some((Comparison::Under, self.bound(last / 2)?)),
        };
        Some(match (lower, upper) {
            (None, None) => known(),
            (Some((comparison, bound)), None) | (None, Some((comparison, bound))) => Condition::Compare(comparison, bound),
            (Some((Comparison::AtLeast, from)), Some((Comparison::AtMost, to))) if from == to => Condition::Equal(from),
            (Some((low, from)), Some((high, to))) => {
                Condition::Within(Interval { from, from_included: low.is_inclusive(), to, to_included: high.is_inclusive() })
            }
        })
    }

    pub(super) fn words(&self, void: &[bool], ranges: &[(usize, usize)]) -> String {
        let holds = |segment: usize| ranges.iter().any(|(from, to)| (*from..*to).contains(&segment));
        match self {
            Self::Places(places) => {
                let inside = places.iter().enumerate().filter(|(at, _)| holds(*at)).map(|(_, (_, words))| words.as_str());
                inside.collect::<Vec<_>>().join(", ")
            }
            Self::Lists(inner, groups) => {
                let group = |at: usize| {
                    let ranges: Vec<(usize, usize)> =
                        groups.get(at).into_iter().flatten().map(|segment| (*segment, segment + 1)).collect();
                    inner.words(&[], &ranges)
                };
                let one = |segment: usize| {
                    let has: Vec<String> = (0..groups.len()).filter(|at| segment & (1 << at) != 0).map(group).collect();
                    if has.is_empty() { "empty".to_owned() } else { format!("has {}", has.join(" and ")) }
                };
                // What every list with an item of one group has in common is said once.
                let whole =
                    (0..groups.len()).find(|at| (0..self.len()).all(|segment| holds(segment) == (segment & (1 << at) != 0)));
                let none =
                    (0..groups.len()).find(|at| (0..self.len()).all(|segment| holds(segment) == (segment & (1 << at) == 0)));
                match (whole, none) {
                    (Some(at), _) => format!("has {}", group(at)),
                    (_, Some(at)) => format!("has no {}", group(at)),
                    _ if (1..self.len()).all(holds) && !holds(0) => "has an item".to_owned(),
                    _ => (0..self.len()).filter(|segment| holds(*segment)).map(one).collect::<Vec<_>>().join(" or "),
                }
            }
            _ => {
                let conditions = self.conditions(void, ranges);
                if conditions.is_empty() { String::new() } else { Cell::OneOf(conditions).describe() }
            }
        }
    }
}

/// The condition that every known value satisfies.
fn known() -> Condition {
    Condition::Not(vec![Condition::Unknown])
}
