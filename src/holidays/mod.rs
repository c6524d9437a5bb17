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
    /// Those that come with the library and those of a bundle; a bundle may build on one of the library, and may not give its name.
    pub fn with(own: &[CalendarDoc], out: &mut Diagnostics) -> Self {
        let mut by_name: BTreeMap<String, Arc<Calendar>> =
            built_in().iter().map(|doc| (doc.name.value.clone(), Arc::new(doc.calendar(None)))).collect();
        for doc in own {
            if by_name.contains_key(&doc.name.value) {
                let message = format!("there is a calendar `{}` already", doc.name.value);
                let help = format!("give it a name of its own, and write `extends: {}` to build on that one", doc.name.value);
                out.push(Diagnostic::at(Code::DuplicateName, &doc.place, message).help(help));
                continue;
            }
            let base = match &doc.extends {
                None => None,
                Some(name) => match by_name.get(&name.value) {
                    Some(base) => Some(base.clone()),
                    None => {
                        out.push(unknown(&name.value, &name.place, by_name.keys()));
                        continue;
                    }
                },
            };
            by_name.insert(doc.name.value.clone(), Arc::new(doc.calendar(base.as_deref())));
        }
        Self { by_name }
    }

    /// The calendar of that name; a name that no calendar has is reported.
    pub fn find(&self, name: &str, place: &Place, out: &mut Diagnostics) -> Option<Arc<Calendar>> {
        let found = self.by_name.get(name).cloned();
        if found.is_none() {
            out.push(unknown(name, place, self.by_name.keys()));
        }
        found
    }
}

fn unknown<'n>(name: &str, place: &Place, known: impl Iterator<Item = &'n String>) -> Diagnostic {
    let known: Vec<&str> = known.map(String::as_str).collect();
    let help = did_you_mean(name, known.iter().copied())
        .unwrap_or_else(|| format!("calendars are {}; a bundle adds its own in `calendars/`", known.join(", ")));
    Diagnostic::at(Code::UnknownCalendar, place, format!("there is no calendar `{name}`")).help(help)
}
