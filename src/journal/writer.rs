//! A journal that is being written.

use super::error::JournalError;
use super::key::MaskingKey;
use super::masking::Masking;
use super::record::{DecisionRecord, Entry, MaskedFacts};
use super::recording::{Failing, Recording, Sync};
use super::segment;
use super::tail::Tail;
use crate::case::Case;
use crate::decision::Decision;
use crate::policy::Policy;
use crate::value::DateTime;
use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A journal that is being written. Clones write to the same one; no other process can while it is open.
#[derive(Clone, Debug)]
pub struct Journal {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    recording: Recording,
    tail: Mutex<Tail>,
    /// Up to which record all is on the disk. Whoever brings more there holds it.
    synced: Mutex<u64>,
    counts: Mutex<Counts>,
    /// Held until the journal is closed.
    _lock: File,
}

#[derive(Debug, Default)]
struct Counts {
    recorded: u64,
    unrecorded: u64,
    trouble: Option<JournalError>,
}

/// How a journal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalReport {
    /// Where it lies.
    pub path: PathBuf,
    /// What happens to decisions that cannot be recorded.
    pub failing: Failing,
    /// The number of the last record.
    pub last_number: u64,
    /// The digest of the last record: who keeps it elsewhere can prove later that nothing was taken from the end.
    pub last_check: Option<String>,
    /// Decisions that were recorded since it was opened.
    pub recorded: u64,
    /// Decisions that could not be recorded since it was opened. Where the journal is required they did not leave.
    pub unrecorded: u64,
    /// Why the last one could not, until one is recorded again.
    pub trouble: Option<String>,
    /// Why a closed segment could not be packed.
    pub unpacked: Option<String>,
}

impl Journal {
    /// Opens a journal, or begins one. A torn last line is taken away, which is told by a record; whole records stay.
    ///
    /// # Errors
    /// When it cannot be written, when another process writes to it, or when its last line is not as it was written.
    pub fn open(path: impl Into<PathBuf>, recording: Recording) -> Result<Self, JournalError> {
        let path = path.into();
        if path.is_dir() || segment::is_closed(&path) || path.file_name().is_none() {
            return Err(JournalError::NoFile(path));
        }
        let lock = lock(&path)?;
        let tail = Tail::open(&path)?;
        let shared = Shared {
            path,
            recording,
            synced: Mutex::new(tail.link.number),
            tail: Mutex::new(tail),
            counts: Mutex::default(),
            _lock: lock,
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Records a decision, with the case that was decided, what time it was taken to be, and the policy that decided it. Where the journal is kept at best effort, a
    /// decision that cannot be recorded is counted and nothing is returned of it.
    ///
    /// # Errors
    /// Where the journal is required: that the decision is not recorded.
    pub fn record(&self, (case, at): (&Case, DateTime), decision: &Decision, policy: &Policy) -> Result<(), JournalError> {
        let shared = &self.shared;
        let written = shared.entry((case, at), decision, policy).and_then(|entry| shared.write(&entry));
        let mut counts = held(&shared.counts);
        match written {
            Ok(()) => {
                counts.recorded += 1;
                counts.trouble = None;
                Ok(())
            }
            Err(error) => {
                counts.unrecorded += 1;
                counts.trouble = Some(error.clone());
                drop(counts);
                match shared.recording.failing {
                    Failing::Required => Err(error),
                    Failing::BestEffort => {
                        tracing::error!(%error, journal = %shared.path.display(), "decision not recorded");
                        held(&shared.tail).untold += 1;
                        Ok(())
                    }
                }
            }
        }
    }

    /// How it stands.
    #[must_use]
    pub fn report(&self) -> JournalReport {
        let (link, unpacked) = {
            let tail = held(&self.shared.tail);
            (tail.link.clone(), tail.unpacked.clone())
        };
        let counts = held(&self.shared.counts);
        JournalReport {
            path: self.shared.path.clone(),
            failing: self.shared.recording.failing,
            last_number: link.number,
            last_check: link.digest,
            recorded: counts.recorded,
            unrecorded: counts.unrecorded,
            trouble: counts.trouble.as_ref().map(ToString::to_string),
            unpacked,
        }
    }

    /// Why the last decision could not be recorded, until one is recorded again.
    #[must_use]
    pub fn trouble(&self) -> Option<JournalError> {
        held(&self.shared.counts).trouble.clone()
    }
}

impl Shared {
    /// What is recorded of a decision.
    fn entry(&self, (case, at): (&Case, DateTime), decision: &Decision, policy: &Policy) -> Result<Entry, JournalError> {
        let kept = |case: String| self.recording.keeps_cases.then_some(case);
        let mut told = DecisionRecord {
            case_id: decision.case_id.clone(),
            case_digest: decision.audit.input_hash.clone(),
            bundle: decision.policy.clone(),
            shown_in: policy.shown_in().to_owned(),
            at,
            decision_id: decision.decision_id.clone(),
            decision: decision.to_json_line(),
            case: None,
            masked: None,
        };
        match &self.recording.mask {
            Some(key) => mask(&mut told, key, case, policy, kept)?,
            None if self.recording.keeps_cases => told.case = Some(json_of(case)?),
            None => {}
        }
        Ok(Entry::Decision(Box::new(told)))
    }

    fn write(&self, entry: &Entry) -> Result<(), JournalError> {
        let Recording { sync, segment_bytes, .. } = self.recording;
        let number = {
            let mut tail = held(&self.tail);
            tail.append(entry, segment_bytes, sync == Sync::Every)?;
            tail.link.number
        };
        if sync == Sync::Group { self.bring_to_disk(number) } else { Ok(()) }
    }

    /// Waits until a record is on the disk. Of those who wait at the same time, one brings the records of all there.
    fn bring_to_disk(&self, number: u64) -> Result<(), JournalError> {
        let mut synced = held(&self.synced);
        if *synced >= number {
            return Ok(());
        }
        let (file, last) = {
            let tail = held(&self.tail);
            if let Some(reason) = &tail.stopped {
                return Err(JournalError::Stopped { path: self.path.clone(), reason: reason.clone() });
            }
            // Earlier segments went to the disk when they were closed.
            (tail.file(), tail.link.number)
        };
        if let Some(file) = file
            && let Err(error) = file.sync_data()
        {
            held(&self.tail).stopped = Some(error.to_string());
            return Err(JournalError::Stopped { path: self.path.clone(), reason: error.to_string() });
        }
        *synced = last;
        Ok(())
    }
}

impl Drop for Shared {
    /// What was lost last is told too, if that can be.
    fn drop(&mut self) {
        let mut tail = held(&self.tail);
        let untold = std::mem::take(&mut tail.untold);
        if untold > 0 {
            let _ = tail.append(&Entry::Lost { decisions: untold }, u64::MAX, true);
        }
    }
}

/// Replaces what is personal, in the decision and in the case if that is kept.
fn mask(
    told: &mut DecisionRecord,
    key: &MaskingKey,
    case: &Case,
    policy: &Policy,
    kept: impl Fn(String) -> Option<String>,
) -> Result<(), JournalError> {
    let mut masking = Masking::new(key, policy.personal());
    told.case = kept(masking.case(&json_of(case)?)?);
    told.decision = masking.decision(&told.decision)?;
    told.case_digest = masking.case_digest(&told.case_digest);
    told.decision_id = masking.decision_id(&told.decision_id);
    told.masked = Some(MaskedFacts::new(key, masking.facts()));
    Ok(())
}

fn json_of(case: &Case) -> Result<String, JournalError> {
    serde_json::to_string(case).map_err(|error| JournalError::Record(error.to_string()))
}

/// Keeps other processes out until the file is closed, also when this one is killed.
fn lock(journal: &Path) -> Result<File, JournalError> {
    let path = segment::beside(journal, ".lock");
    let file = segment::private().create(true).truncate(false).open(&path);
    let file = file.map_err(|error| JournalError::system(&path, "written", &error))?;
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(fs4::TryLockError::WouldBlock) => Err(JournalError::Locked(journal.to_owned())),
        Err(fs4::TryLockError::Error(error)) => Err(JournalError::system(&path, "locked", &error)),
    }
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl JournalReport {
    /// As data, for a health check.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "path": self.path.display().to_string(),
            "failing": match self.failing { Failing::Required => "required", Failing::BestEffort => "best_effort" },
            "last_number": self.last_number,
            "last_check": self.last_check,
            "recorded": self.recorded,
            "unrecorded": self.unrecorded,
            "trouble": self.trouble,
            "unpacked": self.unpacked,
        })
    }
}

impl fmt::Display for JournalReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the journal `{}`: {} decisions recorded", self.path.display(), self.recorded)?;
        if self.unrecorded > 0 {
            let left = match self.failing {
                Failing::Required => "and did not leave",
                Failing::BestEffort => "and left all the same",
            };
            write!(out, ", {} not recorded {left}", self.unrecorded)?;
        }
        if let Some(trouble) = &self.trouble {
            write!(out, "; {trouble}")?;
        }
        if let Some(reason) = &self.unpacked {
            write!(out, "; a closed segment is not packed: {reason}")?;
        }
        Ok(())
    }
}
