//! Decisions that a script makes.

use super::decided;

const MANIFEST_AND_DECISION: &str = "=== decisions/d.yaml
decision: d
script: scripts/d.rhai
on_failure: escalate
settings: {step: 0.05, most: 3}
outputs:
  x: {type: decimal}
  word: {type: text, default: none}
  sum: {type: money, default: 0.00}
=== decisions/e.yaml
decision: e
outputs: {x: {type: decimal, value: = d.x * 2}}
=== scripts/d.rhai
";

#[test]
fn a_script_computes_all_outputs() {
    let script = "
/// Steps.
fn d(facts, settings) {
    let n = min(facts.input.n, settings.most);
    if n < 0 { return #{x: 0.0, word: \"below\", because: `${facts.input.n} is below zero`}; }
    #{x: n * settings.step, sum: (facts.input.sum ?? money(1.00)) * n}
}
";
    let bundle = format!("{MANIFEST_AND_DECISION}{script}");
    insta::assert_snapshot!(decided(&bundle, &[
        "input.n: 2; input.sum: 0.10 USD",
        "input.n: 7",
        "input.n: -1",
        "input.sum: 0.10 USD",
        "input.n: unknown",
        "input.n: 2; input.sum: unknown",
    ]), @r"
    [input.n: 2; input.sum: 0.10 USD]
    decided
      d: decided by script -> x 0.1, word none, sum 0.20 USD
      e: decided by value -> x 0.2

    [input.n: 7]
    decided
      d: decided by script -> x 0.15, word none, sum 3.00 USD
      e: decided by value -> x 0.3

    [input.n: -1]
    decided
      d: decided by script -> x 0, word below, sum 0.00 USD
        because -1 is below zero
      e: decided by value -> x 0

    [input.sum: 0.10 USD]
    needs_facts, needs input.n
      d: needs_facts
        needs input.n
      e: skipped
        waits for d

    [input.n: unknown]
    needs_facts, needs input.n
      d: needs_facts
        needs input.n
      e: skipped
        waits for d

    [input.n: 2; input.sum: unknown]
    needs_facts, needs input.sum
      d: needs_facts
        needs input.sum
      e: skipped
        waits for d
    ");
}

#[test]
fn a_script_that_fails_refers_its_part_and_its_readers_wait() {
    let of = |body: &str| decided(&format!("{MANIFEST_AND_DECISION}fn d(facts, settings) {{ {body} }}\n"), &["input.n: 0"]);
    insta::assert_snapshot!(of("#{x: 1.0 / facts.input.n}"), @r"
    [input.n: 0]
    referred
      d: fault
      e: skipped
        waits for d
      fault of d, value: division by zero (scripts/d.rhai:1:34)
    ");
    insta::assert_snapshot!(of("throw \"no luck\""), @r"
    [input.n: 0]
    referred
      d: fault
      e: skipped
        waits for d
      fault of d, value: no luck (scripts/d.rhai:1:25)
    ");
    insta::assert_snapshot!(of("#{word: \"x\"}"), @r"
    [input.n: 0]
    referred
      d: fault
      e: skipped
        waits for d
      fault of d, wrong_return: it returned no `x`, which has no default (decisions/d.yaml:2:9)
    ");
    insta::assert_snapshot!(of("#{x: 1.0, y: 2.0}"), @r"
    [input.n: 0]
    referred
      d: fault
      e: skipped
        waits for d
      fault of d, wrong_return: it returned `y`, which is not an output (x, word, sum) (decisions/d.yaml:2:9)
    ");
    insta::assert_snapshot!(of("#{x: \"one\"}"), @r"
    [input.n: 0]
    referred
      d: fault
      e: skipped
        waits for d
      fault of d, wrong_return: `x`: a number is wanted, not text (decisions/d.yaml:2:9)
    ");
    insta::assert_snapshot!(of("let n = facts.input.n; loop { n += 1; }"), @"
    [input.n: 0]
    referred
      d: fault
      e: skipped
        waits for d
      fault of d, operation_limit: the script needs more operations than it may spend (scripts/d.rhai:1:57)
    ");
}

#[test]
fn a_script_that_may_not_fail_refuses() {
    let bundle = format!("{MANIFEST_AND_DECISION}fn d(facts, settings) {{ throw \"no luck\" }}\n");
    let refusing = bundle.replacen("escalate", "refuse", 1);
    insta::assert_snapshot!(decided(&refusing, &["input.n: 0"]), @r"
    [input.n: 0]
    `d` refused to decide: no luck
    ");
}
