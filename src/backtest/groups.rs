//! The groups of customers and disputes that a case belongs to.

use super::counts::NOT_GIVEN;
use crate::case::Case;
use crate::value::{Date, Fact};

/// The groups by which goodwill is told.
pub(crate) const GOODWILL_BY: usize = 4;

/// The groups that a case belongs to, by the names that its facts have.
pub(crate) struct Groups<'c> {
    /// Segment, tier, reason and jurisdiction.
    pub(crate) goodwill: [&'c str; GOODWILL_BY],
    case: &'c Case,
}

impl<'c> Groups<'c> {
    pub(crate) fn of(case: &'c Case) -> Self {
        let jurisdiction = case.complaint.jurisdiction.known().map_or(NOT_GIVEN, |place| place.code());
        let goodwill = [
            name(&case.customer.segment, |segment| segment.name()),
            name(&case.customer.tier, |tier| tier.name()),
            name(&case.dispute.reason_code, |reason| reason.name()),
            jurisdiction,
        ];
        Self { goodwill, case }
    }

    /// The groups that are looked at when it comes to fairness: what they are by, and the group. A customer with several flags belongs to
    /// the group of each.
    pub(crate) fn fairness(&self) -> impl Iterator<Item = (&'static str, &'c str)> {
        let customer = &self.case.customer;
        let language = self.case.complaint.language.known().map_or(NOT_GIVEN, String::as_str);
        let vulnerable = match customer.vulnerable {
            Fact::Known(true) => "vulnerable",
            Fact::Known(false) => "not vulnerable",
            Fact::Unknown => "unknown",
            Fact::Missing => NOT_GIVEN,
        };
        let [segment, ..] = self.goodwill;
        let one_each = [("segment", segment), ("language", language), ("vulnerable", vulnerable)];
        let flags = customer.vulnerability_flags.known().into_iter().flatten();
        one_each.into_iter().chain(flags.map(|flag| ("vulnerability_flags", flag.name())))
    }

    /// The day of receipt, where the customer lives.
    pub(crate) fn received_on(&self) -> Option<Date> {
        self.case.complaint.received_at.known().map(|at| at.day_in(&self.case.zone_of_it()))
    }
}

fn name<T>(fact: &Fact<T>, name: impl FnOnce(&T) -> &'static str) -> &'static str {
    match fact {
        Fact::Known(value) => name(value),
        Fact::Unknown => "unknown",
        Fact::Missing => NOT_GIVEN,
    }
}
