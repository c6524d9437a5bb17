//! An answer, as data.

use super::hindrance::Hindrance;
use crate::authoring::diff::Turned;
use crate::decision::Decision;
use serde::Serialize;
use serde_json::{Value as Json, json};

/// One fact that is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FactChange {
    /// Where it stands in the case: `finding.liability`, `dispute.consequential_charges.0.evidence`.
    pub path: String,
    /// The fact: `dispute.consequential_charges.evidence`.
    pub fact: String,
    /// The number of the item of its list, from 1, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    /// What the fact means.
    pub about: String,
    /// What it is.
    pub from: String,
    /// What it would be.
    pub to: String,
    /// What is done: `becomes`, `taken_back` (a request) or `taken` (a step).
    pub how: &'static str,
}

/// A rule that decided, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Decided {
    /// `goodwill/small-claim, then goodwill-per-case`.
    pub by: String,
    /// Why, in the words of its author.
    pub because: String,
}

/// One way to the outcome: changes none of which can be left out, and what is decided with them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WayThere {
    /// The facts that are changed.
    pub changes: Vec<FactChange>,
    /// What was decided with them.
    pub decision: Decision,
    /// What is otherwise than now.
    pub turned: Vec<Turned>,
    /// What decides what was wanted then.
    pub decided: Vec<Decided>,
}

/// What came of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// What was wanted, as it was written.
    pub wanted: Vec<String>,
    /// The decision as it stands.
    pub decision: Decision,
    /// What decides what was wanted now.
    pub decided: Vec<Decided>,
    /// What the wanted outputs are now.
    pub now: Vec<(String, String)>,
    /// Is it so already?
    pub is_so: bool,
    /// The nearest ways to it, the nearest first; none of them contains another.
    pub ways: Vec<WayThere>,
    /// The facts that were looked at.
    pub facts: Vec<String>,
    /// Is it proved that there is no nearer way, and no way at all where none is given?
    pub proven: bool,
    /// What stands in between where it is not: decisions with a script, facts that a formula hides; and where the search met its bound
    /// behind the ways that it found, that there may be further ones.
    pub between: Vec<String>,
    /// How many cases were decided.
    pub cases: usize,
    /// What stands in the way where there is none.
    pub hindrances: Vec<Hindrance>,
}

impl Answer {
    /// As data.
    #[must_use]
    pub fn to_json(&self) -> Json {
        let ways: Vec<Json> = self
            .ways
            .iter()
            .map(|way| {
                json!({
                    "changes": way.changes,
                    "turned": way.turned,
                    "decided": way.decided,
                    "decision_id": way.decision.decision_id,
                    "status": way.decision.status,
                })
            })
            .collect();
        json!({
            "case_id": self.decision.case_id,
            "policy": self.decision.policy,
            "at": self.decision.at,
            "wanted": self.wanted,
            "now": self.now.iter().map(|(what, is)| json!({"what": what, "is": is})).collect::<Vec<_>>(),
            "decided": self.decided,
            "is_so": self.is_so,
            "ways": ways,
            "facts": self.facts,
            "proven": self.proven,
            "between": self.between,
            "cases": self.cases,
            "hindrances": self.hindrances,
        })
    }
}
