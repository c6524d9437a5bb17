//! Scales: into how many segments they cut a kind, where values stand, told whole and in brief, and which bounds they doubt.

use super::scale::Scale;
use super::*;
use crate::value::{Brief, View};

fn read(word: &str, text: &str) -> Value {
    match fact(word, text) {
        Fact::Known(value) => value,
        other => panic!("{text} is {other:?}"),
    }
}

fn shown(word: &str, points: &[&str], segments_max: usize, values: &[&str]) -> String {
    // What a list is compared with is an item.
    let item = word.strip_prefix("list of ").unwrap_or(word);
    let bounds: Vec<Bound> = points.iter().map(|text| Bound::Value(read(item, text))).collect();
    let scale = Scale::new(&kind(word), &bounds.iter().collect::<Vec<_>>(), segments_max);
    let empty: Vec<String> = (0..scale.len()).filter(|at| !scale.has_values(*at)).map(|at| at.to_string()).collect();
    let mut out = format!("{word}, cut at [{}]: 0 to {}", points.join(", "), scale.len() - 1);
    if !empty.is_empty() {
        out += &format!(", without values {}", empty.join(", "));
    }
    out += "\n";
    for text in values {
        let value = read(word, text);
        let (spot, brief) = (scale.locate((&value).into()), scale.segment_of(Brief::from(View::from(&value))));
        let spot = spot.map_or_else(
            || "nowhere".to_owned(),
            |spot| format!("{}{}", spot.segment, if spot.exact { ", alone there" } else { "" }),
        );
        out += &format!("  {text} -> {spot}; in brief {}\n", brief.map_or_else(|| "not told".to_owned(), |at| at.to_string()));
    }
    let foreign = if word == "date" { read("place", "US") } else { read("date", "2026-01-01") };
    let bounds = [
        ("its own", Bound::Value(read(item, values[0]))),
        ("another kind", Bound::Value(foreign.clone())),
        ("a parameter", Bound::Param { slot: 0, path: "params.best".into() }),
    ];
    for (name, bound) in bounds {
        let doubts = [("", false), (" by order", true)]
            .map(|(how, by_order)| format!("{}{how}", if scale.doubts(&bound, by_order) { "doubted" } else { "clear" }));
        out += &format!("  a bound of {name}: {}\n", doubts.join(", "));
    }
    assert_eq!(scale.locate((&foreign).into()), None, "{word}");
    out
}

#[test]
fn values_stand_between_the_points_of_their_scale() {
    let scales = [
        shown("boolean", &[], 9, &["false", "true"]),
        shown("integer", &["10", "11", "50"], 9, &["9", "10", "11", "12", "50", "51"]),
        shown("integer", &["10", "11", "12", "50"], 5, &["9", "10", "11", "12", "50", "51"]),
        shown("integer", &["10"], 1, &["10"]),
        shown("decimal", &["0.5", "2"], 9, &["0.49", "0.5", "0.50001", "2", "2.5", "1234567890.123456789012345678"]),
        shown("money", &["10.00 USD"], 9, &["9.99 USD", "10 USD", "10.001 USD"]),
        shown("text", &["b"], 9, &["a", "b", "c"]),
        shown("tier", &["gold"], 9, &["standard", "gold"]),
        shown("severity", &["minor"], 9, &["trivial", "severe"]),
        shown("severity", &["minor"], 3, &["minor"]),
        shown("place", &["US", "US-VA", "EU"], 9, &["US", "US-VA", "US-CA", "ES", "BR"]),
        shown("date", &["2026-01-30", "2026-01-31"], 9, &["2026-01-29", "2026-01-31", "2026-02-01"]),
        shown("datetime", &["2026-01-30T00:00:00Z"], 9, &["2026-01-29T23:59:59Z", "2026-01-30T01:00:00+01:00"]),
        shown("duration", &["2 days"], 9, &["48 hours", "49 hours"]),
        shown("list of tier", &["gold"], 9, &["gold", "[]"]),
    ];
    insta::assert_snapshot!(scales.join(""), @"
    boolean, cut at []: 0 to 1
      false -> 0, alone there; in brief 0
      true -> 1, alone there; in brief 1
      a bound of its own: clear, doubted by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    integer, cut at [10, 11, 50]: 0 to 6, without values 2
      9 -> 0; in brief 0
      10 -> 1, alone there; in brief 1
      11 -> 3, alone there; in brief 3
      12 -> 4; in brief 4
      50 -> 5, alone there; in brief 5
      51 -> 6; in brief 6
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    integer, cut at [10, 11, 12, 50]: 0 to 4
      9 -> 0; in brief 0
      10 -> 1, alone there; in brief 1
      11 -> 2; in brief 2
      12 -> 3, alone there; in brief 3
      50 -> 4; in brief 4
      51 -> 4; in brief 4
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    integer, cut at [10]: 0 to 0
      10 -> 0; in brief not told
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    decimal, cut at [0.5, 2]: 0 to 4
      0.49 -> 0; in brief 0
      0.5 -> 1, alone there; in brief 1
      0.50001 -> 2; in brief 2
      2 -> 3, alone there; in brief 3
      2.5 -> 4; in brief 4
      1234567890.123456789012345678 -> 4; in brief not told
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    money, cut at [10.00 USD]: 0 to 2
      9.99 USD -> 0; in brief 0
      10 USD -> 1, alone there; in brief 1
      10.001 USD -> 2; in brief 2
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    text, cut at [b]: 0 to 2
      a -> 0; in brief not told
      b -> 1, alone there; in brief not told
      c -> 2; in brief not told
      a bound of its own: clear, doubted by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    tier, cut at [gold]: 0 to 2
      standard -> 0, alone there; in brief not told
      gold -> 2, alone there; in brief not told
      a bound of its own: clear, doubted by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    severity, cut at [minor]: 0 to 3
      trivial -> 0, alone there; in brief not told
      severe -> 3, alone there; in brief not told
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    severity, cut at [minor]: 0 to 0
      minor -> 0; in brief not told
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    place, cut at [US, US-VA, EU]: 0 to 6
      US -> 1; in brief 1
      US-VA -> 2; in brief 2
      US-CA -> 4; in brief 4
      ES -> 5; in brief 5
      BR -> 6; in brief 6
      a bound of its own: clear, doubted by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    date, cut at [2026-01-30, 2026-01-31]: 0 to 4, without values 2
      2026-01-29 -> 0; in brief not told
      2026-01-31 -> 3, alone there; in brief not told
      2026-02-01 -> 4; in brief not told
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    datetime, cut at [2026-01-30T00:00:00Z]: 0 to 2
      2026-01-29T23:59:59Z -> 0; in brief not told
      2026-01-30T01:00:00+01:00 -> 1, alone there; in brief not told
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    duration, cut at [2 days]: 0 to 2
      48 hours -> 1, alone there; in brief not told
      49 hours -> 2; in brief not told
      a bound of its own: clear, clear by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    list of tier, cut at [gold]: 0 to 0
      gold -> 0; in brief not told
      [] -> 0; in brief not told
      a bound of its own: clear, doubted by order
      a bound of another kind: doubted, doubted by order
      a bound of a parameter: doubted, doubted by order
    ");
}
