//! The journal that a command records in, as its options say.

use super::exit::{Exit, Failure};
use crate::journal::{Failing, Journal, JournalError, MaskingKey, Recording, Sync};
use clap::{Args, ValueEnum};
use std::io::ErrorKind;
use std::path::PathBuf;

/// Options of a command that records what it decides.
#[derive(Debug, Args)]
#[command(next_help_heading = "Journal")]
pub(super) struct JournalOptions {
    /// Record every decision in this journal before it is shown
    #[arg(long, value_name = "FILE", requires = "journal_failing")]
    journal: Option<PathBuf>,
    /// What happens to a decision that cannot be recorded; has to be said with --journal
    #[arg(long, value_enum, value_name = "WHAT", requires = "journal")]
    journal_failing: Option<FailingChoice>,
    /// When a record is on the disk
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, requires = "journal")]
    journal_sync: SyncChoice,
    /// Keep the cases in the journal too, so that decisions can be replayed from it alone
    #[arg(long, requires = "journal")]
    journal_cases: bool,
    /// Replace personal facts by what only this key can make of them: a file with 64 hexadecimal digits
    #[arg(long, value_name = "FILE", requires = "journal")]
    journal_key: Option<PathBuf>,
    /// Close and pack a segment before it grows larger; else 64 MiB
    #[arg(long, value_name = "BYTES", requires = "journal")]
    journal_segment_bytes: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailingChoice {
    /// It is not shown, and the program stops
    Required,
    /// It is shown, and counted
    BestEffort,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum SyncChoice {
    /// Before its decision is shown, each by itself
    #[default]
    Every,
    /// Before its decision is shown, those together that are written at the same time
    Group,
    /// When the system sees fit: a loss of power may take the last ones
    None,
}

impl JournalOptions {
    /// The journal that is asked for, opened.
    pub(super) fn open(&self) -> Result<Option<Journal>, Failure> {
        let (Some(path), Some(failing)) = (&self.journal, self.journal_failing) else { return Ok(None) };
        let failing = match failing {
            FailingChoice::Required => Failing::Required,
            FailingChoice::BestEffort => Failing::BestEffort,
        };
        let sync = match self.journal_sync {
            SyncChoice::Every => Sync::Every,
            SyncChoice::Group => Sync::Group,
            SyncChoice::None => Sync::None,
        };
        let mut recording = Recording::new(failing, sync);
        if self.journal_cases {
            recording = recording.with_cases();
        }
        if let Some(key) = &self.journal_key {
            recording = recording.masked_by(key_of(key)?);
        }
        if let Some(bytes) = self.journal_segment_bytes {
            recording = recording.segment_bytes(bytes);
        }
        Journal::open(path, recording).map(Some).map_err(|error| failure(&error))
    }
}

/// The key in a file.
pub(super) fn key_of(path: &std::path::Path) -> Result<MaskingKey, Failure> {
    MaskingKey::read(path).map_err(|error| failure(&error))
}

/// How a command ends that met this in the midst of a journal: a line that is no record is a finding, anything else is the system's.
pub(super) fn exit_of(error: &JournalError) -> Exit {
    match error {
        JournalError::System { kind: ErrorKind::InvalidData, .. } => Exit::Findings,
        _ => Exit::Environment,
    }
}

/// Why a journal did not do what it was asked.
pub(super) fn failure(error: &JournalError) -> Failure {
    Failure::Environment { message: error.to_string(), help: error.help() }
}
