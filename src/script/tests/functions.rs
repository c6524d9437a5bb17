//! The registry: every example is run as an expression and in a script, and its printed result compared.

use super::scripts::run;
use super::{compile, evaluate, functions, in_context, show};
use crate::script::{Functions, Gives, HostFunction, Parameter, Takes, is_reserved};
use crate::value::{Fact, Kind, Value};

#[test]
fn examples_of_host_functions() {
    for function in functions() {
        let expression =
            compile(&format!("= {}", function.example)).unwrap_or_else(|problem| panic!("{}: {problem}", function.name));
        let wanted = if function.example_result == "missing" { "missing: " } else { function.example_result };
        assert_eq!(show(&evaluate(&expression)), wanted, "{}", function.example);
        assert_eq!(run(function.example), function.example_result, "in a script: {}", function.example);
        assert!(function.about.ends_with(['.', '?']), "{}", function.name);
    }
}

#[test]
fn examples_of_script_functions() {
    for function in Functions::script_only() {
        assert_eq!(run(function.example), function.example_result, "{}", function.example);
    }
}

#[test]
fn signatures() {
    let lines: Vec<String> = functions().iter().map(HostFunction::signature).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    min(values: any, ...) -> the same
    max(values: any, ...) -> the same
    abs(x: number or money) -> the same
    rate(part: number or money, whole: number or money) -> decimal
    floor(x: number or money) -> integer or money
    ceiling(x: number or money) -> integer or money
    round_half_even(x: number or money, [digits: integer]) -> decimal or money
    round_half_up(x: number or money, [digits: integer]) -> decimal or money
    round_down(x: number or money, [digits: integer]) -> decimal or money
    round_up(x: number or money, [digits: integer]) -> decimal or money
    round_down_to(x: number or money, step: number or money) -> decimal or money
    text(x: any) -> text
    money(amount: number, [currency: text]) -> money
    amount(amount: money) -> decimal
    currency(amount: money) -> text
    instalments(total: money, count: integer) -> list of money
    sum(list: list, [from: number or money]) -> number or money
    total(list: list, [from: number or money]) -> number or money
    count(list: list) -> integer
    contains(in: any, x: any) -> boolean
    is_missing(x: any) -> boolean
    is_unknown(x: any) -> boolean
    date(text: text) -> date
    datetime(text: text) -> datetime
    day_of(at: datetime) -> date
    add_days(date: date, count: integer) -> date
    add_months(date: date, count: integer) -> date
    days_between(from: date, to: date) -> integer
    months_between(from: date, to: date) -> integer
    business_days_after(date: date, count: integer) -> date
    business_days_between(from: date, to: date) -> integer
    ");
}

#[test]
fn an_embedder_adds_functions() {
    let double = |name| {
        HostFunction::new(name, vec![Parameter::new("x", Takes::Whole)], Gives::Kind(Kind::Integer), |_, values| {
            Ok(Fact::Known(Value::Integer(
                values.first().and_then(Value::as_decimal).and_then(crate::value::Decimal::to_integer).unwrap_or(0) * 2,
            )))
        })
    };
    let more = Functions::standard().with(double("twice")).unwrap();
    assert_eq!(more.get("twice").unwrap().signature(), "twice(x: integer) -> integer");
    let refused = ["twice", "min", "map", "case", "a b", "if"].map(|name| more.clone().with(double(name)).unwrap_err());
    insta::assert_snapshot!(refused.join("\n"), @r"
    there is already a function `twice`
    there is already a function `min`
    there is already a function `map`
    `case` is no name for a function
    `a b` is no name for a function
    `if` is no name for a function
    ");
    let call = in_context(|context| more.get("twice").unwrap().call(context, &[Value::text("x")]).unwrap_err().to_string());
    insta::assert_snapshot!(call, @r"`x` of `twice` is a whole number, not text");
}

#[test]
fn the_self_test_holds() {
    assert_eq!(functions().self_test(), Ok(()));
}

#[test]
fn reserved_words() {
    let reserved = [
        "case", "match", "default", "new", "is", "use", "with", "var", "static", "shared", "go", "public", "module", "package",
        "null", "nil", "thread", "sync", "if", "true", "let", "fn", "eval", "this", "in", "print", "curry", "call", "Fn", "a-b",
        "a b", "1a", "",
    ];
    let free = ["complaint", "customer", "facts", "settings", "draft", "amount", "as_of", "exit_request", "kind", "at"];
    assert_eq!(reserved.iter().filter(|word| !is_reserved(word)).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(free.iter().filter(|word| is_reserved(word)).collect::<Vec<_>>(), Vec::<&&str>::new());
}
