//! Decisions that read each other or themselves.

use super::{BUNDLE, bundle, decision};

#[test]
fn decisions_that_read_each_other() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/a.yaml", "decision: first_fee\noutputs:\n  amount: {type: money, value: = second_fee.amount}\n"),
        ("decisions/b.yaml", "decision: second_fee\noutputs:\n  amount: {type: money, value: = third_fee.amount}\n"),
        ("decisions/c.yaml", "decision: third_fee\noutputs:\n  amount: {type: money, value: = first_fee.amount}\n"),
        ("decisions/d.yaml", "decision: outside\noutputs:\n  amount: {type: money, value: = first_fee.amount}\n"),
    ]), @"
    error[R0501]: decisions read each other in a circle: first_fee reads second_fee reads third_fee reads first_fee
     --> decisions/a.yaml:1:11
      |
    1 | decision: first_fee
      |           ^^^^^^^^^
      |
     ::: decisions/b.yaml:1:11
      |
    1 | decision: second_fee
      |           ---------- `second_fee` stands here
      |
     ::: decisions/c.yaml:1:11
      |
    1 | decision: third_fee
      |           --------- `third_fee` stands here
      |
      = help: let one of them read the facts themselves, or move what both need into a third decision

    1 error
    ");
}

#[test]
fn a_decision_that_reads_itself() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, value: = fee.amount * 2}
"), @"
    error[R0403]: `fee` cannot read its own outcome
     --> decisions/fee.yaml:3:34
      |
    3 |   amount: {type: money, value: = fee.amount * 2}
      |                                  ^^^^^^^^^^
      |
      = help: move what it needs into a `let` or a decision of its own

    1 error
    ");
}

#[test]
fn a_decision_that_reads_its_own_output_by_its_bare_name() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, value: 1.00}
  twice: {type: money, value: = amount * 2}
"), @"
    error[R0403]: `amount` is an output of `fee`, and is not there before the decision is taken
     --> decisions/fee.yaml:4:33
      |
    4 |   twice: {type: money, value: = amount * 2}
      |                                 ^^^^^^
      |
      = help: compute it in a `let`, and read that in both places

    1 error
    ");
}

#[test]
fn guardrails_that_close_a_circle() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/a.yaml", "decision: first_fee\noutputs:\n  amount: {type: money, value: 1.00}\n"),
        ("decisions/b.yaml", "decision: second_fee\noutputs:\n  amount: {type: money, value: = first_fee.amount}\n"),
        ("guardrails/g.yaml", "guardrails:\n  - {id: limit, cap: first_fee.amount, at: = second_fee.amount, because: No more.}\n"),
    ]), @"
    error[R0501]: decisions read each other in a circle: first_fee reads second_fee reads first_fee
     --> decisions/a.yaml:1:11
      |
    1 | decision: first_fee
      |           ^^^^^^^^^
      |
     ::: decisions/b.yaml:1:11
      |
    1 | decision: second_fee
      |           ---------- `second_fee` stands here
      |
      = help: let one of them read the facts themselves, or move what both need into a third decision

    1 error
    ");
}
