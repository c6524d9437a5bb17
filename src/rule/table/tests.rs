//! Tables as people write them.

#![allow(clippy::format_push_string, reason = "texts put together to be read as documents")]

use super::*;
use crate::text::{Node, yaml};

fn shown(table: Option<&TableText>, out: &Diagnostics) -> String {
    let mut text = String::new();
    for found in out {
        let place = found.place.as_ref().unwrap();
        let written = place.source.slice(place.span).replace('\u{feff}', "<mark>");
        text += &format!("{} {place} `{written}` {}\n", found.code, found.message);
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
                if written == cell.text {
                    format!("{} {line}:{column}", cell.text)
                } else {
                    format!("{} {line}:{column} `{written}`", cell.text)
                }
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
    insta::assert_snapshot!(shown, @r"
    Id id at approval.yaml:3:5
    Input totals.credit at approval.yaml:3:13
    Output role at approval.yaml:3:32
    Because because at approval.yaml:3:39
    From from at approval.yaml:3:54
    agent 6:5 | <= 100 6:13 | a|b 6:29 `a\|b` | Within größe 6:39 | - 6:54
    agent 7:5 | <= 100 7:13 | a|b 7:29 `a\|b` | Within größe 7:39 | - 7:54
    ");
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
    insta::assert_snapshot!(shown.join("---\n"), @r"
    R0306 approval.yaml:3:14 `` no `|` ends the row `| 1 | x | y`
      help: each row of a table stands on a line of its own, with a `|` before, between and behind its cells
    R0306 approval.yaml:4:3 `` no `|` begins the row `1 | x | y |`
      help: each row of a table stands on a line of its own, with a `|` before, between and behind its cells
    R0306 approval.yaml:5:3 `| 1 | x | y | z |` the row has 4 cells and the table has 3 columns
      help: a `|` that belongs to a text is written `\|`
    R0306 approval.yaml:6:3 `| 1 |` the row has 1 cell and the table has 3 columns
      help: where every value will do, write `-`
    Input a at approval.yaml:2:5
    Output b at approval.yaml:2:12
    Because because at approval.yaml:2:16
    2 7:5 | x 7:9 | y 7:13
    ---
    R0306 approval.yaml:2:9 `=>` an arrow without the name of an output
      help: write `=> amount`
    R0306 approval.yaml:2:14 `Because` unknown heading `Because`
      help: did you mean `because`?
    R0306 approval.yaml:2:24 `a` two columns are headed `a`
      help: give one of them another heading, or take the column away
      approval.yaml:2:5 `a`: the first of them
    R0306 approval.yaml:2:28 `-> x` the heading `-> x` does not begin with the arrow of an output
      help: write `=> x`
    R0306 approval.yaml:2:34 ` ` a column without a heading
    no table
    ---
    R0306 approval.yaml:2:3 `| a | b |` no column gives an output
      help: head the columns of outputs with an arrow: `=> amount`
    R0206 approval.yaml:2:3 `| a | b |` the table has no column `because`
      help: add one: it is what the explanation of a decision prints
    Input a at approval.yaml:2:5
    Input b at approval.yaml:2:9
    ---
    R0306 approval.yaml:2:3 `` no `|` begins the row `a, => b`
      help: each row of a table stands on a line of its own, with a `|` before, between and behind its cells
    no table
    ---
    R0306 approval.yaml:1:8 `''` the table is empty
      help: begin with a row of headings
    no table
    ---
    R0306 approval.yaml:1:48 `` no `|` ends the row `| 1 | x | y`
      help: each row of a table stands on a line of its own, with a `|` before, between and behind its cells
    Input a at approval.yaml:1:8
    Output b at approval.yaml:1:8
    Because because at approval.yaml:1:8
    ---
    R0306 approval.yaml:2:3 `| a | => b | because |
      | 1 | x | y |` the rows of the table are folded into one line
      help: begin the block with `|`: `table: |`
    no table
    ");
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
    insta::assert_snapshot!(shown.join("---\n"), @r#"
    Id id at approval.csv:1:2
    Input totals.credit at approval.csv:1:5
    Output role at approval.csv:1:22
    Because because at approval.csv:1:27
    agent 2:1 | <= 100 2:7 | agent 2:14 | Within; an agent's "own" authority 2:20 `"Within; an agent's ""own"" authority"`
    leader 4:1 | 1, 2 4:8 `"1, 2"` | leader 4:15 | two
    lines 4:22 `"two
    lines"`
    ---
    R0306 approval.csv:2:5 `=1+1` `=1+1` begins with `=`, which a spreadsheet computes
      help: give the expression a name in `let`, and write `{name}` here
    R0306 approval.csv:4:1 `x,1,2,3,4` the row has 5 cells and the table has 4 columns
      help: a cell that holds the separator stands in quotes
    Id id at approval.csv:1:1
    Input a at approval.csv:1:4
    Output b at approval.csv:1:9
    Because because at approval.csv:1:11
    x 3:1 | 1 3:3 |  3:4 |  3:4
    x 6:1 | >5 6:3 | 2 6:6 |  6:8
    ---
    R0306 approval.csv:2:3 `"` a quote is opened and never closed
    Input a at approval.csv:1:1
    Output b at approval.csv:1:6
    Because because at approval.csv:1:8
    ---
    R0306 approval.csv:1:1 `` the table is empty
      help: begin with a row of headings
    no table
    ---
    R0306 approval.csv:1:1 `<mark>` the table is empty
      help: begin with a row of headings
    no table
    ---
    R0306 approval.csv:1:1 `a,=> b,because` the table has no rows
      help: add a row below the head, with a cell for each column
    Input a at approval.csv:1:1
    Output b at approval.csv:1:6
    Because because at approval.csv:1:8
    "#);
}

#[test]
fn the_separator_is_what_stands_between_the_headings_and_not_inside_them() {
    let tables = [
        "\"a;b;c;d\",=> b,because\n1,2,3\n",
        "\"a,b,c,d\";=> b;because\n1;2;3\n",
        "  \n\"a, \"\"b;\"\" c;d\",=> b,because\n1,2,3\n",
        "a;b,c;=> d,because\n1;2,3;4,5\n",
    ];
    let shown: Vec<String> = tables.iter().map(|text| csv(text)).collect();
    insta::assert_snapshot!(shown.join("---\n"), @r#"
    Input a;b;c;d at approval.csv:1:1
    Output b at approval.csv:1:14
    Because because at approval.csv:1:16
    1 2:1 | 2 2:3 | 3 2:5
    ---
    Input a,b,c,d at approval.csv:1:1
    Output b at approval.csv:1:14
    Because because at approval.csv:1:16
    1 2:1 | 2 2:3 | 3 2:5
    ---
    Input a, "b;" c;d at approval.csv:2:1
    Output b at approval.csv:2:20
    Because because at approval.csv:2:22
    1 3:1 | 2 3:3 | 3 3:5
    ---
    R0306 approval.csv:1:1 `a;b,c;=> d,because` no column gives an output
      help: head the columns of outputs with an arrow: `=> amount`
    Input a;b at approval.csv:1:1
    Input c;=> d at approval.csv:1:5
    Because because at approval.csv:1:12
    1;2 2:1 | 3;4 2:5 | 5 2:9
    "#);
}
