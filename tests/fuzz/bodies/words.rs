//! The words of a target: what its seeds are made of, most frequent first, as a dictionary that libFuzzer reads.

use super::seeds::seeds;
use redress::script::Functions;
use std::collections::BTreeMap;

/// The most words of one target. Each is tried as often as any other, so rare ones only take turns away.
const WORDS_MAX: usize = 400;
/// A longer word is the author's, not the format's.
const WORD_BYTES_MAX: usize = 32;

/// What YAML has and our documents do without.
const YAML: [&str; 20] = [
    "&a ",
    "*a",
    "!!str ",
    "!!int ",
    "<<: ",
    "|-\n",
    "|+\n",
    ">-\n",
    ">2\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "? ",
    "\r\n",
    "\t",
    "\\u0000",
    "\\x07",
    "~",
    "null",
    "\u{feff}",
];
/// What the reader of cells and money has to tell apart.
const NUMBERS: [&str; 14] = [
    "0",
    "-1",
    "0.005",
    "1e9",
    "999999999999999999999999999.99",
    "9223372036854775807",
    "-9223372036854775808",
    "1,000.00",
    "1.000,00",
    "USD",
    "JPY",
    "BHD",
    "2026-02-29",
    "9999-12-31",
];

/// A dictionary: a word a line, in quotes.
pub(crate) fn words(target: &str) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for seed in seeds(target) {
        for word in pieces(&String::from_utf8_lossy(&seed)) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut found: Vec<(String, usize)> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
    found.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let mut words: Vec<String> = found.into_iter().map(|(word, _)| word).take(WORDS_MAX).collect();
    if ["yaml", "tables", "bundles", "mappings", "cases"].contains(&target) {
        words.extend(YAML.map(str::to_owned));
    }
    if ["expressions", "bundles"].contains(&target) {
        words.extend(Functions::standard().iter().map(|function| format!("{}(", function.name)));
    }
    words.extend(NUMBERS.map(str::to_owned));
    words.sort();
    words.dedup();
    words.iter().map(|word| format!("\"{}\"\n", escaped(word))).collect()
}

/// Words with the dots inside them, and signs that stand together.
fn pieces(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = Sort::Other;
    for letter in text.chars() {
        let sort = match letter {
            '_' | '.' => {
                if before == Sort::Word {
                    Sort::Word
                } else {
                    Sort::Sign
                }
            }
            letter if letter.is_alphanumeric() => Sort::Word,
            letter if letter.is_ascii_punctuation() => Sort::Sign,
            _ => Sort::Other,
        };
        match found.last_mut() {
            Some(word) if sort == before && sort != Sort::Other => word.push(letter),
            _ if sort != Sort::Other => found.push(letter.to_string()),
            _ => {}
        }
        before = sort;
    }
    found.retain(|word| word.len() <= WORD_BYTES_MAX);
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Sign,
    Other,
}

/// As libFuzzer reads it: a sign that is none of ASCII's, a quote or a backslash by its bytes.
fn escaped(word: &str) -> String {
    word.bytes()
        .map(|byte| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            byte => format!("\\x{byte:02X}"),
        })
        .collect()
}
