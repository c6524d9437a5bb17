//! How amounts are spread: their count, their sum, and how many there are of each.

use super::summable;
use crate::value::{Currency, Decimal, Money};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Amounts are told apart by so many leading digits. That is to the cent below 1,000.00; beyond, a median may be too small by less than
/// a ten-thousandth. The sum and the largest are always exact. It keeps the room small, however many cases there are.
const DIGITS: u32 = 5;
/// What has so many digits in all.
const BEYOND: i128 = 10_i128.pow(DIGITS);

/// Amounts of one currency, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spread {
    count: u64,
    #[serde(with = "super::saved::decimal")]
    sum: Decimal,
    #[serde(with = "super::saved::maybe_decimal")]
    most: Option<Decimal>,
    /// How many there are of each amount, in smallest units of its currency, cut to its leading digits.
    counts: BTreeMap<i64, u64>,
}

/// What is told of a spread of amounts above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SpreadNote {
    /// How many amounts.
    pub cases: u64,
    /// Their sum.
    pub total: Money,
    /// The sum divided by their number, to the smallest unit.
    pub mean: Money,
    /// The least amount that half of them do not exceed.
    pub median: Money,
    /// Nine in ten are not above it.
    pub p90: Money,
    /// The largest.
    pub most: Money,
}

/// Amounts of the same size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Bar {
    /// The amount; beyond five digits it is cut to its leading five.
    pub amount: Money,
    /// How many cases have it.
    pub cases: u64,
}

impl Spread {
    pub(crate) fn add(&mut self, amount: Money) {
        self.count += 1;
        summable::add(&mut self.sum, amount.amount());
        self.most = self.most.max(Some(amount.amount()));
        *self.counts.entry(cut(amount)).or_default() += 1;
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.count += other.count;
        summable::add(&mut self.sum, other.sum);
        self.most = self.most.max(other.most);
        for (amount, count) in &other.counts {
            *self.counts.entry(*amount).or_default() += count;
        }
    }

    /// What is told of it; nothing where there are no amounts.
    pub(crate) fn note(&self, currency: Currency) -> Option<SpreadNote> {
        let total = Money::new(self.sum, currency);
        let count = Decimal::from(i64::try_from(self.count).ok()?);
        let mean = total.divided_by(count).ok()?.rounded(crate::value::Rounding::default()).ok()?;
        Some(SpreadNote {
            cases: self.count,
            total,
            mean,
            median: self.quantile(50, currency)?,
            p90: self.quantile(90, currency)?,
            most: Money::new(self.most?, currency),
        })
    }

    /// The least amount that so many in a hundred do not exceed.
    fn quantile(&self, percent: u64, currency: Currency) -> Option<Money> {
        let wanted = u128::from(self.count) * u128::from(percent);
        let mut seen = 0_u128;
        let found = self.counts.iter().find(|(_, count)| {
            seen += u128::from(**count) * 100;
            seen >= wanted
        });
        found.map(|(amount, _)| shown(*amount, currency))
    }

    /// Every amount with its count, in order.
    pub(crate) fn bars(&self, currency: Currency) -> Vec<Bar> {
        self.counts.iter().map(|(amount, cases)| Bar { amount: shown(*amount, currency), cases: *cases }).collect()
    }
}

/// An amount in smallest units, cut to its leading digits.
fn cut(amount: Money) -> i64 {
    let scale = Decimal::from(10_i64.pow(amount.currency().digits()));
    let units = amount.amount().times(scale).ok().and_then(Decimal::to_integer);
    // Amounts of decisions are in whole smallest units; one that is not, or has twenty digits, falls on the nearest that can be told.
    let units = units.or_else(|| whole(amount)).unwrap_or(i64::MAX);
    let mut width = 1_i64;
    while i128::from(units.unsigned_abs()) >= BEYOND * i128::from(width) {
        width = width.saturating_mul(10);
    }
    units - units % width
}

fn whole(amount: Money) -> Option<i64> {
    let rounded = amount.rounded(crate::value::Rounding::default()).ok()?;
    rounded.amount().times(Decimal::from(10_i64.pow(amount.currency().digits()))).ok().and_then(Decimal::to_integer)
}

fn shown(units: i64, currency: Currency) -> Money {
    Money::new(Decimal::new(units, currency.digits()), currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(amounts: &[&str]) -> Spread {
        let mut spread = Spread::default();
        for text in amounts {
            spread.add(Money::parse(text).unwrap());
        }
        spread
    }

    fn told(amounts: &[&str]) -> String {
        let currency = Money::parse(amounts[0]).unwrap().currency();
        let note = spread(amounts).note(currency).unwrap();
        let SpreadNote { cases, total, mean, median, p90, most } = note;
        format!("{cases}: total {total}, mean {mean}, median {median}, p90 {p90}, most {most}")
    }

    #[test]
    fn medians_lie_where_half_of_the_amounts_are() {
        let shown = [
            told(&["10.00 USD"]),
            told(&["10.00 USD", "20.00 USD"]),
            told(&["10.00 USD", "20.00 USD", "90.00 USD"]),
            told(&["5 JPY", "7 JPY", "7 JPY", "900 JPY", "1 JPY", "2 JPY", "3 JPY", "4 JPY", "5 JPY", "6 JPY"]),
            told(&["1234.56 USD", "1234.57 USD", "-3.00 USD"]),
        ];
        insta::assert_snapshot!(shown.join("\n"), @"
        1: total 10.00 USD, mean 10.00 USD, median 10.00 USD, p90 10.00 USD, most 10.00 USD
        2: total 30.00 USD, mean 15.00 USD, median 10.00 USD, p90 20.00 USD, most 20.00 USD
        3: total 120.00 USD, mean 40.00 USD, median 20.00 USD, p90 90.00 USD, most 90.00 USD
        10: total 940 JPY, mean 94 JPY, median 5 JPY, p90 7 JPY, most 900 JPY
        3: total 2466.13 USD, mean 822.04 USD, median 1234.50 USD, p90 1234.50 USD, most 1234.57 USD
        ");
    }

    #[test]
    fn parts_come_to_the_same_as_the_whole() {
        let (one, other) = (["3.00 USD", "7.25 USD"], ["7.25 USD", "1200.01 USD"]);
        let mut merged = spread(&one);
        merged.merge(&spread(&other));
        assert_eq!(merged, spread(&[one, other].concat()));
        let json = serde_json::to_string(&merged).unwrap();
        assert_eq!(serde_json::from_str::<Spread>(&json).unwrap(), merged);
    }
}
