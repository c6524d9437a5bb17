//! What is compared of a decision.

use crate::decision::{CaseStatus, Decision};
use crate::value::Money;
use std::fmt;

/// A decision in a few words: what two policies are compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How the case ended.
    pub status: CaseStatus,
    /// The outcome.
    pub outcome: Option<String>,
    /// What the case costs.
    pub credit: Option<Money>,
    /// How much of it is a gesture.
    pub goodwill: Option<Money>,
    /// Who must approve.
    pub approval: Option<String>,
    /// Does it go up, or to a person?
    pub escalated: bool,
    /// What becomes of the relationship.
    pub relationship: Option<String>,
    /// Was there a fault?
    pub faulted: bool,
}

impl Summary {
    pub(super) fn of(decision: &Decision) -> Self {
        Self {
            status: decision.status,
            outcome: decision.outcome.as_deref().map(str::to_owned),
            credit: decision.money.total_cost,
            goodwill: decision.money.goodwill.as_ref().map(|goodwill| goodwill.amount),
            approval: decision.approval.required_role.as_deref().map(str::to_owned),
            escalated: decision.escalation.level > 0 || decision.status == CaseStatus::Referred,
            relationship: decision.relationship.action.as_deref().map(str::to_owned),
            faulted: !decision.faults.is_empty(),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = vec![self.outcome.clone().unwrap_or_else(|| self.status.word().to_owned())];
        words.extend(self.credit.map(|credit| format!("{credit} in all")));
        words.extend(self.goodwill.map(|goodwill| format!("goodwill {goodwill}")));
        words.extend(self.approval.as_ref().map(|role| format!("approval {role}")));
        words.extend(self.escalated.then(|| "escalated".to_owned()));
        words.extend(self.relationship.as_ref().map(|action| format!("relationship {action}")));
        words.extend(self.faulted.then(|| "with a fault".to_owned()));
        out.write_str(&words.join(", "))
    }
}
