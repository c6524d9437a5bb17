//! Names that stand for two things, and names that are reserved.

use super::{BUNDLE, bundle, decision, guarded};

const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money}\notherwise:\n  amount: 1.00\n  because: A fee.\n";

#[test]
fn two_decisions_of_one_name() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", BUNDLE), ("decisions/a.yaml", FEE), ("decisions/b.yaml", FEE)]), @"
    error[R0204]: two decisions are called `fee`
     --> decisions/b.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
     ::: decisions/a.yaml:1:11
      |
    1 | decision: fee
      |           --- the first one
      |
      = help: take one of the two away, or give it another name

    1 error
    ");
}

#[test]
fn two_rules_of_one_name() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold pays nothing.}
  - {id: gold, when: {customer.tier: silver}, then: {amount: 0.00}, because: Silver pays nothing.}
"), @"
    error[R0204]: two rules are called `gold`
     --> decisions/fee.yaml:6:6
      |
    5 |   - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold pays nothing.}
      |      -- the first one
    6 |   - {id: gold, when: {customer.tier: silver}, then: {amount: 0.00}, because: Silver pays nothing.}
      |      ^^
      |
      = help: take one of the two away, or give it another name

    1 error
    ");
}

#[test]
fn two_guardrails_of_one_name() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: limit, cap: fee.amount, at: 5.00, because: No more.}
  - {id: limit, floor: fee.amount, at: 0.50, because: No less.}
"), @"
    error[R0204]: two guardrails are called `limit`
     --> guardrails/limits.yaml:3:10
      |
    2 |   - {id: limit, cap: fee.amount, at: 5.00, because: No more.}
      |          ----- the first one
    3 |   - {id: limit, floor: fee.amount, at: 0.50, because: No less.}
      |          ^^^^^
      |
      = help: take one of the two away, or give it another name

    1 error
    ");
}

#[test]
fn reserved_names() {
    insta::assert_snapshot!(decision(r"
decision: customer
let:
  match: = 1
  policy_date: = 1
outputs:
  params: {type: money, value: 1.00}
  Total: {type: money, value: 1.00}
  net-amount: {type: money, value: 1.00}
"), @"
    error[R0205]: a decision cannot be called `customer`: it is a group of facts
     --> decisions/fee.yaml:1:11
      |
    1 | decision: customer
      |           ^^^^^^^^
      |
      = help: choose another name

    error[R0205]: a `let` cannot be called `match`: it is a word of the script language
     --> decisions/fee.yaml:3:3
      |
    3 |   match: = 1
      |   ^^^^^
      |
      = help: choose another name

    error[R0205]: a `let` cannot be called `policy_date`: it has a meaning of its own in a bundle
     --> decisions/fee.yaml:4:3
      |
    4 |   policy_date: = 1
      |   ^^^^^^^^^^^
      |
      = help: choose another name

    error[R0205]: an output cannot be called `params`: it has a meaning of its own in a bundle
     --> decisions/fee.yaml:6:3
      |
    6 |   params: {type: money, value: 1.00}
      |   ^^^^^^
      |
      = help: choose another name

    error[R0205]: an output cannot be called `Total`: a name begins with a small letter and holds small letters, digits and underscores
     --> decisions/fee.yaml:7:3
      |
    7 |   Total: {type: money, value: 1.00}
      |   ^^^^^
      |
      = help: choose another name

    error[R0205]: an output cannot be called `net-amount`: a name begins with a small letter and holds small letters, digits and underscores
     --> decisions/fee.yaml:8:3
      |
    8 |   net-amount: {type: money, value: 1.00}
      |   ^^^^^^^^^^
      |
      = help: choose another name

    6 errors
    ");
}

#[test]
fn a_reserved_name_for_the_item_of_a_loop() {
    insta::assert_snapshot!(decision(r"
decision: fee
for_each: dispute.consequential_charges as case
outputs:
  amount: {type: money, value: 1.00}
"), @"
    error[R0205]: the item of a `for_each` cannot be called `case`: it is a word of the script language
     --> decisions/fee.yaml:2:11
      |
    2 | for_each: dispute.consequential_charges as case
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: choose another name

    1 error
    ");
}

#[test]
fn a_let_that_bears_the_name_of_a_decision_an_output_or_the_item() {
    insta::assert_snapshot!(decision(r"
decision: fee
for_each: dispute.consequential_charges as charge
let:
  fee: = 1
  amount: = 2
  charge: = 3
outputs:
  amount: {type: money, value: 1.00}
"), @"
    error[R0204]: `fee` is the name of a decision and of a `let`
     --> decisions/fee.yaml:4:3
      |
    4 |   fee: = 1
      |   ^^^
      |
      = help: take one of the two away, or give it another name

    error[R0204]: `amount` is the name of a `let` and of an output
     --> decisions/fee.yaml:5:3
      |
    5 |   amount: = 2
      |   ^^^^^^
    ...
    8 |   amount: {type: money, value: 1.00}
      |   ------ the output
      |
      = help: choose another name for one of them

    error[R0204]: `charge` is the name of a `let` and of the item of the `for_each`
     --> decisions/fee.yaml:6:3
      |
    6 |   charge: = 3
      |   ^^^^^^
      |
      = help: choose another name

    3 errors
    ");
}

#[test]
fn an_enum_that_holds_a_word_of_cells() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  grade: {type: enum, values: [low, unknown, low, any]}
otherwise: {grade: low, because: A fee.}
"), @"
    error[R0205]: an enum may not hold `unknown`, which a cell reads as something else
     --> decisions/fee.yaml:3:37
      |
    3 |   grade: {type: enum, values: [low, unknown, low, any]}
      |                                     ^^^^^^^
      |
      = help: choose another name

    error[R0204]: `low` stands twice in the enum
     --> decisions/fee.yaml:3:46
      |
    3 |   grade: {type: enum, values: [low, unknown, low, any]}
      |                                              ^^^
      |
      = help: take one of the two away, or give it another name

    error[R0205]: an enum may not hold `any`, which a cell reads as something else
     --> decisions/fee.yaml:3:51
      |
    3 |   grade: {type: enum, values: [low, unknown, low, any]}
      |                                                   ^^^
      |
      = help: choose another name

    3 errors
    ");
}

#[test]
fn a_type_that_does_not_exist() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: monney}
  grade: {type: list of enums}
  kind: {type: enum}
otherwise: {amount: 1.00, grade: low, kind: a, because: A fee.}
"), @"
    error[R0203]: there is no type `monney`
     --> decisions/fee.yaml:3:18
      |
    3 |   amount: {type: monney}
      |                  ^^^^^^
      |
      = help: did you mean `money`?

    error[R0203]: there is no type `enums`
     --> decisions/fee.yaml:4:17
      |
    4 |   grade: {type: list of enums}
      |                 ^^^^^^^^^^^^^
      |
      = help: did you mean `enum`?

    error[R0202]: an enum needs its `values`
     --> decisions/fee.yaml:5:16
      |
    5 |   kind: {type: enum}
      |                ^^^^
      |
      = help: write `values: [first, second]`

    3 errors
    ");
}

#[test]
fn an_item_that_bears_the_name_of_a_decision() {
    insta::assert_snapshot!(decision(r"
decision: fee
for_each: dispute.consequential_charges as fee
outputs:
  amount: {type: money, value: 1.00}
"), @"
    error[R0204]: `fee` is the name of a decision and of the item of a `for_each`
     --> decisions/fee.yaml:2:11
      |
    2 | for_each: dispute.consequential_charges as fee
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take one of the two away, or give it another name

    1 error
    ");
}
