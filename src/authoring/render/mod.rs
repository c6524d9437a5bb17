//! A bundle as a document that a director can read: every decision in sentences and tables, figures, guardrails, clocks by law,
//! and what is open.
//!
//! One document is put together, and two writers write it down: Markdown, and one HTML file that needs nothing beside it.
//!
//! Order of the files, each using only those before it: `document`, `phrases`, `remarks`, `decisions`, `guardrails`, `clocks`, `figures`,
//! `packs`, `markdown`, `html`.

mod clocks;
mod decisions;
mod document;
mod figures;
mod guardrails;
mod html;
mod markdown;
mod packs;
mod phrases;
mod remarks;

use self::document::{Document, Phrase};
use self::phrases::Words;
use crate::authoring::explain::words::short_digest;
use crate::bundle::Bundle;
use crate::policy::Policy;
use crate::text::Diagnostics;
use crate::value::Date;

/// A bundle, put together to be read.
#[derive(Debug)]
pub struct Rendered {
    document: Document,
}

impl Rendered {
    /// Puts the document together. `findings` is what the check says about the bundle. With `as_of`, rules and guardrails that are not in
    /// force on that day are left out, and figures are told as they are on it.
    #[must_use]
    pub fn new(bundle: &Bundle, policy: &Policy, findings: &Diagnostics, as_of: Option<Date>) -> Self {
        let words = Words { program: &policy.program, as_of };
        let sections = [
            Some(decisions::overview(&words, bundle)),
            Some(decisions::decisions(&words, bundle)),
            Some(guardrails::guardrails(&words)),
            clocks::clocks(&words, bundle),
            packs::packs(&words, bundle),
            figures::figures(&words, bundle),
            packs::plugins(&words, bundle),
            packs::letters(bundle),
            figures::facts(&words),
            Some(packs::open(&words, bundle, findings)),
        ];
        let name = policy.name();
        let document = Document {
            title: format!("The policy {}", name.bundle),
            subtitle: subtitle(&words, bundle),
            glance: glance(&words, bundle, policy),
            sections: sections.into_iter().flatten().collect(),
        };
        Self { document }
    }

    /// As Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        markdown::write(&self.document)
    }

    /// As one HTML file: no network, no script, readable on a phone and on paper.
    #[must_use]
    pub fn to_html(&self) -> String {
        html::write(&self.document)
    }
}

fn subtitle(words: &Words<'_>, bundle: &Bundle) -> Phrase {
    let version = format!("Version {}", bundle.manifest.version);
    match words.as_of {
        Some(day) => Phrase::of(format!("{version}, as it stands on {day}")),
        None => Phrase::of(version),
    }
}

fn glance(words: &Words<'_>, bundle: &Bundle, policy: &Policy) -> Vec<(String, Phrase)> {
    let program = words.program;
    let manifest = &bundle.manifest;
    let mut list: Vec<(String, Phrase)> = Vec::new();
    let mut add = |what: &str, phrase: Phrase| list.push((what.to_owned(), phrase));
    if !manifest.owner.is_empty() {
        add("Owner", Phrase::of(document::title(&manifest.owner)));
    }
    add("Digest", Phrase::default().code(short_digest(&policy.name().digest)));
    add(
        "In force",
        Phrase::of(match program.effective {
            (None, None) => "for cases of every day".to_owned(),
            (Some(from), None) => format!("from {from}"),
            (None, Some(until)) => format!("until {until}"),
            (Some(from), Some(until)) => format!("from {from} until {until}"),
        }),
    );
    let calendar = program.calendar.name();
    add("Calendar", Phrase::of(if calendar.is_empty() { "weekends alone are days off" } else { calendar }));
    let rules: usize = program.decisions.iter().map(|decision| decision.rules.len()).sum();
    let guardrails =
        program.decisions.iter().map(|decision| decision.bounds.len()).sum::<usize>() + program.final_guardrails.len();
    add(
        "Holds",
        Phrase::joined(
            [
                (program.decisions.len(), "decision"),
                (rules, "rule"),
                (guardrails, "guardrail"),
                (program.obligations.list.len(), "clock or hold"),
                (program.packs.len(), "pack"),
            ]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| Phrase::of(counted(count, what)))
            .collect(),
            "and",
        ),
    );
    list
}

fn counted(count: usize, what: &str) -> String {
    match (count, what) {
        (1, what) => format!("1 {what}"),
        (count, "clock or hold") => format!("{count} clocks and holds"),
        (count, what) => format!("{count} {what}s"),
    }
}
