//! The bytes of which the digest of a case is taken: short, and the same for the same facts, however they were written. Two cases
//! that differ in any fact differ in their bytes.
//!
//! Hashing the JSON text would take several times as long as deciding.

use crate::value::{Date, DateTime, Decimal, Fact, Money, Place};

/// What can be put into the bytes of a digest, so that nothing else gives the same bytes at the same place.
pub(super) trait Canonical {
    fn put(&self, out: &mut Vec<u8>);
}

impl<T: Canonical> Canonical for Fact<T> {
    #[inline]
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Missing => out.push(0),
            Self::Unknown => out.push(1),
            Self::Known(value) => {
                out.push(2);
                value.put(out);
            }
        }
    }
}

impl Canonical for bool {
    fn put(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }
}

impl Canonical for i64 {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_le_bytes());
    }
}

impl Canonical for Decimal {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.canonical());
    }
}

impl Canonical for Money {
    fn put(&self, out: &mut Vec<u8>) {
        self.amount().put(out);
        self.currency().code().put(out);
    }
}

impl Canonical for str {
    /// No byte of UTF-8 is the one that ends a text here.
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
        out.push(u8::MAX);
    }
}

impl Canonical for String {
    fn put(&self, out: &mut Vec<u8>) {
        self.as_str().put(out);
    }
}

impl Canonical for Place {
    fn put(&self, out: &mut Vec<u8>) {
        self.code().put(out);
    }
}

impl Canonical for Date {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.canonical());
    }
}

impl Canonical for DateTime {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.canonical());
    }
}

impl<T: Canonical> Canonical for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&(self.len() as u64).to_le_bytes());
        for item in self {
            item.put(out);
        }
    }
}
