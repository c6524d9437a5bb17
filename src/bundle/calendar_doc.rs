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
    pub years: (i16, i16),
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
                Ok(day) if years.is_some_and(|(from, until)| day.year() < from || until < day.year()) => {
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

    /// The calendar itself, on top of the one that it extends: it knows the years that both know.
    #[must_use]
    pub fn calendar(&self, base: Option<&Calendar>) -> Calendar {
        let mut years = self.years;
        if let Some((from, until)) = base.and_then(Calendar::years) {
            years = (years.0.max(from), years.1.min(until));
        }
        let own = self.days.iter().map(|(day, _)| *day);
        Calendar::of_years(self.name.value.clone(), own.chain(base.into_iter().flat_map(Calendar::holidays)), years)
    }
}

fn read_years(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<(i16, i16)> {
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
    Some((from, until))
}
