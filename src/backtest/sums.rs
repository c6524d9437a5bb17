//! Amounts added up, each currency for itself.

use super::summable;
use crate::value::{Currency, Decimal, Money};
use serde::de::{Deserialize, Deserializer, Error};
use serde::{Serialize, Serializer};

/// Exact sums of money, one for each currency that occurred. In JSON a list of amounts, in the order of the currencies' codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// In the order of their currencies, which are few.
    list: Vec<Money>,
}

impl Sums {
    /// Adds an amount.
    pub(crate) fn add(&mut self, amount: Money) {
        let currency = amount.currency();
        let at = self.place_of(currency).unwrap_or_else(|at| {
            self.list.insert(at, Money::zero(currency));
            at
        });
        if let Some(sum) = self.list.get_mut(at) {
            let mut number = sum.amount();
            summable::add(&mut number, amount.amount());
            *sum = Money::new(number, currency);
        }
    }

    /// Takes an amount away, in the same way.
    pub(crate) fn subtract(&mut self, amount: Money) {
        self.add(Money::new(amount.amount().negated(), amount.currency()));
    }

    /// Adds all sums of another.
    pub(crate) fn merge(&mut self, other: &Self) {
        other.iter().for_each(|amount| self.add(amount));
    }

    /// The sum in a currency; zero where nothing was added in it.
    #[must_use]
    pub fn of(&self, currency: Currency) -> Money {
        self.place_of(currency).ok().and_then(|at| self.list.get(at)).copied().unwrap_or_else(|| Money::zero(currency))
    }

    /// Where the sum in a currency stands, else where it would.
    fn place_of(&self, currency: Currency) -> Result<usize, usize> {
        match self.list.as_slice() {
            // Nearly always there is but one.
            [only] if only.currency() == currency => Ok(0),
            sums => sums.binary_search_by_key(&currency, |sum| sum.currency()),
        }
    }

    /// The sums, by the code of the currency.
    pub fn iter(&self) -> impl Iterator<Item = Money> {
        self.list.iter().copied()
    }

    /// The currencies, by their code.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.list.iter().map(|sum| sum.currency())
    }

    /// Was nothing added?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// These sums less those of another.
    #[must_use]
    pub fn less(&self, other: &Self) -> Self {
        let mut difference = self.clone();
        other.iter().for_each(|amount| difference.subtract(amount));
        difference
    }

    /// The amount that is largest without its sign. Amounts of several currencies cannot be compared: it only tells where to look.
    #[must_use]
    pub fn largest(&self) -> Decimal {
        self.iter().map(|amount| amount.amount().absolute()).max().unwrap_or(Decimal::ZERO)
    }
}

impl FromIterator<Money> for Sums {
    fn from_iter<I: IntoIterator<Item = Money>>(amounts: I) -> Self {
        let mut sums = Self::default();
        amounts.into_iter().for_each(|amount| sums.add(amount));
        sums
    }
}

impl Serialize for Sums {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.iter())
    }
}

impl<'d> Deserialize<'d> for Sums {
    fn deserialize<D: Deserializer<'d>>(input: D) -> Result<Self, D::Error> {
        Vec::<Written>::deserialize(input)?.into_iter().map(|written| written.amount().map_err(D::Error::custom)).collect()
    }
}

/// An amount as JSON has it.
#[derive(serde::Deserialize)]
struct Written {
    amount: String,
    currency: String,
}

impl Written {
    fn amount(&self) -> Result<Money, crate::value::Trouble> {
        Ok(Money::new(Decimal::parse(&self.amount)?, Currency::parse(&self.currency)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_stay_apart_and_come_back_from_json() {
        let amounts = ["1.10 USD", "2 JPY", "-0.30 USD", "0.001 KWD"].map(|text| Money::parse(text).unwrap());
        let sums: Sums = amounts.into_iter().collect();
        let json = serde_json::to_string(&sums).unwrap();
        assert_eq!(
            json,
            r#"[{"amount":"2","currency":"JPY"},{"amount":"0.001","currency":"KWD"},{"amount":"0.80","currency":"USD"}]"#
        );
        assert_eq!(serde_json::from_str::<Sums>(&json).unwrap(), sums);
        assert_eq!(sums.less(&sums).iter().map(|each| each.to_string()).collect::<Vec<_>>(), ["0 JPY", "0.000 KWD", "0.00 USD"]);
    }
}
