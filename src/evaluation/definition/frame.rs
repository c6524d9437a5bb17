//! One run of one decision (of one item of its loop): derived inputs on demand, and a note of everything that was read.

use crate::decision::{Outputs, ReadNote};
use crate::evaluation::results::Results;
use crate::evaluation::situation::Situation;
use crate::policy::compiled::{Condition, Decision, Formula};
use crate::policy::slots::Slot;
use crate::rule::Judgement;
use crate::script::{Absent, FactPath, Fault, Outcome, Stop, Template, coerce};
use crate::text::Place;
use crate::value::{Fact, Kind, Trouble, Value};
use std::sync::Arc;

/// A derived input while a decision runs.
#[derive(Clone)]
enum LetState {
    Fresh,
    Running,
    Done(Outcome),
}

/// One run of one decision.
pub(crate) struct Frame<'a> {
    pub(crate) situation: &'a Situation<'a>,
    pub(crate) results: &'a Results<'a>,
    pub(crate) decision: &'a Decision,
    pub(crate) number: usize,
    item: Option<Value>,
    lets: Vec<LetState>,
    /// The draft, once there is one: guardrails and reasons read it.
    pub(crate) draft: Option<Outputs>,
    /// May the bundle's assumptions stand in for missing facts? Never for a guardrail.
    assuming: bool,
    /// What was read, in order, each slot once.
    pub(crate) reads: Vec<(usize, ReadNote)>,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(
        (situation, results): (&'a Situation<'a>, &'a Results<'a>),
        decision: &'a Decision,
        number: usize,
        item: Option<Value>,
    ) -> Self {
        let lets = vec![LetState::Fresh; decision.lets.len()];
        Self { situation, results, decision, number, item, lets, draft: None, assuming: true, reads: Vec::new() }
    }

    /// What a slot holds for this run.
    pub(crate) fn read(&mut self, number: usize) -> Result<Outcome, Stop> {
        let Some(entry) = self.situation.program.slots.get(number) else {
            return Err(Stop::Fault(Fault::runtime("something is read that does not exist", None)));
        };
        let mut assumed = false;
        let outcome = match entry.slot {
            Slot::Let { index, .. } => self.derived(index)?,
            Slot::Item { .. } => match &self.item {
                Some(item) => Outcome::Known(item.clone()),
                None => Outcome::Absent(Absent::missing(entry.name.as_ref())),
            },
            Slot::Own { output, .. } => self.own(output, &entry.name),
            Slot::Output { decision, output } if decision == self.number => self.own(output, &entry.name),
            Slot::Fact(_) | Slot::Extra(_) => {
                let read = self.situation.read(self.results, number)?;
                match self.assumption(number, &read)? {
                    Some(value) => {
                        assumed = true;
                        Outcome::Known(value)
                    }
                    None => read,
                }
            }
            _ => self.situation.read(self.results, number)?,
        };
        if !self.reads.iter().any(|(known, _)| *known == number) && !matches!(entry.slot, Slot::Own { .. } | Slot::ParamGroup(_))
        {
            let note = ReadNote::new(entry.name.clone(), outcome.to_fact(), assumed);
            self.reads.push((number, note));
        }
        Ok(outcome)
    }

    fn own(&self, output: usize, name: &str) -> Outcome {
        let fact = self.draft.as_ref().map_or(Fact::Missing, |draft| draft.at(output));
        Outcome::of(fact, name)
    }

    /// What the bundle assumes for a missing fact; nothing for an unknown one.
    fn assumption(&self, number: usize, read: &Outcome) -> Result<Option<Value>, Stop> {
        let missing = matches!(read, Outcome::Absent(absent) if !absent.unknown);
        if !missing || !self.assuming {
            return Ok(None);
        }
        match self.situation.program.slots.get(number).and_then(|entry| entry.assumed.as_ref()) {
            Some(assumed) => Ok(self.situation.literal(assumed)?.known().cloned()),
            None => Ok(None),
        }
    }

    fn derived(&mut self, index: usize) -> Result<Outcome, Stop> {
        match self.lets.get(index) {
            Some(LetState::Done(outcome)) => return Ok(outcome.clone()),
            Some(LetState::Fresh) => {}
            // A circle of derived inputs is refused when the bundle is loaded.
            _ => return Err(Stop::Fault(Fault::runtime("a derived input reads itself", None))),
        }
        if let Some(state) = self.lets.get_mut(index) {
            *state = LetState::Running;
        }
        let decision = self.decision;
        let Some(derived) = decision.lets.get(index) else {
            return Err(Stop::Fault(Fault::runtime("a derived input does not exist", None)));
        };
        let outcome = self.formula(&derived.formula, &derived.kind, &derived.name, &derived.place);
        if let Some(state) = self.lets.get_mut(index) {
            *state = match &outcome {
                Ok(outcome) => LetState::Done(outcome.clone()),
                Err(_) => LetState::Fresh,
            };
        }
        outcome
    }

    /// The result of a formula, as the declared kind has it.
    pub(crate) fn formula(&mut self, formula: &Formula, kind: &Kind, what: &str, place: &Place) -> Result<Outcome, Stop> {
        let outcome = match formula {
            Formula::Literal(literal) => Outcome::of(self.situation.literal(literal)?, what),
            Formula::Expression(expression) => {
                let context = self.situation.context();
                expression.evaluate(&mut |slot| self.read(slot), &context)?
            }
        };
        match outcome {
            Outcome::Known(value) => match coerce(value, kind) {
                Ok(value) => Ok(Outcome::Known(value)),
                Err(trouble) => Err(Stop::Fault(Fault::runtime(format!("`{what}`: {trouble}"), Some(place.clone())))),
            },
            Outcome::Absent(absent) => match lacking_param(&absent) {
                Some(path) => {
                    let message = format!("`{path}` has no value for this case");
                    Err(Stop::Fault(Fault::runtime(message, Some(place.clone()))))
                }
                None => Ok(Outcome::Absent(absent)),
            },
        }
    }

    /// What a path gives: its slot, and the fields below it.
    pub(crate) fn path(&mut self, path: &FactPath) -> Result<Outcome, Stop> {
        let slot = self.read(path.slot)?;
        Ok(path.read(slot))
    }

    /// A reason, filled in.
    pub(crate) fn because(&mut self, template: Option<&Template>) -> Arc<str> {
        let Some(template) = template else { return "".into() };
        // What only the reason reads is no input of the decision, and leaves no trace.
        let (keep, lets) = (self.reads.len(), self.lets.clone());
        let text = template.render(&mut |slot| self.read(slot));
        self.reads.truncate(keep);
        self.lets = lets;
        text.into()
    }

    /// Does something hold of the facts as they were given, without assumptions? `Open` where it depends on what is missing or
    /// unknown (invariant 4, *unknown is not no*).
    pub(crate) fn judge(&mut self, conditions: &[Condition]) -> Result<Judgement, Stop> {
        let before = std::mem::replace(&mut self.assuming, false);
        let result = self.judge_all(conditions);
        self.assuming = before;
        result
    }

    fn judge_all(&mut self, conditions: &[Condition]) -> Result<Judgement, Stop> {
        let mut whole = Judgement::Yes;
        for condition in conditions {
            let fact = self.path(&condition.path)?.to_fact();
            match condition.cell.judge(fact.view(), self.situation).map_err(trouble)? {
                Judgement::No => return Ok(Judgement::No),
                Judgement::Open => whole = Judgement::Open,
                Judgement::Yes => {}
            }
        }
        Ok(whole)
    }

    /// A formula of a guardrail: without assumptions.
    pub(crate) fn strict_formula(&mut self, formula: &Formula, kind: &Kind, what: &str, place: &Place) -> Result<Outcome, Stop> {
        let before = std::mem::replace(&mut self.assuming, false);
        let result = self.formula(formula, kind, what, place);
        self.assuming = before;
        result
    }
}

/// A parameter that has no value for this case is a gap in the bundle, not a fact that somebody could bring.
fn lacking_param(absent: &Absent) -> Option<&str> {
    absent.facts.iter().map(String::as_str).find(|fact| fact.starts_with("params."))
}

#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`, which gives it away")]
pub(crate) fn trouble(trouble: Trouble) -> Stop {
    Stop::Fault(Fault::runtime(trouble.to_string(), None))
}
