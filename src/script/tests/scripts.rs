//! Scripts: what they read, what they give, and every diagnostic.

use super::{World, functions, in_context, messages, rendered};
use crate::script::hook::BoundHook;
use crate::script::{Attachment, Draft, Script, Stop};
use crate::text::{Diagnostics, Source};
use crate::value::{Fact, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn load(text: &str, function: &str, attachment: Attachment) -> Result<BoundHook, Diagnostics> {
    let source = Source::new("scripts/test.rhai", text);
    let world = World::shared();
    let mut out = Diagnostics::new();
    let bound = Script::compile(&source, functions(), &mut out)
        .and_then(|script| script.hook(function, attachment, &mut out))
        .and_then(|hook| hook.bind(&mut |path: &[&str]| world.resolve(path), &mut out));
    bound.ok_or(out)
}

pub(super) fn call(hook: &BoundHook, draft: Option<&Draft>) -> Result<Draft, Stop> {
    let world = World::shared();
    let settings: BTreeMap<String, Value> = [("years".to_owned(), Value::Integer(5))].into();
    in_context(|context| hook.call(&mut |slot| world.read(slot), draft, &Arc::new(settings.clone()), context))
}

pub(super) fn show(result: &Result<Draft, Stop>) -> String {
    match result {
        Ok(draft) => {
            let mut parts: Vec<String> = draft
                .outputs
                .iter()
                .map(|(name, fact)| match fact {
                    Fact::Known(value) => format!("{name}: {value}"),
                    Fact::Missing => format!("{name}: missing"),
                    Fact::Unknown => format!("{name}: unknown"),
                })
                .collect();
            parts.extend(draft.because.as_ref().map(|because| format!("because {because}")));
            parts.join(", ")
        }
        Err(Stop::Fault(fault)) => format!("{} fault: {}", fault.kind, Stop::Fault(fault.clone())),
        Err(other) => other.to_string(),
    }
}

/// Runs the body of a decision and shows its one output `x`.
pub(super) fn run(body: &str) -> String {
    let (statements, last) = body.rsplit_once("; ").map_or(("", body), |(before, last)| (before, last));
    let before = if statements.is_empty() { String::new() } else { format!("{statements};") };
    let text = format!("fn part(facts, settings) {{ {before} #{{x: {last}}} }}");
    match load(&text, "part", Attachment::Decision) {
        Err(out) => messages(&out),
        Ok(hook) => {
            let shown = show(&call(&hook, None));
            shown.strip_prefix("x: ").map_or(shown.clone(), str::to_owned)
        }
    }
}

fn table(bodies: &[&str]) -> String {
    let lines: Vec<String> = bodies.iter().map(|body| format!("{body}  ->  {}", run(body))).collect();
    lines.join("\n")
}

#[test]
fn the_example_of_the_format() {
    let text = "\
/// Adds five per cent for each full year beyond the fifth, never above the draft twice over.
fn goodwill(facts, draft, settings) {
    let years = (facts.customer.tenure_months / 12).floor();
    if years <= settings.years { return draft; }
    draft.amount = min(draft.amount * (1.00 + 0.05 * (years - settings.years)), draft.amount * 2);
    draft.because = `loyal for ${years} years`;
    draft
}
";
    let hook = load(text, "goodwill", Attachment::After).unwrap();
    let amount = super::money("19.99 USD");
    let draft = Draft { outputs: [("amount".to_owned(), Fact::Known(amount))].into(), because: Some("ours".to_owned()) };
    insta::assert_snapshot!(show(&call(&hook, Some(&draft))), @"");
}

#[test]
fn values() {
    insta::assert_snapshot!(table(&[
        "0.1 + 0.2",
        "19.99",
        "1234567890123456789012345678",
        "0.1234567890123456789012345678",
        "1_000.50",
        "10 / 4",
        "let x = 10; x /= 4; x",
        "let x = 1; x += 0.1; x -= 0.2; x *= 3; x %= 2; x",
        "-0.05",
        "`${0.1}`",
        "facts.dispute.amount * 0.5",
        "facts.dispute.amount.amount",
        "facts.dispute.amount.currency",
        "facts.dispute.charges[1].amount",
        "sum(facts.dispute.charges.amount)",
        "sum(facts.dispute.none.amount)",
        "sum(facts.dispute.none.filter(|c| c.amount > money(1)).amount)",
        "let all = []; for c in facts.dispute.charges { all.push(c.kind); } all",
        "let n = 0; for i in 0..5 { n += i; } n",
        "let n = 0; for i in 1..=4 { n += i; } n",
        "facts.dispute.charges.filter(|c| c.kind == \"interest\").amount",
        "let limit = money(1); facts.dispute.charges.filter(|c| c.kind != \"overdraft\").map(|c| c.amount > limit)",
        "facts.finding.severity > \"trivial\" && facts.finding.severity < \"severe\"",
        "facts.customer.tier in [\"gold\", \"platinum\"]",
        "if facts.finding.confirmed { 1 } else { 2 }",
        "let c = facts.customer; c.tier",
        "facts.params.goodwill.base[facts.finding.severity]",
        "facts.params.goodwill.base.moderate",
        "settings.years + 1",
        "facts.customer.name ?? \"nobody\"",
        "is_missing(facts.customer.name)",
        "is_unknown(facts.finding.liability)",
        "[3, 1.5, 2].sort()",
        "[[1, 2], [3]]",
        "instalments(money(10), 3)",
        "business_days_after(facts.complaint.day, 10)",
        "\"a\" + \"b\"",
        "'a' == \"a\"",
        "[1] + [2]",
        "()",
    ]), @"");
}

#[test]
fn faults() {
    insta::assert_snapshot!(table(&[
        "\"12\" > 5",
        "() == ()",
        "let y; y + 1",
        "1 / 0",
        "9223372036854775807 + 1",
        "facts.dispute.amount + 1",
        "facts.dispute.amount == facts.dispute.foreign",
        "facts.finding.severity == \"mnior\"",
        "\"severe\" > \"trivial\"",
        "facts.dispute.charges[9]",
        "[1, 2][5]",
        "facts.dispute.charges.amont",
        "facts.dispute.charges[0].amont",
        "facts.dispute.charges[0].amount.cents",
        "facts.complaint.day.year",
        "settings.yeers",
        "let m = #{a: 1}; m.b",
        "facts.dispute.charges.push(1)",
        "[1, 2].filter(|x| x)",
        "[1, \"a\"].sort()",
        "[1, 2].map(|x| x / 0)",
        "for x in 5 { } 1",
        "let n = 0; for x in facts.dispute.amount { n += 1; } n",
        "if 1 { 2 } else { 3 }",
        "1 && true",
        "!1",
        "sum([])",
        "sum([], money(0))",
        "throw \"no mandate\"",
        "throw 5",
        "#{a: 1} == #{a: 1}",
        "[|x| x]",
        "facts.dispute.charges.map(|c| c)[0].kind",
        "#{a: 1}",
        "(0.5..3)",
        "date(\"2026-13-01\")",
        "min(1, \"2\")",
    ]), @"");
}

#[test]
fn needed_facts() {
    insta::assert_snapshot!(table(&[
        "facts.customer.name + \"x\"",
        "facts.x.missing > 1",
        "facts.x.missing == ()",
        "facts.x.missing.floor()",
        "-facts.x.missing",
        "if facts.x.missing { 1 } else { 2 }",
        "facts.finding.liability == \"our_error\"",
        "facts.finding.liability ?? \"shared\"",
        "(facts.finding.liability ?? \"shared\") == \"shared\"",
        "if facts.finding.liability { 1 } else { 2 }",
        "if facts.customer.score > 1 { 1 } else { 2 }",
        "(facts.customer.name ?? \"\") + facts.base",
        "if is_missing(facts.customer.name) { facts.x.missing + 1 } else { 0 }",
        "let n = facts.customer.name; n + \"x\"",
        "`for ${facts.customer.name}`",
        "`${facts.customer.score}`",
        "for c in facts.dispute.untold { } 1",
        "let n = 0; for c in facts.dispute.untold { n += 1; } n",
        "facts.dispute.untold.map(|c| c.amount)",
        "facts.dispute.charges.map(|c| c.amount + money(1))",
        "facts.dispute.vague.note",
        "facts.exit_request.fee + money(1)",
        "facts.exit_request.by",
        "facts.dispute.untold.amount",
        "rate(1, facts.history.none) + 1",
        "rate(1, facts.history.none) ?? 0.5",
        "facts.other.amount",
        "true || facts.x.missing > 1",
    ]), @"");
}

#[test]
fn what_a_script_reads() {
    let reads = |text: &str| {
        let source = Source::new("scripts/test.rhai", text);
        let mut out = Diagnostics::new();
        let hook = Script::compile(&source, functions(), &mut out).and_then(|script| script.hook("f", Attachment::Decision, &mut out));
        match hook {
            None => messages(&out),
            Some(hook) => hook.reads().iter().map(|read| format!("{}@{}", read.path.join("."), read.place.line_column().1)).collect::<Vec<_>>().join(" "),
        }
    };
    let lines = [
        reads("fn f(facts, settings) { facts.a.b + facts.c }"),
        reads("fn f(facts, settings) { let a = facts.a; a.b + a.c.d }"),
        reads("fn f(facts, settings) { g(facts, 1) } fn g(all, n) { all.a.b + n }"),
        reads("fn f(facts, settings) { g(facts.a) + g(facts.b) } fn g(part) { part.x }"),
        reads("fn f(facts, settings) { g(facts.a) } fn g(part) { h(part.b) + part.c } fn h(deep) { deep }"),
        reads("fn f(facts, settings) { if facts.a > 1 { return g(facts); } 1 } fn g(x) { if x.b > 0 { f(x, 1) } else { x.c } }"),
        reads("fn f(facts, settings) { facts.list.map(|x| x.a + facts.b) }"),
        reads("fn f(facts, settings) { let c = facts.a; [1].map(|c| c.b) }"),
        reads("fn f(facts, settings) { let c = facts.a; c = 5; c }"),
        reads("fn f(facts, settings) { let c = facts.a.b; c += 1; c }"),
        reads("fn f(facts, settings) { let c = facts.a; if true { let c = 5; c } else { c.b } }"),
        reads("fn f(facts, settings) { facts.a[facts.b.c].d + facts.e.f.floor() }"),
        reads("fn f(facts, settings) { if is_missing(facts.a) { 0 } else { facts.a.b } }"),
        reads("fn f(facts, settings) { `${facts.a} ${facts.b ?? facts.c}` }"),
        reads("fn f(facts, settings) { while facts.a > 1 { break facts.b; } do { facts.c } until facts.d; for x in facts.e { x.f } }"),
        reads("fn f(facts, settings) { #{x: facts.a, y: [facts.b, -facts.c]} }"),
        reads("fn f(facts, settings) { let c = facts.unused; 1 }"),
        reads("fn f(facts, settings) { facts }"),
        reads("fn f(facts, settings) { [facts] }"),
        reads("fn f(facts, settings) { facts[\"a\"] }"),
        reads("fn f(facts, settings) { len(facts) }"),
        reads("fn f(facts, settings) { facts.len() }"),
        reads("fn f(facts, settings) { let x = if true { facts } else { facts }; x.a }"),
        reads("fn f(facts, settings) { facts.a = 5; 1 }"),
        reads("fn f(facts, settings) { let c = facts.a; c.b += 5; 1 }"),
        reads("fn f(facts, settings) { facts = 5; 1 }"),
        reads("fn f(facts, settings) { g(facts) } fn g(x) { x = 1; x }"),
        reads("fn f(facts) { 1 }"),
        reads("fn g(facts, settings) { 1 }"),
        reads("fn goodwill(facts, settings) { 1 }"),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"");
}

#[test]
fn refused_when_loaded() {
    let load = |text: &str| {
        let source = Source::new("scripts/test.rhai", text);
        let mut out = Diagnostics::new();
        Script::compile(&source, functions(), &mut out);
        format!("{text}  ->  {}", messages(&out))
    };
    let lines = [
        load("fn f( { 1 }"),
        load("fn f(facts) {\n    let x = 1 +;\n}"),
        load("fn f(x) { y }"),
        load("fn f(x) { x.mapp(|y| y) }"),
        load("fn f(x) { instalmets(x, 2) + g(x) }"),
        load("fn f(x) { min() + g(x, 1) + x.map() } fn g(x) { x }"),
        load("fn f(x) { break_even(1) } fn break_evan(x) { x }"),
        load("fn f(x) { loop { break unknown_function(x); } }"),
        load("let x = 1; fn f() { x }"),
        load("fn min(a, b) { a }"),
        load("fn map(a, b) { a }"),
        load("fn int.double() { this * 2 }"),
        load("fn f(x) { x.g() } fn g(x) { x }"),
        load("fn f(x) { this }"),
        load("fn f(x) { eval(\"1\") }"),
        load("import \"os\" as os;"),
        load("fn f(x) { import \"os\" as os; }"),
        load("export let x = 1;"),
        load("fn f(x) { print(x); debug(x) }"),
        load("fn f(x) { Fn(\"f\") }"),
        load("fn f(x) { call(x) }"),
        load("fn f(x) { x.call(1) }"),
        load("fn f(x) { sleep(1) }"),
        load("fn f(x) { parse_json(\"{}\") + parse_float(\"0.1\") + x.to_float() + PI() }"),
        load("fn f(x) { std::min(1, 2) }"),
        load("fn f(x) { global::y }"),
        load("fn f(x) { let g = |y| y; g }"),
        load("fn f(x) { [|y| y] }"),
        load("fn f(x) { x.push(|y| y) }"),
        load("fn f(x) { g!(x) } fn g(x) { x }"),
        load("fn f(x) { switch x { 1 => 2, _ => 3 } }"),
        load("fn f(x) { try { x + 1 } catch { 0 } }"),
        load("fn f(x) { x ** 2 + (x << 1) + (x & 3) }"),
        load("fn f(x) { x **= 2; x |= 1; x }"),
        load("fn f(x) { - 0x8000000000000000 }"),
        load("fn f(x) { 1e400 }"),
        load("fn f(x) { 1.5e3 }"),
        load("fn f(x) { x.case }"),
        load("fn f(x) { 1 } fn f(y) { 2 }"),
        load("fn f(x) { is_def_var(\"x\") }"),
        load("fn f(x) { type_of(x) }"),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"");
}

#[test]
fn a_mistake_points_into_the_script() {
    let text = "/// Doubles the gesture.\nfn goodwill(facts, draft, settings) {\n    let tier = facts.customer.teir;\n    draft.amount = dubble(draft.amount);\n    draft\n}\n";
    let unknown_function = rendered(&load(text, "goodwill", Attachment::After).unwrap_err());
    let unknown_fact = rendered(&load(&text.replace("dubble(draft.amount)", "draft.amount * tier"), "goodwill", Attachment::After).unwrap_err());
    insta::assert_snapshot!(format!("{unknown_function}\n{unknown_fact}"), @"");
}

#[test]
fn wrong_returns() {
    let call_with = |body: &str| {
        let text = format!("fn goodwill(facts, draft, settings) {{ {body} }}");
        let hook = load(&text, "goodwill", Attachment::After).unwrap();
        let draft = Draft { outputs: [("amount".to_owned(), Fact::Known(super::money("1 USD")))].into(), because: None };
        format!("{body}  ->  {}", show(&call(&hook, Some(&draft))))
    };
    let lines = [
        call_with("draft"),
        call_with("5"),
        call_with("()"),
        call_with(""),
        call_with("settings"),
        call_with("draft.amount"),
        call_with("draft.amount = #{a: 1}; draft"),
        call_with("draft.amount = settings; draft"),
        call_with("draft.because = 5; draft"),
        call_with("draft.amount = (); draft"),
        call_with("draft.amount = facts.customer.score; draft"),
        call_with("draft.other = \"new\"; draft"),
        call_with("draft.amount = [1, ()]; draft"),
        call_with("draft.amount = 0..5; draft"),
        call_with("draft.amout + money(1)"),
        call_with("settings.years = 7; draft"),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"");
}
