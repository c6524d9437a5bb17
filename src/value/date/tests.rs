//! Days and instants: read or explained, told in a zone, numbered, counted.

use super::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    /// The usual form is a short cut, never another answer.
    #[test]
    fn a_time_in_the_usual_form_is_read_as_any_other(
        year in prop_oneof![3 => 1_900..2_100, 1 => 0..10_000],
        (month, day) in (0..14, 0..33),
        (hour, minute, second) in (0..26, 0..62, 0..62),
        (away, apart) in (0..26, 0..62),
        ending in "[Zz+-]|[+-]X",
    ) {
        let ending = ending.replace('X', &format!("{away:02}:{apart:02}"));
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{ending}");
        let whole = |time: DateTime| (time.to_string(), time.canonical());
        if let Some(usual) = DateTime::parse_usual(&text) {
            prop_assert_eq!(DateTime::parse_any(&text).ok().map(whole), Some(whole(usual)), "{}", text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    /// What is told in short is what is told at length.
    #[test]
    fn days_and_instants_are_told_in_short_as_at_length(
        seconds in prop_oneof![3 => 0_i64..4_000_000_000, 1 => -377_000_000_000_i64..253_000_000_000],
        nanoseconds in prop_oneof![3 => Just(0), 1 => 0..1_000_000_000],
        offset in prop_oneof![2 => Just(0), 3 => (-24 * 60..24 * 60).prop_map(|minutes| minutes * 60), 1 => -93_599..93_599],
    ) {
        let (instant, offset) = (Timestamp::new(seconds, nanoseconds).unwrap(), Offset::from_seconds(offset).unwrap());
        let time = DateTime { instant, offset };
        let at_length = if offset == Offset::UTC { instant.to_string() } else { instant.display_with_offset(offset).to_string() };
        prop_assert_eq!(time.to_string(), at_length);
        let day = Date(offset.to_datetime(instant).date());
        prop_assert_eq!(day.to_string(), day.0.to_string());
    }
}

#[test]
fn the_usual_form_is_what_most_programs_write() {
    let usual = |text: &str| DateTime::parse_usual(text).map_or_else(|| "another".to_owned(), |time| time.to_string());
    let texts = [
        "2026-03-02T09:30:00-05:00",
        "2026-03-02T14:30:00Z",
        "2026-03-02T00:10:59+05:30",
        "2026-03-02T14:30:00.5Z",
        "2026-03-02 14:30:00Z",
        "2026-02-30T14:30:00Z",
        "2026-03-02T14:30:60Z",
        "2026-03-02T24:00:00Z",
        "2026-03-02T14:30:00+0530",
    ];
    let shown: Vec<String> = texts.iter().map(|text| format!("{text}  ->  {}", usual(text))).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    2026-03-02T09:30:00-05:00  ->  2026-03-02T09:30:00-05:00
    2026-03-02T14:30:00Z  ->  2026-03-02T14:30:00Z
    2026-03-02T00:10:59+05:30  ->  2026-03-02T00:10:59+05:30
    2026-03-02T14:30:00.5Z  ->  another
    2026-03-02 14:30:00Z  ->  another
    2026-02-30T14:30:00Z  ->  another
    2026-03-02T14:30:60Z  ->  another
    2026-03-02T24:00:00Z  ->  another
    2026-03-02T14:30:00+0530  ->  another
    ");
}

#[test]
fn dates_and_times_are_read_or_explained() {
    let date = |text: &str| Date::parse(text).map_or_else(|e| e.to_string(), |d| d.to_string());
    let time = |text: &str| DateTime::parse(text).map_or_else(|e| e.to_string(), |d| d.to_string());
    let shown = [
        date("2026-03-05"),
        date("2026-02-30"),
        date("2026-3-5"),
        date("05/03/2026"),
        time("2026-03-02T09:30:00-05:00"),
        time("2026-03-02T14:30:00Z"),
        time("2026-03-02T09:30:00"),
        time("2026-03-02"),
    ];
    insta::assert_snapshot!(shown.join("\n"), @r"
    2026-03-05
    there is no day 2026-02-30
    `2026-3-5` is not a date; write it as `2026-03-05`
    `05/03/2026` is not a date; write it as `2026-03-05`
    2026-03-02T09:30:00-05:00
    2026-03-02T14:30:00Z
    `2026-03-02T09:30:00` is not a time; write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`
    `2026-03-02` is not a time; write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`
    ");
}

#[test]
fn a_day_is_a_day_of_its_zone() {
    let late = DateTime::parse("2026-03-02T23:30:00-05:00").unwrap();
    let zones = ["America/New_York", "UTC", "Asia/Tokyo"].map(|name| late.day_in(&Zone::parse(name).unwrap()).to_string());
    assert_eq!(zones, ["2026-03-02", "2026-03-03", "2026-03-03"]);
    let day = Date::new(2026, 3, 2).unwrap();
    assert_eq!(day.begins_in(&Zone::parse("America/Sao_Paulo").unwrap()).unwrap().to_string(), "2026-03-02T00:00:00-03:00");
}

#[test]
fn days_are_numbered_in_order() {
    let mut day = Date::new(0, 1, 1).unwrap();
    let mut number = day.to_number();
    while let Ok(next) = day.plus_days(if number % 400 < 200 { 1 } else { 97 }) {
        number += day.days_until(next);
        day = next;
        assert_eq!((day.to_number(), Date::of_number(number)), (number, Some(day)));
    }
    assert_eq!(Date::new(1970, 1, 1).unwrap().to_number(), 0);
}

#[test]
fn differences_count_days_and_full_months() {
    let (from, to) = (Date::new(2026, 1, 31).unwrap(), Date::new(2026, 4, 29).unwrap());
    assert_eq!((from.days_until(to), from.months_until(to), to.days_until(from)), (88, 2, -88));
    assert_eq!(from.plus_months(1).unwrap().to_string(), "2026-02-28");
}
