//! Conditions on the columns of a row: `when`, `only` and `skip`.

use super::columns::{Cell, Cells, ColumnId, Columns, Misread, Writing};
use super::date_format::DateFormat;
use super::number_format::NumberFormat;
use crate::value::{Date, DateTime, Decimal};
use std::cmp::Ordering;
use std::fmt;

/// What a cell is tested for.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// The cell is this text.
    Is(String),
    /// One of these holds.
    Any(Vec<Test>),
    /// The cell is not empty and the test does not hold.
    Not(Box<Test>),
    Empty,
    Present,
    Number(Bound, Decimal),
    Day(Bound, Date),
}

/// On which side of a bound a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Over,
    AtLeast,
    Under,
    AtMost,
}

/// The words before a number, and before a day.
const NUMBER_WORDS: [(&str, Bound); 4] =
    [("over ", Bound::Over), ("at least ", Bound::AtLeast), ("under ", Bound::Under), ("at most ", Bound::AtMost)];
const DAY_WORDS: [(&str, Bound); 4] =
    [("after ", Bound::Over), ("on or after ", Bound::AtLeast), ("before ", Bound::Under), ("on or before ", Bound::AtMost)];

impl Bound {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Over => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Under => order.is_lt(),
            Self::AtMost => order.is_le(),
        }
    }
}

impl Test {
    /// Reads the text of a condition; a text in quotes of its own is taken as it stands.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let quoted = |mark: char| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        if let Some(inner) = quoted('"').or_else(|| quoted('\'')) {
            return Ok(Self::Is(inner.to_owned()));
        }
        match text {
            "empty" => return Ok(Self::Empty),
            "present" => return Ok(Self::Present),
            _ => {}
        }
        if let Some(rest) = text.strip_prefix("not ") {
            return Self::parse(rest).map(|test| Self::Not(Box::new(test)));
        }
        let starting = |words: &[(&str, Bound)]| {
            words.iter().find_map(|(word, bound)| text.strip_prefix(word).map(|rest| (*bound, rest.trim().to_owned())))
        };
        if let Some((bound, number)) = starting(&NUMBER_WORDS) {
            return Decimal::parse(&number).map(|number| Self::Number(bound, number)).map_err(|trouble| trouble.to_string());
        }
        if let Some((bound, day)) = starting(&DAY_WORDS) {
            return Date::parse(&day).map(|day| Self::Day(bound, day)).map_err(|trouble| trouble.to_string());
        }
        Ok(Self::Is(text.to_owned()))
    }

    fn holds(&self, cell: Cell<'_>, forms: &Forms) -> Result<bool, String> {
        let Cell { text, writing, .. } = cell;
        Ok(match self {
            Self::Empty => text.is_empty(),
            _ if text.is_empty() => false,
            Self::Present => true,
            Self::Is(word) => text == word,
            Self::Not(test) => !test.holds(cell, forms)?,
            Self::Any(tests) => {
                for test in tests {
                    if test.holds(cell, forms)? {
                        return Ok(true);
                    }
                }
                false
            }
            Self::Number(bound, number) => bound.holds(forms.numbers.read_cell(text, writing)?.cmp(number)),
            Self::Day(bound, day) => bound.holds(forms.day(text, writing)?.cmp(day)),
        })
    }
}

impl fmt::Display for Test {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |words: [(&'static str, Bound); 4], bound: &Bound| {
            words.iter().find(|(_, each)| each == bound).map_or("", |(word, _)| word)
        };
        match self {
            Self::Is(text) => write!(out, "`{text}`"),
            Self::Any(tests) => {
                for (at, test) in tests.iter().enumerate() {
                    let before = if at == 0 { "" } else { " or " };
                    write!(out, "{before}{test}")?;
                }
                Ok(())
            }
            Self::Not(test) => write!(out, "not {test}"),
            Self::Empty => out.write_str("empty"),
            Self::Present => out.write_str("not empty"),
            Self::Number(bound, number) => write!(out, "{}{number}", word(NUMBER_WORDS, bound)),
            Self::Day(bound, day) => write!(out, "{}{day}", word(DAY_WORDS, bound)),
        }
    }
}

/// How the file writes numbers and days, unless an entry says otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    pub(crate) numbers: NumberFormat,
    pub(crate) dates: DateFormat,
}

impl Forms {
    fn day(&self, cell: &str, writing: Writing) -> Result<Date, String> {
        if writing == Writing::Moment {
            let day = cell.split_once('T').map_or(cell, |(day, _)| day);
            return Date::parse(day).map_err(|trouble| trouble.to_string());
        }
        if !self.dates.is_standard() {
            return self.dates.read(cell).map(|moment| moment.day);
        }
        Date::parse(cell)
            .or_else(|trouble| DateTime::parse(cell).map(DateTime::day_as_written).map_err(|_| trouble))
            .map_err(|trouble| trouble.to_string())
    }
}

/// Conditions that hold together; none of them hold always.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions {
    pub(crate) all: Vec<(ColumnId, Test)>,
}

impl Conditions {
    pub(crate) fn hold(&self, cells: &Cells<'_>, forms: &Forms) -> Result<bool, Misread> {
        for (column, test) in &self.all {
            let held = test.holds(cells.get(*column), forms);
            if !held.map_err(|message| Misread { column: *column, message })? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    pub(crate) fn is_always(&self) -> bool {
        self.all.is_empty()
    }

    /// In words: ``the column `restitution` is over 0``.
    pub(crate) fn describe(&self, columns: &Columns) -> String {
        let parts: Vec<String> =
            self.all.iter().map(|(column, test)| format!("the column `{}` is {test}", columns.name(*column))).collect();
        parts.join(" and ")
    }
}
