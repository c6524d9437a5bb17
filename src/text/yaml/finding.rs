//! Findings that the readers of both formats share, and how a finding stops the reader.

use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_DEPTH_MAX, DOCUMENT_NODES_MAX};
use crate::text::codes::Code;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::{Source, Span};

/// A finding that stops this reading of the text.
pub(super) enum Mistake {
    /// It can be put right, and the text read again.
    Repairable(Box<Repair>),
    /// It cannot.
    Fatal(Box<Diagnostic>),
}

impl From<Diagnostic> for Mistake {
    fn from(problem: Diagnostic) -> Self {
        Self::Fatal(Box::new(problem))
    }
}

impl From<Repair> for Mistake {
    fn from(repair: Repair) -> Self {
        Self::Repairable(Box::new(repair))
    }
}

/// A finding together with what puts it right.
pub(super) struct Repair {
    /// The finding.
    pub(super) problem: Diagnostic,
    /// ASCII text to put at these bytes, in place of as many others.
    pub(super) replace: Vec<(usize, &'static str)>,
    /// What the scalar that then begins at this byte says.
    pub(super) reading: Option<(usize, String)>,
}

/// A text that is longer than a document may be.
pub(in crate::text) fn too_long(source: &Source) -> Diagnostic {
    let message = format!("the text has {} bytes; a document may have {DOCUMENT_BYTES_MAX}", source.text().len());
    Diagnostic::error(Code::TooLarge, source, Span::default(), message).help("split it into several files")
}

/// A list or mapping that is nested too deeply.
pub(in crate::text) fn too_deep(source: &Source, span: Span) -> Diagnostic {
    let message = format!("lists and mappings are nested more than {DOCUMENT_DEPTH_MAX} levels deep");
    Diagnostic::error(Code::TooLarge, source, span, message).help("is a bracket never closed?")
}

/// One value more than a document may have.
pub(in crate::text) fn too_many_nodes(source: &Source, span: Span) -> Diagnostic {
    let message = format!("the document has more than {DOCUMENT_NODES_MAX} keys and values");
    Diagnostic::error(Code::TooLarge, source, span, message).help("split it into several files")
}

/// A text that says nothing.
pub(in crate::text) fn empty(source: &Source) -> Diagnostic {
    Diagnostic::error(Code::EmptyDocument, source, Span::default(), "the document is empty").help("fill it in or remove the file")
}

/// A key that stands a second time in its mapping.
pub(in crate::text) fn duplicate_key(source: &Source, key: &str, first: Span, second: Span) -> Diagnostic {
    let message = format!("the key `{}` stands twice in this mapping", brief(key));
    Diagnostic::error(Code::DuplicateKey, source, second, message)
        .label(&source.place(first), "first here")
        .help("keep one of them")
}

/// A text as a message shows it: one line, not too long.
pub(super) fn brief(text: &str) -> String {
    const SHOWN_CHARS_MAX: usize = 60;
    let line = text.trim().lines().next().unwrap_or("").trim_end();
    let shown: String = line.chars().take(SHOWN_CHARS_MAX).collect();
    if shown.len() < text.trim().len() { format!("{shown}...") } else { shown }
}
