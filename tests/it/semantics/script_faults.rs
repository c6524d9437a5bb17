//! A fault of a script as the explanation shows it: the place in the file, the marked text, and how the script got there.

use super::{case, policy};
use redress::authoring::explain::{View, explain_part};
use redress::text::render_all;

fn explained(script: &str, on_failure: &str) -> String {
    let bundle = format!(
        "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
facts: {{input.n: {{type: integer}}, input.numbers: {{type: list of integer}}}}
plugins:
  - {{id: share, script: scripts/share.rhai, after: fee, on_failure: {on_failure}}}
=== decisions/fee.yaml
decision: fee
outputs: {{sum: {{type: decimal, value: 10}}}}
=== scripts/share.rhai
{script}"
    );
    let (case, at) = case("input.n: 0; input.numbers: [1, 2]");
    let decision = crate::oracle::decide(&policy(&bundle), &case, at).unwrap();
    let view = View::default();
    explain_part(&decision, "fee", &view)
}

const NESTED: &str = "fn fee(facts, draft, settings) {
    draft.sum = map(facts.input.numbers, |x| part(x, facts.input.n))[0];
    draft
}

/// One part of the whole.
fn part(whole, count) {
    let least = 1;
    least + divided(whole, count)
}

fn divided(x, y) {
    x / y
}
";

#[test]
fn a_fault_marks_its_place_and_tells_every_call() {
    insta::assert_snapshot!(explained(NESTED, "escalate"), @"
    fee: fault
    ├─ value [R0410]: the plugin `share` failed: division by zero
    │      --> scripts/share.rhai:13:7
    │       |
    │     2 |     draft.sum = map(facts.input.numbers, |x| part(x, facts.input.n))[0];
    │       |                 ---                          ---- `part` is called here
    │       |                 |
    │       |                 the closure is called here
    │    ...
    │     9 |     least + divided(whole, count)
    │       |             ------- `divided` is called here
    │    ...
    │    13 |     x / y
    │       |       ^
    └─ read
         input.numbers  [1, 2]
         input.n        0
    ");
}

#[test]
fn the_calls_are_in_the_document_and_in_the_finding() {
    let bundle = format!(
        "=== bundle.yaml\nbundle: small\nversion: 1.0.0\ncurrency: USD\nfacts: {{input.n: {{type: integer}}, input.numbers: {{type: list of \
         integer}}}}\n=== decisions/fee.yaml\ndecision: fee\nscript: scripts/fee.rhai\non_failure: escalate\noutputs: {{sum: {{type: decimal}}}}\n\
         === scripts/fee.rhai\n{}",
        NESTED
            .replace("facts, draft, settings", "facts, settings")
            .replace("draft.sum = ", "let sum = ")
            .replace("    draft\n", "    #{sum: sum}\n")
    );
    let (case, at) = case("input.n: 0; input.numbers: [1, 2]");
    let decision = crate::oracle::decide(&policy(&bundle), &case, at).unwrap();
    let fault = &decision.faults[0];
    insta::assert_snapshot!(format!("{:#}", decision.to_json()["faults"]), @r#"
    [
      {
        "calls": [
          {
            "function": "divided",
            "place": "scripts/fee.rhai:9:13"
          },
          {
            "function": "part",
            "place": "scripts/fee.rhai:2:44"
          },
          {
            "function": null,
            "place": "scripts/fee.rhai:2:15"
          }
        ],
        "kind": "value",
        "message": "division by zero",
        "part": "fee",
        "place": "scripts/fee.rhai:13:7"
      }
    ]
    "#);
    let finding = fault.finding.as_deref().cloned().unwrap();
    insta::assert_snapshot!(render_all(&[finding].into_iter().collect(), false), @"
    error[R0410]: division by zero
      --> scripts/fee.rhai:13:7
       |
     2 |     let sum = map(facts.input.numbers, |x| part(x, facts.input.n))[0];
       |               ---                          ---- `part` is called here
       |               |
       |               the closure is called here
    ...
     9 |     least + divided(whole, count)
       |             ------- `divided` is called here
    ...
    13 |     x / y
       |       ^

    1 error
    ");
}

#[test]
fn limits_tell_where_they_were_met() {
    let endless = "fn fee(facts, draft, settings) {\n    draft.sum = rise(1);\n    draft\n}\nfn rise(n) {\n    loop {\n        n += 1;\n    }\n}\n";
    insta::assert_snapshot!(explained(endless, "escalate"), @"
    fee: fault
    └─ operation limit [R0410]: the plugin `share` failed: the script needs more
         operations than it may spend
          --> scripts/share.rhai:7:11
           |
         2 |     draft.sum = rise(1);
           |                 ---- `rise` is called here
         ...
         7 |         n += 1;
           |           ^^
    ");
}

#[test]
fn what_comes_back_is_marked_where_the_bundle_names_the_plugin() {
    insta::assert_snapshot!(explained("fn fee(facts, draft, settings) { draft.bonus = 1; draft }", "escalate"), @"
    fee: fault
    └─ wrong return [R0410]: the plugin `share` failed: it returned `bonus`, which
         is not an output (sum)
          --> bundle.yaml:6:6
           |
         6 |   - {id: share, script: scripts/share.rhai, after: fee, on_failure: escalate}
           |      ^^
    ");
}
