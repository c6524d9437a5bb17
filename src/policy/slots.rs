//! Everything that can be read while a case is decided, numbered once when the bundle is loaded.

use crate::case::FactId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Slot {
    /// A fact of the registry.
    Fact(FactId),
    /// A fact that the bundle declares.
    Extra(usize),
    /// A parameter.
    Param(usize),
    /// A group of parameters.
    ParamGroup(usize),
    /// An output of a decision: a list where the decision has several results.
    Output { decision: usize, output: usize },
    /// A derived input of a decision.
    Let { decision: usize, index: usize },
    /// The item that a `for_each` decision is deciding.
    Item { decision: usize },
    /// An output of the decision itself, for the reasons it gives.
    Own { decision: usize, output: usize },
    /// What time it is.
    At,
    /// The day whose policy applies.
    PolicyDate,
}

/// One entry of the table.
#[derive(Clone, Debug)]
pub(crate) struct SlotEntry {
    pub(crate) slot: Slot,
    /// As the author writes it.
    pub(crate) name: Arc<str>,
}

/// All slots of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct SlotTable {
    entries: Vec<SlotEntry>,
    numbers: BTreeMap<Slot, usize>,
}

impl SlotTable {
    /// The number of a slot, new or known.
    pub(crate) fn number(&mut self, slot: Slot, name: &str) -> usize {
        if let Some(number) = self.numbers.get(&slot) {
            return *number;
        }
        let number = self.entries.len();
        self.entries.push(SlotEntry { slot, name: name.into() });
        self.numbers.insert(slot, number);
        number
    }

    pub(crate) fn get(&self, number: usize) -> Option<&SlotEntry> {
        self.entries.get(number)
    }
}
