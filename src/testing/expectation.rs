//! What a test expects of a decision: paths of its JSON form, and cells that their values have to match.

use crate::bundle::Written;
use crate::decision::{Clock, Law};
use crate::policy::Policy;
use crate::rule::{Cell, NoBounds, NoNames};
use crate::text::{Code, Diagnostic, Diagnostics, Node, Source};
use crate::value::{Currency, Date, DateTime, Decimal, Fact, Kind, Money, Value};
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The path.
    pub path: String,
    /// What was expected, as written.
    pub expected: String,
    /// What came.
    pub actual: String,
}

/// Lists whose order means nothing.
const SETS: [&str; 2] = ["letters", "missing_facts"];

/// Checks one expectation; what cannot be understood goes to `out`.
pub(super) fn check(
    path: &Written<String>,
    expected: &Node,
    (policy, decision): (&Policy, &Json),
    source: &Source,
    out: &mut Diagnostics,
) -> Option<Failure> {
    let name = path.value.as_str();
    if name == "rules" || name == "not_rules" {
        known_rules(expected, policy, source, out);
        return rules(name, expected, decision);
    }
    let segments: Vec<&str> = name.split('.').collect();
    let is_obligation = |id: &&str| policy.obligations().any(|known| known == *id);
    let found = match segments.as_slice() {
        ["clocks", id, rest @ ..] if is_obligation(id) => clock(id, rest, decision),
        // What is neither an obligation nor something that every clock has is a slip, also where no clock runs.
        ["clocks", id, ..] if !Clock::FIELDS.contains(id) => None,
        _ => find(decision, &segments),
    };
    let Some(actual) = found else {
        let nearest = match segments.as_slice() {
            ["clocks", _, "law", field] => crate::text::nearest::did_you_mean(field, Law::FIELDS),
            ["clocks", id, field, ..] if is_obligation(id) => crate::text::nearest::did_you_mean(field, Clock::FIELDS)
                .or_else(|| Some(format!("a clock has {}", Clock::FIELDS.map(|field| format!("`{field}`")).join(", ")))),
            ["clocks", id, ..] => crate::text::nearest::did_you_mean(id, policy.obligations()),
            _ => crate::text::nearest::did_you_mean(name, known_below(decision, &segments).iter().map(String::as_str)),
        };
        let help = nearest.unwrap_or_else(|| "`redress decide --format json` shows what a decision holds".to_owned());
        let message = format!("a decision has nothing at `{name}`");
        out.push(Diagnostic::at(Code::BadTest, &path.place, message).help(help));
        return None;
    };
    let actual = if name == "letters" { names_of(&actual, "kind") } else { actual };
    let met = match (&actual, expected.as_list()) {
        (Json::Array(items), Some(wanted)) => {
            let mut items = items.clone();
            let mut wanted: Vec<&Node> = wanted.iter().collect();
            if SETS.contains(&name) {
                items.sort_by_key(ToString::to_string);
                wanted.sort_by_key(|node| node.as_text().unwrap_or_default().to_owned());
            }
            items.len() == wanted.len()
                && items
                    .iter()
                    .zip(wanted)
                    .map(|(item, wanted)| holds(item, wanted, source, out))
                    .fold(true, |all, each| all & each)
        }
        _ => holds(&actual, expected, source, out),
    };
    (!met).then(|| Failure { path: name.to_owned(), expected: written(expected), actual: shown(&actual) })
}

/// What stands below `clocks.ID`; missing where the obligation does not apply to the case, or where a clock has nothing to say there.
fn clock(id: &str, rest: &[&str], decision: &Json) -> Option<Json> {
    let clocks = decision.get("clocks").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let of_id = |clock: &&Json| clock.get("id").and_then(Json::as_str) == Some(id);
    let is_known = match rest {
        [] => true,
        [field] => Clock::FIELDS.contains(field),
        ["law", field] => Law::FIELDS.contains(field),
        _ => false,
    };
    let found = || clocks.iter().find(of_id).and_then(|clock| find(clock, rest)).unwrap_or(Json::Null);
    is_known.then(found)
}

/// The value at a path; below a list, that of every item.
fn find(from: &Json, path: &[&str]) -> Option<Json> {
    let Some((first, rest)) = path.split_first() else { return Some(from.clone()) };
    match from {
        Json::Object(map) => match map.get(*first) {
            Some(inner) => find(inner, rest),
            None => None,
        },
        // An item that has a name of its own is found by it: `clocks.US-REGE-10.due`.
        Json::Array(items) if items.iter().any(|item| is_called(item, first)) => {
            items.iter().find(|item| is_called(item, first)).and_then(|item| find(item, rest))
        }
        Json::Array(items) => {
            let found: Vec<Json> = items.iter().filter_map(|item| find(item, path)).collect();
            (items.is_empty() || !found.is_empty()).then_some(Json::Array(found))
        }
        // A section that is not there has no parts either.
        Json::Null => Some(Json::Null),
        _ => None,
    }
}

fn is_called(item: &Json, name: &str) -> bool {
    item.get("id").and_then(Json::as_str) == Some(name)
}

/// Paths beside one that does not exist, for a hint.
fn known_below(from: &Json, path: &[&str]) -> Vec<String> {
    let mut here = from;
    let mut prefix = String::new();
    for segment in path.iter().take(path.len().saturating_sub(1)) {
        match here.get(segment) {
            Some(inner) => {
                here = inner;
                prefix = format!("{prefix}{segment}.");
            }
            None => break,
        }
    }
    here.as_object().map_or_else(Vec::new, |map| map.keys().map(|key| format!("{prefix}{key}")).collect())
}

fn names_of(list: &Json, field: &str) -> Json {
    let items = list.as_array().map_or(&[][..], Vec::as_slice);
    Json::Array(items.iter().filter_map(|item| item.get(field).cloned()).collect())
}

/// Does a value match what is written as a cell?
fn holds(actual: &Json, expected: &Node, source: &Source, out: &mut Diagnostics) -> bool {
    if expected.is_null() {
        return actual.is_null();
    }
    let (fact, kind) = fact_of(actual, expected);
    let Some(cell) = Cell::parse_node(expected, source, &kind, &NoNames, out) else { return false };
    // An amount in another currency than the expected one is not the expected one.
    cell.holds(&fact, &NoBounds) == Ok(true)
}

/// A JSON value as a fact, and the kind under which the expectation is read.
fn fact_of(actual: &Json, expected: &Node) -> (Fact<Value>, Kind) {
    match actual {
        Json::Null => (Fact::Missing, kind_wanted(expected)),
        Json::Bool(flag) => (Fact::Known(Value::Boolean(*flag)), Kind::Boolean),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => (Fact::Known(Value::Integer(whole)), Kind::Integer),
            None => (Fact::Known(Value::text(number.to_string())), Kind::Text),
        },
        Json::String(text) => scalar(text),
        Json::Object(map) => match money_of(map) {
            Some(money) => (Fact::Known(Value::Money(money)), Kind::Money),
            None => (Fact::Known(Value::text(actual.to_string())), Kind::Text),
        },
        Json::Array(items) => {
            let facts: Vec<(Fact<Value>, Kind)> = items.iter().map(|item| fact_of(item, expected)).collect();
            let kind = facts.first().map_or_else(|| kind_wanted(expected), |(_, kind)| kind.clone());
            let known = facts.into_iter().filter_map(|(fact, _)| fact.known().cloned());
            (Fact::Known(Value::list(known)), Kind::List(Box::new(kind)))
        }
    }
}

fn money_of(map: &serde_json::Map<String, Json>) -> Option<Money> {
    let amount = Decimal::parse(map.get("amount")?.as_str()?).ok()?;
    let currency = Currency::parse(map.get("currency")?.as_str()?).ok()?;
    Some(Money::new(amount, currency))
}

fn scalar(text: &str) -> (Fact<Value>, Kind) {
    let (value, kind) = if let Ok(date) = Date::parse(text) {
        (Value::Date(date), Kind::Date)
    } else if let Ok(instant) = DateTime::parse(text) {
        (Value::DateTime(instant), Kind::DateTime)
    } else if let Ok(number) = Decimal::parse(text) {
        (Value::Decimal(number), Kind::Decimal)
    } else {
        (Value::text(text), Kind::Text)
    };
    (Fact::Known(value), kind)
}

/// Nothing came: the kind under which the expectation makes sense.
fn kind_wanted(expected: &Node) -> Kind {
    let text = expected.as_text().unwrap_or_default();
    if Money::parse(text).is_ok() { Kind::Money } else { scalar(text).1 }
}

/// Reports rules that the bundle does not have: a misspelt one would never be among those that decided.
fn known_rules(expected: &Node, policy: &Policy, source: &Source, out: &mut Diagnostics) {
    let known: BTreeSet<String> = policy.explained_names().collect();
    for node in expected.as_list().unwrap_or(std::slice::from_ref(expected)) {
        let name = node.as_text().unwrap_or_default();
        if !known.contains(name) {
            let help = crate::text::nearest::did_you_mean(name, known.iter().map(String::as_str))
                .unwrap_or_else(|| "name it as `decision/rule`".to_owned());
            let message = format!("the bundle has no rule `{name}`");
            out.push(Diagnostic::error(Code::BadTest, source, node.span, message).help(help));
        }
    }
}

/// Which rules are, or are not, among those that decided.
fn rules(name: &str, expected: &Node, decision: &Json) -> Option<Failure> {
    let explained = decision.get("explanation").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let decided: Vec<&str> = explained.iter().filter_map(|line| line.get("rule").and_then(Json::as_str)).collect();
    let wanted: Vec<&str> = match expected.as_list() {
        Some(items) => items.iter().filter_map(Node::as_text).collect(),
        None => expected.as_text().into_iter().collect(),
    };
    let wrong: Vec<&str> = wanted.into_iter().filter(|rule| decided.contains(rule) != (name == "rules")).collect();
    let parts: Vec<&str> = wrong.iter().filter_map(|rule| rule.split_once('/').map(|(part, _)| part)).collect();
    let of_parts = decided.iter().filter(|rule| rule.split_once('/').is_some_and(|(part, _)| parts.contains(&part)));
    (!wrong.is_empty()).then(|| Failure {
        path: name.to_owned(),
        expected: wrong.join(", "),
        actual: of_parts.copied().collect::<Vec<_>>().join(", "),
    })
}

fn written(node: &Node) -> String {
    match (node.as_list(), node.as_map()) {
        (Some(items), _) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        (_, Some(entries)) => {
            let entries: Vec<String> =
                entries.iter().map(|entry| format!("{}: {}", entry.key.text, written(&entry.value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        _ => node.as_text().unwrap_or("nothing").to_owned(),
    }
}

/// A JSON value as a person reads it.
fn shown(value: &Json) -> String {
    match value {
        Json::Null => "nothing".to_owned(),
        Json::String(text) => text.clone(),
        Json::Object(map) => money_of(map).map_or_else(|| value.to_string(), |money| money.to_string()),
        Json::Array(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        _ => value.to_string(),
    }
}
