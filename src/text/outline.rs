//! What a document is made of, to take a part of it out or to put one in: the entries of its mappings and the items of its lists,
//! and the rows of its tables.

use super::diagnostic::Diagnostics;
use super::fix::{Edit, Fix, is_plain};
use super::node::{Node, NodeKind};
use super::removal::taken_out;
use super::source::{Part, Place, Source, Span};
use super::yaml;

impl Edit {
    /// Takes out the entry of a mapping whose key or value begins at the place. An entry that is the only one goes with its mapping.
    pub(crate) fn without_entry(place: &Place) -> Option<Self> {
        Self::without_entry_above(place, 0)
    }

    /// The same for an entry around it, so many mappings further out.
    pub(crate) fn without_entry_above(place: &Place, above: usize) -> Option<Self> {
        let parts = parts(&place.source)?;
        let inside = innermost(parts, place)?;
        let at = place.span.start;
        let is_there = |part: &Part| [part.key.start, part.value.start, part.value.start + 1].contains(&at);
        parts.get(inside).filter(|part| is_there(part))?;
        let around = ancestors(parts, inside).filter(|at| parts.get(*at).is_some_and(|part| !part.is_item));
        without(&place.source, parts, around.into_iter().nth(above)?)
    }

    /// Takes out the item of a list that the place is in, or the row of a table.
    pub(crate) fn without_item(place: &Place) -> Option<Self> {
        if place.source.name().ends_with(".csv") {
            return without_row(place, |line| !line.trim().is_empty(), 1);
        }
        if is_row(line_of(place)?.1) {
            let has_rule = |line: &str| line.contains("--") && line.chars().all(|c| " |-:\r\n".contains(c));
            let ruled = place.source.text().lines().any(has_rule);
            return without_row(place, is_row, 1 + usize::from(ruled));
        }
        let parts = parts(&place.source)?;
        without(&place.source, parts, item(parts, place)?)
    }

    /// Another condition in the place of one, in a table or in a rule.
    pub(crate) fn cell(place: &Place, cell: &str) -> Option<Self> {
        let in_table = place.source.name().ends_with(".csv") || is_row(line_of(place)?.1);
        let is_list = cell.starts_with(['[', '{']) && !in_table;
        (is_list || is_plain(cell)).then(|| Self::new(place.clone(), cell))
    }
}

impl Fix {
    /// Takes out the entry of a mapping whose key or value begins at the place.
    pub(crate) fn without_entry(place: &Place, name: &str) -> Option<Self> {
        Self::without_entry_above(place, 0, name)
    }

    /// Takes out an entry around the one at the place, so many mappings further out.
    pub(crate) fn without_entry_above(place: &Place, above: usize, name: &str) -> Option<Self> {
        Edit::without_entry_above(place, above).map(|edit| Self::new(format!("take `{name}` out"), vec![edit]))
    }

    /// Takes out the item of a list that the place is in, or the row of a table.
    pub(crate) fn without_item(place: &Place, name: &str) -> Option<Self> {
        Edit::without_item(place).map(|edit| Self::new(format!("take `{name}` out"), vec![edit]))
    }

    /// Gives a key of the outermost mapping a value; it is added below the first entry if it is not there.
    pub(crate) fn with_key(source: &Source, key: &str, value: &str) -> Option<Self> {
        let parts = parts(source)?;
        let outermost = || parts.iter().filter(|part| part.parent.is_none() && !part.in_flow);
        let title = format!("write `{key}: {value}`");
        if let Some(there) = outermost().find(|part| source.slice(part.key) == key) {
            return Some(Self::new(title, vec![Edit::at(source, there.value, value)]));
        }
        let end = outermost().next()?.whole.end;
        let line = source.text().get(end..)?.split_inclusive('\n').next().filter(|line| line.ends_with('\n'))?;
        let behind = end + line.len();
        Some(Self::new(title, vec![Edit::at(source, Span::new(behind, behind), format!("{key}: {value}\n"))]))
    }

    /// Another text for the value under these keys, in the item of a list that the place is in.
    pub(crate) fn value_in_item(place: &Place, keys: &[&str], text: &str) -> Option<Self> {
        let parts = parts(&place.source)?;
        let mut parent = item(parts, place)?;
        for key in keys {
            let is_it = |part: &Part| part.parent == Some(parent) && place.source.slice(part.key) == *key;
            parent = parts.iter().position(is_it)?;
        }
        let value = place.source.place(parts.get(parent)?.value);
        let key = keys.last()?;
        Self::plain(&value, text).map(|fix| Self { title: format!("write `{key}: {text}`"), ..fix })
    }
}

fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// The innermost item of a list that holds a place.
fn item(parts: &[Part], place: &Place) -> Option<usize> {
    ancestors(parts, innermost(parts, place)?).find(|at| parts.get(*at).is_some_and(|part| part.is_item))
}

/// The parts of a YAML document in the order in which they begin; found once for each source.
fn parts(source: &Source) -> Option<&[Part]> {
    let is_yaml = [".yaml", ".yml"].iter().any(|ending| source.name().ends_with(ending));
    if !is_yaml || source.first_line() != 1 {
        return None;
    }
    let find = || {
        let mut parts = Vec::new();
        if let Some(node) = yaml::parse(source, &mut Diagnostics::new()) {
            collect(source, &node, None, &mut parts);
        }
        parts
    };
    Some(source.parts(find)).filter(|parts| !parts.is_empty())
}

fn collect(source: &Source, node: &Node, parent: Option<usize>, parts: &mut Vec<Part>) {
    let in_flow = source.slice(node.span).starts_with(['{', '[']);
    match &node.kind {
        NodeKind::Map(entries) => {
            for (number, entry) in entries.iter().enumerate() {
                let whole = entry.key.span.to(entry.value.span);
                let next = entries.get(number + 1).map(|next| next.key.span.start);
                let is_alone = entries.len() == 1;
                let part =
                    Part { key: entry.key.span, value: entry.value.span, whole, is_item: false, in_flow, is_alone, next, parent };
                let at = parts.len();
                parts.push(part);
                collect(source, &entry.value, Some(at), parts);
            }
        }
        NodeKind::List(items) => {
            for item in items {
                let dash = if in_flow { item.span.start } else { dash_before(source, item.span.start) };
                let whole = Span::new(dash, item.span.end);
                let is_alone = items.len() == 1;
                let part = Part { key: whole, value: item.span, whole, is_item: true, in_flow, is_alone, next: None, parent };
                let at = parts.len();
                parts.push(part);
                collect(source, item, Some(at), parts);
            }
        }
        NodeKind::Null | NodeKind::Scalar(_) => {}
    }
}

/// The dash of an item of a block list.
fn dash_before(source: &Source, start: usize) -> usize {
    let before = source.text().get(..start).unwrap_or("").trim_end();
    before.strip_suffix('-').map_or(start, str::len)
}

/// The smallest part that holds a place.
fn innermost(parts: &[Part], place: &Place) -> Option<usize> {
    let (from, to) = (place.span.start, place.span.end);
    let last = parts.partition_point(|part| part.whole.start <= from).checked_sub(1)?;
    ancestors(parts, last).find(|at| parts.get(*at).is_some_and(|part| part.whole.start <= from && to <= part.whole.end))
}

/// A part and those around it, from the inside out.
fn ancestors(parts: &[Part], at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(at), |at| parts.get(*at)?.parent)
}

fn without(source: &Source, parts: &[Part], at: usize) -> Option<Edit> {
    let part = ancestors(parts, at).filter_map(|at| parts.get(at)).find(|part| !part.is_alone)?;
    Some(Edit::at(source, taken_out(source, part.whole, part.in_flow, part.next)?, ""))
}

/// The line of a place, and where it begins.
fn line_of(place: &Place) -> Option<(usize, &str)> {
    let text = place.source.text();
    let start = text.get(..place.span.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    Some((start, text.get(start..)?.split_inclusive('\n').next().unwrap_or("")))
}

/// Takes out a row of a table that has others, below its `heads` lines of headings.
fn without_row(place: &Place, is_row: impl Fn(&str) -> bool, heads: usize) -> Option<Edit> {
    let (start, line) = line_of(place)?;
    let text = place.source.text();
    let before = text.get(..start)?.lines().rev().take_while(|line| is_row(line)).count();
    let behind = text.get(start + line.len()..)?.lines().take_while(|line| is_row(line)).count();
    let is_whole = line.matches('"').count() % 2 == 0 && place.span.end <= start + line.len();
    let has_others = before >= heads && before + behind > heads;
    (is_whole && has_others).then(|| Edit::at(&place.source, Span::new(start, start + line.len()), ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fix::apply;

    fn place(name: &str, text: &str, word: &str) -> Place {
        let at = text.find(word).unwrap();
        Source::new(name, text).place(Span::new(at, at + word.len()))
    }

    fn left(edit: Option<Edit>, text: &str) -> String {
        let Some(edit) = edit else { return "none".to_owned() };
        apply(&[Fix::new("", vec![edit])], |_| Some(text)).unwrap().into_values().collect()
    }

    const RULES: &str = "\
decision: fee
rules:
  - {id: a, when: {x: 1, y: 2}, then: {z: 1}}

  - id: b
    when: {x: 1}
    then:
      z: 2
  - id: c
    then: {z: 3}
otherwise: {z: 4}
";

    #[test]
    fn takes_entries_out() {
        let without = |word| left(Edit::without_entry(&place("a.yaml", RULES, word)), RULES);
        insta::assert_snapshot!(without("y: 2"), @"
        decision: fee
        rules:
          - {id: a, when: {x: 1}, then: {z: 1}}

          - id: b
            when: {x: 1}
            then:
              z: 2
          - id: c
            then: {z: 3}
        otherwise: {z: 4}
        ");
        // The only condition goes with its `when`.
        insta::assert_snapshot!(without("x: 1}"), @"
        decision: fee
        rules:
          - {id: a, when: {x: 1, y: 2}, then: {z: 1}}

          - id: b
            then:
              z: 2
          - id: c
            then: {z: 3}
        otherwise: {z: 4}
        ");
        insta::assert_snapshot!(without("otherwise"), @"
        decision: fee
        rules:
          - {id: a, when: {x: 1, y: 2}, then: {z: 1}}

          - id: b
            when: {x: 1}
            then:
              z: 2
          - id: c
            then: {z: 3}
        ");
        insta::assert_snapshot!(without("id: b"), @"
        decision: fee
        rules:
          - {id: a, when: {x: 1, y: 2}, then: {z: 1}}

          - when: {x: 1}
            then:
              z: 2
          - id: c
            then: {z: 3}
        otherwise: {z: 4}
        ");
    }

    #[test]
    fn takes_items_out() {
        let without = |word| left(Edit::without_item(&place("a.yaml", RULES, word)), RULES);
        insta::assert_snapshot!(without("id: a"), @"
        decision: fee
        rules:

          - id: b
            when: {x: 1}
            then:
              z: 2
          - id: c
            then: {z: 3}
        otherwise: {z: 4}
        ");
        insta::assert_snapshot!(without("id: b"), @"
        decision: fee
        rules:
          - {id: a, when: {x: 1, y: 2}, then: {z: 1}}

          - id: c
            then: {z: 3}
        otherwise: {z: 4}
        ");
        insta::assert_snapshot!(without("z: 3"), @"
        decision: fee
        rules:
          - {id: a, when: {x: 1, y: 2}, then: {z: 1}}

          - id: b
            when: {x: 1}
            then:
              z: 2
        otherwise: {z: 4}
        ");
        assert_eq!(without("decision"), "none");
    }

    #[test]
    fn takes_rows_out() {
        let pipes = "table: |\n  | id | => z |\n  |----|------|\n  | a  | 1    |\n  | b  | 2    |\n";
        let without = |text: &str, name: &str, word| left(Edit::without_item(&place(name, text, word)), text);
        assert_eq!(without(pipes, "a.yaml", "| a  "), "table: |\n  | id | => z |\n  |----|------|\n  | b  | 2    |\n");
        assert_eq!(without(pipes, "a.yaml", "id"), "none");
        let csv = "id,=> z\na,1\nb,2\n";
        assert_eq!(without(csv, "a.csv", "b"), "id,=> z\na,1\n");
        assert_eq!(without("id,=> z\na,1\n", "a.csv", "a"), "none");
    }

    #[test]
    fn gives_a_key_a_value() {
        let with = |key, value| {
            left(Fix::with_key(&Source::new("a.yaml", RULES), key, value).and_then(|fix| fix.edits.into_iter().next()), RULES)
        };
        assert!(with("hit", "first").starts_with("decision: fee\nhit: first\nrules:"));
        assert!(with("decision", "other").starts_with("decision: other\nrules:"));
    }
}
