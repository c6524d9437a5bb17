//! Calendars of holidays, as their file says them.

use super::keys::Keys;
use super::written::Written;
use crate::text::{Code, Diagnostic, Diagnostics, Node, Place, Source};
use crate::value::{Calendar, Date};

/// A calendar of holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDoc {
    /// Its name, such as `US`.
    pub name: Written<String>,
    /// The version of its data.
    pub version: String,
    /// What its days are.
    pub about: String,
    /// The law or list they come from.
    pub source: String,
    /// Where that can be read.
    pub address: String,
    /// The calendar that it adds days to.
    pub extends: Option<Written<String>>,
    /// First and last year whose holidays are all here.
    pub years: Written<(i16, i16)>,
    /// The holidays and their names, by day.
    pub days: Vec<(Date, String)>,
    /// Where it stands.
    pub place: Place,
}

const KEYS: [&str; 8] = ["calendar", "version", "about", "source", "address", "extends", "years", "days"];

impl CalendarDoc {
    /// Reads one file of `calendars/`.
    pub(crate) fn read(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let keys = Keys::open(node, source, "a calendar", &KEYS, out)?;
        let name = keys.need_text("calendar", out);
        let text = |key: &str, out: &mut Diagnostics| keys.text(key, out).map_or_else(String::new, |text| text.value);
        let (version, about) = (text("version", out), text("about", out));
        let (origin, address) = (text("source", out), text("address", out));
        let extends = keys.text("extends", out);
        let years = keys.need("years", out).and_then(|node| read_years(node, source, out));
        let mut days: Vec<(Date, String)> = Vec::new();
        for entry in keys.map("days", out) {
            match Date::parse(&entry.key.text) {
                Ok(day) if years.as_ref().is_some_and(|years| lies_outside(years.value, day)) => {
                    let message = format!("{day} lies outside the years of this calendar");
                    out.push(Diagnostic::error(Code::BadCalendar, source, entry.key.span, message));
                }
                Ok(day) => days.push((day, entry.value.as_text().unwrap_or_default().to_owned())),
                Err(trouble) => {
                    out.push(Diagnostic::error(Code::BadCalendar, source, entry.key.span, trouble.to_string()));
                }
            }
        }
        days.sort();
        let name = name?;
        let place = name.place.clone();
        Some(Self { name, version, about, source: origin, address, extends, years: years?, days, place })
    }

    /// The years that it knows on top of the calendar that it extends, first and last: its own where it adds days to years of that
    /// one, and those of both where it goes on where that one ends. Nothing where neither is so: then some years would be known
    /// by one of the two only, and nobody could tell whether the other has a day off there.
    #[must_use]
    pub fn years_on(&self, base: &Calendar) -> Option<(i16, i16)> {
        let (from, until) = self.years.value;
        match base.years() {
            None => Some((from, until)),
            Some((first, last)) if first <= from && until <= last => Some((from, until)),
            Some((first, last)) if i32::from(last) + 1 == i32::from(from) => Some((first, until)),
            Some((first, last)) if i32::from(until) + 1 == i32::from(first) => Some((from, last)),
            Some(_) => None,
        }
    }

    /// The calendar itself: its own days, and those of the calendar that it extends, for years that [`years_on`](Self::years_on)
    /// gives; for its own alone where that gives none.
    #[must_use]
    pub fn calendar(&self, base: Option<&Calendar>) -> Calendar {
        let years = base.and_then(|base| self.years_on(base)).unwrap_or(self.years.value);
        let own = self.days.iter().map(|(day, _)| *day);
        Calendar::of_years(self.name.value.clone(), own.chain(base.into_iter().flat_map(Calendar::holidays)), years)
    }
}

fn lies_outside((from, until): (i16, i16), day: Date) -> bool {
    day.year() < from || until < day.year()
}

fn read_years(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Written<(i16, i16)>> {
    let keys = Keys::open(node, source, "`years`", &["from", "until"], out)?;
    let year = |key: &str, out: &mut Diagnostics| {
        let written = keys.need_text(key, out)?;
        let year = written.value.parse::<i16>().ok().filter(|year| (1900..=9999).contains(year));
        if year.is_none() {
            out.push(Diagnostic::at(Code::BadCalendar, &written.place, format!("`{}` is no year", written.value)));
        }
        year
    };
    let (from, until) = (year("from", out), year("until", out));
    let (from, until) = (from?, until?);
    if until < from {
        let message = format!("the years end in {until}, before they begin in {from}");
        out.push(Diagnostic::at(Code::EmptyRange, &keys.place(), message));
        return None;
    }
    Some(Written::new((from, until), keys.place()))
}
