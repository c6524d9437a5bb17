//! What a decided case comes to in a few words and figures, for those who count many cases: no reason, no text and no digest is made.
//!
//! It says the same as the whole decision, which `decision::assembly` puts together; tests hold the two together. Order of the files:
//! `reader`, `hits`, `reading`.

mod hits;
mod reader;
mod reading;

pub use reader::{GistReader, RuleName};

use crate::decision::CaseStatus;
use crate::value::Money;
use std::borrow::Cow;

/// What a decided case comes to in a few words and figures. Names are those of the whole decision.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gist<'e> {
    /// How the case ended.
    pub status: CaseStatus,
    /// The outcome; none when facts are missing.
    pub outcome: Option<Cow<'e, str>>,
    /// Every amount.
    pub amounts: Amounts,
    /// The guardrail that cut the goodwill.
    pub goodwill_capped_by: Option<Cow<'e, str>>,
    /// The role that must approve.
    pub approval: Option<Cow<'e, str>>,
    /// Others who must approve as well.
    pub also: Vec<Cow<'e, str>>,
    /// Must somebody other than the requester approve?
    pub second_person: bool,
    /// How far up it goes: 0 is not at all.
    pub escalation_level: i64,
    /// To whom it goes up.
    pub escalation_target: Option<Cow<'e, str>>,
    /// What is proposed for the relationship.
    pub relationship: Option<Cow<'e, str>>,
    /// Clocks that were missed, by their number among the obligations of the policy ([`GistReader::clock`]).
    pub missed: Vec<usize>,
    /// Part and kind of every fault.
    pub faults: Vec<(Cow<'e, str>, &'static str)>,
    /// Decisions without a rule for this case.
    pub without_rule: Vec<Cow<'e, str>>,
    /// Every rule that hit, as often as it did, by its number ([`GistReader::rules`]).
    pub hits: Vec<u32>,
}

/// Every amount of a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amounts {
    /// What was billed wrongly.
    pub correction: Option<Money>,
    /// Charges billed because of it.
    pub related_charges: Option<Money>,
    /// What a law adds.
    pub statutory_redress: Option<Money>,
    /// Interest.
    pub interest: Option<Money>,
    /// Penalties that are covered.
    pub penalties: Option<Money>,
    /// Goodwill.
    pub goodwill: Option<Money>,
    /// A credit that can be taken back; none where it is zero.
    pub provisional_credit: Option<Money>,
}

impl Amounts {
    /// What is owed: all but goodwill and the provisional credit.
    pub fn owed(&self) -> impl Iterator<Item = Money> {
        let owed = [self.correction, self.related_charges, self.statutory_redress, self.interest, self.penalties];
        owed.into_iter().flatten()
    }

    /// Invariant 8, accounted total: the sum of the parts but the provisional credit, in one currency, else none.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        let mut parts = self.owed().chain(self.goodwill);
        let first = parts.next()?;
        parts.try_fold(first, |sum, part| sum.plus(part).ok())
    }
}
