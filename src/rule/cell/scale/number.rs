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
        let whole = points.iter().map(|point| in_units(*point, digits)).collect::<Option<Vec<i64>>>();
        Self { points, whole: whole.map(|points| Whole { digits, points }) }
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    #[inline]
    pub(super) fn locate(&self, value: Decimal) -> Spot {
        if let Some(whole) = &self.whole
            && let Some(value) = in_units(value, whole.digits)
        {
            return super::spot(&whole.points, &value);
        }
        super::spot(&self.points, &value)
    }
}

/// The number in units of `10^-digits`, where it is a whole number of them that fits.
#[inline]
fn in_units(number: Decimal, digits: u32) -> Option<i64> {
    let raw = number.raw();
    let mantissa = i64::try_from(raw.mantissa()).ok()?;
    if raw.scale() > digits {
        let surplus = 10_i64.checked_pow(raw.scale() - digits)?;
        return (mantissa % surplus == 0).then(|| mantissa / surplus);
    }
    mantissa.checked_mul(10_i64.checked_pow(digits - raw.scale())?)
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
