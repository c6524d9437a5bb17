//! What a case and its decision say of time, in its order.

use crate::case::Case;
use crate::case::groups::StepDone;
use crate::case::vocabulary::Direction;
use crate::decision::{Clock, ClockState, Decision};
use crate::value::{Date, DateTime, Zone};
use serde::Serialize;
use std::collections::BTreeMap;

/// How an entry stands as of the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum State {
    /// It happened.
    Done,
    /// Its day has passed, and it is not done.
    Overdue,
    /// Its day is to come, or is today.
    Due,
    /// A way that is open until its day; nothing is owed by then.
    Until,
    /// Such a way, and its day has passed.
    Closed,
    /// It has no day of its own.
    Open,
}

/// Something that happened or is to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// The day, in the time zone of the case.
    pub day: Option<Date>,
    /// How it stands.
    pub state: State,
    /// The step, such as `confirm`; `received` and `message` stand for what only happened.
    pub step: String,
    /// Whose it is: a role or a team, never a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Why, or what happened.
    pub because: String,
    /// What tells it from every other entry of the case: the id of its clock, or its step in the plan. Nothing for what happened.
    #[serde(skip)]
    pub(crate) key: String,
}

/// The whole of it: what has a day in the order of the days, then what has none in the order of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Timeline {
    /// The number of the case.
    pub case_id: String,
    /// What time it is taken to be.
    pub at: DateTime,
    /// That day, in the time zone of the case.
    pub today: Date,
    /// What happened and what is to happen.
    pub entries: Vec<Entry>,
}

impl Timeline {
    /// The timeline of a case: its receipt, its messages, the steps that were taken and those of the plan.
    #[must_use]
    pub fn new(case: &Case, decision: &Decision) -> Self {
        let zone = case.zone();
        let today = decision.at.day_in(&zone);
        let mut entries = happened(case, decision, &zone);
        let mut keys: BTreeMap<&str, usize> = BTreeMap::new();
        for step in &decision.plan {
            let done = taken(case, decision.at).find(|done| done.step.known().is_some_and(|done| **done == *step.step));
            let due = step.due_at.as_deref().and_then(|due| day_of(due, &zone));
            let (day, state) = match (done, due) {
                (Some(done), _) => (done.at.known().map(|at| at.day_in(&zone)), State::Done),
                (None, Some(due)) if due < today => (Some(due), State::Overdue),
                (None, Some(due)) => (Some(due), State::Due),
                (None, None) => (None, State::Open),
            };
            let clock = step.clock.as_ref().and_then(|id| decision.clocks.iter().find(|clock| clock.id == *id));
            let because = clock.map_or_else(|| step.because.to_string(), |clock| with_law(&step.because, clock));
            // The plan may hold a step twice; its place among them tells which one it is.
            let count = keys.entry(&step.step).or_default();
            *count += 1;
            let key = if *count > 1 { format!("{}-{count}", step.step) } else { step.step.to_string() };
            let owner = step.owner.as_deref().map(str::to_owned);
            entries.push(Entry { day, state, step: step.step.to_string(), owner, because, key });
        }
        // The clock that a step of the plan is due by stands with the step.
        let told = |clock: &&Clock| decision.plan.iter().all(|step| step.clock.as_ref() != Some(&clock.id));
        entries.extend(decision.clocks.iter().filter(told).filter_map(|clock| of_clock(clock, &zone)));
        // What has no day comes last; equal days keep their order.
        entries.sort_by_key(|entry| (entry.day.is_none(), entry.day));
        Self { case_id: decision.case_id.clone(), at: decision.at, today, entries }
    }
}

/// What a clock says is due; one that only holds things back or waits has no day to tell.
fn of_clock(clock: &Clock, zone: &Zone) -> Option<Entry> {
    let state = match clock.state {
        ClockState::Done | ClockState::DoneLate => State::Done,
        ClockState::Breached => State::Overdue,
        ClockState::Closed => State::Closed,
        _ if clock.window => State::Until,
        _ => State::Due,
    };
    let because = with_law(&clock.because, clock);
    let day = clock.done_at.map_or(clock.due?.day_in(zone), |at| at.day_in(zone));
    Some(Entry { day: Some(day), state, step: clock.step.as_ref()?.to_string(), owner: None, because, key: clock.id.to_string() })
}

/// A reason, and by which obligation and law the day is what it is.
fn with_law(because: &str, clock: &Clock) -> String {
    let law = clock.source.as_deref().map_or_else(String::new, |source| format!(", {source}"));
    let mark = if clock.law.as_ref().is_some_and(|law| law.is_unverified()) { ", not verified" } else { "" };
    format!("{because} ({}{law}{mark})", clock.id).trim_start().to_owned()
}

/// The steps that were taken by a time; when is known of each.
fn taken(case: &Case, at: DateTime) -> impl Iterator<Item = &StepDone> {
    let steps = case.steps_done.known().into_iter().flatten();
    steps.filter(move |done| done.at.known().is_some_and(|done| *done <= at))
}

/// What has happened by now: the receipt, the messages, and steps that are neither in the plan nor asked for by a clock.
fn happened(case: &Case, decision: &Decision, zone: &Zone) -> Vec<Entry> {
    let mut entries = Vec::new();
    if let Some(received) = case.complaint.received_at.known().filter(|at| **at <= decision.at) {
        let by = case.complaint.channel.known().map_or_else(String::new, |channel| format!(", {}", plain(channel.name())));
        entries.push(past(received, zone, "received", format!("The complaint reached us{by}.")));
    }
    for contact in case.correspondence.known().into_iter().flatten() {
        let Some(at) = contact.at.known().filter(|at| **at <= decision.at) else { continue };
        let who = match contact.direction.known() {
            Some(Direction::In) => "The customer wrote to us",
            _ => "We wrote to the customer",
        };
        let what = contact.letter.known().map_or_else(String::new, |letter| format!(": {}", plain(letter)));
        let by = contact.channel.known().map_or_else(String::new, |channel| format!(", {}", plain(channel)));
        let step = contact.step.known().map_or_else(|| "message".to_owned(), Clone::clone);
        entries.push(past(at, zone, &step, format!("{who}{what}{by}.")));
    }
    for done in taken(case, decision.at) {
        let (Some(step), Some(at)) = (done.step.known(), done.at.known()) else { continue };
        let planned = decision.plan.iter().any(|each| *each.step == **step);
        let asked = decision.clocks.iter().any(|clock| clock.step.as_deref() == Some(step.as_str()));
        let sent = entries.iter().any(|entry| entry.step == *step);
        if !planned && !asked && !sent {
            entries.push(past(at, zone, step, "This was done.".to_owned()));
        }
    }
    entries
}

fn past(at: &DateTime, zone: &Zone, step: &str, because: String) -> Entry {
    Entry { day: Some(at.day_in(zone)), state: State::Done, step: step.to_owned(), owner: None, because, key: String::new() }
}

/// The day of a due date: a day, or an instant.
fn day_of(due: &str, zone: &Zone) -> Option<Date> {
    Date::parse(due).ok().or_else(|| DateTime::parse(due).ok().map(|at| at.day_in(zone)))
}

fn plain(name: &str) -> String {
    name.replace('_', " ")
}
