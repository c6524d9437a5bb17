//! Cells that can never hold, cells that always hold, symbols where words belong.

use super::decision;

fn when(condition: &str) -> String {
    decision(&format!(
        "decision: fee\noutputs:\n  amount: {{type: money, default: 0.00}}\nrules:\n  - id: only\n    when:\n      {condition}\n    because: A fee.\n"
    ))
}

/// A table of one row: a condition on the months of the relationship.
fn tenure(cell: &str) -> String {
    decision(&format!(
        "decision: fee\noutputs:\n  amount: {{type: money}}\ntable: |\n  | customer.tenure_months | => amount | because |\n  | {cell} | 1.00 | A fee. |\n"
    ))
}

#[test]
fn an_interval_that_runs_backwards() {
    insta::assert_snapshot!(when("dispute.occurrences: 60 to 10"), @"
    error[R0302]: `60 to 10` never holds: its ends are the wrong way round
     --> decisions/fee.yaml:7:28
      |
    7 |       dispute.occurrences: 60 to 10
      |                            ^^^^^^^^
      |
      = help: write `10 to 60`

    1 error
    ");
}

#[test]
fn an_interval_without_a_number_in_it() {
    insta::assert_snapshot!(tenure("(5..6)"), @"
    error[R0302]: `(5..6)` never holds: no value lies between its ends
     --> decisions/fee.yaml:6:5
      |
    6 |   | (5..6) | 1.00 | A fee. |
      |     ^^^^^^
      |
      = help: widen it until a value lies in it: `[5..6]`, `at least 5`; or take the rule away

    1 error
    ");
}

#[test]
fn an_interval_of_one_open_point() {
    insta::assert_snapshot!(tenure("(5..5]"), @"
    error[R0302]: `(5..5]` never holds: no value lies between its ends
     --> decisions/fee.yaml:6:5
      |
    6 |   | (5..5] | 1.00 | A fee. |
      |     ^^^^^^
      |
      = help: widen it until a value lies in it: `[5..6]`, `at least 5`; or take the rule away

    1 error
    ");
}

#[test]
fn a_list_that_always_holds() {
    insta::assert_snapshot!(tenure("> 30, <= 60"), @"
    error[R0303]: the cell holds for every known value
     --> decisions/fee.yaml:6:5
      |
    6 |   | > 30, <= 60 | 1.00 | A fee. |
      |     ^^^^^^^^^^^
      |
      = help: alternatives are joined by *or*; for the interval write `31 to 60`

    1 error
    ");
}

#[test]
fn a_list_in_words_that_always_holds() {
    insta::assert_snapshot!(when("dispute.occurrences: [over 30, at most 60]"), @"
    error[R0303]: the cell holds for every known value
     --> decisions/fee.yaml:7:28
      |
    7 |       dispute.occurrences: [over 30, at most 60]
      |                            ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: alternatives are joined by *or*; for the interval write `31 to 60`

    1 error
    ");
}

#[test]
fn both_truths() {
    insta::assert_snapshot!(when("customer.leave_threat: [true, false]"), @"
    error[R0303]: the cell holds for every known value
     --> decisions/fee.yaml:7:30
      |
    7 |       customer.leave_threat: [true, false]
      |                              ^^^^^^^^^^^^^
      |
      = help: write `any`, or `not unknown` where the value must be known

    1 error
    ");
}

#[test]
fn every_member_of_an_enum() {
    insta::assert_snapshot!(when("complaint.notice_form: [oral, written]"), @"
    error[R0303]: the cell holds for every known value
     --> decisions/fee.yaml:7:30
      |
    7 |       complaint.notice_form: [oral, written]
      |                              ^^^^^^^^^^^^^^^
      |
      = help: write `any`, or `not unknown` where the value must be known

    1 error
    ");
}

#[test]
fn not_every_member_of_an_enum() {
    insta::assert_snapshot!(when("complaint.notice_form: {not: [oral, written]}"), @"
    error[R0302]: `not (oral, written)` never holds: it leaves no value
     --> decisions/fee.yaml:7:30
      |
    7 |       complaint.notice_form: {not: [oral, written]}
      |                              ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: widen it until a value lies in it: `[5..6]`, `at least 5`; or take the rule away

    1 error
    ");
}

#[test]
fn less_than_the_first_of_an_order() {
    insta::assert_snapshot!(when("finding.severity: under none"), @"
    error[R0103]: `none` is not one of trivial, minor, moderate, serious, severe
     --> decisions/fee.yaml:7:31
      |
    7 |       finding.severity: under none
      |                               ^^^^
      |
      = help: write one of the names that are listed, or `unknown` where nobody knows

    1 error
    ");
}

#[test]
fn a_symbol_in_quotes() {
    insta::assert_snapshot!(when("customer.tenure_months: \">= 12\""), @r#"
    error[R0305]: `>= 12` is written in words in YAML
     --> decisions/fee.yaml:7:32
      |
    7 |       customer.tenure_months: ">= 12"
      |                                ^^^^^
      |
      = help: write `at least 12`

    1 error
    "#);
}

#[test]
fn a_sign_of_inequality_in_quotes() {
    insta::assert_snapshot!(when("customer.tier: \"!= gold\""), @r#"
    error[R0305]: `!= gold` is written in words in YAML
     --> decisions/fee.yaml:7:23
      |
    7 |       customer.tier: "!= gold"
      |                       ^^^^^^^
      |
      = help: write `not gold`

    1 error
    "#);
}

#[test]
fn an_interval_in_quotes() {
    insta::assert_snapshot!(when("customer.tenure_months: '[10..50)'"), @"
    error[R0305]: `[10..50)` is written in words in YAML
     --> decisions/fee.yaml:7:32
      |
    7 |       customer.tenure_months: '[10..50)'
      |                                ^^^^^^^^
      |
      = help: write `at least 10 and under 50`

    1 error
    ");
}
