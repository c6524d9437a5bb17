//! How many cases of a run ended in which way.

use crate::decision::CaseStatus;

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    decided: u64,
    needs_facts: u64,
    referred: u64,
    wrong: u64,
    refused: u64,
}

impl Tally {
    /// A case that has a decision.
    pub(super) fn decided(&mut self, status: CaseStatus) {
        match status {
            CaseStatus::Decided => self.decided += 1,
            CaseStatus::NeedsFacts => self.needs_facts += 1,
            CaseStatus::Referred => self.referred += 1,
        }
    }

    /// A case that has mistakes.
    pub(super) fn wrong(&mut self) {
        self.wrong += 1;
    }

    /// A case that the policy does not decide at all.
    pub(super) fn refused(&mut self) {
        self.refused += 1;
    }

    /// Has every case a decision?
    pub(super) fn is_clean(&self) -> bool {
        self.wrong + self.refused == 0
    }

    /// All cases.
    pub(super) fn count(&self) -> u64 {
        self.decided + self.needs_facts + self.referred + self.wrong + self.refused
    }

    /// `300 cases: 291 decided, 6 need facts, 2 referred to a person, 1 wrong`.
    pub(super) fn summary(&self) -> String {
        let refused = if self.refused == 0 { String::new() } else { format!(", {} refused", self.refused) };
        let (decided, needs, referred, wrong) = (self.decided, self.needs_facts, self.referred, self.wrong);
        let need = if needs == 1 { "needs" } else { "need" };
        format!(
            "{} cases: {decided} decided, {needs} {need} facts, {referred} referred to a person, {wrong} wrong{refused}",
            self.count()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_up() {
        let mut tally = Tally::default();
        for status in [CaseStatus::Decided, CaseStatus::Decided, CaseStatus::NeedsFacts, CaseStatus::Referred] {
            tally.decided(status);
        }
        assert!(tally.is_clean());
        assert_eq!(tally.summary(), "4 cases: 2 decided, 1 needs facts, 1 referred to a person, 0 wrong");
        tally.wrong();
        tally.refused();
        assert!(!tally.is_clean());
        assert_eq!(tally.summary(), "6 cases: 2 decided, 1 needs facts, 1 referred to a person, 1 wrong, 1 refused");
    }
}
