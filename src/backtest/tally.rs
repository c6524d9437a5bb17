//! What one policy comes to over cases, counted: parts of a history add up to the same as the whole.

use super::counts::Counts;
use super::groups::{GOODWILL_BY, Groups};
use super::saved::by_currency;
use super::spread::Spread;
use super::summary::Costs;
use super::sums::Sums;
use crate::evaluation::{Amounts, Gist};
use crate::value::{Currency, Money};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a policy made of a case.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all are decided, and none is kept")]
pub(crate) enum Decided<'e> {
    /// It decided it.
    As(Gist<'e>),
    /// It does not decide it, and why.
    Refused(&'static str),
}

/// Outcomes in which the customer is right, wholly or in part.
pub(crate) const UPHELD: [&str; 3] = ["uphold", "partly_uphold", "concede_by_deadline"];

/// The outcome of a case that has none since its policy does not decide it.
pub(crate) const NOT_DECIDED: &str = "not_decided";

impl<'e> Decided<'e> {
    pub(crate) fn gist(&self) -> Option<&Gist<'e>> {
        match self {
            Self::As(gist) => Some(gist),
            Self::Refused(_) => None,
        }
    }

    /// The outcome, else how it ended.
    pub(crate) fn outcome(&self) -> &str {
        match self {
            Self::As(gist) => gist.outcome.as_deref().unwrap_or_else(|| gist.status.word()),
            Self::Refused(_) => NOT_DECIDED,
        }
    }

    pub(crate) fn amounts(&self) -> Amounts {
        self.gist().map(|gist| gist.amounts).unwrap_or_default()
    }

    /// Is the customer right, wholly or in part?
    pub(crate) fn is_upheld(&self) -> bool {
        let outcome = self.gist().and_then(|gist| gist.outcome.as_deref());
        outcome.is_some_and(|outcome| UPHELD.contains(&outcome))
    }
}

/// Cases under one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) cases: u64,
    pub(crate) refused: Counts,
    pub(crate) statuses: Counts,
    pub(crate) outcomes: Counts,
    pub(crate) costs: Costs,
    #[serde(with = "by_currency")]
    pub(crate) goodwill: BTreeMap<Currency, GoodwillTally>,
    pub(crate) roles: Counts,
    /// Cases that anybody signs.
    pub(crate) signed: u64,
    pub(crate) second_person: u64,
    pub(crate) escalated: u64,
    pub(crate) levels: BTreeMap<i64, u64>,
    pub(crate) targets: Counts,
    /// Escalations by the number of the day of receipt.
    pub(crate) days: BTreeMap<i64, u64>,
    pub(crate) first_day: Option<i64>,
    pub(crate) last_day: Option<i64>,
    /// By the months of receipt, counted from the year 0.
    pub(crate) months: BTreeMap<i32, MonthTally>,
    pub(crate) actions: Counts,
    pub(crate) late: u64,
    /// By the number of the clock.
    pub(crate) missed: BTreeMap<usize, u64>,
    pub(crate) faulty: u64,
    pub(crate) without_rule: u64,
    pub(crate) faults: Counts,
    /// By the number of the rule.
    pub(crate) rules: Vec<u64>,
}

/// Goodwill in one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GoodwillTally {
    pub(crate) cases: u64,
    pub(crate) spread: Spread,
    pub(crate) cut_by: Counts,
    pub(crate) groups: [GroupTallies; GOODWILL_BY],
}

/// Goodwill by group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupTallies {
    pub(crate) cases: Counts,
    pub(crate) spreads: BTreeMap<String, Spread>,
}

/// Cases of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MonthTally {
    pub(crate) cases: u64,
    pub(crate) cost: Sums,
    pub(crate) goodwill: Sums,
    pub(crate) escalated: u64,
}

impl Tally {
    /// Counts a case.
    pub(crate) fn take(&mut self, decided: &Decided<'_>, groups: &Groups<'_>, currency: Option<Currency>) {
        self.cases += 1;
        let day = groups.received_on();
        let number = day.map(crate::value::Date::to_number);
        self.first_day = self.first_day.into_iter().chain(number).min();
        self.last_day = self.last_day.into_iter().chain(number).max();
        let gist = match decided {
            Decided::As(gist) => gist,
            Decided::Refused(why) => return self.refused.add(why),
        };
        self.statuses.add(gist.status.word());
        self.outcomes.add(gist.outcome.as_deref().unwrap_or("none"));
        self.costs.take(&gist.amounts);
        if let Some(currency) = gist.amounts.goodwill.map(Money::currency).or(currency) {
            self.goodwill.entry(currency).or_default().take(gist, groups);
        }
        let role = gist.approval.as_deref().filter(|role| *role != "none");
        self.signed += u64::from(role.is_some() || !gist.also.is_empty());
        role.into_iter().chain(gist.also.iter().map(|role| &**role)).for_each(|role| self.roles.add(role));
        self.second_person += u64::from(gist.second_person);
        let escalated = gist.escalation_level > 0;
        if escalated {
            self.escalated += 1;
            *self.levels.entry(gist.escalation_level).or_default() += 1;
            self.targets.add(gist.escalation_target.as_deref().unwrap_or("none"));
            if let Some(day) = number {
                *self.days.entry(day).or_default() += 1;
            }
        }
        if let Some(day) = day {
            let month = self.months.entry(i32::from(day.year()) * 12 + i32::from(day.month()) - 1).or_default();
            month.take(&gist.amounts, escalated);
        }
        self.actions.add(gist.relationship.as_deref().unwrap_or("none"));
        self.late += u64::from(!gist.missed.is_empty());
        gist.missed.iter().for_each(|clock| *self.missed.entry(*clock).or_default() += 1);
        self.faulty += u64::from(!gist.faults.is_empty());
        self.without_rule += u64::from(!gist.without_rule.is_empty());
        gist.faults.iter().for_each(|(part, kind)| self.faults.add(&format!("{part}: {kind}")));
        for hit in &gist.hits {
            let at = *hit as usize;
            if self.rules.len() <= at {
                self.rules.resize(at + 1, 0);
            }
            self.rules.get_mut(at).into_iter().for_each(|hits| *hits += 1);
        }
    }

    /// Adds cases that were counted elsewhere, later ones.
    pub(crate) fn merge(&mut self, later: &Self) {
        self.cases += later.cases;
        self.refused.merge(&later.refused);
        self.statuses.merge(&later.statuses);
        self.outcomes.merge(&later.outcomes);
        self.costs.merge(&later.costs);
        later.goodwill.iter().for_each(|(currency, tally)| self.goodwill.entry(*currency).or_default().merge(tally));
        self.roles.merge(&later.roles);
        self.signed += later.signed;
        self.second_person += later.second_person;
        self.escalated += later.escalated;
        later.levels.iter().for_each(|(level, cases)| *self.levels.entry(*level).or_default() += cases);
        self.targets.merge(&later.targets);
        later.days.iter().for_each(|(day, cases)| *self.days.entry(*day).or_default() += cases);
        self.first_day = self.first_day.into_iter().chain(later.first_day).min();
        self.last_day = self.last_day.into_iter().chain(later.last_day).max();
        later.months.iter().for_each(|(month, tally)| self.months.entry(*month).or_default().merge(tally));
        self.actions.merge(&later.actions);
        self.late += later.late;
        later.missed.iter().for_each(|(clock, cases)| *self.missed.entry(*clock).or_default() += cases);
        self.faulty += later.faulty;
        self.without_rule += later.without_rule;
        self.faults.merge(&later.faults);
        self.rules.resize(self.rules.len().max(later.rules.len()), 0);
        self.rules.iter_mut().zip(&later.rules).for_each(|(hits, more)| *hits += more);
    }
}

impl Costs {
    /// Adds the amounts of a case.
    pub(crate) fn take(&mut self, amounts: &Amounts) {
        let parts = [
            (amounts.correction, &mut self.correction),
            (amounts.related_charges, &mut self.related_charges),
            (amounts.statutory_redress, &mut self.statutory_redress),
            (amounts.interest, &mut self.interest),
            (amounts.penalties, &mut self.penalties),
            (amounts.goodwill, &mut self.goodwill),
            (amounts.provisional_credit, &mut self.provisional_credit),
        ];
        for (amount, sum) in parts {
            if let Some(amount) = amount {
                sum.add(amount);
            }
        }
        amounts.owed().for_each(|amount| self.owed.add(amount));
        amounts.owed().chain(amounts.goodwill).for_each(|amount| self.total.add(amount));
    }

    fn merge(&mut self, later: &Self) {
        let parts = [
            (&mut self.total, &later.total),
            (&mut self.owed, &later.owed),
            (&mut self.correction, &later.correction),
            (&mut self.related_charges, &later.related_charges),
            (&mut self.statutory_redress, &later.statutory_redress),
            (&mut self.interest, &later.interest),
            (&mut self.penalties, &later.penalties),
            (&mut self.goodwill, &later.goodwill),
            (&mut self.provisional_credit, &later.provisional_credit),
        ];
        for (sum, more) in parts {
            sum.merge(more);
        }
    }
}

impl GoodwillTally {
    fn take(&mut self, gist: &Gist<'_>, groups: &Groups<'_>) {
        self.cases += 1;
        let granted = gist.amounts.goodwill.filter(|amount| !amount.amount().is_zero());
        if let Some(amount) = granted {
            self.spread.add(amount);
        }
        gist.goodwill_capped_by.iter().for_each(|guardrail| self.cut_by.add(guardrail));
        for (tallies, group) in self.groups.iter_mut().zip(groups.goodwill) {
            tallies.take(group, granted);
        }
    }

    fn merge(&mut self, later: &Self) {
        self.cases += later.cases;
        self.spread.merge(&later.spread);
        self.cut_by.merge(&later.cut_by);
        self.groups.iter_mut().zip(&later.groups).for_each(|(tallies, later)| tallies.merge(later));
    }
}

impl GroupTallies {
    fn take(&mut self, group: &str, granted: Option<Money>) {
        self.cases.add(group);
        if let Some(amount) = granted {
            self.spread(group).add(amount);
        }
    }

    /// The spread of a group, under the name by which its cases are counted.
    fn spread(&mut self, group: &str) -> &mut Spread {
        let group = if self.cases.map().contains_key(group) { group } else { super::counts::OTHERS };
        self.spreads.entry(group.to_owned()).or_default()
    }

    fn merge(&mut self, later: &Self) {
        self.cases.merge(&later.cases);
        later.spreads.iter().for_each(|(group, spread)| self.spread(group).merge(spread));
    }
}

impl MonthTally {
    fn take(&mut self, amounts: &Amounts, escalated: bool) {
        self.cases += 1;
        self.escalated += u64::from(escalated);
        amounts.owed().chain(amounts.goodwill).for_each(|amount| self.cost.add(amount));
        amounts.goodwill.into_iter().for_each(|amount| self.goodwill.add(amount));
    }

    fn merge(&mut self, later: &Self) {
        self.cases += later.cases;
        self.escalated += later.escalated;
        self.cost.merge(&later.cost);
        self.goodwill.merge(&later.goodwill);
    }
}
