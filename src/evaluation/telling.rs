//! Tells what a quick run left behind: the part as its definition would have written it.

use super::definition::{in_words, near};
use super::quick::{Columns, Frame, Hit, ItemRun, ListedRun, Run, State, Taken, Told};
use super::results::Ended;
use super::situation::Situation;
use crate::decision::{Inputs, Missed, Outputs, Part, Read, RuleNote};
use crate::limits::NEAR_MISSES_MAX;
use crate::policy::compiled::{Decision, Reading, Rule};
use crate::policy::slots::SlotEntry;
use crate::rule::Inputs as _;
use crate::script::Reader;
use crate::value::{Brief, Fact, Given, Value, View};

/// The part of a decision that was taken quickly. What it read is put together in a room that all parts share, and left empty.
pub(super) fn part<'a>(
    situation: &Situation<'a>,
    state: &mut State<'a>,
    (number, taken): (usize, &Taken<'a>),
    room: &mut Vec<Read>,
) -> Part {
    let Some(decision) = situation.program.decisions.get(number) else { return Part::new("") };
    let mut part = Part::new(&decision.name);
    part.listed = decision.listed();
    let results = match state.results.ended.get(number) {
        Some(Ended::Listed(results)) => results.clone(),
        _ => Vec::new(),
    };
    let mut frame: Frame<'_, 'a, true> = Frame::new(situation, state, decision, number).afterwards();
    match taken {
        Taken::Single(run) => {
            part.reads = reads(&mut frame, run, room);
            tell(&mut frame, run, None, &mut part);
            part.results = vec![outputs(&frame)];
        }
        Taken::Each(runs) => each(&mut frame, runs, results, (&mut part, room)),
        Taken::Listed(runs) => listed(&mut frame, runs, results, (&mut part, room)),
    }
    part
}

fn each<'a>(
    frame: &mut Frame<'_, 'a, true>,
    runs: &[ItemRun<'a>],
    results: Vec<Given<'a>>,
    (part, room): (&mut Part, &mut Vec<Read>),
) {
    let mut notes = reads(frame, &Run::new(Hit::Values), room).as_read();
    let of_list = frame.reads().to_vec();
    let width = frame.decision.outputs.len();
    let mut results = results.into_iter();
    for (at, item) in runs.iter().enumerate() {
        frame.turn_to(item.item.clone());
        frame.reads().copy_from_slice(&item.reads);
        for (output, given) in results.by_ref().take(width).enumerate() {
            frame.set(output, given);
        }
        for note in reads(frame, &item.run, room).as_read() {
            if !notes.iter().any(|known| known.name == note.name && known.value == note.value) {
                notes.push(note);
            }
        }
        tell(frame, &item.run, Some(at + 1), part);
        part.results.push(outputs(frame));
    }
    part.reads = Inputs::new(notes);
    frame.reads().copy_from_slice(&of_list);
}

fn listed<'a>(
    frame: &mut Frame<'_, 'a, true>,
    runs: &[ListedRun],
    results: Vec<Given<'a>>,
    (part, room): (&mut Part, &mut Vec<Read>),
) {
    part.reads = reads(frame, &Run::new(Hit::Values), room);
    let width = frame.decision.outputs.len();
    let mut results = results.into_iter();
    part.rules.reserve(runs.len());
    part.results.reserve(runs.len());
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
            nearest(frame, item, &mut part.nearest);
            decision.otherwise.as_ref()
        }
        Hit::Values | Hit::Script => None,
    };
    let because = run.told().and_then(|told| told.because.as_deref());
    let mut told = match rule {
        Some(rule) => note(frame, rule, because),
        None => RuleNote::new(decision.citation(&frame.situation.program.laws), because.unwrap_or_default().into()),
    };
    told.item = item;
    let beside_it = run.told().map_or(0, |told| told.beside.len());
    part.rules.reserve_exact(1 + beside_it);
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

/// A rule that decided. Its reason speaks of what is granted in the end.
fn note(frame: &mut Frame<'_, '_, true>, rule: &Rule, because: Option<&str>) -> RuleNote {
    let because = match because {
        Some(told) => told.into(),
        None => frame.because(rule.because.for_language(frame.situation.language())),
    };
    RuleNote::new(rule.citation(&frame.decision.name, &frame.situation.program.laws), because)
}

fn outputs(frame: &Frame<'_, '_, true>) -> Outputs {
    Outputs::named(frame.decision.shared.outputs.clone(), |at| frame.draft(at).into_fact())
}

/// What was read, in the order of the decision's text.
fn reads(frame: &mut Frame<'_, '_, true>, run: &Run, room: &mut Vec<Read>) -> Inputs {
    let decision: &Decision = frame.decision;
    let (own, strict) = run.told().map_or((&[][..], &[][..]), |told| (told.own.as_slice(), told.strict.as_slice()));
    for Reading { slot, name, place } in decision.shared.reading.iter().copied() {
        if !frame.has_read(slot) {
            continue;
        }
        let Some(entry) = frame.situation.program.slots.get(slot) else { continue };
        let own = own.iter().find(|(known, _)| *known == slot).map(|(_, draft)| *draft);
        let strict = strict.contains(&slot);
        let is_missing = entry.assumed.is_some() && frame.situation.bare_given(slot).is_missing();
        let value = match own {
            Some(draft) => frame.own_at(slot, draft).into_fact(),
            None if is_missing && strict => Fact::Missing,
            None => value(frame, slot, entry),
        };
        room.push(Read { name, value, assumed: is_missing && !strict, place });
    }
    Inputs::listed(decision.shared.names.clone(), room)
}

/// What a slot holds: from its register, where that tells a fact whole.
fn value(frame: &mut Frame<'_, '_, true>, slot: usize, entry: &SlotEntry) -> Fact<Value> {
    let in_brief = entry.fact.and_then(|fact| frame.brief(slot).give(&fact.kind));
    in_brief.map_or_else(|| frame.read(slot).map_or(Fact::Missing, Given::into_fact), Given::into_fact)
}

/// The rules that came closest, where none matched. Every input was read and every cell was judged when the rules were looked at, so
/// that neither fails now.
fn nearest(frame: &mut Frame<'_, '_, true>, item: Option<usize>, list: &mut Vec<Missed>) {
    let (decision, situation) = (frame.decision, frame.situation);
    let mut columns = Columns { frame };
    match decision.matcher.quick_near_misses(&mut columns, situation.policy_date, situation, NEAR_MISSES_MAX) {
        Some(near) => list.extend(in_words((decision, situation.program), item, |column| columns.given(column), near.iter())),
        None => {
            let inputs: Vec<_> = (0..decision.columns.len()).map(|at| columns.given(at).unwrap_or(Given::Missing)).collect();
            let views: Vec<Fact<View<'_>>> = inputs.iter().map(Given::view).collect();
            list.extend(near(decision, situation, &views).unwrap_or_default().into_iter().map(|missed| missed.of_item(item)));
        }
    }
}
