//! The sections of a decision, as they are written on the wire.

use super::few::Few;
use super::law::Law;
use super::sections::HOLDS;
use crate::value::{Date, Money};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every amount of a decision; what is owed stands apart from what is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MoneySection {
    /// What was billed wrongly and is put right.
    pub correction: Option<CorrectionMoney>,
    /// Charges that were billed because of the wrong part.
    pub related_charges_reversed: Option<Money>,
    /// What a law adds.
    pub statutory_redress: Option<StatutoryMoney>,
    /// Interest on what is owed.
    pub interest: Option<StatutoryMoney>,
    /// Costs that our error caused the customer.
    pub penalty_reimbursement: Option<PenaltyMoney>,
    /// The gesture on top.
    pub goodwill: Option<GoodwillMoney>,
    /// A credit that stands until the investigation is done.
    pub provisional_credit: Option<ProvisionalMoney>,
    /// What the case costs: the sum of all of these but the provisional credit.
    pub total_cost: Option<Money>,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CorrectionMoney {
    /// How much.
    #[serde(flatten)]
    pub amount: Money,
    /// By which document.
    pub instrument: Option<Arc<str>>,
}

/// Redress or interest, with the law it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StatutoryMoney {
    /// How much.
    #[serde(flatten)]
    pub amount: Money,
    /// The law.
    pub basis: Option<Arc<str>>,
}

/// Penalties, line by line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PenaltyMoney {
    /// The sum of what is approved.
    #[serde(flatten)]
    pub amount: Money,
    /// What is paid.
    pub approved_lines: Vec<ConsequentialLine>,
    /// What is not, and why.
    pub refused_lines: Vec<ConsequentialLine>,
}

/// One consequential charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConsequentialLine {
    /// Its kind, such as `tax_penalty`.
    pub kind: Option<Arc<str>>,
    /// How much of it.
    #[serde(flatten)]
    pub amount: Money,
    /// Why.
    pub because: String,
}

/// Goodwill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GoodwillMoney {
    /// How much.
    #[serde(flatten)]
    pub amount: Money,
    /// Which kind of gesture.
    pub kind: Option<Arc<str>>,
    /// In which form.
    pub instrument: Option<Arc<str>>,
    /// The cap that bound it.
    pub capped_by: Option<String>,
}

/// A provisional credit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProvisionalMoney {
    /// How much.
    #[serde(flatten)]
    pub amount: Money,
    /// It can be taken back when the investigation ends.
    pub reversible: bool,
}

/// Terms of payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Terms {
    /// A plan of instalments.
    pub payment_plan: Option<PaymentPlan>,
    /// So many days more.
    pub due_date_extension_days: Option<i64>,
}

/// Instalments that add up to the amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PaymentPlan {
    /// The instalments.
    pub instalments: Vec<Money>,
    /// Their sum.
    pub total: Option<Money>,
    /// Are fees and interest of the plan waived?
    pub fees_waived: Option<bool>,
}

/// What stops while the case is open, on the disputed part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Holds {
    /// Collection.
    pub collection: bool,
    /// Late fees.
    pub late_fees: bool,
    /// Reports to credit bureaus.
    pub credit_reporting: bool,
    /// Suspension of the service.
    pub service_suspension: bool,
    /// Automatic collection.
    pub auto_collection: bool,
    /// Which guardrail or decision asks for which hold.
    pub because: BTreeMap<&'static str, Few<Arc<str>>>,
}

impl Holds {
    pub(crate) fn set(&mut self, name: &str, by: &Arc<str>) {
        let Some(name) = HOLDS.into_iter().find(|hold| *hold == name) else { return };
        match name {
            "collection" => self.collection = true,
            "late_fees" => self.late_fees = true,
            "credit_reporting" => self.credit_reporting = true,
            "service_suspension" => self.service_suspension = true,
            "auto_collection" => self.auto_collection = true,
            _ => return,
        }
        self.because.entry(name).or_default().push(by.clone());
    }

    /// The names of the holds that apply.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        [
            (self.collection, "collection"),
            (self.late_fees, "late_fees"),
            (self.credit_reporting, "credit_reporting"),
            (self.service_suspension, "service_suspension"),
            (self.auto_collection, "auto_collection"),
        ]
        .into_iter()
        .filter_map(|(on, name)| on.then_some(name))
        .collect()
    }
}

/// Who must approve.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Approval {
    /// The role that must approve.
    pub required_role: Option<Arc<str>>,
    /// Others who must approve as well.
    pub also: Vec<String>,
    /// Must somebody other than the requester approve?
    pub second_person: bool,
    /// Why.
    pub reason: Option<String>,
}

/// Whether and where the case goes up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Escalation {
    /// How far up: 0 is not at all.
    pub level: i64,
    /// To whom.
    pub target: Option<Arc<str>>,
    /// Why.
    pub trigger: Option<Arc<str>>,
}

/// What becomes of the relationship.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Relationship {
    /// What is proposed; a person decides.
    pub action: Option<Arc<str>>,
    /// The safeguards that looked at it.
    pub safeguards: Vec<Safeguard>,
    /// The earliest day of an exit.
    pub earliest_exit_on: Option<Date>,
}

/// What a safeguard says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SafeguardResult {
    /// The proposal stands.
    Pass,
    /// It may not be.
    Block,
    /// A fact is missing or unknown: a person has to look.
    Review,
}

/// A safeguard that looked at a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Safeguard {
    /// The id of the guardrail.
    pub check: String,
    /// What it says.
    pub result: SafeguardResult,
    /// The law or manual it rests on.
    pub citation: Option<String>,
    /// The pack it comes from, where its text can be read, and whether it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Arc<Law>>,
    /// Why.
    pub because: String,
}

impl Safeguard {
    pub(crate) fn new(check: &str, result: SafeguardResult, citation: Option<String>, because: String) -> Self {
        Self { check: check.to_owned(), result, citation, law: None, because }
    }
}

/// A step of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlanStep {
    /// What.
    pub step: Arc<str>,
    /// By whom: a role or a team, never a person.
    pub owner: Option<Arc<str>>,
    /// By when.
    pub due_at: Option<String>,
    /// The clock that says by when, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<Arc<str>>,
    /// When it counts as done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done_when: Option<Arc<str>>,
    /// Why.
    pub because: Arc<str>,
}

/// A letter to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LetterItem {
    /// Which.
    pub kind: Arc<str>,
    /// In which language.
    pub language: Option<String>,
    /// Why.
    pub because: Arc<str>,
}

/// What keeps it from happening again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Prevention {
    /// Why it happened.
    pub root_cause: Option<Arc<str>>,
    /// What is done about it.
    pub corrective_action: Option<CorrectiveAction>,
    /// Who else was hit.
    pub look_back: Option<LookBack>,
}

/// A corrective action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CorrectiveAction {
    /// What.
    pub action: Option<Arc<str>>,
    /// By which role or team.
    pub owner: Option<Arc<str>>,
    /// By when.
    pub due_on: Option<Date>,
    /// When it is checked that it holds.
    pub verify_on: Option<Date>,
}

/// The other accounts that the same cause hit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LookBack {
    /// How many.
    pub accounts: Option<i64>,
    /// What putting them right costs.
    pub total: Option<Money>,
    /// What is done for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Arc<str>>,
}

/// Something that was considered and not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RejectedAlternative {
    /// What.
    pub option: String,
    /// Why not.
    pub why_not: String,
}

/// What proves the decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Audit {
    /// Digest of the case as it was understood.
    pub input_hash: String,
    /// Digest of the bundle.
    pub policy_hash: String,
    /// Plugins that were not called because they were in quarantine, by id, and decisions whose script or plugin was: an input of
    /// the decision.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quarantined: Vec<String>,
    /// Changes that people made to the decision; the engine makes none.
    pub overrides: Vec<String>,
}
