//! Guardrails that bound the outputs of a decision: `forbid`, then `floor`, then `cap`, then rounding, as the definition has it.

use super::frame::Frame;
use super::trace::Run;
use crate::decision::Change;
use crate::evaluation::definition::{in_minor_units, rounded, zero_like};
use crate::policy::compiled::{Formula, Guardrail, Output, Verb};
use crate::rule::Judgement;
use crate::script::{Stop, Unsettled};
use crate::value::{Fact, Given, Kind, Mode, Value, View, arithmetic};
use std::cmp::Ordering;

/// The bound of an output that holds, and the guardrail that set it.
struct Limit<'a> {
    output: usize,
    at: Value,
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
            Verb::Forbid { values, .. } => {
                if frame.judge(&guardrail.when)? == Judgement::No {
                    continue;
                }
                let mut concerns = true;
                for (output, cell) in values {
                    let proposed = frame.draft(*output);
                    concerns &= cell.holds_of(proposed.view(), frame.situation).map_err(|_| Unsettled)?;
                    if !concerns {
                        break;
                    }
                }
                // A safeguard that looks has something to tell.
                if concerns {
                    return Err(Unsettled);
                }
            }
            Verb::Floor { output, at } => floor(frame, guardrail, *output, at, &mut floors, run)?,
            Verb::Cap { output, at } => cap(frame, guardrail, *output, at, &mut caps)?,
            Verb::RequireApproval { .. } | Verb::Hold { .. } | Verb::Refer { .. } => {}
        }
    }
    for limit in &caps {
        cut(frame, limit, run)?;
    }
    round(frame, &floors, &caps, run)
}

fn unsettled(_: Stop) -> Unsettled {
    Unsettled
}

fn order<'v>(left: impl Into<View<'v>>, right: impl Into<View<'v>>) -> Result<Ordering, Unsettled> {
    arithmetic::compare(left, right).map_err(|_| Unsettled)
}

fn bound<'a, const TRACED: bool>(
    frame: &mut Frame<'_, 'a, TRACED>,
    at: &'a Formula,
    output: &'a Output,
) -> Result<Option<Value>, Unsettled> {
    frame.strict_formula(at, &output.kind).map(Given::into_value)
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
    let least = in_minor_units(bound(frame, at, declared)?.ok_or(Unsettled)?, Mode::Up).map_err(unsettled)?;
    let limit = Limit { output, at: least, guardrail };
    lift(frame, &limit, run)?;
    match floors.iter_mut().find(|known| known.output == output) {
        Some(known) if order(&limit.at, &known.at)? == Ordering::Greater => *known = limit,
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
    if !draft.is_long() && !draft.is_known() || frame.judge(&guardrail.when)? == Judgement::No {
        return Ok(());
    }
    let Some(value) = frame.draft(output).into_value() else { return Ok(()) };
    // A cap that is not known allows nothing, and a cap never goes below zero.
    let nothing = zero_like(&value);
    let most = match bound(frame, at, declared)? {
        Some(cap) if order(&cap, &nothing)? == Ordering::Less => nothing,
        Some(cap) => in_minor_units(cap, Mode::Down).map_err(unsettled)?,
        None => nothing,
    };
    let limit = Limit { output, at: most, guardrail };
    match caps.iter_mut().find(|known| known.output == output) {
        Some(known) if order(&limit.at, &known.at)? == Ordering::Less => *known = limit,
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
    let because = frame.because(guardrail.because.for_language(frame.situation.language())).to_string();
    let (before, after) = (frame.draft(limit.output).into_fact(), Fact::Known(limit.at.clone()));
    frame.set(limit.output, limit.at.clone().into());
    run.changes.push(Change::new(by, &guardrail.id, &declared.name, before, after, because, guardrail.source.clone()));
    Ok(())
}

fn lift<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, limit: &Limit<'a>, run: &mut Run) -> Result<(), Unsettled> {
    let below = match frame.draft(limit.output).view() {
        Fact::Known(value) => order(value, &limit.at)? == Ordering::Less,
        Fact::Missing | Fact::Unknown => true,
    };
    if below { change(frame, "floor", limit, run) } else { Ok(()) }
}

/// Invariant 2, *capped goodwill*: cuts an output to its cap and names the cap.
fn cut<'a, const TRACED: bool>(frame: &mut Frame<'_, 'a, TRACED>, limit: &Limit<'a>, run: &mut Run) -> Result<(), Unsettled> {
    let Some(value) = frame.draft(limit.output).into_value() else { return Ok(()) };
    if order(&value, &limit.at)? == Ordering::Greater {
        change(frame, "cap", limit, run)?;
        run.capped_by.push((limit.output, limit.guardrail.id.clone()));
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
    for (output, declared) in frame.decision.outputs.iter().enumerate() {
        let is_rounded = match (&declared.kind, declared.round) {
            (Kind::Money, _) | (Kind::Decimal, Some(_)) => true,
            (Kind::List(item), _) => **item == Kind::Money,
            _ => false,
        };
        // Rounding to the minor unit leaves an amount alone that has no other digits.
        if !is_rounded || declared.round.is_none() && frame.draft_in_brief(output).has_minor_digits() {
            continue;
        }
        let Some(before) = frame.draft(output).into_value() else { continue };
        let Some(after) = rounded(&before, declared).map_err(unsettled)?.filter(|after| *after != before) else { continue };
        frame.set(output, after.clone().into());
        if let Some(rounding) = declared.round {
            let because = format!("rounded {rounding}");
            let (before, after) = (Fact::Known(before), Fact::Known(after));
            run.changes.push(Change::new("rounding", "rounding", &declared.name, before, after, because, None));
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
