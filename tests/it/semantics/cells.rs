//! Cells: which values they admit, missing and unknown ones included.

use super::{case, policy, rendered};
use std::fmt::Write;

/// Each cell with the values that it admits.
fn admits(fact: &str, cells: &[&str], values: &[&str]) -> String {
    let mut text = String::new();
    for cell in cells {
        let bundle = format!(
            "=== decisions/d.yaml
decision: d
hit: first
outputs: {{yes: {{type: boolean}}}}
rules:
  - {{when: {{{fact}: {cell}}}, then: {{yes: true}}, because: a.}}
otherwise: {{yes: false, because: b.}}
"
        );
        let policy = policy(&bundle);
        let admitted = values.iter().filter(|value| {
            let facts = if **value == "missing" { "input.m: 1".to_owned() } else { format!("{fact}: {value}") };
            let (case, at) = case(&facts);
            let decision = crate::oracle::decide(&policy, &case, at).unwrap();
            let yes = decision.parts[0].output("yes");
            assert!(yes.is_known(), "{cell} {value}: {}", rendered(&decision));
            yes.known().is_some_and(|yes| yes.to_string() == "true")
        });
        let admitted: Vec<&str> = admitted.copied().collect();
        let _ = writeln!(text, "{cell:<24} {}", admitted.join(", "));
    }
    text
}

#[test]
fn numbers() {
    let cells = [
        "any",
        "10",
        "[3, 10]",
        "at least 10",
        "over 10",
        "at most 10",
        "under 10",
        "10 to 20",
        "not 10",
        "{not: [3, 10]}",
        "missing",
        "present",
        "unknown",
        "[10, missing]",
        "[under 4, unknown]",
    ];
    insta::assert_snapshot!(admits("input.n", &cells, &["3", "10", "20", "21", "missing", "unknown"]), @r"
    any                      3, 10, 20, 21, missing, unknown
    10                       10
    [3, 10]                  3, 10
    at least 10              10, 20, 21
    over 10                  20, 21
    at most 10               3, 10
    under 10                 3
    10 to 20                 10, 20
    not 10                   3, 20, 21
    {not: [3, 10]}           20, 21
    missing                  missing
    present                  3, 10, 20, 21, unknown
    unknown                  unknown
    [10, missing]            10, missing
    [under 4, unknown]       3, unknown
    ");
}

#[test]
fn money() {
    let cells = ["at least 10", "10.00", "under 0.30", "at most 64.2 USD"];
    let values = ["0.299999999999999999 USD", "0.30 USD", "10.0 USD", "64.20 USD", "missing", "unknown"];
    insta::assert_snapshot!(admits("input.sum", &cells, &values), @r"
    at least 10              10.0 USD, 64.20 USD
    10.00                    10.0 USD
    under 0.30               0.299999999999999999 USD
    at most 64.2 USD         0.299999999999999999 USD, 0.30 USD, 10.0 USD, 64.20 USD
    ");
}

#[test]
fn words() {
    let cells = ["red", "not red", "[red, blue]", "{not: [red, blue]}", "'\"at least 5\"'", "present"];
    insta::assert_snapshot!(admits("input.word", &cells, &["red", "blue", "at least 5", "''", "missing", "unknown"]), @r#"
    red                      red
    not red                  blue, at least 5, ''
    [red, blue]              red, blue
    {not: [red, blue]}       at least 5, ''
    '"at least 5"'           at least 5
    present                  red, blue, at least 5, '', unknown
    "#);
}

#[test]
fn ordered_enums() {
    let cells = ["at least middle", "under middle", "low to middle", "not low", "[low, high]"];
    insta::assert_snapshot!(admits("input.level", &cells, &["low", "middle", "high", "missing", "unknown"]), @r"
    at least middle          middle, high
    under middle             low
    low to middle            low, middle
    not low                  middle, high
    [low, high]              low, high
    ");
}

#[test]
fn booleans() {
    let cells = ["true", "not true", "false", "[false, missing, unknown]", "present"];
    insta::assert_snapshot!(admits("input.yes", &cells, &["true", "false", "missing", "unknown"]), @r"
    true                     true
    not true                 false
    false                    false
    [false, missing, unknown] false, missing, unknown
    present                  true, false, unknown
    ");
}

#[test]
fn dates() {
    let cells = [
        "2026-04-08",
        "before 2026-04-08",
        "after 2026-04-08",
        "on or after 2026-04-08",
        "on or before 2026-04-08",
        "2026-04-08 to 2026-04-09",
        "not 2026-04-08",
    ];
    insta::assert_snapshot!(admits("input.day", &cells, &["2026-04-07", "2026-04-08", "2026-04-09", "missing", "unknown"]), @r"
    2026-04-08               2026-04-08
    before 2026-04-08        2026-04-07
    after 2026-04-08         2026-04-09
    on or after 2026-04-08   2026-04-08, 2026-04-09
    on or before 2026-04-08  2026-04-07, 2026-04-08
    2026-04-08 to 2026-04-09 2026-04-08, 2026-04-09
    not 2026-04-08           2026-04-07, 2026-04-09
    ");
}

#[test]
fn places() {
    let cells = ["US", "US-VA", "not US", "EU", "[EU, GB]", "{not: [EU, US-VA]}", "NO"];
    insta::assert_snapshot!(admits("input.place", &cells, &["US", "US-VA", "DE", "DE-BY", "GB", "NO", "missing", "unknown"]), @r"
    US                       US, US-VA
    US-VA                    US-VA
    not US                   DE, DE-BY, GB, NO
    EU                       DE, DE-BY
    [EU, GB]                 DE, DE-BY, GB
    {not: [EU, US-VA]}       US, GB, NO
    NO                       NO
    ");
}

#[test]
fn lists() {
    let cells =
        ["3", "over 3", "not 3", "{not: [3, 4]}", "empty", "present", "missing", "unknown", "[empty, missing]", "not empty"];
    insta::assert_snapshot!(admits("input.numbers", &cells, &["[]", "[3]", "[3, 4]", "[4]", "missing", "unknown"]), @r"
    3                        [3], [3, 4]
    over 3                   [3, 4], [4]
    not 3                    [], [4]
    {not: [3, 4]}            []
    empty                    []
    present                  [3], [3, 4], [4], unknown
    missing                  missing
    unknown                  unknown
    [empty, missing]         [], missing
    not empty                [3], [3, 4], [4]
    ");
}
