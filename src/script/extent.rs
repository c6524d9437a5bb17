//! How far a function goes in the text of a script.

use crate::text::{Place, Span};

/// The whole function whose name stands at the place, with the comments right above it and the blank lines behind it.
pub(super) fn of_function(name: &Place) -> Option<Place> {
    let text = name.source.text();
    let line_start = |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let mut start = line_start(name.span.start);
    let head = text.get(start..name.span.start)?.trim();
    if !matches!(head, "fn" | "private fn") {
        return None;
    }
    while start > 0 && text.get(line_start(start - 1)..start).is_some_and(|line| line.trim_start().starts_with("//")) {
        start = line_start(start - 1);
    }
    let mut end = name.span.end + closing_brace(text.get(name.span.end..)?)?;
    let rest = text.get(end..)?;
    let line = rest.split_inclusive('\n').next().unwrap_or("");
    if !line.trim().is_empty() {
        return None;
    }
    end += line.len();
    end += text.get(end..)?.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum::<usize>();
    Some(name.source.place(Span::new(start, end)))
}

/// Where the first block of a text ends. Braces in texts and comments do not count.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next()?;
        let skipped = match first {
            '/' if rest.starts_with("//") => rest.find('\n')?,
            '/' if rest.starts_with("/*") => rest.find("*/")? + 2,
            '"' | '\'' => quoted(rest, first)?,
            // A text with expressions in it, which may hold anything.
            '`' => return None,
            '{' => {
                depth += 1;
                1
            }
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
                1
            }
            other => other.len_utf8(),
        };
        at += skipped;
    }
    None
}

/// How long a quoted text is, with its quotes.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    /// What is left of a script without one of its functions.
    fn without(text: &str, name: &str) -> String {
        let at = text.find(name).unwrap();
        let place = Source::new("a.rhai", text).place(Span::new(at, at + name.len()));
        match of_function(&place) {
            Some(whole) => format!("{}{}", &text[..whole.span.start], &text[whole.span.end..]),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn takes_a_function_with_its_comment() {
        let text = "fn a(x) { x }\n\n// Half of it.\n// Never more.\nfn b(x) {\n    if x { \"}\" } else { '}' } // }\n}\n\nfn c() { 1 }\n";
        assert_eq!(without(text, "b"), "fn a(x) { x }\n\nfn c() { 1 }\n");
        assert_eq!(without(text, "c"), text.replace("fn c() { 1 }\n", ""));
        assert_eq!(without("fn a() { `${1}` }\n", "a"), "none");
        assert_eq!(without("fn a() { 1 } fn b() { 2 }\n", "a"), "none");
    }
}
