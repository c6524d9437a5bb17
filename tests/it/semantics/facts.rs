//! Missing and unknown facts, defaults, derived inputs.

use super::{decided, disputes};

#[test]
fn an_expression_that_reads_a_missing_or_unknown_fact_is_missing_itself() {
    let bundle = "=== decisions/d.yaml
decision: d
hit: first
let:
  plain: = input.n + 1
  stood_in: = (input.n ?? 41) + 1
  either: '= input.yes || input.n > 3'
outputs: {n: {type: integer}, yes: {type: boolean, default: false}}
rules:
  - {id: known, when: {plain: present}, then: {n: = plain}, because: It is known.}
  - {id: stood-in, when: {stood_in: present}, then: {n: = stood_in}, because: Something stood in.}
  - {id: unknown, when: {plain: unknown}, then: {n: 0}, because: It is unknown.}
otherwise: {n: 1, because: It is missing.}
=== decisions/e.yaml
decision: e
outputs:
  sum: {type: integer, value: = input.n + input.m}
=== decisions/f.yaml
decision: f
outputs:
  n: {type: integer, value: = input.n ?? input.m ?? 7}
  yes: {type: boolean, value: = is_missing(input.n)}
  open: {type: boolean, value: = is_unknown(input.n)}
";
    insta::assert_snapshot!(decided(bundle, &[
        "input.n: 1; input.m: 2",
        "input.m: 2",
        "input.word: x",
        "input.n: unknown; input.m: 2",
        "input.n: unknown",
    ]), @r"
    [input.n: 1; input.m: 2]
    decided
      d: decided by known -> n 2, yes false
        because It is known.
      e: decided by value -> sum 3
      f: decided by value -> n 1, yes false, open false

    [input.m: 2]
    needs_facts, needs input.n
      d: decided by stood-in -> n 42, yes false
        because Something stood in.
      e: needs_facts
        needs input.n
      f: decided by value -> n 2, yes true, open false

    [input.word: x]
    needs_facts, needs input.m, needs input.n
      d: decided by stood-in -> n 42, yes false
        because Something stood in.
      e: needs_facts
        needs input.n, input.m
      f: decided by value -> n 7, yes true, open false

    [input.n: unknown; input.m: 2]
    needs_facts, needs input.n
      d: needs_facts
        needs input.n
      e: needs_facts
        needs input.n
      f: needs_facts
        needs input.n

    [input.n: unknown]
    needs_facts, needs input.m, needs input.n
      d: needs_facts
        needs input.n
      e: needs_facts
        needs input.n, input.m
      f: needs_facts
        needs input.n
    ");
}

#[test]
fn a_value_that_is_missing_makes_the_part_need_facts_and_readers_wait() {
    let bundle = "=== decisions/d.yaml
decision: d
hit: first
outputs: {sum: {type: money}}
rules:
  - {id: r, when: {input.word: any}, then: {sum: '= input.sum * input.x'}, because: r.}
=== decisions/e.yaml
decision: e
outputs: {sum: {type: money, value: = d.sum}}
=== decisions/f.yaml
decision: f
outputs: {sum: {type: money, value: = e.sum}}
=== decisions/g.yaml
decision: g
outputs: {sum: {type: money, value: = input.sum ?? money(2.00)}}
";
    insta::assert_snapshot!(decided(bundle, &["input.sum: 1.00 USD; input.x: 2.5", "input.sum: 1.00 USD", "input.sum: unknown"]), @r"
    [input.sum: 1.00 USD; input.x: 2.5]
    decided
      d: decided by r -> sum 2.50 USD
        because r.
      e: decided by value -> sum 2.50 USD
      f: decided by value -> sum 2.50 USD
      g: decided by value -> sum 1.00 USD

    [input.sum: 1.00 USD]
    needs_facts, needs input.x
      d: needs_facts
        needs input.x
      e: skipped
        waits for d
      f: skipped
        waits for e
      g: decided by value -> sum 1.00 USD

    [input.sum: unknown]
    needs_facts, needs input.sum, needs input.x
      d: needs_facts
        needs input.sum, input.x
      e: skipped
        waits for d
      f: skipped
        waits for e
      g: needs_facts
        needs input.sum
    ");
}

#[test]
fn what_is_required_stops_a_decision() {
    let bundle = "=== decisions/d.yaml
decision: d
required: [input.n, input.word]
outputs: {word: {type: text}}
rules:
  - {id: r, when: {input.n: any}, then: {word: x}, because: r.}
";
    insta::assert_snapshot!(decided(bundle, &["input.n: 1; input.word: a", "input.word: a", "input.n: 1; input.word: unknown"]), @r"
    [input.n: 1; input.word: a]
    decided
      d: decided by r -> word x
        because r.

    [input.word: a]
    needs_facts, needs input.n
      d: needs_facts
        needs input.n

    [input.n: 1; input.word: unknown]
    needs_facts, needs input.word
      d: needs_facts
        needs input.word
    ");
}

#[test]
fn derived_inputs_are_evaluated_on_demand() {
    let bundle = "=== decisions/d.yaml
decision: d
hit: first
let:
  broken: = input.n / input.m
  twice: = broken * 2
outputs: {x: {type: decimal}}
rules:
  - {id: safe, when: {input.word: safe}, then: {x: 1.5}, because: Nothing is divided.}
  - {id: divided, when: {input.word: divided}, then: {x: = twice + broken}, because: It is divided.}
otherwise: {x: 0.0, because: Other.}
";
    insta::assert_snapshot!(decided(bundle, &[
        "input.word: safe; input.n: 1; input.m: 0",
        "input.word: divided; input.n: 1; input.m: 4",
        "input.word: divided; input.n: 1; input.m: 0",
        "input.word: divided; input.n: 1",
    ]), @r"
    [input.word: safe; input.n: 1; input.m: 0]
    decided
      d: decided by safe -> x 1.5
        because Nothing is divided.

    [input.word: divided; input.n: 1; input.m: 4]
    decided
      d: decided by divided -> x 0.75
        because It is divided.

    [input.word: divided; input.n: 1; input.m: 0]
    referred
      d: fault
      fault of d, value: division by zero (decisions/d.yaml:4:21)

    [input.word: divided; input.n: 1]
    needs_facts, needs input.m
      d: needs_facts
        needs input.m
    ");
}

#[test]
fn defaults_fill_what_a_rule_leaves_out() {
    let bundle = "=== decisions/d.yaml
decision: d
hit: first
outputs:
  sum: {type: money, default: 0.00}
  word: {type: text, default: none}
  day: {type: date, default: missing}
  kind: {type: enum, values: [a, b], default: b}
rules:
  - {id: all, when: {input.n: 1}, then: {sum: 1.00 USD, word: x, day: 2026-04-01, kind: a}, because: All.}
  - {id: some, when: {input.n: 2}, then: {kind: a}, because: Some.}
  - {id: none, when: {input.n: 3}, because: None.}
otherwise: {because: Otherwise.}
";
    insta::assert_snapshot!(decided(bundle, &["input.n: 1", "input.n: 2", "input.n: 3", "input.n: 4"]), @r"
    [input.n: 1]
    decided
      d: decided by all -> sum 1.00 USD, word x, day 2026-04-01, kind a
        because All.

    [input.n: 2]
    decided
      d: decided by some -> sum 0.00 USD, word none, day -, kind a
        because Some.

    [input.n: 3]
    decided
      d: decided by none -> sum 0.00 USD, word none, day -, kind b
        because None.

    [input.n: 4]
    decided
      d: decided by otherwise -> sum 0.00 USD, word none, day -, kind b
        because Otherwise.
        nearest all: `input.n` is 4, the rule asks for 1
        nearest some: `input.n` is 4, the rule asks for 2
        nearest none: `input.n` is 4, the rule asks for 3
    ");
}

#[test]
fn a_dispute_without_its_facts_needs_them() {
    let bundle = "=== decisions/outcome.yaml
decision: outcome
hit: first
outputs: {value: {type: enum, values: [uphold, reject, provisional]}}
rules:
  - {id: ours, when: {finding.liability: our_error}, then: {value: uphold}, because: Ours.}
otherwise: {value: provisional, because: Open.}
";
    insta::assert_snapshot!(disputes(bundle, &["finding.liability: our_error", "dispute.reason_code: null; dispute.disputed_amount: unknown"]), @r"
    [finding.liability: our_error]
    decided, uphold
      outcome: decided by ours -> value uphold
        because Ours.

    [dispute.reason_code: null; dispute.disputed_amount: unknown]
    needs_facts, needs dispute.disputed_amount, needs dispute.reason_code
      outcome: decided by otherwise -> value provisional
        because Open.
        nearest ours: `finding.liability` is missing, the rule asks for our_error
    ");
    // Without its number no decision could be told from another.
    insta::assert_snapshot!(decided(bundle, &["finding.liability: our_error"]), @r"
    [finding.liability: our_error]
    error[R0105]: the case has no `complaint.case_id`
     --> case.yaml:1:1
      |
    1 | {finding: {liability: our_error}}
      | ^
      |
      = help: add `complaint: {case_id: ...}`, so that the decision can be told from others

    1 error
    ");
}

#[test]
fn the_latest_message_is_unknown_where_there_may_have_been_a_later_one() {
    let bundle = "=== decisions/d.yaml
decision: d
outputs:
  day: {type: date, value: = complaint.last_update_on}
  open: {type: boolean, value: = is_unknown(complaint.last_update_on)}
";
    insta::assert_snapshot!(disputes(bundle, &[
        "correspondence: unknown",
        "correspondence: [{direction: out, at: 2026-03-04T09:00:00Z}, {direction: out, at: unknown}]",
        "correspondence: [{direction: out, at: 2026-03-04T09:00:00Z}, {direction: in, at: unknown}]",
        "correspondence: [{direction: in, at: 2026-03-04T09:00:00Z}]",
    ]), @"
    [correspondence: unknown]
    needs_facts, needs complaint.last_update_on
      d: needs_facts
        needs complaint.last_update_on

    [correspondence: [{direction: out, at: 2026-03-04T09:00:00Z}, {direction: out, at: unknown}]]
    needs_facts, needs complaint.last_update_on
      d: needs_facts
        needs complaint.last_update_on

    [correspondence: [{direction: out, at: 2026-03-04T09:00:00Z}, {direction: in, at: unknown}]]
    decided
      d: decided by value -> day 2026-03-04, open false

    [correspondence: [{direction: in, at: 2026-03-04T09:00:00Z}]]
    needs_facts, needs complaint.last_update_on
      d: needs_facts
        needs complaint.last_update_on
    ");
}
