//! Where everything lies while a case is decided: one register of two words for each output, each derived input, and whatever else
//! can be read, numbered when the bundle is loaded.

use super::compiled::Decision;
use super::params::Params;
use super::slots::{Slot, SlotTable};
use crate::value::{Brief, View};

/// The registers of a policy.
#[derive(Debug)]
pub(crate) struct Registers {
    of_slots: Vec<Seat>,
    /// What they hold before anything is read: the parameters that never change; all others are fresh.
    at_first: Vec<Brief>,
}

/// The register of a slot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seat {
    pub(crate) register: usize,
    /// Does the bundle assume something where the case leaves it out? Not every reader may have that.
    pub(crate) is_assumed: bool,
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
            of_slots.push(Seat { register, is_assumed: entry.assumed.is_some() });
        }
        at_first.truncate(free);
        Self { of_slots, at_first }
    }

    /// The register of a slot.
    #[inline]
    pub(crate) fn seat(&self, slot: usize) -> Option<Seat> {
        self.of_slots.get(slot).copied()
    }

    /// What they hold before anything is read.
    pub(crate) fn at_first(&self) -> Vec<Brief> {
        self.at_first.clone()
    }
}
