//! The case of a policy test: a case file, overlaid with the facts that the test gives.

use crate::bundle::Written;
use crate::case::{Case, CaseFormat, read_case, read_node};
use crate::text::{Code, Diagnostic, Diagnostics, Entry, Key, Node, NodeKind, Source, json, yaml};

/// The case that a test speaks of.
///
/// # Errors
/// What is wrong with the case file, or with the facts that the test gives.
pub(super) fn case_of(file: Option<&Source>, given: &[(Written<String>, Node)], test: &Source) -> Result<Case, Diagnostics> {
    let mut out = Diagnostics::new();
    let mut document = Node { span: crate::text::Span::default(), kind: NodeKind::Map(Vec::new()) };
    if let Some(source) = file {
        let format = CaseFormat::of_name(source.name()).unwrap_or(CaseFormat::Yaml);
        // Read alone first, so that its own mistakes are shown in its own text.
        read_case(source, format)?;
        let parsed = match format {
            CaseFormat::Yaml => yaml::parse(source, &mut out),
            _ => json::parse(source, &mut out),
        };
        document = parsed.ok_or_else(|| out.clone())?;
    }
    for (path, value) in given {
        let segments: Vec<&str> = path.value.split('.').collect();
        if !set(&mut document, &segments, path, value) {
            let message = format!("`{}` cannot be given: a part of its path is not a mapping", path.value);
            out.push(Diagnostic::at(Code::BadTest, &path.place, message));
        }
    }
    if out.has_errors() { Err(out) } else { read_node(&document, test, out) }
}

/// Sets a fact by its path; `missing` takes it away.
fn set(node: &mut Node, path: &[&str], written: &Written<String>, value: &Node) -> bool {
    let NodeKind::Map(entries) = &mut node.kind else { return false };
    let Some((first, rest)) = path.split_first() else { return false };
    if rest.is_empty() {
        entries.retain(|entry| entry.key.text != *first);
        if value.as_text() != Some("missing") {
            entries.push(entry(first, written, value.clone()));
        }
        return true;
    }
    if entries.iter().all(|entry| entry.key.text != *first || entry.value.is_null()) {
        entries.retain(|entry| entry.key.text != *first);
        let empty = Node { span: written.place.span, kind: NodeKind::Map(Vec::new()) };
        entries.push(entry(first, written, empty));
    }
    entries.iter_mut().find(|entry| entry.key.text == *first).is_some_and(|entry| set(&mut entry.value, rest, written, value))
}

fn entry(name: &str, written: &Written<String>, value: Node) -> Entry {
    Entry { key: Key { text: name.to_owned(), span: written.place.span }, value }
}
