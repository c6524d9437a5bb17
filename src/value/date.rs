//! Days and instants.

use super::duration::Duration;
use super::trouble::Trouble;
use super::zone::Zone;
use crate::limits::DATE_SHIFT_DAYS_MAX;
use jiff::civil;
use jiff::tz::Offset;
use jiff::{Span, Timestamp, Unit};
use std::fmt;

mod told;

/// After so many days the calendar repeats itself.
const DAYS_IN_400_YEARS: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;
/// So many times 400 years lie between the year -12000 and 0.
const ERAS_BEFORE: i64 = 30;
const QUARTERS_IN_CENTURY: u32 = 146_097;
const SECONDS_PER_DAY: i64 = 86_400;

/// A day of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// A day from year, month (1 to 12) and day.
    ///
    /// # Errors
    /// When there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, Trouble> {
        civil::Date::new(year, month, day)
            .map(Self)
            .map_err(|_| Trouble::Text(format!("there is no day {year:04}-{month:02}-{day:02}")))
    }

    /// Reads `2026-03-05`.
    ///
    /// # Errors
    /// When the text is something else or the day does not exist.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        match text.as_bytes().try_into().ok().and_then(Self::numbers) {
            Some((year, month, day)) => Self::new(year, month, day),
            None => Err(Trouble::Text(format!("`{text}` is not a date; write it as `2026-03-05`"))),
        }
    }

    /// Year, month and day of a text of that form.
    #[inline]
    fn numbers(text: &[u8; Self::TEXT_BYTES]) -> Option<(i16, i8, i8)> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else { return None };
        let two = |tens: u8, ones: u8| {
            let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
            (tens <= 9 && ones <= 9).then(|| i8::try_from(tens * 10 + ones).ok()).flatten()
        };
        Some((i16::from(two(y1, y2)?) * 100 + i16::from(two(y3, y4)?), two(m1, m2)?, two(d1, d2)?))
    }

    /// So many days later (earlier when negative).
    ///
    /// # Errors
    /// When the day lies outside the years 0000 to 9999, or the shift is beyond the bound of `limits`.
    pub fn plus_days(self, days: i64) -> Result<Self, Trouble> {
        if days.unsigned_abs() > DATE_SHIFT_DAYS_MAX.unsigned_abs() {
            return Err(Trouble::Text(format!("a date cannot be moved by {days} days")));
        }
        self.0.checked_add(Span::new().days(days)).map(Self).map_err(|_| Trouble::Overflow)
    }

    /// So many months later; the 31st becomes the last day of a shorter month.
    ///
    /// # Errors
    /// As for `plus_days`.
    pub fn plus_months(self, months: i64) -> Result<Self, Trouble> {
        if months.unsigned_abs() > DATE_SHIFT_DAYS_MAX.unsigned_abs() / 31 {
            return Err(Trouble::Text(format!("a date cannot be moved by {months} months")));
        }
        self.0.checked_add(Span::new().months(months)).map(Self).map_err(|_| Trouble::Overflow)
    }

    /// Days from this day to `later`; negative when it is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        self.0.until((Unit::Day, later.0)).map_or(0, |span| i64::from(span.get_days()))
    }

    /// Full months from this day to `later`; negative when it is earlier.
    #[must_use]
    pub fn months_until(self, later: Self) -> i64 {
        self.0.until((Unit::Month, later.0)).map_or(0, |span| i64::from(span.get_months()))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, January is 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Does it lie between a first and a last day, both included? What is left out bounds nothing.
    #[must_use]
    pub fn is_within(self, from: Option<Self>, until: Option<Self>) -> bool {
        from.is_none_or(|from| from <= self) && until.is_none_or(|until| self <= until)
    }

    /// Day of the week, Monday is 1 and Sunday is 7.
    #[must_use]
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// The instant at which this day begins in a time zone.
    ///
    /// # Errors
    /// When the day is at the very edge of the calendar.
    pub fn begins_in(self, zone: &Zone) -> Result<DateTime, Trouble> {
        let zoned = self.0.to_zoned(zone.rules().clone()).map_err(|_| Trouble::Overflow)?;
        Ok(DateTime { instant: zoned.timestamp(), offset: zoned.offset() })
    }
}

impl Date {
    /// How long its text is.
    pub(crate) const TEXT_BYTES: usize = "2026-03-05".len();

    /// The day of a text, as [`Date::parse`] reads it.
    #[inline]
    pub(crate) fn of_text(text: &[u8; Self::TEXT_BYTES]) -> Option<Self> {
        let (year, month, day) = Self::numbers(text)?;
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Days from 1970-01-01 on, negative before it.
    #[inline]
    pub(crate) fn to_number(self) -> i64 {
        // Years that begin with March put the day that some of them lack at their end.
        let (year, month) = (i64::from(self.0.year()), i64::from(self.0.month()));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day = (153 * month + 2) / 5 + i64::from(self.0.day()) - 1;
        era * DAYS_IN_400_YEARS + year * 365 + year / 4 - year / 100 + day - DAYS_TO_1970
    }

    /// Days from Monday to Friday up to this one, from 1969-12-29 on; those before it count below zero.
    pub(crate) fn number_of_weekday(self) -> i64 {
        // The first of January 1970 was a Thursday.
        let days = self.to_number() + 3;
        days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5)
    }

    /// The day of such a number.
    ///
    /// Quotients and remainders by the lengths of years and months come out of products, as C. Neri and L. Schneider show in "Euclidean
    /// affine functions and their application to calendar algorithms" (2022).
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        // Of the days from 1 March of the year -12000 on: all years of the calendar come later.
        let days = u32::try_from(number.checked_add(DAYS_TO_1970 + ERAS_BEFORE * DAYS_IN_400_YEARS)?).ok()?;
        let quarters = days.checked_mul(4)? | 3;
        let (century, quarters) = (quarters / QUARTERS_IN_CENTURY, (quarters % QUARTERS_IN_CENTURY) | 3);
        let product = u64::from(quarters) * 2_939_745;
        let (year, day) = (product >> 32, (product & 0xffff_ffff) / 2_939_745 / 4);
        let of_year = day * 2_141 + 197_913;
        let (month, day) = (of_year >> 16, (of_year & 0xffff) / 2_141 + 1);
        let year = i64::from(century) * 100 + i64::try_from(year).ok()? - ERAS_BEFORE * 400;
        let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
        civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self)
    }

    /// The bytes of this day and of no other.
    pub(crate) fn canonical(self) -> [u8; 4] {
        let [low, high] = self.0.year().to_le_bytes();
        let [month] = self.0.month().to_le_bytes();
        let [day] = self.0.day().to_le_bytes();
        [low, high, month, day]
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.in_short() {
            Some(text) => out.write_str(text.as_str()),
            None => write!(out, "{}", self.0),
        }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// An instant, with the offset from UTC in which it was written.
#[derive(Clone, Copy)]
pub struct DateTime {
    instant: Timestamp,
    offset: Offset,
}

impl DateTime {
    /// The beginning of 1970, in UTC.
    pub const UNIX_EPOCH: Self = Self { instant: Timestamp::UNIX_EPOCH, offset: Offset::UTC };

    /// Reads `2026-03-02T09:30:00-05:00` or `...Z`; the offset is mandatory.
    ///
    /// # Errors
    /// When the text is something else.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        Self::parse_usual(text).map_or_else(|| Self::parse_any(text), Ok)
    }

    /// A time in whole seconds, as nearly all programs write it; nothing where `parse_any` has to look.
    fn parse_usual(text: &str) -> Option<Self> {
        let (day, time) = text.as_bytes().split_first_chunk()?;
        // Two digits from there on.
        let below = |bound: i32, at: usize| {
            let digit = |at: usize| time.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| i32::from(byte - b'0'));
            Some(digit(at)? * 10 + digit(at + 1)?).filter(|number| *number < bound)
        };
        let minutes_from = |at: usize| Some(below(24, at)? * 60 + below(60, at + 3)?);
        let offset = match time {
            [b'T', _, _, b':', _, _, b':', _, _, b'Z'] => 0,
            [b'T', _, _, b':', _, _, b':', _, _, b'+', _, _, b':', _, _] => 60 * minutes_from(10)?,
            [b'T', _, _, b':', _, _, b':', _, _, b'-', _, _, b':', _, _] => -60 * minutes_from(10)?,
            _ => return None,
        };
        let second = 60 * minutes_from(1)? + below(60, 7)? - offset;
        let begins = Date::of_text(day)?.to_number() * SECONDS_PER_DAY;
        let instant = Timestamp::from_second(begins + i64::from(second)).ok()?;
        Some(Self { instant, offset: Offset::from_seconds(offset).ok()? })
    }

    fn parse_any(text: &str) -> Result<Self, Trouble> {
        let wrong = || {
            Trouble::Text(format!(
                "`{text}` is not a time; write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`"
            ))
        };
        let instant: Timestamp = text.parse().map_err(|_| wrong())?;
        let time_part = text.get(10..).ok_or_else(wrong)?;
        let offset = match time_part.rfind(['+', '-']) {
            Some(at) => {
                let mut parts = time_part.get(at + 1..).unwrap_or("").split(':');
                let mut next = || parts.next().map_or(Ok(0), |part| part.parse::<i32>().map_err(|_| wrong()));
                let seconds = next()? * 3600 + next()? * 60 + next()?;
                let sign = if time_part.as_bytes().get(at) == Some(&b'-') { -1 } else { 1 };
                Offset::from_seconds(sign * seconds).map_err(|_| wrong())?
            }
            None => Offset::UTC,
        };
        Ok(Self { instant, offset })
    }

    /// The instant so many seconds after the beginning of 1970, in UTC.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        Timestamp::from_second(seconds).ok().map(|instant| Self { instant, offset: Offset::UTC })
    }

    /// The day of this instant in a time zone.
    #[must_use]
    pub fn day_in(self, zone: &Zone) -> Date {
        let second = self.instant.as_second();
        let told = zone.offset_at(second).and_then(|offset| Date::of_number((second + offset).div_euclid(SECONDS_PER_DAY)));
        told.unwrap_or_else(|| Date(self.instant.to_zoned(zone.rules().clone()).date()))
    }

    /// The day as written, in its own offset.
    #[must_use]
    pub fn day_as_written(self) -> Date {
        Date(self.offset.to_datetime(self.instant).date())
    }

    /// The same instant written in UTC.
    #[must_use]
    pub fn in_utc(self) -> Self {
        Self { instant: self.instant, offset: Offset::UTC }
    }

    /// Later (or earlier) by a duration.
    ///
    /// # Errors
    /// When it lies outside the calendar.
    pub fn plus(self, duration: Duration) -> Result<Self, Trouble> {
        let instant = self.instant.checked_add(Span::new().seconds(duration.seconds())).map_err(|_| Trouble::Overflow)?;
        Ok(Self { instant, offset: self.offset })
    }

    /// The time from this instant to a later one, in whole seconds.
    #[must_use]
    pub fn until(self, later: Self) -> Duration {
        Duration::from_seconds(later.instant.as_second() - self.instant.as_second())
    }
}

impl DateTime {
    /// The bytes of this instant and its offset, and of no other.
    pub(crate) fn canonical(self) -> [u8; 20] {
        let mut bytes = [0; 20];
        let parts = self.instant.as_nanosecond().to_le_bytes().into_iter().chain(self.offset.seconds().to_le_bytes());
        bytes.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
        bytes
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.instant.cmp(&other.instant)
    }
}

impl std::hash::Hash for DateTime {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

impl fmt::Display for DateTime {
    /// RFC 3339, in the offset in which it was written.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.in_short() {
            Some(text) => out.write_str(text.as_str()),
            None if self.offset == Offset::UTC => write!(out, "{}", self.instant),
            None => write!(out, "{}", self.instant.display_with_offset(self.offset)),
        }
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests;
