//! What an engine tells of itself: which policy serves, what came of the last change, what is wrong and since when.

use super::candidate::CandidateReport;
use super::quarantine::Quarantined;
use crate::decision::PolicyName;
#[cfg(feature = "journal")]
use crate::journal::JournalReport;
use crate::text::{Diagnostics, render_all, to_json};
use crate::value::DateTime;
use serde_json::{Value, json};
use std::fmt;

/// A bundle that was not taken. What served before goes on serving.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rejection {
    /// Since when changes have been rejected without one that was taken.
    pub since: DateTime,
    /// The digest of the bundle, if its files could be read.
    pub digest: Option<String>,
    /// Everything that is wrong with it.
    pub findings: Diagnostics,
}

/// How an engine stands.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Status {
    /// The policy that decides.
    pub serving: PolicyName,
    /// When it began to decide.
    pub loaded_at: DateTime,
    /// When a change was last looked at, be it taken or not.
    pub last_attempt: Option<DateTime>,
    /// What is wrong with the bundle as it now lies there; nothing when it is the one that serves.
    pub rejection: Option<Rejection>,
    /// Bundles that were taken, the first one too.
    pub loads: u64,
    /// Bundles that were rejected.
    pub rejections: u64,
    /// Is the directory of the bundle being followed?
    pub watched: bool,
    /// The candidate that is carried beside the policy that decides, and what came of it.
    pub candidate: Option<CandidateReport>,
    /// The last candidate that was dropped, and why.
    pub dropped: Option<Dropped>,
    /// Plugins of the policy that decides which are not called for a while, because they failed again and again.
    pub quarantined: Vec<Quarantined>,
    /// Why the bundle that decides is not kept in the store, if it should be.
    pub unkept: Option<String>,
    /// Does an earlier bundle decide, because somebody went back to it? The next one that is taken ends that.
    pub is_rolled_back: bool,
    /// How the journal stands, where there is one.
    #[cfg(feature = "journal")]
    pub journal: Option<JournalReport>,
}

impl Status {
    /// Does the policy that serves lag behind a bundle that cannot be taken?
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.rejection.is_some()
    }

    /// As data, for a health check.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let rejection = self.rejection.as_ref().map(|rejection| {
            json!({
                "since": rejection.since.to_string(),
                "digest": rejection.digest,
                "findings": to_json(&rejection.findings),
            })
        });
        let dropped = self
            .dropped
            .as_ref()
            .map(|dropped| json!({"at": dropped.at.to_string(), "because": dropped.because, "report": dropped.report.to_json()}));
        #[cfg(feature = "journal")]
        let journal = self.journal.as_ref().map(JournalReport::to_json);
        #[cfg(not(feature = "journal"))]
        let journal = Value::Null;
        json!({
            "bundle": self.serving.bundle,
            "version": self.serving.version,
            "digest": self.serving.digest,
            "loaded_at": self.loaded_at.to_string(),
            "last_attempt": self.last_attempt.as_ref().map(ToString::to_string),
            "loads": self.loads,
            "rejections": self.rejections,
            "watched": self.watched,
            "rejection": rejection,
            "candidate": self.candidate.as_ref().map(CandidateReport::to_json),
            "dropped": dropped,
            "quarantined": self.quarantined.iter().map(Quarantined::to_json).collect::<Vec<_>>(),
            "unkept": self.unkept,
            "rolled_back": self.is_rolled_back,
            "journal": journal,
        })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.serving;
        let back = if self.is_rolled_back { ", an earlier bundle that somebody went back to" } else { "" };
        writeln!(out, "{} {} decides since {}{back}", name.bundle, name.version, self.loaded_at)?;
        for plugin in &self.quarantined {
            writeln!(out, "{plugin}")?;
        }
        if let Some(reason) = &self.unkept {
            writeln!(out, "it is not kept in the store: {reason}")?;
        }
        #[cfg(feature = "journal")]
        if let Some(journal) = &self.journal {
            writeln!(out, "{journal}")?;
        }
        if let Some(rejection) = &self.rejection {
            let findings = render_all(&rejection.findings, false);
            write!(out, "the bundle was changed and cannot be taken since {}:\n{findings}", rejection.since)?;
        }
        if let Some(candidate) = &self.candidate {
            write!(out, "{candidate}")?;
        }
        if let Some(dropped) = &self.dropped {
            let name = &dropped.report.candidate;
            writeln!(out, "{} {} was dropped at {}: {}", name.bundle, name.version, dropped.at, dropped.because)?;
        }
        Ok(())
    }
}

/// What became of a bundle that was looked at.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Reload {
    /// It decides from now on.
    Taken {
        /// What decided before.
        before: PolicyName,
        /// What decides now.
        now: PolicyName,
    },
    /// It is the one that decides already.
    Unchanged,
    /// It cannot be taken; what decided before goes on.
    Rejected(Rejection),
}

impl Reload {
    /// Was it taken?
    #[must_use]
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Taken { .. })
    }
}

/// A candidate that is not carried any more.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Dropped {
    /// When it was dropped.
    pub at: DateTime,
    /// Why.
    pub because: String,
    /// What had come of it until then.
    pub report: CandidateReport,
}

/// What changed in an engine.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Change {
    /// A bundle was taken or rejected. `Unchanged` is told when a rejected change was taken back.
    Reload(Reload),
    /// A candidate is carried beside the policy that decides.
    Carried(PolicyName),
    /// The candidate is not carried any more.
    Dropped(Box<Dropped>),
}

/// What happened to an engine, for those who subscribed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReloadEvent {
    /// When.
    pub at: DateTime,
    /// What.
    pub change: Change,
}
