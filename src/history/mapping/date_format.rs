//! How days and times are written in a file: one of a small declared set.

use crate::value::{Date, Zone};
use jiff::civil;
use jiff::tz::TimeZone;

/// In which order year, month and day stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Ymd,
    Mdy,
    Dmy,
}

const DAYS: [(&str, Order, char); 6] = [
    ("YYYY-MM-DD", Order::Ymd, '-'),
    ("YYYY/MM/DD", Order::Ymd, '/'),
    ("MM/DD/YYYY", Order::Mdy, '/'),
    ("DD/MM/YYYY", Order::Dmy, '/'),
    ("DD.MM.YYYY", Order::Dmy, '.'),
    ("DD-MM-YYYY", Order::Dmy, '-'),
];
const TIMES: [&str; 2] = [" HH:MM", " HH:MM:SS"];
/// Days as ISO 8601 writes them and times with their offset from UTC, which need no translation.
const STANDARD: &str = "RFC 3339";

/// How days or times are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateFormat {
    word: String,
    /// Absent for times with their offset.
    day: Option<(Order, char)>,
    has_time: bool,
    has_seconds: bool,
}

/// A day, with the time of day if the format has one, in seconds.
pub(crate) struct Moment {
    pub(crate) day: Date,
    clock: Option<(i8, i8, i8)>,
}

impl DateFormat {
    /// What a file has that says nothing about its dates.
    pub(crate) fn standard() -> Self {
        Self { word: STANDARD.to_owned(), day: None, has_time: false, has_seconds: false }
    }

    /// The format of that name.
    pub(crate) fn named(word: &str) -> Option<Self> {
        if word == STANDARD {
            return Some(Self::standard());
        }
        let (_, order, mark) = DAYS.iter().find(|(day, ..)| word.starts_with(day))?;
        let time = word.get("YYYY-MM-DD".len()..)?;
        let known = time.is_empty() || TIMES.contains(&time);
        known.then(|| Self {
            word: word.to_owned(),
            day: Some((*order, *mark)),
            has_time: !time.is_empty(),
            has_seconds: time.len() > " HH:MM".len(),
        })
    }

    /// The names of all formats, for a message.
    pub(crate) fn names() -> String {
        let days: Vec<String> = DAYS.iter().map(|(word, ..)| format!("`{word}`")).collect();
        format!("{}, each alone or with `HH:MM` or `HH:MM:SS` behind it, or `{STANDARD}`", days.join(", "))
    }

    /// Does it tell a time of day without its offset, so that a time zone has to be known?
    pub(crate) fn is_local_time(&self) -> bool {
        self.has_time
    }

    /// Are the cells already in the form in which a case has them?
    pub(crate) fn is_standard(&self) -> bool {
        self.day.is_none()
    }

    /// Reads a cell of this format. One digit may stand for a month, a day or an hour where two are shown.
    pub(crate) fn read(&self, cell: &str) -> Result<Moment, String> {
        let wrong = || format!("`{cell}` is not written as `{}`", self.word);
        let (order, mark) = self.day.ok_or_else(wrong)?;
        let (day, time) = match cell.split_once(' ') {
            Some((day, time)) if self.has_time => (day, Some(time)),
            None if !self.has_time => (cell, None),
            _ => return Err(wrong()),
        };
        let mut parts = day.split(mark);
        let (Some(first), Some(second), Some(third), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(wrong());
        };
        let (year, month, day) = match order {
            Order::Ymd => (first, second, third),
            Order::Mdy => (third, first, second),
            Order::Dmy => (third, second, first),
        };
        let year = number(year, 4..=4).ok_or_else(wrong)?;
        let (month, day) = (small(month).ok_or_else(wrong)?, small(day).ok_or_else(wrong)?);
        let date = Date::new(year, month, day).map_err(|trouble| format!("{}: {trouble}", wrong()))?;
        let clock = time.map(|time| self.clock(time).ok_or_else(wrong)).transpose()?;
        Ok(Moment { day: date, clock })
    }

    fn clock(&self, time: &str) -> Option<(i8, i8, i8)> {
        let mut parts = time.trim_start().split(':');
        let (hour, minute) = (small(parts.next()?)?, small(parts.next()?)?);
        let second = if self.has_seconds { small(parts.next()?)? } else { 0 };
        let fits = parts.next().is_none() && hour < 24 && minute < 60 && second < 60;
        fits.then_some((hour, minute, second))
    }
}

fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let fits = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

fn small(text: &str) -> Option<i8> {
    number(text, 1..=2).and_then(|number| i8::try_from(number).ok())
}

impl Moment {
    /// As a case writes it: the day alone, or the time with its offset in that zone.
    ///
    /// A time that the clocks leave out in spring counts as the one an hour later, one that they show twice as the first.
    pub(crate) fn to_text(&self, zone: Option<&Zone>) -> Option<String> {
        let Some((hour, minute, second)) = self.clock else { return Some(self.day.to_string()) };
        let day: civil::Date = self.day.to_string().parse().ok()?;
        let zone = TimeZone::get(zone?.name()).ok()?;
        let zoned = day.at(hour, minute, second, 0).to_zoned(zone).ok()?;
        Some(zoned.timestamp().display_with_offset(zoned.offset()).to_string())
    }
}

/// The day of a moment out of a column of days or times, as a case has it. One in UTC is the day that it is in the zone.
pub(crate) fn day_of_typed(moment: &str, zone: Option<&Zone>) -> Result<String, String> {
    let Some((day, time)) = moment.split_once('T') else { return Ok(moment.to_owned()) };
    if !time.ends_with('Z') {
        return Ok(day.to_owned());
    }
    let Some(zone) = zone else {
        return Err(format!("which day `{moment}` is depends on the place: the mapping says it with `time_zone`"));
    };
    let in_zone = || {
        let stamp: jiff::Timestamp = moment.parse().ok()?;
        Some(stamp.to_zoned(TimeZone::get(zone.name()).ok()?).date().to_string())
    };
    in_zone().ok_or_else(|| format!("`{moment}` lies outside the calendar"))
}

/// A moment out of a column of days or times, as a case has it. One that tells no offset is a time of the zone.
pub(crate) fn time_of_typed(moment: &str, zone: Option<&Zone>) -> Result<String, String> {
    if !moment.contains('T') || moment.ends_with('Z') {
        return Ok(moment.to_owned());
    }
    let Some(zone) = zone else {
        return Err(format!("`{moment}` does not tell its offset: the mapping says by `time_zone` whose clocks showed it"));
    };
    let in_zone = || {
        let local: civil::DateTime = moment.parse().ok()?;
        let zoned = local.to_zoned(TimeZone::get(zone.name()).ok()?).ok()?;
        Some(zoned.timestamp().display_with_offset(zoned.offset()).to_string())
    };
    in_zone().ok_or_else(|| format!("`{moment}` lies outside the calendar"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_the_format_says() {
        let zone = Zone::parse("America/New_York").unwrap();
        let shown: Vec<String> = [
            ("MM/DD/YYYY", "03/23/2016"),
            ("MM/DD/YYYY", "3/5/2016"),
            ("MM/DD/YYYY", "23/03/2016"),
            ("MM/DD/YYYY", "03/23/16"),
            ("MM/DD/YYYY", "2016-03-23"),
            ("MM/DD/YYYY", "03/23/2016 10:00"),
            ("DD/MM/YYYY", "23/03/2016"),
            ("DD.MM.YYYY", "29.02.2015"),
            ("YYYY-MM-DD", "2016-03-23"),
            ("YYYY-MM-DD HH:MM", "2016-03-23 9:05"),
            ("YYYY-MM-DD HH:MM:SS", "2016-12-23 23:59:59"),
            ("YYYY-MM-DD HH:MM", "2016-03-13 02:30"),
            ("YYYY-MM-DD HH:MM", "2016-03-23 24:00"),
            ("YYYY-MM-DD HH:MM", "2016-03-23"),
        ]
        .iter()
        .map(|(format, cell)| {
            let read = DateFormat::named(format).unwrap().read(cell);
            let text = read.map_or_else(|error| error, |moment| moment.to_text(Some(&zone)).unwrap());
            format!("{format} | {cell} | {text}")
        })
        .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        MM/DD/YYYY | 03/23/2016 | 2016-03-23
        MM/DD/YYYY | 3/5/2016 | 2016-03-05
        MM/DD/YYYY | 23/03/2016 | `23/03/2016` is not written as `MM/DD/YYYY`: there is no day 2016-23-03
        MM/DD/YYYY | 03/23/16 | `03/23/16` is not written as `MM/DD/YYYY`
        MM/DD/YYYY | 2016-03-23 | `2016-03-23` is not written as `MM/DD/YYYY`
        MM/DD/YYYY | 03/23/2016 10:00 | `03/23/2016 10:00` is not written as `MM/DD/YYYY`
        DD/MM/YYYY | 23/03/2016 | 2016-03-23
        DD.MM.YYYY | 29.02.2015 | `29.02.2015` is not written as `DD.MM.YYYY`: there is no day 2015-02-29
        YYYY-MM-DD | 2016-03-23 | 2016-03-23
        YYYY-MM-DD HH:MM | 2016-03-23 9:05 | 2016-03-23T09:05:00-04:00
        YYYY-MM-DD HH:MM:SS | 2016-12-23 23:59:59 | 2016-12-23T23:59:59-05:00
        YYYY-MM-DD HH:MM | 2016-03-13 02:30 | 2016-03-13T03:30:00-04:00
        YYYY-MM-DD HH:MM | 2016-03-23 24:00 | `2016-03-23 24:00` is not written as `YYYY-MM-DD HH:MM`
        YYYY-MM-DD HH:MM | 2016-03-23 | `2016-03-23` is not written as `YYYY-MM-DD HH:MM`
        ");
        assert!(
            ["MM/DD/YY", "mm/dd/yyyy", "DD/MM/YYYY HH", "", "YYYY-MM-DDTHH:MM"]
                .iter()
                .all(|word| DateFormat::named(word).is_none())
        );
    }
}
