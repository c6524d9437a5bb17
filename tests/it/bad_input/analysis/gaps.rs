//! Cases that no rule decides.

use super::{checked, table};

#[test]
fn a_gap_is_shown_at_its_boundary_with_what_to_write() {
    insta::assert_snapshot!(table(r"
decision: fee
outputs:
  amount: {type: money}
table: |
  | id     | customer.tier | dispute.disputed_amount | => amount | because          |
  | free   | gold          | <= 100                  | 0.00      | Gold is free.    |
  | large  | gold          | > 500                   | 1.00      | Large sums.      |
  | others | not gold      | -                       | 5.00      | The others pay.  |
"), @"
    warning[R0310]: no rule of `fee` decides a case with customer.tier = gold, dispute.disputed_amount = 100.01 USD
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
    ...
    6 |   | free   | gold          | <= 100                  | 0.00      | Gold is free.    |
      |                              ------ nearest, but it asks for dispute.disputed_amount at most 100
    7 |   | large  | gold          | > 500                   | 1.00      | Large sums.      |
      |                              ----- nearest, but it asks for dispute.disputed_amount over 500
    8 |   | others | not gold      | -                       | 5.00      | The others pay.  |
      |              -------- nearest, but it asks for customer.tier not gold
      |
      = help: let `free` ask for `dispute.disputed_amount: at most 500.00 USD`, add a rule with `when: {customer.tier: gold, dispute.disputed_amount: over 100.00 USD and at most 500.00 USD}`, or an `otherwise`

    1 warning
    ");
}

#[test]
fn whole_numbers_follow_each_other() {
    insta::assert_snapshot!(table(r"
decision: fee
required: [customer.tenure_months]
outputs:
  amount: {type: money}
rules:
  - {id: new, when: {customer.tenure_months: at most 11}, then: {amount: 0.00}, because: New.}
  - {id: middle, when: {customer.tenure_months: 12 to 23}, then: {amount: 0.00}, because: Not so new.}
  - {id: old, when: {customer.tenure_months: at least 24}, then: {amount: 1.00}, because: Old.}
"), @"no findings");
}

#[test]
fn many_gaps_are_not_all_shown() {
    let rows: String = (0..9).map(|at| format!("  | r{at} | {} to {} | 1.00 | A fee. |\n", at * 10, at * 10 + 5)).collect();
    let text = format!(
        "decision: fee\noutputs:\n  amount: {{type: money}}\ntable: |\n  | id | customer.tenure_months | => amount | because |\n{rows}"
    );
    let shown = table(&text);
    let told: Vec<&str> = shown.lines().filter(|line| line.starts_with("warning") || line.contains("help")).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    warning[R0310]: no rule of `fee` decides a case with customer.tenure_months = 16
      = help: let `r0` ask for `customer.tenure_months: [at most 5, 16 to 19]`, add a rule with `when: {customer.tenure_months: 16 to 19}`, or an `otherwise`
    warning[R0310]: no rule of `fee` decides a case with customer.tenure_months = 26
      = help: let `r0` ask for `customer.tenure_months: [at most 5, 26 to 29]`, add a rule with `when: {customer.tenure_months: 26 to 29}`, or an `otherwise`
    warning[R0310]: no rule of `fee` decides a case with customer.tenure_months = 36
      = help: let `r0` ask for `customer.tenure_months: [at most 5, 36 to 39]`, add a rule with `when: {customer.tenure_months: 36 to 39}`, or an `otherwise`
    warning[R0310]: no rule of `fee` decides a case with customer.tenure_months = 46
      = help: let `r0` ask for `customer.tenure_months: [at most 5, 46 to 49]`, add a rule with `when: {customer.tenure_months: 46 to 49}`, or an `otherwise`; there are more gaps, mend these first
    warning[R0310]: no rule of `fee` decides a case with customer.tenure_months = 6
      = help: let `r0` ask for `customer.tenure_months: under 10`, add a rule with `when: {customer.tenure_months: 6 to 9}`, or an `otherwise`
      = help: keep `r0` with all values of `customer.tenure_months`
    ");
}

#[test]
fn derived_inputs_may_close_a_gap() {
    insta::assert_snapshot!(table(r"
decision: fee
let:
  half: = customer.tenure_months / 2
outputs:
  amount: {type: money}
rules:
  - {id: few, when: {customer.tenure_months: under 10}, then: {amount: 0.00}, because: Few.}
  - {id: many, when: {customer.tenure_months: at least 10, half: at least 5}, then: {amount: 1.00}, because: Many.}
"), @"
    warning[R0310]: it is not proven that `fee` decides every case: no rule holds a case with customer.tenure_months = 10, half = 4.99
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
    ...
    7 |   - {id: few, when: {customer.tenure_months: under 10}, then: {amount: 0.00}, because: Few.}
      |                                              -------- nearest, but it asks for customer.tenure_months under 10
    8 |   - {id: many, when: {customer.tenure_months: at least 10, half: at least 5}, then: {amount: 1.00}, because: Many.}
      |                                                                  ---------- nearest, but it asks for half at least 5
      |
      = help: let `few` ask for `customer.tenure_months: not unknown`, add a rule with `when: {customer.tenure_months: at least 10, half: under 5}`, or an `otherwise`

    1 warning
    ");
}

#[test]
fn only_a_missing_fact_is_left_out() {
    insta::assert_snapshot!(table(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
  - {id: others, when: {customer.tier: not gold}, then: {amount: 1.00}, because: The others pay.}
"), @"
    note[R0311]: `fee` decides nothing where `customer.tier` is missing or unknown
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: such a case goes to a person; where that is not meant, add an `otherwise`, a rule with `missing` or `unknown`, or `assume` a value

    1 note
    ");
}

#[test]
fn a_list_is_told_apart_by_its_items() {
    insta::assert_snapshot!(table(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: rude, when: {history.behaviour_incidents.kind: [threat, abuse]}, then: {amount: 5.00}, because: Rude.}
  - {id: clean, when: {history.behaviour_incidents.kind: empty}, then: {amount: 0.00}, because: Clean.}
"), @"
    warning[R0310]: it is not proven that `fee` decides every case: no rule holds a case with history.behaviour_incidents.kind = [fraud_suspected]
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
    ...
    5 |   - {id: rude, when: {history.behaviour_incidents.kind: [threat, abuse]}, then: {amount: 5.00}, because: Rude.}
      |                                                         --------------- nearest, but it asks for history.behaviour_incidents.kind threat, abuse
    6 |   - {id: clean, when: {history.behaviour_incidents.kind: empty}, then: {amount: 0.00}, because: Clean.}
      |                                                          ----- nearest, but it asks for history.behaviour_incidents.kind empty
      |
      = help: add a rule with `when: {history.behaviour_incidents.kind: [fraud_suspected]}`, or an `otherwise`

    1 warning
    ");
}

#[test]
fn days_without_a_rule() {
    insta::assert_snapshot!(table(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: old, then: {amount: 0.00}, because: The old fee., until: 2026-03-31}
  - {id: new, then: {amount: 1.00}, because: The new fee., from: 2026-05-01}
"), @"
    warning[R0320]: no rule of `fee` is in force from 2026-04-01 to 2026-04-30
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: let the dates of one rule begin on the day after another ends, or write a rule for these days

    1 warning
    ");
}

#[test]
fn days_that_otherwise_decides() {
    let bundle = "bundle: test\nversion: 1\ncurrency: USD\neffective: {from: 2026-01-01}\n";
    let fee = r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: before, then: {amount: 7.00}, because: Long ago., until: 2025-06-30}
  - {id: old, then: {amount: 0.00}, because: The old fee., from: 2026-01-01, until: 2026-03-31}
  - {id: new, then: {amount: 1.00}, because: The new fee., from: 2026-04-02}
otherwise: {amount: 9.00, because: The fee.}
";
    insta::assert_snapshot!(checked(&[("bundle.yaml", bundle), ("decisions/fee.yaml", fee)]), @"
    warning[R0320]: no rule of `fee` is in force on 2026-04-01: `otherwise` decides every case of these days
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: let the dates of one rule begin on the day after another ends, or write a rule for these days

    warning[R0322]: `before` is never in force: its dates lie outside of those of the bundle
     --> decisions/fee.yaml:6:6
      |
    6 |   - {id: before, then: {amount: 7.00}, because: Long ago., until: 2025-06-30}
      |      ^^
      |
      = help: change its `from` or `until`, or `effective` in bundle.yaml

    2 warnings
    ");
}

#[test]
fn what_is_offered_closes_the_gap() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: unique
required: [dispute.disputed_amount]
outputs:
  amount: {type: money}
rules:
  - {id: free, when: {dispute.disputed_amount: at most 100}, then: {amount: 0.00}, because: Small.}
  - {id: middle, when: {dispute.disputed_amount: over 100.00 USD and at most 500.00 USD}, then: {amount: 1.00}, because: Not so.}
  - {id: large, when: {dispute.disputed_amount: over 500}, then: {amount: 2.00}, because: Large.}
"), @"no findings");
}
