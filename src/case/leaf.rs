//! The Rust types that a typed fact may have.

use super::reading::{self, Reading};
use crate::text::{Code, Diagnostic, Diagnostics, Node};
use crate::value::{Brief, Date, DateTime, Decimal, Given, Kind, Money, Place, Value, View};

/// What is special about a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits {
    /// A case of a billing dispute cannot be decided without it.
    pub(crate) required: bool,
    /// It may not be given as `unknown`.
    pub(crate) certain: bool,
    /// It tells who the customer is: masked wherever a case is shown for debugging.
    pub(crate) personal: bool,
    /// Computed when it is not given.
    pub(crate) derived: bool,
    /// Between 0 and 1.
    pub(crate) share: bool,
    /// Not below zero.
    pub(crate) not_negative: bool,
    /// Somebody can still bring it about, or put it right, while the dispute is open.
    pub(crate) actionable: bool,
}

/// Why a value lies outside of the range of its field, if it does.
pub(crate) fn outside(value: View<'_>, traits: Traits) -> Option<&'static str> {
    let number = match value {
        View::Money(money) => money.amount(),
        other => other.as_decimal()?,
    };
    if is_within((number.is_negative(), || number > Decimal::ONE), traits) {
        return None;
    }
    Some(if traits.share { "lies between 0 and 1" } else { "is never below zero" })
}

/// Does a number lie within the range of its field? It says whether it is below zero, and whether it is above one.
#[inline]
fn is_within((is_negative, is_above_one): (bool, impl FnOnce() -> bool), traits: Traits) -> bool {
    if (traits.share || traits.not_negative) && is_negative {
        return false;
    }
    !traits.share || !is_above_one()
}

/// A Rust type that stands for a kind of value.
pub(crate) trait Leaf: Sized + Clone {
    fn kind() -> Kind;

    /// The value, borrowed where the case holds it as such.
    fn given(&self) -> Given<'_>;

    /// The value in brief.
    fn brief(&self) -> Brief {
        Brief::LONG
    }

    /// Of a record the field at a position, of a list of records that field of each: items that lack it are left out, and one that
    /// is unknown makes the whole unknown, so that no sum is ever taken over a part.
    fn field(&self, _at: usize) -> Given<'_> {
        Given::Missing
    }

    fn to_value(&self) -> Value {
        match self.given() {
            Given::Known(view) => view.to_value(),
            Given::Own(value) => value,
            // A leaf is a known value.
            Given::Missing | Given::Unknown => Value::Boolean(false),
        }
    }

    fn read(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Self>;

    /// Does a value that a program has set lie within its range? Its reader did not see it. Only numbers and amounts have one.
    #[inline]
    fn is_sound(&self, _traits: Traits) -> bool {
        true
    }

    /// Reports where a value that a program has set lies outside of its range.
    fn check(&self, path: &str, traits: Traits, out: &mut Diagnostics) {
        if (traits.share || traits.not_negative)
            && let Some(problem) = outside((&self.to_value()).into(), traits)
        {
            let message = format!("`{path}` {problem}, found `{}`", self.to_value());
            out.push(Diagnostic::global(Code::OutOfRange, message).path(path));
        }
    }
}

macro_rules! leaf {
    ($type:ty, $kind:ident, $read:path, |$value:ident| $give:expr $(, brief $brief:expr)? $(, beyond $zero:expr, $one:expr)?) => {
        impl Leaf for $type {
            fn kind() -> Kind {
                Kind::$kind
            }

            #[inline]
            fn given(&self) -> Given<'_> {
                let $value = self;
                Given::Known(View::$kind($give))
            }

            $(#[inline]
            fn brief(&self) -> Brief {
                let $value = self;
                $brief
            })?

            $(#[inline]
            fn is_sound(&self, traits: Traits) -> bool {
                let $value = self;
                is_within(($zero, || $one), traits)
            })?

            fn read(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Self> {
                $read(node, path, reading)
            }
        }
    };
}

leaf!(bool, Boolean, reading::boolean, |value| *value, brief Brief::of_boolean(*value));
leaf!(i64, Integer, reading::integer, |value| *value, brief Brief::of_integer(*value), beyond *value < 0, *value > 1);
leaf!(Decimal, Decimal, reading::decimal, |value| *value, brief Brief::of_decimal_number(*value), beyond value.is_negative(), *value > Decimal::ONE);
leaf!(Money, Money, reading::money, |value| *value, brief Brief::of_money(*value), beyond value.amount().is_negative(), value.amount() > Decimal::ONE);
leaf!(String, Text, reading::text, |value| value.as_str());
leaf!(Place, Place, reading::place, |value| value, brief Brief::of_place(value.packed()));
leaf!(Date, Date, reading::date, |value| *value, brief Brief::of_day(*value));
leaf!(DateTime, DateTime, reading::instant, |value| *value);

impl<T: Leaf> Leaf for Vec<T> {
    fn kind() -> Kind {
        Kind::List(Box::new(T::kind()))
    }

    fn given(&self) -> Given<'_> {
        if self.is_empty() {
            return Given::Known(View::List(&[]));
        }
        Given::Own(Value::list(self.iter().map(Leaf::to_value)))
    }

    fn brief(&self) -> Brief {
        if self.is_empty() { Brief::EMPTY } else { Brief::LONG }
    }

    fn field(&self, at: usize) -> Given<'_> {
        let mut found = Vec::new();
        for item in self {
            match item.field(at) {
                Given::Missing => {}
                Given::Unknown => return Given::Unknown,
                Given::Known(view) => found.push(view.to_value()),
                Given::Own(value) => found.push(value),
            }
        }
        if found.is_empty() { Given::Known(View::List(&[])) } else { Given::Own(Value::list(found)) }
    }

    fn is_sound(&self, traits: Traits) -> bool {
        self.iter().all(|item| item.is_sound(traits))
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

    fn check(&self, path: &str, traits: Traits, out: &mut Diagnostics) {
        for (at, item) in self.iter().enumerate() {
            item.check(&format!("{path}[{}]", at + 1), traits, out);
        }
    }
}
