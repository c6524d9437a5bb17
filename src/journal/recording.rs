//! How a journal is kept: what whoever opens one has to say, and what it may say.

use super::key::MaskingKey;
use crate::limits::JOURNAL_SEGMENT_BYTES;

/// What happens to a decision that cannot be recorded. There is no default: losing evidence and standing still are both for the one who
/// answers for the service to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// No decision leaves unrecorded: deciding fails with [`DecideError::NotRecorded`](crate::DecideError::NotRecorded).
    Required,
    /// The decision leaves. How many did is counted, told in the status, and written as a record of the kind `lost` as soon as the journal
    /// can be written again.
    BestEffort,
}

/// When a record is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    /// Before its decision leaves; each record is brought to the disk by itself.
    Every,
    /// Before its decision leaves; records that are written at the same time go to the disk together. With one thread it is the same as
    /// [`Sync::Every`].
    Group,
    /// When the system sees fit. A process that is killed loses nothing; a machine that loses its power may lose the last records.
    None,
}

/// How a journal is kept.
#[derive(Clone, Debug)]
pub struct Recording {
    pub(super) failing: Failing,
    pub(super) sync: Sync,
    pub(super) keeps_cases: bool,
    pub(super) mask: Option<MaskingKey>,
    pub(super) segment_bytes: u64,
}

impl Recording {
    /// What happens to a decision that cannot be recorded, and when a record is on the disk. Cases are not kept, and nothing is masked.
    #[must_use]
    pub fn new(failing: Failing, sync: Sync) -> Self {
        Self { failing, sync, keeps_cases: false, mask: None, segment_bytes: JOURNAL_SEGMENT_BYTES }
    }

    /// Keeps the cases too, so that decisions can be replayed from the journal alone.
    #[must_use]
    pub fn with_cases(mut self) -> Self {
        self.keeps_cases = true;
        self
    }

    /// Replaces personal facts, in cases and decisions, by what only this key can make of them.
    #[must_use]
    pub fn masked_by(mut self, key: MaskingKey) -> Self {
        self.mask = Some(key);
        self
    }

    /// Closes a segment before it grows larger than so many bytes. A record is never divided.
    #[must_use]
    pub fn segment_bytes(mut self, bytes: u64) -> Self {
        self.segment_bytes = bytes.max(1);
        self
    }
}
