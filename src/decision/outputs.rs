//! What a decision gives.

use crate::value::{Fact, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::sync::Arc;

/// Output values by name, in the order declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outputs {
    /// Listed once for all cases.
    names: Arc<[Arc<str>]>,
    /// Kept once for a result and what is said of it.
    values: Arc<[Fact<Value>]>,
}

impl Outputs {
    /// Outputs in the order declared.
    #[must_use]
    pub fn new(values: Vec<(Arc<str>, Fact<Value>)>) -> Self {
        let (names, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        Self { names: names.into(), values: values.into() }
    }

    /// A value for each of these names, by its number.
    pub(crate) fn named(names: Arc<[Arc<str>]>, value: impl FnMut(usize) -> Fact<Value>) -> Self {
        Self { values: (0..names.len()).map(value).collect(), names }
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|each| &**each == name)
    }

    /// The output of that name; missing when it was left out or is not declared.
    #[must_use]
    pub fn get(&self, name: &str) -> Fact<Value> {
        self.position(name).map_or(Fact::Missing, |at| self.at(at))
    }

    /// Sets an output that is there.
    pub(crate) fn set(&mut self, name: &str, value: Fact<Value>) {
        if let Some(slot) = self.position(name).and_then(|at| Arc::make_mut(&mut self.values).get_mut(at)) {
            *slot = value;
        }
    }

    /// By position, as declared.
    #[must_use]
    pub fn at(&self, position: usize) -> Fact<Value> {
        self.values.get(position).cloned().unwrap_or_default()
    }

    /// Names and values in the order declared.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact<Value>)> {
        self.names.iter().map(|name| &**name).zip(&*self.values)
    }
}

impl Serialize for Outputs {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(self.values.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
