//! A whole case for a region: one that the case finder reaches, and that really comes out differently.

use super::contrast::{Found, Said, Wanted};
use super::effect::Shown;
use super::outcome::Both;
use super::worlds::Of;
use crate::authoring::finder::{Finder, Found as Reached, Goal, NotFound};
use crate::case::Case;
use crate::evaluation::Evaluation;
use crate::limits::DIFF_EVALUATIONS_MAX;
use crate::policy::Policy;
use crate::rule::{Bound, Cell as Conditions, Comparison, Condition};
use crate::script::FactPath;
use crate::value::{DateTime, Decimal, Kind, Value};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// The most cases that are decided to come into one region in one way.
const REGION_EVALUATIONS_MAX: usize = 500;

/// The most cases that are decided to find one that a rule decides.
const RULE_EVALUATIONS_MAX: usize = 1_500;

/// A case to begin with, and as of when it is decided.
type Start = (Case, DateTime);
/// By the number of a decision and of its rule; none where no case was found.
type ByRule = BTreeMap<(usize, Option<usize>), Option<Start>>;

/// Looks for cases under both policies.
pub(super) struct Witness<'p> {
    old: &'p Policy,
    new: &'p Policy,
    finders: [Finder<'p>; 2],
    /// How many cases may still be decided, over all regions.
    left: Cell<usize>,
    /// Cases that a rule decides, by the number of its decision and its own, where one was found.
    by_rule: RefCell<ByRule>,
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
        Self {
            old,
            new,
            finders: [finder(old), finder(new)],
            left: Cell::new(DIFF_EVALUATIONS_MAX),
            seen: RefCell::default(),
            by_rule: RefCell::default(),
        }
    }

    /// A case of a region that comes out differently.
    pub(super) fn find(&self, sides: (Of<'_>, Of<'_>), found: &Found) -> Option<Shown> {
        // What was found for one region may lie in another.
        let known = self.seen.borrow().clone();
        if let Some(shown) = known.iter().find_map(|(case, at)| self.shows(sides, found, case, *at)) {
            return Some(shown);
        }
        let begun = self.begun_by_rule(sides, found);
        let near = begun.map(|start| [self.old, self.new].map(|it| Finder::new(it, std::slice::from_ref(&start))));
        let near = near.map(|both| both.map(|finder| finder.within(REGION_EVALUATIONS_MAX)));
        for (under, goal) in goals(sides, found) {
            let [old, new] = near.as_ref().unwrap_or(&self.finders);
            let finder = if under == Under::Old { old } else { new };
            let Some(tried) = self.tried(finder, &goal) else { continue };
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

    /// One step of the search, from what is left of its budget.
    fn tried(&self, finder: &Finder<'_>, goal: &Goal) -> Option<Reached> {
        if self.left.get() == 0 {
            return None;
        }
        let tried = finder.find(goal);
        let spent = match &tried {
            Ok(case) => case.evaluations,
            Err(NotFound::NoWay { evaluations } | NotFound::Budget { evaluations }) => *evaluations,
        };
        self.left.set(self.left.get().saturating_sub(spent));
        tried.ok()
    }

    /// A case that the rule of a region decides: what has to bind besides is looked for from there, which is nearer than a plain case.
    fn begun_by_rule(&self, (_, new): (Of<'_>, Of<'_>), found: &Found) -> Option<(Case, DateTime)> {
        let id = found.told.new.rules.first().filter(|_| found.told.same_rules)?;
        let decision = number(new)?;
        let row = new.decision.rules.iter().position(|rule| *rule.id == **id);
        let key = (decision, row);
        if let Some(known) = self.by_rule.borrow().get(&key) {
            return known.clone();
        }
        let finder = Finder::new(self.new, &[]).within(RULE_EVALUATIONS_MAX);
        let tried = self.tried(&finder, &Goal::Rule { decision, row }).map(|tried| (tried.case, tried.at));
        self.by_rule.borrow_mut().insert(key, tried.clone());
        tried
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
            let Some(tried) = self.tried(&finder, &Goal::Region { decision: number(sides.1), cells }) else { continue };
            if let Some(shown) = self.shows(sides, found, &tried.case, tried.at) {
                return Some(shown);
            }
        }
        None
    }

    /// The case with what comes out differently, where it lies in the region and does.
    fn shows(&self, (old, new): (Of<'_>, Of<'_>), found: &Found, case: &Case, at: DateTime) -> Option<Shown> {
        let both = Both::decide(self.old, self.new, case, at);
        let (Ok(was), Ok(is)) = (self.old.evaluate(case, at), self.new.evaluate(case, at)) else { return None };
        if !lies((old, new), found, &both, (&was, &is)) {
            return None;
        }
        let mut turned = if new.finals { Vec::new() } else { both.part(&old.decision.name, &new.decision.name) };
        turned.extend(both.headline());
        let day = found.day.is_none_or(|day| case.policy_date() == Some(day));
        if turned.is_empty() || !day {
            return None;
        }
        Some(Shown { case: case.to_json(), at: at.in_utc().to_string(), turned })
    }
}

/// Does a case lie in a region, and does its decision come out differently by what the region tells?
pub(super) fn lies(
    (old, new): (Of<'_>, Of<'_>),
    found: &Found,
    both: &Both,
    (was, is): (&Evaluation<'_>, &Evaluation<'_>),
) -> bool {
    let (old_name, name) = (&*old.decision.name, &*new.decision.name);
    if !new.finals {
        let (before, after) = both.rules(old_name, name);
        let by_rules = is_by(&found.told.old.rules, &before) && is_by(&found.told.new.rules, &after);
        if !by_rules || both.part(old_name, name).is_empty() {
            return false;
        }
    }
    let lies = |wanted: &Vec<Wanted>| inside(was, old, Under::Old, wanted) && inside(is, new, Under::New, wanted);
    found.wanted.iter().any(lies)
}

/// Does a case meet the conditions that one side reads?
pub(super) fn inside(evaluation: &Evaluation<'_>, of: Of<'_>, under: Under, wanted: &[Wanted]) -> bool {
    let own: Vec<(&FactPath, &Conditions)> = wanted
        .iter()
        .filter_map(|each| (if under == Under::Old { &each.old } else { &each.new }).as_ref().map(|path| (path, &each.cell)))
        .collect();
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
        // Where a guardrail or a plugin makes the difference, it has to bind in the region itself.
        for (under, of, said) in sides {
            let (Some(cells), Some(decision)) = (cells(wanted, under), number(of)) else { continue };
            for bound in binding(of, decision, said) {
                goals.push((under, Goal::All(vec![Goal::Region { decision: Some(decision), cells: cells.clone() }, bound])));
            }
        }
        for (under, of, said) in sides {
            let Some(cells) = cells(wanted, under) else { continue };
            let decision = number(of);
            // One with an amount shows more, where an amount is what differs.
            let differs = |name: &str| cells.is_empty() || said.given.iter().any(|(output, _)| output == name);
            let money = of.decision.outputs.iter().position(|output| output.kind == Kind::Money && differs(&output.name));
            let region = Goal::Region { decision, cells };
            if let (Some(decision), Some(output)) = (decision, money) {
                let amount = Goal::Output { decision, output, cell: over_nothing() };
                goals.push((under, Goal::All(vec![region.clone(), amount])));
            }
            goals.push((under, region));
        }
    }
    // Where a guardrail binds on one side, the other side does not bind, or binds elsewhere.
    for (under, of, said) in sides {
        let Some(decision) = number(of) else { continue };
        goals.extend(binding(of, decision, said).map(|goal| (under, goal)));
    }
    goals
}

/// What changes the draft on one side, and not on the other.
fn binding<'a>(of: Of<'a>, decision: usize, said: &'a Said) -> impl Iterator<Item = Goal> + 'a {
    let bounds = of.decision.bounds.iter().enumerate().filter(|(_, guardrail)| said.by.contains(&guardrail.id));
    let plugins = of.decision.plugins.iter().enumerate().filter(|(_, plugin)| said.by.contains(&plugin.id));
    let bounds = bounds.map(move |(guardrail, _)| Goal::Bound { decision, guardrail });
    bounds.chain(plugins.map(move |(plugin, _)| Goal::Plugin { decision, plugin }))
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
