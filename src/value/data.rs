//! The value: what facts, outputs, parameters and expressions hold, and what plugins and host functions speak.

use super::date::{Date, DateTime};
use super::decimal::Decimal;
use super::duration::Duration;
use super::fact::Fact;
use super::kind::{EnumKind, Kind, RecordKind};
use super::money::Money;
use super::place::Place;
use std::fmt;
use std::sync::Arc;

/// A known value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// An amount in a currency.
    Money(Money),
    /// Free text.
    Text(Arc<str>),
    /// One of a closed list of names.
    Enum(EnumValue),
    /// A country or a part of one.
    Place(Place),
    /// A day.
    Date(Date),
    /// An instant.
    DateTime(DateTime),
    /// A length of time.
    Duration(Duration),
    /// A list.
    List(Arc<[Value]>),
    /// A group of named fields.
    Record(Record),
}

/// A name out of a closed list.
#[derive(Clone, PartialEq, Eq)]
pub struct EnumValue {
    kind: Arc<EnumKind>,
    position: u16,
}

impl EnumValue {
    /// The value of that name, if the list has it.
    #[must_use]
    pub fn named(kind: &Arc<EnumKind>, name: &str) -> Option<Self> {
        kind.position(name).map(|position| Self { kind: kind.clone(), position })
    }

    /// The value at that position, if the list is that long.
    #[must_use]
    pub fn at(kind: &Arc<EnumKind>, position: u16) -> Option<Self> {
        (usize::from(position) < kind.names.len()).then(|| Self { kind: kind.clone(), position })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.kind.name(self.position)
    }

    /// Where it stands in its list.
    #[must_use]
    pub fn position(&self) -> u16 {
        self.position
    }

    /// The list it is from.
    #[must_use]
    pub fn kind(&self) -> &Arc<EnumKind> {
        &self.kind
    }
}

impl fmt::Debug for EnumValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A group of named fields, each of which may be missing or unknown.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    kind: Arc<RecordKind>,
    values: Arc<[Fact<Value>]>,
}

impl Record {
    /// A record from its fields in the order of its kind; fields beyond those given are missing.
    #[must_use]
    pub fn new(kind: Arc<RecordKind>, values: Vec<Fact<Value>>) -> Self {
        let mut values = values;
        values.resize(kind.fields.len(), Fact::Missing);
        Self { kind, values: values.into() }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> &Arc<RecordKind> {
        &self.kind
    }

    /// The field at a position; missing when there is none.
    #[must_use]
    pub fn at(&self, position: usize) -> Fact<Value> {
        self.values.get(position).cloned().unwrap_or(Fact::Missing)
    }

    /// The field at a position, borrowed.
    pub(crate) fn field(&self, position: usize) -> &Fact<Value> {
        self.values.get(position).unwrap_or(&Fact::Missing)
    }

    /// The field of that name, if the kind has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Fact<Value>> {
        self.kind.position(name).map(|at| self.at(at))
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = out.debug_map();
        for (field, value) in self.kind.fields.iter().zip(self.values.iter()) {
            if let Fact::Known(value) = value {
                map.entry(&field.name, value);
            }
        }
        map.finish()
    }
}

impl Value {
    /// Text.
    pub fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// A list.
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(items.into_iter().collect())
    }

    /// The kind of this value. An empty list counts as a list of text.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Boolean(_) => Kind::Boolean,
            Self::Integer(_) => Kind::Integer,
            Self::Decimal(_) => Kind::Decimal,
            Self::Money(_) => Kind::Money,
            Self::Text(_) => Kind::Text,
            Self::Enum(value) => Kind::Enum(value.kind.clone()),
            Self::Place(_) => Kind::Place,
            Self::Date(_) => Kind::Date,
            Self::DateTime(_) => Kind::DateTime,
            Self::Duration(_) => Kind::Duration,
            Self::List(items) => Kind::List(Box::new(items.first().map_or(Kind::Text, Self::kind))),
            Self::Record(record) => Kind::Record(record.kind.clone()),
        }
    }

    /// A whole or decimal number as a decimal.
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Integer(number) => Some(Decimal::from(*number)),
            Self::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// Text, or the name of an enum value or the code of a place.
    #[must_use]
    pub fn as_name(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Enum(value) => Some(value.name()),
            Self::Place(place) => Some(place.code()),
            _ => None,
        }
    }

    /// The same, shared with the value.
    #[must_use]
    pub fn to_name(&self) -> Option<Arc<str>> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Enum(value) => value.kind.names.get(usize::from(value.position)).cloned(),
            Self::Place(place) => Some(place.code().into()),
            _ => None,
        }
    }

    /// As JSON: money as an object with a decimal text, decimals as text, whole numbers as numbers.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        // Writing a value into memory has nothing that could fail.
        serde_json::to_value(self).unwrap_or(serde_json::Value::Null)
    }
}

impl fmt::Display for Value {
    /// As a person reads it: `64.20 USD`, `gold`, `[4133.33 EUR, 4133.34 EUR]`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => out.write_str(if *value { "true" } else { "false" }),
            Self::Integer(value) => fmt::Display::fmt(value, out),
            Self::Decimal(value) => fmt::Display::fmt(value, out),
            Self::Money(value) => fmt::Display::fmt(value, out),
            Self::Text(value) => out.write_str(value),
            Self::Enum(value) => out.write_str(value.name()),
            Self::Place(value) => out.write_str(value.code()),
            Self::Date(value) => fmt::Display::fmt(value, out),
            Self::DateTime(value) => fmt::Display::fmt(value, out),
            Self::Duration(value) => fmt::Display::fmt(value, out),
            Self::List(items) => {
                out.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.write_str(", ")?;
                    }
                    write!(out, "{item}")?;
                }
                out.write_str("]")
            }
            Self::Record(record) => write!(out, "{record:?}"),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<Decimal> for Value {
    fn from(value: Decimal) -> Self {
        Self::Decimal(value)
    }
}

impl From<Money> for Value {
    fn from(value: Money) -> Self {
        Self::Money(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl From<DateTime> for Value {
    fn from(value: DateTime) -> Self {
        Self::DateTime(value)
    }
}

impl From<Place> for Value {
    fn from(value: Place) -> Self {
        Self::Place(value)
    }
}
