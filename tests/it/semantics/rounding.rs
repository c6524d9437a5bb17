//! Roundings by name, and what they never pass.

use super::decided;
use super::guardrails::{SUM, bundle};

#[test]
fn rounding_by_words() {
    let bundle = "=== decisions/d.yaml
decision: d
outputs:
  plain: {type: money, value: = input.sum}
  up: {type: money, round: up, value: = input.sum}
  half_up: {type: money, round: half up, value: = input.sum}
  down: {type: money, round: down, value: = input.sum}
  fives: {type: money, round: down to 5.00, value: = input.sum}
  ones: {type: money, round: up to 1.00, value: = input.sum}
  nickels: {type: money, round: half even to 0.05, value: = input.sum}
  exact: {type: decimal, value: = input.x}
  whole: {type: decimal, round: half even, value: = input.x}
  quarters: {type: decimal, round: down to 0.25, value: = input.x}
";
    insta::assert_snapshot!(decided(bundle, &[
        "input.sum: 37.505 USD; input.x: 2.5",
        "input.sum: 37.515 USD; input.x: 3.499",
        "input.sum: -0.001 USD; input.x: -0.3",
        "input.sum: 1234.5 JPY; input.x: 0",
        "input.sum: 0.0005 KWD; input.x: 1",
    ]), @r"
    [input.sum: 37.505 USD; input.x: 2.5]
    decided
      d: decided by value -> plain 37.50 USD, up 37.51 USD, half_up 37.51 USD, down 37.50 USD, fives 35.00 USD, ones 38.00 USD, nickels 37.50 USD, exact 2.5, whole 2, quarters 2.5
        rounding rounding: up 37.505 USD -> 37.51 USD (rounded up)
        rounding rounding: half_up 37.505 USD -> 37.51 USD (rounded half up)
        rounding rounding: down 37.505 USD -> 37.50 USD (rounded down)
        rounding rounding: fives 37.505 USD -> 35.00 USD (rounded down to 5.00)
        rounding rounding: ones 37.505 USD -> 38.00 USD (rounded up to 1.00)
        rounding rounding: nickels 37.505 USD -> 37.50 USD (rounded half even to 0.05)
        rounding rounding: whole 2.5 -> 2 (rounded half even)

    [input.sum: 37.515 USD; input.x: 3.499]
    decided
      d: decided by value -> plain 37.52 USD, up 37.52 USD, half_up 37.52 USD, down 37.51 USD, fives 35.00 USD, ones 38.00 USD, nickels 37.50 USD, exact 3.499, whole 3, quarters 3.25
        rounding rounding: up 37.515 USD -> 37.52 USD (rounded up)
        rounding rounding: half_up 37.515 USD -> 37.52 USD (rounded half up)
        rounding rounding: down 37.515 USD -> 37.51 USD (rounded down)
        rounding rounding: fives 37.515 USD -> 35.00 USD (rounded down to 5.00)
        rounding rounding: ones 37.515 USD -> 38.00 USD (rounded up to 1.00)
        rounding rounding: nickels 37.515 USD -> 37.50 USD (rounded half even to 0.05)
        rounding rounding: whole 3.499 -> 3 (rounded half even)
        rounding rounding: quarters 3.499 -> 3.25 (rounded down to 0.25)

    [input.sum: -0.001 USD; input.x: -0.3]
    decided
      d: decided by value -> plain 0.00 USD, up -0.01 USD, half_up 0.00 USD, down 0.00 USD, fives 0.00 USD, ones -1.00 USD, nickels 0.00 USD, exact -0.3, whole 0, quarters -0.25
        rounding rounding: up -0.001 USD -> -0.01 USD (rounded up)
        rounding rounding: half_up -0.001 USD -> 0.00 USD (rounded half up)
        rounding rounding: down -0.001 USD -> 0.00 USD (rounded down)
        rounding rounding: fives -0.001 USD -> 0.00 USD (rounded down to 5.00)
        rounding rounding: ones -0.001 USD -> -1.00 USD (rounded up to 1.00)
        rounding rounding: nickels -0.001 USD -> 0.00 USD (rounded half even to 0.05)
        rounding rounding: whole -0.3 -> 0 (rounded half even)
        rounding rounding: quarters -0.3 -> -0.25 (rounded down to 0.25)

    [input.sum: 1234.5 JPY; input.x: 0]
    decided
      d: decided by value -> plain 1234 JPY, up 1235 JPY, half_up 1235 JPY, down 1234 JPY, fives 1230 JPY, ones 1235 JPY, nickels 1234.5 JPY, exact 0, whole 0, quarters 0
        rounding rounding: up 1234.5 JPY -> 1235 JPY (rounded up)
        rounding rounding: half_up 1234.5 JPY -> 1235 JPY (rounded half up)
        rounding rounding: down 1234.5 JPY -> 1234 JPY (rounded down)
        rounding rounding: fives 1234.5 JPY -> 1230 JPY (rounded down to 5.00)
        rounding rounding: ones 1234.5 JPY -> 1235 JPY (rounded up to 1.00)

    [input.sum: 0.0005 KWD; input.x: 1]
    decided
      d: decided by value -> plain 0.000 KWD, up 0.001 KWD, half_up 0.001 KWD, down 0.000 KWD, fives 0.000 KWD, ones 1.000 KWD, nickels 0.000 KWD, exact 1, whole 1, quarters 1
        rounding rounding: up 0.0005 KWD -> 0.001 KWD (rounded up)
        rounding rounding: half_up 0.0005 KWD -> 0.001 KWD (rounded half up)
        rounding rounding: down 0.0005 KWD -> 0.000 KWD (rounded down)
        rounding rounding: fives 0.0005 KWD -> 0.000 KWD (rounded down to 5.00)
        rounding rounding: ones 0.0005 KWD -> 1.000 KWD (rounded up to 1.00)
        rounding rounding: nickels 0.0005 KWD -> 0.000 KWD (rounded half even to 0.05)
    ");
}

#[test]
fn rounding_comes_after_caps_and_never_passes_one() {
    let cap = "
  - {id: most, cap: gift.sum, at: 47.00, because: Forty-seven at most.}
";
    let of = |round: &str| {
        decided(
            &bundle(&format!("{{sum: {{type: money, round: {round}}}}}"), cap),
            &["input.sum: 61.00 USD", "input.sum: 46.00 USD"],
        )
    };
    insta::assert_snapshot!(of("down to 5.00"), @r"
    [input.sum: 61.00 USD]
    decided
      gift: decided by given -> sum 45.00 USD
        because It is given.
        cap most: sum 61.00 USD -> 47.00 USD (Forty-seven at most.)
        rounding rounding: sum 47.00 USD -> 45.00 USD (rounded down to 5.00)
        sum capped by most
      reader: decided by large -> large true
        because A gift of 45.00 USD.

    [input.sum: 46.00 USD]
    decided
      gift: decided by given -> sum 45.00 USD
        because It is given.
        rounding rounding: sum 46.00 USD -> 45.00 USD (rounded down to 5.00)
      reader: decided by large -> large true
        because A gift of 45.00 USD.
    ");
    insta::assert_snapshot!(of("up to 5.00"), @r"
    [input.sum: 61.00 USD]
    decided
      gift: decided by given -> sum 47.00 USD
        because It is given.
        cap most: sum 61.00 USD -> 47.00 USD (Forty-seven at most.)
        rounding rounding: sum 47.00 USD -> 50.00 USD (rounded up to 5.00)
        cap most: sum 50.00 USD -> 47.00 USD (Forty-seven at most.)
        sum capped by most
      reader: decided by large -> large true
        because A gift of 47.00 USD.

    [input.sum: 46.00 USD]
    decided
      gift: decided by given -> sum 47.00 USD
        because It is given.
        rounding rounding: sum 46.00 USD -> 50.00 USD (rounded up to 5.00)
        cap most: sum 50.00 USD -> 47.00 USD (Forty-seven at most.)
        sum capped by most
      reader: decided by large -> large true
        because A gift of 47.00 USD.
    ");
}

#[test]
fn an_amount_that_a_guardrail_sets_is_in_whole_cents_and_within_it() {
    let thirds = "
  - {id: most, cap: gift.sum, at: = money(20) / 3, because: A third of twenty.}
  - {id: least, when: {input.yes: true}, floor: gift.sum, at: = money(10) / 3, because: A third of ten.}
";
    let rounded = "{sum: {type: money, round: down to 3.00}}";
    let cases =
        ["input.sum: 9.00 USD; input.yes: false", "input.sum: 1.00 USD; input.yes: true", "input.sum: 5.00 USD; input.yes: true"];
    insta::assert_snapshot!(decided(&bundle(SUM, thirds), &cases), @r"
    [input.sum: 9.00 USD; input.yes: false]
    decided
      gift: decided by given -> sum 6.66 USD
        because It is given.
        cap most: sum 9.00 USD -> 6.66 USD (A third of twenty.)
        sum capped by most
      reader: decided by otherwise -> large false
        because A gift of 6.66 USD.
        nearest large: `gift.sum` is 6.66 USD, the rule asks for over 20

    [input.sum: 1.00 USD; input.yes: true]
    decided
      gift: decided by given -> sum 3.34 USD
        because It is given.
        floor least: sum 1.00 USD -> 3.34 USD (A third of ten.)
      reader: decided by otherwise -> large false
        because A gift of 3.34 USD.
        nearest large: `gift.sum` is 3.34 USD, the rule asks for over 20

    [input.sum: 5.00 USD; input.yes: true]
    decided
      gift: decided by given -> sum 5.00 USD
        because It is given.
      reader: decided by otherwise -> large false
        because A gift of 5.00 USD.
        nearest large: `gift.sum` is 5.00 USD, the rule asks for over 20
    ");
    insta::assert_snapshot!(decided(&bundle(rounded, thirds), &cases), @r"
    [input.sum: 9.00 USD; input.yes: false]
    decided
      gift: decided by given -> sum 6.00 USD
        because It is given.
        cap most: sum 9.00 USD -> 6.66 USD (A third of twenty.)
        rounding rounding: sum 6.66 USD -> 6.00 USD (rounded down to 3.00)
        sum capped by most
      reader: decided by otherwise -> large false
        because A gift of 6.00 USD.
        nearest large: `gift.sum` is 6.00 USD, the rule asks for over 20

    [input.sum: 1.00 USD; input.yes: true]
    decided
      gift: decided by given -> sum 3.34 USD
        because It is given.
        floor least: sum 1.00 USD -> 3.34 USD (A third of ten.)
        rounding rounding: sum 3.34 USD -> 3.00 USD (rounded down to 3.00)
        floor least: sum 3.00 USD -> 3.34 USD (A third of ten.)
      reader: decided by otherwise -> large false
        because A gift of 3.34 USD.
        nearest large: `gift.sum` is 3.34 USD, the rule asks for over 20

    [input.sum: 5.00 USD; input.yes: true]
    decided
      gift: decided by given -> sum 3.34 USD
        because It is given.
        rounding rounding: sum 5.00 USD -> 3.00 USD (rounded down to 3.00)
        floor least: sum 3.00 USD -> 3.34 USD (A third of ten.)
      reader: decided by otherwise -> large false
        because A gift of 3.34 USD.
        nearest large: `gift.sum` is 3.34 USD, the rule asks for over 20
    ");
}
