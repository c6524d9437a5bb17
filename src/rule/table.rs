//! Tables as text: the headings and cells of a pipe table or a CSV file, each with its place, before any cell is read.

mod csv;
mod layout;
mod pipe;
#[cfg(test)]
mod tests;

#[cfg(feature = "schema")]
pub(crate) use layout::HEADING_WORDS;

use crate::text::{Diagnostics, Place, Source, Span};

/// A table as written: every row has a cell for every column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableText {
    /// The columns, in the order written.
    pub columns: Vec<Heading>,
    /// The rows, in the order written.
    pub rows: Vec<Vec<CellText>>,
    /// Where the line of headings stands.
    pub place: Place,
}

/// The heading of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What it names, without the `=>` of an output.
    pub text: String,
    /// Where that name stands.
    pub place: Place,
    /// What the column holds.
    pub kind: HeadingKind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HeadingKind {
    /// Conditions on a fact, an output of another decision, a `let` name or a parameter.
    Input,
    /// Values of an output (`=> NAME`).
    Output,
    /// The rules' ids.
    Id,
    /// The rules' reasons.
    Because,
    /// Where the rules come from.
    Source,
    /// The first day on which a rule is in force.
    From,
    /// The last day on which a rule is in force.
    Until,
}

/// The text of one cell, trimmed and unescaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellText {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl CellText {
    /// The place of a part of the text; of the whole cell where escapes moved the parts.
    #[must_use]
    pub fn place_of(&self, part: Span) -> Place {
        let start = self.place.span.start;
        if part.start < part.end && self.place.source.slice(self.place.span) == self.text {
            return self.place.source.place(Span::new(start + part.start, start + part.end));
        }
        self.place.clone()
    }
}

impl TableText {
    /// Reads a pipe table: `text` is what the YAML scalar at `span` of `source` says. Every problem goes to `out`; none is
    /// returned when there is no table that makes sense. Rows with problems are left out.
    pub fn parse_pipes(text: &str, source: &Source, span: Span, out: &mut Diagnostics) -> Option<Self> {
        let mut found = Diagnostics::new();
        let lines = pipe::lines(text, source, span, &mut found);
        let table = layout::table(lines, &source.place(span), layout::Written::Pipes, &mut found);
        out.extend(found);
        table
    }

    /// Reads a CSV file as spreadsheet programs save them: commas or semicolons, quotes, a byte-order mark, any line ends.
    /// Problems as for [`TableText::parse_pipes`].
    pub fn parse_csv(source: &Source, out: &mut Diagnostics) -> Option<Self> {
        let whole = source.place(Span::new(0, source.text().chars().next().map_or(0, char::len_utf8)));
        let mut found = Diagnostics::new();
        let table = layout::table(csv::lines(source, &mut found), &whole, layout::Written::Csv, &mut found);
        out.extend(found);
        table
    }

    /// The positions of the columns of one kind.
    pub fn columns_of(&self, kind: HeadingKind) -> impl Iterator<Item = usize> + '_ {
        self.columns.iter().enumerate().filter(move |(_, heading)| heading.kind == kind).map(|(at, _)| at)
    }
}
