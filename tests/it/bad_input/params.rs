//! Parameters.

use super::{bundle, decided};

const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money}\notherwise:\n  amount: params.fee\n  because: A fee.\n";

fn params(text: &str) -> String {
    let manifest = format!("bundle: test\nversion: 1\ncurrency: USD\n{}", text.trim_start_matches('\n'));
    bundle(&[("bundle.yaml", &manifest), ("decisions/fee.yaml", FEE)])
}

#[test]
fn a_bare_number_is_never_money() {
    insta::assert_snapshot!(params(r"
params:
  fee: 20.00
"), @"
    error[R0405]: `amount` is an amount of money, and `params.fee` is a number
     --> decisions/fee.yaml:5:11
      |
    5 |   amount: params.fee
      |           ^^^^^^^^^^
      |
      = help: give the parameter its currency in bundle.yaml: `20.00 USD`, or by currency `{USD: 20.00, EUR: 18.00}`

    1 error
    ");
}

#[test]
fn wrong_money_by_currency() {
    insta::assert_snapshot!(params(r"
params:
  fee: {USD: 20.00, EUR: twenty}
"), @"
    error[R0106]: `params.fee`: `twenty` is not a number
     --> bundle.yaml:5:26
      |
    5 |   fee: {USD: 20.00, EUR: twenty}
      |                          ^^^^^^
      |
      = help: money by currency is written `{USD: 100.00, EUR: 90.00}`

    1 error
    ");
}

#[test]
fn a_currency_that_does_not_exist() {
    insta::assert_snapshot!(params(r"
params:
  fee: {USD: 20.00, XQX: 30.00}
"), @"
    error[R0106]: `params.fee`: `XQX` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
     --> bundle.yaml:5:26
      |
    5 |   fee: {USD: 20.00, XQX: 30.00}
      |                          ^^^^^
      |
      = help: money by currency is written `{USD: 100.00, EUR: 90.00}`

    1 error
    ");
}

#[test]
fn money_in_a_currency_that_does_not_exist() {
    insta::assert_snapshot!(params(r"
params:
  fee: 20.00 UDS
"), @"
    error[R0106]: `params.fee`: `UDS` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
     --> bundle.yaml:5:8
      |
    5 |   fee: 20.00 UDS
      |        ^^^^^^^^^
      |
      = help: write an amount with a point and a currency code: `20.00 USD`

    1 error
    ");
}

#[test]
fn money_with_a_decimal_comma() {
    insta::assert_snapshot!(params(r"
params:
  fee: 20,00 USD
"), @"
    error[R0106]: `params.fee`: `20,00` is not a number
     --> bundle.yaml:5:8
      |
    5 |   fee: 20,00 USD
      |        ^^^^^^^^^
      |
      = help: write an amount with a point and a currency code: `20.00 USD`

    1 error
    ");
}

#[test]
fn a_parameter_that_does_not_exist() {
    insta::assert_snapshot!(params(r"
params:
  fees: 20.00 USD
"), @"
    error[R0403]: nothing is called `params.fee`
     --> decisions/fee.yaml:5:11
      |
    5 |   amount: params.fee
      |           ^^^^^^^^^^
      |
      = help: did you mean `params.fees`?

    1 error
    ");
}

#[test]
fn no_value_at_all() {
    insta::assert_snapshot!(params(r"
params:
  fee:
"), @"
    error[R0203]: `params.fee` has no value
     --> bundle.yaml:5:7
      |
    5 |   fee:
      |       ^
      |
      = help: write a number, an amount or a text: `0.50`, `20.00 USD`, `standard`

    1 error
    ");
}

#[test]
fn periods_that_overlap_change_type_or_end_before_they_begin() {
    insta::assert_snapshot!(params(r"
params:
  fee:
    - {from: 2026-01-01, until: 2026-07-31, value: 20.00 USD}
    - {from: 2026-07-01, value: 22.50 USD}
  limit:
    - {from: 2026-01-01, value: 3}
    - {from: 2026-07-01, value: three}
  share:
    - {from: 2026-07-01, until: 2026-01-01, value: 0.5}
"), @"
    error[R0210]: two periods of `params.fee` hold on 2026-07-01
     --> bundle.yaml:6:5
      |
    6 | /     - {from: 2026-01-01, until: 2026-07-31, value: 20.00 USD}
    7 | |     - {from: 2026-07-01, value: 22.50 USD}
      | |__________________________________________^
      |
      = help: end the earlier one with `until: 2026-06-30`

    error[R0304]: `params.limit` is a whole number in one period and text in another
      --> bundle.yaml:10:7
       |
    10 |     - {from: 2026-07-01, value: three}
       |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: name something of the kind that is asked for, or change the type where it is declared

    error[R0210]: this period ends on 2026-01-01, before it begins on 2026-07-01
      --> bundle.yaml:12:7
       |
    12 |     - {from: 2026-07-01, until: 2026-01-01, value: 0.5}
       |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write the earlier day first: `{from: 2026-01-01, until: 2026-12-31}`

    3 errors
    ");
}

#[test]
fn a_period_with_an_unknown_key_and_a_wrong_day() {
    insta::assert_snapshot!(params(r"
params:
  fee:
    - {form: 2026-01-01, value: 20.00 USD}
    - {from: 01.07.2026, value: 22.50 USD}
"), @"
    error[R0201]: a period of a parameter has no key `form`
     --> bundle.yaml:6:8
      |
    6 |     - {form: 2026-01-01, value: 20.00 USD}
      |        ^^^^
      |
      = help: did you mean `from`?

    error[R0203]: `from`: `01.07.2026` is not a date
     --> bundle.yaml:7:14
      |
    7 |     - {from: 01.07.2026, value: 22.50 USD}
      |              ^^^^^^^^^^
      |
      = help: write it as `2026-03-05`

    2 errors
    ");
}

#[test]
fn a_name_that_no_expression_could_read() {
    insta::assert_snapshot!(params(r"
params:
  fee: 20.00 USD
  small-claim: {limit: 3}
"), @"
    error[R0203]: `small-claim` cannot be the name of a parameter
     --> bundle.yaml:6:3
      |
    6 |   small-claim: {limit: 3}
      |   ^^^^^^^^^^^
      |
      = help: use letters, digits and underscores

    1 error
    ");
}

#[test]
fn a_case_in_a_currency_that_the_parameter_does_not_know() {
    let files = [
        ("bundle.yaml", "bundle: test\nversion: 1\ncurrency: case\nparams:\n  fee: {USD: 20.00, EUR: 18.00}\n"),
        ("decisions/fee.yaml", FEE),
    ];
    insta::assert_snapshot!(decided(&files, "dispute: {disputed_amount: 40.00 BRL}"), @"
    status: referred
    fee: fault
    fault in fee (value) at decisions/fee.yaml:1:11: `params.fee` has no amount in BRL
    ");
}

#[test]
fn a_case_without_a_currency() {
    let files = [
        ("bundle.yaml", "bundle: test\nversion: 1\ncurrency: case\nparams:\n  fee: {USD: 20.00, EUR: 18.00}\n"),
        ("decisions/fee.yaml", FEE),
    ];
    insta::assert_snapshot!(decided(&files, "complaint: {case_id: D-1}"), @"
    status: referred
    fee: fault
    fault in fee (value) at decisions/fee.yaml:1:11: `params.fee` is money by currency, and the case names no currency
    ");
}

#[test]
fn a_day_on_which_the_parameter_has_no_value() {
    let files = [
        ("bundle.yaml", "bundle: test\nversion: 1\ncurrency: USD\nparams:\n  fee:\n    - {from: 2026-07-01, value: 22.50 USD}\n"),
        ("decisions/fee.yaml", FEE),
    ];
    insta::assert_snapshot!(decided(&files, "complaint: {case_id: D-1, policy_date: 2026-03-01}"), @"
    status: referred
    fee: fault
    fault in fee (value) at decisions/fee.yaml:1:11: `params.fee` has no value on 2026-03-01
    ");
}
