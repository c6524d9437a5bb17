//! The lines of a file in pieces of many, cut at their ends and not looked at.

use crate::limits::{DOCUMENT_BYTES_MAX, HISTORY_PIECE_BYTES};
use crate::text::{Code, Diagnostic, Source, Span};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// What of a line that is too long is shown with the finding, in bytes.
const SHOWN_BYTES_MAX: usize = 80;

/// The lines of a file in pieces of many.
pub(super) struct RawLines {
    input: Box<dyn Read>,
    name: Arc<str>,
    /// What was read and not yet handed on: it begins with the beginning of a line.
    begun: Vec<u8>,
    offset: u64,
    /// Lines handed on so far.
    lines: usize,
    at_end: bool,
    /// Why the file cannot be read to its end.
    broken: Option<io::Error>,
}

/// Whole lines with the number of the first, or what is wrong with one and its number.
pub(super) type Taken = Result<(Vec<u8>, usize), (Diagnostic, usize)>;

impl RawLines {
    /// Reads on at a place where a line was seen to begin: so many bytes behind its beginning, after so many lines.
    pub(super) fn open(mut input: Box<dyn Read>, name: &Arc<str>, (offset, lines): (u64, usize)) -> io::Result<Self> {
        io::copy(&mut (&mut input).take(offset), &mut io::sink())?;
        Ok(Self { input, name: name.clone(), begun: Vec::new(), offset, lines, at_end: false, broken: None })
    }

    /// Where the next piece begins.
    pub(super) fn position(&self) -> (u64, usize) {
        (self.offset, self.lines)
    }

    /// The next piece; nothing at the end of the file.
    pub(super) fn take(&mut self) -> Option<Taken> {
        let mut wanted = HISTORY_PIECE_BYTES;
        loop {
            self.fill(wanted);
            if self.begun.is_empty() {
                let error = self.broken.take()?;
                let message = format!("`{}` cannot be read to its end: {error}", self.name);
                return Some(Err((Diagnostic::global(Code::Unreadable, message), self.lines + 1)));
            }
            if self.is_too_long() {
                return Some(Err(self.pass_over()));
            }
            let last = self.begun.iter().rposition(|byte| *byte == b'\n').map(|at| at + 1);
            if let Some(end) = if self.at_end { Some(self.begun.len()) } else { last } {
                let first = self.lines + 1;
                let rest = self.begun.split_off(end);
                return Some(Ok((self.hand_on(rest), first)));
            }
            wanted *= 2;
        }
    }

    /// Is what was begun one line that is longer than a document may be?
    fn is_too_long(&self) -> bool {
        self.begun.len() > DOCUMENT_BYTES_MAX && !self.begun.get(..=DOCUMENT_BYTES_MAX).unwrap_or_default().contains(&b'\n')
    }

    /// Reads on until so much is at hand. Of a file that breaks off the whole lines count, and not what is left of the last.
    fn fill(&mut self, wanted: usize) {
        let missing = wanted.saturating_sub(self.begun.len());
        if self.at_end || missing == 0 {
            return;
        }
        match (&mut self.input).take(missing as u64).read_to_end(&mut self.begun) {
            Ok(count) => self.at_end = count < missing,
            Err(error) => {
                let whole = self.begun.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
                self.begun.truncate(whole);
                (self.at_end, self.broken) = (true, Some(error));
            }
        }
    }

    /// Hands on what was begun, and begins with the rest.
    fn hand_on(&mut self, rest: Vec<u8>) -> Vec<u8> {
        let whole = std::mem::replace(&mut self.begun, rest);
        self.offset += whole.len() as u64;
        self.lines += newlines(&whole);
        whole
    }

    /// Skips a line that is too long.
    fn pass_over(&mut self) -> (Diagnostic, usize) {
        let number = self.lines + 1;
        let shown = String::from_utf8_lossy(self.begun.get(..SHOWN_BYTES_MAX).unwrap_or_default()).into_owned();
        loop {
            if let Some(end) = self.begun.iter().position(|byte| *byte == b'\n') {
                let rest = self.begun.split_off(end + 1);
                self.hand_on(rest);
                break;
            }
            self.offset += self.begun.len() as u64;
            self.begun.clear();
            self.fill(HISTORY_PIECE_BYTES);
            if self.begun.is_empty() {
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
