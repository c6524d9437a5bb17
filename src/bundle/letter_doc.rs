//! Letters as written: templates by kind and language, and the lists of words that they print.

use super::keys::{Keys, text};
use super::written::Written;
use crate::text::{Code, Diagnostic, Diagnostics, Node, Place, Source, Span};
use std::collections::BTreeMap;

/// A template of a letter: `letters/apology.pt-BR.txt`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterDoc {
    /// The kind of letter: `apology`.
    pub kind: String,
    /// Its language: `pt-BR`.
    pub language: String,
    /// The template.
    pub source: Source,
}

/// The words that letters of one language print for names of the engine: `letters/words.pt-BR.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsDoc {
    /// The language.
    pub language: String,
    /// The texts by section and name.
    pub texts: BTreeMap<(String, String), Written<String>>,
    /// Where they stand.
    pub place: Place,
}

/// The sections of a list of words.
pub const WORD_SECTIONS: [&str; 7] = ["phrases", "reasons", "causes", "instruments", "holds", "charges", "incidents"];

impl LetterDoc {
    /// Takes a template, whose file name says its kind and language.
    pub(crate) fn read(path: &str, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let (kind, language) = named(path, ".txt", source, out)?;
        Some(Self { kind, language, source: source.clone() })
    }
}

impl WordsDoc {
    /// Reads a list of words.
    pub(crate) fn read(path: &str, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let (_, language) = named(path, ".yaml", source, out)?;
        let keys = Keys::open(node, source, "a list of words", &WORD_SECTIONS, out)?;
        let mut texts = BTreeMap::new();
        for section in WORD_SECTIONS {
            for entry in keys.map(section, out) {
                if let Some(word) = text(&entry.value, source, &entry.key.text, out) {
                    texts.insert((section.to_owned(), entry.key.text.clone()), word);
                }
            }
        }
        Some(Self { language, texts, place: source.place(Span::new(0, 0)) })
    }
}

/// Kind and language of a file name: `apology.pt-BR.txt`.
fn named(path: &str, ending: &str, source: &Source, out: &mut Diagnostics) -> Option<(String, String)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let pieces = name.strip_suffix(ending).and_then(|name| name.split_once('.'));
    let found = pieces.filter(|(kind, language)| {
        let is_kind =
            !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        is_kind && is_tag(language)
    });
    if found.is_none() {
        let message = format!("`{name}` does not say which letter it is and in which language");
        let help = "name it by kind and language: `apology.en.txt`, `apology.pt-BR.txt`, `words.es.yaml`";
        out.push(Diagnostic::error(Code::LetterName, source, Span::new(0, 0), message).help(help));
    }
    found.map(|(kind, language)| (kind.to_owned(), language.to_owned()))
}

/// Is it a language tag as letters use it: `es`, `pt-BR`?
#[must_use]
pub fn is_tag(tag: &str) -> bool {
    let mut pieces = tag.split('-');
    let language = pieces.next().unwrap_or_default();
    let region = pieces.next();
    let is_language = matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_region = region.is_none_or(|region| region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase()));
    is_language && is_region && pieces.next().is_none()
}

/// Do two tags name the same language? Case says nothing in them (RFC 5646, 2.1.1), and systems write `pt_BR` as well.
#[must_use]
pub fn is_same_tag(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    one.bytes().map(plain).eq(other.bytes().map(plain))
}

/// The language of a tag without its region: `pt` of `pt-BR`.
#[must_use]
pub fn language_of(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tags_name_one_language() {
        assert!(is_same_tag("pt-BR", "PT_br") && is_same_tag("es", "ES"));
        assert!(!is_same_tag("pt", "pt-BR") && !is_same_tag("es", "en"));
        assert_eq!(["pt_BR", "pt-BR", "es", ""].map(language_of), ["pt", "pt", "es", ""]);
    }

    #[test]
    fn knows_a_language_tag() {
        assert!(["en", "es-MX", "pt-BR", "fil"].into_iter().all(is_tag));
        assert!(["", "EN", "english", "es-mx", "es-419", "pt-BR-x"].into_iter().all(|tag| !is_tag(tag)));
    }
}
