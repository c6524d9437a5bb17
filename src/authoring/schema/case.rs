//! The schema of a case, from the registry of facts.

use super::shape::{self, closed, definitions, described, document, fact, reference, set};
use crate::case::registry;
use serde_json::{Map, Value, json};

/// One case, or a list of them.
pub(super) fn schema() -> Value {
    let mut definitions = definitions(&["decimal", "money", "place"]);
    definitions.insert("case".to_owned(), case());
    document(
        "case",
        "A case of redress: one billing complaint",
        json!({
            "if": {"type": "array"},
            "then": {"items": reference("case"), "minItems": 1},
            "else": reference("case"),
            "$defs": definitions,
        }),
    )
}

fn case() -> Value {
    let mut properties: Vec<(String, bool, Value)> = groups().into_iter().map(|(name, group)| (name, false, group)).collect();
    for (name, about) in [
        ("attributes", "Facts of the company, declared in `bundle.yaml`"),
        ("input", "Facts of a bundle that is a plain table engine, declared in its `bundle.yaml`"),
    ] {
        properties.push((name.to_owned(), false, described(json!({"type": ["object", "null"]}), about)));
    }
    let mut case =
        closed("Everything may be left out but the number of the case; what is left out is missing, never no", properties);
    set(&mut case, "anyOf", json!([{"required": ["complaint"]}, {"required": ["input"]}]));
    case
}

fn groups() -> Vec<(String, Value)> {
    let registry = registry();
    let mut groups = Vec::new();
    for name in registry.groups() {
        let mut fields: Vec<(String, bool, Value)> = Vec::new();
        let mut whole = None;
        for (_, spec) in registry.iter() {
            let about = about(spec);
            match spec.path.split_once('.') {
                None if spec.path == *name => whole = Some(fact(&spec.kind, &about, spec.knowable)),
                Some((group, field)) if group == *name && !field.contains('.') && whole.is_none() => {
                    let is_required = spec.path == "complaint.case_id";
                    fields.push((field.to_owned(), is_required, fact(&spec.kind, &about, spec.knowable)));
                }
                _ => {}
            }
        }
        let group = whole.unwrap_or_else(|| {
            let mut group = closed("", fields);
            if *name != "complaint" {
                set(&mut group, "type", json!(["object", "null"]));
            }
            group
        });
        groups.push(((*name).to_owned(), group));
    }
    groups
}

/// What a fact means, in which unit, and whether a decision needs it.
pub(super) fn about(spec: &crate::case::FactSpec) -> String {
    let unit = if spec.unit.is_empty() { String::new() } else { format!(", in {}", spec.unit) };
    let needed = if spec.required { "; a dispute cannot be decided without it" } else { "" };
    let derived = if spec.derived { "; computed when it is left out" } else { "" };
    let actionable = if spec.actionable { shape::ACTIONABLE } else { "" };
    let personal = if spec.personal { shape::PERSONAL } else { "" };
    format!("{}{unit}{needed}{derived}{actionable}{personal}", spec.about)
}

/// A schema for every path of a fact, for the conditions of a bundle.
pub(super) fn by_path(cell: impl Fn(&crate::value::Kind, &str) -> Value) -> Map<String, Value> {
    registry().iter().map(|(_, spec)| (spec.path.clone(), cell(&spec.kind, &about(spec)))).collect()
}
