//! Plugins: they change the draft of the decision that they follow, in their order, and nothing else.

use super::{case, decided, files, rendered};
use redress::script::{NativePlugin, PluginFault};
use redress::value::{Fact, Value, arithmetic};
use redress::{BundleFiles, Extensions, Policy};

fn bundle(plugins: &str, scripts: &str) -> String {
    format!(
        "=== bundle.yaml
bundle: plugged
version: 1.0.0
currency: USD
facts: {{input.n: {{type: integer}}, input.sum: {{type: money}}}}
plugins:
{plugins}
=== decisions/gift.yaml
decision: gift
hit: first
outputs: {{sum: {{type: money, round: down to 5.00}}, kind: {{type: enum, values: [none, gift], default: gift}}}}
rules:
  - {{id: given, when: {{input.sum: present}}, then: {{sum: = input.sum}}, because: It is given.}}
otherwise: {{sum: 0.00, kind: none, because: Nothing is given.}}
=== decisions/reader.yaml
decision: reader
outputs: {{sum: {{type: money, value: = gift.sum}}}}
=== guardrails/g.yaml
guardrails:
  - {{id: most, cap: gift.sum, at: 100.00, because: A hundred at most.}}
{scripts}"
    )
}

const DOUBLE: &str = "=== scripts/double.rhai
fn gift(facts, draft, settings) {
    draft.sum = draft.sum * settings.times;
    draft.because = `times ${settings.times}`;
    draft
}
";
const ADD: &str = "=== scripts/add.rhai
fn gift(facts, draft, settings) {
    if draft.kind == \"none\" { return draft; }
    draft.sum += money(facts.input.n);
    draft
}
";
const TIMES: &str = "  - {id: times, script: scripts/double.rhai, after: gift, on_failure: escalate, settings: {times: 3}}\n";
const PLUS: &str = "  - {id: plus, script: scripts/add.rhai, after: gift, on_failure: escalate}\n";

#[test]
fn plugins_run_in_the_order_of_the_list_and_guardrails_bound_what_they_return() {
    let cases = ["input.sum: 10.00 USD; input.n: 1", "input.sum: 40.00 USD; input.n: 1", "input.n: 1"];
    insta::assert_snapshot!(decided(&bundle(&format!("{TIMES}{PLUS}"), &format!("{DOUBLE}{ADD}")), &cases), @r"
    [input.sum: 10.00 USD; input.n: 1]
    decided
      gift: decided by given -> sum 30.00 USD, kind gift
        because times 3
        plugin times: sum 10.00 USD -> 30.00 USD (times 3)
        plugin plus: sum 30.00 USD -> 31.00 USD
        rounding rounding: sum 31.00 USD -> 30.00 USD (rounded down to 5.00)
      reader: decided by value -> sum 30.00 USD

    [input.sum: 40.00 USD; input.n: 1]
    decided
      gift: decided by given -> sum 100.00 USD, kind gift
        because times 3
        plugin times: sum 40.00 USD -> 120.00 USD (times 3)
        plugin plus: sum 120.00 USD -> 121.00 USD
        cap most: sum 121.00 USD -> 100.00 USD (A hundred at most.)
        sum capped by most
      reader: decided by value -> sum 100.00 USD

    [input.n: 1]
    decided
      gift: decided by otherwise -> sum 0.00 USD, kind none
        because times 3
        nearest given: `input.sum` is missing, the rule asks for present
      reader: decided by value -> sum 0.00 USD
    ");
    insta::assert_snapshot!(decided(&bundle(&format!("{PLUS}{TIMES}"), &format!("{DOUBLE}{ADD}")), &cases), @r"
    [input.sum: 10.00 USD; input.n: 1]
    decided
      gift: decided by given -> sum 30.00 USD, kind gift
        because times 3
        plugin plus: sum 10.00 USD -> 11.00 USD
        plugin times: sum 11.00 USD -> 33.00 USD (times 3)
        rounding rounding: sum 33.00 USD -> 30.00 USD (rounded down to 5.00)
      reader: decided by value -> sum 30.00 USD

    [input.sum: 40.00 USD; input.n: 1]
    decided
      gift: decided by given -> sum 100.00 USD, kind gift
        because times 3
        plugin plus: sum 40.00 USD -> 41.00 USD
        plugin times: sum 41.00 USD -> 123.00 USD (times 3)
        cap most: sum 123.00 USD -> 100.00 USD (A hundred at most.)
        sum capped by most
      reader: decided by value -> sum 100.00 USD

    [input.n: 1]
    decided
      gift: decided by otherwise -> sum 0.00 USD, kind none
        because times 3
        nearest given: `input.sum` is missing, the rule asks for present
      reader: decided by value -> sum 0.00 USD
    ");
}

#[test]
fn a_plugin_runs_where_its_conditions_hold_of_the_facts_and_of_the_draft() {
    let times = TIMES.replace("on_failure", "when: {input.n: over 0, kind: gift}, on_failure");
    let cases = ["input.sum: 10.00 USD; input.n: 1", "input.sum: 10.00 USD; input.n: 0", "input.sum: 10.00 USD", "input.n: 1"];
    insta::assert_snapshot!(decided(&bundle(&times, DOUBLE), &cases), @r"
    [input.sum: 10.00 USD; input.n: 1]
    decided
      gift: decided by given -> sum 30.00 USD, kind gift
        because times 3
        plugin times: sum 10.00 USD -> 30.00 USD (times 3)
      reader: decided by value -> sum 30.00 USD

    [input.sum: 10.00 USD; input.n: 0]
    decided
      gift: decided by given -> sum 10.00 USD, kind gift
        because It is given.
      reader: decided by value -> sum 10.00 USD

    [input.sum: 10.00 USD]
    decided
      gift: decided by given -> sum 10.00 USD, kind gift
        because It is given.
      reader: decided by value -> sum 10.00 USD

    [input.n: 1]
    decided
      gift: decided by otherwise -> sum 0.00 USD, kind none
        because Nothing is given.
        nearest given: `input.sum` is missing, the rule asks for present
      reader: decided by value -> sum 0.00 USD
    ");
}

#[test]
fn a_missing_fact_is_no_failure_of_the_plugin() {
    insta::assert_snapshot!(decided(&bundle(PLUS, ADD), &["input.sum: 10.00 USD"]), @r"
    [input.sum: 10.00 USD]
    needs_facts, needs input.n
      gift: needs_facts
        needs input.n
      reader: skipped
        waits for gift
    ");
}

#[test]
fn a_plugin_that_fails_is_escalated_skipped_or_refused() {
    let script = "=== scripts/add.rhai\nfn gift(facts, draft, settings) { draft.sum = draft.sum / facts.input.n; draft }\n";
    let of = |policy: &str| decided(&bundle(&PLUS.replace("escalate", policy), script), &["input.sum: 12.00 USD; input.n: 0"]);
    insta::assert_snapshot!(of("escalate"), @r"
    [input.sum: 12.00 USD; input.n: 0]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, value: the plugin `plus` failed: division by zero (scripts/add.rhai:1:57)
    ");
    insta::assert_snapshot!(of("skip"), @r"
    [input.sum: 12.00 USD; input.n: 0]
    decided
      gift: decided by given -> sum 10.00 USD, kind gift
        because It is given.
        plugin plus (the plugin failed and was skipped: division by zero)
        rounding rounding: sum 12.00 USD -> 10.00 USD (rounded down to 5.00)
      reader: decided by value -> sum 10.00 USD
    ");
    insta::assert_snapshot!(of("refuse"), @r"
    [input.sum: 12.00 USD; input.n: 0]
    `plus` refused to decide: division by zero
    ");
}

#[test]
fn what_a_plugin_returns_is_checked() {
    let of = |body: &str| {
        let script = format!("=== scripts/add.rhai\nfn gift(facts, draft, settings) {{ {body} }}\n");
        decided(&bundle(PLUS, &script), &["input.sum: 12.00 USD; input.n: 1"])
    };
    insta::assert_snapshot!(of("draft.extra = 1; draft"), @r"
    [input.sum: 12.00 USD; input.n: 1]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, wrong_return: the plugin `plus` failed: it returned `extra`, which is not an output (sum, kind) (bundle.yaml:6:6)
    ");
    insta::assert_snapshot!(of("draft.sum = 12.50; draft"), @r"
    [input.sum: 12.00 USD; input.n: 1]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, wrong_return: the plugin `plus` failed: `sum`: an amount of money is wanted, not a number (bundle.yaml:6:6)
    ");
    insta::assert_snapshot!(of("draft.kind = \"present\"; draft"), @r"
    [input.sum: 12.00 USD; input.n: 1]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, wrong_return: the plugin `plus` failed: `kind`: `present` is not one of none, gift (bundle.yaml:6:6)
    ");
    insta::assert_snapshot!(of("draft.sum = money(1.00, \"EUR\"); draft"), @"
    [input.sum: 12.00 USD; input.n: 1]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, currency: the plugin `plus` failed: `sum`: an amount in EUR for a case in USD; money never changes currency silently (bundle.yaml:6:6)
    ");
    insta::assert_snapshot!(of("draft.sum = (); draft"), @r"
    [input.sum: 12.00 USD; input.n: 1]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, wrong_return: the plugin `plus` failed: it returned nothing for `sum`, which may not be left out (bundle.yaml:6:6)
    ");
    insta::assert_snapshot!(of("42"), @r#"
    [input.sum: 12.00 USD; input.n: 1]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, wrong_return: the plugin `plus` failed: the script returned a whole number, not a draft; a draft is a map: `#{amount: ..., because: "..."}` (scripts/add.rhai:1:4)
    "#);
}

#[test]
fn a_plugin_of_rust_has_the_same_rights_and_duties() {
    let plugin = NativePlugin::new("halve", ["input.n"], |call| {
        let mut draft = call.draft.clone();
        let divisor = call.facts.need("input.n")?;
        if let Some(Fact::Known(sum)) = call.draft.outputs.get("sum") {
            draft.outputs.insert("sum".into(), Fact::Known(arithmetic::divide(sum, &divisor)?));
        }
        if divisor == Value::Integer(13) {
            return Err(PluginFault::Refused("thirteen brings bad luck".to_owned()));
        }
        draft.because = Some("divided".into());
        Ok(draft)
    });
    let text = bundle("  - {id: halve, native: halve, after: gift, on_failure: escalate}\n", "");
    let mut bundle = BundleFiles::new();
    for (path, text) in files(&text) {
        bundle.insert(path, text);
    }
    let policy = Policy::load(&bundle, &Extensions::new().plugin(plugin)).unwrap();
    let mut shown = String::new();
    for facts in [
        "input.sum: 45.00 USD; input.n: 2",
        "input.sum: 45.00 USD; input.n: 13",
        "input.sum: 45.00 USD; input.n: 0",
        "input.sum: 45.00 USD",
    ] {
        let (case, at) = case(facts);
        shown.push_str(&format!("[{facts}]\n{}\n", rendered(&crate::oracle::decide(&policy, &case, at).unwrap())));
    }
    insta::assert_snapshot!(shown, @r"
    [input.sum: 45.00 USD; input.n: 2]
    decided
      gift: decided by given -> sum 20.00 USD, kind gift
        because divided
        plugin halve: sum 45.00 USD -> 22.50 USD (divided)
        rounding rounding: sum 22.50 USD -> 20.00 USD (rounded down to 5.00)
      reader: decided by value -> sum 20.00 USD

    [input.sum: 45.00 USD; input.n: 13]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, refused: the plugin `halve` failed: thirteen brings bad luck (bundle.yaml:6:25)

    [input.sum: 45.00 USD; input.n: 0]
    referred
      gift: fault
      reader: skipped
        waits for gift
      fault of gift, refused: the plugin `halve` failed: division by zero (bundle.yaml:6:25)

    [input.sum: 45.00 USD]
    needs_facts, needs input.n
      gift: needs_facts
        needs input.n
      reader: skipped
        waits for gift
    ");
}
