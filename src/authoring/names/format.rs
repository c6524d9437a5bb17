//! The keys of the format: which may stand where, and what they mean, as the schema for editors says it.

use super::spot::Step;
use crate::authoring::schema::{SchemaOf, schema};
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema(SchemaOf::Bundle));

/// What a file of a bundle is, as the schema calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Document {
    Manifest,
    Pack,
    Decision,
    Guardrails,
    Obligations,
    Calendar,
    Tests,
    /// Words of letters, and what is no YAML of the format.
    Other,
}

impl Document {
    /// What the path of a file says it is.
    pub(super) fn of(path: &str) -> Self {
        let in_pack = path.strip_prefix("packs/").and_then(|rest| rest.split_once('/')).map(|(_, inside)| inside);
        let inside = in_pack.unwrap_or(path);
        if !super::mending::is_yaml(path) {
            return Self::Other;
        }
        match (inside.split_once('/').map(|(folder, _)| folder), in_pack) {
            (None, None) if inside == "bundle.yaml" => Self::Manifest,
            (None, Some(_)) if inside == "bundle.yaml" => Self::Pack,
            (Some("decisions"), _) => Self::Decision,
            (Some("guardrails"), _) => Self::Guardrails,
            (Some("obligations"), _) => Self::Obligations,
            (Some("calendars"), _) => Self::Calendar,
            (Some("tests"), _) => Self::Tests,
            _ => Self::Other,
        }
    }

    fn definition(self) -> Option<&'static str> {
        Some(match self {
            Self::Manifest => "manifest",
            Self::Pack => "pack",
            Self::Decision => "decision",
            Self::Guardrails => "guardrails",
            Self::Obligations => "obligations",
            Self::Calendar => "calendar",
            Self::Tests => "tests",
            Self::Other => return None,
        })
    }

    /// The schemas of what stands at a path of the document.
    pub(super) fn schemas(self, path: &[Step]) -> Vec<&'static Value> {
        let root = self.definition().and_then(|name| SCHEMA.get("$defs")?.get(name));
        let mut here: Vec<&'static Value> = root.into_iter().flat_map(alternatives).collect();
        for step in path {
            let below = |schema: &&'static Value| match step {
                Step::Key(key) => {
                    let schema: &'static Value = schema;
                    let named = schema.get("properties").and_then(|properties| properties.get(key));
                    named.or_else(|| schema.get("additionalProperties"))
                }
                Step::Item => schema.get("items"),
            };
            here = here.iter().filter_map(below).flat_map(alternatives).collect();
        }
        here
    }

    /// The keys of the mapping at a path, with what each means.
    pub(super) fn keys(self, path: &[Step]) -> Vec<(&'static str, String)> {
        let mut keys: Vec<(&str, String)> = Vec::new();
        for properties in self.schemas(path).into_iter().filter_map(|schema| schema.get("properties")?.as_object()) {
            // Facts among the conditions come from the bundle, which knows more of them.
            let own = properties.iter().filter(|(key, _)| !key.contains('.'));
            for (key, schema) in own {
                if keys.iter().all(|(known, _)| known != key) {
                    keys.push((key, meaning(schema)));
                }
            }
        }
        keys
    }

    /// What a key of the format means; nothing where the key is a name of the bundle.
    pub(super) fn key(self, above: &[Step], key: &str) -> Option<String> {
        self.keys(above).into_iter().find(|(known, _)| *known == key).map(|(_, about)| about)
    }

    /// The values of a closed list at a path.
    pub(super) fn values(self, path: &[Step]) -> Vec<String> {
        let mut found = Vec::new();
        for schema in self.schemas(path) {
            let listed = schema.get("enum").or_else(|| schema.get("examples")).and_then(Value::as_array);
            let texts = listed.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            found.extend(texts);
            if schema.get("type").and_then(Value::as_str) == Some("boolean") {
                found.extend(["true".to_owned(), "false".to_owned()]);
            }
        }
        found
    }
}

/// A schema, or those it refers to and chooses among.
fn alternatives(schema: &'static Value) -> Vec<&'static Value> {
    let mut found = vec![schema];
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix("#/$defs/")) {
        found.extend(SCHEMA.get("$defs").and_then(|defs| defs.get(name)).into_iter().flat_map(alternatives));
    }
    found.extend(schema.get("anyOf").and_then(Value::as_array).into_iter().flatten().flat_map(alternatives));
    found
}

/// What a schema says of itself, or what it refers to says.
fn meaning(schema: &'static Value) -> String {
    let told = alternatives(schema).into_iter().find_map(|schema| schema.get("description")?.as_str());
    told.unwrap_or_default().to_owned()
}
