//! Lines of a template that hold nothing but tags, and leave no line in the letter.

use super::quotes::is_mark;

/// Stands for the end of a line that holds nothing but tags: such a line leaves no trace in the letter. As long as a line break, so
/// that every place stays where it is; no text of a case can hold it.
pub(crate) const NO_LINE: char = '\u{1}';

/// A part of a template as the engine gets it.
pub(crate) fn prepared(part: &str) -> String {
    // What only the writing of letters may set is a space where a template holds it, so that every place stays where it is.
    let part = part.replace(|c| c == NO_LINE || is_mark(c), " ");
    let part = part.as_str();
    let mut text = String::with_capacity(part.len());
    let (mut has_tag, mut has_text) = (false, false);
    let mut rest = part;
    while let Some((before, from)) = rest.find(['{', '\n']).and_then(|at| rest.split_at_checked(at)) {
        text.push_str(before);
        has_text |= !before.trim_start().is_empty();
        let end = if from.starts_with("{%") {
            Some("%}")
        } else if from.starts_with("{#") {
            Some("#}")
        } else {
            None
        };
        let length = match end {
            Some(end) => from.find(end).map_or(from.len(), |at| at + end.len()),
            None => 1,
        };
        let (found, after) = from.split_at_checked(length).unwrap_or((from, ""));
        rest = after;
        if found == "\n" {
            text.push(if has_tag && !has_text { NO_LINE } else { '\n' });
            (has_tag, has_text) = (false, false);
            continue;
        }
        text.push_str(found);
        match end {
            Some(_) => has_tag = true,
            None => has_text = true,
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_tags_alone_leaves_no_line() {
        let part = "one {% if a %}{{ b }}{% endif %}\n  {% if a %}\ntwo\n{# three\nlines #}  {% endif %}\nfour\n\n";
        let shown = prepared(part).replace(NO_LINE, "|");
        assert_eq!(shown, "one {% if a %}{{ b }}{% endif %}\n  {% if a %}|two\n{# three\nlines #}  {% endif %}|four\n\n");
        assert_eq!(prepared(part).len(), part.len());
        assert_eq!(prepared("{% if"), "{% if");
    }
}
