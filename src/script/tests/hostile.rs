//! Hostile scripts: each ends in a named fault, within its operations, and the next call is unharmed.

use super::scripts::{call, load, run, show};
use super::{World, in_context};
use crate::script::{Attachment, BoundHook, CallContext, CancelToken, NotLowered, Script, ScriptLimits, Stop};
use crate::text::{Diagnostics, Source};
use std::sync::Arc;

/// The sort of end of a whole script, and the first words about it.
fn end(text: &str) -> String {
    match load(text, "f", Attachment::Decision) {
        Err(out) => super::messages(&out).lines().next().unwrap_or("").to_owned(),
        Ok(hook) => show(&call(&hook, None)),
    }
}

const HOSTILE: &[&str] = &[
    "fn f(facts, settings) { loop { } }",
    "fn f(facts, settings) { while true { } }",
    "fn f(facts, settings) { do { } while true; 1 }",
    "fn f(facts, settings) { let x = 0; loop { x += 1; } }",
    "fn f(facts, settings) { for i in 0..9223372036854775807 { } 1 }",
    "fn f(facts, settings) { for i in 0..=9223372036854775807 { } 1 }",
    "fn f(facts, settings) { for i in 0..1000000 { for j in 0..1000000 { } } 1 }",
    "fn f(facts, settings) { f(facts, settings) }",
    "fn f(facts, settings) { g(1) } fn g(x) { h(x) } fn h(x) { g(x) }",
    "fn f(facts, settings) { [1].map(|x| g(x)) } fn g(x) { [x].map(|y| g(y)) }",
    "fn f(facts, settings) { let s = \"a\"; loop { s += s; } }",
    "fn f(facts, settings) { let s = \"a\"; loop { s = s + s; } }",
    "fn f(facts, settings) { let s = \"a\"; loop { s = `${s}${s}`; } }",
    "fn f(facts, settings) { let s = \"aaaaaaaaaaaaaaaa\"; loop { s = s.replace(\"a\", s); } }",
    "fn f(facts, settings) { let l = [1]; loop { l += l; } }",
    "fn f(facts, settings) { let l = [1]; loop { l.push(l); } }",
    "fn f(facts, settings) { let l = []; loop { l.push(1); } }",
    "fn f(facts, settings) { let l = [1]; loop { l = [l, l]; } }",
    "fn f(facts, settings) { let l = [1, 2]; loop { l = l.map(|x| l); } }",
    "fn f(facts, settings) { let l = []; for i in 0..900 { l.push(i); } let n = 0; loop { n += l.len(); } }",
    "fn f(facts, settings) { let l = []; for i in 0..900 { l.push(i); } loop { l.sort(); } }",
    "fn f(facts, settings) { let l = []; for i in 0..900 { l.push(i); } l.map(|x| l.map(|y| l.map(|z| x + y + z))) }",
    "fn f(facts, settings) { let l = []; for i in 0..900 { l.push(i); } loop { g(l); } } fn g(x) { 1 }",
    "fn f(facts, settings) { let l = [1]; l.reduce(|a, b| { loop { } }, 0) }",
    "fn f(facts, settings) { let m = #{}; let i = 0; loop { i += 1; m[`k${i}`] = i; } }",
    "fn f(facts, settings) { let m = #{a: 1}; loop { m = #{a: m, b: m}; } }",
    "fn f(facts, settings) { let l = \"aaaaaaaaaaaaaaaaaaaa\".split(\"a\"); loop { l += l; } }",
    "fn f(facts, settings) { \"aaaa\".split(\"\") }",
    "fn f(facts, settings) { \"aaaa\".replace(\"\", \"b\") }",
    "fn f(facts, settings) { let s = \"\"; for i in 0..4000 { s += \"x\"; } let l = []; for i in 0..1000 { l.push(s); } l.join(\"\") }",
    "fn f(facts, settings) { instalments(money(100), 1000000) }",
    "fn f(facts, settings) { loop { add_days(facts.complaint.day, 100000); } }",
    "fn f(facts, settings) { loop { business_days_after(facts.complaint.day, 99999); } }",
    "fn f(facts, settings) { let x = 79228162514264337593543950335.0; x * x }",
    "fn f(facts, settings) { let x = 1.5; loop { x *= x; } }",
    "fn f(facts, settings) { let x = 2; loop { x *= x; } }",
    "fn f(facts, settings) { 9223372036854775807 + 1 }",
    "fn f(facts, settings) { -9223372036854775807 - 2 }",
    "fn f(facts, settings) { 1 / 0 }",
    "fn f(facts, settings) { 1.0 / 0.0 }",
    "fn f(facts, settings) { 0.0 / 0.0 }",
    "fn f(facts, settings) { 5 % 0 }",
    "fn f(facts, settings) { throw \"stop\"; }",
    "fn f(facts, settings) { throw facts.complaint.day; }",
    "fn f(facts, settings) { settings.years = 9; 1 }",
    "fn f(facts, settings) { let a = facts; a.customer.tier = \"gold\"; 1 }",
    "fn f(facts, settings) { #{x: |y| y} }",
    "fn f(facts, settings) { let l = []; for i in 0..1000 { l.push(\"xxxxxxxxxxxxxxxxxxxx\"); } #{x: l} }",
    "fn f(facts, settings) { [1, 2].map(|x| { throw \"inside\" }) }",
    "fn f(facts, settings) { let n = 5; [1].map(|x| { n = n + x; n }) }",
    "fn f(facts, settings) { [1, 2].sort_by(|x| x / 0) }",
    "fn f(facts, settings) { let l = [1, 2]; l.map(|x| { l.push(x); x }) }",
    "fn f(facts, settings) { round_half_even(1.5, -1) }",
    "fn f(facts, settings) { break; }",
    "fn f(facts, settings) { return; }",
    "fn f(facts, settings) { date(\"9999-12-31\").add_days(1) }",
];

#[test]
fn every_hostile_script_ends_in_its_fault() {
    let lines: Vec<String> = HOSTILE
        .iter()
        .map(|text| {
            let shown = end(text);
            let unharmed = run("0.1 + 0.2");
            assert_eq!(unharmed, "0.3", "after {text}");
            assert!(!shown.contains("time limit"), "{text} must be ended by its operations, not by the clock");
            let shown: String = shown.chars().take(110).collect();
            format!("{}  ->  {shown}", text.strip_prefix("fn f(facts, settings) ").unwrap_or(text))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    { loop { } }  ->  operation limit fault: scripts/test.rhai:1:4: the script needs more operations than it may spend
    { while true { } }  ->  operation limit fault: scripts/test.rhai:1:4: the script needs more operations than it may spend
    { do { } while true; 1 }  ->  operation limit fault: scripts/test.rhai:1:4: the script needs more operations than it may spend
    { let x = 0; loop { x += 1; } }  ->  operation limit fault: scripts/test.rhai:1:45: the script needs more operations than it may spend
    { for i in 0..9223372036854775807 { } 1 }  ->  operation limit fault: scripts/test.rhai:1:4: the script needs more operations than it may spend
    { for i in 0..=9223372036854775807 { } 1 }  ->  operation limit fault: scripts/test.rhai:1:4: the script needs more operations than it may spend
    { for i in 0..1000000 { for j in 0..1000000 { } } 1 }  ->  operation limit fault: scripts/test.rhai:1:4: the script needs more operations than it may spend
    { f(facts, settings) }  ->  size limit fault: scripts/test.rhai:1:4: calls are nested too deeply
    { g(1) } fn g(x) { h(x) } fn h(x) { g(x) }  ->  size limit fault: scripts/test.rhai:1:4: calls are nested too deeply
    { [1].map(|x| g(x)) } fn g(x) { [x].map(|y| g(y)) }  ->  size limit fault: scripts/test.rhai:1:4: calls are nested too deeply
    { let s = "a"; loop { s += s; } }  ->  size limit fault: scripts/test.rhai:1:47: a text is longer than 4096 bytes
    { let s = "a"; loop { s = s + s; } }  ->  size limit fault: scripts/test.rhai:1:51: a text is longer than 4096 bytes
    { let s = "a"; loop { s = `${s}${s}`; } }  ->  size limit fault: scripts/test.rhai:1:4: a text, list or map is too large
    { let s = "aaaaaaaaaaaaaaaa"; loop { s = s.replace("a", s); } }  ->  size limit fault: scripts/test.rhai:1:66: a text is longer than 4096 bytes
    { let l = [1]; loop { l += l; } }  ->  size limit fault: scripts/test.rhai:1:47: a list is longer than 1000 items
    { let l = [1]; loop { l.push(l); } }  ->  size limit fault: scripts/test.rhai:1:4: a text, list or map is too large
    { let l = []; loop { l.push(1); } }  ->  operation limit fault: scripts/test.rhai:1:46: the script needs more operations than it may spend
    { let l = [1]; loop { l = [l, l]; } }  ->  size limit fault: scripts/test.rhai:1:4: a text, list or map is too large
    { let l = [1, 2]; loop { l = l.map(|x| l); } }  ->  R0407 1:58 the closure reads `l`, which the list that it runs over belongs to [write `map(list, ...)` instead 
    { let l = []; for i in 0..900 { l.push(i); } let n = 0; loop { n += l.len(); } }  ->  operation limit fault: scripts/test.rhai:1:57: the script needs more operations than it may spend
    { let l = []; for i in 0..900 { l.push(i); } loop { l.sort(); } }  ->  operation limit fault: scripts/test.rhai:1:57: the script needs more operations than it may spend
    { let l = []; for i in 0..900 { l.push(i); } l.map(|x| l.map(|y| l.map(|z| x + y + z))) }  ->  R0407 1:74 the closure reads `l`, which the list that it runs over belongs to [write `map(list, ...)` instead 
    { let l = []; for i in 0..900 { l.push(i); } loop { g(l); } } fn g(x) { 1 }  ->  operation limit fault: scripts/test.rhai:1:57: the script needs more operations than it may spend
    { let l = [1]; l.reduce(|a, b| { loop { } }, 0) }  ->  operation limit fault: scripts/test.rhai:1:4: the script needs more operations than it may spend
    { let m = #{}; let i = 0; loop { i += 1; m[`k${i}`] = i; } }  ->  operation limit fault: scripts/test.rhai:1:64: the script needs more operations than it may spend
    { let m = #{a: 1}; loop { m = #{a: m, b: m}; } }  ->  size limit fault: scripts/test.rhai:1:4: a text, list or map is too large
    { let l = "aaaaaaaaaaaaaaaaaaaa".split("a"); loop { l += l; } }  ->  size limit fault: scripts/test.rhai:1:77: a list is longer than 1000 items
    { "aaaa".split("") }  ->  runtime fault: scripts/test.rhai:1:32: a text cannot be split at nothing
    { "aaaa".replace("", "b") }  ->  runtime fault: scripts/test.rhai:1:32: nothing cannot be replaced
    { let s = ""; for i in 0..4000 { s += "x"; } let l = []; for i in 0..1000 { l.push(s); } l.join("") }  ->  operation limit fault: scripts/test.rhai:1:58: the script needs more operations than it may spend
    { instalments(money(100), 1000000) }  ->  runtime fault: scripts/test.rhai:1:25: a payment plan has between 1 and 120 instalments, not 1000000
    { loop { add_days(facts.complaint.day, 100000); } }  ->  operation limit fault: scripts/test.rhai:1:32: the script needs more operations than it may spend
    { loop { business_days_after(facts.complaint.day, 99999); } }  ->  operation limit fault: scripts/test.rhai:1:32: the script needs more operations than it may spend
    { let x = 79228162514264337593543950335.0; x * x }  ->  R0401 1:33 `79228162514264337593543950335.0` is not a number that can be kept exactly [write one whole express
    { let x = 1.5; loop { x *= x; } }  ->  runtime fault: scripts/test.rhai:1:47: the result has more digits than a number can hold
    { let x = 2; loop { x *= x; } }  ->  runtime fault: scripts/test.rhai:1:45: the result has more digits than a number can hold
    { 9223372036854775807 + 1 }  ->  runtime fault: scripts/test.rhai:1:45: the result has more digits than a number can hold
    { -9223372036854775807 - 2 }  ->  runtime fault: scripts/test.rhai:1:46: the result has more digits than a number can hold
    { 1 / 0 }  ->  runtime fault: scripts/test.rhai:1:27: division by zero
    { 1.0 / 0.0 }  ->  runtime fault: scripts/test.rhai:1:29: division by zero
    { 0.0 / 0.0 }  ->  runtime fault: scripts/test.rhai:1:29: division by zero
    { 5 % 0 }  ->  runtime fault: scripts/test.rhai:1:27: division by zero
    { throw "stop"; }  ->  runtime fault: scripts/test.rhai:1:25: stop
    { throw facts.complaint.day; }  ->  runtime fault: scripts/test.rhai:1:25: the script gave up without a text
    { settings.years = 9; 1 }  ->  runtime fault: scripts/test.rhai:1:33: the settings cannot be changed; a script changes its draft, or variable
    { let a = facts; a.customer.tier = "gold"; 1 }  ->  R0407 1:40 a script cannot change the facts [take it out, and give the result as the value of the script; `red
    { #{x: |y| y} }  ->  R0407 1:30 a closure can only be an argument of a function of lists [closures are written where they are used,
    { let l = []; for i in 0..1000 { l.push("xxxxxxxxxxxxxxxxxxxx"); } #{x: l} }  ->  size limit fault: scripts/test.rhai:1:4: a text, list or map is too large
    { [1, 2].map(|x| { throw "inside" }) }  ->  runtime fault: scripts/test.rhai:1:42: inside
    { let n = 5; [1].map(|x| { n = n + x; n }) }  ->  wrong return fault: scripts/test.rhai:1:4: the script returned a list (a whole number each), not a draft; a dr
    { [1, 2].sort_by(|x| x / 0) }  ->  runtime fault: scripts/test.rhai:1:46: division by zero
    { let l = [1, 2]; l.map(|x| { l.push(x); x }) }  ->  R0407 1:47 the closure reads `l`, which the list that it runs over belongs to [write `map(list, ...)` instead 
    { round_half_even(1.5, -1) }  ->  runtime fault: scripts/test.rhai:1:25: the digits to round to are a whole number from 0 to 28
    { break; }  ->  R0401 1:25 break statement should only be used inside a loop [write one whole expression, each bracket closed:
    { return; }  ->  wrong return fault: scripts/test.rhai:1:4: the script returned nothing, not a draft; a draft is a map: `#{amou
    { date("9999-12-31").add_days(1) }  ->  runtime fault: scripts/test.rhai:1:44: the result has more digits than a number can hold
    "#);
}

#[test]
fn limits_of_parsing() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("fn f(facts, settings) {{ {}1{} }}", open.repeat(times), close.repeat(times))
    };
    let lines = [
        ("nested brackets", end(&deep("(", ")", 5_000))),
        ("nested lists", end(&deep("[", "]", 5_000))),
        ("nested blocks", end(&deep("{ ", " }", 5_000))),
        ("nested ifs", end(&deep("if true { ", " } else { 2 }", 1_000))),
        ("nested closures", end(&deep("[1].map(|x| ", ")", 1_000))),
        ("signs", end(&deep("-", "", 5_000))),
        ("long chain", end(&format!("fn f(facts, settings) {{ 1{} }}", " + 1".repeat(5_000)))),
        ("many functions", end(&(0..200).map(|n| format!("fn g{n}() {{ {n} }}")).collect::<Vec<_>>().join(" "))),
        ("many lines", end(&"\n".repeat(3_000))),
        ("many bytes", end(&"/".repeat(70_000))),
        ("many statements", end(&format!("fn f(facts, settings) {{ {} }}", "1+1;".repeat(9_000)))),
        ("long text", end(&format!("fn f(facts, settings) {{ \"{}\" }}", "x".repeat(9_000)))),
        ("not a script", end("\u{0}\u{1}<?xml?>")),
        ("empty", end("")),
    ];
    let lines: Vec<String> = lines.iter().map(|(name, shown)| format!("{name}: {shown}")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    nested brackets: R0409 1:39 an expression is nested too deeply [give parts of it names of their own]
    nested lists: R0409 1:34 an expression is nested too deeply [give parts of it names of their own]
    nested blocks: R0409 1:55 an expression is nested too deeply [give parts of it names of their own]
    nested ifs: R0409 1:125 an expression is nested too deeply [give parts of it names of their own]
    nested closures: R0409 1:85 an expression is nested too deeply [give parts of it names of their own]
    signs: R0401 1:25 `--` is not an operator here [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    long chain: R0409 1:135 an expression is nested too deeply [give parts of it names of their own]
    many functions: R0409 1:2085 the script has too many functions [move what several scripts need into functions, and figures into `params`]
    many lines: R0409 1:1 a script has at most 65536 bytes and 2000 lines [move what several scripts need into functions, and figures into `params`]
    many bytes: R0409 1:1 a script has at most 65536 bytes and 2000 lines [move what several scripts need into functions, and figures into `params`]
    many statements: R0409 1:1 the script has more than 20000 parts [move what several scripts need into functions, and figures into `params`]
    long text: R0409 1:25 a literal is too large [move what several scripts need into functions, and figures into `params`]
    not a script: R0401 1:1 unexpected `\u{0}` [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    empty: R0408 1:1 the script has no function `f` [it is defined as `fn f(facts, settings)`]
    ");
}

#[test]
fn the_clock_is_a_backstop_of_its_own() {
    let hook = load("fn f(facts, settings) { loop { } }", "f", Attachment::Decision).unwrap();
    let world = World::shared();
    let limits = ScriptLimits { operations: u64::MAX, wall_clock_ms: 1, ..ScriptLimits::default() };
    let hook = hook.within(limits);
    let stopped = in_context(|context| hook.call(&mut |slot| world.read(slot), None, &Arc::default(), context));
    insta::assert_snapshot!(show(&stopped), @r"time limit fault: scripts/test.rhai:1:4: the script ran out of time");
}

#[test]
fn a_raised_flag_ends_a_call_that_runs_and_keeps_one_from_beginning() {
    let hook = load("fn f(facts, settings) { loop { } }", "f", Attachment::Decision).unwrap();
    let limits = ScriptLimits { operations: u64::MAX, wall_clock_ms: 60_000, ..ScriptLimits::default() };
    let hook = hook.within(limits);
    let cancel = CancelToken::new();
    let stopped = std::thread::scope(|scope| {
        let running = scope.spawn(|| end_under(&hook, &cancel));
        cancel.clone().cancel();
        running.join().unwrap()
    });
    insta::assert_snapshot!(stopped, @r"cancelled fault: scripts/test.rhai:1:4: the evaluation was cancelled");
    let brief = load("fn f(facts, settings) { #{x: 1} }", "f", Attachment::Decision).unwrap();
    insta::assert_snapshot!(end_under(&brief, &cancel), @r"cancelled fault: scripts/test.rhai:1:4: the evaluation was cancelled");
    insta::assert_snapshot!(end_under(&brief, &CancelToken::new()), @r"x: 1");
}

fn end_under(hook: &BoundHook, cancel: &CancelToken) -> String {
    let world = World::shared();
    let call = |context: &CallContext<'_>| {
        let context = context.cancelled_by(Some(cancel));
        hook.call(&mut |slot| world.read(slot), None, &Arc::default(), &context)
    };
    show(&in_context(|context| call(context)))
}

#[test]
fn lowered_limits_hold_for_that_call_alone() {
    let lowered = |text: &str, name: &str, to: u64| {
        let hook = load(text, "f", Attachment::Decision).unwrap();
        let mut limits = ScriptLimits::default();
        limits.lower(name, to).unwrap();
        let world = World::shared();
        let low = hook.clone().within(limits);
        let call = |hook: &BoundHook| {
            show(&in_context(|context| hook.call(&mut |slot| world.read(slot), None, &Arc::default(), context)))
        };
        format!("{name} {to}: {}\n    else: {}", call(&low), call(&hook))
    };
    let lines = [
        lowered("fn f(facts, settings) { let n = 0; for i in 0..100 { n += i; } #{x: n} }", "operations", 100),
        lowered("fn f(facts, settings) { #{x: g(5)} } fn g(n) { if n == 0 { 0 } else { 1 + g(n - 1) } }", "call_levels", 3),
        lowered("fn f(facts, settings) { let a = 1; let b = 2; let c = 3; #{x: a + b + c} }", "variables", 4),
        lowered("fn f(facts, settings) { #{x: \"abc\" + \"def\"} }", "text_bytes", 5),
        lowered("fn f(facts, settings) { let s = \"abc\"; #{x: `${s}${s}`} }", "text_bytes", 5),
        lowered("fn f(facts, settings) { let l = [1]; l.push(2); l.push(3); #{x: l} }", "list_items", 2),
        lowered("fn f(facts, settings) { let m = #{a: 1, b: 2}; #{x: m.len()} }", "map_entries", 1),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    operations 100: operation limit fault: scripts/test.rhai:1:56: the script needs more operations than it may spend
        else: x: 4950
    call_levels 3: size limit fault: scripts/test.rhai:1:4: calls are nested too deeply
        else: x: 5
    variables 4: size limit fault: scripts/test.rhai:1:4: there are too many variables
        else: x: 6
    text_bytes 5: size limit fault: scripts/test.rhai:1:36: a text is longer than 5 bytes
        else: x: abcdef
    text_bytes 5: size limit fault: scripts/test.rhai:1:4: a text, list or map is too large
        else: x: abcabc
    list_items 2: size limit fault: scripts/test.rhai:1:51: a list is longer than 2 items
        else: x: [1, 2, 3]
    map_entries 1: size limit fault: scripts/test.rhai:1:4: a text, list or map is too large
        else: x: 2
    ");
    let mut limits = ScriptLimits::default();
    assert_eq!(limits.lower("operations", 50_001), Err(NotLowered::AtMost("50000".to_owned())));
    assert_eq!(limits.lower("speed", 1), Err(NotLowered::Unknown));
}

#[test]
fn calls_as_deep_as_allowed_fit_a_small_stack() {
    // As many calls as are allowed, each at the bottom of an expression as deep as a function may have.
    let script = |depth: usize| {
        let nested = format!("{}g(n - 1){}", "(1 + ".repeat(depth), ")".repeat(depth));
        format!("fn f(facts, settings) {{ #{{x: g(14)}} }} fn g(n) {{ if n <= 0 {{ 0 }} else {{ {nested} }} }}")
    };
    let text = (1..40).rev().map(script).find(|text| load(text, "f", Attachment::Decision).is_ok()).unwrap();
    let deep = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(move || end(&text)).unwrap().join().unwrap();
    insta::assert_snapshot!(deep, @r"x: 154");
}

#[test]
fn a_panic_in_a_host_function_is_contained() {
    use crate::script::{Functions, Gives, HostFunction};
    use crate::value::Kind;
    let functions = Functions::standard()
        .with(HostFunction::new("burst", Vec::new(), Gives::Kind(Kind::Integer), |_, _| panic!("burst")))
        .unwrap();
    let source = Source::new("scripts/test.rhai", "fn f(facts, settings) { [1].map(|x| burst()) }");
    let mut out = Diagnostics::new();
    let script = Script::compile(&source, &functions, &mut out).unwrap();
    let hook = script.hook("f", Attachment::Decision, &mut out).unwrap();
    let world = World::shared();
    let bound = hook.bind(&mut |path: &[&str]| world.resolve(path), &mut out).unwrap();
    let shown = show(&call(&bound, None));
    insta::assert_snapshot!(shown, @"panic fault: scripts/test.rhai:1:37: the function `burst` panicked; the panic was contained");
    assert_eq!(run("1 + 1"), "2");
    assert!(matches!(call(&bound, None), Err(Stop::Fault(_))));
}

#[test]
fn a_script_is_shared_between_threads() {
    let hook = load("fn f(facts, settings) { #{x: sum(facts.dispute.charges.amount) * 2} }", "f", Attachment::Decision).unwrap();
    let shown: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| (0..50).map(|_| show(&call(&hook, None))).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(shown.iter().all(|each| each == "x: 26.30 USD"), "{shown:?}");
}
