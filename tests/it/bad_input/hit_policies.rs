//! How many rules may match, and for what a decision is taken.

use super::decision;

#[test]
fn a_hit_policy_that_does_not_exist() {
    insta::assert_snapshot!(decision(r"
decision: fee
hit: frist
outputs:
  amount: {type: money}
otherwise:
  amount: 1.00
  because: A fee.
"), @"
    error[R0203]: `frist` is no hit policy
     --> decisions/fee.yaml:2:6
      |
    2 | hit: frist
      |      ^^^^^
      |
      = help: did you mean `first`?

    1 error
    ");
}

#[test]
fn priority_without_an_order() {
    insta::assert_snapshot!(decision(r"
decision: fee
hit: priority
outputs:
  role: {type: enum, values: [agent, manager]}
otherwise:
  role: agent
  because: Anybody.
"), @"
    error[R0202]: `hit: priority` needs the order of output values
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: write `priority: {role: [director, manager, agent]}`, best first

    1 error
    ");
}

#[test]
fn priority_of_what_is_not_there() {
    insta::assert_snapshot!(decision(r"
decision: fee
hit: priority
priority: {roles: [manager, agent], role: [manger, agent]}
outputs:
  role: {type: enum, values: [agent, manager]}
otherwise:
  role: agent
  because: Anybody.
"), @"
    error[R0504]: `fee` has no output `roles`
     --> decisions/fee.yaml:3:12
      |
    3 | priority: {roles: [manager, agent], role: [manger, agent]}
      |            ^^^^^
      |
      = help: name one of its `outputs`, or add it there: `roles: {type: text}`

    error[R0103]: `manger` is not one of agent, manager
     --> decisions/fee.yaml:3:44
      |
    3 | priority: {roles: [manager, agent], role: [manger, agent]}
      |                                            ^^^^^^
      |
      = help: did you mean `manager`?

    2 errors
    ");
}

#[test]
fn a_sum_of_two_outputs() {
    insta::assert_snapshot!(decision(r"
decision: fee
hit: collect sum
outputs:
  amount: {type: money}
  grade: {type: text}
rules:
  - when: {customer.tier: gold}
    then: {amount: 0.00, grade: a}
    because: Gold pays nothing.
"), @"
    error[R0203]: `collect sum` needs exactly one output, a number or money
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: declare one output: `outputs: {amount: {type: money}}`

    1 error
    ");
}

#[test]
fn for_each_of_what_is_no_list() {
    insta::assert_snapshot!(decision(r"
decision: fee
for_each: dispute.disputed_amount as charge
outputs:
  amount: {type: money, value: 1.00}
"), @"
    error[R0304]: `dispute.disputed_amount` is an amount of money, not a list; `for_each` decides once for each item of a list
     --> decisions/fee.yaml:2:11
      |
    2 | for_each: dispute.disputed_amount as charge
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: name something of the kind that is asked for, or change the type where it is declared

    1 error
    ");
}

#[test]
fn for_each_without_a_name_for_the_item() {
    insta::assert_snapshot!(decision(r"
decision: fee
for_each: dispute.consequential_charges
outputs:
  amount: {type: money, value: = charge.amount}
"), @"
    error[R0203]: `for_each` names a list and what one item is called, found `dispute.consequential_charges`
     --> decisions/fee.yaml:2:11
      |
    2 | for_each: dispute.consequential_charges
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it as `for_each: dispute.consequential_charges as charge`

    1 error
    ");
}
