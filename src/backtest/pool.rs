//! Pools of money that a history draws on, as they are declared.
//!
//! A pool is declared as `goodwill=10000/month`: what all goodwill of a month may come to. What is owed, the penalties that are covered and
//! the rest can have pools as well (`penalties=500/day`, `owed=20000/month`). `goodwill:P-7=500 USD/week` speaks of the cases
//! whose `budget.pool_id` is `P-7`, in one currency; without a currency it holds in each currency for itself. Steps say what becomes of
//! gestures as a pool empties: `goodwill=10000/month, 25 from 80%, 0 from 100%` gives none above 25.00 once four fifths are spent, and none
//! at all once nothing is left. What is owed cannot be cut, so that no other pool has steps.

use crate::evaluation::Amounts;
use crate::limits::{BACKTEST_POOL_STEPS_MAX, BACKTEST_POOLS_MAX};
use crate::value::{Currency, Date, Decimal, Money, Trouble};
use std::fmt;

/// A pool that was declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    pub(super) written: String,
    pub(super) of: PoolOf,
    /// The `budget.pool_id` of its cases; all cases where there is none.
    pub(super) id: Option<String>,
    pub(super) amount: Decimal,
    pub(super) currency: Option<Currency>,
    pub(super) period: Period,
    /// The most that a gesture may be, from which share of the pool on; by share.
    pub(super) steps: Vec<(Decimal, Decimal)>,
}

/// What a pool pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PoolOf {
    Goodwill,
    Penalties,
    Owed,
    Correction,
    RelatedCharges,
    StatutoryRedress,
    Interest,
    Total,
}

impl PoolOf {
    const ALL: [(&'static str, Self); 8] = [
        ("goodwill", Self::Goodwill),
        ("penalties", Self::Penalties),
        ("owed", Self::Owed),
        ("correction", Self::Correction),
        ("related_charges", Self::RelatedCharges),
        ("statutory_redress", Self::StatutoryRedress),
        ("interest", Self::Interest),
        ("total", Self::Total),
    ];

    /// What a case asks of it.
    pub(super) fn amount(self, amounts: &Amounts) -> Option<Money> {
        match self {
            Self::Goodwill => amounts.goodwill,
            Self::Penalties => amounts.penalties,
            Self::Correction => amounts.correction,
            Self::RelatedCharges => amounts.related_charges,
            Self::StatutoryRedress => amounts.statutory_redress,
            Self::Interest => amounts.interest,
            Self::Total => amounts.total(),
            Self::Owed => {
                let mut owed = amounts.owed();
                let first = owed.next()?;
                owed.try_fold(first, |sum, part| sum.plus(part).ok())
            }
        }
    }
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
        let name = name.trim();
        let (word, id) = name.split_once(':').map_or((name, None), |(word, id)| (word, Some(id.to_owned())));
        let of = PoolOf::ALL.into_iter().find(|(known, _)| *known == word).map(|(_, of)| of);
        let Some(of) = of.filter(|_| id.as_deref() != Some("")) else {
            let words: Vec<&str> = PoolOf::ALL.into_iter().map(|(word, _)| word).collect();
            return Err(wrong(format!("`{name}` is no pool: there are {}", words.join(", "))));
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
        if !steps.is_empty() && of != PoolOf::Goodwill {
            return Err(wrong(format!("`{name}` takes no steps: what is owed cannot be cut, only goodwill can")));
        }
        steps.sort_unstable_by_key(|(share, _)| *share);
        Ok(Self { written: text.trim().to_owned(), of, id, amount, currency, period, steps })
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
            "presents=10/month",
            "goodwill:=10/month",
            "owed=10/month, 5 from 80%",
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
        presents=10/month: `presents` is no pool: there are goodwill, penalties, owed, correction, related_charges, statutory_redress, interest, total; a pool is written `goodwill=10000/month, 25 from 80%`
        goodwill:=10/month: `goodwill:` is no pool: there are goodwill, penalties, owed, correction, related_charges, statutory_redress, interest, total; a pool is written `goodwill=10000/month, 25 from 80%`
        owed=10/month, 5 from 80%: `owed` takes no steps: what is owed cannot be cut, only goodwill can; a pool is written `goodwill=10000/month, 25 from 80%`
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
