//! Functions of scripts without Rhai give what they give with it, and stay within the same limits.
//!
//! Every call of the tests of scripts is made both ways (`scripts::call`); here are calls that nobody wrote.

use super::scripts::{VALUES, call, directly, load};
use crate::script::{Attachment, Draft, ScriptLimits};
use crate::value::Fact;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

fn draft() -> Draft {
    let outputs = [
        ("amount".into(), Fact::Known(super::money("19.90 USD"))),
        ("share".into(), Fact::Known(super::decimal("0.50"))),
        ("kind".into(), Fact::Missing),
        ("level".into(), Fact::Unknown),
    ];
    Draft { outputs: outputs.into(), because: Some("ours".into()) }
}

/// A body in which a variable of each kind is there.
fn function(body: &str) -> String {
    format!(
        "fn fee(facts, draft, settings) {{ let n = 3; let d = 0.50; let t = \"a\"; let l = [1, 2]; {body} draft }}
fn twice(x) {{ if x == 4 {{ return x; }} x * 2 }}
fn of_group(customer, x) {{ customer.tenure_months + x }}
fn down(x) {{ if x <= 0 {{ 0 }} else {{ down(x - 1) }} }}"
    )
}

#[test]
fn what_runs_without_rhai() {
    let mut lines = Vec::new();
    for body in VALUES {
        let (before, last) = body.rsplit_once("; ").map_or((String::new(), *body), |(before, last)| (format!("{before};"), last));
        let hook = load(&format!("fn f(facts, settings) {{ {before} #{{x: {last}}} }}"), "f", Attachment::Decision);
        let word = match hook {
            Err(_) => continue,
            Ok(hook) if directly(&hook, None).is_ok() => "directly",
            Ok(_) => "by Rhai ",
        };
        lines.push(format!("{word}  {body}"));
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    directly  0.1 + 0.2
    directly  19.99
    directly  1234567890123456789012345678
    directly  0.1234567890123456789012345678
    directly  1_000.50
    directly  10 / 4
    directly  let x = 10; x /= 4; x
    directly  let x = 1; x += 0.1; x -= 0.2; x *= 3; x %= 2; x
    directly  -0.05
    directly  `${0.1}`
    directly  facts.dispute.amount * 0.5
    directly  facts.dispute.amount.amount
    directly  facts.dispute.amount.currency
    directly  facts.dispute.charges[1].amount
    directly  sum(facts.dispute.charges.amount)
    directly  sum(facts.dispute.none.amount)
    by Rhai   sum(facts.dispute.none.filter(|c| c.amount > money(1)).amount)
    directly  let all = []; for c in facts.dispute.charges { all.push(c.kind); }; all
    directly  let n = 0; for i in 0..5 { n += i; }; n
    directly  let n = 0; for i in 1..=4 { n += i; }; n
    directly  facts.dispute.charges.filter(|c| c.kind == "interest").amount
    by Rhai   let limit = money(1); facts.dispute.charges.filter(|c| c.kind != "overdraft").map(|c| c.amount > limit)
    directly  let list = facts.dispute.charges; list.map(|c| `${c.kind} ${facts.finding.severity}`)
    directly  map(facts.dispute.tags, |tag| facts.dispute.tags.len())
    by Rhai   let l = [1, 2]; map(l, |x| x / len(l))
    directly  let total = money(0); for c in facts.dispute.charges { total += c.amount ?? money(0); }; total
    directly  facts.finding.severity > "trivial" && facts.finding.severity < "severe"
    directly  facts.customer.tier in ["gold", "platinum"]
    directly  if facts.finding.confirmed { 1 } else { 2 }
    directly  let c = facts.dispute.charges[0]; c.amount.floor()
    directly  facts.dispute.charges[0].amount.amount.floor()
    by Rhai   facts.dispute.charges.slice(0, 1).reverse()[0].amount.floor()
    directly  let c = facts.customer; c.tier
    directly  facts.params.goodwill.base[facts.finding.severity]
    directly  facts.params.goodwill.base.moderate
    directly  settings.years + 1
    directly  facts.customer.name ?? "nobody"
    directly  is_missing(facts.customer.name)
    directly  is_unknown(facts.finding.liability)
    by Rhai   [3, 1.5, 2].sort()
    directly  [[1, 2], [3]]
    directly  instalments(money(10), 3)
    directly  business_days_after(facts.complaint.day, 10)
    directly  "a" + "b"
    by Rhai   'a' == "a"
    by Rhai   [1] + [2]
    directly  ()
    "#);
}

fn number() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        (-3i64..6).prop_map(|n| n.to_string()),
        (0u32..400).prop_map(|n| format!("{}.{:02}", n / 100, n % 100)),
        Just("n".to_owned()),
        Just("d".to_owned()),
        Just("t".to_owned()),
        Just("facts.customer.tenure_months".to_owned()),
        Just("facts.customer.score".to_owned()),
        Just("facts.x.missing".to_owned()),
        Just("settings.years".to_owned()),
        Just("draft.share".to_owned()),
        Just("draft.kind".to_owned()),
        Just("l[0]".to_owned()),
        Just("l.pop()".to_owned()),
        Just("len(l)".to_owned()),
        Just("facts.dispute.charges.len()".to_owned()),
        Just("facts.dispute.amount.amount".to_owned()),
        Just("down(3)".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let operator = prop_oneof![Just("+"), Just("-"), Just("*"), Just("/"), Just("%")];
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, op, b)| format!("({a} {op} {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} ?? {b})")),
            inner.clone().prop_map(|a| format!("twice({a})")),
            inner.clone().prop_map(|a| format!("of_group(facts.customer, {a})")),
            inner.clone().prop_map(|a| format!("(-{a})")),
            (test(inner.clone().boxed()), inner.clone(), inner)
                .prop_map(|(test, a, b)| format!("(if {test} {{ {a} }} else {{ {b} }})")),
        ]
    })
    .boxed()
}

fn test(number: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let order = prop_oneof![Just("=="), Just("!="), Just("<"), Just("<="), Just(">"), Just(">=")];
    prop_oneof![
        (number.clone(), order, number.clone()).prop_map(|(a, op, b)| format!("{a} {op} {b}")),
        (number.clone(), number.clone()).prop_map(|(a, b)| format!("!({a} > 1 && {b} > 1)")),
        (number.clone(), number.clone()).prop_map(|(a, b)| format!("({a} == 1 || {b} == 2)")),
        number.clone().prop_map(|a| format!("is_missing({a})")),
        number.clone().prop_map(|a| format!("is_unknown({a})")),
        number.clone().prop_map(|a| format!("{a} in [1, 2]")),
        number.prop_map(|a| format!("l.some(|x| x > 1) == ({a} > 0)")),
        Just("facts.finding.severity >= \"minor\"".to_owned()),
        Just("facts.dispute.charges.all(|c| c.kind == \"interest\")".to_owned()),
        Just("facts.finding.confirmed".to_owned()),
    ]
    .boxed()
}

fn statement() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        number().prop_map(|a| format!("n = {a};")),
        number().prop_map(|a| format!("let d = {a};")),
        number().prop_map(|a| format!("d += {a};")),
        number().prop_map(|a| format!("l.push({a});")),
        number().prop_map(|a| format!("draft.share = {a};")),
        number().prop_map(|a| format!("draft.share *= {a};")),
        number().prop_map(|a| format!("draft.amount = draft.amount * {a};")),
        number().prop_map(|a| format!("draft.because = `${{t}} ${{{a}}}`;")),
        number().prop_map(|a| format!("draft.kind = l.filter(|x| x > settings.years - 3).map(|x| x + 1); n = {a};")),
        Just("t += \"b\";".to_owned()),
        Just("let m = #{x: n, y: l}; m.x += 1; n = m.x; l = m.y;".to_owned()),
        Just("draft.amount = sum(facts.dispute.charges.filter(|c| !is_missing(c.amount)).amount);".to_owned()),
        Just("draft.amount = facts.params.goodwill.base[facts.finding.severity];".to_owned()),
        Just("let c = facts.customer; n = c.tenure_months;".to_owned()),
        Just("break;".to_owned()),
        Just("continue;".to_owned()),
        Just("return draft;".to_owned()),
    ];
    leaf.prop_recursive(3, 10, 3, |inner| {
        let block = prop::collection::vec(inner, 1..4).prop_map(|all| all.join(" "));
        prop_oneof![
            (test(number()), block.clone()).prop_map(|(test, body)| format!("if {test} {{ {body} }}")),
            (test(number()), block.clone(), block.clone()).prop_map(|(test, a, b)| format!("if {test} {{ {a} }} else {{ {b} }}")),
            block.clone().prop_map(|body| format!("for c in facts.dispute.charges {{ draft.kind = c.note; {body} }}")),
            block.clone().prop_map(|body| format!("for x in l {{ n = x; {body} }}")),
            block.clone().prop_map(|body| format!("for i in 0..3 {{ {body} n += i; }}")),
            block.prop_map(|body| format!("let w = 0; while w < 3 {{ w += 1; {body} }}")),
        ]
    })
    .boxed()
}

fn limits() -> impl Strategy<Value = ScriptLimits> {
    let all = (1u64..600, 1usize..16, 4usize..60, 1usize..200, 1usize..40, 1usize..40);
    all.prop_map(|(operations, call_levels, variables, text_bytes, list_items, map_entries)| ScriptLimits {
        operations,
        call_levels,
        variables,
        text_bytes,
        list_items,
        map_entries,
        ..ScriptLimits::default()
    })
}

/// What is compared has to be there.
#[test]
fn many_run_without_rhai() {
    let mut runner = TestRunner::deterministic();
    let scripts = prop::collection::vec(statement(), 1..4);
    let (mut given, mut direct) = (0, 0);
    for _ in 0..300 {
        let statements = scripts.new_tree(&mut runner).unwrap().current();
        let Ok(hook) = load(&function(&statements.join(" ")), "fee", Attachment::After) else { continue };
        given += usize::from(call(&hook, Some(draft())).is_ok());
        direct += usize::from(directly(&hook, Some(&draft())).is_ok());
    }
    assert!(direct > 60 && direct * 3 > given * 2, "{direct} of {given}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_same_without_rhai(statements in prop::collection::vec(statement(), 1..6)) {
        if let Ok(hook) = load(&function(&statements.join(" ")), "fee", Attachment::After) {
            // Compares both.
            let _ = call(&hook, Some(draft()));
        }
    }

    #[test]
    fn within_the_same_limits(statements in prop::collection::vec(statement(), 1..6), limits in limits()) {
        if let Ok(hook) = load(&function(&statements.join(" ")), "fee", Attachment::After) {
            let _ = call(&hook.within(limits), Some(draft()));
        }
    }
}
