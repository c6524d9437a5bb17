//! Money of a case.

use super::cases;

fn fact(text: &str) -> String {
    cases("case.yaml", text)
}

#[test]
fn money_as_a_json_number() {
    insta::assert_snapshot!(cases("case.json", r#"{"dispute": {"disputed_amount": {"amount": 64.2, "currency": "USD"}}}"#), @r#"
    error[R0106]: `dispute.disputed_amount` has an amount that is a JSON number; on its way such a number may pass through binary floating point
     --> case.json:1:44
      |
    1 | {"dispute": {"disputed_amount": {"amount": 64.2, "currency": "USD"}}}
      |                                            ^^^^
      |
      = help: write it as text: `"64.2"`

    1 error
    "#);
}

#[test]
fn money_without_a_currency() {
    insta::assert_snapshot!(fact("dispute: {disputed_amount: 64.20}"), @"
    error[R0106]: `dispute.disputed_amount`: `64.20` has no currency
     --> case.yaml:1:28
      |
    1 | dispute: {disputed_amount: 64.20}
      |                            ^^^^^
      |
      = help: write it as `64.20 USD`

    1 error
    ");
}

#[test]
fn a_bare_json_number_for_money() {
    insta::assert_snapshot!(cases("case.json", r#"{"dispute": {"disputed_amount": 64.2}}"#), @r#"
    error[R0106]: `dispute.disputed_amount`: `64.2` has no currency
     --> case.json:1:33
      |
    1 | {"dispute": {"disputed_amount": 64.2}}
      |                                 ^^^^
      |
      = help: write it as `64.20 USD`

    1 error
    "#);
}

#[test]
fn money_in_parts_with_mistakes() {
    insta::assert_snapshot!(fact(r"
invoice:
  total: {amount: 64.20, curency: USD}
  paid: {amount: 64.20}
dispute:
  disputed_amount: {amount: sixty, currency: Dollar}
"), @r#"
    error[R0106]: `invoice.total` has no part `curency`; money has `amount` and `currency`
     --> case.yaml:2:26
      |
    2 |   total: {amount: 64.20, curency: USD}
      |                          ^^^^^^^
      |
      = help: did you mean `currency`?

    error[R0106]: `invoice.paid` has no `currency`
     --> case.yaml:3:9
      |
    3 |   paid: {amount: 64.20}
      |         ^^^^^^^^^^^^^^^
      |
      = help: write it as `{amount: "64.20", currency: USD}` or `64.20 USD`

    error[R0106]: `dispute.disputed_amount`: `sixty` is not a number
     --> case.yaml:5:29
      |
    5 |   disputed_amount: {amount: sixty, currency: Dollar}
      |                             ^^^^^
      |
      = help: write digits, a point and the code of a currency: `64.20 USD`

    error[R0106]: `dispute.disputed_amount`: `Dollar` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
     --> case.yaml:5:46
      |
    5 |   disputed_amount: {amount: sixty, currency: Dollar}
      |                                              ^^^^^^
      |
      = help: write digits, a point and the code of a currency: `64.20 USD`

    4 errors
    "#);
}

#[test]
fn money_with_a_sign_a_comma_or_a_small_code() {
    insta::assert_snapshot!(fact(r"
invoice: {total: $64.20, paid: 64.20 usd}
dispute: {disputed_amount: '64,20 EUR', requested_amount: '1,064.20 USD'}
"), @"
    error[R0106]: `invoice.total`: `$64.20` has no currency
     --> case.yaml:1:18
      |
    1 | invoice: {total: $64.20, paid: 64.20 usd}
      |                  ^^^^^^
      |
      = help: write it as `64.20 USD`

    error[R0106]: `invoice.paid`: `usd` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
     --> case.yaml:1:32
      |
    1 | invoice: {total: $64.20, paid: 64.20 usd}
      |                                ^^^^^^^^^
      |
      = help: write `64.20 USD`

    error[R0106]: `dispute.disputed_amount`: `64,20` is not a number
     --> case.yaml:2:28
      |
    2 | dispute: {disputed_amount: '64,20 EUR', requested_amount: '1,064.20 USD'}
      |                            ^^^^^^^^^^^
      |
      = help: write `64.20 EUR`

    error[R0106]: `dispute.requested_amount`: `1,064.20` is not a number
     --> case.yaml:2:59
      |
    2 | dispute: {disputed_amount: '64,20 EUR', requested_amount: '1,064.20 USD'}
      |                                                           ^^^^^^^^^^^^^^
      |
      = help: write `1064.20 USD`

    4 errors
    ");
}

#[test]
fn money_with_too_many_digits() {
    insta::assert_snapshot!(fact("dispute: {disputed_amount: 12345678901234567890123456789.99 USD}"), @"
    error[R0106]: `dispute.disputed_amount`: `12345678901234567890123456789.99` has more than 28 digits, which cannot be kept exactly
     --> case.yaml:1:28
      |
    1 | dispute: {disputed_amount: 12345678901234567890123456789.99 USD}
      |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write digits, a point and the code of a currency: `64.20 USD`

    1 error
    ");
}

#[test]
fn money_below_zero() {
    insta::assert_snapshot!(fact("dispute: {disputed_amount: -5.00 USD}"), @"
    error[R0104]: `dispute.disputed_amount` is never below zero, found `-5.00 USD`
     --> case.yaml:1:28
      |
    1 | dispute: {disputed_amount: -5.00 USD}
      |                            ^^^^^^^^^
      |
      = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    1 error
    ");
}
