//! The lines of a reader, one at a time, none of them longer than a document may be.

use crate::limits::DOCUMENT_BYTES_MAX;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use std::io::{BufRead, BufReader, Read};

/// What of a line that is too long is shown with the finding, in bytes.
const SHOWN_BYTES_MAX: usize = 80;

/// The lines of a reader.
pub(super) struct Lines<R> {
    input: BufReader<R>,
    name: String,
    /// Lines read so far.
    count: usize,
    /// Bytes read so far.
    offset: u64,
    done: bool,
}

/// One line with its end (`\n`, `\r\n`, or nothing at the end of the file).
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) bytes: Vec<u8>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R, name: &str) -> Self {
        Self { input: BufReader::new(input), name: name.to_owned(), count: 0, offset: 0, done: false }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Where the next line begins: so many bytes behind the first, after so many lines.
    pub(super) fn position(&self) -> (u64, usize) {
        (self.offset, self.count)
    }

    /// Goes on at a place where a line was seen to begin.
    pub(super) fn skip_to(&mut self, offset: u64, lines: usize) -> std::io::Result<()> {
        let ahead = offset.saturating_sub(self.offset);
        std::io::copy(&mut (&mut self.input).take(ahead), &mut std::io::sink())?;
        (self.offset, self.count) = (offset, lines);
        Ok(())
    }

    /// The next line; a line that is too long is reported and passed over, a reader that fails ends the lines.
    pub(super) fn next_line(&mut self) -> Option<Result<Line, Diagnostic>> {
        if self.done {
            return None;
        }
        let mut bytes = Vec::new();
        let most = DOCUMENT_BYTES_MAX + 1;
        let read = (&mut self.input).take(most as u64).read_until(b'\n', &mut bytes);
        match read {
            Err(error) => Some(Err(self.unreadable(&error))),
            Ok(0) => {
                self.done = true;
                None
            }
            Ok(count) => {
                self.count += 1;
                self.offset += count as u64;
                if count < most || bytes.ends_with(b"\n") {
                    return Some(Ok(Line { number: self.count, bytes }));
                }
                Some(Err(self.pass_over(&bytes)))
            }
        }
    }

    fn unreadable(&mut self, error: &std::io::Error) -> Diagnostic {
        self.done = true;
        Diagnostic::global(Code::Unreadable, format!("`{}` cannot be read: {error}", self.name))
    }

    /// Skips the rest of a line that is too long.
    fn pass_over(&mut self, begun: &[u8]) -> Diagnostic {
        loop {
            let (taken, ended) = match self.input.fill_buf() {
                Err(error) => return self.unreadable(&error),
                Ok([]) => (0, true),
                Ok(buffer) => match buffer.iter().position(|byte| *byte == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (buffer.len(), false),
                },
            };
            self.input.consume(taken);
            self.offset += taken as u64;
            if ended {
                break;
            }
        }
        let shown = String::from_utf8_lossy(begun.get(..SHOWN_BYTES_MAX).unwrap_or_default()).into_owned();
        let source = Source::at_line(self.name.as_str(), shown, self.count);
        let message = format!("the line is longer than {DOCUMENT_BYTES_MAX} bytes");
        Diagnostic::error(Code::TooLarge, &source, Span::default(), message)
            .help("one line holds one case; is the end of a line missing, or a quote never closed?")
    }
}

/// The text of a line, or the finding that it is not UTF-8. A byte-order mark before the first line is taken away.
pub(super) fn utf8(line: Line, name: &str) -> Result<(usize, String), Diagnostics> {
    let number = line.number;
    match String::from_utf8(line.bytes) {
        Ok(text) => {
            let bare = if number == 1 { text.strip_prefix('\u{feff}').map(str::to_owned) } else { None };
            Ok((number, bare.unwrap_or(text)))
        }
        Err(error) => {
            let (text, span, byte) = damaged(error.as_bytes());
            let source = Source::at_line(name, text.trim_end_matches(['\r', '\n']), number);
            let message = format!("the byte 0x{byte:02X} is not UTF-8 text");
            Err(alone(Diagnostic::error(Code::BadRow, &source, span, message).help("save the file as UTF-8")))
        }
    }
}

/// Bytes that are not UTF-8 as a text to show, with the place and the value of the first wrong byte.
pub(super) fn damaged(bytes: &[u8]) -> (String, Span, u8) {
    let start = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let text = String::from_utf8_lossy(bytes).into_owned();
    let span = Span::new(start, start + '\u{fffd}'.len_utf8());
    (text, span, bytes.get(start).copied().unwrap_or_default())
}

/// One finding as the findings of a row.
pub(super) fn alone(finding: Diagnostic) -> Diagnostics {
    let mut out = Diagnostics::new();
    out.push(finding);
    out
}
