//! What stands in for a missing fact: marked, never for an unknown one, never seen by a guardrail.

use super::decided;

const ASSUMING: &str = "=== bundle.yaml
bundle: assuming
version: 1.0.0
currency: USD
facts:
  input.level: {type: enum, values: [low, middle, high], ordered: true}
  input.n: {type: integer}
assume: {input.level: middle, input.n: 0}
=== decisions/gift.yaml
decision: gift
hit: first
outputs: {sum: {type: money}, action: {type: enum, values: [give, ask], default: give}}
rules:
  - {id: much, when: {input.level: at least middle}, then: {sum: 50.00}, because: 'The level is {input.level}.'}
  - {id: little, when: {input.level: low}, then: {sum: '= money(10) + money(input.n)'}, because: The level is low.}
otherwise: {sum: 1.00, because: The level is open.}
";

#[test]
fn what_is_assumed_is_marked_and_never_stands_in_for_unknown() {
    insta::assert_snapshot!(decided(ASSUMING, &[
        "input.n: 2",
        "input.level: low",
        "input.level: unknown; input.n: 2",
        "input.level: low; input.n: unknown",
    ]), @r"
    [input.n: 2]
    decided
      gift: decided by much -> sum 50.00 USD, action give
        because The level is middle.
        assumed input.level = middle

    [input.level: low]
    decided
      gift: decided by little -> sum 10.00 USD, action give
        because The level is low.
        assumed input.n = 0

    [input.level: unknown; input.n: 2]
    decided
      gift: decided by otherwise -> sum 1.00 USD, action give
        because The level is open.
        nearest much: `input.level` is unknown, the rule asks for at least middle
        nearest little: `input.level` is unknown, the rule asks for low

    [input.level: low; input.n: unknown]
    needs_facts, needs input.n
      gift: needs_facts
        needs input.n
    ");
}

#[test]
fn guardrails_do_not_see_what_is_assumed() {
    let bundle = format!(
        "{ASSUMING}=== guardrails/g.yaml
guardrails:
  - {{id: per-n, cap: gift.sum, at: '= money(20) + money(input.n)', because: Twenty and the number.}}
  - {{id: low-only, when: {{input.level: low}}, cap: gift.sum, at: 5.00, because: Little for a low level.}}
  - {{id: known, forbid: {{gift.action: give}}, unless: {{input.level: [middle, high]}}, instead: {{gift.action: ask}}, because: The level has to be known.}}
"
    );
    insta::assert_snapshot!(decided(&bundle, &["input.level: high; input.n: 5", "input.n: 5", "input.level: middle"]), @r"
    [input.level: high; input.n: 5]
    decided
      gift: decided by much -> sum 25.00 USD, action give
        because The level is high.
        cap per-n: sum 50.00 USD -> 25.00 USD (Twenty and the number.)
        sum capped by per-n

    [input.n: 5]
    decided
      gift: decided by much -> sum 5.00 USD, action ask
        because The level is middle.
        forbid known: action give -> ask (The level has to be known.)
        cap low-only: sum 50.00 USD -> 5.00 USD (Little for a low level.)
        sum capped by low-only
        assumed input.level = middle

    [input.level: middle]
    decided
      gift: decided by much -> sum 0.00 USD, action give
        because The level is middle.
        cap per-n: sum 50.00 USD -> 0.00 USD (Twenty and the number.)
        sum capped by per-n
    ");
}
