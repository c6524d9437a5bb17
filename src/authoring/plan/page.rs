//! A timeline laid out for a terminal.

use super::timeline::{Entry, State, Timeline};
use crate::authoring::page::{Ink, Page, left};

/// Columns of the day and of the state.
const DAY_COLUMNS: usize = 12;
const STATE_COLUMNS: usize = 9;

/// A timeline as text: a day, how it stands, the step and whose it is, and why.
#[must_use]
pub fn plan_page(timeline: &Timeline, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.line(&[(Ink::Bold, &format!("{}: the plan as of {}", timeline.case_id, timeline.today))]);
    page.blank();
    for entry in &timeline.entries {
        tell(entry, &mut page);
    }
    page.into_text()
}

fn tell(entry: &Entry, page: &mut Page) {
    let day = entry.day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    let (ink, state) = match entry.state {
        State::Done => (Ink::Good, "done"),
        State::Overdue => (Ink::Bad, "overdue"),
        State::Due => (Ink::Attention, "due"),
        State::Until => (Ink::Plain, "until"),
        State::Closed => (Ink::Plain, "closed"),
        State::Open => (Ink::Plain, "open"),
    };
    let hang = " ".repeat(DAY_COLUMNS + STATE_COLUMNS);
    let owner = entry.owner.as_deref().map_or_else(String::new, |owner| format!(" ({})", owner.replace('_', " ")));
    let step = entry.step.replace('_', " ");
    // The state is padded by spaces that no paragraph would keep.
    let lead = format!("{}{}", left(&day, DAY_COLUMNS), left(state, STATE_COLUMNS));
    let step_ink = if matches!(ink, Ink::Good | Ink::Plain) { Ink::Bold } else { ink };
    page.flow(&lead, &hang, &[(step_ink, &step), (Ink::Plain, &owner)]);
    page.flow(&hang, &hang, &[(Ink::Plain, &entry.because)]);
}
