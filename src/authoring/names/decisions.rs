//! Names in the document of a decision.

use super::collecting::Collecting;
use super::expressions::{because, bounds_in, conditions, formula, template};
use super::meaning::Within;
use super::name::{Name, NameKind, Role};
use crate::bundle::{BundleFiles, DecisionDoc, OutputDoc, ParamDoc, Written};
use crate::policy::rows::{RawFormula, RawTable, raw_table};
use crate::rule::HeadingKind;
use crate::text::{Diagnostics, Span};

/// The names in one document of a decision.
pub(super) fn decision(doc: &DecisionDoc, files: &BundleFiles, found: &mut Collecting<'_>) {
    let name = doc.name.value.as_str();
    let within = Within::decision(found.meanings.decision(name));
    found.whole(&doc.name, Name::alone(NameKind::Decision, name), Role::Defines);
    for path in &doc.required {
        found.path(path, within, Role::Reads);
    }
    if let Some(each) = &doc.for_each {
        let whole = format!("{} as {}", each.list.value, each.name);
        let spelled = found.meanings.spell(&super::collecting::segments(&each.list.value), Within::default());
        found.spelled(&each.list.value, 0, &each.list.place, &spelled, Role::Reads);
        let item = Name::new(NameKind::Item, name, each.name.as_str());
        found.part(&whole, &each.list.place, Span::new(whole.len() - each.name.len(), whole.len()), item, Role::Defines);
    }
    for each in &doc.lets {
        found.whole(&each.name, Name::new(NameKind::Let, name, each.name.value.as_str()), Role::Defines);
        formula(&each.value, within, found);
    }
    outputs(name, &doc.outputs, within, found);
    for (output, _) in &doc.priority {
        found.whole(output, Name::new(NameKind::Output, name, output.value.as_str()), Role::Reads);
    }
    settings(name, &doc.settings, found);
    for rule in &doc.rules {
        if let Some(id) = &rule.id {
            found.whole(id, Name::new(NameKind::Rule, name, id.value.as_str()), Role::Defines);
        }
        conditions(&rule.when, within, found);
        then(name, &rule.then, within, found);
        because(rule.because.as_ref(), within, found);
    }
    if let Some(table) = raw_table(doc, files, &mut Diagnostics::new()) {
        rows(name, &table, within, found);
    }
    if let Some(otherwise) = &doc.otherwise {
        then(name, &otherwise.then, within, found);
        because(otherwise.because.as_ref(), within, found);
    }
}

fn outputs(decision: &str, outputs: &[OutputDoc], within: Within, found: &mut Collecting<'_>) {
    for output in outputs {
        found.whole(&output.name, Name::new(NameKind::Output, decision, output.name.value.as_str()), Role::Defines);
        if let Some(value) = &output.value {
            formula(value, within, found);
        }
    }
}

/// Settings of a plugin, or of a decision that a script or a plugin computes.
pub(super) fn settings(owner: &str, docs: &[ParamDoc], found: &mut Collecting<'_>) {
    for doc in docs {
        let written = Written::new(doc.path.last().cloned().unwrap_or_default(), doc.place.clone());
        found.whole(&written, Name::new(NameKind::Setting, owner, doc.path.join(".")), Role::Defines);
    }
}

fn then(decision: &str, then: &[(Written<String>, Written<crate::bundle::Formula>)], within: Within, found: &mut Collecting<'_>) {
    for (output, value) in then {
        output_written(decision, output, found);
        formula(value, within, found);
    }
}

/// An output that is given a value, if the decision has it.
fn output_written(decision: &str, output: &Written<String>, found: &mut Collecting<'_>) {
    let number = found.meanings.decision(decision);
    let known = number.and_then(|number| found.meanings.outline.catalog.decisions.get(number)?.output(&output.value));
    if known.is_some() {
        found.whole(output, Name::new(NameKind::Output, decision, output.value.as_str()), Role::Writes);
    }
}

fn rows(decision: &str, table: &RawTable, within: Within, found: &mut Collecting<'_>) {
    for heading in &table.text.columns {
        let written = Written::new(heading.text.clone(), heading.place.clone());
        match heading.kind {
            HeadingKind::Input => found.path(&written, within, Role::Reads),
            HeadingKind::Output => output_written(decision, &written, found),
            _ => {}
        }
    }
    for row in &table.text.rows {
        for (heading, cell) in table.text.columns.iter().zip(row) {
            match heading.kind {
                HeadingKind::Input => bounds_in(&cell.text, &cell.place, found),
                HeadingKind::Output => {
                    let given = if table.csv { RawFormula::Csv(cell) } else { RawFormula::Pipes(cell) };
                    formula(&given.read(), within, found);
                }
                HeadingKind::Id => {
                    let written = Written::new(cell.text.clone(), cell.place.clone());
                    found.whole(&written, Name::new(NameKind::Rule, decision, cell.text.as_str()), Role::Defines);
                }
                HeadingKind::Because => template(&cell.text, &cell.place, within, found),
                _ => {}
            }
        }
    }
}
