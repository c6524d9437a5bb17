//! All letters of a bundle: which template a customer gets, and the letter itself.

use super::facts::{Facts, Reader, STATUTORY_SENTENCES};
use super::guard::{self, Finished};
use super::layout::Part;
use super::lines::NO_LINE;
use super::locale::Language;
use super::names::Names;
use super::quotes::unmarked;
use super::template::Template;
use super::vocabulary::word_section;
use super::words::Words;
use crate::bundle::{Bundle, LetterDoc, ParamPeriod, ParamValue, is_same_tag, language_of};
use crate::case::Case;
use crate::decision::Decision;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Place, Source, Span};
use crate::value::{Date, Value};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Where no other language is left.
const LAST_LANGUAGE: &str = "en";

/// What the parameters of the group `company` are called, and the variables that print them.
const SENDER: [(&str, &str); 2] = [("name", "company"), ("contact", "contact")];

/// Is it a parameter that letters print as the sender?
#[cfg(feature = "schema")]
pub(crate) fn is_sender(path: &str) -> bool {
    SENDER.iter().any(|(name, _)| path.strip_prefix("company.") == Some(*name))
}

/// The letters of a bundle, checked and ready to be written.
#[derive(Debug, Default)]
pub struct Letters {
    /// By kind and language.
    templates: BTreeMap<(String, String), Template>,
    /// By language.
    words: BTreeMap<String, Words>,
    /// Who writes, over time.
    company: Vec<ParamPeriod>,
    contact: Vec<ParamPeriod>,
    /// The language of the bundle.
    default: String,
}

/// A letter that can go out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Letter {
    /// Its kind.
    pub kind: String,
    /// The language it is written in.
    pub language: String,
    /// The language that was asked for, where there is no such letter in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_for: Option<String>,
    /// Is it a letter that the decision does not ask for?
    pub preview: bool,
    /// Why it is sent, in the words of the policy; not for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// What it is about.
    pub subject: String,
    /// The letter: paragraphs with an empty line between them, each in one line; an item of a list is a line that begins with `- `.
    pub body: String,
}

/// Why a letter cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LetterError {
    /// The bundle has no letters at all.
    NoLetters,
    /// The bundle has no letter of this kind.
    UnknownKind {
        /// The kind.
        kind: String,
        /// What was probably meant, and which kinds there are.
        help: String,
    },
    /// The letter prints what is not there, or the guard refuses it.
    Refused(Diagnostics),
}

impl fmt::Display for LetterError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLetters => out.write_str("the bundle has no letters"),
            Self::UnknownKind { kind, .. } => write!(out, "the bundle has no letter `{kind}`"),
            Self::Refused(_) => out.write_str("the letter cannot go out"),
        }
    }
}

impl std::error::Error for LetterError {}

impl Letters {
    /// The text of every template by its name: `acceptance (en)`.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (String, String)> {
        let name = |(kind, language): &(String, String)| format!("{kind} ({language})");
        self.templates.iter().map(move |(key, template)| (name(key), template.source.text().to_owned()))
    }

    /// Reads all templates and lists of words of a bundle; everything that is wrong with them is reported.
    pub(crate) fn read(bundle: &Bundle, out: &mut Diagnostics) -> Self {
        let default = bundle.manifest.language.as_ref().map_or(LAST_LANGUAGE, |language| &language.value);
        let mut letters = Self { default: default.to_owned(), ..Self::default() };
        for doc in &bundle.letters {
            let place = doc.source.place(Span::new(0, 0));
            let Some(language) = spoken(&doc.language, &place, out) else { continue };
            if let Some(template) = Template::read(&doc.source, language, out) {
                let second = letters.templates.insert((doc.kind.clone(), doc.language.clone()), template);
                if let Some(first) = second {
                    let message = format!("the letter `{}` in `{}` is written twice", doc.kind, doc.language);
                    let help = "keep one of them; each kind has one file a language";
                    let finding = Diagnostic::at(Code::DuplicateName, &place, message).help(help);
                    out.push(finding.label(&first.source.place(Span::new(0, 0)), "the first one"));
                }
            }
        }
        letters.vocabulary(bundle, out);
        letters.sender(bundle, out);
        letters.complete(&bundle.letters, out);
        letters
    }

    /// The lists of words, as far as letters print from them.
    fn vocabulary(&mut self, bundle: &Bundle, out: &mut Diagnostics) {
        let listed: BTreeSet<&str> = bundle.words.iter().map(|doc| doc.language.as_str()).collect();
        // Letters of a region without a list of its own print from that of the language.
        let list_of = |tag: &str| [tag, language_of(tag)].into_iter().find_map(|tag| listed.get(tag).copied());
        let mut printed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut without_list: BTreeSet<&str> = BTreeSet::new();
        for ((_, tag), template) in &self.templates {
            let prints = template.named.iter().copied().find(|name| word_section(name).is_some());
            match (list_of(tag), prints) {
                (Some(list), _) => {
                    printed.entry(list).or_default().extend(template.named.iter().copied().filter_map(word_section));
                }
                (None, Some(variable)) if without_list.insert(tag) => {
                    let message = format!("letters in `{tag}` print `{variable}` and have no list of words");
                    let help = format!("add `letters/words.{tag}.yaml`");
                    out.push(Diagnostic::error(Code::LetterWord, &template.source, Span::new(0, 0), message).help(help));
                }
                (None, _) => {}
            }
        }
        let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
        for doc in &bundle.words {
            if let Some(first) = seen.insert(&doc.language, &doc.place) {
                let message = format!("there are two lists of words in `{}`", doc.language);
                let help = "keep one of them; letters in a language print from one list";
                out.push(Diagnostic::at(Code::DuplicateName, &doc.place, message).help(help).label(first, "the first one"));
            }
            if let Some(language) = spoken(&doc.language, &doc.place, out) {
                let printed = printed.get(doc.language.as_str()).cloned().unwrap_or_default();
                self.words.insert(doc.language.clone(), Words::read(doc, language, &printed, bundle, out));
            }
        }
    }

    /// Does a template print the parameter with this path?
    pub(crate) fn print_param(&self, path: &[String]) -> bool {
        let variable = SENDER.iter().find(|(name, _)| path == ["company", *name]).map(|(_, variable)| *variable);
        variable.is_some_and(|variable| self.templates.values().any(|template| template.named.contains(variable)))
    }

    /// The company that writes.
    fn sender(&mut self, bundle: &Bundle, out: &mut Diagnostics) {
        for (name, variable) in SENDER {
            let found = bundle.manifest.params.iter().find(|doc| doc.path == ["company", name]);
            let periods: Vec<ParamPeriod> = found
                .map_or_else(Vec::new, |doc| doc.periods.iter().filter(|period| text_of(period).is_some()).cloned().collect());
            let needs = self.templates.values().find(|template| template.named.contains(variable));
            if let (true, Some(template)) = (periods.is_empty(), needs) {
                let message = format!("letters print `{variable}`, and the bundle does not say what it is");
                let help = format!("add to `params` in bundle.yaml: `company: {{{name}: ...}}`");
                out.push(Diagnostic::error(Code::LetterWord, &template.source, Span::new(0, 0), message).help(help));
            }
            if name == "name" { self.company = periods } else { self.contact = periods }
        }
    }

    /// Every kind has a template for whoever speaks a language that has none.
    fn complete(&self, docs: &[LetterDoc], out: &mut Diagnostics) {
        let kinds: BTreeSet<&str> = docs.iter().map(|doc| doc.kind.as_str()).collect();
        for kind in kinds {
            let has = |language: &str| docs.iter().any(|doc| doc.kind == kind && doc.language == language);
            if !has(&self.default)
                && !has(LAST_LANGUAGE)
                && let Some(doc) = docs.iter().find(|doc| doc.kind == kind)
            {
                let message = format!("the letter `{kind}` has no template in `{}`, the language for all others", self.default);
                let help = format!("add `letters/{kind}.{}.txt`", self.default);
                out.push(Diagnostic::error(Code::LetterMissing, &doc.source, Span::new(0, 0), message).help(help));
            }
        }
    }

    /// Checks that a kind that a decision can ask for has a template. A bundle without any letter keeps its texts elsewhere.
    pub(crate) fn check_kind(&self, kind: &str, place: &Place, bundle: &Bundle, out: &mut Diagnostics) {
        if bundle.letters.is_empty() || bundle.letters.iter().any(|doc| doc.kind == kind) {
            return;
        }
        let help = did_you_mean(kind, bundle.letters.iter().map(|doc| doc.kind.as_str()));
        let help = help.unwrap_or_else(|| format!("add `letters/{kind}.{}.txt`", self.default));
        out.push(Diagnostic::at(Code::LetterMissing, place, format!("the letter `{kind}` has no template")).help(help));
    }

    /// Checks that the rule at a place has its sentence in each language of the letters of a kind, and, at the first rule for the kind,
    /// that these letters print such sentences.
    pub(crate) fn check_sentences(
        &self,
        kind: &str,
        place: &Place,
        first: bool,
        mut has: impl FnMut(&str) -> bool,
        out: &mut Diagnostics,
    ) {
        let mut without: BTreeSet<&str> = BTreeSet::new();
        for ((_, tag), template) in self.templates.iter().filter(|((each, _), _)| each == kind) {
            let language = language_of(tag);
            if !has(language) && without.insert(language) {
                let message = format!("this rule has no sentence in `{language}`, in which the letter `{kind}` is written");
                let help = format!(
                    "add `{language}: ...` to its `then`, and `{language}: {{type: text}}` to the `outputs` where that is missing"
                );
                let finding = Diagnostic::at(Code::LetterSentence, place, message).help(help);
                out.push(finding.label(&template.source.place(Span::new(0, 0)), "this letter"));
            }
        }
        for ((_, language), template) in self.templates.iter().filter(|((each, _), _)| each == kind) {
            if first && !template.printed.contains(STATUTORY_SENTENCES) {
                let message = format!("the letter `{kind}` in `{language}` prints no sentences that a law asks for");
                let help = "add to its part `[act]`: `{% for sentence in statutory_sentences %}`, `{{ sentence }}`, `{% endfor %}`, each on a line";
                let finding = Diagnostic::error(Code::LetterSentence, &template.source, Span::new(0, 0), message);
                out.push(finding.help(help).label(place, "this rule asks for one"));
            }
        }
    }

    /// The kinds that there are, in the order of their names.
    #[must_use]
    pub fn kinds(&self) -> Vec<&str> {
        let kinds: BTreeSet<&str> = self.templates.keys().map(|(kind, _)| kind.as_str()).collect();
        kinds.into_iter().collect()
    }

    /// Writes a letter. The language is the one asked for, else its base (`es` for `es-MX`), else another region of it (`pt-BR` for
    /// `pt`), else that of the bundle, else English.
    ///
    /// # Errors
    /// When there is no such letter, when it prints what the case does not have, or when the guard refuses it.
    pub fn write(&self, kind: &str, language: &str, case: &Case, decision: &Decision) -> Result<Letter, LetterError> {
        if self.templates.is_empty() {
            return Err(LetterError::NoLetters);
        }
        let Some((tag, template)) = self.choose(kind, language) else {
            let kinds = self.kinds();
            let listed = kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", ");
            let help = did_you_mean(kind, kinds).map_or_else(String::new, |question| format!("{question} "));
            return Err(LetterError::UnknownKind { kind: kind.to_owned(), help: format!("{help}there are {listed}") });
        };
        let Some(spoken) = Language::of_tag(tag) else { return Err(LetterError::NoLetters) };
        let none = Words::default();
        let day = decision.at.day_in(&case.zone());
        let words = self.words_of(tag).unwrap_or(&none);
        let reader = Reader {
            kind,
            tag,
            language: spoken,
            words,
            company: in_force(&self.company, day),
            contact: in_force(&self.contact, day),
        };
        let mut found = Diagnostics::new();
        if decision.part(STATUTORY_SENTENCES).is_some_and(|part| !part.is_decided()) {
            let message = format!("which sentences a law asks for is not decided, so the letter `{kind}` cannot go out");
            let help = format!("decide `{STATUTORY_SENTENCES}` first: `redress decide --explain` says what it waits for");
            found.push(Diagnostic::error(Code::LetterSentence, &template.source, Span::new(0, 0), message).help(help));
            return Err(LetterError::Refused(found));
        }
        let facts = Facts::new(case, decision, &reader);
        let written = template.write(&facts.values, &mut found);
        let Some(written) = written else { return Err(LetterError::Refused(found)) };
        let (subject, body) = laid_out(&written);
        let (text, quotations) = unmarked(&format!("{subject}\n\n{body}"));
        let (subject, body) = text
            .split_once("\n\n")
            .map_or((text.clone(), String::new()), |(subject, body)| (subject.to_owned(), body.to_owned()));
        let text = Source::new(format!("letter {kind}.{tag} of case {}", case.id()), text);
        let Facts { given, names, sentences, .. } = &facts;
        guard::finished(&text, &Finished { language: spoken, given, names, quotations: &quotations, sentences }, &mut found);
        if found.has_errors() {
            return Err(LetterError::Refused(found));
        }
        let item = decision.letters.iter().find(|item| *item.kind == *kind);
        Ok(Letter {
            kind: kind.to_owned(),
            language: tag.to_owned(),
            asked_for: (![language, language_of(language)].iter().any(|asked| is_same_tag(tag, asked)))
                .then(|| language.to_owned()),
            preview: item.is_none(),
            because: item.map(|item| item.because.to_string()),
            subject,
            body,
        })
    }

    /// The template for a language, and the language it is in.
    fn choose(&self, kind: &str, language: &str) -> Option<(&str, &Template)> {
        let of_kind = || self.templates.iter().filter(|((each, _), _)| each == kind);
        let exact = |wanted: &str| of_kind().find(|((_, tag), _)| is_same_tag(tag, wanted));
        let region = || of_kind().find(|((_, tag), _)| is_same_tag(language_of(tag), language_of(language)));
        let found = exact(language).or_else(|| exact(language_of(language))).or_else(region);
        let found = found.or_else(|| exact(&self.default)).or_else(|| exact(LAST_LANGUAGE));
        found.map(|((_, tag), template)| (tag.as_str(), template))
    }

    fn words_of(&self, tag: &str) -> Option<&Words> {
        self.words.get(tag).or_else(|| self.words.get(language_of(tag)))
    }
}

fn text_of(period: &ParamPeriod) -> Option<&str> {
    match &period.value {
        ParamValue::Plain(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// What a parameter says on a day, the day of the letter: what has come into force by then, else what comes first.
fn in_force(periods: &[ParamPeriod], day: Date) -> &str {
    let begun = periods.iter().rev().find(|period| period.from.is_none_or(|from| from <= day));
    begun.or(periods.first()).and_then(text_of).unwrap_or_default()
}

/// The language of a tag, if letters can be written in it.
fn spoken(tag: &str, place: &Place, out: &mut Diagnostics) -> Option<Language> {
    let language = Language::of_tag(tag);
    if language.is_none() {
        let message = format!("letters cannot be written in `{tag}` yet");
        let help = "the languages are English, Spanish and Portuguese, with any region: `en`, `es-MX`, `pt-BR`";
        out.push(Diagnostic::at(Code::LetterName, place, message).help(help));
    }
    language
}

/// Subject and body: lines of a paragraph become one, an item of a list keeps a line of its own.
fn laid_out(written: &[(Part, String)]) -> (String, String) {
    let subject = written.iter().find(|(part, _)| *part == Part::Subject).map_or("", |(_, text)| text);
    let mut paragraphs: Vec<String> = Vec::new();
    for (_, text) in written.iter().filter(|(part, _)| *part != Part::Subject) {
        let mut open = false;
        for line in text.replace(NO_LINE, "").lines() {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            if line.is_empty() {
                open = false;
                continue;
            }
            let is_item = line.starts_with("- ");
            // A list is set off from the text before it.
            let goes_on = |paragraph: &&mut String| open && (!is_item || paragraph.starts_with("- "));
            match paragraphs.last_mut().filter(goes_on) {
                Some(paragraph) => {
                    paragraph.push(if is_item { '\n' } else { ' ' });
                    paragraph.push_str(&line);
                }
                None => paragraphs.push(line),
            }
            open = true;
        }
    }
    let subject = subject.replace(NO_LINE, "");
    (subject.split_whitespace().collect::<Vec<_>>().join(" "), paragraphs.join("\n\n"))
}

/// What the guard finds in a short text for a customer that is no letter and prints nothing of the case.
pub(crate) fn note(text: &str, language: Language, case: &Case, decision: &Decision) -> Diagnostics {
    let mut found = Diagnostics::new();
    let names = Names::of(case, decision, &[]);
    let source = Source::new("the answer to the customer", text);
    let finished = Finished { language, given: &[], names: &names, quotations: &[], sentences: &[] };
    guard::finished(&source, &finished, &mut found);
    found
}
