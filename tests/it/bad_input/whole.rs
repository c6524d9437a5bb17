//! All problems of all files in one run.

use super::bundle;

#[test]
fn eight_mistakes_in_six_files() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", r"
bundle: test
version: 1
currency: USD
owners: customer-care
params:
  fee: {USD: 5.00, EUR: five}
plugins:
  - {id: loyalty, script: scripts/loyalty.rhai, after: interest_rate, on_failure: skip}
"),
        ("decisions/fee.yaml", r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - id: gold
    when: {customer.tier: goldd}
    then: {amount: 0.00}
    because: Gold pays nothing.
otherwise: {amount: 1.00}
"),
        ("decisions/interest_rate.yaml", r"
decision: interest_rate
outputs:
  percent: {type: decimal, value: = customer.tenure_month / 12}
"),
        ("decisions/broken.yaml", "decision: broken\noutputs:\n\tamount: {type: money}\n"),
        ("guardrails/limits.yaml", r"
guardrails:
  - {id: limit, cap: fee.amuont, at: 5.00, because: No more.}
"),
        ("scripts/loyalty.rhai", "
fn interest_rate(facts, draft, settings) {
    draft.percent = draft.percent * 2
    draft
}
"),
    ]), @"
    error[R0201]: bundle.yaml has no key `owners`
     --> bundle.yaml:4:1
      |
    4 | owners: customer-care
      | ^^^^^^
      |
      = help: did you mean `owner`?

    error[R0106]: `params.fee`: `five` is not a number
     --> bundle.yaml:6:25
      |
    6 |   fee: {USD: 5.00, EUR: five}
      |                         ^^^^
      |
      = help: money by currency is written `{USD: 100.00, EUR: 90.00}`

    error[R0007]: a tab indents this line
     --> decisions/broken.yaml:3:1
      |
    3 |     amount: {type: money}
      | ^^^^
      |
      = help: indent with spaces; most editors can be told to do so for YAML files

    error[R0103]: `goldd` is not one of standard, silver, gold, strategic
     --> decisions/fee.yaml:7:27
      |
    7 |     when: {customer.tier: goldd}
      |                           ^^^^^
      |
      = help: did you mean `gold`?

    error[R0206]: `otherwise` has no `because`
      --> decisions/fee.yaml:10:13
       |
    10 | otherwise: {amount: 1.00}
       |             ^^^^^^
       |
       = help: add `because: ...`: one sentence that the customer and your successor will understand

    error[R0403]: nothing is called `customer.tenure_month`
     --> decisions/interest_rate.yaml:3:37
      |
    3 |   percent: {type: decimal, value: = customer.tenure_month / 12}
      |                                     ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tenure_months`?

    error[R0504]: the decision `fee` has no output `amuont`
     --> guardrails/limits.yaml:2:22
      |
    2 |   - {id: limit, cap: fee.amuont, at: 5.00, because: No more.}
      |                      ^^^^^^^^^^
      |
      = help: did you mean `amount`?

    error[R0401]: `;` is missing to terminate this statement
     --> scripts/loyalty.rhai:3:5
      |
    3 |     draft
      |     ^^^^^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    8 errors
    ");
}

#[test]
fn a_broken_file_does_not_make_others_wrong() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", super::BUNDLE),
        ("decisions/base.yaml", "decision: base_fee\noutputs:\n  amount: {type: money\n"),
        ("decisions/fee.yaml", "decision: fee\noutputs:\n  amount: {type: money, value: = base_fee.amount}\n"),
        ("guardrails/limits.yaml", "guardrails:\n  - {id: limit, cap: base_fee.amount, at: 5.00, because: No more.}\n"),
    ]), @"
    error[R0002]: the `{` is never closed
     --> decisions/base.yaml:3:11
      |
    3 |   amount: {type: money
      |           ^
      |
      = help: close it; a text that begins with a bracket wants quotes

    1 error
    ");
}

#[test]
fn a_broken_bundle_yaml_does_not_make_decisions_wrong() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", "bundle: test\nversion: 1\ncurrency: USD\nparams:\n  fee: {USD: five}\n"),
        ("decisions/fee.yaml", "decision: fee\noutputs:\n  amount: {type: money, value: params.fee}\n"),
    ]), @"
    error[R0106]: `params.fee`: `five` is not a number
     --> bundle.yaml:5:14
      |
    5 |   fee: {USD: five}
      |              ^^^^
      |
      = help: money by currency is written `{USD: 100.00, EUR: 90.00}`

    1 error
    ");
}

#[test]
fn a_broken_output_does_not_make_its_rules_wrong() {
    insta::assert_snapshot!(super::decision(r"
decision: fee
outputs:
  amount: {type: monney}
rules:
  - when: {customer.tier: gold}
    then: {amount: 0.00}
    because: Gold pays {amount}.
otherwise: {amount: 1.00, because: A fee.}
"), @"
    error[R0203]: there is no type `monney`
     --> decisions/fee.yaml:3:18
      |
    3 |   amount: {type: monney}
      |                  ^^^^^^
      |
      = help: did you mean `money`?

    1 error
    ");
}

#[test]
fn policy_tests_that_cannot_be_read() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", super::BUNDLE),
        ("decisions/fee.yaml", "decision: fee\noutputs:\n  amount: {type: money, value: 1.00}\n"),
        ("tests/fee.yaml", r"
tests:
  - name: Without a time
    given: {customer.tier: gold}
    expect: {fee.amount: 1.00}
  - name: Without a case
    at: 2026-03-05
    expect: {fee.amount: 1.00}
  - name: With nothing expected
    given: {customer.tier: gold}
    at: 2026-03-05
  - name: At a time without its offset
    given: {customer.tier: gold}
    at: 2026-03-05T10:00:00
    expect: {fee.amount: 1.00}
"),
    ]), @"
    error[R0202]: a policy test has no `at`
     --> tests/fee.yaml:2:5
      |
    2 |   - name: Without a time
      |     ^^^^
      |
      = help: add `at: ...`

    error[R0202]: a policy test has no `given`
     --> tests/fee.yaml:5:5
      |
    5 |   - name: Without a case
      |     ^^^^
      |
      = help: add `given: ...`

    error[R0202]: a policy test has no `expect`
     --> tests/fee.yaml:8:5
      |
    8 |   - name: With nothing expected
      |     ^^^^
      |
      = help: add `expect: ...`

    error[R0801]: `at`: `2026-03-05T10:00:00` is not a time
      --> tests/fee.yaml:13:9
       |
    13 |     at: 2026-03-05T10:00:00
       |         ^^^^^^^^^^^^^^^^^^^
       |
       = help: write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`; a day alone is written `2026-03-05`

    4 errors
    ");
}
