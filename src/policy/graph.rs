//! Which decision reads which, and the order in which they are decided.

use super::compiled::{Condition, Decision, Guardrail, Verb};
use super::slots::{Slot, SlotTable};
use crate::text::{Code, Diagnostic, Diagnostics};
use std::collections::BTreeSet;

/// Every slot that a decision may read, in whatever place.
pub(crate) fn slots_read(decision: &Decision) -> BTreeSet<usize> {
    let mut read: BTreeSet<usize> = BTreeSet::new();
    read.extend(decision.required.iter().chain(&decision.columns).chain(&decision.for_each).map(|path| path.slot));
    for formula in decision.lets.iter().map(|each| &each.formula) {
        read.extend(formula.reads());
    }
    for formula in decision.outputs.iter().filter_map(|output| output.formula.as_ref()) {
        read.extend(formula.reads());
    }
    for rule in decision.rules.iter().chain(&decision.otherwise) {
        for formula in rule.then.iter().flatten() {
            read.extend(formula.reads());
        }
        for (_, template) in &rule.because.texts {
            read.extend(&template.reads);
        }
    }
    if let Some(script) = &decision.script {
        read.extend(script.body.slots());
    }
    for plugin in &decision.plugins {
        read.extend(plugin.body.slots());
    }
    for guardrail in &decision.bounds {
        read.extend(slots_of_guardrail(guardrail));
    }
    read
}

fn slots_of_guardrail(guardrail: &Guardrail) -> Vec<usize> {
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

/// The order in which decisions are decided: each after those that it reads, else as they are listed. A circle is reported.
pub(crate) fn order(decisions: &[Decision], slots: &SlotTable, out: &mut Diagnostics) -> Vec<usize> {
    let reads: Vec<BTreeSet<usize>> =
        decisions.iter().enumerate().map(|(number, decision)| decisions_read(number, decision, slots)).collect();
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
