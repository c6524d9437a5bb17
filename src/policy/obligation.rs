//! Obligations that run: clocks and holds with every name resolved.

use super::compiled::{Because, Condition};
use crate::bundle::Roll;
use crate::decision::{CLOCKS, Law, OnBreach};
use crate::rule::Cell;
use crate::script::FactPath;
use crate::text::Place;
use crate::value::{Calendar, Date, Stretch};
use std::sync::Arc;

/// What a clock runs from.
#[derive(Debug)]
pub(crate) enum Start {
    /// The day or instant of a fact.
    Fact(FactPath),
    /// A step: when it was done, else when it is due by the earliest of these obligations.
    Step { name: Arc<str>, clocks: Vec<usize> },
}

/// One line of `due`.
#[derive(Debug)]
pub(crate) struct DueLine {
    pub(crate) when: Vec<Condition>,
    pub(crate) within: Stretch,
    pub(crate) after: Start,
    pub(crate) at_most: Option<Stretch>,
    pub(crate) roll: Roll,
}

/// An obligation.
#[derive(Debug)]
pub(crate) struct Obligation {
    pub(crate) id: Arc<str>,
    /// That of its pack first, where it comes from one.
    pub(crate) when: Vec<Condition>,
    pub(crate) unless: Vec<Condition>,
    pub(crate) step: Option<Arc<str>>,
    pub(crate) due: Vec<DueLine>,
    /// A way that stays open until then; when it closes nothing is missed.
    pub(crate) window: bool,
    pub(crate) on_breach: Vec<OnBreach>,
    pub(crate) holds: Vec<String>,
    pub(crate) calendar: Arc<Calendar>,
    pub(crate) because: Because,
    pub(crate) source: Option<String>,
    pub(crate) law: Option<Arc<Law>>,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) place: Place,
    /// Does it, or one that it waits for, read a decision? Then it runs when all are taken.
    pub(crate) late: bool,
}

impl Obligation {
    /// Does it hold on that day?
    pub(crate) fn in_force(&self, day: Date) -> bool {
        day.is_within(self.from, self.until)
    }

    pub(crate) fn brings(&self, what: OnBreach) -> bool {
        self.on_breach.contains(&what)
    }

    /// The parts of a decision whose explanation may name it: where it concedes, those that it settles.
    pub(crate) fn explained_in(&self) -> &'static [&'static str] {
        if self.brings(OnBreach::Concede) { &[CLOCKS, "outcome", "correction"] } else { &[CLOCKS] }
    }

    /// The slots that it reads, those of conditions and of events.
    pub(crate) fn reads(&self) -> impl Iterator<Item = usize> {
        let of_lines = self.due.iter().flat_map(|line| {
            let start = match &line.after {
                Start::Fact(path) => Some(path.slot),
                Start::Step { .. } => None,
            };
            line.when.iter().map(|each| each.path.slot).chain(start)
        });
        self.when.iter().chain(&self.unless).map(|each| each.path.slot).chain(of_lines)
    }

    /// The cells of its conditions.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &Cell> {
        let lines = self.due.iter().flat_map(|line| &line.when);
        self.when.iter().chain(&self.unless).chain(lines).map(|condition| &condition.cell)
    }

    /// The obligations whose steps it waits for.
    pub(crate) fn waits_for(&self) -> impl Iterator<Item = usize> {
        self.due
            .iter()
            .flat_map(|line| match &line.after {
                Start::Fact(_) => &[][..],
                Start::Step { clocks, .. } => clocks.as_slice(),
            })
            .copied()
    }
}

/// All obligations of a policy.
#[derive(Debug, Default)]
pub(crate) struct Obligations {
    pub(crate) list: Vec<Obligation>,
    /// Their numbers, each after those that it reads or waits for.
    pub(crate) order: Vec<usize>,
    /// Of those, the ones that have to run before any decision is taken: decisions read them, or they may concede.
    pub(crate) first: Vec<usize>,
}
