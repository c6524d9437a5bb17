//! The engine: the policy that services share and that can be exchanged while they decide.

use super::candidate::Carried;
use super::clock::now;
use super::loading::{Loader, Origin};
use super::status::{Dropped, Rejection, Status};
use super::subscribers::Subscribers;
use crate::bundle::BundleFiles;
use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::DecideError;
use crate::policy::Policy;
use crate::script::{HostFunction, NativePlugin};
use crate::text::{Diagnostics, render_all};
use crate::value::DateTime;
use arc_swap::ArcSwap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use thiserror::Error;

/// Why an engine could not be opened.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The bundle cannot be read or is wrong: everything that was found.
    #[error("the bundle cannot be used:\n{}", render_all(.0, false))]
    Bundle(Diagnostics),
    /// A function of the service cannot be registered.
    #[error("{0}")]
    Function(String),
}

/// Decides cases under one policy at a time, which can be exchanged while it decides. Cheap to clone and free to share between
/// threads: all clones decide under the same policy.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) shared: Arc<Shared>,
}

/// What all clones of an engine share.
#[derive(Debug)]
pub(super) struct Shared {
    /// The only thing that deciding touches: one atomic load, no lock.
    pub(super) serving: ArcSwap<Serving>,
    pub(super) loader: Loader,
    pub(super) origin: Origin,
    /// One reload at a time; held while a bundle is built.
    pub(super) turn: Mutex<()>,
    /// What the status tells; held for moments, never while something is read or built.
    record: Mutex<Record>,
    pub(super) subscribers: Subscribers,
}

/// A policy, since when it decides, and the candidate beside it.
#[derive(Clone, Debug)]
pub(super) struct Serving {
    pub(super) policy: Policy,
    pub(super) loaded_at: DateTime,
    pub(super) candidate: Option<Arc<Carried>>,
}

/// What became of the changes so far.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) last_attempt: Option<DateTime>,
    pub(super) rejection: Option<Rejection>,
    pub(super) loads: u64,
    pub(super) rejections: u64,
    pub(super) watchers: usize,
    pub(super) dropped: Option<Dropped>,
}

impl Shared {
    pub(super) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Builds an engine with the functions and plugins of a service.
#[derive(Clone, Debug, Default)]
pub struct EngineBuilder {
    loader: Loader,
}

impl EngineBuilder {
    /// With a function that expressions and scripts may call.
    ///
    /// # Errors
    /// When the name is taken or is no name for a function.
    pub fn function(mut self, function: HostFunction) -> Result<Self, OpenError> {
        self.loader.extensions = self.loader.extensions.function(function).map_err(OpenError::Function)?;
        Ok(self)
    }

    /// With a plugin that a bundle may name as `native: NAME`.
    #[must_use]
    pub fn plugin(mut self, plugin: NativePlugin) -> Self {
        self.loader.extensions = self.loader.extensions.plugin(plugin);
        self
    }

    /// Opens the bundle of a directory.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open(self, directory: impl AsRef<Path>) -> Result<Engine, OpenError> {
        let origin = Origin::Directory(directory.as_ref().to_owned());
        let files = origin.read().map_err(OpenError::Bundle)?;
        self.open_from(origin, &files)
    }

    /// Opens a bundle that is already in memory.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open_files(self, files: &BundleFiles) -> Result<Engine, OpenError> {
        self.open_from(Origin::Memory, files)
    }

    fn open_from(self, origin: Origin, files: &BundleFiles) -> Result<Engine, OpenError> {
        let policy = self.loader.load(files, &origin).map_err(OpenError::Bundle)?;
        Ok(Engine::begin(policy, self.loader, origin))
    }
}

impl Engine {
    /// Opens the bundle of a directory.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open(directory: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::builder().open(directory)
    }

    /// An engine with functions and plugins of the service's own.
    #[must_use]
    pub fn builder() -> EngineBuilder {
        EngineBuilder::default()
    }

    /// An engine over a policy.
    #[must_use]
    pub fn with(policy: Policy) -> Self {
        Self::begin(policy, Loader::default(), Origin::Memory)
    }

    fn begin(policy: Policy, loader: Loader, origin: Origin) -> Self {
        let name = policy.name();
        tracing::info!(bundle = %name.bundle, version = %name.version, digest = %name.digest, "bundle opened");
        let serving = ArcSwap::from_pointee(Serving { policy, loaded_at: now(), candidate: None });
        let record = Mutex::new(Record { loads: 1, ..Record::default() });
        let shared = Shared { serving, loader, origin, turn: Mutex::default(), record, subscribers: Subscribers::default() };
        Self { shared: Arc::new(shared) }
    }

    /// The policy that decides now. It stays as it is however often the bundle changes.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.shared.serving.load().policy.clone()
    }

    /// How the engine stands: which policy decides, and what is wrong with a bundle that could not be taken.
    #[must_use]
    pub fn status(&self) -> Status {
        let serving = self.shared.serving.load();
        let record = self.shared.record();
        Status {
            serving: serving.policy.name().clone(),
            loaded_at: serving.loaded_at,
            last_attempt: record.last_attempt,
            rejection: record.rejection.clone(),
            loads: record.loads,
            rejections: record.rejections,
            watched: record.watchers > 0,
            candidate: serving.candidate.as_ref().map(|candidate| candidate.report()),
            dropped: record.dropped.clone(),
        }
    }

    /// Decides a case as of now.
    ///
    /// # Errors
    /// When the case cannot be decided at all.
    pub fn decide(&self, case: &Case) -> Result<Decision, DecideError> {
        self.decide_at(case, now())
    }

    /// Decides a case as of an instant. The decision names the digest of the one policy that made it, whatever happens meanwhile.
    ///
    /// # Errors
    /// When the case cannot be decided at all.
    pub fn decide_at(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        let serving = self.shared.serving.load();
        let decided = match &serving.candidate {
            None => serving.policy.decide(case, at),
            Some(candidate) => candidate.decide(&serving.policy, case, at),
        };
        match &decided {
            Ok(decision) => tracing::debug!(
                decision = %decision.decision_id,
                status = decision.status.word(),
                outcome = decision.outcome.as_deref().unwrap_or("none"),
                "case decided"
            ),
            Err(error) => tracing::warn!(kind = error_kind(error), "case not decided"),
        }
        decided
    }

    /// Decides cases one after the other, all as of the same instant: the moment of this call.
    pub fn decide_all<'e, I>(&'e self, cases: I) -> impl Iterator<Item = Result<Decision, DecideError>> + 'e
    where
        I: IntoIterator<Item = Case>,
        I::IntoIter: 'e,
    {
        let at = now();
        cases.into_iter().map(move |case| self.decide_at(&case, at))
    }
}

fn error_kind(error: &DecideError) -> &'static str {
    match error {
        DecideError::InvalidCase(_) => "invalid_case",
        DecideError::NotInForce { .. } => "not_in_force",
        DecideError::Refused { .. } => "refused",
    }
}
