//! The clocks of a case laid out for a terminal.

use super::deadlines::{Asking, Deadline, Deadlines, Disputed, MissedClock, StandingHold, StepClocks};
use crate::authoring::page::{Ink, Page, left};
use crate::decision::{ClockState, Due, Law, OnBreach};

/// Columns of the day and of the state, as in a plan.
const DAY_COLUMNS: usize = 12;
const STATE_COLUMNS: usize = 9;
/// The labels below stand in a column of their own.
const LABEL_COLUMNS: usize = 14;

/// The clocks as text: the steps by the day they are due, each with the clock that binds and all others; what was missed and what
/// that brings; what stands still; the mark of every rule of law that nobody has checked.
#[must_use]
pub fn deadlines_page(deadlines: &Deadlines, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.line(&[(Ink::Bold, &format!("{}: the clocks as of {}", deadlines.case_id, deadlines.today))]);
    page.block(|page| {
        if deadlines.steps.is_empty() {
            page.line(&[(Ink::Plain, "No law and no rule of the policy sets a clock for this case.")]);
        }
        for step in &deadlines.steps {
            tell(step, page);
        }
    });
    page.block(|page| list("Missed", &deadlines.missed, page, missed));
    let held = alike(&deadlines.holds);
    page.block(|page| {
        list("On hold", &held, page, |holds, lead, hang, page| on_hold(holds, &deadlines.disputed, lead, hang, page));
    });
    page.block(|page| law(deadlines, page));
    page.into_text()
}

/// Each item on lines of its own, the label before the first.
fn list<T>(label: &str, items: &[T], page: &mut Page, write: impl Fn(&T, &str, &str, &mut Page)) {
    let hang = " ".repeat(LABEL_COLUMNS);
    for (at, item) in items.iter().enumerate() {
        let lead = if at == 0 { left(label, LABEL_COLUMNS) } else { hang.clone() };
        write(item, &lead, &hang, page);
    }
}

fn tell(step: &StepClocks, page: &mut Page) {
    let day = step.day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
    let (ink, state) = match step.state {
        ClockState::Breached => (Ink::Bad, "missed"),
        ClockState::DoneLate => (Ink::Bad, "late"),
        // A way that is open for a while; nothing is owed by then.
        ClockState::Closed => (Ink::Plain, "closed"),
        ClockState::Running if step.clocks.iter().all(|deadline| deadline.clock.window) => (Ink::Plain, "open"),
        ClockState::Running => (Ink::Attention, "due"),
        ClockState::Done => (Ink::Good, "done"),
        ClockState::Waiting => (Ink::Plain, "waits"),
        _ => (Ink::Plain, "no day"),
    };
    let hang = " ".repeat(DAY_COLUMNS + STATE_COLUMNS);
    let lead = format!("{}{}", left(&day, DAY_COLUMNS), left(state, STATE_COLUMNS));
    let step_ink = if matches!(ink, Ink::Good | Ink::Plain) { Ink::Bold } else { ink };
    page.flow(&lead, &hang, &[(step_ink, &plain(&step.step))]);
    let several = step.clocks.len() > 1;
    for deadline in &step.clocks {
        // With one clock its day stands at the left already.
        let before = match (several, deadline.clock.due) {
            (false, _) => String::new(),
            (true, Some(due)) if deadline.clock.state == ClockState::Closed => format!("closed, {due}: "),
            (true, Some(due)) if deadline.clock.window => format!("open until {due}: "),
            (true, Some(due)) if deadline.clock.binding => format!("binds, {due}: "),
            (true, Some(due)) => format!("later, {due}: "),
            (true, None) => "no day yet: ".to_owned(),
        };
        one(deadline, &before, &hang, page);
    }
}

fn one(deadline: &Deadline, before: &str, hang: &str, page: &mut Page) {
    let clock = &deadline.clock;
    let deeper = format!("{hang}  ");
    let law = cited(&clock.id, clock.source.as_deref(), clock.law.as_deref());
    page.flow(hang, &deeper, &[(Ink::Plain, before), (Ink::Plain, &law)]);
    if let Some(left) = time_left(deadline) {
        page.flow(&deeper, &deeper, &[(Ink::Plain, &left)]);
    }
    if let Some(runs) = runs(deadline) {
        page.flow(&deeper, &deeper, &[(Ink::Dim, &runs)]);
    }
    if matches!(clock.state, ClockState::Running | ClockState::Waiting | ClockState::NotKnown) && !clock.on_breach.is_empty() {
        page.flow(&deeper, &deeper, &[(Ink::Dim, &format!("if it is missed: {}", brought(&clock.on_breach)))]);
    }
    for note in notes(deadline) {
        page.flow(&deeper, &deeper, &[(Ink::Attention, &note)]);
    }
}

/// The id of a rule, its law, and its mark when nobody has checked it.
fn cited(id: &str, source: Option<&str>, law: Option<&Law>) -> String {
    let source = source.map_or_else(String::new, |source| format!(", {source}"));
    let mark = if law.is_some_and(Law::is_unverified) { " (not verified)" } else { "" };
    format!("{id}{source}{mark}")
}

/// How long there is left, in the calendar of the clock and by the days of the year.
fn time_left(deadline: &Deadline) -> Option<String> {
    let clock = &deadline.clock;
    if let Some(done) = clock.done_at {
        return Some(format!("done at {done}"));
    }
    let days = deadline.calendar_days_left?;
    let calendar = clock.calendar.as_deref().map_or_else(|| "weekends off".to_owned(), |name| format!("calendar {name}"));
    let business = clock.business_days_left.map(i64::abs);
    let text = match (days, business) {
        (0, _) => "today is the last day".to_owned(),
        (1.., Some(business)) => {
            format!("{} left ({calendar}), {}", counted(business, "business day"), counted(days, "calendar day"))
        }
        (1.., None) => format!("{} left", counted(days, "calendar day")),
        (_, Some(business)) => {
            format!("{} ago ({calendar}), {}", counted(business, "business day"), counted(days.abs(), "calendar day"))
        }
        (_, None) => format!("{} ago", counted(days.abs(), "calendar day")),
    };
    Some(text)
}

fn counted(count: i64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// From what it runs, and how long.
fn runs(deadline: &Deadline) -> Option<String> {
    let clock = &deadline.clock;
    let (within, after) = (clock.within.as_deref()?, clock.after.as_deref()?);
    let at_most = clock.at_most.as_deref().map_or_else(String::new, |bound| format!(", at most {bound}"));
    let started = deadline.started_on.map_or_else(String::new, |day| format!(" ({day})"));
    Some(format!("{within}{at_most} after {after}{started}"))
}

/// What is not known of a clock.
fn notes(deadline: &Deadline) -> Vec<String> {
    let clock = &deadline.clock;
    let mut notes = Vec::new();
    if let Some(Due::Instant(instant)) = clock.due {
        notes.push(format!("ends at {instant}"));
    }
    if let Some(earliest) = clock.earliest {
        notes.push(format!("may be due on {earliest} already"));
    }
    if !clock.open_facts.is_empty() {
        notes.push(format!("not known: {}", clock.open_facts.join(", ")));
    }
    notes.extend(clock.note.clone());
    notes
}

fn missed(clock: &MissedClock, lead: &str, hang: &str, page: &mut Page) {
    let step = clock.step.as_deref().map_or_else(String::new, |step| format!(": {}", plain(step)));
    let due = clock.due.map_or_else(String::new, |due| format!(" was due on {due}"));
    let done = clock.done_at.map_or_else(|| " and is not done".to_owned(), |done| format!(" and was done at {done}"));
    page.flow(lead, hang, &[(Ink::Bad, &clock.id), (Ink::Plain, &format!("{step}{due}{done}"))]);
    let deeper = format!("{hang}  ");
    let mut text = match brought(&clock.brings).as_str() {
        "" => "brings nothing by itself".to_owned(),
        brought => format!("brings: {brought}"),
    };
    if clock.brings.contains(&OnBreach::Concede) && !clock.conceded {
        text.push_str(if clock.certain {
            "; it has not been, so a person looks"
        } else {
            "; that it applies is not certain, so a person looks"
        });
    }
    page.flow(&deeper, &deeper, &[(Ink::Plain, &text)]);
}

/// What a missed clock brings, in words.
fn brought(all: &[OnBreach]) -> String {
    let told = all.iter().map(|each| match each {
        OnBreach::Concede => "the case is decided for the customer",
        OnBreach::Escalate => "it goes to the review of breaches",
        OnBreach::Report => "it is reported",
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Holds that the same rules ask for stand together.
fn alike(holds: &[StandingHold]) -> Vec<Vec<&StandingHold>> {
    let mut groups: Vec<Vec<&StandingHold>> = Vec::new();
    for hold in holds {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.asked_by == hold.asked_by)) {
            Some(group) => group.push(hold),
            None => groups.push(vec![hold]),
        }
    }
    groups
}

fn on_hold(holds: &[&StandingHold], disputed: &Disputed, lead: &str, hang: &str, page: &mut Page) {
    let part = match (disputed.amount, disputed.lines.as_slice()) {
        (Some(amount), []) => format!("on the {amount} in dispute"),
        (Some(amount), lines) => format!("on the {amount} in dispute ({})", named(lines)),
        (None, []) => "on the disputed part".to_owned(),
        (None, lines) => format!("on the disputed part ({})", named(lines)),
    };
    let names: Vec<String> = holds.iter().map(|hold| plain(&hold.hold)).collect();
    page.flow(lead, hang, &[(Ink::Bold, &names.join(", ")), (Ink::Plain, ": "), (Ink::Plain, &part)]);
    let deeper = format!("{hang}  ");
    for Asking { id, source, law } in holds.iter().take(1).flat_map(|hold| &hold.asked_by) {
        page.flow(&deeper, &format!("{deeper}  "), &[(Ink::Dim, &cited(id, source.as_deref(), law.as_deref()))]);
    }
}

fn named(lines: &[String]) -> String {
    format!("line{} {}", if lines.len() == 1 { "" } else { "s" }, lines.join(", "))
}

fn law(deadlines: &Deadlines, page: &mut Page) {
    list("Law", &deadlines.packs, page, |pack, lead, hang, page| {
        let text = if pack.certain { "applies" } else { "may apply: a fact is not known that would tell" };
        page.flow(lead, hang, &[(Ink::Bold, &pack.pack), (Ink::Plain, &format!(" {} {text}", pack.version))]);
    });
    let hang = " ".repeat(LABEL_COLUMNS);
    let lead = if deadlines.packs.is_empty() { left("Law", LABEL_COLUMNS) } else { hang.clone() };
    let clocks = deadlines.steps.iter().flat_map(|step| &step.clocks).map(|deadline| deadline.clock.law.as_deref());
    let holds = deadlines.holds.iter().flat_map(|hold| &hold.asked_by).map(|asking| asking.law.as_deref());
    if clocks.chain(holds).flatten().any(Law::is_unverified) {
        let text = "not verified: from general knowledge, to be checked against the text of the law";
        page.flow(&lead, &hang, &[(Ink::Attention, text)]);
    }
    if !deadlines.packs.is_empty() {
        page.flow(&hang, &hang, &[(Ink::Dim, "a pack of law is no legal advice")]);
    }
}

fn plain(name: &str) -> String {
    name.replace('_', " ")
}
