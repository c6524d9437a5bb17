//! Guardrails that bound the outputs of a decision: `forbid`, then `floor`, then `cap`, then rounding.
//!
//! No table, script or plugin passes them: they look at what came out last, and the rounding is bounded once more.

use super::frame::{Frame, trouble};
use crate::decision::{Change, Outputs, Safeguard, SafeguardResult};
use crate::policy::compiled::{Condition, Formula, Guardrail, Output, Verb};
use crate::rule::{Cell, Judgement};
use crate::script::{Fault, Outcome, Stop};
use crate::value::{Decimal, Fact, Kind, Mode, Money, Rounding, Value, arithmetic};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the guardrails did.
#[derive(Debug, Default)]
pub(crate) struct Bounded {
    pub(crate) changes: Vec<Change>,
    pub(crate) capped_by: BTreeMap<String, String>,
    pub(crate) safeguards: Vec<Safeguard>,
}

/// Bounds the draft of a frame.
pub(crate) fn apply(frame: &mut Frame<'_>) -> Result<Bounded, Stop> {
    let mut done = Bounded::default();
    forbid(frame, &mut done)?;
    let floors = floors(frame, &mut done)?;
    let caps = caps(frame, &mut done)?;
    round(frame, &floors, &caps, &mut done)?;
    Ok(done)
}

fn in_force<'a>(frame: &Frame<'a>) -> Vec<&'a Guardrail> {
    let day = frame.situation.policy_date;
    frame.decision.bounds.iter().filter(|guardrail| guardrail.in_force(day)).collect()
}

fn draft_value(frame: &Frame<'_>, output: usize) -> Fact<Value> {
    frame.draft.as_ref().map_or(Fact::Missing, |draft| draft.at(output))
}

/// Sets an output of the draft and notes who did it.
fn change(frame: &mut Frame<'_>, by: &'static str, guardrail: &Guardrail, output: usize, after: Fact<Value>, done: &mut Bounded) {
    let before = draft_value(frame, output);
    let Some(name) = frame.decision.outputs.get(output).map(|output| output.name.clone()) else { return };
    if before == after {
        return;
    }
    let because = reason(frame, guardrail);
    if let Some(draft) = &mut frame.draft {
        draft.set(&name, after.clone());
    }
    done.changes.push(Change::new(by, &guardrail.id, &name, before, after, because, guardrail.source.clone()));
}

fn reason(frame: &mut Frame<'_>, guardrail: &Guardrail) -> Arc<str> {
    let language = frame.situation.language();
    frame.because(guardrail.because.for_language(language))
}

/// Looks at a proposal until no guardrail forbids it any more. What stands instead may be forbidden by another guardrail.
fn forbid(frame: &mut Frame<'_>, done: &mut Bounded) -> Result<(), Stop> {
    let guardrails: Vec<&Guardrail> =
        in_force(frame).into_iter().filter(|guardrail| matches!(guardrail.verb, Verb::Forbid { .. })).collect();
    for _ in 0..=guardrails.len() {
        let proposal = frame.draft.clone();
        let mut blocked: Option<(&Guardrail, &Vec<(usize, Formula)>)> = None;
        for guardrail in &guardrails {
            let Verb::Forbid { values, unless, instead, .. } = &guardrail.verb else { continue };
            let Some(result) = verdict(frame, guardrail, values, unless, proposal.as_ref())? else { continue };
            let because = reason(frame, guardrail);
            done.safeguards.push(Safeguard::new(&guardrail.id, result, guardrail.source.clone(), because.to_string()));
            if result != SafeguardResult::Pass && blocked.is_none() {
                blocked = Some((guardrail, instead));
            }
        }
        let Some((guardrail, instead)) = blocked else { return Ok(()) };
        for (output, formula) in instead {
            let Some(declared) = frame.decision.outputs.get(*output) else { continue };
            let after = match formula {
                // `missing` written as such takes the output away.
                Formula::Literal(literal) => frame.situation.literal(literal)?,
                Formula::Expression(_) => {
                    match frame.strict_formula(formula, &declared.kind, &declared.name, &guardrail.place)? {
                        Outcome::Known(value) => Fact::Known(value),
                        Outcome::Absent(absent) => return Err(Stop::Needs(absent)),
                    }
                }
            };
            change(frame, "forbid", guardrail, *output, after, done);
        }
        if frame.draft == proposal {
            let message = format!("the guardrail `{}` puts in place what it forbids", guardrail.id);
            return Err(Stop::Fault(Fault::runtime(message, Some(guardrail.place.clone()))));
        }
    }
    let message = "guardrails forbid what other guardrails put in place";
    Err(Stop::Fault(Fault::runtime(message, Some(frame.decision.place.clone()))))
}

/// What one guardrail says of a proposal; nothing when it does not concern it.
fn verdict(
    frame: &mut Frame<'_>,
    guardrail: &Guardrail,
    values: &[(usize, Cell)],
    unless: &[Condition],
    proposal: Option<&Outputs>,
) -> Result<Option<SafeguardResult>, Stop> {
    let scope = frame.judge(&guardrail.when)?;
    if scope == Judgement::No {
        return Ok(None);
    }
    for (output, cell) in values {
        let value = proposal.map_or(Fact::Missing, |draft| draft.at(*output));
        if !cell.holds(&value, frame.situation).map_err(trouble)? {
            return Ok(None);
        }
    }
    let met = if unless.is_empty() { Judgement::No } else { frame.judge(unless)? };
    Ok(Some(match (met, scope) {
        (Judgement::Yes, _) => SafeguardResult::Pass,
        (Judgement::No, Judgement::Yes) => SafeguardResult::Block,
        _ => SafeguardResult::Review,
    }))
}

fn bound_value(frame: &mut Frame<'_>, at: &Formula, output: &Output, guardrail: &Guardrail) -> Result<Outcome, Stop> {
    frame.strict_formula(at, &output.kind, &format!("{}.at", guardrail.id), &guardrail.place)
}

/// The bound of each output that holds, and the guardrail that set it.
type Limits<'a> = BTreeMap<usize, (Value, &'a Guardrail)>;

fn floors<'a>(frame: &mut Frame<'a>, done: &mut Bounded) -> Result<Limits<'a>, Stop> {
    let mut highest: Limits<'a> = BTreeMap::new();
    for guardrail in in_force(frame) {
        let Verb::Floor { output, at } = &guardrail.verb else { continue };
        let Some(declared) = frame.decision.outputs.get(*output) else { continue };
        if frame.judge(&guardrail.when)? == Judgement::No {
            continue;
        }
        let least = match bound_value(frame, at, declared, guardrail)? {
            Outcome::Known(least) => in_minor_units(least, Mode::Up)?,
            Outcome::Absent(absent) => return Err(Stop::Needs(absent)),
        };
        lift(frame, *output, &least, guardrail, done)?;
        let higher = match highest.get(output) {
            Some((known, _)) => order(&least, known, guardrail)? == Ordering::Greater,
            None => true,
        };
        if higher {
            highest.insert(*output, (least, guardrail));
        }
    }
    Ok(highest)
}

fn lift(frame: &mut Frame<'_>, output: usize, least: &Value, guardrail: &Guardrail, done: &mut Bounded) -> Result<(), Stop> {
    let below = match draft_value(frame, output) {
        Fact::Known(value) => order(&value, least, guardrail)? == Ordering::Less,
        Fact::Missing | Fact::Unknown => true,
    };
    if below {
        change(frame, "floor", guardrail, output, Fact::Known(least.clone()), done);
    }
    Ok(())
}

/// A limit in whole minor units, so that an amount that it sets needs no rounding, which could pass the limit.
pub(crate) fn in_minor_units(limit: Value, mode: Mode) -> Result<Value, Stop> {
    let Value::Money(money) = limit else { return Ok(limit) };
    let mode = if money.amount().is_negative() { Mode::Down } else { mode };
    Ok(Value::Money(money.rounded(Rounding { mode, step: None }).map_err(trouble)?))
}

/// Of several caps, the smallest.
fn caps<'a>(frame: &mut Frame<'a>, done: &mut Bounded) -> Result<Limits<'a>, Stop> {
    let mut smallest: Limits<'a> = BTreeMap::new();
    for guardrail in in_force(frame) {
        let Verb::Cap { output, at } = &guardrail.verb else { continue };
        let Some(declared) = frame.decision.outputs.get(*output) else { continue };
        let Fact::Known(value) = draft_value(frame, *output) else { continue };
        if frame.judge(&guardrail.when)? == Judgement::No {
            continue;
        }
        // A cap that is not known allows nothing, and a cap never goes below zero.
        let nothing = zero_like(&value);
        let cap = match bound_value(frame, at, declared, guardrail)? {
            Outcome::Known(cap) if order(&cap, &nothing, guardrail)? == Ordering::Less => nothing,
            Outcome::Known(cap) => in_minor_units(cap, Mode::Down)?,
            Outcome::Absent(_) => nothing,
        };
        let tighter = match smallest.get(output) {
            Some((known, _)) => order(&cap, known, guardrail)? == Ordering::Less,
            None => true,
        };
        if tighter {
            smallest.insert(*output, (cap, guardrail));
        }
    }
    for (output, (cap, guardrail)) in &smallest {
        cut(frame, *output, cap, guardrail, done)?;
    }
    Ok(smallest)
}

/// Invariant 2, *capped goodwill*: cuts an output to its cap and names the cap.
fn cut(frame: &mut Frame<'_>, output: usize, cap: &Value, guardrail: &Guardrail, done: &mut Bounded) -> Result<(), Stop> {
    let Fact::Known(value) = draft_value(frame, output) else { return Ok(()) };
    if order(&value, cap, guardrail)? == Ordering::Greater {
        change(frame, "cap", guardrail, output, Fact::Known(cap.clone()), done);
        if let Some(declared) = frame.decision.outputs.get(output) {
            done.capped_by.insert(declared.name.to_string(), guardrail.id.clone());
        }
    }
    Ok(())
}

/// Nothing, of the kind of a value.
fn zero_like(value: &Value) -> Value {
    match value {
        Value::Money(money) => Value::Money(Money::zero(money.currency())),
        Value::Integer(_) => Value::Integer(0),
        _ => Value::Decimal(Decimal::ZERO),
    }
}

/// Which is more; where they cannot be compared, the guardrail is named.
fn order(left: &Value, right: &Value, guardrail: &Guardrail) -> Result<Ordering, Stop> {
    arithmetic::compare(left, right).map_err(|trouble| {
        let message = format!("the guardrail `{}`: {trouble}", guardrail.id);
        Stop::Fault(Fault::runtime(message, Some(guardrail.place.clone())))
    })
}

/// Rounds what is money, and what says so; what rounding takes below a floor or above a cap is brought back, a cap having the last word.
fn round(frame: &mut Frame<'_>, floors: &Limits<'_>, caps: &Limits<'_>, done: &mut Bounded) -> Result<(), Stop> {
    let decision = frame.decision;
    for (output, declared) in decision.outputs.iter().enumerate() {
        let Fact::Known(before) = draft_value(frame, output) else { continue };
        let Some(after) = rounded(&before, declared)? else { continue };
        if after == before {
            continue;
        }
        if let Some(draft) = &mut frame.draft {
            draft.set(&declared.name, Fact::Known(after.clone()));
        }
        if let Some(rounding) = declared.round {
            let because = format!("rounded {rounding}").into();
            let (before, after) = (Fact::Known(before), Fact::Known(after));
            done.changes.push(Change::new("rounding", "rounding", &declared.name, before, after, because, None));
        }
        if let Some((least, guardrail)) = floors.get(&output) {
            lift(frame, output, least, guardrail, done)?;
        }
        if let Some((cap, guardrail)) = caps.get(&output) {
            cut(frame, output, cap, guardrail, done)?;
        }
    }
    Ok(())
}

/// A rounded value, if this output is rounded at all.
pub(crate) fn rounded(value: &Value, output: &Output) -> Result<Option<Value>, Stop> {
    Ok(match (value, &output.kind, output.round) {
        (Value::Money(money), Kind::Money, rounding) => {
            Some(Value::Money(money.rounded(rounding.unwrap_or_default()).map_err(trouble)?))
        }
        (Value::List(items), Kind::List(item), rounding) if **item == Kind::Money => {
            let one = |item: &Value| match item {
                Value::Money(money) => money.rounded(rounding.unwrap_or_default()).map(Value::Money),
                other => Ok(other.clone()),
            };
            Some(Value::list(items.iter().map(one).collect::<Result<Vec<_>, _>>().map_err(trouble)?))
        }
        (Value::Decimal(number), Kind::Decimal, Some(rounding)) => {
            Some(Value::Decimal(rounding.apply(*number, 0).map_err(trouble)?))
        }
        _ => None,
    })
}
