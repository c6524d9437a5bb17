//! Values on the wire: money as an object with a decimal text, decimals as text, whole numbers as numbers.

use super::data::{Record, Value};
use super::date::{Date, DateTime};
use super::decimal::Decimal;
use super::fact::Fact;
use super::money::Money;
use super::place::Place;
use serde::ser::{Serialize, SerializeMap, Serializer};

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(2))?;
        match self.amount().in_short(self.currency().digits()) {
            Some(amount) => map.serialize_entry("amount", amount.as_str())?,
            None => map.serialize_entry("amount", &self.amount_text())?,
        }
        map.serialize_entry("currency", self.currency().code())?;
        map.end()
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.in_short(0) {
            Some(text) => out.serialize_str(text.as_str()),
            None => out.collect_str(self),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.code())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.in_short() {
            Some(text) => out.serialize_str(text.as_str()),
            None => out.collect_str(self),
        }
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.in_short() {
            Some(text) => out.serialize_str(text.as_str()),
            None => out.collect_str(self),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(value) => out.serialize_bool(*value),
            Self::Integer(value) => out.serialize_i64(*value),
            Self::Money(value) => value.serialize(out),
            Self::Text(value) => out.serialize_str(value),
            Self::Enum(value) => out.serialize_str(value.name()),
            Self::Place(value) => out.serialize_str(value.code()),
            Self::Decimal(value) => value.serialize(out),
            Self::Date(value) => value.serialize(out),
            Self::DateTime(value) => value.serialize(out),
            Self::Duration(value) => out.collect_str(value),
            Self::List(items) => out.collect_seq(items.iter()),
            Self::Record(record) => record.serialize(out),
        }
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        for (at, field) in self.kind().fields.iter().enumerate() {
            let fact = self.at(at);
            if !fact.is_missing() {
                map.serialize_entry(&*field.name, &fact)?;
            }
        }
        map.end()
    }
}

impl<T: Serialize> Serialize for Fact<T> {
    /// A missing fact is null, an unknown one the text `unknown`.
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => out.serialize_none(),
            Self::Unknown => out.serialize_str("unknown"),
            Self::Known(value) => value.serialize(out),
        }
    }
}
