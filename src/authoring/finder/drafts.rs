//! Guardrails over the draft of a decision: how far one is from changing it, and how far a value is from passing them all.

use super::candidates::number_of;
use super::reach::{FACT, Frame, Hook, NEVER, Probe, Reach, Step, fact};
use super::ways::COMPUTED;
use crate::policy::compiled::{Condition, Decision, Formula, Guardrail, Verb};
use crate::rule::{Bound, Cell, Comparison, Condition as Wanted, Judgement};
use crate::value::{Decimal, Fact, Kind, Money, Rounding, Value};

/// Into how many steps the way of an amount to its limit is cut.
const PARTS: i64 = 8;

impl<'e> Reach<'e, '_> {
    /// A guardrail changes the draft of its decision.
    pub(super) fn bound(&mut self, number: usize, at: usize) -> u32 {
        if !self.running.insert((number, Hook::Guardrail(at))) {
            return NEVER;
        }
        let far = self.bounds_something(number, at);
        self.running.remove(&(number, Hook::Guardrail(at)));
        far
    }

    fn bounds_something(&mut self, number: usize, at: usize) -> u32 {
        let Some(decision) = self.program.decisions.get(number) else { return NEVER };
        let Some(guardrail) = decision.bounds.get(at) else { return NEVER };
        let mut far = self.guardrail_in_force(guardrail).saturating_add(self.conditions(Some(number), &guardrail.when));
        match &guardrail.verb {
            Verb::Forbid { values, unless, .. } => {
                for (output, cell) in values {
                    far = far.saturating_add(self.produced(number, *output, cell));
                }
                // Of several that forbid, the first one is told as the one that did.
                for earlier in 0..at {
                    if concerns(decision, earlier, values) {
                        far = far.saturating_add(self.passes(number, decision, earlier));
                    }
                }
                far.saturating_add(self.not_met(number, unless))
            }
            Verb::Cap { output, at: limit } => {
                let far = far.saturating_add(self.something(number, decision, *output));
                let far = far.saturating_add(self.over_limit(number, decision, *output, limit));
                far.saturating_add(self.relax(number, decision, *output, Some(at)))
            }
            Verb::Floor { output, at } => far.saturating_add(self.over_limit(number, decision, *output, at)),
            Verb::RequireApproval { .. } | Verb::Hold { .. } | Verb::Refer { .. } => NEVER,
        }
    }

    fn guardrail_in_force(&mut self, guardrail: &Guardrail) -> u32 {
        if guardrail.in_force(self.usual.day) {
            return 0;
        }
        let days = guardrail.from.into_iter().chain(guardrail.until);
        let days = days.map(|day| Step::Set(vec![fact("complaint.policy_date", &Fact::Known(Value::Date(day)))]));
        if self.collecting {
            self.steps.extend(days);
        }
        FACT
    }

    /// The output that is capped is more than nothing.
    fn something(&mut self, number: usize, decision: &Decision, output: usize) -> u32 {
        let nothing = match decision.outputs.get(output).map(|output| &output.kind) {
            Some(Kind::Money) => Value::Money(Money::zero(self.usual.currency)),
            _ => Value::Integer(0),
        };
        let something = Cell::OneOf(vec![Wanted::Compare(Comparison::Over, Bound::Value(nothing))]);
        if self.draft(decision, output).is_some_and(|draft| !draft.is_zero()) {
            return 0;
        }
        self.produced(number, output, &something).max(1)
    }

    /// What an output was before guardrails bounded it, as a number.
    fn draft(&self, decision: &Decision, output: usize) -> Option<Decimal> {
        let declared = decision.outputs.get(output)?;
        let told = self.told();
        let part = told.parts.iter().find(|part| part.name == decision.name)?;
        let bounded = part.changes.iter().find(|change| change.by == "cap" && change.output == declared.name);
        let fact =
            bounded.map_or_else(|| part.results.first().map(|outputs| outputs.at(output)), |change| Some(change.before.clone()));
        fact?.known().and_then(number_of)
    }

    /// The draft lies beyond a limit: the nearer it comes, the better.
    fn over_limit(&mut self, number: usize, decision: &'e Decision, output: usize, limit: &'e Formula) -> u32 {
        let kind = decision.outputs.get(output).map_or(Kind::Money, |output| output.kind.clone());
        let limit_now = self.evaluation.formula(number, limit, &kind).and_then(|fact| fact.known().and_then(number_of));
        let gap = match (self.draft(decision, output), limit_now) {
            (Some(draft), Some(limit)) if draft > limit => 0,
            (Some(draft), Some(limit)) => {
                let part = draft.times(Decimal::new(PARTS, 0)).ok().and_then(|part| part.divided_by(limit).ok());
                let whole = part.and_then(|part| Rounding::default().apply(part, 0).ok()?.to_integer()).unwrap_or(0);
                u32::try_from(PARTS - whole.clamp(0, PARTS)).unwrap_or(0) + 1
            }
            (Some(_), None) => 0,
            (None, _) => u32::try_from(PARTS).unwrap_or(0) + 2,
        };
        if self.collecting && gap > 0 {
            let probe = Probe::Output { decision: number, output };
            self.derive(limit.reads(), None, None, &probe, None, &[]);
            for rule in decision.rules.iter().chain(&decision.otherwise) {
                if let Some(Some(formula)) = rule.then.get(output) {
                    self.derive(formula.reads(), Some(number), None, &probe, None, &[]);
                }
            }
        }
        gap
    }

    /// The caps that cut an output now let it pass, but for one that is meant.
    fn relax(&mut self, number: usize, decision: &'e Decision, output: usize, but: Option<usize>) -> u32 {
        let Some(declared) = decision.outputs.get(output) else { return 0 };
        let told = self.told();
        let Some(part) = told.parts.iter().find(|part| part.name == decision.name) else { return 0 };
        let cutting = |guardrail: &Guardrail| {
            part.changes.iter().any(|change| change.by == "cap" && change.output == declared.name && change.id == guardrail.id)
        };
        let bounds = decision.bounds.iter().enumerate();
        let cutting: Vec<&Guardrail> =
            bounds.filter(|(at, guardrail)| Some(*at) != but && cutting(guardrail)).map(|(_, guardrail)| guardrail).collect();
        for guardrail in &cutting {
            if let (true, Verb::Cap { at, .. }) = (self.collecting, &guardrail.verb) {
                let probe = Probe::Output { decision: number, output };
                self.derive(at.reads(), None, None, &probe, None, &[]);
                self.none_of(number, &guardrail.when);
            }
        }
        if cutting.is_empty() { 0 } else { COMPUTED }
    }

    /// What guardrails say against a value that is wanted in the end.
    pub(super) fn let_pass(&mut self, number: usize, output: usize, cell: &Cell) -> u32 {
        let Some(decision) = self.program.decisions.get(number) else { return NEVER };
        if decision.bounds.is_empty() {
            return 0;
        }
        let kind = decision.outputs.get(output).map_or(Kind::Text, |output| output.kind.clone());
        let wanted = self.usual.satisfying(cell, &kind);
        let mut far = 0u32;
        for (at, guardrail) in decision.bounds.iter().enumerate() {
            let Verb::Forbid { values, .. } = &guardrail.verb else { continue };
            let bounds = self.evaluation.bounds();
            let against = |(put, forbidden): &(usize, Cell)| {
                *put == output && !wanted.is_empty() && wanted.iter().all(|fact| forbidden.holds(fact, bounds) == Ok(true))
            };
            if values.iter().any(against) && self.running.insert((number, Hook::Guardrail(at))) {
                far = far.saturating_add(self.passes(number, decision, at));
                self.running.remove(&(number, Hook::Guardrail(at)));
            }
        }
        if kind.is_ordered() && !matches!(kind, Kind::Enum(_)) {
            far = far.saturating_add(self.relax(number, decision, output, None));
        }
        far
    }

    /// A guardrail that forbids lets pass: it does not concern the case, or what it asks for is met.
    fn passes(&mut self, number: usize, decision: &'e Decision, at: usize) -> u32 {
        let Some(guardrail) = decision.bounds.get(at) else { return 0 };
        let Verb::Forbid { unless, .. } = &guardrail.verb else { return 0 };
        if !guardrail.in_force(self.usual.day) || self.is_out_of_scope(number, &guardrail.when) {
            return 0;
        }
        let other = if guardrail.when.is_empty() { NEVER } else { FACT };
        let collecting = self.collecting;
        let met = if unless.is_empty() { NEVER } else { self.conditions(Some(number), unless) };
        if collecting && met > 0 {
            self.none_of(number, &guardrail.when);
        }
        met.min(other)
    }

    /// Does some condition say no to what is known? What is missing leaves it open, and then a guardrail applies.
    fn is_out_of_scope(&self, number: usize, conditions: &[Condition]) -> bool {
        let facts = self.evaluation.read(Some(number), None, conditions.iter().map(|condition| &condition.path));
        let bounds = self.evaluation.bounds();
        let mut pairs = conditions.iter().zip(facts);
        pairs.any(|(condition, fact)| {
            let fact = fact.unwrap_or(Fact::Missing);
            condition.cell.judge(fact.view(), bounds) == Ok(Judgement::No)
        })
    }

    fn all_hold(&self, number: usize, conditions: &[Condition]) -> bool {
        let facts = self.evaluation.read(Some(number), None, conditions.iter().map(|condition| &condition.path));
        let bounds = self.evaluation.bounds();
        let mut pairs = conditions.iter().zip(&facts);
        pairs.all(|(condition, fact)| fact.as_ref().is_some_and(|fact| condition.cell.holds(fact, bounds) == Ok(true)))
    }

    /// Steps after which not all of some conditions hold.
    fn none_of(&mut self, number: usize, conditions: &'e [Condition]) {
        let facts = self.evaluation.read(Some(number), None, conditions.iter().map(|condition| &condition.path));
        for (condition, now) in conditions.iter().zip(&facts) {
            let frame = Frame { decision: Some(number), item: None };
            self.falsify(frame, &condition.path, &condition.cell, &Cell::Any, now.as_ref());
        }
    }

    /// Not every condition of `unless` is met.
    fn not_met(&mut self, number: usize, unless: &'e [Condition]) -> u32 {
        if unless.is_empty() || !self.all_hold(number, unless) {
            return 0;
        }
        if self.collecting {
            self.none_of(number, unless);
        }
        FACT
    }
}

/// Do two guardrails forbid the same?
fn concerns(decision: &Decision, at: usize, values: &[(usize, Cell)]) -> bool {
    match decision.bounds.get(at).map(|guardrail| &guardrail.verb) {
        Some(Verb::Forbid { values: others, .. }) => others == values,
        _ => false,
    }
}
