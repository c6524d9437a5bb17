//! What time a run takes it to be.

use super::exit::Failure;
use crate::backtest::AsOf;
use crate::bundle::Moment;
use crate::value::DateTime;
use std::time::{SystemTime, UNIX_EPOCH};

/// Now. The clock is asked once a run, so that all cases of a run are decided at the same time.
pub(super) fn now() -> Result<Moment, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
    let instant = since.and_then(|since| i64::try_from(since.as_secs()).ok()).and_then(DateTime::from_unix_seconds);
    instant.map(Moment::Instant).ok_or_else(|| Failure::Environment {
        message: "the clock of this system shows a time that no calendar knows".to_owned(),
        help: Some("say what time it is: `--at 2026-03-05`".to_owned()),
    })
}

/// As of when the cases of a history are decided: as is said, else each as of the last thing that it tells, which is now where it tells
/// nothing.
pub(super) fn of_history(at: Option<Moment>) -> Result<AsOf, Failure> {
    Ok(match (at, now()?) {
        (Some(at), _) => AsOf::Moment(at),
        (None, Moment::Instant(now)) => AsOf::LastEvent { otherwise: now },
        (None, now) => AsOf::Moment(now),
    })
}
