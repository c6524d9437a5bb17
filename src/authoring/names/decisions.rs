//! Names in the document of a decision.

use super::collecting::Collecting;
use super::expressions::{because, bounds_in, conditions, formula, template};
use super::meaning::Within;
use super::mending::tree;
use super::name::{Name, NameKind, Role};
use super::values::{Closed, declared, values, values_in};
use crate::bundle::{BundleFiles, DecisionDoc, Formula, ParamDoc, Written};
use crate::policy::rows::{RawFormula, RawTable, raw_table};
use crate::rule::HeadingKind;
use crate::text::{Diagnostics, Node, Span};

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
    let root = tree(files, &doc.path);
    outputs(name, doc, root.as_ref(), within, found);
    for (output, order) in &doc.priority {
        found.whole(output, Name::new(NameKind::Output, name, output.value.as_str()), Role::Reads);
        let closed = closed(name, &output.value, found);
        for value in order {
            values_in(&value.value, &value.place, closed.as_ref(), Role::Reads, found);
        }
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

fn outputs(decision: &str, doc: &DecisionDoc, root: Option<&Node>, within: Within, found: &mut Collecting<'_>) {
    let declared_below = root.and_then(|root| root.get("outputs"));
    for output in &doc.outputs {
        found.whole(&output.name, Name::new(NameKind::Output, decision, output.name.value.as_str()), Role::Defines);
        let declaration = declared_below.and_then(|outputs| outputs.get(&output.name.value));
        declared(&format!("{decision}.{}", output.name.value), declaration, &doc.source, found);
        if let Some(default) = &output.default {
            let closed = closed(decision, &output.name.value, found);
            values(default, &doc.source, closed.as_ref(), Role::Writes, found);
        }
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

fn then(decision: &str, then: &[(Written<String>, Written<Formula>)], within: Within, found: &mut Collecting<'_>) {
    for (output, value) in then {
        output_written(decision, output, found);
        given(decision, &output.value, value, within, found);
    }
}

/// The closed list that an output of a decision is out of.
fn closed(decision: &str, output: &str, found: &Collecting<'_>) -> Option<Closed> {
    let number = found.meanings.decision(decision)?;
    let given = found.meanings.outline.catalog.decisions.get(number)?;
    let (_, kind) = given.outputs.get(given.output(output)?)?;
    Closed::of(format!("{decision}.{output}"), kind)
}

/// What an output is given: an expression, or a literal.
fn given(decision: &str, output: &str, value: &Written<Formula>, within: Within, found: &mut Collecting<'_>) {
    formula(value, within, found);
    if let Formula::Literal(node) = &value.value {
        let closed = closed(decision, output, found);
        values(node, &value.place.source, closed.as_ref(), Role::Writes, found);
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
                HeadingKind::Input => {
                    bounds_in(&cell.text, &cell.place, found);
                    let closed = Closed::behind(&heading.text, within, found);
                    values_in(&cell.text, &cell.place, closed.as_ref(), Role::Reads, found);
                }
                HeadingKind::Output => {
                    let given = if table.csv { RawFormula::Csv(cell) } else { RawFormula::Pipes(cell) };
                    self::given(decision, &heading.text, &given.read(), within, found);
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
