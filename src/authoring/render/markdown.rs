//! The document as Markdown.

use super::document::{Block, Card, Document, Phrase, Piece, Section};
use std::fmt::Write as _;

/// Sections below this one are headings of this depth.
const TOP: usize = 2;
/// Headings are never deeper.
const DEEPEST: usize = 6;

pub(super) fn write(document: &Document) -> String {
    let mut out = format!("# {}\n\n{}\n\n", text(&document.title), phrase(&document.subtitle));
    for (what, said) in &document.glance {
        let _ = writeln!(out, "* **{}:** {}", text(what), phrase(said));
    }
    out.push_str("\n## Contents\n\n");
    contents(&document.sections, 0, &mut out);
    for each in &document.sections {
        section(each, TOP, &mut out);
    }
    out
}

fn contents(sections: &[Section], depth: usize, out: &mut String) {
    for section in sections {
        let _ = writeln!(out, "{}* [{}](#{})", "  ".repeat(depth), text(&section.title), section.anchor);
        contents(&section.inside, depth + 1, out);
    }
}

fn section(section: &Section, depth: usize, out: &mut String) {
    let marks = "#".repeat(depth.min(DEEPEST));
    let _ = write!(out, "\n<a id=\"{}\"></a>\n\n{marks} {}\n", section.anchor, text(&section.title));
    for block in &section.blocks {
        out.push('\n');
        self::block(block, depth, out);
    }
    for inside in &section.inside {
        self::section(inside, depth + 1, out);
    }
}

fn block(block: &Block, depth: usize, out: &mut String) {
    match block {
        Block::Paragraph(said) => {
            let _ = writeln!(out, "{}", phrase(said));
        }
        Block::Heading(title) => {
            let _ = writeln!(out, "{} {}", "#".repeat((depth + 1).min(DEEPEST)), text(title));
        }
        Block::Points(points) => points.iter().for_each(|point| {
            let _ = writeln!(out, "* {}", phrase(point));
        }),
        Block::Terms(terms) => terms.iter().for_each(|(term, said)| {
            let _ = writeln!(out, "* **{}:** {}", text(term), phrase(said));
        }),
        Block::Cards(cards) => cards.iter().for_each(|card| self::card(card, out)),
        Block::Table { caption, head, rows } => {
            let _ = writeln!(out, "**{}**\n", text(caption));
            row(None, head, out);
            let _ = writeln!(out, "|{}", " --- |".repeat(head.len()));
            for (anchor, cells) in rows {
                row(anchor.as_deref(), cells, out);
            }
        }
    }
}

fn row(anchor: Option<&str>, cells: &[Phrase], out: &mut String) {
    out.push('|');
    for (at, cell) in cells.iter().enumerate() {
        // Nothing refers to a fact here.
        let anchor = anchor.filter(|anchor| at == 0 && !anchor.starts_with("fact-"));
        let anchor = anchor.map_or_else(String::new, |anchor| format!("<a id=\"{anchor}\"></a>"));
        let _ = write!(out, " {anchor}{} |", phrase(cell));
    }
    out.push('\n');
}

fn card(card: &Card, out: &mut String) {
    let _ = write!(out, "* <a id=\"{}\"></a>**{}**", card.anchor, phrase(&card.title));
    for line in &card.lines {
        let _ = write!(out, "  \n  {}", phrase(line));
    }
    if let Some(because) = &card.because {
        let _ = write!(out, "  \n  Because: {}", text(because));
    }
    if !card.remarks.is_empty() {
        let remarks: Vec<String> = card.remarks.iter().map(phrase).collect();
        let _ = write!(out, "  \n  {}", remarks.join(" \u{b7} "));
    }
    out.push('\n');
}

fn phrase(phrase: &Phrase) -> String {
    phrase.0.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(it) | Piece::Fact(_, it) => text(it),
        Piece::Name(it) => format!("_{}_", text(it)),
        Piece::Strong(it) => format!("**{}**", text(it)),
        Piece::Code(it) => code(it),
        Piece::Link(anchor, it) => format!("[{}](#{anchor})", text(it)),
        Piece::Address(address, it) if is_web(address) => {
            format!("[{}](<{}>)", text(it), address.replace(['<', '>', '\n', '\\'], ""))
        }
        Piece::Address(_, it) => text(it),
        Piece::Badge(_, it) => format!("**[{}]**", text(it)).replace("**[", "**\\[").replace("]**", "\\]**"),
    }
}

/// An address that a reader may follow.
pub(super) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

/// Text in which nothing is taken for Markdown or HTML, on one line.
fn text(it: &str) -> String {
    let mut out = String::with_capacity(it.len());
    for word in it.split_inclusive(char::is_whitespace) {
        for c in word.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                    out.push('\\');
                    out.push(c);
                }
                c if c.is_whitespace() => out.push(' '),
                c => out.push(c),
            }
        }
    }
    // At the beginning of a line these would begin a list or a heading.
    if out.starts_with(['-', '+', '=']) {
        out.insert(0, '\\');
    }
    out
}

/// Code, which may hold backticks, in a cell of a table too.
fn code(it: &str) -> String {
    let longest = it.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let it = it.replace('|', "\\|");
    let it = it.split_whitespace().collect::<Vec<_>>().join(" ");
    if it.starts_with('`') || it.ends_with('`') { format!("{fence} {it} {fence}") } else { format!("{fence}{it}{fence}") }
}
