//! What operators mean between facts in brief: the results that `arithmetic` and the decimals have, or long where these must tell
//! (a fault, another kind, more digits than a word holds).

use super::brief::Brief;
use super::date::Date;
use super::decimal::POWERS_OF_TEN;
use super::units::Units;
use super::view::View;
use crate::limits::DATE_SHIFT_DAYS_MAX;
use std::cmp::Ordering;

impl Units {
    /// The same number in units of `10^-scale`, which are no larger.
    #[inline]
    pub(crate) fn at_scale(self, scale: u32) -> Option<i64> {
        if self.scale == scale {
            return Some(self.mantissa);
        }
        self.mantissa.checked_mul(*POWERS_OF_TEN.get(scale.checked_sub(self.scale)? as usize)?)
    }

    fn aligned(self, other: Self) -> Option<(i64, i64, u32)> {
        let scale = self.scale.max(other.scale);
        Some((self.at_scale(scale)?, other.at_scale(scale)?, scale))
    }

    #[inline]
    fn plus(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        left.checked_add(right).map(|mantissa| Self { mantissa, scale })
    }

    #[inline]
    fn minus(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        left.checked_sub(right).map(|mantissa| Self { mantissa, scale })
    }

    /// The product, without the zeros at its end: the more so as the next product needs room.
    #[inline]
    fn times(self, other: Self) -> Option<Self> {
        let (mut mantissa, mut scale) = (self.mantissa.checked_mul(other.mantissa)?, self.scale + other.scale);
        while scale > self.scale && mantissa % 10 == 0 {
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }
        (scale <= Self::SCALE_MAX).then_some(Self { mantissa, scale })
    }

    /// The quotient as the decimals have it; exact ones of few digits are told by whole numbers.
    fn over(self, other: Self) -> Option<Self> {
        let (left, right, _) = self.aligned(other)?;
        if right == 0 {
            return None;
        }
        let (mut rest, mut scale) = (left, 0);
        while scale <= 6 {
            if rest.checked_rem(right)? == 0 {
                return rest.checked_div(right).map(|mantissa| Self { mantissa, scale });
            }
            rest = rest.checked_mul(10)?;
            scale += 1;
        }
        None
    }

    #[inline]
    fn order(self, other: Self) -> Option<Ordering> {
        self.aligned(other).map(|(left, right, _)| left.cmp(&right))
    }

    /// Towards zero, to a multiple of a step.
    pub(crate) fn down_to(self, step: Self) -> Option<Self> {
        let (amount, step, scale) = self.aligned(step)?;
        if step <= 0 {
            return None;
        }
        Some(Self { mantissa: amount - amount % step, scale })
    }
}

/// Two amounts in the same currency, with its mark; or two numbers, with none.
#[inline]
fn alike(left: Brief, right: Brief) -> Option<(Units, Units, Option<u32>)> {
    match (left.amount(), right.amount()) {
        (Some(a), Some(b)) if left.currency() == right.currency() => Some((a, b, left.currency())),
        (None, None) => Some((left.number()?, right.number()?, None)),
        _ => None,
    }
}

impl Brief {
    fn of(units: Option<Units>, currency: Option<u32>) -> Self {
        match (units, currency) {
            (Some(units), Some(currency)) => Self::of_amount(units, currency),
            (Some(units), None) => Self::of_decimal(units),
            (None, _) => Self::LONG,
        }
    }

    /// `self + other`
    #[inline]
    pub(crate) fn plus(self, other: Self) -> Self {
        if let (Some(a), Some(b)) = (self.integer(), other.integer()) {
            return a.checked_add(b).map_or(Self::LONG, Self::of_integer);
        }
        alike(self, other).map_or(Self::LONG, |(a, b, currency)| Self::of(a.plus(b), currency))
    }

    /// `self - other`
    #[inline]
    pub(crate) fn minus(self, other: Self) -> Self {
        if let (Some(a), Some(b)) = (self.integer(), other.integer()) {
            return a.checked_sub(b).map_or(Self::LONG, Self::of_integer);
        }
        alike(self, other).map_or(Self::LONG, |(a, b, currency)| Self::of(a.minus(b), currency))
    }

    /// `self * other`
    #[inline]
    pub(crate) fn times(self, other: Self) -> Self {
        if let (Some(a), Some(b)) = (self.integer(), other.integer()) {
            return a.checked_mul(b).map_or(Self::LONG, Self::of_integer);
        }
        let parts = match (self.amount(), other.amount()) {
            (Some(a), None) => other.number().map(|b| (a, b, self.currency())),
            (None, Some(b)) => self.number().map(|a| (a, b, other.currency())),
            (None, None) => self.number().zip(other.number()).map(|(a, b)| (a, b, None)),
            (Some(_), Some(_)) => None,
        };
        parts.map_or(Self::LONG, |(a, b, currency)| Self::of(a.times(b), currency))
    }

    /// `self / other`
    #[inline]
    pub(crate) fn over(self, other: Self) -> Self {
        if let (Some(a), None, Some(b)) = (self.amount(), other.amount(), other.number()) {
            return Self::of(a.over(b), self.currency());
        }
        alike(self, other).map_or(Self::LONG, |(a, b, _)| Self::of(a.over(b), None))
    }

    /// Which is more: numbers, amounts in one currency, days.
    #[inline]
    pub(crate) fn order(self, other: Self) -> Option<Ordering> {
        if let (Some(a), Some(b)) = (self.day(), other.day()) {
            return Some(a.cmp(&b));
        }
        alike(self, other).and_then(|(a, b, _)| a.order(b))
    }

    /// Are the two equal? Nothing where whole values have to tell.
    #[inline]
    pub(crate) fn equals(self, other: Self) -> Option<bool> {
        if let (Some(a), Some(b)) = (self.boolean(), other.boolean()) {
            return Some(a == b);
        }
        if let Some((a, b)) = self.positions(other) {
            return Some(a == b);
        }
        self.order(other).map(Ordering::is_eq)
    }

    /// So many days after a day.
    pub(crate) fn plus_days(self, days: Self) -> Self {
        let (Some(day), Some(days)) = (self.day(), days.integer()) else { return Self::LONG };
        if days.unsigned_abs() > DATE_SHIFT_DAYS_MAX.unsigned_abs() {
            return Self::LONG;
        }
        Date::of_number(day + days).map_or(Self::LONG, |day| View::Date(day).into())
    }

    /// So many months after a day; the 31st becomes the last day of a shorter month.
    pub(crate) fn plus_months(self, months: Self) -> Self {
        let day = self.day().and_then(Date::of_number).zip(months.integer());
        day.and_then(|(day, months)| day.plus_months(months).ok()).map_or(Self::LONG, |day| View::Date(day).into())
    }

    /// Towards zero, to a multiple of a step: a number, or an amount in the same currency.
    pub(crate) fn down_to(self, step: Self) -> Self {
        match (self.amount(), step.amount()) {
            (Some(amount), None) => Self::of(step.number().and_then(|step| amount.down_to(step)), self.currency()),
            _ => alike(self, step).map_or(Self::LONG, |(amount, step, currency)| Self::of(amount.down_to(step), currency)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Currency, Decimal, Money, Value, View, arithmetic};
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Value> {
        let decimal = (prop_oneof![-3_000_i64..3_000, any::<i64>()], 0_u32..8).prop_map(|(m, s)| Decimal::new(m, s));
        let money = (decimal.clone(), prop_oneof![Just("USD"), Just("EUR"), Just("JPY")])
            .prop_map(|(amount, code)| Money::new(amount, Currency::parse(code).unwrap()).into());
        prop_oneof![
            2 => prop_oneof![-20_i64..20, any::<i64>()].prop_map(Value::Integer),
            3 => decimal.prop_map(Value::Decimal),
            3 => money,
            1 => any::<bool>().prop_map(Value::Boolean),
        ]
    }

    /// A brief that is not long says what the whole value does.
    fn agrees(brief: Brief, whole: Result<Value, crate::value::Trouble>) {
        if !brief.is_long() {
            let whole = whole.unwrap();
            let given = brief.give(&whole.kind()).and_then(crate::value::Given::into_value);
            assert_eq!(given, Some(whole));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 8_000, ..ProptestConfig::default() })]

        #[test]
        fn briefs_compute_what_values_do(left in value(), right in value()) {
            let (a, b) = (Brief::from(View::from(&left)), Brief::from(View::from(&right)));
            agrees(a.plus(b), arithmetic::add(&left, &right));
            agrees(a.minus(b), arithmetic::subtract(&left, &right));
            agrees(a.times(b), arithmetic::multiply(&left, &right));
            agrees(a.over(b), arithmetic::divide(&left, &right));
            if let Some(order) = a.order(b) {
                prop_assert_eq!(Ok(order), arithmetic::compare(&left, &right));
            }
            if let Some(equal) = a.equals(b) {
                prop_assert_eq!(Ok(equal), arithmetic::equal(&left, &right));
            }
        }
    }
}
