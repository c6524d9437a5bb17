//! Names in policy tests: the facts that they give, what they expect, the rules that they name, the changes that they allow.

use super::collecting::{Collecting, segments};
use super::expressions::bounds_in;
use super::meaning::{Spelled, Within};
use super::name::{Name, NameKind, Role};
use super::values::{Closed, values};
use crate::bundle::{Bundle, TestFile, Written};
use crate::decision::GUARDRAILS;
use crate::text::{Node, Place, Source, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What may stand behind a `/`, or alone, in the name of a rule.
pub(super) struct Ids {
    rules: BTreeSet<(String, String)>,
    alone: BTreeMap<String, NameKind>,
}

impl Ids {
    /// The ids of a bundle; those of rules come from what defines them.
    pub(super) fn of(bundle: &Bundle, rules: BTreeSet<(String, String)>) -> Self {
        let packs = || bundle.packs.iter();
        let guardrails = bundle.guardrails.iter().chain(packs().flat_map(|pack| &pack.guardrails)).map(|doc| &doc.id);
        let obligations = bundle.obligations.iter().chain(packs().flat_map(|pack| &pack.obligations)).map(|doc| &doc.id);
        let plugins = bundle.manifest.plugins.iter().map(|doc| &doc.id);
        let of = |kind| move |id: &Written<String>| (id.value.clone(), kind);
        let alone = plugins.map(of(NameKind::Plugin)).chain(obligations.map(of(NameKind::Obligation)));
        Self { rules, alone: alone.chain(guardrails.map(of(NameKind::Guardrail))).collect() }
    }

    fn alone(&self, id: &str) -> Option<Name> {
        self.alone.get(id).map(|kind| Name::alone(*kind, id))
    }

    fn within(&self, decision: &str, id: &str) -> Option<Name> {
        let rule = self.rules.contains(&(decision.to_owned(), id.to_owned()));
        if rule { Some(Name::new(NameKind::Rule, decision, id)) } else { self.alone(id) }
    }
}

/// The names in a file of policy tests.
pub(super) fn tests(file: &TestFile, ids: &Ids, found: &mut Collecting<'_>) {
    for test in &file.tests {
        for (path, value) in &test.given {
            let spelled = found.meanings.spell_fact(&segments(&path.value));
            found.spelled(&path.value, 0, &path.place, &spelled, Role::Writes);
            given(&path.value, value, &file.source, found);
        }
        for (path, cell) in &test.expect {
            if path.value == "rules" || path.value == "not_rules" {
                rules(cell, &file.source, ids, found);
            } else {
                told(&path.value, cell, &file.source, ids, found);
                let spelled = expected(&segments(&path.value), ids, found);
                let output = spelled.last().filter(|(name, _)| name.kind == NameKind::Output);
                let output = output.map(|(name, _)| format!("{}.{}", name.within, name.text));
                let closed = output.and_then(|output| Closed::behind(&output, Within::default(), found));
                values(cell, &file.source, closed.as_ref(), Role::Reads, found);
                found.spelled(&path.value, 0, &path.place, &spelled, Role::Reads);
            }
        }
    }
    for allowed in &file.mutants_allowed {
        mutant(&allowed.mutant, ids, found);
    }
}

/// Facts that are given as a mapping below their group, or as items of a list.
fn given(above: &str, node: &Node, source: &Source, found: &mut Collecting<'_>) {
    if node.as_map().is_none() {
        let closed = Closed::behind(above, Within::default(), found);
        values(node, source, closed.as_ref(), Role::Writes, found);
    }
    for item in node.as_list().unwrap_or_default() {
        given(above, item, source, found);
    }
    for entry in node.as_map().unwrap_or_default() {
        let path = format!("{above}.{}", entry.key.text);
        let whole = found.meanings.spell_fact(&segments(&path)).into_iter().find(|(name, _)| name.text == path);
        if let Some((name, _)) = whole {
            found.whole(&Written::new(entry.key.text.clone(), source.place(entry.key.span)), name, Role::Writes);
        }
        given(&path, &entry.value, source, found);
    }
}

/// Where a decision as it is written out tells facts, and the ids of what bounds it.
const FACTS: [&str; 2] = ["missing_facts", "open_facts"];
const BOUNDS: [&str; 3] = ["check", "capped_by", "id"];

/// Names among the values that are expected.
fn told(path: &str, node: &Node, source: &Source, ids: &Ids, found: &mut Collecting<'_>) {
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        let Some(text) = item.as_text() else { continue };
        let last = path.rsplit('.').next().unwrap_or(path);
        let place = source.place(item.span);
        if FACTS.contains(&last) {
            let spelled = found.meanings.spell_fact(&segments(text));
            found.spelled(text, 0, &place, &spelled, Role::Reads);
        } else if let (true, Some(name)) = (BOUNDS.contains(&last), ids.alone(text)) {
            found.part(text, &place, Span::new(0, text.len()), name, Role::Reads);
        }
    }
}

/// `decision/rule`, one or several.
fn rules(node: &Node, source: &Source, ids: &Ids, found: &mut Collecting<'_>) {
    for item in node.as_list().unwrap_or(std::slice::from_ref(node)) {
        let text = item.as_text().unwrap_or_default();
        rule(text, 0..text.len(), &source.place(item.span), ids, found);
    }
}

/// `decision/rule` in a part of a text; the decision is given back.
fn rule<'t>(
    text: &'t str,
    part: std::ops::Range<usize>,
    place: &Place,
    ids: &Ids,
    found: &mut Collecting<'_>,
) -> Option<&'t str> {
    let (decision, id) = text.get(part.clone())?.split_once('/')?;
    let slash = part.start + decision.len();
    if found.meanings.decision(decision).is_some() {
        found.part(text, place, Span::new(part.start, slash), Name::alone(NameKind::Decision, decision), Role::Reads);
    }
    let name = if decision == GUARDRAILS { ids.alone(id) } else { ids.within(decision, id) };
    if let Some(name) = name {
        found.part(text, place, Span::new(slash + 1, part.end), name, Role::Reads);
    }
    Some(decision)
}

/// What a path of an expectation names: `clocks.ID`, `parts.DECISION.outputs.OUTPUT`, or an output of a section's own decision.
fn expected(path: &[&str], ids: &Ids, found: &Collecting<'_>) -> Spelled {
    match path {
        ["clocks", id, ..] => ids.alone(id).map(|name| (name, 1..2)).into_iter().collect(),
        ["parts", decision, rest @ ..] => {
            let Some(number) = found.meanings.decision(decision) else { return Vec::new() };
            let outputs = found.meanings.outline.catalog.decisions.get(number);
            let output = match rest {
                ["outputs", output, ..] => outputs.filter(|decision| decision.output(output).is_some()).map(|_| *output),
                _ => None,
            };
            let named = output.map(|output| (Name::new(NameKind::Output, *decision, output), 3..4));
            std::iter::once((Name::alone(NameKind::Decision, *decision), 1..2)).chain(named).collect()
        }
        [_, _, ..] => {
            let spelled = found.meanings.spell(path, Within::default());
            let is_section = |name: &str| crate::decision::sections::section(name).is_some();
            let names_section =
                matches!(spelled.first(), Some((name, _)) if name.kind == NameKind::Decision && is_section(&name.text));
            if names_section { spelled } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// A change as `redress test --mutate` names it: `goodwill/our-error: ...`, `ID: ...`, `goodwill/one and two change places`.
fn mutant(written: &Written<String>, ids: &Ids, found: &mut Collecting<'_>) {
    let (text, place) = (written.value.as_str(), &written.place);
    let head_end = text.find([':', ' ']).unwrap_or(text.len());
    let decision = rule(text, 0..head_end, place, ids, found);
    if decision.is_none()
        && let Some(name) = text.get(..head_end).and_then(|id| ids.alone(id))
    {
        found.part(text, place, Span::new(0, head_end), name, Role::Reads);
    }
    if let (Some(decision), Some(rest)) = (decision, text.get(head_end..).and_then(|rest| rest.strip_prefix(" and ")))
        && let Some(name) = rest.split(' ').next().and_then(|id| ids.within(decision, id))
    {
        let start = head_end + " and ".len();
        found.part(text, place, Span::new(start, start + name.text.len()), name, Role::Reads);
    }
    let within = Within::decision(decision.and_then(|decision| found.meanings.decision(decision))).own_outputs();
    // Between ticks stand a condition or an output, and what becomes of it.
    let mut at = head_end;
    for (number, piece) in text.get(head_end..).unwrap_or("").split('`').enumerate() {
        if number % 2 == 1 {
            if let Some((name, _)) = piece.split_once(':') {
                let spelled = found.meanings.spell(&segments(name), within);
                found.spelled(text.get(..at + name.len()).unwrap_or(text), at, place, &spelled, Role::Reads);
            }
            let start = place.source.slice(place.span).find(piece).map(|start| place.span.start + start);
            if let Some(start) = start {
                bounds_in(piece, &place.source.place(Span::new(start, start + piece.len())), found);
            }
        }
        at += piece.len() + 1;
    }
}
