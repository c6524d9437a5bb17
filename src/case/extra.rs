//! Facts that a bundle declares for itself, in the groups `attributes` and `input`.

use crate::text::{Node, Place};
use crate::value::Value;
use std::collections::BTreeMap;
use std::fmt;

/// A fact as it was given, before the bundle that declares it has checked it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtraFact {
    /// Written in a document: text and place are kept until the declaration says what they mean.
    Written(Node, Place),
    /// Set by a program.
    Given(Value),
}

/// A group of facts that a bundle declares for itself.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra {
    facts: BTreeMap<String, ExtraFact>,
}

impl Extra {
    /// Sets a fact.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.facts.insert(name.into(), ExtraFact::Given(value.into()));
    }

    /// The fact of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&ExtraFact> {
        self.facts.get(name)
    }

    /// All facts, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ExtraFact)> {
        self.facts.iter().map(|(name, fact)| (name.as_str(), fact))
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    pub(crate) fn write(&mut self, name: String, node: Node, place: Place) {
        self.facts.insert(name, ExtraFact::Written(node, place));
    }
}

impl fmt::Debug for Extra {
    /// Names only: what a company's own facts hold may be personal.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.facts.keys()).finish()
    }
}
