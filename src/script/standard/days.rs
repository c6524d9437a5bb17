//! Days: calendar days, months, business days.

use super::arguments::{at, date, integer, known, text};
use crate::script::function::{DAY_OF, Gives, HostFunction};
use crate::script::parameter::{Parameter, Takes};
use crate::value::{Brief, Date, DateTime, Kind, Trouble, Value};

pub(super) fn functions() -> Vec<HostFunction> {
    let day = || Parameter::new("date", Takes::Kind(Kind::Date));
    let count = || Parameter::new("count", Takes::Whole);
    let two = || vec![Parameter::new("from", Takes::Kind(Kind::Date)), Parameter::new("to", Takes::Kind(Kind::Date))];
    let written = || vec![Parameter::new("text", Takes::Kind(Kind::Text))];
    vec![
        HostFunction::new("date", written(), Gives::Kind(Kind::Date), |_, values| known(Date::parse(text(values, 0)?)?))
            .about("The day that is written as year, month and day.")
            .example("date(\"2026-03-05\")", "2026-03-05"),
        HostFunction::new("datetime", written(), Gives::Kind(Kind::DateTime), |_, values| {
            known(DateTime::parse(text(values, 0)?)?)
        })
        .about("The instant that is written with its offset from UTC.")
        .example("datetime(\"2026-03-02T09:30:00-05:00\")", "2026-03-02T09:30:00-05:00"),
        HostFunction::new(
            DAY_OF,
            vec![Parameter::new("at", Takes::Kind(Kind::DateTime))],
            Gives::Kind(Kind::Date),
            |context, values| match (at(values, 0)?, context.zone) {
                (Value::DateTime(at), Some(zone)) => known(at.day_in(zone)),
                (Value::DateTime(at), None) => known(at.day_as_written()),
                _ => Err(Trouble::Text("only an instant has a day".to_owned())),
            },
        )
        .about("The day of an instant, in the time zone of the case.")
        .example("day_of(datetime(\"2026-03-02T23:30:00-05:00\"))", "2026-03-02"),
        HostFunction::new("add_days", vec![day(), count()], Gives::Kind(Kind::Date), |_, values| {
            known(date(values, 0)?.plus_days(integer(values, 1)?)?)
        })
        .about("So many calendar days later, earlier when the count is below zero.")
        .example("add_days(date(\"2026-03-05\"), 10)", "2026-03-15")
        .in_brief(|_, values| match values {
            [date, days] => date.plus_days(*days),
            _ => Brief::LONG,
        }),
        HostFunction::new("add_months", vec![day(), count()], Gives::Kind(Kind::Date), |_, values| {
            known(date(values, 0)?.plus_months(integer(values, 1)?)?)
        })
        .about("So many months later; the 31st becomes the last day of a shorter month.")
        .example("add_months(date(\"2026-01-31\"), 1)", "2026-02-28")
        .in_brief(|_, values| match values {
            [date, months] => date.plus_months(*months),
            _ => Brief::LONG,
        }),
        HostFunction::new("days_between", two(), Gives::Kind(Kind::Integer), |_, values| {
            known(date(values, 0)?.days_until(date(values, 1)?))
        })
        .about("Calendar days from the first to the second, below zero when the second is earlier.")
        .example("days_between(date(\"2026-03-02\"), date(\"2026-03-05\"))", "3")
        .in_brief(|_, values| match values {
            [from, to] => from.day().zip(to.day()).map_or(Brief::LONG, |(from, to)| Brief::of_integer(to - from)),
            _ => Brief::LONG,
        }),
        HostFunction::new("months_between", two(), Gives::Kind(Kind::Integer), |_, values| {
            known(date(values, 0)?.months_until(date(values, 1)?))
        })
        .about("Full months from the first to the second.")
        .example("months_between(date(\"2026-01-31\"), date(\"2026-04-29\"))", "2"),
        HostFunction::new("business_days_after", vec![day(), count()], Gives::Kind(Kind::Date), |context, values| {
            known(context.calendar.plus_business_days(date(values, 0)?, integer(values, 1)?)?)
        })
        .about("The business day that is so many business days after the date, which is itself not counted.")
        .example("business_days_after(date(\"2026-03-02\"), 10)", "2026-03-16")
        .working(|values| integer(values, 1).map_or(0, |days| usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX))),
        HostFunction::new("business_days_between", two(), Gives::Kind(Kind::Integer), |context, values| {
            known(context.calendar.business_days_between(date(values, 0)?, date(values, 1)?)?)
        })
        .about("Business days after the first up to and including the second.")
        .example("business_days_between(date(\"2026-03-02\"), date(\"2026-03-16\"))", "10")
        .working(|values| match (date(values, 0), date(values, 1)) {
            (Ok(from), Ok(to)) => usize::try_from(from.days_until(to).unsigned_abs()).unwrap_or(usize::MAX),
            _ => 0,
        }),
    ]
}
