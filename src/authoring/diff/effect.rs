//! What a change does to one decision.

use super::contrast::{Bounds, Found};
use super::history::Falling;
use super::outcome::Turned;
use serde::Serialize;
use std::sync::Arc;

/// What is known of a decision after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// Some cases come out differently.
    Differs,
    /// It was changed, and that no case comes out differently is not proven.
    NotProven,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It decides as before, by what another decision gives it that may have changed.
    Through,
    /// It is proved that every case comes out as before.
    Equal,
}

impl Verdict {
    /// As it is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Differs => "differs",
            Self::NotProven => "not proven",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Through => "through another",
            Self::Equal => "equal",
        }
    }
}

/// A whole case that shows a difference, decided under both policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Shown {
    /// The case as JSON, in the form in which it is read.
    pub case: serde_json::Value,
    /// The day on which it is decided.
    pub at: String,
    /// What comes out differently: outputs of the decision, then what a person reads first.
    pub turned: Vec<Turned>,
}

/// Cases that a decision decides by the same rules, before and after, and that come out differently.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Region {
    /// Which cases: all of these hold; none where it is every case.
    pub when: Vec<Bounds>,
    /// What decided before: rules, guardrails, plugins.
    pub before_by: Vec<String>,
    /// What decides after.
    pub after_by: Vec<String>,
    /// What came out before, as the policy writes it, by output.
    pub before: Vec<(String, String)>,
    /// What comes out after.
    pub after: Vec<(String, String)>,
    /// Do the texts alone prove that it differs? Else a formula differs, whose values may be the same.
    pub certain: bool,
    /// A case of it that comes out differently, where one was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<Shown>,
    /// The cases of a history that lie in it and come out differently, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Falling>,
    /// As it was found, so that a case can be held against it.
    #[serde(skip)]
    pub(super) found: Arc<Found>,
}

/// See the module.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// The decision, by its name after the change; `guardrails` for those that look at the finished draft.
    pub decision: String,
    /// What is known.
    pub verdict: Verdict,
    /// Where it differs, or may.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
    /// How many more regions there are than are listed.
    #[serde(skip_serializing_if = "is_none")]
    pub more: usize,
    /// The decisions through which it is affected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub through: Vec<String>,
    /// Why it is not proven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Effect {
    pub(super) fn new(decision: impl Into<String>, verdict: Verdict) -> Self {
        Self { decision: decision.into(), verdict, regions: Vec::new(), more: 0, through: Vec::new(), reason: None }
    }
}
