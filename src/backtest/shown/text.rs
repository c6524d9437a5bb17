//! A report as text for a terminal.

use super::block::{Block, Table};
use super::blocks;
use crate::authoring::explain::View;
use crate::authoring::page::{Ink, Page, cut, left, right};
use crate::backtest::report::Report;
use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: &str = "  ";
/// What the lines of a section stand behind.
const INDENT: &str = "  ";
/// A column of words is never cut below this, in columns of the terminal.
const WORDS_MIN: usize = 8;

/// The text of a report.
#[must_use]
pub fn to_text(report: &Report, view: &View) -> String {
    let mut page = Page::new(view.width, view.colour);
    let mut is_table = false;
    for block in blocks(report) {
        if is_table && matches!(block, Block::Table(_) | Block::Facts(_)) {
            page.blank();
        }
        is_table = matches!(block, Block::Table(_) | Block::Facts(_));
        match &block {
            Block::Heading(text) => page.block(|page| page.line(&[(Ink::Bold, text)])),
            Block::Attention(text) => page.block(|page| page.flow("", "", &[(Ink::Attention, text)])),
            Block::Sentence(text) => page.flow(INDENT, INDENT, &[(Ink::Plain, text)]),
            Block::Facts(facts) => write_facts(&mut page, facts),
            Block::Table(table) => write_table(&mut page, table, view.width),
        }
    }
    page.into_text()
}

fn write_facts(page: &mut Page, facts: &[(String, String)]) {
    let width = facts.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let hang = " ".repeat(INDENT.len() + width + GAP.len());
    for (name, text) in facts {
        page.flow(&format!("{INDENT}{}{GAP}", left(name, width)), &hang, &[(Ink::Plain, text)]);
    }
}

fn write_table(page: &mut Page, table: &Table, width: usize) {
    let columns = table.head.len();
    let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let width_of =
        |at: usize| table.rows.iter().map(|row| cell(row, at).width()).chain([cell(&table.head, at).width()]).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..columns).map(width_of).collect();
    shrink(&mut widths, table.texts, width.saturating_sub(INDENT.len()));
    let line = |row: &[String]| {
        let cells: Vec<String> = widths
            .iter()
            .enumerate()
            .map(|(at, width)| {
                let text = cut(&cell(row, at), *width);
                if at < table.texts { left(&text, *width) } else { right(&text, *width) }
            })
            .collect();
        format!("{INDENT}{}", cells.join(GAP))
    };
    if table.head.iter().any(|name| !name.is_empty()) {
        page.line(&[(Ink::Dim, &line(&table.head))]);
    }
    for row in &table.rows {
        page.line(&[(Ink::Plain, &line(row))]);
    }
    if table.more > 0 {
        page.line(&[(Ink::Dim, &format!("{INDENT}and {} more", table.more))]);
    }
}

/// Makes columns of words narrower, the widest first, until all fit.
fn shrink(widths: &mut [usize], texts: usize, room: usize) {
    let gaps = GAP.len() * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > room {
        let widest = widths.iter_mut().take(texts).max_by_key(|width| **width);
        match widest {
            Some(width) if *width > WORDS_MIN => *width -= 1,
            _ => return,
        }
    }
}
