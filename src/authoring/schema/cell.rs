//! Cells: the conditions of rules, guardrails and policy tests.

use super::case::by_path;
use super::shape::{described, list, one_of, reference};
use crate::rule::CELL_STATES;
use crate::value::Kind;
use serde_json::{Map, Value, json};

/// The definitions `cell` and `conditions`.
pub(super) fn definitions() -> [(String, Value); 2] {
    [
        (
            "cell".to_owned(),
            described(
                json!({"anyOf": [
                    {"type": ["string", "number", "boolean"]},
                    {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
                    {"type": "object", "properties": {"not": list(json!({}))}, "required": ["not"], "additionalProperties": false},
                ]}),
                "A condition: a value, `[one, of, several]`, `at least 100`, `over 100`, `at most 100`, `under 100`, `10 to 50`, \
                 `not gold`, `{not: [gold, silver]}`, `missing`, `present`, `empty`, `unknown`, `any`",
            ),
        ),
        (
            "conditions".to_owned(),
            json!({
                "description": "Joined by AND; a key left out means any. A key is a fact, an output of another decision, a `let` or a parameter",
                "type": "object",
                "properties": facts(),
                "additionalProperties": reference("cell"),
            }),
        ),
    ]
}

/// Words that every cell knows.
fn states<'s>() -> impl Iterator<Item = &'s str> {
    CELL_STATES.iter().map(|(word, _)| *word)
}

fn facts() -> Map<String, Value> {
    by_path(|kind, about| described(cell(kind), about))
}

/// A cell of a fact of this kind: an editor proposes the names of a closed list, and takes every other cell as well.
fn cell(kind: &Kind) -> Value {
    let named = match kind {
        Kind::Enum(names) => Some(one_of(names.names.iter().map(|name| &**name).chain(states()))),
        Kind::Boolean => Some(json!({"enum": [true, false, "any", "missing", "present", "unknown"]})),
        Kind::List(item) => match &**item {
            Kind::Enum(names) => Some(one_of(names.names.iter().map(|name| &**name).chain(states()))),
            _ => None,
        },
        _ => None,
    };
    match named {
        Some(named) => json!({"anyOf": [named, reference("cell")]}),
        None => reference("cell"),
    }
}
