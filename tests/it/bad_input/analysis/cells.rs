//! Cells that no value of their fact satisfies, and cells that every value does.

use super::table;

#[test]
fn a_share_is_no_percentage() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: sure, when: {finding.confidence: at least 80}, then: {amount: 0.00}, because: We are sure.}
  - {id: unsure, when: {finding.confidence: under 80}, then: {amount: 5.00}, because: We are not.}
otherwise: {amount: 9.00, because: Who knows.}
"), @"
    warning[R0314]: `sure` never applies, since no case satisfies `finding.confidence: at least 80`: `finding.confidence` lies between 0 and 1
     --> decisions/fee.yaml:6:43
      |
    6 |   - {id: sure, when: {finding.confidence: at least 80}, then: {amount: 0.00}, because: We are sure.}
      |                                           ^^^^^^^^^^^
      |
      = help: change the cell, or delete the rule

    warning[R0315]: every known value satisfies `finding.confidence: under 80` of `unsure`: `finding.confidence` lies between 0 and 1
     --> decisions/fee.yaml:7:45
      |
    7 |   - {id: unsure, when: {finding.confidence: under 80}, then: {amount: 5.00}, because: We are not.}
      |                                             ^^^^^^^^
      |
      = help: leave the condition out, or write `not unknown` where the value must be known

    2 warnings
    ");
}

#[test]
fn what_is_never_below_zero() {
    insta::assert_snapshot!(table(r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: negative, when: {dispute.disputed_amount: under 0}, then: {amount: 0.00}, because: Nothing.}
  - {id: some, when: {dispute.disputed_amount: at least 0, customer.tier: gold}, then: {amount: 5.00}, because: Some.}
otherwise: {amount: 9.00, because: The fee.}
"), @"
    warning[R0314]: `negative` never applies, since no case satisfies `dispute.disputed_amount: under 0`: `dispute.disputed_amount` is never below zero
     --> decisions/fee.yaml:6:52
      |
    6 |   - {id: negative, when: {dispute.disputed_amount: under 0}, then: {amount: 0.00}, because: Nothing.}
      |                                                    ^^^^^^^
      |
      = help: change the cell, or delete the rule

    warning[R0315]: every known value satisfies `dispute.disputed_amount: at least 0` of `some`: `dispute.disputed_amount` is never below zero
     --> decisions/fee.yaml:7:48
      |
    7 |   - {id: some, when: {dispute.disputed_amount: at least 0, customer.tier: gold}, then: {amount: 5.00}, because: S...
      |                                                ^^^^^^^^^^
      |
      = help: leave the condition out, or write `not unknown` where the value must be known

    2 warnings
    ");
}
