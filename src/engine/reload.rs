//! A changed bundle: built aside, passed or rejected, then one pointer is exchanged.

use super::clock::now;
use super::live::{Engine, Serving};
use super::status::{Rejection, Reload, ReloadEvent};
use super::subscribers::Subscription;
use crate::bundle::BundleFiles;
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

    /// What became of files, or of the attempt to read them.
    pub(super) fn take(&self, found: Result<BundleFiles, Diagnostics>) -> Reload {
        let shared = &self.shared;
        let turn = shared.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let at = now();
        let serving = shared.serving.load_full();
        let before = serving.policy.name().clone();
        let digest = found.as_ref().ok().map(BundleFiles::digest);
        let is_same = digest.as_ref() == Some(&before.digest);
        let loaded = match found {
            Ok(_) if is_same => Ok(None),
            Ok(files) => shared.loader.load(&files, &shared.origin).map(Some),
            Err(findings) => Err(findings),
        };
        let mut record = shared.record();
        record.last_attempt = Some(at);
        let was_rejected = record.rejection.is_some();
        let (reload, is_news) = match loaded {
            Ok(None) => {
                record.rejection = None;
                (Reload::Unchanged, was_rejected)
            }
            Ok(Some(policy)) => {
                let now = policy.name().clone();
                record.rejection = None;
                record.loads += 1;
                shared.serving.store(Arc::new(Serving { policy, loaded_at: at }));
                tracing::info!(bundle = %now.bundle, version = %now.version, digest = %now.digest, "bundle taken");
                (Reload::Taken { before, now }, true)
            }
            Err(findings) => {
                let since = record.rejection.as_ref().map_or(at, |earlier| earlier.since);
                let rejection = Rejection { since, digest, findings };
                record.rejection = Some(rejection.clone());
                record.rejections += 1;
                let found = rejection.findings.iter().next().map_or("", |first| first.message.as_str());
                tracing::error!(serving = %before.digest, findings = rejection.findings.len(), first = found, "bundle rejected");
                (Reload::Rejected(rejection), true)
            }
        };
        drop(record);
        if is_news {
            shared.subscribers.note(ReloadEvent { at, reload: reload.clone() });
        }
        drop(turn);
        shared.subscribers.tell();
        reload
    }
}
