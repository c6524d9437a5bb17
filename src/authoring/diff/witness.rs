//! A whole case for a region: one that the case finder reaches, and that really comes out differently.

use super::contrast::{Found, Wanted};
use super::effect::Shown;
use super::outcome::Both;
use super::worlds::Of;
use crate::authoring::finder::{Finder, Goal, NotFound};
use crate::case::Case;
use crate::limits::DIFF_EVALUATIONS_MAX;
use crate::policy::Policy;
use crate::rule::{Bound, Cell as Conditions, Comparison, Condition};
use crate::script::FactPath;
use crate::value::{DateTime, Decimal, Kind, Value};
use std::cell::{Cell, RefCell};

/// The most cases that are decided to come into one region in one way.
const REGION_EVALUATIONS_MAX: usize = 500;

/// Looks for cases under both policies.
pub(super) struct Witness<'p> {
    old: &'p Policy,
    new: &'p Policy,
    finders: [Finder<'p>; 2],
    /// How many cases may still be decided, over all regions.
    left: Cell<usize>,
    /// Cases that were found, as of when they were decided.
    seen: RefCell<Vec<(Case, DateTime)>>,
}

/// One of the two policies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Under {
    Old,
    New,
}

impl<'p> Witness<'p> {
    pub(super) fn new(old: &'p Policy, new: &'p Policy) -> Self {
        let finder = |policy| Finder::new(policy, &[]).within(REGION_EVALUATIONS_MAX);
        Self { old, new, finders: [finder(old), finder(new)], left: Cell::new(DIFF_EVALUATIONS_MAX), seen: RefCell::default() }
    }

    /// A case of a region that comes out differently.
    pub(super) fn find(&self, sides: (Of<'_>, Of<'_>), found: &Found) -> Option<Shown> {
        // What was found for one region may lie in another.
        let known = self.seen.borrow().clone();
        if let Some(shown) = known.iter().find_map(|(case, at)| self.shows(sides, found, case, *at)) {
            return Some(shown);
        }
        for (under, goal) in goals(sides, found) {
            let [old, new] = &self.finders;
            let finder = if under == Under::Old { old } else { new };
            if self.left.get() == 0 {
                return None;
            }
            let tried = finder.find(&goal);
            let spent = match &tried {
                Ok(case) => case.evaluations,
                Err(NotFound::NoWay { evaluations } | NotFound::Budget { evaluations }) => *evaluations,
            };
            self.left.set(self.left.get().saturating_sub(spent));
            let Ok(tried) = tried else { continue };
            let mut case = tried.case;
            if let Some(day) = found.day {
                case.complaint.policy_date = day.into();
            }
            let shown = self.shows(sides, found, &case, tried.at);
            if self.seen.borrow().len() < SEEN_MAX {
                self.seen.borrow_mut().push((case, tried.at));
            }
            if shown.is_some() {
                return shown;
            }
        }
        self.begun_with_known(sides, found)
    }

    /// The same from cases that were found for other regions: where much is at stake, another fact or two bring this one about.
    fn begun_with_known(&self, sides: (Of<'_>, Of<'_>), found: &Found) -> Option<Shown> {
        let starts: Vec<(Case, DateTime)> = self.seen.borrow().iter().rev().take(STARTS_MAX).cloned().collect();
        if starts.is_empty() || self.left.get() == 0 {
            return None;
        }
        let finder = Finder::new(self.new, &starts).within(REGION_EVALUATIONS_MAX);
        for wanted in found.wanted.iter().take(WAYS_MAX) {
            let Some(cells) = cells(wanted, Under::New) else { continue };
            let Ok(tried) = finder.find(&Goal::Region { decision: number(sides.1), cells }) else { continue };
            self.left.set(self.left.get().saturating_sub(tried.evaluations));
            if let Some(shown) = self.shows(sides, found, &tried.case, tried.at) {
                return Some(shown);
            }
        }
        None
    }

    /// The case with what comes out differently, where it lies in the region and does.
    fn shows(&self, (old, new): (Of<'_>, Of<'_>), found: &Found, case: &Case, at: DateTime) -> Option<Shown> {
        let both = Both::decide(self.old, self.new, case, at);
        let mut turned = if new.finals { Vec::new() } else { both.part(&old.decision.name, &new.decision.name) };
        if turned.is_empty() && !new.finals {
            return None;
        }
        turned.extend(both.headline());
        let lies = [(self.old, old, Under::Old), (self.new, new, Under::New)];
        let lies = found
            .wanted
            .iter()
            .any(|wanted| lies.iter().all(|(policy, of, under)| inside(policy, *of, *under, wanted, case, at)));
        let (before, after) = both.rules(&old.decision.name, &new.decision.name);
        let by_rules = is_by(&found.told.old.rules, &before) && is_by(&found.told.new.rules, &after);
        let day = found.day.is_none_or(|day| case.policy_date() == Some(day));
        if turned.is_empty() || !lies || !day || (!new.finals && !by_rules) {
            return None;
        }
        Some(Shown { case: case.to_json(), at: at.in_utc().to_string(), turned })
    }
}

/// Does a case meet the conditions that one side reads?
pub(super) fn inside(policy: &Policy, of: Of<'_>, under: Under, wanted: &[Wanted], case: &Case, at: DateTime) -> bool {
    let own: Vec<(&FactPath, &Conditions)> = wanted
        .iter()
        .filter_map(|each| (if under == Under::Old { &each.old } else { &each.new }).as_ref().map(|path| (path, &each.cell)))
        .collect();
    let Ok(evaluation) = policy.evaluate(case, at) else { return false };
    let number = number(of);
    let items: Vec<Option<Value>> = match number.filter(|_| of.decision.for_each.is_some()) {
        Some(number) => evaluation.items(number).into_iter().map(Some).collect(),
        None => vec![None],
    };
    items.iter().any(|item| {
        let values = evaluation.read(number, item.as_ref(), own.iter().map(|(path, _)| *path));
        values
            .iter()
            .zip(&own)
            .all(|(value, (_, cell))| value.as_ref().is_some_and(|value| cell.holds(value, evaluation.bounds()) == Ok(true)))
    })
}

/// Was it the first of these, by what is told of the rules that decided?
fn is_by(names: &[String], told: &str) -> bool {
    let rules = told.split(", then ").next().unwrap_or_default();
    rules.is_empty() || names.first().is_none_or(|first| rules.split(", ").any(|rule| rule == first))
}

/// The most known cases from which another is looked for.
const STARTS_MAX: usize = 4;
/// The most cases that are kept to be tried for other regions.
const SEEN_MAX: usize = 64;
/// The most ways into one region that are tried.
const WAYS_MAX: usize = 2;

/// What to look for, most telling first.
fn goals((old, new): (Of<'_>, Of<'_>), found: &Found) -> Vec<(Under, Goal)> {
    let mut goals = Vec::new();
    let sides = [(Under::New, new, &found.told.new), (Under::Old, old, &found.told.old)];
    for wanted in found.wanted.iter().take(WAYS_MAX) {
        for (under, of, _) in sides {
            let Some(cells) = cells(wanted, under) else { continue };
            let decision = number(of);
            // Where every case is meant, one with an amount shows more.
            let money = of.decision.outputs.iter().position(|output| output.kind == Kind::Money).filter(|_| cells.is_empty());
            if let (Some(decision), Some(output)) = (decision, money) {
                goals.push((under, Goal::Output { decision, output, cell: over_nothing() }));
            }
            goals.push((under, Goal::Region { decision, cells }));
        }
    }
    // Where a guardrail binds on one side, the other side does not bind, or binds elsewhere.
    for (under, of, said) in sides {
        let Some(decision) = number(of) else { continue };
        let bounds = of.decision.bounds.iter().enumerate().filter(|(_, guardrail)| said.by.contains(&guardrail.id));
        goals.extend(bounds.map(|(guardrail, _)| (under, Goal::Bound { decision, guardrail })));
        let plugins = of.decision.plugins.iter().enumerate().filter(|(_, plugin)| said.by.contains(&plugin.id));
        goals.extend(plugins.map(|(plugin, _)| (under, Goal::Plugin { decision, plugin })));
    }
    goals
}

fn over_nothing() -> Conditions {
    Conditions::OneOf(vec![Condition::Compare(Comparison::Over, Bound::Amount(Decimal::ZERO))])
}

fn number(of: Of<'_>) -> Option<usize> {
    of.program.decisions.iter().position(|decision| std::ptr::eq(decision, of.decision))
}

/// The conditions of a region as one side reads them; nothing where it does not read one of them.
fn cells(wanted: &[Wanted], under: Under) -> Option<Vec<(FactPath, Conditions)>> {
    wanted
        .iter()
        .map(|each| {
            let path = if under == Under::Old { &each.old } else { &each.new };
            Some((path.clone()?, each.cell.clone()))
        })
        .collect()
}
