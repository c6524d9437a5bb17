//! The functions that expressions and scripts may call: as text, as data, as a reference, and as definitions for editors.
//!
//! Order of the files in `reference/`: `markdown`, `definitions`; neither uses the other.

mod definitions;
mod markdown;

use super::page::{Ink, Page};
use crate::script::Functions;
use serde_json::{Value, json};

pub use definitions::functions_rhai;
pub use markdown::functions_markdown;

/// Every function with its signature, what it does, and an example with its result.
#[must_use]
pub fn functions_text(functions: &Functions, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.flow("", "", &[(Ink::Bold, "In expressions and scripts")]);
    for function in functions {
        entry(&mut page, &function.signature(), function.about, function.example, function.example_result);
    }
    page.blank();
    page.flow("", "", &[(Ink::Bold, "In scripts only")]);
    for function in Functions::script_only() {
        let signature = format!("{}({})", function.name, function.parameters);
        entry(&mut page, &signature, function.about, function.example, function.example_result);
    }
    page.into_text()
}

fn entry(page: &mut Page, signature: &str, about: &str, example: &str, result: &str) {
    page.blank();
    page.flow("  ", "      ", &[(Ink::Good, signature)]);
    page.flow("      ", "      ", &[(Ink::Plain, about)]);
    if !example.is_empty() {
        page.line(&[(Ink::Dim, &format!("      {example}  gives  {result}"))]);
    }
}

/// The same as data: `{name, signature, parameters, result, about, example, example_result, scripts_only}` each.
#[must_use]
pub fn functions_json(functions: &Functions) -> Value {
    let host = functions.iter().map(|function| {
        json!({
            "name": function.name,
            "signature": function.signature(),
            "parameters": function.parameter_list(),
            "result": function.result_word(),
            "about": function.about,
            "example": function.example,
            "example_result": function.example_result,
            "scripts_only": false,
        })
    });
    let library = Functions::script_only().iter().map(|function| {
        json!({
            "name": function.name,
            "signature": format!("{}({})", function.name, function.parameters),
            "parameters": function.parameters,
            "result": null,
            "about": function.about,
            "example": function.example,
            "example_result": function.example_result,
            "scripts_only": true,
        })
    });
    host.chain(library).collect()
}
