//! Tells what a quick run left behind: the part as its definition would have written it.

use super::definition::near;
use super::quick::{Frame, Hit, ItemRun, ListedRun, Run, State, Taken, Told};
use super::results::Ended;
use super::situation::Situation;
use crate::decision::{Missed, Outputs, Part, ReadNote, RuleNote};
use crate::policy::compiled::{Decision, Rule};
use crate::script::Reader;
use crate::value::{Brief, Fact, Given, View};
use std::sync::Arc;

/// The part of a decision that was taken quickly.
pub(super) fn part<'a>(situation: &Situation<'a>, state: &mut State<'a>, number: usize, taken: &Taken<'a>) -> Part {
    let Some(decision) = situation.program.decisions.get(number) else { return Part::new("") };
    let mut part = Part::new(&decision.name);
    part.listed = decision.listed();
    let results = match state.results.ended.get(number) {
        Some(Ended::Listed(results)) => results.clone(),
        _ => Vec::new(),
    };
    let mut frame: Frame<'_, 'a, true> = Frame::new(situation, state, decision, number);
    match taken {
        Taken::Single(run) => {
            part.reads = Arc::new(reads(&mut frame, run));
            tell(&mut frame, run, None, &mut part);
            part.results.push(outputs(&frame));
        }
        Taken::Each(runs) => each(&mut frame, runs, results, &mut part),
        Taken::Listed(runs) => listed(&mut frame, runs, results, &mut part),
    }
    part
}

fn each<'a>(frame: &mut Frame<'_, 'a, true>, runs: &[ItemRun<'a>], results: Vec<Given<'a>>, part: &mut Part) {
    part.reads = Arc::new(reads(frame, &Run::new(Hit::Values)));
    let of_list = frame.reads().to_vec();
    let width = frame.decision.outputs.len();
    let mut results = results.into_iter();
    for (at, item) in runs.iter().enumerate() {
        frame.turn_to(item.item.clone());
        frame.reads().copy_from_slice(&item.reads);
        for (output, given) in results.by_ref().take(width).enumerate() {
            frame.set(output, given);
        }
        for note in reads(frame, &item.run) {
            if !part.reads.iter().any(|known| known.name == note.name && known.value == note.value) {
                Arc::make_mut(&mut part.reads).push(note);
            }
        }
        tell(frame, &item.run, Some(at + 1), part);
        part.results.push(outputs(frame));
    }
    frame.reads().copy_from_slice(&of_list);
}

fn listed<'a>(frame: &mut Frame<'_, 'a, true>, runs: &[ListedRun], results: Vec<Given<'a>>, part: &mut Part) {
    part.reads = Arc::new(reads(frame, &Run::new(Hit::Values)));
    let width = frame.decision.outputs.len();
    let mut results = results.into_iter();
    for run in runs {
        for (output, given) in results.by_ref().take(width).enumerate() {
            frame.set(output, given);
        }
        if let Some(rule) = frame.decision.rules.get(run.row) {
            part.rules.push(note(frame, rule, None));
        }
        part.changes.extend(run.changes.iter().cloned());
        part.results.push(outputs(frame));
    }
}

/// What one run has to tell beside its outputs.
fn tell(frame: &mut Frame<'_, '_, true>, run: &Run, item: Option<usize>, part: &mut Part) {
    let decision = frame.decision;
    let rule = match run.hit {
        Hit::Row(row) => decision.rules.get(row),
        Hit::Otherwise => {
            part.nearest.extend(nearest(frame).into_iter().map(|missed| missed.of_item(item)));
            decision.otherwise.as_ref()
        }
        Hit::Values | Hit::Script => None,
    };
    let mut told = match (rule, run.hit, &decision.script) {
        (Some(rule), ..) => note(frame, rule, run.told().and_then(|told| told.because.as_deref())),
        (None, Hit::Script, Some(script)) => {
            RuleNote::new(script.body.word().into(), told_by(run), None, script.place.to_string().into())
        }
        _ => RuleNote::new("value".into(), told_by(run), None, decision.place.to_string().into()),
    };
    told.item = item;
    part.rules.push(told);
    let Some(told) = run.told() else { return };
    beside(frame, told, item, part);
    part.changes.extend(told.changes.iter().cloned());
    for (output, guardrail) in &told.capped_by {
        if let Some(output) = decision.outputs.get(*output) {
            part.capped_by.insert(output.name.to_string(), guardrail.clone());
        }
    }
}

/// The rules beside the one that decided, each with the reason that it would have given.
fn beside(frame: &mut Frame<'_, '_, true>, told: &Told, item: Option<usize>, part: &mut Part) {
    if told.beside.is_empty() {
        return;
    }
    let set = |frame: &mut Frame<'_, '_, true>, outputs: &[Brief]| {
        outputs.iter().enumerate().for_each(|(output, brief)| frame.set_brief(output, *brief));
    };
    let granted: Vec<Brief> = (0..frame.decision.outputs.len()).map(|output| frame.draft_in_brief(output)).collect();
    for rival in &told.beside {
        let Some(rule) = frame.decision.rules.get(rival.row) else { continue };
        set(frame, &rival.outputs);
        let mut note = note(frame, rule, None);
        note.item = item;
        part.rules.push(note);
    }
    set(frame, &granted);
}

/// The reason that a script gave.
fn told_by(run: &Run) -> Arc<str> {
    run.told().and_then(|told| told.because.as_deref()).unwrap_or_default().into()
}

/// A rule that decided. Its reason speaks of what is granted in the end.
fn note(frame: &mut Frame<'_, '_, true>, rule: &Rule, because: Option<&str>) -> RuleNote {
    let because = match because {
        Some(told) => told.into(),
        None => frame.because(rule.because.for_language(frame.situation.language())),
    };
    RuleNote::new(rule.id.clone(), because, rule.source.clone(), rule.shown_place())
}

fn outputs(frame: &Frame<'_, '_, true>) -> Outputs {
    let values = frame.decision.outputs.iter().enumerate();
    Outputs::new(values.map(|(at, output)| (output.name.clone(), frame.draft(at).into_fact())).collect())
}

/// What was read, in the order of the decision's text.
fn reads(frame: &mut Frame<'_, '_, true>, run: &Run) -> Vec<ReadNote> {
    let decision: &Decision = frame.decision;
    let mut notes = Vec::with_capacity(decision.reading.len());
    for slot in decision.reading.iter().copied().filter(|slot| frame.has_read(*slot)).collect::<Vec<_>>() {
        let Some(entry) = frame.situation.program.slots.get(slot) else { continue };
        let own = run.told().and_then(|told| told.own.iter().find(|(known, _)| *known == slot).map(|(_, draft)| *draft));
        let strict = run.told().is_some_and(|told| told.strict.contains(&slot));
        let is_missing = entry.assumed.is_some() && frame.situation.bare_fact(slot).is_missing();
        let value = match own {
            Some(draft) => frame.own_at(slot, draft).into_fact(),
            None if is_missing && strict => Fact::Missing,
            None => frame.read(slot).map_or(Fact::Missing, Given::into_fact),
        };
        notes.push(ReadNote::new(entry.name.clone(), value, is_missing && !strict));
    }
    notes
}

/// The rules that came closest, where none matched. Every input was read and every cell was judged when the rules were looked at, so
/// that neither fails now.
fn nearest(frame: &mut Frame<'_, '_, true>) -> Vec<Missed> {
    let (decision, situation) = (frame.decision, frame.situation);
    let inputs: Vec<Given<'_>> = decision.columns.iter().map(|column| frame.path(column).unwrap_or(Given::Missing)).collect();
    let views: Vec<Fact<View<'_>>> = inputs.iter().map(Given::view).collect();
    near(decision, situation, &views).unwrap_or_default()
}
