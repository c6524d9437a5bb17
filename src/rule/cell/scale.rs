//! The values of one kind, cut into segments within which no condition at hand can tell two values apart.
//!
//! Kinds with an order are cut at their constants: with constants `10` and `50` the segments are *under 10*, *10*, *between*,
//! *50*, *over 50*. The cell checks ask such a scale whether every value is admitted, the table index keeps a set of rows
//! for each of its segments.

mod number;
mod place;
mod probe;
pub(crate) mod sample;
mod steps;

use super::coverage::Coverage;
use super::{Bound, Comparison, Condition};
use crate::value::{Brief, Date, DateTime, Duration, EnumKind, Kind, Value, View};
use number::Numbers;
use place::Places;
pub(crate) use probe::Probe;
use std::cmp::Ordering;
use std::sync::Arc;
use steps::Steps;

/// See the module.
#[derive(Clone, Debug)]
pub(crate) enum Scale {
    Boolean,
    Enum(Arc<EnumKind>),
    Integer(Steps),
    Decimal(Numbers),
    /// By amount; who uses it sees to it that all amounts are in one currency.
    Money(Numbers),
    Text(Vec<Arc<str>>),
    Date(Vec<Date>),
    DateTime(Vec<DateTime>),
    Duration(Vec<Duration>),
    Place(Places),
    /// One segment: values of this kind are not told apart.
    Whole(Kind),
}

/// Where a value stands on a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) segment: usize,
    /// Does the segment hold no other value?
    pub(crate) exact: bool,
}

impl Scale {
    /// A scale that tells these bounds apart, as far as `segments_max` segments allow: beyond that it keeps every so many
    /// of them, and conditions with another bound are covered only roughly.
    pub(crate) fn new(kind: &Kind, bounds: &[&Bound], segments_max: usize) -> Self {
        let points_max = segments_max.saturating_sub(1) / 2;
        let values = bounds.iter().filter_map(|bound| match bound {
            Bound::Value(value) => Some(value),
            Bound::Amount(_) | Bound::Param { .. } => None,
        });
        let numbers = |each: &dyn Fn(&Bound) -> Option<crate::value::Decimal>| {
            Numbers::new(points(bounds.iter().filter_map(|bound| each(bound)), points_max))
        };
        match kind {
            Kind::Boolean if segments_max >= 2 => Self::Boolean,
            Kind::Enum(names) if names.names.len() <= segments_max => Self::Enum(names.clone()),
            _ if points_max == 0 => Self::Whole(kind.clone()),
            Kind::Integer => Self::Integer(Steps::new(points(values.filter_map(integer), points_max))),
            Kind::Decimal => Self::Decimal(numbers(&|bound| match bound {
                Bound::Value(value) => value.as_decimal(),
                Bound::Amount(_) | Bound::Param { .. } => None,
            })),
            Kind::Money => Self::Money(numbers(&amount)),
            Kind::Text => Self::Text(points(values.filter_map(text), points_max)),
            Kind::Date => Self::Date(points(values.filter_map(date), points_max)),
            Kind::DateTime => Self::DateTime(points(values.filter_map(date_time), points_max)),
            Kind::Duration => Self::Duration(points(values.filter_map(duration), points_max)),
            Kind::Place => {
                let places = values.filter_map(|value| match value {
                    Value::Place(place) => Some(*place),
                    _ => None,
                });
                let places = Places::new(places);
                if places.len() <= segments_max { Self::Place(places) } else { Self::Whole(kind.clone()) }
            }
            Kind::Boolean | Kind::Enum(_) | Kind::List(_) | Kind::Record(_) => Self::Whole(kind.clone()),
        }
    }

    /// How many segments.
    pub(crate) fn len(&self) -> usize {
        let cut = |points: usize| 2 * points + 1;
        match self {
            Self::Boolean => 2,
            Self::Enum(kind) => kind.names.len(),
            Self::Integer(steps) => cut(steps.len()),
            Self::Decimal(numbers) | Self::Money(numbers) => cut(numbers.len()),
            Self::Text(points) => cut(points.len()),
            Self::Date(points) => cut(points.len()),
            Self::DateTime(points) => cut(points.len()),
            Self::Duration(points) => cut(points.len()),
            Self::Place(places) => places.len(),
            Self::Whole(_) => 1,
        }
    }

    /// Where a value stands; none for a value of another kind.
    #[inline]
    pub(crate) fn locate(&self, value: View<'_>) -> Option<Spot> {
        Some(match (self, value) {
            (Self::Boolean, View::Boolean(value)) => Spot { segment: usize::from(value), exact: true },
            (Self::Enum(kind), View::Enum(of, position)) if Arc::ptr_eq(kind, of) || kind == of => {
                Spot { segment: usize::from(position), exact: true }
            }
            (Self::Integer(steps), View::Integer(value)) => {
                let segment = steps.segment(value);
                Spot { segment, exact: segment % 2 == 1 }
            }
            (Self::Decimal(numbers), View::Decimal(value)) => numbers.locate(value),
            (Self::Decimal(numbers), View::Integer(value)) => numbers.locate(value.into()),
            (Self::Money(numbers), View::Money(value)) => numbers.locate(value.amount()),
            (Self::Text(points), View::Text(value)) => {
                spot_of(points.len(), |at| points.get(at).map(|point| (**point).cmp(value)))
            }
            (Self::Date(points), View::Date(value)) => spot(points, &value),
            (Self::DateTime(points), View::DateTime(value)) => spot(points, &value),
            (Self::Duration(points), View::Duration(value)) => spot(points, &value),
            (Self::Place(places), View::Place(value)) => places.locate(value),
            (Self::Whole(kind), value) if fits(kind, value) => Spot { segment: 0, exact: false },
            _ => return None,
        })
    }

    /// The segment in which a value stands that is told in brief; none for one of another kind, or one that is long.
    #[inline]
    pub(crate) fn segment_of(&self, value: Brief) -> Option<usize> {
        match self {
            Self::Boolean => value.boolean().map(usize::from),
            Self::Enum(kind) => value.position_in(kind),
            Self::Integer(steps) => value.integer().map(|value| steps.segment(value)),
            Self::Decimal(numbers) => value.number().and_then(|units| numbers.segment_of(units)),
            Self::Money(numbers) => value.amount().and_then(|units| numbers.segment_of(units)),
            Self::Place(places) => value.place().map(|code| places.segment_of(code)),
            _ => None,
        }
    }

    fn locate_bound(&self, bound: &Bound) -> Option<Spot> {
        match (self, bound) {
            (_, Bound::Value(value)) => self.locate(value.into()),
            (Self::Money(numbers), Bound::Amount(amount)) => Some(numbers.locate(*amount)),
            (_, Bound::Amount(_) | Bound::Param { .. }) => None,
        }
    }

    fn is_ordered(&self) -> bool {
        match self {
            Self::Enum(kind) => kind.ordered,
            Self::Boolean | Self::Text(_) | Self::Place(_) | Self::Whole(_) => false,
            _ => true,
        }
    }

    /// May a comparison with this bound be refused for a value that the scale can locate, currencies apart?
    pub(crate) fn doubts(&self, bound: &Bound, by_order: bool) -> bool {
        if let (Self::Whole(kind), Bound::Value(value)) = (self, bound) {
            let kind = if let Kind::List(item) = kind { item } else { kind };
            return !fits(kind, value.into()) || (by_order && !kind.is_ordered());
        }
        let is_param = matches!(bound, Bound::Param { .. });
        let is_foreign = matches!(bound, Bound::Value(value) if self.locate(value.into()).is_none());
        is_param || is_foreign || (by_order && !self.is_ordered())
    }

    /// The segments of known values that satisfy one of the conditions.
    pub(crate) fn coverage_of_any(&self, conditions: &[Condition]) -> Coverage {
        conditions.iter().fold(Coverage::none(), |all, each| all.or(&self.coverage(each)))
    }

    /// The segments of known values that satisfy the condition.
    pub(crate) fn coverage(&self, condition: &Condition) -> Coverage {
        match condition {
            Condition::Present | Condition::Empty if matches!(self, Self::Whole(Kind::List(_))) => {
                Coverage::range(0, self.len(), false)
            }
            Condition::Present => Coverage::range(0, self.len(), true),
            Condition::Missing | Condition::Unknown | Condition::Empty => Coverage::none(),
            Condition::Equal(bound) => match (self, bound) {
                (Self::Place(places), Bound::Value(Value::Place(wider))) => places.coverage(wider),
                _ => match self.locate_bound(bound) {
                    Some(spot) => Coverage::range(spot.segment, spot.segment + 1, spot.exact),
                    None => Coverage::range(0, self.len(), false),
                },
            },
            Condition::Compare(comparison, bound) => self.side(*comparison, bound),
            Condition::Within(interval) => {
                let lower = if interval.from_included { Comparison::AtLeast } else { Comparison::Over };
                let upper = if interval.to_included { Comparison::AtMost } else { Comparison::Under };
                self.side(lower, &interval.from).and(&self.side(upper, &interval.to))
            }
            Condition::Not(conditions) => self.coverage_of_any(conditions).complement(self.len()),
        }
    }

    fn side(&self, comparison: Comparison, bound: &Bound) -> Coverage {
        let len = self.len();
        let Some(spot) = self.locate_bound(bound).filter(|_| self.is_ordered()) else {
            return Coverage::range(0, len, false);
        };
        let (at, next) = (spot.segment, spot.segment + 1);
        // A bound inside a segment admits a part of it, of which the other values are not told apart.
        match comparison {
            Comparison::AtLeast => Coverage::range(at, len, spot.exact),
            Comparison::Over => Coverage::range(if spot.exact { next } else { at }, len, spot.exact),
            Comparison::AtMost => Coverage::range(0, next, spot.exact),
            Comparison::Under => Coverage::range(0, if spot.exact { at } else { next }, spot.exact),
        }
    }

    /// Does any value stand in this segment? Between two days that follow each other there is none.
    pub(crate) fn has_values(&self, segment: usize) -> bool {
        if !segment.is_multiple_of(2) || segment == 0 {
            return true;
        }
        let neighbours = |len: usize| (segment / 2 < len).then_some((segment / 2 - 1, segment / 2));
        match self {
            Self::Integer(steps) => neighbours(steps.len())
                .and_then(|(below, above)| Some((steps.as_slice().get(below)?.checked_add(1)?, *steps.as_slice().get(above)?)))
                .is_none_or(|(next, above)| next != above),
            Self::Date(points) => neighbours(points.len())
                .and_then(|(below, above)| Some((points.get(below)?.plus_days(1).ok()?, *points.get(above)?)))
                .is_none_or(|(next, above)| next != above),
            _ => true,
        }
    }
}

/// Is the value of that kind, as a case gives it?
fn fits(kind: &Kind, value: View<'_>) -> bool {
    match (kind, value) {
        (Kind::List(item), View::List(items)) => items.iter().all(|value| fits(item, value.into())),
        (Kind::Enum(kind), View::Enum(of, _)) => Arc::ptr_eq(kind, of) || kind == of,
        (Kind::Record(kind), View::Record(record)) => Arc::ptr_eq(kind, record.kind()) || kind == record.kind(),
        (Kind::Decimal, View::Integer(_)) => true,
        _ => *kind == value.kind(),
    }
}

#[inline]
fn spot<T: Ord>(points: &[T], value: &T) -> Spot {
    let below = points.partition_point(|point| point < value);
    let exact = points.get(below).is_some_and(|point| point == value);
    Spot { segment: 2 * below + usize::from(exact), exact }
}

/// The same for points that are compared in another form.
fn spot_of(points: usize, order: impl Fn(usize) -> Option<Ordering>) -> Spot {
    let (mut below, mut end) = (0, points);
    while below < end {
        let middle = below.midpoint(end);
        match order(middle) {
            Some(Ordering::Less) => below = middle + 1,
            Some(Ordering::Equal) => return Spot { segment: 2 * middle + 1, exact: true },
            _ => end = middle,
        }
    }
    Spot { segment: 2 * below, exact: false }
}

/// The distinct values in order; every so many of them where they are too many.
fn points<T: Ord>(values: impl Iterator<Item = T>, points_max: usize) -> Vec<T> {
    let mut points: Vec<T> = values.collect();
    points.sort_unstable();
    points.dedup();
    let step = points.len().div_ceil(points_max.max(1));
    if step > 1 { points.into_iter().step_by(step).collect() } else { points }
}

fn amount(bound: &Bound) -> Option<crate::value::Decimal> {
    match bound {
        Bound::Value(Value::Money(money)) => Some(money.amount()),
        Bound::Amount(amount) => Some(*amount),
        Bound::Value(_) | Bound::Param { .. } => None,
    }
}

fn integer(value: &Value) -> Option<i64> {
    if let Value::Integer(value) = value { Some(*value) } else { None }
}

fn text(value: &Value) -> Option<Arc<str>> {
    if let Value::Text(value) = value { Some(value.clone()) } else { None }
}

fn date(value: &Value) -> Option<Date> {
    if let Value::Date(value) = value { Some(*value) } else { None }
}

fn date_time(value: &Value) -> Option<DateTime> {
    if let Value::DateTime(value) = value { Some(*value) } else { None }
}

fn duration(value: &Value) -> Option<Duration> {
    if let Value::Duration(value) = value { Some(*value) } else { None }
}
