//! A candidate beside the policy that decides: carried, dropped, promoted.

use super::candidate::{Candidate, CandidateReport, Carried, Ending};
use super::clock::now;
use super::live::{Engine, Serving, Shared};
use super::loading::{Found, Origin};
use super::status::{Change, Dropped, Reload, ReloadEvent};
use crate::bundle::BundleFiles;
use crate::decision::PolicyName;
use crate::text::{Diagnostics, render_all};
use std::io;
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;

/// Why a candidate cannot be carried.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CarryError {
    /// Its bundle cannot be read or is wrong: everything that was found.
    #[error("the candidate cannot be used:\n{}", render_all(.0, false))]
    Bundle(Diagnostics),
    /// It is the policy that decides already.
    #[error("the candidate is the bundle that decides already")]
    Same,
    /// The system gave no thread.
    #[error("the candidate cannot be carried: {0}")]
    System(#[from] io::Error),
}

impl Engine {
    /// Carries the bundle of a directory as a candidate, in place of an earlier one.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn carry(&self, directory: impl AsRef<Path>, how: Candidate) -> Result<PolicyName, CarryError> {
        let origin = Origin::Directory(directory.as_ref().to_owned());
        let found = origin.read().map_err(CarryError::Bundle)?;
        self.carry_from(&origin, found, how)
    }

    /// Carries a bundle that is already in memory as a candidate, in place of an earlier one.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn carry_files(&self, files: &BundleFiles, how: Candidate) -> Result<PolicyName, CarryError> {
        self.carry_from(&Origin::Memory, Found::in_memory(files), how)
    }

    fn carry_from(&self, origin: &Origin, found: Found, how: Candidate) -> Result<PolicyName, CarryError> {
        let policy = self.shared.loader.load(&found, origin).map_err(CarryError::Bundle)?;
        let name = policy.name().clone();
        let turn = self.shared.turn();
        let serving = self.shared.serving.load_full();
        if serving.live.name().digest == name.digest {
            return Err(CarryError::Same);
        }
        let at = now();
        let number = {
            let mut record = self.shared.record();
            record.carried += 1;
            record.carried
        };
        let live = self.shared.loader.go_live(policy);
        let carried = Carried::begin(number, live, found, (how, at), self.ending(number))?;
        tracing::info!(bundle = %name.bundle, version = %name.version, digest = %name.digest, "candidate carried");
        self.shared.serving.store(Arc::new(Serving { candidate: Some(Arc::new(carried)), ..serving.as_ref().clone() }));
        if let Some(earlier) = &serving.candidate {
            let because = format!("{} {} took its place", name.bundle, name.version);
            self.shared.note_dropped(earlier, because);
        }
        self.shared.subscribers.note(ReloadEvent { at, change: Change::Carried(name.clone()) });
        drop(turn);
        self.shared.subscribers.tell();
        Ok(name)
    }

    /// What came of the candidate that is carried now.
    #[must_use]
    pub fn candidate(&self) -> Option<CandidateReport> {
        self.shared.serving.load().candidate.as_ref().map(|candidate| candidate.report())
    }

    /// Drops the candidate, with the reason that the status tells. Was there one?
    #[expect(clippy::must_use_candidate, reason = "the status and those who subscribed tell it as well")]
    pub fn drop_candidate(&self, because: &str) -> bool {
        self.drop_if(because.to_owned(), |_| true)
    }

    /// Lets the candidate decide every case from now on; nothing when there is none.
    ///
    /// The directory of the bundle is not touched: it is for whoever promotes to put the same bundle there.
    #[expect(clippy::must_use_candidate, reason = "the status and those who subscribed tell it as well")]
    pub fn promote(&self) -> Option<Reload> {
        let turn = self.shared.turn();
        let serving = self.shared.serving.load_full();
        let candidate = serving.candidate.as_ref()?;
        let reload = self.shared.store(candidate.policy().clone(), &serving, None);
        self.shared.keep(candidate.found(), candidate.policy());
        self.shared.note_dropped(candidate, "it decides every case now".to_owned());
        drop(turn);
        self.shared.subscribers.tell();
        Some(reload)
    }

    /// What a stop-loss does when a band was left: it ends the candidate of that number, and no other that took its place.
    fn ending(&self, number: u64) -> Ending {
        let shared = Arc::downgrade(&self.shared);
        Box::new(move |because| {
            if let Some(shared) = shared.upgrade() {
                Self { shared }.drop_if(because, |candidate| candidate.number() == number);
            }
        })
    }

    fn drop_if(&self, because: String, is_meant: impl Fn(&Carried) -> bool) -> bool {
        let turn = self.shared.turn();
        let serving = self.shared.serving.load_full();
        let Some(candidate) = serving.candidate.as_ref().filter(|candidate| is_meant(candidate)) else {
            return false;
        };
        // Whoever sees that it is gone finds the reason in the status.
        self.shared.note_dropped(candidate, because);
        self.shared.serving.store(Arc::new(Serving { candidate: None, ..serving.as_ref().clone() }));
        drop(turn);
        self.shared.subscribers.tell();
        true
    }
}

impl Shared {
    /// Puts down that a candidate is not carried any more, and why.
    pub(super) fn note_dropped(&self, candidate: &Carried, because: String) {
        let (at, report) = (now(), candidate.report());
        let name = &report.candidate;
        tracing::warn!(bundle = %name.bundle, version = %name.version, digest = %name.digest, because, "candidate dropped");
        let dropped = Dropped { at, because, report };
        self.record().dropped = Some(dropped.clone());
        self.subscribers.note(ReloadEvent { at, change: Change::Dropped(Box::new(dropped)) });
    }
}
