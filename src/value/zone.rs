//! Time zones.

use super::trouble::Trouble;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt;
use std::sync::Arc;

/// The time for which the offsets of a zone are kept: from 2000-01-01 on, before 2050-01-01, in seconds from 1970-01-01 on.
const KEPT_FROM: i64 = 946_684_800;
const KEPT_BEFORE: i64 = 2_524_608_000;

/// A time zone of the IANA database, from data compiled into the program.
#[derive(Clone)]
pub struct Zone {
    rules: TimeZone,
    /// What its rules come to in the years of nearly all cases, where it is asked often.
    offsets: Option<Arc<[Turn]>>,
}

/// From a second on (of 1970-01-01 and later), the local time is so many seconds ahead of universal time.
#[derive(Clone, Copy, Debug)]
struct Turn {
    second: i64,
    offset: i64,
}

impl Zone {
    /// Universal time.
    #[must_use]
    pub fn utc() -> Self {
        Self { rules: TimeZone::UTC, offsets: None }
    }

    /// A zone by its IANA name, such as `America/Sao_Paulo`.
    ///
    /// # Errors
    /// When there is no such zone.
    pub fn parse(name: &str) -> Result<Self, Trouble> {
        TimeZone::get(name)
            .map(|rules| Self { rules, offsets: None })
            .map_err(|_| Trouble::Text(format!("`{name}` is not a time zone of the IANA database (such as `America/Sao_Paulo`)")))
    }

    /// The same zone, which keeps its offsets: a day is told by one search instead of by its rules.
    #[must_use]
    pub(crate) fn keeping_offsets(self) -> Self {
        let Ok(from) = Timestamp::from_second(KEPT_FROM) else { return self };
        let first = Turn { second: KEPT_FROM, offset: self.rules.to_offset(from).seconds().into() };
        let later = self
            .rules
            .following(from)
            .map(|turn| Turn { second: turn.timestamp().as_second(), offset: turn.offset().seconds().into() });
        let all = std::iter::once(first).chain(later.take_while(|turn| turn.second < KEPT_BEFORE)).collect();
        Self { offsets: Some(all), ..self }
    }

    /// By how many seconds its local time is ahead of universal time at a second of 1970-01-01 and later; nothing where the rules
    /// have to be asked.
    #[inline]
    pub(super) fn offset_at(&self, second: i64) -> Option<i64> {
        let offsets = self.offsets.as_deref().filter(|_| (KEPT_FROM..KEPT_BEFORE).contains(&second))?;
        let begun = offsets.partition_point(|turn| turn.second <= second);
        offsets.get(begun.checked_sub(1)?).map(|turn| turn.offset)
    }

    /// Its rules.
    pub(super) fn rules(&self) -> &TimeZone {
        &self.rules
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.rules.iana_name().unwrap_or("UTC")
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.rules == other.rules
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::DateTime;

    /// Offsets that are kept are a short cut, never another answer: every six hours and a bit, and around every change.
    #[test]
    fn kept_offsets_tell_the_days_that_the_rules_tell() {
        let names = [
            "UTC",
            "America/New_York",
            "America/Sao_Paulo",
            "America/Santiago",
            "Europe/Dublin",
            "Europe/Lisbon",
            "Asia/Tokyo",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Pacific/Apia",
        ];
        for name in names {
            let zone = Zone::parse(name).unwrap();
            let keeping = zone.clone().keeping_offsets();
            assert_eq!(zone, keeping);
            let turns = keeping.offsets.iter().flat_map(|offsets| offsets.iter()).flat_map(|turn| [turn.second - 1, turn.second]);
            let edges = [KEPT_FROM - 1, KEPT_FROM, KEPT_BEFORE - 1, KEPT_BEFORE];
            let grid = (KEPT_FROM - 86_400..KEPT_BEFORE + 86_400).step_by(6 * 3_600 + 7);
            for second in grid.chain(edges).chain(turns) {
                let instant = DateTime::from_unix_seconds(second).unwrap();
                assert_eq!(instant.day_in(&keeping), instant.day_in(&zone), "{name} at {instant}");
            }
        }
    }
}
