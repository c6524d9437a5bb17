//! The lines of the formatted text: indentation, blank lines, and comments behind what they speak of.

use super::comments::Comment;
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// So many columns stand at least between a line and the comment behind it.
const BEFORE_COMMENT: usize = 2;

#[derive(Debug, Default)]
struct Line {
    text: String,
    /// The comment behind it, and the column in which it was written, where it was written behind the same.
    comment: Option<(String, usize)>,
    /// Part of a block of text: a blank line belongs to it.
    is_content: bool,
}

/// Lines under construction.
#[derive(Debug, Default)]
pub(super) struct Lines {
    list: Vec<Line>,
    /// Dashes of list items whose first line is still to come, and the column of the first of them.
    dashes: Option<(usize, String)>,
    /// How many lines there were where a text ended that keeps all blank lines below it.
    keeps_blanks: usize,
}

impl Lines {
    /// The next line is the first one of a list item.
    pub(super) fn dash(&mut self, indent: usize) {
        match &mut self.dashes {
            Some((_, dashes)) => dashes.push_str("- "),
            None => self.dashes = Some((indent, "- ".to_owned())),
        }
    }

    /// A line, at its indentation or behind the dashes that wait for it.
    pub(super) fn line(&mut self, indent: usize, text: &str) {
        let text = match self.dashes.take() {
            Some((start, dashes)) => format!("{:start$}{}", "", format!("{dashes}{text}").trim_end()),
            None => format!("{:indent$}{text}", ""),
        };
        self.list.push(Line { text, ..Line::default() });
    }

    /// A comment behind the last line.
    pub(super) fn behind(&mut self, comment: &Comment) {
        if let Some(line) = self.list.last_mut() {
            let column = if line.text.trim_start() == comment.code { comment.column } else { 0 };
            line.comment = Some((comment.text.clone(), column));
        }
    }

    /// A comment on a line of its own; one that stands before the first line of a list item stands before its dash.
    pub(super) fn comment(&mut self, indent: usize, text: &str) {
        let indent = self.dashes.as_ref().map_or(indent, |(start, _)| *start);
        self.list.push(Line { text: format!("{:indent$}{text}", ""), ..Line::default() });
    }

    /// A line of a block of text.
    pub(super) fn content(&mut self, indent: usize, text: &str) {
        let text = if text.is_empty() { String::new() } else { format!("{:indent$}{text}", "") };
        self.list.push(Line { text, is_content: true, ..Line::default() });
    }

    /// A blank line below the last one would be part of its text.
    pub(super) fn keep_blanks(&mut self) {
        self.keeps_blanks = self.list.len();
    }

    /// A blank line, unless there is one, or it would say something.
    pub(super) fn blank(&mut self) {
        let is_free = self.keeps_blanks != self.list.len();
        if is_free && self.list.last().is_some_and(|line| !line.text.is_empty()) {
            self.list.push(Line::default());
        }
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        while self.list.last().is_some_and(|line| line.text.is_empty() && !line.is_content) {
            self.list.pop();
        }
        let mut out = String::new();
        for run in self.list.chunk_by(|one, next| one.comment.is_some() && next.comment.is_some()) {
            let column = comment_column(run);
            for line in run {
                out.push_str(&line.text);
                if let Some((text, _)) = &line.comment {
                    out.extend(std::iter::repeat_n(' ', column.saturating_sub(line.text.width())));
                    out.push_str(text);
                }
                out.push('\n');
            }
        }
        out
    }
}

/// Where the comments behind neighbouring lines begin: where the author put most of them, if there is room for all; else behind the
/// longest of these lines.
fn comment_column(run: &[Line]) -> usize {
    let need = run.iter().map(|line| line.text.width() + BEFORE_COMMENT).max().unwrap_or(0);
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, column) in run.iter().filter_map(|line| line.comment.as_ref()).filter(|(_, column)| *column >= need) {
        *columns.entry(*column).or_default() += 1;
    }
    columns.into_iter().rev().max_by_key(|(_, count)| *count).map_or(need, |(column, _)| column)
}
