//! Decisions, their outputs, rules and derived inputs.

use super::facts::kind;
use super::wording::{Told, ticked, written};
use crate::authoring::names::lookup::NameIndex;
use crate::authoring::names::meaning::Meanings;
use crate::authoring::names::name::{Name, NameKind, Role};
use crate::bundle::{BecauseDoc, Bundle, DecisionDoc, Formula, RuleDoc, Written};
use crate::policy::rows::{RawTable, raw_table};
use crate::rule::{CellText, HeadingKind};
use crate::text::Diagnostics;
use std::collections::{BTreeMap, BTreeSet};

/// A decision: what it is for, who answers for it, what it gives and who reads it.
pub(super) fn decision(index: &NameIndex, name: &Name, bundle: &Bundle) -> Option<String> {
    let doc = super::documents(bundle).find(|doc| doc.name.value == name.text)?;
    let mut told = Told::of(&name.text, "a decision");
    told.text(&doc.about.split_whitespace().collect::<Vec<_>>().join(" "));
    told.item("owner", &doc.owner);
    told.item("hit", &doc.hit.as_ref().map_or_else(|| "`unique`".to_owned(), |hit| format!("`{}`", hit.value)));
    if let Some(each) = &doc.for_each {
        told.item("for each", &format!("`{}` of `{}`", each.name, each.list.value));
    }
    for output in &doc.outputs {
        told.item(&format!("gives `{}`", output.name.value), &kind(&output.kind));
    }
    told.item("read by", &ticked(readers(index, name, bundle)));
    let packs: Vec<&str> = bundle
        .packs
        .iter()
        .filter(|pack| pack.decisions.iter().any(|doc| doc.name.value == name.text))
        .map(|pack| pack.name.value.as_str())
        .collect();
    told.item("added to by the packs", &ticked(packs));
    Some(told.finish())
}

/// The decisions whose documents read a name, and where else it is read, as far as that decides.
fn readers(index: &NameIndex, name: &Name, bundle: &Bundle) -> BTreeSet<String> {
    let places = index.names().find(|(known, _)| *known == name).map_or(&[][..], |(_, places)| places);
    let mut found = BTreeSet::new();
    for (at, _) in places.iter().filter(|(_, role)| *role == Role::Reads) {
        match super::documents(bundle).find(|doc| doc.path == at.path) {
            Some(doc) => found.insert(doc.name.value.clone()),
            None if at.path.contains("tests/") => false,
            None => found.insert(at.path.clone()),
        };
    }
    found.remove(&name.text);
    found
}

/// An output: its type, default and rounding.
pub(super) fn output(name: &Name, meanings: &Meanings) -> Option<String> {
    let doc = meanings.decision(&name.within).and_then(|number| meanings.document(number))?;
    let output = doc.outputs.iter().find(|output| output.name.value == name.text)?;
    let mut told = Told::of(&format!("{}.{}", name.within, name.text), "an output");
    told.text(&output.about);
    told.item("type", &kind(&output.kind));
    told.item("default", &output.default.as_ref().map_or_else(String::new, |node| format!("`{}`", written(node))));
    told.item("rounded", &output.round.map_or_else(String::new, |round| round.to_string()));
    told.item("value", &output.value.as_ref().map_or_else(String::new, |value| format!("`{}`", formula(value))));
    Some(told.finish())
}

/// A derived input, or what one item of a loop is called.
pub(super) fn derived(name: &Name, meanings: &Meanings) -> Option<String> {
    let number = meanings.decision(&name.within)?;
    if name.kind == NameKind::Item {
        let (_, list, of) = meanings.item(number)?;
        let mut told = Told::of(&name.text, &format!("one item of `{list}`"));
        if let crate::value::Kind::Record(record) = of {
            for field in &record.fields {
                let about = if field.about.is_empty() { String::new() } else { format!(" — {}", field.about) };
                told.item(&format!("`{}`", field.name), &format!("{}{about}", kind(&field.kind)));
            }
        }
        return Some(told.finish());
    }
    let doc = meanings.document(number)?;
    let each = doc.lets.iter().find(|each| each.name.value == name.text)?;
    let known = meanings.lets(number).iter().find(|known| *known.name == *name.text).and_then(|known| known.kind.clone());
    let mut told = Told::of(&name.text, &format!("a `let` of `{}`", name.within));
    told.text(&format!("`{}`", formula(&each.value)));
    told.item("type", &known.as_ref().map_or_else(String::new, kind));
    Some(told.finish())
}

/// An expression or a literal as it is written, on one line.
pub(super) fn formula(value: &Written<Formula>) -> String {
    match &value.value {
        Formula::Literal(node) => written(node),
        Formula::Expression(text) => {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.starts_with("params.") && !text.contains(' ') { text } else { format!("= {text}") }
        }
    }
}

/// A rule: when it holds, what it gives, why, and how often it hit.
pub(super) fn rule(name: &Name, bundle: &Bundle, hits: &BTreeMap<String, usize>) -> Option<String> {
    let mut told = Told::of(&name.text, &format!("a rule of `{}`", name.within));
    let own = super::documents(bundle).filter(|doc| doc.name.value == name.within);
    let found = own.into_iter().any(|doc| one(doc, name, bundle, &mut told));
    if let Some(count) = hits.get(&name.to_string()) {
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        told.text(&format!("Hit {times} in the history."));
    }
    found.then(|| told.finish())
}

fn one(doc: &DecisionDoc, name: &Name, bundle: &Bundle, told: &mut Told) -> bool {
    let is_it = |rule: &&RuleDoc| rule.id.as_ref().is_some_and(|id| id.value == name.text);
    if let Some(rule) = doc.rules.iter().find(is_it) {
        // The condition that binds it to its pack is nobody's text.
        let binds = |column: &str| rule.law.pack.as_ref().is_some_and(|pack| column == format!("packs.{pack}"));
        for (column, cell) in rule.when.iter().filter(|(column, _)| !binds(&column.value)) {
            told.item(&format!("when `{}`", column.value), &format!("`{}`", written(cell)));
        }
        for (output, value) in &rule.then {
            told.item(&format!("then `{}`", output.value), &format!("`{}`", formula(value)));
        }
        told.text(&because(rule.because.as_ref()));
        told.text(&rule.source.as_ref().map_or_else(String::new, |source| format!("Source: {source}")));
        return true;
    }
    let Some(table) = raw_table(doc, &bundle.files, &mut Diagnostics::new()) else { return false };
    let Some(row) = row(&table, &name.text) else { return false };
    for (heading, cell) in table.text.columns.iter().zip(row) {
        let text = format!("`{}`", cell.text);
        match heading.kind {
            HeadingKind::Input if matches!(cell.text.as_str(), "" | "-" | "any") => {}
            HeadingKind::Input => told.item(&format!("when `{}`", heading.text), &text),
            HeadingKind::Output => told.item(&format!("then `{}`", heading.text), &text),
            HeadingKind::Because => told.text(&cell.text),
            _ => {}
        }
    }
    true
}

fn row<'t>(table: &'t RawTable, id: &str) -> Option<&'t [CellText]> {
    let column = table.text.columns_of(HeadingKind::Id).next()?;
    table.text.rows.iter().find(|row| row.get(column).is_some_and(|cell| cell.text == id)).map(Vec::as_slice)
}

/// A reason, in the first of its languages.
pub(super) fn because(doc: Option<&BecauseDoc>) -> String {
    let first = doc.and_then(|doc| doc.texts.first());
    first.map_or_else(String::new, |(_, text)| text.value.split_whitespace().collect::<Vec<_>>().join(" "))
}
