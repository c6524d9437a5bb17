//! Where the value of a fact comes from, as the mapping says it, with every name resolved.

use super::columns::{Cell, Cells, ColumnId, Misread, Writing};
use super::condition::{Conditions, Forms};
use super::date_format::{DateFormat, day_of_typed, time_of_typed};
use super::number_format::NumberFormat;
use crate::text::{Node, NodeKind, Scalar, Span, Style};
use crate::value::{Currency, Decimal, Mode, Zone};
use std::collections::BTreeMap;

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// The same in every row.
    Constant(Given),
    /// A cell.
    Column(FromColumn),
    /// A text with cells in it.
    Template(Template),
    /// The first whose conditions hold; missing when none do.
    Choice(Vec<(Conditions, Origin)>),
}

/// A value that the mapping itself gives; `None` leaves the fact missing.
pub(crate) type Given = Option<Node>;

/// What an empty cell means.
#[derive(Clone, Debug)]
pub(crate) enum Empty {
    /// The mapping says so (missing, unless it says otherwise).
    Gives(Given),
    /// The row is wrong.
    IsWrong,
}

#[derive(Clone, Debug)]
pub(crate) struct FromColumn {
    pub(crate) column: ColumnId,
    pub(crate) form: CellForm,
    pub(crate) values: Option<ValueTable>,
    pub(crate) empty: Empty,
}

/// What the words of a column mean.
#[derive(Clone, Debug)]
pub(crate) struct ValueTable {
    pub(crate) meanings: BTreeMap<String, Given>,
    /// For a word that is not listed; absent if that is an error.
    pub(crate) otherwise: Option<Given>,
}

#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) parts: Vec<TemplatePart>,
    pub(crate) empty: Empty,
}

#[derive(Clone, Debug)]
pub(crate) enum TemplatePart {
    Text(String),
    Cell(ColumnId),
}

/// How a cell becomes the text that a case would have.
#[derive(Clone, Debug)]
pub(crate) enum CellForm {
    AsWritten,
    Boolean,
    Number { numbers: NumberFormat, times: Option<Decimal> },
    Money { numbers: NumberFormat, times: Option<Decimal>, currency: CurrencyOf },
    Day(DateFormat),
    Time(DateFormat),
}

/// The currency of an amount.
#[derive(Clone, Debug)]
pub(crate) enum CurrencyOf {
    All(String),
    Column(ColumnId),
}

/// Why a cell gives no value.
#[derive(Debug)]
pub(crate) enum Refusal<'m> {
    Misread(Misread),
    /// A word of this column is not in the table.
    Unmapped {
        column: ColumnId,
        word: String,
        table: &'m ValueTable,
    },
    /// The cell of this column is empty and may not be.
    IsEmpty(ColumnId),
}

impl From<Misread> for Refusal<'_> {
    fn from(misread: Misread) -> Self {
        Self::Misread(misread)
    }
}

/// A value for a row: where its node stands decides where a finding about it points.
#[derive(Debug)]
pub(crate) enum Found<'m> {
    Missing,
    /// Out of the row.
    InRow(Node),
    /// Out of the mapping.
    InMapping(&'m Node),
}

impl<'m> Found<'m> {
    fn given(given: &'m Given) -> Self {
        given.as_ref().map_or(Self::Missing, Self::InMapping)
    }
}

/// What a row is read with.
pub(crate) struct Context<'a> {
    pub(crate) cells: &'a Cells<'a>,
    pub(crate) forms: &'a Forms,
    pub(crate) zone: Option<&'a Zone>,
}

impl Origin {
    /// The value of this origin for one row.
    pub(crate) fn find<'m>(&'m self, row: &Context<'_>) -> Result<Found<'m>, Refusal<'m>> {
        match self {
            Self::Constant(given) => Ok(Found::given(given)),
            Self::Column(from) => from.find(row),
            Self::Template(template) => template.find(row),
            Self::Choice(branches) => {
                for (when, origin) in branches {
                    if when.hold(row.cells, row.forms)? {
                        return origin.find(row);
                    }
                }
                Ok(Found::Missing)
            }
        }
    }
}

impl FromColumn {
    pub(crate) fn find<'m>(&'m self, row: &Context<'_>) -> Result<Found<'m>, Refusal<'m>> {
        let cell = row.cells.get(self.column);
        if cell.text.is_empty() {
            return match &self.empty {
                Empty::Gives(given) => Ok(Found::given(given)),
                Empty::IsWrong => Err(Refusal::IsEmpty(self.column)),
            };
        }
        self.read(cell, row)
    }

    /// The parts of a cell between separators, empty ones left out.
    pub(crate) fn find_all<'m>(&'m self, separator: &str, row: &Context<'_>) -> Result<Vec<Found<'m>>, Refusal<'m>> {
        let cell = row.cells.get(self.column);
        let parts = cell.text.split(separator).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| self.read(Cell { text: part, ..cell }, row)).collect()
    }

    fn read<'m>(&'m self, cell: Cell<'_>, row: &Context<'_>) -> Result<Found<'m>, Refusal<'m>> {
        if let Some(table) = &self.values {
            return match table.meanings.get(cell.text).or(table.otherwise.as_ref()) {
                Some(given) => Ok(Found::given(given)),
                None => Err(Refusal::Unmapped { column: self.column, word: cell.text.to_owned(), table }),
            };
        }
        let text = if cell.text == "unknown" { Ok(cell.text.to_owned()) } else { self.form.text(cell, row) };
        match text {
            Ok(text) => Ok(Found::InRow(scalar(text, cell.span))),
            Err(message) => Err(Misread { column: self.column, message }.into()),
        }
    }
}

pub(crate) fn scalar(text: String, span: Span) -> Node {
    Node { span, kind: NodeKind::Scalar(Scalar { text, style: Style::Plain }) }
}

impl CellForm {
    fn text(&self, cell: Cell<'_>, row: &Context<'_>) -> Result<String, String> {
        let Cell { text: cell, writing, .. } = cell;
        match self {
            Self::AsWritten => Ok(cell.to_owned()),
            Self::Boolean => match cell.to_ascii_lowercase().as_str() {
                word @ ("true" | "false") => Ok(word.to_owned()),
                _ => Err(format!("`{cell}` is neither `true` nor `false`; a table of `values` can say which it means")),
            },
            Self::Number { numbers, times } => scaled(numbers, *times, cell, writing).map(|number| number.to_string()),
            Self::Money { numbers, times, currency } => {
                let currency = match currency {
                    CurrencyOf::All(code) => code,
                    CurrencyOf::Column(column) => row.cells.get(*column).text,
                };
                if currency.is_empty() {
                    return Err(format!("the amount `{cell}` has no currency, because that column is empty"));
                }
                let number = scaled(numbers, *times, cell, writing)?;
                if writing == Writing::Fraction {
                    check_fraction(number, currency)?;
                }
                Ok(format!("{number} {currency}"))
            }
            Self::Day(_) if writing == Writing::Moment => day_of_typed(cell, row.zone),
            Self::Time(_) if writing == Writing::Moment => time_of_typed(cell, row.zone),
            Self::Day(format) | Self::Time(format) if format.is_standard() => Ok(cell.to_owned()),
            Self::Day(format) => format.read(cell).map(|moment| moment.day.to_string()),
            Self::Time(format) => {
                let moment = format.read(cell)?;
                moment.to_text(row.zone).ok_or_else(|| format!("`{cell}` lies outside the calendar"))
            }
        }
    }
}

/// A binary fraction stands for an amount only where its fewest digits are no more than the currency has: 64.2 does, and 0.1 + 0.2 does not.
fn check_fraction(number: Decimal, currency: &str) -> Result<(), String> {
    let Ok(known) = Currency::parse(currency) else { return Ok(()) };
    if Mode::HalfUp.to_digits(number, known.digits()) == number {
        return Ok(());
    }
    Err(format!(
        "`{number}` is no amount in {currency}: the column holds binary fractions, and this one is not exact; save it as DECIMAL, or rounded"
    ))
}

fn scaled(numbers: &NumberFormat, times: Option<Decimal>, cell: &str, writing: Writing) -> Result<Decimal, String> {
    let number = numbers.read_cell(cell, writing)?;
    times.map_or(Ok(number), |factor| number.times(factor).map_err(|trouble| format!("`{cell}`: {trouble}")))
}

impl Template {
    pub(crate) fn find<'m>(&'m self, row: &Context<'_>) -> Result<Found<'m>, Refusal<'m>> {
        let mut text = String::new();
        let mut place: Option<Span> = None;
        for part in &self.parts {
            match part {
                TemplatePart::Text(fixed) => text.push_str(fixed),
                TemplatePart::Cell(column) => {
                    let cell = row.cells.get(*column);
                    if cell.text.is_empty() {
                        return match &self.empty {
                            Empty::Gives(given) => Ok(Found::given(given)),
                            Empty::IsWrong => Err(Refusal::IsEmpty(*column)),
                        };
                    }
                    text.push_str(cell.text);
                    place = place.or(Some(cell.span));
                }
            }
        }
        Ok(Found::InRow(scalar(text, place.unwrap_or_default())))
    }
}
