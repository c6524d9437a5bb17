//! Derived inputs.

use super::decision;

#[test]
fn a_let_of_unknown_type() {
    insta::assert_snapshot!(decision(r"
decision: fee
let:
  base: 5
  other: = if dispute.occurrences > 1 { () } else { () }
outputs:
  amount: {type: integer, value: = base + other}
"), @"
    error[R0406]: the type of `base` is not known
     --> decisions/fee.yaml:3:3
      |
    3 |   base: 5
      |   ^^^^
      |
      = help: write `base: {type: ..., value: ...}`

    error[R0407]: `()` is not a value
     --> decisions/fee.yaml:4:41
      |
    4 |   other: = if dispute.occurrences > 1 { () } else { () }
      |                                         ^
      |
      = help: to ask whether a fact is there, write `is_missing(...)`

    error[R0407]: `()` is not a value
     --> decisions/fee.yaml:4:53
      |
    4 |   other: = if dispute.occurrences > 1 { () } else { () }
      |                                                     ^
      |
      = help: to ask whether a fact is there, write `is_missing(...)`

    3 errors
    ");
}

#[test]
fn lets_that_read_each_other() {
    insta::assert_snapshot!(decision(r"
decision: fee
let:
  first: = second + 1
  second: = third + 1
  third: = first + 1
  outside: = first * 2
outputs:
  amount: {type: integer, value: = outside}
"), @"
    error[R0501]: derived inputs read each other in a circle: first reads second reads third reads first
     --> decisions/fee.yaml:3:3
      |
    3 |   first: = second + 1
      |   ^^^^^
      |
      = help: let one of them read facts only

    1 error
    ");
}

#[test]
fn a_let_with_a_mistake_that_others_read() {
    insta::assert_snapshot!(decision(r"
decision: fee
let:
  base: = dispute.disputed_amout * 2
  twice: = base * 2
outputs:
  amount: {type: money}
rules:
  - when: {base: at least 5}
    then: {amount: = twice}
    because: Twice {base}.
otherwise: {amount: = base, because: The base.}
"), @"
    error[R0403]: nothing is called `dispute.disputed_amout`
     --> decisions/fee.yaml:3:11
      |
    3 |   base: = dispute.disputed_amout * 2
      |           ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `dispute.disputed_amount`?

    1 error
    ");
}

#[test]
fn a_let_whose_declared_type_is_wrong() {
    insta::assert_snapshot!(decision(r"
decision: fee
let:
  base: {type: money, value: = dispute.occurrences}
outputs:
  amount: {type: money, value: = base}
"), @"
    error[R0405]: an amount of money is wanted here, and the expression gives a whole number
     --> decisions/fee.yaml:3:30
      |
    3 |   base: {type: money, value: = dispute.occurrences}
      |                              ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write an amount as `money(20.00)`

    1 error
    ");
}
