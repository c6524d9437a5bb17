//! A document in its canonical form, as few changes of it as that takes.

use super::position::Ruler;
use super::refusal::Refusal;
use super::workspace::Workspace;
use crate::authoring::format::{NotFormatted, format};
use crate::text::{Severity, Span};
use lsp_types::{DocumentFormattingParams, TextEdit};

/// `textDocument/formatting`
///
/// # Errors
/// A document that is broken, in a sentence.
pub(super) fn of_document(workspace: &Workspace, params: &DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>, Refusal> {
    let Some(file) = workspace.inside(&params.text_document.uri) else { return Ok(None) };
    let text = file.source.text();
    match format(file.path, text) {
        Ok(formatted) => Ok(Some(edits(&workspace.ruler(file.source), text, &formatted))),
        Err(NotFormatted::Unreadable(found)) => {
            let errors = found.iter().filter(|finding| finding.severity == Severity::Error);
            let place = errors.filter_map(|finding| finding.place.as_ref()).map(|place| place.line_column().0).min();
            let line = place.map_or_else(String::new, |line| format!(", first in line {line}"));
            Err(Refusal::failed(format!("`{}` is formatted once it can be read; it has mistakes{line}", file.path)))
        }
        Err(differs @ NotFormatted::Differs { .. }) => Err(Refusal::failed(differs.to_string())),
    }
}

/// The edit that makes one text of another: lines that are the same at the beginning and at the end stay untouched, so that a cursor
/// there stays where it is.
fn edits(ruler: &Ruler<'_>, old: &str, new: &str) -> Vec<TextEdit> {
    if old == new {
        return Vec::new();
    }
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let shorter = old_lines.len().min(new_lines.len());
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(old, new)| old == new).count();
    let head = same(&mut old_lines.iter().zip(&new_lines));
    let tail = same(&mut old_lines.iter().rev().zip(new_lines.iter().rev())).min(shorter - head);
    let length = |lines: &[&str], from: usize, to: usize| lines.iter().take(to).skip(from).map(|line| line.len()).sum::<usize>();
    let start = length(&old_lines, 0, head);
    let span = Span::new(start, start + length(&old_lines, head, old_lines.len() - tail));
    let end = start + length(&new_lines, head, new_lines.len() - tail);
    vec![TextEdit { range: ruler.range(span), new_text: new.get(start..end).unwrap_or("").to_owned() }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::position::Encoding;

    fn edited(old: &str, new: &str) -> String {
        let ruler = Ruler::new(old, Encoding::Utf16);
        let mut text = old.to_owned();
        for edit in edits(&ruler, old, new) {
            let span = ruler.span(edit.range);
            text.replace_range(span.start..span.end, &edit.new_text);
        }
        text
    }

    #[test]
    fn the_edit_makes_the_new_text() {
        let texts = ["", "a\n", "a\nb\n", "a\nb\nc\n", "a\r\nb\r\n", "b\n", "a\na\n", "a\na\na\n", "a", "a\nb"];
        for old in texts {
            for new in texts {
                assert_eq!(edited(old, new), new, "{old:?}");
            }
        }
    }

    #[test]
    fn what_stays_is_left_alone() {
        let old = "a\n  b\nc\n";
        let edits = edits(&Ruler::new(old, Encoding::Utf16), old, "a\nb\nc\n");
        assert_eq!(
            format!("{:?}", edits.iter().map(|edit| (edit.range.start.line, edit.range.end.line)).collect::<Vec<_>>()),
            "[(1, 2)]"
        );
    }
}
