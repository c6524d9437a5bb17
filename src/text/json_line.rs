//! A value as one line of JSON: the bytes of `serde_json::to_string`, sooner.

mod room;

use room::{Escaping, Room};
use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};
use std::fmt::{Display, Write};

/// The value as one line of JSON. The line grows beyond `room` bytes where that is too little.
///
/// # Errors
/// When a key of a mapping is no text, number, flag or name of a variant, or when a value says that it cannot be written.
pub(crate) fn json_line(value: &(impl Serialize + ?Sized), room: usize) -> Result<String, Unwritable> {
    let mut line = Line(Room::of(room));
    value.serialize(&mut line)?;
    String::from_utf8(line.0.into_bytes()).map_err(ser::Error::custom)
}

/// Why a value cannot be written.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unwritable(String);

impl ser::Error for Unwritable {
    fn custom<T: Display>(why: T) -> Self {
        Self(why.to_string())
    }
}

/// What is written so far.
struct Line(Room);

impl Line {
    /// A number as JSON tells it.
    fn number(&mut self, number: impl itoa::Integer) {
        self.0.put(itoa::Buffer::new().format(number).as_bytes());
    }

    /// A fraction as serde tells it: nothing of ours holds one.
    fn fraction(&mut self, fraction: impl Serialize) -> Result<(), Unwritable> {
        self.0.put(serde_json::to_string(&fraction).map_err(ser::Error::custom)?.as_bytes());
        Ok(())
    }

    /// A key stands from there on. What JSON writes without quotes gets them.
    #[inline]
    fn as_key(&mut self, from: usize) -> Result<(), Unwritable> {
        if self.0.since(from).first() == Some(&b'"') { Ok(()) } else { self.quote_key(from) }
    }

    #[cold]
    fn quote_key(&mut self, from: usize) -> Result<(), Unwritable> {
        let key = self.0.since(from).to_vec();
        if !matches!(key.first(), Some(b'0'..=b'9' | b'-' | b't' | b'f')) {
            return Err(Unwritable("a key has to be a text".to_owned()));
        }
        self.0.back_to(from);
        self.0.put(b"\"");
        self.0.put(&key);
        self.0.put(b"\"");
        Ok(())
    }

    /// The name of a variant, before what it holds.
    fn variant(&mut self, name: &str) {
        self.0.put(b"{");
        self.0.put_quoted(name);
        self.0.put(b":");
    }

    #[inline]
    fn open(&mut self, opening: &[u8], closing: &'static [u8]) -> Open<'_> {
        self.0.put(opening);
        Open { line: self, is_first: true, closing }
    }
}

macro_rules! numbers {
    ($($name:ident: $kind:ty,)+) => {
        $(fn $name(self, value: $kind) -> Result<(), Unwritable> {
            self.number(value);
            Ok(())
        })+
    };
}

impl<'a> Serializer for &'a mut Line {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = Open<'a>;

    fn serialize_bool(self, value: bool) -> Result<(), Unwritable> {
        self.0.put(if value { "true" } else { "false" }.as_bytes());
        Ok(())
    }

    numbers! {
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
    }

    fn serialize_f32(self, value: f32) -> Result<(), Unwritable> {
        self.fraction(value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Unwritable> {
        self.fraction(value)
    }

    fn serialize_char(self, value: char) -> Result<(), Unwritable> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Unwritable> {
        self.0.put_quoted(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Unwritable> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.0.put(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Unwritable> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _name: &'static str, _number: u32, variant: &'static str) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.variant(variant);
        value.serialize(&mut *self)?;
        self.0.put(b"}");
        Ok(())
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Open<'a>, Unwritable> {
        Ok(self.open(b"[", b"]"))
    }

    fn serialize_tuple(self, _len: usize) -> Result<Open<'a>, Unwritable> {
        Ok(self.open(b"[", b"]"))
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Open<'a>, Unwritable> {
        Ok(self.open(b"[", b"]"))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Open<'a>, Unwritable> {
        self.variant(variant);
        Ok(self.open(b"[", b"]}"))
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Open<'a>, Unwritable> {
        Ok(self.open(b"{", b"}"))
    }

    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Open<'a>, Unwritable> {
        Ok(self.open(b"{", b"}"))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        _len: usize,
    ) -> Result<Open<'a>, Unwritable> {
        self.variant(variant);
        Ok(self.open(b"{", b"}}"))
    }

    /// Piece by piece, without a text in between.
    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        self.0.put(b"\"");
        write!(Escaping(&mut self.0), "{value}").map_err(ser::Error::custom)?;
        self.0.put(b"\"");
        Ok(())
    }
}

/// A list or a mapping whose items are being written.
struct Open<'a> {
    line: &'a mut Line,
    is_first: bool,
    closing: &'static [u8],
}

impl Open<'_> {
    fn separate(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.line.0.put(b",");
        }
    }

    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unwritable> {
        self.separate();
        value.serialize(&mut *self.line)
    }

    fn field(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), Unwritable> {
        self.separate();
        self.line.0.put_quoted(name);
        self.line.0.put(b":");
        value.serialize(&mut *self.line)
    }

    fn close(self) {
        self.line.0.put(self.closing);
    }
}

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        self.separate();
        let from = self.line.0.end();
        key.serialize(&mut *self.line)?;
        self.line.as_key(from)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        self.line.0.put(b":");
        value.serialize(&mut *self.line)
    }

    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

macro_rules! lists {
    ($($list:ident: $name:ident,)+) => {
        $(impl $list for Open<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn $name<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                self.item(value)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.close();
                Ok(())
            }
        })+
    };
}

macro_rules! structs {
    ($($form:ident,)+) => {
        $(impl $form for Open<'_> {
            type Ok = ();
            type Error = Unwritable;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unwritable> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Unwritable> {
                self.close();
                Ok(())
            }
        })+
    };
}

lists! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field,
}

structs! {
    SerializeStruct,
    SerializeStructVariant,
}

#[cfg(test)]
mod tests;
