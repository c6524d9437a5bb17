//! The fields in which two documents of JSON differ.

use crate::text::{Diagnostics, Node, NodeKind, Source, json};

/// The longest value that is shown of a difference, in characters.
const SHOWN_CHARS_MAX: usize = 200;

/// A field in which two decisions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The path of the field: `money.goodwill.amount`, `explanation[2].because`; empty where one of them is no document.
    pub path: String,
    /// What it was, as JSON; none where the field was not there.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
}

/// Differences, no more than so many.
struct Found {
    list: Vec<Difference>,
    max: usize,
}

impl Difference {
    /// The first field between two texts; none if they are the same in every byte.
    #[must_use]
    pub fn between(before: &str, after: &str) -> Option<Self> {
        if before == after {
            return None;
        }
        let first = Self::all(before, after, 1, &|_| true).into_iter().next();
        // The same document in other bytes, or no document.
        Some(first.unwrap_or_else(|| Self { path: String::new(), before: Some(shown(before)), after: Some(shown(after)) }))
    }

    /// The first fields, no more than so many, below those keys of the whole that are wanted.
    #[must_use]
    pub fn all(before: &str, after: &str, max: usize, is_wanted: &dyn Fn(&str) -> bool) -> Vec<Self> {
        let tree = |text: &str| json::parse(&Source::new("decision", text), &mut Diagnostics::new());
        let mut found = Found { list: Vec::new(), max };
        if let (Some(one), Some(other)) = (tree(before), tree(after)) {
            found.node((before, &one), (after, &other), "", is_wanted);
        }
        found.list
    }
}

type Part<'t> = (&'t str, &'t Node);

impl Found {
    fn note(&mut self, path: &str, before: Option<Part<'_>>, after: Option<Part<'_>>) {
        if self.list.len() < self.max {
            let told = |(text, node): Part<'_>| shown(text.get(node.span.start..node.span.end).unwrap_or_default());
            self.list.push(Difference { path: path.to_owned(), before: before.map(told), after: after.map(told) });
        }
    }

    fn node(&mut self, before: Part<'_>, after: Part<'_>, path: &str, is_wanted: &dyn Fn(&str) -> bool) {
        if self.list.len() >= self.max {
            return;
        }
        match (&before.1.kind, &after.1.kind) {
            (NodeKind::Map(one), NodeKind::Map(other)) => {
                let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                for entry in one.iter().filter(|entry| is_wanted(&entry.key.text)) {
                    let path = below(&entry.key.text);
                    match other.iter().find(|each| each.key.text == entry.key.text) {
                        Some(found) => self.node((before.0, &entry.value), (after.0, &found.value), &path, &|_| true),
                        None => self.note(&path, Some((before.0, &entry.value)), None),
                    }
                }
                let is_new = |key: &str| !one.iter().any(|each| each.key.text == key);
                for entry in other.iter().filter(|entry| is_wanted(&entry.key.text) && is_new(&entry.key.text)) {
                    self.note(&below(&entry.key.text), None, Some((after.0, &entry.value)));
                }
            }
            (NodeKind::List(one), NodeKind::List(other)) => {
                for (at, (was, is)) in one.iter().zip(other).enumerate() {
                    self.node((before.0, was), (after.0, is), &format!("{path}[{at}]"), &|_| true);
                }
                let at = one.len().min(other.len());
                let (was, is) = (one.get(at), other.get(at));
                if one.len() != other.len() {
                    self.note(&format!("{path}[{at}]"), was.map(|node| (before.0, node)), is.map(|node| (after.0, node)));
                }
            }
            // Where it stands is no part of what it says.
            (NodeKind::Scalar(one), NodeKind::Scalar(other)) if one == other => {}
            (NodeKind::Null, NodeKind::Null) => {}
            _ => self.note(path, Some(before), Some(after)),
        }
    }
}

fn shown(text: &str) -> String {
    if text.chars().count() <= SHOWN_CHARS_MAX {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHOWN_CHARS_MAX).collect();
    format!("{start}...")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        match Difference::between(before, after) {
            None => "the same".to_owned(),
            Some(Difference { path, before, after }) => format!("{path}: {before:?} -> {after:?}"),
        }
    }

    #[test]
    fn the_first_field_is_named() {
        let texts = [
            (r#"{"a":1}"#, r#"{"a":1}"#),
            (r#"{"a":{"b":[1,2]}}"#, r#"{"a":{"b":[1,3]}}"#),
            (r#"{"a":{"b":[1,2]}}"#, r#"{"a":{"b":[1]}}"#),
            (r#"{"a":1,"b":2}"#, r#"{"a":1}"#),
            (r#"{"a":1}"#, r#"{"a":1,"b":{"c":null}}"#),
            (r#"{"a":"1"}"#, r#"{"a":1}"#),
            (r#"{"a":null}"#, r#"{"a":{}}"#),
            (r#"{"a":1}"#, r#"{ "a":1}"#),
            (r#"{"a":1}"#, "nonsense"),
        ];
        let told: Vec<String> = texts.iter().map(|(before, after)| told(before, after)).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        the same
        a.b[1]: Some("2") -> Some("3")
        a.b[1]: Some("2") -> None
        b: Some("2") -> None
        b: None -> Some("{\"c\":null}")
        a: Some("\"1\"") -> Some("1")
        a: Some("null") -> Some("{}")
        : Some("{\"a\":1}") -> Some("{ \"a\":1}")
        : Some("{\"a\":1}") -> Some("nonsense")
        "#);
    }
}
