//! What a part read.

use crate::value::{Fact, Value};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadNote {
    /// The path of the fact, parameter, output or `let`.
    pub name: Arc<str>,
    /// What it was.
    pub value: Fact<Value>,
    /// It was missing and the bundle's assumption stood in for it.
    pub assumed: bool,
}

impl ReadNote {
    pub(crate) fn new(name: Arc<str>, value: Fact<Value>, assumed: bool) -> Self {
        Self { name, value, assumed }
    }
}

/// What a part read, by name. It is kept once for the part and all its rules.
#[derive(Clone, Default)]
pub struct Inputs {
    /// Each once, in order: those that a decision may read are listed once for all cases.
    names: Arc<[Arc<str>]>,
    /// In the order of their names, those of one name as they were read.
    reads: Arc<[Read]>,
}

/// A value under a name of a list.
#[derive(Debug)]
pub(crate) struct Read {
    /// The number of the name.
    pub(crate) name: usize,
    pub(crate) value: Fact<Value>,
    /// The bundle's assumption stood in for it.
    pub(crate) assumed: bool,
    /// Its place in the order in which all were read.
    pub(crate) place: usize,
}

impl Inputs {
    /// Of notes in the order in which they were read.
    pub(crate) fn new(notes: Vec<ReadNote>) -> Self {
        let mut names: Vec<Arc<str>> = notes.iter().map(|note| note.name.clone()).collect();
        names.sort();
        names.dedup();
        let read = |(place, ReadNote { name, value, assumed })| {
            let name = names.binary_search(&name).unwrap_or_default();
            Read { name, value, assumed, place }
        };
        let mut reads: Vec<Read> = notes.into_iter().enumerate().map(read).collect();
        reads.sort_by_key(|read| read.name);
        Self { reads: reads.into(), names: names.into() }
    }

    /// Of values in the order of their names, which are taken out of there.
    pub(crate) fn listed(names: Arc<[Arc<str>]>, reads: &mut Vec<Read>) -> Self {
        Self { names, reads: reads.drain(..).collect() }
    }

    fn name(&self, read: &Read) -> &str {
        self.names.get(read.name).map_or("", |name| name)
    }

    /// What was read under a name: for the last item of a list, where each item was read.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Fact<Value>> {
        self.reads.iter().rev().find(|read| self.name(read) == name).map(|read| &read.value)
    }

    /// Names and what [`Inputs::get`] gives for them, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact<Value>)> {
        let is_last = |at: usize, read: &Read| self.reads.get(at + 1).is_none_or(|next| next.name != read.name);
        let last = self.reads.iter().enumerate().filter(move |(at, read)| is_last(*at, read));
        last.map(|(_, read)| (self.name(read), &read.value))
    }

    /// Everything that was read, in that order.
    #[must_use]
    pub fn as_read(&self) -> Vec<ReadNote> {
        let mut reads: Vec<&Read> = self.reads.iter().collect();
        reads.sort_by_key(|read| read.place);
        let name = |read: &Read| self.names.get(read.name).cloned().unwrap_or_default();
        reads.into_iter().map(|read| ReadNote::new(name(read), read.value.clone(), read.assumed)).collect()
    }

    /// What was assumed, in the order read.
    #[must_use]
    pub fn assumed(&self) -> Vec<&str> {
        let mut assumed: Vec<&Read> = self.reads.iter().filter(|read| read.assumed).collect();
        assumed.sort_by_key(|read| read.place);
        assumed.into_iter().map(|read| self.name(read)).collect()
    }

    /// Was nothing read?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reads.is_empty()
    }
}

impl PartialEq for Inputs {
    fn eq(&self, other: &Self) -> bool {
        self.as_read() == other.as_read()
    }
}

impl Eq for Inputs {}

impl fmt::Debug for Inputs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.as_read()).finish()
    }
}

impl Serialize for Inputs {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter())
    }
}
