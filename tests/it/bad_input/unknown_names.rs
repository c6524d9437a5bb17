//! Names that nothing bears.

use super::{BUNDLE, bundle, decision};

const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money}\notherwise:\n  amount: 1.00\n  because: A fee.\n";

#[test]
fn facts_that_do_not_exist() {
    insta::assert_snapshot!(decision(r"
decision: fee
required: [customer.tire]
outputs:
  amount: {type: money}
rules:
  - when: {customer.teir: gold, dispute.amount: at least 5, tier: gold}
    then: {amount: 0.00}
    because: Gold pays nothing.
otherwise: {amount: 1.00, because: A fee.}
"), @"
    error[R0403]: nothing is called `customer.tire`
     --> decisions/fee.yaml:2:12
      |
    2 | required: [customer.tire]
      |            ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0403]: nothing is called `customer.teir`
     --> decisions/fee.yaml:6:12
      |
    6 |   - when: {customer.teir: gold, dispute.amount: at least 5, tier: gold}
      |            ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0403]: nothing is called `dispute.amount`
     --> decisions/fee.yaml:6:33
      |
    6 |   - when: {customer.teir: gold, dispute.amount: at least 5, tier: gold}
      |                                 ^^^^^^^^^^^^^^
      |
      = help: did you mean `dispute.disputed_amount`?

    error[R0403]: nothing is called `tier`
     --> decisions/fee.yaml:6:61
      |
    6 |   - when: {customer.teir: gold, dispute.amount: at least 5, tier: gold}
      |                                                             ^^^^
      |
      = help: did you mean `customer.tier`?

    4 errors
    ");
}

#[test]
fn outputs_of_other_decisions_that_do_not_exist() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", FEE), ("decisions/other.yaml", r"
decision: other
outputs:
  amount: {type: money}
rules:
  - when: {fee.amuont: at least 5, fees.amount: at least 5}
    then: {amount: = fee.sum}
    because: A fee.
otherwise: {amount: 1.00, because: A fee.}
")]), @"
    error[R0403]: nothing is called `fee.amuont`
     --> decisions/other.yaml:5:12
      |
    5 |   - when: {fee.amuont: at least 5, fees.amount: at least 5}
      |            ^^^^^^^^^^
      |
      = help: did you mean `fee.amount`?

    error[R0403]: nothing is called `fees.amount`
     --> decisions/other.yaml:5:36
      |
    5 |   - when: {fee.amuont: at least 5, fees.amount: at least 5}
      |                                    ^^^^^^^^^^^
      |
      = help: did you mean `fee.amount`?

    error[R0403]: nothing is called `fee.sum`
     --> decisions/other.yaml:6:22
      |
    6 |     then: {amount: = fee.sum}
      |                      ^^^^^^^
      |
      = help: the decision `fee` has the outputs amount

    3 errors
    ");
}

#[test]
fn a_clock_of_no_obligation() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {when: {clock.us_ten_days.breached: true}, then: {amount: 0.00}, because: We are late.}
otherwise: {amount: 1.00, because: A fee.}
"), @r"
    error[R0403]: nothing is called `clock.us_ten_days.breached`
     --> decisions/fee.yaml:5:13
      |
    5 |   - {when: {clock.us_ten_days.breached: true}, then: {amount: 0.00}, because: We are late.}
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: clocks are the obligations with a `due`, read as `clock.ID.due` or `clock.ID.breached`

    1 error
    ");
}

#[test]
fn a_whole_group_and_a_name_of_another_group() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, default: 0.00}
rules:
  - {when: {customer: gold, customer.severity: minor}, because: A fee.}
"), @"
    error[R0403]: `customer` is a group of facts, not a fact
     --> decisions/fee.yaml:5:13
      |
    5 |   - {when: {customer: gold, customer.severity: minor}, because: A fee.}
      |             ^^^^^^^^
      |
      = help: name one of its facts, such as `customer.customer_id`

    error[R0403]: nothing is called `customer.severity`
     --> decisions/fee.yaml:5:29
      |
    5 |   - {when: {customer: gold, customer.severity: minor}, because: A fee.}
      |                             ^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `finding.severity`?

    2 errors
    ");
}
