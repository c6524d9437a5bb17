//! The functions as a reference in Markdown, by subject.

use crate::script::Functions;

/// The reference: every function under its subject, with its signature, what it does, and an example with its result.
#[must_use]
pub fn functions_markdown(functions: &Functions) -> String {
    let mut text =
        "# Functions\n\nWhat expressions and scripts may call. A fact that is missing or unknown makes the result so, unless \
                    it says otherwise.\n"
            .to_owned();
    for (subject, functions) in functions.by_subject() {
        text.push_str(&format!("\n## {subject}\n"));
        for function in functions {
            entry(&function.signature(), function.about, function.example, function.example_result, &mut text);
        }
    }
    text.push_str("\n## In scripts only\n\nEach is also called as a method of its first parameter: `list.map(|x| x * 2)`.\n");
    for function in Functions::script_only() {
        let signature = format!("{}({})", function.name, function.parameters);
        entry(&signature, function.about, function.example, function.example_result, &mut text);
    }
    text
}

fn entry(signature: &str, about: &str, example: &str, result: &str, text: &mut String) {
    text.push_str(&format!("\n### `{signature}`\n"));
    if !about.is_empty() {
        text.push_str(&format!("\n{about}\n"));
    }
    if !example.is_empty() {
        text.push_str(&format!("\n`{example}` gives `{result}`\n"));
    }
}
