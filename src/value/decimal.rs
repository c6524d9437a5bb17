//! Exact decimal numbers of up to 28 significant digits.

use super::short_text::ShortText;
use super::trouble::Trouble;
use crate::limits::{DECIMAL_DIGITS_MAX, DECIMAL_PLACES_KEPT_MIN};
use rust_decimal::Decimal as Raw;
use std::cmp::Ordering;
use std::fmt;

/// The powers of ten that a whole number holds.
#[expect(clippy::indexing_slicing, reason = "computed when compiled: an index out of bounds does not compile")]
pub(crate) const POWERS_OF_TEN: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// An exact decimal number.
///
/// It has at most 28 digits behind the point, and all its digits, read as a whole number, are at most 2^96 - 1: 28 digits, or 29 where
/// the first ones are small. What sums, differences, products and quotients come to is exact where that holds it; else it is the nearest
/// such number, of two the even one, as long as ten digits stay behind the point (`DECIMAL_PLACES_KEPT_MIN`). With less room the
/// result does not fit: an amount is never wrong by anything that a currency could tell, and `100 / 3 + 0.05` is no error though the
/// quotient fills all digits. No binary floating point stands anywhere on its path.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal(Raw);

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self(Raw::ZERO);
    /// One.
    pub const ONE: Self = Self(Raw::ONE);

    /// Reads a number as written: an optional sign, digits, optionally a point and digits. No exponent, no separators.
    ///
    /// # Errors
    /// When the text is something else, or has more digits than can be held exactly.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        Self::parse_short(text).map_or_else(|| Self::parse_any(text), Ok)
    }

    /// A number of few digits, as nearly all are; nothing where `parse_any` has to look.
    #[inline]
    fn parse_short(text: &str) -> Option<Self> {
        Self::short_at_start(text.as_bytes()).filter(|(_, bytes)| *bytes == text.len()).map(|(number, _)| number)
    }

    /// The number of few digits that bytes begin with, as nearly all are, and how many of them are its own.
    #[inline]
    pub(crate) fn short_at_start(bytes: &[u8]) -> Option<(Self, usize)> {
        const BYTES_MAX: usize = 18;
        let negative = bytes.first() == Some(&b'-');
        let first = usize::from(negative);
        let digit = |at: usize| bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9).map(i64::from);
        // So few digits as may stand there fit.
        let (mut all, mut at) = (0_i64, first);
        while let Some(digit) = digit(at) {
            all = all.wrapping_mul(10).wrapping_add(digit);
            at += 1;
        }
        let point = at;
        // Zeros at the end of a fraction say nothing.
        let (mut mantissa, mut scale) = (all, 0);
        if bytes.get(point) == Some(&b'.') {
            at += 1;
            while let Some(digit) = digit(at) {
                all = all.wrapping_mul(10).wrapping_add(digit);
                at += 1;
                if digit != 0 {
                    (mantissa, scale) = (all, at - point - 1);
                }
            }
        }
        // A digit stands on both sides of a point, and a zero has no sign.
        if point == first || at == point + 1 || at - first > BYTES_MAX || negative && mantissa == 0 {
            return None;
        }
        let scale = u32::try_from(scale).ok()?;
        Some((Self(Raw::new(if negative { -mantissa } else { mantissa }, scale)), at))
    }

    fn parse_any(text: &str) -> Result<Self, Trouble> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(Trouble::Text(format!("`{}` is not a number", shorten(text))));
        }
        let significant =
            whole.trim_start_matches('0').len() + if digits.contains('.') { fraction.trim_end_matches('0').len() } else { 0 };
        let too_long = || {
            Trouble::Text(format!("`{}` has more than {DECIMAL_DIGITS_MAX} digits, which cannot be kept exactly", shorten(text)))
        };
        if significant > DECIMAL_DIGITS_MAX as usize || digits.len() > 4 * DECIMAL_DIGITS_MAX as usize {
            return Err(too_long());
        }
        let trimmed = if digits.contains('.') { text.trim_end_matches('0') } else { text };
        let kept = fraction_with_zeros(text, trimmed);
        let unsigned_plus = kept.strip_prefix('+').unwrap_or(kept);
        Raw::from_str_exact(unsigned_plus).map(Self).map_err(|_| too_long())
    }

    /// `mantissa / 10^scale`, for numbers known when writing code: `Decimal::new(33, 4)` is 0.0033.
    ///
    /// # Panics
    /// Never for a scale up to 28; larger scales count as 28.
    #[must_use]
    pub fn new(mantissa: i64, scale: u32) -> Self {
        Self(Raw::new(mantissa, scale.min(DECIMAL_DIGITS_MAX)))
    }

    /// The sum, exact where a number can hold it; see the type.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn plus(self, other: Self) -> Result<Self, Trouble> {
        let sum = self.0.checked_add(other.0).ok_or(Trouble::Overflow)?;
        // The crate rounds a sum that needs more digits; what was rounded away does not come back by subtraction.
        let comes_back = |part: Raw, rest: Raw| sum.checked_sub(part) == Some(rest);
        let is_exact = sum.scale() >= self.0.scale().max(other.0.scale());
        if !is_exact && !leaves_room(sum) && (!comes_back(self.0, other.0) || !comes_back(other.0, self.0)) {
            return Err(Trouble::Overflow);
        }
        Ok(Self(sum))
    }

    /// The difference, exact where a number can hold it; see the type.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn minus(self, other: Self) -> Result<Self, Trouble> {
        self.plus(other.negated())
    }

    /// The product, exact where a number can hold it; see the type.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn times(self, other: Self) -> Result<Self, Trouble> {
        let product = self.0.checked_mul(other.0).ok_or(Trouble::Overflow)?;
        let is_exact = product.scale() >= self.0.scale() + other.0.scale();
        if is_exact || leaves_room(product) || is_product(self.0, other.0, product) {
            Ok(Self(product))
        } else {
            Err(Trouble::Overflow)
        }
    }

    /// The quotient, exact where a number can hold it; see the type.
    ///
    /// # Errors
    /// Division by zero, or a result that does not fit.
    pub fn divided_by(self, other: Self) -> Result<Self, Trouble> {
        if other.is_zero() {
            return Err(Trouble::DivisionByZero);
        }
        let quotient = self.0.checked_div(other.0).ok_or(Trouble::Overflow)?;
        if leaves_room(quotient) || is_product(quotient, other.0, self.0) { Ok(Self(quotient)) } else { Err(Trouble::Overflow) }
    }

    /// The remainder of the truncated division, with the sign of the dividend.
    ///
    /// # Errors
    /// Division by zero, or a result that does not fit.
    pub fn remainder(self, other: Self) -> Result<Self, Trouble> {
        if other.is_zero() {
            return Err(Trouble::DivisionByZero);
        }
        self.0.checked_rem(other.0).map(Self).ok_or(Trouble::Overflow)
    }

    /// With the opposite sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Without its sign.
    #[must_use]
    pub fn absolute(self) -> Self {
        Self(self.0.abs())
    }

    /// Is it zero?
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Is it below zero?
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Is it a whole number?
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// The whole number it is, if it is one that fits.
    #[must_use]
    pub fn to_integer(self) -> Option<i64> {
        if !self.is_whole() {
            return None;
        }
        i64::try_from(self.0.trunc().mantissa() / 10i128.pow(self.0.trunc().scale())).ok()
    }

    /// With at least `digits` digits behind the point, more where the number has them.
    #[must_use]
    pub fn to_fixed(self, digits: u32) -> String {
        let digits = digits.min(DECIMAL_DIGITS_MAX);
        self.in_short(digits).map_or_else(|| self.to_fixed_at_length(digits), |text| text.as_str().to_owned())
    }

    fn to_fixed_at_length(self, digits: u32) -> String {
        let mut text = self.raw().normalize().to_string();
        let behind = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let digits = digits as usize;
        if behind < digits {
            if behind == 0 {
                text.push('.');
            }
            text.extend(std::iter::repeat_n('0', digits - behind));
        }
        text
    }

    /// The shortest exact form with at least so many digits behind the point; nothing for a number of more digits than nearly all
    /// have.
    pub(crate) fn in_short(self, digits: u32) -> Option<ShortText> {
        let mantissa = self.0.mantissa();
        let mut rest = u64::try_from(mantissa.unsigned_abs()).ok()?;
        let mut scale = self.0.scale();
        while scale > 0 && rest.is_multiple_of(10) {
            rest /= 10;
            scale -= 1;
        }
        let mut text = ShortText::empty();
        (scale..digits).for_each(|_| text.put(b'0'));
        for _ in 0..scale {
            text.put_digit(&mut rest);
        }
        if scale > 0 || digits > 0 {
            text.put(b'.');
        }
        text.put_digit(&mut rest);
        while rest > 0 {
            text.put_digit(&mut rest);
        }
        if mantissa < 0 {
            text.put(b'-');
        }
        Some(text)
    }

    /// What two numbers of few digits come to in the smaller of their units.
    #[inline]
    fn in_one_unit(self, other: Self) -> Option<(i128, i128)> {
        let (own, others) = (self.0.mantissa(), other.0.mantissa());
        let (scale, scale_of_other) = (self.0.scale(), other.0.scale());
        if scale == scale_of_other {
            return Some((own, others));
        }
        let (own, others) = (i64::try_from(own).ok()?, i64::try_from(others).ok()?);
        let factor = i128::from(*POWERS_OF_TEN.get(scale.abs_diff(scale_of_other) as usize)?);
        // The product of two numbers of 64 bits has 128.
        let (own, others) = (i128::from(own), i128::from(others));
        Some(if scale < scale_of_other { (own.wrapping_mul(factor), others) } else { (own, others.wrapping_mul(factor)) })
    }

    /// The same bytes for the same number, however it was written.
    pub(crate) fn canonical(self) -> [u8; 16] {
        self.0.normalize().serialize()
    }

    pub(crate) fn raw(self) -> Raw {
        self.0
    }

    pub(crate) fn from_raw(raw: Raw) -> Self {
        Self(raw)
    }
}

/// Is there room for the fewest digits behind the point that a rounded result keeps?
fn leaves_room(result: Raw) -> bool {
    const LARGEST: Raw = Raw::from_parts(u32::MAX, u32::MAX, u32::MAX, false, DECIMAL_PLACES_KEPT_MIN);
    result.scale() >= DECIMAL_PLACES_KEPT_MIN || result.abs() <= LARGEST
}

/// Is the third the exact product of the others, of which it is known that no more than its last digit is rounded?
fn is_product(one: Raw, other: Raw, product: Raw) -> bool {
    let (one, other, product) = (one.normalize(), other.normalize(), product.normalize());
    let Some(behind) = (one.scale() + other.scale()).checked_sub(product.scale()) else { return false };
    // The two sides differ by less than 2^128, so their last 128 bits tell.
    let digits = |number: Raw| number.mantissa().unsigned_abs();
    digits(one).wrapping_mul(digits(other)) == digits(product).wrapping_mul(10_u128.wrapping_pow(behind))
}

/// Keeps one digit behind a point that lost all its zeros (`64.` is not a number).
fn fraction_with_zeros<'a>(text: &'a str, trimmed: &'a str) -> &'a str {
    if trimmed.ends_with('.') { trimmed.strip_suffix('.').unwrap_or(text) } else { trimmed }
}

fn shorten(text: &str) -> String {
    let shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() { format!("{shown}...") } else { shown }
}

impl PartialOrd for Decimal {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    /// Whole numbers in the same unit tell, which nearly all come to.
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match self.in_one_unit(*other) {
            Some((one, other)) => one.cmp(&other),
            None => self.0.cmp(&other.0),
        }
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self(Raw::from(whole))
    }
}

impl fmt::Display for Decimal {
    /// The shortest exact form: no trailing zeros behind the point, no negative zero.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.in_short(0) {
            Some(text) => out.write_str(text.as_str()),
            None => write!(out, "{}", self.0.normalize()),
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl PartialEq<i64> for Decimal {
    fn eq(&self, other: &i64) -> bool {
        self.0 == Raw::from(*other)
    }
}

impl PartialOrd<i64> for Decimal {
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        self.0.partial_cmp(&Raw::from(*other))
    }
}

#[cfg(test)]
mod tests;
