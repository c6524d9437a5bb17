//! The mapping file: what the columns of somebody's CSV mean as facts of a case.
//!
//! It is how a company brings its own history in without writing a program. A mapping is one YAML document:
//!
//! ```yaml
//! mapping: our-ticket-system            # its name
//! about: Export of closed billing tickets
//! delimiter: ";"                        # "," unless stated; ";", "|" and tab are the others
//! encoding: utf-8                       # or latin-1, windows-1252
//! dates: DD.MM.YYYY                     # how the file writes days; RFC 3339 unless stated
//! time_zone: Europe/Lisbon              # only for times that carry no offset
//! numbers: "1.234,56"                   # how the file writes 1234.56
//! currency: EUR                         # of amounts that stand in a column of numbers
//! blank: [NA, "-"]                      # words that stand for an empty cell
//! only: {type: [Billing, Overcharge]}   # rows to read; a list of these is an OR
//! skip: {status: Test}                  # rows to leave out
//! facts:
//!   complaint.case_id: {template: "T-{ticket}"}
//!   complaint.received_at: {column: opened, format: DD.MM.YYYY HH:MM}
//!   complaint.language: {constant: pt, because: The export is of one country}
//!   complaint.jurisdiction: {constant: PT, because: The export is of one country}
//!   customer.customer_id: {column: customer}
//!   dispute.reason_code:
//!     column: type
//!     values: {Overcharge: PRICE, Double: DUPLICATE, Test: missing}
//!     otherwise: OTHER                  # without it, a word that is not listed is an error of its row
//!     empty: unknown                    # an empty cell leaves the fact missing unless this says otherwise; `error` refuses it
//!     because: Types that we no longer use
//!   dispute.disputed_amount:
//!     choose:                           # the first whose `when` holds; none of them leaves the fact missing
//!       - when: {claimed: present}
//!         column: claimed
//!       - column: refunded_cents
//!         times: 0.01
//!         empty: 0.00 EUR
//!         because: Nothing was claimed and nothing refunded
//!   dispute.related_charges:
//!     items:                            # one item each, left out when its `when` does not hold or the row tells nothing of it
//!       - when: {late_fee: over 0}
//!         kind: {constant: late_fee, because: The column holds nothing else}
//!         amount: {column: late_fee}
//!     otherwise: []
//!     because: The export has a column for each charge that may exist
//!   customer.vulnerability_flags: {column: flags, split: "|"}
//!   attributes.region: {column: region} # facts of the company's own; `as: number` and so on where they are not text
//! actual:                               # what really happened: no decision reads it, a comparison does
//!   outcome: {column: result, values: {Refunded: uphold, Refused: reject}, otherwise: missing}
//!   paid: {column: refunded_cents, times: 0.01}
//!   closed_on: {column: closed}
//! ```
//!
//! * A fact is named by its dotted path. Its value comes from one `column`, `constant`, `template` or `choose`, or, for a
//!   list, from `items` or from a `column` with `split`.
//! * What the mapping itself supplies (a constant, the value for an empty cell or for an unlisted word) is an assumption:
//!   it wants a `because`, and [`Mapping::assumptions`] lists it. `missing` and `unknown` assume nothing. A `because` may also
//!   stand where a column is only taken to mean a fact; then that is listed.
//! * A condition is a word (the cell is that word), a list of words, `{not: ...}`, `empty`, `present`, `over 5`, `at least 5`,
//!   `under 5`, `at most 5`, or for days `before 2026-01-31`, `after`, `on or before`, `on or after`. All columns of one
//!   `when` have to fit. An empty cell satisfies `empty` and nothing else. A text in quotes of its own, `'"empty"'`, is
//!   taken as it stands.
//! * Blanks around a cell do not count. The word `unknown` in a cell gives the fact as unknown, as in every case.
//! * Numbers are read exactly as `numbers` shows: digits that are not in whole groups of three are refused, since `12,34`
//!   read as 1234 would be a silent mistake. An amount in cents wants `times: 0.01`.
//! * `actual` holds `outcome`, `paid`, `goodwill`, `closed_on` and `satisfied`.
//!
//! Order of the files in `mapping/`, each using only those before it: `columns`, `number_format`, `date_format`, `condition`,
//! `origin`, `target`, `entry`, `shape`, `origin_reader` with `form_reader` (one reader in two files), `reader`.

pub(super) mod columns;
pub(super) mod condition;
mod date_format;
pub(super) mod entry;
mod form_reader;
mod number_format;
pub(super) mod origin;
mod origin_reader;
mod reader;
mod shape;
pub(super) mod target;
#[cfg(test)]
mod tests;

use self::columns::Columns;
use self::condition::{Conditions, Forms};
use self::entry::MappingEntry;
use crate::text::{Diagnostics, Place, Source};
use crate::value::Zone;
use std::fmt;
use std::sync::Arc;

/// What the columns of a CSV file mean as facts of a case. Cheap to clone.
#[derive(Clone)]
pub struct Mapping {
    pub(super) contents: Arc<Contents>,
}

/// A mapping with every name resolved.
pub(super) struct Contents {
    pub(super) source: Source,
    pub(super) name: String,
    pub(super) delimiter: u8,
    pub(super) encoding: Encoding,
    pub(super) blank: Vec<String>,
    pub(super) only: Option<Vec<Conditions>>,
    pub(super) skip: Option<Vec<Conditions>>,
    pub(super) facts: Vec<MappingEntry>,
    pub(super) actual: Vec<MappingEntry>,
    pub(super) forms: Forms,
    pub(super) zone: Option<Zone>,
    pub(super) columns: Columns,
    pub(super) assumptions: Vec<Assumption>,
}

/// How the bytes of the file stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// What most programs write that call it Latin-1; the same letters, and more marks.
    Windows1252,
}

/// Something that the file does not tell and that the mapping supplies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumption {
    /// The fact, by its path.
    pub fact: String,
    /// The value it is given, as the mapping writes it.
    pub value: String,
    /// For which rows, in words: `every row`, ``rows where the column `type` is empty``.
    pub applies: String,
    /// Why, as the mapping says.
    pub because: String,
    /// Where the mapping says it.
    pub place: Place,
}

impl Assumption {
    fn new(fact: &str, value: &str, applies: &str, because: &str, place: Place) -> Self {
        let words = |text: &str| text.trim().to_owned();
        Self { fact: words(fact), value: words(value), applies: words(applies), because: words(because), place }
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} = {} ({}): {}", self.fact, self.value, self.applies, self.because)
    }
}

impl Mapping {
    /// Reads a mapping out of its YAML text.
    ///
    /// # Errors
    /// Every mistake in it, each at its place. Whether its columns exist is seen when a file is opened with it.
    pub fn read(source: &Source) -> Result<Self, Diagnostics> {
        reader::read(source).map(|contents| Self { contents: Arc::new(contents) })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.contents.name
    }

    /// Its text, as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        self.contents.source.text()
    }

    /// Everything that it supplies itself, in the order written: what a reader of results has to know.
    #[must_use]
    pub fn assumptions(&self) -> &[Assumption] {
        &self.contents.assumptions
    }

    /// The facts that it fills, in the order written.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.contents.facts.iter().map(|entry| entry.target.path.as_str())
    }

    /// The columns that it reads, in the order in which it names them first.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.contents.columns.iter().map(|column| column.name.as_str())
    }
}

impl fmt::Debug for Mapping {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Mapping({:?}, {} facts)", self.contents.name, self.contents.facts.len())
    }
}
