//! One part of a decision, from its first fact to its last guardrail.

use super::frame::Frame;
use super::table::{Hits, best, draft, hits, rule, values};
use super::trace::{Beside, Hit, ItemRun, ListedRun, Run, State, Taken};
use super::{bounds, plugins};
use crate::evaluation::results::Ended;
use crate::evaluation::situation::Situation;
use crate::limits::FOR_EACH_ITEMS_MAX;
use crate::script::{FactPath, Unsettled};
use crate::value::{Given, Value, View};
use std::sync::Arc;

/// Decides one part.
pub(crate) fn decide<'a, const TRACED: bool>(
    situation: &Situation<'a>,
    state: &mut State<'a>,
    number: usize,
) -> Result<Taken<'a>, Unsettled> {
    let decision = situation.program.decisions.get(number).ok_or(Unsettled)?;
    // What silence decided is for the definition to tell.
    if situation.conceding().is_some() && matches!(&*decision.name, "outcome" | "correction") {
        return Err(Unsettled);
    }
    let mut frame: Frame<'_, 'a, TRACED> = Frame::new(situation, state, decision, number);
    let (ended, taken) = match &decision.for_each {
        Some(list) => each(&mut frame, list)?,
        None => once(&mut frame)?,
    };
    if matches!(ended, Ended::Listed(_)) {
        // Who reads such outputs reads the list of them.
        state.results.freshen(decision.outputs_at, decision.outputs.len());
    }
    if let Some(slot) = state.results.ended.get_mut(number) {
        *slot = ended;
    }
    Ok(taken)
}

fn once<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>) -> Result<(Ended, Taken<'a>), Unsettled> {
    required(frame)?;
    match body(frame)? {
        Body::One(one) => Ok((Ended::Single, Taken::Single(finish(frame, one)?))),
        Body::List(rows) => listed(frame, &rows),
    }
}

fn each<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, list: &'a FactPath) -> Result<(Ended, Taken<'a>), Unsettled> {
    let items: Vec<Given<'a>> = match frame.path(list)? {
        Given::Known(View::List(items)) => items.iter().map(|item| Given::Known(item.into())).collect(),
        Given::Own(Value::List(items)) => items.iter().map(|item| item.clone().into()).collect(),
        Given::Unknown => return Err(Unsettled),
        Given::Missing | Given::Known(_) | Given::Own(_) => Vec::new(),
    };
    if items.len() > FOR_EACH_ITEMS_MAX {
        return Err(Unsettled);
    }
    let of_list = frame.reads().to_vec();
    let mut runs = Vec::with_capacity(items.len());
    let mut results = Vec::with_capacity(items.len() * frame.decision.outputs.len());
    for item in items {
        frame.turn_to(item.clone());
        frame.reads().fill(0);
        required(frame)?;
        let Body::One(one) = body(frame)? else { return Err(Unsettled) };
        let run = finish(frame, one)?;
        results.extend((0..frame.decision.outputs.len()).map(|output| frame.draft_in_brief(output)));
        runs.push(ItemRun { item, run, reads: frame.reads().to_vec() });
    }
    frame.reads().copy_from_slice(&of_list);
    Ok((Ended::Listed(results), Taken::Each(runs)))
}

fn required<const TRACED: bool>(frame: &mut Frame<'_, '_, TRACED>) -> Result<(), Unsettled> {
    for path in &frame.decision.required {
        if !frame.path(path)?.is_known() {
            return Err(Unsettled);
        }
    }
    Ok(())
}

enum Body {
    One(One),
    List(Vec<usize>),
}

/// What decided, and what there is to tell of it.
struct One {
    hit: Hit,
    because: Option<Arc<str>>,
    beside: Vec<Beside>,
}

impl One {
    fn of(hit: Hit) -> Body {
        Body::One(Self { hit, because: None, beside: Vec::new() })
    }
}

/// What decides: a script, the values of the outputs, or rules. The draft is set where one result comes of it.
fn body<const TRACED: bool>(frame: &mut Frame<'_, '_, TRACED>) -> Result<Body, Unsettled> {
    let decision = frame.decision;
    if let Some(script) = &decision.script {
        let because = Some(plugins::decide(frame, script)?);
        return Ok(Body::One(One { hit: Hit::Script, because, beside: Vec::new() }));
    }
    if decision.outputs.first().is_some_and(|output| output.formula.is_some()) {
        return values(frame).map(|()| One::of(Hit::Values));
    }
    match hits(frame)? {
        Hits::One(hit) => {
            let rule = rule(frame, hit)?;
            draft(frame, rule)?;
            Ok(One::of(hit))
        }
        Hits::Rivals(rows) => {
            let (hit, beside) = best(frame, &rows)?;
            Ok(Body::One(One { hit, because: None, beside }))
        }
        Hits::List(rows) => Ok(Body::List(rows)),
    }
}

/// Plugins and guardrails over the draft.
fn finish<const TRACED: bool>(frame: &mut Frame<'_, '_, TRACED>, one: One) -> Result<Run, Unsettled> {
    let mut run = Run::new(one.hit);
    if one.because.is_some() {
        run.tell().because = one.because;
    }
    if !one.beside.is_empty() {
        run.tell().beside = one.beside;
    }
    plugins::run(frame, &mut run)?;
    bounds::apply(frame, &mut run)?;
    if !(frame.own.is_empty() && frame.strict.is_empty()) {
        run.tell().own = std::mem::take(&mut frame.own);
        run.tell().strict = std::mem::take(&mut frame.strict);
    }
    Ok(run)
}

fn listed<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, rows: &[usize]) -> Result<(Ended, Taken<'a>), Unsettled> {
    let mut runs = Vec::with_capacity(rows.len());
    let mut results = Vec::with_capacity(rows.len() * frame.decision.outputs.len());
    for row in rows {
        let rule = rule(frame, Hit::Row(*row))?;
        draft(frame, rule)?;
        let run = finish_listed(frame, *row)?;
        results.extend((0..frame.decision.outputs.len()).map(|output| frame.draft_in_brief(output)));
        runs.push(run);
    }
    Ok((Ended::Listed(results), Taken::Listed(runs)))
}

fn finish_listed<const TRACED: bool>(frame: &mut Frame<'_, '_, TRACED>, row: usize) -> Result<ListedRun, Unsettled> {
    let mut run = Run::new(Hit::Row(row));
    bounds::apply(frame, &mut run)?;
    Ok(ListedRun { row, changes: run.into_changes() })
}
