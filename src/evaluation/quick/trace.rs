//! What a run leaves behind.

use crate::decision::Change;
use crate::evaluation::results::Results;
use crate::policy::Program;
use crate::value::{Brief, Given};
use std::sync::Arc;

/// What is kept while a case is decided, and after it for its explanation.
#[derive(Debug)]
pub(crate) struct State<'a> {
    pub(crate) results: Results<'a>,
    /// Which slots each decision has read, a bit each; nothing where nothing is noted.
    pub(crate) reads: Vec<u64>,
}

impl<'a> State<'a> {
    #[expect(
        clippy::slow_vector_initialization,
        reason = "the system's allocator takes longer to find memory that is zero already"
    )]
    pub(crate) fn new(program: &'a Program, registers: Vec<Brief>, traced: bool) -> Self {
        let noted = if traced { program.decisions.len() } else { 0 };
        let mut reads = Vec::with_capacity(words(program) * noted);
        reads.resize(words(program) * noted, 0);
        Self { results: Results::new(program, registers), reads }
    }
}

/// How many words the slots take that a decision has read.
pub(crate) fn words(program: &Program) -> usize {
    program.slots.len().div_ceil(64)
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hit {
    /// The rule of that number.
    Row(usize),
    /// What holds when no rule matches.
    Otherwise,
    /// The values of the outputs.
    Values,
    /// The script.
    Script,
}

/// One run with one result. Of most there is nothing to tell beside what hit.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) hit: Hit,
    told: Option<Box<Told>>,
}

/// What a run has to tell beside what hit.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// The reason that a script or a plugin gave.
    pub(crate) because: Option<Arc<str>>,
    pub(crate) changes: Vec<Change>,
    /// Outputs that a cap has cut, and the guardrail.
    pub(crate) capped_by: Vec<(usize, String)>,
    /// Rules that are told beside the one that decided.
    pub(crate) beside: Vec<Beside>,
    /// What its own outputs were when they were first read.
    pub(crate) own: Vec<(usize, Brief)>,
    /// Slots that were read first without what the bundle assumes.
    pub(crate) strict: Vec<usize>,
}

/// A rule that grants something too, where the most counts: it is kept by what the best one gives.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) row: usize,
    /// What it would have given, output by output.
    pub(crate) outputs: Vec<Brief>,
}

impl Run {
    pub(crate) fn new(hit: Hit) -> Self {
        Self { hit, told: None }
    }

    /// What it has to tell, if anything.
    pub(crate) fn told(&self) -> Option<&Told> {
        self.told.as_deref()
    }

    /// There is something to tell.
    pub(crate) fn tell(&mut self) -> &mut Told {
        self.told.get_or_insert_default()
    }

    /// The changes that it has to tell.
    pub(crate) fn into_changes(self) -> Vec<Change> {
        self.told.map_or_else(Vec::new, |told| told.changes)
    }
}

/// One item of a loop.
#[derive(Debug)]
pub(crate) struct ItemRun<'a> {
    pub(crate) item: Given<'a>,
    pub(crate) run: Run,
    pub(crate) reads: Vec<u64>,
}

/// One row of a list of hits.
#[derive(Debug)]
pub(crate) struct ListedRun {
    pub(crate) row: usize,
    pub(crate) changes: Vec<Change>,
}

/// How a decision was taken.
#[derive(Debug)]
pub(crate) enum Taken<'a> {
    Single(Run),
    Each(Vec<ItemRun<'a>>),
    Listed(Vec<ListedRun>),
}
