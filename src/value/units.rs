//! Numbers of few digits, in two words.

use super::decimal::Decimal;

/// A number as so many units of `10^-scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Units {
    pub(crate) mantissa: i64,
    pub(crate) scale: u32,
}

impl Units {
    /// The most digits behind the point.
    pub(crate) const SCALE_MAX: u32 = crate::limits::DECIMAL_DIGITS_MAX;

    /// Those of a number, where they fit.
    #[inline]
    pub(crate) fn of(number: Decimal) -> Option<Self> {
        let raw = number.raw();
        Some(Self { mantissa: i64::try_from(raw.mantissa()).ok()?, scale: raw.scale() })
    }

    /// The number again.
    #[inline]
    pub(crate) fn to_decimal(self) -> Decimal {
        Decimal::new(self.mantissa, self.scale)
    }
}
