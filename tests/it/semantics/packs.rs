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
        let law = line.law.as_ref().map_or_else(String::new, |law| serde_json::to_string(law).unwrap());
        text.push_str(&format!("  {}: {} {law}\n", line.rule, line.effect));
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
