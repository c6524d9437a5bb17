//! Guardrails that say nothing, several things at once, or what may not be said.

use super::{bundle, guarded};

const FEE: &str =
    "decision: fee\noutputs:\n  amount: {type: money, value: 1.00}\n  grade: {type: enum, values: [low, high], value: low}\n";

#[test]
fn a_guardrail_that_does_nothing_and_one_that_does_two_things() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: one, because: Nothing.}
  - {id: two, cap: fee.amount, floor: fee.amount, at: 1.00, because: Both.}
  - {cap: fee.amount, at: 1.00, because: Without a name.}
"), @"
    error[R0603]: a guardrail has to say what it does
     --> guardrails/limits.yaml:2:6
      |
    2 |   - {id: one, because: Nothing.}
      |      ^^
      |
      = help: use one of `cap`, `floor`, `forbid`, `require_approval`, `hold`, `refer`

    error[R0603]: a guardrail does one thing, this one has `cap` and `floor`
     --> guardrails/limits.yaml:3:6
      |
    3 |   - {id: two, cap: fee.amount, floor: fee.amount, at: 1.00, because: Both.}
      |      ^^
      |
      = help: use one of `cap`, `floor`, `forbid`, `require_approval`, `hold`, `refer`

    error[R0202]: a guardrail has no `id`
     --> guardrails/limits.yaml:4:6
      |
    4 |   - {cap: fee.amount, at: 1.00, because: Without a name.}
      |      ^^^
      |
      = help: add `id: ...`

    3 errors
    ");
}

#[test]
fn keys_of_another_verb() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: one, cap: fee.amount, because: No more.}
  - {id: two, hold: collection, at: 5.00, because: No dunning.}
  - {id: three, cap: fee.amount, at: 5.00, instead: {fee.amount: 1.00}, because: No more.}
"), @"
    error[R0202]: a guardrail has no `at`
     --> guardrails/limits.yaml:2:6
      |
    2 |   - {id: one, cap: fee.amount, because: No more.}
      |      ^^
      |
      = help: add `at: ...`

    error[R0603]: `at` does not belong to `hold`
     --> guardrails/limits.yaml:3:37
      |
    3 |   - {id: two, hold: collection, at: 5.00, because: No dunning.}
      |                                     ^^^^
      |
      = help: take it away; `at` says how high a `cap` or a `floor` is

    error[R0603]: `instead` does not belong to `cap`
     --> guardrails/limits.yaml:4:53
      |
    4 |   - {id: three, cap: fee.amount, at: 5.00, instead: {fee.amount: 1.00}, because: No more.}
      |                                                     ^^^^^^^^^^^^^^^^^^
      |
      = help: take it away; `unless` and `instead` belong to `forbid`

    3 errors
    ");
}

#[test]
fn no_reason() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - id: limit
    cap: fee.amount
    at: 5.00
"), @"
    error[R0206]: the guardrail `limit` has no `because`
     --> guardrails/limits.yaml:2:5
      |
    2 |   - id: limit
      |     ^^
      |
      = help: add `because: ...`: one sentence that the customer and your successor will understand

    1 error
    ");
}

#[test]
fn outputs_that_do_not_exist() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: one, cap: fees.amount, at: 5.00, because: No more.}
  - {id: two, cap: fee.amuont, at: 5.00, because: No more.}
  - {id: three, cap: fee, at: 5.00, because: No more.}
  - {id: four, cap: fee.grade, at: 5.00, because: No more.}
"), @"
    error[R0403]: there is no decision `fees`
     --> guardrails/limits.yaml:2:20
      |
    2 |   - {id: one, cap: fees.amount, at: 5.00, because: No more.}
      |                    ^^^^^^^^^^^
      |
      = help: did you mean `fee`?

    error[R0504]: the decision `fee` has no output `amuont`
     --> guardrails/limits.yaml:3:20
      |
    3 |   - {id: two, cap: fee.amuont, at: 5.00, because: No more.}
      |                    ^^^^^^^^^^
      |
      = help: did you mean `amount`?

    error[R0504]: `fee` has several outputs, and this does not say which one is meant
     --> guardrails/limits.yaml:4:22
      |
    4 |   - {id: three, cap: fee, at: 5.00, because: No more.}
      |                      ^^^
      |
      = help: write one of `fee.amount`, `fee.grade`

    error[R0603]: `fee.grade` is one of low, high; caps and floors bound money and numbers
     --> guardrails/limits.yaml:5:21
      |
    5 |   - {id: four, cap: fee.grade, at: 5.00, because: No more.}
      |                     ^^^^^^^^^
      |
      = help: to rule a value out, write `forbid: {decision.output: value}`

    4 errors
    ");
}

#[test]
fn bounds_of_the_wrong_type() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: one, cap: fee.amount, at: = customer.tenure_months, because: No more.}
  - {id: two, cap: fee.amount, at: five dollars, because: No more.}
  - {id: three, cap: fee.amount, at: = params.limit, because: No more.}
"), @"
    error[R0405]: an amount of money is wanted here, and the expression gives a whole number
     --> guardrails/limits.yaml:2:36
      |
    2 |   - {id: one, cap: fee.amount, at: = customer.tenure_months, because: No more.}
      |                                    ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write an amount as `money(20.00)`

    error[R0106]: `at`: `five` is not a number
     --> guardrails/limits.yaml:3:36
      |
    3 |   - {id: two, cap: fee.amount, at: five dollars, because: No more.}
      |                                    ^^^^^^^^^^^^
      |
      = help: write digits, a point and the code of a currency: `64.20 USD`

    error[R0403]: nothing is called `params.limit`
     --> guardrails/limits.yaml:4:40
      |
    4 |   - {id: three, cap: fee.amount, at: = params.limit, because: No more.}
      |                                        ^^^^^^^^^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    3 errors
    ");
}

#[test]
fn forbidding_without_saying_what_stands_instead() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: one, forbid: {fee.grade: high}, because: Never high.}
  - {id: two, forbid: {fee.grade: hihg}, instead: {fee.grade: lwo}, because: Never high.}
  - {id: three, forbid: {}, instead: {fee.grade: low}, because: Never high.}
  - {id: four, forbid: {fee.grade: high}, unless: {customer.teir: gold}, instead: {fee.grade: low}, because: Never high.}
"), @"
    error[R0202]: the guardrail `one` does not say what stands instead
     --> guardrails/limits.yaml:2:6
      |
    2 |   - {id: one, forbid: {fee.grade: high}, because: Never high.}
      |      ^^
      |
      = help: add `instead: {decision.output: value}`

    error[R0103]: `hihg` is not one of low, high
     --> guardrails/limits.yaml:3:35
      |
    3 |   - {id: two, forbid: {fee.grade: hihg}, instead: {fee.grade: lwo}, because: Never high.}
      |                                   ^^^^
      |
      = help: did you mean `high`?

    error[R0603]: the guardrail `three` forbids nothing
     --> guardrails/limits.yaml:4:6
      |
    4 |   - {id: three, forbid: {}, instead: {fee.grade: low}, because: Never high.}
      |      ^^
      |
      = help: write `forbid: {relationship.action: managed_exit}`

    error[R0403]: nothing is called `customer.teir`
     --> guardrails/limits.yaml:5:52
      |
    5 |   - {id: four, forbid: {fee.grade: high}, unless: {customer.teir: gold}, instead: {fee.grade: low}, because: Neve...
      |                                                    ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    4 errors
    ");
}

#[test]
fn a_hold_that_does_not_exist() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: one, hold: [colection, late_fees], because: No dunning.}
"), @"
    error[R0103]: there is no hold `colection`
     --> guardrails/limits.yaml:2:22
      |
    2 |   - {id: one, hold: [colection, late_fees], because: No dunning.}
      |                      ^^^^^^^^^
      |
      = help: did you mean `collection`?

    1 error
    ");
}

#[test]
fn conditions_that_mean_nothing() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - id: one
    when: {customer.teir: gold, customer.tier: goldd, dispute.occurrences: 60 to 10}
    require_approval: director
    because: A director looks.
"), @"
    error[R0403]: nothing is called `customer.teir`
     --> guardrails/limits.yaml:3:12
      |
    3 |     when: {customer.teir: gold, customer.tier: goldd, dispute.occurrences: 60 to 10}
      |            ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0103]: `goldd` is not one of standard, silver, gold, strategic
     --> guardrails/limits.yaml:3:48
      |
    3 |     when: {customer.teir: gold, customer.tier: goldd, dispute.occurrences: 60 to 10}
      |                                                ^^^^^
      |
      = help: did you mean `gold`?

    error[R0302]: `60 to 10` never holds: its ends are the wrong way round
     --> guardrails/limits.yaml:3:76
      |
    3 |     when: {customer.teir: gold, customer.tier: goldd, dispute.occurrences: 60 to 10}
      |                                                                            ^^^^^^^^
      |
      = help: write `10 to 60`

    3 errors
    ");
}

#[test]
fn dates_that_end_before_they_begin() {
    insta::assert_snapshot!(guarded(FEE, r"
guardrails:
  - {id: one, cap: fee.amount, at: 5.00, because: No more., from: 2026-06-01, until: 2026-01-01}
"), @"
    error[R0210]: this guardrail ends on 2026-01-01, before it begins on 2026-06-01
     --> guardrails/limits.yaml:2:6
      |
    2 |   - {id: one, cap: fee.amount, at: 5.00, because: No more., from: 2026-06-01, until: 2026-01-01}
      |      ^^
      |
      = help: write the earlier day first: `{from: 2026-01-01, until: 2026-12-31}`

    1 error
    ");
}

#[test]
fn an_unknown_key_and_a_file_without_its_list() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", super::BUNDLE),
        ("decisions/fee.yaml", FEE),
        ("guardrails/a.yaml", "guardrail:\n  - {id: one, cap: fee.amount, at: 5.00, because: No more.}\n"),
        ("guardrails/b.yaml", "guardrails:\n  - {id: two, cap: fee.amount, att: 5.00, because: No more.}\n"),
    ]), @"
    error[R0201]: a file of guardrails has no key `guardrail`
     --> guardrails/a.yaml:1:1
      |
    1 | guardrail:
      | ^^^^^^^^^
      |
      = help: did you mean `guardrails`?

    error[R0201]: a guardrail has no key `att`
     --> guardrails/b.yaml:2:32
      |
    2 |   - {id: two, cap: fee.amount, att: 5.00, because: No more.}
      |                                ^^^
      |
      = help: did you mean `at`?

    2 errors
    ");
}

#[test]
fn a_cap_on_what_collects() {
    insta::assert_snapshot!(guarded("decision: fee\nhit: collect\noutputs:\n  amount: {type: money}\nrules:\n  - {then: {amount: 1.00}, because: A fee.}\n", r"
guardrails:
  - {id: one, cap: fee.amount, at: 5.00, because: No more.}
"), @"
    error[R0603]: `fee` collects several results, and a guardrail bounds a single one
     --> guardrails/limits.yaml:2:20
      |
    2 |   - {id: one, cap: fee.amount, at: 5.00, because: No more.}
      |                    ^^^^^^^^^^
      |
      = help: bound an output that adds it up, such as `totals.goodwill_total`

    1 error
    ");
}
