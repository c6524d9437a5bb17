//! Pipe tables: bars below each other.

use super::cells;
use crate::rule::{HeadingKind, TableText};
use crate::text::{Diagnostics, Scalar, Source, Span};
use unicode_width::UnicodeWidthStr;

/// The rows of a table with their bars below each other; `None` where it is no table that can be read.
pub(super) fn aligned(scalar: &Scalar, source: &Source, span: Span) -> Option<Vec<String>> {
    let mut out = Diagnostics::new();
    let table = TableText::parse_pipes(&scalar.text, source, span, &mut out)?;
    if out.has_errors() {
        return None;
    }
    let lines: Vec<Option<Vec<String>>> = scalar.text.trim_end().lines().map(|line| cells(line.trim())).collect();
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let count = rows.iter().filter(|row| !matches!(row, Row::Blank)).count();
        match line {
            // One blank line may part groups of rows.
            None if rows.last().is_some_and(|row| !matches!(row, Row::Blank)) => rows.push(Row::Blank),
            None => {}
            Some(cells) if count == 1 && cells.iter().all(|cell| is_dashes(cell)) => rows.push(Row::Dashes(cells)),
            Some(mut cells) => {
                if count == 0 {
                    cells = cells.iter().map(|cell| heading(cell)).collect();
                }
                for (cell, heading) in cells.iter_mut().zip(&table.columns) {
                    // Escapes and quotes are the author's, and stay.
                    if heading.kind == HeadingKind::Input && count > 0 && !cell.contains(['\\', '"']) {
                        *cell = cells::in_symbols(&heading.text, cell);
                    }
                }
                rows.push(Row::Cells(cells));
            }
        }
    }
    let widths: Vec<usize> = (0..table.columns.len()).map(|at| widest(&rows, at)).collect();
    Some(rows.iter().map(|row| row.written(&widths)).collect())
}

enum Row {
    Cells(Vec<String>),
    /// The line that Markdown wants below the headings.
    Dashes(Vec<String>),
    Blank,
}

impl Row {
    fn written(&self, widths: &[usize]) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Cells(cells) => line(cells.iter().cloned(), widths),
            Self::Dashes(cells) => line(cells.iter().zip(widths).map(|(cell, width)| dashes(cell, *width)), widths),
        }
    }
}

/// The cells of a row as they are written, escapes too; `None` for a blank line.
fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    let mut cells = vec![String::new()];
    let mut before = ' ';
    for c in inside.chars() {
        match cells.last_mut() {
            Some(cell) if c != '|' || before == '\\' => cell.push(c),
            _ => cells.push(String::new()),
        }
        before = c;
    }
    Some(cells.iter().map(|cell| cell.trim().to_owned()).collect())
}

/// The arrow of an output is followed by one blank. In a rule an arrow is no more than a text that begins so.
fn heading(cell: &str) -> String {
    cell.strip_prefix("=>").map_or_else(|| cell.to_owned(), |name| format!("=> {}", name.trim()))
}

fn widest(rows: &[Row], at: usize) -> usize {
    let cells = rows.iter().filter_map(|row| if let Row::Cells(cells) = row { cells.get(at) } else { None });
    cells.map(|cell| cell.width()).max().unwrap_or(0)
}

fn is_dashes(cell: &str) -> bool {
    let inside = cell.trim_matches(':');
    inside.len() >= 2 && inside.bytes().all(|byte| byte == b'-')
}

fn line(cells: impl Iterator<Item = String>, widths: &[usize]) -> String {
    let mut line = String::from("|");
    for (cell, width) in cells.zip(widths) {
        let fill = width.saturating_sub(cell.width());
        line.push(' ');
        line.push_str(&cell);
        line.extend(std::iter::repeat_n(' ', fill));
        line.push_str(" |");
    }
    line
}

fn dashes(cell: &str, width: usize) -> String {
    let (left, right) = (if cell.starts_with(':') { ":" } else { "" }, if cell.ends_with(':') { ":" } else { "" });
    let count = width.saturating_sub(left.len() + right.len()).max(2);
    format!("{left}{}{right}", "-".repeat(count))
}
