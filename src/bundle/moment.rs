//! What time it is taken to be: a day, or an instant.

use crate::value::{Date, DateTime, Trouble, Zone};

/// A day, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Moment {
    /// The beginning of a day in the time zone of each case.
    Day(Date),
    /// The same instant for every case.
    Instant(DateTime),
}

impl Moment {
    /// Reads `2026-03-05` or `2026-03-05T10:15:00-05:00`.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        if text.len() <= "2026-03-05".len() {
            return Date::parse(text).map(Self::Day);
        }
        let told = |trouble| Trouble::Text(format!("{trouble}; a day alone is written `2026-03-05`"));
        DateTime::parse(text).map(Self::Instant).map_err(told)
    }

    /// The instant that it is for a case in a time zone.
    ///
    /// # Errors
    /// When the day is at the very edge of the calendar.
    pub fn in_zone(self, zone: &Zone) -> Result<DateTime, Trouble> {
        match self {
            Self::Day(day) => day.begins_in(zone),
            Self::Instant(instant) => Ok(instant),
        }
    }
}
