//! The words that letters of one language print for names of the engine: `DUPLICATE` becomes `the same thing was billed twice`.

use super::guard;
use super::locale::Language;
use super::prose::Prose;
use crate::bundle::{Bundle, WORD_SECTIONS, WordsDoc};
use crate::case::vocabulary::{ConsequentialChargeKind, IncidentKind, ReasonCode, RootCause};
use crate::decision::sections::HOLDS;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::Kind;
use std::collections::{BTreeMap, BTreeSet};

/// Phrases that every list of words has.
const PHRASES: [&str; 1] = ["salutation"];

/// A list of words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    texts: BTreeMap<(String, String), String>,
}

impl Words {
    /// Checks a list of words against the names that there are; the sections that letters print from are complete.
    pub(crate) fn read(
        doc: &WordsDoc,
        language: Language,
        printed: &BTreeSet<&str>,
        bundle: &Bundle,
        out: &mut Diagnostics,
    ) -> Self {
        for section in WORD_SECTIONS {
            let wanted = wanted(section, bundle);
            let needed = wanted.iter().filter(|_| printed.contains(section));
            for name in needed.filter(|name| !doc.texts.contains_key(&(section.to_owned(), (*name).clone()))) {
                let message = format!("the list of words has nothing for `{name}` under `{section}`");
                let help = format!("add it: `{section}: {{{name}: ...}}`");
                out.push(Diagnostic::at(Code::LetterWord, &doc.place, message).help(help));
            }
            for ((_, name), word) in doc.texts.iter().filter(|((each, name), _)| each == section && !wanted.contains(name)) {
                let names = wanted.iter().map(String::as_str);
                let help = did_you_mean(name, names).unwrap_or_else(|| "take it out: no letter can print it".to_owned());
                out.push(Diagnostic::at(Code::LetterWord, &word.place, format!("`{section}` knows no `{name}`")).help(help));
            }
        }
        for word in doc.texts.values() {
            // Quotation marks would move the words by a byte; the place is that of the whole text.
            let mut found = Diagnostics::new();
            guard::written(&Prose::of(&word.value, 0), language, &word.place.source, &mut found);
            for mut finding in found.into_vec() {
                finding.place = Some(word.place.clone());
                out.push(finding);
            }
        }
        Self { texts: doc.texts.iter().map(|(key, word)| (key.clone(), word.value.trim().to_owned())).collect() }
    }

    /// The word for a name.
    pub(crate) fn of(&self, section: &str, name: &str) -> Option<&str> {
        self.texts.get(&(section.to_owned(), name.to_owned())).map(String::as_str)
    }
}

/// The names that a section has a word for.
fn wanted(section: &str, bundle: &Bundle) -> Vec<String> {
    let names: Vec<&str> = match section {
        "phrases" => PHRASES.to_vec(),
        "reasons" => ReasonCode::ALL.iter().map(|each| each.name()).collect(),
        "causes" => RootCause::ALL.iter().filter(|each| **each != RootCause::None).map(|each| each.name()).collect(),
        "holds" => HOLDS.to_vec(),
        "charges" => ConsequentialChargeKind::ALL.iter().map(|each| each.name()).collect(),
        "incidents" => IncidentKind::ALL.iter().map(|each| each.name()).collect(),
        _ => return instruments(bundle),
    };
    names.into_iter().map(str::to_owned).collect()
}

/// The instruments that the bundle's decisions on correction and goodwill can name.
fn instruments(bundle: &Bundle) -> Vec<String> {
    let decisions = bundle.decisions.iter().filter(|doc| matches!(doc.name.value.as_str(), "correction" | "goodwill"));
    let outputs = decisions.flat_map(|doc| &doc.outputs).filter(|output| output.name.value == "instrument");
    let mut names: Vec<String> = Vec::new();
    for output in outputs {
        if let Kind::Enum(members) = &output.kind {
            names.extend(members.names.iter().map(ToString::to_string).filter(|name| name != "none"));
        }
    }
    names.sort();
    names.dedup();
    names
}
