//! The decision as one object.

use super::clock::Clock;
use super::explanation::Explanation;
use super::law::PackNote;
use super::part::{FaultNote, Part};
use super::section::{
    Approval, Audit, Escalation, Holds, LetterItem, MoneySection, PlanStep, Prevention, RejectedAlternative, Relationship, Terms,
};
use crate::text::json_line;
use crate::value::{Date, DateTime};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::sync::Arc;

/// What a part, a line of the explanation and all the rest take in a line of JSON, mostly with some room to spare.
const PART_BYTES: usize = 480;
const EXPLANATION_BYTES: usize = 800;
const REST_BYTES: usize = 6_144;

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CaseStatus {
    /// Everything was decided.
    Decided,
    /// Facts are missing; they are named.
    NeedsFacts,
    /// A part of it goes to a person: a fault, a conflict, no rule, or a guardrail that refers it.
    Referred,
}

impl CaseStatus {
    /// The word in the decision.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::NeedsFacts => "needs_facts",
            Self::Referred => "referred",
        }
    }
}

/// Which policy decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PolicyName {
    /// The name of the bundle.
    pub bundle: String,
    /// Its version.
    pub version: String,
    /// The digest of its files.
    pub digest: String,
}

/// The decision of a case: every part, every amount, every reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Decision {
    /// Version of this form.
    pub format: u32,
    /// The same case, policy and time give the same number.
    pub decision_id: String,
    /// The number of the case.
    pub case_id: String,
    /// How the case ended.
    pub status: CaseStatus,
    /// Which policy decided.
    pub policy: PolicyName,
    /// What time it was taken to be.
    pub at: DateTime,
    /// The day whose policy applied.
    pub policy_date: Date,
    /// The outcome; none when facts are missing.
    pub outcome: Option<Arc<str>>,
    /// Every amount.
    pub money: MoneySection,
    /// Terms of payment.
    pub terms: Terms,
    /// What stops while the case is open.
    pub holds: Holds,
    /// Who must approve.
    pub approval: Approval,
    /// Whether and where it goes up.
    pub escalation: Escalation,
    /// What becomes of the relationship.
    pub relationship: Relationship,
    /// The packs of law that apply; a pack is no legal advice.
    pub packs: Vec<PackNote>,
    /// Every obligation that applies: what is due when, by which law, in the order in which it is due.
    pub clocks: Vec<Clock>,
    /// What happens next.
    pub plan: Vec<PlanStep>,
    /// What is sent.
    pub letters: Vec<LetterItem>,
    /// What keeps it from happening again.
    pub prevention: Prevention,
    /// Every decision of the bundle by name.
    #[serde(serialize_with = "by_name")]
    pub parts: Vec<Part>,
    /// Facts that are needed and not there.
    pub missing_facts: Vec<String>,
    /// What could not be decided, and why.
    pub faults: Vec<FaultNote>,
    /// Why, step by step.
    pub explanation: Vec<Explanation>,
    /// What was considered and not done.
    pub rejected_alternatives: Vec<RejectedAlternative>,
    /// What proves it.
    pub audit: Audit,
}

fn by_name<S: Serializer>(parts: &[Part], out: S) -> Result<S::Ok, S::Error> {
    let mut map = out.serialize_map(Some(parts.len()))?;
    for part in parts {
        map.serialize_entry(&part.name, part)?;
    }
    map.end()
}

impl Decision {
    /// The part of that name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| *part.name == *name)
    }

    /// As JSON, keys in a fixed order.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        // Writing a decision into memory has nothing that could fail.
        serde_json::to_value(self).unwrap_or(serde_json::Value::Null)
    }

    /// As one line of JSON.
    #[must_use]
    pub fn to_json_line(&self) -> String {
        // Writing a decision into memory has nothing that could fail.
        json_line(self, self.bytes_expected()).unwrap_or_default()
    }

    /// Room for its line of JSON, which need not move then while it is written.
    fn bytes_expected(&self) -> usize {
        REST_BYTES + self.parts.len() * PART_BYTES + self.explanation.len() * EXPLANATION_BYTES
    }
}
