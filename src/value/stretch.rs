//! Stretches of time as laws state them: `10 business days`, `2 billing cycles`, `24 hours`.

use super::calendar::Calendar;
use super::date::{Date, DateTime};
use super::duration::Duration;
use super::trouble::Trouble;
use crate::limits::STRETCH_COUNT_MAX;
use std::fmt;

/// What a stretch is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days that are no days off.
    BusinessDays,
    /// Days.
    CalendarDays,
    /// Seven days each.
    Weeks,
    /// Months; the 31st becomes the last day of a shorter month.
    Months,
    /// Years.
    Years,
    /// Complete billing cycles that begin after the event.
    BillingCycles,
    /// Hours, from the instant of the event.
    Hours,
}

const UNITS: [(&str, Unit); 7] = [
    ("business day", Unit::BusinessDays),
    ("calendar day", Unit::CalendarDays),
    ("week", Unit::Weeks),
    ("month", Unit::Months),
    ("year", Unit::Years),
    ("billing cycle", Unit::BillingCycles),
    ("hour", Unit::Hours),
];

/// So many units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// How many.
    pub count: i64,
    /// Of what.
    pub unit: Unit,
}

/// When billing cycles begin: with a statement, and then every so many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BillingCycles {
    /// The day of one statement.
    pub statement: Date,
    /// The length of a cycle in days.
    pub days: i64,
}

impl BillingCycles {
    /// The end of so many complete cycles after a day: what is left of the running cycle comes on top.
    fn end(self, after: Date, count: i64) -> Result<Date, Trouble> {
        if self.days < 1 {
            return Err(Trouble::Text("a billing cycle has at least one day".to_owned()));
        }
        let apart = self.statement.days_until(after);
        let begun = apart.div_euclid(self.days) + i64::from(apart.rem_euclid(self.days) != 0);
        let cycles = begun.checked_add(count).and_then(|cycles| cycles.checked_mul(self.days)).ok_or(Trouble::Overflow)?;
        self.statement.plus_days(cycles)
    }
}

impl Stretch {
    /// Reads `10 business days` or `1 month`.
    ///
    /// # Errors
    /// When the text is something else.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let units = || UNITS.map(|(name, _)| format!("{name}s")).join(", ");
        let wrong = || Trouble::Text(format!("`{text}` is no stretch of time; write a whole number and one of {}", units()));
        let (count, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let count: i64 = count.parse().map_err(|_| wrong())?;
        let unit = unit.trim();
        let known = UNITS.iter().find(|(name, _)| unit == *name || unit.strip_suffix('s') == Some(name));
        if matches!(unit, "day" | "days") {
            return Err(Trouble::Text(format!(
                "`{text}` does not say which days are counted; write `{count} calendar days` or `{count} business days`"
            )));
        }
        let (_, unit) = known.ok_or_else(wrong)?;
        if !(0..=STRETCH_COUNT_MAX).contains(&count) {
            return Err(Trouble::Text(format!("`{text}` is not between 0 and {STRETCH_COUNT_MAX}")));
        }
        Ok(Self { count, unit: *unit })
    }

    /// Is it counted in hours?
    #[must_use]
    pub fn is_in_hours(self) -> bool {
        self.unit == Unit::Hours
    }

    /// The day on which it ends when it begins with an event of a day, which is not counted.
    ///
    /// # Errors
    /// When the calendar does not know the years, when it is counted in hours, or in billing cycles and these are not known.
    pub fn end(self, after: Date, calendar: &Calendar, cycles: Option<BillingCycles>) -> Result<Date, Trouble> {
        match self.unit {
            Unit::BusinessDays => calendar.plus_business_days(after, self.count),
            Unit::CalendarDays => after.plus_days(self.count),
            Unit::Weeks => after.plus_days(self.count * 7),
            Unit::Months => after.plus_months(self.count),
            Unit::Years => after.plus_months(self.count * 12),
            Unit::BillingCycles => cycles
                .ok_or_else(|| Trouble::Text("the billing cycles of the account are not known".to_owned()))?
                .end(after, self.count),
            Unit::Hours => Err(Trouble::Text("hours run from an instant, not from a day".to_owned())),
        }
    }

    /// The instant at which so many hours end.
    ///
    /// # Errors
    /// When it is not counted in hours, or lies outside the calendar.
    pub fn end_of_hours(self, after: DateTime) -> Result<DateTime, Trouble> {
        if self.unit != Unit::Hours {
            return Err(Trouble::Text("days run from a day, not from an instant".to_owned()));
        }
        after.plus(Duration::from_seconds(self.count * 3600))
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = UNITS.iter().find(|(_, unit)| *unit == self.unit).map_or("", |(name, _)| name);
        write!(out, "{} {name}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_read_or_explained() {
        let read = |text: &str| Stretch::parse(text).map_or_else(|e| e.to_string(), |stretch| stretch.to_string());
        let texts = [
            "10 business days",
            "1 month",
            "1 months",
            "2 billing cycles",
            "720 hours",
            "5 days",
            "soon",
            "10 fortnights",
            "99999999 weeks",
        ];
        insta::assert_snapshot!(texts.map(read).join("\n"), @r"
        10 business days
        1 month
        1 month
        2 billing cycles
        720 hours
        `5 days` does not say which days are counted; write `5 calendar days` or `5 business days`
        `soon` is no stretch of time; write a whole number and one of business days, calendar days, weeks, months, years, billing cycles, hours
        `10 fortnights` is no stretch of time; write a whole number and one of business days, calendar days, weeks, months, years, billing cycles, hours
        `99999999 weeks` is not between 0 and 10000
        ");
    }

    #[test]
    fn stretches_end_on_days() {
        let date = |text: &str| Date::parse(text).unwrap();
        let cycles = BillingCycles { statement: date("2026-02-20"), days: 30 };
        let end = |text: &str, after: &str| {
            let end = Stretch::parse(text).unwrap().end(date(after), &Calendar::default(), Some(cycles));
            end.map_or_else(|e| e.to_string(), |day| day.to_string())
        };
        let shown = [
            end("10 business days", "2026-03-02"),
            end("30 calendar days", "2026-03-02"),
            end("8 weeks", "2026-05-05"),
            end("1 month", "2026-01-31"),
            end("3 years", "2024-02-29"),
            end("2 billing cycles", "2026-03-02"),
            end("2 billing cycles", "2026-03-22"),
            end("2 billing cycles", "2026-02-10"),
            end("24 hours", "2026-03-02"),
        ];
        insta::assert_snapshot!(shown.join("\n"), @r"
        2026-03-16
        2026-04-01
        2026-06-30
        2026-02-28
        2027-02-28
        2026-05-21
        2026-05-21
        2026-04-21
        hours run from an instant, not from a day
        ");
    }
}
