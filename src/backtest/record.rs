//! What is written of every case: a line of JSON, in the columns that somebody chose.

use super::contrast::cost;
use super::groups::Groups;
use super::tally::{Decided, NOT_DECIDED};
use crate::evaluation::{Amounts, GistReader};
use crate::history::HistoryCase;
use crate::text::nearest::did_you_mean;
use crate::value::{Money, Trouble};
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
    Flag(bool),
    List(Vec<String>),
}

/// A column of the results. It is known by its name.
#[derive(Clone, Copy)]
pub struct Column {
    name: &'static str,
    about: &'static str,
    /// Is it written when nobody chooses?
    usual: bool,
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
    ($($name:literal $usual:literal $about:literal $of:ident $cell:expr,)+) => {
        &[$(Column { name: $name, about: $about, usual: $usual, cell: ColumnOf::$of($cell) },)+]
    };
}

/// Every column, in order. Those of a policy are written for the candidate too, as `candidate_NAME`.
const COLUMNS: &[Column] = columns! {
    "case_id" true "the number of the case" Case |row| text(row.case.case.id()),
    "file" true "the file it stands in" Case |row| text(&row.case.file),
    "line" true "the line on which it begins" Case |row| Cell::Number(i64::try_from(row.case.line).unwrap_or(i64::MAX)),
    "received_on" true "the day of its receipt" Case |row| optional(row.groups.received_on()),
    "segment" false "the segment of the customer" Case |row| group(row, 0),
    "tier" false "the tier of the customer" Case |row| group(row, 1),
    "reason" false "the reason of the dispute" Case |row| group(row, 2),
    "jurisdiction" false "whose law governs it" Case |row| group(row, 3),
    "status" true "how it ended" Policy |decided, _| text(decided.gist().map_or(NOT_DECIDED, |gist| gist.status.word())),
    "outcome" true "its outcome" Policy |decided, _| optional(decided.gist().and_then(|gist| gist.outcome.as_deref())),
    "currency" true "the currency of its amounts" Policy |decided, _| optional(
        decided.amounts().total().map(Money::currency),
    ),
    "total" true "what it costs" Policy |decided, _| amount(decided.amounts().total()),
    "owed" true "what of it is owed" Policy |decided, _| amount(owed(&decided.amounts())),
    "correction" false "what was billed wrongly" Policy |decided, _| amount(decided.amounts().correction),
    "related_charges" false "charges billed because of it" Policy |decided, _| amount(decided.amounts().related_charges),
    "statutory_redress" false "what a law adds" Policy |decided, _| amount(decided.amounts().statutory_redress),
    "interest" false "interest" Policy |decided, _| amount(decided.amounts().interest),
    "penalties" false "penalties that are covered" Policy |decided, _| amount(decided.amounts().penalties),
    "goodwill" true "the goodwill" Policy |decided, _| amount(decided.amounts().goodwill),
    "goodwill_cut_by" false "the guardrail that cut it" Policy |decided, _| optional(
        decided.gist().and_then(|gist| gist.goodwill_capped_by.as_deref()),
    ),
    "provisional_credit" false "a credit that can be taken back" Policy |decided, _| amount(decided.amounts().provisional_credit),
    "approval" true "who signs" Policy |decided, _| optional(decided.gist().and_then(|gist| gist.approval.as_deref())),
    "also" false "who else signs" Policy |decided, _| list(decided.gist().into_iter().flat_map(|gist| &gist.also)),
    "second_person" false "somebody else than the requester signs" Policy |decided, _| {
        decided.gist().map_or(Cell::Nothing, |gist| Cell::Flag(gist.second_person))
    },
    "escalation_level" true "how far up it goes" Policy |decided, _| {
        decided.gist().map_or(Cell::Nothing, |gist| Cell::Number(gist.escalation_level))
    },
    "escalation_target" false "to whom" Policy |decided, _| optional(
        decided.gist().and_then(|gist| gist.escalation_target.as_deref()),
    ),
    "relationship" true "what becomes of the relationship" Policy |decided, _| optional(
        decided.gist().and_then(|gist| gist.relationship.as_deref()),
    ),
    "clocks_missed" false "clocks that were missed" Policy |decided, reader| list(
        decided.gist().into_iter().flat_map(|gist| &gist.missed).map(|number| reader.clock(*number)),
    ),
    "faults" true "what could not be decided" Policy |decided, _| list(
        decided.gist().into_iter().flat_map(|gist| &gist.faults).map(|(part, kind)| format!("{part}: {kind}")),
    ),
    "rules" false "every rule that hit" Policy |decided, reader| list(
        decided
            .gist()
            .into_iter()
            .flat_map(|gist| &gist.hits)
            .filter_map(|hit| reader.rules().get(*hit as usize))
            .filter(|rule| rule.written)
            .map(|rule| format!("{}/{}", rule.decision, rule.rule)),
    ),
    "changed" true "does the candidate decide otherwise?" Both |row| Cell::Flag(row.differs),
    "delta" true "what it costs more, or less, with the candidate" Both |row| amount(delta(row)),
};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn optional(told: Option<impl Display>) -> Cell {
    told.map_or(Cell::Nothing, |told| Cell::Text(told.to_string()))
}

fn amount(amount: Option<Money>) -> Cell {
    amount.map_or(Cell::Nothing, |amount| Cell::Text(amount.amount_text()))
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
