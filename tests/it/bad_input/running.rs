//! What only a case brings to light: currencies that differ, rules that leave a gap, facts that are missing.

use super::{BUNDLE, decided};

fn run(decision: &str, case: &str) -> String {
    decided(&[("bundle.yaml", BUNDLE), ("decisions/fee.yaml", decision)], case)
}

const LIMIT: &str = r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - id: small
    when: {dispute.disputed_amount: at most 100}
    then: {amount: 1.00}
    because: Small.
  - id: gold
    when: {dispute.disputed_amount: over 1000, customer.tier: gold}
    then: {amount: 0.00}
    because: Gold.
";

#[test]
fn a_bound_in_another_currency() {
    insta::assert_snapshot!(run(LIMIT, "dispute: {disputed_amount: 40.00 EUR}"), @"
    status: referred
    fee: fault
    fault in fee (currency) at decisions/fee.yaml:1:11: `dispute.disputed_amount`: an amount in EUR meets an amount in USD; money never changes currency silently
    ");
}

#[test]
fn no_rule_matches() {
    insta::assert_snapshot!(run(LIMIT, "{dispute: {disputed_amount: 2000.00 USD}, customer: {tier: silver}}"), @"
    status: referred
    fee: no_rule
      nearest: small, but `dispute.disputed_amount` is 2000.00 USD, the rule asks for at most 100
      nearest: gold, but `customer.tier` is silver, the rule asks for gold
    fault in fee (no_rule) at decisions/fee.yaml:1:11: no rule of `fee` covers this case
    ");
}

#[test]
fn no_rule_matches_since_facts_are_missing_or_unknown() {
    insta::assert_snapshot!(run(LIMIT, "dispute: {disputed_amount: unknown}"), @"
    status: referred
    fee: no_rule
      nearest: small, but `dispute.disputed_amount` is unknown, the rule asks for at most 100
      nearest: gold, but `dispute.disputed_amount` is unknown, the rule asks for over 1000; `customer.tier` is missing, the rule asks for gold
    fault in fee (no_rule) at decisions/fee.yaml:1:11: no rule of `fee` covers this case
    ");
}

#[test]
fn a_sum_of_two_currencies() {
    insta::assert_snapshot!(run(r"
decision: fee
outputs:
  amount: {type: money, value: = dispute.disputed_amount + invoice.total}
", "{dispute: {disputed_amount: 40.00 EUR}, invoice: {total: 50.00 USD}}"), @"
    status: referred
    fee: fault
    fault in fee (currency) at decisions/fee.yaml:3:58: an amount in EUR meets an amount in USD; money never changes currency silently
    ");
}

#[test]
fn rules_that_match_at_once() {
    insta::assert_snapshot!(run(r"
decision: fee
let:
  months: = customer.tenure_months
outputs:
  amount: {type: money}
rules:
  - {id: old, when: {months: at least 12}, then: {amount: 1.00}, because: Old.}
  - {id: older, when: {months: at least 24}, then: {amount: 2.00}, because: Older.}
", "customer: {tenure_months: 30}"), @"
    status: referred
    fee: conflict
    fault in fee (conflict) at decisions/fee.yaml:1:11: the rules `old` and `older` match at once, and only one of them may match
    ");
}

#[test]
fn a_value_that_is_missing() {
    insta::assert_snapshot!(run(r"
decision: fee
outputs:
  amount: {type: money}
  months: {type: integer, default: 0}
otherwise: {amount: = dispute.disputed_amount / 2, months: = customer.tenure_months, because: A half.}
", "customer: {tenure_months: unknown}"), @"
    status: needs_facts
    fee: needs_facts
      needs dispute.disputed_amount
    missing fact: dispute.disputed_amount
    ");
}

#[test]
fn a_required_fact_that_is_missing() {
    insta::assert_snapshot!(run(r"
decision: fee
required: [customer.tier, customer.tenure_months]
outputs:
  amount: {type: money, value: 1.00}
", "customer: {tenure_months: unknown}"), @"
    status: needs_facts
    fee: needs_facts
      needs customer.tier
    missing fact: customer.tier
    ");
}

#[test]
fn a_division_by_zero() {
    insta::assert_snapshot!(run(r"
decision: fee
outputs:
  amount: {type: money, value: = dispute.disputed_amount / dispute.occurrences}
", "dispute: {disputed_amount: 40.00 USD, occurrences: 0}"), @"
    status: referred
    fee: fault
    fault in fee (value) at decisions/fee.yaml:3:58: division by zero
    ");
}

#[test]
fn an_amount_beyond_all_digits() {
    insta::assert_snapshot!(run(r"
decision: fee
outputs:
  amount: {type: money, value: = dispute.disputed_amount * 10000000000000000000}
", "dispute: {disputed_amount: 99999999999999.99 USD}"), @"
    status: referred
    fee: fault
    fault in fee (value) at decisions/fee.yaml:3:58: the result has more digits than a number can hold
    ");
}

#[test]
fn a_plan_of_no_instalments() {
    insta::assert_snapshot!(run(r"
decision: fee
outputs:
  amounts: {type: list of money, value: '= instalments(dispute.disputed_amount, dispute.occurrences)'}
", "dispute: {disputed_amount: 40.00 USD, occurrences: 0}"), @"
    status: referred
    fee: fault
    fault in fee (value) at decisions/fee.yaml:3:44: a payment plan has between 1 and 120 instalments, not 0
    ");
}

#[test]
fn what_reads_a_fault_waits_for_it() {
    let files = [
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", LIMIT),
        ("decisions/total.yaml", "decision: sum_of_all\noutputs:\n  amount: {type: money, value: = fee.amount * 2}\n"),
    ];
    insta::assert_snapshot!(decided(&files, "dispute: {disputed_amount: 40.00 EUR}"), @"
    status: referred
    fee: fault
    sum_of_all: skipped
      waits for fee
    fault in fee (currency) at decisions/fee.yaml:1:11: `dispute.disputed_amount`: an amount in EUR meets an amount in USD; money never changes currency silently
    ");
}
