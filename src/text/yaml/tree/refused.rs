//! What YAML offers and a document may not use: tags, anchors, aliases, a key that stands twice.

use std::collections::BTreeMap;

use crate::text::codes::Code;
use crate::text::diagnostic::Diagnostic;
use crate::text::fix::{Edit, Fix};
use crate::text::node::{Entry, Key, Node, NodeKind, Style};
use crate::text::removal::taken_out;
use crate::text::source::Span;

use super::super::comma::scalar_node;
use super::super::finding::{brief, duplicate_key};
use super::super::symbol;
use super::{Taken, Tree, WrittenKey};

impl Tree<'_> {
    /// Keeps the first of entries with the same key.
    pub(super) fn unique(&mut self, entries: Vec<Entry>, in_flow: bool) -> Vec<Entry> {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut repeated = Vec::new();
        for (index, Entry { key, value }) in entries.iter().enumerate() {
            match seen.get(key.text.as_str()) {
                Some(first) => {
                    let span = taken_out(self.source, key.span.to(value.span), in_flow, None);
                    let edit = span.map(|span| Edit::at(self.source, span, ""));
                    let fix = edit.map(|edit| Fix::new("take the second one out", vec![edit]));
                    self.found.push(duplicate_key(self.source, &key.text, *first, key.span).fix(fix));
                    repeated.push(index);
                }
                None => {
                    seen.insert(&key.text, key.span);
                }
            }
        }
        let mut index = 0;
        entries
            .into_iter()
            .filter(|_| {
                index += 1;
                repeated.binary_search(&(index - 1)).is_err()
            })
            .collect()
    }

    /// Reports the tag of a scalar and gives what the scalar was meant to be.
    pub(super) fn tagged(&mut self, node: Node, tag: Span) -> Node {
        let whole = tag.to(node.span);
        let written = self.source.slice(tag);
        let is_empty = node.span.start == node.span.end;
        let operand = if is_empty { None } else { node.as_text() };
        let is_word = !written.starts_with("!!") && !written.starts_with("!<");
        let words = match operand {
            Some(operand) if matches!(written, "!" | "!=") => Some(format!("not {operand}")),
            None if is_empty && is_word => symbol::word_form(written),
            _ => None,
        };
        let Some(words) = words else {
            let problem = symbol::refused_tag(self.source, tag);
            self.found.push(problem);
            return node;
        };
        self.found.push(symbol::tag(self.source, whole, &words));
        scalar_node(whole, words, Style::Plain)
    }

    pub(super) fn anchor(&mut self, id: usize, name: &str, span: Span) {
        let message = format!("`&{}` is a YAML anchor, and anchors are refused", brief(name));
        let help = "remove it and write the value out wherever it holds; a text that begins with `&` wants quotes";
        self.anchors.insert(id, self.found.len());
        // What uses it would be left without a value.
        let is_used = self.source.text().contains(&format!("*{name}"));
        let fix = (!is_used).then(|| symbol::removed(self.source, span).safe());
        self.found.push(Diagnostic::error(Code::YamlFeature, self.source, span, message).help(help).fix(fix));
    }

    /// An alias whose anchor is reported already is a part of that finding.
    pub(super) fn alias(&mut self, id: Option<usize>, span: Span) -> Taken {
        self.broken = true;
        let anchor = id.and_then(|id| self.anchors.get(&id)).and_then(|index| self.found.get_mut(*index));
        match anchor {
            Some(problem) if problem.labels.is_empty() => {
                problem.labels.push(crate::text::Label { place: self.source.place(span), text: "used here".to_owned() });
            }
            Some(_) => {}
            None => {
                let message = format!("`{}` is a YAML alias, and aliases are refused", brief(self.source.slice(span)));
                let help = "a text that begins with `*` wants quotes";
                self.found.push(Diagnostic::error(Code::YamlFeature, self.source, span, message).help(help));
            }
        }
        if self.wants_key() {
            self.count(span)?;
            self.set_key(WrittenKey { key: Key { text: String::new(), span }, refused: true });
            return Ok(());
        }
        self.place(Node { span, kind: NodeKind::Null })
    }
}
