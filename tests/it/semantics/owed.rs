//! What is owed stands, whatever becomes of what is given.

use super::disputes;

const BUNDLE: &str = "=== bundle.yaml
bundle: owed
version: 1.0.0
currency: case
params:
  gift: {USD: 10.00}
=== decisions/outcome.yaml
decision: outcome
hit: first
outputs: {value: {type: enum, values: [uphold, reject, provisional]}}
rules:
  - {id: ours, when: {finding.liability: our_error}, then: {value: uphold}, because: Ours.}
  - {id: not-ours, when: {finding.liability: no_error}, then: {value: reject}, because: Not ours.}
otherwise: {value: provisional, because: Open.}
=== decisions/correction.yaml
decision: correction
hit: first
outputs:
  amount: {type: money, default: 0.00}
  instrument: {type: enum, values: [none, refund], default: none}
rules:
  - {id: upheld, when: {outcome.value: uphold}, then: {amount: = dispute.disputed_amount, instrument: refund}, because: It is paid back.}
otherwise: {because: Nothing is owed.}
=== decisions/goodwill.yaml
decision: goodwill
hit: first
outputs:
  amount: {type: money, default: 0.00}
  kind: {type: enum, values: [gesture], default: missing}
  instrument: {type: enum, values: [none, bill_credit], default: none}
rules:
  - {id: gesture, when: {outcome.value: uphold}, then: {amount: params.gift, kind: gesture, instrument: bill_credit}, because: A gesture.}
otherwise: {because: No gesture.}
=== decisions/totals.yaml
decision: totals
outputs:
  owed: {type: money, value: = correction.amount}
  discretionary: {type: money, value: = goodwill.amount}
  credit: {type: money, value: = correction.amount + goodwill.amount}
";

fn money(facts: &str) -> String {
    let policy = super::policy(BUNDLE);
    let (case, at) = super::case(&format!("{}; {facts}", super::DISPUTE));
    let decision = crate::oracle::decide(&policy, &case, at).unwrap();
    let money = &decision.money;
    format!(
        "{}: correction {:?}, goodwill {:?}, total {:?}",
        decision.status.word(),
        money.correction.as_ref().map(|part| part.amount),
        money.goodwill.as_ref().map(|part| part.amount),
        money.total_cost
    )
}

#[test]
fn what_is_owed_stands_when_goodwill_cannot_be_decided() {
    insta::assert_snapshot!(disputes(BUNDLE, &["finding.liability: our_error; dispute.disputed_amount: 50.00 EUR"]), @r"
    [finding.liability: our_error; dispute.disputed_amount: 50.00 EUR]
    referred, uphold
      outcome: decided by ours -> value uphold
        because Ours.
      correction: decided by upheld -> amount 50.00 EUR, instrument refund
        because It is paid back.
      goodwill: fault
      totals: skipped
        waits for goodwill
      fault of goodwill, value: `params.gift` has no amount in EUR (decisions/goodwill.yaml:1:11)
    ");
    insta::assert_snapshot!(money("finding.liability: our_error; dispute.disputed_amount: 50.00 EUR"), @"referred: correction Some(50.00 EUR), goodwill None, total Some(50.00 EUR)");
    insta::assert_snapshot!(money("finding.liability: our_error; dispute.disputed_amount: 50.00 USD"), @"decided: correction Some(50.00 USD), goodwill Some(10.00 USD), total Some(60.00 USD)");
}

#[test]
fn what_is_owed_may_have_a_floor() {
    let floor = "=== guardrails/g.yaml
guardrails:
  - {id: least, when: {outcome.value: uphold}, floor: correction.amount, at: '= money(20)', because: Twenty at least.}
  - {id: large, when: {correction.amount: over 100.00}, require_approval: [director], because: A large sum is looked at.}
";
    insta::assert_snapshot!(disputes(&format!("{BUNDLE}{floor}"), &[
        "finding.liability: our_error; dispute.disputed_amount: 5.00 USD",
        "finding.liability: our_error; dispute.disputed_amount: 500.00 USD",
    ]), @r"
    [finding.liability: our_error; dispute.disputed_amount: 5.00 USD]
    decided, uphold
      outcome: decided by ours -> value uphold
        because Ours.
      correction: decided by upheld -> amount 20.00 USD, instrument refund
        because It is paid back.
        floor least: amount 5.00 USD -> 20.00 USD (Twenty at least.)
      goodwill: decided by gesture -> amount 10.00 USD, kind gesture, instrument bill_credit
        because A gesture.
      totals: decided by value -> owed 20.00 USD, discretionary 10.00 USD, credit 30.00 USD

    [finding.liability: our_error; dispute.disputed_amount: 500.00 USD]
    decided, uphold
      outcome: decided by ours -> value uphold
        because Ours.
      correction: decided by upheld -> amount 500.00 USD, instrument refund
        because It is paid back.
      goodwill: decided by gesture -> amount 10.00 USD, kind gesture, instrument bill_credit
        because A gesture.
      totals: decided by value -> owed 500.00 USD, discretionary 10.00 USD, credit 510.00 USD
      approval also of: director
    ");
}
