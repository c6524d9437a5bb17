//! Rules whose order decides.

use super::table;

#[test]
fn rules_that_cross() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
  - {id: large, when: {dispute.disputed_amount: over 500}, then: {amount: 1.00}, because: Large.}
  - {id: old, when: {customer.tenure_months: over 24}, then: {amount: 2.00}, because: Old.}
otherwise: {amount: 9.00, because: The fee.}
"), @"
    note[R0319]: the order of `gold` and `large` decides a case with customer.tier = gold, dispute.disputed_amount = 500.01 USD, and so it is for 2 other pairs
     --> decisions/fee.yaml:7:6
      |
    6 |   - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
      |      -- stands before it
    7 |   - {id: large, when: {dispute.disputed_amount: over 500}, then: {amount: 1.00}, because: Large.}
      |      ^^
      |
      = help: nothing to do where the order is meant; else narrow one of the two

    1 note
    ");
}

#[test]
fn a_narrow_rule_before_a_wide_one_is_how_policies_are_written() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: old-gold, when: {customer.tier: gold, customer.tenure_months: over 24}, then: {amount: 0.00}, because: Old gold is free.}
  - {id: gold, when: {customer.tier: gold}, then: {amount: 1.00}, because: Gold.}
otherwise: {amount: 9.00, because: The fee.}
"), @"no findings");
}
