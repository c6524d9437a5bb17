//! Lines of a CSV file.

use super::CellText;
use super::layout::Line;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// The lines that hold anything.
pub(super) fn lines(source: &Source, out: &mut Diagnostics) -> Vec<Line> {
    let text = source.text();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut fields = Fields {
        reader: ReaderBuilder::new().delimiter(separator(body)).build(),
        source,
        next: text.len() - body.len(),
        // A field is never longer than the text it stands in.
        buffer: vec![0; body.len() + 1],
    };
    let mut lines = Vec::new();
    let mut cells = Vec::new();
    while let Some((cell, ends_line)) = fields.next() {
        let raw = source.slice(cell.place.span);
        if raw.starts_with('"') && (raw.len() == 1 || !raw.ends_with('"')) {
            let quote = Span::new(cell.place.span.start, cell.place.span.start + 1);
            out.push(Diagnostic::error(Code::BadTable, source, quote, "a quote is opened and never closed"));
            break;
        }
        cells.push(cell);
        if ends_line {
            let empty = Vec::with_capacity(cells.len());
            let line = std::mem::replace(&mut cells, empty);
            if let (Some(first), Some(last)) = (line.first(), line.last())
                && line.iter().any(|cell| !cell.text.is_empty())
            {
                let place = source.place(first.place.span.to(last.place.span));
                lines.push(Line { cells: line, place });
            }
        }
    }
    drop_empty_columns(&mut lines);
    lines
}

/// Spreadsheets of half the world separate by semicolons: the separator is what the line of headings has more of.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut is_quoted = false;
    let (mut commas, mut semicolons) = (0, 0);
    for byte in first.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => commas += 1,
            b';' if !is_quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

/// Columns behind the last heading that hold nothing are what a spreadsheet saves of cells that somebody once touched.
fn drop_empty_columns(lines: &mut [Line]) {
    let used = |line: &Line| line.cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |at| at + 1);
    let wide = lines.iter().map(used).max().unwrap_or(0);
    for line in lines {
        line.cells.truncate(wide);
    }
}

struct Fields<'a> {
    reader: Reader,
    source: &'a Source,
    next: usize,
    buffer: Vec<u8>,
}

impl Fields<'_> {
    /// The next field, and whether it is the last of its line.
    fn next(&mut self) -> Option<(CellText, bool)> {
        let input = self.source.text().get(self.next..).unwrap_or("").as_bytes();
        let start = self.next;
        let (mut result, read, mut written) = self.reader.read_field(input, &mut self.buffer);
        self.next += read;
        if matches!(result, ReadFieldResult::InputEmpty) {
            // The last field is known to be complete only when the reader is told that nothing follows.
            let rest = self.buffer.get_mut(written..)?;
            let (last, _, more) = self.reader.read_field(&[], rest);
            result = last;
            written += more;
        }
        let ends_line = match result {
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull | ReadFieldResult::End => return None,
        };
        let field = std::str::from_utf8(self.buffer.get(..written)?).unwrap_or("").trim().to_owned();
        Some((CellText { text: field, place: self.source.place(self.field_span(start)) }, ends_line))
    }

    /// The field without its separator and the blanks around it. Line ends before it are those of empty lines.
    fn field_span(&self, start: usize) -> Span {
        let raw = self.source.text().get(start..self.next).unwrap_or("");
        let body = raw.trim_start();
        if body.is_empty() {
            return Span::new(start, start);
        }
        let from = start + raw.len() - body.len();
        let body = body.trim_end_matches(['\r', '\n']);
        let is_closed = body.starts_with('"') && body.len() > 1 && body.ends_with('"');
        let body = if is_closed { body } else { body.strip_suffix([',', ';']).unwrap_or(body) };
        Span::new(from, from + body.trim_end().len())
    }
}
