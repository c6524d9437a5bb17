//! The policy itself.

use super::compiled::{Condition, Decision, Guardrail, Hooked, QuarantineRule, Verb};
use super::graph::{bounds_of, bounds_read, cells_of_guardrail, slots_of_guardrail, slots_of_reason, slots_read};
use super::obligation::Obligations;
use super::packs::Pack;
use super::params::Params;
use super::registers::Registers;
use super::settled::Grounds;
use super::slots::{Slot, SlotTable};
use crate::bundle::{ExtraFactDoc, MoneyMeaning};
use crate::case::registry;
use crate::decision::{GUARDRAILS, Laws, PolicyName};
use crate::letter::Letters;
use crate::rule::RowDates;
use crate::script::FactPath;
use crate::text::Diagnostics;
use crate::value::{Calendar, Currency, Date, Trouble, Value};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A policy, ready to decide: immutable, cheap to clone, free to share between threads.
#[derive(Clone)]
pub struct Policy {
    pub(crate) program: Arc<Program>,
}

/// What a policy holds.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) name: PolicyName,
    /// What the places in its decisions begin with: the directory below which its files are shown.
    pub(crate) shown_in: String,
    pub(crate) effective: (Option<Date>, Option<Date>),
    pub(crate) money: MoneyMeaning,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) slots: SlotTable,
    pub(crate) params: Params,
    pub(crate) extras: Vec<ExtraFactDoc>,
    pub(crate) decisions: Vec<Decision>,
    /// Numbers of the decisions, each after those that it reads.
    pub(crate) order: Vec<usize>,
    /// Guardrails that look at the finished draft.
    pub(crate) final_guardrails: Vec<Guardrail>,
    /// Packs, in the order in which the bundle names them.
    pub(crate) packs: Vec<Pack>,
    /// Where rules of law come from, by the name under which an explanation tells them: `decision/rule`.
    pub(crate) laws: Arc<Laws>,
    /// Clocks and holds.
    pub(crate) obligations: Obligations,
    /// Facts that the bundle says are personal, and derived inputs that tell of personal ones.
    pub(crate) personal: BTreeSet<String>,
    /// Does it decide disputes, or is it a plain table engine?
    pub(crate) disputes: bool,
    pub(crate) warnings: Diagnostics,
    pub(crate) registers: Registers,
    pub(crate) letters: Letters,
    /// In whose name finished drafts are looked at.
    pub(crate) nobody: Decision,
}

impl Program {
    /// Scripts and plugins by their numbers.
    pub(crate) fn hooks(&self) -> impl Iterator<Item = &Hooked> {
        self.decisions.iter().flat_map(|decision| decision.script.iter().chain(&decision.plugins))
    }

    /// The fact that a path of a decision reads, if somebody can still bring it about: `finding.liability`, and for a field of an item of
    /// its loop the field of the list.
    pub(crate) fn actionable(&self, decision: &Decision, path: &FactPath) -> Option<Arc<str>> {
        let entry = self.slots.get(path.slot)?;
        let of_registry =
            |name: &str| registry().find(name).and_then(|id| registry().spec(id)).is_some_and(|spec| spec.actionable);
        match entry.slot {
            Slot::Fact(_) if path.is_whole() => entry.fact.filter(|fact| fact.actionable).map(|_| path.written.clone()),
            Slot::Fact(_) => of_registry(&path.written).then(|| path.written.clone()),
            Slot::Extra(at) => self.extras.get(at).filter(|extra| extra.actionable).map(|_| path.written.clone()),
            Slot::Item { .. } => {
                let (_, field) = path.written.split_once('.')?;
                let name = format!("{}.{field}", decision.for_each.as_ref()?.written);
                of_registry(&name).then(|| name.into())
            }
            _ => None,
        }
    }

    /// What the meaning of its cells depends on beside the case.
    pub(crate) fn grounds(&self) -> Grounds<'_> {
        Grounds {
            params: &self.params,
            slots: &self.slots,
            extras: &self.extras,
            money: self.money,
            effective: RowDates { from: self.effective.0, until: self.effective.1 },
            disputes: self.disputes,
        }
    }

    /// Looks everything up for every case that was settled when the bundle was loaded, so that a parameter or a condition that is
    /// changed in place means from then on what it says. Tables keep their own copies.
    pub(crate) fn look_up_everything(&mut self) {
        self.registers.look_up_params(&self.slots);
        for decision in &mut self.decisions {
            let kinds: Vec<_> = decision.outputs.iter().map(|output| output.kind.clone()).collect();
            decision.bounds.iter_mut().for_each(|guardrail| guardrail.look_up_bounds(&kinds));
            decision.plugins.iter_mut().flat_map(|plugin| &mut plugin.when).for_each(Condition::look_up_bounds);
        }
        self.final_guardrails.iter_mut().for_each(|guardrail| guardrail.look_up_bounds(&[]));
    }

    /// Every slot that something reads: conditions and their bounds, values, reasons, plugins, guardrails, clocks and packs.
    pub(crate) fn slots_read(&self) -> BTreeSet<usize> {
        let mut read: BTreeSet<usize> = self.decisions.iter().flat_map(slots_read).collect();
        read.extend(self.decisions.iter().flat_map(bounds_read));
        let guardrails = || self.decisions.iter().flat_map(|decision| &decision.bounds).chain(&self.final_guardrails);
        read.extend(bounds_of(self.final_guardrails.iter().flat_map(cells_of_guardrail)));
        read.extend(self.obligations.list.iter().flat_map(|clock| bounds_of(clock.cells())));
        read.extend(bounds_of(self.packs.iter().flat_map(|pack| &pack.when).map(|condition| &condition.cell)));
        read.extend(self.obligations.list.iter().flat_map(super::obligation::Obligation::reads));
        read.extend(self.obligations.list.iter().flat_map(|clock| &clock.because.texts).flat_map(|(_, text)| &text.reads));
        read.extend(self.packs.iter().flat_map(|pack| &pack.when).map(|condition| condition.path.slot));
        for guardrail in guardrails() {
            read.extend(slots_of_guardrail(guardrail));
            read.extend(slots_of_reason(guardrail));
        }
        read
    }

    /// The parameter that a cell names as its bound.
    pub(crate) fn param(&self, slot: usize, date: Date, currency: Option<Currency>) -> Result<Value, Trouble> {
        match self.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Param(param)) => self.params.value(param, date, currency),
            _ => Err(Trouble::Text("a bound is not a parameter".to_owned())),
        }
    }
}

impl Policy {
    /// Its name, version and digest.
    #[must_use]
    pub fn name(&self) -> &PolicyName {
        &self.program.name
    }

    /// Its plugins and the scripts and native plugins that decide, by their numbers: the id of the plugin or the name of the decision,
    /// and when it is put in quarantine.
    pub fn plugins(&self) -> impl Iterator<Item = (&str, Option<QuarantineRule>)> {
        self.program.hooks().map(|hook| (hook.id.as_str(), hook.quarantine))
    }

    /// What the places in its decisions begin with: the directory below which its files are shown, with a slash at the end. The same
    /// bundle read from another directory has the same digest, and decisions that differ in their places.
    #[must_use]
    pub fn shown_in(&self) -> &str {
        &self.program.shown_in
    }

    /// What tells who the customer is, beside the facts that the registry calls personal: facts and groups that the bundle lists under
    /// `personal`, and derived inputs that read a personal fact.
    #[must_use]
    pub fn personal(&self) -> &BTreeSet<String> {
        &self.program.personal
    }

    /// The days on which its bundle is in force: the first and the last, where it says them.
    #[must_use]
    pub fn effective(&self) -> (Option<Date>, Option<Date>) {
        self.program.effective
    }

    /// What was noticed when it was loaded and did not keep it from being loaded.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.program.warnings
    }

    /// The letters of its bundle.
    #[must_use]
    pub fn letters(&self) -> &Letters {
        &self.program.letters
    }

    /// The names of its decisions, in the order in which they are decided.
    pub fn decisions(&self) -> impl Iterator<Item = &str> {
        self.program.order.iter().filter_map(|number| self.program.decisions.get(*number)).map(|decision| &*decision.name)
    }

    /// The ids of its obligations, in the order written.
    pub(crate) fn obligations(&self) -> impl Iterator<Item = &str> {
        self.program.obligations.list.iter().map(|obligation| &*obligation.id)
    }

    /// Every `decision/rule` that an explanation may name: rules, the plugins and guardrails that change what they gave, and the
    /// guardrails that refer a case.
    pub(crate) fn explained_names(&self) -> impl Iterator<Item = String> {
        let finals = self.program.final_guardrails.iter().filter(|guardrail| matches!(guardrail.verb, Verb::Refer { .. }));
        let referring = finals.map(|guardrail| format!("{GUARDRAILS}/{}", guardrail.id));
        let deciding = self.program.decisions.iter().flat_map(|decision| {
            let rules = decision.rules.iter().chain(&decision.otherwise).map(|rule| &*rule.id);
            let script = decision.script.iter().map(|script| script.body.word());
            let value = decision.outputs.iter().filter_map(|output| output.formula.as_ref()).map(|_| "value");
            let plugins = decision.plugins.iter().map(|plugin| plugin.id.as_str());
            let bounds = decision.bounds.iter().map(|guardrail| guardrail.id.as_str());
            let names = rules.chain(script).chain(value).chain(plugins).chain(bounds);
            names.map(move |name| format!("{}/{name}", decision.name))
        });
        let clocks = self
            .program
            .obligations
            .list
            .iter()
            .flat_map(|each| each.explained_in().iter().map(|part| format!("{part}/{}", each.id)));
        deciding.chain(referring).chain(clocks)
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.program.name;
        write!(out, "Policy({} {}, {} decisions)", name.bundle, name.version, self.program.decisions.len())
    }
}
