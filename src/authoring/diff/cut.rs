//! The known values of one kind, cut into segments within which no condition at hand tells two values apart.

use super::meaning::{World, holds};
use crate::bundle::{MoneyMeaning, ParamValue};
use crate::policy::Program;
use crate::policy::slots::Slot;
use crate::rule::cell::coverage::Coverage;
use crate::rule::{Bound, Cell, Comparison, Condition, Interval};
use crate::value::{Currency, Decimal, EnumKind, EnumValue, Kind, Place, Value, arithmetic};
use std::cmp::Ordering;
use std::sync::Arc;

/// Lists are told apart by which groups of items they have: up to so many groups.
const ITEM_GROUPS_MAX: usize = 6;

/// A bound in one world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Value(Value),
    /// An amount, in a currency; none is that of the case where it is no named one.
    Amount(Option<Currency>, Decimal),
}

/// Known values, cut.
#[derive(Debug)]
pub(super) enum Cut {
    /// Between and at values in order.
    Ordered(Vec<Value>),
    /// Between and at amounts in order, all in one currency.
    Money(Option<Currency>, Vec<Decimal>),
    /// Names, or the two truth values.
    Names(Vec<Value>),
    /// These texts, then all others.
    Texts(Vec<Value>),
    /// One place for each way of lying in those that are named, and how it is said.
    Places(Vec<(Place, String)>),
    /// Which groups of items a list has, as bits; the first is the empty list. The segments of the items of each group.
    Lists(Box<Cut>, Vec<Vec<usize>>),
    /// Values that no cell tells apart.
    Whole,
}

/// The policy and the world in which bounds mean something.
#[derive(Clone, Copy)]
pub(super) struct Ground<'p> {
    pub(super) program: &'p Program,
    pub(super) world: World,
}

impl Ground<'_> {
    pub(super) fn point(&self, bound: &Bound) -> Option<Point> {
        let case = self.world.currency;
        match bound {
            Bound::Value(Value::Money(money)) => Some(Point::Amount(Some(money.currency()), money.amount())),
            Bound::Value(value) => Some(Point::Value(value.clone())),
            Bound::Amount(amount) => Some(match self.program.money {
                MoneyMeaning::In(currency) => Point::Amount(Some(currency), *amount),
                MoneyMeaning::OfCase => Point::Amount(case, *amount),
            }),
            Bound::Param { slot, .. } => {
                let Some(Slot::Param(param)) = self.program.slots.get(*slot).map(|entry| entry.slot) else { return None };
                let periods = self.program.params.periods(param);
                match &periods.iter().find(|period| holds(period, self.world.day))?.value {
                    ParamValue::Plain(Value::Money(money)) => Some(Point::Amount(Some(money.currency()), money.amount())),
                    ParamValue::Plain(value) => Some(Point::Value(value.clone())),
                    ParamValue::CaseMoney(amount) => Some(Point::Amount(case, *amount)),
                    ParamValue::ByCurrency(amounts) => Some(Point::Amount(case, *amounts.get(&case?)?)),
                }
            }
        }
    }
}

/// Every cell of a column, of either side, with what its bounds mean there.
pub(super) struct ColumnCells<'c> {
    pub(super) cells: Vec<(Ground<'c>, &'c Cell)>,
}

/// Is it answered without the value?
pub(super) fn is_of_state(condition: &Condition) -> bool {
    match condition {
        Condition::Missing | Condition::Present | Condition::Unknown => true,
        Condition::Not(conditions) => conditions.iter().all(is_of_state),
        Condition::Equal(_) | Condition::Compare(..) | Condition::Within(_) | Condition::Empty => false,
    }
}

impl Cut {
    pub(super) fn new(kind: &Kind, names: &[Value], points: &[Point]) -> Option<Self> {
        let values =
            || points.iter().filter_map(|point| if let Point::Value(value) = point { Some(value.clone()) } else { None });
        Some(match kind {
            Kind::Boolean => Self::Names(vec![Value::Boolean(false), Value::Boolean(true)]),
            Kind::Enum(_) => Self::Names(names.to_vec()),
            Kind::Text => {
                let mut texts: Vec<Value> = values().collect();
                texts.sort_by_key(ToString::to_string);
                texts.dedup();
                Self::Texts(texts)
            }
            Kind::Place => Self::Places(places(&values().collect::<Vec<_>>())),
            Kind::Money => {
                let mut lanes: Vec<Option<Currency>> = Vec::new();
                let mut amounts: Vec<Decimal> = Vec::new();
                for point in points {
                    let Point::Amount(lane, amount) = point else { return None };
                    if !lanes.contains(lane) {
                        lanes.push(*lane);
                    }
                    amounts.push(*amount);
                }
                // Bounds in two currencies make every amount fail in one of them; that is not worked out here.
                let lane = match lanes.as_slice() {
                    [] => None,
                    [lane] => *lane,
                    _ => return None,
                };
                amounts.sort_unstable();
                amounts.dedup();
                Self::Money(lane, amounts)
            }
            Kind::Integer | Kind::Decimal | Kind::Date | Kind::DateTime | Kind::Duration => {
                let mut list: Vec<Value> = values().collect();
                list.sort_by(order);
                list.dedup_by(|one, other| order(one, other) == Ordering::Equal);
                Self::Ordered(list)
            }
            Kind::Record(_) => Self::Whole,
            Kind::List(_) => return None,
        })
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Ordered(points) => 2 * points.len() + 1,
            Self::Money(_, points) => 2 * points.len() + 1,
            Self::Names(names) => names.len(),
            Self::Texts(texts) => texts.len() + 1,
            Self::Places(places) => places.len(),
            Self::Lists(_, groups) => 1 << groups.len(),
            Self::Whole => 1,
        }
    }

    pub(super) fn has_values(&self, segment: usize, not_negative: bool) -> bool {
        match self {
            Self::Ordered(points) => {
                let below = segment.checked_sub(1).and_then(|below| points.get(below / 2));
                let above = points.get(segment / 2);
                if segment.is_multiple_of(2)
                    && let (Some(below), Some(above)) = (below, above)
                {
                    return match (below, above) {
                        (Value::Integer(below), Value::Integer(above)) => below.checked_add(1) != Some(*above),
                        (Value::Date(below), Value::Date(above)) => below.plus_days(1).ok() != Some(*above),
                        _ => true,
                    };
                }
                let top = if segment % 2 == 1 { points.get(segment / 2) } else { above };
                let number = top.and_then(Value::as_decimal);
                !(not_negative
                    && number
                        .is_some_and(|top| if segment % 2 == 1 { top.is_negative() } else { top.is_zero() || top.is_negative() }))
            }
            Self::Money(_, points) => {
                let top = points.get(segment / 2);
                !(not_negative && top.is_some_and(|top| top.is_negative() || (segment.is_multiple_of(2) && top.is_zero())))
            }
            _ => true,
        }
    }

    /// The segments of known values that satisfy a condition; none where it cannot be judged.
    pub(super) fn coverage(&self, ground: Ground<'_>, condition: &Condition) -> Option<Coverage> {
        let len = self.len();
        if let Self::Lists(inner, groups) = self {
            return lists(inner, groups, ground, condition);
        }
        Some(match condition {
            Condition::Present => Coverage::range(0, len, true),
            Condition::Missing | Condition::Unknown | Condition::Empty => Coverage::none(),
            Condition::Equal(bound) => self.equal(&ground.point(bound)?)?,
            Condition::Compare(comparison, bound) => self.side(*comparison, &ground.point(bound)?)?,
            Condition::Within(Interval { from, from_included, to, to_included }) => {
                let lower = if *from_included { Comparison::AtLeast } else { Comparison::Over };
                let upper = if *to_included { Comparison::AtMost } else { Comparison::Under };
                self.side(lower, &ground.point(from)?)?.and(&self.side(upper, &ground.point(to)?)?)
            }
            Condition::Not(conditions) => {
                let any =
                    conditions.iter().try_fold(Coverage::none(), |all, each| Some(all.or(&self.coverage(ground, each)?)))?;
                any.complement(len)
            }
        })
    }

    pub(super) fn equal(&self, point: &Point) -> Option<Coverage> {
        if let (Self::Places(places), Point::Value(Value::Place(wider))) = (self, point) {
            let inside = places.iter().enumerate().filter(|(_, (place, _))| place.lies_in(wider));
            return Some(inside.fold(Coverage::none(), |all, (at, _)| all.or(&Coverage::range(at, at + 1, true))));
        }
        let at = self.locate(point)?;
        Some(Coverage::range(at, at + 1, true))
    }

    /// The segment that holds a bound and nothing else.
    pub(super) fn locate(&self, point: &Point) -> Option<usize> {
        match (self, point) {
            (Self::Ordered(points), Point::Value(value)) => {
                points.binary_search_by(|each| order(each, value)).ok().map(|at| 2 * at + 1)
            }
            (Self::Money(lane, points), Point::Amount(of, amount)) if lane == of => {
                points.binary_search(amount).ok().map(|at| 2 * at + 1)
            }
            (Self::Names(names), Point::Value(value)) => names.iter().position(|each| same_name(each, value)),
            (Self::Texts(texts), Point::Value(value)) => texts.iter().position(|each| each == value),
            _ => None,
        }
    }

    pub(super) fn side(&self, comparison: Comparison, point: &Point) -> Option<Coverage> {
        let (at, len) = (self.locate(point)?, self.len());
        Some(match comparison {
            Comparison::AtLeast => Coverage::range(at, len, true),
            Comparison::Over => Coverage::range(at + 1, len, true),
            Comparison::AtMost => Coverage::range(0, at + 1, true),
            Comparison::Under => Coverage::range(0, at, true),
        })
    }
}

fn order(one: &Value, other: &Value) -> Ordering {
    arithmetic::compare(one, other).unwrap_or(Ordering::Equal)
}

/// Names are compared as such: another list may hold them in another order.
pub(super) fn same_name(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Enum(one), Value::Enum(other)) => one.name() == other.name(),
        _ => one == other,
    }
}

/// Every name that a list of either side has.
pub(super) fn names(old: Option<&Kind>, new: Option<&Kind>) -> Vec<Value> {
    fn list(kind: &Kind) -> Option<&Arc<EnumKind>> {
        match kind {
            Kind::Enum(names) => Some(names),
            Kind::List(item) => list(item),
            _ => None,
        }
    }
    let mut all: Vec<Value> = Vec::new();
    for names in [old, new].into_iter().flatten().filter_map(list) {
        for value in (0..).map_while(|position| EnumValue::at(names, position)).map(Value::Enum) {
            if !all.iter().any(|each| same_name(each, &value)) {
                all.push(value);
            }
        }
    }
    all
}

/// A place for each way of lying in those that are named.
fn places(named: &[Value]) -> Vec<(Place, String)> {
    let named: Vec<&Place> =
        named.iter().filter_map(|value| if let Value::Place(place) = value { Some(place) } else { None }).collect();
    let elsewhere = ["AQ", "BV", "HM"].iter().filter_map(|code| Place::parse(code).ok());
    let members = crate::value::EU_MEMBERS.iter().filter_map(|code| Place::parse(code).ok());
    let samples = named.iter().copied().copied().chain(members).chain(elsewhere);
    let signature = |place: &Place| named.iter().map(|wider| place.lies_in(wider)).collect::<Vec<bool>>();
    let mut seen: Vec<Vec<bool>> = Vec::new();
    let mut list = Vec::new();
    for sample in samples {
        let lies = signature(&sample);
        if seen.contains(&lies) {
            continue;
        }
        let is_named = named.iter().any(|place| **place == sample);
        let inside: Vec<&str> =
            named.iter().filter(|wider| wider.lies_in(&sample) && ***wider != sample).map(|wider| wider.code()).collect();
        let words = if is_named && inside.is_empty() {
            sample.code().to_owned()
        } else if is_named {
            format!("{} outside {}", sample.code(), inside.join(", "))
        } else if lies.contains(&true) {
            "elsewhere in EU".to_owned()
        } else {
            "elsewhere".to_owned()
        };
        seen.push(lies);
        list.push((sample, words));
    }
    list
}

/// The segments of items, in groups that no cell of a column tells apart.
pub(super) fn groups(inner: &Cut, column: &ColumnCells<'_>) -> Option<Vec<Vec<usize>>> {
    let mut signatures: Vec<Vec<bool>> = vec![Vec::new(); inner.len()];
    for (ground, cell) in &column.cells {
        for condition in cell.conditions() {
            let parts = if let Condition::Not(parts) = condition { parts.as_slice() } else { std::slice::from_ref(condition) };
            for part in parts.iter().filter(|part| !is_of_state(part) && !matches!(part, Condition::Empty)) {
                let coverage = inner.coverage(*ground, part)?;
                for (segment, signature) in signatures.iter_mut().enumerate() {
                    signature.push(coverage.holds(segment));
                }
            }
        }
    }
    let mut groups: Vec<(Vec<bool>, Vec<usize>)> = Vec::new();
    for (segment, signature) in signatures.into_iter().enumerate() {
        match groups.iter_mut().find(|(known, _)| *known == signature) {
            Some((_, members)) => members.push(segment),
            None => groups.push((signature, vec![segment])),
        }
    }
    (groups.len() <= ITEM_GROUPS_MAX).then(|| groups.into_iter().map(|(_, members)| members).collect())
}

/// The lists that satisfy a condition: one of their items does.
fn lists(inner: &Cut, groups: &[Vec<usize>], ground: Ground<'_>, condition: &Condition) -> Option<Coverage> {
    let len = 1_usize << groups.len();
    let of = |holds: &dyn Fn(usize) -> bool| {
        (0..len).filter(|list| holds(*list)).fold(Coverage::none(), |all, list| all.or(&Coverage::range(list, list + 1, true)))
    };
    Some(match condition {
        Condition::Present => Coverage::range(1, len, true),
        Condition::Empty => Coverage::range(0, 1, true),
        Condition::Missing | Condition::Unknown => Coverage::none(),
        Condition::Not(conditions) => {
            let any =
                conditions.iter().try_fold(Coverage::none(), |all, each| Some(all.or(&lists(inner, groups, ground, each)?)))?;
            any.complement(len)
        }
        _ => {
            let items = inner.coverage(ground, condition)?;
            let meets = |group: usize| groups.get(group).and_then(|group| group.first()).is_some_and(|first| items.holds(*first));
            of(&|list| (0..groups.len()).any(|group| list & (1 << group) != 0 && meets(group)))
        }
    })
}
