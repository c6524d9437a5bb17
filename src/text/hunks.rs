//! What a fix changes, as lines that go and lines that come.

use super::fix::{Edit, Fix};
use super::source::Span;
use std::collections::BTreeMap;

/// Lines of a file that give way to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The file, as its source is called.
    pub file: String,
    /// The first of the lines, from 1.
    pub line: usize,
    /// The lines that go.
    pub before: Vec<String>,
    /// The lines that come.
    pub after: Vec<String>,
}

impl Fix {
    /// The lines that it changes, in the order of files and places.
    #[must_use]
    pub fn hunks(&self) -> Vec<Hunk> {
        let mut files: BTreeMap<&str, Vec<&Edit>> = BTreeMap::new();
        for edit in &self.edits {
            files.entry(edit.place.source.name()).or_default().push(edit);
        }
        let mut hunks = Vec::new();
        for (file, mut edits) in files {
            edits.sort_by_key(|edit| edit.place.span);
            let mut rest = edits.as_slice();
            while let Some((first, _)) = rest.split_first() {
                let text = first.place.source.text();
                let mut lines = whole_lines(text, first.place.span);
                // Those that begin on the same lines belong together.
                let mut count = 1;
                while let Some(next) = rest.get(count).filter(|next| next.place.span.start < lines.end) {
                    lines = lines.to(whole_lines(text, next.place.span));
                    count += 1;
                }
                let (here, others) = rest.split_at(count);
                rest = others;
                let (mut after, mut at) = (String::new(), lines.start);
                for edit in here {
                    after.push_str(text.get(at..edit.place.span.start).unwrap_or(""));
                    after.push_str(&edit.text);
                    at = edit.place.span.end;
                }
                after.push_str(text.get(at..lines.end).unwrap_or(""));
                let listed = |text: &str| text.lines().map(str::to_owned).collect();
                let line = first.place.source.line_column(lines.start).0;
                let before = listed(text.get(lines.start..lines.end).unwrap_or(""));
                hunks.push(Hunk { file: file.to_owned(), line, before, after: listed(&after) });
            }
        }
        hunks
    }
}

/// The lines that a span touches. Where whole lines stand, or where some are put in, those alone.
fn whole_lines(text: &str, span: Span) -> Span {
    let is_start = |at: usize| at == 0 || text.get(..at).is_some_and(|before| before.ends_with('\n'));
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    if is_start(span.start) && is_start(span.end) {
        return span;
    }
    let end = text.get(span.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |newline| span.end + newline + 1);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn told(text: &str, edits: &[(&str, &str)]) -> String {
        let source = Source::new("a.yaml", text);
        let edit = |(old, new): &(&str, &str)| {
            let at = text.find(old).unwrap();
            Edit::at(&source, Span::new(at, at + old.len()), *new)
        };
        let hunks = Fix::new("", edits.iter().map(edit).collect()).hunks();
        let lines = |sign: &str, lines: &[String]| lines.iter().map(|line| format!("{sign} {line}\n")).collect::<String>();
        let one = |hunk: Hunk| format!("{}:{}\n{}{}", hunk.file, hunk.line, lines("-", &hunk.before), lines("+", &hunk.after));
        hunks.into_iter().map(one).collect()
    }

    #[test]
    fn lines_that_go_and_come() {
        let text = "a: 1\nb: {c: 2, d: 3}\ne: 4\n";
        insta::assert_snapshot!(told(text, &[("2", "5"), ("3", "6"), ("4", "7")]), @"
        a.yaml:2
        - b: {c: 2, d: 3}
        + b: {c: 5, d: 6}
        a.yaml:3
        - e: 4
        + e: 7
        ");
        insta::assert_snapshot!(told(text, &[("b: {c: 2, d: 3}\n", "")]), @"
        a.yaml:2
        - b: {c: 2, d: 3}
        ");
    }
}
