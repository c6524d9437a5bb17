//! Clocks: what is due when, by which law, and whether it was missed.

use super::law::Law;
use crate::value::{Date, DateTime, Trouble, Zone};
use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// When something is due: at the end of a day, or at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Due {
    /// By the end of this day, in the time zone of the case.
    Day(Date),
    /// By this instant.
    Instant(DateTime),
}

impl Due {
    /// The day, in a time zone.
    #[must_use]
    pub fn day_in(self, zone: &Zone) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Instant(instant) => instant.day_in(zone),
        }
    }

    /// The last instant that is in time: the beginning of the next day, or the instant itself.
    ///
    /// # Errors
    /// When the day is at the very edge of the calendar.
    pub fn ends_in(self, zone: &Zone) -> Result<DateTime, Trouble> {
        match self {
            Self::Day(day) => day.plus_days(1)?.begins_in(zone),
            Self::Instant(instant) => Ok(instant),
        }
    }

    /// Has it passed at an instant?
    #[must_use]
    pub fn has_passed(self, at: DateTime, zone: &Zone) -> bool {
        match self {
            Self::Day(day) => day < at.day_in(zone),
            Self::Instant(instant) => instant < at,
        }
    }

    /// Which of two ends first.
    #[must_use]
    pub fn compare(self, other: Self, zone: &Zone) -> Ordering {
        match (self, other) {
            (Self::Day(one), Self::Day(other)) => one.cmp(&other),
            (one, other) => match (one.ends_in(zone), other.ends_in(zone)) {
                (Ok(one), Ok(other)) => one.cmp(&other),
                _ => one.day_in(zone).cmp(&other.day_in(zone)),
            },
        }
    }
}

impl fmt::Display for Due {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(out),
            Self::Instant(instant) => instant.fmt(out),
        }
    }
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ClockState {
    /// The day has passed and the step is not done.
    Breached,
    /// It runs.
    Running,
    /// What it runs from has not happened, or is not known.
    Waiting,
    /// When it ends cannot be told: a calendar, a billing cycle or a fact is not known.
    NotKnown,
    /// It was a window, and has closed; nothing was owed by then.
    Closed,
    /// The step was done in time.
    Done,
    /// The step was done, and too late.
    DoneLate,
    /// Nothing is due: it only holds things back.
    Standing,
}

impl ClockState {
    /// The word in the decision.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Breached => "breached",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::NotKnown => "not_known",
            Self::Closed => "closed",
            Self::Done => "done",
            Self::DoneLate => "done_late",
            Self::Standing => "standing",
        }
    }
}

/// What a missed clock brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnBreach {
    /// It is told, and nothing more.
    Report,
    /// It is an incident that somebody above has to know.
    Escalate,
    /// Silence decides the case for the customer.
    Concede,
}

impl OnBreach {
    /// All that there are.
    pub const ALL: [Self; 3] = [Self::Report, Self::Escalate, Self::Concede];

    /// The word in obligations and decisions.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Escalate => "escalate",
            Self::Concede => "concede",
        }
    }
}

impl Serialize for OnBreach {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.word())
    }
}

/// An obligation that applies to a case, and the clock that it runs by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Clock {
    /// The id of the obligation.
    pub id: Arc<str>,
    /// The step that it asks for; none where it only holds things back.
    pub step: Option<Arc<str>>,
    /// How it stands.
    pub state: ClockState,
    /// When the step is due. Where a fact that is not known decides between several days it is the latest: what is not known never
    /// shortens a deadline.
    pub due: Option<Due>,
    /// The earliest day on which it may be due, where a fact that is not known may bring it forward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Due>,
    /// Is it a window: a way that stays open until then, and nothing that is owed?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub window: bool,
    /// Is it the earliest of the clocks of its step, the one to work by? A window never is.
    pub binding: bool,
    /// Was it missed? Also where the step was done too late. A window cannot be missed.
    pub breached: bool,
    /// Business days of its calendar from the day of `at` to the day it is due; below zero when that has passed, none where it is
    /// done, closed or not known.
    pub business_days_left: Option<i64>,
    /// Calendar days from the day of `at` to the day it is due, both in the time zone of the case. No part of the JSON form, where
    /// `at` and `due` say it.
    #[serde(skip)]
    pub days_left: Option<i64>,
    /// What it runs from: a fact, or `step NAME`.
    pub after: Option<Arc<str>>,
    /// When that was.
    pub started: Option<Due>,
    /// How long it runs.
    pub within: Option<String>,
    /// The outer limit, from the same event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
    /// The calendar of its business days; none where it is the weekend alone.
    pub calendar: Option<String>,
    /// When the step was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_at: Option<DateTime>,
    /// What it brings when it is missed.
    pub on_breach: Vec<OnBreach>,
    /// What has to stop while it applies, on the disputed part.
    pub holds: Vec<String>,
    /// Why.
    pub because: Arc<str>,
    /// The law or manual it rests on.
    pub source: Option<String>,
    /// The pack it comes from, where its text can be read, and whether it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Arc<Law>>,
    /// Facts that are missing or unknown and left open whether it applies, or for how long it runs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open_facts: Vec<String>,
    /// What else there is to know: why no day can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Clock {
    /// The names of its JSON form, in order; what is left out there where there is nothing to say is among them.
    pub const FIELDS: [&'static str; 22] = [
        "id",
        "step",
        "state",
        "due",
        "earliest",
        "window",
        "binding",
        "breached",
        "business_days_left",
        "after",
        "started",
        "within",
        "at_most",
        "calendar",
        "done_at",
        "on_breach",
        "holds",
        "because",
        "source",
        "law",
        "open_facts",
        "note",
    ];

    /// Does it bring that when it is missed?
    #[must_use]
    pub fn brings(&self, what: OnBreach) -> bool {
        self.on_breach.contains(&what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_its_fields_are_those_of_its_json() {
        let at = DateTime::parse("2026-03-05T10:00:00Z").unwrap();
        let some = || Some("x".to_owned());
        let clock = Clock {
            id: "x".into(),
            step: Some("x".into()),
            state: ClockState::Done,
            due: Some(Due::Instant(at)),
            earliest: Some(Due::Instant(at)),
            window: true,
            binding: true,
            breached: false,
            business_days_left: Some(1),
            days_left: Some(1),
            after: Some("x".into()),
            started: Some(Due::Instant(at)),
            within: some(),
            at_most: some(),
            calendar: some(),
            done_at: Some(at),
            on_breach: vec![OnBreach::Report],
            holds: vec!["x".to_owned()],
            because: "x".into(),
            source: some(),
            law: Law::of(Some("x"), Some("x"), Some(true)),
            open_facts: vec!["x".to_owned()],
            note: some(),
        };
        let json = serde_json::to_value(&clock).unwrap();
        let mut names: Vec<&str> = Clock::FIELDS.to_vec();
        let mut found: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, names);
        let mut law: Vec<&str> = json["law"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut of_law = Law::FIELDS;
        law.sort_unstable();
        of_law.sort_unstable();
        assert_eq!(law, of_law);
    }
}
