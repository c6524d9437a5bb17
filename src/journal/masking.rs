//! Personal facts replaced in the JSON of a case and of a decision. What is not replaced keeps its bytes.

use super::error::JournalError;
use super::key::MaskingKey;
use crate::case::registry;
use crate::text::{Diagnostics, Entry, Node, NodeKind, Source, Span, Style, json};
use crate::value::Kind;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How a text begins that stands for a personal fact.
const MASKED: &str = "masked:";
/// How many digits stand for a fact.
const DIGITS: usize = 32;
/// A word of the case that is shorter stands in other words and in anybody's text.
const WORD_CHARS_MIN: usize = 2;
/// What a decision holds sentences under: words that are names of something elsewhere (`gold`, a day) are replaced in these alone.
const SENTENCES: [&str; 5] = ["because", "failed", "message", "reason", "trigger"];

/// Replaces what is personal of one case.
pub(super) struct Masking<'a> {
    key: &'a MaskingKey,
    /// What the bundle says is personal, beside the registry.
    own: &'a BTreeSet<String>,
    /// Personal words of the case and of what is computed from it, the longest first: they may stand in texts of the decision.
    words: BTreeMap<(Reverse<usize>, String), Word>,
    facts: BTreeSet<String>,
}

/// What is known of a word that is personal.
struct Word {
    mask: String,
    /// Is it nobody's own, as the name of a tier and a day are, so that it may mean something else where it is no part of a sentence?
    is_common: bool,
}

/// A text with some of its stretches replaced.
#[derive(Default)]
struct Edits {
    list: Vec<(Span, String)>,
}

impl Edits {
    fn put(&mut self, node: &Node, text: &str) {
        self.list.push((node.span, quoted(text)));
    }

    fn apply(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (span, with) in self.list {
            out.push_str(text.get(at..span.start).unwrap_or_default());
            out.push_str(&with);
            at = span.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }
}

impl<'a> Masking<'a> {
    pub(super) fn new(key: &'a MaskingKey, own: &'a BTreeSet<String>) -> Self {
        Self { key, own, words: BTreeMap::new(), facts: BTreeSet::new() }
    }

    /// Which facts of the case were replaced.
    pub(super) fn facts(&self) -> impl Iterator<Item = &str> {
        self.facts.iter().map(String::as_str)
    }

    /// What stands for the digest of the whole case.
    pub(super) fn case_digest(&self, digest: &str) -> String {
        format!("keyed:{}", self.key.digits("case_digest", digest))
    }

    /// What stands for the number of a decision.
    pub(super) fn decision_id(&self, id: &str) -> String {
        decision_id(self.key, id)
    }

    /// The case without what is personal. Goes first: it tells what to look for in the decision.
    pub(super) fn case(&mut self, text: &str) -> Result<String, JournalError> {
        let tree = tree(text)?;
        let mut edits = Edits::default();
        for entry in entries(&tree) {
            self.fact(text, &entry.value, &entry.key.text, &mut edits);
        }
        Ok(edits.apply(text))
    }

    /// The decision without what is personal.
    pub(super) fn decision(&mut self, text: &str) -> Result<String, JournalError> {
        let tree = tree(text)?;
        // What was computed is printed before it is told what was read: first all words are found, then they are replaced.
        self.told(text, &tree, &[], &mut Edits::default());
        let mut edits = Edits::default();
        self.told(text, &tree, &[], &mut edits);
        Ok(edits.apply(text))
    }

    /// A fact of the case, or a part of one.
    fn fact(&mut self, text: &str, node: &Node, path: &str, edits: &mut Edits) {
        if self.covers(path) {
            return self.mask(text, node, path, Some(edits));
        }
        match &node.kind {
            NodeKind::Map(inner) => {
                for entry in inner {
                    self.fact(text, &entry.value, &format!("{path}.{}", entry.key.text), edits);
                }
            }
            NodeKind::List(items) => {
                for item in items {
                    self.fact(text, item, path, edits);
                }
            }
            NodeKind::Scalar(_) | NodeKind::Null => {}
        }
    }

    /// Replaces a personal value and takes note of its words. That nobody knows it is told as it is.
    fn mask(&mut self, text: &str, node: &Node, path: &str, edits: Option<&mut Edits>) {
        if node.kind == NodeKind::Null || node.as_text() == Some("unknown") {
            return;
        }
        let written = text.get(node.span.start..node.span.end).unwrap_or_default();
        let mask = self.masked(path, written);
        self.facts.insert(path.to_owned());
        self.note_words(node, path, &mask);
        if let Some(edits) = edits {
            edits.put(node, &mask);
        }
    }

    fn masked(&self, path: &str, written: &str) -> String {
        let digits = self.key.digits(path, written);
        format!("{MASKED}{}", digits.get(..DIGITS).unwrap_or(&digits))
    }

    fn note_words(&mut self, node: &Node, path: &str, mask: &str) {
        match &node.kind {
            NodeKind::List(items) => items.iter().for_each(|item| self.note_words(item, path, mask)),
            NodeKind::Map(inner) => {
                if let (Some(amount), Some(currency)) = (text_at(inner, "amount"), text_at(inner, "currency")) {
                    // Neither of the two alone tells anything.
                    return self.note_word(format!("{amount} {currency}"), mask, false);
                }
                for entry in inner {
                    self.note_words(&entry.value, &format!("{path}.{}", entry.key.text), mask);
                }
            }
            NodeKind::Scalar(scalar) if scalar.style == Style::Quoted => {
                self.note_word(scalar.text.clone(), mask, !is_text(path));
            }
            NodeKind::Scalar(_) | NodeKind::Null => {}
        }
    }

    fn note_word(&mut self, text: String, mask: &str, is_common: bool) {
        if text.chars().count() >= WORD_CHARS_MIN {
            let word = || Word { mask: mask.to_owned(), is_common };
            self.words.entry((Reverse(text.len()), text)).or_insert_with(word).is_common &= is_common;
        }
    }

    /// A part of the decision; `keys` lead to it.
    fn told(&mut self, text: &str, node: &Node, keys: &[&str], edits: &mut Edits) {
        match (&node.kind, keys) {
            // What was read, by the names of facts.
            (NodeKind::Map(inner), [.., "inputs"]) => {
                for entry in inner {
                    let before = edits.list.len();
                    self.fact(text, &entry.value, &entry.key.text, edits);
                    if edits.list.len() == before {
                        // A value that was computed may hold a word of the case.
                        self.told(text, &entry.value, &["value"], edits);
                    }
                }
            }
            (NodeKind::Map(inner), _) => {
                for entry in inner {
                    let mut keys = keys.to_vec();
                    keys.push(&entry.key.text);
                    self.told(text, &entry.value, &keys, edits);
                }
            }
            (NodeKind::List(items), _) => items.iter().for_each(|item| self.told(text, item, keys, edits)),
            (NodeKind::Scalar(scalar), ["decision_id"]) => edits.put(node, &self.decision_id(&scalar.text)),
            (NodeKind::Scalar(scalar), ["audit", "input_hash"]) => edits.put(node, &self.case_digest(&scalar.text)),
            // A condition that failed says what the fact was.
            (NodeKind::Scalar(scalar), [.., "failed"]) if self.names_personal(&scalar.text) => {
                edits.put(node, &self.masked("failed", &scalar.text));
            }
            (NodeKind::Scalar(scalar), _) if scalar.style == Style::Quoted => {
                let is_sentence = keys.iter().any(|key| SENTENCES.contains(key));
                if let Some(bare) = self.without_words(&scalar.text, is_sentence) {
                    edits.put(node, &bare);
                }
            }
            (NodeKind::Scalar(_) | NodeKind::Null, _) => {}
        }
    }

    /// A text with the words of the case replaced, if it holds any.
    fn without_words(&self, text: &str, is_sentence: bool) -> Option<String> {
        let mut bare = text.to_owned();
        for ((_, text), word) in self.words.iter().filter(|(_, word)| is_sentence || !word.is_common) {
            bare = replaced(&bare, text, &word.mask);
        }
        (bare != text).then_some(bare)
    }

    /// Is the fact of that path personal, or a part of one that is?
    fn covers(&self, path: &str) -> bool {
        let is_personal = |path: &str| self.own.contains(path) || is_of_registry(path);
        is_personal(path) || path.match_indices('.').any(|(at, _)| is_personal(path.get(..at).unwrap_or_default()))
    }

    /// Does a text name a personal fact?
    fn names_personal(&self, text: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        text.split(|c| !is_part(c)).any(|word| self.covers(word.trim_end_matches('.')))
    }
}

/// What stands for the number of a decision under a key.
pub(super) fn decision_id(key: &MaskingKey, id: &str) -> String {
    let digits = key.digits("decision_id", id);
    format!("{MASKED}{}", digits.get(..DIGITS).unwrap_or(&digits))
}

fn is_of_registry(path: &str) -> bool {
    let registry = registry();
    registry.find(path).and_then(|id| registry.spec(id)).is_some_and(|spec| spec.personal)
}

/// May the fact hold words of its own? What a bundle declares may.
fn is_text(path: &str) -> bool {
    let registry = registry();
    let kind = registry.find(path).and_then(|id| registry.spec(id)).map(|spec| &spec.kind);
    match kind {
        Some(Kind::List(item)) => **item == Kind::Text,
        Some(kind) => *kind == Kind::Text,
        None => true,
    }
}

/// A text in which a word is replaced, where it stands by itself.
fn replaced(text: &str, word: &str, with: &str) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (start, found) in text.match_indices(word) {
        let end = start + found.len();
        let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        if touches(before) || touches(text.get(end..).and_then(|after| after.chars().next())) {
            continue;
        }
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push_str(with);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

fn tree(text: &str) -> Result<Node, JournalError> {
    let mut found = Diagnostics::new();
    let tree = json::parse(&Source::new("record", text), &mut found);
    let why = || found.iter().next().map_or_else(String::new, |first| first.message.clone());
    tree.filter(|_| !found.has_errors())
        .ok_or_else(|| JournalError::Record(format!("personal facts cannot be masked: {}", why())))
}

fn entries(node: &Node) -> &[Entry] {
    match &node.kind {
        NodeKind::Map(entries) => entries,
        _ => &[],
    }
}

fn text_at<'n>(entries: &'n [Entry], key: &str) -> Option<&'n str> {
    entries.iter().find(|entry| entry.key.text == key).and_then(|entry| entry.value.as_text())
}

pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
