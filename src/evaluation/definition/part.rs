//! One part of a decision, from its first fact to its last guardrail.

use super::bounds::{self, Bounded};
use super::concession;
use super::draft::{Draft, Ending};
use super::frame::Frame;
use super::plugins::{self, Failure};
use super::table;
use crate::decision::{FaultNote, Few, Inputs, Outputs, Part, PartStatus, ReadNote, RuleNote, Safeguard};
use crate::evaluation::results::Results;
use crate::evaluation::situation::Situation;
use crate::limits::FOR_EACH_ITEMS_MAX;
use crate::policy::compiled::Decision;
use crate::rule::HitPolicy;
use crate::script::{Fault, FaultKind, Outcome, Stop};
use crate::text::Place;
use crate::value::{Fact, Value};
use std::sync::Arc;

/// A finished part, and what else it leaves behind.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) part: Part,
    /// What was read, in that order, until the part has it.
    reads: Vec<ReadNote>,
    pub(crate) faults: Vec<FaultNote>,
    pub(crate) safeguards: Vec<Safeguard>,
}

/// A plugin that refuses ends the whole evaluation.
pub(crate) struct Refusal {
    pub(crate) by: String,
    pub(crate) message: String,
}

impl Finished {
    fn new(name: Arc<str>) -> Self {
        Self { part: Part::new(name), reads: Vec::new(), faults: Vec::new(), safeguards: Vec::new() }
    }
}

/// Decides one part.
pub(crate) fn decide<'a>(situation: &'a Situation<'a>, results: &'a Results<'a>, number: usize) -> Result<Finished, Refusal> {
    let Some(decision) = situation.program.decisions.get(number) else { return Ok(Finished::new("".into())) };
    let mut finished = decide_each((situation, results), decision, number)?;
    finished.part.reads = Inputs::new(std::mem::take(&mut finished.reads));
    Ok(finished)
}

/// The same, once or for each item of its list.
fn decide_each<'a>(
    (situation, results): (&'a Situation<'a>, &'a Results<'a>),
    decision: &'a Decision,
    number: usize,
) -> Result<Finished, Refusal> {
    let mut finished = Finished::new(decision.name.clone());
    finished.part.listed = decision.listed();
    let Some(list) = &decision.for_each else {
        let mut frame = Frame::new((situation, results), decision, number, None);
        let result = run(&mut frame, None, &mut finished);
        settle(&mut finished, &frame, result)?;
        if let Some(obligation) = situation.conceding() {
            let because = frame.because(obligation.because.for_language(situation.language()));
            concession::apply(situation, decision, &because, &mut finished.part, &mut finished.faults);
        }
        return Ok(finished);
    };
    let mut frame = Frame::new((situation, results), decision, number, None);
    let items = match frame.path(list) {
        Ok(Outcome::Known(Value::List(items))) => Ok(items.to_vec()),
        // A list that is left out has nothing to decide; one that is unknown cannot be decided.
        Ok(Outcome::Absent(absent)) if absent.unknown => Err(Stop::Needs(absent)),
        Ok(_) => Ok(Vec::new()),
        Err(stop) => Err(stop),
    };
    let items = match items {
        Ok(items) if items.len() > FOR_EACH_ITEMS_MAX => {
            let message =
                format!("`{}` has {} items, more than the {FOR_EACH_ITEMS_MAX} that are decided", list.written, items.len());
            let result = Err(Failure::Stop(Stop::Fault(Fault::runtime(message, None))));
            settle(&mut finished, &frame, result)?;
            return Ok(finished);
        }
        Ok(items) => items,
        Err(stop) => {
            settle(&mut finished, &frame, Err(Failure::Stop(stop)))?;
            return Ok(finished);
        }
    };
    finished.reads = frame.reads.into_iter().map(|(_, note)| note).collect();
    for (at, item) in items.into_iter().enumerate() {
        let mut frame = Frame::new((situation, results), decision, number, Some(item));
        let result = run(&mut frame, Some(at + 1), &mut finished);
        settle(&mut finished, &frame, result)?;
    }
    if !finished.part.is_decided() {
        finished.part.results = Few::new();
    }
    Ok(finished)
}

/// One run: facts, rules, plugins, guardrails.
fn run(frame: &mut Frame<'_>, item: Option<usize>, finished: &mut Finished) -> Result<(), Failure> {
    let decision = frame.decision;
    for path in &decision.required {
        if let Outcome::Absent(absent) = frame.path(path)? {
            return Err(Failure::Stop(Stop::Needs(absent)));
        }
    }
    let draft = match body(frame)? {
        Ending::Decided(draft) => draft,
        Ending::NoRule { nearest } => {
            finished.part.status = PartStatus::NoRule;
            finished.part.nearest.extend(nearest.into_iter().map(|missed| missed.of_item(item)));
            let message = format!("no rule of `{}` covers this case", decision.name);
            finished.faults.push(FaultNote::new(&decision.name, "no_rule", message, Some(&decision.place)));
            return Ok(());
        }
        Ending::Conflict { notes, message } => {
            finished.part.status = PartStatus::Conflict;
            finished.part.rules.extend(notes);
            finished.faults.push(FaultNote::new(&decision.name, "conflict", message, Some(&decision.place)));
            return Ok(());
        }
    };
    let Draft { results, rules, nearest, listed } = draft;
    finished.part.nearest.extend(nearest.into_iter().map(|missed| missed.of_item(item)));
    let mut rules: Vec<RuleNote> = rules;
    for rule in &mut rules {
        rule.item = item;
    }
    // Of the best and those beside it the best comes first, and only that one gave the draft.
    let of_rivals = frame.decision.hit == HitPolicy::Priority;
    for (at, result) in results.into_iter().enumerate() {
        frame.draft = Some(result.clone());
        let mut told_by_plugin = false;
        if !listed {
            let plugged = plugins::run(frame)?;
            finished.part.changes.extend(plugged.changes);
            let decided = if of_rivals { rules.first_mut() } else { rules.last_mut() };
            if let (Some(because), Some(rule)) = (plugged.because, decided) {
                rule.because = because;
                told_by_plugin = true;
            }
        }
        let bounded: Bounded = bounds::apply(frame)?;
        let is_retold = !told_by_plugin && frame.draft.as_ref() != Some(&result);
        let is_of_result = |number: usize| if listed { number == at } else { !of_rivals || number == 0 };
        for (_, rule) in rules.iter_mut().enumerate().filter(|(number, _)| is_retold && is_of_result(*number)) {
            retell(frame, rule);
        }
        finished.part.changes.extend(bounded.changes);
        finished.part.capped_by.extend(bounded.capped_by);
        finished.safeguards.extend(bounded.safeguards);
        finished.part.results.extend(frame.draft.take());
    }
    finished.part.rules.extend(rules);
    Ok(())
}

/// A reason that names an output speaks of what is granted in the end: after plugins, guardrails and rounding.
fn retell(frame: &mut Frame<'_>, note: &mut RuleNote) {
    let decision = frame.decision;
    // The reasons of an aggregate speak of the rules that it is made of.
    let is_own = decision.hit.is_list()
        || matches!(decision.hit, HitPolicy::Unique | HitPolicy::First | HitPolicy::Any | HitPolicy::Priority);
    let rule = decision.rules.iter().chain(&decision.otherwise).find(|rule| *rule.id == *note.rule()).filter(|_| is_own);
    if let (Some(rule), Some(granted)) = (rule, frame.draft.clone()) {
        note.because = table::note(frame, rule, &granted).because;
    }
}

/// What decides: a script, the values of the outputs, or rules.
fn body(frame: &mut Frame<'_>) -> Result<Ending, Failure> {
    let decision = frame.decision;
    if let Some(script) = &decision.script {
        let (outputs, because) = plugins::decide(frame, script)?;
        let note = RuleNote::new(decision.citation(&frame.situation.program.laws), because.unwrap_or_default());
        return Ok(Ending::Decided(Draft::single(outputs, vec![note])));
    }
    if decision.outputs.iter().any(|output| output.formula.is_some()) {
        let outputs = values(frame)?;
        let note = RuleNote::new(decision.citation(&frame.situation.program.laws), "".into());
        return Ok(Ending::Decided(Draft::single(outputs, vec![note])));
    }
    Ok(table::decide(frame)?)
}

/// A decision that is a formula only.
fn values(frame: &mut Frame<'_>) -> Result<Outputs, Stop> {
    let decision = frame.decision;
    let mut values = Vec::with_capacity(decision.outputs.len());
    for output in &decision.outputs {
        let Some(formula) = &output.formula else { continue };
        let outcome = frame.formula(formula, &output.kind, &output.name, &output.place)?;
        let value = match (outcome, &output.default) {
            (Outcome::Known(value), _) => Fact::Known(value),
            (Outcome::Absent(absent), Some(default)) if !absent.unknown => frame.situation.literal(default)?,
            (Outcome::Absent(absent), _) => return Err(Stop::Needs(absent)),
        };
        values.push((output.name.clone(), value));
    }
    Ok(Outputs::new(values))
}

/// Notes how a run ended.
fn settle(finished: &mut Finished, frame: &Frame<'_>, result: Result<(), Failure>) -> Result<(), Refusal> {
    let mut reads: Vec<&(usize, ReadNote)> = frame.reads.iter().collect();
    reads.sort_by_key(|(slot, _)| frame.decision.rank(*slot));
    for (_, note) in reads {
        if !finished.reads.iter().any(|known| known.name == note.name && known.value == note.value) {
            finished.reads.push(note.clone());
        }
    }
    let stop = match result {
        Ok(()) => return Ok(()),
        Err(Failure::Refuse { by, message }) => return Err(Refusal { by, message }),
        Err(Failure::Stop(stop)) => stop,
    };
    let part = &mut finished.part;
    match stop {
        Stop::Needs(absent) => {
            part.status = PartStatus::NeedsFacts;
            for fact in absent.facts {
                if !part.missing.contains(&fact) {
                    part.missing.push(fact);
                }
            }
        }
        Stop::NotDecided(name) => {
            // A fault of its own says more than that another part waits.
            if part.is_decided() {
                part.status = PartStatus::Skipped;
            }
            if !part.waits_for.contains(&name) {
                part.waits_for.push(name);
            }
        }
        Stop::Fault(fault) => {
            part.status = PartStatus::Fault;
            let place: &Place = fault.place.as_ref().unwrap_or(&frame.decision.place);
            let calls: Vec<_> = fault.calls.iter().map(|call| (call.function.as_deref(), &call.place)).collect();
            let note = FaultNote::new(&frame.decision.name, kind_word(&fault), fault.message.clone(), Some(place));
            finished.faults.push(note.found(place, &calls));
        }
    }
    part.results = Few::new();
    part.capped_by.clear();
    Ok(())
}

fn kind_word(fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::Operations => "operation_limit",
        FaultKind::WallClock => "time_limit",
        FaultKind::Cancelled => "cancelled",
        FaultKind::Quarantine => "quarantine",
        FaultKind::Size => "size_limit",
        FaultKind::WrongReturn => "wrong_return",
        FaultKind::Refused => "refused",
        FaultKind::Panic => "panic",
        FaultKind::Runtime if fault.message.contains("never changes currency silently") => "currency",
        FaultKind::Runtime => "value",
    }
}
