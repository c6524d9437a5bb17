//! Text laid out for a terminal: words wrapped at a width, continuation lines indented, ink only where it is wanted.

use crate::text::steers;
use unicode_width::UnicodeWidthStr;

/// How a piece of text is coloured on a terminal that shows colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// As the terminal writes.
    Plain,
    /// What a reader looks for first.
    Bold,
    /// What a reader looks at last.
    Dim,
    /// All is well.
    Good,
    /// Somebody should look.
    Attention,
    /// Something is wrong or forbidden.
    Bad,
}

impl Ink {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("\u{1b}[1m"),
            Self::Dim => Some("\u{1b}[2m"),
            Self::Good => Some("\u{1b}[1;32m"),
            Self::Attention => Some("\u{1b}[1;33m"),
            Self::Bad => Some("\u{1b}[1;31m"),
        }
    }
}

const RESET: &str = "\u{1b}[0m";

/// A text under construction.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub(crate) fn new(width: usize, colour: bool) -> Self {
        Self { text: String::new(), width, colour }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A block of lines, set off by an empty line; nothing at all when it writes nothing.
    pub(crate) fn block(&mut self, write: impl FnOnce(&mut Self)) {
        let before = self.text.len();
        write(self);
        if before > 0 && self.text.len() > before {
            self.text.insert(before, '\n');
        }
    }

    /// A paragraph: `lead` stands before its first line, `hang` before every other one.
    ///
    /// Pieces stand beside each other as they come: a space between two of them is part of one of them. Any white space
    /// may become a line break; a word that is longer than the line stays whole, so that it can be copied. Without a word,
    /// nothing is written.
    pub(crate) fn flow(&mut self, lead: &str, hang: &str, pieces: &[(Ink, &str)]) {
        let words = words(pieces);
        if words.is_empty() {
            return;
        }
        let mut column = self.write(Ink::Dim, lead);
        let mut is_first = true;
        for word in words {
            let width: usize = word.iter().map(|(_, text)| text.width()).sum();
            if is_first {
                is_first = false;
            } else if column + 1 + width > self.width {
                self.text.push('\n');
                column = self.write(Ink::Dim, hang);
            } else {
                self.text.push(' ');
                column += 1;
            }
            for (ink, text) in &word {
                column += self.write(*ink, text);
            }
        }
        self.end_line();
    }

    /// One line that is never wrapped.
    pub(crate) fn line(&mut self, pieces: &[(Ink, &str)]) {
        for (ink, text) in pieces {
            self.write(*ink, &visible(text));
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        self.text.push('\n');
    }

    /// Writes and gives the width written.
    fn write(&mut self, ink: Ink, text: &str) -> usize {
        match ink.code().filter(|_| self.colour && !text.trim().is_empty()) {
            Some(code) => {
                self.text.push_str(code);
                self.text.push_str(text);
                self.text.push_str(RESET);
            }
            None => self.text.push_str(text),
        }
        text.width()
    }
}

/// The words of a paragraph; a word may change its ink in the middle.
fn words(pieces: &[(Ink, &str)]) -> Vec<Vec<(Ink, String)>> {
    let mut all = Vec::new();
    let mut word: Vec<(Ink, String)> = Vec::new();
    for (ink, text) in pieces {
        let mut rest = *text;
        while let Some(at) = rest.find(char::is_whitespace) {
            let (part, after) = rest.split_at(at);
            if !part.is_empty() {
                word.push((*ink, visible(part)));
            }
            if !word.is_empty() {
                all.push(std::mem::take(&mut word));
            }
            rest = after.trim_start();
        }
        if !rest.is_empty() {
            word.push((*ink, visible(rest)));
        }
    }
    if !word.is_empty() {
        all.push(word);
    }
    all
}

/// Without characters that a terminal would obey or that turn the direction of what follows.
pub(crate) fn visible(text: &str) -> String {
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// Padded with spaces on its right to a width in columns.
pub(crate) fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Padded with spaces on its left to a width in columns.
pub(crate) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// Cut to a width in columns, with an ellipsis where something is missing.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() + 1 > width {
            kept.pop();
            break;
        }
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_words_and_indents_what_follows() {
        let mut page = Page::new(24, false);
        page.flow(
            "why  ",
            "     ",
            &[(Ink::Plain, "the same purchase stands "), (Ink::Bold, "twice"), (Ink::Plain, ", once too often")],
        );
        page.flow("", "", &[(Ink::Plain, "a-path/that-is-longer/than-the-line.yaml:12:5 ends")]);
        assert_eq!(
            page.into_text(),
            "why  the same purchase\n     stands twice, once\n     too often\na-path/that-is-longer/than-the-line.yaml:12:5\nends\n"
        );
    }

    #[test]
    fn colours_only_when_asked_to() {
        let mut page = Page::new(80, true);
        page.flow("", "", &[(Ink::Bold, "twice"), (Ink::Plain, ", plain")]);
        assert_eq!(page.into_text(), "\u{1b}[1mtwice\u{1b}[0m, plain\n");
    }

    #[test]
    fn a_case_cannot_steer_the_terminal() {
        let mut page = Page::new(80, true);
        page.flow("", "", &[(Ink::Plain, "a\u{1b}[2Jb\u{202e}c")]);
        page.line(&[(Ink::Plain, "\u{7}")]);
        assert_eq!(page.into_text(), "a\u{fffd}[2Jb\u{fffd}c\n\u{fffd}\n");
    }

    #[test]
    fn pads_and_cuts_by_columns() {
        assert_eq!([left("é", 3), right("日本", 6), cut("日本語の", 5), cut("abc", 3)], ["é  ", "  日本", "日本…", "abc"]);
    }
}
