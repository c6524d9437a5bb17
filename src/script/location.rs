//! From Rhai's positions (line and column, no length) to places in a bundle's file.

use crate::text::{Place, Source, Span};
use rhai::Position;

/// The place of what stands at a position of a script file.
pub(crate) fn in_file(source: &Source, position: Position) -> Place {
    let text = source.text();
    let start = offset(text, position).unwrap_or(0);
    source.place(Span::new(start, start + token_length(text.get(start..).unwrap_or(""))))
}

/// Finds positions of an expression in the file that it is written in.
///
/// YAML folds lines and takes indentation, quotes and block headers away, so the expression's text and the file differ in white
/// space; the other characters are the same, in the same order. Where they are not (escapes in a quoted scalar), every position
/// is the whole scalar.
pub(crate) struct Locator<'a> {
    text: &'a str,
    place: &'a Place,
    written: Written,
}

/// Where the text stands in the file.
enum Written {
    /// As it is, from this offset on.
    Whole(usize),
    /// Over several lines: the file's offset of every character that is not white space.
    Spread(Vec<usize>),
    /// Nowhere.
    Otherwise,
}

impl Written {
    fn find(text: &str, place: &Place) -> Self {
        let slice = place.source.slice(place.span);
        if let Some(at) = slice.find(text) {
            return Self::Whole(place.span.start + at);
        }
        let wanted: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let written: Vec<(usize, char)> = slice.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let found = written
            .windows(wanted.len().max(1))
            .find(|window| window.iter().map(|(_, c)| c).eq(wanted.iter()))
            .map(|window| window.iter().map(|(at, _)| place.span.start + at).collect());
        found.map_or(Self::Otherwise, Self::Spread)
    }
}

impl<'a> Locator<'a> {
    pub(crate) fn new(text: &'a str, place: &'a Place) -> Self {
        Self { text, place, written: Written::find(text, place) }
    }

    pub(crate) fn place(&self, position: Position) -> Place {
        offset(self.text, position).and_then(|start| self.span(start)).unwrap_or_else(|| self.place.clone())
    }

    fn span(&self, start: usize) -> Option<Place> {
        let rest = self.text.get(start..)?.trim_start();
        // Behind the end stands the last character.
        let rest = if rest.is_empty() { last_solid(self.text)? } else { rest };
        let start = self.text.len() - rest.len();
        let token = rest.get(..token_length(rest))?.trim_end();
        match &self.written {
            Written::Whole(begin) => Some(self.place.source.place(Span::new(begin + start, begin + start + token.len()))),
            Written::Spread(offsets) => {
                let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
                let first = solid(self.text.get(..start)?);
                let begin = *offsets.get(first)?;
                let end = *offsets.get(first + solid(token) - 1)?;
                let width = self.place.source.text().get(end..)?.chars().next().map_or(1, char::len_utf8);
                Some(self.place.source.place(Span::new(begin, end + width)))
            }
            Written::Otherwise => None,
        }
    }
}

/// A text from its last character that is not white space.
fn last_solid(text: &str) -> Option<&str> {
    let at = text.char_indices().rev().find(|(_, c)| !c.is_whitespace())?.0;
    text.get(at..)
}

/// The byte offset of a position, counted as Rhai counts: lines and characters from one.
pub(crate) fn offset(text: &str, position: Position) -> Option<usize> {
    let line = position.line()?;
    let column = position.position().unwrap_or(1).max(1);
    let begin = match line {
        1 => 0,
        _ => text.match_indices('\n').nth(line - 2).map(|(at, _)| at + 1)?,
    };
    let rest = text.get(begin..)?;
    let within = rest.char_indices().nth(column - 1).map_or(rest.len(), |(at, _)| at);
    Some(begin + within)
}

/// How long the token at the beginning of a text is: a dotted name or number, a text, or an operator.
fn token_length(text: &str) -> usize {
    let run = |take: fn(char) -> bool| text.find(|c| !take(c)).unwrap_or(text.len());
    match text.chars().next() {
        None => 0,
        Some('"' | '`') => {
            let quote = text.get(..1).unwrap_or("");
            let line = text.lines().next().unwrap_or("");
            line.get(1..).and_then(|rest| rest.find(quote)).map_or(line.len(), |at| at + 2)
        }
        Some(c) if c.is_alphanumeric() || c == '_' => {
            let run = run(|c| c.is_alphanumeric() || c == '_' || c == '.');
            text.get(..run).map_or(run, |token| token.trim_end_matches('.').len())
        }
        Some(c) if "=<>!&|?+-*/%.".contains(c) => run(|c| "=<>!&|?+-*/%.".contains(c)),
        Some(c) => c.len_utf8(),
    }
}
