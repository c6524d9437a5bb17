//! The rules of a decision, one by one.
//!
//! A rule is the same rule where it has the same id. A rule without an id, or one whose id is gone, is the same where it says the same
//! as exactly one such rule of the other side. What is left over is matched by its number.

use super::change::{Change, ChangeKind, Note, Subject};
use super::meaning::Meaning;
use super::words;
use crate::policy::compiled::{Decision, Rule};
use crate::rule::HitPolicy;
use std::collections::BTreeMap;

/// One side of a decision.
pub(super) struct Side<'m, 'p> {
    pub(super) meaning: &'m Meaning<'p>,
    pub(super) decision: &'m Decision,
}

/// What a rule says, without its name and its reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    when: BTreeMap<String, String>,
    then: Vec<String>,
    dates: String,
}

impl Side<'_, '_> {
    fn said(&self, row: usize) -> Option<Said> {
        let rule = self.decision.rules.get(row)?;
        let names = self.decision.outputs.iter().map(|output| &output.name);
        let then = names.zip(self.meaning.outputs(self.decision, rule)).map(|(name, text)| format!("{name}: {text}"));
        let mut then: Vec<String> = then.collect();
        then.sort();
        let dates = self.decision.matcher.dates(row);
        Some(Said { when: self.meaning.row(self.decision, row), then, dates: format!("{:?} {:?}", dates.from, dates.until) })
    }
}

/// Compares the rules of a decision.
pub(super) fn compare(old: &Side<'_, '_>, new: &Side<'_, '_>, out: &mut Vec<Change>) {
    let pairs = pairs(old, new);
    let partner: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let known: BTreeMap<usize, usize> = pairs.iter().map(|(old, new)| (*new, *old)).collect();
    let moved = if in_order(new.decision.hit) || in_order(old.decision.hit) { moved(&known) } else { Vec::new() };
    for (row, rule) in new.decision.rules.iter().enumerate() {
        let name = format!("{}/{}", new.decision.name, rule.id);
        let Some(before) = known.get(&row) else {
            let notes = notes(None, Some((new, row)));
            out.push(Change::new(ChangeKind::Added, Subject::Rule, name).notes(notes).at(&rule.place));
            continue;
        };
        let Some(was) = old.decision.rules.get(*before) else { continue };
        if was.id != rule.id && !(was.id.starts_with('#') && rule.id.starts_with('#')) {
            let note = Note::both("", &*was.id, &*rule.id);
            out.push(Change::new(ChangeKind::Renamed, Subject::Rule, &name).note(note).of_wording(true).at(&rule.place));
        }
        if moved.contains(&row) {
            let note = Note::both("", ordinal(*before), ordinal(row));
            out.push(Change::new(ChangeKind::Moved, Subject::Rule, &name).note(note).at(&rule.place));
        }
        let wording = old.said(*before) == new.said(row);
        let notes = notes(Some((old, *before)), Some((new, row)));
        if !notes.is_empty() {
            out.push(Change::new(ChangeKind::Changed, Subject::Rule, name).notes(notes).of_wording(wording).at(&rule.place));
        }
    }
    for (row, rule) in old.decision.rules.iter().enumerate().filter(|(row, _)| !partner.contains_key(row)) {
        let name = format!("{}/{}", old.decision.name, rule.id);
        let notes = notes(Some((old, row)), None);
        out.push(Change::new(ChangeKind::Removed, Subject::Rule, name).notes(notes).at(&rule.place));
    }
    otherwise(old, new, out);
}

fn in_order(hit: HitPolicy) -> bool {
    matches!(hit, HitPolicy::First | HitPolicy::Priority | HitPolicy::Collect | HitPolicy::CollectRanked)
}

fn ordinal(row: usize) -> String {
    let number = row + 1;
    let ending = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Which rule of the old side is which of the new one.
fn pairs(old: &Side<'_, '_>, new: &Side<'_, '_>) -> Vec<(usize, usize)> {
    let ids = |rules: &[Rule]| -> BTreeMap<String, usize> {
        rules.iter().enumerate().map(|(row, rule)| (rule.id.to_string(), row)).collect()
    };
    let (before, after) = (ids(&old.decision.rules), ids(&new.decision.rules));
    let named = before.iter().filter(|(id, _)| !id.starts_with('#'));
    let mut pairs: Vec<(usize, usize)> = named.filter_map(|(id, row)| after.get(id).map(|other| (*row, *other))).collect();
    let free = |side: &Side<'_, '_>, taken: Vec<usize>| -> BTreeMap<Said, Vec<usize>> {
        let mut by_text: BTreeMap<Said, Vec<usize>> = BTreeMap::new();
        let mut is_taken = vec![false; side.decision.rules.len()];
        for row in taken {
            if let Some(slot) = is_taken.get_mut(row) {
                *slot = true;
            }
        }
        for (row, _) in is_taken.iter().enumerate().filter(|(_, taken)| !**taken) {
            by_text
                .entry(side.said(row).unwrap_or_else(|| Said { when: BTreeMap::new(), then: Vec::new(), dates: String::new() }))
                .or_default()
                .push(row);
        }
        by_text
    };
    let rest_old = free(old, pairs.iter().map(|pair| pair.0).collect());
    let rest_new = free(new, pairs.iter().map(|pair| pair.1).collect());
    for (said, rows) in &rest_old {
        if let ([row], Some([other])) = (rows.as_slice(), rest_new.get(said).map(Vec::as_slice)) {
            pairs.push((*row, *other));
        }
    }
    // What has no id and says something else now is the same by its number.
    let numbered: Vec<(usize, usize)> = before
        .iter()
        .filter(|(id, row)| id.starts_with('#') && !pairs.iter().any(|pair| pair.0 == **row))
        .filter_map(|(id, row)| after.get(id).map(|other| (*row, *other)))
        .collect();
    for (row, other) in numbered {
        if !pairs.iter().any(|pair| pair.1 == other) {
            pairs.push((row, other));
        }
    }
    pairs
}

/// The rules that stand elsewhere among those that stayed: the fewest whose removal leaves the others in their old order.
fn moved(known: &BTreeMap<usize, usize>) -> Vec<usize> {
    let order: Vec<(usize, usize)> = known.iter().map(|(new, old)| (*new, *old)).collect();
    // For each length, the rule with which a rising sequence of that length ends lowest; and what stands before each rule.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; order.len()];
    let old = |at: usize| order.get(at).map_or(0, |pair| pair.1);
    for at in 0..order.len() {
        let length = ends.partition_point(|end| old(*end) < old(at));
        if let Some(slot) = before.get_mut(at) {
            *slot = length.checked_sub(1).and_then(|previous| ends.get(previous).copied());
        }
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; order.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        if let Some(slot) = stays.get_mut(at) {
            *slot = true;
        }
        next = before.get(at).copied().flatten();
    }
    order.iter().zip(stays).filter(|(_, stays)| !stays).map(|((new, _), _)| *new).collect()
}

/// What differs between two rules; everything that one says where the other is not there.
fn notes(old: Option<(&Side<'_, '_>, usize)>, new: Option<(&Side<'_, '_>, usize)>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut add = |what: String, before: Option<(String, String)>, after: Option<(String, String)>| {
        if before.as_ref().map(|(text, _)| text) != after.as_ref().map(|(text, _)| text) {
            notes.push(Note::new(what, before.map(|(_, shown)| shown), after.map(|(_, shown)| shown)));
        }
    };
    // What it looks at, by the path as written: the meaning of a cell, and its words.
    let cells = |side: Option<(&Side<'_, '_>, usize)>| -> Vec<(String, (String, String))> {
        let Some((side, row)) = side else { return Vec::new() };
        let columns = side.decision.columns.iter().enumerate();
        let cells = columns.map(|(column, path)| (path, side.decision.matcher.cell(row, column)));
        let given = cells.filter(|(_, cell)| !cell.is_any());
        given.map(|(path, cell)| (path.written.to_string(), (side.meaning.cell(cell), cell.describe()))).collect()
    };
    let outputs = |side: Option<(&Side<'_, '_>, usize)>| -> Vec<(String, (String, String))> {
        let Some((side, row)) = side else { return Vec::new() };
        side.decision.rules.get(row).map_or_else(Vec::new, |rule| given(side, rule))
    };
    let dates = |side: Option<(&Side<'_, '_>, usize)>| -> Vec<(String, (String, String))> {
        let Some((side, row)) = side else { return Vec::new() };
        let dates = side.decision.matcher.dates(row);
        let pairs = [("from", dates.from), ("until", dates.until)];
        pairs.into_iter().filter_map(|(name, date)| Some((name.to_owned(), (date?.to_string(), date?.to_string())))).collect()
    };
    for (before, after) in [(cells(old), cells(new)), (outputs(old), outputs(new)), (dates(old), dates(new))] {
        for (name, before, after) in super::change::beside(&before, &after) {
            add(name.to_owned(), before.cloned(), after.cloned());
        }
    }
    if let (Some((old, row)), Some((new, other))) = (old, new)
        && let (Some(was), Some(is)) = (old.decision.rules.get(row), new.decision.rules.get(other))
    {
        words_of(old, was, new, is, &mut add);
    }
    notes
}

type Add<'a> = dyn FnMut(String, Option<(String, String)>, Option<(String, String)>) + 'a;

fn words_of(old: &Side<'_, '_>, was: &Rule, new: &Side<'_, '_>, is: &Rule, add: &mut Add<'_>) {
    let because = |side: &Side<'_, '_>, rule: &Rule| {
        Some((side.meaning.because(&rule.because), words::because(side.meaning, &rule.because)))
    };
    add("because".to_owned(), because(old, was), because(new, is));
    let source = |rule: &Rule| rule.source.as_ref().map(|text| (text.to_string(), text.to_string()));
    add("source".to_owned(), source(was), source(is));
}

/// The outputs of a rule that are no defaults, by name: what they mean, and their words.
fn given(side: &Side<'_, '_>, rule: &Rule) -> Vec<(String, (String, String))> {
    let texts = side.meaning.outputs(side.decision, rule);
    let all = side.decision.outputs.iter().zip(&rule.then).zip(texts);
    all.map(|((output, formula), text)| {
        let shown = match (formula, &output.default) {
            (Some(formula), _) => words::formula(formula),
            (None, Some(default)) => words::literal(default),
            (None, None) => "missing".to_owned(),
        };
        (output.name.to_string(), (text, shown))
    })
    .collect()
}

fn otherwise(old: &Side<'_, '_>, new: &Side<'_, '_>, out: &mut Vec<Change>) {
    let name = format!("{}/otherwise", new.decision.name);
    let (was, is) = (old.decision.otherwise.as_ref(), new.decision.otherwise.as_ref());
    let all = |side: &Side<'_, '_>, rule: Option<&Rule>| rule.map_or_else(Vec::new, |rule| given(side, rule));
    let (before, after) = (all(old, was), all(new, is));
    let mut notes = Vec::new();
    let mut add = |what: String, before: Option<(String, String)>, after: Option<(String, String)>| {
        if before.as_ref().map(|(text, _)| text) != after.as_ref().map(|(text, _)| text) {
            notes.push(Note::new(what, before.map(|(_, shown)| shown), after.map(|(_, shown)| shown)));
        }
    };
    for (name, before, after) in super::change::beside(&before, &after) {
        add(name.to_owned(), before.cloned(), after.cloned());
    }
    if let (Some(was), Some(is)) = (was, is) {
        words_of(old, was, new, is, &mut add);
    }
    let Some(rule) = is.or(was) else { return };
    if !notes.is_empty() {
        let change = Change::new(super::change::kind_of(was, is), Subject::Rule, name);
        out.push(change.notes(notes).of_wording(before == after && was.is_some() == is.is_some()).at(&rule.place));
    }
}
