//! Where each character of a scalar stands in the file that it is written in.

use super::source::{Place, Span};

/// The file's offset of each byte of a text that a scalar says.
///
/// YAML folds lines and takes indentation, quotes, escapes and block headers away; tables and CSV files double quotes and escape bars.
/// What is left are the same characters in the same order, white space apart, so both are walked side by side.
#[derive(Clone, Debug)]
pub(crate) struct Alignment {
    /// For each byte of the text that begins a character which is not white space: where that character begins in the file, and
    /// where it ends.
    at: Vec<Option<(usize, usize)>>,
}

impl Alignment {
    /// Finds `text` in what stands at `place`; nothing where they do not say the same, as after a mistake that was put right.
    pub(crate) fn of(text: &str, place: &Place) -> Option<Self> {
        let raw = place.source.slice(place.span);
        let quote = raw.chars().next().filter(|first| {
            matches!(first, '"' | '\'') && raw.len() > 1 && raw.ends_with(*first) && !text.trim_start().starts_with(*first)
        });
        let mut reader = Raw { rest: raw, base: place.span.start, quote };
        if quote.is_some() {
            reader.skip(1);
        }
        let mut at = vec![None; text.len()];
        for (start, wanted) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let found = reader.find(wanted)?;
            *at.get_mut(start)? = Some(found);
        }
        Some(Self { at })
    }

    /// The place in the file of a range of the text that begins and ends with something other than white space.
    pub(crate) fn span(&self, part: Span) -> Option<Span> {
        let inside = self.at.get(part.start..part.end)?;
        let (start, _) = (*inside.first()?)?;
        let (_, end) = inside.iter().rev().find_map(|at| *at)?;
        Some(Span::new(start, end))
    }
}

/// What is left of a scalar as written.
struct Raw<'a> {
    rest: &'a str,
    base: usize,
    quote: Option<char>,
}

impl Raw<'_> {
    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or("");
        self.base += bytes;
    }

    /// Takes the next character that is not white space, if it is the one that is wanted.
    fn find(&mut self, wanted: char) -> Option<(usize, usize)> {
        loop {
            let (says, length) = self.next()?;
            let start = self.base;
            self.skip(length);
            match says {
                Some(c) if c == wanted => return Some((start, start + length)),
                Some(c) if !c.is_whitespace() => {
                    // A bar that a table escapes.
                    if c == '\\' && wanted == '|' && self.rest.starts_with('|') {
                        continue;
                    }
                    return None;
                }
                _ => {}
            }
        }
    }

    /// What the next character says, nothing where it only joins lines, and how many bytes it takes.
    fn next(&self) -> Option<(Option<char>, usize)> {
        let first = self.rest.chars().next()?;
        match self.quote {
            Some(quote) if first == quote && self.rest.get(1..)?.starts_with(quote) => Some((Some(quote), 2)),
            Some('"') if first == '\\' => escape(self.rest),
            _ => Some((Some(first), first.len_utf8())),
        }
    }
}

/// An escape of a double-quoted scalar.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let kind = rest.get(1..)?.chars().next()?;
    let coded = |digits: usize| {
        let code = rest.get(2..2 + digits)?;
        Some((Some(char::from_u32(u32::from_str_radix(code, 16).ok()?)?), 2 + digits))
    };
    match kind {
        '\n' | '\r' => Some((None, 2)),
        'n' | 't' | 'r' | 'v' | 'f' | ' ' | '\t' | 'N' | '_' | 'L' | 'P' => Some((Some(' '), 2)),
        '0' | 'a' | 'b' | 'e' => Some((Some('\u{0}'), 2)),
        'x' => coded(2),
        'u' => coded(4),
        'U' => coded(8),
        other => Some((Some(other), 1 + other.len_utf8())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    /// What the file says where a word of the text stands.
    fn found(file: &str, text: &str, word: &str) -> Option<String> {
        let source = Source::new("file", file);
        let alignment = Alignment::of(text, &source.place(Span::new(0, file.len())))?;
        let start = text.find(word)?;
        alignment.span(Span::new(start, start + word.len())).map(|span| source.slice(span).to_owned())
    }

    #[test]
    fn words_are_found_as_they_are_written() {
        assert_eq!(found("= min(a, b)", "= min(a, b)", "b").as_deref(), Some("b"));
        assert_eq!(found("'= it''s + b'", "= it's + b", "b").as_deref(), Some("b"));
        assert_eq!(found("\"= \\\"a\\\" + \\u0062\"", "= \"a\" + b", "b").as_deref(), Some("\\u0062"));
        assert_eq!(found("= one\n    + two", "= one + two", "two").as_deref(), Some("two"));
        assert_eq!(found("a \\| b", "a | b", "b").as_deref(), Some("b"));
        assert_eq!(found(">= 100", "at least 100", "100"), None);
    }
}
