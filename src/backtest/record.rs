//! What is written of every case, in the columns that somebody chose: a line of JSON, or a row of a table.

use super::contrast::cost;
use super::groups::Groups;
use super::tally::{Decided, NOT_DECIDED};
use crate::evaluation::{Amounts, GistReader};
use crate::history::HistoryCase;
use crate::text::nearest::did_you_mean;
use crate::value::{Date, Money, Trouble};
use std::fmt::{self, Display, Write as _};

/// One case, decided.
pub(crate) struct Row<'r, 'e> {
    pub(crate) case: &'r HistoryCase,
    pub(crate) groups: &'r Groups<'r>,
    pub(crate) before: (&'r Decided<'e>, &'r GistReader),
    pub(crate) after: Option<(&'r Decided<'e>, &'r GistReader)>,
    pub(crate) differs: bool,
}

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Amount(Money),
    Day(Date),
    Flag(bool),
    List(Vec<String>),
}

/// What kind of values a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellKind {
    Text,
    Number,
    Amount,
    Day,
    Flag,
    List,
}

/// A column of the results. It is known by its name.
#[derive(Clone, Copy)]
pub struct Column {
    name: &'static str,
    about: &'static str,
    /// Is it written when nobody chooses?
    usual: bool,
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "JSON tells the kind of every value by itself"))]
    kind: CellKind,
    cell: ColumnOf,
}

/// What a column speaks of.
#[derive(Clone, Copy)]
enum ColumnOf {
    Case(fn(&Row<'_, '_>) -> Cell),
    Policy(fn(&Decided<'_>, &GistReader) -> Cell),
    Both(fn(&Row<'_, '_>) -> Cell),
}

impl fmt::Debug for Column {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)
    }
}

macro_rules! columns {
    ($($name:literal $usual:literal $about:literal $kind:ident $of:ident $cell:expr,)+) => {
        &[$(Column { name: $name, about: $about, usual: $usual, kind: CellKind::$kind, cell: ColumnOf::$of($cell) },)+]
    };
}

/// Every column, in order. Those of a policy are written for the candidate too, as `candidate_NAME`.
const COLUMNS: &[Column] = columns! {
    "case_id" true "the number of the case" Text Case |row| text(row.case.case.id()),
    "file" true "the file it stands in" Text Case |row| text(&row.case.file),
    "line" true "the line on which it begins" Number Case |row| Cell::Number(i64::try_from(row.case.line).unwrap_or(i64::MAX)),
    "received_on" true "the day of its receipt" Day Case |row| row.groups.received_on().map_or(Cell::Nothing, Cell::Day),
    "segment" false "the segment of the customer" Text Case |row| group(row, 0),
    "tier" false "the tier of the customer" Text Case |row| group(row, 1),
    "reason" false "the reason of the dispute" Text Case |row| group(row, 2),
    "jurisdiction" false "whose law governs it" Text Case |row| group(row, 3),
    "status" true "how it ended" Text Policy |decided, _| text(decided.gist().map_or(NOT_DECIDED, |gist| gist.status.word())),
    "outcome" true "its outcome" Text Policy |decided, _| optional(decided.gist().and_then(|gist| gist.outcome.as_deref())),
    "currency" true "the currency of its amounts" Text Policy |decided, _| optional(
        decided.amounts().total().map(Money::currency),
    ),
    "total" true "what it costs" Amount Policy |decided, _| amount(decided.amounts().total()),
    "owed" true "what of it is owed" Amount Policy |decided, _| amount(owed(&decided.amounts())),
    "correction" false "what was billed wrongly" Amount Policy |decided, _| amount(decided.amounts().correction),
    "related_charges" false "charges billed because of it" Amount Policy |decided, _| amount(decided.amounts().related_charges),
    "statutory_redress" false "what a law adds" Amount Policy |decided, _| amount(decided.amounts().statutory_redress),
    "interest" false "interest" Amount Policy |decided, _| amount(decided.amounts().interest),
    "penalties" false "penalties that are covered" Amount Policy |decided, _| amount(decided.amounts().penalties),
    "goodwill" true "the goodwill" Amount Policy |decided, _| amount(decided.amounts().goodwill),
    "goodwill_cut_by" false "the guardrail that cut it" Text Policy |decided, _| optional(
        decided.gist().and_then(|gist| gist.goodwill_capped_by.as_deref()),
    ),
    "provisional_credit" false "a credit that can be taken back" Amount Policy |decided, _| amount(decided.amounts().provisional_credit),
    "approval" true "who signs" Text Policy |decided, _| optional(decided.gist().and_then(|gist| gist.approval.as_deref())),
    "also" false "who else signs" List Policy |decided, _| list(decided.gist().into_iter().flat_map(|gist| &gist.also)),
    "second_person" false "somebody else than the requester signs" Flag Policy |decided, _| {
        decided.gist().map_or(Cell::Nothing, |gist| Cell::Flag(gist.second_person))
    },
    "escalation_level" true "how far up it goes" Number Policy |decided, _| {
        decided.gist().map_or(Cell::Nothing, |gist| Cell::Number(gist.escalation_level))
    },
    "escalation_target" false "to whom" Text Policy |decided, _| optional(
        decided.gist().and_then(|gist| gist.escalation_target.as_deref()),
    ),
    "relationship" true "what becomes of the relationship" Text Policy |decided, _| optional(
        decided.gist().and_then(|gist| gist.relationship.as_deref()),
    ),
    "clocks_missed" false "clocks that were missed" List Policy |decided, reader| list(
        decided.gist().into_iter().flat_map(|gist| &gist.missed).map(|number| reader.clock(*number)),
    ),
    "faults" true "what could not be decided" List Policy |decided, _| list(
        decided.gist().into_iter().flat_map(|gist| &gist.faults).map(|(part, kind)| format!("{part}: {kind}")),
    ),
    "rules" false "every rule that hit" List Policy |decided, reader| list(
        decided
            .gist()
            .into_iter()
            .flat_map(|gist| &gist.hits)
            .filter_map(|hit| reader.rules().get(*hit as usize))
            .filter(|rule| rule.written)
            .map(|rule| format!("{}/{}", rule.decision, rule.rule)),
    ),
    "changed" true "does the candidate decide otherwise?" Flag Both |row| Cell::Flag(row.differs),
    "delta" true "what it costs more, or less, with the candidate" Amount Both |row| amount(delta(row)),
};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn optional(told: Option<impl Display>) -> Cell {
    told.map_or(Cell::Nothing, |told| Cell::Text(told.to_string()))
}

fn amount(amount: Option<Money>) -> Cell {
    amount.map_or(Cell::Nothing, Cell::Amount)
}

fn list(told: impl Iterator<Item = impl Display>) -> Cell {
    Cell::List(told.map(|each| each.to_string()).collect())
}

fn group(row: &Row<'_, '_>, at: usize) -> Cell {
    row.groups.goodwill.get(at).map_or(Cell::Nothing, |group| text(group))
}

fn owed(amounts: &Amounts) -> Option<Money> {
    let mut owed = amounts.owed();
    let first = owed.next()?;
    owed.try_fold(first, |sum, part| sum.plus(part).ok())
}

/// Where one of the two gives nothing it is all of the other; a difference in several currencies is no amount.
fn delta(row: &Row<'_, '_>) -> Option<Money> {
    let delta = cost(&row.after?.0.amounts()).less(&cost(&row.before.0.amounts()));
    let mut amounts = delta.iter();
    amounts.next().filter(|_| amounts.next().is_none())
}

impl Column {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The columns that are written when nobody chooses.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        COLUMNS.iter().filter(|column| column.usual).copied().collect()
    }

    /// Every column: its name, and what stands in it.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        COLUMNS.iter().map(|column| (column.name, column.about))
    }

    /// The column of a name.
    ///
    /// # Errors
    /// A name that no column has.
    pub fn parse(name: &str) -> Result<Self, Trouble> {
        COLUMNS.iter().find(|column| column.name == name.trim()).copied().ok_or_else(|| {
            let names: Vec<&str> = Self::all().map(|(name, _)| name).collect();
            let help = did_you_mean(name, names.iter().copied()).unwrap_or_else(|| format!("there are {}", names.join(", ")));
            Trouble::Text(format!("there is no column `{}`: {help}", name.trim()))
        })
    }
}

/// Every value of a row under its name; of the candidate only where there is one.
pub(crate) fn cells(columns: &[Column], row: &Row<'_, '_>, mut put: impl FnMut(&str, bool, Cell)) {
    for column in columns {
        match column.cell {
            ColumnOf::Case(cell) => put(column.name, false, cell(row)),
            ColumnOf::Policy(cell) => {
                put(column.name, false, cell(row.before.0, row.before.1));
                if let Some((decided, reader)) = row.after {
                    put(column.name, true, cell(decided, reader));
                }
            }
            ColumnOf::Both(cell) if row.after.is_some() => put(column.name, false, cell(row)),
            ColumnOf::Both(_) => {}
        }
    }
}

/// The name and the kind of every value that [`cells`] tells of a row, in the same order.
#[cfg(feature = "parquet")]
pub(crate) fn fields(columns: &[Column], has_candidate: bool) -> Vec<(String, CellKind)> {
    let mut fields = Vec::new();
    for column in columns {
        let own = (column.name.to_owned(), column.kind);
        match column.cell {
            ColumnOf::Case(_) => fields.push(own),
            ColumnOf::Policy(_) => {
                fields.push(own);
                if has_candidate {
                    fields.push((format!("candidate_{}", column.name), column.kind));
                }
            }
            ColumnOf::Both(_) if has_candidate => fields.push(own),
            ColumnOf::Both(_) => {}
        }
    }
    fields
}

/// Writes a row as a line of JSON.
pub(crate) fn write_line(columns: &[Column], row: &Row<'_, '_>, out: &mut String) {
    let mut mark = '{';
    cells(columns, row, |name, of_candidate, cell| {
        out.push(mark);
        mark = ',';
        let prefix = if of_candidate { "candidate_" } else { "" };
        // Names of columns hold nothing that JSON would mark. Writing to a text never fails.
        let _ = write!(out, "\"{prefix}{name}\":");
        match cell {
            Cell::Nothing => out.push_str("null"),
            Cell::Text(text) => quoted(&text, out),
            Cell::Number(number) => {
                let _ = write!(out, "{number}");
            }
            Cell::Amount(amount) => quoted(&amount.amount_text(), out),
            Cell::Day(day) => {
                let _ = write!(out, "\"{day}\"");
            }
            Cell::Flag(flag) => out.push_str(if flag { "true" } else { "false" }),
            Cell::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    quoted(item, out);
                }
                out.push(']');
            }
        }
    });
    if mark == '{' {
        out.push('{');
    }
    out.push_str("}\n");
}

/// A text as JSON has it.
fn quoted(text: &str, out: &mut String) {
    let is_plain = text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\');
    if is_plain {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}
