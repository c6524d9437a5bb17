//! A bundle by whatever names it: a directory, a git revision, a digest of a store, the one that is built in.

use super::exit::Failure;
use crate::bundle::BundleFiles;
use crate::engine::{RevisionError, Store, default_bundle, path_in_repository, read_directory, read_revision};
use crate::policy::{Extensions, Policy};
use std::path::Path;

/// The word for the bundle that is built in.
const BUILT_IN: &str = "built-in";
/// Where a bundle lies in a repository when nobody says it.
pub(super) const USUAL: &str = "policies";
/// The fewest digits of a digest.
const DIGITS_MIN: usize = 8;

/// A bundle, and where it came from.
#[derive(Debug)]
pub(super) struct BundleSide {
    files: BundleFiles,
    /// For a person: `from policies`, `at main:policies`.
    pub(super) origin: String,
}

/// What the bundle is called that is meant where none is named.
pub(super) fn named_or_usual(named: Option<&str>) -> String {
    let usual = || if Path::new(USUAL).join("bundle.yaml").is_file() { USUAL } else { BUILT_IN };
    named.unwrap_or_else(usual).to_owned()
}

impl BundleSide {
    /// Finds and reads what is named; `other` is what the other side is called, where that says in which directory to look.
    pub(super) fn find(named: &str, other: &str, store: Option<&Path>) -> Result<Self, Failure> {
        if named == BUILT_IN {
            return Ok(Self { files: default_bundle(), origin: "built in".to_owned() });
        }
        let directory = Path::new(named);
        if directory.join("bundle.yaml").is_file() {
            let files = read_directory(directory)
                .map_err(|findings| Failure::Findings { findings, message: format!("the bundle in `{named}` cannot be read") })?;
            return Ok(Self { files, origin: format!("from {named}") });
        }
        if let Some(store) = store.filter(|_| is_digest(named)) {
            return Self::stored(named, store);
        }
        if directory.is_dir() {
            return Err(Failure::Environment {
                message: format!("`{named}` is no bundle: it holds no `bundle.yaml`"),
                help: Some("a git revision with a directory is named as `main:policies`".to_owned()),
            });
        }
        Self::revision(named, other)
    }

    fn stored(digest: &str, store: &Path) -> Result<Self, Failure> {
        let failed = |error: crate::engine::StoreError| Failure::Environment { message: error.to_string(), help: error.help() };
        let found = Store::open_existing(store).and_then(|store| store.get(digest)).map_err(failed)?;
        Ok(Self { files: found.files, origin: format!("from the store {}", store.display()) })
    }

    fn revision(named: &str, other: &str) -> Result<Self, Failure> {
        let here = Path::new(".");
        let read = |revision: &str, path: &str| read_revision(here, revision, path);
        let found = match named.split_once(':') {
            Some((revision, path)) => read(revision, path),
            // The bundle of the other side, as it was; else where bundles usually lie, else the whole repository.
            None => match path_in_repository(Path::new(other)).ok().filter(|_| Path::new(other).is_dir()) {
                Some(path) => read(named, &path),
                None => match read(named, USUAL) {
                    Err(RevisionError::NoBundle { .. }) => read(named, "").or_else(|_| read(named, USUAL)),
                    found => found,
                },
            },
        };
        let files = found.map_err(|error| match error {
            // Whoever mistypes the name of a directory has no revision in mind.
            RevisionError::NoRevision(_) | RevisionError::NoRepository(_) | RevisionError::NoGit(_) if is_path(named) => {
                Failure::Environment {
                    message: format!("there is no directory `{named}`"),
                    help: Some("name a directory, a git revision (`main:policies`) or `built-in`".to_owned()),
                }
            }
            RevisionError::NoRevision(_) if !named.contains(':') => Failure::Environment {
                message: format!("`{named}` is no directory with a bundle and no git revision"),
                help: Some("name a directory, a git revision (`main`, `HEAD~1:policies`) or `built-in`".to_owned()),
            },
            error => Failure::Environment { message: error.to_string(), help: error.help().map(str::to_owned) },
        })?;
        Ok(Self { files, origin: format!("at {named}") })
    }

    /// Its files.
    pub(super) fn files(&self) -> &BundleFiles {
        &self.files
    }

    /// The same bundle with other files.
    pub(super) fn with_files(&self, files: BundleFiles) -> Self {
        Self { files, origin: self.origin.clone() }
    }

    /// The policy that it says. Its places are those in the bundle, so that they are the same wherever it came from.
    pub(super) fn policy(&self) -> Result<Policy, Failure> {
        let mut bare = BundleFiles::new();
        for (path, source) in self.files.deciding().iter() {
            bare.insert(path, source.text());
        }
        Policy::load(&bare, &Extensions::new()).map_err(|findings| Failure::Findings {
            // What is wrong is shown where it stands.
            findings: Policy::load(&self.files, &Extensions::new()).err().unwrap_or(findings),
            message: format!("the bundle {} cannot be compared until this is mended", self.origin),
        })
    }
}

fn is_digest(named: &str) -> bool {
    let digits = named.strip_prefix("blake3:").unwrap_or(named);
    digits.len() >= DIGITS_MIN && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Does it look like the path of a directory?
fn is_path(named: &str) -> bool {
    named.starts_with(['.', '/', '~']) || named.ends_with('/')
}
