//! What a file holds, as a tree of names: decisions with their lets, outputs and rules, guardrails, obligations, parameters, tests,
//! functions of scripts. A file that is broken is told by the lines that name something.

use crate::text::{Diagnostics, Entry, Node, NodeKind, Source, Span, yaml};
use lsp_types::SymbolKind;

/// Something with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// What it is or says, in a few words.
    pub(super) detail: Option<String>,
    pub(super) kind: SymbolKind,
    /// All of it.
    pub(super) whole: Span,
    /// Its name.
    pub(super) at: Span,
    pub(super) inside: Vec<Named>,
}

/// The keys below which a map or a list of named things stands, with what each of these is.
const SECTIONS: [(&str, &str, SymbolKind); 11] = [
    ("params", "parameter", SymbolKind::CONSTANT),
    ("facts", "fact", SymbolKind::FIELD),
    ("let", "let", SymbolKind::VARIABLE),
    ("outputs", "output", SymbolKind::PROPERTY),
    ("settings", "setting", SymbolKind::CONSTANT),
    ("rules", "rule", SymbolKind::FUNCTION),
    ("guardrails", "guardrail", SymbolKind::INTERFACE),
    ("obligations", "obligation", SymbolKind::EVENT),
    ("holds", "hold", SymbolKind::EVENT),
    ("plugins", "plugin", SymbolKind::MODULE),
    ("tests", "policy test", SymbolKind::METHOD),
];

/// The keys whose value is the name of the whole file.
const WHOLES: [(&str, SymbolKind); 4] = [
    ("decision", SymbolKind::CLASS),
    ("bundle", SymbolKind::PACKAGE),
    ("pack", SymbolKind::PACKAGE),
    ("calendar", SymbolKind::ENUM),
];

/// What a file holds.
pub(super) fn outline(source: &Source) -> Vec<Named> {
    if source.name().ends_with(".rhai") {
        return functions(source.text());
    }
    if !source.name().ends_with(".yaml") && !source.name().ends_with(".yml") {
        return Vec::new();
    }
    match yaml::parse(source, &mut Diagnostics::new()) {
        Some(tree) => of_tree(&tree),
        None => of_lines(source.text()),
    }
}

fn of_tree(tree: &Node) -> Vec<Named> {
    let Some(entries) = tree.as_map() else { return Vec::new() };
    let mut inside: Vec<Named> = Vec::new();
    for entry in entries {
        if let Some((_, what, kind)) = SECTIONS.iter().find(|(key, ..)| *key == entry.key.text) {
            inside.push(section(entry, what, *kind));
        } else if ["table", "otherwise", "script", "native"].contains(&entry.key.text.as_str()) {
            inside.push(plain(entry, SymbolKind::STRUCT));
        }
    }
    for (key, kind) in WHOLES {
        let Some(node) = tree.get(key) else { continue };
        let Some(name) = node.as_text() else { continue };
        // A bundle may name the calendar of its country; that does not make it one.
        if key == "calendar" && !inside.is_empty() {
            continue;
        }
        let mut whole = Named {
            name: name.to_owned(),
            detail: Some(key.to_owned()),
            kind,
            whole: tree.span.to(node.span),
            at: node.span,
            inside,
        };
        whole.whole = whole.inside.iter().fold(whole.whole, |span, each| span.to(each.whole));
        return vec![whole];
    }
    // A file of nothing but tests or guardrails is told by these alone.
    match inside.as_slice() {
        [only] => only.inside.clone(),
        _ => inside,
    }
}

fn section(entry: &Entry, what: &str, kind: SymbolKind) -> Named {
    let mut named = plain(entry, SymbolKind::NAMESPACE);
    named.inside = match &entry.value.kind {
        NodeKind::Map(entries) => entries.iter().map(|entry| of_entry(entry, what, kind)).collect(),
        NodeKind::List(items) => items.iter().filter_map(|item| of_item(item, what, kind)).collect(),
        _ => Vec::new(),
    };
    named.detail = None;
    named
}

fn of_entry(entry: &Entry, what: &str, kind: SymbolKind) -> Named {
    let mut named = plain(entry, kind);
    // Parameters stand in groups, as deep as somebody likes.
    if what == "parameter"
        && let NodeKind::Map(entries) = &entry.value.kind
    {
        named.kind = SymbolKind::OBJECT;
        named.detail = None;
        named.inside = entries.iter().map(|entry| of_entry(entry, what, kind)).collect();
    } else if named.detail.is_none() {
        named.detail = entry.value.get("type").and_then(Node::as_text).map(str::to_owned);
    }
    named
}

fn of_item(item: &Node, what: &str, kind: SymbolKind) -> Option<Named> {
    let name = ["id", "name"].iter().find_map(|key| item.get(key))?;
    let detail = item.get("because").or_else(|| item.get("about")).and_then(Node::as_text);
    Some(Named {
        name: name.as_text()?.to_owned(),
        detail: Some(detail.map_or_else(|| what.to_owned(), short)),
        kind,
        whole: item.span.to(name.span),
        at: name.span,
        inside: Vec::new(),
    })
}

fn plain(entry: &Entry, kind: SymbolKind) -> Named {
    Named {
        name: entry.key.text.clone(),
        detail: entry.value.as_text().map(short),
        kind,
        whole: entry.key.span.to(entry.value.span),
        at: entry.key.span,
        inside: Vec::new(),
    }
}

/// The first line, as much of it as fits beside a name.
fn short(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or("");
    let short: String = line.chars().take(60).collect();
    if short.len() < text.trim().len() { format!("{}…", short.trim_end()) } else { short }
}

/// The lines of a broken document that name something.
fn of_lines(text: &str) -> Vec<Named> {
    let mut named = Vec::new();
    for (start, line) in lines(text) {
        let bare = line.trim_start_matches([' ', '-']);
        let Some((key, value)) = bare.split_once(':') else { continue };
        let name = value.trim().trim_matches(['"', '\'']);
        let kind = match key {
            "decision" => SymbolKind::CLASS,
            "bundle" | "pack" => SymbolKind::PACKAGE,
            "id" => SymbolKind::FUNCTION,
            "name" if line.trim_start().starts_with("- ") => SymbolKind::METHOD,
            _ => continue,
        };
        if name.is_empty() {
            continue;
        }
        let at = start + line.find(name).unwrap_or(0);
        let at = Span::new(at, at + name.len());
        let detail = Some(key.to_owned());
        named.push(Named { name: name.to_owned(), detail, kind, whole: at, at, inside: Vec::new() });
    }
    named
}

/// The functions of a script.
fn functions(text: &str) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    for (start, line) in lines(text) {
        if let (Some(last), "}") = (named.last_mut(), line.trim_end()) {
            last.whole.end = start + 1;
        }
        let bare = line.strip_prefix("private ").unwrap_or(line);
        let Some((name, rest)) = bare.strip_prefix("fn ").and_then(|rest| rest.split_once('(')) else { continue };
        let at = start + line.find(name).unwrap_or(0);
        let arguments = rest.split(')').next().unwrap_or("");
        named.push(Named {
            name: name.trim().to_owned(),
            detail: Some(format!("({arguments})")),
            kind: SymbolKind::FUNCTION,
            whole: Span::new(start, start + line.len()),
            at: Span::new(at, at + name.trim_end().len()),
            inside: Vec::new(),
        });
    }
    named
}

/// Every line without its end, and where it begins.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\r', '\n']))
    })
}
