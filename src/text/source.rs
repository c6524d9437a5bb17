//! A named text and places in it.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// A half-open range of bytes in one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to before `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A text with a name (usually its path as the reader knows it); cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    inner: Arc<Inner>,
}

struct Inner {
    name: String,
    text: String,
    /// Number of the text's first line in its file, less one: a line of JSON Lines knows where it stands.
    lines_before: usize,
    /// Where each line begins; found when it is asked for, as it is only where something is wrong.
    line_starts: OnceLock<Vec<usize>>,
    /// What it is made of; found when something is to be taken out.
    parts: OnceLock<Vec<Part>>,
}

/// An entry of a mapping or an item of a list, in a document.
#[derive(Debug)]
pub(super) struct Part {
    /// The key of an entry.
    pub(super) key: Span,
    pub(super) value: Span,
    /// From the key, or from the dash of an item, to the end of the value.
    pub(super) whole: Span,
    pub(super) is_item: bool,
    /// It stands between brackets.
    pub(super) in_flow: bool,
    /// Its mapping or list has no other.
    pub(super) is_alone: bool,
    /// Where the entry behind it begins.
    pub(super) next: Option<usize>,
    /// The part that it belongs to, by its number.
    pub(super) parent: Option<usize>,
}

impl PartialEq for Inner {
    fn eq(&self, other: &Self) -> bool {
        (self.lines_before, &self.name, &self.text) == (other.lines_before, &other.name, &other.text)
    }
}

impl Eq for Inner {}

impl Source {
    /// A source from its name and its whole text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::at_line(name, text, 1)
    }

    /// A source whose text begins at the (1-based) line `first_line` of the named file.
    pub fn at_line(name: impl Into<String>, text: impl Into<String>, first_line: usize) -> Self {
        let lines_before = first_line.saturating_sub(1);
        let (line_starts, parts) = (OnceLock::new(), OnceLock::new());
        Self { inner: Arc::new(Inner { name: name.into(), text: text.into(), lines_before, line_starts, parts }) }
    }

    /// The name, usually a path.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// Number of the first line of this text in its file (1 unless the text is a part of a file).
    #[must_use]
    pub fn first_line(&self) -> usize {
        self.inner.lines_before + 1
    }

    /// The 1-based line and column (in characters) of a byte offset.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let newlines = || self.inner.text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = self.inner.line_starts.get_or_init(|| std::iter::once(0).chain(newlines()).collect());
        let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or(0);
        let offset = offset.min(self.inner.text.len());
        let before = self.inner.text.get(start..offset).unwrap_or("");
        (self.inner.lines_before + line + 1, before.chars().count() + 1)
    }

    /// What it is made of, found the first time that it is asked for.
    pub(super) fn parts(&self, find: impl FnOnce() -> Vec<Part>) -> &[Part] {
        self.inner.parts.get_or_init(find)
    }

    /// The text that a span covers; empty when the span does not fit.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.inner.text.get(span.start..span.end).unwrap_or("")
    }

    /// The part of the text nearest to a span that somebody else counted: it ends with the text, and cuts no letter.
    #[must_use]
    pub(crate) fn fitted(&self, span: Span) -> Span {
        let text = &self.inner.text;
        let mut start = span.start.min(text.len());
        let mut end = span.end.clamp(start, text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Span { start, end }
    }

    /// The place of a span in this source.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        Place { source: self.clone(), span }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Source({:?}, {} bytes)", self.inner.name, self.inner.text.len())
    }
}

/// A span of a source: where something stands.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub source: Source,
    /// The range in it.
    pub span: Span,
}

impl Place {
    /// 1-based line and column of the beginning.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.span.start)
    }
}

impl fmt::Display for Place {
    /// `file:line:column`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(out, "{}:{line}:{column}", self.source.name())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}
