//! The clock at the edge of the system.

use crate::value::DateTime;
use std::time::{SystemTime, UNIX_EPOCH};

/// The present, in whole seconds.
pub(super) fn now() -> DateTime {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let epoch = DateTime::UNIX_EPOCH;
    i64::try_from(seconds).ok().and_then(DateTime::from_unix_seconds).unwrap_or(epoch)
}
