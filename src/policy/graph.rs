//! Which decision reads which, and the order in which they are decided.

use super::compiled::{Condition, Decision, Formula, Guardrail, Reading, Verb};
use super::slots::{Slot, SlotTable};
use crate::rule::{Bound, Cell};
use crate::text::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// Every slot that a decision may read, in whatever place.
pub(crate) fn slots_read(decision: &Decision) -> BTreeSet<usize> {
    let mut read: BTreeSet<usize> = decision.lets.iter().flat_map(|each| each.formula.reads()).copied().collect();
    read.extend(slots_in_order(decision));
    for rule in decision.rules.iter().chain(&decision.otherwise) {
        read.extend(rule.because.texts.iter().flat_map(|(_, template)| &template.reads));
    }
    read.extend(decision.bounds.iter().flat_map(slots_of_reason));
    read
}

/// The slots that it may read in order to decide, in the order of its text, derived inputs as one of them.
fn slots_in_order(decision: &Decision) -> Vec<usize> {
    let mut read: Vec<usize> =
        decision.for_each.iter().chain(&decision.required).chain(&decision.columns).map(|path| path.slot).collect();
    read.extend(decision.script.iter().flat_map(|script| script.body.slots()));
    let of_rules = decision.rules.iter().chain(&decision.otherwise).flat_map(|rule| rule.then.iter().flatten());
    let of_outputs = decision.outputs.iter().filter_map(|output| output.formula.as_ref());
    read.extend(of_rules.chain(of_outputs).flat_map(Formula::reads));
    for plugin in &decision.plugins {
        read.extend(plugin.when.iter().map(|each| each.path.slot));
        read.extend(plugin.body.slots());
    }
    read.extend(decision.bounds.iter().flat_map(slots_of_guardrail));
    read
}

/// Gives every decision the order in which a trace lists what it reads: what a derived input reads comes before it.
pub(crate) fn list_reads(decisions: &mut [Decision], slots: &mut SlotTable) {
    slots.list_names();
    for decision in decisions {
        let mut reading = Vec::new();
        for slot in slots_in_order(decision) {
            list(slot, decision, slots, &mut reading);
        }
        name_reads(decision, &reading, slots);
        decision.reading = reading;
    }
}

/// Gives a decision what it reads in the order of the names.
fn name_reads(decision: &mut Decision, reading: &[usize], slots: &SlotTable) {
    let named = reading.iter().zip(0..).map(|(slot, place)| Reading { slot: *slot, name: slots.number_of_name(*slot), place });
    decision.shared.reading = named.collect();
    decision.shared.reading.sort_by_key(|read| (read.name, read.slot));
}

fn list(slot: usize, decision: &Decision, slots: &SlotTable, reading: &mut Vec<usize>) {
    if reading.contains(&slot) {
        return;
    }
    if let Some(Slot::Let { index, .. }) = slots.get(slot).map(|entry| entry.slot)
        && let Some(derived) = decision.lets.get(index)
    {
        // A circle of derived inputs was refused before.
        for inner in derived.formula.reads() {
            list(*inner, decision, slots, reading);
        }
    }
    reading.push(slot);
}

pub(crate) fn slots_of_guardrail(guardrail: &Guardrail) -> Vec<usize> {
    let of_conditions = |conditions: &[Condition]| conditions.iter().map(|each| each.path.slot).collect::<Vec<_>>();
    let mut read = of_conditions(&guardrail.when);
    match &guardrail.verb {
        Verb::Cap { at, .. } | Verb::Floor { at, .. } => read.extend(at.reads()),
        Verb::Forbid { unless, instead, .. } => {
            read.extend(of_conditions(unless));
            for (_, formula) in instead {
                read.extend(formula.reads());
            }
        }
        Verb::RequireApproval { .. } | Verb::Hold { .. } | Verb::Refer { .. } => {}
    }
    read
}

/// The parameters that bound cells of a decision: those of its rules, plugins and guardrails.
pub(crate) fn bounds_read(decision: &Decision) -> BTreeSet<usize> {
    let rows = 0..decision.matcher.len();
    let cells = rows.flat_map(|row| (0..decision.columns.len()).map(move |column| decision.matcher.cell(row, column)));
    let of_plugins = decision.plugins.iter().flat_map(|plugin| &plugin.when).map(|condition| &condition.cell);
    let of_guardrails = decision.bounds.iter().flat_map(cells_of_guardrail);
    bounds_of(cells.chain(of_plugins).chain(of_guardrails))
}

/// The parameters that bound these cells.
pub(crate) fn bounds_of<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> BTreeSet<usize> {
    let mut read = BTreeSet::new();
    for cell in cells {
        cell.each_bound(&mut |bound, _| {
            if let Bound::Param { slot, .. } = bound {
                read.insert(*slot);
            }
        });
    }
    read
}

/// The cells that a guardrail asks and, where it forbids values, those that say which.
pub(crate) fn cells_of_guardrail(guardrail: &Guardrail) -> Vec<&Cell> {
    let mut cells: Vec<&Cell> = guardrail.when.iter().map(|condition| &condition.cell).collect();
    if let Verb::Forbid { values, unless, .. } = &guardrail.verb {
        cells.extend(values.iter().map(|(_, cell)| cell));
        cells.extend(unless.iter().map(|condition| &condition.cell));
    }
    cells
}

/// What the reason of a guardrail tells: no input of the decision, and needed all the same.
pub(crate) fn slots_of_reason(guardrail: &Guardrail) -> impl Iterator<Item = usize> {
    guardrail.because.texts.iter().flat_map(|(_, template)| &template.reads).copied()
}

/// The other decisions that a decision reads.
pub(crate) fn decisions_read(number: usize, decision: &Decision, slots: &SlotTable) -> BTreeSet<usize> {
    slots_read(decision)
        .into_iter()
        .filter_map(|slot| match slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Output { decision, .. }) if decision != number => Some(decision),
            _ => None,
        })
        .collect()
}

/// Notes for every decision which others it reads.
pub(crate) fn link(decisions: &mut [Decision], slots: &SlotTable) {
    for (number, decision) in decisions.iter_mut().enumerate() {
        decision.needs = decisions_read(number, decision, slots);
    }
}

/// The order in which decisions are decided: each after those that it reads, else as they are listed. A circle is reported.
pub(crate) fn order(decisions: &[Decision], out: &mut Diagnostics) -> Vec<usize> {
    let reads: Vec<BTreeSet<usize>> = decisions.iter().map(|decision| decision.needs.clone()).collect();
    let mut order: Vec<usize> = Vec::new();
    let mut done: BTreeSet<usize> = BTreeSet::new();
    while order.len() < decisions.len() {
        let ready = (0..decisions.len())
            .find(|number| !done.contains(number) && reads.get(*number).is_some_and(|reads| reads.is_subset(&done)));
        let Some(next) = ready else { break };
        done.insert(next);
        order.push(next);
    }
    if order.len() < decisions.len() {
        report_circle(decisions, &reads, &done, out);
    }
    order
}

/// Walks from a decision that could not be placed until one comes again.
fn report_circle(decisions: &[Decision], reads: &[BTreeSet<usize>], done: &BTreeSet<usize>, out: &mut Diagnostics) {
    let stuck = |number: &usize| !done.contains(number);
    let Some(mut here) = (0..decisions.len()).find(stuck) else { return };
    let mut path: Vec<usize> = Vec::new();
    while !path.contains(&here) {
        path.push(here);
        let Some(next) = reads.get(here).and_then(|reads| reads.iter().copied().find(stuck)) else { return };
        here = next;
    }
    let circle: Vec<usize> = path.into_iter().skip_while(|each| *each != here).chain([here]).collect();
    let names: Vec<&str> = circle.iter().filter_map(|number| decisions.get(*number)).map(|each| &*each.name).collect();
    let Some(first) = decisions.get(here) else { return };
    let message = format!("decisions read each other in a circle: {}", names.join(" reads "));
    let mut finding = Diagnostic::at(Code::Cycle, &first.place, message)
        .help("let one of them read the facts themselves, or move what both need into a third decision");
    for number in circle.iter().skip(1).take(circle.len().saturating_sub(2)) {
        if let Some(decision) = decisions.get(*number) {
            finding = finding.label(&decision.place, format!("`{}` stands here", decision.name));
        }
    }
    out.push(finding);
}
