//! A cell: the condition that one rule sets on one column.
//!
//! A cell is read once, when a bundle is loaded, under the kind of its column ([`Cell::parse_text`], [`Cell::parse_node`]).
//! At run time it is asked whether a fact satisfies it ([`Cell::holds`]); [`Cell::describe`] says it again in words.

mod check;
pub(crate) mod coverage;
mod description;
mod item;
mod literal;
mod node;
mod operator;
mod read_error;
pub(crate) mod scale;
#[cfg(test)]
mod tests;
mod truth;

#[cfg(feature = "schema")]
pub(crate) use operator::comparison_words;
pub use read_error::CellError;
pub use truth::{Bounds, Judgement, NoBounds};

use crate::value::{Decimal, Kind, Value};

/// Words that ask whether a fact is there, and what each asks.
#[cfg(feature = "schema")]
pub(crate) const CELL_STATES: [(&str, &str); 5] = [
    ("any", "every value, also a missing or unknown one"),
    ("missing", "not given"),
    ("present", "given, also as unknown"),
    ("empty", "a given list without items"),
    ("unknown", "given as unknown"),
];
use std::sync::Arc;

/// The condition that one rule sets on one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Every value will do, also a missing or an unknown one.
    Any,
    /// At least one of these conditions must hold.
    OneOf(Vec<Condition>),
}

/// One condition of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The value is this one (for a place: it lies in this one).
    Equal(Bound),
    /// The value is on this side of a bound.
    Compare(Comparison, Bound),
    /// The value lies in an interval.
    Within(Interval),
    /// The value is known and none of these holds.
    Not(Vec<Condition>),
    /// The fact is absent.
    Missing,
    /// The fact is given, also as unknown; a list has an item.
    Present,
    /// A given list has no item.
    Empty,
    /// The fact is given as unknown.
    Unknown,
}

/// Which side of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// The bound or more.
    AtLeast,
    /// More than the bound.
    Over,
    /// The bound or less.
    AtMost,
    /// Less than the bound.
    Under,
}

impl Comparison {
    /// In words: of numbers, or of what lies in time.
    pub(crate) fn words(self, in_time: bool) -> &'static str {
        match (self, in_time) {
            (Self::AtLeast, false) => "at least",
            (Self::Over, false) => "over",
            (Self::AtMost, false) => "at most",
            (Self::Under, false) => "under",
            (Self::AtLeast, true) => "on or after",
            (Self::Over, true) => "after",
            (Self::AtMost, true) => "on or before",
            (Self::Under, true) => "before",
        }
    }
}

/// The values between two bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lower end.
    pub from: Bound,
    /// Does the lower end belong to it?
    pub from_included: bool,
    /// The upper end.
    pub to: Bound,
    /// Does the upper end belong to it?
    pub to_included: bool,
}

/// What a condition compares with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A value.
    Value(Value),
    /// An amount of money without a currency: in the currency that a bare amount means for the case at hand.
    Amount(Decimal),
    /// A parameter of the bundle.
    Param {
        /// By which it is asked of [`Bounds::param`].
        slot: usize,
        /// Its whole path, to be shown: `params.small_claim.tolerance`.
        path: Arc<str>,
    },
}

/// Where a cell is written: symbols are at home in tables, YAML wants the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// A scalar of YAML: one condition, in words.
    Yaml,
    /// A cell of a pipe table or a CSV file: alternatives with commas between them, in words or symbols.
    Table,
}

/// What a cell may name besides values: the parameters of the bundle.
pub trait CellNames {
    /// The slot and the kind of the parameter with this whole path (`params.small_claim.tolerance`).
    fn param(&self, path: &str) -> Option<(usize, Kind)>;

    /// The path of the parameter that was probably meant.
    fn nearest_param(&self, path: &str) -> Option<String> {
        let _ = path;
        None
    }
}

/// A place where cells have no parameters to name, such as what a policy test expects.
#[derive(Clone, Copy, Debug)]
pub struct NoNames;

impl CellNames for NoNames {
    fn param(&self, _path: &str) -> Option<(usize, Kind)> {
        None
    }
}

impl Comparison {
    /// Does it bound the values from below?
    #[must_use]
    pub fn is_lower(self) -> bool {
        matches!(self, Self::AtLeast | Self::Over)
    }

    /// Does the bound itself satisfy it?
    #[must_use]
    pub fn is_inclusive(self) -> bool {
        matches!(self, Self::AtLeast | Self::AtMost)
    }
}

impl Condition {
    /// Calls `each` with every bound of this condition, those inside a negation included; the flag tells whether the
    /// bound is compared by order and not only for equality.
    pub fn each_bound<'a>(&'a self, each: &mut dyn FnMut(&'a Bound, bool)) {
        match self {
            Self::Equal(bound) => each(bound, false),
            Self::Compare(_, bound) => each(bound, true),
            Self::Within(interval) => {
                each(&interval.from, true);
                each(&interval.to, true);
            }
            Self::Not(conditions) => {
                for condition in conditions {
                    condition.each_bound(each);
                }
            }
            Self::Missing | Self::Present | Self::Empty | Self::Unknown => {}
        }
    }
}

impl Cell {
    /// The conditions one of which must hold; none where every value will do.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        match self {
            Self::Any => &[],
            Self::OneOf(conditions) => conditions,
        }
    }

    /// Will every value do?
    #[must_use]
    pub fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }

    /// Calls `each` with every bound of the cell, as [`Condition::each_bound`] does.
    pub fn each_bound<'a>(&'a self, each: &mut dyn FnMut(&'a Bound, bool)) {
        for condition in self.conditions() {
            condition.each_bound(each);
        }
    }

    /// The same cell with the parameters written out that never change, by their slot.
    pub(crate) fn with_constants(&self, constants: &dyn Fn(&Bound) -> Option<Bound>) -> Self {
        match self {
            Self::Any => Self::Any,
            Self::OneOf(conditions) => Self::OneOf(conditions.iter().map(|each| each.with_constants(constants)).collect()),
        }
    }
}

impl Condition {
    fn with_constants(&self, constants: &dyn Fn(&Bound) -> Option<Bound>) -> Self {
        let settled = |bound: &Bound| constants(bound).unwrap_or_else(|| bound.clone());
        match self {
            Self::Equal(bound) => Self::Equal(settled(bound)),
            Self::Compare(comparison, bound) => Self::Compare(*comparison, settled(bound)),
            Self::Within(interval) => {
                Self::Within(Interval { from: settled(&interval.from), to: settled(&interval.to), ..interval.clone() })
            }
            Self::Not(conditions) => Self::Not(conditions.iter().map(|each| each.with_constants(constants)).collect()),
            other @ (Self::Missing | Self::Present | Self::Empty | Self::Unknown) => other.clone(),
        }
    }
}
