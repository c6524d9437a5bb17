//! Text as a reader meets it, word by word, each with its place: what the guard looks at.

use crate::text::Span;

/// A word, or the end of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// In lower case, as written otherwise.
    Word { lower: String, text: String, span: Span },
    /// Something that is printed where the case is known.
    Printed,
    /// Nothing is said across it.
    Break,
}

/// Words in the order in which they are read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prose {
    pub(crate) tokens: Vec<Token>,
}

impl Prose {
    /// The words of a text that begins at a byte of its source.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        let mut prose = Self::default();
        prose.add(text, offset);
        prose
    }

    /// Adds text that begins at a byte of its source.
    pub(crate) fn add(&mut self, text: &str, offset: usize) {
        let mut start: Option<usize> = None;
        let mut lines = 0;
        for (at, c) in text.char_indices() {
            // A point or comma between two digits belongs to the number.
            let joins = matches!(c, '.' | ',' | '\'' | '’') && start.is_some() && {
                let after = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
                let before = text.get(..at).and_then(|before| before.chars().next_back());
                let digits = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
                digits || (matches!(c, '\'' | '’') && after.is_some_and(char::is_alphabetic))
            };
            if c.is_alphanumeric() || joins {
                start.get_or_insert(at);
                lines = 0;
                continue;
            }
            if let Some(start) = start.take() {
                self.word(text, start, at, offset);
            }
            if c == '\n' {
                lines += 1;
            }
            if matches!(c, '.' | '!' | '?' | ';' | ':' | '¿' | '¡') || lines == 2 {
                self.tokens.push(Token::Break);
            }
        }
        if let Some(start) = start {
            self.word(text, start, text.len(), offset);
        }
    }

    fn word(&mut self, text: &str, start: usize, end: usize, offset: usize) {
        let word = text.get(start..end).unwrap_or_default();
        self.tokens.push(Token::Word {
            lower: word.to_lowercase().replace('’', "'"),
            text: word.to_owned(),
            span: Span::new(offset + start, offset + end),
        });
    }

    /// Something is printed here.
    pub(crate) fn print(&mut self) {
        self.tokens.push(Token::Printed);
    }

    /// What follows is not read in one go with what stands before.
    pub(crate) fn break_off(&mut self) {
        self.tokens.push(Token::Break);
    }

    /// The words with their places.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, Span)> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Word { text, span, .. } => Some((text.as_str(), *span)),
            Token::Printed | Token::Break => None,
        })
    }
}
