//! Clocks and holds, by the law that asks for them.

use super::document::{Block, Card, Phrase, Section, Tone, anchor};
use super::phrases::Words;
use super::remarks::{dated, law};
use crate::authoring::explain::words::plain;
use crate::bundle::{Bundle, ObligationDoc, Roll};
use crate::decision::OnBreach;
use crate::policy::compiled::Condition;
use crate::policy::obligation::{DueLine, Obligation, Start};
use crate::policy::slots::Slot;

pub(super) fn clocks(words: &Words<'_>, bundle: &Bundle) -> Option<Section> {
    let all = &words.program.obligations.list;
    if all.is_empty() {
        return None;
    }
    let mut section = Section::new("clocks", "Clocks and holds");
    section.paragraph(Phrase::of(
        "What has to be done by when, and what stands still meanwhile. The day of the event is not counted. What is not known applies, and \
         never shortens a deadline.",
    ));
    let of_pack = |clock: &Obligation| clock.law.as_ref().and_then(|law| law.pack.clone());
    let packs = words.program.packs.iter().map(|pack| Some(pack.name.clone()));
    for pack in std::iter::once(None).chain(packs) {
        let inside = all.iter().filter(|clock| of_pack(clock) == pack && words.in_force(clock.from, clock.until));
        let cards: Vec<Card> = inside.map(|clock| card(words, clock, document(bundle, &clock.id))).collect();
        if !cards.is_empty() {
            section.blocks.push(Block::Heading(pack.map_or_else(|| "Of the bundle itself".to_owned(), |pack| pack.to_string())));
            section.blocks.push(Block::Cards(cards));
        }
    }
    Some(section)
}

fn document<'b>(bundle: &'b Bundle, id: &str) -> Option<&'b ObligationDoc> {
    let of_packs = bundle.packs.iter().flat_map(|pack| &pack.obligations);
    bundle.obligations.iter().chain(of_packs).find(|doc| doc.id.value == id)
}

fn card(words: &Words<'_>, clock: &Obligation, doc: Option<&ObligationDoc>) -> Card {
    let mut lines = Vec::new();
    if let Some(doc) = doc.filter(|doc| !doc.about.is_empty()) {
        lines.push(Phrase::written(&doc.about));
    }
    for line in &clock.due {
        lines.push(deadline(words, clock, line));
    }
    if !clock.holds.is_empty() {
        let holds: Vec<Phrase> = clock.holds.iter().map(|hold| Phrase::default().strong(plain(hold))).collect();
        let stand = if holds.len() == 1 { "stands" } else { "stand" };
        let said = format!(" {stand} still while it applies, on the disputed part only.");
        lines.push(Phrase::joined(holds, "and").capital().text(said));
    }
    if let Some(when) = conditions(words, &clock.when) {
        lines.push(Phrase::of("It applies where ").then(when).text("."));
    }
    if !clock.unless.is_empty() {
        lines.push(Phrase::of("It does not apply where ").then(words.all(&clock.unless)).text("."));
    }
    if !clock.due.is_empty() && !clock.window {
        let brings: Vec<Phrase> = clock.on_breach.iter().map(|what| Phrase::of(brought(*what))).collect();
        let brings = if brings.is_empty() { Phrase::of("it is told") } else { Phrase::joined(brings, "and") };
        lines.push(Phrase::of("If it is missed, ").then(brings).text("."));
    }
    let mut remarks = law(clock.law.as_deref(), clock.source.as_deref());
    remarks.extend(dated(clock.from, clock.until));
    let calendar = clock.calendar.name();
    if !clock.due.is_empty() && !calendar.is_empty() {
        remarks.push(Phrase::of(format!("Business days by the calendar {calendar}")));
    }
    if clock.window {
        remarks.insert(0, Phrase::default().badge(Tone::Plain, "a way that stays open, and no duty"));
    }
    let title = Phrase::of(&*clock.id);
    Card { anchor: anchor("clock", &clock.id), title, lines, because: words.because(&clock.because), remarks }
}

/// Conditions without that of the pack, which is told by its mark.
fn conditions(words: &Words<'_>, when: &[Condition]) -> Option<Phrase> {
    let is_pack = |slot: usize| matches!(words.program.slots.get(slot).map(|entry| entry.slot), Some(Slot::Pack(_)));
    let said: Vec<Phrase> =
        when.iter().filter(|it| !is_pack(it.path.slot)).map(|it| words.condition(&it.path, &it.cell)).collect();
    (!said.is_empty()).then(|| Phrase::joined(said, "and"))
}

fn deadline(words: &Words<'_>, clock: &Obligation, line: &DueLine) -> Phrase {
    let step = clock.step.as_deref().map_or_else(|| "it".to_owned(), plain);
    let after = match &line.after {
        Start::Fact(path) => words.subject(path),
        Start::Step { name, .. } => Phrase::of("the step ").strong(plain(name)),
    };
    let lead = Phrase::default().strong(step).capital();
    let lead = if clock.window { lead.text(" stays open for ") } else { lead.text(" within ") };
    let mut said = lead.strong(line.within.to_string()).text(" after ").then(after);
    if let Some(most) = line.at_most {
        said = said.text(format!(", and never later than {most} after it"));
    }
    if let Some(when) = conditions(words, &line.when) {
        said = said.text(", where ").then(when);
    }
    said.text(match line.roll {
        Roll::Next => ".",
        Roll::Stay => "; a day off does not move it.",
        Roll::Previous => "; on a day off, the business day before.",
    })
}

fn brought(what: OnBreach) -> &'static str {
    match what {
        OnBreach::Report => "it is told",
        OnBreach::Escalate => "the case goes to the review of breaches",
        OnBreach::Concede => "the case is decided for the customer",
    }
}
