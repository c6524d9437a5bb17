//! The Rust types that a typed fact may have.

use super::reading::{self, Reading};
use crate::text::Node;
use crate::value::{Date, DateTime, Decimal, Kind, Money, Place, Value};

/// A Rust type that stands for a kind of value.
pub(crate) trait Leaf: Sized + Clone {
    fn kind() -> Kind;
    fn to_value(&self) -> Value;
    fn read(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Self>;
}

macro_rules! leaf {
    ($type:ty, $kind:ident, $read:path, |$value:ident| $give:expr) => {
        impl Leaf for $type {
            fn kind() -> Kind {
                Kind::$kind
            }

            fn to_value(&self) -> Value {
                let $value = self;
                Value::$kind($give)
            }

            fn read(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Self> {
                $read(node, path, reading)
            }
        }
    };
}

leaf!(bool, Boolean, reading::boolean, |value| *value);
leaf!(i64, Integer, reading::integer, |value| *value);
leaf!(Decimal, Decimal, reading::decimal, |value| *value);
leaf!(Money, Money, reading::money, |value| *value);
leaf!(String, Text, reading::text, |value| value.as_str().into());
leaf!(Place, Place, reading::place, |value| value.clone());
leaf!(Date, Date, reading::date, |value| *value);
leaf!(DateTime, DateTime, reading::instant, |value| *value);

impl<T: Leaf> Leaf for Vec<T> {
    fn kind() -> Kind {
        Kind::List(Box::new(T::kind()))
    }

    fn to_value(&self) -> Value {
        Value::list(self.iter().map(Leaf::to_value))
    }

    fn read(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Self> {
        let items = reading::list_items(node, path, reading)?;
        let mut values = Self::with_capacity(items.len());
        let mut sound = true;
        for (at, item) in items.iter().enumerate() {
            match T::read(item, &format!("{path}[{}]", at + 1), reading) {
                Some(value) => values.push(value),
                None => sound = false,
            }
        }
        sound.then_some(values)
    }
}
