//! Places in a text as editors count them: lines from 0, and columns in the units that client and server agreed on.

use crate::text::Span;
use lsp_types::{Position, PositionEncodingKind, Range};

/// What a column counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16: what a client counts that says nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The one that is used, of those that a client offers: bytes where it can, as that is how places are kept here.
    pub(super) fn agree(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offered = offered.unwrap_or_default();
        let known = [(PositionEncodingKind::UTF8, Self::Utf8), (PositionEncodingKind::UTF32, Self::Utf32)];
        let found = known.into_iter().find(|(kind, _)| offered.contains(kind));
        found.filter(|_| !offered.is_empty()).map_or(Self::Utf16, |(_, encoding)| encoding)
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn units(self, char: char) -> usize {
        match self {
            Self::Utf8 => char.len_utf8(),
            Self::Utf16 => char.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A text with its lines, to count in.
#[derive(Debug)]
pub(super) struct Ruler<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Ruler<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        // A line ends with `\n`, `\r\n` or a `\r` that stands alone.
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts, encoding }
    }

    /// The line without its end.
    fn line(&self, number: usize) -> &'t str {
        let start = self.starts.get(number).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches(['\r', '\n'])
    }

    /// Where a byte stands.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let inside = self.line(line);
        let before = inside.char_indices().take_while(|(at, _)| start + at < offset);
        let column: usize = before.map(|(_, char)| self.encoding.units(char)).sum();
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// The byte at a position. A column behind the end of its line is that end, a line behind the last one the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line) else { return self.text.len() };
        let (inside, mut left) = (self.line(line), usize::try_from(position.character).unwrap_or(usize::MAX));
        for (at, char) in inside.char_indices() {
            // A column within a character is that character.
            let units = self.encoding.units(char);
            if left < units {
                return start + at;
            }
            left -= units;
        }
        start + inside.len()
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `x` behind what bytes, UTF-16 and characters count differently.
    const TEXT: &str = "é😀x\r\nß: 1\rend\n";

    #[test]
    fn a_column_counts_what_was_agreed_on() {
        let at = |encoding| Ruler::new(TEXT, encoding).position(TEXT.find('x').unwrap());
        assert_eq!(at(Encoding::Utf8), Position::new(0, 6));
        assert_eq!(at(Encoding::Utf16), Position::new(0, 3));
        assert_eq!(at(Encoding::Utf32), Position::new(0, 2));
    }

    #[test]
    fn every_character_is_found_where_it_stands() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let ruler = Ruler::new(TEXT, encoding);
            for (at, char) in TEXT.char_indices().filter(|(_, char)| !['\r', '\n'].contains(char)) {
                assert_eq!(ruler.offset(ruler.position(at)), at, "{char:?} in {encoding:?}");
            }
            assert_eq!(ruler.starts.len(), 4);
        }
    }

    #[test]
    fn what_lies_outside_is_pulled_in() {
        let ruler = Ruler::new(TEXT, Encoding::Utf16);
        assert_eq!(ruler.offset(Position::new(0, 99)), TEXT.find('\r').unwrap());
        assert_eq!(ruler.offset(Position::new(99, 0)), TEXT.len());
        // Between the two halves of a character that UTF-16 writes as two.
        assert_eq!(ruler.offset(Position::new(0, 2)), TEXT.find('😀').unwrap());
    }

    #[test]
    fn utf_8_is_taken_where_it_is_offered() {
        use PositionEncodingKind as Kind;
        assert_eq!(Encoding::agree(None), Encoding::Utf16);
        assert_eq!(Encoding::agree(Some(&[Kind::UTF16])), Encoding::Utf16);
        assert_eq!(Encoding::agree(Some(&[Kind::UTF16, Kind::UTF8])), Encoding::Utf8);
        assert_eq!(Encoding::agree(Some(&[Kind::UTF32, Kind::UTF16])), Encoding::Utf32);
    }
}
