//! Business days.

use super::date::Date;
use super::trouble::Trouble;
use crate::limits::DATE_SHIFT_DAYS_MAX;
use std::collections::BTreeSet;

/// Which days are days off: the weekend, and named holidays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Calendar {
    holidays: BTreeSet<Date>,
}

impl Calendar {
    /// Saturdays, Sundays and these holidays are off.
    #[must_use]
    pub fn new(holidays: impl IntoIterator<Item = Date>) -> Self {
        Self { holidays: holidays.into_iter().collect() }
    }

    /// Is it a business day?
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        date.weekday() <= 5 && !self.holidays.contains(&date)
    }

    /// The business day that is `days` business days after `date`, which is itself not counted; before it when negative.
    ///
    /// # Errors
    /// When the date would lie outside the calendar or the shift is beyond the bound of `limits`.
    pub fn plus_business_days(&self, date: Date, days: i64) -> Result<Date, Trouble> {
        if days.abs() > DATE_SHIFT_DAYS_MAX / 2 {
            return Err(Trouble::Text(format!("a date cannot be moved by {days} business days")));
        }
        let step = days.signum();
        let (mut day, mut left) = (date, days.abs());
        while left > 0 {
            day = day.plus_days(step)?;
            if self.is_business_day(day) {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// Business days after `from` up to and including `to`; negative when `to` is earlier.
    ///
    /// # Errors
    /// When the days are too far apart.
    pub fn business_days_between(&self, from: Date, to: Date) -> Result<i64, Trouble> {
        let apart = from.days_until(to);
        if apart.abs() > DATE_SHIFT_DAYS_MAX {
            return Err(Trouble::Text(format!("{from} and {to} are too far apart to count business days")));
        }
        if apart < 0 {
            return Ok(-self.business_days_between(to, from)?);
        }
        let (mut day, mut count) = (from, 0);
        for _ in 0..apart {
            day = day.plus_days(1)?;
            count += i64::from(self.is_business_day(day));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn business_days_skip_weekends_and_holidays() {
        let date = |text: &str| Date::parse(text).unwrap();
        let calendar = Calendar::new([date("2026-03-23")]);
        let plus = |from: &str, days| calendar.plus_business_days(date(from), days).unwrap().to_string();
        assert_eq!(
            [
                plus("2026-03-02", 10),
                plus("2026-03-02", 15),
                plus("2026-03-06", 1),
                plus("2026-03-24", -1),
                plus("2026-03-07", 0)
            ],
            ["2026-03-16", "2026-03-24", "2026-03-09", "2026-03-20", "2026-03-07"]
        );
        assert_eq!(calendar.business_days_between(date("2026-03-02"), date("2026-03-24")).unwrap(), 15);
        assert_eq!(calendar.business_days_between(date("2026-03-24"), date("2026-03-02")).unwrap(), -15);
    }
}
