//! Tables as people write them.

use super::*;
use crate::text::{Node, yaml};

fn shown(table: Option<&TableText>, out: &Diagnostics) -> String {
    let mut text = String::new();
    for found in out {
        let place = found.place.as_ref().unwrap();
        text += &format!("{} {place} `{}` {}\n", found.code, place.source.slice(place.span), found.message);
        if let Some(help) = &found.help {
            text += &format!("  help: {help}\n");
        }
        for label in &found.labels {
            text += &format!("  {} `{}`: {}\n", label.place, label.place.source.slice(label.place.span), label.text);
        }
    }
    let Some(table) = table else { return text + "no table\n" };
    for heading in &table.columns {
        text += &format!("{:?} {} at {}\n", heading.kind, heading.text, heading.place);
    }
    for row in &table.rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| {
                let (line, column) = cell.place.line_column();
                let written = cell.place.source.slice(cell.place.span);
                if written == cell.text { format!("{} {line}:{column}", cell.text) } else { format!("{} {line}:{column} `{written}`", cell.text) }
            })
            .collect();
        text += &format!("{}\n", cells.join(" | "));
    }
    text
}

fn pipes(yaml: &str) -> String {
    let source = Source::new("approval.yaml", yaml);
    let mut out = Diagnostics::new();
    let tree = yaml::parse(&source, &mut out).unwrap();
    let node: &Node = tree.get("table").unwrap();
    let table = TableText::parse_pipes(node.as_text().unwrap(), &source, node.span, &mut out);
    shown(table.as_ref(), &out)
}

fn csv(text: &str) -> String {
    let source = Source::new("approval.csv", text);
    let mut out = Diagnostics::new();
    let table = TableText::parse_csv(&source, &mut out);
    shown(table.as_ref(), &out)
}

#[test]
fn a_pipe_table_keeps_places() {
    let shown = pipes(
        "hit: first\ntable: |\n  | id    | totals.credit | => role | because      | from |\n  |-------|:-------------:|------|---|---|\n\n  | agent | <= 100        | a\\|b    | Within größe | - |\n  | agent | <= 100        | a\\|b    | Within größe | - |\notherwise: x\n",
    );
    insta::assert_snapshot!(shown, @"");
}

#[test]
fn mistakes_in_a_pipe_table_are_told_where_they_stand() {
    let tables = [
        "table: |\n  | a | => b | because |\n  | 1 | x | y\n  1 | x | y |\n  | 1 | x | y | z |\n  | 1 |\n  | 2 | x | y |\n",
        "table: |\n  | a | => | Because | a | -> x | |\n  | 1 | x | y | 2 | 3 | 4 |\n",
        "table: |\n  | a | b |\n",
        "table: |\n  a, => b\n",
        "table: ''\n",
        "table: \"| a | => b | because |\\n| 1 | x | y \\n\"\n",
        "table: >\n  | a | => b | because |\n  | 1 | x | y |\n",
    ];
    let shown: Vec<String> = tables.iter().map(|text| pipes(text)).collect();
    insta::assert_snapshot!(shown.join("---\n"), @"");
}

#[test]
fn a_csv_file_as_spreadsheets_save_it() {
    let tables = [
        "\u{feff}id;totals.credit;=> role;because;;\r\nagent;<= 100;agent;\"Within; an agent's \"\"own\"\" authority\";;\r\n;;;;;\r\nleader;\"1, 2\";leader;\"two\nlines\";;",
        "id,a,=> b,because\nx,1,=1+1,y\nx,1\nx,1,2,3,4\n\nx,>5,2,\n",
        "a,=> b,because\n1,\"open,2\n3,4,5\n",
        "",
        "\u{feff}\r\n",
        "a,=> b,because",
    ];
    let shown: Vec<String> = tables.iter().map(|text| csv(text)).collect();
    insta::assert_snapshot!(shown.join("---\n"), @"");
}
