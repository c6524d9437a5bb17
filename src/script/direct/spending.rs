//! What a run has used of what a script may use.
//!
//! Whatever might come near a limit is not settled: a step is counted for more than Rhai can count for it, and half of each limit of size is
//! all that a run may use. So what is settled stays within every limit.

use super::Unsettled;
use super::thing::Thing;
use crate::limits::SCRIPT_VARIABLES_BYTES_MAX;
use crate::script::allowance::ScriptLimits;
use crate::value::{Fact, Value};

/// What one step counts for, in operations of Rhai: more than any of its nodes comes to by itself.
const STEP: u64 = 16;
/// What an item may take in memory by itself, in bytes.
const ITEM_BYTES: usize = 128;

/// What was used so far.
pub(super) struct Spent<'a> {
    limits: &'a ScriptLimits,
    operations: u64,
    /// Of texts that were made, read or copied with a list.
    bytes: usize,
    /// Put into lists and maps.
    items: usize,
}

impl<'a> Spent<'a> {
    pub(super) fn nothing(limits: &'a ScriptLimits) -> Self {
        Self { limits, operations: 0, bytes: 0, items: 0 }
    }

    /// One step, and what it counts for beside that.
    pub(super) fn step(&mut self, more: u64) -> Result<(), Unsettled> {
        self.operations = self.operations.saturating_add(STEP).saturating_add(more);
        if self.operations <= self.limits.operations { Ok(()) } else { Err(Unsettled) }
    }

    /// A value was made or read.
    pub(super) fn read(&mut self, value: &Value) -> Result<(), Unsettled> {
        match value {
            Value::Text(text) => self.bytes += text.len(),
            Value::List(items) if 2 * items.len() > self.limits.list_items => return Err(Unsettled),
            Value::List(_) => {}
            _ => return Ok(()),
        }
        if 2 * self.bytes > self.limits.text_bytes {
            return Err(Unsettled);
        }
        self.step(work(value))
    }

    /// Something was put into a list or a map, or copied with one.
    pub(super) fn put(&mut self, thing: &Thing) -> Result<(), Unsettled> {
        match thing {
            Thing::Fact(Fact::Known(value @ Value::Text(_))) => self.read(value)?,
            Thing::Fact(_) => {}
            Thing::List(items) => items.iter().try_for_each(|item| self.put(item))?,
            Thing::Map(entries) => entries.iter().try_for_each(|(name, item)| {
                self.bytes += name.len();
                self.put(item)
            })?,
        }
        self.items += 1;
        let ScriptLimits { list_items, map_entries, .. } = self.limits;
        let fits = 2 * self.items <= *list_items.min(map_entries) && 2 * ITEM_BYTES * self.items <= SCRIPT_VARIABLES_BYTES_MAX;
        if fits { Ok(()) } else { Err(Unsettled) }
    }
}

/// What looking at a value may count for, in operations.
pub(super) fn work(value: &Value) -> u64 {
    let size = match value {
        Value::Text(text) => text.len() / 4,
        Value::List(items) => items.len() * 2,
        _ => 0,
    };
    u64::try_from(size).unwrap_or(u64::MAX)
}
