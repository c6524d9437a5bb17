//! A position in a JSON text whose shape is known: values are taken off one by one, borrowed where they can be, each with its place.
//!
//! `serde_json` reads a number with a point through binary floating point and tells no places, so that amounts and the facts of
//! a company would have to be scanned twice. Everything here either takes exactly what the strict reader of documents takes, or
//! gives `None`: then that reader reads the text again and says what is wrong, or that nothing is.

use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_NODES_MAX};
use crate::text::Span;
use std::borrow::Cow;

/// A position in a JSON text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The beginning of a document, unless it could pass a limit of documents.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        // Every key and every value but the first stands behind one of these characters.
        let marks = || text.bytes().filter(|byte| matches!(byte, b'{' | b'[' | b',' | b':')).count();
        let fits = text.len() < DOCUMENT_NODES_MAX || (text.len() <= DOCUMENT_BYTES_MAX && marks() < DOCUMENT_NODES_MAX);
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        fits.then_some(Self { text, at })
    }

    /// Where the next value, key or mark begins.
    #[inline]
    pub(super) fn start(&mut self) -> usize {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte() {
            self.at += 1;
        }
        self.at
    }

    /// Takes what stands at `start` once more.
    pub(super) fn go_back(&mut self, start: usize) {
        self.at = start;
    }

    /// What the next value, key or mark begins with.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        self.start();
        self.byte()
    }

    /// Is this the end of the document?
    pub(super) fn is_done(&mut self) -> bool {
        self.start() == self.text.len()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Passes over `word` when it stands here, where something was looked at.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a word that is known is compared as one number or two")]
    pub(super) fn skip(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word.as_bytes());
        if found {
            self.at += word.len();
        }
        found
    }

    /// What `take` makes of the bytes between two words, with how many of them it takes; else nothing is passed over.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as for one word")]
    pub(super) fn between<T>(&mut self, open: &str, take: impl FnOnce(&[u8]) -> Option<(T, usize)>, close: &str) -> Option<T> {
        let inside = self.rest().strip_prefix(open.as_bytes())?;
        let (taken, count) = take(inside)?;
        let behind = inside.get(count..)?.strip_prefix(close.as_bytes())?;
        self.at = self.text.len() - behind.len();
        Some(taken)
    }

    /// Enters a mapping or a list: is there anything in it?
    #[inline]
    pub(super) fn enter(&mut self, open: u8, close: u8) -> Option<bool> {
        self.mark(open)?;
        if self.peek()? == close {
            self.at += 1;
            return Some(false);
        }
        Some(true)
    }

    /// Behind an entry of a mapping or a list: is there another? Then it begins here.
    #[inline]
    pub(super) fn another(&mut self, close: u8) -> Option<bool> {
        let found = self.peek()?;
        self.at += 1;
        match found {
            b',' => {
                self.start();
                Some(true)
            }
            found if found == close => Some(false),
            _ => None,
        }
    }

    /// Passes over a mark, and what blanks stand before it.
    #[inline]
    pub(super) fn mark(&mut self, mark: u8) -> Option<()> {
        if self.byte() != Some(mark) && self.peek() != Some(mark) {
            return None;
        }
        self.at += 1;
        Some(())
    }

    /// The key of an entry, which is written without escapes.
    #[inline]
    pub(super) fn key(&mut self) -> Option<&'t str> {
        let key = self.plain()?;
        self.mark(b':')?;
        Some(key)
    }

    /// The place of what was taken since `start`.
    pub(super) fn span(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }

    /// A string without escapes.
    #[inline]
    pub(super) fn plain(&mut self) -> Option<&'t str> {
        self.mark(b'"')?;
        let start = self.at;
        self.at += plain_length(self.rest());
        let text = self.text.get(start..self.at)?;
        (self.byte()? == b'"').then(|| {
            self.at += 1;
            text
        })
    }

    /// A string.
    #[inline]
    pub(super) fn string(&mut self) -> Option<Cow<'t, str>> {
        let start = self.start();
        match self.plain() {
            Some(text) => Some(Cow::Borrowed(text)),
            None => self.escaped(start).map(Cow::Owned),
        }
    }

    /// A string with escapes, whose quote stands at `start`; the first backslash comes next.
    #[cold]
    fn escaped(&mut self, start: usize) -> Option<String> {
        while self.byte()? == b'\\' {
            self.at += 2;
            self.at += plain_length(self.rest());
        }
        self.at += 1;
        serde_json::from_str(self.text.get(start..self.at)?).ok()
    }

    /// A number without an exponent, as written.
    #[inline]
    pub(super) fn number(&mut self) -> Option<&'t str> {
        let start = self.start();
        self.at += usize::from(self.byte() == Some(b'-'));
        let first = self.byte();
        let whole = self.digits()?;
        if whole > 1 && first == Some(b'0') {
            return None;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        self.text.get(start..self.at)
    }

    /// Passes over digits, one at least, and counts them.
    #[inline]
    fn digits(&mut self) -> Option<usize> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        (count > 0).then_some(count)
    }
}

/// How many bytes of a string stand before its first quote, backslash or control character.
#[inline]
fn plain_length(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = EACH << 7;
    let mut length = 0;
    while let Some(chunk) = bytes.get(length..).and_then(|rest| rest.first_chunk()) {
        // The high bit of each byte that is looked for, with false alarms only above the first true one. A quote with its second
        // bit turned over stands next to the control characters, which stay among themselves.
        let word = u64::from_le_bytes(*chunk);
        let turned = word ^ (EACH * 2);
        let quote_or_control = turned.wrapping_sub(EACH * 0x21) & !turned;
        let apart = word ^ (EACH * u64::from(b'\\'));
        let found = (quote_or_control | (apart.wrapping_sub(EACH) & !apart)) & HIGH;
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += chunk.len();
    }
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..b' ');
    let rest = bytes.get(length..).unwrap_or_default();
    length + rest.iter().position(special).unwrap_or(rest.len())
}
