//! Facts in brief: the state of a fact, and of most known values all there is, in two machine words. Tables find their rows by
//! these: to build, move and take apart whole values takes many times as long as to look one up.

use super::decimal::Decimal;
use super::fact::Fact;
use super::kind::EnumKind;
use super::place::PlaceCode;
use super::view::View;
use std::sync::Arc;

/// A fact in brief. Texts, times, lists, records, and numbers of many digits are *long*: who needs those reads the fact itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Brief {
    /// In its lowest byte what it is; then, behind the point of a number, the count of digits; from bit 16 on the currency, or
    /// the position in an enum.
    head: u64,
    word: u64,
}

/// A number as so many units of `10^-scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Units {
    pub(crate) mantissa: i64,
    pub(crate) scale: u32,
}

impl Units {
    /// Those of a number, where they fit.
    #[inline]
    pub(crate) fn of(number: Decimal) -> Option<Self> {
        let raw = number.raw();
        Some(Self { mantissa: i64::try_from(raw.mantissa()).ok()?, scale: raw.scale() })
    }
}

/// Where an enum lies: no other has the same mark while both exist.
#[inline]
fn enum_mark(kind: &Arc<EnumKind>) -> u64 {
    Arc::as_ptr(kind).addr() as u64
}

const MISSING: u8 = 0;
const UNKNOWN: u8 = 1;
const LONG: u8 = 2;
const BOOLEAN: u8 = 3;
const INTEGER: u8 = 4;
const DECIMAL: u8 = 5;
const MONEY: u8 = 6;
const ENUM: u8 = 7;
const PLACE: u8 = 8;

impl Brief {
    /// The case does not speak of it.
    pub(crate) const MISSING: Self = Self { head: MISSING as u64, word: 0 };
    /// The case says that nobody knows it.
    pub(crate) const UNKNOWN: Self = Self { head: UNKNOWN as u64, word: 0 };
    /// The fact itself has to be read.
    pub(crate) const LONG: Self = Self { head: LONG as u64, word: 0 };

    #[inline]
    fn of_number(tag: u8, number: Decimal, mark: u32) -> Self {
        match Units::of(number) {
            Some(Units { mantissa, scale }) => {
                let head = u64::from(tag) | u64::from(scale) << 8 | u64::from(mark) << 16;
                Self { head, word: mantissa.cast_unsigned() }
            }
            None => Self::LONG,
        }
    }

    #[inline]
    fn tag(self) -> u8 {
        // The lowest byte.
        (self.head & 0xff) as u8
    }

    #[inline]
    pub(crate) fn is_missing(self) -> bool {
        self.tag() == MISSING
    }

    #[inline]
    pub(crate) fn is_unknown(self) -> bool {
        self.tag() == UNKNOWN
    }

    #[inline]
    fn number_of(self, tag: u8) -> Option<Units> {
        let scale = (self.head >> 8 & 0xff) as u32;
        (self.tag() == tag).then_some(Units { mantissa: self.word.cast_signed(), scale })
    }

    #[inline]
    pub(crate) fn boolean(self) -> Option<bool> {
        (self.tag() == BOOLEAN).then_some(self.word != 0)
    }

    #[inline]
    pub(crate) fn integer(self) -> Option<i64> {
        (self.tag() == INTEGER).then_some(self.word.cast_signed())
    }

    /// A decimal or a whole number.
    #[inline]
    pub(crate) fn number(self) -> Option<Units> {
        self.number_of(DECIMAL).or_else(|| self.integer().map(|mantissa| Units { mantissa, scale: 0 }))
    }

    /// An amount of money, whatever its currency.
    #[inline]
    pub(crate) fn amount(self) -> Option<Units> {
        self.number_of(MONEY)
    }

    /// The mark of the currency of an amount of money.
    #[inline]
    pub(crate) fn currency(self) -> Option<u32> {
        (self.tag() == MONEY).then_some((self.head >> 16 & 0xffff_ffff) as u32)
    }

    /// The position in an enum, if it is of that one.
    #[inline]
    pub(crate) fn position_in(self, kind: &Arc<EnumKind>) -> Option<usize> {
        (self.tag() == ENUM && self.word == enum_mark(kind)).then_some((self.head >> 16) as usize)
    }

    #[inline]
    pub(crate) fn place(self) -> Option<PlaceCode> {
        (self.tag() == PLACE).then_some(PlaceCode(self.word))
    }
}

impl From<View<'_>> for Brief {
    #[inline]
    fn from(view: View<'_>) -> Self {
        let tagged = |tag: u8, word: u64| Self { head: u64::from(tag), word };
        match view {
            View::Boolean(value) => tagged(BOOLEAN, u64::from(value)),
            View::Integer(value) => tagged(INTEGER, value.cast_unsigned()),
            View::Decimal(number) => Self::of_number(DECIMAL, number, 0),
            View::Money(money) => Self::of_number(MONEY, money.amount(), money.currency().mark()),
            View::Enum(kind, at) => Self { head: u64::from(ENUM) | u64::from(at) << 16, word: enum_mark(kind) },
            View::Place(place) => tagged(PLACE, place.packed().0),
            _ => Self::LONG,
        }
    }
}

impl From<Fact<View<'_>>> for Brief {
    #[inline]
    fn from(fact: Fact<View<'_>>) -> Self {
        match fact {
            Fact::Missing => Self::MISSING,
            Fact::Unknown => Self::UNKNOWN,
            Fact::Known(view) => view.into(),
        }
    }
}
