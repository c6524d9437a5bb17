//! Pools of money that a history draws on, as they are declared.
//!
//! A pool is declared as `goodwill=10000/month`: what all goodwill of a month may come to. `goodwill:P-7=500 USD/week` speaks of the cases
//! whose `budget.pool_id` is `P-7`, in one currency; without a currency it holds in each currency for itself. Steps say what becomes of
//! gestures as a pool empties: `goodwill=10000/month, 25 from 80%, 0 from 100%` gives none above 25.00 once four fifths are spent, and none
//! at all once nothing is left.

use crate::limits::{BACKTEST_POOL_STEPS_MAX, BACKTEST_POOLS_MAX};
use crate::value::{Currency, Date, Decimal, Trouble};
use std::fmt;

/// A pool that was declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    pub(super) written: String,
    /// The `budget.pool_id` of its cases; all cases where there is none.
    pub(super) id: Option<String>,
    pub(super) amount: Decimal,
    pub(super) currency: Option<Currency>,
    pub(super) period: Period,
    /// The most that a gesture may be, from which share of the pool on; by share.
    pub(super) steps: Vec<(Decimal, Decimal)>,
}

/// For how long a pool is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Period {
    const ALL: [(&'static str, Self); 5] =
        [("day", Self::Day), ("week", Self::Week), ("month", Self::Month), ("quarter", Self::Quarter), ("year", Self::Year)];

    /// The period of a day, in words; later ones do not sort before earlier ones.
    pub(super) fn of(self, day: Date) -> String {
        let (year, month) = (day.year(), day.month());
        match self {
            Self::Day => day.to_string(),
            Self::Week => day.plus_days(1 - i64::from(day.weekday())).unwrap_or(day).to_string(),
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Self::Year => format!("{year:04}"),
        }
    }
}

impl fmt::Display for Pool {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

impl Pool {
    /// Reads `goodwill=10000/month`, `goodwill:P-7=500 USD/week, 25 from 80%`.
    ///
    /// # Errors
    /// What is not understood, with an example of how it is written.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let wrong = |why: String| Trouble::Text(format!("{why}; a pool is written `goodwill=10000/month, 25 from 80%`"));
        let mut parts = text.split(',').map(str::trim);
        let (name, rest) =
            parts.next().and_then(|pool| pool.split_once('=')).ok_or_else(|| wrong(format!("`{text}` names no amount")))?;
        let id = match name.trim().split_once(':') {
            Some(("goodwill", id)) if !id.is_empty() => Some(id.to_owned()),
            None if name.trim() == "goodwill" => None,
            _ => return Err(wrong(format!("`{}` is no pool: goodwill is what pools are kept for", name.trim()))),
        };
        let (amount, period) = rest.split_once('/').ok_or_else(|| wrong(format!("`{}` names no period", rest.trim())))?;
        let period = period.trim();
        let (_, period) = Period::ALL
            .into_iter()
            .find(|(word, _)| *word == period)
            .ok_or_else(|| wrong(format!("`{period}` is no period: day, week, month, quarter or year")))?;
        let (amount, currency) = match amount.trim().split_once(' ') {
            Some((amount, code)) => (amount, Some(Currency::parse(code.trim()).map_err(|trouble| wrong(trouble.to_string()))?)),
            None => (amount.trim(), None),
        };
        let amount = Decimal::parse(amount).map_err(|trouble| wrong(trouble.to_string()))?;
        if amount.is_negative() {
            return Err(wrong(format!("a pool holds no {amount}")));
        }
        let mut steps = parts.map(step).collect::<Result<Vec<_>, _>>().map_err(|trouble| wrong(trouble.to_string()))?;
        if steps.len() > BACKTEST_POOL_STEPS_MAX {
            return Err(wrong(format!("a pool has at most {BACKTEST_POOL_STEPS_MAX} steps")));
        }
        steps.sort_unstable_by_key(|(share, _)| *share);
        Ok(Self { written: text.trim().to_owned(), id, amount, currency, period, steps })
    }

    /// Checks how many were declared.
    ///
    /// # Errors
    /// When they are too many.
    pub fn check(pools: &[Self]) -> Result<(), Trouble> {
        if pools.len() > BACKTEST_POOLS_MAX {
            return Err(Trouble::Text(format!("at most {BACKTEST_POOLS_MAX} pools are counted at once")));
        }
        Ok(())
    }
}

/// `25 from 80%`: the share, and the most.
fn step(text: &str) -> Result<(Decimal, Decimal), Trouble> {
    let unread = || Trouble::Text(format!("`{text}` is no step"));
    let (most, share) = text.split_once(" from ").ok_or_else(unread)?;
    let share = share.trim().strip_suffix('%').ok_or_else(unread)?;
    let share = Decimal::parse(share.trim())?.divided_by(Decimal::from(100))?;
    let most = Decimal::parse(most.trim())?;
    if share.is_negative() || most.is_negative() { Err(unread()) } else { Ok((share, most)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_that_is_not_understood_says_why() {
        let texts = [
            "goodwill",
            "penalties=10/month",
            "goodwill=10",
            "goodwill=10/fortnight",
            "goodwill=ten/month",
            "goodwill=-1/month",
            "goodwill=10 USDD/month",
            "goodwill=10/month, 5",
            "goodwill=10/month, 5 from 80",
        ];
        let shown: Vec<String> = texts.iter().map(|text| format!("{text}: {}", Pool::parse(text).unwrap_err())).collect();
        insta::assert_snapshot!(shown.join("\n"), @"
        goodwill: `goodwill` names no amount; a pool is written `goodwill=10000/month, 25 from 80%`
        penalties=10/month: `penalties` is no pool: goodwill is what pools are kept for; a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill=10: `10` names no period; a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill=10/fortnight: `fortnight` is no period: day, week, month, quarter or year; a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill=ten/month: `ten` is not a number; a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill=-1/month: a pool holds no -1; a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill=10 USDD/month: `USDD` is not a currency code of ISO 4217 (such as USD, EUR, BRL); a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill=10/month, 5: `5` is no step; a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill=10/month, 5 from 80: `5 from 80` is no step; a pool is written `goodwill=10000/month, 25 from 80%`
        ");
    }
}
