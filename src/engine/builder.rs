//! How an engine is opened: from which bundle, with whose functions, and what a bundle has to bear.

#[cfg(feature = "signing")]
use super::key::TrustedKeys;
use super::live::Engine;
use super::loading::{Found, Loader, Origin};
use super::recorder::Recorder;
use super::store::Store;
use crate::bundle::BundleFiles;
#[cfg(feature = "journal")]
use crate::journal::Journal;
use crate::policy::Policy;
use crate::script::{CancelToken, HostFunction, Plugin, ScriptLimits};
use crate::text::{Diagnostics, render_all};
use std::path::Path;
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

/// Builds an engine with the functions and plugins of a service.
#[derive(Clone, Debug, Default)]
pub struct EngineBuilder {
    loader: Loader,
    recorder: Recorder,
    or_last_good: bool,
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
    pub fn plugin(mut self, plugin: impl Plugin + 'static) -> Self {
        self.loader.extensions = self.loader.extensions.plugin(plugin);
        self
    }

    /// With other limits for scripts. A bundle may lower them for one plugin or decision, never raise them.
    #[must_use]
    pub fn script_limits(mut self, limits: ScriptLimits) -> Self {
        self.loader.extensions = self.loader.extensions.script_limits(limits);
        self
    }

    /// Ends scripts that run when this flag is raised, as a service does that shuts down: their parts go to a person.
    #[must_use]
    pub fn cancelled_by(mut self, cancel: CancelToken) -> Self {
        self.loader.cancel = Some(cancel);
        self
    }

    /// Takes only bundles that one of these keys has signed, now and at every reload.
    #[cfg(feature = "signing")]
    #[must_use]
    pub fn trust(mut self, keys: TrustedKeys) -> Self {
        self.loader.trusted = Some(keys);
        self
    }

    /// Records every decision in a journal before it leaves. What happens to one that cannot be recorded was said when the journal was
    /// opened. What a candidate decides in shadow does not leave, and is not recorded.
    #[cfg(feature = "journal")]
    #[must_use]
    pub fn record_in(mut self, journal: Journal) -> Self {
        self.recorder = Recorder::into(journal);
        self
    }

    /// Keeps every bundle that is taken in a store, from which [`Engine::roll_back`] takes an earlier one.
    #[must_use]
    pub fn keep_in(mut self, store: Store) -> Self {
        self.loader.store = Some(store);
        self
    }

    /// Where the bundle of the directory cannot be taken at the start, begins with the last good one of the store. The status tells
    /// what is wrong.
    #[must_use]
    pub fn or_last_good(mut self) -> Self {
        self.or_last_good = true;
        self
    }

    /// Opens the bundle of a directory.
    ///
    /// # Errors
    /// Everything that is wrong with it, and with the last good one if that was to stand in.
    pub fn open(self, directory: impl AsRef<Path>) -> Result<Engine, OpenError> {
        let origin = Origin::Directory(directory.as_ref().to_owned());
        let found = origin.read();
        let digest = found.as_ref().ok().map(|found| found.files.digest());
        match found.and_then(|found| Ok((self.loader.load(&found, &origin)?, found))) {
            Ok((policy, found)) => Ok(Engine::begin(policy, &found, (self.loader, self.recorder), origin)),
            Err(findings) if self.or_last_good => self.open_last_good(origin, digest, findings),
            Err(findings) => Err(OpenError::Bundle(findings)),
        }
    }

    /// Begins with the last good bundle in place of one that cannot be taken.
    fn open_last_good(self, origin: Origin, digest: Option<String>, mut findings: Diagnostics) -> Result<Engine, OpenError> {
        let stored = self.loader.last_good();
        match stored.and_then(|found| Ok((self.loader.load_stored(&found)?, found))) {
            Ok((policy, found)) => {
                let engine = Engine::begin(policy, &found, (self.loader, self.recorder), origin);
                engine.shared.reject(digest, findings);
                Ok(engine)
            }
            Err(more) => {
                findings.extend(more);
                Err(OpenError::Bundle(findings))
            }
        }
    }

    /// Opens a bundle that is already in memory.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn open_files(self, files: &BundleFiles) -> Result<Engine, OpenError> {
        let found = Found::in_memory(files);
        let policy = self.loader.load(&found, &Origin::Memory).map_err(OpenError::Bundle)?;
        Ok(Engine::begin(policy, &found, (self.loader, self.recorder), Origin::Memory))
    }

    /// Begins with a policy that was compiled before, with functions and plugins of its own.
    #[must_use]
    pub fn open_policy(self, policy: Policy) -> Engine {
        Engine::serve(policy, (self.loader, self.recorder), Origin::Memory)
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
}
