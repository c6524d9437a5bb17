//! What an outcome hangs on: the decisions that lead to it, and the actionable facts that can reach them.

use super::lever::Lever;
use crate::authoring::finder::Document;
use crate::decision::OnBreach;
use crate::evaluation::Evaluation;
use crate::limits::WHY_FACTS_MAX;
use crate::policy::Program;
use crate::policy::compiled::Decision;
use crate::policy::graph::{bounds_read, slots_read};
use crate::policy::obligation::Obligation;
use crate::policy::slots::Slot;
use crate::rule::Judgement;
use std::collections::BTreeSet;

/// The list of steps of a case.
const STEPS: &str = "steps_done";

/// Numbers of levers, as bits.
pub(super) type Mask = u64;

/// See the module.
pub(super) struct Ground<'g> {
    pub(super) program: &'g Program,
    /// The case as it stands, decided.
    pub(super) base: &'g Evaluation<'g>,
    /// The decisions that lead to the outcome, in the order in which they are decided.
    pub(super) order: Vec<usize>,
    pub(super) levers: Vec<Lever>,
    /// Were there more levers than are looked at?
    pub(super) is_cut: bool,
    /// Which levers reach a slot, and a decision.
    pub(super) slots: Vec<Mask>,
    pub(super) decisions: Vec<Mask>,
    pub(super) packs: Mask,
    /// Which may make silence decide the case.
    pub(super) conceding: Mask,
}

impl<'g> Ground<'g> {
    pub(super) fn of(program: &'g Program, base: &'g Evaluation<'g>, document: &Document, wanted: &[usize]) -> Self {
        let order = order(program, wanted);
        let mut ground = Self {
            program,
            base,
            order,
            levers: Vec::new(),
            is_cut: false,
            slots: Vec::new(),
            decisions: Vec::new(),
            packs: 0,
            conceding: 0,
        };
        let readers = ground.readers();
        ground.levers = ground.find_levers(&readers, document);
        ground.is_cut = ground.levers.len() > WHY_FACTS_MAX;
        ground.levers.truncate(WHY_FACTS_MAX);
        ground.link();
        ground
    }

    /// Leaves only some facts, or those of some groups, to be changed.
    pub(super) fn keep_only(&mut self, only: &[String]) {
        if only.is_empty() {
            return;
        }
        let is_of = |lever: &Lever| only.iter().any(|name| meets(&lever.fact, name) || lever.path == *name);
        self.levers.retain(is_of);
        self.link();
    }

    /// The decision of a number.
    pub(super) fn decision(&self, number: usize) -> Option<&'g Decision> {
        self.program.decisions.get(number)
    }

    /// The levers that reach a slot.
    pub(super) fn mask(&self, slot: usize) -> Mask {
        self.slots.get(slot).copied().unwrap_or(Mask::MAX)
    }

    /// The levers that reach one of several slots.
    pub(super) fn mask_of<'s>(&self, slots: impl IntoIterator<Item = &'s usize>) -> Mask {
        slots.into_iter().fold(0, |all, slot| all | self.mask(*slot))
    }

    /// Does a script or a native plugin stand between a lever and the outcome?
    pub(super) fn scripts(&self) -> Vec<String> {
        let of = |decision: &&Decision| decision.script.is_some() || !decision.plugins.is_empty();
        let decisions = self.order.iter().filter(|number| self.decisions.get(**number).is_some_and(|mask| *mask != 0));
        decisions.filter_map(|number| self.decision(*number)).filter(of).map(|decision| decision.name.to_string()).collect()
    }

    /// The clocks whose breach may decide this case: those that are in force, and of whose conditions none fails whatever is changed.
    fn concessions(&self, mask: impl Fn(usize) -> Mask) -> bool {
        let program = self.program;
        let first = program.obligations.first.iter().filter_map(|number| program.obligations.list.get(*number));
        let mut conceding = first.filter(|each| each.brings(OnBreach::Concede) && each.in_force(self.base.policy_date()));
        conceding.any(|obligation| {
            obligation.when.iter().all(|condition| {
                let fact = self.base.slot(usize::MAX, condition.path.slot, false);
                let is_fixed = mask(condition.path.slot) == 0 && condition.path.is_whole();
                let judged = fact.map(|fact| condition.cell.judge(fact.view(), self.base.bounds()));
                !is_fixed || !matches!(judged, Some(Ok(Judgement::No)))
            })
        })
    }

    /// Which levers reach what.
    fn link(&mut self) {
        let program = self.program;
        let bit = |at: usize| 1_u64.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or(0);
        let of_fact = |name: &str, levers: &[Lever]| -> Mask {
            levers.iter().enumerate().filter(|(_, lever)| meets(name, &lever.fact)).fold(0, |all, (at, _)| all | bit(at))
        };
        let facts: Vec<Mask> = (0..program.slots.len())
            .map(|slot| match program.slots.get(slot) {
                Some(entry) if matches!(entry.slot, Slot::Fact(_) | Slot::Extra(_)) => of_fact(&entry.name, &self.levers),
                _ => 0,
            })
            .collect();
        let fact = |slot: usize| facts.get(slot).copied().unwrap_or(0);
        self.packs = program.packs.iter().flat_map(|pack| &pack.when).fold(0, |all, each| all | fact(each.path.slot));
        let of_steps = of_fact(STEPS, &self.levers);
        let first = program.obligations.first.iter().filter_map(|number| program.obligations.list.get(*number));
        let clocks = first.flat_map(Obligation::reads).fold(of_steps, |all, slot| all | fact(slot)) | self.packs;
        let of_condition = |slot: usize| match program.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Fact(_) | Slot::Extra(_)) => fact(slot),
            Some(Slot::Pack(_)) => self.packs,
            _ => Mask::MAX,
        };
        let conceding = if self.concessions(of_condition) { clocks } else { 0 };
        self.conceding = conceding;
        self.decisions = vec![0; program.decisions.len()];
        self.slots.clone_from(&facts);
        // Each decision after those that it reads; derived inputs and items by what their decision reads.
        for number in program.order.clone() {
            let Some(decision) = program.decisions.get(number) else { continue };
            let mut all = 0;
            for slot in slots_read(decision).into_iter().chain(bounds_read(decision)) {
                all |= match program.slots.get(slot).map(|entry| entry.slot) {
                    Some(Slot::Fact(_) | Slot::Extra(_)) => fact(slot),
                    Some(Slot::Output { decision: read, .. }) if read != number => self.decisions.get(read).copied().unwrap_or(0),
                    Some(Slot::Param(param)) if program.params.is_replaced(param) => self.packs,
                    Some(Slot::ParamGroup(_)) if program.params.any_replaced() => self.packs,
                    Some(Slot::Pack(_)) => self.packs,
                    Some(Slot::Clock { .. }) => clocks,
                    _ => 0,
                };
            }
            if matches!(&*decision.name, "outcome" | "correction") {
                all |= conceding;
            }
            if let Some(mask) = self.decisions.get_mut(number) {
                *mask = all;
            }
        }
        for slot in 0..program.slots.len() {
            let mask = match program.slots.get(slot).map(|entry| entry.slot) {
                Some(Slot::Output { decision, .. } | Slot::Own { decision, .. } | Slot::Item { decision }) => {
                    self.decisions.get(decision).copied().unwrap_or(0)
                }
                Some(Slot::Param(param)) if program.params.is_replaced(param) => self.packs,
                Some(Slot::ParamGroup(_)) if program.params.any_replaced() => self.packs,
                Some(Slot::Pack(_)) => self.packs,
                Some(Slot::Clock { .. }) => clocks,
                _ => continue,
            };
            if let Some(entry) = self.slots.get_mut(slot) {
                *entry = mask;
            }
        }
        // A derived input may read another of its decision.
        for number in &program.order {
            let Some(decision) = program.decisions.get(*number) else { continue };
            for _ in 0..decision.lets.len() {
                for (index, derived) in decision.lets.iter().enumerate() {
                    let mask = self.mask_of(derived.formula.reads());
                    let of_it = (0..program.slots.len()).find(|slot| {
                        program.slots.get(*slot).map(|entry| entry.slot) == Some(Slot::Let { decision: *number, index })
                    });
                    if let Some(entry) = of_it.and_then(|slot| self.slots.get_mut(slot)) {
                        *entry |= mask;
                    }
                }
            }
        }
    }
}

/// Is one of two facts the other, or a part of it?
pub(super) fn meets(one: &str, other: &str) -> bool {
    let is_below = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    one == other || is_below(one, other) || is_below(other, one)
}

/// The decisions that lead to these, in the order in which they are decided.
fn order(program: &Program, wanted: &[usize]) -> Vec<usize> {
    let mut needed = BTreeSet::new();
    let mut open = wanted.to_vec();
    while let Some(number) = open.pop() {
        if needed.insert(number)
            && let Some(decision) = program.decisions.get(number)
        {
            open.extend(&decision.needs);
        }
    }
    program.order.iter().copied().filter(|number| needed.contains(number)).collect()
}
