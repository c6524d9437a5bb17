//! What a cell is compared with: wrong types, unknown members, bounds that are no bounds.

use super::{bundle, decision};

/// A decision with one condition in YAML.
fn when(condition: &str) -> String {
    decision(&format!(
        "decision: fee\noutputs:\n  amount: {{type: money, default: 0.00}}\nrules:\n  - id: only\n    when:\n      {condition}\n    because: A fee.\n"
    ))
}

#[test]
fn a_member_that_does_not_exist() {
    insta::assert_snapshot!(when("customer.tier: goldd"), @"
    error[R0103]: `goldd` is not one of standard, silver, gold, strategic
     --> decisions/fee.yaml:7:22
      |
    7 |       customer.tier: goldd
      |                      ^^^^^
      |
      = help: did you mean `gold`?

    1 error
    ");
}

#[test]
fn a_member_that_does_not_exist_in_a_list() {
    insta::assert_snapshot!(when("customer.tier: [gold, sliver, missing]"), @"
    error[R0103]: `sliver` is not one of standard, silver, gold, strategic
     --> decisions/fee.yaml:7:29
      |
    7 |       customer.tier: [gold, sliver, missing]
      |                             ^^^^^^
      |
      = help: did you mean `silver`?

    1 error
    ");
}

#[test]
fn a_member_that_does_not_exist_behind_not() {
    insta::assert_snapshot!(when("customer.tier: {not: [gold, platin]}"), @"
    error[R0103]: `platin` is not one of standard, silver, gold, strategic
     --> decisions/fee.yaml:7:35
      |
    7 |       customer.tier: {not: [gold, platin]}
      |                                   ^^^^^^
      |
      = help: write one of the names that are listed, or `unknown` where nobody knows

    1 error
    ");
}

#[test]
fn a_mapping_that_is_no_condition() {
    insta::assert_snapshot!(when("customer.tier: {is: gold}"), @"
    error[R0201]: unknown key `is` in a cell
     --> decisions/fee.yaml:7:23
      |
    7 |       customer.tier: {is: gold}
      |                       ^^
      |
      = help: a cell is a text, a list or `{not: [...]}`

    1 error
    ");
}

#[test]
fn a_text_where_a_number_is_compared() {
    insta::assert_snapshot!(when("customer.tenure_months: long"), @"
    error[R0301]: `long` is not a whole number
     --> decisions/fee.yaml:7:31
      |
    7 |       customer.tenure_months: long
      |                               ^^^^
      |
      = help: write a value or a condition: `true`, `5`, `at least 5`, `5 to 10`, `[card, loan]`, `not card`

    1 error
    ");
}

#[test]
fn a_number_where_true_or_false_is_compared() {
    insta::assert_snapshot!(when("customer.leave_threat: 1"), @"
    error[R0301]: `1` is not true or false
     --> decisions/fee.yaml:7:30
      |
    7 |       customer.leave_threat: 1
      |                              ^
      |
      = help: write a value or a condition: `true`, `5`, `at least 5`, `5 to 10`, `[card, loan]`, `not card`

    1 error
    ");
}

#[test]
fn yes_where_true_or_false_is_compared() {
    insta::assert_snapshot!(when("customer.leave_threat: yes"), @"
    error[R0301]: `yes` is not true or false
     --> decisions/fee.yaml:7:30
      |
    7 |       customer.leave_threat: yes
      |                              ^^^
      |
      = help: write `true`

    1 error
    ");
}

#[test]
fn an_order_of_names_that_have_none() {
    insta::assert_snapshot!(when("customer.segment: at least consumer"), @"
    error[R0304]: `at least` compares by order, and the column has none: it holds one of consumer, micro_business, small_business, enterprise, public_body
     --> decisions/fee.yaml:7:25
      |
    7 |       customer.segment: at least consumer
      |                         ^^^^^^^^^^^^^^^^^
      |
      = help: declare the values from the least to the most, with `ordered: true`, or list those that will do

    1 error
    ");
}

#[test]
fn an_order_of_texts() {
    insta::assert_snapshot!(when("complaint.language: over en"), @r#"
    error[R0304]: `over` compares by order, and the column has none: it holds text
     --> decisions/fee.yaml:7:27
      |
    7 |       complaint.language: over en
      |                           ^^^^^^^
      |
      = help: to take the text as it stands, write `'"over en"'`

    1 error
    "#);
}

#[test]
fn a_day_for_an_instant() {
    insta::assert_snapshot!(when("complaint.received_at: after 2026-03-01"), @"
    error[R0304]: `2026-03-01` is a day, the column holds times with their offset from UTC
     --> decisions/fee.yaml:7:36
      |
    7 |       complaint.received_at: after 2026-03-01
      |                                    ^^^^^^^^^^
      |
      = help: write a time such as `2026-03-01T00:00:00Z`, or let the day be a `let`, `= day_of(...)`, and ask that

    1 error
    ");
}

#[test]
fn a_day_that_does_not_exist() {
    insta::assert_snapshot!(when("invoice.due_on: before 2026-02-30"), @"
    error[R0301]: there is no day 2026-02-30
     --> decisions/fee.yaml:7:30
      |
    7 |       invoice.due_on: before 2026-02-30
      |                              ^^^^^^^^^^
      |
      = help: write a value or a condition: `true`, `5`, `at least 5`, `5 to 10`, `[card, loan]`, `not card`

    1 error
    ");
}

#[test]
fn a_day_written_another_way() {
    insta::assert_snapshot!(when("invoice.due_on: before 03/01/2026"), @"
    error[R0301]: `03/01/2026` is not a date
     --> decisions/fee.yaml:7:30
      |
    7 |       invoice.due_on: before 03/01/2026
      |                              ^^^^^^^^^^
      |
      = help: write it as `2026-03-05`

    1 error
    ");
}

#[test]
fn a_place_that_is_none() {
    insta::assert_snapshot!(when("complaint.jurisdiction: Virginia"), @"
    error[R0301]: `Virginia` is not a place
     --> decisions/fee.yaml:7:31
      |
    7 |       complaint.jurisdiction: Virginia
      |                               ^^^^^^^^
      |
      = help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`

    1 error
    ");
}

#[test]
fn money_for_a_number() {
    insta::assert_snapshot!(when("customer.tenure_months: at least 12 USD"), @"
    error[R0301]: `12 USD` is not a whole number
     --> decisions/fee.yaml:7:40
      |
    7 |       customer.tenure_months: at least 12 USD
      |                                        ^^^^^^
      |
      = help: write a value or a condition: `true`, `5`, `at least 5`, `5 to 10`, `[card, loan]`, `not card`

    1 error
    ");
}

#[test]
fn money_in_a_currency_that_does_not_exist() {
    insta::assert_snapshot!(when("dispute.disputed_amount: at least 12 UDS"), @"
    error[R0106]: `UDS` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
     --> decisions/fee.yaml:7:41
      |
    7 |       dispute.disputed_amount: at least 12 UDS
      |                                         ^^^^^^
      |
      = help: write digits, a point and the code of a currency: `64.20 USD`

    1 error
    ");
}

#[test]
fn an_expression_is_no_cell() {
    insta::assert_snapshot!(when("dispute.disputed_amount: = customer.annual_revenue"), @"
    error[R0301]: a condition holds no expression
     --> decisions/fee.yaml:7:32
      |
    7 |       dispute.disputed_amount: = customer.annual_revenue
      |                                ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `customer.annual_revenue` for the value itself, or name the expression with a `let` and make that a condition

    1 error
    ");
}

#[test]
fn a_fact_is_no_bound() {
    insta::assert_snapshot!(when("dispute.disputed_amount: at most invoice.total"), @"
    error[R0301]: `invoice.total` is not an amount of money
     --> decisions/fee.yaml:7:40
      |
    7 |       dispute.disputed_amount: at most invoice.total
      |                                        ^^^^^^^^^^^^^
      |
      = help: a cell compares with a fixed value or with a parameter (`params...`); to compare two facts, name the result with a `let`

    1 error
    ");
}

#[test]
fn parameters_as_bounds() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
params: {limit: 3, words: few}
"), ("decisions/fee.yaml", r"
decision: fee
outputs:
  amount: {type: money, default: 0.00}
rules:
  - when:
      dispute.occurrences: at most params.limti
      dispute.disputed_amount: at most params.limit
      customer.tenure_months: at most params.words
    because: A fee.
")]), @"
    error[R0403]: there is no parameter `params.limti`
     --> decisions/fee.yaml:6:36
      |
    6 |       dispute.occurrences: at most params.limti
      |                                    ^^^^^^^^^^^^
      |
      = help: did you mean `params.limit`?

    error[R0304]: `params.limit` is a whole number, the column holds an amount of money
     --> decisions/fee.yaml:7:40
      |
    7 |       dispute.disputed_amount: at most params.limit
      |                                        ^^^^^^^^^^^^
      |
      = help: name something of the kind that is asked for, or change the type where it is declared

    error[R0304]: `params.words` is text, the column holds a whole number
     --> decisions/fee.yaml:8:39
      |
    8 |       customer.tenure_months: at most params.words
      |                                       ^^^^^^^^^^^^
      |
      = help: name something of the kind that is asked for, or change the type where it is declared

    3 errors
    ");
}

#[test]
fn a_condition_on_a_whole_group() {
    insta::assert_snapshot!(when("customer: gold"), @"
    error[R0403]: `customer` is a group of facts, not a fact
     --> decisions/fee.yaml:7:7
      |
    7 |       customer: gold
      |       ^^^^^^^^
      |
      = help: name one of its facts, such as `customer.customer_id`

    1 error
    ");
}

#[test]
fn a_condition_on_a_list_of_groups() {
    insta::assert_snapshot!(when("dispute.consequential_charges: late_fee"), @"
    error[R0301]: a consequential charge is a group of facts: a cell can only ask whether it is there
     --> decisions/fee.yaml:7:38
      |
    7 |       dispute.consequential_charges: late_fee
      |                                      ^^^^^^^^
      |
      = help: write `present` or `missing`, or name one of its fields

    1 error
    ");
}

#[test]
fn an_empty_list_of_conditions() {
    insta::assert_snapshot!(when("customer.tier: []"), @"
    error[R0302]: a list without alternatives never holds
     --> decisions/fee.yaml:7:22
      |
    7 |       customer.tier: []
      |                      ^^
      |
      = help: name the values, or write `any`

    1 error
    ");
}

#[test]
fn nothing_behind_the_key() {
    insta::assert_snapshot!(when("customer.tier:"), @"
    error[R0301]: nothing stands behind the key
     --> decisions/fee.yaml:7:21
      |
    7 |       customer.tier:
      |                     ^
      |
      = help: write `any` where every value will do, or leave the key out

    1 error
    ");
}

#[test]
fn a_word_form_without_its_number() {
    insta::assert_snapshot!(when("dispute.occurrences: at least"), @"
    error[R0301]: `at least` says nothing to compare with
     --> decisions/fee.yaml:7:28
      |
    7 |       dispute.occurrences: at least
      |                            ^^^^^^^^
      |
      = help: write a value or a condition: `true`, `5`, `at least 5`, `5 to 10`, `[card, loan]`, `not card`

    1 error
    ");
}

#[test]
fn a_list_under_when() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, default: 0.00}
rules:
  - when: [customer.tier, gold]
    because: A fee.
"), @"
    error[R0203]: `when` is a mapping, found a list
     --> decisions/fee.yaml:5:11
      |
    5 |   - when: [customer.tier, gold]
      |           ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `when: {name: value}`, or each pair on a line of its own below `when:`

    1 error
    ");
}
