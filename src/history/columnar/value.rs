//! A single value as the text that a CSV file or a JSON document would have for it.

use super::super::mapping::columns::Writing;
use super::shape::Single;
use crate::value::Date;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use parquet::data_type::Decimal;
use parquet::record::Field;
use std::fmt::Write;

/// A value as text, and what kind of text that is.
pub(super) struct Told {
    pub(super) text: String,
    pub(super) writing: Writing,
}

/// The text of a value; nothing for a null.
pub(super) fn told(field: &Field, single: Single) -> Result<Option<Told>, String> {
    let number = |text: String| Ok(Some(Told { text, writing: Writing::Number }));
    let fraction = |text: String| Ok(Some(Told { text, writing: Writing::Fraction }));
    match (single, field) {
        (_, Field::Null) => Ok(None),
        (Single::Moment { per_second, in_utc }, field) => {
            let text = whole(field).and_then(|count| moment(count, per_second, in_utc));
            told_or(text, Writing::Moment, "a moment outside of the calendar")
        }
        (Single::Clock { per_second }, field) => {
            let text = whole(field).and_then(|count| clock(count, per_second));
            told_or(text, Writing::AsMapped, "a time of day that no day has")
        }
        (Single::Uuid, Field::Bytes(bytes)) => Ok(Some(Told { text: uuid(bytes.data()), writing: Writing::AsMapped })),
        (_, Field::Bool(flag)) => Ok(Some(Told { text: flag.to_string(), writing: Writing::Flag })),
        (_, Field::Byte(whole)) => number(whole.to_string()),
        (_, Field::Short(whole)) => number(whole.to_string()),
        (_, Field::Int(whole)) => number(whole.to_string()),
        (_, Field::Long(whole)) => number(whole.to_string()),
        (_, Field::UByte(whole)) => number(whole.to_string()),
        (_, Field::UShort(whole)) => number(whole.to_string()),
        (_, Field::UInt(whole)) => number(whole.to_string()),
        (_, Field::ULong(whole)) => number(whole.to_string()),
        // The fewest digits that read back as the same number, without an exponent.
        (_, Field::Float16(part)) => fraction(part.to_string()),
        (_, Field::Float(part)) => fraction(part.to_string()),
        (_, Field::Double(part)) => fraction(part.to_string()),
        (_, Field::Decimal(exact)) => {
            told_or(decimal(exact), Writing::Number, "a number of more digits than can be kept exactly")
        }
        (_, Field::Str(text)) => Ok(Some(Told { text: text.clone(), writing: Writing::AsMapped })),
        (_, Field::Bytes(bytes)) => match bytes.as_utf8() {
            Ok(text) => Ok(Some(Told { text: text.to_owned(), writing: Writing::AsMapped })),
            Err(_) => Err("bytes that are no UTF-8 text".to_owned()),
        },
        (_, Field::Date(days)) => {
            let day = Date::of_number(i64::from(*days)).map(|day| day.to_string());
            told_or(day, Writing::Moment, "a day outside of the calendar")
        }
        (_, Field::TimestampMillis(count)) => {
            told_or(moment(*count, 1_000, true), Writing::Moment, "a moment outside of the calendar")
        }
        (_, Field::TimestampMicros(count)) => {
            told_or(moment(*count, 1_000_000, true), Writing::Moment, "a moment outside of the calendar")
        }
        (_, Field::TimeMillis(count)) => {
            told_or(clock((*count).into(), 1_000), Writing::AsMapped, "a time of day that no day has")
        }
        (_, Field::TimeMicros(count)) => told_or(clock(*count, 1_000_000), Writing::AsMapped, "a time of day that no day has"),
        (_, Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_)) => Err("more than a single value".to_owned()),
    }
}

fn told_or(text: Option<String>, writing: Writing, wrong: &str) -> Result<Option<Told>, String> {
    text.map(|text| Some(Told { text, writing })).ok_or_else(|| wrong.to_owned())
}

/// The whole number that stands for a moment or a time of day.
fn whole(field: &Field) -> Option<i64> {
    match field {
        Field::TimestampMillis(count) | Field::TimestampMicros(count) | Field::TimeMicros(count) | Field::Long(count) => {
            Some(*count)
        }
        Field::TimeMillis(count) | Field::Int(count) => Some(i64::from(*count)),
        _ => None,
    }
}

fn moment(count: i64, per_second: i64, in_utc: bool) -> Option<String> {
    let nanoseconds = (count % per_second) * (1_000_000_000 / per_second);
    let stamp = Timestamp::new(count / per_second, i32::try_from(nanoseconds).ok()?).ok()?;
    Some(if in_utc { stamp.to_string() } else { stamp.to_zoned(TimeZone::UTC).datetime().to_string() })
}

fn clock(count: i64, per_second: i64) -> Option<String> {
    let seconds = count.div_euclid(per_second);
    let nanoseconds = count.rem_euclid(per_second) * (1_000_000_000 / per_second);
    let part = |number: i64| i8::try_from(number).ok();
    let (hour, minute, second) = (part(seconds / 3_600)?, part(seconds / 60 % 60)?, part(seconds % 60)?);
    let time = jiff::civil::Time::new(hour, minute, second, i32::try_from(nanoseconds).ok()?);
    time.ok().map(|time| time.to_string())
}

fn uuid(bytes: &[u8]) -> String {
    let mut text = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        text.push_str(if [4, 6, 8, 10].contains(&at) { "-" } else { "" });
        // Writing to a text never fails.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Digits and a point; nothing where there are more than 38 digits, which is the most that other programs write.
fn decimal(exact: &Decimal) -> Option<String> {
    let bytes = exact.data();
    let is_negative = bytes.first().is_some_and(|byte| *byte >= 0x80);
    if bytes.len() > size_of::<i128>() {
        return None;
    }
    let start: i128 = if is_negative { -1 } else { 0 };
    let unscaled = bytes.iter().fold(start, |number, byte| (number << 8) | i128::from(*byte));
    let scale = usize::try_from(exact.scale()).ok().filter(|scale| *scale <= 38)?;
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (before, behind) = digits.split_at_checked(digits.len() - scale)?;
    let sign = if is_negative { "-" } else { "" };
    Some(if behind.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{behind}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::data_type::ByteArray;

    fn shown(field: &Field, single: Single) -> String {
        match told(field, single) {
            Ok(None) => "missing".to_owned(),
            Ok(Some(told)) => format!("{} ({:?})", told.text, told.writing),
            Err(why) => why,
        }
    }

    fn decimal_of(bytes: &[u8], scale: i32) -> Field {
        Field::Decimal(Decimal::from_bytes(ByteArray::from(bytes.to_vec()), 38, scale))
    }

    #[test]
    fn values_are_told_exactly() {
        let local = Single::Moment { per_second: 1_000_000_000, in_utc: false };
        let utc = Single::Moment { per_second: 1_000, in_utc: true };
        let plain = [
            Field::Null,
            Field::Bool(true),
            Field::Long(-7),
            Field::ULong(u64::MAX),
            Field::Double(0.1 + 0.2),
            Field::Double(1e21),
            Field::Double(1234.0),
            Field::Double("NaN".parse().unwrap()),
            Field::Float(25.1),
            Field::Decimal(Decimal::from_i32(6_420, 9, 2)),
            Field::Decimal(Decimal::from_i32(-5, 9, 2)),
            Field::Decimal(Decimal::from_i64(7, 18, 0)),
            decimal_of(&[0xff, 0xff, 0xfe], 2),
            decimal_of(&[0x7f; 16], 4),
            decimal_of(&[0; 17], 2),
            Field::Date(20_517),
            Field::Date(i32::MAX),
            Field::Str("café".to_owned()),
            Field::Bytes(ByteArray::from(vec![0xff])),
            Field::TimeMillis(36_061_500),
            Field::TimeMillis(86_400_000),
            Field::TimeMillis(-1),
        ];
        let mut lines: Vec<String> = plain.iter().map(|field| shown(field, Single::Plain)).collect();
        lines.push(shown(&Field::Long(1_772_704_800_000_000_000), local));
        lines.push(shown(&Field::Long(-1), local));
        lines.push(shown(&Field::TimestampMillis(1_772_704_800_250), utc));
        lines.push(shown(&Field::Long(i64::MAX), utc));
        lines.push(shown(&Field::Bytes(ByteArray::from((0..16).collect::<Vec<u8>>())), Single::Uuid));
        insta::assert_snapshot!(lines.join("\n"), @"
        missing
        true (Flag)
        -7 (Number)
        18446744073709551615 (Number)
        0.30000000000000004 (Fraction)
        1000000000000000000000 (Fraction)
        1234 (Fraction)
        NaN (Fraction)
        25.1 (Fraction)
        64.20 (Number)
        -0.05 (Number)
        7 (Number)
        -0.02 (Number)
        16947396313317327396019049076013554.0607 (Number)
        a number of more digits than can be kept exactly
        2026-03-05 (Moment)
        a day outside of the calendar
        café (AsMapped)
        bytes that are no UTF-8 text
        10:01:01.5 (AsMapped)
        a time of day that no day has
        a time of day that no day has
        2026-03-05T10:00:00 (Moment)
        1969-12-31T23:59:59.999999999 (Moment)
        2026-03-05T10:00:00.25Z (Moment)
        a moment outside of the calendar
        00010203-0405-0607-0809-0a0b0c0d0e0f (AsMapped)
        ");
    }
}
