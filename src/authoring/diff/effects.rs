//! Every decision of two policies beside its other side: proved equal, or not.

use super::contrast::{Found, Said};
use super::effect::{Effect, Region, Verdict};
use super::local;
use super::meaning::{Ids, Meaning};
use super::regions::{self, Local};
use super::witness::Witness;
use super::worlds::Of;
use crate::decision::GUARDRAILS;
use crate::decision::sections::section;
use crate::limits::DIFF_REGIONS_SHOWN_MAX;
use crate::policy::compiled::Decision;
use crate::policy::slots::Slot;
use crate::policy::{Policy, Program};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What becomes of every decision.
pub(super) fn all(old: &Policy, new: &Policy, ids: &Ids, renamed: &BTreeMap<String, String>) -> Vec<Effect> {
    let none = BTreeMap::new();
    let (was, is) = (Meaning::deep(&old.program, ids, renamed), Meaning::deep(&new.program, ids, &none));
    let witness = Witness::new(old, new);
    let mut effects = Vec::new();
    for decision in new.program.order.iter().filter_map(|number| new.program.decisions.get(*number)) {
        let before = counterpart(&old.program, renamed, &decision.name);
        effects.push(match before {
            None => Effect::new(&*decision.name, Verdict::Added),
            // A section takes its outputs by the name of the decision.
            Some(before) if before.name != decision.name && is_section(before, decision) => Effect {
                reason: Some(format!("it was called `{}`, and the name says which section of a decision it fills", before.name)),
                ..Effect::new(&*decision.name, Verdict::NotProven)
            },
            Some(before) if local::text(&was, before) == local::text(&is, decision) => {
                Effect::new(&*decision.name, Verdict::Equal)
            }
            Some(before) => {
                let was = Of { program: &old.program, decision: before, finals: false };
                let is = Of { program: &new.program, decision, finals: false };
                told((was, is), regions::compare(was, is, ids, renamed), &witness)
            }
        });
    }
    effects.push(finals((&was, &is), ids, renamed, &witness));
    if let Some(effect) = clocks(&was, &is, &mut effects) {
        effects.push(effect);
    }
    if let Some(effect) = packs(&was, &is, &mut effects) {
        effects.push(effect);
    }
    through(&new.program, &mut effects);
    let gone = old.program.decisions.iter().filter(|decision| {
        let name = renamed.get(&*decision.name).map_or(&*decision.name, String::as_str);
        !new.program.decisions.iter().any(|each| *each.name == *name)
    });
    effects.extend(gone.map(|decision| Effect::new(&*decision.name, Verdict::Removed)));
    effects.retain(|effect| effect.decision != GUARDRAILS || effect.verdict != Verdict::Equal);
    effects
}

/// Is every decision, guardrail, clock and pack proved to be as before?
pub(super) fn proved(old: &Program, new: &Program, ids: &Ids) -> bool {
    let none = BTreeMap::new();
    let (was, is) = (Meaning::deep(old, ids, &none), Meaning::deep(new, ids, &none));
    let decisions = old.decisions.len() == new.decisions.len()
        && old.decisions.iter().zip(&new.decisions).all(|(before, after)| {
            let of = |program, decision| Of { program, decision, finals: false };
            before.name == after.name
                && (local::text(&was, before) == local::text(&is, after)
                    || matches!(regions::compare(of(old, before), of(new, after), ids, &none), Local::Equal))
        });
    let obligations =
        |meaning: &Meaning<'_>| meaning.program.obligations.list.iter().map(|each| meaning.obligation(each)).collect::<Vec<_>>();
    let finals = |program: &'_ Program| -> Vec<String> {
        let meaning = Meaning::deep(program, ids, &none);
        program.final_guardrails.iter().map(|guardrail| meaning.guardrail(guardrail, None)).collect()
    };
    decisions
        && finals(old) == finals(new)
        && obligations(&was) == obligations(&is)
        && old.calendar == new.calendar
        && was.packs() == is.packs()
        && alike(old, new)
}

fn is_section(old: &Decision, new: &Decision) -> bool {
    section(&old.name).is_some() || section(&new.name).is_some()
}

fn counterpart<'p>(old: &'p Program, renamed: &BTreeMap<String, String>, name: &str) -> Option<&'p Decision> {
    old.decisions.iter().find(|decision| renamed.get(&*decision.name).map_or(&*decision.name, String::as_str) == name)
}

/// The guardrails that look at the finished draft.
fn finals(
    (old, new): (&Meaning<'_>, &Meaning<'_>),
    ids: &Ids,
    renamed: &BTreeMap<String, String>,
    witness: &Witness<'_>,
) -> Effect {
    let texts = |meaning: &Meaning<'_>| {
        meaning.program.final_guardrails.iter().map(|guardrail| meaning.guardrail(guardrail, None)).collect::<Vec<_>>()
    };
    if texts(old) == texts(new) {
        return Effect::new(GUARDRAILS, Verdict::Equal);
    }
    let was = Of { program: old.program, decision: &old.program.nobody, finals: true };
    let is = Of { program: new.program, decision: &new.program.nobody, finals: true };
    told((was, is), regions::compare(was, is, ids, renamed), witness)
}

/// Clocks and holds, and the calendar that days are counted by. They are held to be the same or not; which cases differ is not gone
/// through, so that what reads them is affected.
fn clocks(old: &Meaning<'_>, new: &Meaning<'_>, effects: &mut [Effect]) -> Option<Effect> {
    let texts = |meaning: &Meaning<'_>| {
        let all = meaning.program.obligations.list.iter();
        all.map(|each| (each.id.to_string(), meaning.obligation(each))).collect::<BTreeMap<String, String>>()
    };
    let (was, is) = (texts(old), texts(new));
    let same_calendar = old.program.calendar == new.program.calendar;
    if was == is && same_calendar {
        return None;
    }
    let program = new.program;
    let reads_clock = |decision: &Decision| {
        let slots = decision.reading.iter().filter_map(|slot| program.slots.get(*slot));
        slots.into_iter().any(|entry| matches!(entry.slot, Slot::Clock { .. }))
    };
    let counts = old.program.calendar != new.program.calendar;
    for effect in effects.iter_mut().filter(|effect| effect.verdict == Verdict::Equal) {
        let own = program.decisions.iter().find(|decision| *decision.name == *effect.decision);
        if counts || own.is_some_and(reads_clock) {
            (effect.verdict, effect.through) = (Verdict::Through, vec![CLOCKS.to_owned()]);
        }
    }
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).filter(|id| was.get(*id) != is.get(*id)).collect();
    let mut names: Vec<String> = names.into_iter().map(|id| format!("`{id}`")).collect();
    let more = names.len().saturating_sub(CLOCKS_NAMED_MAX);
    names.truncate(CLOCKS_NAMED_MAX);
    names.extend((more > 0).then(|| format!("{more} more clocks")));
    names.extend((!same_calendar).then(|| "the calendar of the bundle".to_owned()));
    let reason = format!("not the same is {}; which cases that turns is not gone through", names.join(", "));
    Some(Effect { reason: Some(reason), ..Effect::new(CLOCKS, Verdict::NotProven) })
}

/// When packs apply, and what they set anew. Any rule, clock or guardrail may hang on that, so that nothing is called equal where it
/// was changed.
fn packs(old: &Meaning<'_>, new: &Meaning<'_>, effects: &mut [Effect]) -> Option<Effect> {
    if old.packs() == new.packs() {
        return None;
    }
    for effect in effects.iter_mut().filter(|effect| effect.verdict == Verdict::Equal) {
        (effect.verdict, effect.through) = (Verdict::Through, vec![PACKS.to_owned()]);
    }
    let reason =
        "where or when packs apply, or what they set anew, is not the same, and which cases that turns is not gone through";
    Some(Effect { reason: Some(reason.to_owned()), ..Effect::new(PACKS, Verdict::NotProven) })
}

/// So many clocks that are not the same are named; more are counted.
const CLOCKS_NAMED_MAX: usize = 8;

/// What packs are called where decisions are named.
const PACKS: &str = "packs";

/// What clocks and holds are called where decisions are named.
const CLOCKS: &str = "obligations";

/// What was found out about a decision, as an effect.
fn told((old, new): (Of<'_>, Of<'_>), local: Local, witness: &Witness<'_>) -> Effect {
    let name = if new.finals { GUARDRAILS } else { &*new.decision.name };
    match local {
        Local::Equal => Effect::new(name, Verdict::Equal),
        Local::Unknown(reason) => Effect { reason: Some(reason), ..Effect::new(name, Verdict::NotProven) },
        Local::Differs(found, cut, caveats) => {
            let mut effect = Effect::new(name, Verdict::NotProven);
            effect.more = found.len().saturating_sub(DIFF_REGIONS_SHOWN_MAX);
            for found in found.iter().take(DIFF_REGIONS_SHOWN_MAX) {
                let mut region = region(found);
                region.shown = witness.find((old, new), found);
                if region.shown.is_some() || (region.certain && found.free) {
                    effect.verdict = Verdict::Differs;
                }
                effect.regions.push(region);
            }
            // What is seen comes before what may be.
            effect.regions.sort_by_key(|region| (region.shown.is_none(), !region.certain));
            if cut {
                effect.reason = Some("there are more regions than were gone through".to_owned());
            } else if !caveats.is_empty() && effect.regions.is_empty() {
                let reason = "all that could make a difference is that a formula or a limit cannot be worked out";
                effect.reason = Some(reason.to_owned());
            }
            effect
        }
    }
}

fn region(found: &Found) -> Region {
    let (old, new) = (&found.told.old, &found.told.new);
    let by = |said: &Said| said.rules.iter().chain(&said.by).cloned().collect();
    Region {
        when: found.when.clone(),
        before_by: by(old),
        after_by: by(new),
        before: old.given.clone(),
        after: new.given.clone(),
        certain: found.told.certain,
        shown: None,
        history: None,
        found: Arc::new(found.clone()),
    }
}

/// Decisions that decide as before by what others give them, where one of those may come out differently.
fn through(program: &Program, effects: &mut [Effect]) {
    let mut turned: BTreeSet<String> = BTreeSet::new();
    let touched = |effect: &Effect| !matches!(effect.verdict, Verdict::Equal);
    for effect in effects.iter_mut() {
        if touched(effect) {
            turned.insert(effect.decision.clone());
            continue;
        }
        let needs: Vec<&Decision> = if effect.decision == GUARDRAILS {
            let read = program.final_guardrails.iter().flat_map(|guardrail| &guardrail.when).map(|each| each.path.slot);
            let read: BTreeSet<usize> = read.collect();
            program.decisions.iter().enumerate().filter(|(number, _)| reads(program, &read, *number)).map(|(_, it)| it).collect()
        } else {
            let own = program.decisions.iter().find(|decision| *decision.name == *effect.decision);
            own.into_iter().flat_map(|own| &own.needs).filter_map(|number| program.decisions.get(*number)).collect()
        };
        let by: Vec<String> = needs.iter().map(|it| it.name.to_string()).filter(|name| turned.contains(name)).collect();
        if !by.is_empty() {
            turned.insert(effect.decision.clone());
            (effect.verdict, effect.through) = (Verdict::Through, by);
        }
    }
}

fn reads(program: &Program, slots: &BTreeSet<usize>, number: usize) -> bool {
    slots
        .iter()
        .filter_map(|slot| program.slots.get(*slot))
        .any(|entry| matches!(entry.slot, Slot::Output { decision, .. } if decision == number))
}

/// Is the same true of both bundles where no decision says it: the days on which they decide, the facts they require, and whether they
/// decide disputes?
pub(super) fn alike(old: &Program, new: &Program) -> bool {
    let facts = |program: &Program| -> BTreeMap<String, String> {
        program.extras.iter().map(|extra| (extra.path.value.clone(), format!("{:?} {}", extra.kind, extra.required))).collect()
    };
    (old.effective, old.disputes) == (new.effective, new.disputes) && facts(old) == facts(new)
}
