//! What YAML reads otherwise than it was meant: tags, brackets, commas, colons.

use super::decision;

#[test]
fn a_tag_where_a_cell_says_not() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, default: 0.00}
rules:
  - when:
      customer.tier: != gold
    then: {amount: 1.00}
    because: Others pay.
"), @"
    error[R0305]: YAML reads the `!` of `!= gold` as a tag, not as a negation
     --> decisions/fee.yaml:6:22
      |
    6 |       customer.tier: != gold
      |                      ^^^^^^^
      |
      = help: write `not gold`

    1 error
    ");
}

#[test]
fn a_sign_that_begins_a_block() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, default: 0.00}
rules:
  - when:
      customer.tenure_months: >= 12
    then: {amount: 1.00}
    because: Old customers pay.
"), @"
    error[R0305]: YAML reads the `>` of `>= 12` as the beginning of a block of text
     --> decisions/fee.yaml:6:31
      |
    6 |       customer.tenure_months: >= 12
      |                               ^^^^^
      |
      = help: write `at least 12`

    1 error
    ");
}

#[test]
fn an_interval_with_brackets_in_yaml() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, default: 0.00}
rules:
  - when:
      customer.tenure_months: [10..50)
    then: {amount: 1.00}
    because: In between.
"), @"
    error[R0305]: YAML reads the brackets of the interval `[10..50)` as a list
     --> decisions/fee.yaml:6:31
      |
    6 |       customer.tenure_months: [10..50)
      |                               ^^^^^^^^
      |
      = help: write `at least 10 and under 50`

    1 error
    ");
}

#[test]
fn a_comma_cuts_an_expression() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - when: {customer.tier: gold}
    then: {amount: = min(dispute.disputed_amount, money(5.00))}
    because: Gold pays little.
otherwise: {amount: 1.00, because: A fee.}
"), @r#"
    error[R0008]: a comma cuts the expression `= min(dispute.disputed_amount, money(5.00))` in two
     --> decisions/fee.yaml:6:20
      |
    6 |     then: {amount: = min(dispute.disputed_amount, money(5.00))}
      |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: between brackets it wants quotes: `"= min(dispute.disputed_amount, money(5.00))"`; or write the mapping with a line for each key

    1 error
    "#);
}

#[test]
fn a_comma_cuts_a_reason() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
otherwise: {amount: 1.00, because: A fee, as agreed}
"), @r#"
    error[R0008]: a comma cuts the value `A fee, as agreed` in two
     --> decisions/fee.yaml:4:36
      |
    4 | otherwise: {amount: 1.00, because: A fee, as agreed}
      |                                    ^^^^^^^^^^^^^^^^
      |
      = help: between brackets it wants quotes: `"A fee, as agreed"`; or write the mapping with a line for each key

    1 error
    "#);
}

#[test]
fn a_colon_in_a_reason() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
otherwise:
  amount: 1.00
  because: Our rule: everybody pays.
"), @"
    error[R0002]: a `: ` stands in a text without quotes, and YAML reads it as a second key
     --> decisions/fee.yaml:6:12
      |
    6 |   because: Our rule: everybody pays.
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put the whole text in quotes, or in a block below `>-`

    1 error
    ");
}

#[test]
fn quotes_that_never_end() {
    insta::assert_snapshot!(decision(r#"
decision: fee
outputs:
  amount: {type: money}
otherwise:
  amount: 1.00
  because: "A fee.
"#), @r#"
    error[R0002]: the quote that opens here is not closed
     --> decisions/fee.yaml:6:12
      |
    6 |   because: "A fee.
      |            ^^^^^^^
      |
      = help: close it at the end of the text; a quoted text that goes on must be indented deeper than its key

    1 error
    "#);
}

#[test]
fn a_bracket_that_never_closes() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money
otherwise:
  amount: 1.00
  because: A fee.
"), @"
    error[R0002]: a `,` or the closing `}` is missing before this
     --> decisions/fee.yaml:4:10
      |
    3 |   amount: {type: money
      |           - opened here
    4 | otherwise:
      |          ^
      |
      = help: a text that holds brackets, commas or `: ` wants quotes here

    1 error
    ");
}

#[test]
fn a_line_that_is_indented_too_far() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
    grade: {type: text}
otherwise:
  amount: 1.00
  because: A fee.
"), @"
    error[R0002]: the indentation of this line fits no line above it
     --> decisions/fee.yaml:4:5
      |
    4 |     grade: {type: text}
      |     ^^^^^^^^^^^^^^^^^^^
      |
      = help: indent it exactly like the lines that it belongs to

    1 error
    ");
}
