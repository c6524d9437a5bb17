//! Parameters by their paths, period by period; facts that the bundle declares, and what it assumes; the bundle as a whole.

use super::change::{Change, ChangeKind, Note, Subject, beside, kind_of};
use super::meaning::{Meaning, param_text};
use crate::bundle::{ExtraFactDoc, MoneyMeaning, ParamPeriod};
use crate::case::registry;
use crate::policy::Program;
use crate::policy::slots::Slot;
use std::collections::BTreeMap;

/// What the bundle says of itself.
pub(super) fn bundle(old: &Program, new: &Program, out: &mut Vec<Change>) {
    let currency = |money: MoneyMeaning| match money {
        MoneyMeaning::In(currency) => currency.to_string(),
        MoneyMeaning::OfCase => "case".to_owned(),
    };
    let days =
        |program: &Program| period_text(program.effective.0, program.effective.1).unwrap_or_else(|| "every day".to_owned());
    let pairs = [
        ("currency", currency(old.money), currency(new.money)),
        ("effective", days(old), days(new)),
        ("personal", personal(old), personal(new)),
    ];
    for (what, before, after) in pairs.into_iter().filter(|(_, before, after)| before != after) {
        out.push(Change::new(ChangeKind::Changed, Subject::Bundle, what).note(Note::both("", before, after)));
    }
}

/// What the bundle calls personal, without what follows from it.
fn personal(program: &Program) -> String {
    let is_fact = |name: &&String| {
        let is_declared = program.extras.iter().any(|extra| extra.path.value == **name);
        is_declared || registry().find(name).is_some() || registry().groups().contains(&name.as_str())
    };
    let names: Vec<&str> = program.personal.iter().filter(is_fact).map(String::as_str).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

pub(super) fn period_text(from: Option<crate::value::Date>, until: Option<crate::value::Date>) -> Option<String> {
    match (from, until) {
        (None, None) => None,
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (Some(from), Some(until)) => Some(format!("from {from} until {until}")),
    }
}

/// What a parameter says, by its periods.
type Periods = BTreeMap<String, String>;
/// The kind of a parameter, and what it says.
type Said = (String, Periods);
type Beside<'a> = (&'a str, Option<&'a Said>, Option<&'a Said>);

fn periods(list: &[ParamPeriod]) -> Periods {
    list.iter().map(|period| (period_text(period.from, period.until).unwrap_or_default(), param_text(&period.value))).collect()
}

/// Parameters, by path and period. A name that was removed and one that was added with the same values, and no other of them, are one
/// that was renamed.
pub(super) fn params(old: &Program, new: &Program, out: &mut Vec<Change>) {
    let list = |program: &Program| {
        let all = program.params.list.iter().enumerate();
        all.map(|(number, param)| (param.path.clone(), (format!("{:?}", param.kind), periods(program.params.periods(number)))))
            .collect::<Vec<_>>()
    };
    let (before, after) = (list(old), list(new));
    let pairs = beside(&before, &after);
    let gone: Vec<_> = pairs.iter().filter(|(_, _, new)| new.is_none()).collect();
    let added: Vec<_> = pairs.iter().filter(|(_, old, _)| old.is_none()).collect();
    for (path, old, new) in &pairs {
        let name = path.strip_prefix("params.").unwrap_or(path);
        match (old, new) {
            (Some(old), Some(new)) if old != new => {
                let mut notes: Vec<Note> = Vec::new();
                for when in old.1.keys().chain(new.1.keys().filter(|when| !old.1.contains_key(*when))) {
                    if old.1.get(when) != new.1.get(when) {
                        notes.push(Note::new(when.as_str(), old.1.get(when).cloned(), new.1.get(when).cloned()));
                    }
                }
                out.push(Change::new(ChangeKind::Changed, Subject::Parameter, name).notes(notes));
            }
            (Some(_), Some(_)) => {}
            _ => {
                let values = old.or(*new);
                let alike = |list: &[&Beside<'_>]| list.iter().filter(|each| each.1.or(each.2) == values).count();
                let is_renamed = alike(&gone) == 1 && alike(&added) == 1;
                let partner = if old.is_some() { &added } else { &gone };
                match partner.iter().find(|each| each.1.or(each.2) == values).filter(|_| is_renamed) {
                    // Said once, where the old name stood.
                    Some((other, _, _)) if old.is_some() => {
                        let other = other.strip_prefix("params.").unwrap_or(other);
                        let note = Note::both("", name, other);
                        out.push(Change::new(ChangeKind::Renamed, Subject::Parameter, name).note(note).of_wording(true));
                    }
                    Some(_) => {}
                    None => {
                        let values = values.map(|(_, periods)| periods.clone()).unwrap_or_default();
                        let notes = values.into_iter().map(|(when, value)| match old {
                            Some(_) => Note::new(when, Some(value), None),
                            None => Note::new(when, None, Some(value)),
                        });
                        out.push(Change::new(kind_of(*old, *new), Subject::Parameter, name).notes(notes));
                    }
                }
            }
        }
    }
}

/// Facts that the bundle declares.
pub(super) fn facts(old: &Program, new: &Program, out: &mut Vec<Change>) {
    let list =
        |program: &Program| program.extras.iter().map(|extra| (extra.path.value.clone(), fact_text(extra))).collect::<Vec<_>>();
    let (before, after) = (list(old), list(new));
    for (path, old, new) in beside(&before, &after).into_iter().filter(|(_, old, new)| old != new) {
        let note = Note::new("", old.cloned(), new.cloned());
        out.push(Change::new(kind_of(old, new), Subject::Fact, path).note(note));
    }
}

fn fact_text(extra: &ExtraFactDoc) -> String {
    let required = if extra.required { ", required" } else { "" };
    let actionable = if extra.actionable { ", actionable" } else { "" };
    format!("{}{required}{actionable}", extra.kind)
}

/// What stands in for facts that a case leaves out.
pub(super) fn assumptions(old: &Program, new: &Program, out: &mut Vec<Change>) {
    let list = |program: &Program| {
        let slots = (0..program.slots.len()).filter_map(|number| program.slots.get(number));
        let facts = slots.filter(|entry| matches!(entry.slot, Slot::Fact(_) | Slot::Extra(_)));
        let assumed = facts.filter_map(|entry| Some((entry.name.to_string(), Meaning::literal(entry.assumed.as_ref()?))));
        let mut assumed: Vec<(String, String)> = assumed.collect();
        assumed.sort();
        assumed
    };
    let (before, after) = (list(old), list(new));
    for (path, old, new) in beside(&before, &after).into_iter().filter(|(_, old, new)| old != new) {
        let note = Note::new("", old.cloned(), new.cloned());
        out.push(Change::new(kind_of(old, new), Subject::Assumption, path).note(note));
    }
}
