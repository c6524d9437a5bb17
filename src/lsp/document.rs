//! A text that is open in the editor: it counts, not what lies on the disk.

use super::position::{Encoding, Ruler};
use lsp_types::{TextDocumentContentChangeEvent, Uri};
use std::sync::Arc;

/// An open text.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// As the client writes it, so that it knows it again.
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: Arc<str>,
}

impl Document {
    /// Carries out what was typed, change by change: each counts in the text that the one before it left.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        let mut text = self.text.to_string();
        for change in changes {
            match change.range {
                Some(range) => {
                    let span = Ruler::new(&text, encoding).span(range);
                    text.replace_range(span.start..span.end, &change.text);
                }
                None => text = change.text,
            }
        }
        self.text = text.into();
        self.version = version;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};
    use std::str::FromStr;

    fn typed(text: &str, encoding: Encoding, changes: &[(u32, u32, u32, u32, &str)]) -> String {
        let uri = Uri::from_str("file:///a.yaml").unwrap();
        let mut document = Document { uri, version: 1, text: text.into() };
        let changes = changes.iter().map(|(line, column, end_line, end_column, text)| TextDocumentContentChangeEvent {
            range: Some(Range::new(Position::new(*line, *column), Position::new(*end_line, *end_column))),
            range_length: None,
            text: (*text).to_owned(),
        });
        document.change(2, changes.collect(), encoding);
        assert_eq!(document.version, 2);
        document.text.to_string()
    }

    #[test]
    fn changes_follow_each_other() {
        let text = typed("a: 1\nb: 2\n", Encoding::Utf16, &[(0, 3, 0, 4, "😀"), (0, 5, 0, 5, "!"), (1, 0, 2, 0, "")]);
        assert_eq!(text, "a: 😀!\n");
    }

    #[test]
    fn the_ends_of_lines_stay_what_they_are() {
        assert_eq!(typed("a: 1\r\nb: é2\r\n", Encoding::Utf16, &[(1, 4, 1, 5, "3")]), "a: 1\r\nb: é3\r\n");
        assert_eq!(typed("a: 1\r\nb: é2\r\n", Encoding::Utf8, &[(1, 5, 1, 6, "3")]), "a: 1\r\nb: é3\r\n");
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_an_insertion() {
        assert_eq!(typed("abc", Encoding::Utf16, &[(0, 2, 0, 1, "x")]), "abxc");
    }
}
