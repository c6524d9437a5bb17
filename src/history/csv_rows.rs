//! The rows of a CSV file, one at a time, every cell with its place.
//!
//! The `csv` crate reads a row of any length and gives no places. Here an unclosed quote ends at the bound of a row instead of
//! taking the rest of the file into memory, and a finding can point at the cell.

use super::lines::{Line, Lines, alone, damaged};
use super::mapping::Encoding;
use super::mapping::columns::Writing;
use crate::limits::DOCUMENT_BYTES_MAX;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use std::io::Read;

/// Letters 0x80 to 0x9F of Windows-1252; the five that it leaves open stay control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The rows of a CSV file.
pub(super) struct Rows<R> {
    lines: Lines<R>,
    delimiter: u8,
    encoding: Encoding,
    done: bool,
}

/// One row: its text as a source of its own, and the cells in it.
pub(super) struct Row {
    pub(super) source: Source,
    pub(super) cells: Vec<RawCell>,
}

/// A cell as it stands in its row.
pub(super) struct RawCell {
    /// With its quotes.
    pub(super) span: Span,
    /// What the quotes and doubled quotes in them mean, where there are any.
    unquoted: Option<String>,
    pub(super) writing: Writing,
}

impl Row {
    /// A row whose cells did not come as one text: they are written one behind the other, so that a finding has something to point at.
    #[cfg(feature = "parquet")]
    pub(super) fn of_cells(file: &str, number: usize, cells: &[(String, Writing)]) -> Self {
        let mut text = String::new();
        let mut placed = Vec::new();
        for (at, (cell, writing)) in cells.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { ", " });
            let start = text.len();
            // Whatever ends a line would break what is shown of the row; the value itself keeps it.
            text.extend(cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
            let unquoted = cell.contains(char::is_control).then(|| cell.clone());
            placed.push(RawCell { span: Span::new(start, text.len()), unquoted, writing: *writing });
        }
        Self { source: Source::at_line(file, text, number), cells: placed }
    }

    /// The text of a cell and its place.
    pub(super) fn cell(&self, at: usize) -> Option<(&str, Span)> {
        let cell = self.cells.get(at)?;
        let text = cell.unquoted.as_deref().unwrap_or_else(|| self.source.slice(cell.span));
        Some((text, cell.span))
    }

    /// All of it.
    pub(super) fn whole(&self) -> Span {
        Span::new(0, self.source.text().len())
    }

    fn is_blank(&self) -> bool {
        self.source.text().trim().is_empty()
    }
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: R, name: &str, delimiter: u8, encoding: Encoding) -> Self {
        Self { lines: Lines::new(input, name), delimiter, encoding, done: false }
    }

    pub(super) fn name(&self) -> &str {
        self.lines.name()
    }

    /// Were rows left unread, because nobody can tell where they begin?
    pub(super) fn is_broken_off(&self) -> bool {
        self.done
    }

    /// Where the next row begins: so many bytes behind the first, after so many lines.
    pub(super) fn position(&self) -> (u64, usize) {
        self.lines.position()
    }

    /// Goes on at a place where a row was seen to begin.
    pub(super) fn skip_to(&mut self, offset: u64, lines: usize) -> std::io::Result<()> {
        self.lines.skip_to(offset, lines)
    }

    /// The next row that is not blank. A row that is wrong is reported and the rows behind it are read, unless a quote that is
    /// never closed hides where they begin.
    pub(super) fn next_row(&mut self) -> Option<Result<Row, Diagnostics>> {
        while !self.done {
            match self.lines.next_line()? {
                Err(finding) => return Some(Err(alone(finding))),
                Ok(line) => match self.row(line) {
                    Ok(row) if row.is_blank() => {}
                    read => return Some(read),
                },
            }
        }
        None
    }

    fn row(&mut self, first: Line) -> Result<Row, Diagnostics> {
        let number = first.number;
        let mut text = String::new();
        let mut wrong: Option<(Span, u8)> = None;
        let mut splitter = Splitter::new(self.delimiter);
        let mut line = Some(first);
        while let Some(next) = line.take() {
            self.decode(next, &mut text, &mut wrong);
            splitter.take(&text);
            if splitter.is_open() {
                match self.lines.next_line() {
                    Some(Ok(more)) if text.len() + more.bytes.len() <= DOCUMENT_BYTES_MAX => line = Some(more),
                    Some(Err(finding)) => return Err(alone(finding)),
                    None | Some(Ok(_)) => return Err(alone(self.never_closed(&text, number, splitter.opened))),
                }
            }
        }
        let source = Source::at_line(self.name(), text.trim_end_matches(['\r', '\n']), number);
        if let Some((span, byte)) = wrong {
            let message = format!("the byte 0x{byte:02X} is not UTF-8 text");
            let help = "save the file as UTF-8, or say in the mapping how it was saved: `encoding: latin-1`";
            return Err(alone(Diagnostic::error(Code::BadRow, &source, span, message).help(help)));
        }
        if let Some(span) = splitter.stray {
            let message = "text follows the quote that closes a cell";
            let help = "a quote inside a quoted cell is written twice: `\"5\"\" pipe\"`";
            return Err(alone(Diagnostic::error(Code::BadRow, &source, span, message).help(help)));
        }
        Ok(Row { source, cells: splitter.cells })
    }

    fn decode(&self, line: Line, text: &mut String, wrong: &mut Option<(Span, u8)>) {
        let start = text.len();
        match self.encoding {
            Encoding::Utf8 => match String::from_utf8(line.bytes) {
                Ok(decoded) => text.push_str(&decoded),
                Err(error) => {
                    let (decoded, span, byte) = damaged(error.as_bytes());
                    text.push_str(&decoded);
                    *wrong = wrong.or(Some((Span::new(start + span.start, start + span.end), byte)));
                }
            },
            Encoding::Windows1252 => text.extend(line.bytes.iter().map(|byte| {
                let from_table = byte.checked_sub(0x80).and_then(|at| WINDOWS_1252.get(usize::from(at)));
                from_table.copied().unwrap_or(char::from(*byte))
            })),
        }
        if line.number == 1 && text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
    }

    fn never_closed(&mut self, text: &str, number: usize, opened: usize) -> Diagnostic {
        self.done = true;
        let before = text.get(..opened).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line_number = number + before.matches('\n').count();
        let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let source = Source::at_line(self.name(), line, line_number);
        let at = opened - line_start;
        let message = "the quote that opens here is never closed, so no row behind it can be told from its text";
        Diagnostic::error(Code::BadRow, &source, Span::new(at, at + 1), message)
            .help("close it at the end of the cell; a quote inside a quoted cell is written twice")
    }
}

/// Finds the cells of a row that may come line by line.
struct Splitter {
    delimiter: u8,
    state: State,
    /// Everything before this was looked at.
    at: usize,
    /// Where the present cell begins.
    start: usize,
    /// Where the last quote opened.
    opened: usize,
    /// The present cell holds a doubled quote.
    doubled: bool,
    /// Text behind a closing quote.
    stray: Option<Span>,
    cells: Vec<RawCell>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    Closed,
}

impl Splitter {
    fn new(delimiter: u8) -> Self {
        let cells = Vec::new();
        Self { delimiter, state: State::Start, at: 0, start: 0, opened: 0, doubled: false, stray: None, cells }
    }

    fn is_open(&self) -> bool {
        self.state == State::Quoted
    }

    /// Looks at the text behind what was looked at before; its last line is whole.
    fn take(&mut self, text: &str) {
        let bytes = text.as_bytes();
        while let Some(byte) = bytes.get(self.at).copied() {
            let ends_line = byte == b'\n' || (byte == b'\r' && matches!(bytes.get(self.at + 1), None | Some(b'\n')));
            match (self.state, byte) {
                (State::Quoted, b'"') if bytes.get(self.at + 1) == Some(&b'"') => {
                    self.doubled = true;
                    self.at += 1;
                }
                (State::Quoted, b'"') => self.state = State::Closed,
                (State::Quoted, _) => {}
                (_, _) if ends_line => break,
                (_, byte) if byte == self.delimiter => self.end_cell(text),
                (State::Start, b'"') => {
                    self.state = State::Quoted;
                    self.opened = self.at;
                }
                (State::Start, _) => self.state = State::Plain,
                (State::Closed, byte) if byte != b' ' && self.stray.is_none() => {
                    let width = text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                    self.stray = Some(Span::new(self.at, self.at + width));
                }
                (State::Plain | State::Closed, _) => {}
            }
            self.at += 1;
        }
        if !self.is_open() {
            self.end_cell(text);
        }
    }

    fn end_cell(&mut self, text: &str) {
        let span = Span::new(self.start, self.at);
        let written = text.get(self.start..self.at).unwrap_or_default();
        let unquoted = (self.state == State::Closed).then(|| {
            let inner = written.trim_end().strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(written);
            if self.doubled { inner.replace("\"\"", "\"") } else { inner.to_owned() }
        });
        self.cells.push(RawCell { span, unquoted, writing: Writing::AsMapped });
        self.start = self.at + 1;
        self.state = State::Start;
        self.doubled = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::render_all;
    use std::fmt::Write;

    fn rows(bytes: &[u8]) -> String {
        let mut rows = Rows::new(bytes, "cases.csv", b',', Encoding::Utf8);
        let mut shown = String::new();
        while let Some(row) = rows.next_row() {
            match row {
                Ok(row) => {
                    let cells = (0..row.cells.len()).filter_map(|at| row.cell(at));
                    let cells: Vec<String> =
                        cells.map(|(text, span)| format!("{text:?}@{}", row.source.line_column(span.start).1)).collect();
                    writeln!(shown, "{}: {}", row.source.first_line(), cells.join(" ")).unwrap();
                }
                Err(found) => shown.push_str(&render_all(&found, false)),
            }
        }
        shown
    }

    #[test]
    fn cells_are_told_apart_with_their_places() {
        insta::assert_snapshot!(rows("\u{feff}id,note\r\n1,\"a, \"\"b\"\"\"\r\n\r\n2,5\" pipe\n3,\"two\nlines\",x\n4,\n,\n\"\",ü,é".as_bytes()), @r#"
        1: "id"@1 "note"@4
        2: "1"@1 "a, \"b\""@3
        4: "2"@1 "5\" pipe"@3
        5: "3"@1 "two\nlines"@3 "x"@8
        7: "4"@1 ""@3
        8: ""@1 ""@2
        9: ""@1 "ü"@4 "é"@6
        "#);
    }

    #[test]
    fn a_wrong_row_leaves_the_others_alone() {
        insta::assert_snapshot!(rows(b"1,caf\xe9,x\n2,\"a\"b,c\n3,fine\n"), @r#"
        error[R0703]: the byte 0xE9 is not UTF-8 text
         --> cases.csv:1:6
          |
        1 | 1,caf�,x
          |      ^
          |
          = help: save the file as UTF-8, or say in the mapping how it was saved: `encoding: latin-1`

        1 error
        error[R0703]: text follows the quote that closes a cell
         --> cases.csv:2:6
          |
        2 | 2,"a"b,c
          |      ^
          |
          = help: a quote inside a quoted cell is written twice: `"5"" pipe"`

        1 error
        3: "3"@1 "fine"@3
        "#);
    }

    #[test]
    fn a_quote_that_is_never_closed_ends_the_file() {
        insta::assert_snapshot!(rows(b"1,a\n2,\"b\n3,c\n4,d"), @r#"
        1: "1"@1 "a"@3
        error[R0703]: the quote that opens here is never closed, so no row behind it can be told from its text
         --> cases.csv:2:3
          |
        2 | 2,"b
          |   ^
          |
          = help: close it at the end of the cell; a quote inside a quoted cell is written twice

        1 error
        "#);
    }

    #[test]
    fn the_letters_of_windows_1252() {
        let mut rows = Rows::new(&b"caf\xe9,5 \x80"[..], "cases.csv", b',', Encoding::Windows1252);
        let row = rows.next_row().unwrap().unwrap();
        assert_eq!(row.source.text(), "café,5 €");
    }
}
