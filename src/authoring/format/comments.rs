//! The comments of a document, found between its scalars.

use crate::text::{Node, NodeKind, Scalar, Span, Style};
use unicode_width::UnicodeWidthStr;

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// From its `#` on, without the blanks at the end of the line.
    pub(super) text: String,
    /// Where its `#` stands.
    pub(super) at: usize,
    /// As wide as what stands before it.
    pub(super) column: usize,
    /// What stands before it on its line.
    pub(super) code: String,
    /// Does nothing else stand on its line?
    pub(super) has_line: bool,
    /// Is the line above it blank?
    pub(super) after_blank: bool,
}

/// The comments of a text, in their order. `root` is what the text says: outside its scalars, a `#` begins a comment.
pub(super) fn comments(text: &str, root: &Node) -> Vec<Comment> {
    let mut scalars = Vec::new();
    leaves(root, &mut scalars);
    scalars.sort_unstable();
    let mut found = Vec::new();
    let mut from = 0;
    for scalar in scalars.into_iter().chain([Span::new(text.len(), text.len())]) {
        between(text, Span::new(from, scalar.start), &mut found);
        from = from.max(scalar.end);
    }
    found
}

/// The places of all keys and scalars.
fn leaves(node: &Node, out: &mut Vec<Span>) {
    match &node.kind {
        // The place of a block of nothing but blank lines begins with its header, and a comment may stand behind that.
        NodeKind::Scalar(Scalar { style: Style::Block, text }) if text.trim_matches('\n').is_empty() => {
            out.push(Span::new(node.span.start, node.span.start));
        }
        NodeKind::Null | NodeKind::Scalar(_) => out.push(node.span),
        NodeKind::List(items) => items.iter().for_each(|item| leaves(item, out)),
        NodeKind::Map(entries) => {
            for entry in entries {
                out.push(entry.key.span);
                leaves(&entry.value, out);
            }
        }
    }
}

fn between(text: &str, gap: Span, out: &mut Vec<Comment>) {
    let mut from = gap.start;
    while let Some(at) = text.get(from..gap.end).and_then(|rest| rest.find('#')).map(|at| from + at) {
        let start = line_start(text, at);
        let before = text.get(start..at).unwrap_or("").trim_start_matches('\u{feff}');
        let end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length);
        let begins = before.is_empty() || before.ends_with([' ', '\t']);
        if begins {
            out.push(Comment {
                text: text.get(at..end).unwrap_or("").trim_end().to_owned(),
                at,
                column: before.width(),
                code: before.trim().to_owned(),
                has_line: before.trim().is_empty(),
                after_blank: is_after_blank(text, at),
            });
        }
        from = if begins { end } else { at + 1 };
    }
}

/// The beginning of the line that a byte is on.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
}

/// The column of a byte, in characters from zero.
pub(super) fn column(text: &str, at: usize) -> usize {
    text.get(line_start(text, at)..at).map_or(0, |before| before.trim_start_matches('\u{feff}').chars().count())
}

/// Is the line above the one of a byte blank?
pub(super) fn is_after_blank(text: &str, at: usize) -> bool {
    let above = text.get(..line_start(text, at)).and_then(|above| above.strip_suffix('\n'));
    above.is_some_and(|above| above.rsplit('\n').next().unwrap_or("").trim().is_empty())
}
