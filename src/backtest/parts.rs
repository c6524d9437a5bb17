//! Parts of a whole, and changes in parts of what was.

use super::comparison::Change;
use crate::value::{Decimal, Mode, Money};

/// A part of a whole, to four digits; nothing of nothing.
pub(crate) fn part_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.divided_by(whole).ok().map(|share| Mode::HalfUp.to_digits(share, 4))
}

/// The same of counts.
pub(crate) fn share(part: u64, whole: u64) -> Option<Decimal> {
    part_of(number(part), number(whole))
}

/// A count as a number. No history has more cases than fit.
pub(crate) fn number(count: u64) -> Decimal {
    Decimal::from(i64::try_from(count).unwrap_or(i64::MAX))
}

impl Change {
    /// From one sum to another of the same currency.
    pub(crate) fn between(before: Money, after: Money) -> Self {
        let delta = after.minus(before).unwrap_or_else(|_| Money::zero(before.currency()));
        Self { before, after, delta, share: part_of(delta.amount(), before.amount().absolute()) }
    }
}
