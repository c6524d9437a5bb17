//! Parameters that change over time, or from one currency to another.

use super::checked;

#[test]
fn a_gap_in_one_currency_and_from_one_day_on() {
    let bundle = r"bundle: test
version: 1
currency: case
params:
  small: {USD: 100.00, EUR: 90.00}
  large: {USD: 100.00, EUR: 95.00}
  low:
    - {from: 2026-01-01, until: 2026-06-30, value: 12}
    - {from: 2026-07-01, value: 10}
";
    let size = r"
decision: size
outputs:
  amount: {type: money}
rules:
  - {id: small, when: {dispute.disputed_amount: at most params.small}, then: {amount: 1.00}, because: Small.}
  - {id: large, when: {dispute.disputed_amount: over params.large}, then: {amount: 0.00}, because: Large.}
";
    let years = r"
decision: years
required: [customer.tenure_months]
outputs:
  amount: {type: money}
rules:
  - {id: new, when: {customer.tenure_months: under params.low}, then: {amount: 1.00}, because: New.}
  - {id: old, when: {customer.tenure_months: at least 12}, then: {amount: 0.00}, because: Old.}
";
    let files = [("bundle.yaml", bundle), ("decisions/size.yaml", size), ("decisions/years.yaml", years)];
    insta::assert_snapshot!(checked(&files), @"
    warning[R0310]: no rule of `size` decides a case in EUR with dispute.disputed_amount = 90.01 EUR
     --> decisions/size.yaml:1:11
      |
    1 | decision: size
      |           ^^^^
    ...
    5 |   - {id: small, when: {dispute.disputed_amount: at most params.small}, then: {amount: 1.00}, because: Small.}
      |                                                 -------------------- nearest, but it asks for dispute.disputed_amount at most params.small
    6 |   - {id: large, when: {dispute.disputed_amount: over params.large}, then: {amount: 0.00}, because: Large.}
      |                                                 ----------------- nearest, but it asks for dispute.disputed_amount over params.large
      |
      = help: let `small` ask for `dispute.disputed_amount: at most 95.00 EUR`, add a rule with `when: {dispute.disputed_amount: over 90.00 EUR and at most 95.00 EUR}`, or an `otherwise`

    warning[R0310]: no rule of `years` decides a case from 2026-07-01 with customer.tenure_months = 10
     --> decisions/years.yaml:1:11
      |
    1 | decision: years
      |           ^^^^^
    ...
    6 |   - {id: new, when: {customer.tenure_months: under params.low}, then: {amount: 1.00}, because: New.}
      |                                              ---------------- nearest, but it asks for customer.tenure_months under params.low
    7 |   - {id: old, when: {customer.tenure_months: at least 12}, then: {amount: 0.00}, because: Old.}
      |                                              ----------- nearest, but it asks for customer.tenure_months at least 12
      |
      = help: let `new` ask for `customer.tenure_months: under 12`, add a rule with `when: {customer.tenure_months: 10 to 11}`, or an `otherwise`

    2 warnings
    ");
}

#[test]
fn amounts_in_two_currencies_are_never_told_apart() {
    let fee = r"
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: small, when: {dispute.disputed_amount: at most 100 USD}, then: {amount: 1.00}, because: Small.}
  - {id: euro, when: {dispute.disputed_amount: at most 100 EUR}, then: {amount: 1.00}, because: Small in euros.}
otherwise: {amount: 9.00, because: The fee.}
";
    let files = [("bundle.yaml", "bundle: test\nversion: 1\ncurrency: case\n"), ("decisions/fee.yaml", fee)];
    insta::assert_snapshot!(checked(&files), @"
    note[R0321]: it is not proven that the rules of `fee` have no gaps and no rule without effect: some of its conditions cannot be told apart exactly
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: split the decision, or leave it: nothing is wrong with it as far as could be seen

    1 note
    ");
}
