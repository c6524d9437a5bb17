//! What is done with the bytes of a fuzz target, and what has to hold of it.
//!
//! Each body reads the bytes as one kind of text and checks more than that nothing panics: places lie within their texts, what is
//! written down reads back as the same, and two ways to the same answer agree. [`seeds`](seeds::seeds) makes the first inputs out of the
//! documents of the repository; `tests/it/fuzz.rs` runs all of them, and everything that was ever found, in the test suite.

mod bundles;
mod cases;
mod cells;
mod expressions;
mod findings;
mod journal;
mod letters;
mod mappings;
mod sections;
mod seeds;
mod tables;
mod words;
mod yaml;

pub(crate) use seeds::seeds;
pub(crate) use words::words;

/// The targets.
#[allow(dead_code, reason = "each fuzz target knows its own name")]
pub(crate) const NAMES: [&str; 9] =
    ["yaml", "cells", "tables", "expressions", "cases", "mappings", "journal", "bundles", "letters"];

/// Runs one input of a target. A panic is a finding.
pub(crate) fn run(target: &str, data: &[u8]) {
    if target == "journal" {
        return journal::run(data);
    }
    let Ok(text) = std::str::from_utf8(data) else { return };
    match target {
        "yaml" => yaml::run(text),
        "cells" => cells::run(text),
        "tables" => tables::run(text),
        "expressions" => expressions::run(text),
        "cases" => cases::run(text),
        "mappings" => mappings::run(text),
        "bundles" => bundles::run(text),
        "letters" => letters::run(text),
        other => panic!("there is no target `{other}`"),
    }
}

/// The letter that an input begins with, and the rest: it chooses what the rest is read as.
fn chosen(text: &str) -> Option<(usize, &str)> {
    let first = text.chars().next()?;
    Some(((first as usize).wrapping_sub('a' as usize), &text[first.len_utf8()..]))
}
