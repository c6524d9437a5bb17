//! What the decisions can give in a group of cases: rather too much than too little, so that what is not among it cannot be.
//!
//! A decision that few choices reach is decided for each of them, whatever decides it. Another is told by its text: the rules that may
//! match and those that must, the values that they give, and what guardrails and rounding leave of them. Where nothing can be told, it may
//! give anything.

use super::ground::{Ground, Mask};
use super::lever::{Act, Choice, Lever, Part, Rest};
use super::trials::Trials;
use super::values::{fitting, rounded};
use crate::limits::WHY_CHOICES_MAX;
use crate::policy::compiled::{Decision, Formula, Hooked, Output, Rule};
use crate::policy::slots::Slot;
use crate::rule::HitPolicy;
use crate::script::{FactPath, Outcome};
use crate::value::{Fact, Kind, Known, Possible, Value};
use std::cell::Cell;

/// The outcome of a case that silence decided.
const CONCEDED: &str = "concede_by_deadline";

/// See the module.
pub(super) struct Prospects<'a, 'g> {
    pub(super) ground: &'a Ground<'g>,
    pub(super) parts: &'a [Part],
    /// The levers that may be moved here.
    pub(super) active: Mask,
    /// Of each decision that a lever reaches: what others read.
    finals: Vec<Option<Vec<Possible>>>,
    /// Of the decision at hand.
    pub(super) lets: Vec<Possible>,
    pub(super) drafts: Vec<Possible>,
    pub(super) at: usize,
    /// Was there something of which nothing could be told?
    pub(super) hides: Cell<bool>,
}

impl<'a, 'g> Prospects<'a, 'g> {
    pub(super) fn of(ground: &'a Ground<'g>, parts: &'a [Part], trials: &mut Trials<'_>) -> Self {
        let active = parts.iter().enumerate().filter(|(_, part)| part.is_active()).fold(0, |all, (at, _)| all | bit(at));
        let finals = vec![None; ground.decisions.len()];
        let mut prospects =
            Self { ground, parts, active, finals, lets: Vec::new(), drafts: Vec::new(), at: usize::MAX, hides: Cell::new(false) };
        for number in &ground.order {
            let Some(decision) = ground.decision(*number) else { continue };
            let mask = ground.decisions.get(*number).copied().unwrap_or(Mask::MAX) & active;
            if mask == 0 {
                continue;
            }
            let finals = match prospects.each_decided(*number, decision, mask, trials) {
                Some(finals) => finals,
                None => prospects.told(*number, decision),
            };
            if let Some(entry) = prospects.finals.get_mut(*number) {
                *entry = Some(finals);
            }
        }
        prospects
    }

    /// What an output can be.
    pub(super) fn output(&self, decision: usize, output: usize) -> Possible {
        match self.finals.get(decision) {
            Some(Some(finals)) => finals.get(output).cloned().unwrap_or_else(Possible::anything),
            _ => self.ground.base.output_at(decision, output).map_or_else(Possible::nothing, Possible::exactly),
        }
    }

    /// What a decision gives by each choice of the levers that reach it, if these are few.
    fn each_decided(&self, number: usize, decision: &Decision, mask: Mask, trials: &mut Trials<'_>) -> Option<Vec<Possible>> {
        let mut all: Vec<Vec<Choice>> = vec![vec![Choice::Kept; self.parts.len()]];
        for (at, (part, lever)) in self.parts.iter().zip(&self.ground.levers).enumerate().filter(|(at, _)| mask & bit(*at) != 0) {
            let options = options(part, lever)?;
            if all.len().saturating_mul(options.len()) > WHY_CHOICES_MAX {
                return None;
            }
            all = all.iter().flat_map(|choices| options.iter().map(move |option| with(choices, at, *option))).collect();
        }
        let mut finals = vec![Possible::nothing(); decision.outputs.len()];
        for choices in all {
            if trials.is_spent() {
                return None;
            }
            // A case that is refused as a whole gives nothing.
            let Some(given) = trials.decide(&self.ground.levers, &choices) else { continue };
            for (output, possible) in finals.iter_mut().enumerate() {
                if let Some(Some(fact)) = given.get(number).and_then(|outputs| outputs.get(output)) {
                    *possible = possible.clone().or(Possible::exactly(fact.clone()));
                }
            }
        }
        Some(finals)
    }

    pub(super) fn derive(&mut self, decision: &Decision) {
        for derived in &decision.lets {
            let given = self.formula(&derived.formula, &derived.kind, true);
            // What a guardrail asks for first is worked out without assumptions.
            let strict = self.formula(&derived.formula, &derived.kind, false);
            self.lets.push(given.or(strict));
        }
    }

    /// What a decision gives by its text.
    fn told(&mut self, number: usize, decision: &Decision) -> Vec<Possible> {
        self.at = number;
        (self.lets, self.drafts) = (Vec::new(), Vec::new());
        let anything = || decision.outputs.iter().map(|_| Possible::anything()).collect();
        if decision.listed() || decision.script.is_some() || decision.hit.is_aggregate() || self.ground.packs & self.active != 0 {
            self.hides.set(true);
            return anything();
        }
        self.derive(decision);
        self.drafts = self.drafted(decision);
        // A plugin runs where its conditions hold as those of a rule do.
        let runs = |plugin: &Hooked| {
            plugin.when.iter().all(|condition| self.may_hold(&condition.cell, &self.path(&condition.path, true)))
        };
        if decision.plugins.iter().any(runs) {
            self.hides.set(true);
            return anything();
        }
        let bounded = self.bounded(decision);
        if self.ground.base.is_conceded() || self.ground.conceding & self.active != 0 {
            self.conceded(decision, bounded)
        } else {
            bounded
        }
    }

    /// What silence may make of an outcome and a correction, beside what they are otherwise.
    fn conceded(&self, decision: &Decision, finals: Vec<Possible>) -> Vec<Possible> {
        let (output, value) = match &*decision.name {
            "outcome" => ("value", Some(Value::text(CONCEDED))),
            "correction" => ("amount", self.ground.base.case().dispute.disputed_amount.known().copied().map(Value::Money)),
            _ => return finals,
        };
        let of = |(given, declared): (Possible, &Output)| {
            let default =
                declared.default.as_ref().and_then(|default| self.ground.base.literal(default)).unwrap_or(Fact::Missing);
            let given = given.or(Possible::exactly(default));
            match &value {
                Some(value) if *declared.name == *output => {
                    given.or(rounded(&fitting(Possible::among(vec![value.clone()]), &declared.kind), declared))
                }
                _ => given,
            }
        };
        finals.into_iter().zip(&decision.outputs).map(of).collect()
    }

    /// What a slot can give to the decision at hand.
    fn slot(&self, slot: usize, assuming: bool) -> Possible {
        let active = self.ground.mask(slot) & self.active;
        let entry = self.ground.program.slots.get(slot);
        let kept = || {
            let read = self.ground.base.slot(self.at, slot, assuming);
            read.map_or_else(Possible::nothing, Possible::exactly)
        };
        match entry.map(|entry| entry.slot) {
            Some(Slot::Own { decision, output }) if decision == self.at => {
                self.drafts.get(output).cloned().unwrap_or_else(Possible::anything)
            }
            _ if active == 0 => kept(),
            Some(Slot::Fact(_) | Slot::Extra(_)) => {
                let at = active.trailing_zeros() as usize;
                let name = entry.map_or("", |entry| &entry.name);
                match (self.ground.levers.get(at), self.parts.get(at)) {
                    (Some(lever), Some(part))
                        if active.is_power_of_two()
                            && lever.fact == name
                            && matches!(lever.act, Act::Becomes | Act::TakenBack) =>
                    {
                        lever.possible(part, &kept())
                    }
                    _ => Possible::anything(),
                }
            }
            Some(Slot::Output { decision, output }) => self.output(decision, output),
            Some(Slot::Let { decision, index }) if decision == self.at => {
                self.lets.get(index).cloned().unwrap_or_else(Possible::anything)
            }
            _ => Possible::anything(),
        }
    }

    pub(super) fn path(&self, path: &FactPath, assuming: bool) -> Possible {
        let whole = self.slot(path.slot, assuming);
        if path.is_whole() {
            return whole;
        }
        let Known::Among(values) = &whole.known else { return Possible::anything() };
        let read = |value: &Value| match path.read(Outcome::Known(value.clone())).to_fact() {
            Fact::Known(value) => Possible::among(vec![value]),
            absent => Possible::exactly(absent),
        };
        values.iter().map(read).fold(Possible::nothing(), Possible::or).absent_as(&whole)
    }

    /// What a formula can come to.
    pub(super) fn formula(&self, formula: &Formula, kind: &Kind, assuming: bool) -> Possible {
        if self.ground.mask_of(formula.reads()) & self.active == 0 && !formula.reads().iter().any(|slot| self.is_own(*slot)) {
            let given = self.ground.base.worked_out(self.at, formula, kind, assuming);
            return given.map_or_else(Possible::nothing, Possible::exactly);
        }
        let given = match formula {
            Formula::Literal(literal) => self.ground.base.literal(literal).map_or_else(Possible::nothing, Possible::exactly),
            Formula::Expression(expression) => {
                expression.possible(&|slot| self.slot(slot, assuming), &self.ground.base.context())
            }
        };
        if given.known == Known::Any {
            self.hides.set(true);
        }
        fitting(given, kind)
    }

    fn is_own(&self, slot: usize) -> bool {
        let entry = self.ground.program.slots.get(slot).map(|entry| entry.slot);
        matches!(entry, Some(Slot::Own { .. })) || matches!(entry, Some(Slot::Output { decision, .. }) if decision == self.at)
    }

    /// A value whose facts are absent leaves its decision undecided.
    fn strictly(&self, formula: &Formula, kind: &Kind) -> Possible {
        let given = self.formula(formula, kind, true);
        match formula {
            Formula::Literal(_) => given,
            Formula::Expression(_) => Possible { missing: false, unknown: false, ..given },
        }
    }

    /// The rules that may match, and whether each must.
    pub(super) fn alive(&self, decision: &Decision) -> Vec<(usize, bool)> {
        let columns: Vec<Possible> = decision.columns.iter().map(|path| self.path(path, true)).collect();
        let day = self.ground.base.policy_date();
        let in_force = (0..decision.matcher.len()).filter(|row| decision.matcher.dates(*row).hold(day));
        in_force
            .filter_map(|row| {
                let mut must = true;
                for (column, possible) in columns.iter().enumerate() {
                    let cell = decision.matcher.cell(row, column);
                    if !self.may_hold(cell, possible) {
                        return None;
                    }
                    must = must && self.must_hold(cell, possible);
                }
                Some((row, must))
            })
            .collect()
    }

    /// What a rule gives for an output where it decides, its default included.
    pub(super) fn rule_gives(&self, rule: &Rule, output: usize, declared: &Output) -> Possible {
        let literal = |literal| self.ground.base.literal(literal).map_or_else(Possible::nothing, Possible::exactly);
        match (rule.then.get(output), &declared.default) {
            (Some(Some(formula)), _) => self.strictly(formula, &declared.kind),
            (_, Some(default)) => literal(default),
            (_, None) => Possible::exactly(Fact::Missing),
        }
    }

    fn value(&self, formula: &Formula, output: &Output) -> Possible {
        let given = self.formula(formula, &output.kind, true);
        let known = Possible { missing: false, unknown: false, ..given.clone() };
        match &output.default {
            Some(default) if given.missing => {
                known.or(self.ground.base.literal(default).map_or_else(Possible::nothing, Possible::exactly))
            }
            _ => known,
        }
    }

    pub(super) fn drafted(&self, decision: &Decision) -> Vec<Possible> {
        if decision.outputs.iter().any(|output| output.formula.is_some()) {
            let of =
                |output: &Output| output.formula.as_ref().map_or_else(Possible::anything, |formula| self.value(formula, output));
            return decision.outputs.iter().map(of).collect();
        }
        let mut alive = self.alive(decision);
        let is_certain = alive.iter().any(|(_, must)| *must);
        if decision.hit == HitPolicy::First
            && let Some(first) = alive.iter().position(|(_, must)| *must)
        {
            alive.truncate(first + 1);
        }
        let rules = alive.iter().filter_map(|(row, _)| decision.rules.get(*row));
        let rules: Vec<&Rule> = rules.chain(decision.otherwise.as_ref().filter(|_| !is_certain)).collect();
        let of = |(at, output): (usize, &Output)| {
            rules.iter().map(|rule| self.rule_gives(rule, at, output)).fold(Possible::nothing(), Possible::or)
        };
        decision.outputs.iter().enumerate().map(of).collect()
    }
}

fn bit(at: usize) -> Mask {
    1_u64.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or(0)
}

fn with(choices: &[Choice], at: usize, option: Choice) -> Vec<Choice> {
    let mut choices = choices.to_vec();
    if let Some(choice) = choices.get_mut(at) {
        *choice = option;
    }
    choices
}

/// Everything that may be chosen for a lever; nothing where that is not told one by one.
fn options(part: &Part, lever: &Lever) -> Option<Vec<Choice>> {
    let mut options: Vec<Choice> = part.kept.then_some(Choice::Kept).into_iter().collect();
    match &part.rest {
        Rest::Stops(stops) if stops.is_empty() || lever.is_whole() => options.extend(stops.iter().copied().map(Choice::Stop)),
        Rest::Numbers(spans) if spans.iter().all(|(low, high)| low == high) => {
            options.extend(spans.iter().map(|(low, _)| Choice::Number(*low)));
        }
        Rest::Stops(_) | Rest::Numbers(_) => return None,
    }
    Some(options)
}
