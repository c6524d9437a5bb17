//! Cells of tables: words and symbols, and what they say of themselves.

use super::*;

#[test]
fn tables_speak_in_words_and_symbols() {
    let shown = lines(
        Dialect::Table,
        &[
            ("boolean", &["true", "FALSE", "any", "-", "not true", "unknown", "true, missing"]),
            (
                "integer",
                &[
                    "12",
                    "-3",
                    "010",
                    ">= 100",
                    "at least 100",
                    "over 5",
                    "<5",
                    "10 to 50",
                    "[10..50]",
                    "[10..50)",
                    "( 10 .. 50 ]",
                    "1, 2, missing",
                    "!= 3",
                    "not (1, 2)",
                    "not at least 5",
                    "at least 10 and under 50",
                    "< 50 and > 10",
                    "<= params.small_claim.max_per_12m",
                    "not unknown",
                ],
            ),
            ("decimal", &["0.10", "1.5 to 2.25"]),
            ("money", &["<= 100", "100 USD", "100 to 200 USD", "at most params.small_claim.tolerance", "(0..25]", "> 10.50 EUR"]),
            (
                "text",
                &[
                    "hello",
                    "Smith (UK), Jones",
                    "a (b, c",
                    "two words",
                    "\"at least 5\"",
                    "Paris to London",
                    "\"a, b\", c",
                    "not (a, b)",
                    "O'Brien",
                    "\"\"",
                    "12",
                    "\"say \\\"no\\\" \\\\\"",
                    "a.b",
                    "params.best",
                ],
            ),
            ("tier", &["gold", "gold, silver, missing", "!= gold", "not (gold, silver)", "\"gold\"", "present"]),
            ("severity", &["at least minor", "> minor", "minor to moderate", "under severe"]),
            ("place", &["US", "US-VA, EU", "not EU"]),
            (
                "date",
                &[
                    "2026-04-08",
                    "before 2026-01-01",
                    "on or after 2026-01-01",
                    "at least 2026-01-01",
                    "2026-01-01 to 2026-03-31",
                    "after 2026-01-01 and before 2026-02-01",
                ],
            ),
            ("datetime", &[">= 2026-03-02T14:30:00Z", "before 2026-03-02T09:30:00-05:00"]),
            ("duration", &["at least 24 hours", "10 to 20 days", "10 days to 3 weeks"]),
            ("list of tier", &["gold", "not gold", "empty", "present", "not empty", "gold, empty"]),
            ("list of money", &["> 100"]),
        ],
    );
    insta::assert_snapshot!(shown, @r#"
    boolean
      true -> true
      FALSE -> false
      any -> any
      - -> any
      not true -> not true
      unknown -> unknown
      true, missing -> true, missing
    integer
      12 -> 12
      -3 -> -3
      010 -> 10
      >= 100 -> at least 100
      at least 100 -> at least 100
      over 5 -> over 5
      <5 -> under 5
      10 to 50 -> 10 to 50
      [10..50] -> 10 to 50
      [10..50) -> at least 10 and under 50
      ( 10 .. 50 ] -> over 10 and at most 50
      1, 2, missing -> 1, 2, missing
      != 3 -> not 3
      not (1, 2) -> not (1, 2)
      not at least 5 -> not at least 5
      at least 10 and under 50 -> at least 10 and under 50
      < 50 and > 10 -> over 10 and under 50
      <= params.small_claim.max_per_12m -> at most params.small_claim.max_per_12m
      not unknown -> not unknown
    decimal
      0.10 -> 0.1
      1.5 to 2.25 -> 1.5 to 2.25
    money
      <= 100 -> at most 100
      100 USD -> 100.00 USD
      100 to 200 USD -> 100.00 USD to 200.00 USD
      at most params.small_claim.tolerance -> at most params.small_claim.tolerance
      (0..25] -> over 0 and at most 25
      > 10.50 EUR -> over 10.50 EUR
    text
      hello -> hello
      Smith (UK), Jones -> "Smith (UK)", Jones
      a (b, c -> "a (b", c
      two words -> "two words"
      "at least 5" -> "at least 5"
      Paris to London -> "Paris to London"
      "a, b", c -> "a, b", c
      not (a, b) -> not (a, b)
      O'Brien -> "O'Brien"
      "" -> ""
      12 -> 12
      "say \"no\" \\" -> "say \"no\" \\"
      a.b -> "a.b"
      params.best -> params.best
    tier
      gold -> gold
      gold, silver, missing -> gold, silver, missing
      != gold -> not gold
      not (gold, silver) -> not (gold, silver)
      "gold" -> gold
      present -> present
    severity
      at least minor -> at least minor
      > minor -> over minor
      minor to moderate -> minor to moderate
      under severe -> under severe
    place
      US -> US
      US-VA, EU -> US-VA, EU
      not EU -> not EU
    date
      2026-04-08 -> 2026-04-08
      before 2026-01-01 -> before 2026-01-01
      on or after 2026-01-01 -> on or after 2026-01-01
      at least 2026-01-01 -> on or after 2026-01-01
      2026-01-01 to 2026-03-31 -> 2026-01-01 to 2026-03-31
      after 2026-01-01 and before 2026-02-01 -> after 2026-01-01 and before 2026-02-01
    datetime
      >= 2026-03-02T14:30:00Z -> on or after 2026-03-02T14:30:00Z
      before 2026-03-02T09:30:00-05:00 -> before 2026-03-02T09:30:00-05:00
    duration
      at least 24 hours -> at least 1 day
      10 to 20 days -> 10 days to 20 days
      10 days to 3 weeks -> 10 days to 3 weeks
    list of tier
      gold -> gold
      not gold -> not gold
      empty -> empty
      present -> present
      not empty -> not empty
      gold, empty -> gold, empty
    list of money
      > 100 -> over 100
    "#);
}
