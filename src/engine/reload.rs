//! A changed bundle: built aside, passed or rejected, then one pointer is exchanged.

use super::candidate::Carried;
use super::clock::now;
use super::live::{Engine, Serving, Shared};
use super::status::{Change, Rejection, Reload, ReloadEvent};
use super::subscribers::Subscription;
use crate::bundle::BundleFiles;
use crate::policy::Policy;
use crate::text::Diagnostics;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, PoisonError};

impl Engine {
    /// Reads the directory of the bundle again and takes it, if it is sound and another one.
    ///
    /// A bundle that is not sound changes nothing: what decided before goes on, and [`Engine::status`] tells what is wrong. Cases
    /// that are being decided keep the policy that they began with.
    #[expect(clippy::must_use_candidate, reason = "the status and those who subscribed tell it as well")]
    pub fn reload(&self) -> Reload {
        match self.shared.origin.read() {
            // Nothing is wrong with the bundle that serves, and nothing was tried.
            Err(findings) if self.shared.origin.directory().is_none() => {
                Reload::Rejected(Rejection { since: now(), digest: None, findings })
            }
            found => self.take(found),
        }
    }

    /// Takes another bundle that is already in memory, if it is sound.
    #[expect(clippy::must_use_candidate, reason = "the status and those who subscribed tell it as well")]
    pub fn replace(&self, files: &BundleFiles) -> Reload {
        self.take(Ok(files.clone()))
    }

    /// Calls a function after every change that was taken or rejected.
    pub fn on_reload(&self, listener: impl Fn(&ReloadEvent) + Send + Sync + 'static) -> Subscription {
        self.shared.subscribers.call(Arc::new(listener))
    }

    /// The changes that are taken or rejected from now on, as a channel. It is closed by dropping it.
    #[must_use]
    pub fn reloads(&self) -> Receiver<ReloadEvent> {
        self.shared.subscribers.channel()
    }

    /// What becomes of files, or of the attempt to read them.
    pub(super) fn take(&self, found: Result<BundleFiles, Diagnostics>) -> Reload {
        let shared = &self.shared;
        let turn = shared.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let serving = shared.serving.load_full();
        let digest = found.as_ref().ok().map(BundleFiles::digest);
        let loaded = match found {
            Ok(_) if digest.as_ref() == Some(&serving.policy.name().digest) => Ok(None),
            Ok(files) => shared.loader.load(&files, &shared.origin).map(Some),
            Err(findings) => Err(findings),
        };
        let reload = match loaded {
            Ok(None) => shared.keep(),
            Ok(Some(policy)) => shared.exchange(policy, &serving),
            Err(findings) => shared.reject(&serving, digest, findings),
        };
        drop(turn);
        shared.subscribers.tell();
        reload
    }
}

/// Called by whoever has the turn.
impl Shared {
    /// The bundle is the one that decides already.
    fn keep(&self) -> Reload {
        let at = now();
        let mut record = self.record();
        record.last_attempt = Some(at);
        let was_rejected = record.rejection.take().is_some();
        drop(record);
        if was_rejected {
            self.subscribers.note(ReloadEvent { at, change: Change::Reload(Reload::Unchanged) });
        }
        Reload::Unchanged
    }

    /// A sound bundle takes the place of the one that decides. A candidate with the same bundle is a candidate no more.
    fn exchange(&self, policy: Policy, serving: &Serving) -> Reload {
        let is_rolled_out = |candidate: &Arc<Carried>| candidate.policy().name().digest == policy.name().digest;
        let (rolled_out, kept) = match serving.candidate.clone() {
            Some(candidate) if is_rolled_out(&candidate) => (Some(candidate), None),
            other => (None, other),
        };
        let reload = self.store(policy, serving, kept);
        if let Some(candidate) = rolled_out {
            self.note_dropped(&candidate, "it decides every case now".to_owned());
        }
        reload
    }

    /// Lets a policy decide from now on: the one pointer is stored, and it is put down.
    pub(super) fn store(&self, policy: Policy, before: &Serving, candidate: Option<Arc<Carried>>) -> Reload {
        let (at, name) = (now(), policy.name().clone());
        self.serving.store(Arc::new(Serving { policy, loaded_at: at, candidate }));
        tracing::info!(bundle = %name.bundle, version = %name.version, digest = %name.digest, "bundle taken");
        let reload = Reload::Taken { before: before.policy.name().clone(), now: name };
        let mut record = self.record();
        record.last_attempt = Some(at);
        record.rejection = None;
        record.loads += 1;
        drop(record);
        self.subscribers.note(ReloadEvent { at, change: Change::Reload(reload.clone()) });
        reload
    }

    /// The bundle cannot be taken; everything stays as it is.
    fn reject(&self, serving: &Serving, digest: Option<String>, findings: Diagnostics) -> Reload {
        let at = now();
        let first = findings.iter().next().map_or("", |first| first.message.as_str());
        let name = serving.policy.name();
        tracing::error!(serving = %name.digest, findings = findings.len(), first, "bundle rejected");
        let mut record = self.record();
        let since = record.rejection.as_ref().map_or(at, |earlier| earlier.since);
        let rejection = Rejection { since, digest, findings };
        record.last_attempt = Some(at);
        record.rejection = Some(rejection.clone());
        record.rejections += 1;
        drop(record);
        let reload = Reload::Rejected(rejection);
        self.subscribers.note(ReloadEvent { at, change: Change::Reload(reload.clone()) });
        reload
    }
}
