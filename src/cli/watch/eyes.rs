//! What is looked at: a bundle and cases, as they lie on disk.

use crate::authoring::watch::{Look, Tested, WatchedCase};
use crate::bundle::{BundleFiles, Moment};
use crate::cli::case_input::{CaseInput, DECIDE, unreadable};
use crate::cli::example::EXAMPLES;
use crate::cli::exit::Failure;
use crate::cli::text_file;
use crate::engine::{Followed, read_directory};
use crate::history::{Cases, HistoryFile, Mapping};
use crate::limits::{DOCUMENT_BYTES_MAX, WATCHED_CASES_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, Source, render_all};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

/// What is told to whoever shows it.
#[derive(Debug)]
pub(super) enum News {
    /// A look, and how long it took.
    Looked(Arc<Look>, Duration),
    /// What came of the tests of the look of that number, and how long they took.
    Tested(u64, Tested, Duration),
}

/// See the module.
pub(super) struct Eyes {
    directory: PathBuf,
    cases: Vec<PathBuf>,
    mapping: (Option<PathBuf>, Option<Mapping>),
    at: Moment,
    tells: Sender<News>,
    /// The number of the last look, by which tests see that nobody waits for them any more.
    number: Arc<AtomicU64>,
}

/// A case file as it was read, or why it cannot be.
type CaseText = (PathBuf, Result<Vec<u8>, Failure>);

/// Everything that was read.
pub(super) struct Found {
    files: Result<BundleFiles, Diagnostics>,
    cases: Vec<CaseText>,
    /// Arguments of which nothing can be read.
    missing: Vec<Failure>,
}

impl Eyes {
    pub(super) fn new(
        directory: PathBuf,
        cases: Vec<PathBuf>,
        mapping: (Option<PathBuf>, Option<Mapping>),
        at: Moment,
        tells: Sender<News>,
    ) -> Self {
        Self { directory, cases, mapping, at, tells, number: Arc::default() }
    }

    /// Fails where an argument names what is not there or cannot be a case.
    pub(super) fn complain(&self) -> Result<(), Failure> {
        let (cases, missing) = self.case_texts();
        if let Some(failure) = missing.into_iter().next() {
            return Err(failure);
        }
        for (path, text) in cases {
            file_cases(&path, text?, self.mapping.1.as_ref())?;
        }
        Ok(())
    }

    fn case_texts(&self) -> (Vec<CaseText>, Vec<Failure>) {
        let (inputs, missing) = CaseInput::of_arguments(&self.cases, self.mapping.0.as_deref());
        let files = inputs.into_iter().filter_map(|input| match input {
            CaseInput::File(file) => (!file.is_standard_input()).then_some(file.path),
            CaseInput::Example(_) => None,
        });
        let read = |path: PathBuf| {
            let text = bytes(&path).map_err(|error| Failure::system(&format!("`{}` cannot be read", path.display()), &error));
            (path, text)
        };
        (files.map(read).collect(), missing)
    }

    /// The cases of all files, as many as are watched.
    fn watched(&self, cases: Vec<CaseText>, missing: Vec<Failure>) -> Vec<WatchedCase> {
        let watched: Vec<WatchedCase> = missing.into_iter().map(|failure| unread("cases", failure)).collect();
        if self.cases.is_empty() {
            let built_in = EXAMPLES
                .iter()
                .map(|example| (PathBuf::from(format!("{}.yaml", example.name)), Ok(example.source().text().into())));
            return self.watched_in(built_in.collect(), watched);
        }
        self.watched_in(cases, watched)
    }

    fn watched_in(&self, cases: Vec<CaseText>, mut watched: Vec<WatchedCase>) -> Vec<WatchedCase> {
        let stems: BTreeSet<_> = cases.iter().map(|(path, _)| path.file_stem()).collect();
        let are_unique = stems.len() == cases.len();
        for (path, text) in cases {
            let stem = path.file_stem().filter(|_| are_unique).map(|stem| stem.to_string_lossy().into_owned());
            let name = stem.unwrap_or_else(|| path.display().to_string());
            match text.and_then(|text| file_cases(&path, text, self.mapping.1.as_ref())) {
                Ok(open) => {
                    let left = WATCHED_CASES_MAX.saturating_sub(watched.len());
                    let all: Vec<_> = open.take(left).collect();
                    let is_one = all.len() == 1;
                    watched.extend(all.into_iter().enumerate().map(|(at, case)| {
                        let name = if is_one { name.clone() } else { format!("{name} {}", at + 1) };
                        WatchedCase { name, case }
                    }));
                }
                Err(failure) => watched.push(unread(&name, failure)),
            }
        }
        watched
    }
}

/// The cases of a file whose bytes were read.
fn file_cases(path: &Path, bytes: Vec<u8>, mapping: Option<&Mapping>) -> Result<Cases, Failure> {
    HistoryFile::named(path).cases_in(bytes, mapping).map_err(|error| unreadable(error, DECIDE))
}

/// A case of which there is nothing but why it cannot be read.
fn unread(name: &str, failure: Failure) -> WatchedCase {
    let findings = match failure {
        Failure::Findings { findings, .. } | Failure::Argument { findings, .. } => findings,
        Failure::Usage { message, .. } | Failure::Environment { message, .. } => {
            std::iter::once(Diagnostic::global(Code::Unreadable, message)).collect()
        }
        Failure::Output(error) => std::iter::once(Diagnostic::global(Code::Unreadable, error.to_string())).collect(),
    };
    WatchedCase { name: name.to_owned(), case: Err(findings) }
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let most = u64::try_from(DOCUMENT_BYTES_MAX).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Followed for Eyes {
    type Found = Found;
    type Built = (Arc<Look>, Duration);

    fn paths(&self) -> Vec<PathBuf> {
        std::iter::once(&self.directory).chain(&self.cases).cloned().collect()
    }

    fn read(&self) -> (String, Found) {
        let files = read_directory(&self.directory);
        let mut print = match &files {
            Ok(files) => files.digest_of_all(),
            Err(findings) => render_all(findings, false),
        };
        let (cases, missing) = self.case_texts();
        for (path, text) in &cases {
            let text = text.as_ref().map_or_else(|failure| format!("{failure:?}"), |text| blake3::hash(text).to_string());
            print.push_str(&format!("\n{} {text}", path.display()));
        }
        print.push_str(&format!("\n{missing:?}"));
        (print, Found { files, cases, missing })
    }

    fn build(&mut self, found: Found) -> Self::Built {
        let begun = Instant::now();
        let cases = self.watched(found.cases, found.missing);
        let look = Look::at(found.files, &cases, self.at);
        (Arc::new(look), begun.elapsed())
    }

    /// Tells of the look at once; the tests, which take longer, run beside it until there is another one.
    fn take(&mut self, (look, took): Self::Built) {
        let number = self.number.fetch_add(1, Ordering::AcqRel) + 1;
        // Nobody who listens has gone.
        let _ = self.tells.send(News::Looked(look.clone(), took));
        let (latest, tells, directory) = (self.number.clone(), self.tells.clone(), self.directory.clone());
        let test = move || {
            let begun = Instant::now();
            let case_file = |path: &str| case_file(&directory, path);
            let is_stale = || latest.load(Ordering::Acquire) != number;
            if let Some(tests) = Tested::of(&look, &case_file, &is_stale) {
                let _ = tells.send(News::Tested(number, tests, begun.elapsed()));
            }
        };
        if let Err(error) = std::thread::Builder::new().name("redress-tests".to_owned()).spawn(test) {
            tracing::warn!(%error, "the system gives no thread for the policy tests");
        }
    }
}

/// A case file that a policy test names, by its path from the directory of the bundle.
fn case_file(directory: &Path, path: &str) -> Result<Source, String> {
    let path = directory.join(path);
    let file = File::open(&path).map_err(|error| error.to_string())?;
    text_file::read(file, &path.display().to_string()).map_err(|finding| finding.message)
}
