//! What a variable of a script holds.

use super::Unsettled;
use crate::value::{Decimal, Fact, Value};
use std::sync::Arc;

/// What a variable holds. Copies are made as in a script: what holds a list of its own shares it with nobody.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    /// A value, or that there is none.
    Fact(Fact<Value>),
    /// A list that the script has begun.
    List(Vec<Thing>),
    /// A map, the draft among them: its names in the order in which they came.
    Map(Vec<(Arc<str>, Thing)>),
}

impl Thing {
    pub(super) const NOTHING: Self = Self::Fact(Fact::Missing);

    pub(super) fn of(fact: Fact<Value>) -> Self {
        Self::Fact(match fact {
            Fact::Known(Value::Decimal(number)) => Fact::Known(Value::Decimal(plain(number))),
            other => other,
        })
    }

    pub(super) fn of_boolean(value: bool) -> Self {
        Self::Fact(Fact::Known(Value::Boolean(value)))
    }

    /// The value, where it is one that is known.
    pub(super) fn known(&self) -> Result<&Value, Unsettled> {
        match self {
            Self::Fact(Fact::Known(value)) => Ok(value),
            _ => Err(Unsettled),
        }
    }

    /// The value, where it is one that is known or a list of such.
    pub(super) fn into_known(self) -> Result<Value, Unsettled> {
        match self {
            Self::Fact(Fact::Known(value)) => Ok(value),
            Self::List(items) => items.into_iter().map(Self::into_known).collect::<Result<Vec<_>, _>>().map(Value::list),
            Self::Fact(_) | Self::Map(_) => Err(Unsettled),
        }
    }

    pub(super) fn truth(&self) -> Result<bool, Unsettled> {
        match self.known()? {
            Value::Boolean(value) => Ok(*value),
            _ => Err(Unsettled),
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(known, _)| **known == *name).map(|(_, thing)| thing),
            _ => None,
        }
    }

    pub(super) fn field_mut(&mut self, name: &str) -> Option<&mut Self> {
        match self {
            Self::Map(entries) => entries.iter_mut().find(|(known, _)| **known == *name).map(|(_, thing)| thing),
            _ => None,
        }
    }
}

/// A number as a script has it: without zeros at the end.
fn plain(number: Decimal) -> Decimal {
    if number.raw().scale() == 0 && !number.is_zero() { number } else { Decimal::from_raw(number.raw().normalize()) }
}
