//! From files to a policy that may decide: what a bundle has to pass before an engine takes it.

use super::directory::{read_directory, read_text};
use crate::bundle::{Bundle, BundleFiles};
use crate::policy::{Extensions, Policy};
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

    /// The files as they are now.
    pub(super) fn read(&self) -> Result<BundleFiles, Diagnostics> {
        match self {
            Self::Directory(directory) => read_directory(directory),
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

/// Turns files into policies, for one engine.
#[derive(Clone, Debug, Default)]
pub(super) struct Loader {
    pub(super) extensions: Extensions,
}

impl Loader {
    /// The policy that files say, once they passed everything that they have to pass.
    pub(super) fn load(&self, files: &BundleFiles, origin: &Origin) -> Result<Policy, Diagnostics> {
        let (bundle, found) = Bundle::read(&files.deciding());
        let Some(mut bundle) = bundle else { return Err(found) };
        let policy = Policy::compile(&bundle, &self.extensions, found)?;
        if bundle.manifest.reload.require_tests {
            let mut found = Diagnostics::new();
            bundle.take_tests(files, &mut found);
            if !found.has_errors() {
                found = tested(&policy, &bundle, origin);
            }
            if found.has_errors() {
                return Err(found);
            }
        }
        Ok(policy)
    }
}

/// What the policy tests of a bundle find wrong with it.
fn tested(policy: &Policy, bundle: &Bundle, origin: &Origin) -> Diagnostics {
    let report = testing::run(policy, bundle, &|path| origin.case_file(path), None);
    if report.results.is_empty() {
        let message = "the bundle asks that its policy tests pass, and it has none";
        let help = "write tests into `tests/*.yaml`, or take `require_tests` out of `bundle.yaml`";
        return std::iter::once(Diagnostic::global(Code::FailedTest, message).help(help)).collect();
    }
    report.findings()
}
