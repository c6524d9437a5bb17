//! What a decision says of itself: rules, reasons, dates, hit policies.

use super::decision;

#[test]
fn a_rule_and_otherwise_without_because() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - id: gold
    when: {customer.tier: gold}
    then: {amount: 0.00}
  - when: {customer.tier: silver}
    then: {amount: 0.50}
    because:
otherwise:
  amount: 1.00
"), @"
    error[R0206]: the rule `gold` has no `because`
     --> decisions/fee.yaml:5:5
      |
    5 |   - id: gold
      |     ^^
      |
      = help: add `because: ...`: one sentence that the customer and your successor will understand

    error[R0206]: the rule `#2` has no `because`
     --> decisions/fee.yaml:8:5
      |
    8 |   - when: {customer.tier: silver}
      |     ^^^^
      |
      = help: add `because: ...`: one sentence that the customer and your successor will understand

    error[R0206]: `otherwise` has no `because`
      --> decisions/fee.yaml:12:3
       |
    12 |   amount: 1.00
       |   ^^^^^^
       |
       = help: add `because: ...`: one sentence that the customer and your successor will understand

    3 errors
    ");
}

#[test]
fn a_because_that_is_blank() {
    insta::assert_snapshot!(decision(r#"
decision: fee
outputs:
  amount: {type: money}
otherwise:
  amount: 1.00
  because: " "
"#), @"
    error[R0206]: `otherwise` has no `because`
     --> decisions/fee.yaml:5:3
      |
    5 |   amount: 1.00
      |   ^^^^^^
      |
      = help: add `because: ...`: one sentence that the customer and your successor will understand

    1 error
    ");
}

#[test]
fn a_because_that_names_what_nobody_knows() {
    insta::assert_snapshot!(decision(r#"
decision: fee
outputs:
  amount: {type: money}
otherwise:
  amount: 1.00
  because: "You pay {amout} as a {customer.teir} customer {"
"#), @r#"
    error[R0403]: nothing is called `amout`
     --> decisions/fee.yaml:6:22
      |
    6 |   because: "You pay {amout} as a {customer.teir} customer {"
      |                      ^^^^^
      |
      = help: did you mean `amount`?

    error[R0403]: nothing is called `customer.teir`
     --> decisions/fee.yaml:6:35
      |
    6 |   because: "You pay {amout} as a {customer.teir} customer {"
      |                                   ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0401]: `{` has no partner
     --> decisions/fee.yaml:6:59
      |
    6 |   because: "You pay {amout} as a {customer.teir} customer {"
      |                                                           ^
      |
      = help: a name is written as `{name}`, a brace itself as `{{`

    3 errors
    "#);
}

#[test]
fn a_decision_without_anything_that_decides() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
"), @"
    error[R0505]: `fee` decides nothing: it has no rules, no values and no script
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: add `rules:`, a `table:`, a `script:`, or a `value:` to each output

    1 error
    ");
}

#[test]
fn a_decision_without_outputs() {
    insta::assert_snapshot!(decision(r"
decision: fee
rules:
  - when: {customer.tier: gold}
    because: Gold pays little.
"), @"
    error[R0505]: `fee` declares no `outputs`
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: add `outputs: {amount: {type: money}}`: the names and types of what it decides

    1 error
    ");
}

#[test]
fn a_decision_without_a_name() {
    insta::assert_snapshot!(decision(r"
outputs:
  amount: {type: money}
otherwise:
  amount: 1.00
  because: A fee.
"), @"
    error[R0202]: a decision has no `decision`
     --> decisions/fee.yaml:1:1
      |
    1 | outputs:
      | ^^^^^^^
      |
      = help: add `decision: ...`

    1 error
    ");
}

#[test]
fn rules_and_values_at_once() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, value: 1.00}
rules:
  - when: {customer.tier: gold}
    then: {amount: 0.00}
    because: Gold pays nothing.
"), @"
    error[R0505]: `fee` is decided in more than one way
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: rules, values of outputs, a script and a native plugin exclude each other

    1 error
    ");
}

#[test]
fn rules_and_a_table_at_once() {
    insta::assert_snapshot!(decision(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - when: {customer.tier: gold}
    then: {amount: 0.00}
    because: Gold pays nothing.
table: |
  | customer.tier | => amount | because             |
  | silver        | 0.50      | Silver pays a half. |
"), @"
    error[R0306]: `fee` has rules and a table; a decision is written in one way
     --> decisions/fee.yaml:6:5
      |
    6 |   - when: {customer.tier: gold}
      |     ^^^^
      |
      = help: write the rules as rows of the table, or take the `table` away

    1 error
    ");
}

#[test]
fn a_value_for_one_output_only() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money, value: 1.00}
  grade: {type: text}
"), @"
    error[R0503]: `grade` has no `value`, while other outputs of `fee` have one
     --> decisions/fee.yaml:4:3
      |
    4 |   grade: {type: text}
      |   ^^^^^
      |
      = help: give each output a `value`, or none of them

    1 error
    ");
}

#[test]
fn dates_that_end_before_they_begin() {
    insta::assert_snapshot!(decision(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - id: summer
    when: {customer.tier: gold}
    then: {amount: 0.00}
    because: Gold pays nothing.
    from: 2026-09-01
    until: 2026-06-01
  - id: winter
    then: {amount: 0.00}
    because: Nobody pays.
    from: 1 December 2026
otherwise: {amount: 1.00, because: A fee.}
"), @"
    error[R0210]: this rule ends on 2026-06-01, before it begins on 2026-09-01
     --> decisions/fee.yaml:6:5
      |
    6 |   - id: summer
      |     ^^
      |
      = help: write the earlier day first: `{from: 2026-01-01, until: 2026-12-31}`

    error[R0203]: `from`: `1 December 2026` is not a date
      --> decisions/fee.yaml:15:11
       |
    15 |     from: 1 December 2026
       |           ^^^^^^^^^^^^^^^
       |
       = help: write it as `2026-03-05`

    2 errors
    ");
}

#[test]
fn mistyped_keys_are_reported_once() {
    insta::assert_snapshot!(decision(r"
decision: fee
output:
  amount: {type: money}
rules:
  - id: gold
    wehn: {customer.tier: gold}
    thn: {amount: 0.00}
    becuase: Gold pays nothing.
otherwise: {amount: 1.00, becuase: A fee.}
"), @"
    error[R0201]: a decision has no key `output`
     --> decisions/fee.yaml:2:1
      |
    2 | output:
      | ^^^^^^
      |
      = help: did you mean `outputs`?

    error[R0201]: a rule has no key `wehn`
     --> decisions/fee.yaml:6:5
      |
    6 |     wehn: {customer.tier: gold}
      |     ^^^^
      |
      = help: did you mean `when`?

    error[R0201]: a rule has no key `thn`
     --> decisions/fee.yaml:7:5
      |
    7 |     thn: {amount: 0.00}
      |     ^^^
      |
      = help: did you mean `then`?

    error[R0201]: a rule has no key `becuase`
     --> decisions/fee.yaml:8:5
      |
    8 |     becuase: Gold pays nothing.
      |     ^^^^^^^
      |
      = help: did you mean `because`?

    error[R0504]: `fee` has no output `becuase`
     --> decisions/fee.yaml:9:27
      |
    9 | otherwise: {amount: 1.00, becuase: A fee.}
      |                           ^^^^^^^
      |
      = help: did you mean `because`?

    5 errors
    ");
}
