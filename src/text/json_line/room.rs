//! The bytes of a line while it is written. Room for a text is made once, and then it is filled eight bytes at a time; mostly none of
//! these has to be escaped.

use std::fmt::{self, Write};

/// A line, and behind its end bytes that are written over as it goes on.
pub(super) struct Room {
    bytes: Vec<u8>,
    end: usize,
}

/// Bytes that are looked at together.
const WORD: usize = 8;

impl Room {
    pub(super) fn of(bytes: usize) -> Self {
        Self { bytes: vec![0; bytes], end: 0 }
    }

    /// What was written.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.end);
        self.bytes
    }

    /// Where it ends for now.
    #[inline]
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// What was written from there on.
    #[inline]
    pub(super) fn since(&self, from: usize) -> &[u8] {
        self.bytes.get(from..self.end).unwrap_or_default()
    }

    /// Forgets what was written from there on.
    pub(super) fn back_to(&mut self, end: usize) {
        self.end = end.min(self.end);
    }

    /// Goes on by so many bytes, which are still to be written.
    #[inline]
    fn next(&mut self, len: usize) -> &mut [u8] {
        let (from, to) = (self.end, self.end + len);
        if to > self.bytes.len() {
            self.grow(to);
        }
        self.end = to;
        self.bytes.get_mut(from..to).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self, to: usize) {
        self.bytes.resize(to.saturating_mul(2), 0);
    }

    /// Bytes as they are.
    #[inline]
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.next(bytes.len()).iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    }

    /// A text in quotes.
    pub(super) fn put_quoted(&mut self, text: &str) {
        let from = self.end;
        if let [before, inside @ .., behind] = self.next(text.len() + 2) {
            (*before, *behind) = (b'"', b'"');
            if copy(text.as_bytes(), inside) {
                return;
            }
        }
        self.end = from;
        self.put(b"\"");
        self.put_escaped(text);
        self.put(b"\"");
    }

    /// A text inside of quotes.
    fn put_inside(&mut self, text: &str) {
        let from = self.end;
        if !copy(text.as_bytes(), self.next(text.len())) {
            self.end = from;
            self.put_escaped(text);
        }
    }

    /// A text inside of quotes, byte by byte.
    #[cold]
    fn put_escaped(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                b'"' | b'\\' => self.put(&[b'\\', byte]),
                0x08 => self.put(b"\\b"),
                0x0c => self.put(b"\\f"),
                b'\n' => self.put(b"\\n"),
                b'\r' => self.put(b"\\r"),
                b'\t' => self.put(b"\\t"),
                0..b' ' => self.put(format!("\\u{byte:04x}").as_bytes()),
                _ => self.put(&[byte]),
            }
        }
    }
}

/// Writes as it is what is written piece by piece.
impl Write for Room {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.put(piece.as_bytes());
        Ok(())
    }
}

/// Escapes what is written piece by piece.
pub(super) struct Escaping<'a>(pub(super) &'a mut Room);

impl Write for Escaping<'_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        self.0.put_inside(piece);
        Ok(())
    }
}

/// Copies a text of which nothing has to be escaped. Where something has to be, it stops anywhere and says so.
#[inline]
fn copy(text: &[u8], to: &mut [u8]) -> bool {
    if let Some(last) = text.last_chunk::<WORD>() {
        for (word, place) in text.as_chunks().0.iter().zip(to.as_chunks_mut().0) {
            if !is_clean(u64::from_ne_bytes(*word)) {
                return false;
            }
            *place = *word;
        }
        // The last word takes in what whole words leave over, and overlaps the one before.
        if let Some(place) = to.last_chunk_mut() {
            *place = *last;
        }
        return is_clean(u64::from_ne_bytes(*last));
    }
    // Two halves of a word, which may overlap.
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        if let Some(place) = to.first_chunk_mut() {
            *place = *first;
        }
        if let Some(place) = to.last_chunk_mut() {
            *place = *last;
        }
        let [first, last] = [first, last].map(|half| u64::from(u32::from_ne_bytes(*half)));
        return is_clean(first << u32::BITS | last);
    }
    let mut clean = true;
    for (byte, place) in text.iter().zip(to) {
        *place = *byte;
        clean &= *byte >= b' ' && !matches!(byte, b'"' | b'\\');
    }
    clean
}

/// Is none of eight bytes a quote, a backslash or a control?
#[inline]
fn is_clean(word: u64) -> bool {
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; WORD])
    }
    // The quote and the space change places, so that a control or a quote lies below one bound; a backslash becomes zero.
    let (swapped, zeroed) = (word ^ each(b'"' ^ b' '), word ^ each(b'\\'));
    // Where a byte lies below what is taken off, its highest bit is set; where none does, none is.
    let below = swapped.wrapping_sub(each(b' ' + 1)) & !swapped;
    let zero = zeroed.wrapping_sub(each(1)) & !zeroed;
    (below | zero) & each(0x80) == 0
}
