//! What is due when, by which law: the clocks that still matter, those that were missed first.

use super::words::{enumeration, plain};
use super::{HANG, Label};
use crate::authoring::page::{Ink, Page};
use crate::decision::{Clock, ClockState, Decision};

/// A line for every clock that runs, was missed or cannot be told. What is done in time needs nobody any more.
pub(super) fn write(decision: &Decision, page: &mut Page) {
    let mut lead = Label::DEADLINES;
    let (missed, others): (Vec<&Clock>, Vec<&Clock>) = decision.clocks.iter().partition(|clock| clock.breached);
    let matters = |clock: &&&Clock| !matches!(clock.state, ClockState::Done | ClockState::Standing);
    for clock in missed.iter().chain(&others).filter(matters) {
        line(clock, page, lead);
        lead = HANG;
    }
}

fn line(clock: &Clock, page: &mut Page, lead: &str) {
    let step = clock.step.as_deref().map_or_else(String::new, plain);
    let due = clock.due.map_or_else(|| "no day yet".to_owned(), |due| due.to_string());
    let (ink, state) = match clock.state {
        ClockState::Breached => (Ink::Bad, ", missed".to_owned()),
        ClockState::DoneLate if clock.breached => (Ink::Bad, ", done too late".to_owned()),
        ClockState::DoneLate => (Ink::Attention, ", done when it was no longer open".to_owned()),
        ClockState::Closed => (Ink::Dim, ", no longer open".to_owned()),
        _ if clock.window => (Ink::Plain, format!(", open until then{}", left(clock))),
        _ => (Ink::Plain, left(clock)),
    };
    let law = clock.source.as_deref().map_or_else(String::new, |source| format!(", {source}"));
    let mark = if clock.law.as_ref().is_some_and(|law| law.is_unverified()) { " (not verified)" } else { "" };
    let text = format!(" ({}{law}{mark})", clock.id);
    let hang = format!("{HANG}  ");
    page.flow(lead, &hang, &[(Ink::Bold, &due), (Ink::Plain, ": "), (Ink::Plain, &step), (ink, &state), (Ink::Dim, &text)]);
    if let Some(note) = note(clock) {
        page.flow(&hang, &hang, &[(Ink::Attention, &note)]);
    }
}

/// How long there is left.
fn left(clock: &Clock) -> String {
    match clock.business_days_left {
        _ if clock.days_left == Some(0) => ", today".to_owned(),
        // The weekend may come before the day it is due, or hold it.
        Some(0) => ", no business day left".to_owned(),
        Some(1) => ", 1 business day left".to_owned(),
        Some(days) => format!(", {days} business days left"),
        None => String::new(),
    }
}

/// What is not known of it.
fn note(clock: &Clock) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(earliest) = clock.earliest {
        parts.push(format!("may be due on {earliest} already"));
    }
    if !clock.open_facts.is_empty() {
        parts.push(format!("not known: {}", enumeration(&clock.open_facts)));
    }
    parts.extend(clock.note.clone());
    (!parts.is_empty()).then(|| parts.join("; "))
}
