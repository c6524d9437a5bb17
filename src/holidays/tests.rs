//! The data against the rules of each calendar: every movable feast is worked out anew.

use super::{Calendars, built_in};
use crate::text::{Diagnostics, Source, yaml};
use crate::value::Date;
use std::collections::BTreeSet;

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// Easter Sunday, by the anonymous Gregorian algorithm (Meeus, Jones, Butcher).
#[expect(clippy::many_single_char_names, reason = "the algorithm is published with these letters")]
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, i8::try_from(n / 31).unwrap(), i8::try_from(n % 31 + 1).unwrap())
}

fn plus(date: Date, days: i64) -> Date {
    date.plus_days(days).unwrap()
}

/// The n-th of a weekday in a month (Monday is 1), the last one for 0.
fn nth(year: i16, month: i8, weekday: i8, n: i64) -> Date {
    if n == 0 {
        let last = plus(day(year, month, 1).plus_months(1).unwrap(), -1);
        return plus(last, -i64::from((last.weekday() - weekday).rem_euclid(7)));
    }
    let first = day(year, month, 1);
    plus(first, i64::from((weekday - first.weekday()).rem_euclid(7)) + 7 * (n - 1))
}

/// That day if it is a Monday, else the next Monday: Colombia's Ley 51 de 1983.
fn monday(date: Date) -> Date {
    plus(date, i64::from((1 - date.weekday()).rem_euclid(7)))
}

/// A day off for one on a Saturday is the Friday before, for one on a Sunday the Monday after: 5 U.S.C. 6103(b).
fn observed(date: Date) -> Date {
    match date.weekday() {
        6 => plus(date, -1),
        7 => plus(date, 1),
        _ => date,
    }
}

fn united_states(year: i16) -> Vec<Date> {
    // Juneteenth is a holiday since Public Law 117-17 of 2021.
    let since = (year >= 2021).then_some((6, 19));
    let fixed = [(1, 1), (7, 4), (11, 11), (12, 25)].into_iter().chain(since);
    let fixed = fixed.map(|(month, date)| observed(day(year, month, date)));
    let moving = [
        nth(year, 1, 1, 3),
        nth(year, 2, 1, 3),
        nth(year, 5, 1, 0),
        nth(year, 9, 1, 1),
        nth(year, 10, 1, 2),
        nth(year, 11, 4, 4),
    ];
    fixed.chain(moving).collect()
}

fn england_and_wales(year: i16) -> Vec<Date> {
    let easter = easter(year);
    let new_year = day(year, 1, 1);
    let new_year = if new_year.weekday() >= 6 { monday(new_year) } else { new_year };
    // What falls on a weekend has its substitute on the next day that is free of both.
    let (christmas, boxing) = (day(year, 12, 25), day(year, 12, 26));
    let (christmas, boxing) = match christmas.weekday() {
        5 => (christmas, day(year, 12, 28)),
        6 => (day(year, 12, 27), day(year, 12, 28)),
        7 => (day(year, 12, 27), boxing),
        _ => (christmas, boxing),
    };
    vec![
        new_year,
        plus(easter, -2),
        plus(easter, 1),
        nth(year, 5, 1, 1),
        nth(year, 5, 1, 0),
        nth(year, 8, 1, 0),
        christmas,
        boxing,
    ]
}

fn brazil(year: i16) -> Vec<Date> {
    let fixed = [(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25)];
    fixed.map(|(month, date)| day(year, month, date)).into_iter().chain([plus(easter(year), -2)]).collect()
}

fn mexico(year: i16) -> Vec<Date> {
    let fixed = [(1, 1), (5, 1), (9, 16), (12, 25)].map(|(month, date)| day(year, month, date));
    let mondays = [nth(year, 2, 1, 1), nth(year, 3, 1, 3), nth(year, 11, 1, 3)];
    // The day on which a president takes office, every six years from 2024.
    let office = ((year - 2024) % 6 == 0).then(|| day(year, 10, 1));
    fixed.into_iter().chain(mondays).chain(office).collect()
}

fn colombia(year: i16) -> Vec<Date> {
    let easter = easter(year);
    let fixed = [(1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25)].map(|(month, date)| day(year, month, date));
    let moved =
        [(1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11)].map(|(month, date)| monday(day(year, month, date)));
    let of_easter =
        [plus(easter, -3), plus(easter, -2), monday(plus(easter, 39)), monday(plus(easter, 60)), monday(plus(easter, 68))];
    // Ley 2578 de 2026 added one more.
    let added = (year >= 2026).then(|| monday(day(year, 7, 9)));
    fixed.into_iter().chain(moved).chain(of_easter).chain(added).collect()
}

fn spain(year: i16) -> Vec<Date> {
    let fixed = [(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)];
    fixed.map(|(month, date)| day(year, month, date)).into_iter().chain([plus(easter(year), -2)]).collect()
}

fn target(year: i16) -> Vec<Date> {
    let fixed = [(1, 1), (5, 1), (12, 25), (12, 26)].map(|(month, date)| day(year, month, date));
    fixed.into_iter().chain([plus(easter(year), -2), plus(easter(year), 1)]).collect()
}

#[test]
fn every_day_of_the_data_follows_from_the_rules_of_its_calendar() {
    type Rules = fn(i16) -> Vec<Date>;
    let rules: [(&str, Rules); 7] = [
        ("BR", brazil),
        ("CO", colombia),
        ("ES", spain),
        ("GB-EAW", england_and_wales),
        ("MX", mexico),
        ("TARGET", target),
        ("US", united_states),
    ];
    let names: Vec<&str> = built_in().iter().map(|doc| doc.name.value.as_str()).collect();
    assert_eq!(names, rules.map(|(name, _)| name));
    for (doc, (name, rule)) in built_in().iter().zip(rules) {
        let first = if name == "US" { 2010 } else { 2024 };
        assert_eq!(doc.years.value, (first, 2030), "{name}");
        assert!(!doc.source.is_empty() && doc.address.starts_with("https://") && !doc.version.is_empty(), "{name}");
        // A day of one year may be observed in another.
        let expected: BTreeSet<Date> =
            (first - 1..=2031).flat_map(rule).filter(|date| (first..=2030).contains(&date.year())).collect();
        let found: BTreeSet<Date> = doc.days.iter().map(|(date, _)| *date).collect();
        assert_eq!(found.len(), doc.days.len(), "{name} has a day twice");
        assert_eq!(found, expected, "{name}");
    }
}

/// Days from lists that the authorities publish, so that the rules above are not the only witness.
/// Whole years as they were published, without days that fall on a weekend: for the United States by the Office of Personnel
/// Management, for England and Wales on gov.uk, for TARGET by the European Central Bank, for Mexico by article 74 of its labour law,
/// for Brazil by the ministry that lists national holidays each year, for Spain in the official gazette (days that no region
/// replaces), for Colombia as its newspapers list them, and the ministry of the interior the day in July 2026.
const PUBLISHED: [(&str, i16, &str); 17] = [
    ("US", 2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
    ("US", 2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
    ("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
    ("GB-EAW", 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
    ("GB-EAW", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
    ("GB-EAW", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    ("GB-EAW", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
    ("TARGET", 2024, "01-01 03-29 04-01 05-01 12-25 12-26"),
    ("TARGET", 2025, "01-01 04-18 04-21 05-01 12-25 12-26"),
    ("TARGET", 2026, "01-01 04-03 04-06 05-01 12-25"),
    ("MX", 2024, "01-01 02-05 03-18 05-01 09-16 10-01 11-18 12-25"),
    ("MX", 2026, "01-01 02-02 03-16 05-01 09-16 11-16 12-25"),
    ("BR", 2025, "01-01 04-18 04-21 05-01 11-20 12-25"),
    ("BR", 2026, "01-01 04-03 04-21 05-01 09-07 10-12 11-02 11-20 12-25"),
    ("ES", 2025, "01-01 01-06 04-18 05-01 08-15 12-08 12-25"),
    ("CO", 2025, "01-01 01-06 03-24 04-17 04-18 05-01 06-02 06-23 06-30 08-07 08-18 10-13 11-03 11-17 12-08 12-25"),
    (
        "CO",
        2026,
        "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-13 07-20 08-07 08-17 10-12 11-02 11-16 12-08 12-25",
    ),
];

#[test]
fn years_are_as_they_were_published() {
    let mut found = Diagnostics::new();
    let calendars = Calendars::with(&[], &mut found);
    let place = Source::new("", "").place(crate::text::Span::default());
    let weekdays = crate::value::Calendar::default();
    for (name, year, published) in PUBLISHED {
        let calendar = calendars.find(name, &place, &mut found).unwrap();
        let mut day = Date::new(year, 1, 1).unwrap();
        let mut off = Vec::new();
        while day.to_string().starts_with(&year.to_string()) {
            if weekdays.is_business_day(day) && !calendar.is_business_day(day) {
                off.push(day.to_string().split_off(5));
            }
            day = day.plus_days(1).unwrap();
        }
        assert_eq!(off.join(" "), published, "{name} {year}");
    }
    assert!(!found.has_errors());
}

#[test]
fn the_documents_are_read_without_a_finding() {
    for name in ["br", "co", "es", "gb-eaw", "mx", "target", "us"] {
        let path = format!("{}/src/holidays/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
        let source = Source::new(path.clone(), std::fs::read_to_string(&path).unwrap());
        let mut found = Diagnostics::new();
        let node = yaml::parse(&source, &mut found).unwrap();
        crate::bundle::CalendarDoc::read(&node, &source, &mut found).unwrap();
        assert!(found.iter().next().is_none(), "{name}");
    }
}
