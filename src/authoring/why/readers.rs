//! Who looks at a slot on the way to an outcome, and how: conditions, formulas, or something of which nothing is told.

use super::ground::Ground;
use crate::policy::compiled::{Condition, Formula, Rule, Verb};
use crate::policy::graph::{bounds_read, slots_read};
use crate::policy::obligation::{Obligation, Start};
use crate::rule::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// Who looks at a slot, and how.
#[derive(Default)]
pub(super) struct Readers<'g> {
    pub(super) cells: BTreeMap<usize, Vec<&'g Cell>>,
    pub(super) by_formula: BTreeSet<usize>,
    /// By a script, or below the slot: nothing is told of how.
    pub(super) opaque: BTreeSet<usize>,
}

impl<'g> Ground<'g> {
    pub(super) fn readers(&self) -> Readers<'g> {
        let mut readers = Readers::default();
        for decision in self.order.iter().filter_map(|number| self.decision(*number)) {
            for (column, path) in decision.columns.iter().enumerate() {
                if !path.is_whole() {
                    readers.opaque.insert(path.slot);
                }
                (0..decision.matcher.len()).for_each(|row| readers.add(path.slot, decision.matcher.cell(row, column)));
            }
            let rules = decision.rules.iter().chain(&decision.otherwise);
            let formulas = decision.lets.iter().map(|each| &each.formula);
            let formulas = formulas.chain(rules.flat_map(|rule: &Rule| rule.then.iter().flatten()));
            let formulas = formulas.chain(decision.outputs.iter().filter_map(|output| output.formula.as_ref()));
            formulas.for_each(|formula: &Formula| readers.by_formula.extend(formula.reads()));
            for plugin in &decision.plugins {
                readers.conditions(&plugin.when);
            }
            let hooks = decision.script.iter().chain(&decision.plugins);
            readers.opaque.extend(hooks.flat_map(|hook| hook.body.slots()));
            readers.opaque.extend(decision.for_each.iter().map(|path| path.slot));
            for guardrail in &decision.bounds {
                readers.conditions(&guardrail.when);
                match &guardrail.verb {
                    Verb::Cap { at, .. } | Verb::Floor { at, .. } => readers.by_formula.extend(at.reads()),
                    Verb::Forbid { unless, instead, .. } => {
                        readers.conditions(unless);
                        readers.by_formula.extend(instead.iter().flat_map(|(_, formula)| formula.reads()));
                    }
                    Verb::RequireApproval { .. } | Verb::Hold { .. } | Verb::Refer { .. } => {}
                }
            }
        }
        self.program.packs.iter().for_each(|pack| readers.conditions(&pack.when));
        for number in &self.program.obligations.first {
            let Some(obligation) = self.program.obligations.list.get(*number) else { continue };
            readers.conditions(&obligation.when);
            readers.conditions(&obligation.unless);
            for line in &obligation.due {
                readers.conditions(&line.when);
                if let Start::Fact(path) = &line.after {
                    readers.opaque.insert(path.slot);
                }
            }
        }
        readers
    }

    /// Every slot that leads to the outcome.
    pub(super) fn slots_in_reach(&self) -> BTreeSet<usize> {
        let mut slots = BTreeSet::new();
        for decision in self.order.iter().filter_map(|number| self.decision(*number)) {
            slots.extend(slots_read(decision));
            slots.extend(bounds_read(decision));
        }
        slots.extend(self.program.packs.iter().flat_map(|pack| &pack.when).map(|condition| condition.path.slot));
        for number in &self.program.obligations.first {
            slots.extend(self.program.obligations.list.get(*number).into_iter().flat_map(Obligation::reads));
        }
        slots
    }
}

impl<'g> Readers<'g> {
    fn add(&mut self, slot: usize, cell: &'g Cell) {
        let known = self.cells.entry(slot).or_default();
        if !known.contains(&cell) {
            known.push(cell);
        }
    }

    fn conditions(&mut self, conditions: &'g [Condition]) {
        for condition in conditions {
            if condition.path.is_whole() {
                self.add(condition.path.slot, &condition.cell);
            } else {
                self.opaque.insert(condition.path.slot);
            }
        }
    }
}
