//! Calendars of holidays: those that come with the library, as versioned documents with their sources, and those of a bundle.
//!
//! Order of the files, each using only those before it: `built_in`, and this one.

mod built_in;
#[cfg(test)]
mod tests;

pub use built_in::built_in;

use crate::bundle::CalendarDoc;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::Calendar;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Calendars by their names.
#[derive(Clone, Debug, Default)]
pub struct Calendars {
    by_name: BTreeMap<String, Arc<Calendar>>,
}

impl Calendars {
    /// Those that come with the library and those of a bundle; a bundle may build on any of them, and may not give the name of one
    /// of the library. The order of the files means nothing.
    pub fn with(own: &[CalendarDoc], out: &mut Diagnostics) -> Self {
        let mut by_name: BTreeMap<String, Arc<Calendar>> =
            built_in().iter().map(|doc| (doc.name.value.clone(), Arc::new(doc.calendar(None)))).collect();
        let mut waiting: BTreeMap<&str, &CalendarDoc> = BTreeMap::new();
        for doc in own {
            let name = doc.name.value.as_str();
            if by_name.contains_key(name) || waiting.contains_key(name) {
                let message = format!("there is a calendar `{name}` already");
                let help = format!("give it a name of its own, and write `extends: {name}` to build on that one");
                out.push(Diagnostic::at(Code::DuplicateName, &doc.place, message).help(help));
            } else {
                waiting.insert(name, doc);
            }
        }
        // What has a mistake is there all the same, without what it extends, so that nothing is said against those who name it.
        let known: Vec<&str> = by_name.keys().map(String::as_str).chain(waiting.keys().copied()).collect();
        let mut alone: Vec<&str> = Vec::new();
        for doc in waiting.values() {
            let Some(extended) = &doc.extends else { continue };
            if !known.contains(&extended.value.as_str()) {
                out.push(unknown(&extended.value, &extended.place, known.iter().copied()));
                alone.push(&doc.name.value);
            } else if let Some(way) = circle(doc, &waiting) {
                // The first of them by name says it for all.
                if way.iter().all(|name| doc.name.value.as_str() <= *name) {
                    out.push(round(doc, &extended.place, &way));
                }
                alone.push(&doc.name.value);
            }
        }
        let mut left: Vec<&CalendarDoc> = waiting.into_values().collect();
        while !left.is_empty() {
            let before = left.len();
            left.retain(|doc| {
                let base = match doc.extends.as_ref().filter(|_| !alone.contains(&doc.name.value.as_str())) {
                    None => None,
                    Some(name) => match by_name.get(&name.value) {
                        None => return true,
                        base => base.cloned(),
                    },
                };
                if let Some(finding) = base.as_deref().and_then(|base| apart(doc, base)) {
                    out.push(finding);
                }
                by_name.insert(doc.name.value.clone(), Arc::new(doc.calendar(base.as_deref())));
                false
            });
            // Whatever is left waits for a circle, and those in a circle wait for nothing.
            if left.len() == before {
                break;
            }
        }
        Self { by_name }
    }

    /// The calendar of that name; a name that no calendar has is reported.
    pub fn find(&self, name: &str, place: &Place, out: &mut Diagnostics) -> Option<Arc<Calendar>> {
        let found = self.by_name.get(name).cloned();
        if found.is_none() {
            out.push(unknown(name, place, self.by_name.keys().map(String::as_str)));
        }
        found
    }
}

fn unknown<'n>(name: &str, place: &Place, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let help = did_you_mean(name, known.iter().copied())
        .unwrap_or_else(|| format!("calendars are {}; a bundle adds its own in `calendars/`", known.join(", ")));
    Diagnostic::at(Code::UnknownCalendar, place, format!("there is no calendar `{name}`")).help(help)
}

/// What is to be said of a calendar whose years do not meet those of the one that it extends.
fn apart(doc: &CalendarDoc, base: &Calendar) -> Option<Diagnostic> {
    let (first, last) = base.years().filter(|_| doc.years_on(base).is_none())?;
    let (from, until) = doc.years.value;
    let message = format!(
        "`{}` is for {from} to {until}, which neither lie within the years of `{}` nor join them",
        doc.name.value,
        base.name()
    );
    let help = format!(
        "`{}` knows {first} to {last}: add days to these years, or begin in {} with every holiday of the years from there",
        base.name(),
        last.saturating_add(1)
    );
    Some(Diagnostic::at(Code::BadCalendar, &doc.years.place, message).help(help))
}

/// The calendars by way of which one extends itself, if it does.
fn circle<'d>(doc: &'d CalendarDoc, own: &BTreeMap<&str, &'d CalendarDoc>) -> Option<Vec<&'d str>> {
    let next = |doc: &CalendarDoc| doc.extends.as_ref().and_then(|name| own.get(name.value.as_str()).copied());
    let mut way: Vec<&str> = Vec::new();
    let mut here = next(doc)?;
    while here.name.value != doc.name.value {
        // A longer way than there are calendars goes round in a circle that this one only leads into.
        if way.len() > own.len() {
            return None;
        }
        way.push(&here.name.value);
        here = next(here)?;
    }
    Some(way)
}

fn round(doc: &CalendarDoc, place: &Place, way: &[&str]) -> Diagnostic {
    let by_way = if way.is_empty() { String::new() } else { format!(", by way of `{}`", way.join("` and `")) };
    let message = format!("the calendar `{}` extends itself{by_way}", doc.name.value);
    Diagnostic::at(Code::BadCalendar, place, message).help("let one of them stand alone: take its `extends` out")
}
