//! Safeguards: `forbid`, `unless`, `instead`.

use super::disputes;

fn bundle(guardrails: &str) -> String {
    format!(
        "=== decisions/relationship.yaml
decision: relationship
hit: first
outputs:
  action: {{type: enum, values: [keep, watch, expectation_notice, managed_exit, exit_blocked]}}
  earliest_exit_on: {{type: date, default: missing}}
rules:
  - {{id: asked, when: {{exit_request: present}}, then: {{action: managed_exit, earliest_exit_on: 2026-06-01}}, because: It was asked for.}}
otherwise: {{action: keep, because: It goes on.}}
=== decisions/next.yaml
decision: next
hit: first
outputs: {{word: {{type: text}}}}
rules:
  - {{id: ends, when: {{relationship.action: managed_exit}}, then: {{word: write a notice}}, because: It ends.}}
otherwise: {{word: carry on, because: 'The relationship: {{relationship.action}}.'}}
=== guardrails/ending.yaml
guardrails:
{guardrails}"
    )
}

const ONE: &str = "
  - id: rights
    forbid: {relationship.action: managed_exit}
    unless: {history.open_regulated_rights: empty, customer.vulnerable: false}
    instead: {relationship.action: exit_blocked, relationship.earliest_exit_on: missing}
    because: No right may be in progress.
    source: law 7
";

#[test]
fn a_forbidden_value_stands_only_where_every_condition_is_met_by_a_known_fact() {
    insta::assert_snapshot!(disputes(&bundle(ONE), &[
        "exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: false",
        "exit_request.by: agent; history.open_regulated_rights: [chargeback]; customer.vulnerable: false",
        "exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: true",
        "history.open_regulated_rights: [chargeback]",
    ]), @r"
    [exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: false]
    decided
      relationship: decided by asked -> action managed_exit, earliest_exit_on 2026-06-01
        because It was asked for.
      next: decided by ends -> word write a notice
        because It ends.
      safeguard rights: pass (law 7). No right may be in progress.

    [exit_request.by: agent; history.open_regulated_rights: [chargeback]; customer.vulnerable: false]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on -
        because It was asked for.
        forbid rights: action managed_exit -> exit_blocked (No right may be in progress.)
        forbid rights: earliest_exit_on 2026-06-01 -> - (No right may be in progress.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard rights: block (law 7). No right may be in progress.

    [exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: true]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on -
        because It was asked for.
        forbid rights: action managed_exit -> exit_blocked (No right may be in progress.)
        forbid rights: earliest_exit_on 2026-06-01 -> - (No right may be in progress.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard rights: block (law 7). No right may be in progress.

    [history.open_regulated_rights: [chargeback]]
    decided
      relationship: decided by otherwise -> action keep, earliest_exit_on -
        because It goes on.
        nearest asked: `exit_request` is missing, the rule asks for present
      next: decided by otherwise -> word carry on
        because The relationship: keep.
        nearest ends: `relationship.action` is keep, the rule asks for managed_exit
    ");
}

#[test]
fn a_missing_or_unknown_fact_never_passes_and_asks_for_a_review() {
    insta::assert_snapshot!(disputes(&bundle(ONE), &[
        "exit_request.by: agent; customer.vulnerable: false",
        "exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: unknown",
        "exit_request.by: agent; history.open_regulated_rights: unknown",
        "exit_request.by: agent; history.open_regulated_rights: unknown; customer.vulnerable: true",
    ]), @r"
    [exit_request.by: agent; customer.vulnerable: false]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on -
        because It was asked for.
        forbid rights: action managed_exit -> exit_blocked (No right may be in progress.)
        forbid rights: earliest_exit_on 2026-06-01 -> - (No right may be in progress.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard rights: review (law 7). No right may be in progress.

    [exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: unknown]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on -
        because It was asked for.
        forbid rights: action managed_exit -> exit_blocked (No right may be in progress.)
        forbid rights: earliest_exit_on 2026-06-01 -> - (No right may be in progress.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard rights: review (law 7). No right may be in progress.

    [exit_request.by: agent; history.open_regulated_rights: unknown]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on -
        because It was asked for.
        forbid rights: action managed_exit -> exit_blocked (No right may be in progress.)
        forbid rights: earliest_exit_on 2026-06-01 -> - (No right may be in progress.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard rights: review (law 7). No right may be in progress.

    [exit_request.by: agent; history.open_regulated_rights: unknown; customer.vulnerable: true]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on -
        because It was asked for.
        forbid rights: action managed_exit -> exit_blocked (No right may be in progress.)
        forbid rights: earliest_exit_on 2026-06-01 -> - (No right may be in progress.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard rights: block (law 7). No right may be in progress.
    ");
}

#[test]
fn every_forbid_that_concerns_a_proposal_is_listed() {
    let two = "
  - {id: rights, forbid: {relationship.action: managed_exit}, unless: {history.open_regulated_rights: empty}, instead: {relationship.action: exit_blocked}, because: Rights.}
  - {id: care, forbid: {relationship.action: managed_exit}, unless: {customer.vulnerable: false}, instead: {relationship.action: watch}, because: Care.}
  - {id: ever, forbid: {relationship.action: [watch, expectation_notice]}, unless: {customer.segment: consumer}, instead: {relationship.action: keep}, because: Consumers only.}
";
    insta::assert_snapshot!(disputes(&bundle(two), &[
        "exit_request.by: agent; history.open_regulated_rights: [a]; customer.vulnerable: true",
        "exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: true; customer.segment: consumer",
        "exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: true; customer.segment: enterprise",
        "exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: false",
    ]), @r"
    [exit_request.by: agent; history.open_regulated_rights: [a]; customer.vulnerable: true]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on 2026-06-01
        because It was asked for.
        forbid rights: action managed_exit -> exit_blocked (Rights.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard rights: block. Rights.
      safeguard care: block. Care.

    [exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: true; customer.segment: consumer]
    decided
      relationship: decided by asked -> action watch, earliest_exit_on 2026-06-01
        because It was asked for.
        forbid care: action managed_exit -> watch (Care.)
      next: decided by otherwise -> word carry on
        because The relationship: watch.
        nearest ends: `relationship.action` is watch, the rule asks for managed_exit
      safeguard rights: pass. Rights.
      safeguard care: block. Care.
      safeguard ever: pass. Consumers only.

    [exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: true; customer.segment: enterprise]
    decided
      relationship: decided by asked -> action keep, earliest_exit_on 2026-06-01
        because It was asked for.
        forbid care: action managed_exit -> watch (Care.)
        forbid ever: action watch -> keep (Consumers only.)
      next: decided by otherwise -> word carry on
        because The relationship: keep.
        nearest ends: `relationship.action` is keep, the rule asks for managed_exit
      safeguard rights: pass. Rights.
      safeguard care: block. Care.
      safeguard ever: block. Consumers only.

    [exit_request.by: agent; history.open_regulated_rights: []; customer.vulnerable: false]
    decided
      relationship: decided by asked -> action managed_exit, earliest_exit_on 2026-06-01
        because It was asked for.
      next: decided by ends -> word write a notice
        because It ends.
      safeguard rights: pass. Rights.
      safeguard care: pass. Care.
    ");
}

#[test]
fn forbids_that_put_in_place_what_others_forbid_are_a_fault() {
    let circle = "
  - {id: a, forbid: {relationship.action: managed_exit}, instead: {relationship.action: watch}, because: a.}
  - {id: b, forbid: {relationship.action: watch}, instead: {relationship.action: managed_exit}, because: b.}
";
    insta::assert_snapshot!(disputes(&bundle(circle), &["exit_request.by: agent", "customer.vulnerable: false"]), @r"
    [exit_request.by: agent]
    referred
      relationship: fault
      next: skipped
        waits for relationship
      fault of relationship, value: guardrails forbid what other guardrails put in place (decisions/relationship.yaml:1:11)

    [customer.vulnerable: false]
    decided
      relationship: decided by otherwise -> action keep, earliest_exit_on -
        because It goes on.
        nearest asked: `exit_request` is missing, the rule asks for present
      next: decided by otherwise -> word carry on
        because The relationship: keep.
        nearest ends: `relationship.action` is keep, the rule asks for managed_exit
    ");
}

#[test]
fn the_scope_of_a_forbid_applies_where_it_is_open() {
    let scoped = "
  - id: cards
    when: {account.product: credit_card}
    forbid: {relationship.action: managed_exit}
    unless: {history.open_regulated_rights: empty}
    instead: {relationship.action: exit_blocked}
    because: Cards.
";
    insta::assert_snapshot!(disputes(&bundle(scoped), &[
        "exit_request.by: agent; account.product: telecom; history.open_regulated_rights: [a]",
        "exit_request.by: agent; account.product: unknown; history.open_regulated_rights: [a]",
        "exit_request.by: agent; history.open_regulated_rights: []",
    ]), @r"
    [exit_request.by: agent; account.product: telecom; history.open_regulated_rights: [a]]
    decided
      relationship: decided by asked -> action managed_exit, earliest_exit_on 2026-06-01
        because It was asked for.
      next: decided by ends -> word write a notice
        because It ends.

    [exit_request.by: agent; account.product: unknown; history.open_regulated_rights: [a]]
    decided
      relationship: decided by asked -> action exit_blocked, earliest_exit_on 2026-06-01
        because It was asked for.
        forbid cards: action managed_exit -> exit_blocked (Cards.)
      next: decided by otherwise -> word carry on
        because The relationship: exit_blocked.
        nearest ends: `relationship.action` is exit_blocked, the rule asks for managed_exit
      safeguard cards: review. Cards.

    [exit_request.by: agent; history.open_regulated_rights: []]
    decided
      relationship: decided by asked -> action managed_exit, earliest_exit_on 2026-06-01
        because It was asked for.
      next: decided by ends -> word write a notice
        because It ends.
      safeguard cards: pass. Cards.
    ");
}

#[test]
fn a_forbid_without_unless_never_lets_the_value_stand() {
    let never = "
  - {id: never, forbid: {relationship.action: managed_exit}, instead: {relationship.action: keep}, because: Never.}
";
    insta::assert_snapshot!(disputes(&bundle(never), &["exit_request.by: agent"]), @r"
    [exit_request.by: agent]
    decided
      relationship: decided by asked -> action keep, earliest_exit_on 2026-06-01
        because It was asked for.
        forbid never: action managed_exit -> keep (Never.)
      next: decided by otherwise -> word carry on
        because The relationship: keep.
        nearest ends: `relationship.action` is keep, the rule asks for managed_exit
      safeguard never: block. Never.
    ");
}
