//! Guardrails in sentences: what never happens, whatever rules and plugins say.

use super::document::{Block, Card, Phrase, Section, anchor, title};
use super::phrases::Words;
use super::remarks::{dated, law};
use crate::authoring::explain::words::plain;
use crate::policy::compiled::{Formula, Guardrail, Verb};
use crate::policy::slots::Slot;

pub(super) fn guardrails(words: &Words<'_>) -> Section {
    let program = words.program;
    let mut section = Section::new("guardrails", "Guardrails");
    section.paragraph(Phrase::of(
        "They hold whatever rules and plugins say. What is not known never opens one: a condition on a fact that is missing or unknown \
         counts as met, and a limit that cannot be worked out allows nothing.",
    ));
    let bounds =
        program.decisions.iter().enumerate().flat_map(|(at, decision)| decision.bounds.iter().map(move |it| (Some(at), it)));
    let all: Vec<_> = bounds.chain(program.final_guardrails.iter().map(|it| (None, it))).collect();
    let groups = ["Limits", "What is not allowed", "Who has to sign", "What stands still, and who looks"];
    for title in groups {
        let inside = all.iter().filter(|(_, it)| group(&it.verb) == title && words.in_force(it.from, it.until));
        let cards: Vec<Card> = inside.map(|(decision, it)| card(words, *decision, it)).collect();
        if !cards.is_empty() {
            section.blocks.push(Block::Heading(title.to_owned()));
            section.blocks.push(Block::Cards(cards));
        }
    }
    if all.is_empty() {
        section.paragraph(Phrase::of("This bundle has none."));
    }
    section
}

/// The heading that a guardrail stands below.
fn group(verb: &Verb) -> &'static str {
    match verb {
        Verb::Cap { .. } | Verb::Floor { .. } => "Limits",
        Verb::Forbid { .. } => "What is not allowed",
        Verb::RequireApproval { .. } => "Who has to sign",
        Verb::Hold { .. } | Verb::Refer { .. } => "What stands still, and who looks",
    }
}

fn card(words: &Words<'_>, decision: Option<usize>, guardrail: &Guardrail) -> Card {
    let mut remarks = law(guardrail.law.as_deref(), guardrail.source.as_deref());
    remarks.extend(dated(guardrail.from, guardrail.until));
    Card {
        anchor: anchor("guardrail", &guardrail.id),
        title: Phrase::of(title(&guardrail.id)),
        lines: vec![sentence(words, decision, guardrail)],
        because: words.because(&guardrail.because),
        remarks,
    }
}

/// `Goodwill is never more than 250.00`.
fn sentence(words: &Words<'_>, decision: Option<usize>, guardrail: &Guardrail) -> Phrase {
    let output = |at: usize| decision.map_or_else(Phrase::default, |decision| words.output(decision, at));
    let kind = |at: usize| {
        let found = decision.and_then(|decision| words.program.decisions.get(decision));
        found.and_then(|decision| decision.outputs.get(at)).map_or(crate::value::Kind::Money, |output| output.kind.clone())
    };
    let value = |at: usize, formula: &Formula| words.formula(formula, &kind(at));
    let is_pack = |slot: usize| matches!(words.program.slots.get(slot).map(|entry| entry.slot), Some(Slot::Pack(_)));
    let asked: Vec<Phrase> = guardrail
        .when
        .iter()
        .filter(|asked| !is_pack(asked.path.slot))
        .map(|asked| words.condition(&asked.path, &asked.cell))
        .collect();
    let when = if asked.is_empty() { Phrase::default() } else { Phrase::of(", if ").then(Phrase::joined(asked, "and")) };
    match &guardrail.verb {
        Verb::Cap { output: at, at: most } => {
            output(*at).capital().text(" is never more than ").then(value(*at, most)).then(when).text(".")
        }
        Verb::Floor { output: at, at: least } => {
            output(*at).capital().text(" is never less than ").then(value(*at, least)).then(when).text(".")
        }
        Verb::Forbid { values, unless, instead, .. } => {
            let values =
                values.iter().map(|(at, cell)| output(*at).text(" is never ").then(words.wanted(cell, &kind(*at)))).collect();
            let mut said = Phrase::joined(values, "and").capital().then(when);
            if !unless.is_empty() {
                said = said.text(", unless it is known that ").then(words.all(unless));
            }
            if !instead.is_empty() {
                let instead = instead.iter().map(|(at, formula)| output(*at).text(" is ").then(value(*at, formula))).collect();
                said = said.text(". In its place, ").then(Phrase::joined(instead, "and"));
            }
            said.text(".")
        }
        Verb::RequireApproval { roles, second_person } => {
            let roles: Vec<Phrase> = roles.iter().map(|role| Phrase::default().strong(plain(role))).collect();
            let second = "whoever asks may not be the only one to sign";
            let said = match (roles.is_empty(), second_person) {
                (true, _) => Phrase::of(second).capital(),
                (false, true) => Phrase::joined(roles, "and").text(format!(" must sign as well, and {second}")).capital(),
                (false, false) => Phrase::joined(roles, "and").text(" must sign as well").capital(),
            };
            said.then(when).text(".")
        }
        Verb::Hold { holds } => {
            let stand = if holds.len() == 1 { "stands" } else { "stand" };
            let holds = holds.iter().map(|hold| Phrase::default().strong(plain(hold))).collect();
            Phrase::joined(holds, "and").capital().text(format!(" {stand} still while the case is open")).then(when).text(".")
        }
        Verb::Refer { target } => {
            Phrase::default().strong(plain(target)).capital().text(" has to look at the case").then(when).text(".")
        }
    }
}
