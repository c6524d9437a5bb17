//! JSON in one line, as it is written out: the same bytes that `serde_json` writes, in a part of the time.
//!
//! A decision is nearly all text, and hardly a text of it holds anything that JSON would escape. So a text is looked through a word at a
//! time, and copied as it is.

use serde::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use std::fmt::{self, Write};

/// A value as one line of JSON, in a text with room for so many bytes at first.
///
/// # Errors
/// A value that has no form here: a number of binary floating point, bytes, a key that is no text.
pub(crate) fn json_line<T: Serialize + ?Sized>(value: &T, bytes: usize) -> Result<String, fmt::Error> {
    let mut line = Line { text: String::with_capacity(bytes) };
    value.serialize(&mut line)?;
    Ok(line.text)
}

/// The line as far as it is written.
struct Line {
    text: String,
}

impl Line {
    fn open(&mut self, open: char, close: char) -> Items<'_> {
        self.text.push(open);
        Items { line: self, close, is_first: true }
    }
}

/// The items of a list or an object, as far as they are written.
struct Items<'l> {
    line: &'l mut Line,
    close: char,
    is_first: bool,
}

impl Items<'_> {
    fn next(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.line.text.push(',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> fmt::Result {
        self.next();
        item.serialize(&mut *self.line)
    }

    fn close(self) {
        self.line.text.push(self.close);
    }
}

/// Appends a text, with what JSON escapes escaped.
fn push_escaped(out: &mut String, text: &str) {
    if has_special(text.as_bytes()) {
        push_special(out, text);
    } else {
        out.push_str(text);
    }
}

#[cold]
fn push_special(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((plain, byte, behind)) = split_at_special(rest) {
        out.push_str(plain);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            // Writing to a text never fails.
            other => drop(write!(out, "\\u{other:04x}")),
        }
        rest = behind;
    }
    out.push_str(rest);
}

/// What stands before the first byte that JSON escapes, that byte, and what stands behind it.
fn split_at_special(text: &str) -> Option<(&str, u8, &str)> {
    let bytes = text.as_bytes();
    let at = bytes.iter().position(|byte| is_special(*byte))?;
    Some((text.get(..at)?, *bytes.get(at)?, text.get(at + 1..)?))
}

/// Is there a byte that JSON escapes? Eight are looked at together; the last eight, or twice four of a shorter text, may be looked at
/// twice.
fn has_special(bytes: &[u8]) -> bool {
    let four = |chunk: Option<&[u8; 4]>| chunk.map_or(0, |chunk| u64::from(u32::from_le_bytes(*chunk)));
    match bytes.last_chunk::<8>() {
        Some(last) => bytes.as_chunks::<8>().0.iter().chain([last]).any(|chunk| word_has_special(u64::from_le_bytes(*chunk))),
        None if bytes.len() >= 4 => word_has_special(four(bytes.first_chunk()) | four(bytes.last_chunk()) << 32),
        None => bytes.iter().any(|byte| is_special(*byte)),
    }
}

fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// The same of eight bytes.
fn word_has_special(word: u64) -> bool {
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    // Subtracting a bound sets the high bit of a byte below it, and only such a byte borrows from the next. With one bit turned, the
    // quotation mark stands just behind the control characters, and the space two further.
    let below_quote = (word ^ all(b'"' ^ b' ')).wrapping_sub(all(b' ' + 1));
    let backslash = (word ^ all(b'\\')).wrapping_sub(all(1));
    (below_quote | backslash) & !word & all(0x80) != 0
}

/// Text as somebody else writes it.
struct Escaping<'t>(&'t mut String);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        push_escaped(self.0, text);
        Ok(())
    }
}

macro_rules! as_written {
    ($($name:ident: $kind:ty),+) => {
        $(fn $name(self, value: $kind) -> fmt::Result {
            write!(self.text, "{value}")
        })+
    };
}

macro_rules! refused {
    ($($name:ident: $kind:ty),+) => {
        $(fn $name(self, _: $kind) -> fmt::Result {
            Err(fmt::Error)
        })+
    };
}

impl<'l> Serializer for &'l mut Line {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Items<'l>;
    type SerializeTuple = Items<'l>;
    type SerializeTupleStruct = Impossible<(), fmt::Error>;
    type SerializeTupleVariant = Impossible<(), fmt::Error>;
    type SerializeMap = Items<'l>;
    type SerializeStruct = Items<'l>;
    type SerializeStructVariant = Impossible<(), fmt::Error>;

    as_written! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    }

    refused! { serialize_f32: f32, serialize_f64: f64, serialize_bytes: &[u8] }

    fn serialize_bool(self, value: bool) -> fmt::Result {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_char(self, value: char) -> fmt::Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        self.text.push('"');
        push_escaped(&mut self.text, value);
        self.text.push('"');
        Ok(())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> fmt::Result {
        self.text.push('"');
        write!(Escaping(&mut self.text), "{value}")?;
        self.text.push('"');
        Ok(())
    }

    fn serialize_none(self) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> fmt::Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> fmt::Result {
        let mut object = self.serialize_map(Some(1))?;
        object.serialize_entry(variant, value)?;
        SerializeMap::end(object)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'l>, fmt::Error> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'l>, fmt::Error> {
        Ok(self.open('[', ']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'l>, fmt::Error> {
        Ok(self.open('{', '}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'l>, fmt::Error> {
        Ok(self.open('{', '}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Err(fmt::Error)
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> fmt::Result {
        self.item(item)
    }

    fn end(self) -> fmt::Result {
        self.close();
        Ok(())
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> fmt::Result {
        self.item(item)
    }

    fn end(self) -> fmt::Result {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        self.next();
        let at = self.line.text.len();
        key.serialize(&mut *self.line)?;
        if self.line.text.as_bytes().get(at) == Some(&b'"') { Ok(()) } else { Err(fmt::Error) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.line.text.push(':');
        value.serialize(&mut *self.line)
    }

    fn end(self) -> fmt::Result {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Items<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> fmt::Result {
        self.next();
        // Our own names of fields hold nothing to escape.
        self.line.text.push('"');
        self.line.text.push_str(name);
        self.line.text.push_str("\":");
        value.serialize(&mut *self.line)
    }

    fn end(self) -> fmt::Result {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn any_value() -> impl Strategy<Value = Value> {
        let text = prop_oneof!["[ -~]{0,40}", "[\\x00-\\x7f]{0,40}", any::<String>()];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((text.clone(), inner), 0..6)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_serde_json_writes(value in any_value()) {
            prop_assert_eq!(json_line(&value, 0), Ok(serde_json::to_string(&value).unwrap()));
        }
    }

    #[test]
    fn every_byte_is_found_wherever_it_stands() {
        for len in 0..20 {
            for at in 0..len {
                for byte in 0..=0x7f_u8 {
                    let mut text = vec![b'x'; len];
                    text[at] = byte;
                    let text = String::from_utf8(text).unwrap();
                    assert_eq!(json_line(&text, 0), Ok(serde_json::to_string(&text).unwrap()));
                }
            }
        }
    }

    #[derive(serde::Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
    }

    #[test]
    fn what_types_come_to_is_the_same() {
        fn same(value: &impl Serialize) {
            assert_eq!(json_line(value, 0), Ok(serde_json::to_string(value).unwrap()));
        }
        same(&(Shape::Unit, Shape::Newtype(7), '"', Some(1_i8), None::<u16>, ()));
        same(&std::collections::BTreeMap::from([("a\n", [1_i64; 2]), ("", [0; 2])]));
    }

    #[test]
    fn what_has_no_form_is_refused() {
        assert_eq!(json_line(&1.5_f64, 0), Err(fmt::Error));
        assert_eq!(json_line(&std::collections::BTreeMap::from([(1, 2)]), 0), Err(fmt::Error));
    }
}
