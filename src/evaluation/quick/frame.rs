//! One run of one decision: what can be read while it runs.

use super::trace::{State, words};
use crate::evaluation::situation::Situation;
use crate::policy::compiled::{Condition, Decision, Formula};
use crate::policy::slots::Slot;
use crate::rule::Judgement;
use crate::script::{FactPath, Fault, Outcome, Reader, Stop, Template, Unsettled, fit};
use crate::value::{Brief, Fact, Given, Kind, Value};
use std::sync::Arc;

/// One run of one decision. A run that is not traced notes nothing, and is otherwise the same.
pub(crate) struct Frame<'s, 'a, const TRACED: bool> {
    pub(crate) situation: &'s Situation<'a>,
    pub(crate) state: &'s mut State<'a>,
    pub(crate) decision: &'a Decision,
    pub(crate) number: usize,
    pub(crate) item: Given<'a>,
    /// May the bundle's assumptions stand in for missing facts? Never for a guardrail.
    pub(super) assuming: bool,
    /// What only a reason reads is no input of the decision.
    pub(super) noting: bool,
    /// Where the bits of its decision begin.
    reads_at: usize,
    pub(crate) own: Vec<(usize, Brief)>,
    pub(crate) strict: Vec<usize>,
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
        }
    }

    /// The same run once it is over: what is read to tell of it is no input of the decision.
    pub(crate) fn afterwards(self) -> Self {
        Self { noting: false, ..self }
    }

    /// Sets out on another item of a loop.
    pub(crate) fn turn_to(&mut self, item: Given<'a>) {
        self.item = item;
        self.state.results.freshen(self.decision.lets_at, self.decision.lets.len());
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
    pub(super) fn note(&mut self, slot: usize) {
        if let Some(word) = self.state.reads.get_mut(self.reads_at + slot / 64) {
            *word |= 1 << (slot % 64);
        }
    }

    /// An output of the draft.
    pub(crate) fn draft(&self, output: usize) -> Given<'a> {
        let kind = self.decision.outputs.get(output).map(|output| &output.kind);
        kind.and_then(|kind| self.state.results.given(self.draft_in_brief(output), kind)).unwrap_or(Given::Missing)
    }

    /// The same as a document holds it.
    pub(crate) fn draft_fact(&self, output: usize) -> Fact<Value> {
        let kind = self.decision.outputs.get(output).map(|output| &output.kind);
        kind.map_or(Fact::Missing, |kind| self.state.results.fact(self.draft_in_brief(output), kind))
    }

    /// An output of the draft in brief.
    #[inline]
    pub(crate) fn draft_in_brief(&self, output: usize) -> Brief {
        self.state.results.brief(self.decision.outputs_at + output)
    }

    /// Sets an output of the draft.
    pub(crate) fn set(&mut self, output: usize, given: Given<'a>) {
        if let Some(declared) = self.decision.outputs.get(output) {
            self.state.results.set(self.decision.outputs_at + output, given, &declared.kind);
        }
    }

    /// Sets an output of the draft to what is told in brief.
    #[inline]
    pub(crate) fn set_brief(&mut self, output: usize, brief: Brief) {
        self.state.results.set_brief(self.decision.outputs_at + output, brief);
    }

    /// Sets all outputs of the draft to what is told in brief.
    #[inline]
    pub(crate) fn set_all(&mut self, briefs: &[Brief]) {
        self.state.results.set_all(self.decision.outputs_at, briefs);
    }

    pub(super) fn derived(&mut self, index: usize) -> Result<Given<'a>, Unsettled> {
        let derived = self.decision.lets.get(index).ok_or(Unsettled)?;
        let mut brief = self.state.results.brief(self.decision.lets_at + index);
        if brief.is_fresh() {
            brief = self.derive(index)?;
        }
        self.state.results.given(brief, &derived.kind).ok_or(Unsettled)
    }

    /// Works out a derived input; what its register holds then.
    #[inline(never)]
    pub(super) fn derive(&mut self, index: usize) -> Result<Brief, Unsettled> {
        let derived = self.decision.lets.get(index).ok_or(Unsettled)?;
        let register = self.decision.lets_at + index;
        let brief = self.formula_in_brief(&derived.formula, &derived.kind);
        if brief.is_long() {
            let given = self.formula_at_length(&derived.formula, &derived.kind)?;
            self.state.results.set(register, given, &derived.kind);
        } else {
            self.state.results.set_brief(register, brief);
        }
        Ok(self.state.results.brief(register))
    }

    /// Notes an output of the draft as it is when it is read first.
    pub(super) fn note_own(&mut self, number: usize, draft: Brief) {
        if TRACED && self.noting && !self.has_read(number) {
            self.own.push((number, draft));
        }
    }

    /// What an output of the decision was when its register held that.
    pub(crate) fn own_at(&self, slot: usize, draft: Brief) -> Given<'a> {
        let output = match self.situation.program.slots.get(slot).map(|entry| entry.slot) {
            Some(Slot::Output { output, .. }) => self.decision.outputs.get(output),
            _ => None,
        };
        output.and_then(|output| self.state.results.given(draft, &output.kind)).unwrap_or(Given::Missing)
    }

    /// A group of parameters, put together.
    #[inline(never)]
    pub(super) fn group(&self, group: usize) -> Given<'a> {
        let Situation { program, policy_date, currency, .. } = self.situation;
        let record = program.params.group_value(group, (*policy_date, *currency), &|pack| self.situation.pack_applies(pack));
        record.map_or(Given::Missing, |record| Given::Own(Value::Record(record)))
    }

    /// The result of a formula, as the declared kind has it.
    pub(crate) fn formula(&mut self, formula: &'a Formula, kind: &'a Kind) -> Result<Given<'a>, Unsettled> {
        match self.formula_in_brief(formula, kind).give(kind) {
            Some(given) => Ok(given),
            None => self.formula_at_length(formula, kind),
        }
    }

    /// The same in brief; long where only the whole value tells.
    #[inline]
    pub(crate) fn formula_in_brief(&mut self, formula: &'a Formula, kind: &'a Kind) -> Brief {
        let brief = match formula {
            Formula::Literal(literal) => self.situation.brief(literal),
            Formula::Expression(expression) => expression.brief(self),
        };
        brief.fit(kind)
    }

    #[inline(never)]
    pub(crate) fn formula_at_length(&mut self, formula: &'a Formula, kind: &'a Kind) -> Result<Given<'a>, Unsettled> {
        match formula {
            Formula::Literal(literal) => self.situation.give(literal).ok_or(Unsettled),
            Formula::Expression(expression) => fit(expression.quick(self)?, kind),
        }
    }

    /// A formula of a guardrail in brief: without assumptions.
    pub(crate) fn strict_formula(&mut self, formula: &'a Formula, kind: &'a Kind) -> Brief {
        let before = std::mem::replace(&mut self.assuming, false);
        let mut brief = self.formula_in_brief(formula, kind);
        if brief.is_long()
            && let Ok(given) = self.formula_at_length(formula, kind)
        {
            brief = Brief::from(given.view()).fit(kind);
        }
        self.assuming = before;
        brief
    }

    /// Notes the columns that registers tell: a table reads them all.
    #[inline]
    pub(crate) fn note_columns(&mut self) {
        if TRACED && self.noting {
            for (word, bits) in &self.decision.columns_at.noted {
                if let Some(noted) = self.state.reads.get_mut(self.reads_at + word) {
                    *noted |= bits;
                }
            }
        }
    }

    /// The input of a column in brief, once the columns are noted.
    #[inline]
    pub(crate) fn column(&mut self, column: usize) -> Brief {
        let decision = self.decision;
        match decision.columns_at.registers.get(column).map(|register| self.state.results.brief(*register)) {
            Some(brief) if !brief.is_long() => brief,
            _ => decision.columns.get(column).map_or(Brief::LONG, |path| self.path_in_brief(path)),
        }
    }

    /// What a path gives.
    #[inline]
    pub(crate) fn path(&mut self, path: &'a FactPath) -> Result<Given<'a>, Unsettled> {
        self.read(path.slot).map(|given| path.give(given))
    }

    /// The same in brief; long where only the whole value tells.
    #[inline]
    pub(crate) fn path_in_brief(&mut self, path: &'a FactPath) -> Brief {
        if path.is_whole() { self.brief(path.slot) } else { self.brief_below(path) }
    }

    /// Does something hold of the facts as they were given, without assumptions?
    pub(crate) fn judge(&mut self, conditions: &'a [Condition]) -> Result<Judgement, Unsettled> {
        let before = std::mem::replace(&mut self.assuming, false);
        let mut whole = Ok(Judgement::Yes);
        for condition in conditions {
            match self.judge_one(condition) {
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

    fn judge_one(&mut self, condition: &'a Condition) -> Result<Judgement, Unsettled> {
        let brief = self.path_in_brief(&condition.path);
        if let Some(judgement) = condition.quick.judge(brief, self.situation.bare_mark) {
            return Ok(judgement);
        }
        let given = self.path(&condition.path)?;
        condition.cell.judge(given.view(), self.situation).map_err(|_| Unsettled)
    }

    /// Do all conditions hold, as those of a rule do?
    pub(crate) fn holds(&mut self, conditions: &'a [Condition]) -> Result<bool, Unsettled> {
        for condition in conditions {
            // What would be open does not hold of a rule.
            if self.judge_one(condition)? != Judgement::Yes {
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
