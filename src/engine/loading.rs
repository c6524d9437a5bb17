//! From files to a policy that may decide: what a bundle has to pass before an engine takes it.

use super::directory::{read_directory, read_signature, read_text};
#[cfg(feature = "signing")]
use super::key::TrustedKeys;
use super::live_policy::LivePolicy;
#[cfg(feature = "signing")]
use super::signature;
use super::store::{Store, StoreError, StoredFiles};
use crate::bundle::{Bundle, BundleFiles};
use crate::policy::{Extensions, Policy};
use crate::script::CancelToken;
use crate::testing;
use crate::text::{Code, Diagnostic, Diagnostics, Source};
use std::path::{Path, PathBuf};

/// Where a bundle comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// A directory, which can be read again.
    Directory(PathBuf),
    /// Files that somebody handed over.
    Memory,
}

impl Origin {
    pub(super) fn directory(&self) -> Option<&Path> {
        match self {
            Self::Directory(directory) => Some(directory),
            Self::Memory => None,
        }
    }

    /// The bundle as it lies there now.
    pub(super) fn read(&self) -> Result<Found, Diagnostics> {
        match self {
            Self::Directory(directory) => Ok(Found { files: read_directory(directory)?, signature: read_signature(directory)? }),
            Self::Memory => {
                let message = "this engine was opened with files in memory, and there is nothing to read again";
                let help = "hand the changed files over with `replace`, or open a directory";
                Err(std::iter::once(Diagnostic::global(Code::Unreadable, message).help(help)).collect())
            }
        }
    }

    /// A case file that a policy test names, by its path from the directory of the bundle.
    fn case_file(&self, path: &str) -> Result<Source, String> {
        let Some(directory) = self.directory() else {
            return Err("the bundle was handed over in memory, without case files".to_owned());
        };
        let file = directory.join(path);
        read_text(&file).map(|text| Source::new(file.display().to_string(), text))
    }
}

/// A bundle, as it was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) files: BundleFiles,
    pub(super) signature: Option<Source>,
}

impl Found {
    /// Files that were handed over.
    pub(super) fn in_memory(files: &BundleFiles) -> Self {
        Self { files: files.clone(), signature: None }
    }
}

impl From<StoredFiles> for Found {
    fn from(stored: StoredFiles) -> Self {
        Self { files: stored.files, signature: stored.signature }
    }
}

/// Turns files into policies, for one engine, and keeps those that were taken.
#[derive(Clone, Debug, Default)]
pub(super) struct Loader {
    pub(super) extensions: Extensions,
    /// Whose signature a bundle has to bear; anybody's, or nobody's, if this is nothing.
    #[cfg(feature = "signing")]
    pub(super) trusted: Option<TrustedKeys>,
    /// The flag that ends scripts that run.
    pub(super) cancel: Option<CancelToken>,
    /// Where bundles are kept that were taken.
    pub(super) store: Option<Store>,
}

impl Loader {
    /// Is it signed by somebody who is trusted, where that is asked for?
    #[cfg(feature = "signing")]
    pub(super) fn admit(&self, found: &Found) -> Result<(), Diagnostics> {
        match &self.trusted {
            Some(trusted) => signature::verify(&found.files, found.signature.as_ref(), trusted).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Nobody's signature can be asked for.
    #[cfg(not(feature = "signing"))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "there are no keys to trust")]
    pub(super) fn admit(&self, _found: &Found) -> Result<(), Diagnostics> {
        Ok(())
    }

    /// The policy that a bundle says, once it passed everything that it has to pass.
    pub(super) fn load(&self, found: &Found, origin: &Origin) -> Result<Policy, Diagnostics> {
        self.admit(found)?;
        self.compile(&found.files, Some(origin))
    }

    /// The policy that a stored bundle says. It passed its tests before it was stored, and a store keeps none.
    pub(super) fn load_stored(&self, found: &Found) -> Result<Policy, Diagnostics> {
        self.admit(found)?;
        self.compile(&found.files, None)
    }

    /// The last good bundle of the store, or why there is none.
    pub(super) fn last_good(&self) -> Result<Found, Diagnostics> {
        let refuse = |message: String| Diagnostic::global(Code::Unreadable, message);
        let none = |why: &str| Diagnostics::from_iter([refuse(format!("there is no last good bundle to begin with: {why}"))]);
        let refused = |error: StoreError| Diagnostics::from_iter([refuse(error.to_string()).help_opt(error.help())]);
        let store = self.store.as_ref().ok_or_else(|| none("the engine was given no store"))?;
        let digest = store.last_good().map_err(refused)?.ok_or_else(|| none("none was ever taken"))?;
        Ok(store.get(&digest).map_err(refused)?.into())
    }

    /// A policy goes live, with no plugin in quarantine.
    pub(super) fn go_live(&self, policy: Policy) -> LivePolicy {
        LivePolicy::begin(policy, self.cancel.clone())
    }

    /// Keeps a bundle that was taken, as the last good one.
    pub(super) fn keep(&self, found: &Found, policy: &Policy) -> Result<(), StoreError> {
        let Some(store) = &self.store else { return Ok(()) };
        let digest = store.put(&found.files, found.signature.as_ref(), policy.name())?;
        store.set_last_good(&digest)
    }

    /// Compiles the files that decide; with a place to find case files in, runs the policy tests where the bundle asks for it.
    fn compile(&self, files: &BundleFiles, tests: Option<&Origin>) -> Result<Policy, Diagnostics> {
        let (bundle, found) = Bundle::read(&files.deciding());
        let Some(mut bundle) = bundle else { return Err(found) };
        let policy = Policy::compile(&bundle, &self.extensions, found)?;
        if let Some(origin) = tests
            && bundle.manifest.reload.require_tests
        {
            let mut found = Diagnostics::new();
            bundle.take_tests(files, &mut found);
            if !found.has_errors() {
                found = testing::required(&policy, &bundle, &|path| origin.case_file(path));
            }
            if found.has_errors() {
                return Err(found);
            }
        }
        Ok(policy)
    }
}
