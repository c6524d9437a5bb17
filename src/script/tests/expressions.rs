//! Expressions: results, absent values, faults, places, templates.

use super::{World, compile, evaluate, functions, messages, rendered, show};
use crate::script::{Expression, Template};
use crate::text::{Diagnostics, Source, Span};
use crate::value::{EnumKind, Kind};
use std::sync::Arc;

pub(super) fn table(texts: &[&str]) -> String {
    let lines: Vec<String> = texts
        .iter()
        .map(|text| match compile(text) {
            Ok(expression) => {
                let kind = expression.kind.as_ref().map_or("?".to_owned(), Kind::word);
                format!("{text}  ->  {} ({kind})", show(&evaluate(&expression)))
            }
            Err(problems) => format!("{text}  ->  {problems}"),
        })
        .collect();
    lines.join("\n")
}

const VALUES: &[&str] = &[
    "= 0.1 + 0.2",
    "= 19.99 * 3",
    "= 10 / 4",
    "= 7 % 4",
    "= -2.50 + 1",
    "= 1234567890123456789012345678",
    "= 0.1234567890123456789012345678",
    "= dispute.amount * 0.5",
    "= dispute.amount / 2 - money(2)",
    "= dispute.amount / money(32.10)",
    "= dispute.amount.amount",
    "= dispute.amount.currency",
    "params.cap",
    "= params.goodwill.base[finding.severity]",
    "= params.goodwill.short[\"minor\"] * 2",
    "= min(params.goodwill.base[finding.severity] * 3, params.cap)",
    "= sum(dispute.charges.amount)",
    "= sum(dispute.none.amount)",
    "= sum(dispute.untold.amount) ?? money(0.00)",
    "= dispute.charges[1].amount",
    "= dispute.charges.kind",
    "= count(dispute.charges)",
    "= contains(dispute.charges.kind, \"interest\")",
    "= finding.severity == \"minor\"",
    "= finding.severity >= \"moderate\"",
    "= customer.tier in [\"gold\", \"platinum\"]",
    "= \"card\" in dispute.tags && !(\"cash\" in dispute.tags)",
    "= complaint.jurisdiction == \"US-VA\"",
    "= if finding.severity > \"trivial\" { 5.00 } else { 0 }",
    "= if finding.confirmed { \"yes\" } else if customer.tenure_months > 3 { \"maybe\" } else { \"no\" }",
    "= rate(history.upheld, history.disputes)",
    "= `loyal for ${(customer.tenure_months / 12).floor()} years, ${dispute.amount}`",
    "= day_of(complaint.received_at)",
    "= days_between(complaint.day, date(\"2026-03-12\")) + 1",
    "= business_days_after(complaint.day, 10)",
    "= instalments(money(100), 3)",
    "= exit_request.by",
    "= [1, 2.5]",
    "= (1 + 2) * 3 == 9 || false",
    "= finding.confirmed != false",
    "= round_half_even(dispute.amount * params.share, 2)",
    "= round_down_to(dispute.amount, money(5))",
];

#[test]
fn values() {
    insta::assert_snapshot!(table(VALUES), @r#"
    = 0.1 + 0.2  ->  0.3 (decimal)
    = 19.99 * 3  ->  59.97 (decimal)
    = 10 / 4  ->  2.5 (decimal)
    = 7 % 4  ->  3 (integer)
    = -2.50 + 1  ->  -1.5 (decimal)
    = 1234567890123456789012345678  ->  1234567890123456789012345678 (decimal)
    = 0.1234567890123456789012345678  ->  0.1234567890123456789012345678 (decimal)
    = dispute.amount * 0.5  ->  32.10 USD (money)
    = dispute.amount / 2 - money(2)  ->  30.10 USD (money)
    = dispute.amount / money(32.10)  ->  2 (decimal)
    = dispute.amount.amount  ->  64.2 (decimal)
    = dispute.amount.currency  ->  USD (text)
    params.cap  ->  50.00 USD (money)
    = params.goodwill.base[finding.severity]  ->  10.00 USD (money)
    = params.goodwill.short["minor"] * 2  ->  20.00 USD (money)
    = min(params.goodwill.base[finding.severity] * 3, params.cap)  ->  30.00 USD (money)
    = sum(dispute.charges.amount)  ->  13.15 USD (money)
    = sum(dispute.none.amount)  ->  0.00 USD (money)
    = sum(dispute.untold.amount) ?? money(0.00)  ->  0.00 USD (money)
    = dispute.charges[1].amount  ->  0.65 USD (money)
    = dispute.charges.kind  ->  [late_fee, interest, overdraft] (list of enum)
    = count(dispute.charges)  ->  3 (integer)
    = contains(dispute.charges.kind, "interest")  ->  true (boolean)
    = finding.severity == "minor"  ->  true (boolean)
    = finding.severity >= "moderate"  ->  false (boolean)
    = customer.tier in ["gold", "platinum"]  ->  true (boolean)
    = "card" in dispute.tags && !("cash" in dispute.tags)  ->  true (boolean)
    = complaint.jurisdiction == "US-VA"  ->  true (boolean)
    = if finding.severity > "trivial" { 5.00 } else { 0 }  ->  5 (decimal)
    = if finding.confirmed { "yes" } else if customer.tenure_months > 3 { "maybe" } else { "no" }  ->  yes (text)
    = rate(history.upheld, history.disputes)  ->  0.25 (decimal)
    = `loyal for ${(customer.tenure_months / 12).floor()} years, ${dispute.amount}`  ->  loyal for 7 years, 64.20 USD (text)
    = day_of(complaint.received_at)  ->  2026-03-02 (date)
    = days_between(complaint.day, date("2026-03-12")) + 1  ->  11 (integer)
    = business_days_after(complaint.day, 10)  ->  2026-03-16 (date)
    = instalments(money(100), 3)  ->  [33.33 USD, 33.33 USD, 33.34 USD] (list of money)
    = exit_request.by  ->  customer (text)
    = [1, 2.5]  ->  [1, 2.5] (list of decimal)
    = (1 + 2) * 3 == 9 || false  ->  true (boolean)
    = finding.confirmed != false  ->  true (boolean)
    = round_half_even(dispute.amount * params.share, 2)  ->  9.63 USD (money)
    = round_down_to(dispute.amount, money(5))  ->  60.00 USD (money)
    "#);
}

const ABSENT: &[&str] = &[
    "= customer.name",
    "= customer.name ?? \"nobody\"",
    "= customer.score ?? 5",
    "= customer.score + x.missing",
    "= [x.missing, 1, customer.score]",
    "= base * 2",
    "= finding.liability == \"our_error\"",
    "= finding.confirmed || x.missing > 1",
    "= x.missing > 1 || finding.confirmed",
    "= !finding.confirmed && x.missing > 1",
    "= if finding.confirmed { 1 } else { x.missing }",
    "= if x.missing > 1 { 1 } else { 2 }",
    "= is_missing(customer.name)",
    "= is_missing(finding.liability)",
    "= is_unknown(finding.liability)",
    "= is_missing(exit_request.fee)",
    "= exit_request.fee",
    "= rate(1, history.none)",
    "= rate(1, history.none) ?? 0.5",
    "= sum(dispute.untold.amount)",
    "= dispute.vague.note",
    "= max(dispute.none.amount)",
    "= `for ${customer.name}`",
    "= x.missing ?? other.amount.amount",
    "= other.amount",
];

#[test]
fn absent_values() {
    insta::assert_snapshot!(table(ABSENT), @r#"
    = customer.name  ->  missing: customer.name (text)
    = customer.name ?? "nobody"  ->  nobody (text)
    = customer.score ?? 5  ->  unknown: customer.score (decimal)
    = customer.score + x.missing  ->  unknown: customer.score, x.missing (decimal)
    = [x.missing, 1, customer.score]  ->  unknown: x.missing, customer.score (list of decimal)
    = base * 2  ->  missing: finding.harm (money)
    = finding.liability == "our_error"  ->  unknown: finding.liability (boolean)
    = finding.confirmed || x.missing > 1  ->  true (boolean)
    = x.missing > 1 || finding.confirmed  ->  missing: x.missing (boolean)
    = !finding.confirmed && x.missing > 1  ->  false (boolean)
    = if finding.confirmed { 1 } else { x.missing }  ->  1 (integer)
    = if x.missing > 1 { 1 } else { 2 }  ->  missing: x.missing (integer)
    = is_missing(customer.name)  ->  true (boolean)
    = is_missing(finding.liability)  ->  false (boolean)
    = is_unknown(finding.liability)  ->  true (boolean)
    = is_missing(exit_request.fee)  ->  true (boolean)
    = exit_request.fee  ->  missing: exit_request.fee (money)
    = rate(1, history.none)  ->  missing:  (decimal)
    = rate(1, history.none) ?? 0.5  ->  0.5 (decimal)
    = sum(dispute.untold.amount)  ->  missing: dispute.untold (money)
    = dispute.vague.note  ->  unknown: dispute.vague.note (list of text)
    = max(dispute.none.amount)  ->  missing:  (money)
    = `for ${customer.name}`  ->  missing: customer.name (text)
    = x.missing ?? other.amount.amount  ->  stop: `other` is not decided (decimal)
    = other.amount  ->  stop: `other` is not decided (money)
    "#);
}

const FAULTS: &[&str] = &[
    "= dispute.amount + dispute.foreign",
    "= dispute.amount > dispute.foreign",
    "= 1 / history.none",
    "= dispute.charges[7].amount",
    "= history.disputes * 9223372036854775807",
    "= instalments(dispute.amount, 1000)",
    "= instalments(dispute.amount * 0.333, 3)",
    "= round_half_up(1.5, 90)",
    "= date(dispute.amount.currency)",
    "= add_days(complaint.day, 99999999)",
    "= money(1, \"USDD\")",
];

#[test]
fn faults_while_deciding() {
    insta::assert_snapshot!(table(FAULTS), @r#"
    = dispute.amount + dispute.foreign  ->  stop: test.yaml:1:18: an amount in USD meets an amount in EUR; money never changes currency silently (money)
    = dispute.amount > dispute.foreign  ->  stop: test.yaml:1:18: an amount in USD meets an amount in EUR; money never changes currency silently (boolean)
    = 1 / history.none  ->  stop: test.yaml:1:5: division by zero (decimal)
    = dispute.charges[7].amount  ->  stop: test.yaml:1:19: there is no item 7 in a list of 3 (the first is item 0) (money)
    = history.disputes * 9223372036854775807  ->  stop: test.yaml:1:20: the result has more digits than a number can hold (integer)
    = instalments(dispute.amount, 1000)  ->  stop: test.yaml:1:3: a payment plan has between 1 and 120 instalments, not 1000 (list of money)
    = instalments(dispute.amount * 0.333, 3)  ->  stop: test.yaml:1:3: 21.3786 USD cannot be split: it is not in whole minor units (list of money)
    = round_half_up(1.5, 90)  ->  stop: test.yaml:1:3: the digits to round to are a whole number from 0 to 28 (decimal)
    = date(dispute.amount.currency)  ->  stop: test.yaml:1:3: `USD` is not a date; write it as `2026-03-05` (date)
    = add_days(complaint.day, 99999999)  ->  stop: test.yaml:1:3: a date cannot be moved by 99999999 days (date)
    = money(1, "USDD")  ->  stop: test.yaml:1:3: `USDD` is not a currency code of ISO 4217 (such as USD, EUR, BRL) (money)
    "#);
}

#[test]
fn places_are_those_of_the_file() {
    let text = "then:\n  amount: >-\n    = min(base,\n      params.kap)\n  kind: '= \"it''s\" + 1'\n";
    let source = Source::new("decisions/goodwill.yaml", text);
    let world = World::shared();
    let mut out = Diagnostics::new();
    let mut check = |written: &str, folded: &str| {
        let start = text.find(written).unwrap();
        let place = source.place(Span::new(start, start + written.len()));
        Expression::compile(folded, &place, &mut |path: &[&str]| world.resolve(path), functions(), &mut out);
    };
    check(">-\n    = min(base,\n      params.kap)", "= min(base, params.kap)");
    check("'= \"it''s\" + 1'", "= \"it's\" + 1");
    insta::assert_snapshot!(rendered(&out), @r#"
    error[R0403]: nothing is called `params.kap`
     --> decisions/goodwill.yaml:4:7
      |
    4 |       params.kap)
      |       ^^^^^^^^^^
      |
      = help: did you mean `params.cap`?

    error[R0405]: cannot add text and a whole number
     --> decisions/goodwill.yaml:5:9
      |
    5 |   kind: '= "it''s" + 1'
      |         ^^^^^^^^^^^^^^^
      |
      = help: write values into a text as `... ${x} ...` between backticks

    2 errors
    "#);
}

#[test]
fn an_expression_is_held_to_its_output() {
    let instrument = Kind::Enum(Arc::new(EnumKind::new(["none", "bill_credit"], false)));
    let check = |text: &str, wanted: &Kind| {
        let mut expression = compile(text).unwrap();
        let mut out = Diagnostics::new();
        let fits = expression.expect(wanted, &mut out);
        format!("{text} as {}: {fits} {}", wanted.word(), messages(&out))
    };
    let lines = [
        check("= if finding.confirmed { \"bill_credit\" } else { \"none\" }", &instrument),
        check("= if finding.confirmed { \"bil_credit\" } else { \"noen\" }", &instrument),
        check("= \"cash\"", &instrument),
        check("= finding.severity", &instrument),
        check("= customer.name ?? \"none\"", &instrument),
        check("= 20", &Kind::Money),
        check("= 20 * params.share", &Kind::Money),
        check("= 20 * params.share", &Kind::Integer),
        check("= 20", &Kind::Decimal),
        check("= \"Virginia\"", &Kind::Place),
        check("= dispute.amount", &Kind::Text),
    ];
    insta::assert_snapshot!(lines.join("\n"), @r#"
    = if finding.confirmed { "bill_credit" } else { "none" } as enum: true 
    = if finding.confirmed { "bil_credit" } else { "noen" } as enum: false R0103 1:26 `bil_credit` is not one of none, bill_credit [did you mean `bill_credit`?]
    R0103 1:48 `noen` is not one of none, bill_credit [did you mean `none`?]
    = "cash" as enum: false R0103 1:3 `cash` is not one of none, bill_credit [write one of the names that are listed, or `unknown` where nobody knows]
    = finding.severity as enum: false R0405 1:1 one of none, bill_credit is wanted here, and the expression gives one of trivial, minor, moderate, severe [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    = customer.name ?? "none" as enum: true 
    = 20 as money: false R0405 1:3 an amount of money is wanted here, not a whole number [write an amount as `money(20.00)`]
    = 20 * params.share as money: false R0405 1:1 an amount of money is wanted here, and the expression gives a number [write an amount as `money(20.00)`]
    = 20 * params.share as integer: true 
    = 20 as decimal: true 
    = "Virginia" as place: false R0103 1:3 `Virginia` is not a place [write a country or a part of it: `GB`, `US-VA`, `EU-ES`]
    = dispute.amount as text: false R0405 1:1 text is wanted here, and the expression gives an amount of money [compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`]
    "#);
}

#[test]
fn reads_are_listed_once() {
    let expression = compile("= params.cap * customer.tenure_months + (params.cap ?? dispute.amount)").unwrap();
    assert_eq!(expression.reads.len(), 3);
}

#[test]
fn templates() {
    let world = World::shared();
    let show = |text: &str| {
        let mut out = Diagnostics::new();
        let place = super::scalar(text);
        match Template::compile(text, &place, &mut |path: &[&str]| world.resolve(path), &mut out) {
            Some(template) => format!("{text}  ->  {}", template.render(&mut |slot| world.read(slot))),
            None => format!("{text}  ->  {}", messages(&out)),
        }
    };
    let lines = [
        show("Credited {dispute.amount} for a {finding.severity} error."),
        show("{{not a name}} { params.share }"),
        show("By {customer.name}, score {customer.score}, {other.amount}"),
        show("{dispute.charges.amount}"),
        show("a {dispute.amout} b {nothing}"),
        show("open {dispute.amount"),
        show("closed } only"),
        show("{}"),
    ];
    insta::assert_snapshot!(lines.join("\n"), @"
    Credited {dispute.amount} for a {finding.severity} error.  ->  Credited 64.20 USD for a minor error.
    {{not a name}} { params.share }  ->  {not a name} 0.15
    By {customer.name}, score {customer.score}, {other.amount}  ->  By (missing), score (unknown), (not decided)
    {dispute.charges.amount}  ->  [12.50 USD, 0.65 USD]
    a {dispute.amout} b {nothing}  ->  R0403 1:4 nothing is called `dispute.amout` [did you mean `dispute.amount`?]
    R0403 1:22 nothing is called `nothing` [name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`]
    open {dispute.amount  ->  R0401 1:6 `{` has no partner [a name is written as `{name}`, a brace itself as `{{`]
    closed } only  ->  R0401 1:8 `}` has no partner [a name is written as `{name}`, a brace itself as `}}`]
    {}  ->  R0403 1:2 nothing is called `` [name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`]
    ");
}
