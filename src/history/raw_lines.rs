//! The lines of a file in pieces of many, cut at their ends and not looked at.

use crate::limits::{DOCUMENT_BYTES_MAX, HISTORY_PIECE_BYTES};
use crate::text::{Code, Diagnostic, Source, Span};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// What of a line that is too long is shown with the finding, in bytes.
const SHOWN_BYTES_MAX: usize = 80;

/// Bytes of a file, in room that is used again and again: nothing has to be cleared before it is read into.
#[derive(Default)]
pub(super) struct Buffer {
    room: Vec<u8>,
    /// So many bytes of it are taken.
    length: usize,
}

impl Buffer {
    pub(super) fn bytes(&self) -> &[u8] {
        self.room.get(..self.length).unwrap_or_default()
    }

    /// Reads on until it holds so many bytes; fewer at the end of the input.
    fn fill(&mut self, input: &mut dyn Read, wanted: usize) -> io::Result<()> {
        if self.room.len() < wanted {
            self.room.resize(wanted, 0);
        }
        while let Some(free) = self.room.get_mut(self.length..wanted).filter(|free| !free.is_empty()) {
            match input.read(free) {
                Ok(0) => break,
                Ok(count) => self.length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Puts what stands behind `end` into another buffer, instead of what that holds.
    fn split_into(&mut self, end: usize, mut other: Self) -> Self {
        let rest = self.bytes().get(end..).unwrap_or_default();
        if other.room.len() < rest.len() {
            other.room.resize(rest.len(), 0);
        }
        other.length = rest.len();
        if let Some(room) = other.room.get_mut(..rest.len()) {
            room.copy_from_slice(rest);
        }
        self.length = self.length.min(end);
        other
    }
}

/// The lines of a file in pieces of many.
pub(super) struct RawLines {
    input: Box<dyn Read>,
    name: Arc<str>,
    /// What was read and not yet handed on: it begins with the beginning of a line.
    begun: Buffer,
    offset: u64,
    /// Lines handed on so far.
    lines: usize,
    at_end: bool,
    /// Why the file cannot be read to its end.
    broken: Option<io::Error>,
}

/// Whole lines with the number of the first, or what is wrong with one and its number.
pub(super) type Taken = Result<(Buffer, usize), (Diagnostic, usize)>;

impl RawLines {
    /// Reads on at a place where a line was seen to begin: so many bytes behind its beginning, after so many lines.
    pub(super) fn open(mut input: Box<dyn Read>, name: &Arc<str>, (offset, lines): (u64, usize)) -> io::Result<Self> {
        io::copy(&mut (&mut input).take(offset), &mut io::sink())?;
        Ok(Self { input, name: name.clone(), begun: Buffer::default(), offset, lines, at_end: false, broken: None })
    }

    /// Where the next piece begins.
    pub(super) fn position(&self) -> (u64, usize) {
        (self.offset, self.lines)
    }

    /// The next piece; nothing at the end of the file. A spare buffer is used where there is one.
    pub(super) fn take(&mut self, spare: &mut Vec<Buffer>) -> Option<Taken> {
        let mut wanted = HISTORY_PIECE_BYTES;
        loop {
            self.fill(wanted);
            let begun = self.begun.bytes();
            if begun.is_empty() {
                let error = self.broken.take()?;
                let message = format!("`{}` cannot be read to its end: {error}", self.name);
                return Some(Err((Diagnostic::global(Code::Unreadable, message), self.lines + 1)));
            }
            if is_too_long(begun) {
                return Some(Err(self.pass_over()));
            }
            if let Some(end) = if self.at_end { Some(begun.len()) } else { behind_last_line(begun) } {
                let first = self.lines + 1;
                return Some(Ok((self.hand_on(end, spare.pop().unwrap_or_default()), first)));
            }
            wanted *= 2;
        }
    }

    /// Reads on until so much is at hand. Of a file that breaks off the whole lines count, and not what is left of the last.
    fn fill(&mut self, wanted: usize) {
        if self.at_end {
            return;
        }
        match self.begun.fill(&mut self.input, wanted) {
            Ok(()) => self.at_end = self.begun.length < wanted,
            Err(error) => {
                self.begun.length = behind_last_line(self.begun.bytes()).unwrap_or(0);
                (self.at_end, self.broken) = (true, Some(error));
            }
        }
    }

    /// Hands on what was begun up to `end`, and begins with the rest.
    fn hand_on(&mut self, end: usize, spare: Buffer) -> Buffer {
        let rest = self.begun.split_into(end, spare);
        let whole = std::mem::replace(&mut self.begun, rest);
        self.offset += whole.length as u64;
        self.lines += newlines(whole.bytes());
        whole
    }

    /// Skips a line that is too long.
    fn pass_over(&mut self) -> (Diagnostic, usize) {
        let number = self.lines + 1;
        let shown = String::from_utf8_lossy(self.begun.bytes().get(..SHOWN_BYTES_MAX).unwrap_or_default()).into_owned();
        loop {
            if let Some(end) = self.begun.bytes().iter().position(|byte| *byte == b'\n') {
                self.hand_on(end + 1, Buffer::default());
                break;
            }
            self.offset += self.begun.length as u64;
            self.begun.length = 0;
            self.fill(HISTORY_PIECE_BYTES);
            if self.begun.length == 0 {
                break;
            }
        }
        let source = Source::at_line(&*self.name, shown, number);
        let message = format!("the line is longer than {DOCUMENT_BYTES_MAX} bytes");
        let finding = Diagnostic::error(Code::TooLarge, &source, Span::default(), message)
            .help("one line holds one case; is the end of a line missing, or a quote never closed?");
        (finding, number)
    }
}

/// Is what was begun one line that is longer than a document may be?
fn is_too_long(begun: &[u8]) -> bool {
    begun.len() > DOCUMENT_BYTES_MAX && !begun.get(..=DOCUMENT_BYTES_MAX).unwrap_or_default().contains(&b'\n')
}

/// Where the last whole line ends, if one does.
fn behind_last_line(bytes: &[u8]) -> Option<usize> {
    bytes.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1)
}

/// How many lines end in it. Few enough are counted at once to fit into a byte, so that many are compared at once.
fn newlines(bytes: &[u8]) -> usize {
    let few = |bytes: &[u8]| bytes.iter().fold(0_u8, |count, byte| count.wrapping_add(u8::from(*byte == b'\n')));
    bytes.chunks(128).map(|bytes| usize::from(few(bytes))).sum()
}

/// The lines without their ends; what stands behind the last end is one too. The search for an end goes over many bytes at once.
pub(super) fn lines_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let mut behind = rest;
        // A text in memory can always be read.
        let length = behind.skip_until(b'\n').ok().filter(|length| *length > 0)?;
        let line = rest.get(..length)?;
        rest = behind;
        Some(line.strip_suffix(b"\n").unwrap_or(line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_cut_at_their_ends() {
        let cut =
            |text: &'static str| -> Vec<&str> { lines_of(text.as_bytes()).map(|line| str::from_utf8(line).unwrap()).collect() };
        assert_eq!(cut("one\n\ntwo\r\nthree"), ["one", "", "two\r", "three"]);
        assert_eq!(cut("one\n"), ["one"]);
        assert_eq!(cut("\n"), [""]);
        assert_eq!(cut(""), [""; 0]);
        assert_eq!(newlines("one\n\ntwo\r\nthree".as_bytes()), 3);
        assert_eq!(newlines(&[b'\n'; 1_000]), 1_000);
    }
}
