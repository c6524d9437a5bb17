//! A report as Markdown, for the page of a pull request.

use super::block::{Block, Table};
use super::blocks;
use crate::backtest::report::Report;

/// The Markdown of a report.
#[must_use]
pub fn to_markdown(report: &Report) -> String {
    let title = if report.candidate.is_some() {
        "What this change of the policy would have cost"
    } else {
        "What this policy would have cost"
    };
    let mut out = format!("## {title}\n");
    for block in blocks(report) {
        match &block {
            Block::Heading(text) => out.push_str(&format!("\n### {}\n", escaped(text))),
            Block::Attention(text) => out.push_str(&format!("\n**{}**\n", escaped(text))),
            Block::Sentence(text) => out.push_str(&format!("\n{}\n", escaped(text))),
            Block::Facts(facts) => {
                out.push_str("\n| | |\n|---|---|\n");
                for (name, text) in facts {
                    out.push_str(&format!("| {} | {} |\n", escaped(name.trim()), escaped(text)));
                }
            }
            Block::Table(table) => write_table(table, &mut out),
        }
    }
    out
}

fn write_table(table: &Table, out: &mut String) {
    let row = |cells: &[String]| {
        let cells: Vec<String> =
            (0..table.head.len()).map(|at| cells.get(at).map_or_else(String::new, |text| escaped(text))).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    out.push('\n');
    out.push_str(&row(&table.head));
    let rule: Vec<&str> = (0..table.head.len()).map(|at| if at < table.texts { "---" } else { "---:" }).collect();
    out.push_str(&format!("|{}|\n", rule.join("|")));
    table.rows.iter().for_each(|cells| out.push_str(&row(cells)));
    if table.more > 0 {
        out.push_str(&format!("\nand {} more\n", table.more));
    }
}

/// Text that Markdown takes as it stands, in a paragraph or in a cell of a table.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
