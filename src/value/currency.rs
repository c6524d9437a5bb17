//! Currencies of ISO 4217.

use super::trouble::Trouble;
use std::fmt;

/// A currency code of ISO 4217 with the number of digits of its minor unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

impl Currency {
    /// Reads a code of three capital letters.
    ///
    /// # Errors
    /// When it is not a currency of ISO 4217.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let known = iso_currency::Currency::from_code(text)
            .ok_or_else(|| Trouble::Text(format!("`{text}` is not a currency code of ISO 4217 (such as USD, EUR, BRL)")))?;
        let bytes = text.as_bytes();
        match bytes {
            [a, b, c] => Ok(Self { code: [*a, *b, *c], digits: u8::try_from(known.exponent().unwrap_or(2)).unwrap_or(2) }),
            _ => Err(Trouble::Text(format!("`{text}` is not a currency code"))),
        }
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// Digits of the minor unit behind the point: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn digits(self) -> u32 {
        u32::from(self.digits)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}
