//! Business days.

use super::date::Date;
use super::trouble::Trouble;
use crate::limits::DATE_SHIFT_DAYS_MAX;
use std::collections::BTreeSet;
use std::ops::Bound;

/// Which days are days off: the weekend, and named holidays.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Calendar {
    name: String,
    holidays: BTreeSet<Date>,
    /// First and last year whose holidays it knows; every year where there is nothing to know.
    years: Option<(i16, i16)>,
}

impl Calendar {
    /// Saturdays, Sundays and these holidays are off, in every year.
    #[must_use]
    pub fn new(holidays: impl IntoIterator<Item = Date>) -> Self {
        Self { name: String::new(), holidays: holidays.into_iter().collect(), years: None }
    }

    /// A calendar with a name that knows the holidays of these years, both included, and says so when it is asked for others.
    #[must_use]
    pub fn of_years(name: impl Into<String>, holidays: impl IntoIterator<Item = Date>, years: (i16, i16)) -> Self {
        Self { name: name.into(), holidays: holidays.into_iter().collect(), years: Some(years) }
    }

    /// Its name, such as `US`; empty where it has none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first and the last year that it knows; nothing where it knows every year.
    #[must_use]
    pub fn years(&self) -> Option<(i16, i16)> {
        self.years
    }

    /// Its holidays, in order.
    pub fn holidays(&self) -> impl Iterator<Item = Date> {
        self.holidays.iter().copied()
    }

    /// Is it a business day? A day of a year that the calendar does not know is judged by the weekend alone.
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        date.weekday() <= 5 && !self.holidays.contains(&date)
    }

    /// Nothing, if it knows the holidays of that year.
    ///
    /// # Errors
    /// That it does not.
    pub fn knows(&self, date: Date) -> Result<(), Trouble> {
        match self.years {
            Some((from, until)) if date.year() < from || until < date.year() => Err(Trouble::Text(format!(
                "the calendar `{}` knows the holidays of {from} to {until}, and {date} lies outside",
                self.name
            ))),
            _ => Ok(()),
        }
    }

    /// The business day that is `days` business days after `date`, which is itself not counted; before it when negative.
    ///
    /// # Errors
    /// When the date would lie outside the years of the calendar or the shift is beyond the bound of `limits`.
    pub fn plus_business_days(&self, date: Date, days: i64) -> Result<Date, Trouble> {
        if days.unsigned_abs() > DATE_SHIFT_DAYS_MAX.unsigned_abs() / 2 {
            return Err(Trouble::Text(format!("a date cannot be moved by {days} business days")));
        }
        let step = days.signum();
        let (mut day, mut left) = (date, days.abs());
        while left > 0 {
            day = day.plus_days(step)?;
            self.knows(day)?;
            if self.is_business_day(day) {
                left -= 1;
            }
        }
        Ok(day)
    }

    /// The day itself if it is a business day, else the next one, or the one before when `step` is negative.
    ///
    /// # Errors
    /// As for `plus_business_days`.
    pub fn business_day_from(&self, date: Date, step: i64) -> Result<Date, Trouble> {
        self.knows(date)?;
        if self.is_business_day(date) { Ok(date) } else { self.plus_business_days(date, step.signum()) }
    }

    /// Business days after `from` up to and including `to`; negative when `to` is earlier.
    ///
    /// # Errors
    /// When the days are too far apart, or lie outside the years of the calendar.
    pub fn business_days_between(&self, from: Date, to: Date) -> Result<i64, Trouble> {
        let apart = from.days_until(to);
        if apart.unsigned_abs() > DATE_SHIFT_DAYS_MAX.unsigned_abs() {
            return Err(Trouble::Text(format!("{from} and {to} are too far apart to count business days")));
        }
        if apart < 0 {
            return Ok(-self.business_days_between(to, from)?);
        }
        if apart == 0 {
            return Ok(0);
        }
        // Of the days in between, the first that it does not know is the very first or begins a year.
        self.knows(from.plus_days(1)?)?;
        if let Some((_, until)) = self.years.filter(|(_, until)| *until < to.year()) {
            self.knows(Date::new(until.saturating_add(1), 1, 1)?)?;
        }
        let off = self.holidays.range((Bound::Excluded(from), Bound::Included(to))).filter(|day| day.weekday() <= 5);
        Ok(to.number_of_weekday() - from.number_of_weekday() - i64::try_from(off.count()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn business_days_in_between_are_those_that_are_passed() {
        let date = |text: &str| Date::parse(text).unwrap();
        let holidays = ["1969-12-30", "1970-01-03", "1970-01-08", "1970-12-31"].map(date);
        let calendar = Calendar::of_years("X", holidays, (1969, 1970));
        let days: Vec<Date> = (0..40).map(|days| date("1969-12-20").plus_days(days).unwrap()).collect();
        for from in &days {
            for to in &days {
                let (first, last) = (*from.min(to), *from.max(to));
                let passed = days.iter().filter(|day| first < **day && **day <= last && calendar.is_business_day(**day)).count();
                let passed = i64::try_from(passed).unwrap() * if from <= to { 1 } else { -1 };
                assert_eq!(calendar.business_days_between(*from, *to).unwrap(), passed, "{from} {to}");
            }
        }
        let trouble = |from: &str, to: &str| calendar.business_days_between(date(from), date(to)).unwrap_err().to_string();
        assert!(trouble("1970-06-01", "1971-06-01").ends_with("and 1971-01-01 lies outside"));
        assert!(trouble("1971-06-01", "1971-06-03").ends_with("and 1971-06-02 lies outside"));
        assert!(trouble("1968-06-01", "1970-06-03").ends_with("and 1968-06-02 lies outside"));
    }

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
        assert_eq!(calendar.business_day_from(date("2026-03-23"), 1).unwrap(), date("2026-03-24"));
        assert_eq!(calendar.business_day_from(date("2026-03-23"), -1).unwrap(), date("2026-03-20"));
    }

    #[test]
    fn a_year_that_a_calendar_does_not_know_is_said_and_not_guessed() {
        let date = |text: &str| Date::parse(text).unwrap();
        let calendar = Calendar::of_years("US", [date("2030-12-25")], (2024, 2030));
        let said = calendar.plus_business_days(date("2030-12-20"), 10).unwrap_err().to_string();
        assert_eq!(said, "the calendar `US` knows the holidays of 2024 to 2030, and 2031-01-01 lies outside");
        assert_eq!(calendar.plus_business_days(date("2030-12-20"), 4).unwrap(), date("2030-12-27"));
    }
}
