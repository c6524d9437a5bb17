//! The guard of letters: it reads a template when the bundle is loaded, and every letter before it goes out.

use super::locale::Language;
use super::names::Names;
use super::phrases::{Phrase, Step, phrases};
use super::prose::{Prose, Token};
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use std::collections::BTreeSet;

/// How many words a gap of a phrase may hold.
const GAP_WORDS_MAX: usize = 3;

/// Looks at what stands in a template or a list of words: phrases, and numbers that come from no case.
pub(crate) fn written(prose: &Prose, language: Language, source: &Source, out: &mut Diagnostics) {
    phrases_in(prose, language, source, |_| true, out);
    for (word, span) in prose.words().filter(|(word, _)| word.contains(|c: char| c.is_ascii_digit())) {
        let message = format!("`{word}` is a number that no decision holds");
        let help = "print it from the case or the decision: `{{ correction }}`, `{{ confirm_on }}`; what a law words belongs into the decision `statutory_sentences`";
        out.push(Diagnostic::error(Code::LetterPromise, source, span, message).help(help));
    }
}

/// What a finished letter is held against.
pub(crate) struct Finished<'a> {
    pub(crate) language: Language,
    /// Everything that the case and the decision gave to the letter, as printed.
    pub(crate) given: &'a [String],
    /// Names of people that stand in the case, and of teams and roles that stand in the decision.
    pub(crate) names: &'a Names,
    /// Where the letter quotes the case: these words are not ours.
    pub(crate) quotations: &'a [Span],
    /// Sentences that a law asks for.
    pub(crate) sentences: &'a [String],
}

/// Looks at a finished letter.
pub(crate) fn finished(text: &Source, letter: &Finished<'_>, out: &mut Diagnostics) {
    let plain = without(text.text(), letter.sentences);
    let prose = ours(&plain, letter.quotations);
    // Bodies that settle disputes bear names such as `department`; what the template itself says was looked at when it was loaded.
    phrases_in(&prose, letter.language, text, |code| code != Code::LetterNames, out);
    numbers(&prose, letter.given, text, out);
    // A name is a name, also in a quotation.
    let prose = Prose::of(&plain, 0);
    for name in &letter.names.people {
        // What the letter was given holds no name of ours: there it is another word, such as the month of a day.
        let other = |span: &Span| {
            let texts = letter.given.iter().filter(|text| text.len() > name.len() && text.contains(name.as_str()));
            let mut places = texts.flat_map(|text| plain.match_indices(text.as_str()));
            places.any(|(at, text)| at <= span.start && span.end <= at + text.len())
        };
        for span in prose.places_of(name, true).into_iter().filter(|span| !other(span)) {
            let message = format!("the letter names `{name}`, a person in the case");
            let help = "a letter comes from the company: it names no person";
            out.push(Diagnostic::error(Code::LetterNames, text, span, message).help(help));
        }
    }
    for name in &letter.names.teams {
        for span in prose.places_of(name, false) {
            let message = format!("the letter names `{name}`, a team or a role");
            let help = "a letter comes from the company: it names no team";
            out.push(Diagnostic::error(Code::LetterNames, text, span, message).help(help));
        }
    }
    let read = spaced(text.text());
    for sentence in letter.sentences.iter().filter(|sentence| !read.contains(&spaced(sentence))) {
        let message = format!("the letter does not hold a sentence that a law asks for: `{sentence}`");
        let help = "print it: `{% for sentence in statutory_sentences %}`, `{{ sentence }}`, `{% endfor %}`";
        out.push(Diagnostic::error(Code::LetterSentence, text, Span::new(0, 0), message).help(help));
    }
}

/// What we say ourselves: the text around the quotations.
fn ours(text: &str, quotations: &[Span]) -> Prose {
    let mut prose = Prose::default();
    let mut at = 0;
    for quotation in quotations {
        prose.add(text.get(at..quotation.start).unwrap_or_default(), at);
        prose.print();
        at = quotation.end;
    }
    prose.add(text.get(at..).unwrap_or_default(), at);
    prose
}

/// With blanks, byte for byte, where a law says what is written: it may name periods of its own.
fn without(text: &str, sentences: &[String]) -> String {
    let mut rest = text.to_owned();
    for sentence in sentences.iter().filter(|sentence| !sentence.is_empty()) {
        rest = rest.replace(sentence.as_str(), &" ".repeat(sentence.len()));
    }
    rest
}

/// With one space between words.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn phrases_in(prose: &Prose, language: Language, source: &Source, asked: impl Fn(Code) -> bool, out: &mut Diagnostics) {
    let all = phrases(language);
    let mut last_end = 0;
    for (at, token) in prose.tokens.iter().enumerate() {
        let Token::Word { lower, span, .. } = token else { continue };
        let candidates = all.get(lower.as_str()).into_iter().flatten().filter(|phrase| asked(phrase.code));
        let found = candidates.filter_map(|phrase| end(prose, at + 1, &phrase.rest).map(|end| (phrase, end)));
        // The longest phrase that begins here tells most; what it covers is not said again.
        let Some((phrase, ending)) = found.max_by_key(|(_, end)| *end) else { continue };
        if span.start < last_end {
            continue;
        }
        let whole = prose.tokens.get(at..ending).unwrap_or_default().iter().rev().find_map(|token| match token {
            Token::Word { span, .. } => Some(*span),
            Token::Printed | Token::Break => None,
        });
        let whole = span.to(whole.unwrap_or(*span));
        last_end = whole.end;
        report(phrase, source, whole, out);
    }
}

fn report(phrase: &Phrase, source: &Source, span: Span, out: &mut Diagnostics) {
    let message = format!("`{}` {}", spaced(source.slice(span)), phrase.wrong);
    out.push(Diagnostic::error(phrase.code, source, span, message).help(phrase.help));
}

/// Where a phrase ends whose next word stands at a position; nothing when it does not stand there.
fn end(prose: &Prose, at: usize, steps: &[Step]) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    match step {
        Step::Word(words) => match prose.tokens.get(at)? {
            Token::Word { lower, .. } if words.contains(lower) => end(prose, at + 1, rest),
            _ => None,
        },
        Step::Gap => {
            for skipped in 0..=GAP_WORDS_MAX {
                if let Some(found) = end(prose, at + skipped, rest) {
                    return Some(found);
                }
                if matches!(prose.tokens.get(at + skipped), None | Some(Token::Break)) {
                    return None;
                }
            }
            None
        }
    }
}

/// Every number of a letter was given by the case or the decision.
fn numbers(prose: &Prose, given: &[String], text: &Source, out: &mut Diagnostics) {
    let known: BTreeSet<String> = given
        .iter()
        .flat_map(|value| Prose::of(value, 0).words().map(|(word, _)| word.to_owned()).collect::<Vec<_>>())
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    for (word, span) in prose.words().filter(|(word, _)| word.contains(|c: char| c.is_ascii_digit())) {
        if !known.contains(word) {
            let message = format!("the letter says `{word}`, which neither the case nor its decision holds");
            let help = "a letter holds facts of the finding only";
            out.push(Diagnostic::error(Code::LetterPromise, text, span, message).help(help));
        }
    }
}
