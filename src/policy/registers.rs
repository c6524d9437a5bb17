//! Where everything lies while a case is decided: one register of two words for each output, each derived input, and whatever else
//! can be read, numbered when the bundle is loaded.

use super::compiled::{ColumnsAt, Decision, Formula};
use super::literal::Literal;
use super::params::Params;
use super::slots::{Slot, SlotTable};
use crate::case::{Case, FactSpec};
use crate::value::{Brief, Currency, Value, View};

/// The registers of a policy.
#[derive(Debug)]
pub(crate) struct Registers {
    of_slots: Vec<Seat>,
    /// What they hold before a case is there: the parameters that never change; all others are fresh.
    at_first: Vec<Brief>,
    /// The facts that are filled in before anything is decided: those that a case tells in brief as they are.
    facts: Vec<FactSeat>,
    /// The long values that rules and defaults give as they are written.
    written: Vec<Value>,
}

/// Numbers the long values that the rules and defaults of decisions give as they are written.
fn keep_written(decisions: &mut [Decision]) -> Vec<Value> {
    let mut written = Vec::new();
    for decision in decisions {
        let rules = decision.rules.iter_mut().chain(&mut decision.otherwise);
        for formula in rules.flat_map(|rule| &mut rule.then).flatten() {
            if let Formula::Literal(literal) = formula {
                literal.keep_written(&mut written);
            }
        }
        for default in decision.outputs.iter_mut().filter_map(|output| output.default.as_mut()) {
            default.keep_written(&mut written);
        }
    }
    written
}

/// Keeps with each rule what its outputs are, where no case changes that.
fn keep_constants(decision: &mut Decision) {
    let Decision { outputs, rules, otherwise, .. } = decision;
    for rule in rules.iter_mut().chain(otherwise) {
        let constants = outputs.iter().zip(&rule.then).map(|(output, formula)| {
            let brief = match (formula, &output.default) {
                (Some(Formula::Literal(Literal::Plain(_, brief))), _) | (None, Some(Literal::Plain(_, brief))) => *brief,
                (None, None) => Brief::MISSING,
                _ => return None,
            };
            let brief = brief.fit(&output.kind);
            (!brief.is_long() || brief.number_written().is_some()).then_some(brief)
        });
        rule.constants = constants.collect();
    }
}

/// Where the columns of a decision lie.
fn columns_at(decision: &Decision, of_slots: &[Seat]) -> ColumnsAt {
    let mut at = ColumnsAt::default();
    for path in &decision.columns {
        let seat = of_slots.get(path.slot).filter(|_| path.is_whole());
        at.registers.push(seat.map_or(usize::MAX, |seat| seat.register));
        if seat.is_some() {
            let (word, bit) = (path.slot / 64, 1 << (path.slot % 64));
            match at.noted.iter_mut().find(|(known, _)| *known == word) {
                Some((_, bits)) => *bits |= bit,
                None => at.noted.push((word, bit)),
            }
        }
    }
    at
}

/// A fact, and the register in which it lies.
#[derive(Debug)]
struct FactSeat {
    register: usize,
    fact: &'static FactSpec,
    assumed: Option<Literal>,
}

/// The register of a slot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat {
    pub(crate) register: usize,
    /// Does the bundle assume something where the case leaves it out? Not every reader may have that.
    pub(crate) is_assumed: bool,
    /// The derived input that it holds, by its number in its decision.
    pub(crate) derived: Option<u32>,
}

impl Registers {
    /// Gives every decision its place among the outputs and derived inputs of all, and every slot its register.
    pub(crate) fn new(decisions: &mut [Decision], slots: &SlotTable, params: &Params) -> Self {
        let mut free = 0;
        for decision in &mut *decisions {
            (decision.outputs_at, decision.lets_at) = (free, free + decision.outputs.len());
            free = decision.lets_at + decision.lets.len();
        }
        let decided = free;
        let mut facts = Vec::new();
        let mut of_slots = Vec::with_capacity(slots.len());
        let mut at_first = vec![Brief::FRESH; decided + slots.len()];
        for entry in (0..slots.len()).filter_map(|slot| slots.get(slot)) {
            let of = |decision: usize| decisions.get(decision);
            let seat = match entry.slot {
                Slot::Output { decision, output } | Slot::Own { decision, output } => {
                    of(decision).map(|decision| decision.outputs_at + output)
                }
                Slot::Let { decision, index } => of(decision).map(|decision| decision.lets_at + index),
                _ => None,
            };
            let register = seat.unwrap_or_else(|| {
                free += 1;
                free - 1
            });
            if let (Slot::Param(param), Some(first)) = (entry.slot, at_first.get_mut(register))
                && let Some(value) = params.constant(param)
            {
                *first = View::from(value).into();
            }
            if let Some(fact) = entry.fact.filter(|fact| fact.is_at_hand) {
                facts.push(FactSeat { register, fact, assumed: entry.assumed.clone() });
            }
            let derived = match entry.slot {
                Slot::Let { index, .. } => u32::try_from(index).ok(),
                _ => None,
            };
            of_slots.push(Seat { register, is_assumed: entry.assumed.is_some(), derived });
        }
        at_first.truncate(free);
        for decision in &mut *decisions {
            decision.columns_at = columns_at(decision, &of_slots);
        }
        let written = keep_written(decisions);
        decisions.iter_mut().for_each(keep_constants);
        Self { of_slots, at_first, facts, written }
    }

    /// The long values that rules and defaults give as they are written, by their numbers.
    pub(crate) fn written(&self) -> &[Value] {
        &self.written
    }

    /// Parameters are looked up for every case, also those that could never change.
    pub(crate) fn look_up_params(&mut self, slots: &SlotTable) {
        for (slot, seat) in self.of_slots.iter().enumerate() {
            if let Some(Slot::Param(_)) = slots.get(slot).map(|entry| entry.slot)
                && let Some(first) = self.at_first.get_mut(seat.register)
            {
                *first = Brief::FRESH;
            }
        }
    }

    /// The register of a slot.
    #[inline]
    pub(crate) fn seat(&self, slot: usize) -> Option<Seat> {
        self.of_slots.get(slot).copied()
    }

    /// What they hold before anything is decided of a case, where a bare amount means the currency of that mark.
    pub(crate) fn filled(&self, case: &Case, bare: u32, of_case: Option<Currency>) -> Vec<Brief> {
        let mut registers = self.at_first.clone();
        for FactSeat { register, fact, assumed } in &self.facts {
            let told = fact.brief(case);
            let brief = match assumed {
                Some(assumed) if told.is_missing() => assumed.brief(bare, of_case),
                _ => told,
            };
            if let Some(slot) = registers.get_mut(*register) {
                *slot = brief;
            }
        }
        registers
    }
}
