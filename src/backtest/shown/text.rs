//! A report as text for a terminal.

use super::block::{Block, Table};
use super::blocks;
use crate::authoring::explain::View;
use crate::authoring::page::{Ink, Page, left, right};
use crate::backtest::report::Report;
use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: &str = "  ";
/// What the lines of a section stand behind.
const INDENT: &str = "  ";
/// Between the figures of a list.
const LIST: &str = ", ";
/// A column of words is never narrower than this, in columns of the terminal.
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
    let room = width.saturating_sub(INDENT.len());
    let gaps = GAP.len() * columns.saturating_sub(1);
    // Several figures stand below each other where they do not fit beside each other.
    let stacks = table.lists && widths.iter().sum::<usize>() + gaps > room;
    if let Some(last) = widths.last_mut().filter(|_| stacks) {
        let figures = table.rows.iter().filter_map(|row| row.last()).flat_map(|text| text.split(LIST));
        *last = figures.chain(table.head.last().map(String::as_str)).map(UnicodeWidthStr::width).max().unwrap_or(0);
    }
    shrink(&mut widths, table.texts, room);
    let lines = |row: &[String]| {
        let cells: Vec<Vec<String>> = widths
            .iter()
            .enumerate()
            .map(|(at, width)| {
                let text = cell(row, at);
                match at {
                    _ if at < table.texts => wrapped(&text, *width).iter().map(|part| left(part, *width)).collect(),
                    _ if stacks && at + 1 == columns => text.split(LIST).map(|figure| right(figure, *width)).collect(),
                    _ => vec![right(&text, *width)],
                }
            })
            .collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or(0);
        let blank = |at: usize| " ".repeat(widths.get(at).copied().unwrap_or(0));
        let line = |number: usize| {
            let parts = cells.iter().enumerate().map(|(at, cell)| cell.get(number).cloned().unwrap_or_else(|| blank(at)));
            format!("{INDENT}{}", parts.collect::<Vec<_>>().join(GAP)).trim_end().to_owned()
        };
        (0..most).map(line).collect::<Vec<_>>()
    };
    let mut write = |ink: Ink, row: &[String]| lines(row).iter().for_each(|line| page.line(&[(ink, line)]));
    if table.head.iter().any(|name| !name.is_empty()) {
        write(Ink::Dim, &table.head);
    }
    for row in &table.rows {
        write(Ink::Plain, row);
    }
    if table.more > 0 {
        page.line(&[(Ink::Dim, &format!("{INDENT}and {} more", table.more))]);
    }
}

/// A text in lines of a width: broken behind spaces, hyphens, strokes and underscores, and where there are none anywhere.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in text.split_inclusive([' ', '-', '/', '_']) {
        let mut piece = piece;
        loop {
            let Some(line) = lines.last_mut() else { return lines };
            if line.width() + piece.trim_end().width() <= width {
                line.push_str(piece);
                break;
            }
            if line.is_empty() {
                // Longer than a line by itself.
                let mut end = piece.len();
                while piece.get(..end).is_none_or(|part| part.width() > width) && end > 1 {
                    end -= 1;
                }
                let (part, rest) = piece.split_at_checked(end).unwrap_or((piece, ""));
                line.push_str(part);
                piece = rest;
                if piece.is_empty() {
                    break;
                }
            }
            lines.push(String::new());
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_beside_goes_on_below() {
        let mut table = Table::new(&["paid for", "before", "after", "cases", "change"], 3).with_lists();
        let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
        table.row(row([
            "goodwill",
            "worth-keeping",
            "worth-keeping, then goodwill-share-of-invoice",
            "62",
            "-642.63 BRL, -66.53 EUR, -137.75 GBP",
        ]));
        table.row(row(["goodwill", "a_name_without_any_end", "unbreakableunbreakable", "1", "-1.00 USD"]));
        let shown = |width: usize| {
            let mut page = Page::new(width, false);
            write_table(&mut page, &table, width);
            page.into_text()
        };
        insta::assert_snapshot!(shown(60), @"
        paid for  before         after          cases       change
        goodwill  worth-keeping  worth-            62  -642.63 BRL
                                 keeping, then          -66.53 EUR
                                 goodwill-             -137.75 GBP
                                 share-of-
                                 invoice
        goodwill  a_name_        unbreakableun      1    -1.00 USD
                  without_any_   breakable
                  end
        ");
        insta::assert_snapshot!(shown(140), @"
        paid for  before                  after                                          cases                                change
        goodwill  worth-keeping           worth-keeping, then goodwill-share-of-invoice     62  -642.63 BRL, -66.53 EUR, -137.75 GBP
        goodwill  a_name_without_any_end  unbreakableunbreakable                             1                             -1.00 USD
        ");
    }
}
