//! Commas that cut a value between brackets in two: `{amount: = min(base, 50.00)}`.

use std::collections::BTreeMap;

use crate::text::codes::Code;
use crate::text::diagnostic::Diagnostic;
use crate::text::node::{Entry, Node, NodeKind, Scalar, Style};
use crate::text::source::{Source, Span};

use super::finding::brief;
use super::symbol;

/// An entry as written.
pub(super) struct Written {
    /// Key and value.
    pub(super) entry: Entry,
    /// A bare word between brackets, without `:` and value.
    pub(super) stray: bool,
}

/// Puts together what commas cut, and tells of it.
pub(super) struct Commas<'a> {
    source: &'a Source,
    /// What repaired scalars say, by their first byte.
    readings: &'a BTreeMap<usize, String>,
    /// Something could not be put together.
    pub(super) broken: bool,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Commas<'a> {
    pub(super) fn new(source: &'a Source, readings: &'a BTreeMap<usize, String>) -> Self {
        Self { source, readings, broken: false, found: Vec::new() }
    }

    /// Joins the values between braces that a comma cut in two.
    pub(super) fn mend_map(&mut self, entries: Vec<Written>) -> Vec<Entry> {
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        let mut cut: Option<Span> = None;
        let mut lone: Option<Span> = None;
        for Written { entry, stray } in entries {
            if stray {
                let key = entry.key.span;
                let before = kept.last().filter(|_| lone.is_none()).map(|each| &each.value);
                match before.and_then(plain_text) {
                    Some(_) => cut = Some(cut.unwrap_or_else(|| before.map_or(key, |value| value.span)).to(key)),
                    None => lone = Some(lone.unwrap_or(key).to(key)),
                }
                continue;
            }
            self.end_cut(&mut kept, cut.take());
            self.end_lone(lone.take());
            kept.push(entry);
        }
        self.end_cut(&mut kept, cut);
        self.end_lone(lone);
        for entry in &kept {
            if plain_text(&entry.value).is_some_and(is_cut_expression) {
                self.broken = true;
                self.found.push(comma_cut(self.source, entry.value.span));
            }
        }
        kept
    }

    /// Reports a value that commas cut, and joins it.
    fn end_cut(&mut self, kept: &mut [Entry], cut: Option<Span>) {
        let (Some(span), Some(entry)) = (cut, kept.last_mut()) else { return };
        // A repaired symbol has its finding already, and its reading is only the part up to the comma.
        if self.readings.contains_key(&span.start) {
            self.broken = true;
        } else {
            self.found.push(comma_cut(self.source, span));
        }
        entry.value = scalar_node(span, self.source.slice(span).to_owned(), Style::Plain);
    }

    /// Reports words between braces that have no value, and belong to none.
    fn end_lone(&mut self, lone: Option<Span>) {
        let Some(span) = lone else { return };
        self.broken = true;
        let message = format!("`{}` stands in a mapping but has no value", brief(self.source.slice(span)));
        let help = "write `key: value`; a list stands in `[ ]`, and a text that begins with `{` wants quotes";
        self.found.push(Diagnostic::error(Code::CommaCut, self.source, span, message).help(help));
    }

    /// Joins the expressions between square brackets that a comma cut in two.
    pub(super) fn mend_list(&mut self, items: Vec<Node>) -> Vec<Node> {
        let mut kept: Vec<Node> = Vec::with_capacity(items.len());
        let mut cut: Option<(Span, Open)> = None;
        for item in items {
            let text = plain_text(&item);
            cut = match (cut, text) {
                (Some((span, open)), Some(text)) => {
                    let (span, open) = (span.to(item.span), open.after(text));
                    if open.is_closed() {
                        self.end_list_cut(&mut kept, span);
                        None
                    } else {
                        Some((span, open))
                    }
                }
                (before, text) => {
                    if let Some((span, _)) = before {
                        self.end_list_cut(&mut kept, span);
                    }
                    let open = text.filter(|text| text.starts_with('=')).map(|text| Open::default().after(text));
                    let cut = open.filter(|open| !open.is_closed()).map(|open| (item.span, open));
                    kept.push(item);
                    cut
                }
            };
        }
        if let Some((span, _)) = cut {
            self.end_list_cut(&mut kept, span);
        }
        kept
    }

    fn end_list_cut(&mut self, kept: &mut [Node], span: Span) {
        self.found.push(comma_cut(self.source, span));
        if let Some(last) = kept.last_mut() {
            *last = scalar_node(span, self.source.slice(span).to_owned(), Style::Plain);
        }
    }
}

/// A scalar at a place.
pub(super) fn scalar_node(span: Span, text: String, style: Style) -> Node {
    Node { span, kind: NodeKind::Scalar(Scalar { text, style }) }
}

fn plain_text(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar(Scalar { text, style: Style::Plain }) => Some(text),
        _ => None,
    }
}

/// Is this the beginning of an expression, with a parenthesis or a quote still open?
fn is_cut_expression(text: &str) -> bool {
    text.starts_with('=') && leaves_open(text)
}

/// Does a text leave a parenthesis or a quote open? Without quotes of its own it looks between brackets like one that a comma cut in two.
pub(crate) fn leaves_open(text: &str) -> bool {
    !Open::default().after(text).is_closed()
}

/// What a part of an expression leaves open.
#[derive(Clone, Copy, Default)]
struct Open {
    parentheses: usize,
    quote: bool,
}

impl Open {
    fn after(mut self, text: &str) -> Self {
        for c in text.chars() {
            match c {
                '"' => self.quote = !self.quote,
                '(' if !self.quote => self.parentheses += 1,
                ')' if !self.quote => self.parentheses = self.parentheses.saturating_sub(1),
                _ => {}
            }
        }
        self
    }

    fn is_closed(self) -> bool {
        self.parentheses == 0 && !self.quote
    }
}

fn comma_cut(source: &Source, span: Span) -> Diagnostic {
    let written = source.slice(span);
    let what = if written.starts_with('=') { "expression" } else { "value" };
    let message = format!("a comma cuts the {what} `{}` in two", brief(written));
    let help =
        format!("between brackets it wants quotes: `{}`; or write the mapping with a line for each key", symbol::quoted(written));
    Diagnostic::error(Code::CommaCut, source, span, message).help(help).fix(symbol::in_quotes(source, span))
}
