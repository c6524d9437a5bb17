//! Clocks line by line, the calendars that they count by, and packs: what was changed of them.

use super::change::{Change, Note, Subject, beside, kind_of};
use super::meaning::{Meaning, param_text};
use super::params::period_text;
use super::words;
use crate::bundle::Roll;
use crate::policy::Program;
use crate::policy::compiled::Condition;
use crate::policy::obligation::{DueLine, Obligation, Start};
use crate::value::{Calendar, Date};
use std::collections::BTreeMap;

/// So many days of a calendar are listed; more are counted.
const DAYS_SHOWN_MAX: usize = 10;

/// What a part says: its meaning, and as it is shown.
type Said = (String, String);

/// Clocks and holds by their ids.
pub(super) fn clocks(old: &Meaning<'_>, new: &Meaning<'_>, out: &mut Vec<Change>) {
    let list = |meaning: &Meaning<'_>| {
        let all = meaning.program.obligations.list.iter();
        all.map(|each| (each.id.to_string(), (says(meaning, each), each.place.to_string()))).collect::<Vec<_>>()
    };
    let (before, after) = (list(old), list(new));
    let nothing = Vec::new();
    for (id, was, is) in beside(&before, &after) {
        let lines = beside(was.map_or(&nothing, |it| &it.0), is.map_or(&nothing, |it| &it.0));
        let differing = lines.into_iter().filter(|(_, was, is)| was.map(|it| &it.0) != is.map(|it| &it.0));
        let note = |(what, was, is): (&str, Option<&Said>, Option<&Said>)| {
            Note::new(what, was.map(|it| it.1.clone()), is.map(|it| it.1.clone()))
        };
        let notes: Vec<Note> = differing.map(note).collect();
        if !notes.is_empty() || was.is_none() || is.is_none() {
            let place = is.or(was).map_or("", |it| it.1.as_str());
            out.push(Change::new(kind_of(was, is), Subject::Clock, id).notes(notes).at(place));
        }
    }
}

/// What a clock says, part by part; what it does not say is left out.
fn says(meaning: &Meaning<'_>, clock: &Obligation) -> Vec<(String, Said)> {
    let mut all: Vec<(String, Said)> = Vec::new();
    let mut add = |what: &str, means: String, shown: String| {
        if !shown.is_empty() {
            all.push((what.to_owned(), (means, shown)));
        }
    };
    let conditions = |list: &[Condition]| format!("{} / {}", meaning.conditions(list, false), meaning.conditions(list, true));
    add("when", conditions(&clock.when), words::conditions(&clock.when));
    add("unless", conditions(&clock.unless), words::conditions(&clock.unless));
    let step = clock.step.as_deref().unwrap_or_default();
    add("step", step.to_owned(), step.to_owned());
    for (at, line) in clock.due.iter().enumerate() {
        let what = if clock.due.len() == 1 { "due".to_owned() } else { format!("due, line {}", at + 1) };
        let (means, shown) = due(meaning, line);
        add(&what, format!("{} {means}", conditions(&line.when)), shown);
    }
    let breach = clock.on_breach.iter().map(|what| what.word()).collect::<Vec<_>>().join(", ");
    add("on breach", breach.clone(), breach);
    let holds = clock.holds.join(", ");
    add("holds", holds.clone(), holds);
    let calendar = clock.calendar.name().to_owned();
    add("calendar", calendar.clone(), calendar);
    let days = period_text(clock.from, clock.until).unwrap_or_default();
    add("in force", days.clone(), days);
    all
}

fn due(meaning: &Meaning<'_>, line: &DueLine) -> Said {
    let (after, shown) = match &line.after {
        Start::Fact(path) => (format!("{} / {}", meaning.path(path, false), meaning.path(path, true)), path.written.to_string()),
        Start::Step { name, .. } => (format!("step {name}"), format!("step {name}")),
    };
    let at_most = line.at_most.map_or_else(String::new, |most| format!(", at most {most}"));
    let roll = match line.roll {
        Roll::Next => "",
        Roll::Stay => ", on that day all the same",
        Roll::Previous => ", on the business day before",
    };
    let when = if line.when.is_empty() { String::new() } else { format!(", when {}", words::conditions(&line.when)) };
    let means = format!("{:?} {after} {:?} {:?}", line.within, line.at_most, line.roll);
    (means, format!("within {} after {shown}{at_most}{roll}{when}", line.within))
}

/// The calendars that anything is counted by, by their names.
pub(super) fn calendars(old: &Program, new: &Program, out: &mut Vec<Change>) {
    if old.calendar.name() != new.calendar.name() {
        let name = |program: &Program| match program.calendar.name() {
            "" => "weekends only".to_owned(),
            name => name.to_owned(),
        };
        let note = Note::both("", name(old), name(new));
        out.push(Change::new(super::change::ChangeKind::Changed, Subject::Bundle, "calendar").note(note));
    }
    let used = |program: &Program| -> Vec<(String, Calendar)> {
        let clocks = program.obligations.list.iter().map(|clock| &clock.calendar);
        let all: BTreeMap<String, Calendar> =
            clocks.chain([&program.calendar]).map(|each| (each.name().to_owned(), (**each).clone())).collect();
        all.into_iter().collect()
    };
    let (before, after) = (used(old), used(new));
    for (name, was, is) in beside(&before, &after) {
        // Which of them a clock counts by is said of the clock.
        let (Some(was), Some(is)) = (was, is) else { continue };
        let years = |calendar: &Calendar| calendar.years().map(|(from, until)| format!("{from} to {until}"));
        let mut notes = Vec::new();
        if was.years() != is.years() {
            notes.push(Note::new("years", years(was), years(is)));
        }
        let only = |one: &Calendar, other: &Calendar| -> Vec<Date> {
            one.holidays().filter(|day| !other.holidays().any(|each| each == *day)).collect()
        };
        let days = |days: &[Date]| {
            let list: Vec<String> = days.iter().take(DAYS_SHOWN_MAX).map(ToString::to_string).collect();
            let more = days.len().saturating_sub(DAYS_SHOWN_MAX);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            (!days.is_empty()).then(|| format!("{}{more}", list.join(", ")))
        };
        let (gone, come) = (days(&only(was, is)), days(&only(is, was)));
        if let Some(gone) = gone {
            notes.push(Note::new("no longer off", None, Some(gone)));
        }
        if let Some(come) = come {
            notes.push(Note::new("now off", None, Some(come)));
        }
        if !notes.is_empty() {
            let name = if name.is_empty() { "of the bundle" } else { name };
            out.push(Change::new(super::change::ChangeKind::Changed, Subject::Calendar, name).notes(notes));
        }
    }
}

/// Packs by their names: where and when they apply, and what they set anew.
pub(super) fn packs(old: &Meaning<'_>, new: &Meaning<'_>, out: &mut Vec<Change>) {
    let list = |meaning: &Meaning<'_>| {
        let packs = meaning.program.packs.iter().enumerate();
        packs
            .map(|(number, pack)| {
                let when = format!("{} / {}", meaning.conditions(&pack.when, false), meaning.conditions(&pack.when, true));
                let mut says = vec![("when".to_owned(), (when, words::conditions(&pack.when)))];
                says.extend(period_text(pack.from, pack.until).map(|days| ("in force".to_owned(), (days.clone(), days))));
                for (_, param) in meaning.program.params.set_anew().filter(|(pack, _)| *pack == number) {
                    let periods = param.periods().iter().map(|period| {
                        let days = period_text(period.from, period.until).map_or_else(String::new, |days| format!(" {days}"));
                        format!("{}{days}", param_text(&period.value))
                    });
                    let value = periods.collect::<Vec<_>>().join(", ");
                    says.push((format!("sets {}", param.path), (value.clone(), value)));
                }
                (pack.name.to_string(), (says, pack.place.to_string()))
            })
            .collect::<Vec<_>>()
    };
    let (before, after) = (list(old), list(new));
    let nothing = Vec::new();
    for (name, was, is) in beside(&before, &after) {
        let lines = beside(was.map_or(&nothing, |it| &it.0), is.map_or(&nothing, |it| &it.0));
        let differing = lines.into_iter().filter(|(_, was, is)| was.map(|it| &it.0) != is.map(|it| &it.0));
        let note = |(what, was, is): (&str, Option<&Said>, Option<&Said>)| {
            Note::new(what, was.map(|it| it.1.clone()), is.map(|it| it.1.clone()))
        };
        let notes: Vec<Note> = differing.map(note).collect();
        if !notes.is_empty() || was.is_none() || is.is_none() {
            let place = is.or(was).map_or("", |it| it.1.as_str());
            out.push(Change::new(kind_of(was, is), Subject::Pack, name).notes(notes).at(place));
        }
    }
}
