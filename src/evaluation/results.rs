//! What the decisions taken so far came to, and the registers in which everything lies meanwhile.

use crate::decision::Part;
use crate::policy::Program;
use crate::policy::compiled::Decision;
use crate::value::{Brief, Fact, Given, Kind, Value};

/// For how many long values room is made with the first.
const KEPT_AT_FIRST: usize = 16;

/// What the decisions taken so far came to.
#[derive(Debug)]
pub(crate) struct Results<'a> {
    /// By number of the decision.
    pub(crate) ended: Vec<Ended>,
    /// Outputs (of decisions with one result), derived inputs and everything that was read, each where the policy has its register.
    registers: Vec<Brief>,
    /// Long values that the policy has written down; a register holds their number.
    written: &'a [Value],
    /// Other values that are too long for a register, which holds their number.
    kept: Vec<Given<'a>>,
}

/// How a decision ended, for those that read it.
#[derive(Clone, Debug)]
pub(crate) enum Ended {
    /// It was not reached, or could not be decided.
    Open,
    /// With one result.
    Single,
    /// With a list of results: their outputs in brief, one result after the other.
    Listed(Vec<Brief>),
}

impl<'a> Results<'a> {
    pub(crate) fn new(program: &'a Program, registers: Vec<Brief>) -> Self {
        let ended = program.decisions.iter().map(|_| Ended::Open).collect();
        Self { ended, registers, written: program.registers.written(), kept: Vec::new() }
    }

    /// What a register holds in brief.
    #[inline]
    pub(crate) fn brief(&self, register: usize) -> Brief {
        self.registers.get(register).copied().unwrap_or(Brief::FRESH)
    }

    /// Sets a register to what is told in brief.
    #[inline]
    pub(crate) fn set_brief(&mut self, register: usize, brief: Brief) {
        if let Some(slot) = self.registers.get_mut(register) {
            *slot = brief;
        }
    }

    /// Sets the registers from one on to what is told in brief.
    #[inline]
    pub(crate) fn set_all(&mut self, from: usize, briefs: &[Brief]) {
        if let Some(slots) = self.registers.get_mut(from..from + briefs.len()) {
            slots.copy_from_slice(briefs);
        }
    }

    /// Sets a register to a value of that kind, however long.
    pub(crate) fn set(&mut self, register: usize, given: Given<'a>, kind: &Kind) {
        let brief = self.keep(given, kind);
        self.set_brief(register, brief);
    }

    /// A value of that kind in brief; one that is too long for that is kept.
    fn keep(&mut self, given: Given<'a>, kind: &Kind) -> Brief {
        let brief = Brief::from(given.view());
        if brief.tells(kind) {
            return brief;
        }
        if self.kept.is_empty() {
            // Where there is one there are more, and room is asked for once.
            self.kept.reserve(KEPT_AT_FIRST);
        }
        self.kept.push(given);
        Brief::kept(self.kept.len() - 1)
    }

    /// The value of that kind that a brief of a register stands for; nothing for a fresh one.
    #[inline]
    pub(crate) fn given(&self, brief: Brief, kind: &'a Kind) -> Option<Given<'a>> {
        if !brief.is_long() {
            return brief.give(kind);
        }
        match brief.number_kept() {
            Some(number) => self.kept.get(number).cloned(),
            None => self.written.get(brief.number_written()?).map(|value| Given::Known(value.into())),
        }
    }

    /// The same as a document holds it: it shares what the policy has written down.
    pub(crate) fn fact(&self, brief: Brief, kind: &'a Kind) -> Fact<Value> {
        match brief.number_written().and_then(|number| self.written.get(number)) {
            Some(value) => Fact::Known(value.clone()),
            None => self.given(brief, kind).map_or(Fact::Missing, Given::into_fact),
        }
    }

    /// Forgets what so many registers hold.
    pub(crate) fn freshen(&mut self, from: usize, count: usize) {
        self.registers.iter_mut().skip(from).take(count).for_each(|register| *register = Brief::FRESH);
    }

    /// An output of a decided decision, a list of the known ones where it has several results.
    pub(crate) fn output(&self, decision: &'a Decision, number: usize, output: usize) -> Option<Given<'a>> {
        match self.ended.get(number)? {
            Ended::Open => None,
            Ended::Single => self.given(self.brief(decision.outputs_at + output), &decision.outputs.get(output)?.kind),
            Ended::Listed(results) => {
                let kind = &decision.outputs.get(output)?.kind;
                let all = results.iter().skip(output).step_by(decision.outputs.len());
                let known = all.filter_map(|brief| match self.fact(*brief, kind) {
                    Fact::Known(value) => Some(value),
                    Fact::Missing | Fact::Unknown => None,
                });
                Some(Given::Own(Value::list(known)))
            }
        }
    }

    /// Takes over what a decision came to.
    pub(crate) fn take(&mut self, decision: &'a Decision, number: usize, part: &Part) {
        self.freshen(decision.outputs_at, decision.outputs.len());
        let ended = if !part.is_decided() {
            Ended::Open
        } else if part.listed {
            let facts = part.results.iter().flat_map(|result| result.iter().zip(&decision.outputs));
            Ended::Listed(facts.map(|((_, fact), output)| self.keep(fact.clone().into(), &output.kind)).collect())
        } else {
            for (at, output) in decision.outputs.iter().enumerate() {
                let given = part.results.first().map_or(Given::Missing, |outputs| outputs.at(at).into());
                self.set(decision.outputs_at + at, given, &output.kind);
            }
            Ended::Single
        };
        if let Some(slot) = self.ended.get_mut(number) {
            *slot = ended;
        }
    }
}
