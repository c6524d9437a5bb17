//! Lines of a pipe table.

use super::CellText;
use super::layout::Line;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};

/// The lines of a table. YAML takes the indentation of a block away, so each line is found again in the source, in order.
pub(super) fn lines(text: &str, source: &Source, span: Span, out: &mut Diagnostics) -> Vec<Line> {
    if text.trim().lines().count() == 1 && source.slice(span).lines().count() > 1 {
        let message = "the rows of the table are folded into one line";
        out.push(Diagnostic::error(Code::BadTable, source, span, message).help("begin the block with `|`: `table: |`"));
        return Vec::new();
    }
    let mut next = source.text().get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let mut lines: Vec<Line> = Vec::new();
    for written in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let found = find_line(source.text(), written, next);
        let place = match found {
            Some(start) => Span::new(start, start + written.len()),
            None => span,
        };
        if let Some(start) = found {
            next = start + written.len();
        }
        if lines.len() == 1 && is_alignment(written) {
            continue;
        }
        let Some(inside) = written.strip_prefix('|') else {
            out.push(missing_bar(source, Span::new(place.start, place.start), written, "begins"));
            continue;
        };
        let Some(inside) = inside.strip_suffix('|').filter(|inside| !ends_in_escape(inside)) else {
            out.push(missing_bar(source, Span::new(place.end, place.end), written, "ends"));
            continue;
        };
        let at = |start: usize, end: usize| match found {
            Some(_) => source.place(Span::new(place.start + 1 + start, place.start + 1 + end)),
            None => source.place(place),
        };
        lines.push(Line { cells: cells(inside, at), place: source.place(place) });
    }
    lines
}

/// The place of a line that reads `written` once trimmed, at `from` or behind it.
fn find_line(source: &str, written: &str, from: usize) -> Option<usize> {
    let mut start = from;
    for line in source.get(from..)?.split_inclusive('\n') {
        if line.trim() == written {
            return Some(start + line.len() - line.trim_start().len());
        }
        start += line.len();
    }
    None
}

/// The row of dashes that Markdown wants below the headings.
fn is_alignment(line: &str) -> bool {
    let is_dashes = |cell: &str| {
        let cell = cell.trim().trim_matches(':');
        cell.len() >= 2 && cell.bytes().all(|byte| byte == b'-')
    };
    line.trim_matches('|').split('|').all(is_dashes)
}

fn ends_in_escape(text: &str) -> bool {
    text.ends_with('\\')
}

fn cells(inside: &str, place: impl Fn(usize, usize) -> crate::text::Place) -> Vec<CellText> {
    let mut cells = Vec::with_capacity(inside.matches('|').count() + 1);
    let mut start = 0;
    let mut before = ' ';
    let mut push = |start: usize, end: usize| {
        let text = inside.get(start..end).unwrap_or("");
        let from = start + text.len() - text.trim_start().len();
        let trimmed = text.trim();
        let place = if trimmed.is_empty() { place(start, end) } else { place(from, from + trimmed.len()) };
        cells.push(CellText { text: trimmed.replace("\\|", "|"), place });
    };
    for (at, c) in inside.char_indices() {
        if c == '|' && before != '\\' {
            push(start, at);
            start = at + 1;
        }
        before = c;
    }
    push(start, inside.len());
    cells
}

fn missing_bar(source: &Source, at: Span, line: &str, where_: &str) -> Diagnostic {
    let shown: String = line.chars().take(40).collect();
    let shown = if shown.len() < line.len() { format!("{shown}...") } else { shown };
    let message = format!("no `|` {where_} the row `{shown}`");
    Diagnostic::error(Code::BadTable, source, at, message)
        .help("each row of a table stands on a line of its own, with a `|` before, between and behind its cells")
}
