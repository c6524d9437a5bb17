//! Pieces that every schema is made of.

use crate::value::{FieldKind, Kind, RecordKind};
use serde_json::{Map, Value, json};

/// The dialect.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A whole schema: its name, what it describes, the rest.
pub(super) fn document(name: &str, title: &str, rest: Value) -> Value {
    let mut whole = json!({
        "$schema": DIALECT,
        "$id": format!("urn:redress:schema:{name}"),
        "title": title,
    });
    if let (Some(whole), Value::Object(rest)) = (whole.as_object_mut(), rest) {
        whole.extend(rest);
    }
    whole
}

/// An object with these properties and no others; those marked `true` are always there.
pub(super) fn closed<N: Into<String>>(about: &str, properties: impl IntoIterator<Item = (N, bool, Value)>) -> Value {
    let mut map = Map::new();
    let mut required: Vec<String> = Vec::new();
    for (name, is_required, schema) in properties {
        let name = name.into();
        if is_required {
            required.push(name.clone());
        }
        map.insert(name, schema);
    }
    let mut object = json!({"type": "object", "properties": map, "additionalProperties": false});
    if !required.is_empty() {
        set(&mut object, "required", required.into());
    }
    described(object, about)
}

/// With a description, unless there is nothing to say.
pub(super) fn described(mut schema: Value, about: &str) -> Value {
    if !about.is_empty() {
        set(&mut schema, "description", about.into());
    }
    schema
}

pub(super) fn set(schema: &mut Value, key: &str, value: Value) {
    if let Some(object) = schema.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

pub(super) fn list(item: Value) -> Value {
    object([("type", "array".into()), ("items", item)])
}

pub(super) fn or_null(schema: Value) -> Value {
    object([("anyOf", vec![schema, json!({"type": "null"})].into())])
}

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

pub(super) fn boolean() -> Value {
    json!({"type": "boolean"})
}

pub(super) fn date() -> Value {
    json!({"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
}

pub(super) fn instant() -> Value {
    json!({"type": "string", "format": "date-time"})
}

/// Names out of a closed list.
pub(super) fn one_of<'n>(names: impl IntoIterator<Item = &'n str>) -> Value {
    json!({"enum": names.into_iter().collect::<Vec<_>>()})
}

/// Exact numbers, written as text.
const NUMBER: &str = r"[+-]?\d+(\.\d+)?";

/// Definitions that the schemas refer to by name.
pub(super) fn definition(name: &str) -> Value {
    match name {
        "decimal_text" => json!({
            "description": "An exact number, written as text so that no reader rounds it",
            "type": "string",
            "pattern": format!("^{NUMBER}$"),
        }),
        "decimal" => json!({
            "description": "An exact number; as text it is safe from rounding on its way",
            "anyOf": [{"type": "number"}, {"type": "string", "pattern": format!("^{NUMBER}$")}],
        }),
        "money" => json!({
            "description": "An amount in a currency: `64.20 USD`, or an object with a decimal text",
            "anyOf": [{"type": "string", "pattern": format!(r"^\s*{NUMBER}\s+[A-Z]{{3}}\s*$")}, money_object()],
        }),
        "place" => json!({
            "description": "A country or a part of one: `GB`, `US-VA`, `EU`, `EU-ES`",
            "type": "string",
            "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
        }),
        _ => Value::Bool(true),
    }
}

/// The definitions of these names.
pub(super) fn definitions(names: &[&str]) -> Map<String, Value> {
    names.iter().map(|name| ((*name).to_owned(), definition(name))).collect()
}

/// Money as it goes out: an object with a decimal text.
pub(super) fn money_object() -> Value {
    closed("", money_properties())
}

/// The two properties of money, for objects that hold more.
pub(super) fn money_properties() -> [(&'static str, bool, Value); 2] {
    [
        ("amount", true, json!({"type": "string", "pattern": format!("^{NUMBER}$")})),
        ("currency", true, json!({"type": "string", "pattern": "^[A-Z]{3}$"})),
    ]
}

/// A value of a kind, as a case may give it.
pub(super) fn given(kind: &Kind) -> Value {
    match kind {
        Kind::Boolean => boolean(),
        Kind::Integer => json!({"type": "integer"}),
        Kind::Decimal => reference("decimal"),
        Kind::Money => reference("money"),
        Kind::Enum(names) => one_of(names.names.iter().map(|name| &**name)),
        Kind::Place => reference("place"),
        Kind::Date => date(),
        // A day alone stands for its beginning, so the format is not asserted.
        Kind::DateTime => json!({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"}),
        Kind::List(item) => list(given(item)),
        Kind::Record(record) => record_of(record),
        Kind::Text | Kind::Duration => text(),
    }
}

/// What the description of a fact ends with that somebody can still bring about or put right.
pub(super) const ACTIONABLE: &str = "; actionable";
/// What is said of a fact that tells who the customer is.
pub(super) const PERSONAL: &str = "; personal";

fn record_of(record: &RecordKind) -> Value {
    let about = |field: &FieldKind| {
        let (actionable, personal) = (if field.actionable { ACTIONABLE } else { "" }, if field.personal { PERSONAL } else { "" });
        format!("{}{actionable}{personal}", field.about)
    };
    closed("", record.fields.iter().map(|field| (&*field.name, false, fact(&field.kind, &about(field), true))))
}

/// A fact: left out or null is missing, `unknown` is given as unknown.
pub(super) fn fact(kind: &Kind, about: &str, is_knowable: bool) -> Value {
    let states = if is_knowable { vec![json!("unknown"), Value::Null] } else { vec![Value::Null] };
    let schema = match kind {
        // One list of names is what an editor shows best.
        Kind::Enum(names) => json!({"enum": names.names.iter().map(|name| json!(&**name)).chain(states).collect::<Vec<_>>()}),
        _ => json!({"anyOf": [given(kind), {"enum": states}]}),
    };
    described(schema, about)
}

/// The keys of a declared type.
pub(super) fn typed(
    more: impl IntoIterator<Item = (&'static str, bool, Value)>,
    is_required: bool,
) -> Vec<(&'static str, bool, Value)> {
    let mut all = vec![
        ("type", is_required, reference("type")),
        (
            "values",
            false,
            described(
                list(json!({"type": ["string", "number"]})),
                "The names of an enum, from the least to the most where they are ordered",
            ),
        ),
        ("ordered", false, described(boolean(), "Does `at least moderate` make sense?")),
        ("about", false, text()),
    ];
    all.extend(more);
    all
}

/// The days in force, both included.
pub(super) fn period() -> Value {
    closed("", [("from", false, date()), ("until", false, date())])
}
