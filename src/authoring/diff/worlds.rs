//! The periods and currencies in which rules, guardrails and parameters stay as they are.

use super::contrast::Bounds;
use super::contrast::Found;
use crate::bundle::ParamValue;
use crate::policy::Program;
use crate::policy::compiled::{Decision, Guardrail, Verb};
use crate::policy::slots::Slot;
use crate::rule::{Bound, Cell};
use crate::value::{Currency, Date};
use std::collections::{BTreeMap, BTreeSet};

/// A decision of one side: or, where there is none, the guardrails that look at the finished draft.
#[derive(Clone, Copy)]
pub(super) struct Of<'p> {
    pub(super) program: &'p Program,
    pub(super) decision: &'p Decision,
    pub(super) finals: bool,
}

/// The guardrails that a side has, with those that bound a decision or look at the whole.
pub(super) fn guardrails<'p>(of: &Of<'p>) -> &'p [Guardrail] {
    if of.finals { &of.program.final_guardrails } else { &of.decision.bounds }
}

/// The days on which something begins to be otherwise.
pub(super) fn days(sides: &[Of<'_>]) -> Vec<Date> {
    let mut days: BTreeSet<Date> = BTreeSet::new();
    let mut add = |from: Option<Date>, until: Option<Date>| {
        days.extend(from);
        days.extend(until.and_then(|until| until.plus_days(1).ok()));
    };
    for of in sides {
        for row in 0..of.decision.matcher.len() {
            let dates = of.decision.matcher.dates(row);
            add(dates.from, dates.until);
        }
        for guardrail in guardrails(of) {
            add(guardrail.from, guardrail.until);
        }
        for param in params(of) {
            of.program.params.periods(param).iter().for_each(|period| add(period.from, period.until));
        }
    }
    days.into_iter().collect()
}

pub(super) fn currencies(sides: &[Of<'_>]) -> Vec<Currency> {
    let mut all: BTreeSet<Currency> = BTreeSet::new();
    for of in sides {
        for param in params(of) {
            for period in of.program.params.periods(param) {
                if let ParamValue::ByCurrency(amounts) = &period.value {
                    all.extend(amounts.keys());
                }
            }
        }
    }
    all.into_iter().collect()
}

/// Every parameter that a side reads, in cells and formulas, through derived inputs too.
fn params(of: &Of<'_>) -> BTreeSet<usize> {
    fn add(program: &Program, slot: usize, all: &mut BTreeSet<usize>) {
        fn group(program: &Program, group_number: usize, all: &mut BTreeSet<usize>) {
            for (_, member) in program.params.members(group_number) {
                match member {
                    Ok(param) => {
                        all.insert(param);
                    }
                    Err(inner) => group(program, inner, all),
                }
            }
        }
        match program.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Param(param)) => {
                all.insert(param);
            }
            Some(Slot::ParamGroup(number)) => group(program, number, all),
            _ => {}
        }
    }
    let mut all = BTreeSet::new();
    let mut of_cell = |cell: &Cell| {
        cell.each_bound(&mut |bound, _| {
            if let Bound::Param { slot, .. } = bound {
                add(of.program, *slot, &mut all);
            }
        });
    };
    for column in 0..of.decision.columns.len() {
        (0..of.decision.matcher.len()).for_each(|row| of_cell(of.decision.matcher.cell(row, column)));
    }
    for guardrail in guardrails(of) {
        guardrail.when.iter().for_each(|condition| of_cell(&condition.cell));
        if let Verb::Forbid { values, unless, .. } = &guardrail.verb {
            for (_, cell) in values {
                of_cell(cell);
            }
            for condition in unless {
                of_cell(&condition.cell);
            }
        }
    }
    of.decision.plugins.iter().flat_map(|plugin| &plugin.when).for_each(|condition| of_cell(&condition.cell));
    for slot in &of.decision.reading {
        add(of.program, *slot, &mut all);
    }
    all
}

/// A day of a period.
pub(super) fn sample(days: &[Date], period: usize) -> Option<Date> {
    match period.checked_sub(1) {
        Some(at) => days.get(at).copied(),
        None => match days.first() {
            Some(first) => first.plus_days(-1).ok(),
            None => Date::new(2026, 1, 1).ok(),
        },
    }
}

/// A region under the periods and currencies in which it is found.
pub(super) fn with_worlds(
    found: &Found,
    worlds: &[(usize, usize)],
    days: &[Date],
    lanes: &[Option<Currency>],
    walked: usize,
) -> Vec<Found> {
    let mut by_lanes: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for period in 0..=days.len() {
        let of: Vec<usize> = worlds.iter().filter(|(each, _)| *each == period).map(|(_, lane)| *lane).collect();
        if !of.is_empty() {
            by_lanes.entry(of).or_default().push(period);
        }
    }
    let mut list = Vec::new();
    for (of, periods) in by_lanes {
        let mut found = found.clone();
        if of.len() < lanes.len() {
            let name = |lane: &usize| match lanes.get(*lane) {
                Some(Some(currency)) => currency.to_string(),
                _ => "another".to_owned(),
            };
            found.when.insert(
                0,
                Bounds { path: "currency of the case".to_owned(), is: of.iter().map(name).collect::<Vec<_>>().join(", ") },
            );
        }
        if periods.len() < walked {
            found.when.insert(0, Bounds { path: "policy_date".to_owned(), is: in_words(&periods, days) });
            found.day = periods.last().and_then(|period| sample(days, *period));
        }
        list.push(found);
    }
    list
}

fn in_words(periods: &[usize], days: &[Date]) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = periods;
    while let Some(first) = rest.first() {
        let run = rest.iter().zip(*first..).take_while(|(period, wanted)| **period == *wanted).count();
        let from = first.checked_sub(1).and_then(|at| days.get(at));
        let until = days.get(first + run - 1).and_then(|day| day.plus_days(-1).ok());
        words.push(match (from, until) {
            (Some(from), Some(until)) => format!("{from} to {until}"),
            (Some(from), None) => format!("on or after {from}"),
            (None, Some(until)) => format!("on or before {until}"),
            (None, None) => "every day".to_owned(),
        });
        rest = rest.get(run..).unwrap_or_default();
    }
    words.join(", ")
}
