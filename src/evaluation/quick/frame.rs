//! One run of one decision: what can be read while it runs.

use super::trace::{State, words};
use crate::evaluation::situation::Situation;
use crate::policy::compiled::{Condition, Decision, Formula};
use crate::policy::slots::{Slot, SlotEntry};
use crate::rule::Judgement;
use crate::script::{CallContext, FactPath, Fault, Outcome, Reader, Stop, Template, Unsettled, fit};
use crate::value::{Brief, Fact, Given, Kind, Value, View};
use std::sync::Arc;

/// One run of one decision. A run that is not traced notes nothing, and is otherwise the same.
pub(crate) struct Frame<'s, 'a, const TRACED: bool> {
    pub(crate) situation: &'s Situation<'a>,
    pub(crate) state: &'s mut State<'a>,
    pub(crate) decision: &'a Decision,
    pub(crate) number: usize,
    pub(crate) item: Given<'a>,
    /// May the bundle's assumptions stand in for missing facts? Never for a guardrail.
    assuming: bool,
    /// What only a reason reads is no input of the decision.
    noting: bool,
    /// Where the bits of its decision begin.
    reads_at: usize,
    pub(crate) own: Vec<(usize, Fact<Value>)>,
    pub(crate) strict: Vec<usize>,
    pub(crate) context: CallContext<'s>,
}

impl<'s, 'a, const TRACED: bool> Frame<'s, 'a, TRACED> {
    #[inline]
    pub(crate) fn new(situation: &'s Situation<'a>, state: &'s mut State<'a>, decision: &'a Decision, number: usize) -> Self {
        Self {
            situation,
            state,
            decision,
            number,
            item: Given::Missing,
            assuming: true,
            noting: TRACED,
            reads_at: if TRACED { number.saturating_mul(words(situation.program)) } else { 0 },
            own: Vec::new(),
            strict: Vec::new(),
            context: situation.context(),
        }
    }

    /// Sets out on another item of a loop.
    pub(crate) fn turn_to(&mut self, item: Given<'a>) {
        self.item = item;
        let lets = self.state.lets.iter_mut().skip(self.decision.lets_at).take(self.decision.lets.len());
        lets.for_each(|slot| *slot = None);
    }

    /// The bits of what was read.
    pub(crate) fn reads(&mut self) -> &mut [u64] {
        let words = words(self.situation.program);
        self.state.reads.get_mut(self.reads_at..self.reads_at + words).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn has_read(&self, slot: usize) -> bool {
        self.state.reads.get(self.reads_at + slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    #[inline]
    fn note(&mut self, slot: usize) {
        if let Some(word) = self.state.reads.get_mut(self.reads_at + slot / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    /// An output of the draft.
    #[inline]
    pub(crate) fn draft(&self, output: usize) -> Given<'a> {
        self.state.results.values.get(self.decision.outputs_at + output).cloned().unwrap_or(Given::Missing)
    }

    /// Sets an output of the draft.
    #[inline]
    pub(crate) fn set(&mut self, output: usize, given: Given<'a>) {
        if let Some(slot) = self.state.results.values.get_mut(self.decision.outputs_at + output) {
            *slot = given;
        }
    }

    #[inline]
    fn derived(&mut self, index: usize) -> Result<Given<'a>, Unsettled> {
        match self.state.lets.get(self.decision.lets_at + index) {
            Some(Some(known)) => Ok(known.clone()),
            _ => self.derive(index),
        }
    }

    #[inline(never)]
    fn derive(&mut self, index: usize) -> Result<Given<'a>, Unsettled> {
        let derived = self.decision.lets.get(index).ok_or(Unsettled)?;
        let given = self.formula(&derived.formula, &derived.kind)?;
        if let Some(slot) = self.state.lets.get_mut(self.decision.lets_at + index) {
            *slot = Some(given.clone());
        }
        Ok(given)
    }

    /// Notes an output of the draft as it is when it is read first.
    #[inline(never)]
    fn note_own(&mut self, number: usize, output: usize) {
        let fact = self.draft(output).into_fact();
        self.own.push((number, fact));
    }

    /// A group of parameters, put together.
    #[inline(never)]
    fn group(&self, group: usize) -> Given<'a> {
        let Situation { program, policy_date, currency, .. } = self.situation;
        let record = program.params.group_value(group, *policy_date, *currency);
        record.map_or(Given::Missing, |record| Given::Own(Value::Record(record)))
    }

    /// The result of a formula, as the declared kind has it.
    #[inline]
    pub(crate) fn formula(&mut self, formula: &'a Formula, kind: &'a Kind) -> Result<Given<'a>, Unsettled> {
        match formula {
            Formula::Literal(literal) => self.situation.give(literal).ok_or(Unsettled),
            Formula::Expression(expression) => {
                let context = self.context;
                fit(expression.quick(self, &context)?, kind)
            }
        }
    }

    /// A formula of a guardrail: without assumptions.
    pub(crate) fn strict_formula(&mut self, formula: &'a Formula, kind: &'a Kind) -> Result<Given<'a>, Unsettled> {
        let before = std::mem::replace(&mut self.assuming, false);
        let result = self.formula(formula, kind);
        self.assuming = before;
        result
    }

    /// What a path gives.
    #[inline]
    pub(crate) fn path(&mut self, path: &'a FactPath) -> Result<Given<'a>, Unsettled> {
        self.read(path.slot).map(|given| path.give(given))
    }

    /// The same in brief; long where only the path itself tells.
    #[inline]
    pub(crate) fn brief(&mut self, path: &'a FactPath) -> Brief {
        let number = path.slot;
        let entry = match self.situation.program.slots.get(number) {
            Some(entry) if path.is_whole() => entry,
            _ => return Brief::LONG,
        };
        let brief = match (entry.slot, entry.fact) {
            (Slot::Fact(_), Some(fact)) => match (fact.brief(self.situation.case), &entry.assumed) {
                (Brief::MISSING, Some(assumed)) if self.assuming => {
                    self.situation.give(assumed).map_or(Brief::LONG, |given| given.view().into())
                }
                (Brief::MISSING, Some(_)) => Brief::LONG,
                (brief, _) => brief,
            },
            (Slot::Output { decision, output }, _) if decision != self.number => {
                let read = self.situation.program.decisions.get(decision);
                read.and_then(|read| self.state.results.brief(read, decision, output)).unwrap_or(Brief::LONG)
            }
            (Slot::Let { index, .. }, _) => match self.state.lets.get(self.decision.lets_at + index) {
                Some(Some(known)) => known.view().into(),
                _ => Brief::LONG,
            },
            _ => Brief::LONG,
        };
        if TRACED && self.noting && brief != Brief::LONG {
            self.note(number);
        }
        brief
    }

    /// Does something hold of the facts as they were given, without assumptions?
    pub(crate) fn judge(&mut self, conditions: &'a [Condition]) -> Result<Judgement, Unsettled> {
        let before = std::mem::replace(&mut self.assuming, false);
        let mut whole = Ok(Judgement::Yes);
        for condition in conditions {
            match self.path(&condition.path).and_then(|given| judge_one(condition, &given, self.situation)) {
                Ok(Judgement::Yes) => {}
                Ok(Judgement::Open) => whole = Ok(Judgement::Open),
                ended => {
                    whole = ended;
                    break;
                }
            }
        }
        self.assuming = before;
        whole
    }

    /// Do all conditions hold, as those of a rule do?
    pub(crate) fn holds(&mut self, conditions: &'a [Condition]) -> Result<bool, Unsettled> {
        for condition in conditions {
            let given = self.path(&condition.path)?;
            if !condition.cell.holds_of(given.view(), self.situation).map_err(|_| Unsettled)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A slot as plugins and templates read it.
    pub(crate) fn outcome(&mut self, slot: usize) -> Result<Outcome, Stop> {
        let program = self.situation.program;
        match (self.read(slot), program.slots.get(slot)) {
            (Ok(given), Some(entry)) => Ok(Outcome::of(given.into_fact(), &entry.name)),
            // Who calls sees only that it is not settled, and asks the definition why.
            _ => Err(Stop::Fault(Fault::runtime("this is for the definition to tell", None))),
        }
    }

    /// A reason, filled in; it leaves no trace.
    pub(crate) fn because(&mut self, template: Option<&Template>) -> Arc<str> {
        let Some(template) = template else { return "".into() };
        if let Some(plain) = template.plain() {
            return plain.clone();
        }
        let before = std::mem::replace(&mut self.noting, false);
        let text = template.render(&mut |slot| self.outcome(slot));
        self.noting = before;
        text.into()
    }
}

fn judge_one(condition: &Condition, given: &Given<'_>, situation: &Situation<'_>) -> Result<Judgement, Unsettled> {
    condition.cell.judge(given.view(), situation).map_err(|_| Unsettled)
}

impl<'a, const TRACED: bool> Reader<'a> for Frame<'_, 'a, TRACED> {
    fn read(&mut self, number: usize) -> Result<Given<'a>, Unsettled> {
        let situation = self.situation;
        let program = situation.program;
        let entry = program.slots.get(number).ok_or(Unsettled)?;
        let given = match entry.slot {
            Slot::Fact(_) => self.assumed(number, entry, entry.fact.ok_or(Unsettled)?.given(situation.case))?,
            Slot::Param(param) => program.params.give(param, situation.policy_date, situation.currency).ok_or(Unsettled)?,
            Slot::Output { decision, output } if decision != self.number => {
                let read = program.decisions.get(decision).ok_or(Unsettled)?;
                self.state.results.output(read, decision, output).ok_or(Unsettled)?
            }
            Slot::Let { index, .. } => self.derived(index)?,
            Slot::Own { output, .. } => return Ok(self.draft(output)),
            Slot::Output { output, .. } => {
                if TRACED && self.noting && !self.has_read(number) {
                    self.note_own(number, output);
                }
                self.draft(output)
            }
            Slot::Item { .. } => self.item.clone(),
            Slot::Extra(at) => {
                let given = situation.extras.get(at).cloned().unwrap_or(Given::Missing);
                self.assumed(number, entry, given)?
            }
            Slot::ParamGroup(group) => return Ok(self.group(group)),
            Slot::At => Given::Known(View::DateTime(situation.at)),
            Slot::PolicyDate => Given::Known(View::Date(situation.policy_date)),
        };
        if TRACED && self.noting {
            self.note(number);
        }
        Ok(given)
    }

    fn entry(&mut self, slot: usize, name: &str) -> Option<Given<'a>> {
        let situation = self.situation;
        let program = situation.program;
        match program.slots.get(slot)?.slot {
            Slot::ParamGroup(group) => program.params.give_member(group, name, situation.policy_date, situation.currency),
            _ => None,
        }
    }

    fn is_group(&self, slot: usize) -> bool {
        self.situation.program.slots.get(slot).is_some_and(|entry| matches!(entry.slot, Slot::ParamGroup(_)))
    }
}

impl<'a, const TRACED: bool> Frame<'_, 'a, TRACED> {
    /// A fact, or what the bundle assumes where the case leaves it out and the reader may have that.
    #[inline]
    fn assumed(&mut self, slot: usize, entry: &'a SlotEntry, given: Given<'a>) -> Result<Given<'a>, Unsettled> {
        match (&given, &entry.assumed) {
            (Given::Missing, Some(assumed)) if self.assuming => self.situation.give(assumed).ok_or(Unsettled),
            (Given::Missing, Some(_)) => {
                if TRACED && self.noting && !self.has_read(slot) {
                    self.strict.push(slot);
                }
                Ok(given)
            }
            _ => Ok(given),
        }
    }
}
