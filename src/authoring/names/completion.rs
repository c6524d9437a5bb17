//! What may be written at a cursor.
//!
//! Order of the files in `completion/`, each using only those before it: `proposals`, `cell`, `expression`, `table`, `document`, `script`,
//! `letter`.

mod cell;
mod document;
mod expression;
mod letter;
mod proposals;
mod script;
mod table;

use super::lookup::NameIndex;
use crate::text::Span;

/// What is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CompletionKind {
    /// A key of the format.
    Key,
    /// A value of a closed list, or a word that a condition begins with.
    Value,
    /// A fact.
    Fact,
    /// A parameter.
    Param,
    /// A decision.
    Decision,
    /// An output.
    Output,
    /// A derived input, or the item of a loop.
    Let,
    /// A rule, a guardrail, an obligation or a plugin, by its id.
    Rule,
    /// A clock, or a moment.
    Clock,
    /// A pack.
    Pack,
    /// A function.
    Function,
    /// A setting of a plugin.
    Setting,
    /// A variable of letters, or of a script.
    Variable,
    /// A file.
    File,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What a list of proposals shows, and what typing is compared with.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words: its type, or what it belongs to.
    pub detail: String,
    /// What it means, as Markdown; empty where the label says all.
    pub documentation: String,
    /// What is written.
    pub insert: String,
    /// What that replaces: the word at the cursor.
    pub replaces: Span,
}

impl NameIndex {
    /// What may be written at a byte of a file, the likeliest first; the text may break off or be broken anywhere. Proposals begin with
    /// what is typed before the cursor.
    #[must_use]
    pub fn completion(&self, path: &str, offset: usize) -> Vec<Completion> {
        let (Some(source), Some(meanings)) = (self.files.get(path), &self.meanings) else { return Vec::new() };
        let text = source.text();
        if !text.is_char_boundary(offset) {
            return Vec::new();
        }
        let here = Here { index: self, meanings, path, text, offset };
        if path.ends_with(".rhai") {
            script::propose(&here)
        } else if path.ends_with(".txt") {
            letter::propose(&here)
        } else if path.ends_with(".csv") {
            table::propose_csv(&here)
        } else if super::mending::is_yaml(path) {
            document::propose(&here)
        } else {
            Vec::new()
        }
    }
}

/// The cursor.
#[derive(Clone, Copy)]
struct Here<'a> {
    index: &'a NameIndex,
    meanings: &'a super::meaning::Meanings,
    path: &'a str,
    text: &'a str,
    offset: usize,
}

impl<'a> Here<'a> {
    fn before(&self) -> &'a str {
        self.text.get(..self.offset).unwrap_or("")
    }

    /// The word at the cursor that begins at `from` or behind it.
    fn word(&self, from: usize, holds: impl Fn(char) -> bool) -> Span {
        super::spot::word(self.text, self.offset, from, holds)
    }

    /// What is typed of a word before the cursor.
    fn typed(&self, word: Span) -> &'a str {
        self.text.get(word.start..self.offset).unwrap_or("")
    }
}
