//! What a policy decides beside what really happened: the form in which it is told.

use super::comparison::{Move, Told};
use crate::value::{Decimal, Money};
use serde::Serialize;

/// A policy beside what really happened, as far as the history tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Agreement {
    /// Cases of which the history tells anything.
    pub cases: u64,
    /// Cases of which it tells the outcome.
    pub outcomes_known: u64,
    /// Of these, those that the policy decides alike.
    pub outcomes_agree: u64,
    /// The same in parts of one, to four digits.
    pub outcomes_share: Option<Decimal>,
    /// Outcomes as they really were (`before`) and as decided (`after`), in alphabetical order.
    pub outcomes: Vec<Move>,
    /// What was really paid, beside what the policy pays in all; currency by currency.
    pub paid: Vec<Paid>,
    /// What was really given without being owed, beside the goodwill of the policy.
    pub goodwill: Vec<Paid>,
    /// Customers by whether they were satisfied, and how the policy decides their cases.
    pub satisfaction: Vec<Satisfaction>,
    /// The cases that differ most in money, currency by currency.
    pub largest: Vec<Disagreement>,
}

/// What was really paid, beside what is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Paid {
    /// Cases of which both are known, in this currency.
    pub cases: u64,
    /// Those in which they are the same.
    pub same: u64,
    /// Those in which the policy pays more.
    pub more: u64,
    /// Those in which it pays less.
    pub less: u64,
    /// What was really paid.
    pub actual: Money,
    /// What the policy pays.
    pub decided: Money,
    /// What it pays beyond what was really paid; below zero where it pays less.
    pub difference: Money,
    /// By how much a case differs, either way, to the smallest unit.
    pub mean_distance: Money,
}

/// Customers who were satisfied, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Satisfaction {
    /// `satisfied`, `not satisfied`, `unknown`.
    pub customers: String,
    /// How many.
    pub cases: u64,
    /// Cases in which the policy decides as it really was.
    pub outcomes_agree: u64,
}

/// A case in which a policy pays something else than was really paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Disagreement {
    /// The number of the case.
    pub case_id: String,
    /// Where it stands: `history.csv:17`.
    pub place: String,
    /// The outcome that it really had.
    pub actual_outcome: Option<String>,
    /// What was really paid.
    pub actual_paid: Money,
    /// What the policy pays beyond it; below zero where it pays less.
    pub difference: Money,
    /// What the policy decides, and why.
    pub decided: Told,
}
