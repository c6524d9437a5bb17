//! Currencies of ISO 4217.

use super::trouble::Trouble;
use std::fmt;
use std::sync::LazyLock;

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
        let code = text.as_bytes().try_into().ok();
        code.and_then(Self::of_code)
            .ok_or_else(|| Trouble::Text(format!("`{text}` is not a currency code of ISO 4217 (such as USD, EUR, BRL)")))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("???")
    }

    /// The currency of three letters.
    pub(crate) fn of_code(code: [u8; 3]) -> Option<Self> {
        let number = |[first, second, third]: [u8; 3]| u32::from_be_bytes([0, first, second, third]);
        let at = KNOWN.binary_search_by_key(&number(code), |known| number(known.code)).ok()?;
        KNOWN.get(at).copied()
    }

    /// Is it written so?
    #[inline]
    pub(crate) fn has_code(self, code: [u8; 3]) -> bool {
        code == self.code
    }

    /// Tells it from every other, and is never zero.
    #[inline]
    pub(crate) fn mark(self) -> u32 {
        let [first, second, third] = self.code;
        u32::from_le_bytes([first, second, third, self.digits])
    }

    /// The currency of a mark; zero marks none.
    #[inline]
    pub(crate) fn of_mark(mark: u32) -> Option<Self> {
        let [first, second, third, digits] = mark.to_le_bytes();
        (mark != 0).then_some(Self { code: [first, second, third], digits })
    }

    /// Digits of the minor unit behind the point: 2 for USD, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn digits(self) -> u32 {
        u32::from(self.digits)
    }
}

/// All currencies by their codes: the crate that knows them compares a code with one after the other.
static KNOWN: LazyLock<Vec<Currency>> = LazyLock::new(|| {
    let known = |currency: iso_currency::Currency| {
        let code = currency.code().as_bytes().try_into().ok()?;
        Some(Currency { code, digits: u8::try_from(currency.exponent().unwrap_or(2)).unwrap_or(2) })
    };
    let mut all: Vec<Currency> = (0..1000).filter_map(iso_currency::Currency::from_numeric).filter_map(known).collect();
    all.sort_unstable();
    all
});

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_known_with_its_digits() {
        let letters = || b'A'..=b'Z';
        for code in letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| [a, b, c]))) {
            let text = std::str::from_utf8(&code).unwrap();
            let expected = iso_currency::Currency::from_code(text).map(|known| known.exponent().unwrap_or(2));
            let found = Currency::parse(text).ok().map(|known| u16::try_from(known.digits()).unwrap());
            assert_eq!(found, expected, "{text}");
            if let Ok(known) = Currency::parse(text) {
                assert_eq!(Currency::of_mark(known.mark()), Some(known));
            }
        }
    }
}
