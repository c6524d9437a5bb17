//! Plugins written in Rust: as a trait, after a decision and in place of one, and what the program that embeds the engine may set.

use super::{case, files, shown};
use redress::evaluation::Circumstances;
use redress::script::Attachment;
use redress::value::{Decimal, Fact, Value};
use redress::{BundleFiles, CancelToken, Draft, Extensions, NativePlugin, Plugin, PluginCall, PluginFault, Policy, ScriptLimits};

/// One plugin for both places: it computes a rate, and adds to one.
struct Rates {
    name: String,
}

impl Rates {
    fn new() -> Self {
        Self { name: "rates".to_owned() }
    }
}

impl Plugin for Rates {
    fn name(&self) -> &str {
        &self.name
    }

    fn reads(&self) -> Vec<String> {
        vec!["input.n".to_owned()]
    }

    fn call(&self, call: &PluginCall<'_>) -> Result<Draft, PluginFault> {
        let n = call.facts.need("input.n")?.as_decimal().unwrap_or_default();
        let step = call.settings.get("step").and_then(Value::as_decimal).unwrap_or_default();
        let mut draft = call.draft.clone();
        let rate = match call.attachment {
            Attachment::Decision => n.times(step)?,
            Attachment::After => n.plus(step)?,
        };
        if call.decision == "strict" && rate > Decimal::from(40) {
            return Ok(Draft::default());
        }
        draft.outputs.insert("rate".into(), Fact::Known(Value::Decimal(rate)));
        draft.because = Some(format!("{} of {}", step, call.decision).into());
        Ok(draft)
    }
}

const BUNDLE: &str = "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
facts: {input.n: {type: integer}}
plugins:
  - {id: more, native: rates, after: plain, on_failure: escalate, settings: {step: 1}}
=== decisions/plain.yaml
decision: plain
outputs: {rate: {type: decimal, value: 1}}
=== decisions/rate.yaml
decision: rate
native: rates
on_failure: escalate
settings: {step: 10}
outputs: {rate: {type: decimal}}
=== decisions/strict.yaml
decision: strict
native: rates
on_failure: refuse
settings: {step: 10}
outputs: {rate: {type: decimal}}
";

fn policy(text: &str, extensions: &Extensions) -> Policy {
    let mut bundle = BundleFiles::new();
    for (path, text) in files(text) {
        bundle.insert(path, text);
    }
    Policy::load(&bundle, extensions).unwrap_or_else(|found| panic!("{}", redress::text::render_all(&found, false)))
}

#[test]
fn one_plugin_serves_both_places() {
    let policy = policy(BUNDLE, &Extensions::new().plugin(Rates::new()));
    let decided = |facts: &str| {
        let (case, at) = case(facts);
        let (decision, calls) = crate::oracle::decide_under(&policy, &case, at, &Circumstances::new());
        format!("[{facts}] called {:?}\n{}", calls, shown(decision))
    };
    insta::assert_snapshot!(["input.n: 2", "input.n: 5", "input.n: unknown"].map(decided).join("\n"), @r#"
    [input.n: 2] called ["more", "rate", "strict"]
    decided
      plain: decided by value -> rate 3
        because 1 of plain
        plugin more: rate 1 -> 3 (1 of plain)
      rate: decided by plugin -> rate 20
        because 10 of rate
      strict: decided by plugin -> rate 20
        because 10 of strict

    [input.n: 5] called ["more", "rate", "strict!"]
    `strict` refused to decide: it returned no `rate`, which has no default
    [input.n: unknown] called []
    needs_facts, needs input.n
      plain: needs_facts
        needs input.n
      rate: needs_facts
        needs input.n
      strict: needs_facts
        needs input.n
    "#);
}

#[test]
fn a_later_plugin_of_the_same_name_replaces_the_earlier() {
    let other = NativePlugin::new("rates", [""; 0], |_| Err(PluginFault::Refused("closed".to_owned())));
    let policy = policy(BUNDLE, &Extensions::new().plugin(Rates::new()).plugin(other));
    let (case, at) = case("input.n: 2");
    insta::assert_snapshot!(shown(crate::oracle::decide(&policy, &case, at)), @"`strict` refused to decide: closed");
}

const COUNTING: &str = "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
facts: {input.n: {type: integer}}
=== decisions/count_up.yaml
decision: count_up
script: scripts/count_up.rhai
on_failure: escalate
outputs: {n: {type: integer}}
=== scripts/count_up.rhai
fn count_up(facts, settings) {
    let n = 0;
    for i in 0..facts.input.n {
        n += 1;
    }
    #{n: n}
}
";

#[test]
fn the_program_raises_limits_and_a_bundle_lowers_them() {
    let mut raised = ScriptLimits::default();
    raised.operations = 5_000_000;
    raised.wall_clock_ms = 60_000;
    let usual = Extensions::new();
    let raised = Extensions::new().script_limits(raised);
    let lowered =
        COUNTING.replace("on_failure: escalate", "on_failure: escalate\nlimits: {operations: 1_000}").replace("1_000", "1000");
    let outcome = |text: &str, extensions: &Extensions, n: &str| {
        let (case, at) = case(&format!("input.n: {n}"));
        let decision = crate::oracle::decide(&policy(text, extensions), &case, at).unwrap();
        match decision.faults.first() {
            Some(fault) => format!("{}: {}", fault.kind, fault.message),
            None => format!("{:?}", decision.part("count_up").unwrap().output("n")),
        }
    };
    let lines = [
        ("as it is, 100", outcome(COUNTING, &usual, "100")),
        ("as it is, 50000", outcome(COUNTING, &usual, "50000")),
        ("raised, 50000", outcome(COUNTING, &raised, "50000")),
        ("lowered, 100", outcome(&lowered, &usual, "100")),
        ("lowered, 1000", outcome(&lowered, &usual, "1000")),
        ("raised and lowered, 1000", outcome(&lowered, &raised, "1000")),
    ];
    insta::assert_snapshot!(lines.map(|(name, text)| format!("{name}: {text}")).join("\n"), @"
    as it is, 100: Known(Integer(100))
    as it is, 50000: operation_limit: the script needs more operations than it may spend
    raised, 50000: Known(Integer(50000))
    lowered, 100: Known(Integer(100))
    lowered, 1000: operation_limit: the script needs more operations than it may spend
    raised and lowered, 1000: operation_limit: the script needs more operations than it may spend
    ");
}

#[test]
fn a_raised_flag_is_a_fault_that_no_failure_policy_hides() {
    let skipping = "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
plugins:
  - {id: native, native: rates, after: fee, on_failure: skip}
  - {id: script, script: scripts/a.rhai, after: tax, on_failure: skip}
=== decisions/fee.yaml
decision: fee
outputs: {sum: {type: decimal, value: 10}}
=== decisions/tax.yaml
decision: tax
outputs: {sum: {type: decimal, value: 10}}
=== scripts/a.rhai
fn tax(facts, draft, settings) { draft }
";
    let plugin = NativePlugin::new("rates", [""; 0], |call| Ok(call.draft.clone()));
    let policy = policy(skipping, &Extensions::new().plugin(plugin));
    let (case, at) = case("complaint.case_id: D-1");
    let cancel = CancelToken::new();
    let under = Circumstances::new().cancelled_by(cancel.clone());
    let before = crate::oracle::decide_under(&policy, &case, at, &under);
    cancel.cancel();
    let selection = policy.everything().under(under);
    let after = selection.evaluate(&case, at).map(|evaluation| evaluation.decision());
    insta::assert_snapshot!(format!("called {:?}\n{}\n{}", before.1, shown(before.0), shown(after)), @r#"
    called ["native", "script"]
    decided
      fee: decided by value -> sum 10
      tax: decided by value -> sum 10

    referred
      fee: fault
      tax: fault
      fault of fee, cancelled: the plugin `native` failed: the evaluation was cancelled (bundle.yaml:5:26)
      fault of tax, cancelled: the plugin `script` failed: the evaluation was cancelled (scripts/a.rhai:1:4)
    "#);
}
