//! Obligations, compiled, and the order in which their clocks run.

use super::catalog::Scope;
use super::compiled::{Decision, Guardrail, law};
use super::decisions::{Workshop, resolve};
use super::formula::Compiler;
use super::graph::{slots_of_guardrail, slots_of_reason, slots_read};
use super::guardrails::conditions;
use super::obligation::{DueLine, Obligation, Obligations, Start};
use super::slots::{Slot, SlotTable};
use crate::bundle::{After, ObligationDoc, Written};
use crate::decision::OnBreach;
use crate::decision::sections::HOLDS;
use crate::holidays::Calendars;
use crate::limits::OBLIGATIONS_MAX;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::{Calendar, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What obligations are compiled with, beside the rest of the workshop.
pub(crate) struct Almanac<'a> {
    pub(crate) calendars: &'a Calendars,
    /// The calendar of the bundle, and of each pack.
    pub(crate) calendar: &'a Arc<Calendar>,
    pub(crate) of_packs: &'a [(String, Arc<Calendar>)],
}

/// Compiles the obligations and puts them into order.
pub(crate) fn compile(
    docs: &[&ObligationDoc],
    almanac: &Almanac<'_>,
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    out: &mut Diagnostics,
) -> Obligations {
    if docs.len() > OBLIGATIONS_MAX {
        let message = format!("the bundle has {} obligations, more than the {OBLIGATIONS_MAX} that are allowed", docs.len());
        out.push(Diagnostic::global(Code::TooLarge, message));
        return Obligations::default();
    }
    // An expression names both `a-b` and `a_b` as `clock.a_b`.
    let mut seen: BTreeMap<String, &Written<String>> = BTreeMap::new();
    for doc in docs {
        if let Some(first) = seen.insert(doc.id.value.replace('-', "_"), &doc.id) {
            let message = if first.value == doc.id.value {
                format!("two obligations are called `{}`", doc.id.value)
            } else {
                format!("`{}` and `{}` are one name where an expression reads the clock", first.value, doc.id.value)
            };
            let help = "give this one another `id`";
            out.push(Diagnostic::at(Code::DuplicateName, &doc.id.place, message).label(&first.place, "the first one").help(help));
        }
    }
    let list: Vec<Option<Obligation>> = docs.iter().map(|doc| obligation(doc, docs, almanac, shop, slots, out)).collect();
    Obligations { list: list.into_iter().flatten().collect(), order: Vec::new(), first: Vec::new() }
}

fn obligation(
    doc: &ObligationDoc,
    docs: &[&ObligationDoc],
    almanac: &Almanac<'_>,
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    out: &mut Diagnostics,
) -> Option<Obligation> {
    let calendar = match &doc.calendar {
        Some(name) => almanac.calendars.find(&name.value, &name.place, out),
        None => {
            let of_pack = almanac.of_packs.iter().find(|(pack, _)| doc.law.pack.as_ref() == Some(pack));
            Some(of_pack.map_or(almanac.calendar, |(_, calendar)| calendar).clone())
        }
    };
    let mut scope = Scope { catalog: shop.catalog, slots, decision: None, lets: &[], item: None, own_outputs: false };
    let when = conditions(&doc.when, shop, &mut scope, out);
    let unless = conditions(&doc.unless, shop, &mut scope, out);
    let mut due = Vec::new();
    for line in &doc.due {
        let when = conditions(&line.when, shop, &mut scope, out);
        let hours = line.within.value.is_in_hours();
        let after = start(&line.after, hours, doc, docs, &mut scope, out)?;
        let at_most = line.at_most.as_ref().map(|bound| bound.value);
        due.push(DueLine { when, within: line.within.value, after, at_most, roll: line.roll.unwrap_or(doc.roll) });
    }
    for hold in doc.holds.iter().filter(|hold| !HOLDS.contains(&hold.value.as_str())) {
        let help = did_you_mean(&hold.value, HOLDS).unwrap_or_else(|| format!("holds are {}", HOLDS.join(", ")));
        out.push(Diagnostic::at(Code::UnknownMember, &hold.place, format!("there is no hold `{}`", hold.value)).help(help));
    }
    let because = doc.because.as_ref().map(|because| Compiler::because(because, &mut scope, out)).unwrap_or_default();
    Some(Obligation {
        id: doc.id.value.as_str().into(),
        when,
        unless,
        step: doc.step.as_ref().map(|step| step.value.as_str().into()),
        due,
        window: doc.window,
        on_breach: doc.on_breach.iter().map(|each| each.value).collect(),
        holds: doc.holds.iter().map(|hold| hold.value.clone()).collect(),
        calendar: calendar?,
        because,
        source: doc.source.clone(),
        law: law(&doc.law),
        from: doc.from,
        until: doc.until,
        place: doc.id.place.clone(),
        late: false,
    })
}

fn start(
    after: &After,
    hours: bool,
    doc: &ObligationDoc,
    docs: &[&ObligationDoc],
    scope: &mut Scope<'_>,
    out: &mut Diagnostics,
) -> Option<Start> {
    match after {
        After::Fact(name) => {
            let path = resolve(name, scope, out)?;
            match (&path.kind, hours) {
                (Kind::DateTime, _) | (Kind::Date, false) => Some(Start::Fact(path)),
                (Kind::Date, true) => {
                    let message = format!("hours run from a time of the day, and `{}` is a date", name.value);
                    let help = "count in calendar days or business days, or name a fact with a time";
                    out.push(Diagnostic::at(Code::BadObligation, &name.place, message).help(help));
                    None
                }
                (kind, _) => {
                    let message = format!("a clock runs from a date or a time, and `{}` is {kind}", name.value);
                    let help = "name a date or a time, such as `complaint.received_at`";
                    out.push(Diagnostic::at(Code::TypeMismatch, &name.place, message).help(help));
                    None
                }
            }
        }
        After::Step(name) => {
            let of_step = |other: &&ObligationDoc| other.step.as_ref().is_some_and(|step| step.value == name.value);
            let clocks: Vec<usize> = docs.iter().enumerate().filter(|(_, other)| of_step(other)).map(|(at, _)| at).collect();
            if doc.step.as_ref().is_some_and(|step| step.value == name.value) {
                let message = format!("`{}` runs from the step that it asks for itself", doc.id.value);
                out.push(Diagnostic::at(Code::ClockCircle, &name.place, message));
                return None;
            }
            Some(Start::Step { name: name.value.as_str().into(), clocks })
        }
    }
}

/// Orders the clocks, tells those that read decisions from those that do not, and refuses what cannot come out even.
pub(crate) fn order(
    obligations: &mut Obligations,
    decisions: &[Decision],
    finals: &[Guardrail],
    slots: &SlotTable,
    out: &mut Diagnostics,
) {
    let list = &obligations.list;
    let slot = |number: usize| slots.get(number).map(|entry| entry.slot);
    let needs: Vec<BTreeSet<usize>> = list
        .iter()
        .map(|each| {
            let read = each.reads().filter_map(|number| match slot(number) {
                Some(Slot::Clock { clock, .. }) => Some(clock),
                _ => None,
            });
            read.chain(each.waits_for()).collect()
        })
        .collect();
    let mut order: Vec<usize> = Vec::new();
    while order.len() < list.len() {
        let ready = |number: &usize| {
            !order.contains(number) && needs.get(*number).is_some_and(|needs| needs.iter().all(|need| order.contains(need)))
        };
        let Some(next) = (0..list.len()).find(ready) else { break };
        order.push(next);
    }
    if let Some(stuck) = (0..list.len()).find(|number| !order.contains(number)).and_then(|number| list.get(number)) {
        let message = format!("the clock of `{}` waits for clocks that wait for it", stuck.id);
        let help = "let one of them run from a date fact";
        out.push(Diagnostic::at(Code::ClockCircle, &stuck.place, message).help(help));
        return;
    }
    let mut late: BTreeSet<usize> = BTreeSet::new();
    for number in &order {
        let (Some(each), Some(needs)) = (list.get(*number), needs.get(*number)) else { continue };
        let reads_decision = each.reads().any(|number| matches!(slot(number), Some(Slot::Output { .. })));
        if reads_decision || needs.iter().any(|need| late.contains(need)) {
            late.insert(*number);
        }
    }
    for each in late.iter().filter_map(|number| list.get(*number)).filter(|each| each.brings(OnBreach::Concede)) {
        let message = format!("`{}` concedes when it is missed, and it reads a decision", each.id);
        let help = "what decides a case has to run before the decisions: let it read facts only";
        out.push(Diagnostic::at(Code::ClockCircle, &each.place, message).help(help));
    }
    concessions(list, decisions, out);
    let mut wanted: Vec<usize> =
        (0..list.len()).filter(|number| list.get(*number).is_some_and(|each| each.brings(OnBreach::Concede))).collect();
    let of_decisions = decisions.iter().map(|each| (&*each.name, &each.place, slots_read(each)));
    let of_finals = finals
        .iter()
        .map(|each| (each.id.as_str(), &each.place, slots_of_guardrail(each).into_iter().chain(slots_of_reason(each)).collect()));
    for (name, place, read) in of_decisions.chain(of_finals) {
        for number in read {
            let Some(Slot::Clock { clock, .. }) = slot(number) else { continue };
            if late.contains(&clock) {
                let id = list.get(clock).map_or("", |each| &*each.id);
                let message = format!("`{name}` reads the clock `{id}`, which reads decisions itself");
                let help = format!("let `{id}` read facts only; a clock that reads decisions runs when all are taken");
                out.push(Diagnostic::at(Code::ClockCircle, place, message).help(help));
            }
            wanted.push(clock);
        }
    }
    let mut first: BTreeSet<usize> = BTreeSet::new();
    while let Some(number) = wanted.pop() {
        if first.insert(number) {
            wanted.extend(needs.get(number).into_iter().flatten());
        }
    }
    obligations.first = order.iter().copied().filter(|number| first.contains(number)).collect();
    obligations.order = order;
    for number in late {
        if let Some(each) = obligations.list.get_mut(number) {
            each.late = true;
        }
    }
}

/// Where silence decides there is an outcome to give and a correction to owe.
fn concessions(list: &[Obligation], decisions: &[Decision], out: &mut Diagnostics) {
    let Some(conceding) = list.iter().find(|each| each.brings(OnBreach::Concede)) else { return };
    let outcome = decisions.iter().find(|decision| &*decision.name == "outcome").and_then(|decision| decision.outputs.first());
    let can_be = outcome.is_some_and(|output| match &output.kind {
        Kind::Enum(values) => values.names.iter().any(|name| &**name == "concede_by_deadline"),
        _ => false,
    });
    if !can_be || !decisions.iter().any(|decision| &*decision.name == "correction") {
        let message = format!("`{}` concedes when it is missed, and the bundle has nothing to concede with", conceding.id);
        let help = "add the decisions `outcome`, with the value `concede_by_deadline`, and `correction`";
        out.push(Diagnostic::at(Code::BadObligation, &conceding.place, message).help(help));
    }
}
