//! An exact amount in one currency.

use super::currency::Currency;
use super::decimal::Decimal;
use super::rounding::Rounding;
use super::trouble::Trouble;
use std::cmp::Ordering;
use std::fmt;

/// An exact amount of money.
///
/// Amounts of different currencies never add up or compare: that is a [`Trouble::Currency`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// An amount in a currency.
    #[must_use]
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub fn zero(currency: Currency) -> Self {
        Self { amount: Decimal::ZERO, currency }
    }

    /// Reads the short form: `64.20 USD`.
    ///
    /// # Errors
    /// When the amount is not an exact number or the currency is not known.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let mut words = text.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(amount), Some(currency), None) => {
                Ok(Self { amount: Decimal::parse(amount)?, currency: Currency::parse(currency)? })
            }
            (Some(_), None, None) => Err(Trouble::Text(format!("`{text}` has no currency; write it as `64.20 USD`"))),
            _ => Err(Trouble::Text(format!("`{text}` is not an amount of money; write it as `64.20 USD`"))),
        }
    }

    /// The number.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The number as text, with at least the digits of the minor unit.
    #[must_use]
    pub fn amount_text(self) -> String {
        self.amount.to_fixed(self.currency.digits())
    }

    fn same_currency(self, other: Self) -> Result<(), Trouble> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(Trouble::Currency { left: self.currency.to_string(), right: other.currency.to_string() })
        }
    }

    /// The exact sum.
    ///
    /// # Errors
    /// Different currencies, or a sum that does not fit.
    pub fn plus(self, other: Self) -> Result<Self, Trouble> {
        self.same_currency(other)?;
        Ok(Self { amount: self.amount.plus(other.amount)?, currency: self.currency })
    }

    /// The exact difference.
    ///
    /// # Errors
    /// Different currencies, or a difference that does not fit.
    pub fn minus(self, other: Self) -> Result<Self, Trouble> {
        self.same_currency(other)?;
        Ok(Self { amount: self.amount.minus(other.amount)?, currency: self.currency })
    }

    /// So many times the amount, not rounded to the minor unit.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn times(self, factor: Decimal) -> Result<Self, Trouble> {
        Ok(Self { amount: self.amount.times(factor)?, currency: self.currency })
    }

    /// The amount divided, not rounded to the minor unit.
    ///
    /// # Errors
    /// Division by zero, or a result that does not fit.
    pub fn divided_by(self, divisor: Decimal) -> Result<Self, Trouble> {
        Ok(Self { amount: self.amount.divided_by(divisor)?, currency: self.currency })
    }

    /// How many times `other` fits into this amount.
    ///
    /// # Errors
    /// Different currencies, or division by zero.
    pub fn ratio(self, other: Self) -> Result<Decimal, Trouble> {
        self.same_currency(other)?;
        self.amount.divided_by(other.amount)
    }

    /// Which is more.
    ///
    /// # Errors
    /// Different currencies.
    pub fn compare(self, other: Self) -> Result<Ordering, Trouble> {
        self.same_currency(other)?;
        Ok(self.amount.cmp(&other.amount))
    }

    /// Rounded as told, to the minor unit if no step is given.
    ///
    /// # Errors
    /// When the result does not fit.
    pub fn rounded(self, rounding: Rounding) -> Result<Self, Trouble> {
        Ok(Self { amount: rounding.apply(self.amount, self.currency.digits())?, currency: self.currency })
    }

    /// The amount split into `count` parts of whole minor units that add up to it; the remainder falls on the last.
    ///
    /// # Errors
    /// When `count` is not between 1 and the bound of instalments, or the amount is not in whole minor units.
    pub fn instalments(self, count: i64) -> Result<Vec<Self>, Trouble> {
        let most = crate::limits::INSTALMENTS_MAX;
        if !(1..=most).contains(&count) {
            return Err(Trouble::Text(format!("a payment plan has between 1 and {most} instalments, not {count}")));
        }
        if self.rounded(Rounding::default())? != self {
            return Err(Trouble::Text(format!("{self} cannot be split: it is not in whole minor units")));
        }
        let down = Rounding { mode: super::rounding::Mode::Down, step: None };
        let each = self.divided_by(Decimal::from(count))?.rounded(down)?;
        let before_last = each.times(Decimal::from(count - 1))?;
        let mut parts = vec![each; usize::try_from(count - 1).unwrap_or(0)];
        parts.push(self.minus(before_last)?);
        Ok(parts)
    }
}

impl fmt::Display for Money {
    /// `64.20 USD`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.amount.in_short(self.currency.digits()) {
            Some(amount) => out.write_str(amount.as_str())?,
            None => out.write_str(&self.amount_text())?,
        }
        out.write_str(" ")?;
        out.write_str(self.currency.code())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instalments_add_up_to_the_minor_unit() {
        let shown: Vec<String> = [("12400.00 EUR", 3), ("100 JPY", 3), ("10.000 KWD", 3), ("0.02 USD", 3), ("-10.00 USD", 4)]
            .iter()
            .map(|(total, count)| format!("{total}: {:?}", Money::parse(total).unwrap().instalments(*count).unwrap()))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        12400.00 EUR: [4133.33 EUR, 4133.33 EUR, 4133.34 EUR]
        100 JPY: [33 JPY, 33 JPY, 34 JPY]
        10.000 KWD: [3.333 KWD, 3.333 KWD, 3.334 KWD]
        0.02 USD: [0.00 USD, 0.00 USD, 0.02 USD]
        -10.00 USD: [-2.50 USD, -2.50 USD, -2.50 USD, -2.50 USD]
        ");
    }

    #[test]
    fn the_short_form_says_what_is_wrong() {
        let shown: Vec<String> = ["64.20", "64.20 USDD", "64,20 USD", "USD 64.20", "64.20 USD now", "64.20 usd"]
            .iter()
            .map(|text| Money::parse(text).unwrap_err().to_string())
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        `64.20` has no currency; write it as `64.20 USD`
        `USDD` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
        `64,20` is not a number
        `USD` is not a number
        `64.20 USD now` is not an amount of money; write it as `64.20 USD`
        `usd` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
        ");
    }
}
