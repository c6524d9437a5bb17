//! A tally as a summary.

use super::groups::GOODWILL_BY;
use super::parts::number;
use super::summary::{
    Approvals, DayCount, DayStretch, Escalations, Faults, Goodwill, GoodwillOf, MissedClocks, Month, Named, Relationships,
    RoleLoad, RuleHits, Summary,
};
use super::tally::{GoodwillTally, GroupTallies, Tally};
use crate::evaluation::GistReader;
use crate::policy::Policy;
use crate::policy::params::WORKLOAD;
use crate::value::{Currency, Date, Decimal, Mode, Value};
use std::cmp::Reverse;

/// As many of the busiest days are told.
const BUSIEST_DAYS: usize = 10;
/// Stretches of days that are told.
const STRETCHES_MAX: u64 = 60;
/// Where a policy says how many minutes a role needs to look at a case and sign it.
const MINUTES: &str = "approval_minutes";

/// What a policy comes to.
pub(crate) fn summary(tally: &Tally, policy: &Policy, reader: &GistReader, capacity: Option<u64>) -> Summary {
    let action = |name: &str| tally.actions.map().get(name).copied().unwrap_or(0);
    let mut goodwill: Vec<(u64, Goodwill)> =
        tally.goodwill.iter().filter_map(|(currency, of)| Some((of.cases, goodwill_in(*currency, of)?))).collect();
    goodwill.sort_by_key(|(cases, _)| Reverse(*cases));
    let clock = |(number, cases): (&usize, &u64)| Named { name: reader.clock(*number).to_owned(), cases: *cases };
    let hits = |number: usize| tally.rules.get(number).copied().unwrap_or(0);
    let rules = reader.rules().iter().enumerate().filter(|(_, rule)| rule.written);
    let rules = rules.map(|(number, rule)| RuleHits {
        decision: rule.decision.to_string(),
        rule: rule.rule.to_string(),
        hits: hits(number),
    });
    Summary {
        cases: tally.cases,
        refused: tally.refused.map().clone(),
        statuses: tally.statuses.map().clone(),
        outcomes: tally.outcomes.map().clone(),
        money: tally.costs.clone(),
        goodwill: goodwill.into_iter().map(|(_, goodwill)| goodwill).collect(),
        approvals: approvals(tally, policy),
        escalations: escalations(tally, capacity),
        relationships: Relationships {
            actions: tally.actions.map().clone(),
            exits_proposed: action("managed_exit"),
            exits_blocked: action("exit_blocked"),
        },
        clocks: MissedClocks { cases: tally.late, by_clock: tally.missed.iter().map(clock).collect() },
        faults: Faults { cases: tally.faulty, without_rule: tally.without_rule, by_kind: tally.faults.named() },
        rules: rules.collect(),
        months: tally.months.iter().map(|(number, of)| month(*number, of)).collect(),
    }
}

fn month(number: i32, of: &super::tally::MonthTally) -> Month {
    Month {
        month: format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
        cases: of.cases,
        cost: of.cost.clone(),
        goodwill: of.goodwill.clone(),
        escalated: of.escalated,
    }
}

fn goodwill_in(currency: Currency, of: &GoodwillTally) -> Option<Goodwill> {
    let [by_segment, by_tier, by_reason, by_jurisdiction]: [Vec<GoodwillOf>; GOODWILL_BY] =
        [0, 1, 2, 3].map(|by| of.groups.get(by).map_or_else(Vec::new, |groups| goodwill_by(currency, groups)));
    Some(Goodwill {
        currency: currency.code().to_owned(),
        spread: of.spread.note(currency)?,
        amounts: of.spread.bars(currency),
        cut_by: of.cut_by.map().clone(),
        by_segment,
        by_tier,
        by_reason,
        by_jurisdiction,
    })
}

fn goodwill_by(currency: Currency, groups: &GroupTallies) -> Vec<GoodwillOf> {
    let of = |(group, spread): (&String, &super::spread::Spread)| {
        let cases = groups.cases.map().get(group).copied().unwrap_or(0);
        Some(GoodwillOf { group: group.clone(), cases, spread: spread.note(currency)? })
    };
    let mut list: Vec<GoodwillOf> = groups.spreads.iter().filter_map(of).collect();
    list.sort_by_key(|each| Reverse(each.spread.total.amount()));
    list
}

fn approvals(tally: &Tally, policy: &Policy) -> Approvals {
    let load = |(role, cases): (&String, &u64)| {
        let minutes_each = minutes(tally, policy, role);
        let hours = minutes_each.and_then(|minutes| hours(minutes, *cases));
        RoleLoad { role: role.clone(), cases: *cases, minutes_each, hours }
    };
    let by_role: Vec<RoleLoad> = tally.roles.map().iter().map(load).collect();
    let known = by_role.iter().filter_map(|load| load.hours);
    let hours = known.reduce(|sum, hours| sum.plus(hours).unwrap_or(sum));
    Approvals { cases: tally.signed, by_role, second_person: tally.second_person, hours }
}

/// The minutes of a role, as they are on the last day of the history.
fn minutes(tally: &Tally, policy: &Policy, role: &str) -> Option<Decimal> {
    let params = &policy.program.params;
    let day = Date::of_number(tally.last_day?)?;
    match params.value(params.find(&format!("params.{WORKLOAD}.{MINUTES}.{role}"))?, day, None).ok()? {
        Value::Decimal(minutes) => Some(minutes),
        Value::Integer(minutes) => Some(Decimal::from(minutes)),
        _ => None,
    }
}

fn hours(minutes: Decimal, cases: u64) -> Option<Decimal> {
    Some(Mode::HalfUp.to_digits(minutes.times(number(cases)).ok()?.divided_by(Decimal::from(60)).ok()?, 1))
}

/// The days of the history, day by day where they are few.
fn stretches(tally: &Tally, days: u64) -> Vec<DayStretch> {
    let Some((first, last)) = tally.first_day.zip(tally.last_day) else { return Vec::new() };
    let width = days.div_ceil(STRETCHES_MAX).max(1);
    let Ok(step) = usize::try_from(width) else { return Vec::new() };
    let of = |from: i64| {
        let until = from.saturating_add(i64::try_from(width).unwrap_or(i64::MAX)).min(last.saturating_add(1));
        let found = || tally.days.range(from..until).map(|(_, cases)| *cases);
        let (cases, most_a_day) = (found().sum(), found().max().unwrap_or(0));
        Some(DayStretch { from: Date::of_number(from)?, days: (until - from).unsigned_abs(), cases, most_a_day })
    };
    (first..=last).step_by(step).filter_map(of).collect()
}

fn escalations(tally: &Tally, capacity: Option<u64>) -> Escalations {
    let days = tally.first_day.zip(tally.last_day).map_or(0, |(first, last)| (last - first).unsigned_abs() + 1);
    let mean = number(tally.escalated).divided_by(number(days)).map(|mean| Mode::HalfUp.to_digits(mean, 2));
    let mut busiest: Vec<DayCount> =
        tally.days.iter().filter_map(|(day, cases)| Some(DayCount { day: Date::of_number(*day)?, cases: *cases })).collect();
    busiest.sort_by_key(|day| (Reverse(day.cases), day.day));
    let over = || capacity.into_iter().flat_map(|most| tally.days.values().filter_map(move |cases| cases.checked_sub(most)));
    let (days_over, cases_over) =
        over().filter(|beyond| *beyond > 0).fold((0, 0), |(days, cases), beyond| (days + 1, cases + beyond));
    busiest.truncate(BUSIEST_DAYS);
    Escalations {
        cases: tally.escalated,
        by_level: tally.levels.clone(),
        by_target: tally.targets.map().clone(),
        days,
        mean_a_day: mean.unwrap_or(Decimal::ZERO),
        busiest,
        stretches: stretches(tally, days),
        capacity_a_day: capacity,
        days_over,
        cases_over,
    }
}
