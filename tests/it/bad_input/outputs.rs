//! Outputs that rules leave out, invent, or give a wrong value.

use super::decision;

#[test]
fn an_output_left_out_without_a_default() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
  grade: {type: text}
rules:
  - id: gold
    when: {customer.tier: gold}
    then: {grade: a}
    because: Gold pays nothing.
  - id: silver
    when: {customer.tier: silver}
    because: Silver pays nothing.
otherwise: {amount: 1.00, because: A fee.}
"), @"
    error[R0503]: the rule `gold` leaves out `amount`, which has no default
     --> decisions/fee.yaml:6:5
      |
    3 |   amount: {type: money}
      |   ------ declared here
    ...
    6 |   - id: gold
      |     ^^
      |
      = help: give it a value here, or a `default` under `outputs: amount`

    error[R0503]: the rule `silver` leaves out `amount`, which has no default
      --> decisions/fee.yaml:10:5
       |
     3 |   amount: {type: money}
       |   ------ declared here
    ...
    10 |   - id: silver
       |     ^^
       |
       = help: give it a value here, or a `default` under `outputs: amount`

    error[R0503]: the rule `silver` leaves out `grade`, which has no default
      --> decisions/fee.yaml:10:5
       |
     4 |   grade: {type: text}
       |   ----- declared here
    ...
    10 |   - id: silver
       |     ^^
       |
       = help: give it a value here, or a `default` under `outputs: grade`

    error[R0503]: `otherwise` leaves out `grade`, which has no default
      --> decisions/fee.yaml:13:13
       |
     4 |   grade: {type: text}
       |   ----- declared here
    ...
    13 | otherwise: {amount: 1.00, because: A fee.}
       |             ^^^^^^
       |
       = help: give it a value here, or a `default` under `outputs: grade`

    4 errors
    ");
}

#[test]
fn an_output_that_is_not_declared() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, default: 0.00}
rules:
  - when: {customer.tier: gold}
    then: {amuont: 0.00, discount: 5}
    because: Gold pays nothing.
otherwise: {becuase: A fee.}
"), @"
    error[R0504]: `fee` has no output `amuont`
     --> decisions/fee.yaml:6:12
      |
    6 |     then: {amuont: 0.00, discount: 5}
      |            ^^^^^^
      |
      = help: did you mean `amount`?

    error[R0504]: `fee` has no output `discount`
     --> decisions/fee.yaml:6:26
      |
    6 |     then: {amuont: 0.00, discount: 5}
      |                          ^^^^^^^^
      |
      = help: declare it under `outputs`

    error[R0504]: `fee` has no output `becuase`
     --> decisions/fee.yaml:8:13
      |
    8 | otherwise: {becuase: A fee.}
      |             ^^^^^^^
      |
      = help: did you mean `because`?

    3 errors
    ");
}

#[test]
fn wrong_literals() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, default: none}
  count: {type: integer}
  grade: {type: enum, values: [low, high]}
  late: {type: boolean}
  due: {type: date}
  share: {type: decimal}
  steps: {type: list of text}
  where: {type: place}
otherwise:
  amount: 12.345.00
  count: 1.5
  grade: hihg
  late: yes
  due: 2026-13-01
  share: 10%
  steps: call
  where: Virginia
  because: A fee.
"), @"
    error[R0106]: `amount` expects an amount of money, found `none`
     --> decisions/fee.yaml:3:34
      |
    3 |   amount: {type: money, default: none}
      |                                  ^^^^
      |
      = help: write it as `64.20`, or with its currency as `64.20 USD`

    error[R0106]: `amount` expects an amount of money, found `12.345.00`
      --> decisions/fee.yaml:12:11
       |
    12 |   amount: 12.345.00
       |           ^^^^^^^^^
       |
       = help: write it as `64.20`, or with its currency as `64.20 USD`

    error[R0102]: `count` expects a whole number, found `1.5`
      --> decisions/fee.yaml:13:10
       |
    13 |   count: 1.5
       |          ^^^
       |
       = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    error[R0103]: `grade` expects one of low, high, found `hihg`
      --> decisions/fee.yaml:14:10
       |
    14 |   grade: hihg
       |          ^^^^
       |
       = help: did you mean `high`?

    error[R0102]: `late` expects `true` or `false`, found `yes`
      --> decisions/fee.yaml:15:9
       |
    15 |   late: yes
       |         ^^^
       |
       = help: write `true`

    error[R0102]: `due`: there is no day 2026-13-01
      --> decisions/fee.yaml:16:8
       |
    16 |   due: 2026-13-01
       |        ^^^^^^^^^^
       |
       = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    error[R0102]: `share`: `10%` is not a number
      --> decisions/fee.yaml:17:10
       |
    17 |   share: 10%
       |          ^^^
       |
       = help: write a share of one: `0.1`

    error[R0102]: `steps` expects a list, found `call`
      --> decisions/fee.yaml:18:10
       |
    18 |   steps: call
       |          ^^^^
       |
       = help: write it as a list, even for one item: `[call]`

    error[R0102]: `where`: `Virginia` is not a place
      --> decisions/fee.yaml:19:10
       |
    19 |   where: Virginia
       |          ^^^^^^^^
       |
       = help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`

    9 errors
    ");
}

#[test]
fn money_in_another_currency_than_its_text_says() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
otherwise: {amount: $5.00, because: A fee.}
"), @"
    error[R0106]: `amount` expects an amount of money, found `$5.00`
     --> decisions/fee.yaml:4:21
      |
    4 | otherwise: {amount: $5.00, because: A fee.}
      |                     ^^^^^
      |
      = help: write it as `64.20`, or with its currency as `64.20 USD`

    1 error
    ");
}

#[test]
fn rounding_that_cannot_be() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, round: upwards}
  count: {type: integer, round: up}
  share: {type: decimal, round: down to 0}
otherwise: {amount: 1.00, count: 1, share: 1, because: A fee.}
"), @"
    error[R0203]: `upwards` is not a rounding
     --> decisions/fee.yaml:3:32
      |
    3 |   amount: {type: money, round: upwards}
      |                                ^^^^^^^
      |
      = help: write `half even`, `half up`, `down` or `up`, optionally with `to 5.00`

    error[R0203]: `count` is a whole number; only money and decimals are rounded
     --> decisions/fee.yaml:4:33
      |
    4 |   count: {type: integer, round: up}
      |                                 ^^
      |
      = help: take `round` away, or write `type: money`

    error[R0203]: a rounding step must be above zero
     --> decisions/fee.yaml:5:33
      |
    5 |   share: {type: decimal, round: down to 0}
      |                                 ^^^^^^^^^
      |
      = help: write a step such as `0.05`: `round: half up to 0.05`

    3 errors
    ");
}

#[test]
fn a_section_without_its_outputs() {
    insta::assert_snapshot!(decision(r"
decision: goodwill
outputs:
  amount: {type: integer}
  kind: {type: text}
otherwise: {amount: 1, kind: gesture, because: A gesture.}
"), @"
    error[R0502]: `goodwill` has no output `instrument` (an enum or text), which its section takes
     --> decisions/fee.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: the section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)

    error[R0502]: the output `amount` has to be money, it is a whole number
     --> decisions/fee.yaml:3:3
      |
    3 |   amount: {type: integer}
      |   ^^^^^^
      |
      = help: declare it as the section takes it; `redress schema decision` tells the names and types

    2 errors
    ");
}

#[test]
fn a_section_with_values_it_does_not_know() {
    insta::assert_snapshot!(decision(r"
decision: outcome
outputs:
  value: {type: enum, values: [uphold, decline]}
otherwise: {value: decline, because: No.}
"), @"
    error[R0502]: the output `value` has to be an enum of uphold, partly_uphold, reject, provisional, concede_by_deadline, it is one of uphold, decline
     --> decisions/fee.yaml:3:3
      |
    3 |   value: {type: enum, values: [uphold, decline]}
      |   ^^^^^
      |
      = help: declare it as the section takes it; `redress schema decision` tells the names and types

    1 error
    ");
}

#[test]
fn a_section_of_the_wrong_shape() {
    insta::assert_snapshot!(decision(r"
decision: plan
hit: first
outputs:
  step: {type: text}
  owner: {type: text}
  due_at: {type: date}
otherwise: {step: call, owner: care, due_at: 2026-03-01, because: Somebody calls.}
"), @"
    error[R0502]: the section `plan` takes a list of results
     --> decisions/fee.yaml:1:11
      |
    1 | decision: plan
      |           ^^^^
      |
      = help: use `hit: collect`

    1 error
    ");
}
