//! Values as they are read: borrowed and free to copy, so that deciding a case moves no reference count and allocates nothing
//! for what the case or the policy already holds.

use super::data::{EnumValue, Record, Value};
use super::date::{Date, DateTime};
use super::decimal::Decimal;
use super::duration::Duration;
use super::fact::Fact;
use super::kind::{EnumKind, Kind};
use super::money::Money;
use super::place::Place;
use std::sync::Arc;

/// A known value, borrowed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum View<'a> {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// An amount in a currency.
    Money(Money),
    /// Free text.
    Text(&'a str),
    /// One of a closed list of names, by its position.
    Enum(&'a Arc<EnumKind>, u16),
    /// A country or a part of one.
    Place(&'a Place),
    /// A day.
    Date(Date),
    /// An instant.
    DateTime(DateTime),
    /// A length of time.
    Duration(Duration),
    /// A list.
    List(&'a [Value]),
    /// A group of named fields.
    Record(&'a Record),
}

impl<'a> View<'a> {
    /// The value itself.
    #[inline]
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Boolean(value) => Value::Boolean(value),
            Self::Integer(value) => Value::Integer(value),
            Self::Decimal(value) => Value::Decimal(value),
            Self::Money(value) => Value::Money(value),
            Self::Text(text) => Value::text(text),
            // A position in a view is one of its kind.
            Self::Enum(kind, at) => EnumValue::at(kind, at).map_or_else(|| Value::text(""), Value::Enum),
            Self::Place(place) => Value::Place(*place),
            Self::Date(value) => Value::Date(value),
            Self::DateTime(value) => Value::DateTime(value),
            Self::Duration(value) => Value::Duration(value),
            Self::List(items) => Value::list(items.iter().cloned()),
            Self::Record(record) => Value::Record(record.clone()),
        }
    }

    /// The kind of the value.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Enum(kind, _) => Kind::Enum(kind.clone()),
            other => other.to_value().kind(),
        }
    }

    /// A whole or decimal number as a decimal.
    #[inline]
    #[must_use]
    pub fn as_decimal(self) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::from(number)),
            Self::Decimal(number) => Some(number),
            _ => None,
        }
    }

    /// Text, or the name of an enum value or the code of a place.
    #[must_use]
    pub fn as_name(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Enum(kind, at) => Some(kind.name(at)),
            Self::Place(place) => Some(place.code()),
            _ => None,
        }
    }
}

impl<'a> From<&'a Value> for View<'a> {
    #[inline]
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Boolean(value) => Self::Boolean(*value),
            Value::Integer(value) => Self::Integer(*value),
            Value::Decimal(value) => Self::Decimal(*value),
            Value::Money(value) => Self::Money(*value),
            Value::Text(text) => Self::Text(text),
            Value::Enum(value) => Self::Enum(value.kind(), value.position()),
            Value::Place(place) => Self::Place(place),
            Value::Date(value) => Self::Date(*value),
            Value::DateTime(value) => Self::DateTime(*value),
            Value::Duration(value) => Self::Duration(*value),
            Value::List(items) => Self::List(items),
            Value::Record(record) => Self::Record(record),
        }
    }
}

impl Fact<Value> {
    /// The fact, borrowed.
    #[inline]
    #[must_use]
    pub fn view(&self) -> Fact<View<'_>> {
        match self {
            Self::Missing => Fact::Missing,
            Self::Unknown => Fact::Unknown,
            Self::Known(value) => Fact::Known(value.into()),
        }
    }
}

/// What a reading or a computation gives: borrowed where it can be, owned where it was made on the way.
#[derive(Clone, Debug)]
pub enum Given<'a> {
    /// The case does not speak of it.
    Missing,
    /// The case says that nobody knows it.
    Unknown,
    /// A value that the case or the policy holds, or that is copied as it is.
    Known(View<'a>),
    /// A text, a list or a record that was made on the way.
    Own(Value),
}

impl<'a> Given<'a> {
    /// A fact that the case or the policy holds.
    #[inline]
    pub(crate) fn of(fact: &'a Fact<Value>) -> Self {
        match fact {
            Fact::Missing => Self::Missing,
            Fact::Unknown => Self::Unknown,
            Fact::Known(value) => Self::Known(value.into()),
        }
    }

    /// The three states of a fact, borrowed.
    #[inline]
    pub(crate) fn view(&self) -> Fact<View<'_>> {
        match self {
            Self::Missing => Fact::Missing,
            Self::Unknown => Fact::Unknown,
            Self::Known(view) => Fact::Known(*view),
            Self::Own(value) => Fact::Known(value.into()),
        }
    }

    /// The three states of a fact, owned.
    #[inline]
    pub(crate) fn into_fact(self) -> Fact<Value> {
        match self {
            Self::Missing => Fact::Missing,
            Self::Unknown => Fact::Unknown,
            Self::Known(view) => Fact::Known(view.to_value()),
            Self::Own(value) => Fact::Known(value),
        }
    }

    /// The value, if it is known.
    pub(crate) fn into_value(self) -> Option<Value> {
        match self {
            Self::Known(view) => Some(view.to_value()),
            Self::Own(value) => Some(value),
            Self::Missing | Self::Unknown => None,
        }
    }

    /// Is it missing?
    #[inline]
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Is it neither missing nor unknown?
    #[inline]
    pub(crate) fn is_known(&self) -> bool {
        matches!(self, Self::Known(_) | Self::Own(_))
    }
}

impl<'a> From<View<'a>> for Given<'a> {
    #[inline]
    fn from(view: View<'a>) -> Self {
        Self::Known(view)
    }
}

impl<'a> From<Fact<View<'a>>> for Given<'a> {
    #[inline]
    fn from(fact: Fact<View<'a>>) -> Self {
        match fact {
            Fact::Missing => Self::Missing,
            Fact::Unknown => Self::Unknown,
            Fact::Known(view) => Self::Known(view),
        }
    }
}

impl From<Value> for Given<'_> {
    #[inline]
    fn from(value: Value) -> Self {
        match value {
            Value::Boolean(value) => Self::Known(View::Boolean(value)),
            Value::Integer(value) => Self::Known(View::Integer(value)),
            Value::Decimal(value) => Self::Known(View::Decimal(value)),
            Value::Money(value) => Self::Known(View::Money(value)),
            Value::Date(value) => Self::Known(View::Date(value)),
            Value::DateTime(value) => Self::Known(View::DateTime(value)),
            Value::Duration(value) => Self::Known(View::Duration(value)),
            own @ (Value::Text(_) | Value::Enum(_) | Value::Place(_) | Value::List(_) | Value::Record(_)) => Self::Own(own),
        }
    }
}

impl From<Fact<Value>> for Given<'_> {
    #[inline]
    fn from(fact: Fact<Value>) -> Self {
        match fact {
            Fact::Missing => Self::Missing,
            Fact::Unknown => Self::Unknown,
            Fact::Known(value) => value.into(),
        }
    }
}
