//! Scripts: what they give, their faults, and the facts that they need.

use super::{World, functions, in_context, messages};
use crate::script::hook::BoundHook;
use crate::script::{Attachment, Draft, Script, Stop, Unsettled};
use crate::text::{Diagnostics, Source};
use crate::value::{Fact, Given, Value};
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

pub(super) fn call(hook: &BoundHook, draft: Option<Draft>) -> Result<Draft, Stop> {
    let world = World::shared();
    let settings: BTreeMap<String, Value> = [("years".to_owned(), Value::Integer(5))].into();
    let directly = directly(hook, draft.as_ref());
    let given = in_context(|context| hook.call(&mut |slot| world.read(slot), draft, &Arc::new(settings.clone()), context));
    if let Ok(directly) = directly {
        assert_eq!(Ok(directly), given, "without Rhai");
    }
    given
}

/// What it gives without Rhai, where it can do without.
pub(super) fn directly(hook: &BoundHook, draft: Option<&Draft>) -> Result<Draft, Unsettled> {
    let world = World::shared();
    let settings: BTreeMap<String, Value> = [("years".to_owned(), Value::Integer(5))].into();
    let read = |slot| world.read(slot).map(|outcome| Given::from(outcome.to_fact())).map_err(|_| Unsettled);
    in_context(|context| hook.quick(&mut |slot| read(slot), draft, &settings, context))
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
    let draft = Draft { outputs: [("amount".into(), Fact::Known(amount))].into(), because: Some("ours".into()) };
    insta::assert_snapshot!(show(&call(&hook, Some(draft))), @r"amount: 21.989 USD, because loyal for 7 years");
}

pub(super) const VALUES: &[&str] = &[
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
    "let all = []; for c in facts.dispute.charges { all.push(c.kind); }; all",
    "let n = 0; for i in 0..5 { n += i; }; n",
    "let n = 0; for i in 1..=4 { n += i; }; n",
    "facts.dispute.charges.filter(|c| c.kind == \"interest\").amount",
    "let limit = money(1); facts.dispute.charges.filter(|c| c.kind != \"overdraft\").map(|c| c.amount > limit)",
    "let list = facts.dispute.charges; list.map(|c| `${c.kind} ${facts.finding.severity}`)",
    "map(facts.dispute.tags, |tag| facts.dispute.tags.len())",
    "let l = [1, 2]; map(l, |x| x / len(l))",
    "let l = [1, 2]; let n = 10; l.map(|x| x * n + l[0])",
    "facts.dispute.tags.map(|tag| facts.finding.severity)",
    "let total = money(0); for c in facts.dispute.charges { total += c.amount ?? money(0); }; total",
    "facts.finding.severity > \"trivial\" && facts.finding.severity < \"severe\"",
    "facts.customer.tier in [\"gold\", \"platinum\"]",
    "if facts.finding.confirmed { 1 } else { 2 }",
    "let c = facts.dispute.charges[0]; c.amount.floor()",
    "facts.dispute.charges[0].amount.amount.floor()",
    "facts.dispute.charges.slice(0, 1).reverse()[0].amount.floor()",
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
];

#[test]
fn values() {
    insta::assert_snapshot!(table(VALUES), @r#"
    0.1 + 0.2  ->  0.3
    19.99  ->  19.99
    1234567890123456789012345678  ->  1234567890123456789012345678
    0.1234567890123456789012345678  ->  0.1234567890123456789012345678
    1_000.50  ->  1000.5
    10 / 4  ->  2.5
    let x = 10; x /= 4; x  ->  2.5
    let x = 1; x += 0.1; x -= 0.2; x *= 3; x %= 2; x  ->  0.7
    -0.05  ->  -0.05
    `${0.1}`  ->  0.1
    facts.dispute.amount * 0.5  ->  32.10 USD
    facts.dispute.amount.amount  ->  64.2
    facts.dispute.amount.currency  ->  USD
    facts.dispute.charges[1].amount  ->  0.65 USD
    sum(facts.dispute.charges.amount)  ->  13.15 USD
    sum(facts.dispute.none.amount)  ->  0.00 USD
    sum(facts.dispute.none.filter(|c| c.amount > money(1)).amount)  ->  0.00 USD
    let all = []; for c in facts.dispute.charges { all.push(c.kind); }; all  ->  [late_fee, interest, overdraft]
    let n = 0; for i in 0..5 { n += i; }; n  ->  10
    let n = 0; for i in 1..=4 { n += i; }; n  ->  10
    facts.dispute.charges.filter(|c| c.kind == "interest").amount  ->  [0.65 USD]
    let limit = money(1); facts.dispute.charges.filter(|c| c.kind != "overdraft").map(|c| c.amount > limit)  ->  [true, false]
    let list = facts.dispute.charges; list.map(|c| `${c.kind} ${facts.finding.severity}`)  ->  [late_fee minor, interest minor, overdraft minor]
    map(facts.dispute.tags, |tag| facts.dispute.tags.len())  ->  [2, 2]
    let l = [1, 2]; map(l, |x| x / len(l))  ->  [0.5, 1]
    let l = [1, 2]; let n = 10; l.map(|x| x * n + l[0])  ->  R0407 1:67 the closure reads `l`, which the list that it runs over belongs to [write `map(list, ...)` instead of `list.map(...)`]
    facts.dispute.tags.map(|tag| facts.finding.severity)  ->  R0407 1:57 the closure reads `facts`, which the list that it runs over belongs to [write `map(list, ...)` instead of `list.map(...)`]
    let total = money(0); for c in facts.dispute.charges { total += c.amount ?? money(0); }; total  ->  13.15 USD
    facts.finding.severity > "trivial" && facts.finding.severity < "severe"  ->  true
    facts.customer.tier in ["gold", "platinum"]  ->  true
    if facts.finding.confirmed { 1 } else { 2 }  ->  1
    let c = facts.dispute.charges[0]; c.amount.floor()  ->  12.00 USD
    facts.dispute.charges[0].amount.amount.floor()  ->  12
    facts.dispute.charges.slice(0, 1).reverse()[0].amount.floor()  ->  12.00 USD
    let c = facts.customer; c.tier  ->  gold
    facts.params.goodwill.base[facts.finding.severity]  ->  10.00 USD
    facts.params.goodwill.base.moderate  ->  25.00 USD
    settings.years + 1  ->  6
    facts.customer.name ?? "nobody"  ->  nobody
    is_missing(facts.customer.name)  ->  true
    is_unknown(facts.finding.liability)  ->  true
    [3, 1.5, 2].sort()  ->  [1.5, 2, 3]
    [[1, 2], [3]]  ->  [[1, 2], [3]]
    instalments(money(10), 3)  ->  [3.33 USD, 3.33 USD, 3.34 USD]
    business_days_after(facts.complaint.day, 10)  ->  2026-03-16
    "a" + "b"  ->  ab
    'a' == "a"  ->  true
    [1] + [2]  ->  [1, 2]
    ()  ->  missing
    "#);
}

const FAULTS: &[&str] = &[
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
    "let c = facts.dispute.charges[0]; c.amount = money(1); c.amount",
    "for c in facts.dispute.charges { c.amount += money(1); }; 1",
    "[1, 2].filter(|x| x)",
    "[1, \"a\"].sort()",
    "[1, 2].map(|x| x / 0)",
    "for x in 5 { }; 1",
    "let n = 0; for x in facts.dispute.amount { n += 1; }; n",
    "if 1 { 2 } else { 3 }",
    "1 && true",
    "!1",
    "sum([])",
    "sum([], money(0))",
    "throw \"no mandate\"; 1",
    "throw 5; 1",
    "#{a: 1} == #{a: 1}",
    "[|x| x]",
    "facts.dispute.charges.map(|c| c)[0].kind",
    "#{a: 1}",
    "(0.5..3)",
    "date(\"2026-13-01\")",
    "min(1, \"2\")",
];

#[test]
fn faults() {
    insta::assert_snapshot!(table(FAULTS), @r#"
    "12" > 5  ->  runtime fault: scripts/test.rhai:1:39: cannot compare text and a whole number
    () == ()  ->  runtime fault: scripts/test.rhai:1:37: a value that is not there is used
    let y; y + 1  ->  runtime fault: scripts/test.rhai:1:42: a value that is not there is used
    1 / 0  ->  runtime fault: scripts/test.rhai:1:36: division by zero
    9223372036854775807 + 1  ->  runtime fault: scripts/test.rhai:1:54: the result has more digits than a number can hold
    facts.dispute.amount + 1  ->  runtime fault: scripts/test.rhai:1:55: cannot add an amount of money and a whole number
    facts.dispute.amount == facts.dispute.foreign  ->  runtime fault: scripts/test.rhai:1:55: an amount in USD meets an amount in EUR; money never changes currency silently
    facts.finding.severity == "mnior"  ->  runtime fault: scripts/test.rhai:1:57: `mnior` is not one of trivial, minor, moderate, severe
    "severe" > "trivial"  ->  runtime fault: scripts/test.rhai:1:43: cannot compare text and text
    facts.dispute.charges[9]  ->  runtime fault: scripts/test.rhai:1:55: there is no item 9 in a list of 3 (the first is item 0)
    [1, 2][5]  ->  runtime fault: scripts/test.rhai:1:41: there is no item 5 in a list of 2 (the first is item 0)
    facts.dispute.charges.amont  ->  R0403 1:34 the items of `dispute.charges` have no `amont` [did you mean `amount`?]
    facts.dispute.charges[0].amont  ->  runtime fault: scripts/test.rhai:1:58: a consequential charge has no `amont`; did you mean `amount`?
    facts.dispute.charges[0].amount.cents  ->  runtime fault: scripts/test.rhai:1:65: an amount of money has no `cents`; an amount of money has `amount` and `currency`
    facts.complaint.day.year  ->  R0403 1:34 `complaint.day` is a date and has no `year` [name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`]
    settings.yeers  ->  runtime fault: scripts/test.rhai:1:42: the plugin has no setting `yeers`; did you mean `years`?
    let m = #{a: 1}; m.b  ->  runtime fault: scripts/test.rhai:1:52: the map has no `b`
    facts.dispute.charges.push(1)  ->  runtime fault: scripts/test.rhai:1:56: a list of facts cannot be changed; begin a list of your own with `[]`
    let c = facts.dispute.charges[0]; c.amount = money(1); c.amount  ->  runtime fault: scripts/test.rhai:1:63: a value cannot be changed; a script changes its draft, or variables of its own
    for c in facts.dispute.charges { c.amount += money(1); }; 1  ->  runtime fault: scripts/test.rhai:1:62: a value cannot be changed; a script changes its draft, or variables of its own
    [1, 2].filter(|x| x)  ->  runtime fault: scripts/test.rhai:1:41: the closure gives a whole number, not true or false
    [1, "a"].sort()  ->  runtime fault: scripts/test.rhai:1:43: cannot compare text and a whole number
    [1, 2].map(|x| x / 0)  ->  runtime fault: scripts/test.rhai:1:51: division by zero
    for x in 5 { }; 1  ->  R0401 1:37 expecting an iterable value, not a number [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    let n = 0; for x in facts.dispute.amount { n += 1; }; n  ->  runtime fault: scripts/test.rhai:1:53: an amount of money is not a list
    if 1 { 2 } else { 3 }  ->  R0401 1:37 expecting a boolean expression, not a number [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    1 && true  ->  R0401 1:34 expecting a boolean expression, not a number [write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`]
    !1  ->  runtime fault: scripts/test.rhai:1:34: `!` wants true or false, not a whole number
    sum([])  ->  runtime fault: scripts/test.rhai:1:34: cannot tell what the sum of an empty list is; say where it begins, as in `sum(list, money(0.00))`
    sum([], money(0))  ->  0.00 USD
    throw "no mandate"; 1  ->  runtime fault: scripts/test.rhai:1:28: no mandate
    throw 5; 1  ->  runtime fault: scripts/test.rhai:1:28: the script gave up without a text
    #{a: 1} == #{a: 1}  ->  runtime fault: scripts/test.rhai:1:42: `==` does not work on a map
    [|x| x]  ->  R0407 1:35 a closure can only be an argument of a function of lists [closures are written where they are used, as in `list.map(|x| x * 2)`]
    facts.dispute.charges.map(|c| c)[0].kind  ->  late_fee
    #{a: 1}  ->  wrong return fault: scripts/test.rhai:1:4: the output `x` is a map
    (0.5..3)  ->  runtime fault: scripts/test.rhai:1:38: `..` does not work on these values
    date("2026-13-01")  ->  runtime fault: scripts/test.rhai:1:34: there is no day 2026-13-01
    min(1, "2")  ->  runtime fault: scripts/test.rhai:1:34: cannot compare text and a whole number
    "#);
}

const NEEDING: &[&str] = &[
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
    "for c in facts.dispute.untold { }; 1",
    "let n = 0; for c in facts.dispute.untold { n += 1; }; n",
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
    "facts.x.missing.is_missing()",
    "if facts.customer.name.is_missing() { facts.base * 2 } else { 0 }",
];

#[test]
fn needed_facts() {
    insta::assert_snapshot!(table(NEEDING), @r#"
    facts.customer.name + "x"  ->  missing: customer.name
    facts.x.missing > 1  ->  missing: x.missing
    facts.x.missing == ()  ->  missing: x.missing
    facts.x.missing.floor()  ->  missing: x.missing
    -facts.x.missing  ->  missing: x.missing
    if facts.x.missing { 1 } else { 2 }  ->  missing: x.missing
    facts.finding.liability == "our_error"  ->  unknown: finding.liability
    facts.finding.liability ?? "shared"  ->  unknown
    (facts.finding.liability ?? "shared") == "shared"  ->  unknown: finding.liability
    if facts.finding.liability { 1 } else { 2 }  ->  unknown: finding.liability
    if facts.customer.score > 1 { 1 } else { 2 }  ->  unknown: customer.score
    (facts.customer.name ?? "") + facts.base  ->  missing: finding.harm
    if is_missing(facts.customer.name) { facts.x.missing + 1 } else { 0 }  ->  missing: x.missing
    let n = facts.customer.name; n + "x"  ->  missing: customer.name
    `for ${facts.customer.name}`  ->  missing: customer.name
    `${facts.customer.score}`  ->  unknown: customer.score
    for c in facts.dispute.untold { }; 1  ->  missing: dispute.untold
    let n = 0; for c in facts.dispute.untold { n += 1; }; n  ->  missing: dispute.untold
    facts.dispute.untold.map(|c| c.amount)  ->  missing: dispute.untold
    facts.dispute.charges.map(|c| c.amount + money(1))  ->  missing: dispute.charges.amount
    facts.dispute.vague.note  ->  unknown
    facts.exit_request.fee + money(1)  ->  missing: exit_request.fee
    facts.exit_request.by  ->  customer
    facts.dispute.untold.amount  ->  missing
    rate(1, facts.history.none) + 1  ->  missing: 
    rate(1, facts.history.none) ?? 0.5  ->  0.5
    facts.other.amount  ->  `other` is not decided
    true || facts.x.missing > 1  ->  true
    facts.x.missing.is_missing()  ->  true
    if facts.customer.name.is_missing() { facts.base * 2 } else { 0 }  ->  missing: finding.harm
    "#);
}
