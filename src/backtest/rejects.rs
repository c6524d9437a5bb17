//! Rows of a history that are no cases: counted here, told in full in the file of rejects.

use crate::text::{Diagnostics, to_json};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rows that are no cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Rejects {
    /// How many rows.
    pub rows: u64,
    /// By the code of their first error.
    pub by_code: BTreeMap<String, RejectedBy>,
}

/// Rows with the same error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RejectedBy {
    /// How many.
    pub rows: u64,
    /// Where the first of them stands: `history.csv:17`.
    pub first: String,
    /// What is wrong with it.
    pub message: String,
}

impl Rejects {
    /// One more row, with all that is wrong with it.
    pub(crate) fn add(&mut self, found: &Diagnostics, place: &str) {
        self.rows += 1;
        let Some(first) = found.iter().next() else { return };
        let message = || first.message.clone();
        let by = self.by_code.entry(first.code.to_string()).or_insert_with(|| RejectedBy {
            rows: 0,
            first: place.to_owned(),
            message: message(),
        });
        by.rows += 1;
    }

    /// Adds the rows that were read after these.
    pub(crate) fn merge(&mut self, later: &Self) {
        self.rows += later.rows;
        for (code, found) in &later.by_code {
            match self.by_code.get_mut(code) {
                Some(known) => known.rows += found.rows,
                None => {
                    self.by_code.insert(code.clone(), found.clone());
                }
            }
        }
    }
}

/// A rejected row as a line of the file of rejects: where it stands, and everything that is wrong with it.
pub(crate) fn line(found: &Diagnostics, file: &str, line: usize) -> String {
    let told = serde_json::json!({"file": file, "line": line, "errors": to_json(found)});
    format!("{told}\n")
}
