//! Sorted decimal constants that are searched as whole numbers wherever they can.

use super::Spot;
use crate::value::Decimal;

/// Sorted decimal constants.
#[derive(Clone, Debug)]
pub(crate) struct Numbers {
    points: Vec<Decimal>,
    /// The same as whole numbers of `10^-digits`, if they all fit: comparing those takes a fraction of the time.
    whole: Option<Whole>,
}

#[derive(Clone, Debug)]
struct Whole {
    digits: u32,
    points: Vec<i64>,
}

impl Numbers {
    /// From distinct constants in order.
    pub(super) fn new(points: Vec<Decimal>) -> Self {
        let digits = points.iter().map(|point| point.raw().normalize().scale()).max().unwrap_or(0);
        let whole = points.iter().map(|point| in_units(*point, digits).map(|units| units.below)).collect::<Option<Vec<i64>>>();
        Self { points, whole: whole.map(|points| Whole { digits, points }) }
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    #[inline]
    pub(super) fn locate(&self, value: Decimal) -> Spot {
        let whole = self.whole.as_ref().and_then(|whole| Some((whole, in_units(value, whole.digits)?)));
        match whole {
            Some((whole, Units { below, exact: true })) => super::spot(&whole.points, &below),
            Some((whole, Units { below, exact: false })) => {
                let segment = 2 * whole.points.partition_point(|point| *point <= below);
                Spot { segment, exact: false }
            }
            None => super::spot(&self.points, &value),
        }
    }
}

/// A number in whole units, and whether it is no more than these.
struct Units {
    below: i64,
    exact: bool,
}

/// The powers of ten that a whole number holds.
#[expect(clippy::indexing_slicing, reason = "computed when compiled: an index out of bounds does not compile")]
const POWERS_OF_TEN: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// The number in units of `10^-digits`, rounded down, where that fits.
#[inline]
fn in_units(number: Decimal, digits: u32) -> Option<Units> {
    let raw = number.raw();
    let mantissa = i64::try_from(raw.mantissa()).ok()?;
    let scale = raw.scale();
    let factor = *POWERS_OF_TEN.get(scale.abs_diff(digits) as usize)?;
    if scale > digits {
        let below = mantissa.div_euclid(factor);
        return Some(Units { below, exact: below * factor == mantissa });
    }
    mantissa.checked_mul(factor).map(|below| Units { below, exact: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whole numbers are a short cut, never another answer.
        #[test]
        fn both_searches_agree(
            points in prop::collection::btree_set((-2_000_i64..2_000, 0_u32..4), 0..12),
            value in (-200_000_i64..200_000, 0_u32..6),
        ) {
            let mut points: Vec<Decimal> = points.into_iter().map(|(m, s)| Decimal::new(m, s)).collect();
            points.sort_unstable();
            points.dedup();
            let numbers = Numbers::new(points);
            let value = Decimal::new(value.0, value.1);
            prop_assert_eq!(numbers.locate(value), super::super::spot(&numbers.points, &value));
        }
    }
}
