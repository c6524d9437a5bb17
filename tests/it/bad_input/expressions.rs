//! Expressions and derived inputs.

use super::decision;

/// A decision that is one expression.
fn value(kind: &str, expression: &str) -> String {
    decision(&format!("decision: fee\noutputs:\n  amount:\n    type: {kind}\n    value: {expression}\n"))
}

#[test]
fn a_syntax_error() {
    insta::assert_snapshot!(value("money", "= min(dispute.disputed_amount, money(5)"), @"
    error[R0401]: `)` is missing to close the arguments list of this function call `min`
     --> decisions/fee.yaml:5:50
      |
    5 |     value: = min(dispute.disputed_amount, money(5)
      |                                                  ^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn an_expression_that_ends_too_early() {
    insta::assert_snapshot!(value("money", "= dispute.disputed_amount *"), @"
    error[R0401]: the text ends before it is complete
     --> decisions/fee.yaml:5:38
      |
    5 |     value: = dispute.disputed_amount *
      |                                      ^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn nothing_behind_the_equals_sign() {
    insta::assert_snapshot!(value("money", "="), @"
    error[R0401]: the expression is empty
     --> decisions/fee.yaml:5:12
      |
    5 |     value: =
      |            ^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn an_unknown_function() {
    insta::assert_snapshot!(value("money", "= mim(dispute.disputed_amount, money(5))"), @"
    error[R0402]: there is no function `mim`
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = mim(dispute.disputed_amount, money(5))
      |              ^^^
      |
      = help: did you mean `min`?

    1 error
    ");
}

#[test]
fn too_many_arguments() {
    insta::assert_snapshot!(value("integer", "= days_between(policy_date, policy_date, 3)"), @"
    error[R0404]: `days_between` takes 2 arguments, not 3
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = days_between(policy_date, policy_date, 3)
      |              ^^^^^^^^^^^^
      |
      = help: it is called as `days_between(from: date, to: date) -> integer`

    1 error
    ");
}

#[test]
fn an_argument_of_the_wrong_type() {
    insta::assert_snapshot!(value("date", "= add_days(dispute.disputed_amount, 3)"), @"
    error[R0405]: `date` of `add_days` is a date, not an amount of money
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = add_days(dispute.disputed_amount, 3)
      |              ^^^^^^^^
      |
      = help: it is called as `add_days(date: date, count: integer) -> date`

    1 error
    ");
}

#[test]
fn an_unknown_fact() {
    insta::assert_snapshot!(value("money", "= dispute.disputed_amout * 2"), @"
    error[R0403]: nothing is called `dispute.disputed_amout`
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = dispute.disputed_amout * 2
      |              ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `dispute.disputed_amount`?

    1 error
    ");
}

#[test]
fn an_unknown_name() {
    insta::assert_snapshot!(value("money", "= base * 2"), @"
    error[R0403]: nothing is called `base`
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = base * 2
      |              ^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    1 error
    ");
}

#[test]
fn a_result_of_the_wrong_type() {
    insta::assert_snapshot!(value("money", "= dispute.occurrences * 2"), @"
    error[R0405]: an amount of money is wanted here, and the expression gives a whole number
     --> decisions/fee.yaml:5:12
      |
    5 |     value: = dispute.occurrences * 2
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write an amount as `money(20.00)`

    1 error
    ");
}

#[test]
fn money_plus_a_number() {
    insta::assert_snapshot!(value("money", "= dispute.disputed_amount + 5"), @"
    error[R0405]: cannot add an amount of money and a whole number
     --> decisions/fee.yaml:5:38
      |
    5 |     value: = dispute.disputed_amount + 5
      |                                      ^
      |
      = help: write an amount as `money(20.00)`

    1 error
    ");
}

#[test]
fn money_times_money() {
    insta::assert_snapshot!(value("money", "= dispute.disputed_amount * invoice.total"), @"
    error[R0405]: cannot multiply an amount of money and an amount of money
     --> decisions/fee.yaml:5:38
      |
    5 |     value: = dispute.disputed_amount * invoice.total
      |                                      ^
      |
      = help: compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`

    1 error
    ");
}

#[test]
fn text_against_a_number() {
    insta::assert_snapshot!(value("boolean", "= complaint.language > 5"), @"
    error[R0405]: cannot compare text and a whole number
     --> decisions/fee.yaml:5:33
      |
    5 |     value: = complaint.language > 5
      |                                 ^
      |
      = help: compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`

    1 error
    ");
}

#[test]
fn a_member_that_the_enum_does_not_have() {
    insta::assert_snapshot!(value("boolean", "= customer.tier == \"goldd\""), @r#"
    error[R0103]: `goldd` is not one of standard, silver, gold, strategic
     --> decisions/fee.yaml:5:31
      |
    5 |     value: = customer.tier == "goldd"
      |                               ^^^^^^^
      |
      = help: did you mean `gold`?

    1 error
    "#);
}

#[test]
fn two_results_of_unlike_type() {
    insta::assert_snapshot!(value("money", "= if dispute.occurrences > 1 { dispute.disputed_amount } else { 0 }"), @"
    error[R0405]: the two branches of `if` are an amount of money and a whole number
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = if dispute.occurrences > 1 { dispute.disputed_amount } else { 0 }
      |              ^^
      |
      = help: write an amount as `money(20.00)`

    1 error
    ");
}

#[test]
fn a_condition_that_is_none() {
    insta::assert_snapshot!(value("money", "= if dispute.occurrences { money(1) } else { money(2) }"), @"
    error[R0405]: `if` wants true or false, not a whole number
     --> decisions/fee.yaml:5:17
      |
    5 |     value: = if dispute.occurrences { money(1) } else { money(2) }
      |                 ^^^^^^^^^^^^^^^^^^^
      |
      = help: compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`

    1 error
    ");
}

#[test]
fn a_loop_in_an_expression() {
    insta::assert_snapshot!(value("integer", "= loop { break 1; }"), @"
    error[R0401]: unexpected `loop`
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = loop { break 1; }
      |              ^^^^
      |
      = help: an expression is one value; put the rest into a function of a script file, and attach the script

    1 error
    ");
}

#[test]
fn a_closure_in_an_expression() {
    insta::assert_snapshot!(value("integer", "= count(dispute.related_charges.filter(|charge| true))"), @"
    error[R0401]: unexpected `|`
     --> decisions/fee.yaml:5:51
      |
    5 |     value: = count(dispute.related_charges.filter(|charge| true))
      |                                                   ^
      |
      = help: an expression is one value; put the rest into a function of a script file, and attach the script

    1 error
    ");
}

#[test]
fn a_spreadsheet_habit() {
    insta::assert_snapshot!(value("money", "= IF(dispute.occurrences > 1; 5; 6)"), @"
    error[R0401]: `,` is missing to separate the arguments to function call `IF`
     --> decisions/fee.yaml:5:40
      |
    5 |     value: = IF(dispute.occurrences > 1; 5; 6)
      |                                        ^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn one_equals_sign_for_two() {
    insta::assert_snapshot!(value("boolean", "= customer.tier = \"gold\""), @r#"
    error[R0401]: `=` has no place here
     --> decisions/fee.yaml:5:28
      |
    5 |     value: = customer.tier = "gold"
      |                            ^
      |
      = help: `==` compares

    1 error
    "#);
}

#[test]
fn the_words_and_and_or() {
    insta::assert_snapshot!(value("boolean", "= customer.leave_threat and customer.vulnerable"), @"
    error[R0401]: unexpected `and`
     --> decisions/fee.yaml:5:36
      |
    5 |     value: = customer.leave_threat and customer.vulnerable
      |                                    ^^^
      |
      = help: write `&&`

    1 error
    ");
}

#[test]
fn a_percentage() {
    insta::assert_snapshot!(value("money", "= dispute.disputed_amount * 5%"), @"
    error[R0401]: the text ends before it is complete
     --> decisions/fee.yaml:5:41
      |
    5 |     value: = dispute.disputed_amount * 5%
      |                                         ^
      |
      = help: there are no percentages: five per cent is `0.05`

    1 error
    ");
}

#[test]
fn a_huge_number() {
    insta::assert_snapshot!(value("decimal", "= 123456789012345678901234567890.5 * 2"), @"
    error[R0401]: `123456789012345678901234567890.5` is not a number that can be kept exactly
     --> decisions/fee.yaml:5:14
      |
    5 |     value: = 123456789012345678901234567890.5 * 2
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn an_expression_of_a_hundred_thousand_signs() {
    let long = format!("= 1{}", " + 1".repeat(25_000));
    insta::assert_snapshot!(value("integer", &long), @"
    error[R0409]: an expression is longer than 4096 bytes
     --> decisions/fee.yaml:5:12
      |
    5 | ...e: = 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + ... + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 +
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put it into a script file, as a function

    1 error
    ");
}

#[test]
fn an_expression_nested_a_thousand_deep() {
    let deep = format!("= {}1{}", "(".repeat(1_000), ")".repeat(1_000));
    insta::assert_snapshot!(value("integer", &deep), @"
    error[R0409]: an expression is nested too deeply
     --> decisions/fee.yaml:5:46
      |
    5 |     value: = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((...
      |                                              ^
      |
      = help: give parts of it names of their own

    1 error
    ");
}
