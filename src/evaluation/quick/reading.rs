//! How a run reads: what a slot holds, in brief from its register or as a whole.

use super::frame::Frame;
use crate::policy::registers::Seat;
use crate::policy::slots::{Slot, SlotEntry};
use crate::script::{CallContext, FactPath, Reader, Unsettled};
use crate::value::{Brief, Fact, Given, View};

impl<'a, const TRACED: bool> Reader<'a> for Frame<'_, 'a, TRACED> {
    fn read(&mut self, number: usize) -> Result<Given<'a>, Unsettled> {
        let situation = self.situation;
        let program = situation.program;
        let entry = program.slots.get(number).ok_or(Unsettled)?;
        let given = match entry.slot {
            Slot::Fact(_) => self.assumed(number, entry, entry.fact.ok_or(Unsettled)?.given(situation.case))?,
            Slot::Param(param) => program
                .params
                .give(situation.param_standing(param), situation.policy_date, situation.currency)
                .ok_or(Unsettled)?,
            Slot::Output { decision, output } if decision != self.number => {
                let read = program.decisions.get(decision).ok_or(Unsettled)?;
                self.state.results.output(read, decision, output).ok_or(Unsettled)?
            }
            Slot::Let { index, .. } => self.derived(index)?,
            Slot::Own { output, .. } => return Ok(self.draft(output)),
            Slot::Output { output, .. } => {
                self.note_own(number, self.draft_in_brief(output));
                self.draft(output)
            }
            Slot::Item { .. } => self.item.clone(),
            Slot::Extra(at) => {
                let given = situation.extras.get(at).cloned().unwrap_or(Given::Missing);
                self.assumed(number, entry, given)?
            }
            Slot::ParamGroup(group) => return Ok(self.group(group)),
            Slot::Pack(pack) => situation.pack(pack).into(),
            Slot::Clock { clock, passed } => situation.clock(clock, passed).into(),
            Slot::At => Given::Known(View::DateTime(situation.at)),
            Slot::PolicyDate => Given::Known(View::Date(situation.policy_date)),
        };
        if TRACED && self.noting {
            self.note(number);
        }
        Ok(given)
    }

    fn entry(&mut self, slot: usize, name: &str) -> Option<Given<'a>> {
        let situation = self.situation;
        let program = situation.program;
        match program.slots.get(slot)?.slot {
            Slot::ParamGroup(group) => {
                let key = (situation.policy_date, situation.currency);
                program.params.give_member(group, name, key, |pack| situation.pack_applies(pack))
            }
            _ => None,
        }
    }

    fn is_group(&self, slot: usize) -> bool {
        self.situation.program.slots.get(slot).is_some_and(|entry| matches!(entry.slot, Slot::ParamGroup(_)))
    }

    #[inline]
    fn brief(&mut self, slot: usize) -> Brief {
        let seat = self.situation.program.registers.seat(slot);
        let Some(Seat { register, is_assumed, derived }) = seat else { return Brief::LONG };
        let mut brief = self.state.results.brief(register);
        if let Some(index) = derived.filter(|_| brief.is_fresh()) {
            brief = self.derive(index as usize).unwrap_or(Brief::LONG);
        }
        let is_own = register.wrapping_sub(self.decision.outputs_at) < self.decision.outputs.len();
        if brief.is_long() || (is_assumed && !self.assuming) || is_own {
            return self.brief_of_entry(slot, register, brief);
        }
        if TRACED && self.noting {
            self.note(slot);
        }
        brief
    }

    fn day_of(&mut self, slot: usize) -> Brief {
        match self.read(slot).as_ref().map(Given::view) {
            Ok(Fact::Known(View::DateTime(at))) => View::Date(self.situation.day_of(at)).into(),
            Ok(Fact::Missing) => Brief::MISSING,
            Ok(Fact::Unknown) => Brief::UNKNOWN,
            Ok(Fact::Known(_)) | Err(_) => Brief::LONG,
        }
    }

    fn brief_below(&mut self, path: &'a FactPath) -> Brief {
        self.path(path).map_or(Brief::LONG, |given| given.view().into())
    }

    fn brief_entry(&mut self, slot: usize, name: &str) -> Brief {
        self.entry(slot, name).map_or(Brief::LONG, |given| given.view().into())
    }

    #[inline]
    fn bare_mark(&self) -> u32 {
        self.situation.bare_mark
    }

    fn context(&self) -> CallContext<'_> {
        self.situation.context()
    }
}

impl<'a, const TRACED: bool> Frame<'_, 'a, TRACED> {
    /// Reads what no register tells yet, or what not every reader is told.
    #[inline(never)]
    fn brief_of_entry(&mut self, number: usize, register: usize, held: Brief) -> Brief {
        let situation = self.situation;
        let Some(entry) = situation.program.slots.get(number) else { return Brief::LONG };
        let brief = match entry.slot {
            Slot::Fact(_) | Slot::Extra(_) if held == Brief::LONG => held,
            Slot::Fact(_) => entry.fact.map_or(Brief::LONG, |fact| fact.brief(situation.case)),
            Slot::Extra(at) => situation.extras.get(at).map_or(Brief::MISSING, |given| given.view().into()),
            Slot::Param(param) => {
                let given =
                    situation.program.params.give(situation.param_standing(param), situation.policy_date, situation.currency);
                given.map_or(Brief::LONG, |given| given.view().into())
            }
            // A pack applies or not for the whole of a case, and clocks that can be read have run.
            Slot::Pack(pack) => situation.pack(pack).view().into(),
            Slot::Clock { clock, passed } => situation.clock(clock, passed).view().into(),
            Slot::PolicyDate => View::Date(situation.policy_date).into(),
            Slot::Output { decision, .. } if decision == self.number && !held.is_long() => {
                self.note_own(number, held);
                held
            }
            _ => Brief::LONG,
        };
        let brief = match (brief, &entry.assumed) {
            // A register holds what those see that may have what is assumed.
            (Brief::MISSING, Some(_)) if !self.assuming => return Brief::LONG,
            (Brief::MISSING, Some(assumed)) => situation.brief(assumed),
            (brief, _) => brief,
        };
        if brief.is_long() {
            return Brief::LONG;
        }
        self.state.results.set_brief(register, brief);
        if TRACED && self.noting {
            self.note(number);
        }
        brief
    }

    /// A fact, or what the bundle assumes where the case leaves it out and the reader may have that.
    #[inline]
    fn assumed(&mut self, slot: usize, entry: &'a SlotEntry, given: Given<'a>) -> Result<Given<'a>, Unsettled> {
        match (&given, &entry.assumed) {
            (Given::Missing, Some(assumed)) if self.assuming => self.situation.give(assumed).ok_or(Unsettled),
            (Given::Missing, Some(_)) => {
                if TRACED && self.noting && !self.has_read(slot) {
                    self.strict.push(slot);
                }
                Ok(given)
            }
            _ => Ok(given),
        }
    }
}
