//! Facts in brief: the state of a fact, and of most known values all there is, in two machine words. Decisions are taken by
//! these: to build, move and take apart whole values takes many times as long as to look one up.

use super::currency::Currency;
use super::date::Date;
use super::decimal::Decimal;
use super::fact::Fact;
use super::kind::{EnumKind, Kind};
use super::money::Money;
use super::place::PlaceCode;
use super::units::Units;
use super::view::{Given, View};
use std::sync::Arc;

/// A fact in brief. Texts, instants, lists with items, records, and numbers of many digits are *long*: who needs those reads the
/// fact itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Brief {
    /// In its lowest byte what it is; then, behind the point of a number, the count of digits; from bit 16 on the currency, or
    /// the position in an enum.
    head: u64,
    word: u64,
}

/// Tells an enum from all others that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EnumMark(u64);

impl EnumMark {
    pub(crate) fn of(kind: &Arc<EnumKind>) -> Self {
        Self(enum_mark(kind))
    }
}

/// What all numbers of one kind have in common: that they are decimals, or amounts in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BriefKind(u64);

impl BriefKind {
    /// That of decimals.
    pub(crate) fn decimal() -> Self {
        Self(Brief::of_decimal(Units { mantissa: 0, scale: 0 }).head)
    }

    /// That of amounts in a currency.
    pub(crate) fn amount(currency: Currency) -> Self {
        Self(Brief::of_amount(Units { mantissa: 0, scale: 0 }, currency.mark()).head)
    }
}

/// Where an enum lies: no other has the same mark while both exist.
#[inline]
fn enum_mark(kind: &Arc<EnumKind>) -> u64 {
    Arc::as_ptr(kind).addr() as u64
}

const MISSING: u8 = 0;
const UNKNOWN: u8 = 1;
const EMPTY: u8 = 2;
const BOOLEAN: u8 = 3;
const INTEGER: u8 = 4;
const DECIMAL: u8 = 5;
const MONEY: u8 = 6;
const ENUM: u8 = 7;
const PLACE: u8 = 8;
const DATE: u8 = 9;
/// From here on a brief says nothing of the fact.
const LONG: u8 = 10;
const KEPT: u8 = 11;
const FRESH: u8 = 12;
const WRITTEN: u8 = 13;

/// How many states a fact may be in that are told without a value: missing, unknown, a list without items.
pub(crate) const STATES: usize = 3;

impl Brief {
    /// The case does not speak of it.
    pub(crate) const MISSING: Self = Self { head: MISSING as u64, word: 0 };
    /// The case says that nobody knows it.
    pub(crate) const UNKNOWN: Self = Self { head: UNKNOWN as u64, word: 0 };
    /// A list without items.
    pub(crate) const EMPTY: Self = Self { head: EMPTY as u64, word: 0 };
    /// The fact itself has to be read.
    pub(crate) const LONG: Self = Self { head: LONG as u64, word: 0 };
    /// Nobody has looked yet.
    pub(crate) const FRESH: Self = Self { head: FRESH as u64, word: 0 };

    /// A long value that is kept elsewhere, under a number.
    pub(crate) fn kept(number: usize) -> Self {
        Self { head: u64::from(KEPT), word: number as u64 }
    }

    /// A long value that the policy has written down, under a number; it is of the kind that it is declared for.
    pub(crate) fn written(number: usize) -> Self {
        Self { head: u64::from(WRITTEN), word: number as u64 }
    }

    /// `true` or `false`.
    #[inline]
    pub(crate) fn of_boolean(value: bool) -> Self {
        Self { head: u64::from(BOOLEAN), word: u64::from(value) }
    }

    /// A whole number.
    #[inline]
    pub(crate) fn of_integer(value: i64) -> Self {
        Self { head: u64::from(INTEGER), word: value.cast_unsigned() }
    }

    /// A decimal number.
    #[inline]
    pub(crate) fn of_decimal(number: Units) -> Self {
        Self::of_units(DECIMAL, number, 0)
    }

    /// An amount in the currency with that mark.
    #[inline]
    pub(crate) fn of_amount(number: Units, currency: u32) -> Self {
        Self::of_units(MONEY, number, currency)
    }

    /// An amount of money; long where it has too many digits.
    #[inline]
    pub(crate) fn of_money(money: Money) -> Self {
        Self::of_number(MONEY, money.amount(), money.currency().mark())
    }

    /// A decimal number; long where it has too many digits.
    #[inline]
    pub(crate) fn of_decimal_number(number: Decimal) -> Self {
        Self::of_number(DECIMAL, number, 0)
    }

    /// A position in an enum.
    #[inline]
    pub(crate) fn of_position(kind: &Arc<EnumKind>, at: u16) -> Self {
        Self { head: u64::from(ENUM) | u64::from(at) << 16, word: enum_mark(kind) }
    }

    /// A place.
    #[inline]
    pub(crate) fn of_place(place: PlaceCode) -> Self {
        Self { head: u64::from(PLACE), word: place.0 }
    }

    /// A day.
    #[inline]
    pub(crate) fn of_day(date: Date) -> Self {
        Self { head: u64::from(DATE), word: date.to_number().cast_unsigned() }
    }

    #[inline]
    fn of_units(tag: u8, Units { mantissa, scale }: Units, mark: u32) -> Self {
        let head = u64::from(tag) | u64::from(scale) << 8 | u64::from(mark) << 16;
        Self { head, word: mantissa.cast_unsigned() }
    }

    #[inline]
    fn of_number(tag: u8, number: Decimal, mark: u32) -> Self {
        Units::of(number).map_or(Self::LONG, |units| Self::of_units(tag, units, mark))
    }

    #[inline]
    fn tag(self) -> u8 {
        // The lowest byte.
        (self.head & 0xff) as u8
    }

    /// Has the fact itself to be read?
    #[inline]
    pub(crate) fn is_long(self) -> bool {
        self.tag() >= LONG
    }

    /// Has nobody looked yet?
    #[inline]
    pub(crate) fn is_fresh(self) -> bool {
        self.tag() == FRESH
    }

    #[inline]
    pub(crate) fn is_missing(self) -> bool {
        self.tag() == MISSING
    }

    #[inline]
    pub(crate) fn is_unknown(self) -> bool {
        self.tag() == UNKNOWN
    }

    /// Is a value given, be it a list without items?
    #[inline]
    pub(crate) fn is_known(self) -> bool {
        matches!(self.tag(), EMPTY..LONG)
    }

    /// The number of its state, where that is all there is to tell: 0 is missing, 1 unknown, 2 a list without items.
    #[inline]
    pub(crate) fn state(self) -> Option<usize> {
        let tag = usize::from(self.tag());
        (tag < STATES).then_some(tag)
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

    /// An amount of money that has no other digits than its currency.
    #[inline]
    pub(crate) fn has_minor_digits(self) -> bool {
        match (self.currency().and_then(Currency::of_mark), self.amount()) {
            (Some(currency), Some(units)) => units.scale <= currency.digits(),
            _ => false,
        }
    }

    /// The position in an enum, if it is of that one.
    #[inline]
    pub(crate) fn position_in(self, kind: &Arc<EnumKind>) -> Option<usize> {
        (self.tag() == ENUM && self.word == enum_mark(kind)).then_some((self.head >> 16) as usize)
    }

    /// The same, where the enum is told by its mark.
    #[inline]
    pub(crate) fn position_of(self, mark: EnumMark) -> Option<usize> {
        (self.tag() == ENUM && self.word == mark.0).then_some((self.head >> 16) as usize)
    }

    /// A number of that kind.
    #[inline]
    pub(crate) fn units_of(self, kind: BriefKind) -> Option<Units> {
        let scale = (self.head >> 8 & 0xff) as u32;
        (self.head & !0xff00 == kind.0).then_some(Units { mantissa: self.word.cast_signed(), scale })
    }

    /// Are both positions in the same enum? Which of them comes first, then.
    #[inline]
    pub(crate) fn positions(self, other: Self) -> Option<(u64, u64)> {
        let both = self.tag() == ENUM && other.tag() == ENUM && self.word == other.word;
        both.then_some((self.head >> 16, other.head >> 16))
    }

    #[inline]
    pub(crate) fn place(self) -> Option<PlaceCode> {
        (self.tag() == PLACE).then_some(PlaceCode(self.word))
    }

    /// A day, in the order of days.
    #[inline]
    pub(crate) fn day(self) -> Option<i64> {
        (self.tag() == DATE).then_some(self.word.cast_signed())
    }

    /// Nothing of the same: no amount in the same currency, the number zero.
    #[inline]
    pub(crate) fn zero_like(self) -> Self {
        let nothing = Units { mantissa: 0, scale: 0 };
        match (self.tag(), self.currency()) {
            (MONEY, Some(currency)) => Self::of_amount(nothing, currency),
            (DECIMAL, _) => Self::of_decimal(nothing),
            (INTEGER, _) => Self::of_integer(0),
            _ => Self::LONG,
        }
    }

    /// The number under which a long value is kept.
    #[inline]
    pub(crate) fn number_kept(self) -> Option<usize> {
        if self.tag() == KEPT { usize::try_from(self.word).ok() } else { None }
    }

    /// The number under which the policy has a long value written down.
    #[inline]
    pub(crate) fn number_written(self) -> Option<usize> {
        if self.tag() == WRITTEN { usize::try_from(self.word).ok() } else { None }
    }

    /// The whole fact of that kind again; nothing where the brief does not tell it.
    #[inline]
    pub(crate) fn give(self, kind: &Kind) -> Option<Given<'_>> {
        Some(match (self.tag(), kind) {
            (MISSING, _) => Given::Missing,
            (UNKNOWN, _) => Given::Unknown,
            (EMPTY, Kind::List(_)) => Given::Known(View::List(&[])),
            (BOOLEAN, Kind::Boolean) => Given::Known(View::Boolean(self.word != 0)),
            (INTEGER, Kind::Integer) => Given::Known(View::Integer(self.word.cast_signed())),
            (DECIMAL, Kind::Decimal) => Given::Known(View::Decimal(self.number_of(DECIMAL)?.to_decimal())),
            (MONEY, Kind::Money) => {
                let (amount, currency) = (self.amount()?.to_decimal(), Currency::of_mark(self.currency()?)?);
                Given::Known(View::Money(Money::new(amount, currency)))
            }
            (ENUM, Kind::Enum(names)) => Given::Known(View::Enum(names, u16::try_from(self.position_in(names)?).ok()?)),
            (DATE, Kind::Date) => Given::Known(View::Date(Date::of_number(self.word.cast_signed())?)),
            _ => return None,
        })
    }

    /// Does the brief tell the whole fact of that kind, so that [`Brief::give`] gives it?
    #[inline]
    pub(crate) fn tells(self, kind: &Kind) -> bool {
        match (self.tag(), kind) {
            (MISSING | UNKNOWN, _)
            | (EMPTY, Kind::List(_))
            | (BOOLEAN, Kind::Boolean)
            | (INTEGER, Kind::Integer)
            | (DECIMAL, Kind::Decimal)
            | (MONEY, Kind::Money)
            | (DATE, Kind::Date) => true,
            (ENUM, Kind::Enum(names)) => self.word == enum_mark(names),
            _ => false,
        }
    }

    /// The same as a declared kind has it; long where only the whole value tells.
    #[inline]
    pub(crate) fn fit(self, kind: &Kind) -> Self {
        match (self.tag(), kind) {
            (INTEGER, Kind::Decimal) => Self { head: u64::from(DECIMAL), word: self.word },
            (WRITTEN, _) => self,
            _ if self.tells(kind) => self,
            _ => Self::LONG,
        }
    }
}

impl From<View<'_>> for Brief {
    #[inline]
    fn from(view: View<'_>) -> Self {
        match view {
            View::Boolean(value) => Self::of_boolean(value),
            View::Integer(value) => Self::of_integer(value),
            View::Decimal(number) => Self::of_decimal_number(number),
            View::Money(money) => Self::of_money(money),
            View::Enum(kind, at) => Self::of_position(kind, at),
            View::Place(place) => Self::of_place(place.packed()),
            View::Date(date) => Self::of_day(date),
            View::List([]) => Self::EMPTY,
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
