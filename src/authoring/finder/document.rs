//! A case as it is being changed: its facts as they are written, and as of when it is decided.

use crate::case::{Case, read_quickly, registry};
use crate::text::Source;
use crate::value::{DateTime, Kind};
use serde_json::{Map, Value as Json};

/// What one fact becomes; nothing where it is left out.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    Fact { path: String, to: Option<Json> },
    At(DateTime),
}

/// A case that is being changed.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    facts: Json,
    pub(crate) at: DateTime,
}

impl Document {
    pub(crate) fn new(case: &Case, at: DateTime) -> Self {
        Self { facts: case.to_json(), at }
    }

    /// The case that it says, if it says one.
    pub(crate) fn case(&self) -> Option<Case> {
        read_quickly(&Source::new("case.json", self.facts.to_string()))
    }

    /// Tells it from every other one.
    pub(super) fn key(&self) -> [u8; 32] {
        *blake3::hash(format!("{} {}", self.at, self.facts).as_bytes()).as_bytes()
    }

    pub(crate) fn with(&self, changes: &[Change]) -> Self {
        let mut changed = self.clone();
        for change in changes {
            match change {
                Change::Fact { path, to } => {
                    let segments: Vec<&str> = path.split('.').collect();
                    set(&mut changed.facts, "", &segments, to.as_ref());
                }
                Change::At(at) => changed.at = *at,
            }
        }
        changed
    }

    /// What is written at a path, if anything is.
    pub(crate) fn get(&self, path: &str) -> Option<&Json> {
        path.split('.').try_fold(&self.facts, |here, segment| match segment.parse::<usize>() {
            Ok(at) if here.is_array() => here.get(at),
            _ => here.get(segment),
        })
    }

    /// The paths at which it differs from another, in order.
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let mut paths = Vec::new();
        differences(Some(&self.facts), Some(&other.facts), "", &mut paths);
        paths
    }
}

/// Mappings are compared by their facts, lists as a whole.
fn differences(one: Option<&Json>, other: Option<&Json>, path: &str, out: &mut Vec<String>) {
    let empty = Map::new();
    let map = |json: Option<&Json>| json.is_none_or(Json::is_object);
    let is_money = |json: Option<&Json>| json.is_some_and(|json| json.get("currency").is_some());
    if !map(one) || !map(other) || is_money(one) || is_money(other) {
        if one != other {
            out.push(path.to_owned());
        }
        return;
    }
    let (one, other) = (one.and_then(Json::as_object).unwrap_or(&empty), other.and_then(Json::as_object).unwrap_or(&empty));
    let mut names: Vec<&String> = one.keys().chain(other.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        differences(one.get(name), other.get(name), &path, out);
    }
}

/// Sets a fact by its path. Below a list, a number names an item; without one, the first item is meant.
fn set(here: &mut Json, prefix: &str, segments: &[&str], to: Option<&Json>) {
    let Some((first, rest)) = segments.split_first() else { return };
    if let Json::Array(items) = here {
        let (at, below) = first.parse::<usize>().map_or((0, segments), |at| (at, rest));
        while items.len() <= at {
            items.push(Json::Object(Map::new()));
        }
        match (below.is_empty(), to) {
            (true, Some(to)) => items.iter_mut().skip(at).take(1).for_each(|item| *item = to.clone()),
            (true, None) => drop(items.drain(at..=at)),
            (false, _) => items.iter_mut().skip(at).take(1).for_each(|item| set(item, prefix, below, to)),
        }
        return;
    }
    if !here.is_object() {
        *here = Json::Object(Map::new());
    }
    let Json::Object(map) = here else { return };
    let path = if prefix.is_empty() { (*first).to_owned() } else { format!("{prefix}.{first}") };
    if rest.is_empty() {
        match to {
            Some(to) => drop(map.insert((*first).to_owned(), to.clone())),
            None => drop(map.remove(*first)),
        }
        return;
    }
    let listed = is_list_of_records(&path);
    let inner = map.entry((*first).to_owned()).or_insert(Json::Null);
    if listed && !inner.is_array() {
        *inner = Json::Array(Vec::new());
    }
    set(inner, &path, rest, to);
}

/// Does a fact hold a list of records?
pub(super) fn is_list_of_records(path: &str) -> bool {
    let kind = registry().find(path).and_then(|id| registry().spec(id)).map(|spec| &spec.kind);
    matches!(kind, Some(Kind::List(item)) if matches!(**item, Kind::Record(_)))
}
