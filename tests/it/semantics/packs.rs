//! Packs: what they add to a bundle, where they apply, and what is told of them.

use super::{case, policy};
use redress::Decision;

const BUNDLE: &str = "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
packs: [near, far]
params: {days: 3, word: plain}
facts:
  input.n: {type: integer}
  input.word: {type: text}
=== decisions/d.yaml
decision: d
hit: first
outputs: {word: {type: text}, days: {type: integer, default: 0}}
rules:
  - {id: own, when: {input.n: 1}, then: {word: own, days: = params.days}, because: Ours.}
otherwise: {word: none, because: Nothing.}
=== packs/near/bundle.yaml
pack: near
version: 2
when: {complaint.jurisdiction: US}
effective: {from: 2026-01-01, until: 2026-12-31}
calendar: US
params: {days: 5, near: {step: look}}
=== packs/near/decisions/d.yaml
decision: d
let:
  near_days: {type: integer, value: = params.days}
rules:
  - id: NEAR-1
    when: {input.n: at most 2}
    then: {word: near, days: = near_days}
    because: The near law says {days} days.
    source: art. 1
    address: https://example.com/near
    verified: false
=== packs/near/decisions/own.yaml
decision: near_only
hit: first
outputs: {yes: {type: boolean}}
rules: [{id: NEAR-2, then: {yes: true}, because: The near law applies.}]
otherwise: {yes: false, because: It does not.}
=== packs/near/obligations/all.yaml
obligations:
  - {id: NEAR-3, step: look, due: {within: 5 business days, after: complaint.received_at}, holds: [collection], verified: true}
=== packs/far/bundle.yaml
pack: far
version: 1
when: {complaint.jurisdiction: [GB, US-VA]}
=== packs/far/decisions/d.yaml
decision: d
rules:
  - {id: FAR-1, when: {input.n: [1, 2]}, then: {word: far}, because: The far law.}
=== packs/far/obligations/all.yaml
obligations:
  - {id: FAR-2, step: look, due: {within: 4 calendar days, after: complaint.received_at}, holds: [late_fees]}
=== packs/unnamed/bundle.yaml
this is not even read
";

fn told(decision: &Decision) -> String {
    let mut text = String::new();
    for pack in &decision.packs {
        text.push_str(&format!("  pack {} {}{}\n", pack.pack, pack.version, if pack.certain { "" } else { ", perhaps" }));
    }
    for line in &decision.explanation {
        let law = line.law().map_or_else(String::new, |law| serde_json::to_string(law).unwrap());
        text.push_str(&format!("  {}: {} {law}\n", line.rule(), line.effect));
    }
    for clock in &decision.clocks {
        let due = clock.due.map_or_else(String::new, |due| due.to_string());
        text.push_str(&format!("  {} {due}{}\n", clock.id, if clock.binding { ", binding" } else { "" }));
    }
    text.push_str(&format!("  holds {}\n", decision.holds.names().join(", ")));
    text
}

#[test]
fn packs_apply_by_place_and_date_and_add_up() {
    let policy = policy(BUNDLE);
    let mut shown = String::new();
    for facts in [
        "input.n: 1; complaint.jurisdiction: US-CA",
        "input.n: 1; complaint.jurisdiction: US-VA",
        "input.n: 1; complaint.jurisdiction: GB",
        "input.n: 1; complaint.jurisdiction: FR",
        "input.n: 1; complaint.jurisdiction: US-CA; complaint.policy_date: 2025-12-31",
        "input.n: 1; complaint.jurisdiction: US-CA; complaint.policy_date: 2026-12-31",
        "input.n: 1; complaint.jurisdiction: US-CA; complaint.policy_date: 2027-01-01",
        "input.n: 1",
    ] {
        let (case, at) = case(&format!("complaint.received_at: 2026-03-02T09:00:00Z; {facts}"));
        let decision = crate::oracle::decide(&policy, &case, at).unwrap();
        shown.push_str(&format!("[{facts}]\n{}", told(&decision)));
    }
    insta::assert_snapshot!(shown, @r#"
    [input.n: 1; complaint.jurisdiction: US-CA]
      pack near 2
      d/NEAR-1: word near, days 5 {"pack":"near","address":"https://example.com/near","verified":false}
      near_only/NEAR-2: yes true {"pack":"near"}
      NEAR-3 2026-03-09, binding
      holds collection
    [input.n: 1; complaint.jurisdiction: US-VA]
      pack near 2
      pack far 1
      d/NEAR-1: word near, days 5 {"pack":"near","address":"https://example.com/near","verified":false}
      near_only/NEAR-2: yes true {"pack":"near"}
      FAR-2 2026-03-06, binding
      NEAR-3 2026-03-09
      holds collection, late_fees
    [input.n: 1; complaint.jurisdiction: GB]
      pack far 1
      d/FAR-1: word far, days 0 {"pack":"far"}
      near_only/otherwise: yes false 
      FAR-2 2026-03-06, binding
      holds late_fees
    [input.n: 1; complaint.jurisdiction: FR]
      d/own: word own, days 3 
      near_only/otherwise: yes false 
      holds 
    [input.n: 1; complaint.jurisdiction: US-CA; complaint.policy_date: 2025-12-31]
      d/own: word own, days 3 
      near_only/otherwise: yes false 
      holds 
    [input.n: 1; complaint.jurisdiction: US-CA; complaint.policy_date: 2026-12-31]
      pack near 2
      d/NEAR-1: word near, days 5 {"pack":"near","address":"https://example.com/near","verified":false}
      near_only/NEAR-2: yes true {"pack":"near"}
      NEAR-3 2026-03-09, binding
      holds collection
    [input.n: 1; complaint.jurisdiction: US-CA; complaint.policy_date: 2027-01-01]
      d/own: word own, days 3 
      near_only/otherwise: yes false 
      holds 
    [input.n: 1]
      pack near 2, perhaps
      pack far 1, perhaps
      d/own: word own, days 3 
      near_only/otherwise: yes false 
      FAR-2 2026-03-06, binding
      NEAR-3 2026-03-09
      holds collection, late_fees
    "#);
}

#[test]
fn a_table_of_a_pack_holds_where_the_pack_applies() {
    let policy = policy(
        "=== bundle.yaml
bundle: small
version: 1
currency: USD
packs: [near, far]
facts: {input.n: {type: integer}}
=== packs/near/bundle.yaml
pack: near
version: 1
when: {complaint.jurisdiction: US}
=== packs/near/decisions/sum.yaml
decision: sum
hit: first
outputs: {word: {type: text}}
table: |
  | input.n   | => word | id | because |
  | at most 2 | near    |    | Near.   |
otherwise: {word: none, because: Nothing.}
=== packs/far/bundle.yaml
pack: far
version: 1
when: {complaint.jurisdiction: [GB, US-VA]}
=== packs/far/decisions/sum.yaml
decision: sum
rules: [{when: {input.n: at most 5}, then: {word: far}, because: Far.}]
",
    );
    let mut shown = String::new();
    for facts in [
        "input.n: 1; complaint.jurisdiction: US-CA",
        "input.n: 1; complaint.jurisdiction: US-VA",
        "input.n: 3; complaint.jurisdiction: US-VA",
        "input.n: 1; complaint.jurisdiction: FR",
    ] {
        let (case, at) = case(&format!("complaint.received_at: 2026-03-02T09:00:00Z; {facts}"));
        let decision = crate::oracle::decide(&policy, &case, at).unwrap();
        shown.push_str(&format!("[{facts}]\n{}", told(&decision)));
    }
    insta::assert_snapshot!(shown, @r#"
    [input.n: 1; complaint.jurisdiction: US-CA]
      pack near 1
      sum/#near-1: word near {"pack":"near"}
      holds 
    [input.n: 1; complaint.jurisdiction: US-VA]
      pack near 1
      pack far 1
      sum/#near-1: word near {"pack":"near"}
      holds 
    [input.n: 3; complaint.jurisdiction: US-VA]
      pack near 1
      pack far 1
      sum/#far-1: word far {"pack":"far"}
      holds 
    [input.n: 1; complaint.jurisdiction: FR]
      sum/otherwise: word none 
      holds
    "#);
}

/// Two laws that ask for money for the same loss, and the way in which the bundle decides between them.
fn two_laws(near: &str, far: &str) -> String {
    format!(
        "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
packs: [near, far]
facts: {{input.word: {{type: text}}}}
=== decisions/correction.yaml
decision: correction
hit: first
outputs: {{amount: {{type: money, value: = dispute.disputed_amount}}, instrument: {{type: enum, values: [refund], value: refund}}}}
=== decisions/statutory_redress.yaml
decision: statutory_redress
hit: priority
priority: {{amount: most}}
outputs: {{amount: {{type: money, default: 0.00}}, multiple: {{type: decimal, default: 1.0}}, basis: {{type: text, default: missing}}}}
otherwise: {{because: No law grants more.}}
=== packs/near/bundle.yaml
pack: near
version: 1
when: {{complaint.jurisdiction: US}}
=== packs/near/decisions/statutory_redress.yaml
decision: statutory_redress
rules:
  - id: NEAR-1
    then: {{{near}, basis: near law}}
    because: The near law asks for {{amount}}.
    source: near law, art. 1
    verified: true
=== packs/near/guardrails/floor.yaml
guardrails:
  - {{id: NEAR-FLOOR, when: {{input.word: near}}, floor: statutory_redress.amount, at: 40.00, because: Near floor., source: near law}}
=== packs/far/bundle.yaml
pack: far
version: 1
when: {{complaint.jurisdiction: US-VA}}
=== packs/far/decisions/statutory_redress.yaml
decision: statutory_redress
rules:
  - id: FAR-1
    then: {{{far}, basis: far law}}
    because: The far law asks for {{amount}}.
    source: far law, art. 2
    verified: false
=== packs/far/guardrails/floor.yaml
guardrails:
  - {{id: FAR-FLOOR, when: {{input.word: [near, far]}}, floor: statutory_redress.amount, at: 30.00, because: Far floor., source: far law}}
"
    )
}

/// What is owed, by which laws, and what a person has to look at.
fn owed_once(laws: &str, facts: &str) -> String {
    let (case, at) = case(&format!(
        "complaint.case_id: D-1; customer.customer_id: C-1; complaint.language: en; dispute.reason_code: PRICE; complaint.received_at: 2026-03-02T09:00:00Z; dispute.disputed_amount: 100.00 USD; {facts}"
    ));
    let decision = crate::oracle::decide(&policy(laws), &case, at).unwrap();
    let redress = decision.money.statutory_redress.as_ref().unwrap();
    let total = decision.money.total_cost.unwrap();
    let mut text = format!("[{facts}] {}: {} by {:?}, {total} in all\n", decision.status.word(), redress.amount, redress.basis);
    for line in decision.explanation.iter().filter(|line| line.rule().starts_with("statutory_redress/")) {
        let verified = line.law().and_then(|law| law.verified);
        text.push_str(&format!("  {}: {} ({:?}, verified {verified:?})\n", line.rule(), line.because, line.source()));
    }
    for fault in &decision.faults {
        text.push_str(&format!("  {} {}: {}\n", fault.part, fault.kind, fault.message));
    }
    text
}

#[test]
fn what_two_laws_ask_for_the_same_loss_is_owed_once_and_both_are_named() {
    let mut shown = String::new();
    for (near, far) in [
        ("amount: 20.00", "amount: 50.00"),
        ("amount: 50.00", "amount: 20.00"),
        ("amount: 20.00", "amount: 20.00"),
        ("amount: 20.00", "amount: 0.00"),
    ] {
        shown.push_str(&owed_once(&two_laws(near, far), "complaint.jurisdiction: US-VA; input.word: none"));
    }
    let laws = two_laws("amount: 20.00", "amount: 50.00");
    shown.push_str(&owed_once(&laws, "complaint.jurisdiction: US-CA; input.word: none"));
    shown.push_str(&owed_once(&laws, "complaint.jurisdiction: FR; input.word: none"));
    insta::assert_snapshot!(shown, @r#"
    [complaint.jurisdiction: US-VA; input.word: none] decided: 50.00 USD by Some("far law"), 150.00 USD in all
      statutory_redress/FAR-1: The far law asks for 50.00 USD. (Some("far law, art. 2"), verified Some(false))
      statutory_redress/NEAR-1: The near law asks for 20.00 USD. (Some("near law, art. 1"), verified Some(true))
    [complaint.jurisdiction: US-VA; input.word: none] decided: 50.00 USD by Some("near law"), 150.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 50.00 USD. (Some("near law, art. 1"), verified Some(true))
      statutory_redress/FAR-1: The far law asks for 20.00 USD. (Some("far law, art. 2"), verified Some(false))
    [complaint.jurisdiction: US-VA; input.word: none] decided: 20.00 USD by Some("near law"), 120.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 20.00 USD. (Some("near law, art. 1"), verified Some(true))
      statutory_redress/FAR-1: The far law asks for 20.00 USD. (Some("far law, art. 2"), verified Some(false))
    [complaint.jurisdiction: US-VA; input.word: none] decided: 20.00 USD by Some("near law"), 120.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 20.00 USD. (Some("near law, art. 1"), verified Some(true))
    [complaint.jurisdiction: US-CA; input.word: none] decided: 20.00 USD by Some("near law"), 120.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 20.00 USD. (Some("near law, art. 1"), verified Some(true))
    [complaint.jurisdiction: FR; input.word: none] decided: 0.00 USD by None, 100.00 USD in all
      statutory_redress/otherwise: No law grants more. (None, verified None)
    "#);
}

#[test]
fn floors_of_two_packs_do_not_add_up() {
    let laws = two_laws("amount: 0.00", "amount: 0.00");
    let facts = ["input.word: far", "input.word: near"].map(|facts| format!("complaint.jurisdiction: US-VA; {facts}"));
    insta::assert_snapshot!(facts.map(|facts| owed_once(&laws, &facts)).concat(), @r#"
    [complaint.jurisdiction: US-VA; input.word: far] decided: 30.00 USD by Some("near law"), 130.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 30.00 USD. (Some("near law, art. 1"), verified Some(true))
      statutory_redress/FAR-FLOOR: Far floor. (Some("far law"), verified None)
    [complaint.jurisdiction: US-VA; input.word: near] decided: 40.00 USD by Some("near law"), 140.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 40.00 USD. (Some("near law, art. 1"), verified Some(true))
      statutory_redress/NEAR-FLOOR: Near floor. (Some("near law"), verified None)
    "#);
}

#[test]
fn a_redress_that_pays_more_than_its_multiple_goes_to_a_person() {
    let mut shown = String::new();
    for near in [
        "amount: 100.00, multiple: 2",
        "amount: 100.01, multiple: 2",
        "amount: 100.02, multiple: 2",
        "amount: 200.00, multiple: 2",
        "amount: 33.33, multiple: 1.3333",
    ] {
        shown.push_str(&owed_once(&two_laws(near, "amount: 0.00"), "complaint.jurisdiction: US-CA; input.word: none"));
    }
    insta::assert_snapshot!(shown, @r#"
    [complaint.jurisdiction: US-CA; input.word: none] decided: 100.00 USD by Some("near law"), 200.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 100.00 USD. (Some("near law, art. 1"), verified Some(true))
    [complaint.jurisdiction: US-CA; input.word: none] decided: 100.01 USD by Some("near law"), 200.01 USD in all
      statutory_redress/NEAR-1: The near law asks for 100.01 USD. (Some("near law, art. 1"), verified Some(true))
    [complaint.jurisdiction: US-CA; input.word: none] referred: 100.02 USD by Some("near law"), 200.02 USD in all
      statutory_redress/NEAR-1: The near law asks for 100.02 USD. (Some("near law, art. 1"), verified Some(true))
      statutory_redress double_counting: it pays 100.02 USD on top of a correction of 100.00 USD, and says that both together are 2 times the correction: a part of the loss would be paid twice
    [complaint.jurisdiction: US-CA; input.word: none] referred: 200.00 USD by Some("near law"), 300.00 USD in all
      statutory_redress/NEAR-1: The near law asks for 200.00 USD. (Some("near law, art. 1"), verified Some(true))
      statutory_redress double_counting: it pays 200.00 USD on top of a correction of 100.00 USD, and says that both together are 2 times the correction: a part of the loss would be paid twice
    [complaint.jurisdiction: US-CA; input.word: none] decided: 33.33 USD by Some("near law"), 133.33 USD in all
      statutory_redress/NEAR-1: The near law asks for 33.33 USD. (Some("near law, art. 1"), verified Some(true))
    "#);
}

/// A floor lifts what the best law grants; what another law asks for stays what it asks for.
#[test]
fn a_law_beside_the_best_speaks_of_what_it_grants_itself() {
    let laws = two_laws("amount: 20.00", "amount: 35.00");
    insta::assert_snapshot!(owed_once(&laws, "complaint.jurisdiction: US-VA; input.word: near"), @r#"
    [complaint.jurisdiction: US-VA; input.word: near] decided: 40.00 USD by Some("far law"), 140.00 USD in all
      statutory_redress/FAR-1: The far law asks for 40.00 USD. (Some("far law, art. 2"), verified Some(false))
      statutory_redress/NEAR-1: The near law asks for 20.00 USD. (Some("near law, art. 1"), verified Some(true))
      statutory_redress/NEAR-FLOOR: Near floor. (Some("near law"), verified None)
    "#);
}
