//! Tells what a quick run left behind: the part as its definition would have written it.

use super::definition::{missed_rules, near};
use super::quick::{Columns, Frame, Hit, ItemRun, ListedRun, Run, State, Taken, Told};
use super::reads::Ledger;
use super::results::Ended;
use super::situation::Situation;
use crate::decision::{Missed, Outputs, Part, RuleNote};
use crate::limits::NEAR_MISSES_MAX;
use crate::policy::compiled::Rule;
use crate::rule::Inputs as _;
use crate::value::{Brief, Fact, Given, View};
use std::ops::Range;

/// The part of a decision that was taken quickly, without what it read, and where that stands in the ledger.
pub(super) fn part<'a>(
    situation: &Situation<'a>,
    state: &mut State<'a>,
    (number, taken): (usize, &Taken<'a>),
    ledger: &mut Ledger,
) -> (Part, Range<usize>) {
    let Some(decision) = situation.program.decisions.get(number) else { return (Part::new(""), 0..0) };
    let mut part = Part::new(decision.name.clone());
    part.listed = decision.listed();
    let results = match state.results.ended.get(number) {
        Some(Ended::Listed(results)) => results.clone(),
        _ => Vec::new(),
    };
    let mut frame: Frame<'_, 'a, true> = Frame::new(situation, state, decision, number).afterwards();
    let reads = match taken {
        Taken::Single(run) => {
            let reads = ledger.take(&mut frame, Some(run));
            tell(&mut frame, run, None, &mut part);
            part.results.push(outputs(&frame));
            reads
        }
        Taken::Each(runs) => each(&mut frame, runs, &results, (&mut part, ledger)),
        Taken::Listed(runs) => listed(&mut frame, runs, &results, (&mut part, ledger)),
    };
    (part, reads)
}

fn each<'a>(
    frame: &mut Frame<'_, 'a, true>,
    runs: &[ItemRun<'a>],
    results: &[Brief],
    (part, ledger): (&mut Part, &mut Ledger),
) -> Range<usize> {
    let mut reads = Vec::with_capacity(1 + runs.len());
    reads.push(ledger.take(frame, None));
    let of_list = frame.reads().to_vec();
    let width = frame.decision.outputs.len();
    let mut results = results.iter();
    for (at, item) in runs.iter().enumerate() {
        frame.turn_to(item.item.clone());
        frame.reads().copy_from_slice(&item.reads);
        results.by_ref().take(width).enumerate().for_each(|(output, brief)| frame.set_brief(output, *brief));
        reads.push(ledger.take(frame, Some(&item.run)));
        tell(frame, &item.run, Some(at + 1), part);
        part.results.push(outputs(frame));
    }
    frame.reads().copy_from_slice(&of_list);
    ledger.join(&reads)
}

fn listed(
    frame: &mut Frame<'_, '_, true>,
    runs: &[ListedRun],
    results: &[Brief],
    (part, ledger): (&mut Part, &mut Ledger),
) -> Range<usize> {
    let reads = ledger.take(frame, None);
    let width = frame.decision.outputs.len();
    let mut results = results.iter();
    let (mut rules, mut told) = (Vec::with_capacity(runs.len()), Vec::with_capacity(runs.len()));
    for run in runs {
        results.by_ref().take(width).enumerate().for_each(|(output, brief)| frame.set_brief(output, *brief));
        if let Some(rule) = frame.decision.rules.get(run.row) {
            rules.push(note(frame, rule, None));
        }
        part.changes.extend(run.changes.iter().cloned());
        told.push(outputs(frame));
    }
    (part.rules, part.results) = (rules.into(), told.into());
    reads
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
    Outputs::named(frame.decision.shared.outputs.clone(), |at| frame.draft_fact(at))
}

/// The rules that came closest, where none matched. Every input was read and every cell was judged when the rules were looked at, so
/// that neither fails now.
fn nearest(frame: &mut Frame<'_, '_, true>, item: Option<usize>, list: &mut Vec<Missed>) {
    let (decision, situation) = (frame.decision, frame.situation);
    let mut columns = Columns { frame };
    match decision.matcher.quick_near_misses(&mut columns, situation.policy_date, situation, NEAR_MISSES_MAX) {
        Some(near) => list.extend(missed_rules((decision, situation.program), item, |column| columns.given(column), near.iter())),
        None => {
            let inputs: Vec<_> = (0..decision.columns.len()).map(|at| columns.given(at).unwrap_or(Given::Missing)).collect();
            let views: Vec<Fact<View<'_>>> = inputs.iter().map(Given::view).collect();
            list.extend(near(decision, situation, &views).unwrap_or_default().into_iter().map(|missed| missed.of_item(item)));
        }
    }
}
