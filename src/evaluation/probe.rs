//! A look into a case that has been decided: what a path gives in the frame of a decision, for those who search for cases.

use super::definition::Frame;
use super::whole::Evaluation;
use crate::case::Case;
use crate::decision::Outputs;
use crate::policy::compiled::{Formula, Guardrail};
use crate::policy::literal::Literal;
use crate::policy::slots::Slot;
use crate::rule::{Bounds, Judgement};
use crate::script::{CallContext, FactPath, Outcome, Stop};
use crate::value::{Currency, Date, DateTime, Fact, Given, Kind, Value};

impl Evaluation<'_> {
    /// What paths give in the frame of a decision, for one of its items where it has a loop; nothing for a path that cannot be read.
    /// Without a decision, only facts, parameters and finished outputs are in reach.
    pub(crate) fn read<'p>(
        &self,
        decision: Option<usize>,
        item: Option<&Value>,
        paths: impl IntoIterator<Item = &'p FactPath>,
    ) -> Vec<Option<Fact<Value>>> {
        let program = self.situation.program;
        let found = decision.and_then(|number| program.decisions.get(number).map(|decision| (decision, number)));
        let state = self.state.borrow();
        let (decision, number) = found.unwrap_or((&program.nobody, usize::MAX));
        let mut frame = Frame::new((&self.situation, &state.results), decision, number, item.cloned());
        let outputs = decision.outputs.iter().enumerate();
        let own = outputs.map(|(at, output)| {
            let given = state.results.output(decision, number, at);
            (output.name.clone(), given.map_or(Fact::Missing, Given::into_fact))
        });
        frame.draft = Some(Outputs::new(own.collect()));
        paths.into_iter().map(|path| frame.path(path).ok().map(|outcome| outcome.to_fact())).collect()
    }

    /// The items that a decision with a loop decides.
    pub(crate) fn items(&self, decision: usize) -> Vec<Value> {
        let list = self.situation.program.decisions.get(decision).and_then(|decision| decision.for_each.as_ref());
        let state = self.state.borrow();
        let mut frame = Frame::new((&self.situation, &state.results), &self.situation.program.nobody, usize::MAX, None);
        match list.map(|list| frame.path(list)) {
            Some(Ok(Outcome::Known(Value::List(items)))) => items.to_vec(),
            _ => Vec::new(),
        }
    }

    /// What an output came to; nothing where its decision was not decided.
    pub(crate) fn output_at(&self, decision: usize, output: usize) -> Option<Fact<Value>> {
        let found = self.situation.program.decisions.get(decision)?;
        self.state.borrow().results.output(found, decision, output).map(Given::into_fact)
    }

    /// Does a guardrail over the finished draft apply? What depends on something missing or unknown applies (invariant 4).
    pub(crate) fn applies(&self, guardrail: &Guardrail) -> bool {
        let program = self.situation.program;
        let state = self.state.borrow();
        let mut frame = Frame::new((&self.situation, &state.results), &program.nobody, usize::MAX, None);
        guardrail.in_force(self.situation.policy_date)
            && !matches!(frame.judge(&guardrail.when), Ok(Judgement::No) | Err(Stop::NotDecided(_)))
    }

    /// What a formula of a guardrail comes to in the frame of a decision: without assumptions.
    pub(crate) fn formula(&self, number: usize, formula: &Formula, kind: &Kind) -> Option<Fact<Value>> {
        let decision = self.situation.program.decisions.get(number)?;
        let state = self.state.borrow();
        let mut frame = Frame::new((&self.situation, &state.results), decision, number, None);
        frame.strict_formula(formula, kind, &decision.name, &decision.place).ok().map(|outcome| outcome.to_fact())
    }

    /// What a slot gives in the frame of a decision, for one that has no loop: with what the bundle assumes, or without. Nothing where it
    /// cannot be read.
    pub(crate) fn slot(&self, number: usize, slot: usize, assuming: bool) -> Option<Fact<Value>> {
        let program = self.situation.program;
        let entry = program.slots.get(slot)?;
        if !assuming && matches!(entry.slot, Slot::Fact(_) | Slot::Extra(_)) {
            return Some(self.situation.bare_fact(slot));
        }
        self.read(Some(number), None, [&FactPath::of_slot(slot, entry.name.clone())]).pop().flatten()
    }

    /// What a formula comes to in the frame of a decision: with what the bundle assumes, or without. Nothing where it fails.
    pub(crate) fn worked_out(&self, number: usize, formula: &Formula, kind: &Kind, assuming: bool) -> Option<Fact<Value>> {
        if !assuming {
            return self.formula(number, formula, kind);
        }
        let decision = self.situation.program.decisions.get(number)?;
        let state = self.state.borrow();
        let mut frame = Frame::new((&self.situation, &state.results), decision, number, None);
        frame.formula(formula, kind, &decision.name, &decision.place).ok().map(|outcome| outcome.to_fact())
    }

    /// The obligation whose breach decided the case, if one did.
    pub(crate) fn is_conceded(&self) -> bool {
        self.situation.conceded.get().is_some()
    }

    /// What functions may know of the case.
    pub(crate) fn context(&self) -> CallContext<'_> {
        self.situation.context()
    }

    /// What a literal means for this case.
    pub(crate) fn literal(&self, literal: &Literal) -> Option<Fact<Value>> {
        self.situation.literal(literal).ok()
    }

    /// What bounds in cells mean for this case.
    pub(crate) fn bounds(&self) -> &dyn Bounds {
        &self.situation
    }

    /// The case that was decided.
    pub(crate) fn case(&self) -> &Case {
        self.situation.case
    }

    /// The currency of the case.
    pub(crate) fn currency(&self) -> Option<Currency> {
        self.situation.currency
    }

    /// What time it is.
    pub(crate) fn at(&self) -> DateTime {
        self.situation.at
    }

    /// The day whose policy applies.
    pub(crate) fn policy_date(&self) -> Date {
        self.situation.policy_date
    }
}
