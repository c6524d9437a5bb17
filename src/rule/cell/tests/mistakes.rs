//! Mistakes in cells of tables.

use super::*;

#[test]
fn mistakes_in_tables_are_explained() {
    let shown = lines(
        Dialect::Table,
        &[
            ("boolean", &["", "yes", "ture", "> true", "true, false", "empty", "not (true, false)", "any, true"]),
            (
                "integer",
                &[
                    "abc",
                    "30.5",
                    "1,000",
                    "1, , 2",
                    "60 to 10",
                    "(5..5)",
                    "(5..6)",
                    "[10..]",
                    "10..50",
                    "> 30, <= 60",
                    ">= 60, < 30",
                    "more than 5",
                    "≥ 5",
                    "≥5",
                    "aboveboard",
                    "above5",
                    "=> 5",
                    "== 5",
                    "= a + b",
                    "at least",
                    "over 5 and over 6",
                    "over 5 and 6",
                    "over 9 and under 10",
                    "5, any",
                    "before 5",
                    "10%",
                    "customer.limit",
                    "customer.limit_2",
                    "2.limit",
                    "customer.Limit",
                    "customer.",
                    "missing, present",
                    "not missing",
                    "not present",
                    "not not 5",
                    "not any",
                    "not 5, 6",
                    "Missing",
                    "[10, 20]",
                    "1e3",
                    "99999999999999999999999999999",
                    "99999999999999999999",
                    "params.small_claim.tolerance",
                    "params.small_claim.tolerence",
                    "params.nothing",
                ],
            ),
            ("decimal", &["12,50", "10%", "> 0.5, <= 0.9", "at least 1, under 1"]),
            (
                "money",
                &["$100", "100 usd", "100 case", "100 USD, 90 EUR", "100 EUR to 200 USD", "> 30, <= 60", "100 USD 5", "1,000.00"],
            ),
            ("text", &["at least 5", "\"open", "\"a\" b", "Any", "not", "not a, a", "not a, not b", "empty", "not a, b"]),
            (
                "tier",
                &[
                    "goldd",
                    "Gold",
                    "at least gold",
                    "standard, silver, gold",
                    "gold, goldd",
                    "mising",
                    "(gold, silver)",
                    "not gold, silver",
                    "not (gold, silver), standard",
                    "gold or silver",
                ],
            ),
            (
                "severity",
                &[
                    "over severe",
                    "under trivial",
                    "at least trivial",
                    "moderate to minor",
                    "not (trivial to severe)",
                    "at most minor, over minor",
                ],
            ),
            ("place", &["us", "United States", "over US", "EU-US"]),
            (
                "date",
                &[
                    "2026-02-30",
                    "05/03/2026",
                    "2026-03-02T14:30:00Z",
                    "(2026-01-01..2026-01-02)",
                    "after 2026-01-31, before 2026-03-01",
                    "before 2026-01-01, after 2026-01-31",
                ],
            ),
            ("datetime", &["before 2026-03-05", "2026-03-02T09:30:00"]),
            ("duration", &["10", "at least ten days"]),
            ("list of boolean", &["true, false"]),
            ("list of tier", &["not gold, not silver", "present, missing, empty"]),
        ],
    );
    insta::assert_snapshot!(shown, @r#"
    boolean
       -> R0301 at ``: the cell is empty
        help: write `-` where every value will do
      yes -> R0301 at `yes`: `yes` is not true or false
        help: write `true`
      ture -> R0301 at `ture`: `ture` is not true or false
        help: did you mean `true`?
      > true -> R0304 at `> true`: `>` compares by order, and the column has none: it holds true or false
      true, false -> R0303 at `true, false`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
      empty -> R0304 at `empty`: `empty` speaks of a list, the column holds true or false
        help: write `missing`
      not (true, false) -> R0302 at `not (true, false)`: `not (true, false)` never holds: it leaves no value
      any, true -> R0303 at `any`: `any` among others: the cell always holds
        help: write `any` alone, or leave it out
    integer
      abc -> R0301 at `abc`: `abc` is not a whole number
      30.5 -> R0301 at `30.5`: `30.5` is not a whole number
      1,000 -> R0301 at `,`: a comma between two digits in `1,000`
        help: numbers are written without separators and with a decimal point (`1000`, `12.50`); between two values stands a comma and a space
      1, , 2 -> R0301 at ``: a value is missing beside a comma
      60 to 10 -> R0302 at `60 to 10`: `60 to 10` never holds: its ends are the wrong way round
        help: write `10 to 60`
      (5..5) -> R0302 at `(5..5)`: `(5..5)` never holds: no value lies between its ends
      (5..6) -> R0302 at `(5..6)`: `(5..6)` never holds: no value lies between its ends
      [10..] -> R0301 at `[10..]`: `[10..]` lacks one of its ends
        help: an interval with one end is a comparison: `>= 10`, `at least 10`
      10..50 -> R0301 at `10..50`: `10..50` lacks its brackets
        help: write `10 to 50`, or `[10..50]`
      > 30, <= 60 -> R0303 at `> 30, <= 60`: the cell holds for every known value
        help: alternatives are joined by *or*; for the interval write `31 to 60`
      >= 60, < 30 -> at least 60, under 30
      more than 5 -> R0301 at `more than 5`: `more than 5` is not a whole number
        help: write `over 5`
      ≥ 5 -> R0301 at `≥ 5`: `≥ 5` is not a whole number
        help: write `at least 5`
      ≥5 -> R0301 at `≥5`: `≥5` is not a whole number
        help: write `at least 5`
      aboveboard -> R0301 at `aboveboard`: `aboveboard` is not a whole number
      above5 -> R0301 at `above5`: `above5` is not a whole number
      => 5 -> R0301 at `=> 5`: `=> 5` begins with a symbol that does not exist
        help: write `>= 5`
      == 5 -> R0301 at `== 5`: `== 5`: equality needs no sign
        help: write `5`
      = a + b -> R0301 at `= a + b`: a condition holds no expression
        help: write `a + b` for the value itself, or name the expression with a `let` and make that a condition
      at least -> R0301 at `at least`: `at least` says nothing to compare with
      over 5 and over 6 -> R0301 at `over 5 and over 6`: `and` joins one lower and one upper bound
        help: write an interval, such as `over 10 and at most 50`
      over 5 and 6 -> R0301 at `6`: no comparison stands behind the `and`
        help: an interval without its ends is written `over 10 and under 50`
      over 9 and under 10 -> R0302 at `over 9 and under 10`: `over 9 and under 10` never holds: no value lies between its ends
      5, any -> R0303 at `any`: `any` among others: the cell always holds
        help: write `any` alone, or leave it out
      before 5 -> R0304 at `before 5`: `before` speaks of time, the column holds a whole number
        help: write `under`
      10% -> R0301 at `10%`: `10%` is not a whole number
      customer.limit -> R0301 at `customer.limit`: `customer.limit` is not a whole number
        help: a cell compares with a fixed value or with a parameter (`params...`); to compare two facts, name the result with a `let`
      customer.limit_2 -> R0301 at `customer.limit_2`: `customer.limit_2` is not a whole number
        help: a cell compares with a fixed value or with a parameter (`params...`); to compare two facts, name the result with a `let`
      2.limit -> R0301 at `2.limit`: `2.limit` is not a whole number
      customer.Limit -> R0301 at `customer.Limit`: `customer.Limit` is not a whole number
      customer. -> R0301 at `customer.`: `customer.` is not a whole number
      missing, present -> R0303 at `missing, present`: the cell always holds
        help: write `any`
      not missing -> R0301 at `not missing`: `not missing` may mean two things
        help: write `present` for a fact that is given, also as unknown, or `not unknown` for one whose value is known
      not present -> R0301 at `present`: `not present` is said with a word of its own
        help: write `missing`
      not not 5 -> R0301 at `not 5`: a `not` inside a `not`
        help: leave both out
      not any -> R0302 at `any`: `not any` never holds
      not 5, 6 -> R0301 at `not 5, 6`: `6` adds nothing beside `not 5`: alternatives are joined by *or*
        help: for none of them write `not (5, 6)`
      Missing -> R0301 at `Missing`: `Missing` is not in small letters
        help: write `missing`, or `"Missing"` for the word itself
      [10, 20] -> R0301 at `[10, 20]`: `[10, 20]` is not a whole number
        help: alternatives stand without brackets: `10, 20`
      1e3 -> R0301 at `1e3`: `1e3` is not a whole number
      99999999999999999999999999999 -> R0301 at `99999999999999999999999999999`: `99999999999999999999999999999` has more than 28 digits, which cannot be kept exactly
      99999999999999999999 -> R0301 at `99999999999999999999`: `99999999999999999999` is not a whole number
      params.small_claim.tolerance -> R0304 at `params.small_claim.tolerance`: `params.small_claim.tolerance` is an amount of money, the column holds a whole number
      params.small_claim.tolerence -> R0403 at `params.small_claim.tolerence`: there is no parameter `params.small_claim.tolerence`
        help: did you mean `params.small_claim.tolerance`?
      params.nothing -> R0403 at `params.nothing`: there is no parameter `params.nothing`
    decimal
      12,50 -> R0301 at `,`: a comma between two digits in `12,50`
        help: numbers are written without separators and with a decimal point (`1000`, `12.50`); between two values stands a comma and a space
      10% -> R0301 at `10%`: `10%` is not a number
        help: write it as `0.1`
      > 0.5, <= 0.9 -> R0303 at `> 0.5, <= 0.9`: the cell holds for every known value
        help: alternatives are joined by *or*; for the interval write `(0.5..0.9]`
      at least 1, under 1 -> R0303 at `at least 1, under 1`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
    money
      $100 -> R0301 at `$100`: `$100` is not an amount of money
        help: write it as `100` (in the bundle's currency) or `100 USD`
      100 usd -> R0106 at `100 usd`: `usd` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
        help: did you mean `100 USD`?
      100 case -> R0106 at `100 case`: `case` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
        help: an amount in the currency of the case is a parameter: name it, as `params.small_claim.tolerance`
      100 USD, 90 EUR -> R0304 at `100 USD, 90 EUR`: one cell names two currencies, USD and EUR; money never changes currency silently
        help: make it a parameter with an amount for each currency, and name that
      100 EUR to 200 USD -> R0304 at `100 EUR to 200 USD`: one cell names two currencies, EUR and USD; money never changes currency silently
        help: make it a parameter with an amount for each currency, and name that
      > 30, <= 60 -> R0303 at `> 30, <= 60`: the cell holds for every known value
        help: alternatives are joined by *or*; for the interval write `(30..60]`
      100 USD 5 -> R0301 at `100 USD 5`: `100 USD 5` is not an amount of money
        help: write it as `100` (in the bundle's currency) or `100 USD`
      1,000.00 -> R0301 at `,`: a comma between two digits in `1,000.00`
        help: numbers are written without separators and with a decimal point (`1000`, `12.50`); between two values stands a comma and a space
    text
      at least 5 -> R0304 at `at least 5`: `at least` compares by order, and the column has none: it holds text
        help: to take the text as it stands, write `"at least 5"`
      "open -> R0301 at `"`: a quote is opened and never closed
        help: close it, or write `\"` for a quote that belongs to the text
      "a" b -> R0301 at ` b`: something stands behind the closing quote
        help: write `\"` for a quote that belongs to the text
      Any -> R0301 at `Any`: `Any` is not in small letters
        help: write `any`, or `"Any"` for the word itself
      not -> R0301 at `not`: `not` excludes nothing
        help: name what is excluded, or write `"not"` for the word itself
      not a, a -> R0303 at `not a, a`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
      not a, not b -> R0303 at `not a, not b`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
      empty -> R0304 at `empty`: `empty` speaks of a list, the column holds text
        help: write `missing`, or `""` for a text without letters
      not a, b -> R0301 at `not a, b`: `b` adds nothing beside `not a`: alternatives are joined by *or*
        help: for none of them write `not (a, b)`
    tier
      goldd -> R0103 at `goldd`: `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
      Gold -> R0103 at `Gold`: `Gold` is not one of standard, silver, gold
        help: did you mean `gold`?
      at least gold -> R0304 at `at least gold`: `at least` compares by order, and the column has none: it holds one of standard, silver, gold
        help: declare the values from the least to the most, with `ordered: true`, or list those that will do
      standard, silver, gold -> R0303 at `standard, silver, gold`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
      gold, goldd -> R0103 at `goldd`: `goldd` is not one of standard, silver, gold
        help: did you mean `gold`?
      mising -> R0103 at `mising`: `mising` is not one of standard, silver, gold
        help: did you mean `missing`?
      (gold, silver) -> R0103 at `(gold, silver)`: `(gold, silver)` is not one of standard, silver, gold
        help: alternatives stand without brackets: `gold, silver`
      not gold, silver -> R0301 at `not gold, silver`: `silver` adds nothing beside `not gold`: alternatives are joined by *or*
        help: for none of them write `not (gold, silver)`
      not (gold, silver), standard -> R0301 at `not (gold, silver), standard`: `standard` adds nothing beside `not (gold, silver)`: alternatives are joined by *or*
        help: for none of them write `not (gold, silver, standard)`
      gold or silver -> R0103 at `gold or silver`: `gold or silver` is not one of standard, silver, gold
        help: alternatives are a list: `gold, silver` in a table, `[gold, silver]` in YAML
    severity
      over severe -> R0302 at `over severe`: `over severe` never holds: no value lies beyond `severe`
      under trivial -> R0302 at `under trivial`: `under trivial` never holds: no value lies beyond `trivial`
      at least trivial -> R0303 at `at least trivial`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
      moderate to minor -> R0302 at `moderate to minor`: `moderate to minor` never holds: its ends are the wrong way round
        help: write `minor to moderate`
      not (trivial to severe) -> R0302 at `not (trivial to severe)`: `not (trivial to severe)` never holds: it leaves no value
      at most minor, over minor -> R0303 at `at most minor, over minor`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
    place
      us -> R0301 at `us`: `us` is not a place
        help: did you mean `US`?
      United States -> R0301 at `United States`: `United States` is not a place
        help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`
      over US -> R0304 at `over US`: `over` compares by order, and the column has none: it holds a place
      EU-US -> R0301 at `EU-US`: `EU-US` is not a place
        help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`
    date
      2026-02-30 -> R0301 at `2026-02-30`: there is no day 2026-02-30
      05/03/2026 -> R0301 at `05/03/2026`: `05/03/2026` is not a date
        help: write it as `2026-03-05`
      2026-03-02T14:30:00Z -> R0301 at `2026-03-02T14:30:00Z`: `2026-03-02T14:30:00Z` is not a date
        help: write the day alone: `2026-03-02`
      (2026-01-01..2026-01-02) -> R0302 at `(2026-01-01..2026-01-02)`: `(2026-01-01..2026-01-02)` never holds: no value lies between its ends
      after 2026-01-31, before 2026-03-01 -> R0303 at `after 2026-01-31, before 2026-03-01`: the cell holds for every known value
        help: alternatives are joined by *or*; for the interval write `2026-02-01 to 2026-02-28`
      before 2026-01-01, after 2026-01-31 -> before 2026-01-01, after 2026-01-31
    datetime
      before 2026-03-05 -> R0304 at `2026-03-05`: `2026-03-05` is a day, the column holds times with their offset from UTC
        help: write a time such as `2026-03-05T00:00:00Z`, or let the day be a `let`, `= day_of(...)`, and ask that
      2026-03-02T09:30:00 -> R0301 at `2026-03-02T09:30:00`: `2026-03-02T09:30:00` is not a time with its offset
        help: write it as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`
    duration
      10 -> R0301 at `10`: `10` is not a length of time
        help: write it as `10 days` or `24 hours`
      at least ten days -> R0301 at `ten days`: `ten days` is not a length of time
        help: write it as `10 days` or `24 hours`
    list of boolean
      true, false -> R0303 at `true, false`: the cell holds for every known value
        help: write `any`, or `not unknown` where the value must be known
    list of tier
      not gold, not silver -> not gold, not silver
      present, missing, empty -> R0303 at `present, missing, empty`: the cell always holds
        help: write `any`
    "#);
}
