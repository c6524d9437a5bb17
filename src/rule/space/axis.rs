//! One axis of a space: everything that one column can find, cut into segments that no cell at hand tells apart.

use super::set::SegmentSet;
use crate::limits::ANALYSIS_ITEM_CLASSES_MAX;
use crate::rule::cell::scale::Scale;
use crate::rule::cell::scale::sample::Range;
use crate::rule::{Bound, Cell, Condition, NoBounds};
use crate::value::{Decimal, Fact, Kind, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What an axis is made of.
#[derive(Clone, Debug)]
pub(crate) struct AxisSpec<'a> {
    /// As the author writes it: `customer.tier`.
    pub(crate) name: Arc<str>,
    pub(crate) kind: Kind,
    /// Which numbers can occur.
    pub(crate) range: Range,
    /// May it be missing?
    pub(crate) missing: bool,
    /// May it be unknown?
    pub(crate) unknown: bool,
    /// The values that can occur at all, if not every value of the kind.
    pub(crate) within: Option<Cell>,
    /// The cells to be told apart, of one table or of several. Bounds are written out: a parameter among them is not seen through.
    pub(crate) cells: Vec<&'a Cell>,
}

/// What stands in a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// A value like this one.
    Value(Value),
    /// A given value of which nothing more is told.
    Given,
    /// Nothing.
    Missing,
    /// An unknown value.
    Unknown,
}

impl fmt::Display for Stand {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(Value::List(items)) if items.is_empty() => out.write_str("empty"),
            // Rounded to the minor unit it would be another amount.
            Self::Value(Value::Money(money)) if Decimal::parse(&money.amount_text()) != Ok(money.amount()) => {
                write!(out, "{} {}", money.amount(), money.currency())
            }
            Self::Value(value) => write!(out, "{value}"),
            Self::Given => out.write_str("given"),
            Self::Missing => out.write_str("missing"),
            Self::Unknown => out.write_str("unknown"),
        }
    }
}

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    pub(crate) name: Arc<str>,
    pub(crate) kind: Kind,
    /// What stands in each segment: known values in their order, then missing, then unknown.
    stands: Vec<Stand>,
    /// How many of them are known values.
    known: u32,
    pub(super) reading: Reading,
    pub(super) range: Range,
}

/// How a cell becomes a set of segments.
#[derive(Clone, Debug)]
pub(super) enum Reading {
    /// By a scale, of whose segments some hold no value: for each, and for the end, how many before it are kept.
    Scale(Scale, Vec<u32>),
    /// By what a cell says of the value that stands in each segment.
    Samples,
    /// Lists of which only is told whether they have items.
    Items,
}

impl Axis {
    pub(crate) fn new(spec: &AxisSpec<'_>) -> Self {
        let (mut stands, reading) = match &spec.kind {
            Kind::List(item) => lists(item, spec),
            _ => scalars(spec),
        };
        let known = u32::try_from(stands.len()).unwrap_or(u32::MAX);
        if spec.missing {
            stands.push(Stand::Missing);
        }
        if spec.unknown {
            stands.push(Stand::Unknown);
        }
        Self { name: spec.name.clone(), kind: spec.kind.clone(), stands, known, reading, range: spec.range }
    }

    /// How many segments.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.stands.len()).unwrap_or(u32::MAX)
    }

    /// Everything that it can find.
    pub(crate) fn whole(&self) -> SegmentSet {
        SegmentSet::range(0, self.len())
    }

    /// Every known value.
    pub(crate) fn known(&self) -> SegmentSet {
        SegmentSet::range(0, self.known)
    }

    /// What stands in a segment.
    pub(crate) fn stand(&self, segment: u32) -> Option<&Stand> {
        self.stands.get(segment as usize)
    }

    /// The segments that a cell admits, and whether it admits exactly these: otherwise it admits at most them.
    pub(crate) fn set(&self, cell: &Cell) -> (SegmentSet, bool) {
        let Cell::OneOf(conditions) = cell else { return (self.whole(), true) };
        let (known, exact) = match &self.reading {
            Reading::Scale(scale, kept) => {
                let coverage = scale.coverage_of_any(conditions);
                let place = |at: usize| kept.get(at).copied().unwrap_or(self.known);
                let ranges = coverage.ranges().iter().map(|(from, to)| (place(*from), place(*to)));
                (SegmentSet::of_ranges(ranges.collect()), coverage.exact)
            }
            Reading::Samples => {
                let holds = |segment: &u32| match self.stand(*segment) {
                    Some(Stand::Value(value)) => cell.holds(&Fact::Known(value.clone()), &NoBounds).unwrap_or(true),
                    _ => true,
                };
                let ranges = (0..self.known).filter(holds).map(|segment| (segment, segment + 1));
                (SegmentSet::of_ranges(ranges.collect()), !names_params(cell))
            }
            Reading::Items => {
                let empty = conditions.iter().any(|each| matches!(each, Condition::Empty | Condition::Not(_)));
                let given =
                    conditions.iter().any(|each| !matches!(each, Condition::Empty | Condition::Missing | Condition::Unknown));
                let exact = conditions.iter().all(is_state);
                let ranges = [(0, u32::from(empty)), (1, 1 + u32::from(given))];
                (SegmentSet::of_ranges(ranges.to_vec()), exact)
            }
        };
        let states = (self.known..self.len()).filter(|segment| {
            let fact = if self.stand(*segment) == Some(&Stand::Missing) { Fact::Missing } else { Fact::Unknown };
            cell.holds(&fact, &NoBounds).unwrap_or(false)
        });
        (known.or(&SegmentSet::of_ranges(states.map(|segment| (segment, segment + 1)).collect())), exact)
    }
}

fn is_state(condition: &Condition) -> bool {
    matches!(condition, Condition::Missing | Condition::Present | Condition::Empty | Condition::Unknown)
}

fn names_params(cell: &Cell) -> bool {
    let mut found = false;
    cell.each_bound(&mut |bound, _| found |= matches!(bound, Bound::Param { .. } | Bound::Amount(_)));
    found
}

fn scalars(spec: &AxisSpec<'_>) -> (Vec<Stand>, Reading) {
    let mut bounds: Vec<&Bound> = Vec::new();
    for cell in spec.cells.iter().copied().chain(&spec.within) {
        cell.each_bound(&mut |bound, _| bounds.push(bound));
    }
    let scale = Scale::new(&spec.kind, &bounds, usize::MAX);
    let within = spec.within.as_ref().map(|cell| scale.coverage_of_any(cell.conditions()));
    let mut stands = Vec::new();
    let mut kept = vec![0];
    for segment in 0..scale.len() {
        let is_within = within.as_ref().is_none_or(|within| within.holds(segment));
        let stand = match &scale {
            Scale::Whole(_) => Some(Stand::Given),
            _ => scale.sample(segment, spec.range).map(Stand::Value),
        };
        stands.extend(stand.filter(|_| is_within));
        kept.push(u32::try_from(stands.len()).unwrap_or(u32::MAX));
    }
    (stands, Reading::Scale(scale, kept))
}

/// A list is told apart by which kinds of items it has, a kind of item by the conditions that it satisfies.
fn lists(item: &Kind, spec: &AxisSpec<'_>) -> (Vec<Stand>, Reading) {
    let by_items = || (vec![Stand::Value(Value::list([])), Stand::Given], Reading::Items);
    let mut conditions: Vec<&Condition> = Vec::new();
    spec.cells.iter().for_each(|cell| cell.conditions().iter().for_each(|each| leaves(each, &mut conditions)));
    if conditions.is_empty() {
        return by_items();
    }
    let cells: Vec<Cell> = conditions.iter().map(|each| Cell::OneOf(vec![(*each).clone()])).collect();
    let inner = AxisSpec {
        kind: item.clone(),
        missing: false,
        unknown: false,
        within: None,
        cells: cells.iter().collect(),
        name: spec.name.clone(),
        range: spec.range,
    };
    let items = Axis::new(&inner);
    let sets: Vec<(SegmentSet, bool)> = cells.iter().map(|cell| items.set(cell)).collect();
    let mut classes: BTreeMap<Vec<bool>, Value> = BTreeMap::new();
    for segment in 0..items.len() {
        let Some(Stand::Value(value)) = items.stand(segment) else { return by_items() };
        classes.entry(sets.iter().map(|(set, _)| set.holds(segment)).collect()).or_insert_with(|| value.clone());
    }
    if classes.len() > ANALYSIS_ITEM_CLASSES_MAX || sets.iter().any(|(_, exact)| !exact) {
        return by_items();
    }
    let classes: Vec<Value> = classes.into_values().collect();
    let mut subsets: Vec<u32> = (0..1 << classes.len()).collect();
    subsets.sort_by_key(|subset| subset.count_ones());
    let stands = subsets.into_iter().map(|subset| {
        let items = classes.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1).map(|(_, value)| value.clone());
        Stand::Value(Value::list(items))
    });
    (stands.collect(), Reading::Samples)
}

/// The conditions on items in a condition on a list.
fn leaves<'a>(condition: &'a Condition, found: &mut Vec<&'a Condition>) {
    match condition {
        Condition::Not(conditions) => conditions.iter().for_each(|each| leaves(each, found)),
        Condition::Equal(_) | Condition::Compare(..) | Condition::Within(_) => found.push(condition),
        Condition::Missing | Condition::Present | Condition::Empty | Condition::Unknown => {}
    }
}
