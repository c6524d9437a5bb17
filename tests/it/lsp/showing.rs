//! What an editor shows, and how places are counted.

use super::editor::Editor;
use serde_json::{Value as Json, json};
use std::fmt::Write as _;

impl Editor {
    /// The findings of a file, below its name.
    pub(super) fn findings_shown(&self, params: &Json) -> String {
        let mut text = String::new();
        let found = params["diagnostics"].as_array().unwrap();
        if found.is_empty() {
            text.push_str(": nothing");
        }
        for finding in found {
            let severity = ["", "error", "warning", "information", "hint"][number(&finding["severity"])];
            let code = finding["code"].as_str().unwrap_or("");
            let tags = if finding.get("tags").is_some() { " unnecessary" } else { "" };
            let source = finding["source"].as_str().unwrap();
            write!(text, "\n  {} {severity}{tags} {code} ({source})", range(&finding["range"])).unwrap();
            for line in finding["message"].as_str().unwrap().lines() {
                write!(text, "\n    {line}").unwrap();
            }
            for other in finding["relatedInformation"].as_array().into_iter().flatten() {
                let (at, message) = (&other["location"], other["message"].as_str().unwrap());
                let file = self.below(at["uri"].as_str().unwrap());
                write!(text, "\n    {file} {}: {message}", range(&at["range"])).unwrap();
            }
        }
        text
    }
}

/// The position of a byte: columns in UTF-16.
pub(super) fn place_of(text: &str, at: usize) -> Json {
    let before = &text[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let column: usize = before[start..].chars().map(char::len_utf16).sum();
    json!({"line": before.matches('\n').count(), "character": column})
}

pub(super) fn number(json: &Json) -> usize {
    usize::try_from(json.as_u64().unwrap()).unwrap()
}

/// The byte at a position.
pub(super) fn offset(text: &str, position: &Json) -> usize {
    let (line, mut left) = (number(&position["line"]), number(&position["character"]));
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut at = start;
    for letter in text[start..].chars() {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(letter.len_utf16());
        at += letter.len_utf8();
    }
    at
}

/// `3:5-3:9`, counted from one as people do.
pub(super) fn range(range: &Json) -> String {
    let place = |end: &str| {
        let number = |of: &str| range[end][of].as_u64().unwrap() + 1;
        format!("{}:{}", number("line"), number("character"))
    };
    let (from, to) = (place("start"), place("end"));
    if from == to { from } else { format!("{from}-{to}") }
}
