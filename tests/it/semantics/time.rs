//! Two dates, never confused: the policy date says what is in force, `at` says what time it is. And the currency of the case.

use super::{decided, disputes};

#[test]
fn a_rule_is_in_force_from_its_first_to_its_last_day() {
    let bundle = "=== decisions/d.yaml
decision: d
hit: first
outputs: {word: {type: text}}
rules:
  - {id: spring, when: {input.n: 1}, then: {word: spring}, because: Spring., from: 2026-03-01, until: 2026-05-31}
  - {id: later, when: {input.n: 1}, then: {word: later}, because: Later., from: 2026-06-01}
  - {id: before, when: {input.n: 1}, then: {word: before}, because: Before., until: 2026-02-28}
";
    insta::assert_snapshot!(decided(bundle, &[
        "input.n: 1; complaint.policy_date: 2026-02-28",
        "input.n: 1; complaint.policy_date: 2026-03-01",
        "input.n: 1; complaint.policy_date: 2026-05-31",
        "input.n: 1; complaint.policy_date: 2026-06-01",
    ]), @r"
    [input.n: 1; complaint.policy_date: 2026-02-28]
    decided
      d: decided by before -> word before
        because Before.

    [input.n: 1; complaint.policy_date: 2026-03-01]
    decided
      d: decided by spring -> word spring
        because Spring.

    [input.n: 1; complaint.policy_date: 2026-05-31]
    decided
      d: decided by spring -> word spring
        because Spring.

    [input.n: 1; complaint.policy_date: 2026-06-01]
    decided
      d: decided by later -> word later
        because Later.
    ");
}

const DATED: &str = "=== decisions/d.yaml
decision: d
outputs:
  judged_by: {type: date, value: = policy_date}
  now: {type: date, value: = day_of(at)}
";

#[test]
fn the_policy_date_is_given_or_the_day_of_receipt_in_the_zone_of_the_case_or_the_day_of_the_decision() {
    insta::assert_snapshot!(decided(DATED, &[
        "complaint.policy_date: 2026-02-01; complaint.received_at: 2026-03-02T03:00:00Z; complaint.jurisdiction: US-VA",
        "complaint.received_at: 2026-03-02T03:00:00Z; complaint.jurisdiction: US-VA",
        "complaint.received_at: 2026-03-02T03:00:00Z",
        "complaint.received_at: 2026-03-02T23:30:00Z; complaint.time_zone: Asia/Tokyo; at: 2026-04-01T20:00:00Z",
        "at: 2026-04-01T23:00:00-05:00",
    ]), @r"
    [complaint.policy_date: 2026-02-01; complaint.received_at: 2026-03-02T03:00:00Z; complaint.jurisdiction: US-VA]
    decided
      d: decided by value -> judged_by 2026-02-01, now 2026-03-04

    [complaint.received_at: 2026-03-02T03:00:00Z; complaint.jurisdiction: US-VA]
    decided
      d: decided by value -> judged_by 2026-03-01, now 2026-03-04

    [complaint.received_at: 2026-03-02T03:00:00Z]
    decided
      d: decided by value -> judged_by 2026-03-02, now 2026-03-05

    [complaint.received_at: 2026-03-02T23:30:00Z; complaint.time_zone: Asia/Tokyo; at: 2026-04-01T20:00:00Z]
    decided
      d: decided by value -> judged_by 2026-03-03, now 2026-04-02

    [at: 2026-04-01T23:00:00-05:00]
    decided
      d: decided by value -> judged_by 2026-04-02, now 2026-04-02
    ");
}

const OVER_TIME: &str = "=== bundle.yaml
bundle: params
version: 1.0.0
currency: case
effective: {from: 2026-01-01, until: 2026-12-31}
facts:
  input.n: {type: integer}
params:
  handling_cost:
    - {from: 2026-01-01, value: 20.00 case}
    - {from: 2026-07-01, value: 22.50 case}
  tolerance: {USD: 100.00, EUR: 90.00, JPY: 15000}
  fixed: 5.00 USD
=== decisions/d.yaml
decision: d
outputs:
  cost: {type: money, value: params.handling_cost}
=== decisions/e.yaml
decision: e
hit: first
outputs: {small: {type: boolean}}
rules:
  - {id: small, when: {dispute.disputed_amount: at most params.tolerance}, then: {small: true}, because: 'Up to {params.tolerance}.'}
otherwise: {small: false, because: 'Above {params.tolerance}.'}
";

#[test]
fn parameters_change_with_the_policy_date_and_not_with_the_time() {
    insta::assert_snapshot!(disputes(OVER_TIME, &[
        "complaint.policy_date: 2026-06-30; at: 2026-09-01T00:00:00Z",
        "complaint.policy_date: 2026-07-01; at: 2026-05-01T00:00:00Z",
        "complaint.policy_date: 2025-12-31",
        "complaint.policy_date: 2027-01-01",
    ]), @r"
    [complaint.policy_date: 2026-06-30; at: 2026-09-01T00:00:00Z]
    decided
      d: decided by value -> cost 20.00 USD
      e: decided by small -> small true
        because Up to 100.00 USD.

    [complaint.policy_date: 2026-07-01; at: 2026-05-01T00:00:00Z]
    decided
      d: decided by value -> cost 22.50 USD
      e: decided by small -> small true
        because Up to 100.00 USD.

    [complaint.policy_date: 2025-12-31]
    the bundle `params` is not in force on 2025-12-31: it holds from 2026-01-01 until 2026-12-31
    [complaint.policy_date: 2027-01-01]
    the bundle `params` is not in force on 2027-01-01: it holds from 2026-01-01 until 2026-12-31
    ");
}

#[test]
fn parameters_have_the_currency_of_the_case() {
    insta::assert_snapshot!(disputes(OVER_TIME, &[
        "dispute.disputed_amount: 100.00 USD",
        "dispute.disputed_amount: 90.01 EUR",
        "dispute.disputed_amount: 15000 JPY",
        "dispute.disputed_amount: 10.00 BRL",
    ]), @r"
    [dispute.disputed_amount: 100.00 USD]
    decided
      d: decided by value -> cost 20.00 USD
      e: decided by small -> small true
        because Up to 100.00 USD.

    [dispute.disputed_amount: 90.01 EUR]
    decided
      d: decided by value -> cost 20.00 EUR
      e: decided by otherwise -> small false
        because Above 90.00 EUR.
        nearest small: `dispute.disputed_amount` is 90.01 EUR, the rule asks for at most params.tolerance

    [dispute.disputed_amount: 15000 JPY]
    decided
      d: decided by value -> cost 20 JPY
      e: decided by small -> small true
        because Up to 15000 JPY.

    [dispute.disputed_amount: 10.00 BRL]
    referred
      d: decided by value -> cost 20.00 BRL
      e: fault
      fault of e, value: `dispute.disputed_amount`: `params.tolerance` has no amount in BRL (decisions/e.yaml:1:11)
    ");
}

#[test]
fn a_bundle_with_a_currency_keeps_it() {
    let bundle = "=== decisions/d.yaml
decision: d
outputs:
  bare: {type: money, value: = money(1.00)}
  literal: {type: money, value: 2.50}
=== decisions/e.yaml
decision: e
hit: first
outputs: {sum: {type: money}}
rules:
  - {id: small, when: {dispute.disputed_amount: at most 100.00}, then: {sum: '= dispute.disputed_amount + d.bare'}, because: 'Small.'}
otherwise: {sum: 0.00, because: Large.}
=== decisions/f.yaml
decision: f
outputs: {sum: {type: money, value: = dispute.disputed_amount + d.bare}}
=== decisions/g.yaml
decision: g
outputs: {sum: {type: money, value: = dispute.disputed_amount * 2}}
";
    insta::assert_snapshot!(disputes(bundle, &["dispute.disputed_amount: 100 USD", "dispute.disputed_amount: 100 EUR"]), @r"
    [dispute.disputed_amount: 100 USD]
    decided
      d: decided by value -> bare 1.00 USD, literal 2.50 USD
      e: decided by small -> sum 101.00 USD
        because Small.
      f: decided by value -> sum 101.00 USD
      g: decided by value -> sum 200.00 USD

    [dispute.disputed_amount: 100 EUR]
    referred
      d: decided by value -> bare 1.00 USD, literal 2.50 USD
      e: fault
      f: fault
      g: decided by value -> sum 200.00 EUR
      fault of e, currency: `dispute.disputed_amount`: an amount in EUR meets an amount in USD; money never changes currency silently (decisions/e.yaml:1:11)
      fault of f, currency: an amount in EUR meets an amount in USD; money never changes currency silently (decisions/f.yaml:2:63)
    ");
    let of_case = bundle.replacen(
        "=== decisions/d.yaml",
        "=== bundle.yaml\nbundle: b\nversion: 1.0.0\ncurrency: case\n=== decisions/d.yaml",
        1,
    );
    insta::assert_snapshot!(disputes(&of_case, &["dispute.disputed_amount: 100 EUR", "dispute.disputed_amount: null; invoice.total: 9 JPY", "dispute.disputed_amount: null"]), @r"
    [dispute.disputed_amount: 100 EUR]
    decided
      d: decided by value -> bare 1.00 EUR, literal 2.50 EUR
      e: decided by small -> sum 101.00 EUR
        because Small.
      f: decided by value -> sum 101.00 EUR
      g: decided by value -> sum 200.00 EUR

    [dispute.disputed_amount: null; invoice.total: 9 JPY]
    needs_facts, needs dispute.disputed_amount
      d: decided by value -> bare 1 JPY, literal 2 JPY
      e: decided by otherwise -> sum 0 JPY
        because Large.
        nearest small: `dispute.disputed_amount` is missing, the rule asks for at most 100
      f: needs_facts
        needs dispute.disputed_amount
      g: needs_facts
        needs dispute.disputed_amount

    [dispute.disputed_amount: null]
    needs_facts, needs dispute.disputed_amount
      d: fault
      e: fault
      f: needs_facts
        needs dispute.disputed_amount
      g: needs_facts
        needs dispute.disputed_amount
      fault of d, value: neither the case nor the bundle says in which currency a bare amount is (decisions/d.yaml:3:32)
      fault of e, value: neither the case nor the bundle says in which currency an amount is (decisions/e.yaml:1:11)
    ");
}

#[test]
fn a_shift_by_any_whole_number_is_a_fault_at_most() {
    let text = "=== decisions/d.yaml
decision: d
outputs: {day: {type: date, value: '= add_days(input.day, input.n)'}, months: {type: date, value: '= add_months(input.day, input.n)'}, business: {type: date, value: '= business_days_after(input.day, input.n)'}}
";
    let least = "input.day: 2026-03-02; input.n: -9223372036854775808";
    insta::assert_snapshot!(decided(text, &[least, "input.day: 2026-03-02; input.n: 9223372036854775807"]), @"
    [input.day: 2026-03-02; input.n: -9223372036854775808]
    referred
      d: fault
      fault of d, value: a date cannot be moved by -9223372036854775808 days (decisions/d.yaml:2:39)

    [input.day: 2026-03-02; input.n: 9223372036854775807]
    referred
      d: fault
      fault of d, value: a date cannot be moved by 9223372036854775807 days (decisions/d.yaml:2:39)
    ");
}
