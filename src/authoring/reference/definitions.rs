//! The functions as a definitions file for editors: `module static;`, then a signature without a body for each, as Rhai's own language
//! server reads them and `rhai::Engine::definitions` writes them.

use crate::script::{Functions, Given, HostFunction, LibraryFunction, Takes, is_reserved};
use crate::value::Kind;

/// How many signatures stand for a parameter that repeats.
const REPEATED_MAX: usize = 4;

/// The definitions file; written beside the scripts of a bundle, as `redress.d.rhai`, an editor completes and checks their calls.
#[must_use]
pub fn functions_rhai(functions: &Functions) -> String {
    let mut text = "module static;\n".to_owned();
    for function in functions {
        host(function, &mut text);
    }
    for function in Functions::script_only() {
        library(function, &mut text);
    }
    text
}

fn comment(about: &str, example: &str, result: &str, text: &mut String) {
    text.push_str(&format!("\n/// {about}\n"));
    if !example.is_empty() {
        text.push_str(&format!("///\n/// `{example}` gives `{result}`\n"));
    }
}

/// One signature for every number of arguments: the language has no optional parameters.
fn host(function: &HostFunction, text: &mut String) {
    let result = type_of_word(&function.result_word());
    for arity in function.arity().take_while(|arity| *arity <= function.parameters.len().max(REPEATED_MAX)) {
        comment(function.about, function.example, function.example_result, text);
        let mut parameters: Vec<String> = Vec::with_capacity(arity);
        for at in 0..arity {
            let repeated = || function.parameters.last().filter(|last| last.given == Given::Repeated);
            let Some(parameter) = function.parameters.get(at).or_else(repeated) else { break };
            let again = (at + 1).checked_sub(function.parameters.len()).filter(|again| *again > 0);
            let number = again.map_or_else(String::new, |again| (again + 1).to_string());
            parameters.push(format!("{}{number}: {}", name(parameter.name), type_of(&parameter.takes)));
        }
        text.push_str(&format!("fn {}({}) -> {result};\n", function.name, parameters.join(", ")));
    }
}

/// What only scripts have says in its parameters' names what they take.
fn library(function: &LibraryFunction, text: &mut String) {
    comment(function.about, function.example, function.example_result, text);
    let typed = |parameter: &str| match parameter {
        "list" => "list: Array".to_owned(),
        "map" => "map: Map".to_owned(),
        "closure" => "closure: FnPtr".to_owned(),
        "text" | "part" | "old" | "new" | "between" => format!("{}: String", name(parameter)),
        "start" | "count" => format!("{parameter}: int"),
        other => format!("{}: ?", name(other)),
    };
    let parameters: Vec<String> = function.parameters.split(", ").map(typed).collect();
    text.push_str(&format!("fn {}({}) -> ?;\n", function.name, parameters.join(", ")));
}

/// A name that the language keeps for itself cannot be that of a parameter.
fn name(name: &str) -> String {
    if is_reserved(name) { format!("{name}_") } else { name.to_owned() }
}

fn type_of(takes: &Takes) -> &'static str {
    match takes {
        Takes::Kind(kind) => type_of_kind(kind),
        Takes::Whole => "int",
        Takes::List => "Array",
        Takes::Any | Takes::Number | Takes::Quantity | Takes::Ordered | Takes::Name => "?",
    }
}

fn type_of_kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::List(_) => "Array",
        other => type_of_word(&other.word()),
    }
}

/// The type in the definitions of a kind as the reference words it; what it does not know may be anything.
fn type_of_word(word: &str) -> &'static str {
    match word {
        "integer" => "int",
        "decimal" => "Decimal",
        "boolean" => "bool",
        "text" => "String",
        "money" => "Money",
        "date" => "Date",
        "datetime" => "DateTime",
        "duration" => "Duration",
        "place" => "Place",
        list if list.starts_with("list of ") => "Array",
        _ => "?",
    }
}
