//! What a policy decides beside what really happened, counted.

use super::counts::{Counts, Moves};
use super::dearest::{Dearest, Kept};
use super::saved::{by_currency, decimal};
use super::summable::add;
use super::tally::Decided;
use crate::history::Actual;
use crate::value::{Currency, Decimal, Fact, Money};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Cases of which something is known that really happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reality {
    pub(crate) cases: u64,
    pub(crate) known: u64,
    pub(crate) agree: u64,
    pub(crate) outcomes: Moves,
    #[serde(with = "by_currency")]
    pub(crate) paid: BTreeMap<Currency, PaidTally>,
    #[serde(with = "by_currency")]
    pub(crate) goodwill: BTreeMap<Currency, PaidTally>,
    /// Customers by whether they were satisfied: all of them, and those whose case is decided as it really was.
    pub(crate) customers: Counts,
    pub(crate) customers_agree: Counts,
    pub(crate) largest: Dearest,
}

/// Money in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PaidTally {
    pub(crate) cases: u64,
    pub(crate) same: u64,
    pub(crate) more: u64,
    pub(crate) less: u64,
    #[serde(with = "decimal")]
    pub(crate) actual: Decimal,
    #[serde(with = "decimal")]
    pub(crate) decided: Decimal,
    #[serde(with = "decimal")]
    pub(crate) distance: Decimal,
}

impl Reality {
    /// Counts a case.
    pub(crate) fn take(
        &mut self,
        decided: &Decided<'_>,
        actual: &Actual,
        (number, shown): (u64, usize),
        keep: impl FnOnce(Money, Money) -> Kept,
    ) {
        if *actual == Actual::default() {
            return;
        }
        self.cases += 1;
        let mut agrees = false;
        if let Fact::Known(outcome) = &actual.outcome {
            agrees = outcome.name() == decided.outcome();
            self.known += 1;
            self.agree += u64::from(agrees);
            self.outcomes.add(outcome.name(), decided.outcome());
        }
        let customers = match actual.satisfied {
            Fact::Known(true) => Some("satisfied"),
            Fact::Known(false) => Some("not satisfied"),
            Fact::Unknown => Some("unknown"),
            Fact::Missing => None,
        };
        if let Some(customers) = customers.filter(|_| actual.outcome.is_known()) {
            self.customers.add(customers);
            if agrees {
                self.customers_agree.add(customers);
            }
        }
        if decided.gist().is_none() {
            return;
        }
        let amounts = decided.amounts();
        if let Fact::Known(paid) = actual.paid {
            // Where nothing is decided of money, nothing is paid. Amounts of several currencies have no total.
            let is_nothing = amounts.owed().chain(amounts.goodwill).next().is_none();
            let pays = amounts.total().or_else(|| is_nothing.then(|| Money::zero(paid.currency())));
            if let Some(difference) = pays.and_then(|pays| PaidTally::take(&mut self.paid, paid, pays)) {
                self.largest.offer(difference, number, shown, || keep(difference, paid));
            }
        }
        if let (Fact::Known(given), Some(goodwill)) = (actual.goodwill, amounts.goodwill) {
            PaidTally::take(&mut self.goodwill, given, goodwill);
        }
    }

    /// Adds cases that were counted elsewhere, later ones.
    pub(crate) fn merge(&mut self, later: &Self, shown: usize) {
        self.cases += later.cases;
        self.known += later.known;
        self.agree += later.agree;
        self.outcomes.merge(&later.outcomes);
        self.customers.merge(&later.customers);
        self.customers_agree.merge(&later.customers_agree);
        for (own, more) in [(&mut self.paid, &later.paid), (&mut self.goodwill, &later.goodwill)] {
            for (currency, tally) in more {
                own.entry(*currency).or_default().merge(tally);
            }
        }
        self.largest.merge(&later.largest, shown);
    }
}

impl PaidTally {
    /// Counts a case; what the policy pays beyond what was really paid. Amounts of two currencies cannot be compared.
    fn take(tallies: &mut BTreeMap<Currency, Self>, actual: Money, decided: Money) -> Option<Money> {
        let difference = decided.minus(actual).ok()?;
        let tally = tallies.entry(actual.currency()).or_default();
        tally.cases += 1;
        tally.same += u64::from(difference.amount().is_zero());
        tally.less += u64::from(difference.amount().is_negative());
        tally.more += u64::from(!difference.amount().is_zero() && !difference.amount().is_negative());
        add(&mut tally.actual, actual.amount());
        add(&mut tally.decided, decided.amount());
        add(&mut tally.distance, difference.amount().absolute());
        Some(difference)
    }

    fn merge(&mut self, later: &Self) {
        self.cases += later.cases;
        self.same += later.same;
        self.more += later.more;
        self.less += later.less;
        add(&mut self.actual, later.actual);
        add(&mut self.decided, later.decided);
        add(&mut self.distance, later.distance);
    }
}
