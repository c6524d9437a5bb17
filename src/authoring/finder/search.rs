//! The search: from plausible cases, best first, by how far each is from the goal and how much of it was changed.

use super::candidates::{Usual, number_of};
use super::document::{Change, Document};
use super::goal::Goal;
use super::reach::{NEVER, Probe, Reach, Step, fact};
use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::{Evaluation, Selection};
use crate::policy::Policy;
use crate::policy::compiled::Verb;
use crate::rule::Cell;
use crate::value::{Currency, Date, DateTime, Decimal, Fact, Kind, Money, Place, Rounding, Value};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// What a unit of distance weighs against a changed fact.
const DISTANCE_WEIGHT: u32 = 3;

/// What stays the same while cases for one policy are searched.
pub(super) struct Ground<'p> {
    pub(super) policy: &'p Policy,
    pub(super) cells: BTreeMap<usize, Vec<&'p Cell>>,
    pub(super) places: Vec<Place>,
}

/// A case on the way, and how it stands.
struct Node {
    document: Document,
    changed: u32,
}

/// The search for one goal.
pub(super) struct Search<'g, 'p> {
    ground: &'g Ground<'p>,
    goal: &'g Goal,
    selection: Selection<'p>,
    /// Cases evaluated so far, and how many may be.
    pub(super) evaluations: usize,
    evaluations_max: usize,
    seen: BTreeSet<[u8; 32]>,
    nodes: Vec<Node>,
    /// By weight, then by age: numbers of nodes.
    open: BinaryHeap<Reverse<(u32, usize)>>,
    /// The nearest that any case came.
    pub(super) nearest: u32,
}

impl<'g, 'p> Search<'g, 'p> {
    pub(super) fn new(ground: &'g Ground<'p>, goal: &'g Goal, evaluations_max: usize) -> Self {
        let names = goal.decisions(&ground.policy.program);
        let all = ground.policy.everything();
        let selection = if names.is_empty() { all } else { ground.policy.select(&names).unwrap_or(all) };
        let selection = selection.without_trace();
        let (seen, nodes, open) = (BTreeSet::new(), Vec::new(), BinaryHeap::new());
        Self { ground, goal, selection, evaluations: 0, evaluations_max, seen, nodes, open, nearest: NEVER }
    }

    /// The first case found that meets the goal, and the start from which it came about.
    pub(super) fn run(&mut self, starts: &[Document]) -> Option<Document> {
        for start in starts {
            if let Some(found) = self.offer(start.clone(), 0) {
                return Some(self.smaller(found, starts));
            }
        }
        while let Some(Reverse((_, at))) = self.open.pop() {
            if self.evaluations >= self.evaluations_max {
                return None;
            }
            let (document, changed) = match self.nodes.get(at) {
                Some(node) => (node.document.clone(), node.changed),
                None => continue,
            };
            for step in self.steps(&document) {
                let several = match step {
                    Step::Set(changes) => vec![changes],
                    solve @ Step::Solve { .. } => self.solved(&document, solve),
                };
                for changes in several {
                    let many = u32::try_from(changes.len()).unwrap_or(u32::MAX);
                    if let Some(found) = self.offer(document.with(&changes), changed.saturating_add(many)) {
                        return Some(self.smaller(found, starts));
                    }
                    if self.evaluations >= self.evaluations_max {
                        return None;
                    }
                }
            }
        }
        None
    }

    /// Takes in a case; gives it back when it meets the goal.
    fn offer(&mut self, document: Document, changed: u32) -> Option<Document> {
        if !self.seen.insert(document.key()) {
            return None;
        }
        let far = self.far(&document)?;
        self.nearest = self.nearest.min(far);
        if far == 0 {
            return Some(document);
        }
        let weight = far.saturating_mul(DISTANCE_WEIGHT).saturating_add(changed);
        let at = self.nodes.len();
        self.nodes.push(Node { document, changed });
        self.open.push(Reverse((weight, at)));
        None
    }

    /// How far a case is from the goal; nothing where it is no case, or cannot be decided.
    fn far(&mut self, document: &Document) -> Option<u32> {
        let case = document.case()?;
        self.evaluations += 1;
        let evaluation = self.selection.evaluate(&case, document.at).ok()?;
        let far = self.reach(&evaluation, &case, document.at, false).0;
        Some(far)
    }

    fn reach(&self, evaluation: &Evaluation<'_>, case: &Case, at: DateTime, collecting: bool) -> (u32, Vec<Step>) {
        let usd = || Currency::parse("USD").ok();
        let Some(currency) = evaluation.currency().or_else(usd) else { return (NEVER, Vec::new()) };
        let day = evaluation.policy_date();
        let usual = Usual {
            bounds: evaluation.bounds(),
            currency,
            day,
            time: case.complaint.received_at.known().copied().unwrap_or(at),
            places: &self.ground.places,
        };
        let mut reach = Reach {
            program: &self.ground.policy.program,
            evaluation,
            usual,
            cells: &self.ground.cells,
            steps: Vec::new(),
            collecting,
            memo: BTreeMap::new(),
            depth: 0,
            followed: BTreeSet::new(),
            running: BTreeSet::new(),
            told: OnceCell::new(),
        };
        let far = reach.goal(self.goal);
        if collecting {
            return (far, reach.steps);
        }
        let met = self.met(self.goal, &mut reach);
        (if met { 0 } else { far.max(1) }, Vec::new())
    }

    /// Is a goal met? What may bind is asked of the decision itself once the case is close.
    fn met(&self, goal: &Goal, reach: &mut Reach<'_, '_>) -> bool {
        if let Goal::All(goals) = goal {
            return goals.iter().all(|goal| self.met(goal, reach));
        }
        let far = reach.goal(goal);
        let close = match goal {
            Goal::Bound { .. } | Goal::Plugin { .. } => far <= 8,
            _ => far == 0,
        };
        close && meets(goal, self.ground.policy, reach.evaluation)
    }

    fn steps(&mut self, document: &Document) -> Vec<Step> {
        let Some(case) = document.case() else { return Vec::new() };
        self.evaluations += 1;
        let Ok(evaluation) = self.selection.evaluate(&case, document.at) else { return Vec::new() };
        self.reach(&evaluation, &case, document.at, true).1
    }

    /// What is read once a case is changed.
    fn probe(&mut self, document: &Document, probe: &Probe) -> Option<Decimal> {
        let case = document.case()?;
        self.evaluations += 1;
        let evaluation = self.selection.evaluate(&case, document.at).ok()?;
        let fact = match probe {
            Probe::Path { decision, item, path } => {
                let items = decision.map(|number| evaluation.items(number)).unwrap_or_default();
                evaluation.read(*decision, item.and_then(|at| items.get(at)), [path]).pop()??
            }
            Probe::Output { decision, output } => evaluation.output_at(*decision, *output)?,
        };
        number_of(fact.known()?)
    }

    /// The changes that would bring a number to its targets, were it a straight line in the fact.
    fn solved(&mut self, document: &Document, step: Step) -> Vec<Vec<Change>> {
        let Step::Solve { path, kind, from, probe, now, targets } = step else { return Vec::new() };
        let start = from.as_ref().and_then(number_of).unwrap_or(Decimal::ZERO);
        let by = match kind {
            Kind::Money => Decimal::new(100, 0),
            Kind::Integer => Decimal::new(10, 0),
            _ if start < Decimal::new(5, 1) => Decimal::new(1, 1),
            _ => Decimal::new(-1, 1),
        };
        let currency = from.as_ref().and_then(|value| match value {
            Value::Money(money) => Some(money.currency()),
            _ => None,
        });
        let currency =
            currency.or_else(|| document.case().and_then(|case| case.currency())).or_else(|| Currency::parse("USD").ok());
        let written = |number: Decimal| match kind {
            Kind::Money => Some(Value::Money(Money::new(number, currency?))),
            Kind::Integer => number.to_integer().map(Value::Integer),
            _ => Some(Value::Decimal(number)),
        };
        let moved = start.plus(by).ok().and_then(written);
        let Some(moved) = moved.map(|value| document.with(&[fact(&path, &Fact::Known(value))])) else { return Vec::new() };
        let Some(after) = self.probe(&moved, &probe) else { return Vec::new() };
        let Some(slope) = after.minus(now).ok().and_then(|rise| rise.divided_by(by).ok()).filter(|slope| !slope.is_zero()) else {
            return Vec::new();
        };
        let digits = match kind {
            Kind::Money => currency.map_or(2, Currency::digits),
            Kind::Integer => 0,
            _ => 4,
        };
        let mut several = Vec::new();
        for target in targets {
            let by = target.minus(now).ok().and_then(|rise| rise.divided_by(slope).ok());
            let Some(exact) = by.and_then(|by| start.plus(by).ok()) else { continue };
            let unit = Decimal::new(1, digits);
            let Ok(rounded) = Rounding::default().apply(exact, digits) else { continue };
            for number in [Ok(rounded), rounded.plus(unit), rounded.minus(unit)].into_iter().flatten() {
                several.extend(written(number).map(|value| vec![fact(&path, &Fact::Known(value))]));
            }
        }
        several
    }

    /// The same without the changes that were not needed.
    fn smaller(&mut self, found: Document, starts: &[Document]) -> Document {
        let nearest = starts.iter().min_by_key(|start| start.differences(&found).len());
        let Some(start) = nearest else { return found };
        let mut best = found;
        for path in start.differences(&best) {
            let undone = best.with(&[Change::Fact { path: path.clone(), to: start.get(&path).cloned() }]);
            if self.far(&undone) == Some(0) {
                best = undone;
            }
        }
        if best.at != start.at {
            let undone = best.with(&[Change::At(start.at)]);
            if self.far(&undone) == Some(0) {
                best = undone;
            }
        }
        best
    }
}

/// Is the goal met, as the decision itself tells?
pub(super) fn meets(goal: &Goal, policy: &Policy, evaluation: &Evaluation<'_>) -> bool {
    let program = &policy.program;
    match goal {
        Goal::Rule { decision, row } => {
            let Some(found) = program.decisions.get(*decision) else { return false };
            let rule = row.map_or(found.otherwise.as_ref(), |row| found.rules.get(row));
            let told = evaluation.decision();
            let part = told.parts.iter().find(|part| part.name == found.name);
            part.is_some_and(|part| {
                part.is_decided() && part.rules.iter().any(|note| rule.is_some_and(|rule| *rule.id == *note.rule()))
            })
        }
        Goal::Bound { decision, guardrail } => {
            let Some(found) = program.decisions.get(*decision) else { return false };
            let Some(bound) = found.bounds.get(*guardrail) else { return false };
            changed_by(&evaluation.decision(), &found.name, &bound.id)
        }
        Goal::Plugin { decision, plugin } => {
            let Some(found) = program.decisions.get(*decision) else { return false };
            let Some(plugin) = found.plugins.get(*plugin) else { return false };
            changed_by(&evaluation.decision(), &found.name, &plugin.id)
        }
        Goal::Final { guardrail } => {
            let Some(found) = program.final_guardrails.get(*guardrail) else { return false };
            found.in_force(evaluation.policy_date()) && !matches!(found.verb, Verb::Cap { .. })
        }
        // Those of several are asked one by one.
        Goal::Output { .. } | Goal::All(_) => true,
        Goal::Region { decision, .. } => decision.is_none_or(|number| {
            let outputs = program.decisions.get(number).map_or(0, |found| found.outputs.len());
            outputs == 0 || evaluation.output_at(number, 0).is_some()
        }),
    }
}

fn changed_by(decision: &Decision, part: &str, id: &str) -> bool {
    decision.parts.iter().find(|each| *each.name == *part).is_some_and(|part| part.changes.iter().any(|change| change.id == id))
}

/// A day that a policy holds on.
pub(super) fn some_day(effective: (Option<Date>, Option<Date>)) -> Option<Date> {
    let usual = Date::new(2026, 3, 2).ok()?;
    match effective {
        (Some(from), _) if usual < from => Some(from),
        (_, Some(until)) if until < usual => Some(until),
        _ => Some(usual),
    }
}
