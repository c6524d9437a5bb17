//! The registry: every example is run as an expression and in a script, and its printed result compared.

use super::scripts::run;
use super::{compile, evaluate, functions, in_context, show};
use crate::script::{Functions, Gives, HostFunction, Parameter, Takes, is_reserved};
use crate::value::{Fact, Kind, Value};

#[test]
fn examples_of_host_functions() {
    for function in functions() {
        let expression = compile(&format!("= {}", function.example)).unwrap_or_else(|problem| panic!("{}: {problem}", function.name));
        let wanted = if function.example_result == "missing" { "missing: " } else { function.example_result };
        assert_eq!(show(&evaluate(&expression)), wanted, "{}", function.example);
        assert_eq!(run(function.example), function.example_result, "in a script: {}", function.example);
        assert!(function.about.ends_with('.') && !function.about.is_empty(), "{}", function.name);
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
    insta::assert_snapshot!(lines.join("\n"), @"");
}

#[test]
fn an_embedder_adds_functions() {
    let double = |name| {
        HostFunction::new(name, vec![Parameter::new("x", Takes::Whole)], Gives::Kind(Kind::Integer), |_, values| {
            Ok(Fact::Known(Value::Integer(values.first().and_then(Value::as_decimal).and_then(|x| x.to_integer()).unwrap_or(0) * 2)))
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
    insta::assert_snapshot!(call, @"");
}

#[test]
fn the_self_test_holds() {
    assert_eq!(functions().self_test(), Ok(()));
}

#[test]
fn reserved_words() {
    let reserved = [
        "case", "match", "default", "new", "is", "use", "with", "var", "static", "shared", "go", "public", "module", "package", "null",
        "nil", "thread", "sync", "if", "true", "let", "fn", "eval", "this", "in", "print", "curry", "call", "Fn", "a-b", "a b", "1a", "",
    ];
    let free = ["complaint", "customer", "facts", "settings", "draft", "amount", "as_of", "exit_request", "kind", "at"];
    assert_eq!(reserved.iter().filter(|word| !is_reserved(word)).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(free.iter().filter(|word| is_reserved(word)).collect::<Vec<_>>(), Vec::<&&str>::new());
}
