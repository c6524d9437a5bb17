//! Cases from files, directories and standard input; a history is read as a stream, never whole.

use super::example::Example;
use super::exit::Failure;
use crate::case::{Case, read_text};
use crate::history::{Cases, HistoryError, HistoryFile, Mapping};
use crate::text::Diagnostics;
use std::path::{Path, PathBuf};

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Where cases come from.
#[derive(Clone, Debug)]
pub(super) enum CaseInput {
    File(HistoryFile),
    Example(Example),
}

/// A case, or every mistake in it.
pub(super) type ReadCase = Result<Case, Diagnostics>;

/// Cases, opened.
pub(super) struct OpenCases {
    pub(super) cases: Box<dyn Iterator<Item = ReadCase>>,
    /// How many, where that is known before they are read: a history may be endless.
    pub(super) count: Option<usize>,
}

impl CaseInput {
    /// What the arguments name: files as they are, directories as all case files below them, in their order.
    ///
    /// What cannot be found or read is told apart from the rest, which is decided all the same.
    pub(super) fn of_arguments(arguments: &[PathBuf], mapping: Option<&Path>) -> (Vec<Self>, Vec<Failure>) {
        let (mut inputs, mut failures) = (Vec::new(), Vec::new());
        for argument in arguments {
            if argument.is_dir() {
                match HistoryFile::find(std::slice::from_ref(argument), mapping) {
                    Ok(files) => inputs.extend(files.into_iter().map(Self::File)),
                    Err(error) => failures.push(unreadable(error, DECIDE)),
                }
            } else {
                inputs.push(Self::File(HistoryFile::named(argument)));
            }
        }
        (inputs, failures)
    }

    /// What comes in over standard input.
    pub(super) fn standard_input() -> Self {
        Self::File(HistoryFile::named(Path::new(STANDARD_INPUT)))
    }

    /// The one case of a file or of standard input. `wanted` is what it is read for, for whoever names several.
    pub(super) fn one(path: &Path, wanted: &str) -> Result<Case, Failure> {
        let shown =
            if path.as_os_str() == STANDARD_INPUT { "standard input".to_owned() } else { format!("`{}`", path.display()) };
        if path.is_dir() {
            let help = "name one case file".to_owned();
            return Err(Failure::Usage { message: format!("{wanted} belongs to one case, and {shown} is a directory"), help });
        }
        let mut cases = Self::File(HistoryFile::named(path)).open(None)?.cases;
        match (cases.next(), cases.next()) {
            (Some(Ok(case)), None) => Ok(case),
            (Some(Err(findings)), _) => {
                Err(Failure::Findings { findings, message: format!("the case in {shown} cannot be read until this is mended") })
            }
            (Some(Ok(_)), Some(_)) => {
                let help = "put the case that is meant into a file of its own".to_owned();
                Err(Failure::Usage { message: format!("{wanted} belongs to one case, and {shown} holds several"), help })
            }
            (None, _) => {
                Err(Failure::Usage { message: format!("there is no case in {shown}"), help: "name a case file".to_owned() })
            }
        }
    }

    /// Opens it.
    pub(super) fn open(&self, mapping: Option<&Mapping>) -> Result<OpenCases, Failure> {
        match self {
            Self::Example(example) => {
                let cases = read_text(&example.source(), Example::FORMAT);
                Ok(OpenCases { count: Some(cases.len()), cases: Box::new(cases.into_iter()) })
            }
            Self::File(file) => file.cases(mapping).map(OpenCases::of).map_err(|error| unreadable(error, DECIDE)),
        }
    }
}

impl OpenCases {
    /// The cases of a file.
    pub(super) fn of(cases: Cases) -> Self {
        Self { count: cases.count_known(), cases: Box::new(cases) }
    }
}

/// How a mapping is named for a command that decides the cases that it is given.
pub(super) const DECIDE: &str = "redress decide --mapping mapping.yaml cases.csv";

/// Cases that cannot be read. `with_mapping` is how a table is given to the command.
pub(super) fn unreadable(error: HistoryError, with_mapping: &str) -> Failure {
    let help = match error {
        HistoryError::Findings { name, findings } => {
            return Failure::Findings { findings, message: format!("no case of `{name}` can be read until this is mended") };
        }
        HistoryError::NeedsMapping(_) => {
            return Failure::Usage { message: error.to_string(), help: format!("name one: `{with_mapping}`") };
        }
        ref other => other.help(),
    };
    Failure::Environment { message: error.to_string(), help: help.map(str::to_owned) }
}
