//! Packs of law, plugins, letters, and what is open: what stands beside the decisions.

use super::document::{Block, Card, Phrase, Section, Tone, anchor};
use super::phrases::{Words, value_text};
use super::remarks::dated;
use crate::authoring::explain::words::plain;
use crate::bundle::Bundle;
use crate::policy::compiled::{Hooked, Rule};
use crate::script::FailurePolicy;
use crate::text::{Diagnostics, Severity};
use crate::value::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// Packs, and when each applies.
pub(super) fn packs(words: &Words<'_>, bundle: &Bundle) -> Option<Section> {
    if bundle.packs.is_empty() {
        return None;
    }
    let mut section = Section::new("packs", "Packs of law");
    section.paragraph(Phrase::of("A pack adds rules of a law where it applies. It is no legal advice."));
    let mut cards = Vec::new();
    for (pack, doc) in words.program.packs.iter().zip(&bundle.packs) {
        let mut lines = Vec::new();
        if !doc.about.is_empty() {
            lines.push(Phrase::written(&doc.about).text(if doc.about.ends_with('.') { "" } else { "." }));
        }
        let when =
            if pack.when.is_empty() { Phrase::of("to every case") } else { Phrase::of("where ").then(words.all(&pack.when)) };
        lines.push(Phrase::of("It applies ").then(when).text("."));
        let count = |number: usize, one: &str, many: &str| match number {
            0 => None,
            1 => Some(Phrase::of(format!("1 {one}"))),
            number => Some(Phrase::of(format!("{number} {many}"))),
        };
        let rules = doc.decisions.iter().map(|decision| decision.rules.len()).sum();
        let brings: Vec<Phrase> = [
            count(rules, "rule", "rules"),
            count(doc.obligations.len(), "clock or hold", "clocks and holds"),
            count(doc.guardrails.len(), "guardrail", "guardrails"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !brings.is_empty() {
            lines.push(Phrase::of("It brings ").then(Phrase::joined(brings, "and")).text("."));
        }
        let mut remarks = vec![Phrase::of(format!("Version {}", pack.version))];
        remarks.extend(dated(pack.from, pack.until));
        let title = Phrase::of(&*pack.name);
        cards.push(Card { anchor: anchor("pack", &pack.name), title, lines, because: None, remarks });
    }
    section.blocks.push(Block::Cards(cards));
    Some(section)
}

/// Plugins and scripts that decide, and what they may do.
pub(super) fn plugins(words: &Words<'_>, bundle: &Bundle) -> Option<Section> {
    let mut cards = Vec::new();
    for decision in &words.program.decisions {
        let after = decision.plugins.iter().map(|hooked| (hooked, true));
        for (hooked, is_plugin) in decision.script.iter().map(|hooked| (hooked, false)).chain(after) {
            cards.push(plugin(words, bundle, &decision.name, hooked, is_plugin));
        }
    }
    if cards.is_empty() {
        return None;
    }
    let mut section = Section::new("plugins", "Plugins and scripts");
    section.paragraph(Phrase::of(
        "They do what a table cannot show. They read facts and return a draft; they cannot read files, the clock or the network, cannot change \
         another decision, and cannot pass a guardrail.",
    ));
    section.blocks.push(Block::Cards(cards));
    Some(section)
}

fn plugin(words: &Words<'_>, bundle: &Bundle, decision: &str, hooked: &Hooked, is_plugin: bool) -> Card {
    let link = Phrase::default().link(anchor("decision", decision), plain(decision));
    let lead = if is_plugin { "It follows the decision " } else { "It decides " };
    let mut lines = vec![Phrase::of(lead).then(link).text(".")];
    let file = hooked.body.functions().map(|(file, _)| file);
    let source = file.as_ref().and_then(|file| bundle.files.iter().find(|(path, source)| path == file || source.name() == file));
    if let Some((_, source)) = source {
        lines.extend(comment(source.text(), decision).iter().map(|text| Phrase::written(text)));
    }
    if !hooked.when.is_empty() {
        lines.push(Phrase::of("It runs where ").then(words.all(&hooked.when)).text("."));
    }
    lines.push(Phrase::of(match hooked.on_failure {
        FailurePolicy::Escalate => "If it fails, a person decides, and nothing discretionary is granted.",
        FailurePolicy::Skip => "If it fails, the draft stays as it was, and the explanation says so.",
        FailurePolicy::Refuse => "If it fails, the case is not decided at all.",
    }));
    if let Some(rule) = hooked.quarantine {
        let (after, minutes) = (rule.after, rule.cool_down_minutes);
        lines.push(Phrase::of(format!("After it failed in {after} cases in a row, it rests for {minutes} minutes.")));
    }
    if !hooked.settings.is_empty() {
        let each = hooked
            .settings
            .iter()
            .map(|(name, value)| Phrase::default().name(plain(name)).text(format!(" {}", value_text(value, &Kind::Text))));
        lines.push(Phrase::of("Settings: ").then(Phrase::joined(each.collect(), "and")).text("."));
    }
    let remarks = match source {
        Some((path, _)) => vec![Phrase::of("Written in ").code(path)],
        None => vec![Phrase::of("Written in Rust, by the program that decides")],
    };
    Card { anchor: anchor("plugin", &hooked.id), title: Phrase::of(&hooked.id), lines, because: None, remarks }
}

/// The comment above the function of a script, one text a paragraph.
fn comment(script: &str, function: &str) -> Vec<String> {
    let lines: Vec<&str> = script.lines().collect();
    let head = format!("fn {function}(");
    let Some(at) = lines.iter().position(|line| line.trim_start().starts_with(&head)) else { return Vec::new() };
    let above = lines.get(..at).unwrap_or(&[]);
    let first = above.iter().rposition(|line| !line.trim_start().starts_with("///")).map_or(0, |line| line + 1);
    let text: Vec<&str> =
        above.get(first..).unwrap_or(&[]).iter().map(|line| line.trim_start().trim_start_matches('/').trim()).collect();
    text.split(|line| line.is_empty()).map(|paragraph| paragraph.join(" ")).filter(|text| !text.is_empty()).collect()
}

/// Letters by kind and language.
pub(super) fn letters(bundle: &Bundle) -> Option<Section> {
    let languages: BTreeSet<&str> = bundle.letters.iter().map(|letter| letter.language.as_str()).collect();
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for letter in &bundle.letters {
        kinds.entry(&letter.kind).or_default().insert(&letter.language);
    }
    if kinds.is_empty() {
        return None;
    }
    let mut section = Section::new("letters", "Letters");
    let decision = Phrase::of("Which of them go out is decided by ").link(anchor("decision", "letters"), "letters");
    section.paragraph(decision.text("."));
    let head = std::iter::once(Phrase::of("Letter")).chain(languages.iter().map(|language| Phrase::of(*language))).collect();
    let rows = kinds.iter().map(|(kind, has)| {
        let marks = languages.iter().map(|language| Phrase::of(if has.contains(language) { "yes" } else { "\u{2013}" }));
        (None, std::iter::once(Phrase::default().name(plain(kind))).chain(marks).collect())
    });
    section.blocks.push(Block::Table { caption: "Letters by language".to_owned(), head, rows: rows.collect() });
    Some(section)
}

/// What the check finds, what rests on general knowledge, and what tests there are.
pub(super) fn open(words: &Words<'_>, bundle: &Bundle, findings: &Diagnostics) -> Section {
    let mut section = Section::new("open", "What is open");
    let shown: Vec<_> = findings.iter().filter(|finding| finding.severity < Severity::Advice).collect();
    if shown.is_empty() {
        section.paragraph(Phrase::default().badge(Tone::Good, "no warnings").text(" The check finds nothing to fault."));
    } else {
        section.blocks.push(Block::Heading("Warnings of the check".to_owned()));
        let points = shown.iter().map(|finding| {
            let tone = if finding.severity == Severity::Error { "error" } else { "warning" };
            let place = finding.place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
            Phrase::default()
                .badge(Tone::Attention, format!("{tone} {}", finding.code))
                .text(" ")
                .then(Phrase::written(&finding.message))
                .text(place)
        });
        section.blocks.push(Block::Points(points.collect()));
    }
    let notes = findings.len() - shown.len();
    if notes > 0 {
        let (counted, them) = if notes == 1 { ("1 note is".to_owned(), "it") } else { (format!("{notes} notes are"), "them") };
        section.paragraph(
            Phrase::of(format!("{counted} left out here: ")).code("redress check --notes").text(format!(" shows {them}.")),
        );
    }
    let unverified = unverified(words);
    if !unverified.is_empty() {
        section.blocks.push(Block::Heading("Rules of law that nobody has checked against their source".to_owned()));
        section.blocks.push(Block::Points(unverified));
    }
    let tests: usize = bundle.tests.iter().map(|file| file.tests.len()).sum();
    section.paragraph(match tests {
        0 => Phrase::of("The bundle has no policy tests. ").code("redress test --suggest").text(" writes some, to be looked at."),
        tests => {
            let counted = if tests == 1 { "1 policy test".to_owned() } else { format!("{tests} policy tests") };
            let lead = Phrase::of(format!("The bundle has {counted}. "));
            lead.code("redress test --coverage").text(" tells what they do not reach.")
        }
    });
    section
}

fn unverified(words: &Words<'_>) -> Vec<Phrase> {
    let mut points = Vec::new();
    for decision in &words.program.decisions {
        let is_unverified = |rule: &Rule| rule.law.as_ref().is_some_and(|law| law.is_unverified());
        for (row, rule) in decision.rules.iter().enumerate().filter(|(_, rule)| is_unverified(rule)) {
            let dates = decision.matcher.dates(row);
            if !words.in_force(dates.from, dates.until) {
                continue;
            }
            let to = anchor("rule", &format!("{}--{}", decision.name, rule.id));
            points.push(Phrase::default().link(to, format!("{}/{}", decision.name, rule.id)));
        }
    }
    for clock in words.program.obligations.list.iter().filter(|it| it.law.as_ref().is_some_and(|law| law.is_unverified())) {
        if !words.in_force(clock.from, clock.until) {
            continue;
        }
        points.push(Phrase::default().link(anchor("clock", &clock.id), &*clock.id));
    }
    let bounds = words.program.decisions.iter().flat_map(|decision| &decision.bounds);
    for guardrail in bounds.chain(&words.program.final_guardrails) {
        if guardrail.law.as_ref().is_some_and(|law| law.is_unverified()) && words.in_force(guardrail.from, guardrail.until) {
            points.push(Phrase::default().link(anchor("guardrail", &guardrail.id), &guardrail.id));
        }
    }
    points
}
