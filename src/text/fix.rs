//! Rewrites that a program can carry out: what a finding asks for, as changes of the texts that it is about.
//!
//! A fix belongs to the texts that were read. It is carried out on the same texts only, and never where two changes meet.

use super::nearest::nearest;
use super::source::{Place, Source, Span};
use std::collections::BTreeMap;
use thiserror::Error;

/// One change of a text: what stands at the place gives way to another text. An empty place inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What gives way.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Another text at a place.
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Self { place, text: text.into() }
    }

    /// Another text at a span of a source.
    pub fn at(source: &Source, span: Span, text: impl Into<String>) -> Self {
        Self::new(source.place(span), text)
    }
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words that go on from "this would": ``write `gold` ``.
    pub title: String,
    /// The changes, all of which belong together.
    pub edits: Vec<Edit>,
    /// It needs nobody who looks at it: where the text is refused as it stands there is one thing only that it can mean, and where
    /// it is taken every case is decided as before.
    pub is_safe: bool,
}

impl Fix {
    /// A fix that somebody has to look at.
    pub fn new(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), edits, is_safe: false }
    }

    /// The same as a fix that nobody has to look at.
    #[must_use]
    pub fn safe(mut self) -> Self {
        self.is_safe = true;
        self
    }

    /// Another text in the place of one that stands in the document, within its quotes if it has some.
    #[must_use]
    pub fn instead(place: &Place, text: &str) -> Self {
        let (_, span) = unquoted(place);
        Self::new(format!("write `{text}`"), vec![Edit::at(&place.source, span, text)])
    }

    /// The same, if the text can stand there as it is.
    pub(crate) fn plain(place: &Place, text: &str) -> Option<Self> {
        is_plain(text).then(|| Self::instead(place, text))
    }

    /// The word that was probably meant, if what stands at the place is a word that it is near to.
    pub(super) fn meant(place: &Place, word: &str) -> Option<Self> {
        let (written, _) = unquoted(place);
        let is_whole = place.source.first_line() == 1;
        (is_whole && is_plain(word) && nearest(written, [word]).is_some()).then(|| Self::instead(place, word))
    }
}

/// Why fixes are not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NotApplied {
    /// Two changes meet.
    #[error("two changes meet in `{file}`, at line {line}")]
    Overlap {
        /// The file.
        file: String,
        /// Where they meet.
        line: usize,
    },
    /// The text is not the one that the fix was made for.
    #[error("`{file}` was changed since it was read")]
    Stale {
        /// The file.
        file: String,
    },
}

/// Carries fixes out: from the texts as they are, found by the names of their sources, the new ones of all files that change.
///
/// # Errors
/// When a text is gone or is not the one that a fix was made for, and when two changes meet. Nothing is changed then.
pub fn apply<'f, 't>(
    fixes: impl IntoIterator<Item = &'f Fix>,
    text_of: impl Fn(&str) -> Option<&'t str>,
) -> Result<BTreeMap<String, String>, NotApplied> {
    let mut by_file: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
    for edit in fixes.into_iter().flat_map(|fix| &fix.edits) {
        by_file.entry(edit.place.source.name()).or_default().push(edit);
    }
    let mut changed = BTreeMap::new();
    for (file, mut edits) in by_file {
        let stale = || NotApplied::Stale { file: file.to_owned() };
        let text = text_of(file).ok_or_else(stale)?;
        edits.sort_by_key(|edit| edit.place.span);
        let mut written = String::with_capacity(text.len());
        let mut done: Option<Span> = None;
        for edit in edits {
            let span = edit.place.span;
            if edit.place.source.text() != text {
                return Err(stale());
            }
            if done.is_some_and(|done| span.start < done.end || span == done) {
                return Err(NotApplied::Overlap { file: file.to_owned(), line: edit.place.line_column().0 });
            }
            let from = done.map_or(0, |done| done.end);
            written.push_str(text.get(from..span.start).ok_or_else(stale)?);
            text.get(span.start..span.end).ok_or_else(stale)?;
            written.push_str(&edit.text);
            done = Some(span);
        }
        written.push_str(text.get(done.map_or(0, |done| done.end)..).ok_or_else(stale)?);
        changed.insert(file.to_owned(), written);
    }
    Ok(changed)
}

/// Those of several fixes that can be carried out together: each that meets none before it.
#[must_use]
pub fn compatible<'f>(fixes: impl IntoIterator<Item = &'f Fix>) -> Vec<&'f Fix> {
    let mut taken: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut kept = Vec::new();
    for fix in fixes {
        let meets = |edit: &Edit| {
            let span = edit.place.span;
            let others = taken.get(edit.place.source.name()).map_or(&[][..], Vec::as_slice);
            others.iter().any(|other| *other == span || (span.start < other.end && other.start < span.end))
        };
        if fix.edits.iter().any(meets) {
            continue;
        }
        for edit in &fix.edits {
            taken.entry(edit.place.source.name()).or_default().push(edit.place.span);
        }
        kept.push(fix);
    }
    kept
}

/// What stands at a place, without the quotes around it.
fn unquoted(place: &Place) -> (&str, Span) {
    let written = place.source.slice(place.span);
    let quoted = ['"', '\''].iter().find_map(|quote| written.strip_prefix(*quote)?.strip_suffix(*quote));
    match quoted {
        Some(inside) => (inside, Span::new(place.span.start + 1, place.span.end - 1)),
        None => (written, place.span),
    }
}

/// Can a text stand anywhere in YAML, in a table and in a script as it is?
pub(crate) fn is_plain(text: &str) -> bool {
    let is_special = |c: char| c.is_control() || ",[]{}\"'#|\\`".contains(c);
    let begins = text.starts_with(|c: char| " &*!>%@?=-".contains(c));
    !text.is_empty() && !begins && !text.contains(is_special) && !text.contains(": ") && !text.ends_with([':', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "tier: goldd\nlimit: \"fiv\"\n";

    fn edit(source: &Source, from: usize, to: usize, text: &str) -> Edit {
        Edit::at(source, Span::new(from, to), text)
    }

    fn applied(fixes: &[Fix], now: &str) -> String {
        match apply(fixes, |name| (name == "a.yaml").then_some(now)) {
            Ok(texts) => texts.into_iter().map(|(name, text)| format!("{name}:\n{text}")).collect(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn changes_are_carried_out_together() {
        let source = Source::new("a.yaml", TEXT);
        let one = Fix::new("", vec![edit(&source, 6, 11, "gold"), edit(&source, 0, 0, "# mended\n")]);
        let two = Fix::new("", vec![edit(&source, 20, 23, "five"), edit(&source, 11, 11, " # best")]);
        assert_eq!(applied(&[one, two], TEXT), "a.yaml:\n# mended\ntier: gold # best\nlimit: \"five\"\n");
        assert_eq!(applied(&[], TEXT), "");
    }

    #[test]
    fn changes_that_meet_are_refused() {
        let source = Source::new("a.yaml", TEXT);
        let word = Fix::new("", vec![edit(&source, 6, 11, "gold")]);
        let line = Fix::new("", vec![edit(&source, 0, 12, "")]);
        let inserted = Fix::new("", vec![edit(&source, 12, 12, "a: 1\n")]);
        let met = "two changes meet in `a.yaml`, at line 1";
        assert_eq!(applied(&[word.clone(), line.clone()], TEXT), met);
        assert_eq!(applied(&[word.clone(), word.clone()], TEXT), met);
        assert_eq!(applied(&[inserted.clone(), inserted.clone()], TEXT), "two changes meet in `a.yaml`, at line 2");
        assert_eq!(applied(&[line.clone(), inserted.clone()], TEXT), "a.yaml:\na: 1\nlimit: \"fiv\"\n");
        let all = [word.clone(), line, inserted.clone(), word.clone()];
        assert_eq!(compatible(&all), [&word, &inserted]);
    }

    #[test]
    fn another_text_than_was_read_is_refused() {
        let source = Source::new("a.yaml", TEXT);
        let fix = Fix::new("", vec![edit(&source, 6, 11, "gold")]);
        assert_eq!(applied(std::slice::from_ref(&fix), "tier: gold\n"), "`a.yaml` was changed since it was read");
        let elsewhere = Source::new("b.yaml", TEXT);
        let fix = Fix::new("", vec![edit(&elsewhere, 6, 11, "gold")]);
        assert_eq!(applied(&[fix], TEXT), "`b.yaml` was changed since it was read");
        let beyond = Fix::new("", vec![edit(&source, 6, 99, "gold")]);
        assert_eq!(applied(&[beyond], TEXT), "`a.yaml` was changed since it was read");
    }

    #[test]
    fn a_word_keeps_its_quotes() {
        let source = Source::new("a.yaml", TEXT);
        let meant = |from, to, word| Fix::meant(&source.place(Span::new(from, to)), word);
        let told = |fix: Option<Fix>| fix.map_or_else(|| "none".to_owned(), |fix| applied(&[fix], TEXT));
        assert_eq!(told(meant(6, 11, "gold")), "a.yaml:\ntier: gold\nlimit: \"fiv\"\n");
        assert_eq!(told(meant(19, 24, "five")), "a.yaml:\ntier: goldd\nlimit: \"five\"\n");
        // Neither what is not near nor what needs quotes of its own.
        assert_eq!(told(meant(0, 4, "gold")), "none");
        assert_eq!(told(meant(6, 11, "gold, d")), "none");
    }
}
