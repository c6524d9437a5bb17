//! Loading scripts: what they read, and every diagnostic.

use super::scripts::{call, load, show};
use super::{functions, messages, rendered};
use crate::script::{Attachment, Draft, Script};
use crate::text::{Diagnostics, Source};
use crate::value::Fact;

const READING: &[&str] = &[
    "fn f(facts, settings) { facts.a.b + facts.c }",
    "fn f(facts, settings) { let a = facts.a; a.b + a.c.d }",
    "fn f(facts, settings) { g(facts, 1) } fn g(all, n) { all.a.b + n }",
    "fn f(facts, settings) { g(facts.a) + g(facts.b) } fn g(part) { part.x }",
    "fn f(facts, settings) { g(facts.a) } fn g(part) { h(part.b) + part.c } fn h(deep) { deep }",
    "fn f(facts, settings) { if facts.a > 1 { return g(facts); } 1 } fn g(x) { if x.b > 0 { f(x, 1) } else { x.c } }",
    "fn f(facts, settings) { g(facts.a) } fn g(part) { g(part.b) }",
    "fn f(facts, settings) { g(facts, facts.a) } fn g(x, y) { if true { g(y.b, x) } else { x.c } }",
    "fn f(facts, settings) { facts.list.map(|x| x.a + facts.b) }",
    "fn f(facts, settings) { let c = facts.a; [1].map(|c| c.b) }",
    "fn f(facts, settings) { let c = facts.a; c = 5; c }",
    "fn f(facts, settings) { let c = facts.a.b; c += 1; c }",
    "fn f(facts, settings) { let c = facts.a; if true { let c = 5; c } else { c.b } }",
    "fn f(facts, settings) { facts.a[facts.b.c].d + facts.e.f.floor() }",
    "fn f(facts, settings) { if is_missing(facts.a) { 0 } else { facts.a.b } }",
    "fn f(facts, settings) { `${facts.a} ${facts.b ?? facts.c}` }",
    "fn f(facts, settings) { while facts.a > 1 { break facts.b; } do { facts.c } until facts.d; for x in facts.e { x.f } }",
    "fn f(facts, settings) { #{x: facts.a, y: [facts.b, -facts.c]} }",
    "fn f(facts, settings) { let c = facts.unused; 1 }",
    "fn f(facts, settings) { facts }",
    "fn f(facts, settings) { [facts] }",
    "fn f(facts, settings) { facts[\"a\"] }",
    "fn f(facts, settings) { len(facts) }",
    "fn f(facts, settings) { facts.len() }",
    "fn f(facts, settings) { let x = if true { facts } else { facts }; x.a }",
    "fn f(facts, settings) { facts.a = 5; 1 }",
    "fn f(facts, settings) { let c = facts.a; c.b += 5; 1 }",
    "fn f(facts, settings) { facts = 5; 1 }",
    "fn f(facts, settings) { g(facts) } fn g(x) { x = 1; x }",
    "fn f(facts) { 1 }",
    "fn g(facts, settings) { 1 }",
    "fn goodwill(facts, settings) { 1 }",
];

#[test]
fn what_a_script_reads() {
    let reads = |text: &str| {
        let source = Source::new("scripts/test.rhai", text);
        let mut out = Diagnostics::new();
        let hook =
            Script::compile(&source, functions(), &mut out).and_then(|script| script.hook("f", Attachment::Decision, &mut out));
        match hook {
            None => messages(&out),
            Some(hook) => hook
                .reads()
                .iter()
                .map(|read| format!("{}@{}", read.path.join("."), read.place.line_column().1))
                .collect::<Vec<_>>()
                .join(" "),
        }
    };
    let lines: Vec<String> = READING.iter().map(|text| reads(text)).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    a.b@25 c@37
    a.b@42 a.c.d@48
    a.b@54
    a.x@64 b.x@64
    a.b@53 a.c@63
    a@28 b@78 c@105
    a.b@53
    a.b@70 b@70 c@87
    R0407 1:40 the closure reads `facts`, which the list that it runs over belongs to [write `map(list, ...)` instead of `list.map(...)`]

    a@33
    a.b@33
    a.b@74
    a@25 b.c@33 e.f@48
    a@39
    a@28 b@39 c@50
    a@31 b@51 d@83 c@67 e@101
    a@30 b@43 c@53

    R0407 1:25 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0407 1:26 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0407 1:25 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0407 1:29 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0407 1:25 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0407 1:43 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0407 1:58 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0407 1:25 a script cannot change the facts [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    R0407 1:42 a script cannot change the facts [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    R0407 1:25 a script cannot change the facts [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    R0407 1:46 a script cannot change the facts [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    R0407 1:27 the facts can only be read by their fields, as in `facts.customer.tier` [pass them on to a function of this script, or name the fields that are needed]
    R0408 1:4 `f` has the wrong parameters [it is defined as `fn f(facts, settings)`]
    R0408 1:1 the script has no function `f` [it is defined as `fn f(facts, settings)`]
    R0408 1:1 the script has no function `f` [it is defined as `fn f(facts, settings)`]
    ");
}

const REFUSED: &[&str] = &[
    "fn f( { 1 }",
    "fn f(facts) {\n    let x = 1 +;\n}",
    "fn f(x) { y }",
    "fn f(x) { x.mapp(|y| y) }",
    "fn f(x) { instalmets(x, 2) + g(x) }",
    "fn f(x) { min() + g(x, 1) + x.map() } fn g(x) { x }",
    "fn f(x) { break_even(1) } fn break_evan(x) { x }",
    "fn f(x) { loop { break unknown_function(x); } }",
    "let x = 1; fn f() { x }",
    "fn min(a, b) { a }",
    "fn map(a, b) { a }",
    "let x = 1; fn f() { 1 }",
    "fn int.double(x) { x }",
    "fn f(x) { x.g() } fn g(x) { x }",
    "fn f(x) { this }",
    "fn f(x) { eval(\"1\") }",
    "import \"os\" as os;",
    "fn f(x) { import \"os\" as os; }",
    "export let x = 1;",
    "fn f(x) { print(x); debug(x) }",
    "fn f(x) { Fn(\"f\") }",
    "fn f(x) { call(x) }",
    "fn f(x) { x.call(1) }",
    "fn f(x) { sleep(1) }",
    "fn f(x) { parse_json(\"{}\") + parse_float(\"0.1\") + x.to_float() + PI() }",
    "fn f(x) { std::min(1, 2) }",
    "fn f(x) { global::y }",
    "fn f(x) { let g = |y| y; g }",
    "fn f(x) { [|y| y] }",
    "fn f(x) { x.push(|y| y) }",
    "fn f(x) { g!(x) } fn g(x) { x }",
    "fn f(x) { switch x { 1 => 2, _ => 3 } }",
    "fn f(x) { try { x + 1 } catch { 0 } }",
    "fn f(x) { x ** 2 + (x << 1) + (x & 3) }",
    "fn f(x) { x **= 2; x |= 1; x }",
    "fn f(x) { - 0x8000000000000000 }",
    "fn f(x) { 1e400 }",
    "fn f(x) { 1.5e3 }",
    "fn f(x) { x.case }",
    "fn f(x) { 1 } fn f(y) { 2 }",
    "fn f(x) { is_def_var(\"x\") }",
    "fn f(x) { type_of(x) }",
];

#[test]
fn refused_when_loaded() {
    let load = |text: &str| {
        let source = Source::new("scripts/test.rhai", text);
        let mut out = Diagnostics::new();
        Script::compile(&source, functions(), &mut out);
        format!("{text}  ->  {}", messages(&out))
    };
    let lines: Vec<String> = REFUSED.iter().map(|text| load(text)).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    fn f( { 1 }  ->  R0401 1:7 `)` is missing to close the parameters list of function `f` [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    fn f(facts) {
        let x = 1 +;
    }  ->  R0401 2:16 unexpected `;` [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    fn f(x) { y }  ->  R0403 1:11 nothing is called `y` [name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`]
    fn f(x) { x.mapp(|y| y) }  ->  R0402 1:13 there is no function `mapp` [did you mean `map`?]
    fn f(x) { instalmets(x, 2) + g(x) }  ->  R0402 1:11 there is no function `instalmets` [did you mean `instalments`?]
    R0402 1:30 there is no function `g`
    fn f(x) { min() + g(x, 1) + x.map() } fn g(x) { x }  ->  R0404 1:11 `min` takes 1 to 8 arguments, not 0 [it is called as `min(values: any, ...) -> the same`]
    R0404 1:19 `g` takes 1 argument, not 2 [give it as many as it takes; `redress functions` shows each with an example]
    R0404 1:31 `map` takes 2 arguments, not 1 [it is called as `map(list, closure)`, or on the first as a method]
    fn f(x) { break_even(1) } fn break_evan(x) { x }  ->  R0402 1:11 there is no function `break_even` [did you mean `break_evan`?]
    fn f(x) { loop { break unknown_function(x); } }  ->  R0402 1:24 there is no function `unknown_function`
    let x = 1; fn f() { x }  ->  R0403 1:21 nothing is called `x` [name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`]
    fn min(a, b) { a }  ->  R0407 1:4 there is already a function `min` [give it another name]
    fn map(a, b) { a }  ->  R0407 1:4 there is already a function `map` [give it another name]
    let x = 1; fn f() { 1 }  ->  R0407 1:1 a script holds functions and nothing else [put it into the function that the decision calls]
    fn int.double(x) { x }  ->  R0407 1:1 `double` is defined on a type, which scripts cannot [make the value its first parameter]
    fn f(x) { x.g() } fn g(x) { x }  ->  R0407 1:13 `g` is a function of this script and is not called on a value [write `g(...)`]
    fn f(x) { this }  ->  R0407 1:11 `this` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { eval("1") }  ->  R0407 1:11 `eval` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    import "os" as os;  ->  R0407 1:1 `import` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { import "os" as os; }  ->  R0407 1:11 `import` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    export let x = 1;  ->  R0407 1:1 `export` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { print(x); debug(x) }  ->  R0407 1:11 `print` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { Fn("f") }  ->  R0407 1:11 `Fn` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { call(x) }  ->  R0407 1:11 `call` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { x.call(1) }  ->  R0401 1:13 expecting name of a property [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    fn f(x) { sleep(1) }  ->  R0402 1:11 there is no function `sleep`
    fn f(x) { parse_json("{}") + parse_float("0.1") + x.to_float() + PI() }  ->  R0402 1:11 there is no function `parse_json`
    R0402 1:30 there is no function `parse_float`
    R0402 1:53 there is no function `to_float`
    R0402 1:66 there is no function `PI`
    fn f(x) { std::min(1, 2) }  ->  R0407 1:11 modules are not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { global::y }  ->  R0407 1:11 modules are not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { let g = |y| y; g }  ->  R0407 1:19 a closure can only be an argument of a function of lists [closures are written where they are used, as in `list.map(|x| x * 2)`]
    fn f(x) { [|y| y] }  ->  R0407 1:12 a closure can only be an argument of a function of lists [closures are written where they are used, as in `list.map(|x| x * 2)`]
    fn f(x) { x.push(|y| y) }  ->  R0407 1:18 a closure can only be an argument of a function of lists [closures are written where they are used, as in `list.map(|x| x * 2)`]
    fn f(x) { g!(x) } fn g(x) { x }  ->  R0407 1:11 `g!` is not available [pass what the function needs]
    fn f(x) { switch x { 1 => 2, _ => 3 } }  ->  R0407 1:11 `switch` is not available: names of facts would silently take its default branch [write `if ... { } else if ... { }`]
    fn f(x) { try { x + 1 } catch { 0 } }  ->  R0407 1:11 `try` is not available: an error would be taken for an answer [ask `is_missing(...)` or `is_unknown(...)` before a value is used]
    fn f(x) { x ** 2 + (x << 1) + (x & 3) }  ->  R0407 1:13 `**` is not an operator here [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    R0407 1:23 `<<` is not an operator here [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    R0407 1:34 `&` is not an operator here [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { x **= 2; x |= 1; x }  ->  R0407 1:13 `**=` is not an operator here [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    R0407 1:22 `|=` is not an operator here [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { - 0x8000000000000000 }  ->  R0401 1:11 a number is too large to be kept exactly [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    fn f(x) { 1e400 }  ->  R0401 1:11 `1e400` is not a number that can be kept exactly [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    fn f(x) { 1.5e3 }  ->  R0401 1:11 `1.5e3` is not a number that can be kept exactly [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    fn f(x) { x.case }  ->  R0401 1:13 `case` is a reserved word [choose another name]
    fn f(x) { 1 } fn f(y) { 2 }  ->  R0204 1:15 the function `f` is defined twice [take one of the two away, or give it another name]
    fn f(x) { is_def_var("x") }  ->  R0407 1:11 `is_def_var` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    fn f(x) { type_of(x) }  ->  R0407 1:11 `type_of` is not available [take it out, and give the result as the value of the script; `redress functions` lists what may be called]
    "#);
}

#[test]
fn a_mistake_points_into_the_script() {
    let text = "/// Doubles the gesture.\nfn goodwill(facts, draft, settings) {\n    let tier = facts.customer.teir;\n    draft.amount = dubble(draft.amount);\n    draft\n}\n";
    let unknown_function = rendered(&load(text, "goodwill", Attachment::After).unwrap_err());
    let unknown_fact =
        rendered(&load(&text.replace("dubble(draft.amount)", "draft.amount * tier"), "goodwill", Attachment::After).unwrap_err());
    insta::assert_snapshot!(format!("{unknown_function}\n{unknown_fact}"), @r"
    error[R0402]: there is no function `dubble`
     --> scripts/test.rhai:4:20
      |
    4 |     draft.amount = dubble(draft.amount);
      |                    ^^^^^^

    1 error

    error[R0403]: nothing is called `customer.teir`
     --> scripts/test.rhai:3:16
      |
    3 |     let tier = facts.customer.teir;
      |                ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    1 error
    ");
}

#[test]
fn wrong_returns() {
    let call_with = |body: &str| {
        let text = format!("fn goodwill(facts, draft, settings) {{ {body} }}");
        let hook = load(&text, "goodwill", Attachment::After).unwrap();
        let draft = Draft { outputs: [("amount".into(), Fact::Known(super::money("1 USD")))].into(), because: None };
        format!("{body}  ->  {}", show(&call(&hook, Some(draft))))
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
    insta::assert_snapshot!(lines.join("\n"), @r#"
    draft  ->  amount: 1.00 USD
    5  ->  wrong return fault: scripts/test.rhai:1:4: the script returned a whole number, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    ()  ->  wrong return fault: scripts/test.rhai:1:4: the script returned nothing, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
      ->  wrong return fault: scripts/test.rhai:1:4: the script returned nothing, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    settings  ->  wrong return fault: scripts/test.rhai:1:4: the script returned its settings, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    draft.amount  ->  wrong return fault: scripts/test.rhai:1:4: the script returned an amount of money, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    draft.amount = #{a: 1}; draft  ->  wrong return fault: scripts/test.rhai:1:4: the output `amount` is a map
    draft.amount = settings; draft  ->  wrong return fault: scripts/test.rhai:1:4: the output `amount` is the settings
    draft.because = 5; draft  ->  wrong return fault: scripts/test.rhai:1:4: `because` is text, not a whole number
    draft.amount = (); draft  ->  amount: missing
    draft.amount = facts.customer.score; draft  ->  amount: unknown
    draft.other = "new"; draft  ->  amount: 1.00 USD, other: new
    draft.amount = [1, ()]; draft  ->  wrong return fault: scripts/test.rhai:1:4: the output `amount` is a list with a missing item
    draft.amount = 0..5; draft  ->  wrong return fault: scripts/test.rhai:1:4: the output `amount` is a range
    draft.amout + money(1)  ->  runtime fault: scripts/test.rhai:1:45: the map has no `amout`
    settings.years = 7; draft  ->  runtime fault: scripts/test.rhai:1:47: the settings cannot be changed; a script changes its draft, or variables of its own
    "#);
}
