//! Silence decides: a missed clock that concedes settles the outcome and the correction, whatever the rules say of them.

use super::bounds::rounded;
use crate::decision::{Change, Citation, FaultNote, Few, Outputs, Part, PartStatus, RuleNote};
use crate::evaluation::situation::Situation;
use crate::policy::compiled::Decision;
use crate::policy::obligation::Obligation;
use crate::script::coerce;
use crate::value::{Fact, Kind, Value, arithmetic};
use std::cmp::Ordering;

/// The outcome of a case that silence decided.
const CONCEDED: &str = "concede_by_deadline";

/// Settles a part that silence decides.
pub(super) fn apply(situation: &Situation<'_>, decision: &Decision, because: &str, part: &mut Part, faults: &mut Vec<FaultNote>) {
    let Some(obligation) = situation.conceding() else { return };
    match &*decision.name {
        "outcome" => outcome(situation, decision, obligation, because, part, faults),
        "correction" => correction(situation, decision, obligation, because, part, faults),
        _ => {}
    }
}

/// The outcome is conceded: what the rules found is no reason any more.
fn outcome(
    situation: &Situation<'_>,
    decision: &Decision,
    obligation: &Obligation,
    because: &str,
    part: &mut Part,
    faults: &mut Vec<FaultNote>,
) {
    let output = decision.outputs.iter().find(|output| &*output.name == "value");
    let conceded = output.and_then(|output| coerce(Value::text(CONCEDED), &output.kind).ok());
    let Some(conceded) = conceded else { return };
    settle(situation, decision, part, faults);
    if let Some(outputs) = part.results.first_mut() {
        outputs.set("value", Fact::Known(conceded));
    }
    part.changes.clear();
    part.rules = Few::one(note(situation, decision, obligation, because));
}

/// At least the disputed amount is owed.
fn correction(
    situation: &Situation<'_>,
    decision: &Decision,
    obligation: &Obligation,
    because: &str,
    part: &mut Part,
    faults: &mut Vec<FaultNote>,
) {
    let Some(disputed) = situation.case.dispute.disputed_amount.known().copied() else { return };
    let amount = decision.outputs.iter().find(|output| &*output.name == "amount" && output.kind == Kind::Money);
    let Some(amount) = amount else { return };
    let was_decided = part.is_decided();
    let before = part.results.first().map_or(Fact::Missing, |outputs| outputs.get("amount"));
    let disputed = Value::Money(disputed);
    // Rounded as every other amount that is owed.
    let owed = rounded(&disputed, amount).ok().flatten().unwrap_or(disputed);
    let is_enough =
        before.known().is_some_and(|amount| arithmetic::compare(amount, &owed).is_ok_and(|order| order != Ordering::Less));
    if was_decided && is_enough {
        return;
    }
    settle(situation, decision, part, faults);
    if let Some(outputs) = part.results.first_mut() {
        outputs.set("amount", Fact::Known(owed.clone()));
    }
    if was_decided {
        let source = obligation.source.clone();
        let (output, owed) = ("amount".into(), Fact::Known(owed));
        part.changes.push(Change::new("clock", &obligation.id, &output, before, owed, because.into(), source));
    } else {
        part.rules = Few::one(note(situation, decision, obligation, because));
    }
}

fn note(situation: &Situation<'_>, decision: &Decision, obligation: &Obligation, because: &str) -> RuleNote {
    let citation = Citation::new(&decision.name, &obligation.id, &situation.program.laws);
    let source = obligation.source.as_deref().map(Into::into);
    RuleNote::new(citation.resting_on(source).standing_at(&obligation.place).into(), because.into())
}

/// A part that could not be decided has its defaults, and what kept it from being decided is no matter any more.
fn settle(situation: &Situation<'_>, decision: &Decision, part: &mut Part, faults: &mut Vec<FaultNote>) {
    if part.is_decided() && !part.results.is_empty() {
        return;
    }
    let values = decision.outputs.iter().map(|output| {
        let default = output.default.as_ref().and_then(|default| situation.literal(default).ok());
        (output.name.clone(), default.unwrap_or(Fact::Missing))
    });
    part.results = Few::one(Outputs::new(values.collect()));
    part.status = PartStatus::Decided;
    part.missing.clear();
    part.waits_for.clear();
    part.nearest.clear();
    faults.clear();
}
