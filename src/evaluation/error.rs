//! Why a case cannot be decided.

use crate::case::Case;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::Date;
use thiserror::Error;

/// Why a case cannot be decided at all.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum DecideError {
    /// The case is wrong.
    #[error("the case is not valid: {}", first_message(.0))]
    InvalidCase(Diagnostics),
    /// The policy does not hold on the day of the case.
    #[error("the bundle `{bundle}` is not in force on {date}{}", range(*.from, *.until))]
    NotInForce {
        /// Name of the bundle.
        bundle: String,
        /// The policy date of the case.
        date: Date,
        /// First day of the bundle.
        from: Option<Date>,
        /// Last day of the bundle.
        until: Option<Date>,
    },
    /// A plugin or a script that may not fail has failed.
    #[error("`{by}` refused to decide: {message}")]
    Refused {
        /// The plugin or the decision.
        by: String,
        /// Why.
        message: String,
    },
    /// The decision could not be recorded in a journal that is required, so it does not leave.
    #[error("the decision was not recorded, so it is not given: {reason}")]
    NotRecorded {
        /// Why not.
        reason: String,
        /// What to do about it, if there is something.
        help: Option<String>,
    },
}

impl DecideError {
    /// In one word, for logs and counts: `invalid_case`, `not_in_force`, `refused`, `not_recorded`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::InvalidCase(_) => "invalid_case",
            Self::NotInForce { .. } => "not_in_force",
            Self::Refused { .. } => "refused",
            Self::NotRecorded { .. } => "not_recorded",
        }
    }
}

fn first_message(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().next().map_or_else(String::new, |first| first.message.clone())
}

fn range(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!(": it holds from {from} until {until}"),
        (Some(from), None) => format!(": it holds from {from}"),
        (None, Some(until)) => format!(": it holds until {until}"),
        (None, None) => String::new(),
    }
}

/// A name that no decision of the policy has.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there is no decision `{name}`{}", help.as_ref().map_or_else(String::new, |help| format!("; {help}")))]
pub struct UnknownDecision {
    /// The name.
    pub name: String,
    /// What was probably meant.
    pub help: Option<String>,
}

impl UnknownDecision {
    pub(super) fn new<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Self {
        Self { name: name.to_owned(), help: did_you_mean(name, known) }
    }
}

pub(super) fn no_case_id(case: &Case) -> Diagnostic {
    let message = "the case has no `complaint.case_id`";
    let help = "add `complaint: {case_id: ...}`, so that the decision can be told from others";
    let finding = match &case.place {
        Some(place) => {
            let start = place.span.start;
            Diagnostic::error(Code::MissingFact, &place.source, crate::text::Span::new(start, start), message)
        }
        None => Diagnostic::global(Code::MissingFact, message),
    };
    finding.path("complaint.case_id").help(help)
}
