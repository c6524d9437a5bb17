//! Guardrails with a figure: `cap` and `floor`.

use super::decided;

pub(super) fn bundle(outputs: &str, guardrails: &str) -> String {
    format!(
        "=== decisions/gift.yaml
decision: gift
hit: first
outputs: {outputs}
rules:
  - {{id: given, when: {{input.sum: present}}, then: {{sum: = input.sum}}, because: It is given.}}
otherwise: {{sum: 0.00, because: Nothing is given.}}
=== decisions/reader.yaml
decision: reader
hit: first
outputs: {{large: {{type: boolean}}}}
rules:
  - {{id: large, when: {{gift.sum: over 20.00}}, then: {{large: true}}, because: 'A gift of {{gift.sum}}.'}}
otherwise: {{large: false, because: 'A gift of {{gift.sum}}.'}}
=== guardrails/g.yaml
guardrails:
{guardrails}"
    )
}

pub(super) const SUM: &str = "{sum: {type: money}}";

#[test]
fn the_smallest_cap_wins_is_named_and_is_what_others_read() {
    let caps = "
  - {id: wide, cap: gift.sum, at: 50.00, because: Fifty.}
  - {id: narrow, cap: gift.sum, at: = money(input.n), because: 'The number {input.n}.', source: manual 2}
";
    insta::assert_snapshot!(decided(&bundle(SUM, caps), &[
        "input.sum: 10.00 USD; input.n: 20",
        "input.sum: 60.00 USD; input.n: 20",
        "input.sum: 60.00 USD; input.n: 70",
        "input.sum: 50.00 USD; input.n: 50",
    ]), @r"
    [input.sum: 10.00 USD; input.n: 20]
    decided
      gift: decided by given -> sum 10.00 USD
        because It is given.
      reader: decided by otherwise -> large false
        because A gift of 10.00 USD.
        nearest large: `gift.sum` is 10.00 USD, the rule asks for over 20

    [input.sum: 60.00 USD; input.n: 20]
    decided
      gift: decided by given -> sum 20.00 USD
        because It is given.
        cap narrow: sum 60.00 USD -> 20.00 USD (The number 20.)
        sum capped by narrow
      reader: decided by otherwise -> large false
        because A gift of 20.00 USD.
        nearest large: `gift.sum` is 20.00 USD, the rule asks for over 20

    [input.sum: 60.00 USD; input.n: 70]
    decided
      gift: decided by given -> sum 50.00 USD
        because It is given.
        cap wide: sum 60.00 USD -> 50.00 USD (Fifty.)
        sum capped by wide
      reader: decided by large -> large true
        because A gift of 50.00 USD.

    [input.sum: 50.00 USD; input.n: 50]
    decided
      gift: decided by given -> sum 50.00 USD
        because It is given.
      reader: decided by large -> large true
        because A gift of 50.00 USD.
    ");
}

#[test]
fn a_cap_never_goes_below_zero_and_one_that_is_not_known_allows_nothing() {
    let cap = "
  - {id: number, cap: gift.sum, at: = money(input.n), because: The number.}
";
    insta::assert_snapshot!(decided(&bundle(SUM, cap), &[
        "input.sum: 10.00 USD; input.n: -5",
        "input.sum: 10.00 USD",
        "input.sum: 10.00 USD; input.n: unknown",
        "input.sum: -3.00 USD; input.n: -5",
    ]), @r"
    [input.sum: 10.00 USD; input.n: -5]
    decided
      gift: decided by given -> sum 0.00 USD
        because It is given.
        cap number: sum 10.00 USD -> 0.00 USD (The number.)
        sum capped by number
      reader: decided by otherwise -> large false
        because A gift of 0.00 USD.
        nearest large: `gift.sum` is 0.00 USD, the rule asks for over 20

    [input.sum: 10.00 USD]
    decided
      gift: decided by given -> sum 0.00 USD
        because It is given.
        cap number: sum 10.00 USD -> 0.00 USD (The number.)
        sum capped by number
      reader: decided by otherwise -> large false
        because A gift of 0.00 USD.
        nearest large: `gift.sum` is 0.00 USD, the rule asks for over 20

    [input.sum: 10.00 USD; input.n: unknown]
    decided
      gift: decided by given -> sum 0.00 USD
        because It is given.
        cap number: sum 10.00 USD -> 0.00 USD (The number.)
        sum capped by number
      reader: decided by otherwise -> large false
        because A gift of 0.00 USD.
        nearest large: `gift.sum` is 0.00 USD, the rule asks for over 20

    [input.sum: -3.00 USD; input.n: -5]
    decided
      gift: decided by given -> sum -3.00 USD
        because It is given.
      reader: decided by otherwise -> large false
        because A gift of -3.00 USD.
        nearest large: `gift.sum` is -3.00 USD, the rule asks for over 20
    ");
}

#[test]
fn a_cap_beats_a_floor() {
    let both = "
  - {id: least, floor: gift.sum, at: 30.00, because: Thirty at least.}
  - {id: most, cap: gift.sum, at: 20.00, because: Twenty at most.}
";
    insta::assert_snapshot!(decided(&bundle(SUM, both), &["input.sum: 10.00 USD", "input.sum: 25.00 USD"]), @r"
    [input.sum: 10.00 USD]
    decided
      gift: decided by given -> sum 20.00 USD
        because It is given.
        floor least: sum 10.00 USD -> 30.00 USD (Thirty at least.)
        cap most: sum 30.00 USD -> 20.00 USD (Twenty at most.)
        sum capped by most
      reader: decided by otherwise -> large false
        because A gift of 20.00 USD.
        nearest large: `gift.sum` is 20.00 USD, the rule asks for over 20

    [input.sum: 25.00 USD]
    decided
      gift: decided by given -> sum 20.00 USD
        because It is given.
        floor least: sum 25.00 USD -> 30.00 USD (Thirty at least.)
        cap most: sum 30.00 USD -> 20.00 USD (Twenty at most.)
        sum capped by most
      reader: decided by otherwise -> large false
        because A gift of 20.00 USD.
        nearest large: `gift.sum` is 20.00 USD, the rule asks for over 20
    ");
}

#[test]
fn the_highest_floor_holds_and_one_that_is_not_known_needs_facts() {
    let floors = "
  - {id: five, floor: gift.sum, at: 5.00, because: Five.}
  - {id: number, floor: gift.sum, at: = money(input.n), because: The number.}
";
    insta::assert_snapshot!(decided(&bundle(SUM, floors), &["input.sum: 1.00 USD; input.n: 9", "input.sum: 1.00 USD; input.n: 2", "input.sum: 1.00 USD"]), @r"
    [input.sum: 1.00 USD; input.n: 9]
    decided
      gift: decided by given -> sum 9.00 USD
        because It is given.
        floor five: sum 1.00 USD -> 5.00 USD (Five.)
        floor number: sum 5.00 USD -> 9.00 USD (The number.)
      reader: decided by otherwise -> large false
        because A gift of 9.00 USD.
        nearest large: `gift.sum` is 9.00 USD, the rule asks for over 20

    [input.sum: 1.00 USD; input.n: 2]
    decided
      gift: decided by given -> sum 5.00 USD
        because It is given.
        floor five: sum 1.00 USD -> 5.00 USD (Five.)
      reader: decided by otherwise -> large false
        because A gift of 5.00 USD.
        nearest large: `gift.sum` is 5.00 USD, the rule asks for over 20

    [input.sum: 1.00 USD]
    needs_facts, needs input.n
      gift: needs_facts
        needs input.n
      reader: skipped
        waits for gift
    ");
}

#[test]
fn a_cap_in_another_currency_refers_the_part() {
    let cap = "
  - {id: most, cap: gift.sum, at: 47.00 EUR, because: Forty-seven at most.}
";
    insta::assert_snapshot!(decided(&bundle(SUM, cap), &["input.sum: 10.00 USD"]), @r"
    [input.sum: 10.00 USD]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, currency: the guardrail `most`: an amount in EUR meets an amount in USD; money never changes currency silently (guardrails/g.yaml:3:6)
    ");
}

#[test]
fn a_cap_applies_within_its_scope_and_its_dates_and_where_its_scope_is_open() {
    let cap = "
  - {id: low, when: {input.level: low}, cap: gift.sum, at: 5.00, because: Low., from: 2026-03-01, until: 2026-03-31}
";
    insta::assert_snapshot!(decided(&bundle(SUM, cap), &[
        "input.sum: 10.00 USD; input.level: low",
        "input.sum: 10.00 USD; input.level: low; complaint.policy_date: 2026-02-28",
        "input.sum: 10.00 USD; input.level: low; complaint.policy_date: 2026-04-01",
        "input.sum: 10.00 USD; input.level: high",
        "input.sum: 10.00 USD; input.level: unknown",
        "input.sum: 10.00 USD",
    ]), @r"
    [input.sum: 10.00 USD; input.level: low]
    decided
      gift: decided by given -> sum 5.00 USD
        because It is given.
        cap low: sum 10.00 USD -> 5.00 USD (Low.)
        sum capped by low
      reader: decided by otherwise -> large false
        because A gift of 5.00 USD.
        nearest large: `gift.sum` is 5.00 USD, the rule asks for over 20

    [input.sum: 10.00 USD; input.level: low; complaint.policy_date: 2026-02-28]
    decided
      gift: decided by given -> sum 10.00 USD
        because It is given.
      reader: decided by otherwise -> large false
        because A gift of 10.00 USD.
        nearest large: `gift.sum` is 10.00 USD, the rule asks for over 20

    [input.sum: 10.00 USD; input.level: low; complaint.policy_date: 2026-04-01]
    decided
      gift: decided by given -> sum 10.00 USD
        because It is given.
      reader: decided by otherwise -> large false
        because A gift of 10.00 USD.
        nearest large: `gift.sum` is 10.00 USD, the rule asks for over 20

    [input.sum: 10.00 USD; input.level: high]
    decided
      gift: decided by given -> sum 10.00 USD
        because It is given.
      reader: decided by otherwise -> large false
        because A gift of 10.00 USD.
        nearest large: `gift.sum` is 10.00 USD, the rule asks for over 20

    [input.sum: 10.00 USD; input.level: unknown]
    decided
      gift: decided by given -> sum 5.00 USD
        because It is given.
        cap low: sum 10.00 USD -> 5.00 USD (Low.)
        sum capped by low
      reader: decided by otherwise -> large false
        because A gift of 5.00 USD.
        nearest large: `gift.sum` is 5.00 USD, the rule asks for over 20

    [input.sum: 10.00 USD]
    decided
      gift: decided by given -> sum 5.00 USD
        because It is given.
        cap low: sum 10.00 USD -> 5.00 USD (Low.)
        sum capped by low
      reader: decided by otherwise -> large false
        because A gift of 5.00 USD.
        nearest large: `gift.sum` is 5.00 USD, the rule asks for over 20
    ");
}

#[test]
fn caps_and_floors_bound_numbers_too() {
    let text = "=== decisions/d.yaml
decision: d
hit: first
outputs: {n: {type: integer, default: 0}, x: {type: decimal, default: 0.0}}
rules:
  - {id: r, when: {input.n: any}, then: {n: = input.n, x: = input.x}, because: r.}
=== guardrails/g.yaml
guardrails:
  - {id: most-n, cap: d.n, at: 3, because: Three at most.}
  - {id: least-x, floor: d.x, at: 0.5, because: A half at least.}
";
    insta::assert_snapshot!(decided(text, &["input.n: 7; input.x: 0.25", "input.n: 2; input.x: 0.75"]), @r"
    [input.n: 7; input.x: 0.25]
    decided
      d: decided by r -> n 3, x 0.5
        because r.
        floor least-x: x 0.25 -> 0.5 (A half at least.)
        cap most-n: n 7 -> 3 (Three at most.)
        n capped by most-n

    [input.n: 2; input.x: 0.75]
    decided
      d: decided by r -> n 2, x 0.75
        because r.
    ");
}

#[test]
fn caps_cut_in_the_order_of_the_outputs() {
    let caps = "
  - {id: count, cap: gift.count, at: 2, because: Two.}
  - {id: sum, cap: gift.sum, at: 20.00, because: Twenty.}
";
    let outputs = "{sum: {type: money}, count: {type: integer, default: 5}}";
    insta::assert_snapshot!(decided(&bundle(outputs, caps), &["input.sum: 60.00 USD"]), @r"
    [input.sum: 60.00 USD]
    decided
      gift: decided by given -> sum 20.00 USD, count 2
        because It is given.
        cap sum: sum 60.00 USD -> 20.00 USD (Twenty.)
        cap count: count 5 -> 2 (Two.)
        count capped by count
        sum capped by sum
      reader: decided by otherwise -> large false
        because A gift of 20.00 USD.
        nearest large: `gift.sum` is 20.00 USD, the rule asks for over 20
    ");
}
