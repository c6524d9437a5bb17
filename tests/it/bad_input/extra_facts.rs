//! Facts that a bundle declares for itself.

use super::{bundle, decided};

const FACTS: &str = "bundle: test\nversion: 1\ncurrency: USD\nfacts:\n  attributes.contract_kind: {type: enum, values: [prepaid, postpaid], required: true}\n  attributes.lines: {type: integer}\n";
const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money, value: 1.00}\n";

fn case(text: &str) -> String {
    decided(&[("bundle.yaml", FACTS), ("decisions/fee.yaml", FEE)], text)
}

#[test]
fn facts_that_nobody_declared() {
    insta::assert_snapshot!(case(r"
attributes:
  contract_knd: prepaid
  colour: blue
input:
  lines: 5
"), @"
    error[R0101]: there is no fact `attributes.contract_knd`: the bundle `test` does not declare it
     --> case.yaml:2:17
      |
    2 |   contract_knd: prepaid
      |                 ^^^^^^^
      |
      = help: did you mean `attributes.contract_kind`?

    error[R0101]: there is no fact `attributes.colour`: the bundle `test` does not declare it
     --> case.yaml:3:11
      |
    3 |   colour: blue
      |           ^^^^
      |
      = help: declare it in bundle.yaml: `facts: {attributes.colour: {type: ...}}`

    error[R0101]: there is no fact `input.lines`: the bundle `test` does not declare it
     --> case.yaml:5:10
      |
    5 |   lines: 5
      |          ^
      |
      = help: did you mean `attributes.lines`?

    3 errors
    ");
}

#[test]
fn facts_of_the_wrong_type() {
    insta::assert_snapshot!(case(r#"
attributes:
  contract_kind: prepayed
  lines: "many"
"#), @r#"
    error[R0103]: `attributes.contract_kind` expects one of prepaid, postpaid, found `prepayed`
     --> case.yaml:2:18
      |
    2 |   contract_kind: prepayed
      |                  ^^^^^^^^
      |
      = help: did you mean `prepaid`?

    error[R0102]: `attributes.lines` expects a whole number, found `many`
     --> case.yaml:3:10
      |
    3 |   lines: "many"
      |          ^^^^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    2 errors
    "#);
}

#[test]
fn a_required_fact_that_is_missing() {
    insta::assert_snapshot!(case("attributes: {lines: 3}"), @"
    status: needs_facts
    fee: decided amount = 1.00 USD
    missing fact: attributes.contract_kind
    ");
}

#[test]
fn a_required_fact_that_is_unknown() {
    insta::assert_snapshot!(case("attributes: {contract_kind: unknown}"), @"
    status: needs_facts
    fee: decided amount = 1.00 USD
    missing fact: attributes.contract_kind
    ");
}

#[test]
fn a_group_that_is_no_mapping() {
    insta::assert_snapshot!(case("attributes: prepaid"), @"
    error[R0102]: `attributes` expects a mapping of facts, found `prepaid`
     --> case.yaml:1:13
      |
    1 | attributes: prepaid
      |             ^^^^^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    1 error
    ");
}

#[test]
fn declarations_that_cannot_be() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
facts:
  contract_kind: {type: text}
  customer.colour: {type: text}
  attributes.lines: {type: number}
  attributes.kind: {type: enum}
  attributes.when: {typ: date}
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0203]: `contract_kind` cannot be declared: a bundle's own facts are `attributes.NAME` or `input.NAME`
     --> bundle.yaml:5:3
      |
    5 |   contract_kind: {type: text}
      |   ^^^^^^^^^^^^^
      |
      = help: write `attributes.contract_kind`

    error[R0203]: `customer.colour` cannot be declared: a bundle's own facts are `attributes.NAME` or `input.NAME`
     --> bundle.yaml:6:3
      |
    6 |   customer.colour: {type: text}
      |   ^^^^^^^^^^^^^^^
      |
      = help: write `attributes.colour`

    error[R0203]: there is no type `number`
     --> bundle.yaml:7:28
      |
    7 |   attributes.lines: {type: number}
      |                            ^^^^^^
      |
      = help: types are boolean, integer, decimal, money, text, enum, place, date, datetime, duration, and `list of` one of them

    error[R0202]: an enum needs its `values`
     --> bundle.yaml:8:27
      |
    8 |   attributes.kind: {type: enum}
      |                           ^^^^
      |
      = help: write `values: [first, second]`

    error[R0201]: a fact has no key `typ`
     --> bundle.yaml:9:21
      |
    9 |   attributes.when: {typ: date}
      |                     ^^^
      |
      = help: did you mean `type`?

    5 errors
    ");
}

#[test]
fn a_rule_that_reads_what_is_not_declared() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", FACTS), ("decisions/fee.yaml", r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {when: {attributes.contract_knd: prepaid}, then: {amount: 1.00}, because: Prepaid.}
otherwise: {amount: = money(1) * attributes.line, because: Postpaid.}
")]), @"
    error[R0403]: nothing is called `attributes.contract_knd`
     --> decisions/fee.yaml:5:13
      |
    5 |   - {when: {attributes.contract_knd: prepaid}, then: {amount: 1.00}, because: Prepaid.}
      |             ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `attributes.contract_kind`?

    error[R0403]: nothing is called `attributes.line`
     --> decisions/fee.yaml:6:34
      |
    6 | otherwise: {amount: = money(1) * attributes.line, because: Postpaid.}
      |                                  ^^^^^^^^^^^^^^^
      |
      = help: did you mean `attributes.lines`?

    2 errors
    ");
}

#[test]
fn what_can_still_be_brought_about() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
facts:
  attributes.lines: {type: integer, actionable: perhaps}
  attributes.meter: {type: boolean, actionabel: true}
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0203]: `actionable` is `true` or `false`, found `perhaps`
     --> bundle.yaml:5:49
      |
    5 |   attributes.lines: {type: integer, actionable: perhaps}
      |                                                 ^^^^^^^
      |
      = help: write `actionable: true` or `actionable: false`

    error[R0201]: a fact has no key `actionabel`
     --> bundle.yaml:6:37
      |
    6 |   attributes.meter: {type: boolean, actionabel: true}
      |                                     ^^^^^^^^^^
      |
      = help: did you mean `actionable`?

    2 errors
    ");
}
