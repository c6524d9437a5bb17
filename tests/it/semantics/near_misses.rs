//! Near misses in an explanation that is asked for: which rules one condition kept from deciding, and what of it can still be brought about.

use super::{DISPUTE, case, policy};
use std::fmt::Write;

/// The near misses of every part of the explanation, and that of everything else nothing is otherwise.
fn near(bundle: &str, cases: &[&str], given: &str) -> String {
    let policy = policy(bundle);
    let mut text = String::new();
    for facts in cases {
        let (case, at) = case(&format!("{given}{facts}"));
        let explained = policy.explain(&case, at).unwrap();
        let by_definition = policy.everything().by_definition().evaluate(&case, at).unwrap().explained();
        let without_trace = policy.everything().without_trace().evaluate(&case, at).unwrap().explained();
        assert_eq!(explained.to_json_line(), by_definition.to_json_line(), "{facts}");
        assert_eq!(explained.to_json_line(), without_trace.to_json_line(), "{facts}");
        let _ = writeln!(text, "[{facts}]");
        for part in &explained.parts {
            let mut rules: Vec<_> = part.rules.iter().map(redress::decision::RuleNote::rule).collect();
            if rules.is_empty() {
                rules.push("no rule");
            }
            let _ = writeln!(text, "{}: {} by {}", part.name, part.status.word(), rules.join(", "));
            for missed in &part.nearest {
                let item = missed.item.map_or_else(String::new, |item| format!(" for item {item}"));
                let _ = write!(text, "  {}{item}: {}", missed.rule, missed.why());
                let _ = writeln!(text, "{}", missed.actionable.iter().map(|fact| format!(" <- {fact}")).collect::<String>());
            }
        }
        let mut bare = explained.clone();
        let decided = policy.decide(&case, at).unwrap();
        for (part, of) in bare.parts.iter_mut().zip(&decided.parts) {
            part.nearest.clone_from(&of.nearest);
        }
        assert_eq!(bare.to_json_line(), decided.to_json_line(), "{facts}");
    }
    text
}

fn table(hit: &str, more: &str) -> String {
    format!(
        "=== decisions/gift.yaml
decision: gift
hit: {hit}
{more}outputs: {{sum: {{type: integer}}}}
rules:
  - {{id: large, when: {{input.n: over 100, input.level: high}}, then: {{sum: 9}}, because: A.}}
  - {{id: word, when: {{input.n: over 10, input.word: red}}, then: {{sum: 5}}, because: B.}}
  - {{id: any, when: {{input.n: over 10, input.word: not red}}, then: {{sum: 3}}, because: C.}}
  - {{id: yes, when: {{input.n: under 50, input.yes: true}}, then: {{sum: 1}}, because: D.}}
"
    )
}

const CASES: [&str; 3] = [
    "input.n: 20; input.word: blue; input.level: high; input.yes: false",
    "input.n: 5; input.word: red; input.level: high; input.yes: true",
    "input.n: 5; input.word: red; input.level: low; input.yes: unknown",
];

#[test]
fn of_first_those_above_the_one_that_decided() {
    insta::assert_snapshot!(near(&format!("{}otherwise: {{sum: 0, because: None.}}\n", table("first", "")), &CASES, ""), @"
    [input.n: 20; input.word: blue; input.level: high; input.yes: false]
    gift: decided by any
      large: `input.n` is 20, the rule asks for over 100
      word: `input.word` is blue, the rule asks for red
    [input.n: 5; input.word: red; input.level: high; input.yes: true]
    gift: decided by yes
      large: `input.n` is 5, the rule asks for over 100
      word: `input.n` is 5, the rule asks for over 10
    [input.n: 5; input.word: red; input.level: low; input.yes: unknown]
    gift: decided by otherwise
      word: `input.n` is 5, the rule asks for over 10
      yes: `input.yes` is unknown, the rule asks for true
      large: `input.n` is 5, the rule asks for over 100; `input.level` is low, the rule asks for high
    ");
}

#[test]
fn of_unique_and_of_lists_every_other_one() {
    let unique = "=== decisions/gift.yaml
decision: gift
outputs: {sum: {type: integer}}
rules:
  - {id: high, when: {input.n: over 10, input.level: high}, then: {sum: 5}, because: A.}
  - {id: low, when: {input.n: over 10, input.level: under high}, then: {sum: 3}, because: B.}
  - {id: few, when: {input.n: at most 10, input.level: high}, then: {sum: 1}, because: C.}
  - {id: least, when: {input.n: at most 10, input.level: under high}, then: {sum: 0}, because: D.}
";
    let mut text = near(unique, &["input.n: 20; input.level: high"], "");
    text.push_str(&near(&table("collect", ""), &CASES, ""));
    text.push_str(&near(&table("priority", "priority: {sum: most}\n"), &CASES, ""));
    text.push_str(&near(&table("collect sum", ""), &CASES, ""));
    insta::assert_snapshot!(text, @"
    [input.n: 20; input.level: high]
    gift: decided by high
      low: `input.level` is high, the rule asks for under high
      few: `input.n` is 20, the rule asks for at most 10
    [input.n: 20; input.word: blue; input.level: high; input.yes: false]
    gift: decided by any
      large: `input.n` is 20, the rule asks for over 100
      word: `input.word` is blue, the rule asks for red
      yes: `input.yes` is false, the rule asks for true
    [input.n: 5; input.word: red; input.level: high; input.yes: true]
    gift: decided by yes
      large: `input.n` is 5, the rule asks for over 100
      word: `input.n` is 5, the rule asks for over 10
    [input.n: 5; input.word: red; input.level: low; input.yes: unknown]
    gift: decided by no rule
      word: `input.n` is 5, the rule asks for over 10
      yes: `input.yes` is unknown, the rule asks for true
    [input.n: 20; input.word: blue; input.level: high; input.yes: false]
    gift: decided by any
      large: `input.n` is 20, the rule asks for over 100
      word: `input.word` is blue, the rule asks for red
      yes: `input.yes` is false, the rule asks for true
    [input.n: 5; input.word: red; input.level: high; input.yes: true]
    gift: decided by yes
      large: `input.n` is 5, the rule asks for over 100
      word: `input.n` is 5, the rule asks for over 10
    [input.n: 5; input.word: red; input.level: low; input.yes: unknown]
    gift: no_rule by no rule
      word: `input.n` is 5, the rule asks for over 10
      yes: `input.yes` is unknown, the rule asks for true
      large: `input.n` is 5, the rule asks for over 100; `input.level` is low, the rule asks for high
    [input.n: 20; input.word: blue; input.level: high; input.yes: false]
    gift: decided by any
      large: `input.n` is 20, the rule asks for over 100
      word: `input.word` is blue, the rule asks for red
      yes: `input.yes` is false, the rule asks for true
    [input.n: 5; input.word: red; input.level: high; input.yes: true]
    gift: decided by yes
      large: `input.n` is 5, the rule asks for over 100
      word: `input.n` is 5, the rule asks for over 10
    [input.n: 5; input.word: red; input.level: low; input.yes: unknown]
    gift: no_rule by no rule
      word: `input.n` is 5, the rule asks for over 10
      yes: `input.yes` is unknown, the rule asks for true
      large: `input.n` is 5, the rule asks for over 100; `input.level` is low, the rule asks for high
    ");
}

#[test]
fn of_each_item_and_with_what_can_still_be_brought_about() {
    let bundle = "=== decisions/penalties.yaml
decision: penalties
for_each: dispute.consequential_charges as charge
hit: first
outputs:
  approved: {type: money, default: 0.00}
  refused: {type: money, default: 0.00}
rules:
  - id: proven
    when: {charge.evidence: at least receipt}
    then: {approved: = charge.amount}
    because: 'A.'
  - id: fee
    when: {charge.kind: late_fee}
    then: {approved: 1.00}
    because: B.
otherwise: {because: None.}
=== decisions/gift.yaml
decision: gift
hit: first
let: {half: = dispute.disputed_amount / 2}
outputs: {sum: {type: money}}
rules:
  - {id: ours, when: {finding.liability: our_error, half: over 10}, then: {sum: 5.00}, because: A.}
  - {id: gold, when: {customer.tier: at least gold, finding.liability: no_error}, then: {sum: 3.00}, because: B.}
  - {id: all, then: {sum: 0.00}, because: C.}
";
    let cases = [
        "finding.liability: no_error; customer.tier: silver; dispute.consequential_charges: \
         [{kind: late_fee, amount: 10.01 USD, evidence: claim_only}, {kind: bank_fee, amount: 7.00 USD, evidence: claim_only}, \
         {kind: bank_fee, amount: 3.00 USD, evidence: receipt}]",
        "finding.liability: our_error; dispute.disputed_amount: 15.00 USD",
    ];
    let given = "complaint.case_id: D-1; complaint.received_at: 2026-03-02T09:00:00Z; complaint.language: en; \
        complaint.jurisdiction: US-VA; customer.customer_id: C-1; dispute.reason_code: DUPLICATE; dispute.disputed_amount: 64.20 USD; ";
    assert!(given.starts_with(DISPUTE));
    insta::assert_snapshot!(near(bundle, &cases, given), @"
    [finding.liability: no_error; customer.tier: silver; dispute.consequential_charges: [{kind: late_fee, amount: 10.01 USD, evidence: claim_only}, {kind: bank_fee, amount: 7.00 USD, evidence: claim_only}, {kind: bank_fee, amount: 3.00 USD, evidence: receipt}]]
    gift: decided by all
      ours: `finding.liability` is no_error, the rule asks for our_error <- finding.liability
      gold: `customer.tier` is silver, the rule asks for at least gold
    penalties: decided by fee, otherwise, proven
      proven for item 1: `charge.evidence` is claim_only, the rule asks for at least receipt <- dispute.consequential_charges.evidence
      proven for item 2: `charge.evidence` is claim_only, the rule asks for at least receipt <- dispute.consequential_charges.evidence
      fee for item 2: `charge.kind` is bank_fee, the rule asks for late_fee
    [finding.liability: our_error; dispute.disputed_amount: 15.00 USD]
    gift: decided by all
      ours: `half` is 7.50 USD, the rule asks for over 10
    penalties: decided by no rule
    ");
}
