//! As of when the cases of a history are decided.

use crate::bundle::Moment;
use crate::case::Case;
use crate::value::{DateTime, Trouble};
use std::fmt;

/// As of when the cases of a history are decided: what clocks have run out by then, which messages have gone out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AsOf {
    /// The last thing that the case itself tells: its receipt, a message, a step that was done. Decided as of today, every case of a
    /// past year would have missed all of its clocks.
    LastEvent {
        /// For a case that tells nothing of the kind.
        otherwise: DateTime,
    },
    /// The same moment for all.
    Moment(Moment),
}

impl AsOf {
    /// The instant for a case.
    ///
    /// # Errors
    /// When a day is at the very edge of the calendar.
    pub fn of(self, case: &Case) -> Result<DateTime, Trouble> {
        match self {
            Self::LastEvent { otherwise } => Ok(last_event(case).unwrap_or(otherwise)),
            Self::Moment(moment @ Moment::Day(_)) => moment.in_zone(&case.zone_of_it()),
            Self::Moment(Moment::Instant(instant)) => Ok(instant),
        }
    }
}

fn last_event(case: &Case) -> Option<DateTime> {
    let messages = case.correspondence.known().into_iter().flatten().filter_map(|contact| contact.at.known());
    let steps = case.steps_done.known().into_iter().flatten().filter_map(|step| step.at.known());
    case.complaint.received_at.known().into_iter().chain(messages).chain(steps).max().copied()
}

impl fmt::Display for AsOf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LastEvent { .. } => out.write_str("the last thing that each case tells: its receipt, a message, a step"),
            Self::Moment(Moment::Day(day)) => write!(out, "the beginning of {day}"),
            Self::Moment(Moment::Instant(instant)) => write!(out, "{instant}"),
        }
    }
}
