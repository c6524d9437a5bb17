//! Reasons in the customer's language with their values, and what a decision says about itself.

#![expect(clippy::too_many_lines, reason = "a test shows its whole input and its whole output")]

use super::{case, decided, disputes, policy};

const LANGUAGES: &str = "=== decisions/d.yaml
decision: d
hit: first
let:
  twice: = dispute.disputed_amount * 2
outputs: {sum: {type: money}, word: {type: text, default: x}}
rules:
  - id: r
    when: {finding.severity: [minor, missing]}
    then:
      sum: = twice
    because:
      en: The amount {dispute.disputed_amount} twice is {sum}, which is {twice}, for {customer.tier}.
      es: 'Dos veces {dispute.disputed_amount} son {sum}.'
      pt-BR: 'Duas vezes {dispute.disputed_amount}: {sum}.'
otherwise:
  sum: 0.00
  because: {de: 'Nichts: {sum}.', fr: 'Rien: {sum}.'}
";

#[test]
fn reasons_speak_the_customers_language() {
    insta::assert_snapshot!(disputes(LANGUAGES, &[
        "complaint.language: en; customer.tier: gold",
        "complaint.language: es-MX",
        "complaint.language: pt-BR",
        "complaint.language: pt-PT; customer.tier: unknown",
        "complaint.language: fr-CA; finding.severity: severe",
        "complaint.language: ja; finding.severity: severe",
    ]), @r"
    [complaint.language: en; customer.tier: gold]
    decided
      d: decided by r -> sum 128.40 USD, word x
        because The amount 64.20 USD twice is 128.40 USD, which is 128.40 USD, for gold.

    [complaint.language: es-MX]
    decided
      d: decided by r -> sum 128.40 USD, word x
        because Dos veces 64.20 USD son 128.40 USD.

    [complaint.language: pt-BR]
    decided
      d: decided by r -> sum 128.40 USD, word x
        because Duas vezes 64.20 USD: 128.40 USD.

    [complaint.language: pt-PT; customer.tier: unknown]
    decided
      d: decided by r -> sum 128.40 USD, word x
        because The amount 64.20 USD twice is 128.40 USD, which is 128.40 USD, for (unknown).

    [complaint.language: fr-CA; finding.severity: severe]
    decided
      d: decided by otherwise -> sum 0.00 USD, word x
        because Rien: 0.00 USD.
        nearest r: `finding.severity` is severe, the rule asks for minor, missing

    [complaint.language: ja; finding.severity: severe]
    decided
      d: decided by otherwise -> sum 0.00 USD, word x
        because Nichts: 0.00 USD.
        nearest r: `finding.severity` is severe, the rule asks for minor, missing
    ");
}

#[test]
fn a_decision_names_the_bundle_its_version_and_its_digest() {
    let small = "=== decisions/d.yaml\ndecision: d\noutputs: {n: {type: integer, value: = input.n}}\n";
    let (case, at) = case("input.n: 5");
    let decision = crate::oracle::decide(&policy(small), &case, at).unwrap();
    assert_eq!(decision.policy, *policy(small).name());
    let tested = format!("{small}=== tests/t.yaml\ntests: []\n");
    assert_eq!(policy(&tested).name().digest, decision.policy.digest, "tests decide nothing");
    let other = small.replace("= input.n", "= input.m");
    assert_ne!(policy(&other).name().digest, decision.policy.digest);
    insta::assert_snapshot!(serde_json::to_string_pretty(&decision).unwrap(), @r#"
    {
      "format": 1,
      "decision_id": "204682aa2c0d490ddb2e3a6ca3c02ab7",
      "case_id": "",
      "status": "decided",
      "policy": {
        "bundle": "small",
        "version": "1.0.0",
        "digest": "blake3:6e11cfc3d6b183f2fc5ec30c72fc39445fcc7c989bf54cb6dd8b4bc3725c749c"
      },
      "at": "2026-03-05T00:00:00Z",
      "policy_date": "2026-03-05",
      "outcome": null,
      "money": {
        "correction": null,
        "related_charges_reversed": null,
        "statutory_redress": null,
        "interest": null,
        "penalty_reimbursement": null,
        "goodwill": null,
        "provisional_credit": null,
        "total_cost": null
      },
      "terms": {
        "payment_plan": null,
        "due_date_extension_days": null
      },
      "holds": {
        "collection": false,
        "late_fees": false,
        "credit_reporting": false,
        "service_suspension": false,
        "auto_collection": false,
        "because": {}
      },
      "approval": {
        "required_role": null,
        "also": [],
        "second_person": false,
        "reason": null
      },
      "escalation": {
        "level": 0,
        "target": null,
        "trigger": null
      },
      "relationship": {
        "action": null,
        "safeguards": [],
        "earliest_exit_on": null
      },
      "packs": [],
      "clocks": [],
      "plan": [],
      "letters": [],
      "prevention": {
        "root_cause": null,
        "corrective_action": null,
        "look_back": null
      },
      "parts": {
        "d": {
          "status": "decided",
          "rules": [
            "value"
          ],
          "outputs": {
            "n": 5
          },
          "because": ""
        }
      },
      "missing_facts": [],
      "faults": [],
      "explanation": [
        {
          "rule": "d/value",
          "because": "",
          "source": null,
          "place": "decisions/d.yaml:1:11",
          "inputs": {
            "input.n": 5
          },
          "effect": "n 5"
        }
      ],
      "rejected_alternatives": [],
      "audit": {
        "input_hash": "blake3:a72840b465a79b55d821f0bdf435363e5bc6ea1421187106fb173d3485a20a4b",
        "policy_hash": "blake3:6e11cfc3d6b183f2fc5ec30c72fc39445fcc7c989bf54cb6dd8b4bc3725c749c",
        "overrides": []
      }
    }
    "#);
}

#[test]
fn the_same_case_policy_and_time_give_the_same_bytes() {
    let line = |facts: &str| {
        let (case, at) = case(facts);
        crate::oracle::decide(&policy(LANGUAGES), &case, at).unwrap().to_json_line()
    };
    let facts = format!("{}; customer.tier: gold", super::DISPUTE);
    assert_eq!(line(&facts), line(&facts));
    // The same instant in another zone is the same time; another time is another decision.
    assert_eq!(line(&format!("{facts}; at: 2026-03-05T05:00:00+05:00")), line(&facts));
    assert_ne!(line(&format!("{facts}; at: 2026-03-05T00:00:01Z")), line(&facts));
}

#[test]
fn files_and_keys_may_stand_in_any_order() {
    let one = "=== decisions/a.yaml\ndecision: late\noutputs: {n: {type: integer, value: = early.n + 1}}\n";
    let two = "=== decisions/b.yaml\ndecision: early\noutputs: {n: {type: integer, value: = input.n}}\n";
    let there = decided(&format!("{one}{two}"), &["input.n: 1"]);
    let back = format!("{two}{one}").replace("decisions/a.yaml", "decisions/c.yaml");
    insta::assert_snapshot!(there, @r"
    [input.n: 1]
    decided
      early: decided by value -> n 1
      late: decided by value -> n 2
    ");
    assert_eq!(decided(&back, &["input.n: 1"]), there);
}
