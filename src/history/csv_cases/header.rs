//! The header of a CSV file, held against the mapping.

use super::super::csv_rows::Row;
use super::super::lines::alone;
use super::super::mapping::Contents;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};

/// How many names a help line lists.
const NAMES_SHOWN_MAX: usize = 12;

/// The names of the columns, and where those of the mapping stand.
pub(super) struct Header {
    pub(super) names: Vec<String>,
    /// In the order in which the mapping counts its columns.
    pub(super) positions: Vec<usize>,
}

impl Header {
    pub(super) fn read(row: &Row, contents: &Contents) -> Result<Self, Diagnostics> {
        if let Some(finding) = other_format(row) {
            return Err(alone(finding));
        }
        let header: Vec<(String, Span)> =
            (0..row.cells.len()).filter_map(|at| row.cell(at)).map(|(text, span)| (text.trim().to_owned(), span)).collect();
        let mut out = Diagnostics::new();
        let mut positions = Vec::new();
        for column in contents.columns.iter() {
            let mut found = header.iter().enumerate().filter(|(_, (name, _))| *name == column.name);
            match (found.next(), found.next()) {
                (Some((position, _)), None) => positions.push(position),
                (None, _) => {
                    if let Some(finding) = other_delimiter(&header, row) {
                        return Err(alone(finding));
                    }
                    out.push(no_column(contents, &column.name, column.span, &header, row));
                }
                (Some((_, (_, first))), Some((_, (_, second)))) => {
                    let message = format!("two columns are named `{}`, and the mapping reads that column", column.name);
                    let finding = Diagnostic::error(Code::UnknownColumn, &row.source, *second, message);
                    out.push(finding.label(&row.source.place(*first), "the first").help("give one of them another name"));
                }
            }
        }
        let names = header.into_iter().map(|(name, _)| name).collect();
        if out.has_errors() { Err(out) } else { Ok(Self { names, positions }) }
    }
}

fn no_column(contents: &Contents, name: &str, span: Span, header: &[(String, Span)], row: &Row) -> Diagnostic {
    let message = format!("the file has no column `{name}`");
    let names = || header.iter().map(|(name, _)| name.as_str());
    let help = did_you_mean(name, names()).unwrap_or_else(|| {
        let more = if header.len() > NAMES_SHOWN_MAX { " ..." } else { "" };
        format!("it has `{}`{more}", names().take(NAMES_SHOWN_MAX).collect::<Vec<_>>().join("`, `"))
    });
    Diagnostic::error(Code::UnknownColumn, &contents.source, span, message)
        .label(&row.source.place(row.whole()), "the columns of the file")
        .help(help)
}

/// A header that is one name with another delimiter in it.
fn other_delimiter(header: &[(String, Span)], row: &Row) -> Option<Diagnostic> {
    let [_] = header else { return None };
    let mark = [',', ';', '\t', '|'].into_iter().find(|mark| row.source.text().contains(*mark))?;
    let word = if mark == '\t' { "tab".to_owned() } else { format!("\"{mark}\"") };
    let message = "the file has one column only, as the mapping divides it";
    let help = format!("say in the mapping what stands between its cells: `delimiter: {word}`");
    Some(Diagnostic::error(Code::UnknownColumn, &row.source, row.whole(), message).help(help))
}

/// A file that is something else than CSV text.
fn other_format(header: &Row) -> Option<Diagnostic> {
    let text = header.source.text();
    let (message, help) = if text.starts_with("PK\u{3}\u{4}") {
        ("this is a spreadsheet or an archive, not CSV text", "save it as CSV from the program that shows it")
    } else if text.contains('\0') {
        ("the text holds zero bytes, as a UTF-16 file does", "save the file as UTF-8")
    } else if text.contains('\r') {
        ("the lines of the file end in a carriage return alone", "save the file with the line ends of today")
    } else {
        return None;
    };
    let source = Source::new(header.source.name(), "");
    Some(Diagnostic::error(Code::BadRow, &source, Span::default(), message).help(help))
}
