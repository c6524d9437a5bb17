//! How pools would have fared: when each would have run dry, and what steps would have spared.
//!
//! A step takes hold on the day after its share was reached, as somebody would switch it on; so days can be counted on any number of
//! threads, in whatever order the cases of a day come.
//!
//! A policy reads what is left of a pool as a fact of the case (`budget.remaining`), which a history tells as it was. What a policy
//! itself makes of an emptying pool would take the cases one after the other, each with what the others left; steps are the part of it that
//! can be counted as a history goes by, and are declared with the pool since no document of a bundle speaks of pools.

use super::parts::part_of;
use super::pool::Pool;
use super::saved::{by_currency, decimal};
use super::summable::add;
use crate::value::{Currency, Date, Decimal, Money};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A pool of money, and how it would have fared under a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Budget {
    /// The pool as it was declared: `goodwill=10000/month`.
    pub declared: String,
    /// What it holds for each period.
    pub amount: Money,
    /// Its periods with cases, in order.
    pub periods: Vec<PoolPeriod>,
    /// Periods in which it ran dry.
    pub dry: u64,
    /// What was asked for beyond it, in all periods.
    pub beyond: Money,
    /// Periods in which it would still have run dry under the steps that were declared; none where none were.
    pub dry_with_steps: Option<u64>,
    /// What the steps would have spared, in all periods.
    pub spared: Option<Money>,
}

/// One period of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PoolPeriod {
    /// `2026-03`, `2026-Q1`, `2026`, `2026-03-05`; a week by its Monday.
    pub period: String,
    /// What was asked for.
    pub asked: Money,
    /// The same in parts of what the pool holds, to four digits.
    pub used: Option<Decimal>,
    /// The day on which more was asked for than was left, if there was one.
    pub ran_dry_on: Option<Date>,
    /// What was asked for beyond the pool.
    pub beyond: Money,
    /// Cases that draw on it on the days after.
    pub cases_after: u64,
    /// The same under the steps that were declared.
    pub steps: Option<SteppedPeriod>,
}

/// One period of a pool under the steps that were declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SteppedPeriod {
    /// The day on which the first step took hold.
    pub from: Option<Date>,
    /// Cases that would have got less.
    pub cases: u64,
    /// How much less.
    pub spared: Money,
    /// What would have been asked for.
    pub asked: Money,
    /// The day on which it would have run dry all the same.
    pub ran_dry_on: Option<Date>,
}

/// What was asked of a pool, by day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PoolTally {
    #[serde(with = "by_currency")]
    days: BTreeMap<Currency, BTreeMap<i64, Asked>>,
}

/// What was asked of a pool on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    cases: u64,
    #[serde(with = "decimal")]
    sum: Decimal,
    /// For every step: cases that ask for more than it allows, and how much more.
    over: Vec<Over>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Over {
    cases: u64,
    #[serde(with = "decimal")]
    sum: Decimal,
}

impl PoolTally {
    /// Counts a case, received on a day.
    pub(crate) fn take(&mut self, pool: &Pool, id: Option<&str>, amount: Option<Money>, day: Option<Date>) {
        let (Some(amount), Some(day)) = (amount.filter(|amount| !amount.amount().is_zero()), day) else { return };
        let is_other = pool.id.is_some() && pool.id.as_deref() != id;
        if is_other || pool.currency.is_some_and(|currency| currency != amount.currency()) {
            return;
        }
        let asked = self.days.entry(amount.currency()).or_default().entry(day.to_number()).or_default();
        asked.cases += 1;
        add(&mut asked.sum, amount.amount());
        asked.over.resize(pool.steps.len(), Over::default());
        for (over, (_, most)) in asked.over.iter_mut().zip(&pool.steps) {
            if let Some(beyond) = amount.amount().minus(*most).ok().filter(|beyond| !beyond.is_zero() && !beyond.is_negative()) {
                over.cases += 1;
                add(&mut over.sum, beyond);
            }
        }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        for (currency, days) in &later.days {
            let own = self.days.entry(*currency).or_default();
            for (day, more) in days {
                let asked = own.entry(*day).or_default();
                asked.cases += more.cases;
                add(&mut asked.sum, more.sum);
                asked.over.resize(asked.over.len().max(more.over.len()), Over::default());
                for (over, more) in asked.over.iter_mut().zip(&more.over) {
                    over.cases += more.cases;
                    add(&mut over.sum, more.sum);
                }
            }
        }
    }

    /// How the pool fared, in every currency in which something was asked of it.
    pub(crate) fn told(&self, pool: &Pool) -> Vec<Budget> {
        self.days.iter().map(|(currency, days)| budget(pool, *currency, days)).collect()
    }
}

fn budget(pool: &Pool, currency: Currency, days: &BTreeMap<i64, Asked>) -> Budget {
    let money = |amount: Decimal| Money::new(amount, currency);
    let mut periods: Vec<(String, Vec<(Date, &Asked)>)> = Vec::new();
    for (number, asked) in days {
        let Some(day) = Date::of_number(*number) else { continue };
        let name = pool.period.of(day);
        match periods.last_mut() {
            Some((last, list)) if *last == name => list.push((day, asked)),
            _ => periods.push((name, vec![(day, asked)])),
        }
    }
    let periods: Vec<PoolPeriod> = periods.into_iter().map(|(name, days)| period(pool, name, &days, &money)).collect();
    let sum = |of: &dyn Fn(&PoolPeriod) -> Decimal| {
        let mut sum = Decimal::ZERO;
        for each in &periods {
            add(&mut sum, of(each));
        }
        sum
    };
    let count = |of: &dyn Fn(&PoolPeriod) -> bool| periods.iter().filter(|each| of(each)).count() as u64;
    let has_steps = !pool.steps.is_empty();
    Budget {
        declared: pool.written.clone(),
        amount: money(pool.amount),
        dry: count(&|each| each.ran_dry_on.is_some()),
        beyond: money(sum(&|each| each.beyond.amount())),
        dry_with_steps: has_steps.then(|| count(&|each| each.steps.as_ref().is_some_and(|steps| steps.ran_dry_on.is_some()))),
        spared: has_steps.then(|| money(sum(&|each| each.steps.as_ref().map_or(Decimal::ZERO, |steps| steps.spared.amount())))),
        periods,
    }
}

fn period(pool: &Pool, name: String, days: &[(Date, &Asked)], money: &dyn Fn(Decimal) -> Money) -> PoolPeriod {
    let (mut asked, mut ran_dry_on, mut cases_after) = (Decimal::ZERO, None, 0);
    for (day, of) in days {
        if ran_dry_on.is_some() {
            cases_after += of.cases;
        }
        add(&mut asked, of.sum);
        if asked > pool.amount && ran_dry_on.is_none() {
            ran_dry_on = Some(*day);
        }
    }
    let beyond = asked.minus(pool.amount).ok().filter(|beyond| !beyond.is_negative()).unwrap_or(Decimal::ZERO);
    PoolPeriod {
        period: name,
        asked: money(asked),
        used: part_of(asked, pool.amount),
        ran_dry_on,
        beyond: money(beyond),
        cases_after,
        steps: (!pool.steps.is_empty()).then(|| stepped(pool, days, money)),
    }
}

fn stepped(pool: &Pool, days: &[(Date, &Asked)], money: &dyn Fn(Decimal) -> Money) -> SteppedPeriod {
    let (mut asked, mut spared, mut cases, mut from, mut ran_dry_on) = (Decimal::ZERO, Decimal::ZERO, 0, None, None);
    for (day, of) in days {
        let reached = |share: Decimal| pool.amount.times(share).is_ok_and(|least| asked >= least);
        let step = pool.steps.iter().rposition(|(share, _)| reached(*share));
        let over = step.and_then(|step| of.over.get(step)).copied().unwrap_or_default();
        if step.is_some() {
            from = from.or(Some(*day));
        }
        cases += over.cases;
        add(&mut spared, over.sum);
        add(&mut asked, of.sum);
        add(&mut asked, over.sum.negated());
        if asked > pool.amount {
            ran_dry_on = ran_dry_on.or(Some(*day));
        }
    }
    SteppedPeriod { from, cases, spared: money(spared), asked: money(asked), ran_dry_on }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_takes_hold_on_the_day_after_its_share_was_reached() {
        let pool = Pool::parse("goodwill=100/month, 10 from 50%, 0 from 100%").unwrap();
        let mut tally = PoolTally::default();
        let cases = [
            ("2026-03-01", "40"),
            ("2026-03-02", "20"),
            ("2026-03-03", "30"),
            ("2026-03-03", "5"),
            ("2026-03-09", "60"),
            ("2026-04-01", "7"),
        ];
        for (day, amount) in cases {
            let goodwill = Money::parse(&format!("{amount} USD")).unwrap();
            tally.take(&pool, None, Some(goodwill), Some(Date::parse(day).unwrap()));
        }
        let told = serde_json::to_string_pretty(&tally.told(&pool)).unwrap();
        insta::assert_snapshot!(told, @r#"
        [
          {
            "declared": "goodwill=100/month, 10 from 50%, 0 from 100%",
            "amount": {
              "amount": "100.00",
              "currency": "USD"
            },
            "periods": [
              {
                "period": "2026-03",
                "asked": {
                  "amount": "155.00",
                  "currency": "USD"
                },
                "used": "1.55",
                "ran_dry_on": "2026-03-09",
                "beyond": {
                  "amount": "55.00",
                  "currency": "USD"
                },
                "cases_after": 0,
                "steps": {
                  "from": "2026-03-03",
                  "cases": 2,
                  "spared": {
                    "amount": "70.00",
                    "currency": "USD"
                  },
                  "asked": {
                    "amount": "85.00",
                    "currency": "USD"
                  },
                  "ran_dry_on": null
                }
              },
              {
                "period": "2026-04",
                "asked": {
                  "amount": "7.00",
                  "currency": "USD"
                },
                "used": "0.07",
                "ran_dry_on": null,
                "beyond": {
                  "amount": "0.00",
                  "currency": "USD"
                },
                "cases_after": 0,
                "steps": {
                  "from": null,
                  "cases": 0,
                  "spared": {
                    "amount": "0.00",
                    "currency": "USD"
                  },
                  "asked": {
                    "amount": "7.00",
                    "currency": "USD"
                  },
                  "ran_dry_on": null
                }
              }
            ],
            "dry": 1,
            "beyond": {
              "amount": "55.00",
              "currency": "USD"
            },
            "dry_with_steps": 0,
            "spared": {
              "amount": "70.00",
              "currency": "USD"
            }
          }
        ]
        "#);
    }
}
