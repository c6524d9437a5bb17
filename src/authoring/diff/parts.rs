//! Decisions, guardrails, plugins and scripts, one by one.

use super::change::{Change, ChangeKind, Note, Subject, beside, kind_of};
use super::meaning::Meaning;
use super::rules::{self, Side};
use super::words;
use crate::policy::Program;
use crate::policy::compiled::{Better, Decision, Guardrail, Hooked};
use std::collections::BTreeMap;

/// Decisions by name, those that were renamed under the name that they have now.
pub(super) fn decisions(old: &Meaning<'_>, new: &Meaning<'_>, renamed: &BTreeMap<String, String>, out: &mut Vec<Change>) {
    let named = |program: &Program, names: &BTreeMap<String, String>| -> Vec<(String, usize)> {
        let all = program.decisions.iter().enumerate();
        all.map(|(at, decision)| (names.get(&*decision.name).cloned().unwrap_or_else(|| decision.name.to_string()), at)).collect()
    };
    for (old_name, new_name) in renamed {
        let note = Note::both("", old_name, new_name);
        out.push(Change::new(ChangeKind::Renamed, Subject::Decision, old_name).note(note));
    }
    for (name, was, is) in beside(&named(old.program, renamed), &named(new.program, &BTreeMap::new())) {
        let was = was.and_then(|at| old.program.decisions.get(*at));
        let is = is.and_then(|at| new.program.decisions.get(*at));
        match (was, is) {
            (Some(was), Some(is)) => {
                let (was, is) = (Side { meaning: old, decision: was }, Side { meaning: new, decision: is });
                decision(&was, &is, out);
            }
            _ => {
                let place = was.or(is).map(|decision| &decision.place);
                let change = Change::new(kind_of(was, is), Subject::Decision, name);
                out.extend(place.map(|place| change.at(place)));
            }
        }
    }
}

fn decision(old: &Side<'_, '_>, new: &Side<'_, '_>, out: &mut Vec<Change>) {
    let name = &*new.decision.name;
    let mut notes = Vec::new();
    let mut add = |what: &str, before: String, after: String| {
        if before != after {
            let given = |text: String| (!text.is_empty()).then_some(text);
            notes.push(Note::new(what, given(before), given(after)));
        }
    };
    let paths = |side: &Side<'_, '_>| {
        side.decision.required.iter().map(|path| side.meaning.path(path, false)).collect::<Vec<_>>().join(", ")
    };
    let list = |decision: &Decision| decision.for_each.as_ref().map_or_else(String::new, |path| path.written.to_string());
    add("hit", old.decision.hit.to_string(), new.decision.hit.to_string());
    add("priority", priority(old.decision), priority(new.decision));
    add("required", paths(old), paths(new));
    add("for_each", list(old.decision), list(new.decision));
    if !notes.is_empty() {
        out.push(Change::new(ChangeKind::Changed, Subject::Decision, name).notes(notes).at(&new.decision.place));
    }
    lets(old, new, out);
    outputs(old, new, out);
    rules::compare(old, new, out);
    hooks(name, old, new, out);
}

fn priority(decision: &Decision) -> String {
    let each = |(output, better): &(usize, Better)| {
        let output = decision.outputs.get(*output).map_or("", |output| &*output.name);
        match better {
            Better::Named(names) => format!("{output}: {}", names.join(", ")),
            Better::More => format!("{output}: most"),
        }
    };
    decision.priority.iter().map(each).collect::<Vec<_>>().join("; ")
}

fn lets(old: &Side<'_, '_>, new: &Side<'_, '_>, out: &mut Vec<Change>) {
    let list = |side: &Side<'_, '_>| {
        let all = side.decision.lets.iter();
        all.map(|each| {
            let text = format!("{:?} {}", each.kind, side.meaning.formula(&each.formula));
            (each.name.to_string(), (text, words::formula(&each.formula), each.place.to_string()))
        })
        .collect::<Vec<_>>()
    };
    let (before, after) = (list(old), list(new));
    for (name, was, is) in beside(&before, &after).into_iter().filter(|(_, was, is)| was.map(|it| &it.0) != is.map(|it| &it.0)) {
        let note = Note::new("", was.map(|it| it.1.clone()), is.map(|it| it.1.clone()));
        let place = is.or(was).map_or("", |it| it.2.as_str());
        let name = format!("{}.{name}", new.decision.name);
        out.push(Change::new(kind_of(was, is), Subject::Let, name).note(note).at(place));
    }
}

fn outputs(old: &Side<'_, '_>, new: &Side<'_, '_>, out: &mut Vec<Change>) {
    let list = |side: &Side<'_, '_>| {
        let all = side.decision.outputs.iter();
        all.map(|output| {
            let mut says = vec![("type".to_owned(), (format!("{:?}", output.kind), output.kind.to_string()))];
            let default = output.default.as_ref();
            says.extend(default.map(|it| ("default".to_owned(), (Meaning::literal(it), words::literal(it)))));
            says.extend(output.round.map(|it| ("round".to_owned(), (it.to_string(), it.to_string()))));
            let value = output.formula.as_ref();
            says.extend(value.map(|it| ("value".to_owned(), (side.meaning.formula(it), words::formula(it)))));
            (output.name.to_string(), (says, output.place.to_string()))
        })
        .collect::<Vec<_>>()
    };
    let (before, after) = (list(old), list(new));
    let nothing = Vec::new();
    for (name, was, is) in beside(&before, &after) {
        let says = beside(was.map_or(&nothing, |it| &it.0), is.map_or(&nothing, |it| &it.0));
        let says = says.into_iter().filter(|(_, was, is)| was.map(|it| &it.0) != is.map(|it| &it.0));
        let notes: Vec<Note> =
            says.map(|(what, was, is)| Note::new(what, was.map(|it| it.1.clone()), is.map(|it| it.1.clone()))).collect();
        if !notes.is_empty() {
            let place = is.or(was).map_or("", |it| it.1.as_str());
            let name = format!("{}.{name}", new.decision.name);
            out.push(Change::new(kind_of(was, is), Subject::Output, name).notes(notes).at(place));
        }
    }
}

/// The script of a decision, and the plugins that follow it.
fn hooks(name: &str, old: &Side<'_, '_>, new: &Side<'_, '_>, out: &mut Vec<Change>) {
    let list = |side: &Side<'_, '_>| {
        let all = side.decision.script.iter().map(|it| (name.to_owned(), (side.meaning.hooked(it), says(it))));
        let plugins = side.decision.plugins.iter().map(|it| (it.id.clone(), (side.meaning.hooked(it), says(it))));
        all.chain(plugins).collect::<Vec<_>>()
    };
    let (before, after) = (list(old), list(new));
    for (id, was, is) in beside(&before, &after).into_iter().filter(|(_, was, is)| was.map(|it| &it.0) != is.map(|it| &it.0)) {
        let nothing = Vec::new();
        let said = beside(was.map_or(&nothing, |it| &it.1), is.map_or(&nothing, |it| &it.1));
        let notes = said.into_iter().filter(|(_, was, is)| was != is);
        let notes = notes.map(|(what, was, is)| Note::new(what, was.cloned(), is.cloned())).collect::<Vec<_>>();
        let notes = if notes.is_empty() { vec![Note::both("", "its script", "another script")] } else { notes };
        let place = new.decision.plugins.iter().chain(&new.decision.script).chain(&old.decision.plugins);
        let place = place.chain(&old.decision.script).find(|it| it.id == id).map(|it| it.place.to_string());
        out.push(Change::new(kind_of(was, is), Subject::Plugin, id).notes(notes).at(&place.unwrap_or_default()));
    }
    let order = |side: &Side<'_, '_>| side.decision.plugins.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
    let (before, after) = (order(old), order(new));
    let kept = |list: &[String], others: &[String]| list.iter().filter(|id| others.contains(id)).cloned().collect::<Vec<_>>();
    let (was, is) = (kept(&before, &after), kept(&after, &before));
    if was != is {
        let note = Note::both("order", was.join(", "), is.join(", "));
        out.push(Change::new(ChangeKind::Moved, Subject::Plugin, format!("after {name}")).note(note));
    }
}

/// What a plugin says of itself.
fn says(hooked: &Hooked) -> Vec<(String, String)> {
    let mut says = Vec::new();
    let settings = hooked.settings.iter().map(|(name, value)| (format!("settings.{name}"), super::meaning::value_text(value)));
    says.extend(settings);
    says.push(("when".to_owned(), words::conditions(&hooked.when)));
    says.push(("on_failure".to_owned(), hooked.on_failure.to_string()));
    let quarantine = hooked.quarantine.map(|it| format!("after {} for {} minutes", it.after, it.cool_down_minutes));
    says.extend(quarantine.map(|it| ("quarantine".to_owned(), it)));
    says
}

/// Every guardrail by its id, with the decision that it bounds.
pub(super) fn guardrails(old: &Meaning<'_>, new: &Meaning<'_>, out: &mut Vec<Change>) {
    fn all<'m>(meaning: &'m Meaning<'_>) -> Vec<(String, (Option<&'m Decision>, &'m Guardrail))> {
        let bounds =
            meaning.program.decisions.iter().flat_map(|decision| decision.bounds.iter().map(move |it| (Some(decision), it)));
        let finals = meaning.program.final_guardrails.iter().map(|it| (None, it));
        let mut all: Vec<_> = bounds.chain(finals).map(|found| (found.1.id.clone(), found)).collect();
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }
    let (before, after) = (all(old), all(new));
    for (id, was, is) in beside(&before, &after) {
        let says = |meaning: &Meaning<'_>, found: Option<&(Option<&Decision>, &Guardrail)>| -> Vec<(String, (String, String))> {
            let Some((decision, guardrail)) = found else { return Vec::new() };
            let of = decision.map_or("", |decision| &*decision.name);
            let day = |date: Option<crate::value::Date>| date.map_or_else(String::new, |date| date.to_string());
            vec![
                ("when".to_owned(), (meaning.conditions(&guardrail.when, true), words::conditions(&guardrail.when))),
                (String::new(), (format!("{of} {}", meaning.verb(guardrail, *decision)), words::verb(guardrail, *decision))),
                ("from".to_owned(), (day(guardrail.from), day(guardrail.from))),
                ("until".to_owned(), (day(guardrail.until), day(guardrail.until))),
                ("because".to_owned(), (meaning.because(&guardrail.because), words::because(meaning, &guardrail.because))),
                (
                    "source".to_owned(),
                    (guardrail.source.clone().unwrap_or_default(), guardrail.source.clone().unwrap_or_default()),
                ),
            ]
        };
        let (said_old, said_new) = (says(old, was), says(new, is));
        let differs = beside(&said_old, &said_new).into_iter().filter(|(_, was, is)| was.map(|it| &it.0) != is.map(|it| &it.0));
        let given = |it: Option<&(String, String)>| it.map(|it| it.1.clone()).filter(|text| !text.is_empty());
        let notes: Vec<Note> = differs
            .map(|(what, was, is)| Note::new(what, given(was), given(is)))
            .filter(|note| note.before.is_some() || note.after.is_some())
            .collect();
        let Some((_, guardrail)) = is.or(was) else { continue };
        if notes.is_empty() {
            continue;
        }
        let wording = notes.iter().all(|note| ["because", "source"].contains(&note.what.as_str()));
        let shown = if was.is_some() && is.is_some() {
            notes
        } else {
            notes.into_iter().filter(|note| !["because", "source"].contains(&note.what.as_str())).collect()
        };
        out.push(Change::new(kind_of(was, is), Subject::Guardrail, id).notes(shown).of_wording(wording).at(&guardrail.place));
    }
}

/// Functions of script files: what a call from the bundle can reach.
pub(super) fn scripts(old: &Program, new: &Program, out: &mut Vec<Change>) {
    fn all(program: &Program) -> Vec<(String, BTreeMap<String, String>)> {
        let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for hook in program.hooks() {
            if let Some((file, forms)) = hook.body.functions() {
                files.entry(file).or_default().extend(forms);
            }
        }
        files.into_iter().collect()
    }
    let (before, after) = (all(old), all(new));
    for (file, was, is) in beside(&before, &after) {
        let nothing = BTreeMap::new();
        let (was_all, is_all) = (was.unwrap_or(&nothing), is.unwrap_or(&nothing));
        let (Some(_), Some(_)) = (was, is) else {
            out.push(Change::new(kind_of(was, is), Subject::Script, file));
            continue;
        };
        let names: std::collections::BTreeSet<&String> = was_all.keys().chain(is_all.keys()).collect();
        for name in names.into_iter().filter(|name| was_all.get(*name) != is_all.get(*name)) {
            let shown = format!("{file}: {}", name.split('/').next().unwrap_or(name));
            out.push(Change::new(kind_of(was_all.get(name), is_all.get(name)), Subject::Script, shown));
        }
    }
}
