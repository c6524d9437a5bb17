//! What matching means: every row in force, every cell of it. Slow and obvious; the index must give the same answers.

use super::Matcher;
use crate::rule::cell::Bounds;
use crate::value::{Date, Fact, Trouble, View};

/// The numbers of the rows that match.
///
/// # Errors
/// The first trouble of any cell of a row in force, also where another cell of that row does not hold: a meeting of two
/// currencies must not go unseen because the customer's tier happened to differ.
pub fn matches(
    matcher: &Matcher,
    inputs: &[Fact<View<'_>>],
    policy_date: Date,
    bounds: &dyn Bounds,
) -> Result<Vec<usize>, Trouble> {
    let mut rows = Vec::new();
    for row in 0..matcher.len() {
        if matcher.dates(row).hold(policy_date) && failures(matcher, row, inputs, bounds)? == 0 {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The columns whose cells do not hold in a row, whether it is in force or not.
///
/// # Errors
/// As for [`matches()`].
pub fn failed(matcher: &Matcher, row: usize, inputs: &[Fact<View<'_>>], bounds: &dyn Bounds) -> Result<Vec<usize>, Trouble> {
    let mut failed = Vec::new();
    for column in 0..matcher.columns.len() {
        if !matcher.cell(row, column).holds_of(inputs.get(column).copied().unwrap_or(Fact::Missing), bounds)? {
            failed.push(column);
        }
    }
    Ok(failed)
}

/// How many of the cells of a row do not hold.
///
/// # Errors
/// As for [`matches()`].
pub fn failures(matcher: &Matcher, row: usize, inputs: &[Fact<View<'_>>], bounds: &dyn Bounds) -> Result<usize, Trouble> {
    let mut failures = 0;
    for column in 0..matcher.columns.len() {
        let fact = inputs.get(column).copied().unwrap_or(Fact::Missing);
        failures += usize::from(!matcher.cell(row, column).holds_of(fact, bounds)?);
    }
    Ok(failures)
}
