//! What a decision passes before it leaves: it is recorded, where the engine was given a journal.

use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::DecideError;
#[cfg(feature = "journal")]
use crate::journal::{Journal, JournalReport};
use crate::policy::Policy;
use crate::value::DateTime;

/// Records decisions, or lets them pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorder {
    #[cfg(feature = "journal")]
    journal: Option<Journal>,
}

#[cfg(feature = "journal")]
impl Recorder {
    pub(super) fn into(journal: Journal) -> Self {
        Self { journal: Some(journal) }
    }

    /// How the journal stands, if there is one.
    pub(super) fn report(&self) -> Option<JournalReport> {
        self.journal.as_ref().map(Journal::report)
    }

    /// Records a decision that a policy has made.
    pub(super) fn take(&self, asked: (&Case, DateTime), decision: &Decision, policy: &Policy) -> Result<(), DecideError> {
        let Some(journal) = &self.journal else { return Ok(()) };
        journal
            .record(asked, decision, policy)
            .map_err(|error| DecideError::NotRecorded { reason: error.to_string(), help: error.help() })
    }
}

#[cfg(not(feature = "journal"))]
impl Recorder {
    /// There is no journal.
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "nothing can keep a decision here")]
    pub(super) fn take(&self, _asked: (&Case, DateTime), _decision: &Decision, _policy: &Policy) -> Result<(), DecideError> {
        Ok(())
    }
}
