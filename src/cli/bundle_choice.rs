//! Which bundle decides: the one that is named, else the one in `./policies`, else the one that is built in.

use super::example::Example;
use super::exit::Failure;
use super::text_file;
use crate::bundle::{Bundle, BundleFiles, Manifest};
use crate::decision::PolicyName;
use crate::engine::{Engine, EngineBuilder, OpenError, default_bundle, read_directory, read_signature};
use crate::policy::{Extensions, Policy};
use crate::text::{Diagnostics, Source};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The file that makes a directory a bundle.
const MANIFEST: &str = "bundle.yaml";
/// Where the examples lie, seen from the directory of the default bundle.
const EXAMPLES_FROM_BUNDLE: &str = "../examples/cases/";
/// Where a bundle is looked for when none is named.
const USUAL: &str = "policies";

/// A bundle, and where it came from.
#[derive(Debug)]
pub(super) struct BundleChoice {
    files: BundleFiles,
    directory: Option<PathBuf>,
}

impl BundleChoice {
    /// Finds and reads the bundle.
    pub(super) fn find(named: Option<&Path>) -> Result<Self, Failure> {
        let usual = Path::new(USUAL);
        match named {
            Some(directory) if directory.join(MANIFEST).is_file() => Self::read(directory),
            Some(directory) => Err(no_bundle(directory)),
            None if usual.join(MANIFEST).is_file() => Self::read(usual),
            None => Ok(Self { files: default_bundle(), directory: None }),
        }
    }

    /// Finds and reads the bundle of a directory: the one that is named, else the one in `./policies`.
    pub(super) fn find_directory(named: Option<&Path>) -> Result<Self, Failure> {
        Self::find(Some(named.unwrap_or(Path::new(USUAL))))
    }

    fn read(directory: &Path) -> Result<Self, Failure> {
        let files = read_directory(directory).map_err(|findings| Failure::Findings {
            findings,
            message: format!("the bundle in `{}` cannot be read", directory.display()),
        })?;
        Ok(Self { files, directory: Some(directory.to_owned()) })
    }

    /// All of it, policy tests too, and the policy that it says.
    pub(super) fn whole(&self) -> Result<(Bundle, Policy), Diagnostics> {
        let (bundle, findings) = Bundle::read(&self.files);
        let Some(bundle) = bundle else { return Err(findings) };
        let policy = Policy::compile(&bundle, &Extensions::new(), findings)?;
        Ok((bundle, policy))
    }

    /// Its files.
    pub(super) fn files(&self) -> &BundleFiles {
        &self.files
    }

    /// The path in the bundle of a file that is shown by this name.
    pub(super) fn path_in_bundle(&self, name: &str) -> String {
        let found = self.files.iter().find(|(_, source)| source.name() == name);
        found.map_or_else(|| name.to_owned(), |(path, _)| path.to_owned())
    }

    /// The directory it was read from, if it was.
    pub(super) fn directory(&self) -> Option<&Path> {
        self.directory.as_deref()
    }

    /// Its name, once it is known to load, policy tests too. `unchecked` asks no more than that its files can be read: a bundle that
    /// calls functions of a service loads only there.
    pub(super) fn sound_name(&self, unchecked: bool) -> Result<PolicyName, Failure> {
        let named = if unchecked {
            let (bundle, findings) = Bundle::read(&self.files);
            match bundle {
                Some(bundle) if !findings.has_errors() => {
                    let Manifest { name, version, .. } = bundle.manifest;
                    Ok(PolicyName { bundle: name, version, digest: self.files.digest() })
                }
                _ => Err(findings),
            }
        } else {
            self.whole().map(|(_, policy)| policy.name().clone())
        };
        named.map_err(|findings| Failure::Findings { findings, message: self.unsound() })
    }

    /// Its signature, if there is one.
    pub(super) fn signature(&self) -> Result<Option<Source>, Failure> {
        let signature = self.directory.as_deref().map_or(Ok(None), read_signature);
        signature.map_err(|findings| Failure::Findings {
            findings,
            message: format!("the signature of the bundle {} cannot be read", self.origin()),
        })
    }

    /// Where it came from, for a person: `from policies`, `built in`.
    pub(super) fn origin(&self) -> String {
        self.directory.as_ref().map_or_else(|| "built in".to_owned(), |directory| format!("from {}", directory.display()))
    }

    /// The policy that it says.
    pub(super) fn policy(&self) -> Result<Policy, Failure> {
        let policy = Policy::load(&self.files, &Extensions::new()).map_err(|findings| self.broken(findings))?;
        let name = policy.name();
        tracing::info!(bundle = %name.bundle, version = %name.version, digest = %name.digest, origin = %self.origin(), "bundle loaded");
        Ok(policy)
    }

    /// An engine over its directory, which can be followed.
    pub(super) fn live(&self, builder: EngineBuilder) -> Result<Engine, Failure> {
        let Some(directory) = &self.directory else {
            return Err(Failure::Usage {
                message: "the bundle that is built in does not change, so there is nothing to follow".to_owned(),
                help: "name a directory: `--policies DIR`; `redress new DIR` writes a bundle to start from".to_owned(),
            });
        };
        builder.open(directory).map_err(|error| match error {
            OpenError::Bundle(findings) => self.broken(findings),
            other => Failure::Environment { message: other.to_string(), help: None },
        })
    }

    /// What is said of it while something is wrong with it, be it only with its tests.
    pub(super) fn unsound(&self) -> String {
        format!("the bundle {} is not sound until this is mended", self.origin())
    }

    /// Why this bundle decides nothing.
    fn broken(&self, findings: Diagnostics) -> Failure {
        Failure::Findings {
            findings,
            message: format!("the bundle {} cannot decide anything until this is mended", self.origin()),
        }
    }

    /// A case file that a policy test names, by its path from the directory of the bundle. The tests of the built-in bundle find
    /// the built-in examples.
    pub(super) fn case_file(&self, path: &str) -> Result<Source, String> {
        if let Some(directory) = &self.directory {
            let path = directory.join(path);
            let file = File::open(&path).map_err(|error| error.to_string())?;
            return text_file::read(file, &path.display().to_string()).map_err(|finding| finding.message);
        }
        let name = path.strip_prefix(EXAMPLES_FROM_BUNDLE).and_then(|name| name.strip_suffix(".yaml"));
        name.and_then(Example::find).map(Example::source).ok_or_else(|| "it is not built in".to_owned())
    }
}

/// The directory that is named, else `./policies`, if it is one of a bundle, be it sound or not.
pub(super) fn existing(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let directory = named.unwrap_or(Path::new(USUAL));
    if directory.join(MANIFEST).is_file() { Ok(directory.to_owned()) } else { Err(no_bundle(directory)) }
}

fn no_bundle(directory: &Path) -> Failure {
    let shown = directory.display();
    let (message, help) = if directory.is_dir() {
        (
            format!("`{shown}` is no bundle: it holds no `{MANIFEST}`"),
            format!("`redress new {shown}` writes one into an empty directory"),
        )
    } else {
        (format!("there is no directory `{shown}`"), format!("`redress new {shown}` writes a bundle to start from"))
    };
    Failure::Environment { message, help: Some(help) }
}
