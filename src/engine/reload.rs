//! A changed bundle: built aside, passed or rejected, then one pointer is exchanged.

use super::candidate::Carried;
use super::clock::now;
use super::live::{Engine, Serving, Shared};
use super::loading::Found;
use super::status::{Change, Rejection, Reload, ReloadEvent};
use super::store::StoreError;
use super::subscribers::Subscription;
use crate::bundle::BundleFiles;
use crate::policy::Policy;
use crate::text::{Diagnostics, render_all};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use thiserror::Error;

/// Why an engine cannot go back to an earlier bundle.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RollBackError {
    /// The engine keeps no bundles.
    #[error("the engine has no store to take an earlier bundle from; give it one with `keep_in`")]
    NoStore,
    /// The store does not give it.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// It cannot be used any more: everything that was found.
    #[error("the earlier bundle cannot be used:\n{}", render_all(.0, false))]
    Bundle(Diagnostics),
}

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
        self.take(Ok(Found::in_memory(files)))
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

    /// Goes back to an earlier bundle of the store, by its digest or the first 8 or more digits of it. It decides until another one
    /// is taken: the next change of the directory, or a call of [`Engine::reload`].
    ///
    /// # Errors
    /// When the engine has no store, when the store does not hold that bundle whole, or when the bundle cannot be used.
    pub fn roll_back(&self, digest: &str) -> Result<Reload, RollBackError> {
        let shared = &self.shared;
        let store = shared.loader.store.as_ref().ok_or(RollBackError::NoStore)?;
        let found: Found = store.get(digest)?.into();
        let policy = shared.loader.load_stored(&found).map_err(RollBackError::Bundle)?;
        let turn = shared.turn();
        let serving = shared.serving.load_full();
        let reload = shared.exchange(policy.clone(), &serving);
        shared.record().is_rolled_back = true;
        shared.keep(&found, &policy);
        drop(turn);
        shared.subscribers.tell();
        Ok(reload)
    }

    /// What becomes of a bundle, or of the attempt to read it.
    pub(super) fn take(&self, found: Result<Found, Diagnostics>) -> Reload {
        self.put_in_place(self.build(found))
    }

    /// Works out aside what a bundle comes to. Nothing has changed yet, and it may be thrown away.
    pub(super) fn build(&self, found: Result<Found, Diagnostics>) -> Built {
        let shared = &self.shared;
        let beside = shared.serving.load().live.name().digest.clone();
        let _span = tracing::info_span!("reload", serving = %beside).entered();
        let digest = found.as_ref().ok().map(|found| found.files.digest());
        let policy = found.as_ref().map_err(Clone::clone).and_then(|found| {
            if digest.as_ref() == Some(&beside) {
                // Nothing that decides has changed; the signature may have.
                return shared.loader.admit(found).map(|()| None);
            }
            shared.loader.load(found, &shared.origin).map(Some)
        });
        Built { beside, found, digest, policy }
    }

    /// Lets what was built decide, or says why not.
    pub(super) fn put_in_place(&self, mut built: Built) -> Reload {
        let shared = &self.shared;
        let turn = loop {
            let turn = shared.turn();
            if shared.serving.load().live.name().digest == built.beside {
                break turn;
            }
            // Another bundle was taken meanwhile.
            drop(turn);
            built = self.build(built.found);
        };
        let serving = shared.serving.load_full();
        let _span = tracing::info_span!("reload", serving = %built.beside).entered();
        let reload = match (built.found, built.policy) {
            (Err(findings), _) | (_, Err(findings)) => shared.reject(built.digest, findings),
            (Ok(_), Ok(None)) => shared.stay(),
            (Ok(found), Ok(Some(policy))) => {
                let reload = shared.exchange(policy.clone(), &serving);
                shared.keep(&found, &policy);
                reload
            }
        };
        drop(turn);
        shared.subscribers.tell();
        reload
    }
}

/// What a bundle comes to, beside the one that decided when it was built.
pub(super) struct Built {
    /// The digest of that one.
    beside: String,
    found: Result<Found, Diagnostics>,
    digest: Option<String>,
    /// Nothing for the bundle that decides already.
    policy: Result<Option<Policy>, Diagnostics>,
}

/// Called by whoever has the turn.
impl Shared {
    /// The bundle is the one that decides already.
    fn stay(&self) -> Reload {
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
        let live = self.loader.go_live(policy);
        self.serving.store(Arc::new(Serving { live, loaded_at: at, candidate }));
        tracing::info!(bundle = %name.bundle, version = %name.version, digest = %name.digest, "bundle taken");
        let reload = Reload::Taken { before: before.live.name().clone(), now: name };
        let mut record = self.record();
        record.last_attempt = Some(at);
        record.rejection = None;
        record.is_rolled_back = false;
        record.loads += 1;
        drop(record);
        self.subscribers.note(ReloadEvent { at, change: Change::Reload(reload.clone()) });
        reload
    }

    /// The bundle cannot be taken; everything stays as it is.
    pub(super) fn reject(&self, digest: Option<String>, findings: Diagnostics) -> Reload {
        let at = now();
        let first = findings.iter().next().map_or("", |first| first.message.as_str());
        let serving = self.serving.load();
        tracing::error!(serving = %serving.live.name().digest, findings = findings.len(), first, "bundle rejected");
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
