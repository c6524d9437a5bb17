//! Reading the mappings of a document: which keys it has, and findings about them.

use super::target::NoTarget;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Entry, Node, NodeKind, Source, Span};

/// The document and what was found in it.
pub(crate) struct Shape<'s> {
    pub(crate) source: &'s Source,
    pub(crate) out: Diagnostics,
}

impl Shape<'_> {
    pub(crate) fn report(&mut self, code: Code, span: Span, path: &str, message: impl Into<String>, help: Option<String>) {
        self.out.push(Diagnostic::error(code, self.source, span, message).path(path).help_opt(help));
    }

    pub(crate) fn no_target(&mut self, span: Span, path: &str, reason: NoTarget) {
        self.report(Code::UnknownFact, span, path, reason.message, reason.help);
    }

    /// The entries of a mapping, or a finding that says what was wanted instead.
    pub(crate) fn entries<'n>(&mut self, node: &'n Node, path: &str, help: &str) -> Option<&'n [Entry]> {
        if let Some(entries) = node.as_map() {
            return Some(entries);
        }
        let message = format!("`{path}` wants a mapping, found {}", node.describe());
        self.report(Code::BadValue, node.span, path, message, Some(help.to_owned()));
        None
    }

    /// Reports every key of a mapping that is not among the known ones.
    pub(crate) fn only_keys(&mut self, entries: &[Entry], known: &[&str], path: &str) {
        for entry in entries {
            let key = entry.key.text.as_str();
            if !known.contains(&key) {
                let near = did_you_mean(key, known.iter().copied());
                let help = near.or_else(|| Some(format!("known here are `{}`", known.join("`, `"))));
                self.report(Code::UnknownKey, entry.key.span, path, format!("there is no key `{key}` here"), help);
            }
        }
    }

    /// The text under a key, and its place.
    pub(crate) fn text<'n>(&mut self, node: &'n Node, key: &str, path: &str) -> Option<(&'n str, Span)> {
        let value = node.get(key)?;
        match &value.kind {
            NodeKind::Scalar(scalar) if !scalar.text.is_empty() => Some((&scalar.text, value.span)),
            _ => {
                let message = format!("`{key}` wants a text, found {}", describe(value));
                self.report(Code::BadValue, value.span, path, message, None);
                None
            }
        }
    }

    /// A text that some function reads; `None` when the key is absent or its value was reported.
    pub(crate) fn parsed<T>(
        &mut self,
        node: &Node,
        key: &str,
        path: &str,
        read: impl FnOnce(&str) -> Result<T, (String, Option<String>)>,
    ) -> Option<T> {
        let (text, span) = self.text(node, key, path)?;
        match read(text) {
            Ok(value) => Some(value),
            Err((message, help)) => {
                self.report(Code::BadValue, span, path, message, help);
                None
            }
        }
    }
}

fn describe(node: &Node) -> String {
    if node.as_text() == Some("") { "an empty text".to_owned() } else { node.describe() }
}
