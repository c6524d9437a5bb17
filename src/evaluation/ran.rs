//! How the clock of one obligation ran for a case.

use crate::decision::Due;
use crate::rule::Judgement;
use crate::value::DateTime;

/// How the clock of one obligation ran.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(super) applies: Judgement,
    /// The line of `due` that counts, by its number.
    pub(super) line: Option<usize>,
    pub(super) started: Option<Due>,
    pub(super) due: Option<Due>,
    pub(super) earliest: Option<Due>,
    pub(super) done_at: Option<DateTime>,
    /// Did its day pass before the step was done?
    pub(super) passed: bool,
    /// And was the step owed by then?
    pub(super) breached: bool,
    /// Nothing tells that it was done in time, and it may have been.
    pub(super) perhaps_done: bool,
    pub(super) waiting: bool,
    pub(super) open_facts: Vec<String>,
    pub(super) note: Option<String>,
}

impl Ran {
    pub(super) fn not(applies: Judgement) -> Self {
        Self {
            applies,
            line: None,
            started: None,
            due: None,
            earliest: None,
            done_at: None,
            passed: false,
            breached: false,
            perhaps_done: false,
            waiting: false,
            open_facts: Vec::new(),
            note: None,
        }
    }
}
