//! Lengths of time.

use super::trouble::Trouble;
use std::fmt;

/// A length of time in whole seconds: `90 minutes`, `24 hours`, `10 days`, `2 weeks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    seconds: i64,
}

const DURATION_UNITS: [(&str, i64); 5] = [("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)];

impl Duration {
    /// A length of time in seconds.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self { seconds }
    }

    /// Its seconds.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Reads a whole number and a unit.
    ///
    /// # Errors
    /// When the text is something else.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let wrong = || Trouble::Text(format!("`{text}` is not a length of time; write it as `10 days` or `24 hours`"));
        let (number, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let number: i64 = number.parse().map_err(|_| wrong())?;
        let unit = unit.trim();
        let (_, seconds) =
            DURATION_UNITS.iter().find(|(name, _)| unit == *name || unit.strip_suffix('s') == Some(name)).ok_or_else(wrong)?;
        number.checked_mul(*seconds).map(|seconds| Self { seconds }).ok_or(Trouble::Overflow)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, seconds) in DURATION_UNITS {
            if self.seconds % seconds == 0 {
                let count = self.seconds / seconds;
                return write!(out, "{count} {name}{}", if count == 1 { "" } else { "s" });
            }
        }
        write!(out, "{} seconds", self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is shown of a length of time can be written into a cell.
    #[test]
    fn what_is_shown_can_be_read() {
        let shown: Vec<String> = [0, 1, 59, 60, 90, 3_600, 172_801, 604_800, -120]
            .map(|seconds| {
                let duration = Duration::from_seconds(seconds);
                assert_eq!(Duration::parse(&duration.to_string()), Ok(duration));
                duration.to_string()
            })
            .to_vec();
        insta::assert_snapshot!(
            shown.join(", "),
            @"0 weeks, 1 second, 59 seconds, 1 minute, 90 seconds, 1 hour, 172801 seconds, 1 week, -2 minutes"
        );
    }
}
