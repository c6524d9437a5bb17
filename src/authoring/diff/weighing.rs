//! A change weighed by the cases of a history: each decided under both policies, one at a time.

use super::contrast::Found;
use super::effect::Effect;
use super::history::{Falling, Shift, Weight, add};
use super::outcome::Both;
use super::witness::lies;
use super::worlds::Of;
use crate::case::Case;
use crate::decision::GUARDRAILS;
use crate::limits::DIFF_SHIFTS_MAX;
use crate::policy::{Policy, Program};
use crate::value::{DateTime, Decimal};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Weighs a change case by case, in the room of one case.
pub struct Weighing<'p> {
    old: &'p Policy,
    new: &'p Policy,
    /// The decisions that were changed themselves: their old names and their names.
    changed: Vec<(String, String)>,
    weight: Weight,
    shifts: BTreeMap<(String, String, String), Shift>,
    /// Every region that is told, in order.
    regions: Vec<Tried<'p>>,
}

/// A region that cases are held against.
struct Tried<'p> {
    sides: Option<(Of<'p>, Of<'p>)>,
    found: Arc<Found>,
    falling: Falling,
}

impl<'p> Weighing<'p> {
    pub(super) fn new(old: &'p Policy, new: &'p Policy, changed: Vec<(String, String)>) -> Self {
        Self { old, new, changed, weight: Weight::default(), shifts: BTreeMap::new(), regions: Vec::new() }
    }

    /// The regions of a decision, which had another name before perhaps.
    pub(super) fn regions_of(&mut self, effect: &Effect, before: &str) {
        let finals = effect.decision == GUARDRAILS;
        let side = |policy: &'p Policy, name: &str| {
            let program: &'p Program = &policy.program;
            let named = program.decisions.iter().find(|decision| *decision.name == *name);
            Some(Of { program, decision: if finals { &program.nobody } else { named? }, finals })
        };
        let sides = side(self.old, before).zip(side(self.new, &effect.decision));
        let tried = |found: &Arc<Found>| Tried { sides, found: found.clone(), falling: Falling::default() };
        self.regions.extend(effect.regions.iter().map(|region| tried(&region.found)));
    }

    /// A case of the history.
    pub fn case(&mut self, case: &Case, at: DateTime) {
        let both = Both::decide(self.old, self.new, case, at);
        if both.old.is_err() && both.new.is_err() {
            return self.unread();
        }
        self.weight.cases += 1;
        add(&mut self.weight.money, both.cost());
        if !both.differs() {
            return;
        }
        self.weight.changed += 1;
        self.fall(case, at, &both);
        for (old_name, name) in &self.changed {
            if both.part(old_name, name).is_empty() {
                continue;
            }
            let (before, after) = both.rules(old_name, name);
            let key = (name.clone(), before.clone(), after.clone());
            if !self.shifts.contains_key(&key) && self.shifts.len() >= DIFF_SHIFTS_MAX {
                self.weight.beyond += 1;
                continue;
            }
            let shift = self.shifts.entry(key).or_insert_with(|| Shift {
                decision: name.clone(),
                before,
                after,
                cases: 0,
                first: case.id().to_owned(),
                money: BTreeMap::new(),
            });
            shift.cases += 1;
            add(&mut shift.money, both.cost());
        }
    }

    /// Counts a case that comes out differently in the regions in which it lies.
    fn fall(&mut self, case: &Case, at: DateTime, both: &Both) {
        let (Ok(was), Ok(is)) = (self.old.evaluate(case, at), self.new.evaluate(case, at)) else { return };
        for tried in &mut self.regions {
            let Some(sides) = tried.sides else { continue };
            if lies(sides, &tried.found, both, (&was, &is)) {
                tried.falling.cases += 1;
                tried.falling.first.get_or_insert_with(|| case.id().to_owned());
                add(&mut tried.falling.money, both.cost());
            }
        }
    }

    /// A case that cannot be read.
    pub fn unread(&mut self) {
        self.weight.unread += 1;
    }

    /// What the history says.
    #[must_use]
    pub fn end(self) -> Weight {
        let mut shifts: Vec<Shift> = self.shifts.into_values().collect();
        // Amounts of several currencies are not added up: the one that moves most tells.
        let most = |shift: &Shift| shift.money.values().map(|costs| costs.difference().absolute()).max().unwrap_or(Decimal::ZERO);
        shifts.sort_by_cached_key(|shift| (Reverse(most(shift)), Reverse(shift.cases)));
        let regions = self.regions.into_iter().map(|tried| tried.falling).collect();
        Weight { shifts, regions, ..self.weight }
    }
}

impl std::fmt::Debug for Weighing<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Weighing({} cases)", self.weight.cases)
    }
}
