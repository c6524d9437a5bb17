//! What two policies make of the same cases, counted: parts of a history add up to the same as the whole.

use super::bootstrap::Draws;
use super::counts::{Counts, Moves, OTHERS};
use super::dearest::{Dearest, Kept};
use super::groups::Groups;
use super::saved::{by_currency, pairs};
use super::sums::Sums;
use super::tally::Decided;
use crate::evaluation::{Amounts, Gist};
use crate::limits::{BACKTEST_CAUSES_MAX, BACKTEST_NAMES_MAX};
use crate::value::{Currency, Decimal, Money};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The numbers of so many cases are told of a fault.
const FIRST_MAX: usize = 5;

/// Cases under two policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contrast {
    pub(crate) cases: u64,
    pub(crate) changed: u64,
    pub(crate) cost_changed: u64,
    pub(crate) outcomes: Moves,
    pub(crate) approvals: Moves,
    #[serde(with = "pairs")]
    pub(crate) causes: BTreeMap<CauseKey, CauseTally>,
    pub(crate) dearest: Dearest,
    pub(crate) new_faults: FaultTally,
    pub(crate) mended_faults: FaultTally,
    pub(crate) newly_without_rule: FaultTally,
    #[serde(with = "pairs")]
    pub(crate) fairness: BTreeMap<(String, String), FairTally>,
    pub(crate) draws: Draws,
}

/// What brought a difference about: what is paid for, the decision, what decided before and after.
pub(crate) type CauseKey = (String, String, String, String);

/// Cases with the same cause.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CauseTally {
    pub(crate) cases: u64,
    pub(crate) delta: Sums,
    pub(crate) first: String,
}

/// Cases with a fault that comes or goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FaultTally {
    pub(crate) cases: u64,
    pub(crate) by: Counts,
    pub(crate) first: Vec<String>,
}

/// A group of customers under both policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FairTally {
    pub(crate) cases: u64,
    pub(crate) changed: u64,
    pub(crate) better: u64,
    pub(crate) worse: u64,
    pub(crate) upheld_before: u64,
    pub(crate) upheld_after: u64,
    #[serde(with = "by_currency")]
    pub(crate) cases_in: BTreeMap<Currency, u64>,
    pub(crate) total: (Sums, Sums),
    pub(crate) goodwill: (Sums, Sums),
}

/// A case as two policies decide it.
pub(crate) struct Pair<'p, 'e> {
    pub(crate) before: &'p Decided<'e>,
    pub(crate) after: &'p Decided<'e>,
    /// Do they differ in anything that is told?
    pub(crate) differs: bool,
    pub(crate) currency: Option<Currency>,
}

/// What is paid for, with its amounts before and after.
pub(crate) type Component = (&'static str, Option<Money>, Option<Money>);

impl Pair<'_, '_> {
    /// What it costs before and after, by currency.
    fn costs(&self) -> (Sums, Sums) {
        (cost(&self.before.amounts()), cost(&self.after.amounts()))
    }

    /// What is paid for and comes to something else.
    pub(crate) fn components(&self) -> impl Iterator<Item = Component> {
        let (was, is) = (self.before.amounts(), self.after.amounts());
        let parts = [
            ("correction", was.correction, is.correction),
            ("related_charges", was.related_charges, is.related_charges),
            ("statutory_redress", was.statutory_redress, is.statutory_redress),
            ("interest", was.interest, is.interest),
            ("penalties", was.penalties, is.penalties),
            ("goodwill", was.goodwill, is.goodwill),
        ];
        parts.into_iter().filter(|(_, was, is)| !delta(*was, *is).iter().all(|amount| amount.amount().is_zero()))
    }
}

/// What a case costs, by currency.
pub(crate) fn cost(amounts: &Amounts) -> Sums {
    amounts.owed().chain(amounts.goodwill).collect()
}

/// What something costs more after than before.
pub(crate) fn delta(was: Option<Money>, is: Option<Money>) -> Sums {
    let mut delta = Sums::default();
    if let Some(amount) = is {
        delta.add(amount);
    }
    if let Some(amount) = was {
        delta.subtract(amount);
    }
    delta
}

/// Do two gists of one case say something else? Which rules hit is no difference by itself.
pub(crate) fn differ(before: &Decided<'_>, after: &Decided<'_>, same_clocks: impl Fn(&Gist<'_>, &Gist<'_>) -> bool) -> bool {
    match (before, after) {
        (Decided::As(was), Decided::As(is)) => {
            was.status != is.status
                || was.outcome != is.outcome
                || was.amounts != is.amounts
                || was.approval != is.approval
                || was.also != is.also
                || was.second_person != is.second_person
                || was.escalation_level != is.escalation_level
                || was.escalation_target != is.escalation_target
                || was.relationship != is.relationship
                || was.faults != is.faults
                || was.without_rule != is.without_rule
                || !same_clocks(was, is)
        }
        (Decided::Refused(was), Decided::Refused(is)) => was != is,
        _ => true,
    }
}

impl Contrast {
    /// Counts a case. `cause` tells what brought the difference of a component about.
    pub(crate) fn take(
        &mut self,
        pair: &Pair<'_, '_>,
        (number, id, groups): (u64, &str, &Groups<'_>),
        cause: impl Fn(&str) -> (String, String, String),
        (shown, keep): (usize, impl FnOnce(Decimal) -> Kept),
    ) {
        self.cases += 1;
        self.changed += u64::from(pair.differs);
        self.outcomes.add(pair.before.outcome(), pair.after.outcome());
        let (before, after) = pair.costs();
        let delta_of_case = after.less(&before);
        let moved = delta_of_case.iter().any(|amount| !amount.amount().is_zero());
        self.cost_changed += u64::from(moved);
        self.be_fair(pair, groups, (&before, &after), &delta_of_case);
        if !pair.differs {
            return;
        }
        self.signers(pair);
        self.faults(pair, id);
        for (paid_for, was, is) in pair.components() {
            let (decision, before, after) = cause(paid_for);
            self.blame((paid_for.to_owned(), decision, before, after), id).delta.merge(&delta(was, is));
        }
        if let Some(most) = delta_of_case.iter().max_by_key(|amount| amount.amount().absolute()) {
            self.dearest.offer(most, number, shown, || keep(most.amount()));
        }
    }

    fn blame(&mut self, key: CauseKey, id: &str) -> &mut CauseTally {
        let is_room = self.causes.contains_key(&key) || self.causes.len() < BACKTEST_CAUSES_MAX;
        let key = if is_room { key } else { (key.0, OTHERS.to_owned(), OTHERS.to_owned(), OTHERS.to_owned()) };
        let cause = self.causes.entry(key).or_default();
        cause.cases += 1;
        if cause.first.is_empty() {
            id.clone_into(&mut cause.first);
        }
        cause
    }

    fn signers(&mut self, pair: &Pair<'_, '_>) {
        let told = |decided: &Decided<'_>| match decided.gist() {
            Some(gist) => {
                let roles: Vec<&str> =
                    gist.approval.iter().chain(&gist.also).map(|role| &**role).filter(|role| *role != "none").collect();
                if roles.is_empty() { "nobody".to_owned() } else { roles.join(" and ") }
            }
            None => super::tally::NOT_DECIDED.to_owned(),
        };
        let (before, after) = (told(pair.before), told(pair.after));
        if before != after {
            self.approvals.add(&before, &after);
        }
    }

    fn faults(&mut self, pair: &Pair<'_, '_>, id: &str) {
        let names = |decided: &Decided<'_>| match decided {
            Decided::As(gist) => gist.faults.iter().map(|(part, kind)| format!("{part}: {kind}")).collect(),
            Decided::Refused(why) => vec![(*why).to_owned()],
        };
        let (before, after): (Vec<String>, Vec<String>) = (names(pair.before), names(pair.after));
        self.new_faults.take(after.iter().filter(|name| !before.contains(name)).map(String::as_str), id);
        self.mended_faults.take(before.iter().filter(|name| !after.contains(name)).map(String::as_str), id);
        let without = |decided: &Decided<'_>| -> Vec<String> {
            decided.gist().map_or_else(Vec::new, |gist| gist.without_rule.iter().map(ToString::to_string).collect())
        };
        let (before, after) = (without(pair.before), without(pair.after));
        self.newly_without_rule.take(after.iter().filter(|name| !before.contains(name)).map(String::as_str), id);
    }

    fn be_fair(&mut self, pair: &Pair<'_, '_>, groups: &Groups<'_>, (before, after): (&Sums, &Sums), delta: &Sums) {
        let sign = |up: bool| delta.iter().any(|amount| !amount.amount().is_zero() && amount.amount().is_negative() != up);
        for (by, group) in groups.fairness() {
            let key = (by.to_owned(), group.to_owned());
            let is_room = self.fairness.contains_key(&key) || self.fairness.len() < BACKTEST_NAMES_MAX;
            let fair = self.fairness.entry(if is_room { key } else { (by.to_owned(), OTHERS.to_owned()) }).or_default();
            fair.cases += 1;
            fair.changed += u64::from(pair.differs);
            fair.better += u64::from(sign(true));
            fair.worse += u64::from(sign(false));
            fair.upheld_before += u64::from(pair.before.is_upheld());
            fair.upheld_after += u64::from(pair.after.is_upheld());
            pair.currency.into_iter().for_each(|currency| *fair.cases_in.entry(currency).or_default() += 1);
            fair.total.0.merge(before);
            fair.total.1.merge(after);
            pair.before.amounts().goodwill.into_iter().for_each(|amount| fair.goodwill.0.add(amount));
            pair.after.amounts().goodwill.into_iter().for_each(|amount| fair.goodwill.1.add(amount));
        }
    }

    /// Adds cases that were counted elsewhere, later ones.
    pub(crate) fn merge(&mut self, later: &Self, shown: usize) {
        self.cases += later.cases;
        self.changed += later.changed;
        self.cost_changed += later.cost_changed;
        self.outcomes.merge(&later.outcomes);
        self.approvals.merge(&later.approvals);
        for (key, cause) in &later.causes {
            let known = self.blame(key.clone(), &cause.first);
            known.cases += cause.cases - 1;
            known.delta.merge(&cause.delta);
        }
        self.dearest.merge(&later.dearest, shown);
        self.new_faults.merge(&later.new_faults);
        self.mended_faults.merge(&later.mended_faults);
        self.newly_without_rule.merge(&later.newly_without_rule);
        for (key, fair) in &later.fairness {
            let is_room = self.fairness.contains_key(key) || self.fairness.len() < BACKTEST_NAMES_MAX;
            let key = if is_room { key.clone() } else { (key.0.clone(), OTHERS.to_owned()) };
            self.fairness.entry(key).or_default().merge(fair);
        }
        self.draws.merge(&later.draws);
    }
}

impl FaultTally {
    fn take<'n>(&mut self, names: impl Iterator<Item = &'n str>, id: &str) {
        let mut any = false;
        for name in names {
            self.by.add(name);
            any = true;
        }
        if any {
            self.cases += 1;
            if self.first.len() < FIRST_MAX {
                self.first.push(id.to_owned());
            }
        }
    }

    fn merge(&mut self, later: &Self) {
        self.cases += later.cases;
        self.by.merge(&later.by);
        let room = FIRST_MAX.saturating_sub(self.first.len());
        self.first.extend(later.first.iter().take(room).cloned());
    }
}

impl FairTally {
    fn merge(&mut self, later: &Self) {
        self.cases += later.cases;
        self.changed += later.changed;
        self.better += later.better;
        self.worse += later.worse;
        self.upheld_before += later.upheld_before;
        self.upheld_after += later.upheld_after;
        later.cases_in.iter().for_each(|(currency, cases)| *self.cases_in.entry(*currency).or_default() += cases);
        self.total.0.merge(&later.total.0);
        self.total.1.merge(&later.total.1);
        self.goodwill.0.merge(&later.goodwill.0);
        self.goodwill.1.merge(&later.goodwill.1);
    }
}
