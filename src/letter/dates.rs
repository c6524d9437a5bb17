//! The days that a letter may promise: those of the plan and of the clocks that are still to come.

use crate::decision::{ClockState, Decision};
use crate::value::{Date, DateTime, Zone};
use std::sync::Arc;

/// Steps whose clocks say when the customer has our answer.
const ANSWERS: [&str; 4] = ["answer", "final_response", "resolve", "share_findings"];
/// Steps of the plan and of clocks that put right what is owed.
const CORRECTIONS: [&str; 2] = ["correct", "refund"];

/// Days that a letter names. A day that has passed is promised to nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dates {
    /// By when the customer has our answer.
    pub(crate) answer: Option<Date>,
    /// By when what is owed is put right.
    pub(crate) correction: Option<Date>,
    /// By when the customer hears from us, where the answer does not come first.
    pub(crate) update: Option<Date>,
    /// When we ask whether it is settled.
    pub(crate) confirmation: Option<Date>,
}

impl Dates {
    pub(crate) fn new(decision: &Decision, zone: &Zone) -> Self {
        let today = decision.at.day_in(zone);
        let to_come = |day: &Date| *day >= today;
        let planned = |names: &[&str]| {
            // A step that is due by a clock which has stopped is done, or late.
            let runs = |id: &Arc<str>| decision.clocks.iter().any(|clock| clock.id == *id && clock.state == ClockState::Running);
            let steps = decision.plan.iter().filter(|step| names.contains(&step.step.as_ref()));
            let steps = steps.filter(|step| step.clock.as_ref().is_none_or(runs));
            steps.filter_map(|step| day_of(step.due_at.as_deref()?, zone)).filter(to_come).min()
        };
        let answer = by_clock(decision, zone, &ANSWERS);
        let correction = match (planned(&CORRECTIONS), by_clock(decision, zone, &CORRECTIONS)) {
            (Some(plan), Some(clock)) => Some(plan.min(clock)),
            (plan, clock) => plan.or(clock),
        };
        let update = planned(&["update"]).filter(|update| answer.is_none_or(|answer| *update < answer));
        Self { answer, correction: correction.filter(to_come), update, confirmation: planned(&["confirm"]) }
    }
}

/// The earliest day of the clocks of these steps. Nothing where one of them was missed or met: then it is too late to promise, or done.
fn by_clock(decision: &Decision, zone: &Zone, steps: &[&str]) -> Option<Date> {
    // Nobody is promised that a window is used.
    let clocks = || {
        decision.clocks.iter().filter(|clock| !clock.window && clock.step.as_deref().is_some_and(|step| steps.contains(&step)))
    };
    let over = |state: ClockState| matches!(state, ClockState::Breached | ClockState::Done | ClockState::DoneLate);
    if clocks().any(|clock| over(clock.state)) {
        return None;
    }
    clocks().filter(|clock| clock.state == ClockState::Running).filter_map(|clock| Some(clock.due?.day_in(zone))).min()
}

/// The day of a due date of the plan: a day, or an instant.
fn day_of(due: &str, zone: &Zone) -> Option<Date> {
    Date::parse(due).ok().or_else(|| DateTime::parse(due).ok().map(|at| at.day_in(zone)))
}
