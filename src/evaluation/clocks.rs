//! Clocks: whether an obligation applies to a case, when it is due, whether it was missed.
//!
//! What is unknown, or could not be decided, never shortens a deadline: an obligation that may apply applies, and of the lines of
//! `due` that may apply the one counts that ends last. What a case leaves out satisfies no line, as it satisfies no rule.

use super::ran::Ran;
use super::results::Results;
use super::situation::Situation;
use crate::bundle::Roll;
use crate::decision::{Due, OnBreach};
use crate::policy::compiled::Condition;
use crate::policy::obligation::{DueLine, Obligation, Start};
use crate::policy::slots::Slot;
use crate::rule::Judgement;
use crate::script::{Outcome, Stop};
use crate::value::{BillingCycles, Calendar, Date, DateTime, Fact, Stretch, Trouble, Unit, Value};
use std::cell::OnceCell;

/// Runs the clocks that decisions read or that may concede, before any decision is taken.
pub(crate) fn run_first(situation: &Situation<'_>, results: &Results<'_>) {
    let obligations = &situation.program.obligations;
    if !obligations.first.is_empty() {
        run(situation, results, &obligations.first);
        situation.conceded.set(conceding(situation));
    }
}

/// Runs the others.
pub(crate) fn run_rest(situation: &Situation<'_>, results: &Results<'_>) {
    run(situation, results, &situation.program.obligations.order);
}

fn run(situation: &Situation<'_>, results: &Results<'_>, order: &[usize]) {
    for number in order {
        if let (Some(obligation), Some(cell)) = (situation.program.obligations.list.get(*number), situation.clocks.get(*number)) {
            cell.get_or_init(|| run_one(situation, results, obligation));
        }
    }
}

/// The obligation that was missed and whose breach decides the case for the customer. One that only may apply does not: then a
/// person looks.
fn conceding(situation: &Situation<'_>) -> Option<usize> {
    let program = situation.program;
    program.obligations.first.iter().copied().find(|number| {
        let ran = situation.clocks.get(*number).and_then(OnceCell::get);
        let obligation = program.obligations.list.get(*number);
        obligation.is_some_and(|each| each.brings(OnBreach::Concede))
            && ran.is_some_and(|ran| ran.breached && !ran.perhaps_done && ran.applies == Judgement::Yes)
    })
}

fn run_one(situation: &Situation<'_>, results: &Results<'_>, obligation: &Obligation) -> Ran {
    if !obligation.in_force(situation.policy_date) {
        return Ran::not(Judgement::No);
    }
    let mut open: Vec<String> = Vec::new();
    let mut note = None;
    let applies = judge(situation, results, &obligation.when, &mut open, &mut note);
    if applies == Judgement::No {
        return Ran::not(applies);
    }
    let unless = if obligation.unless.is_empty() {
        Judgement::No
    } else {
        judge(situation, results, &obligation.unless, &mut open, &mut note)
    };
    let mut ran = Ran::not(match unless {
        Judgement::Yes => return Ran::not(Judgement::No),
        // That it falls away is not known, so it stands.
        Judgement::Open => Judgement::Open,
        Judgement::No => applies,
    });
    let done = obligation.step.as_ref().map_or(Done::default(), |step| done(situation, step));
    ran.done_at = done.at;
    find_due(situation, results, obligation, &mut ran, &mut open);
    let until = ran.done_at.unwrap_or(situation.at);
    ran.passed = ran.due.is_some_and(|due| due.has_passed(until, &situation.zone));
    ran.breached = ran.passed && !obligation.window;
    if ran.passed && done.perhaps {
        // It may have been done in time.
        ran.perhaps_done = true;
        open.push("steps_done".to_owned());
    }
    open.sort();
    open.dedup();
    ran.open_facts = open;
    ran.note = ran.note.take().or(note);
    ran
}

/// Do all conditions hold, of the facts as they were given? What cannot be judged leaves it open.
fn judge(
    situation: &Situation<'_>,
    results: &Results<'_>,
    conditions: &[Condition],
    open: &mut Vec<String>,
    note: &mut Option<String>,
) -> Judgement {
    let mut whole = Judgement::Yes;
    let mut left_open = Vec::new();
    for condition in conditions {
        match judge_one(situation, results, condition) {
            Ok((Judgement::No, _)) => return Judgement::No,
            Ok((Judgement::Yes, _)) => {}
            Ok((Judgement::Open, _)) => {
                left_open.extend(open_of(situation, condition));
                whole = Judgement::Open;
            }
            Err(reason) => {
                *note = Some(reason);
                whole = Judgement::Open;
            }
        }
    }
    open.append(&mut left_open);
    whole
}

/// What has to be known for a condition to be judged: of a pack, what tells whether it applies.
fn open_of(situation: &Situation<'_>, condition: &Condition) -> Vec<String> {
    let slot = situation.program.slots.get(condition.path.slot).map(|entry| entry.slot);
    match slot {
        Some(Slot::Pack(pack)) => situation.pack_hangs_on(pack),
        _ => vec![condition.path.written.to_string()],
    }
}

/// One condition, and whether what it reads is missing.
fn judge_one(situation: &Situation<'_>, results: &Results<'_>, condition: &Condition) -> Result<(Judgement, bool), String> {
    if let Some(judged) = situation.judge_in_brief(condition) {
        return Ok(judged);
    }
    let slot = situation.program.slots.get(condition.path.slot).map(|entry| entry.slot);
    if matches!(slot, Some(Slot::Fact(_) | Slot::Extra(_))) {
        let given = condition.path.give(situation.bare_given(condition.path.slot));
        let judged = condition.cell.judge(given.view(), situation).map_err(|trouble| trouble.to_string())?;
        return Ok((judged, given.view().is_missing()));
    }
    let fact = match situation.read(results, condition.path.slot) {
        Ok(outcome) => condition.path.read(outcome).to_fact(),
        // It waits for facts that may still come.
        Err(Stop::NotDecided(_)) => Fact::Unknown,
        Err(Stop::Needs(absent)) => return Err(format!("{} is not known", absent.facts.join(", "))),
        Err(Stop::Fault(fault)) => return Err(fault.message),
    };
    let judged = condition.cell.judge(fact.view(), situation).map_err(|trouble| trouble.to_string())?;
    Ok((judged, fact.is_missing()))
}

/// What is known of a step.
#[derive(Clone, Copy, Debug, Default)]
struct Done {
    /// When it was done first, as far as that is known and has happened by now.
    at: Option<DateTime>,
    /// It may have been done at another time, which is not known.
    perhaps: bool,
}

fn done(situation: &Situation<'_>, step: &str) -> Done {
    let steps = match &situation.case.steps_done {
        Fact::Known(steps) => steps,
        given => return Done { at: None, perhaps: given.is_unknown() },
    };
    let mut done = Done::default();
    for each in steps {
        match (&each.step, &each.at) {
            (Fact::Known(name), Fact::Known(at)) if name == step && *at <= situation.at => {
                done.at = Some(done.at.map_or(*at, |first| first.min(*at)));
            }
            (Fact::Known(name), Fact::Unknown) if name == step => done.perhaps = true,
            (Fact::Unknown, _) => done.perhaps = true,
            _ => {}
        }
    }
    done
}

/// Does the line apply? As a rule does: a fact that is left out does not satisfy it, one that is unknown leaves it open.
fn line_applies(situation: &Situation<'_>, results: &Results<'_>, line: &DueLine, open: &mut Vec<String>) -> Judgement {
    let mut whole = Judgement::Yes;
    let mut left_open = Vec::new();
    for condition in &line.when {
        match judge_one(situation, results, condition) {
            Ok((Judgement::No, _) | (Judgement::Open, true)) => return Judgement::No,
            Ok((Judgement::Yes, _)) => {}
            Ok((Judgement::Open, false)) | Err(_) => {
                left_open.extend(open_of(situation, condition));
                whole = Judgement::Open;
            }
        }
    }
    open.append(&mut left_open);
    whole
}

/// Finds the line that counts, and the day on which it ends.
fn find_due(situation: &Situation<'_>, results: &Results<'_>, obligation: &Obligation, ran: &mut Ran, open: &mut Vec<String>) {
    let mut candidates: Vec<usize> = Vec::new();
    let mut settled = false;
    for (number, line) in obligation.due.iter().enumerate() {
        match line_applies(situation, results, line, open) {
            Judgement::No => {}
            Judgement::Open => candidates.push(number),
            Judgement::Yes => {
                candidates.push(number);
                settled = true;
                break;
            }
        }
    }
    if candidates.is_empty() {
        if !obligation.due.is_empty() {
            ran.note = Some("no line of `due` speaks of this case".to_owned());
        }
        return;
    }
    let mut ends: Vec<(usize, End)> = Vec::new();
    for number in candidates {
        let Some(line) = obligation.due.get(number) else { continue };
        match end(situation, results, line, &obligation.calendar) {
            Ok(found) => ends.push((number, found)),
            Err(unsettled) => {
                ran.line = Some(number);
                ran.started = unsettled.started;
                ran.waiting = unsettled.waiting;
                ran.note = Some(unsettled.why);
                return;
            }
        }
    }
    let zone = &situation.zone;
    let latest = ends.iter().max_by(|(_, one), (_, other)| one.due.compare(other.due, zone));
    let earliest = ends.iter().map(|(_, end)| end.due).min_by(|one, other| one.compare(*other, zone));
    let Some((number, latest)) = latest else { return };
    ran.line = Some(*number);
    ran.started = Some(latest.started);
    ran.note.clone_from(&latest.note);
    if settled {
        ran.due = Some(latest.due);
        ran.earliest = earliest.filter(|earliest| *earliest != latest.due);
    } else {
        // It may be that no line applies at all.
        ran.earliest = earliest;
        ran.note = Some("whether any line of `due` applies is not known".to_owned());
    }
}

/// Where a line ends.
struct End {
    started: Due,
    due: Due,
    note: Option<String>,
}

/// Why it cannot be told where a line ends.
struct Unsettled {
    started: Option<Due>,
    waiting: bool,
    why: String,
}

fn end(situation: &Situation<'_>, results: &Results<'_>, line: &DueLine, calendar: &Calendar) -> Result<End, Unsettled> {
    let zone = &situation.zone;
    let started = start(situation, results, &line.after).map_err(|why| Unsettled { started: None, waiting: true, why })?;
    let unsettled = |trouble: Trouble| Unsettled { started: Some(started), waiting: false, why: trouble.to_string() };
    if line.within.is_in_hours() {
        let instant = started_at(started, situation).map_err(unsettled)?;
        let mut due = line.within.end_of_hours(instant).map_err(unsettled)?;
        if let Some(bound) = line.at_most {
            due = due.min(bound.end_of_hours(instant).map_err(unsettled)?);
        }
        return Ok(End { started, due: Due::Instant(due), note: None });
    }
    let cycles = billing_cycles(situation);
    let day = started.day_in(zone);
    let of = |stretch: Stretch| {
        let end = stretch.end(day, calendar, cycles)?;
        roll(end, line.roll, calendar)
    };
    let bound = line.at_most.map(of).transpose().map_err(unsettled)?;
    let unknown_cycles = line.within.unit == Unit::BillingCycles && cycles.is_none();
    let (due, note) = match (of(line.within), bound) {
        (Ok(end), Some(bound)) => (end.min(bound), None),
        (Ok(end), None) => (end, None),
        // The outer limit is certain; that the cycles might end sooner is no reason to shorten it.
        (Err(trouble), Some(bound)) if unknown_cycles => (bound, Some(format!("{trouble}, so its outer limit counts"))),
        (Err(trouble), _) => return Err(unsettled(trouble)),
    };
    Ok(End { started, due: Due::Day(due), note })
}

fn started_at(started: Due, situation: &Situation<'_>) -> Result<DateTime, Trouble> {
    started.ends_in(&situation.zone)
}

fn roll(day: Date, roll: Roll, calendar: &Calendar) -> Result<Date, Trouble> {
    match roll {
        Roll::Stay => Ok(day),
        Roll::Next => calendar.business_day_from(day, 1),
        Roll::Previous => calendar.business_day_from(day, -1),
    }
}

fn billing_cycles(situation: &Situation<'_>) -> Option<BillingCycles> {
    let (account, invoice) = (&situation.case.account, &situation.case.invoice);
    let days = account.billing_cycle_days.known().copied().filter(|days| *days > 0)?;
    Some(BillingCycles { statement: invoice.statement_sent_on.known().copied()?, days })
}

/// The day or instant of the event, or what is waited for.
fn start(situation: &Situation<'_>, results: &Results<'_>, start: &Start) -> Result<Due, String> {
    match start {
        Start::Fact(path) => {
            let read = situation.read(results, path.slot).map(|outcome| path.read(outcome));
            match read {
                Ok(Outcome::Known(Value::Date(day))) => Ok(Due::Day(day)),
                Ok(Outcome::Known(Value::DateTime(instant))) => Ok(Due::Instant(instant)),
                Ok(Outcome::Absent(absent)) if absent.unknown => Err(format!("`{}` is not known", path.written)),
                _ => Err(format!("`{}` is not given yet", path.written)),
            }
        }
        Start::Step { name, clocks } => {
            match done(situation, name) {
                Done { perhaps: true, .. } => return Err(format!("when the step `{name}` was done is not known")),
                Done { at: Some(done), .. } => return Ok(Due::Instant(done)),
                Done { at: None, .. } => {}
            }
            let due = clocks.iter().filter_map(|number| situation.clocks.get(*number)?.get());
            let due = due.filter(|ran| ran.applies != Judgement::No).filter_map(|ran| ran.due);
            due.min_by(|one, other| one.compare(*other, &situation.zone))
                .ok_or_else(|| format!("the step `{name}` is neither done nor due"))
        }
    }
}
