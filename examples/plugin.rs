//! A plugin written in Rust: it follows a decision and changes its draft, like a plugin in Rhai, with the same rights and duties.
//!
//! The bundle says where it attaches and what happens when it fails; guardrails still have the last word.
//!
//! `cargo run --example plugin`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use redress::case::{CaseFormat, read_case};
use redress::text::{Source, render_all};
use redress::value::{DateTime, Decimal};
use redress::{BundleFiles, Case, CaseStatus, Draft, Engine, Fact, Money, NativePlugin, PluginCall, PluginFault, Value};
use std::error::Error;

const MANIFEST: &str = "\
bundle: loyalty
version: 1
currency: USD
plugins:
  - id: loyalty
    native: loyalty
    after: gesture
    on_failure: ON_FAILURE
    settings: {months_free: 60, per_month: 0.01}
";

const GESTURE: &str = "\
decision: gesture
hit: first
outputs:
  amount: {type: money, default: 0.00}
rules:
  - id: our-error
    when: {finding.liability: our_error}
    then: {amount: 40.00}
    because: The mistake was ours.
otherwise:
  because: No gesture is due.
";

const LIMIT: &str = "\
guardrails:
  - id: never-over-fifty
    cap: gesture.amount
    at: 50.00
    because: No gesture is larger than this.
";

/// One per cent for each month beyond the fifth year.
///
/// A plugin sees the facts that it declares, the draft and its settings, and nothing else. It is a pure function: no clock, no
/// files, no randomness.
fn loyalty(call: &PluginCall<'_>) -> Result<Draft, PluginFault> {
    let number = |value: Option<&Value>| value.and_then(Value::as_decimal).unwrap_or(Decimal::ZERO);
    // `need` stops the plugin where the fact is missing or unknown, and names it; `get` would give all three states.
    let tenure = call.facts.need("customer.tenure_months")?;
    let beyond = number(Some(&tenure)).minus(number(call.settings.get("months_free")))?;
    let mut draft = call.draft.clone();
    let Some(Fact::Known(Value::Money(amount))) = draft.outputs.get("amount").cloned() else { return Ok(draft) };
    if beyond <= Decimal::ZERO {
        return Ok(draft);
    }
    let factor = beyond.times(number(call.settings.get("per_month")))?.plus(Decimal::from(1))?;
    draft.outputs.insert("amount".into(), Fact::Known(amount.times(factor)?.into()));
    draft.because = Some(format!("The mistake was ours, and you have been with us for {tenure} months.").into());
    Ok(draft)
}

fn engine(on_failure: &str, plugin: NativePlugin) -> Result<Engine, Box<dyn Error>> {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", MANIFEST.replace("ON_FAILURE", on_failure));
    files.insert("decisions/gesture.yaml", GESTURE);
    files.insert("guardrails/limit.yaml", LIMIT);
    Ok(Engine::builder().plugin(plugin).open_files(&files)?)
}

fn case(text: &str) -> Result<Case, String> {
    read_case(&Source::new("case.yaml", text), CaseFormat::Yaml).map_err(|found| render_all(&found, false))
}

/// Registers the plugin, and shows what it changes, what bounds it and what happens when it fails.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let native = || NativePlugin::new("loyalty", ["customer.tenure_months"], loyalty);
    let at = DateTime::parse("2026-03-05T10:00:00Z")?;
    let decided = |engine: &Engine, text: &str| -> Result<_, Box<dyn Error>> {
        let decision = engine.decide_at(&case(text)?, at)?;
        let part = decision.part("gesture").ok_or("the bundle decides a gesture")?.clone();
        Ok((decision.status, part))
    };
    let dollars = |text: &str| -> Result<Fact<Value>, Box<dyn Error>> { Ok(Fact::Known(Money::parse(text)?.into())) };

    let engine_with_plugin = engine("escalate", native())?;
    let (_, part) = decided(&engine_with_plugin, "{finding: {liability: our_error}, customer: {tenure_months: 72}}")?;
    println!("six years: {:?}, because {}", part.output("amount"), part.because());
    assert_eq!(part.output("amount"), dollars("44.80 USD")?);
    assert_eq!(part.changes.iter().map(|change| change.id.as_str()).collect::<Vec<_>>(), ["loyalty"]);

    // The guardrail holds, whatever a plugin says, and is named.
    let (_, part) = decided(&engine_with_plugin, "{finding: {liability: our_error}, customer: {tenure_months: 240}}")?;
    assert_eq!(part.output("amount"), dollars("50.00 USD")?);
    assert_eq!(part.capped_by.get("amount").map(String::as_str), Some("never-over-fifty"));

    // A fact that the plugin needs and that is missing is no failure: the decision names it, and somebody can bring it.
    let decision = engine_with_plugin.decide_at(&case("{finding: {liability: our_error}}")?, at)?;
    assert_eq!(decision.status, CaseStatus::NeedsFacts);
    assert_eq!(decision.missing_facts, ["customer.tenure_months"]);

    // A plugin that cannot go on says why. With `escalate`, a person decides, and nothing is granted ...
    let closed = || {
        NativePlugin::new("loyalty", Vec::<String>::new(), |_| Err(PluginFault::Refused("the programme is closed".to_owned())))
    };
    let decision = engine("escalate", closed())?.decide_at(&case("{finding: {liability: our_error}}")?, at)?;
    assert_eq!(decision.status, CaseStatus::Referred);
    assert_eq!(decision.part("gesture").map(|part| part.output("amount")), Some(Fact::Missing));
    assert!(decision.faults.iter().any(|fault| fault.message.contains("the programme is closed")));

    // ... with `skip`, the draft of the rules stands; the same for a plugin that panics.
    let broken =
        NativePlugin::new("loyalty", Vec::<String>::new(), |call| Err(PluginFault::Refused(call.settings["none"].to_string())));
    for plugin in [closed(), broken] {
        let (status, part) = decided(&engine("skip", plugin)?, "{finding: {liability: our_error}}")?;
        assert_eq!(status, CaseStatus::Decided);
        assert_eq!(part.output("amount"), dollars("40.00 USD")?);
    }
    Ok(())
}
