//! Decisions made for each item of a list.

use super::disputes;

const BUNDLE: &str = "=== decisions/penalties.yaml
decision: penalties
for_each: dispute.consequential_charges as charge
hit: first
let:
  half: = charge.amount / 2
outputs:
  approved: {type: money, default: 0.00}
  refused: {type: money, default: 0.00}
rules:
  - id: tax
    when: {charge.kind: tax_principal}
    then:
      refused: = charge.amount
    because: The tax was due.
  - id: proven
    when: {charge.evidence: at least receipt}
    then:
      approved: = half
      refused: = charge.amount - half
    because: 'Half of {charge.amount}.'
=== decisions/sums.yaml
decision: sums
outputs:
  approved: {type: money, value: = total(penalties.approved)}
  items: {type: integer, value: = count(penalties.refused)}
";

#[test]
fn each_item_is_decided_with_its_own_derived_inputs() {
    insta::assert_snapshot!(disputes(BUNDLE, &[
        "dispute.consequential_charges: [{kind: late_fee, amount: 10.01 USD, evidence: receipt}, \
         {kind: tax_principal, amount: 7.00 USD}, {kind: bank_fee, amount: 3.00 USD, evidence: official_notice}]",
    ]), @r"
    [dispute.consequential_charges: [{kind: late_fee, amount: 10.01 USD, evidence: receipt}, {kind: tax_principal, amount: 7.00 USD}, {kind: bank_fee, amount: 3.00 USD, evidence: official_notice}]]
    decided
      penalties: decided by proven@1, tax@2, proven@3
        - approved 5.00 USD, refused 5.00 USD
        - approved 0.00 USD, refused 7.00 USD
        - approved 1.50 USD, refused 1.50 USD
        because Half of 10.01 USD. The tax was due. Half of 3.00 USD.
      sums: decided by value -> approved 6.50 USD, items 3
    ");
}

#[test]
fn a_list_that_is_missing_or_empty_has_nothing_to_decide_and_an_unknown_one_cannot_be_decided() {
    insta::assert_snapshot!(disputes(BUNDLE, &[
        "finding.status: complete",
        "dispute.consequential_charges: []",
        "dispute.consequential_charges: unknown",
    ]), @r"
    [finding.status: complete]
    decided
      penalties: decided
      sums: decided by value -> approved 0.00 USD, items 0

    [dispute.consequential_charges: []]
    decided
      penalties: decided
      sums: decided by value -> approved 0.00 USD, items 0

    [dispute.consequential_charges: unknown]
    needs_facts, needs dispute.consequential_charges
      penalties: needs_facts
        needs dispute.consequential_charges
      sums: skipped
        waits for penalties
    ");
}

#[test]
fn one_item_that_cannot_be_decided_leaves_the_part_open() {
    insta::assert_snapshot!(disputes(BUNDLE, &[
        "dispute.consequential_charges: [{kind: late_fee, amount: 10.00 USD, evidence: receipt}, \
         {kind: bank_fee, amount: 3.00 USD, evidence: none}]",
        "dispute.consequential_charges: [{kind: late_fee, evidence: receipt}, {kind: late_fee, amount: 10.00 USD, evidence: receipt}]",
    ]), @r"
    [dispute.consequential_charges: [{kind: late_fee, amount: 10.00 USD, evidence: receipt}, {kind: bank_fee, amount: 3.00 USD, evidence: none}]]
    referred
      penalties: no_rule by proven@1
        because Half of 10.00 USD.
        nearest tax: `charge.kind` is bank_fee, the rule asks for tax_principal
        nearest proven: `charge.evidence` is none, the rule asks for at least receipt
      sums: skipped
        waits for penalties
      fault of penalties, no_rule: no rule of `penalties` covers this case (decisions/penalties.yaml:1:11)

    [dispute.consequential_charges: [{kind: late_fee, evidence: receipt}, {kind: late_fee, amount: 10.00 USD, evidence: receipt}]]
    needs_facts, needs charge.amount
      penalties: needs_facts by proven@2
        because Half of 10.00 USD.
        needs charge.amount
      sums: skipped
        waits for penalties
    ");
}

#[test]
fn the_section_lists_what_is_approved_and_refused() {
    let policy = super::policy(BUNDLE);
    let (case, at) = super::case(&format!(
        "{}; dispute.consequential_charges: [{{kind: late_fee, amount: 10.01 USD, evidence: receipt}}, \
         {{kind: tax_principal, amount: 7.00 USD}}]",
        super::DISPUTE
    ));
    let decision = crate::oracle::decide(&policy, &case, at).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&decision.money.penalty_reimbursement).unwrap(), @r#"
    {
      "amount": "5.00",
      "currency": "USD",
      "approved_lines": [
        {
          "kind": "late_fee",
          "amount": "5.00",
          "currency": "USD",
          "because": "Half of 10.01 USD."
        }
      ],
      "refused_lines": [
        {
          "kind": "late_fee",
          "amount": "5.00",
          "currency": "USD",
          "because": "Half of 10.01 USD."
        },
        {
          "kind": "tax_principal",
          "amount": "7.00",
          "currency": "USD",
          "because": "The tax was due."
        }
      ]
    }
    "#);
}
