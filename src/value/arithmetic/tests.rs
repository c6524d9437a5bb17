//! What operators come to between values of all kinds.

use super::*;
use crate::value::{Date, DateTime, Duration, EnumValue, Money, Place};

#[test]
fn operators_between_kinds() {
    let severity = Arc::new(EnumKind::new(["trivial", "minor", "severe"], true));
    let minor = Value::Enum(EnumValue::named(&severity, "minor").unwrap());
    let money = |text: &str| Value::Money(Money::parse(text).unwrap());
    let decimal = |text: &str| Value::Decimal(Decimal::parse(text).unwrap());
    let show = |result: Result<Value, Trouble>| result.map_or_else(|e| format!("error: {e}"), |v| v.to_string());
    let order = |result: Result<Ordering, Trouble>| result.map_or_else(|e| format!("error: {e}"), |v| format!("{v:?}"));
    let lines = [
        show(add(&decimal("0.1"), &decimal("0.2"))),
        show(divide(&Value::Integer(10), &Value::Integer(4))),
        show(multiply(&money("64.20 USD"), &decimal("0.5"))),
        show(divide(&money("64.20 USD"), &money("32.10 USD"))),
        show(add(&money("1.00 USD"), &money("1.00 EUR"))),
        show(add(&money("1.00 USD"), &Value::Integer(1))),
        show(add(&Value::Integer(i64::MAX), &Value::Integer(1))),
        show(divide(&Value::Integer(1), &Value::Integer(0))),
        show(remainder(&Value::Integer(i64::MIN), &Value::Integer(-1))),
        order(compare(&minor, &Value::text("severe"))),
        order(compare(&minor, &Value::text("sever"))),
        order(compare(&Value::text("12"), &Value::Integer(5))),
        order(compare(&Value::text("severe"), &Value::text("trivial"))),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r"
    0.3
    2.5
    32.10 USD
    2
    error: an amount in USD meets an amount in EUR; money never changes currency silently
    error: cannot add an amount of money and a whole number
    error: the result has more digits than a number can hold
    error: division by zero
    error: the result has more digits than a number can hold
    Less
    error: `sever` is not one of trivial, minor, severe
    error: cannot compare text and a whole number
    error: cannot compare text and text
    ");
}

/// A value behind the word for its kind.
fn read(text: &str) -> Value {
    let severity = Arc::new(EnumKind::new(["trivial", "minor", "severe"], true));
    let tier = Arc::new(EnumKind::new(["gold", "basic"], false));
    let (kind, text) = text.split_once(' ').unwrap();
    match kind {
        "yes/no" => Value::Boolean(text == "yes"),
        "number" => text.parse().map_or_else(|_| Value::Decimal(Decimal::parse(text).unwrap()), Value::Integer),
        "money" => Value::Money(Money::parse(text).unwrap()),
        "severity" => Value::Enum(EnumValue::named(&severity, text).unwrap()),
        "tier" => Value::Enum(EnumValue::named(&tier, text).unwrap()),
        "place" => Value::Place(Place::parse(text).unwrap()),
        "day" => Value::Date(Date::parse(text).unwrap()),
        "instant" => Value::DateTime(DateTime::parse(text).unwrap()),
        "time" => Value::Duration(Duration::parse(text).unwrap()),
        "numbers" => Value::list(text.split(',').map(|text| Value::Integer(text.parse().unwrap()))),
        _ => Value::text(text),
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a long list, read as a document")]
fn what_is_equal_and_what_has_an_order() {
    let pairs = [
        ("yes/no yes", "yes/no yes"),
        ("yes/no yes", "yes/no no"),
        ("number 2", "number 10"),
        ("number 2", "number 2.0"),
        ("number 2.5", "number 2"),
        ("money 2.00 USD", "money 10.00 USD"),
        ("money 2.00 USD", "money 2.00 EUR"),
        ("money 2.00 USD", "number 2"),
        ("text abc", "text abc"),
        ("text abc", "text abd"),
        ("severity severe", "severity minor"),
        ("severity minor", "severity minor"),
        ("severity minor", "text minor"),
        ("text severe", "severity minor"),
        ("tier gold", "tier basic"),
        ("tier gold", "text gold"),
        ("tier gold", "text golden"),
        ("tier gold", "severity minor"),
        ("place US", "place US"),
        ("place US", "place US-VA"),
        ("place US", "text US"),
        ("text US-VA", "place US"),
        ("day 2026-03-05", "day 2026-03-06"),
        ("day 2026-03-05", "day 2026-03-05"),
        ("day 2026-03-05", "text 2026-03-05"),
        ("instant 2026-03-05T09:00:00Z", "instant 2026-03-05T08:00:00Z"),
        ("instant 2026-03-05T09:00:00Z", "day 2026-03-05"),
        ("time 48 hours", "time 2 days"),
        ("time 47 hours", "time 2 days"),
        ("time 48 hours", "number 48"),
        ("numbers 1,2", "numbers 1,2"),
        ("numbers 1,2", "numbers 1,3"),
        ("numbers 1,2", "numbers 1,2,3"),
        ("numbers 1,2", "number 1"),
    ];
    let mut lines = String::new();
    for (left, right) in pairs {
        let (one, other) = (read(left), read(right));
        let equal = equal(&one, &other)
            .map_or_else(|e| format!("error: {e}"), |equal| if equal { "equal" } else { "not equal" }.to_owned());
        let order = compare(&one, &other).map_or_else(|e| format!("error: {e}"), |order| format!("{order:?}"));
        lines += &format!("{left} ? {right} -> {equal}\n  {order}\n");
    }
    insta::assert_snapshot!(lines, @"
    yes/no yes ? yes/no yes -> equal
      error: cannot compare true or false and true or false
    yes/no yes ? yes/no no -> not equal
      error: cannot compare true or false and true or false
    number 2 ? number 10 -> not equal
      Less
    number 2 ? number 2.0 -> equal
      Equal
    number 2.5 ? number 2 -> not equal
      Greater
    money 2.00 USD ? money 10.00 USD -> not equal
      Less
    money 2.00 USD ? money 2.00 EUR -> error: an amount in USD meets an amount in EUR; money never changes currency silently
      error: an amount in USD meets an amount in EUR; money never changes currency silently
    money 2.00 USD ? number 2 -> error: cannot compare an amount of money and a whole number
      error: cannot compare an amount of money and a whole number
    text abc ? text abc -> equal
      error: cannot compare text and text
    text abc ? text abd -> not equal
      error: cannot compare text and text
    severity severe ? severity minor -> not equal
      Greater
    severity minor ? severity minor -> equal
      Equal
    severity minor ? text minor -> equal
      Equal
    text severe ? severity minor -> not equal
      Greater
    tier gold ? tier basic -> not equal
      error: cannot compare one of gold, basic and one of gold, basic
    tier gold ? text gold -> equal
      error: cannot compare one of gold, basic and text
    tier gold ? text golden -> error: `golden` is not one of gold, basic
      error: cannot compare one of gold, basic and text
    tier gold ? severity minor -> not equal
      error: cannot compare one of gold, basic and one of trivial, minor, severe
    place US ? place US -> equal
      error: cannot compare a place and a place
    place US ? place US-VA -> not equal
      error: cannot compare a place and a place
    place US ? text US -> equal
      error: cannot compare a place and text
    text US-VA ? place US -> not equal
      error: cannot compare text and a place
    day 2026-03-05 ? day 2026-03-06 -> not equal
      Less
    day 2026-03-05 ? day 2026-03-05 -> equal
      Equal
    day 2026-03-05 ? text 2026-03-05 -> error: cannot compare a date and text
      error: cannot compare a date and text
    instant 2026-03-05T09:00:00Z ? instant 2026-03-05T08:00:00Z -> not equal
      Greater
    instant 2026-03-05T09:00:00Z ? day 2026-03-05 -> error: cannot compare a time with its offset and a date
      error: cannot compare a time with its offset and a date
    time 48 hours ? time 2 days -> equal
      Equal
    time 47 hours ? time 2 days -> not equal
      Less
    time 48 hours ? number 48 -> error: cannot compare a length of time and a whole number
      error: cannot compare a length of time and a whole number
    numbers 1,2 ? numbers 1,2 -> equal
      error: cannot compare a list (a whole number each) and a list (a whole number each)
    numbers 1,2 ? numbers 1,3 -> not equal
      error: cannot compare a list (a whole number each) and a list (a whole number each)
    numbers 1,2 ? numbers 1,2,3 -> not equal
      error: cannot compare a list (a whole number each) and a list (a whole number each)
    numbers 1,2 ? number 1 -> error: cannot compare a list (a whole number each) and a whole number
      error: cannot compare a list (a whole number each) and a whole number
    ");
}

#[test]
#[allow(clippy::too_many_lines, reason = "a long list, read as a document")]
fn sums_products_and_signs_of_every_kind() {
    type Operator = fn(&Value, &Value) -> Result<Value, Trouble>;
    let operators: [(&str, Operator); 5] = [
        ("+", |a, b| add(a, b)),
        ("-", |a, b| subtract(a, b)),
        ("*", |a, b| multiply(a, b)),
        ("/", |a, b| divide(a, b)),
        ("%", |a, b| remainder(a, b)),
    ];
    let pairs = [
        ("number 7", "number 2"),
        ("number 7.5", "number 2"),
        ("number 7", "number 0"),
        ("money 7.50 USD", "money 2.00 USD"),
        ("money 7.50 USD", "number 2"),
        ("number 2", "money 7.50 USD"),
        ("text ab", "text cd"),
        ("numbers 1,2", "numbers 3"),
        ("instant 2026-03-05T09:00:00Z", "time 2 hours"),
        ("day 2026-03-05", "day 2026-03-04"),
    ];
    let show = |result: Result<Value, Trouble>| result.map_or_else(|e| format!("error: {e}"), |v| v.to_string());
    let mut lines = String::new();
    for (left, right) in pairs {
        lines += &format!("{left}, {right}\n");
        for (sign, operate) in operators {
            lines += &format!("  {sign} {}\n", show(operate(&read(left), &read(right))));
        }
        lines += &format!("  - of the first {}\n", show(negate(&read(left))));
    }
    lines += &format!("the least number\n  - {}\n", show(negate(&Value::Integer(i64::MIN))));
    insta::assert_snapshot!(lines, @"
    number 7, number 2
      + 9
      - 5
      * 14
      / 3.5
      % 1
      - of the first -7
    number 7.5, number 2
      + 9.5
      - 5.5
      * 15
      / 3.75
      % 1.5
      - of the first -7.5
    number 7, number 0
      + 7
      - 7
      * 0
      / error: division by zero
      % error: division by zero
      - of the first -7
    money 7.50 USD, money 2.00 USD
      + 9.50 USD
      - 5.50 USD
      * error: cannot multiply an amount of money and an amount of money
      / 3.75
      % error: cannot divide an amount of money and an amount of money
      - of the first -7.50 USD
    money 7.50 USD, number 2
      + error: cannot add an amount of money and a whole number
      - error: cannot subtract an amount of money and a whole number
      * 15.00 USD
      / 3.75 USD
      % error: cannot divide an amount of money and a whole number
      - of the first -7.50 USD
    number 2, money 7.50 USD
      + error: cannot add a whole number and an amount of money
      - error: cannot subtract a whole number and an amount of money
      * 15.00 USD
      / error: cannot divide a whole number and an amount of money
      % error: cannot divide a whole number and an amount of money
      - of the first -2
    text ab, text cd
      + abcd
      - error: cannot subtract text and text
      * error: cannot multiply text and text
      / error: cannot divide text and text
      % error: cannot divide text and text
      - of the first error: cannot turn the sign of text
    numbers 1,2, numbers 3
      + [1, 2, 3]
      - error: cannot subtract a list (a whole number each) and a list (a whole number each)
      * error: cannot multiply a list (a whole number each) and a list (a whole number each)
      / error: cannot divide a list (a whole number each) and a list (a whole number each)
      % error: cannot divide a list (a whole number each) and a list (a whole number each)
      - of the first error: cannot turn the sign of a list (a whole number each)
    instant 2026-03-05T09:00:00Z, time 2 hours
      + 2026-03-05T11:00:00Z
      - error: cannot subtract a time with its offset and a length of time
      * error: cannot multiply a time with its offset and a length of time
      / error: cannot divide a time with its offset and a length of time
      % error: cannot divide a time with its offset and a length of time
      - of the first error: cannot turn the sign of a time with its offset
    day 2026-03-05, day 2026-03-04
      + error: cannot add a date and a date
      - error: cannot subtract a date and a date
      * error: cannot multiply a date and a date
      / error: cannot divide a date and a date
      % error: cannot divide a date and a date
      - of the first error: cannot turn the sign of a date
    the least number
      - error: the result has more digits than a number can hold
    ");
}
