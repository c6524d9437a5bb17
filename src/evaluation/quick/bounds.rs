//! Guardrails that bound the outputs of a decision: `forbid`, then `floor`, then `cap`, then rounding, as the definition has it.

use super::frame::Frame;
use super::trace::Run;
use crate::decision::Change;
use crate::evaluation::definition::{in_minor_units, rounded};
use crate::policy::compiled::{Formula, Guardrail, Output, Verb};
use crate::rule::Judgement;
use crate::script::{Reader, Stop, Unsettled};
use crate::value::{Brief, Fact, Given, Mode, Value};
use std::cmp::Ordering;

/// The bound of an output that holds, and the guardrail that set it. One that takes more digits than a word holds is for the definition.
struct Limit<'a> {
    output: usize,
    at: Brief,
    guardrail: &'a Guardrail,
}

/// Bounds the draft of a frame.
pub(super) fn apply<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, run: &mut Run) -> Result<(), Unsettled> {
    let decision = frame.decision;
    if decision.bounds.is_empty() {
        return round(frame, &[], &[], run);
    }
    let day = frame.situation.policy_date;
    let (mut floors, mut caps): (Vec<Limit<'a>>, Vec<Limit<'a>>) = (Vec::new(), Vec::new());
    for guardrail in decision.bounds.iter().filter(|guardrail| guardrail.in_force(day)) {
        match &guardrail.verb {
            Verb::Forbid { values, quick, unless, .. } => {
                if frame.judge(&guardrail.when)? == Judgement::No {
                    continue;
                }
                let mut concerns = true;
                for ((output, cell), quick) in values.iter().zip(quick) {
                    concerns &= match quick.judge(frame.draft_in_brief(*output), frame.bare_mark()) {
                        Some(judgement) => judgement == Judgement::Yes,
                        None => cell.holds_of(frame.draft(*output).view(), frame.situation).map_err(|_| Unsettled)?,
                    };
                    if !concerns {
                        break;
                    }
                }
                // A safeguard that looks has something to tell, but for one that lets pass: of these only the relationship's are told.
                let passes = || !unless.is_empty() && &*decision.name != "relationship";
                if concerns && !(passes() && frame.judge(unless)? == Judgement::Yes) {
                    return Err(Unsettled);
                }
            }
            Verb::Floor { output, at } => floor(frame, guardrail, *output, at, &mut floors, run)?,
            Verb::Cap { output, at } => cap(frame, guardrail, *output, at, &mut caps)?,
            Verb::RequireApproval { .. } | Verb::Hold { .. } | Verb::Refer { .. } => {}
        }
    }
    caps.sort_by_key(|limit| limit.output);
    for limit in &caps {
        cut(frame, limit, run)?;
    }
    round(frame, &floors, &caps, run)
}

fn unsettled(_: Stop) -> Unsettled {
    Unsettled
}

fn order(left: Brief, right: Brief) -> Result<Ordering, Unsettled> {
    left.order(right).ok_or(Unsettled)
}

/// A bound in whole minor units: a cap is rounded down, a floor up.
fn whole_units(bound: Brief, output: &Output, mode: Mode) -> Result<Brief, Unsettled> {
    if bound.amount().is_none() || bound.has_minor_digits() {
        return Ok(bound);
    }
    let value = bound.give(&output.kind).and_then(Given::into_value).ok_or(Unsettled)?;
    let value = in_minor_units(value, mode).map_err(unsettled)?;
    told(&value, output)
}

/// A value as an output has it, in brief.
fn told(value: &Value, output: &Output) -> Result<Brief, Unsettled> {
    let brief = Brief::from(Fact::Known(value.into()));
    if brief.tells(&output.kind) { Ok(brief) } else { Err(Unsettled) }
}

fn floor<'a, const TRACED: bool>(
    frame: &mut Frame<'_, 'a, TRACED>,
    guardrail: &'a Guardrail,
    output: usize,
    at: &'a Formula,
    floors: &mut Vec<Limit<'a>>,
    run: &mut Run,
) -> Result<(), Unsettled> {
    let Some(declared) = frame.decision.outputs.get(output) else { return Ok(()) };
    if frame.judge(&guardrail.when)? == Judgement::No {
        return Ok(());
    }
    let least = frame.strict_formula(at, &declared.kind);
    if !least.is_known() {
        return Err(Unsettled);
    }
    let limit = Limit { output, at: whole_units(least, declared, Mode::Up)?, guardrail };
    lift(frame, &limit, run)?;
    match floors.iter_mut().find(|known| known.output == output) {
        Some(known) if order(limit.at, known.at)? == Ordering::Greater => *known = limit,
        Some(_) => {}
        None => floors.push(limit),
    }
    Ok(())
}

fn cap<'a, const TRACED: bool>(
    frame: &mut Frame<'_, 'a, TRACED>,
    guardrail: &'a Guardrail,
    output: usize,
    at: &'a Formula,
    caps: &mut Vec<Limit<'a>>,
) -> Result<(), Unsettled> {
    let Some(declared) = frame.decision.outputs.get(output) else { return Ok(()) };
    let draft = frame.draft_in_brief(output);
    if draft.is_missing() || draft.is_unknown() || frame.judge(&guardrail.when)? == Judgement::No {
        return Ok(());
    }
    // A cap that is not known allows nothing, and a cap never goes below zero.
    let nothing = draft.zero_like();
    let bound = frame.strict_formula(at, &declared.kind);
    let most = match bound {
        long if long.is_long() => return Err(Unsettled),
        cap if !cap.is_known() || order(cap, nothing)? == Ordering::Less => nothing,
        cap => whole_units(cap, declared, Mode::Down)?,
    };
    let limit = Limit { output, at: most, guardrail };
    match caps.iter_mut().find(|known| known.output == output) {
        Some(known) if order(limit.at, known.at)? == Ordering::Less => *known = limit,
        Some(_) => {}
        None => caps.push(limit),
    }
    Ok(())
}

/// Sets an output of the draft and notes who did it.
fn change<'a, const TRACED: bool>(
    frame: &mut Frame<'_, 'a, TRACED>,
    by: &'static str,
    limit: &Limit<'a>,
    run: &mut Run,
) -> Result<(), Unsettled> {
    let declared = frame.decision.outputs.get(limit.output).ok_or(Unsettled)?;
    let guardrail = limit.guardrail;
    let because = frame.because(guardrail.because.for_language(frame.situation.language()));
    let before = frame.draft(limit.output).into_fact();
    frame.set_brief(limit.output, limit.at);
    let after = frame.draft(limit.output).into_fact();
    run.tell().changes.push(Change::new(by, &guardrail.id, &declared.name, before, after, because, guardrail.source.clone()));
    Ok(())
}

fn lift<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, limit: &Limit<'a>, run: &mut Run) -> Result<(), Unsettled> {
    let draft = frame.draft_in_brief(limit.output);
    let below = draft.is_missing() || draft.is_unknown() || order(draft, limit.at)? == Ordering::Less;
    if below { change(frame, "floor", limit, run) } else { Ok(()) }
}

/// Invariant 2, *capped goodwill*: cuts an output to its cap and names the cap.
fn cut<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, limit: &Limit<'a>, run: &mut Run) -> Result<(), Unsettled> {
    let draft = frame.draft_in_brief(limit.output);
    if draft.is_missing() || draft.is_unknown() {
        return Ok(());
    }
    if order(draft, limit.at)? == Ordering::Greater {
        change(frame, "cap", limit, run)?;
        run.tell().capped_by.push((limit.output, limit.guardrail.id.clone()));
    }
    Ok(())
}

/// Rounds what is money, and what says so; what rounding takes below a floor or above a cap is brought back.
fn round<'a, const TRACED: bool>(
    frame: &mut Frame<'_, 'a, TRACED>,
    floors: &[Limit<'a>],
    caps: &[Limit<'a>],
    run: &mut Run,
) -> Result<(), Unsettled> {
    let decision = frame.decision;
    for output in decision.rounded.iter().copied() {
        let Some(declared) = decision.outputs.get(output) else { continue };
        let draft = frame.draft_in_brief(output);
        // Rounding to the minor unit leaves an amount alone that has no other digits.
        if draft.is_missing() || declared.round.is_none() && draft.has_minor_digits() {
            continue;
        }
        let Some(before) = frame.draft(output).into_value() else { continue };
        let Some(after) = rounded(&before, declared).map_err(unsettled)?.filter(|after| *after != before) else { continue };
        frame.set(output, after.clone().into());
        if let Some(rounding) = declared.round {
            let because = format!("rounded {rounding}").into();
            let (before, after) = (Fact::Known(before), Fact::Known(after));
            run.tell().changes.push(Change::new("rounding", "rounding", &declared.name, before, after, because, None));
        }
        if let Some(limit) = floors.iter().find(|limit| limit.output == output) {
            lift(frame, limit, run)?;
        }
        if let Some(limit) = caps.iter().find(|limit| limit.output == output) {
            cut(frame, limit, run)?;
        }
    }
    Ok(())
}
