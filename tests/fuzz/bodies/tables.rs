//! Tables as text: with bars, and as CSV.

use super::findings::{hold, lies_within};
use super::yaml::formatted;
use redress::rule::TableText;
use redress::text::{Diagnostics, Source, Span, yaml};

pub(super) fn run(text: &str) {
    let source = Source::new("table.csv", text);
    let mut found = Diagnostics::new();
    let pipes = TableText::parse_pipes(text, &source, Span::new(0, text.len()), &mut found);
    holds(pipes.as_ref(), &found);
    let mut found = Diagnostics::new();
    let rows = TableText::parse_csv(&source, &mut found);
    holds(rows.as_ref(), &found);
    in_a_document(text, pipes.as_ref());
}

/// Every row has a cell for every column, and everything has its place.
fn holds(table: Option<&TableText>, found: &Diagnostics) {
    hold(found);
    let Some(table) = table else { return assert!(!found.is_empty(), "no table, and not a word about it") };
    assert!(!table.columns.is_empty());
    lies_within(&table.place);
    for column in &table.columns {
        lies_within(&column.place);
    }
    for row in &table.rows {
        assert_eq!(row.len(), table.columns.len());
        for cell in row {
            lies_within(&cell.place);
            assert_eq!(cell.text, cell.text.trim(), "a cell is trimmed");
        }
    }
}

/// The same table as a block of YAML: it reads the same there, and as often as the document is formatted.
fn in_a_document(text: &str, table: Option<&TableText>) {
    let lines: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let document = format!("decision: d\ntable: |\n{lines}");
    let source = Source::new("decisions/d.yaml", document.as_str());
    let mut found = Diagnostics::new();
    let Some(tree) = yaml::parse(&source, &mut found).filter(|_| !found.has_errors()) else { return };
    let Some(node) = tree.get("table") else { return };
    let read = |scalar: &str, source: &Source, span: Span| {
        let mut found = Diagnostics::new();
        let read = TableText::parse_pipes(scalar, source, span, &mut found);
        hold(&found);
        read
    };
    if let (Some(scalar), Some(table)) = (node.as_text(), table)
        && scalar.trim() == text.trim()
    {
        let read = read(scalar, &source, node.span).expect("in a document the table is none");
        assert_eq!(cells(table), cells(&read), "in a document the table says something else");
    }
    formatted(&document, &tree);
}

fn cells(table: &TableText) -> Vec<Vec<&str>> {
    let heads = table.columns.iter().map(|column| column.text.as_str()).collect();
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect());
    std::iter::once(heads).chain(rows).collect()
}
