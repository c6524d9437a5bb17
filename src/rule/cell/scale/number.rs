//! Sorted decimal constants that are searched as whole numbers wherever they can.

use super::Spot;
use super::steps::{Ranges, Steps};
use crate::value::{Decimal, POWERS_OF_TEN, Units};

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
    steps: Steps,
}

/// What is looked up has mostly so many digits, those of cents, however round the constants are.
const DIGITS_MIN: u32 = 2;

impl Numbers {
    /// From distinct constants in order.
    pub(super) fn new(points: Vec<Decimal>) -> Self {
        let digits = points.iter().map(|point| point.raw().normalize().scale()).max().unwrap_or(0).max(DIGITS_MIN);
        let whole = points
            .iter()
            .map(|point| Units::of(*point)?.in_digits(digits).map(|units| units.below))
            .collect::<Option<Vec<i64>>>();
        Self { points, whole: whole.map(|points| Whole { digits, steps: Steps::new(points) }) }
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    /// How many digits its whole numbers have, and the ranges in which they lie, where a look there tells a segment.
    pub(super) fn ranges(&self) -> Option<(u32, &Ranges)> {
        let whole = self.whole.as_ref()?;
        let ranges = whole.steps.ranges();
        (!ranges.is_empty()).then_some((whole.digits, ranges))
    }

    pub(super) fn as_slice(&self) -> &[Decimal] {
        &self.points
    }

    #[inline]
    pub(super) fn locate(&self, value: Decimal) -> Spot {
        match Units::of(value).and_then(|units| self.segment_of(units)) {
            Some(segment) => Spot { segment, exact: segment % 2 == 1 },
            None => super::spot(&self.points, &value),
        }
    }

    /// The segment of a number in brief; none where whole numbers do not tell.
    #[inline]
    pub(super) fn segment_of(&self, value: Units) -> Option<usize> {
        let whole = self.whole.as_ref()?;
        let value = value.in_digits(whole.digits)?;
        let segment = whole.steps.segment(value.below);
        // What is above a point, if only a little, lies behind it.
        Some(segment + usize::from(segment % 2 == 1 && !value.exact))
    }
}

/// A number in whole units, and whether it is no more than these.
struct Rounded {
    below: i64,
    exact: bool,
}

impl Units {
    /// The same in units of `10^-digits`, rounded down, where that fits.
    #[inline]
    fn in_digits(self, digits: u32) -> Option<Rounded> {
        let Self { mantissa, scale } = self;
        if scale == digits {
            return Some(Rounded { below: mantissa, exact: true });
        }
        let factor = *POWERS_OF_TEN.get(scale.abs_diff(digits) as usize)?;
        if scale > digits {
            let below = mantissa.div_euclid(factor);
            return Some(Rounded { below, exact: below * factor == mantissa });
        }
        mantissa.checked_mul(factor).map(|below| Rounded { below, exact: true })
    }
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
            let spot = super::super::spot(&numbers.points, &value);
            prop_assert_eq!(numbers.locate(value), spot);
            prop_assert_eq!(numbers.segment_of(Units::of(value).unwrap()), Some(spot.segment));
        }
    }
}
