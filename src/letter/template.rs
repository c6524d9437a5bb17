//! One template: read, checked, and written for a case.

use super::guard;
use super::layout::{Part, parts};
use super::lines::prepared;
use super::locale::Language;
use super::syntax::check;
use crate::limits::{LETTER_BYTES_MAX, LETTER_FUEL_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

/// A template that was found in order.
pub(crate) struct Template {
    pub(crate) source: Source,
    /// Name of each part among the templates of its engine, and where it stands in the source.
    parts: Vec<(Part, Span)>,
    language: Language,
    /// Made when the first letter is written: most bundles that are loaded write none.
    engine: OnceLock<Environment<'static>>,
    /// The variables that it names.
    pub(crate) named: BTreeSet<&'static str>,
    /// The lists of texts whose items it prints.
    pub(crate) printed: BTreeSet<&'static str>,
}

impl fmt::Debug for Template {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Template({:?})", self.source)
    }
}

impl Template {
    /// Reads a template; everything that is wrong with it is reported.
    pub(crate) fn read(source: &Source, language: Language, out: &mut Diagnostics) -> Option<Self> {
        let before = out.len();
        let parts = parts(source, out);
        let (mut named, mut printed) = (BTreeSet::new(), BTreeSet::new());
        for (_, span) in &parts {
            let text = prepared(source.slice(*span));
            let checked = check(source, *span, &text, out);
            guard::written(&checked.prose, language, source, out);
            named.extend(checked.named);
            printed.extend(checked.printed);
        }
        let engine = OnceLock::new();
        (out.len() == before).then(|| Self { source: source.clone(), parts, language, engine, named, printed })
    }

    fn engine(&self) -> &Environment<'static> {
        self.engine.get_or_init(|| {
            let mut engine = engine(self.language);
            for (part, span) in &self.parts {
                // What the check let pass the engine can read.
                let _ = engine.add_template_owned(part.name(), prepared(self.source.slice(*span)));
            }
            engine
        })
    }

    /// Writes the parts for a case, in their order.
    pub(crate) fn write(&self, facts: &BTreeMap<&'static str, Value>, out: &mut Diagnostics) -> Option<Vec<(Part, String)>> {
        let mut written = Vec::new();
        let mut size = 0;
        for (part, span) in &self.parts {
            let text = self.engine().get_template(part.name()).and_then(|template| template.render(facts));
            match text {
                Ok(text) => {
                    size += text.len();
                    written.push((*part, text));
                }
                Err(error) => out.push(self.failed(*span, &error)),
            }
        }
        if size > LETTER_BYTES_MAX {
            let message = format!("the letter is larger than the {LETTER_BYTES_MAX} bytes that are allowed");
            out.push(Diagnostic::error(Code::LetterTooLarge, &self.source, Span::new(0, 0), message));
        }
        (!out.has_errors()).then_some(written)
    }

    fn failed(&self, part: Span, error: &Error) -> Diagnostic {
        // Lines of an error are counted from the beginning of its part.
        let text = self.source.slice(part);
        let line = error.line().unwrap_or(1).saturating_sub(1);
        let offset: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let length = text.get(offset..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
        let whole = Span::new(part.start + offset, part.start + offset + length);
        let span = error.range().map_or(whole, |range| Span::new(part.start + range.start, part.start + range.end));
        let span = self.source.fitted(span);
        let shown = self.source.slice(span).trim();
        match error.kind() {
            ErrorKind::OutOfFuel => {
                Diagnostic::error(Code::LetterTooLarge, &self.source, whole, "writing this letter takes too long")
                    .help("a letter is a page or two: take loops inside loops apart")
            }
            ErrorKind::UndefinedError | ErrorKind::InvalidOperation => {
                let message = format!("the letter prints what this case does not have: `{shown}`");
                let help = "ask for it first: `{% if correction %} ... {{ correction }} ... {% endif %}`";
                Diagnostic::error(Code::LetterValue, &self.source, span, message).help(help)
            }
            _ => Diagnostic::error(Code::LetterSyntax, &self.source, span, format!("the letter cannot be written: {error}")),
        }
    }
}

/// An engine that reaches nothing but the texts it is given.
fn engine(language: Language) -> Environment<'static> {
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_fuel(Some(LETTER_FUEL_MAX));
    engine.set_debug(false);
    engine.set_formatter(|out, _, value| match value.kind() {
        ValueKind::String => out.write_str(value.as_str().unwrap_or_default()).map_err(Error::from),
        ValueKind::Number => write!(out, "{value}").map_err(Error::from),
        _ => Err(Error::new(ErrorKind::UndefinedError, "nothing to print")),
    });
    engine
        .add_filter("plural", |count: i64, one: String, many: String| format!("{count} {}", if count == 1 { one } else { many }));
    engine.add_filter("list", move |texts: Vec<String>| language.list(&texts));
    engine.add_filter("capital", |text: String| {
        let mut letters = text.chars();
        // What is quoted stays as it is.
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>())
    });
    engine
}
