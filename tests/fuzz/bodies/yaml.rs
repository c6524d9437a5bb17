//! The reader of YAML, and the formatter, which reads everything that it writes.

use super::findings::{hold, lies_within};
use redress::authoring::format::{NotFormatted, format};
use redress::text::{Diagnostics, Node, NodeKind, Source, yaml};
use std::collections::BTreeSet;

pub(super) fn run(text: &str) {
    let source = Source::new("x.yaml", text);
    let mut found = Diagnostics::new();
    let tree = yaml::parse(&source, &mut found);
    hold(&found);
    assert!(tree.is_some() || !found.is_empty(), "no tree, and not a word about it");
    if let Some(tree) = &tree {
        within(tree, &source);
    }
    match tree.filter(|_| !found.has_errors()) {
        Some(tree) => formatted(text, &tree),
        None => assert!(matches!(format("x.yaml", text), Err(NotFormatted::Unreadable(_))), "it is formatted, but not read"),
    }
}

/// Every node lies within the text, and no mapping has a key twice.
fn within(node: &Node, source: &Source) {
    lies_within(&source.place(node.span));
    match &node.kind {
        NodeKind::Null | NodeKind::Scalar(_) => {}
        NodeKind::List(items) => items.iter().for_each(|item| within(item, source)),
        NodeKind::Map(entries) => {
            let keys: BTreeSet<&str> = entries.iter().map(|entry| entry.key.text.as_str()).collect();
            assert_eq!(keys.len(), entries.len(), "a key stands twice");
            for entry in entries {
                lies_within(&source.place(entry.key.span));
                within(&entry.value, source);
            }
        }
    }
}

/// What can be read can be formatted, says the same, and is formatted then.
pub(super) fn formatted(text: &str, tree: &Node) {
    let once = match format("x.yaml", text) {
        Ok(once) => once,
        Err(refused) => panic!("{refused}: {refused:?}"),
    };
    let mut found = Diagnostics::new();
    let again = yaml::parse(&Source::new("x.yaml", once.as_str()), &mut found);
    let again = again.filter(|_| !found.has_errors()).unwrap_or_else(|| panic!("formatted, it cannot be read: {once}"));
    assert_eq!(said(tree), said(&again), "formatted, it says something else: {once}");
    match format("x.yaml", &once) {
        Ok(twice) => assert_eq!(once, twice, "formatted twice it is not what it was"),
        Err(refused) => panic!("formatted once and not twice: {refused}: {once}"),
    }
}

/// What a document says, keys sorted. Tables are laid out anew, so of them only their letters count.
fn said(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "null".to_owned(),
        NodeKind::Scalar(scalar) if scalar.text.trim_start().starts_with('|') => "a table".to_owned(),
        NodeKind::Scalar(scalar) => format!("{:?}", scalar.text),
        NodeKind::List(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(", ")),
        NodeKind::Map(entries) => {
            let mut entries: Vec<String> =
                entries.iter().map(|entry| format!("{:?}: {}", entry.key.text, said(&entry.value))).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
    }
}
