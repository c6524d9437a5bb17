//! A case that has been decided, in memory.

use super::circumstances::{Circumstances, PluginCalls};
use super::definition::{self, Finished};
use super::error::{DecideError, no_case_id};
use super::quick::{self, State, Taken};
use super::reads::Ledger;
use super::situation::Situation;
use super::{clock_notes, clocks, digest, finals, telling};
use crate::case::{Case, registry};
use crate::decision::{Assembly, Decision, FaultNote, Inputs, PackNote, Part, Safeguard, assemble};
use crate::policy::Program;
use crate::policy::packs::Pack;
use crate::script::Unsettled;
use crate::value::{DateTime, Fact, Given, Value};
use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

/// How decisions are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Traced,
    Untraced,
    ByDefinition,
}

/// How one decision was taken.
#[derive(Debug)]
pub(super) enum Record<'a> {
    Open,
    Quick(Taken<'a>),
    Told(Box<Finished>),
}

/// A case that has been decided, in memory: what every decision came to, and what is needed to tell why.
///
/// The texts of a decision (reasons, near misses, digests) are made when [`Evaluation::decision`] asks for them.
pub struct Evaluation<'a> {
    pub(super) situation: Situation<'a>,
    pub(super) order: &'a [usize],
    way: Way,
    pub(super) state: RefCell<State<'a>>,
    pub(super) records: Vec<Record<'a>>,
    /// The guardrails over the finished draft that apply, where the quick way could tell.
    pub(super) finals: Option<Vec<usize>>,
    /// Numbers of the plugins that were reached while they were in quarantine.
    quarantined: Vec<usize>,
}

impl fmt::Debug for Evaluation<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Evaluation({} of {:?})", self.situation.case.id(), self.situation.program.name.bundle)
    }
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(
        program: &'a Program,
        order: &'a [usize],
        case: &'a Case,
        at: DateTime,
        (way, circumstances): (Way, &Circumstances),
        calls: &mut PluginCalls,
    ) -> Result<Self, DecideError> {
        if program.disputes && case.complaint.case_id.known().is_none() {
            return Err(DecideError::InvalidCase([no_case_id(case)].into_iter().collect()));
        }
        if !case.is_sound() {
            return Err(DecideError::InvalidCase(case.check()));
        }
        let situation = Situation::new(program, case, at, circumstances.clone()).map_err(DecideError::InvalidCase)?;
        let date = situation.policy_date;
        let (from, until) = program.effective;
        // Invariant 9, in force: a policy outside its dates never decides.
        if from.is_some_and(|from| date < from) || until.is_some_and(|until| until < date) {
            return Err(DecideError::NotInForce { bundle: program.name.bundle.clone(), date, from, until });
        }
        let registers = program.registers.filled(case, situation.bare_mark, situation.currency);
        let mut state = State::new(program, registers, way == Way::Traced);
        clocks::run_first(&situation, &state.results);
        let mut records: Vec<Record<'a>> = program.decisions.iter().map(|_| Record::Open).collect();
        let decided = take_all(&situation, order, way, &mut state, &mut records);
        let log = situation.take_log();
        *calls = log.calls;
        decided?;
        let finals = if way == Way::ByDefinition { None } else { finals::quickly(&situation, &mut state) };
        Ok(Self { situation, order, way, state: RefCell::new(state), records, finals, quarantined: log.quarantined })
    }

    /// What an output came to: a list where its decision has several results, missing where it was not decided or does not exist.
    #[must_use]
    pub fn output(&self, decision: &str, output: &str) -> Fact<Value> {
        let decisions = &self.situation.program.decisions;
        let found = decisions.iter().enumerate().find(|(_, each)| *each.name == *decision);
        let given = found.and_then(|(number, found)| {
            let at = found.outputs.iter().position(|each| *each.name == *output)?;
            self.state.borrow().results.output(found, number, at)
        });
        given.map_or(Fact::Missing, Given::into_fact)
    }

    /// How many decisions were taken by their definition.
    #[doc(hidden)]
    #[must_use]
    pub fn told(&self) -> usize {
        self.records.iter().filter(|record| matches!(record, Record::Told(_))).count()
    }

    /// The whole decision, with every reason.
    #[must_use]
    pub fn decision(&self) -> Decision {
        let Situation { program, case, at, .. } = self.situation;
        // The same function of the same case comes to the same end, but for a script that its time limit stops the second time:
        // then what is at hand is told, without what was read.
        let again = (Way::Traced, self.situation.circumstances());
        if self.way == Way::Untraced
            && let Ok(traced) = Evaluation::new(program, self.order, case, at, again, &mut PluginCalls::default())
        {
            return traced.decision();
        }
        let mut state = self.state.borrow_mut();
        let (mut faults, mut safeguards): (Vec<FaultNote>, Vec<Safeguard>) = (Vec::new(), Vec::new());
        let mut parts: Vec<Part> = Vec::with_capacity(self.order.len());
        let (mut ledger, mut reads) = (Ledger::new(&self.situation), Vec::with_capacity(self.order.len()));
        for number in self.order {
            match self.records.get(*number) {
                Some(Record::Quick(taken)) => {
                    let (part, own) = telling::part(&self.situation, &mut state, (*number, taken), &mut ledger);
                    reads.push((parts.len(), own));
                    parts.push(part);
                }
                Some(Record::Told(finished)) => {
                    faults.extend(finished.faults.iter().cloned());
                    if *finished.part.name == *"relationship" {
                        safeguards.extend(finished.safeguards.iter().cloned());
                    }
                    parts.push(finished.part.clone());
                }
                Some(Record::Open) | None => {}
            }
        }
        let all = ledger.close();
        for (at, own) in reads {
            if let Some(part) = parts.get_mut(at) {
                part.reads = Inputs::among(&all, own);
            }
        }
        let finals = match &self.finals {
            Some(apply) => finals::told(&self.situation, &state.results, apply),
            None => finals::by_definition(&self.situation, &state.results, &mut faults),
        };
        clocks::run_rest(&self.situation, &state.results);
        let mut frame = definition::Frame::new((&self.situation, &state.results), &program.nobody, usize::MAX, None);
        let clocks = clock_notes::told(&self.situation, &mut |template| frame.because(template));
        let input_hash = digest::of_case(case);
        let quarantined = self.quarantined();
        let decision_id = digest::of_decision(&input_hash, &program.name.digest, at, &quarantined);
        assemble(Assembly {
            case_id: case.id().to_owned(),
            language: self.situation.language().map(str::to_owned),
            policy: program.name.clone(),
            at: at.in_utc(),
            policy_date: self.situation.policy_date,
            zone: self.situation.zone.clone().into_owned(),
            clocks,
            packs: self.packs(),
            laws: program.laws.clone(),
            currency: self.situation.currency,
            parts,
            penalty_kinds: penalty_kinds(case),
            missing_facts: missing(program, &self.situation),
            faults,
            approvals: finals.approvals,
            second_person: finals.second_person,
            holds: finals.holds,
            referrals: finals.referrals,
            safeguards,
            quarantined,
            input_hash,
            decision_id,
        })
    }

    /// The packs that apply, or may.
    fn packs(&self) -> Vec<PackNote> {
        let packs = self.situation.program.packs.iter().enumerate();
        let note = |(number, pack): (usize, &Pack)| match self.situation.pack(number) {
            Fact::Known(Value::Boolean(true)) => Some(PackNote::new(&pack.name, &pack.version, true)),
            Fact::Unknown => Some(PackNote::new(&pack.name, &pack.version, false)),
            _ => None,
        };
        packs.filter_map(note).collect()
    }

    /// The plugins that were not called because they were in quarantine, in alphabetical order.
    fn quarantined(&self) -> Vec<String> {
        let hooks = self.situation.program.hooks().filter(|hook| self.quarantined.contains(&hook.number));
        let mut names: Vec<String> = hooks.map(|hook| hook.id.clone()).collect();
        names.sort();
        names
    }
}

/// Takes every decision, in order.
fn take_all<'a>(
    situation: &Situation<'a>,
    order: &[usize],
    way: Way,
    state: &mut State<'a>,
    records: &mut [Record<'a>],
) -> Result<(), DecideError> {
    for number in order {
        let called = situation.calls();
        let taken = match way {
            Way::Traced => quick::decide::<true>(situation, state, *number),
            Way::Untraced => quick::decide::<false>(situation, state, *number),
            Way::ByDefinition => Err(Unsettled),
        };
        let record = match taken {
            Ok(taken) => Record::Quick(taken),
            Err(Unsettled) => {
                situation.forget_calls(called);
                Record::Told(Box::new(by_definition(situation, state, *number)?))
            }
        };
        if let Some(slot) = records.get_mut(*number) {
            *slot = record;
        }
    }
    Ok(())
}

/// Decides one part as its definition says, and takes over what it came to.
fn by_definition<'a>(situation: &Situation<'a>, state: &mut State<'a>, number: usize) -> Result<Finished, DecideError> {
    let finished = definition::decide(situation, &state.results, number)
        .map_err(|refusal| DecideError::Refused { by: refusal.by, message: refusal.message })?;
    if let Some(decision) = situation.program.decisions.get(number) {
        state.results.take(decision, number, &finished.part);
    }
    Ok(finished)
}

/// Required facts that the case does not give.
fn missing(program: &Program, situation: &Situation<'_>) -> Vec<String> {
    let mut list = Vec::new();
    if program.disputes {
        let lacking = registry().required().filter(|spec| !spec.given(situation.case).is_known());
        list.extend(lacking.map(|spec| spec.path.clone()));
    }
    for (extra, value) in program.extras.iter().zip(&situation.extras) {
        if extra.required && !value.is_known() {
            list.push(extra.path.value.clone());
        }
    }
    list
}

fn penalty_kinds(case: &Case) -> Vec<Option<Arc<str>>> {
    let charges = case.dispute.consequential_charges.known();
    charges.map_or_else(Vec::new, |charges| {
        charges.iter().map(|charge| charge.kind.known().map(|kind| kind.name().into())).collect()
    })
}
