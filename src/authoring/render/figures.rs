//! The figures that a manager turns, the facts that are looked at, and what stands in for those that a case leaves out.

use super::document::{Block, Phrase, Row, Section, Tone, anchor};
use super::phrases::{Words, param_text, short_name};
use crate::authoring::explain::words::plain;
use crate::bundle::{Bundle, MoneyMeaning, ParamPeriod};
use crate::policy::slots::{Slot, SlotEntry};
use crate::value::Kind;
use std::collections::BTreeMap;

/// Figures by their groups.
pub(super) fn figures(words: &Words<'_>, bundle: &Bundle) -> Option<Section> {
    let program = words.program;
    if program.params.list.is_empty() {
        return None;
    }
    let mut section = Section::new("figures", "Figures");
    section.paragraph(match program.money {
        MoneyMeaning::OfCase => Phrase::of("Amounts without a currency are in the currency of the case."),
        MoneyMeaning::In(currency) => Phrase::of(format!("Amounts without a currency are in {currency}.")),
    });
    let replaced: BTreeMap<&str, Vec<(usize, &[ParamPeriod])>> =
        program.params.set_anew().fold(BTreeMap::new(), |mut all: BTreeMap<&str, Vec<_>>, (pack, param)| {
            all.entry(param.path.as_str()).or_default().push((pack, param.periods()));
            all
        });
    let mut groups: Vec<(String, Vec<Row>)> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for param in &program.params.list {
        let path = param.path.as_str();
        // One that a pack sets anew is listed a second time, for the pack.
        if seen.contains(&path) {
            continue;
        }
        seen.push(path);
        let inside = path.trim_start_matches("params.");
        let (group, name) = inside.split_once('.').unwrap_or(("", inside));
        let mut value = values(words, param.periods());
        for (pack, periods) in replaced.get(path).into_iter().flatten() {
            value = value.text("; where ").then(words.pack(*pack)).text(" applies: ").then(values(words, periods));
        }
        let of_pack = bundle.packs.iter().find(|pack| pack.params.iter().any(|doc| doc.path.join(".") == inside));
        if let Some(pack) = of_pack.filter(|_| !replaced.contains_key(path)) {
            value = value.text(" (pack ").link(anchor("pack", &pack.name.value), &*pack.name.value).text(")");
        }
        let row = (Some(anchor("figure", inside)), vec![Phrase::default().name(short_name(name)), value]);
        match groups.iter_mut().find(|(known, _)| known == group) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((group.to_owned(), vec![row])),
        }
    }
    for (group, rows) in groups {
        let caption = if group.is_empty() { "single figures".to_owned() } else { plain(&group) };
        section.blocks.push(Block::Table { caption, head: vec![Phrase::of("Figure"), Phrase::of("Value")], rows });
    }
    Some(section)
}

fn values(words: &Words<'_>, periods: &[ParamPeriod]) -> Phrase {
    let each = words.periods(periods).iter().map(|period| {
        let value = Phrase::of(param_text(&period.value));
        match (period.from, period.until, words.as_of) {
            (None, None, _) | (_, _, Some(_)) => value,
            (Some(from), None, None) => value.text(format!(" from {from}")),
            (None, Some(until), None) => value.text(format!(" until {until}")),
            (Some(from), Some(until), None) => value.text(format!(" from {from} until {until}")),
        }
    });
    Phrase::joined(each.collect(), "then")
}

/// The facts that the policy looks at, each with its meaning and with what stands in for it.
pub(super) fn facts(words: &Words<'_>) -> Option<Section> {
    let program = words.program;
    let read = program.slots_read();
    let slots = read.iter().filter_map(|slot| program.slots.get(*slot));
    let mut rows: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    for entry in slots {
        let Some((about, kind, unit)) = about(words, entry) else { continue };
        let mut meaning = Phrase::of(about);
        if !unit.is_empty() {
            meaning = meaning.text(format!(" ({unit})"));
        }
        if matches!(entry.slot, Slot::Extra(_)) {
            meaning = meaning.text(" ").badge(Tone::Plain, "of this bundle");
        }
        let assumed = entry.assumed.as_ref().map_or_else(Phrase::default, |it| Phrase::of(words.literal(it, &kind)));
        rows.insert(entry.name.to_string(), vec![Phrase::default().code(&*entry.name), meaning, assumed]);
    }
    if rows.is_empty() {
        return None;
    }
    let mut section = Section::new("facts", "Facts that are looked at");
    section.paragraph(Phrase::of(
        "What a case has to tell. What stands in for a fact is taken where a case leaves it out, never where nobody knows it, and no \
         guardrail sees it.",
    ));
    let head = ["Fact", "Meaning", "Taken where it is left out"].map(Phrase::of).to_vec();
    let rows = rows.into_iter().map(|(name, cells)| (Some(anchor("fact", &name)), cells)).collect();
    section.blocks.push(Block::Table { caption: "Facts by name".to_owned(), head, rows });
    Some(section)
}

fn about(words: &Words<'_>, entry: &SlotEntry) -> Option<(String, Kind, &'static str)> {
    match entry.slot {
        Slot::Fact(_) => entry.fact.map(|fact| (fact.about.to_owned(), fact.kind.clone(), fact.unit)),
        Slot::Extra(at) => words.program.extras.get(at).map(|doc| (doc.about.clone(), doc.kind.clone(), "")),
        _ => None,
    }
}
