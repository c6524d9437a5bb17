//! Which amounts are added up, so that every sum is exact.
//!
//! A number holds 28 digits. Amounts of at most [`BACKTEST_AMOUNT_MAX`] with at most [`BACKTEST_AMOUNT_DIGITS`] digits behind the point leave
//! room for a thousand million cases, each drawn seven times over. A case with any other amount is not decided here, which is told; so no sum
//! that is told lacks anything.

use crate::evaluation::Amounts;
use crate::history::Actual;
use crate::limits::{BACKTEST_AMOUNT_DIGITS, BACKTEST_AMOUNT_MAX};
use crate::value::{Decimal, Fact, Mode, Money};

/// Why a case is not decided whose amounts are not added up.
pub(crate) const NOT_SUMMABLE: &str = "amount_not_summable";

fn fits(amount: Money) -> bool {
    let number = amount.amount();
    number.absolute() <= Decimal::from(BACKTEST_AMOUNT_MAX) && Mode::HalfUp.to_digits(number, BACKTEST_AMOUNT_DIGITS) == number
}

/// Are all amounts of a decision added up?
pub(crate) fn all_fit(amounts: &Amounts) -> bool {
    amounts.owed().chain(amounts.goodwill).chain(amounts.provisional_credit).all(fits)
}

/// What really happened, without an amount that is not added up; nothing where all of it is.
pub(crate) fn without_others(actual: &Actual) -> Option<Actual> {
    let is_other = |fact: &Fact<Money>| matches!(fact, Fact::Known(amount) if !fits(*amount));
    if !is_other(&actual.paid) && !is_other(&actual.goodwill) {
        return None;
    }
    let mut kept = actual.clone();
    for fact in [&mut kept.paid, &mut kept.goodwill] {
        if is_other(fact) {
            *fact = Fact::Unknown;
        }
    }
    Some(kept)
}

/// Adds to a sum. Amounts that are added up leave room for every other.
pub(crate) fn add(sum: &mut Decimal, more: Decimal) {
    let added = sum.plus(more);
    debug_assert!(added.is_ok(), "only amounts that fit are added up");
    *sum = added.unwrap_or(*sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_amounts_of_a_thousand_million_cases_come_to_a_number() {
        let least = Decimal::new(1, BACKTEST_AMOUNT_DIGITS);
        let largest = Decimal::from(BACKTEST_AMOUNT_MAX).minus(least).unwrap();
        let usd = |number: Decimal| Money::new(number, crate::value::Currency::parse("USD").unwrap());
        assert!(fits(usd(largest)) && fits(usd(largest.negated())) && fits(usd(Decimal::from(BACKTEST_AMOUNT_MAX))));
        let all = largest.times(Decimal::from(7_000_000_000)).unwrap();
        let mut sum = all;
        add(&mut sum, largest);
        assert_eq!(sum.minus(all).unwrap(), largest, "nothing of the last is lost");
        for number in ["1000000000000.01", "0.0000001", "-1000000000001", "0.3333333333333333333333333333"] {
            assert!(!fits(usd(Decimal::parse(number).unwrap())), "{number}");
        }
    }
}
