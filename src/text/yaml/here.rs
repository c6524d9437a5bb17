//! Where the reader stood when the parser stopped, and the place of the error.

use crate::text::codes::Code;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::{Source, Span};

use super::finding::Mistake;

/// Where the reader stood when the parser stopped.
#[derive(Clone, Copy, Default)]
pub(super) struct Context {
    /// End of what was read.
    pub(super) read_to: usize,
    /// The innermost open bracket, if the reader is between brackets.
    pub(super) open: Option<Span>,
    /// The last scalar without quotes.
    pub(super) plain: Option<Span>,
    /// The last bracketed list or mapping that was closed outside of all others.
    pub(super) closed: Option<Span>,
    /// The last key of a mapping that is not between brackets.
    pub(super) key: Option<Span>,
}

impl Context {
    /// The same where the parser stopped, which may be further than it told of: it looks ahead to find the end of a key.
    pub(super) fn ahead(mut self, text: &str, at: usize) -> Self {
        let mut open: Vec<Span> = self.open.into_iter().collect();
        // Beginning of the value without quotes that is being read, and the end of what was seen of it.
        let mut plain: Option<Span> = None;
        let mut before = ' ';
        let mut quote: Option<char> = None;
        let mut in_comment = false;
        for (index, c) in text.get(self.read_to..at).unwrap_or("").char_indices() {
            let here = Span::new(self.read_to + index, self.read_to + index + c.len_utf8());
            let begins = before.is_whitespace() || matches!(before, '[' | '{' | ',' | ':');
            match c {
                '\n' => (in_comment, plain) = (false, plain.filter(|_| in_comment)),
                _ if in_comment => {}
                _ if quote.is_some() => quote = quote.filter(|quote| *quote != c || before == '\\'),
                '#' if before.is_whitespace() => in_comment = true,
                '"' | '\'' if begins && plain.is_none() => quote = Some(c),
                '[' | '{' if !open.is_empty() || (begins && plain.is_none()) => {
                    (open, plain) = (pushed(open, here), None);
                }
                ']' | '}' if !open.is_empty() => (open, plain) = (popped(open), None),
                ',' if !open.is_empty() => plain = None,
                ' ' | '\t' | '\r' => plain = plain.filter(|_| before != ':'),
                '-' | ':' | '?' if plain.is_none() => {}
                _ => plain = Some(plain.map_or(here, |plain| plain.to(here))),
            }
            before = c;
        }
        self.open = open.last().copied();
        self.plain = plain.or(self.plain);
        self
    }
}

fn pushed(mut open: Vec<Span>, bracket: Span) -> Vec<Span> {
    open.push(bracket);
    open
}

fn popped(mut open: Vec<Span>) -> Vec<Span> {
    open.pop();
    open
}

/// The place of an error and the rest of its line.
pub(super) struct Here<'a> {
    pub(super) source: &'a Source,
    pub(super) at: usize,
    pub(super) rest_of_line: Span,
}

impl Here<'_> {
    pub(super) fn fatal(&self, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        self.fatal_at(self.rest_of_line, message, help)
    }

    pub(super) fn fatal_char(&self, c: char, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        self.fatal_at(Span::new(self.at, (self.at + c.len_utf8()).min(self.source.text().len())), message, help)
    }

    pub(super) fn fatal_at(&self, span: Span, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake::from(Diagnostic::error(Code::Syntax, self.source, span, message).help(help))
    }
}

/// From a byte to the end of its line, without the white space there.
pub(super) fn rest_of_line(source: &Source, at: usize) -> Span {
    let rest = source.text().get(at..).unwrap_or("");
    Span::new(at, at + rest.lines().next().unwrap_or("").trim_end().len())
}

/// The beginning of the line that a byte is on.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}
