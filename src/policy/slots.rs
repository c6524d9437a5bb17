//! Everything that can be read while a case is decided, numbered once when the bundle is loaded.

use super::literal::Literal;
use crate::case::{FactId, FactSpec, registry};
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
    /// Does a pack apply?
    Pack(usize),
    /// Of a clock: whether its day passed before the step was done (a duty was missed, a window has closed), else that day or instant.
    Clock { clock: usize, passed: bool },
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
    /// Where it is a fact of the registry: what is known of it.
    pub(crate) fact: Option<&'static FactSpec>,
    /// What the bundle assumes where the case leaves it out.
    pub(crate) assumed: Option<Literal>,
}

/// All slots of a policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct SlotTable {
    entries: Vec<SlotEntry>,
    numbers: BTreeMap<Slot, usize>,
    /// The names of all slots, each once, in order: once they are listed.
    names: Arc<[Arc<str>]>,
}

impl SlotTable {
    /// The number of a slot, new or known.
    pub(crate) fn number(&mut self, slot: Slot, name: &str) -> usize {
        if let Some(number) = self.numbers.get(&slot) {
            return *number;
        }
        let number = self.entries.len();
        let fact = if let Slot::Fact(id) = slot { registry().spec(id) } else { None };
        self.entries.push(SlotEntry { slot, name: name.into(), fact, assumed: None });
        self.numbers.insert(slot, number);
        number
    }

    #[inline]
    pub(crate) fn get(&self, number: usize) -> Option<&SlotEntry> {
        self.entries.get(number)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Lists the names of all slots.
    pub(crate) fn list_names(&mut self) {
        let mut names: Vec<Arc<str>> = self.entries.iter().map(|entry| entry.name.clone()).collect();
        names.sort();
        names.dedup();
        self.names = names.into();
    }

    /// The names, once they are listed.
    pub(crate) fn names(&self) -> &Arc<[Arc<str>]> {
        &self.names
    }

    /// Where the name of a slot stands among them.
    pub(crate) fn number_of_name(&self, slot: usize) -> u32 {
        let found = self.get(slot).and_then(|entry| self.names.binary_search(&entry.name).ok());
        found.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX)
    }

    /// Notes what stands in for a fact that a case leaves out.
    pub(crate) fn assume(&mut self, number: usize, value: Literal) {
        if let Some(entry) = self.entries.get_mut(number) {
            entry.assumed = Some(value);
        }
    }
}
