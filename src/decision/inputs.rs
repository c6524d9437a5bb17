//! What a part read.

use crate::value::{Fact, Value};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::ops::Range;
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
    /// Where they are kept; nowhere if nothing was read.
    kept: Option<Arc<Reads>>,
    /// Those of the part among all that are kept there.
    own: Range<usize>,
}

/// What several parts read. A value that more than one of them read stands here once.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    /// Each once, in order: those that a policy may read are listed once for all cases.
    names: Arc<[Arc<str>]>,
    values: Vec<Fact<Value>>,
    /// One part after the other, of each in the order of the names, those of one name as they were read.
    list: Vec<Read>,
}

/// A value under a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read {
    /// The numbers of the name and of the value.
    pub(crate) name: u32,
    pub(crate) value: u32,
    /// Its place in the order in which all of its part were read.
    pub(crate) place: u32,
    /// The bundle's assumption stood in for it.
    pub(crate) assumed: bool,
}

impl Reads {
    /// Under these names; nothing has been read yet.
    pub(crate) fn of(names: Arc<[Arc<str>]>, room: usize) -> Self {
        Self { names, values: Vec::with_capacity(room), list: Vec::with_capacity(room) }
    }

    /// Keeps a value, and gives it a number.
    pub(crate) fn keep(&mut self, value: Fact<Value>) -> u32 {
        self.values.push(value);
        u32::try_from(self.values.len() - 1).unwrap_or(u32::MAX)
    }

    /// A part has read that.
    pub(crate) fn push(&mut self, read: Read) {
        self.list.push(read);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// What several runs of a part read, as one list: of those of one name each value stands there once. Where it stands.
    pub(crate) fn join(&mut self, runs: &[Range<usize>]) -> Range<usize> {
        let mut joined: Vec<Read> = Vec::new();
        for read in runs.iter().flat_map(|run| self.in_order(run)) {
            if !joined.iter().any(|known| known.name == read.name && self.value(known) == self.value(&read)) {
                joined.push(read);
            }
        }
        joined.iter_mut().zip(0..).for_each(|(read, place)| read.place = place);
        joined.sort_by_key(|read| read.name);
        let from = self.len();
        self.list.extend(joined);
        from..self.len()
    }

    fn between(&self, own: &Range<usize>) -> &[Read] {
        self.list.get(own.clone()).unwrap_or_default()
    }

    /// Those, in the order in which they were read.
    fn in_order(&self, own: &Range<usize>) -> Vec<Read> {
        let mut reads = self.between(own).to_vec();
        reads.sort_by_key(|read| read.place);
        reads
    }

    /// The name and the value of a read.
    fn told(&self, read: &Read) -> (&str, &Fact<Value>) {
        let name = self.names.get(read.name as usize).map_or("", |name| name);
        (name, self.value(read))
    }

    fn value(&self, read: &Read) -> &Fact<Value> {
        self.values.get(read.value as usize).unwrap_or(&Fact::Missing)
    }
}

impl Inputs {
    /// Of notes in the order in which they were read.
    pub(crate) fn new(notes: Vec<ReadNote>) -> Self {
        let mut names: Vec<Arc<str>> = notes.iter().map(|note| note.name.clone()).collect();
        names.sort();
        names.dedup();
        let number = |name: &Arc<str>| u32::try_from(names.binary_search(name).unwrap_or_default()).unwrap_or(u32::MAX);
        let mut reads = Reads::default();
        for (note, place) in notes.into_iter().zip(0..) {
            let (name, value) = (number(&note.name), reads.keep(note.value));
            reads.push(Read { name, value, place, assumed: note.assumed });
        }
        reads.list.sort_by_key(|read| read.name);
        reads.names = names.into();
        let own = 0..reads.len();
        Self::among(&Arc::new(reads), own)
    }

    /// Those of one part among all that are kept.
    pub(crate) fn among(kept: &Arc<Reads>, own: Range<usize>) -> Self {
        Self { kept: (!own.is_empty()).then(|| kept.clone()), own }
    }

    fn reads(&self) -> &[Read] {
        self.kept.as_ref().map_or(&[], |kept| kept.between(&self.own))
    }

    fn told(&self, read: &Read) -> (&str, &Fact<Value>) {
        self.kept.as_ref().map_or(("", &Fact::Missing), |kept| kept.told(read))
    }

    /// What was read under a name: for the last item of a list, where each item was read.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Fact<Value>> {
        self.reads().iter().rev().map(|read| self.told(read)).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Names and what [`Inputs::get`] gives for them, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact<Value>)> {
        let reads = self.reads();
        let is_last = |at: usize, read: &Read| reads.get(at + 1).is_none_or(|next| next.name != read.name);
        reads.iter().enumerate().filter(move |(at, read)| is_last(*at, read)).map(|(_, read)| self.told(read))
    }

    /// Everything that was read, in that order.
    #[must_use]
    pub fn as_read(&self) -> Vec<ReadNote> {
        let Some(kept) = &self.kept else { return Vec::new() };
        let name = |read: &Read| kept.names.get(read.name as usize).cloned().unwrap_or_default();
        let note = |read: &Read| ReadNote::new(name(read), kept.value(read).clone(), read.assumed);
        kept.in_order(&self.own).iter().map(note).collect()
    }

    /// What was assumed, in the order read.
    #[must_use]
    pub fn assumed(&self) -> Vec<&str> {
        let mut assumed: Vec<&Read> = self.reads().iter().filter(|read| read.assumed).collect();
        assumed.sort_by_key(|read| read.place);
        assumed.into_iter().map(|read| self.told(read).0).collect()
    }

    /// Was nothing read?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_none()
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
