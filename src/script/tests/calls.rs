//! Calls one after another, within each other, and how they read fields: what is kept from call to call tells nobody anything.

use super::scripts::{call, load, show};
use super::{World, decimal, in_context, money};
use crate::script::hook::BoundHook;
use crate::script::{Attachment, Functions, Gives, HostFunction, Script, ScriptLimits};
use crate::text::{Diagnostics, Source};
use crate::value::{Fact, Kind, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

fn with_settings(hook: &BoundHook, settings: &Arc<BTreeMap<String, Value>>) -> String {
    let world = World::shared();
    show(&in_context(|context| hook.call(&mut |slot| world.read(slot), None, settings, context)))
}

#[test]
fn a_call_gives_the_same_whatever_was_called_before() {
    let text = "fn f(facts, settings) { let sum = settings.a + settings.b; #{x: sum, y: [sum, sum].map(|x| x == sum).len()} }";
    let hook = load(text, "f", Attachment::Decision).unwrap();
    let values = [Value::Integer(2), decimal("0.5"), money("3 USD"), Value::text("t"), Value::Boolean(true), Value::list([])];
    let pairs = values.iter().flat_map(|a| values.iter().map(move |b| (a, b)));
    let settings: Vec<_> =
        pairs.map(|(a, b)| Arc::new(BTreeMap::from([("a".to_owned(), a.clone()), ("b".to_owned(), b.clone())]))).collect();
    let fresh = |settings| with_settings(&load(text, "f", Attachment::Decision).unwrap(), settings);
    let alone: Vec<String> = settings.iter().map(fresh).collect();
    for _ in 0..3 {
        assert_eq!(settings.iter().map(|each| with_settings(&hook, each)).collect::<Vec<_>>(), alone);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| assert_eq!(settings.iter().map(|each| with_settings(&hook, each)).collect::<Vec<_>>(), alone));
            }
        });
    }
}

#[test]
fn levels_are_counted_from_the_function_that_is_called() {
    let nested = |deep: u32| {
        let text =
            format!("fn f(facts, settings) {{ #{{x: g({deep})}} }} fn g(n) {{ if n == 0 {{ 0 }} else {{ 1 + g(n - 1) }} }}");
        let mut limits = ScriptLimits::default();
        limits.lower("call_levels", 3).unwrap();
        show(&call(&load(&text, "f", Attachment::Decision).unwrap().within(limits), None))
    };
    assert_eq!(nested(2), "x: 2");
    assert_eq!(nested(3), "size limit fault: scripts/test.rhai:1:4: calls are nested too deeply");
}

#[test]
fn a_field_reads_as_what_is_looked_up_by_its_name() {
    let read = |reading: &str| {
        let text = format!("fn f(facts, settings) {{ #{{x: {reading}}} }}");
        let shown = load(&text, "f", Attachment::Decision).map(|hook| show(&call(&hook, None)));
        shown.unwrap_or_else(|out| super::messages(&out))
    };
    let lines = [
        ("facts.dispute.charges.amount", "facts.dispute.charges[\"amount\"]"),
        ("facts.dispute.amount.currency", "facts.dispute.amount[\"currency\"]"),
        ("facts.dispute.charges[0].note", "facts.dispute.charges[0][\"note\"]"),
        ("facts.dispute.vague[0].note + 1", "facts.dispute.vague[0][\"note\"] + 1"),
        ("facts.dispute.charges[2]  .amount + 1", "facts.dispute.charges[2]  [\"amount\"] + 1"),
        ("settings.years", "settings[\"years\"]"),
        ("settings  .yeers", "settings  [\"yeers\"]"),
        ("settings\n.yeers", "settings\n[\"yeers\"]"),
    ];
    let shown: Vec<String> = lines
        .iter()
        .map(|(field, looked_up)| {
            let (field_read, looked_up_read) = (read(field), read(looked_up));
            let same = if field_read == looked_up_read { "same" } else { &looked_up_read };
            format!("{field:?}  ->  {field_read}  ({same})")
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    "facts.dispute.charges.amount"  ->  x: [12.50 USD, 0.65 USD]  (same)
    "facts.dispute.amount.currency"  ->  x: USD  (same)
    "facts.dispute.charges[0].note"  ->  x: a  (same)
    "facts.dispute.vague[0].note + 1"  ->  unknown: dispute.vague.note  (same)
    "facts.dispute.charges[2]  .amount + 1"  ->  missing: dispute.charges.amount  (same)
    "settings.years"  ->  x: 5  (same)
    "settings  .yeers"  ->  runtime fault: scripts/test.rhai:1:40: the plugin has no setting `yeers`; did you mean `years`?  (same)
    "settings\n.yeers"  ->  runtime fault: scripts/test.rhai:2:1: the plugin has no setting `yeers`; did you mean `years`?  (same)
    "#);
}

#[test]
fn a_text_that_is_too_long_is_refused_when_it_is_read() {
    let hook = load("fn f(facts, settings) { #{x: settings .note} }", "f", Attachment::Decision).unwrap();
    let settings = Arc::new(BTreeMap::from([("note".to_owned(), Value::text("x".repeat(5_000)))]));
    insta::assert_snapshot!(with_settings(&hook, &settings), @"size limit fault: scripts/test.rhai:1:4: a text, list or map is too large");
}

#[test]
fn a_call_within_a_call_counts_for_itself() {
    let inner =
        load("fn g(facts, settings) { let n = 0; for i in 0..2000 { n += i; } #{x: n} }", "g", Attachment::Decision).unwrap();
    let body = move || call(&inner, None).map(|draft| draft.outputs.get("x").cloned().unwrap_or(Fact::Missing));
    let function = HostFunction::new("counted", Vec::new(), Gives::Kind(Kind::Integer), move |_, _| Ok(body().unwrap()));
    let functions = Functions::standard().with(function).unwrap();
    let run = |times: u32| {
        let text = format!("fn f(facts, settings) {{ let n = 0; for i in 0..{times} {{ n += counted(); }} #{{x: n}} }}");
        let mut out = Diagnostics::new();
        let script = Script::compile(&Source::new("scripts/test.rhai", text), &functions, &mut out).unwrap();
        let hook = script.hook("f", Attachment::Decision, &mut out).unwrap();
        let world = World::shared();
        show(&call(&hook.bind(&mut |path: &[&str]| world.resolve(path), &mut out).unwrap(), None))
    };
    // Each inner call needs more than a tenth of the operations of the outer one.
    assert_eq!(run(12), "x: 23988000");
}
