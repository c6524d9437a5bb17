//! Commas, quotes and brackets.

use super::{Dialect, Reader};
use crate::rule::cell::CellError;
use crate::text::{Code, Span};
use crate::value::Kind;
use std::ops::ControlFlow;

impl Reader<'_> {
    /// The alternatives of a whole cell. In YAML a comma belongs to a text or is a mistake: there, alternatives are a list.
    pub(in crate::rule::cell) fn alternatives(&self, whole: Span) -> Result<Vec<Span>, CellError> {
        if self.dialect == Dialect::Table {
            return self.split(whole);
        }
        if matches!(self.item_kind(), Kind::Text) {
            return Ok(vec![whole]);
        }
        let items = self.split(whole)?;
        if items.len() > 1 {
            let items: Vec<&str> = items.iter().map(|item| self.slice(*item)).collect();
            let help = format!("alternatives are a list in YAML: `[{}]`", items.join(", "));
            return Err(CellError::new(Code::BadCell, whole, "several values in one text").help(help));
        }
        Ok(items)
    }

    /// Cuts at the commas outside quotes and brackets.
    pub(super) fn split(&self, span: Span) -> Result<Vec<Span>, CellError> {
        let text = self.slice(span);
        let mut items = Vec::new();
        let mut start = 0;
        let mut depth = 0_usize;
        let unclosed = scan(text, |at, c| {
            let before = text.get(start..at).unwrap_or("").trim();
            match c {
                '(' | '[' if depth > 0 || before.is_empty() || before == "not" => depth += 1,
                ')' | ']' if depth > 0 => depth -= 1,
                ',' if self.is_inside_number(text, at) => return ControlFlow::Break(at),
                ',' if depth == 0 => {
                    items.push(self.trimmed(Span::new(span.start + start, span.start + at)));
                    start = at + 1;
                }
                _ => {}
            }
            ControlFlow::Continue(())
        });
        match unclosed {
            Scan::Stopped(at) => return Err(comma_in_number(text, Span::new(span.start + at, span.start + at + 1))),
            Scan::OpenQuote(at) => {
                let quote = Span::new(span.start + at, span.start + at + 1);
                return Err(CellError::new(Code::BadCell, quote, "a quote is opened and never closed")
                    .help("close it, or write `\\\"` for a quote that belongs to the text"));
            }
            Scan::Whole => {}
        }
        items.push(self.trimmed(Span::new(span.start + start, span.end)));
        if depth > 0 {
            return Err(CellError::new(Code::BadCell, span, "a bracket is opened and never closed"));
        }
        match items.iter().find(|item| item.start == item.end) {
            Some(item) => Err(CellError::new(Code::BadCell, *item, "a value is missing beside a comma")),
            None => Ok(items),
        }
    }

    /// A comma between two digits, without a space, cuts what was meant as one number.
    fn is_inside_number(&self, text: &str, at: usize) -> bool {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        matches!(self.item_kind(), Kind::Integer | Kind::Decimal | Kind::Money | Kind::Duration)
            && is_digit(text.get(..at).and_then(|before| before.chars().next_back()))
            && is_digit(text.get(at + 1..).and_then(|behind| behind.chars().next()))
    }
}

fn comma_in_number(text: &str, comma: Span) -> CellError {
    CellError::new(Code::BadCell, comma, format!("a comma between two digits in `{text}`")).help(
        "numbers are written without separators and with a decimal point (`1000`, `12.50`); between two values stands a comma and a space",
    )
}

enum Scan {
    Whole,
    Stopped(usize),
    OpenQuote(usize),
}

/// Shows `each` the characters outside quotes. A quote opens where a value may begin, not inside a word.
fn scan(text: &str, mut each: impl FnMut(usize, char) -> ControlFlow<usize>) -> Scan {
    let mut open: Option<usize> = None;
    let mut before = ' ';
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match open {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(_) if c == '"' => open = None,
            Some(_) => {}
            None if c == '"' && (before.is_whitespace() || "([,<>=!".contains(before)) => open = Some(at),
            None => {
                if let ControlFlow::Break(at) = each(at, c) {
                    return Scan::Stopped(at);
                }
            }
        }
        before = c;
    }
    open.map_or(Scan::Whole, Scan::OpenQuote)
}

/// The place of the first `word` outside quotes.
pub(super) fn find(text: &str, word: &str) -> Option<usize> {
    match scan(text, |at, _| {
        let found = text.get(at..).is_some_and(|rest| rest.starts_with(word));
        if found { ControlFlow::Break(at) } else { ControlFlow::Continue(()) }
    }) {
        Scan::Stopped(at) => Some(at),
        Scan::Whole | Scan::OpenQuote(_) => None,
    }
}

/// The text between the quotes of an operand that begins with one.
pub(super) fn unquoted(text: &str, span: Span) -> Result<String, CellError> {
    let mut inside = String::with_capacity(text.len());
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some((_, c @ ('"' | '\\'))) => inside.push(c),
                Some((_, c)) => inside.extend(['\\', c]),
                None => inside.push('\\'),
            },
            '"' if at + 1 == text.len() => return Ok(inside),
            '"' => {
                let rest = Span::new(span.start + at + 1, span.end);
                return Err(CellError::new(Code::BadCell, rest, "something stands behind the closing quote")
                    .help("write `\\\"` for a quote that belongs to the text"));
            }
            _ => inside.push(c),
        }
    }
    Err(CellError::new(Code::BadCell, span, "a quote is opened and never closed"))
}
