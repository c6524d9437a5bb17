//! The clocks of a decision by step: the one that binds, and all others beside it.

use crate::case::Case;
use crate::decision::{Clock, ClockState, Decision, Due, Law, OnBreach, PackNote};
use crate::value::{Date, DateTime, Money, Zone};
use serde::Serialize;
use std::sync::Arc;

/// What holds, as long as the clocks of a case run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Deadlines {
    /// The number of the case.
    pub case_id: String,
    /// What time it is taken to be.
    pub at: DateTime,
    /// That day, in the time zone of the case.
    pub today: Date,
    /// The packs of law that apply; a pack is no legal advice.
    pub packs: Vec<PackNote>,
    /// What has to be done, in the order in which it is due; what has no day comes last.
    pub steps: Vec<StepClocks>,
    /// What the holds stand on.
    pub disputed: Disputed,
    /// What stands still, on the disputed part alone.
    pub holds: Vec<StandingHold>,
    /// What was missed, also where it was done too late.
    pub missed: Vec<MissedClock>,
}

/// A step with all of its clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepClocks {
    /// The step, such as `provisional_credit`.
    pub step: String,
    /// When it is due: by the earliest of its clocks.
    pub due: Option<Due>,
    /// That day, in the time zone of the case.
    pub day: Option<Date>,
    /// How that clock stands.
    pub state: ClockState,
    /// Its clocks, the one that binds first.
    pub clocks: Vec<Deadline>,
}

/// One clock of a step, with the days that are left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Deadline {
    /// The clock as the decision tells it: with its law, its calendar, and the business days that are left in it.
    #[serde(flatten)]
    pub clock: Clock,
    /// Days from the day of `at` to the day it is due; below zero when that has passed, none where it is done or not known.
    pub calendar_days_left: Option<i64>,
    /// The day on which it began to run, in the time zone of the case.
    pub started_on: Option<Date>,
}

/// The disputed part: what the holds stand on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Disputed {
    /// How much is in dispute, where the case says it.
    pub amount: Option<Money>,
    /// The lines of the bill that are in dispute, where the case names them.
    pub lines: Vec<String>,
}

/// Something that stands still while the case is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StandingHold {
    /// What: `collection`, `late_fees`, `credit_reporting`, `service_suspension` or `auto_collection`.
    pub hold: String,
    /// Every obligation, rule and guardrail that asks for it.
    pub asked_by: Vec<Asking>,
}

/// Who asks for a hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Asking {
    /// An obligation, a guardrail, or a rule such as `holds/still-open`.
    pub id: String,
    /// The law or manual it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The pack it comes from, and whether it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Arc<Law>>,
}

/// A clock that was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MissedClock {
    /// The obligation.
    pub id: String,
    /// Its step.
    pub step: Option<String>,
    /// When it was due.
    pub due: Option<Due>,
    /// When it was done all the same.
    pub done_at: Option<DateTime>,
    /// What its breach brings.
    pub brings: Vec<OnBreach>,
    /// Does it apply for certain?
    pub certain: bool,
    /// Did it decide the case for the customer? One that only may apply does not: then a person looks.
    pub conceded: bool,
}

/// The outcome of a case that a missed clock has decided.
const CONCEDED: &str = "concede_by_deadline";

impl Deadlines {
    /// The clocks of a case, by its decision.
    #[must_use]
    pub fn new(case: &Case, decision: &Decision) -> Self {
        let zone = case.zone();
        let today = decision.at.day_in(&zone);
        Self {
            case_id: decision.case_id.clone(),
            at: decision.at,
            today,
            packs: decision.packs.clone(),
            steps: steps(&decision.clocks, today, &zone),
            disputed: disputed(case),
            holds: decision.holds.names().into_iter().map(|hold| standing(hold, decision)).collect(),
            missed: decision.clocks.iter().filter(|clock| clock.breached).map(|clock| missed(clock, decision)).collect(),
        }
    }
}

/// The clocks come in the order in which they are due, so the first of a step is the one that binds.
fn steps(clocks: &[Clock], today: Date, zone: &Zone) -> Vec<StepClocks> {
    let mut steps: Vec<StepClocks> = Vec::new();
    for clock in clocks {
        let Some(step) = &clock.step else { continue };
        let is_open = clock.done_at.is_none();
        let calendar_days_left = clock.due.filter(|_| is_open).map(|due| today.days_until(due.day_in(zone)));
        let started_on = clock.started.map(|started| started.day_in(zone));
        let deadline = Deadline { clock: clock.clone(), calendar_days_left, started_on };
        match steps.iter_mut().find(|each| *each.step == **step) {
            Some(known) => known.clocks.push(deadline),
            None => {
                let day = clock.due.map(|due| due.day_in(zone));
                steps.push(StepClocks {
                    step: step.to_string(),
                    due: clock.due,
                    day,
                    state: clock.state,
                    clocks: vec![deadline],
                });
            }
        }
    }
    steps
}

fn disputed(case: &Case) -> Disputed {
    let lines = case.dispute.disputed_lines.known().into_iter().flatten();
    Disputed {
        amount: case.dispute.disputed_amount.known().copied(),
        lines: lines.filter_map(|line| line.line_id.known().cloned()).collect(),
    }
}

fn standing(hold: &str, decision: &Decision) -> StandingHold {
    let by = decision.holds.because.get(hold).into_iter().flatten();
    StandingHold { hold: hold.to_owned(), asked_by: by.map(|id| asking(id, decision)).collect() }
}

/// An obligation tells its law; a rule of the policy is looked up among those that decided.
fn asking(id: &str, decision: &Decision) -> Asking {
    if let Some(clock) = decision.clocks.iter().find(|clock| *clock.id == *id) {
        return Asking { id: id.to_owned(), source: clock.source.clone(), law: clock.law.clone() };
    }
    let rule = decision.explanation.iter().find(|line| line.rule() == id);
    let source = rule.and_then(|rule| rule.source()).map(str::to_owned);
    Asking { id: id.to_owned(), source, law: rule.and_then(|rule| rule.law().cloned()) }
}

fn missed(clock: &Clock, decision: &Decision) -> MissedClock {
    let certain = clock.open_facts.is_empty();
    MissedClock {
        id: clock.id.to_string(),
        step: clock.step.as_deref().map(str::to_owned),
        due: clock.due,
        done_at: clock.done_at,
        brings: clock.on_breach.clone(),
        certain,
        conceded: certain && clock.brings(OnBreach::Concede) && decision.outcome.as_deref() == Some(CONCEDED),
    }
}
