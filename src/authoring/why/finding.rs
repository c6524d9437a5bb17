//! The levers of a case: each actionable fact that leads to an outcome, with what it can become.

use super::ground::{Ground, meets};
use super::lever::{Act, Domain, Grid, Lever, Stop};
use super::readers::Readers;
use crate::authoring::finder::{Document, beside};
use crate::case::{Case, FactSpec, registry};
use crate::limits::WHY_STEPS_MAX;
use crate::policy::compiled::{Condition, Guardrail, Verb};
use crate::policy::obligation::Start;
use crate::policy::slots::Slot;
use crate::rule::cell::scale::sample::Range;
use crate::rule::space::{Axis, AxisSpec, Stand};
use crate::rule::{Bound, Bounds, Cell, Condition as Wanted};
use crate::value::{Decimal, EnumValue, Fact, Kind, Value, arithmetic};
use serde_json::Value as Json;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The step list of a case.
const STEPS: &str = "steps_done";

impl<'g> Ground<'g> {
    /// The levers, in the order of the case.
    pub(super) fn find_levers(&self, readers: &Readers<'g>, document: &Document) -> Vec<Lever> {
        let reached: BTreeSet<&str> = self
            .slots_in_reach()
            .into_iter()
            .filter_map(|slot| self.program.slots.get(slot))
            .filter(|entry| matches!(entry.slot, Slot::Fact(_) | Slot::Extra(_)))
            .map(|entry| entry.name.as_ref())
            .collect();
        let clocks_run = !self.program.obligations.first.is_empty();
        let mut levers = Vec::new();
        for (_, spec) in registry().iter().filter(|(_, spec)| spec.actionable) {
            let is_reached = reached.iter().any(|name| meets(name, &spec.path)) || (spec.path == STEPS && clocks_run);
            if is_reached {
                self.levers_of(spec, readers, document, &mut levers);
            }
        }
        for extra in self.program.extras.iter().filter(|extra| extra.actionable) {
            let path = extra.path.value.as_str();
            if reached.contains(path) {
                levers.push(self.scalar(path, &extra.about, &extra.kind, None, readers));
            }
        }
        levers
    }

    fn levers_of(&self, spec: &FactSpec, readers: &Readers<'g>, document: &Document, levers: &mut Vec<Lever>) {
        match &spec.kind {
            Kind::Record(_) => {
                let now = spec.read(self.base.case());
                if now.is_known() {
                    let domain = Domain::Stops { stops: vec![Stop { to: Fact::Missing, steps: 1 }], whole: true };
                    levers.push(lever(&spec.path, &spec.path, spec.about, now, Act::TakenBack, domain));
                }
            }
            Kind::List(_) if spec.path == STEPS => self.steps(document, levers),
            Kind::List(item) if spec.projection => items(spec, item, document, levers),
            kind => levers.push(self.scalar(&spec.path, spec.about, kind, Some(spec), readers)),
        }
    }

    /// Each step that the policy speaks of and that has not been taken: it can be taken now.
    fn steps(&self, document: &Document, levers: &mut Vec<Lever>) {
        let mut names: BTreeSet<String> = BTreeSet::new();
        let of_cell = |cell: &Cell, names: &mut BTreeSet<String>| {
            cell.each_bound(&mut |bound, _| {
                if let Bound::Value(Value::Text(name)) = bound {
                    names.insert(name.to_string());
                }
            });
        };
        for decision in self.order.iter().filter_map(|number| self.decision(*number)) {
            for (column, _) in decision.columns.iter().enumerate().filter(|(_, path)| path.written.starts_with(STEPS)) {
                (0..decision.matcher.len()).for_each(|row| of_cell(decision.matcher.cell(row, column), &mut names));
            }
            let conditions = decision.bounds.iter().flat_map(conditions_of);
            conditions
                .filter(|condition| condition.path.written.starts_with(STEPS))
                .for_each(|condition| of_cell(&condition.cell, &mut names));
        }
        for number in &self.program.obligations.first {
            let Some(obligation) = self.program.obligations.list.get(*number) else { continue };
            names.extend(obligation.step.as_deref().map(str::to_owned));
            for line in &obligation.due {
                if let Start::Step { name, .. } = &line.after {
                    names.insert(name.to_string());
                }
            }
        }
        let done: BTreeSet<&str> = document
            .get(STEPS)
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(|item| item.get("step").and_then(Json::as_str))
            .collect();
        for name in names.iter().filter(|name| !done.contains(name.as_str())) {
            let stop = Stop { to: Fact::Known(Value::text(name.as_str())), steps: 1 };
            let domain = Domain::Stops { stops: vec![stop], whole: true };
            levers.push(lever(STEPS, STEPS, "", Fact::Missing, Act::Taken, domain));
        }
    }

    /// A fact that is one value.
    fn scalar(&self, path: &str, about: &str, kind: &Kind, spec: Option<&FactSpec>, readers: &Readers<'g>) -> Lever {
        let slot = (0..self.program.slots.len()).find(|slot| {
            self.program
                .slots
                .get(*slot)
                .is_some_and(|entry| *entry.name == *path && matches!(entry.slot, Slot::Fact(_) | Slot::Extra(_)))
        });
        let bare = slot.and_then(|slot| self.base.slot(usize::MAX, slot, false));
        let now = bare.or_else(|| spec.map(|spec| spec.read(self.base.case()))).unwrap_or(Fact::Missing);
        let is = |set: &BTreeSet<usize>| slot.is_some_and(|slot| set.contains(&slot));
        let parents = |set: &BTreeSet<usize>| {
            set.iter().filter_map(|slot| self.program.slots.get(*slot)).any(|entry| path.starts_with(&format!("{}.", entry.name)))
        };
        let is_opaque = is(&readers.opaque) || parents(&readers.opaque) || parents(&readers.by_formula);
        let is_finite = matches!(kind, Kind::Boolean | Kind::Enum(_));
        let range = Range {
            least: spec.filter(|spec| spec.share || spec.not_negative).map(|_| Decimal::ZERO),
            most: spec.filter(|spec| spec.share).map(|_| Decimal::ONE),
            currency: self.base.currency(),
        };
        let in_formula = is(&readers.by_formula);
        let cells: Vec<Cell> = slot
            .and_then(|slot| readers.cells.get(&slot))
            .into_iter()
            .flatten()
            .map(|cell| cell.with_constants(&|bound| settled(bound, self.base.bounds())))
            .collect();
        let (mut stops, mut whole) = segments(path, kind, &now, range, &cells);
        if in_formula
            && !is_opaque
            && let Some(grid) = Grid::of(kind, range.currency)
        {
            let low = if range.least.is_some() { 0 } else { -WHY_STEPS_MAX };
            let high = if range.most.is_some() { grid.whole_of_one() } else { WHY_STEPS_MAX };
            let domain = Domain::Numbers { grid, low, high, marks: stops };
            return lever(path, path, about, now, Act::Becomes, domain);
        }
        whole = is_finite || (whole && !is_opaque && !in_formula);
        if !whole {
            samples(&now, &mut stops, self.base.case(), kind);
        }
        let domain = Domain::Stops { stops, whole };
        lever(path, path, about, now, Act::Becomes, domain)
    }

    /// A number that a formula hides: it is tried with samples.
    pub(super) fn sample(&mut self, at: usize) {
        let case = self.base.case();
        if let Some(lever) = self.levers.get_mut(at)
            && let Domain::Numbers { grid, low, high, marks } = &mut lever.domain
        {
            let (grid, low, high, mut stops) = (*grid, *low, *high, std::mem::take(marks));
            let ends: &[i64] = match grid {
                Grid::Decimal(_) => &[low, grid.whole_of_one() / 2, grid.whole_of_one()],
                Grid::Integer | Grid::Money(_) => &[0, 1],
            };
            for value in ends.iter().copied().filter(|steps| low <= *steps && *steps <= high).map(|steps| grid.value(steps)) {
                push(&mut stops, value, &lever.now);
            }
            samples(&lever.now, &mut stops, case, &grid.value(0).kind());
            // The nearest first, however it came to be tried.
            let here = lever.now.known().and_then(|now| grid.steps(now)).map_or(0, |(now, _)| now);
            let in_steps = |stop: &Stop| stop.to.known().and_then(|to| grid.steps(to)).map(|(to, _)| to);
            stops.retain(|stop| in_steps(stop).is_some_and(|to| low <= to && to <= high));
            stops.sort_by_key(|stop| in_steps(stop).map(|to| (to.abs_diff(here), to)));
            for (stop, steps) in stops.iter_mut().zip(1..) {
                stop.steps = steps;
            }
            lever.domain = Domain::Stops { stops, whole: false };
        }
    }
}

/// The conditions of a guardrail.
fn conditions_of(guardrail: &Guardrail) -> impl Iterator<Item = &Condition> {
    let unless = if let Verb::Forbid { unless, .. } = &guardrail.verb { unless.as_slice() } else { &[] };
    guardrail.when.iter().chain(unless)
}

fn lever(path: &str, fact: &str, about: &str, now: Fact<Value>, act: Act, domain: Domain) -> Lever {
    Lever { path: path.to_owned(), fact: fact.to_owned(), about: about.to_owned(), now, act, domain }
}

/// A bound as it is for this case.
fn settled(bound: &Bound, bounds: &dyn Bounds) -> Option<Bound> {
    let value = match bound {
        Bound::Value(_) => return None,
        Bound::Amount(amount) => Value::Money(bounds.bare(*amount).ok()?),
        Bound::Param { slot, .. } => bounds.param(*slot).ok()?,
    };
    Some(Bound::Value(value))
}

/// A field of each item of a list.
fn items(spec: &FactSpec, item: &Kind, document: &Document, levers: &mut Vec<Lever>) {
    let Some((list, field)) = spec.path.rsplit_once('.') else { return };
    if list == STEPS {
        return;
    }
    let count = document.get(list).and_then(Json::as_array).map_or(0, Vec::len);
    for number in 0..count {
        let path = format!("{list}.{number}.{field}");
        let now = match (document.get(&path), item) {
            (Some(Json::String(text)), _) if text == "unknown" => Fact::Unknown,
            (Some(Json::String(text)), Kind::Enum(kind)) => {
                EnumValue::named(kind, text).map_or(Fact::Missing, |value| Fact::Known(Value::Enum(value)))
            }
            (Some(Json::Bool(value)), Kind::Boolean) => Fact::Known(Value::Boolean(*value)),
            _ => Fact::Missing,
        };
        let (stops, whole) = segments(&path, item, &now, Range::default(), &[]);
        if whole && matches!(item, Kind::Enum(_) | Kind::Boolean) {
            let domain = Domain::Stops { stops, whole };
            levers.push(lever(&path, &spec.path, spec.about, now, Act::ItemBecomes(number), domain));
        }
    }
}

/// One value of each segment that these cells tell apart, but for the one in which it stands now; and whether they stand for all.
fn segments(path: &str, kind: &Kind, now: &Fact<Value>, range: Range, cells: &[Cell]) -> (Vec<Stop>, bool) {
    let all: Vec<&Cell> = cells.iter().collect();
    let spec =
        AxisSpec { name: path.into(), kind: kind.clone(), range, missing: false, unknown: false, within: None, cells: all };
    let axis = Axis::new(&spec);
    let at = |value: &Value| axis.set(&Cell::OneOf(vec![Wanted::Equal(Bound::Value(value.clone()))])).0.first();
    let here = now.known().and_then(at);
    let is_ordered = kind.is_ordered();
    let mut whole = cells.iter().all(|cell| axis.set(cell).1);
    let mut stops = Vec::new();
    for segment in 0..axis.len() {
        let value = match axis.stand(segment) {
            Some(Stand::Value(value)) => value.clone(),
            _ => {
                whole = false;
                continue;
            }
        };
        if Some(segment) == here {
            continue;
        }
        let above = here.is_some_and(|here| segment < here);
        // Out of a segment that lies below, the value next to its upper end is the nearest.
        let next = axis.stand(segment + 1).filter(|_| above && is_ordered);
        let nearer = match next {
            Some(Stand::Value(next)) => beside(next)
                .into_iter()
                .filter(|each| at(each) == Some(segment))
                .max_by(|one, other| arithmetic::compare(one, other).unwrap_or(Ordering::Equal)),
            _ => None,
        };
        let steps = here.filter(|_| is_ordered).map_or(1, |here| here.abs_diff(segment));
        stops.push(Stop { to: Fact::Known(nearer.unwrap_or(value)), steps });
    }
    (stops, whole)
}

fn push(stops: &mut Vec<Stop>, value: Value, now: &Fact<Value>) {
    let to = Fact::Known(value);
    if to != *now && !stops.iter().any(|stop| stop.to == to) {
        stops.push(Stop { to, steps: 1 });
    }
}

/// Values to try where nothing is told of how a fact is read: beside those that matter, and of the amounts of the case.
fn samples(now: &Fact<Value>, stops: &mut Vec<Stop>, case: &Case, kind: &Kind) {
    let known: Vec<Value> = stops.iter().filter_map(|stop| stop.to.known().cloned()).chain(now.known().cloned()).collect();
    for value in known.iter().flat_map(beside) {
        push(stops, value, now);
    }
    if *kind == Kind::Money {
        let amounts = [&case.dispute.disputed_amount, &case.dispute.requested_amount, &case.invoice.total];
        for amount in amounts.into_iter().filter_map(Fact::known) {
            let half = amount.divided_by(Decimal::new(2, 0)).ok();
            for value in [Some(*amount), half].into_iter().flatten() {
                push(stops, Value::Money(value), now);
            }
        }
    }
}
