//! Quarantine: a plugin that is not called, what happens in its stead, and what the decision tells of it.

use super::{case, policy, shown};
use redress::evaluation::Circumstances;

/// Two plugins and two scripts that decide; what fails is told by the facts.
fn bundle(on_failure: &str) -> String {
    format!(
        "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
facts: {{input.n: {{type: integer}}, input.list: {{type: list of integer}}}}
quarantine: {{after: 5, cool_down_minutes: 10}}
plugins:
  - {{id: share, script: scripts/share.rhai, after: fee, when: {{input.n: under 100}}, on_failure: {on_failure}}}
  - {{id: bonus, script: scripts/bonus.rhai, after: fee, on_failure: skip, quarantine: {{after: 2, cool_down_minutes: 1}}}}
=== decisions/fee.yaml
decision: fee
outputs: {{sum: {{type: decimal, value: 10}}}}
=== decisions/tax.yaml
decision: tax
script: scripts/tax.rhai
on_failure: escalate
outputs: {{rate: {{type: decimal}}}}
=== decisions/each.yaml
decision: each
for_each: input.list as one
script: scripts/tax.rhai
on_failure: escalate
outputs: {{rate: {{type: decimal}}}}
=== scripts/share.rhai
fn fee(facts, draft, settings) {{ draft.sum = draft.sum / facts.input.n; draft }}
=== scripts/bonus.rhai
fn fee(facts, draft, settings) {{ draft.sum += 1; draft }}
=== scripts/tax.rhai
fn tax(facts, settings) {{ #{{rate: 1}} }}
fn each(facts, settings) {{ #{{rate: 10 / facts.one}} }}
"
    )
}

fn decided(on_failure: &str, facts: &str, quarantined: &[&str]) -> String {
    let (case, at) = case(facts);
    let under = Circumstances::new().in_quarantine(quarantined.iter().copied());
    let (decision, calls) = crate::oracle::decide_under(&policy(&bundle(on_failure)), &case, at, &under);
    let met = decision.as_ref().map_or_else(|_| Vec::new(), |decision| decision.audit.quarantined.clone());
    let named = |names: Vec<String>| if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
    format!("called: {}; met in quarantine: {}\n{}", named(calls), named(met), shown(decision))
}

#[test]
fn nobody_is_in_quarantine() {
    insta::assert_snapshot!(decided("escalate", "input.n: 2", &[]), @"
    called: share, bonus, tax; met in quarantine: nobody
    decided
      each: decided
      fee: decided by value -> sum 6
        plugin share: sum 10 -> 5
        plugin bonus: sum 5 -> 6
      tax: decided by script -> rate 1
    ");
}

#[test]
fn a_plugin_is_not_called_and_its_failure_policy_applies() {
    insta::assert_snapshot!(decided("escalate", "input.n: 2", &["share"]), @"
    called: tax; met in quarantine: share
    referred
      each: decided
      fee: fault
      tax: decided by script -> rate 1
      fault of fee, quarantine: the plugin `share` is in quarantine after 5 faults in a row (bundle.yaml:7:6)
    ");
    insta::assert_snapshot!(decided("skip", "input.n: 2", &["share"]), @"
    called: bonus, tax; met in quarantine: share
    decided
      each: decided
      fee: decided by value -> sum 11
        plugin share (the plugin is in quarantine after 5 faults in a row and was skipped)
        plugin bonus: sum 10 -> 11
      tax: decided by script -> rate 1
    ");
    insta::assert_snapshot!(decided("refuse", "input.n: 2", &["share"]), @"
    called: nobody; met in quarantine: nobody
    `share` refused to decide: it is in quarantine after 5 faults in a row
    ");
}

#[test]
fn who_is_not_reached_does_not_matter() {
    insta::assert_snapshot!(decided("escalate", "input.n: 200", &["share", "nobody"]), @"
    called: bonus, tax; met in quarantine: nobody
    decided
      each: decided
      fee: decided by value -> sum 11
        plugin bonus: sum 10 -> 11
      tax: decided by script -> rate 1
    ");
}

#[test]
fn a_decision_whose_script_is_in_quarantine() {
    insta::assert_snapshot!(decided("skip", "input.n: 2", &["tax", "bonus"]), @"
    called: share; met in quarantine: bonus, tax
    referred
      each: decided
      fee: decided by value -> sum 5
        plugin share: sum 10 -> 5
        plugin bonus (the plugin is in quarantine after 2 faults in a row and was skipped)
      tax: fault
      fault of tax, quarantine: what decides `tax` is in quarantine after 5 faults in a row (decisions/tax.yaml:2:9)
    ");
}

#[test]
fn what_failed_is_noted_once_a_case_and_a_missing_fact_is_no_failure() {
    insta::assert_snapshot!(decided("skip", "input.n: 0; input.list: [1, 0, 0, 2]", &[]), @"
    called: each!, share!, bonus, tax; met in quarantine: nobody
    referred
      each: fault by script@1, script@4
      fee: decided by value -> sum 11
        plugin share (the plugin failed and was skipped: division by zero)
        plugin bonus: sum 10 -> 11
      tax: decided by script -> rate 1
      fault of each, value: division by zero (scripts/tax.rhai:2:39)
      fault of each, value: division by zero (scripts/tax.rhai:2:39)
    ");
    insta::assert_snapshot!(decided("skip", "input.list: [1, 2]", &[]), @"
    called: each, bonus, tax; met in quarantine: nobody
    decided
      each: decided by script@1, script@2
        - rate 10
        - rate 5
      fee: decided by value -> sum 11
        plugin bonus: sum 10 -> 11
      tax: decided by script -> rate 1
    ");
    insta::assert_snapshot!(decided("refuse", "input.n: 0", &[]), @"
    called: share!; met in quarantine: nobody
    `share` refused to decide: division by zero
    ");
}

#[test]
fn quarantine_is_a_part_of_the_number_of_a_decision() {
    let policy = policy(&bundle("skip"));
    let (case, at) = case("input.n: 2");
    let number = |names: &[&str]| {
        let under = Circumstances::new().in_quarantine(names.iter().copied());
        crate::oracle::decide_under(&policy, &case, at, &under).0.unwrap().decision_id
    };
    assert_eq!(number(&[]), policy.decide(&case, at).unwrap().decision_id);
    assert_eq!(number(&["nobody"]), number(&[]));
    assert_ne!(number(&["share"]), number(&[]));
    assert_ne!(number(&["share"]), number(&["bonus"]));
    assert_eq!(number(&["share", "bonus"]), number(&["bonus", "share", "nobody"]));
}
