//! Text that is taken out of a YAML document, with what belongs to it and to nothing else: its comma, or its lines.

use super::source::{Source, Span};

/// What goes with an entry or an item that is not the only one of its mapping or list. `next` is where the one behind it begins.
/// None where other things stand on its lines.
pub(super) fn taken_out(source: &Source, part: Span, in_flow: bool, next: Option<usize>) -> Option<Span> {
    if in_flow { Some(between_commas(source.text(), part)) } else { lines(source.text(), part, next) }
}

/// Between brackets: up to the next part, or from the comma before it if it is the last.
fn between_commas(text: &str, part: Span) -> Span {
    let behind = text.get(part.end..).unwrap_or("");
    let rest = behind.trim_start();
    if let Some(after) = rest.strip_prefix(',') {
        return Span::new(part.start, text.len() - after.trim_start().len());
    }
    let before = text.get(..part.start).unwrap_or("").trim_end();
    Span::new(before.strip_suffix(',').map_or(part.start, str::len), part.end)
}

/// In a block: its lines, with the comment at their end. The first entry of an item leaves the dash to the next one.
fn lines(text: &str, part: Span, next: Option<usize>) -> Option<Span> {
    let start = text.get(..part.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let before = text.get(start..part.start)?;
    if !before.trim_start().is_empty() {
        let is_dash = before.chars().all(|c| c == ' ' || c == '-');
        return next.filter(|_| is_dash).map(|next| Span::new(part.start, next));
    }
    let behind = text.get(part.end..)?;
    let line = behind.split_inclusive('\n').next().unwrap_or("");
    let rest = line.trim();
    if !rest.is_empty() && !rest.starts_with('#') {
        return None;
    }
    let mut end = part.end + line.len();
    // Of the blank lines on both sides those before stay.
    let is_blank = |line: &str| line.trim_ascii().is_empty();
    if text.get(..start)?.lines().next_back().is_none_or(is_blank) {
        for line in text.get(end..)?.split_inclusive('\n').take_while(|line| is_blank(line)) {
            end += line.len();
        }
    }
    Some(Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a text when the part in it is taken out.
    fn left(text: &str, part: &str, in_flow: bool, next: Option<&str>) -> String {
        let source = Source::new("a.yaml", text);
        let at = text.find(part).unwrap();
        let next = next.map(|next| text.find(next).unwrap());
        match taken_out(&source, Span::new(at, at + part.len()), in_flow, next) {
            Some(span) => format!("{}{}", &text[..span.start], &text[span.end..]),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn a_comma_goes_with_what_stood_before_it() {
        assert_eq!(left("a: {b: 1, c: 2}", "b: 1", true, None), "a: {c: 2}");
        assert_eq!(left("a: {b: 1, c: 2}", "c: 2", true, None), "a: {b: 1}");
        assert_eq!(left("a: [b,\n  c,\n  d]", "c", true, None), "a: [b,\n  d]");
        assert_eq!(left("a: {b: 1}", "b: 1", true, None), "a: {}");
    }

    #[test]
    fn lines_go_whole() {
        assert_eq!(left("a: 1\nb: 2 # two\nc: 3\n", "b: 2", false, None), "a: 1\nc: 3\n");
        assert_eq!(left("- a: 1\n  b: 2\n", "a: 1", false, Some("b: 2")), "- b: 2\n");
        assert_eq!(left("x:\n  - a\n\n  - b\n\ny: 1\n", "- b", false, None), "x:\n  - a\n\ny: 1\n");
        assert_eq!(left("x:\n  - a\n  - b\n\ny: 1\n", "- b", false, None), "x:\n  - a\n\ny: 1\n");
        assert_eq!(left("- - a\n  - b\n", "- a", false, None), "none");
    }
}
