//! What the parts of a decision read, put together for its document: a value that several of them read is taken once.

use super::quick::{Frame, Run};
use super::situation::Situation;
use crate::decision::{Read, Reads};
use crate::policy::compiled::Reading;
use crate::policy::slots::{Slot, SlotEntry};
use crate::script::Reader;
use crate::value::{Fact, Given, Value};
use std::ops::Range;
use std::sync::Arc;

/// What the parts have read so far.
pub(super) struct Ledger {
    reads: Reads,
    /// What slots hold that hold the same for every part, as far as a part has read them.
    shared: Vec<Option<Held>>,
}

/// What a slot holds.
#[derive(Clone, Copy)]
struct Held {
    /// The number of the value.
    value: u32,
    /// The bundle's assumption stands in for it.
    assumed: bool,
}

impl Ledger {
    pub(super) fn new(situation: &Situation<'_>) -> Self {
        let slots = &situation.program.slots;
        Self { reads: Reads::of(slots.names().clone(), slots.len()), shared: vec![None; slots.len()] }
    }

    /// Takes down what a decision read: to find the items of its loop, or in a run. Where it stands.
    pub(super) fn take(&mut self, frame: &mut Frame<'_, '_, true>, run: Option<&Run>) -> Range<usize> {
        let from = self.reads.len();
        let told = run.and_then(Run::told);
        let (own, strict) = told.map_or((&[][..], &[][..]), |told| (told.own.as_slice(), told.strict.as_slice()));
        let decision = frame.decision;
        for Reading { slot, name, place } in decision.shared.reading.iter().copied() {
            if !frame.has_read(slot) {
                continue;
            }
            let Held { value, assumed } = match own.iter().find(|(known, _)| *known == slot) {
                Some((_, draft)) => Held { value: self.reads.keep(frame.own_at(slot, *draft).into_fact()), assumed: false },
                None => match self.held(frame, slot) {
                    held if held.assumed && strict.contains(&slot) => {
                        Held { value: self.reads.keep(Fact::Missing), assumed: false }
                    }
                    held => held,
                },
            };
            self.reads.push(Read { name, value, place, assumed });
        }
        from..self.reads.len()
    }

    /// What several runs of a decision read, as one list.
    pub(super) fn join(&mut self, runs: &[Range<usize>]) -> Range<usize> {
        self.reads.join(runs)
    }

    fn held(&mut self, frame: &mut Frame<'_, '_, true>, slot: usize) -> Held {
        if let Some(held) = self.shared.get(slot).copied().flatten() {
            return held;
        }
        let Some(entry) = frame.situation.program.slots.get(slot) else {
            return Held { value: self.reads.keep(Fact::Missing), assumed: false };
        };
        let assumed = entry.assumed.is_some() && frame.situation.bare_given(slot).is_missing();
        let held = Held { value: self.reads.keep(value(frame, slot, entry)), assumed };
        // What a decision has of its own may be something else for its next item.
        let is_own = match entry.slot {
            Slot::Let { .. } | Slot::Item { .. } | Slot::Own { .. } => true,
            Slot::Output { decision, .. } => decision == frame.number,
            _ => false,
        };
        if let Some(shared) = self.shared.get_mut(slot).filter(|_| !is_own) {
            *shared = Some(held);
        }
        held
    }

    /// Everything that was read.
    pub(super) fn close(self) -> Arc<Reads> {
        self.reads.into()
    }
}

/// What a slot holds: from its register, where that tells a fact whole.
fn value(frame: &mut Frame<'_, '_, true>, slot: usize, entry: &SlotEntry) -> Fact<Value> {
    let in_brief = entry.fact.and_then(|fact| frame.brief(slot).give(&fact.kind));
    in_brief.map_or_else(|| frame.read(slot).map_or(Fact::Missing, Given::into_fact), Given::into_fact)
}
