//! Facts taken straight from a JSON text whose shape is known: nothing is reported and no path is spelled out, since whatever does
//! not fit is read again as a document.

use super::cursor::Cursor;
use super::leaf::{Leaf, Traits};
use crate::limits::{FACT_LIST_ITEMS_MAX, FACT_TEXT_BYTES_MAX};
use crate::value::{Currency, Date, DateTime, Decimal, Fact, Money, Place, Zone};
use std::borrow::Cow;

/// What a typed reader carries along.
pub(super) struct Taking<'t> {
    pub(super) json: Cursor<'t>,
    /// The time zone for days that stand for instants.
    pub(super) zone: Zone,
    /// Did a day stand for an instant?
    pub(super) has_days: bool,
    /// The currency that was read last: mostly that of the next amount.
    pub(super) last_currency: Option<Currency>,
}

/// A fact that can be taken from a JSON text: the same texts give the same facts as through the tree, or nothing.
pub(super) trait Typed: Sized {
    fn take(taking: &mut Taking<'_>) -> Option<Self>;
}

/// A group of facts that can be taken from a JSON text, in place.
pub(super) trait Filled {
    fn is_empty(&self) -> bool;
    fn fill(&mut self, taking: &mut Taking<'_>) -> Option<()>;
}

/// Takes a mapping with these keys, each of them once at most. They are looked for in the order given, in which most programs write them,
/// some of them left out; another order takes as many rounds as it goes back.
macro_rules! take_entries {
    ($taking:ident { $($key:ident => $take:expr,)+ }) => {{
        #[expect(non_camel_case_types, reason = "named as the keys are")]
        enum Numbered { $($key),+ }
        const { assert!([$(Numbered::$key as u32),+].len() <= u64::BITS as usize) }
        let mut seen = 0_u64;
        let mut more = $taking.json.enter(b'{', b'}')?;
        while more {
            let before = seen;
            $(
                let number = 1_u64 << (Numbered::$key as u32);
                if seen & number == 0 && $taking.json.skip(concat!("\"", stringify!($key), "\"")) {
                    seen |= number;
                    $taking.json.mark(b':')?;
                    $take;
                    more = $taking.json.another(b'}')?;
                    if !more {
                        break;
                    }
                }
            )+
            // Another key than these, one for the second time, or one with letters written as escapes.
            if seen == before {
                return None;
            }
        }
        Some(())
    }};
}

pub(super) use take_entries;

/// Takes a field: nothing for null, `unknown` where that is allowed, else a value within its range.
#[inline]
pub(super) fn take_fact<T: Typed + Leaf>(slot: &mut Fact<T>, traits: Traits, taking: &mut Taking<'_>) -> Option<()> {
    match taking.json.peek()? {
        b'n' => return taking.json.skip("null").then_some(()),
        b'"' if taking.json.skip("\"unknown\"") => {
            *slot = Fact::Unknown;
            return (!traits.certain).then_some(());
        }
        _ => {}
    }
    let value = T::take(taking)?;
    if (traits.share || traits.not_negative) && !value.is_sound(traits) {
        return None;
    }
    *slot = Fact::Known(value);
    Some(())
}

/// A text as it is parsed by the type of a fact; none of these has anything to escape.
#[inline]
fn parsed<T, E>(taking: &mut Taking<'_>, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
    parse(taking.json.plain()?).ok()
}

/// A whole number of few digits, as JSON writes it: with no zero before other digits.
#[inline]
fn short_integer(bytes: &[u8]) -> Option<(i64, usize)> {
    const DIGITS_MAX: usize = 18;
    let (mut number, mut digits) = (0_i64, 0);
    while let Some(digit) = bytes.get(digits).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9) {
        // So few digits fit.
        number = number.wrapping_mul(10).wrapping_add(digit.into());
        digits += 1;
    }
    let fits = digits == 1 || (2..=DIGITS_MAX).contains(&digits) && bytes.first() != Some(&b'0');
    fits.then_some((number, digits))
}

/// A decimal number of few digits, likewise: with no zero before other digits.
#[inline]
fn short_number(bytes: &[u8]) -> Option<(Decimal, usize)> {
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    if matches!(digits, [b'0', b'0'..=b'9', ..]) { None } else { Decimal::short_at_start(bytes) }
}

impl Typed for bool {
    #[inline]
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        match taking.json.peek()? {
            b't' => taking.json.skip("true").then_some(true),
            _ => taking.json.skip("false").then_some(false),
        }
    }
}

impl Typed for i64 {
    #[inline]
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        match taking.json.between("", short_integer, "") {
            Some(short) => Some(short),
            None => taking.json.number()?.parse().ok(),
        }
    }
}

impl Typed for Decimal {
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        match taking.json.peek()? {
            b'"' => match taking.json.between("\"", Self::short_at_start, "\"") {
                Some(short) => Some(short),
                None => parsed(taking, Self::parse),
            },
            _ => match taking.json.between("", short_number, "") {
                Some(short) => Some(short),
                None => Self::parse(taking.json.number()?).ok(),
            },
        }
    }
}

impl Typed for Money {
    /// As an object of two texts, or as one.
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        if taking.json.peek()? == b'"' {
            return parsed(taking, Self::parse);
        }
        if let Some(money) = taking.usual_money() {
            return Some(money);
        }
        let (mut amount, mut currency) = (None, None);
        let mut more = taking.json.enter(b'{', b'}')?;
        while more {
            match taking.json.key()? {
                "amount" if amount.is_none() => amount = Some(parsed(taking, Decimal::parse)?),
                "currency" if currency.is_none() => currency = Some(parsed(taking, Currency::parse)?),
                _ => return None,
            }
            more = taking.json.another(b'}')?;
        }
        Some(Self::new(amount?, currency?))
    }
}

impl Taking<'_> {
    /// Money as nearly all programs write it: the amount first, and no space.
    fn usual_money(&mut self) -> Option<Money> {
        let last = self.last_currency;
        let take = |bytes: &[u8]| {
            let (amount, digits) = Decimal::short_at_start(bytes)?;
            let code = bytes.get(digits..)?.strip_prefix(br#"","currency":""#)?.first_chunk()?;
            let currency = last.filter(|last| last.has_code(*code)).or_else(|| Currency::of_code(*code))?;
            Some((Money::new(amount, currency), digits + r#"","currency":"XXX"#.len()))
        };
        let money = self.json.between(r#"{"amount":""#, take, r#""}"#)?;
        self.last_currency = Some(money.currency());
        Some(money)
    }
}

impl Typed for String {
    #[inline]
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        match taking.json.string()? {
            text if text.len() > FACT_TEXT_BYTES_MAX => None,
            Cow::Borrowed(text) => Some(text.to_owned()),
            // With its letters written as escapes `unknown` still says that nobody knows.
            Cow::Owned(text) => (text != "unknown").then_some(text),
        }
    }
}

impl Typed for Place {
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        parsed(taking, Self::parse)
    }
}

impl Typed for Date {
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        taking.json.peek()?;
        let take = |bytes: &[u8]| Some((Self::of_text(bytes.first_chunk()?)?, Self::TEXT_BYTES));
        taking.json.between("\"", take, "\"")
    }
}

impl Typed for DateTime {
    /// A day alone stands for its beginning in the time zone of the case.
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        let text = taking.json.plain()?;
        if text.len() > "2026-03-02".len() {
            return Self::parse(text).ok();
        }
        taking.has_days = true;
        Date::parse(text).and_then(|day| day.begins_in(&taking.zone)).ok()
    }
}

impl<T: Typed> Typed for Vec<T> {
    fn take(taking: &mut Taking<'_>) -> Option<Self> {
        let mut items = Self::new();
        let mut more = taking.json.enter(b'[', b']')?;
        while more {
            if items.len() == FACT_LIST_ITEMS_MAX {
                return None;
            }
            items.push(T::take(taking)?);
            more = taking.json.another(b']')?;
        }
        Some(items)
    }
}
