//! Days and instants as nearly all are told, digit by digit.

use super::{Date, DateTime};
use crate::value::short_text::ShortText;
use jiff::tz::Offset;

impl Date {
    /// `2026-03-02`; nothing for a year of more than four digits or before our era.
    pub(crate) fn in_short(self) -> Option<ShortText> {
        self.before(ShortText::empty())
    }

    /// The same before what a text begins with.
    fn before(self, mut text: ShortText) -> Option<ShortText> {
        text.put_digits(self.0.day(), 2)?;
        text.put(b'-');
        text.put_digits(self.0.month(), 2)?;
        text.put(b'-');
        text.put_digits(self.0.year(), 4)?;
        Some(text)
    }
}

impl DateTime {
    /// `2026-03-02T09:30:00-05:00` or `...Z`; nothing for a fraction of a second, and for other years than [`Date::in_short`] tells.
    pub(crate) fn in_short(self) -> Option<ShortText> {
        let told = self.offset.to_datetime(self.instant);
        if told.subsec_nanosecond() != 0 {
            return None;
        }
        let mut text = ShortText::empty();
        let seconds = self.offset.seconds();
        if self.offset == Offset::UTC {
            text.put(b'Z');
        } else {
            let minutes = seconds.abs() / 60;
            if minutes * 60 != seconds.abs() {
                return None;
            }
            text.put_digits(minutes % 60, 2)?;
            text.put(b':');
            text.put_digits(minutes / 60, 2)?;
            text.put(if seconds < 0 { b'-' } else { b'+' });
        }
        text.put_digits(told.second(), 2)?;
        text.put(b':');
        text.put_digits(told.minute(), 2)?;
        text.put(b':');
        text.put_digits(told.hour(), 2)?;
        text.put(b'T');
        Date(told.date()).before(text)
    }
}
