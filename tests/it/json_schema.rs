//! Just enough of JSON Schema 2020-12 to hold the schemas that the program prints against real documents.
//!
//! A keyword that is not known here fails the test, so that none is used without being checked. Patterns and formats are
//! left to real validators.

use serde_json::Value;

/// Keywords that assert nothing here.
const SILENT: [&str; 9] = ["$schema", "$id", "$defs", "title", "description", "examples", "format", "pattern", "propertyNames"];

/// Everything in which a document does not follow a schema.
pub(crate) fn problems(schema: &Value, document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, document, "", &mut found);
    found
}

fn follows(root: &Value, schema: &Value, document: &Value) -> bool {
    let mut found = Vec::new();
    check(root, schema, document, "", &mut found);
    found.is_empty()
}

fn check(root: &Value, schema: &Value, document: &Value, at: &str, found: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else {
        if *schema == Value::Bool(false) {
            found.push(format!("{at}: nothing may stand here"));
        }
        return;
    };
    for (keyword, wanted) in keywords {
        match keyword.as_str() {
            "$ref" => {
                let pointer = wanted.as_str().unwrap().trim_start_matches('#');
                let target = root.pointer(pointer).unwrap_or_else(|| panic!("no definition {pointer}"));
                check(root, target, document, at, found);
            }
            "type" => {
                let types = wanted.as_array().cloned().unwrap_or_else(|| vec![wanted.clone()]);
                if !types.iter().any(|each| is_of(each.as_str().unwrap(), document)) {
                    found.push(format!("{at}: {document} is not of type {wanted}"));
                }
            }
            "const" if document != wanted => found.push(format!("{at}: {document} is not {wanted}")),
            "enum" if !wanted.as_array().unwrap().contains(document) => {
                found.push(format!("{at}: {document} is none of {wanted}"));
            }
            "minimum" if document.as_f64().is_some_and(|number| number < wanted.as_f64().unwrap()) => {
                found.push(format!("{at}: {document} is under {wanted}"));
            }
            "minItems" if document.as_array().is_some_and(|items| (items.len() as u64) < wanted.as_u64().unwrap()) => {
                found.push(format!("{at}: fewer than {wanted} items"));
            }
            "items" => {
                for (number, item) in document.as_array().into_iter().flatten().enumerate() {
                    check(root, wanted, item, &format!("{at}/{number}"), found);
                }
            }
            "required" => require(wanted, document, at, found),
            "dependentRequired" => {
                for (key, others) in wanted.as_object().unwrap() {
                    if document.get(key).is_some() {
                        require(others, document, at, found);
                    }
                }
            }
            "properties" => {
                for (key, inner) in wanted.as_object().unwrap() {
                    if let Some(value) = document.get(key) {
                        check(root, inner, value, &format!("{at}/{key}"), found);
                    }
                }
            }
            "additionalProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                for (key, value) in document.as_object().into_iter().flatten() {
                    if !known.is_some_and(|known| known.contains_key(key)) {
                        check(root, wanted, value, &format!("{at}/{key}"), found);
                    }
                }
            }
            "allOf" => {
                for each in wanted.as_array().unwrap() {
                    check(root, each, document, at, found);
                }
            }
            "anyOf" if !wanted.as_array().unwrap().iter().any(|each| follows(root, each, document)) => {
                found.push(format!("{at}: {document} follows none of the choices"));
            }
            "oneOf" if wanted.as_array().unwrap().iter().filter(|each| follows(root, each, document)).count() != 1 => {
                found.push(format!("{at}: {document} does not follow exactly one of the choices"));
            }
            "if" => {
                let branch = if follows(root, wanted, document) { "then" } else { "else" };
                if let Some(then) = keywords.get(branch) {
                    check(root, then, document, at, found);
                }
            }
            "const" | "enum" | "minimum" | "maximum" | "minItems" | "anyOf" | "oneOf" | "then" | "else" => {}
            other => assert!(SILENT.contains(&other), "the keyword `{other}` is not checked"),
        }
    }
}

fn require(keys: &Value, document: &Value, at: &str, found: &mut Vec<String>) {
    for key in keys.as_array().unwrap() {
        let key = key.as_str().unwrap();
        if document.as_object().is_some_and(|object| !object.contains_key(key)) {
            found.push(format!("{at}: `{key}` is not there"));
        }
    }
}

fn is_of(name: &str, document: &Value) -> bool {
    match name {
        "object" => document.is_object(),
        "array" => document.is_array(),
        "string" => document.is_string(),
        "boolean" => document.is_boolean(),
        "null" => document.is_null(),
        "integer" => document.is_i64() || document.is_u64(),
        "number" => document.is_number(),
        other => panic!("`{other}` is no type"),
    }
}
