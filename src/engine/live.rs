//! The engine: a policy that services share, and the clock at its edge.

use super::directory::read_directory;
use crate::bundle::BundleFiles;
use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::DecideError;
use crate::policy::{Extensions, Policy};
use crate::script::{HostFunction, NativePlugin};
use crate::text::{Diagnostics, render_all};
use crate::value::DateTime;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
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

/// Decides cases under one policy. Cheap to clone and free to share between threads.
#[derive(Clone, Debug)]
pub struct Engine {
    policy: Arc<Policy>,
}

/// Builds an engine with the functions and plugins of a service.
#[derive(Clone, Debug, Default)]
pub struct EngineBuilder {
    extensions: Extensions,
}

impl EngineBuilder {
    /// With a function that expressions and scripts may call.
    ///
    /// # Errors
    /// When the name is taken or is no name for a function.
    pub fn function(mut self, function: HostFunction) -> Result<Self, OpenError> {
        self.extensions = self.extensions.function(function).map_err(OpenError::Function)?;
        Ok(self)
    }

    /// With a plugin that a bundle may name as `native: NAME`.
    #[must_use]
    pub fn plugin(mut self, plugin: NativePlugin) -> Self {
        self.extensions = self.extensions.plugin(plugin);
        self
    }

    /// Opens the bundle of a directory.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open(self, directory: impl AsRef<Path>) -> Result<Engine, OpenError> {
        let files = read_directory(directory.as_ref()).map_err(OpenError::Bundle)?;
        self.open_files(&files)
    }

    /// Opens a bundle that is already in memory.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open_files(self, files: &BundleFiles) -> Result<Engine, OpenError> {
        let policy = Policy::load(files, &self.extensions).map_err(OpenError::Bundle)?;
        let name = policy.name();
        tracing::info!(bundle = %name.bundle, version = %name.version, digest = %name.digest, "bundle opened");
        Ok(Engine { policy: Arc::new(policy) })
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
        Self { policy: Arc::new(policy) }
    }

    /// The policy that decides.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Decides a case as of now.
    ///
    /// # Errors
    /// When the case cannot be decided at all.
    pub fn decide(&self, case: &Case) -> Result<Decision, DecideError> {
        self.decide_at(case, now())
    }

    /// Decides a case as of an instant.
    ///
    /// # Errors
    /// When the case cannot be decided at all.
    pub fn decide_at(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        let decided = self.policy.decide(case, at);
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

/// The present, in whole seconds: the edge of the system.
fn now() -> DateTime {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let epoch = DateTime::UNIX_EPOCH;
    i64::try_from(seconds).ok().and_then(DateTime::from_unix_seconds).unwrap_or(epoch)
}
