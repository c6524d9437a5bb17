//! The registry of facts is the case, path by path, and a case reads back from what was written of it.

use crate::invariants::cases::{any_case, case, document};
use proptest::prelude::*;
use redress::Case;
use redress::case::{CaseFormat, read_case, registry};
use redress::text::{Source, render_all};
use redress::value::Kind;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// A value of that kind, with every field of every record.
fn filled(kind: &Kind) -> Json {
    match kind {
        Kind::Boolean => json!(true),
        Kind::Integer => json!(1),
        Kind::Decimal => json!("0.5"),
        Kind::Money => json!({"amount": "1.00", "currency": "USD"}),
        Kind::Text => json!("America/New_York"),
        Kind::Enum(names) => json!(names.names[0].to_string()),
        Kind::Place => json!("US-VA"),
        Kind::Date => json!("2026-03-02"),
        Kind::DateTime => json!("2026-03-02T09:30:00-05:00"),
        Kind::List(item) => json!([filled(item)]),
        Kind::Record(record) => {
            record.fields.iter().map(|field| (field.name.to_string(), filled(&field.kind))).collect::<Map<_, _>>().into()
        }
        other => panic!("no value for {other}"),
    }
}

fn read(text: &str, format: CaseFormat) -> Case {
    let case = read_case(&Source::new("case", text), format);
    let mut case = case.unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    // Where it was read from is no fact.
    case.place = None;
    case
}

fn is_record(kind: &Kind) -> bool {
    match kind {
        Kind::Record(_) => true,
        Kind::List(item) => is_record(item),
        _ => false,
    }
}

fn leaves(json: &Json, path: &str, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(map) if map.len() != 2 || !map.contains_key("currency") => {
            for (name, value) in map {
                leaves(value, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, found);
            }
        }
        Json::Array(items) if items.iter().any(Json::is_object) => items.iter().for_each(|item| leaves(item, path, found)),
        _ => {
            found.insert(path.to_owned());
        }
    }
}

#[test]
fn a_full_case_has_exactly_the_facts_of_the_registry() {
    let mut whole = Map::new();
    for (_, spec) in registry().iter() {
        let above = spec.path.match_indices('.').any(|(at, _)| registry().find(&spec.path[..at]).is_some());
        if above {
            continue;
        }
        match spec.path.split_once('.') {
            Some((group, name)) => {
                whole
                    .entry(group)
                    .or_insert_with(|| json!({}))
                    .as_object_mut()
                    .unwrap()
                    .insert(name.to_owned(), filled(&spec.kind));
            }
            None => {
                whole.insert(spec.path.clone(), filled(&spec.kind));
            }
        }
    }
    let document = Json::Object(whole);
    let case = read(&document.to_string(), CaseFormat::Json);
    let (mut written, mut known) = (BTreeSet::new(), BTreeSet::new());
    leaves(&case.to_json(), "", &mut written);
    for (_, spec) in registry().iter() {
        assert!(spec.read(&case).is_known(), "{} is not read", spec.path);
        if !is_record(&spec.kind) {
            known.insert(spec.path.clone());
        }
    }
    assert_eq!(written, known);
    assert_eq!(case.to_json(), document);
}

/// Money in its short form, as people write it in YAML.
fn short(json: &Json) -> Json {
    match json {
        Json::Object(map) => match (map.len(), map.get("amount"), map.get("currency")) {
            (2, Some(Json::String(amount)), Some(Json::String(currency))) => json!(format!("{amount} {currency}")),
            _ => map.iter().map(|(name, value)| (name.clone(), short(value))).collect::<Map<_, _>>().into(),
        },
        Json::Array(items) => items.iter().map(short).collect::<Vec<_>>().into(),
        other => other.clone(),
    }
}

/// Block style: one fact a line, scalars without quotes where YAML reads them as the same text.
fn block(json: &Json, indent: usize, text: &mut String) {
    let space = "  ".repeat(indent);
    match json {
        Json::Object(map) if !map.is_empty() => {
            for (name, value) in map {
                text.push_str(&format!("\n{space}{name}:"));
                block(value, indent + 1, text);
            }
        }
        Json::Array(items) if !items.is_empty() => {
            for item in items {
                text.push_str(&format!("\n{space}-"));
                block(item, indent + 1, text);
            }
        }
        Json::String(plain)
            if !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_. ".contains(&byte)) =>
        {
            text.push_str(&format!(" {plain}"));
        }
        other => text.push_str(&format!(" {other}")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_case_reads_back_from_json_and_from_yaml(facts in any_case()) {
        let mut first = case(&facts);
        first.place = None;
        let written = first.to_json();
        prop_assert_eq!(&read(&written.to_string(), CaseFormat::Json), &first);
        prop_assert_eq!(&read(&document(&facts).to_string(), CaseFormat::Yaml), &first);
        let mut yaml = String::new();
        block(&short(&written), 0, &mut yaml);
        prop_assert_eq!(&read(&yaml, CaseFormat::Yaml), &first, "{}", yaml);
        let lines = format!("{written}\n{written}\n");
        let all = redress::case::read_text(&Source::new("cases.jsonl", lines), CaseFormat::JsonLines);
        prop_assert_eq!(all.len(), 2);
        for case in all {
            let mut case = case.unwrap();
            case.place = None;
            prop_assert_eq!(&case, &first);
        }
    }
}
