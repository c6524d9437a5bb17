//! A report as Markdown, for the page of a pull request.

use super::block::{Block, Table};
use super::blocks;
use crate::authoring::markup::in_markdown;
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
            Block::Heading(text) => out.push_str(&format!("\n### {}\n", in_markdown(text))),
            Block::Attention(text) => out.push_str(&format!("\n**{}**\n", in_markdown(text))),
            Block::Sentence(text) => out.push_str(&format!("\n{}\n", in_markdown(text))),
            Block::Facts(facts) => {
                out.push_str("\n| | |\n|---|---|\n");
                for (name, text) in facts {
                    out.push_str(&format!("| {} | {} |\n", in_markdown(name.trim()), in_markdown(text)));
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
            (0..table.head.len()).map(|at| cells.get(at).map_or_else(String::new, |text| in_markdown(text))).collect();
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
