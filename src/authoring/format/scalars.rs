//! Scalars and short collections on one line: quotes only where they are needed.

use crate::text::yaml::leaves_open;
use crate::text::{Entry, Node, NodeKind, Scalar, Style};
use unicode_width::UnicodeWidthStr;

/// Words that some reader takes for more than a text.
const SPECIAL: [&str; 15] =
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "unknown", "missing", "present", "empty", "any", "not"];

/// Is it a text for every reader, with quotes or without? A word that is no keyword, or an expression.
pub(super) fn is_words(text: &str) -> bool {
    let is_expression = text.strip_prefix('=').is_some_and(|rest| rest.starts_with([' ', '\n']));
    let begins = text.starts_with(|c: char| c.is_alphabetic() || c == '_') || is_expression;
    begins && !SPECIAL.contains(&text.to_lowercase().as_str())
}

/// May such a text stand without quotes?
fn is_plain(text: &str, in_flow: bool) -> bool {
    is_words(text)
        && text.chars().all(is_printed)
        && !text.ends_with([' ', ':'])
        && ![": ", " #", "\t"].iter().any(|cut| text.contains(cut))
        && !(in_flow && (text.contains([',', '[', ']', '{', '}', ':']) || leaves_open(text)))
}

/// Can it stand in a file as it is?
fn is_printed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')
}

/// A text that somebody quoted.
fn quoted(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) {
        return text.to_owned();
    }
    if !text.chars().all(is_printed) {
        return escaped(text);
    }
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_printed(c) => out.push(c),
            // None of these lies beyond U+FFFF.
            c => {
                let code = u32::from(c);
                out += &if code < 0x100 { format!("\\x{code:02X}") } else { format!("\\u{code:04X}") };
            }
        }
    }
    out.push('"');
    out
}

/// A key as it was written: quotes go where they are not needed, and stand where one was written over several lines.
pub(super) fn key(text: &str, written: &str, in_flow: bool) -> String {
    let is_quoted = written.starts_with(['"', '\'']) || text.contains('\n');
    if is_quoted { quoted(text, in_flow) } else { text.to_owned() }
}

/// What stands on one line: everything but blocks of text. `source` is the text that the places lie in. A line break in it is one of a
/// value that says something else between quotes; it is written as a blank line.
pub(super) fn inline(node: &Node, source: &str, in_flow: bool) -> String {
    match &node.kind {
        NodeKind::Null => null(node, source, in_flow),
        NodeKind::Scalar(scalar) => one(scalar, in_flow),
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(|item| inline(item, source, true)).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|entry| pair(entry, source)).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn pair(entry: &Entry, source: &str) -> String {
    let written = source.get(entry.key.span.start..entry.key.span.end).unwrap_or("");
    format!("{}: {}", key(&entry.key.text, written, true), inline(&entry.value, source, true))
}

fn null(node: &Node, source: &str, in_flow: bool) -> String {
    match source.get(node.span.start..node.span.end).unwrap_or("").trim() {
        "" if in_flow => "null".to_owned(),
        written => written.to_owned(),
    }
}

fn one(scalar: &Scalar, in_flow: bool) -> String {
    match scalar.style {
        Style::Plain | Style::Bare if !scalar.text.contains('\n') || !is_words(&scalar.text) => scalar.text.clone(),
        _ => quoted(&scalar.text, in_flow),
    }
}

/// A text that was written over several lines, as a folded block, where that says the same.
pub(super) fn folded(text: &str, width: usize) -> Option<Vec<String>> {
    let sound = is_words(text) && text.chars().all(is_printed) && !text.contains("  ") && !text.ends_with(' ');
    if !sound {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    Some(lines)
}
