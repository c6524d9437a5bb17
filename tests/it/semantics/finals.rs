//! Guardrails that look at the finished draft: `require_approval`, `hold`, `refer`.

use super::disputes;

const FINAL: &str = "=== decisions/gift.yaml
decision: gift
hit: first
outputs: {sum: {type: money}}
rules:
  - {id: given, when: {dispute.requested_amount: present}, then: {sum: = dispute.requested_amount}, because: Asked for.}
otherwise: {sum: 0.00, because: Not asked for.}
=== decisions/approval.yaml
decision: approval
hit: first
outputs: {required_role: {type: enum, values: [agent, manager]}}
rules:
  - {id: much, when: {gift.sum: over 10.00}, then: {required_role: manager}, because: Much.}
otherwise: {required_role: agent, because: Little.}
=== guardrails/g.yaml
guardrails:
  - {id: most, cap: gift.sum, at: 50.00, because: Fifty.}
  - {id: director, when: {gift.sum: at least 50.00}, require_approval: [director, manager], because: Large.}
  - {id: vulnerable, when: {customer.vulnerable: true}, require_approval: [care, director], second_person: true, because: Care.}
  - {id: calm, when: {account.product: credit_card, complaint.notice_form: written}, hold: [collection, late_fees], because: By law., source: law 1}
  - {id: quiet, when: {gift.sum: over 0.00}, hold: [collection], because: It settles.}
  - {id: odd, when: {finding.severity: severe}, refer: director, because: 'Severe for {customer.customer_id}.'}
";

#[test]
fn approvals_holds_and_referrals_add_up_over_the_finished_draft() {
    insta::assert_snapshot!(disputes(FINAL, &[
        "dispute.requested_amount: 60.00 USD; customer.vulnerable: true; account.product: credit_card; complaint.notice_form: written; finding.severity: severe",
        "dispute.requested_amount: 9.00 USD; customer.vulnerable: false; account.product: telecom; finding.severity: minor",
    ]), @r"
    [dispute.requested_amount: 60.00 USD; customer.vulnerable: true; account.product: credit_card; complaint.notice_form: written; finding.severity: severe]
    referred
      gift: decided by given -> sum 50.00 USD
        because Asked for.
        cap most: sum 60.00 USD -> 50.00 USD (Fifty.)
        sum capped by most
      approval: decided by much -> required_role manager
        because Much.
      approval also of: director, care, second person
      hold collection: calm, quiet
      hold late_fees: calm
      goes to director, level 1: odd

    [dispute.requested_amount: 9.00 USD; customer.vulnerable: false; account.product: telecom; finding.severity: minor]
    decided
      gift: decided by given -> sum 9.00 USD
        because Asked for.
      approval: decided by otherwise -> required_role agent
        because Little.
        nearest much: `gift.sum` is 9.00 USD, the rule asks for over 10
      hold collection: quiet
    ");
}

#[test]
fn what_depends_on_a_missing_or_unknown_fact_applies() {
    insta::assert_snapshot!(disputes(FINAL, &[
        "customer.vulnerable: unknown; account.product: credit_card; finding.severity: minor",
        "customer.vulnerable: false; account.product: telecom; complaint.notice_form: unknown",
    ]), @r"
    [customer.vulnerable: unknown; account.product: credit_card; finding.severity: minor]
    decided
      gift: decided by otherwise -> sum 0.00 USD
        because Not asked for.
        nearest given: `dispute.requested_amount` is missing, the rule asks for present
      approval: decided by otherwise -> required_role agent
        because Little.
        nearest much: `gift.sum` is 0.00 USD, the rule asks for over 10
      approval also of: care, director, second person
      hold collection: calm
      hold late_fees: calm

    [customer.vulnerable: false; account.product: telecom; complaint.notice_form: unknown]
    referred
      gift: decided by otherwise -> sum 0.00 USD
        because Not asked for.
        nearest given: `dispute.requested_amount` is missing, the rule asks for present
      approval: decided by otherwise -> required_role agent
        because Little.
        nearest much: `gift.sum` is 0.00 USD, the rule asks for over 10
      goes to director, level 1: odd
    ");
}
