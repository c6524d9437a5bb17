//! Clocks as a decision tells them: every obligation that applies, when it is due, by which law.

use super::ran::Ran;
use super::situation::Situation;
use crate::decision::{Clock, ClockState};
use crate::policy::obligation::{Obligation, Start};
use crate::rule::Judgement;
use crate::script::Template;
use crate::value::DateTime;
use std::sync::Arc;

/// Every obligation that applies, as the decision tells it: by the day it is due, those without a day last.
pub(crate) fn told(situation: &Situation<'_>, reason: &mut dyn FnMut(Option<&Template>) -> Arc<str>) -> Vec<Clock> {
    let program = situation.program;
    let mut clocks: Vec<Clock> = Vec::new();
    for (obligation, cell) in program.obligations.list.iter().zip(&situation.clocks) {
        if let Some(ran) = cell.get().filter(|ran| ran.applies != Judgement::No) {
            clocks.push(tell(situation, obligation, ran, reason));
        }
    }
    for at in 0..clocks.len() {
        let binding = clocks.get(at).is_some_and(|clock| is_binding(clock, &clocks, situation));
        if let Some(clock) = clocks.get_mut(at) {
            clock.binding = binding;
        }
    }
    clocks.sort_by(|one, other| match (one.due, other.due) {
        (Some(a), Some(b)) => a.compare(b, &situation.zone).then_with(|| one.id.cmp(&other.id)),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => one.id.cmp(&other.id),
    });
    clocks
}

/// Does no clock of the same step end before it? A window binds nobody.
fn is_binding(clock: &Clock, clocks: &[Clock], situation: &Situation<'_>) -> bool {
    let Some(due) = clock.due.filter(|_| !clock.window) else { return false };
    clocks
        .iter()
        .filter(|other| other.step == clock.step && !other.window)
        .filter_map(|other| other.due)
        .all(|other| due.compare(other, &situation.zone).is_le())
}

fn tell(
    situation: &Situation<'_>,
    obligation: &Obligation,
    ran: &Ran,
    reason: &mut dyn FnMut(Option<&Template>) -> Arc<str>,
) -> Clock {
    let line = ran.line.and_then(|number| obligation.due.get(number));
    let state = match (line, ran.done_at, ran.due) {
        _ if obligation.due.is_empty() => ClockState::Standing,
        (_, Some(_), _) if ran.passed => ClockState::DoneLate,
        (_, Some(_), _) => ClockState::Done,
        (_, None, Some(_)) if ran.passed && obligation.window => ClockState::Closed,
        (_, None, Some(_)) if ran.breached => ClockState::Breached,
        (_, None, Some(_)) => ClockState::Running,
        (_, None, None) if ran.waiting => ClockState::Waiting,
        (_, None, None) => ClockState::NotKnown,
    };
    let today = situation.at.day_in(&situation.zone);
    let is_open = ran.done_at.is_none() && state != ClockState::Closed;
    let due = ran.due.filter(|_| is_open).map(|due| due.day_in(&situation.zone));
    let calendar = Some(obligation.calendar.name()).filter(|name| !name.is_empty()).map(str::to_owned);
    Clock {
        id: obligation.id.clone(),
        step: obligation.step.clone(),
        state,
        due: ran.due,
        earliest: ran.earliest,
        binding: false,
        breached: ran.breached,
        window: obligation.window,
        business_days_left: due.and_then(|due| obligation.calendar.business_days_between(today, due).ok()),
        days_left: due.map(|due| today.days_until(due)),
        after: line.map(|line| match &line.after {
            Start::Fact(path) => path.written.clone(),
            Start::Step { name, .. } => format!("step {name}").into(),
        }),
        started: ran.started,
        within: line.map(|line| line.within.to_string()),
        at_most: line.and_then(|line| line.at_most).map(|bound| bound.to_string()),
        calendar,
        done_at: ran.done_at.map(DateTime::in_utc),
        on_breach: obligation.on_breach.clone(),
        holds: obligation.holds.clone(),
        because: reason(obligation.because.for_language(situation.language())),
        source: obligation.source.clone(),
        law: obligation.law.clone(),
        open_facts: ran.open_facts.clone(),
        note: ran.note.clone(),
    }
}
