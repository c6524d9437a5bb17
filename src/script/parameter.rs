//! A parameter of a host function: its name, what it takes, how often it is given.

use crate::value::{Kind, Value};
use std::fmt;

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Takes {
    /// Any value.
    Any,
    /// Exactly this kind (an integer may stand for a decimal).
    Kind(Kind),
    /// A whole number, also one that was computed as a decimal.
    Whole,
    /// A whole or decimal number.
    Number,
    /// A number or an amount of money.
    Quantity,
    /// What has an order: numbers, money, dates, instants, lengths of time, ordered enum values.
    Ordered,
    /// A list of anything.
    List,
    /// Text, or a name: an enum value, a place.
    Name,
}

/// One parameter of a host function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// How often it is given.
    pub given: Given,
}

/// How often a parameter is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// Always, once.
    Once,
    /// Once or not at all; only at the end.
    Maybe,
    /// Once or several times; only at the end.
    Repeated,
}

impl Parameter {
    /// A parameter that is always given.
    #[must_use]
    pub fn new(name: &'static str, takes: Takes) -> Self {
        Self { name, takes, given: Given::Once }
    }

    /// A parameter that may be left out.
    #[must_use]
    pub fn optional(name: &'static str, takes: Takes) -> Self {
        Self { name, takes, given: Given::Maybe }
    }

    /// A parameter that may be given several times.
    #[must_use]
    pub fn repeated(name: &'static str, takes: Takes) -> Self {
        Self { name, takes, given: Given::Repeated }
    }
}

impl Takes {
    /// May a value of this kind ever fit?
    pub(super) fn may_take(&self, kind: &Kind) -> bool {
        match self {
            Self::Any => true,
            Self::Kind(wanted) => wanted.takes(kind),
            Self::Whole | Self::Number => kind.is_number(),
            Self::Quantity => kind.is_number() || *kind == Kind::Money,
            Self::Ordered => kind.is_ordered(),
            Self::List => matches!(kind, Kind::List(_)),
            Self::Name => matches!(kind, Kind::Text | Kind::Enum(_) | Kind::Place),
        }
    }

    pub(super) fn fits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Any, _) => true,
            (Self::Whole, value) => whole(value).is_some(),
            (Self::Number, Value::Integer(_) | Value::Decimal(_)) => true,
            (Self::Quantity, Value::Integer(_) | Value::Decimal(_) | Value::Money(_)) => true,
            (Self::List, Value::List(_)) => true,
            (Self::Name, Value::Text(_) | Value::Enum(_) | Value::Place(_)) => true,
            // An empty list has no kind of its own.
            (Self::Kind(Kind::List(_)), Value::List(items)) if items.is_empty() => true,
            _ => self.may_take(&value.kind()),
        }
    }

    pub(super) fn phrase(&self) -> String {
        match self {
            Self::Any => "any value".to_owned(),
            Self::Kind(kind) => kind.to_string(),
            Self::Whole => "a whole number".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Quantity => "a number or an amount of money".to_owned(),
            Self::Ordered => "something that has an order".to_owned(),
            Self::List => "a list".to_owned(),
            Self::Name => "text or a name".to_owned(),
        }
    }
}

impl fmt::Display for Takes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => out.write_str("any"),
            Self::Kind(kind) => out.write_str(&kind.word()),
            Self::Whole => out.write_str("integer"),
            Self::Number => out.write_str("number"),
            Self::Quantity => out.write_str("number or money"),
            Self::Ordered => out.write_str("ordered"),
            Self::List => out.write_str("list"),
            Self::Name => out.write_str("text or name"),
        }
    }
}

/// The whole number that a value is, also where it was computed as a decimal.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Decimal(number) => number.to_integer(),
        _ => None,
    }
}
