//! The words and symbols that a condition may begin with.

use super::Comparison;

/// The words, longer ones first, and whether they speak of time only.
pub(super) const WORDS: [(&str, Comparison, bool); 8] = [
    ("on or before", Comparison::AtMost, true),
    ("on or after", Comparison::AtLeast, true),
    ("at least", Comparison::AtLeast, false),
    ("at most", Comparison::AtMost, false),
    ("before", Comparison::Under, true),
    ("after", Comparison::Over, true),
    ("under", Comparison::Under, false),
    ("over", Comparison::Over, false),
];

const SYMBOLS: [(&str, Comparison); 4] =
    [(">=", Comparison::AtLeast), ("<=", Comparison::AtMost), (">", Comparison::Over), ("<", Comparison::Under)];

/// The words that a comparison begins with, those that speak of time only where it is time that is compared.
#[cfg(feature = "schema")]
pub(crate) fn comparison_words(of_time: bool) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |(_, _, in_time)| !in_time || of_time).map(|(word, _, _)| *word)
}

/// What people write and what the format says.
const SYNONYMS: [(&str, &str); 27] = [
    ("no more than", "at most"),
    ("not more than", "at most"),
    ("no less than", "at least"),
    ("not less than", "at least"),
    ("no later than", "on or before"),
    ("not before", "on or after"),
    ("not after", "on or before"),
    ("greater than", "over"),
    ("larger than", "over"),
    ("more than", "over"),
    ("higher than", "over"),
    ("less than", "under"),
    ("lower than", "under"),
    ("fewer than", "under"),
    ("smaller than", "under"),
    ("above", "over"),
    ("below", "under"),
    ("up to", "at most"),
    ("minimum", "at least"),
    ("maximum", "at most"),
    ("since", "on or after"),
    ("until", "on or before"),
    ("equals", ""),
    ("equal to", ""),
    ("is", ""),
    ("≥", "at least"),
    ("≤", "at most"),
];

/// A comparison at the beginning of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leading<'a> {
    /// As written.
    pub(super) written: &'a str,
    pub(super) comparison: Comparison,
    pub(super) is_symbol: bool,
    /// Does the word speak of time only?
    pub(super) in_time: bool,
}

/// The comparison that a text begins with.
pub(super) fn leading(text: &str) -> Option<Leading<'_>> {
    let word = WORDS.iter().find_map(|(word, comparison, in_time)| {
        let written = text.get(..word.len()).filter(|head| head == word && ends_word(text, word.len()))?;
        Some(Leading { written, comparison: *comparison, is_symbol: false, in_time: *in_time })
    });
    word.or_else(|| {
        SYMBOLS.iter().find_map(|(symbol, comparison)| {
            let written = text.get(..symbol.len()).filter(|head| head == symbol)?;
            Some(Leading { written, comparison: *comparison, is_symbol: true, in_time: false })
        })
    })
}

/// What the format says instead of a text that begins with a comparison it does not know: the whole text with the right words.
pub(super) fn meant(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let known = WORDS.iter().map(|(word, _, _)| (*word, *word));
    let (written, word) = SYNONYMS.iter().copied().chain(known).find(|(written, _)| {
        lower.starts_with(written) && (ends_word(&lower, written.len()) || !written.starts_with(char::is_alphabetic))
    })?;
    let operand = text.get(written.len()..)?.trim();
    (!operand.is_empty()).then(|| format!("{word} {operand}").trim_start().to_owned())
}

/// The rest behind a word that the text begins with.
pub(super) fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    text.strip_prefix(word).filter(|_| ends_word(text, word.len()))
}

fn ends_word(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}
