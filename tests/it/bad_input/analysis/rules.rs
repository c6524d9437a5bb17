//! Rules that never decide, repeat others, or add nothing.

use super::table;

#[test]
fn one_rule_takes_all_cases_of_another() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
table: |
  | id     | customer.tier | dispute.disputed_amount | => amount | because             |
  | small  | -             | <= 100                  | 0.00      | Small is free.      |
  | gold   | gold          | <= 50                   | 1.00      | Gold and very small. |
otherwise: {amount: 5.00, because: The fee.}
"), @"
    warning[R0309]: `gold` never decides: `small` before it takes all of its cases
     --> decisions/fee.yaml:8:5
      |
    7 |   | small  | -             | <= 100                  | 0.00      | Small is free.      |
      |     ----- takes its cases
    8 |   | gold   | gold          | <= 50                   | 1.00      | Gold and very small. |
      |     ^^^^
      |
      = help: move it before `small`, narrow `small`, or delete it

    1 warning
    ");
}

#[test]
fn two_rules_hide_a_third_between_them() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
table: |
  | id      | customer.tier | dispute.disputed_amount | customer.tenure_months | => amount | because          |
  | small   | -             | < 100                   | -                      | 0.00      | Small is free.   |
  | loyal   | -             | -                       | > 60                   | 0.00      | Loyal for years. |
  | large   | -             | >= 100                  | <= 60                  | 2.00      | Large, not loyal. |
  | upgrade | gold          | <= 500                  | 12 to 120              | 3.00      | Never reached.   |
otherwise: {amount: 5.00, because: The fee.}
"), @"
    warning[R0309]: `upgrade` never decides: `small`, `loyal` and `large` before it take all of its cases between them
      --> decisions/fee.yaml:10:5
       |
     7 |   | small   | -             | < 100                   | -                      | 0.00      | Small is free.   |
       |     ----- takes its cases
     8 |   | loyal   | -             | -                       | > 60                   | 0.00      | Loyal for years. |
       |     ----- takes its cases
     9 |   | large   | -             | >= 100                  | <= 60                  | 2.00      | Large, not loyal. |
       |     ----- takes its cases
    10 |   | upgrade | gold          | <= 500                  | 12 to 120              | 3.00      | Never reached.   |
       |     ^^^^^^^
       |
       = help: narrow one of them, move the rule before them, or delete it

    1 warning
    ");
}

#[test]
fn the_same_conditions_twice() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: [gold, strategic]}, then: {amount: 0.00}, because: Gold is free.}
  - {id: best, when: {customer.tier: at least gold}, then: {amount: 1.00}, because: The best customers.}
otherwise: {amount: 5.00, because: The fee.}
"), @"
    warning[R0309]: `best` never decides: `gold` before it has the same conditions
     --> decisions/fee.yaml:7:6
      |
    6 |   - {id: gold, when: {customer.tier: [gold, strategic]}, then: {amount: 0.00}, because: Gold is free.}
      |      -- takes its cases
    7 |   - {id: best, when: {customer.tier: at least gold}, then: {amount: 1.00}, because: The best customers.}
      |      ^^
      |
      = help: delete one of the two

    1 warning
    ");
}

#[test]
fn a_rule_without_which_everything_is_decided_the_same() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: new, when: {customer.tenure_months: under 12}, then: {amount: 5.00}, because: The fee.}
  - {id: gold, when: {customer.tier: gold, customer.tenure_months: at least 12}, then: {amount: 0.00}, because: Gold is free.}
otherwise: {amount: 5.00, because: The fee.}
"), @"
    warning[R0312]: `new` changes nothing: without it `otherwise` decides its cases the same, for the same reason
     --> decisions/fee.yaml:6:6
      |
    6 |   - {id: new, when: {customer.tenure_months: under 12}, then: {amount: 5.00}, because: The fee.}
      |      ^^
      |
      = help: delete it, or give it a reason of its own

    1 warning
    ");
}

#[test]
fn the_same_outputs_for_another_reason_are_no_repetition() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: new, when: {customer.tenure_months: under 12}, then: {amount: 5.00}, because: New customers pay it.}
otherwise: {amount: 5.00, because: The fee.}
"), @"no findings");
}

#[test]
fn rules_of_any_that_others_say_already() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: any
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Free.}
  - {id: others, when: {customer.tier: not gold}, then: {amount: 0.00}, because: Free.}
  - {id: old, when: {customer.tier: present, customer.tenure_months: over 24}, then: {amount: 0.00}, because: Free.}
  - {id: old-gold, when: {customer.tier: gold, customer.tenure_months: over 24}, then: {amount: 0.00}, because: Free.}
otherwise: {amount: 5.00, because: The fee.}
"), @"
    note[R0317]: `gold` and `others` differ in `customer.tier` only: they could be one rule
     --> decisions/fee.yaml:6:6
      |
    6 |   - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Free.}
      |      ^^
      |
      = help: keep `gold` with `customer.tier: not unknown`

    warning[R0312]: `old-gold` changes nothing: `gold` say the same of all of its cases
     --> decisions/fee.yaml:9:6
      |
    9 |   - {id: old-gold, when: {customer.tier: gold, customer.tenure_months: over 24}, then: {amount: 0.00}, because: F...
      |      ^^
      |
      = help: delete it

    1 warning, 1 note
    ");
}

#[test]
fn a_rule_that_counts_twice() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: collect sum
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 1.00}, because: Gold.}
  - {id: old, when: {customer.tenure_months: over 24}, then: {amount: 1.00}, because: Old.}
  - {id: gold-again, when: {customer.tier: gold}, then: {amount: 1.00}, because: Gold.}
otherwise: {amount: 0.00, because: Nothing.}
"), @"
    warning[R0313]: `gold-again` repeats `gold`: the same conditions, outputs and reason
     --> decisions/fee.yaml:8:6
      |
    6 |   - {id: gold, when: {customer.tier: gold}, then: {amount: 1.00}, because: Gold.}
      |      -- the first one
    7 |   - {id: old, when: {customer.tenure_months: over 24}, then: {amount: 1.00}, because: Old.}
    8 |   - {id: gold-again, when: {customer.tier: gold}, then: {amount: 1.00}, because: Gold.}
      |      ^^
      |
      = help: delete one of the two: both count where they match

    1 warning
    ");
}

#[test]
fn a_column_that_makes_no_difference() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
table: |
  | id    | customer.tier | customer.vulnerable | customer.segment | => amount | because        |
  | gold  | gold          | true                | -                | 0.00      | Gold is free.  |
  | gold2 | gold          | not true, missing, unknown | -         | 0.00      | Gold is free.  |
  | rest  | not gold      | -                   | -                | 5.00      | The others pay. |
otherwise: {amount: 9.00, because: Who is not known pays most.}
"), @"
    warning[R0316]: `customer.segment` makes no difference to `fee`: without it every case is decided the same
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: leave it out of the rules, or ask for what was meant

    warning[R0316]: `customer.vulnerable` makes no difference to `fee`: without it every case is decided the same
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: leave it out of the rules, or ask for what was meant

    note[R0317]: `gold` and `gold2` differ in `customer.vulnerable` only: they could be one rule
     --> decisions/fee.yaml:7:5
      |
    7 |   | gold  | gold          | true                | -                | 0.00      | Gold is free.  |
      |     ^^^^
      |
      = help: keep `gold` and leave `customer.vulnerable` out

    2 warnings, 1 note
    ");
}

#[test]
fn neighbours_that_could_be_one() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: small, when: {dispute.disputed_amount: at most 50}, then: {amount: 0.00}, because: Small.}
  - {id: middle, when: {dispute.disputed_amount: 50 to 100}, then: {amount: 0.00}, because: Small.}
  - {id: large, when: {dispute.disputed_amount: over 500}, then: {amount: 9.00}, because: Large.}
otherwise: {amount: 5.00, because: The fee.}
"), @"
    note[R0317]: `small` and `middle` differ in `dispute.disputed_amount` only: they could be one rule
     --> decisions/fee.yaml:6:6
      |
    6 |   - {id: small, when: {dispute.disputed_amount: at most 50}, then: {amount: 0.00}, because: Small.}
      |      ^^
      |
      = help: keep `small` with `dispute.disputed_amount: at most 100.00 USD`

    1 note
    ");
}

#[test]
fn a_value_that_is_never_given() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  kind: {type: enum, values: [none, small, large]}
rules:
  - {id: small, when: {dispute.disputed_amount: at most 50}, then: {kind: none}, because: Small.}
otherwise: {kind: large, because: The fee.}
"), @"
    note[R0318]: no rule of `fee` gives `small` as `kind`
     --> decisions/fee.yaml:4:3
      |
    4 |   kind: {type: enum, values: [none, small, large]}
      |   ^^^^
      |
      = help: leave what is never given out of `values`, unless other bundles or programs know it

    1 note
    ");
}

#[test]
fn an_otherwise_that_never_decides() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
  - {id: rest, then: {amount: 1.00}, because: The others pay.}
otherwise: {amount: 5.00, because: The fee.}
"), @"
    note[R0323]: `otherwise` of `fee` never decides: its rules hold every case
     --> decisions/fee.yaml:8:13
      |
    8 | otherwise: {amount: 5.00, because: The fee.}
      |             ^^^^^^
      |
      = help: nothing to do where it is meant as a precaution; else delete it, or narrow the last rule

    1 note
    ");
}

#[test]
fn under_priority_what_is_given_decides_who_goes_first() {
    let fee = "decision: fee
hit: priority
priority: {level: [high, middle, low]}
outputs:
  level: {type: enum, values: [low, middle, high]}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {level: low}, because: Gold.}
  - {id: loyal, when: {customer.tenure_months: over 12}, then: {level: high}, because: With us for long.}
  - {id: fresh, when: {customer.tenure_months: at most 12}, then: {level: middle}, because: New.}
  - {id: unsaid, when: {customer.tenure_months: [missing, unknown]}, then: {level: middle}, because: Nobody knows.}
";
    insta::assert_snapshot!(table(fee), @"
    warning[R0309]: `gold` never decides: `loyal`, `fresh` and `unsaid` take all of its cases between them, and what is given there goes first
      --> decisions/fee.yaml:7:6
       |
     7 |   - {id: gold, when: {customer.tier: gold}, then: {level: low}, because: Gold.}
       |      ^^
     8 |   - {id: loyal, when: {customer.tenure_months: over 12}, then: {level: high}, because: With us for long.}
       |      -- takes its cases
     9 |   - {id: fresh, when: {customer.tenure_months: at most 12}, then: {level: middle}, because: New.}
       |      -- takes its cases
    10 |   - {id: unsaid, when: {customer.tenure_months: [missing, unknown]}, then: {level: middle}, because: Nobody knows.}
       |      -- takes its cases
       |
       = help: narrow `loyal`, `fresh` and `unsaid`, give its output a better place under `priority`, or delete the rule

    1 warning
    ");
}
