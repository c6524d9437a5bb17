//! From lines of cells to a table: headings, and rows that fit them.

use super::{CellText, Heading, HeadingKind, TableText};
use crate::limits::{DECISION_COLUMNS_MAX, DECISION_RULES_MAX};
use crate::text::nearest::{ask, nearest};
use crate::text::{Code, Diagnostic, Diagnostics, Place, Span};

/// One line.
pub(super) struct Line {
    pub(super) cells: Vec<CellText>,
    pub(super) place: Place,
}

/// How a table is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Pipes,
    Csv,
}

/// The words of [`RESERVED`].
#[cfg(feature = "schema")]
pub(crate) const HEADING_WORDS: [&str; 5] = [RESERVED[0].0, RESERVED[1].0, RESERVED[2].0, RESERVED[3].0, RESERVED[4].0];

/// Words that no input can be called.
const RESERVED: [(&str, HeadingKind); 5] = [
    ("id", HeadingKind::Id),
    ("because", HeadingKind::Because),
    ("source", HeadingKind::Source),
    ("from", HeadingKind::From),
    ("until", HeadingKind::Until),
];

pub(super) fn table(lines: Vec<Line>, whole: &Place, written: Written, out: &mut Diagnostics) -> Option<TableText> {
    let mut lines = lines.into_iter();
    let Some(head) = lines.next() else {
        if !out.has_errors() {
            out.push(Diagnostic::at(Code::BadTable, whole, "the table is empty").help("begin with a row of headings"));
        }
        return None;
    };
    if head.cells.len() > DECISION_COLUMNS_MAX {
        let message = format!("a table of {} columns; at most {DECISION_COLUMNS_MAX} are read", head.cells.len());
        out.push(Diagnostic::at(Code::TooLarge, &head.place, message));
        return None;
    }
    let columns = headings(&head, out);
    let mut rows = Vec::new();
    for line in lines {
        if rows.len() == DECISION_RULES_MAX {
            let message = format!("a table of more than {DECISION_RULES_MAX} rows");
            out.push(Diagnostic::at(Code::TooLarge, &line.place, message));
            break;
        }
        rows.extend(row(line, head.cells.len(), written, out));
    }
    let columns = columns?;
    if rows.is_empty() && !out.has_errors() {
        let help = "add a row below the head, with a cell for each column";
        out.push(Diagnostic::at(Code::BadTable, &head.place, "the table has no rows").help(help));
    }
    Some(TableText { columns, rows, place: head.place })
}

/// All headings, if each of them can be understood.
fn headings(head: &Line, out: &mut Diagnostics) -> Option<Vec<Heading>> {
    let mut columns: Vec<Heading> = Vec::with_capacity(head.cells.len());
    for cell in &head.cells {
        match heading(cell) {
            Ok(heading) => {
                match columns.iter().find(|other| (&other.text, other.is_output()) == (&heading.text, heading.is_output())) {
                    Some(first) => out.push(
                        Diagnostic::at(Code::BadTable, &heading.place, format!("two columns are headed `{}`", heading.text))
                            .label(&first.place, "the first of them")
                            .help("give one of them another heading, or take the column away"),
                    ),
                    None => columns.push(heading),
                }
            }
            Err(problem) => out.push(*problem),
        }
    }
    if columns.len() < head.cells.len() {
        return None;
    }
    if !columns.iter().any(Heading::is_output) {
        out.push(
            Diagnostic::at(Code::BadTable, &head.place, "no column gives an output")
                .help("head the columns of outputs with an arrow: `=> amount`"),
        );
    }
    // A heading that nearly says it is reported as one that nobody knows.
    let nearly = |heading: &Heading| nearest(&heading.text, ["because"]).is_some();
    if !columns.iter().any(|heading| heading.kind == HeadingKind::Because || nearly(heading)) {
        out.push(
            Diagnostic::at(Code::MissingBecause, &head.place, "the table has no column `because`")
                .help("add one: it is what the explanation of a decision prints"),
        );
    }
    Some(columns)
}

fn heading(cell: &CellText) -> Result<Heading, Box<Diagnostic>> {
    let error = |message: String| Diagnostic::at(Code::BadTable, &cell.place, message);
    let text = cell.text.as_str();
    if text.is_empty() {
        return Err(Box::new(error("a column without a heading".to_owned())));
    }
    if let Some(name) = text.strip_prefix("=>") {
        let name = name.trim();
        if name.is_empty() {
            return Err(Box::new(error("an arrow without the name of an output".to_owned()).help("write `=> amount`")));
        }
        let at = text.len() - name.len();
        return Ok(Heading { text: name.to_owned(), place: cell.place_of(Span::new(at, text.len())), kind: HeadingKind::Output });
    }
    if let Some(name) = text.strip_prefix("->").or_else(|| text.strip_prefix('=')).or_else(|| text.strip_prefix('→')) {
        let help = format!("write `=> {}`", name.trim());
        return Err(Box::new(error(format!("the heading `{text}` does not begin with the arrow of an output")).help(help)));
    }
    let reserved = RESERVED.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
    match reserved {
        Some((word, _)) if *word != text => Err(Box::new(error(format!("unknown heading `{text}`")).help(ask(word)))),
        _ => Ok(Heading {
            text: text.to_owned(),
            place: cell.place.clone(),
            kind: reserved.map_or(HeadingKind::Input, |(_, kind)| *kind),
        }),
    }
}

/// A row with as many cells as there are columns.
fn row(line: Line, columns: usize, written: Written, out: &mut Diagnostics) -> Option<Vec<CellText>> {
    let Line { mut cells, place } = line;
    // Spreadsheets leave the empty cells at the end of a line out.
    if written == Written::Csv && cells.len() < columns && !cells.is_empty() {
        let end = place.source.place(Span::new(place.span.end, place.span.end));
        cells.resize(columns, CellText { text: String::new(), place: end });
    }
    if cells.len() != columns {
        let message = format!("the row has {} and the table has {}", counted(cells.len(), "cell"), counted(columns, "column"));
        let help = match (written, cells.len() > columns) {
            (Written::Pipes, true) => "a `|` that belongs to a text is written `\\|`",
            (Written::Csv, true) => "a cell that holds the separator stands in quotes",
            (_, false) => "where every value will do, write `-`",
        };
        out.push(Diagnostic::at(Code::BadTable, &place, message).help(help));
        return None;
    }
    if written == Written::Csv {
        let mut is_sound = true;
        for cell in cells.iter().filter(|cell| cell.text.starts_with('=')) {
            is_sound = false;
            out.push(
                Diagnostic::at(
                    Code::BadTable,
                    &cell.place,
                    format!("`{}` begins with `=`, which a spreadsheet computes", cell.text),
                )
                .help("give the expression a name in `let`, and write `{name}` here"),
            );
        }
        return is_sound.then_some(cells);
    }
    Some(cells)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

impl Heading {
    fn is_output(&self) -> bool {
        self.kind == HeadingKind::Output
    }
}
