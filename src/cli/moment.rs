//! What time a run takes it to be.

use super::exit::Failure;
use crate::case::Case;
use crate::value::{Date, DateTime, Trouble};
use std::time::{SystemTime, UNIX_EPOCH};

/// A day, or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// The beginning of a day in the time zone of each case.
    Day(Date),
    /// The same instant for every case.
    Instant(DateTime),
}

impl Moment {
    /// Reads `2026-03-05` or `2026-03-05T10:15:00-05:00`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let is_day = text.len() == "2026-03-05".len();
        let moment = if is_day { Date::parse(text).map(Self::Day) } else { DateTime::parse(text).map(Self::Instant) };
        moment.map_err(|trouble| format!("{trouble}; a day alone is written `2026-03-05`"))
    }

    /// Now. The clock is asked once a run, so that all cases of a run are decided at the same time.
    pub(super) fn now() -> Result<Self, Failure> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
        let instant = since.and_then(|since| i64::try_from(since.as_secs()).ok()).and_then(DateTime::from_unix_seconds);
        instant.map(Self::Instant).ok_or_else(|| Failure::Environment {
            message: "the clock of this system shows a time that no calendar knows".to_owned(),
            help: Some("say what time it is: `--at 2026-03-05`".to_owned()),
        })
    }

    /// As an instant, for one case.
    pub(super) fn for_case(self, case: &Case) -> Result<DateTime, Trouble> {
        match self {
            Self::Day(day) => day.begins_in(&case.zone()),
            Self::Instant(instant) => Ok(instant),
        }
    }
}
