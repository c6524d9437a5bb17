//! How the program ends.

use crate::text::{Code, Diagnostics};
use std::io;
use std::process::ExitCode;

/// The exit codes; they are part of what scripts rely on. The worse one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// All is well.
    Fine = 0,
    /// Something that was read is wrong, or a policy test failed.
    Findings = 1,
    /// The arguments are wrong.
    Usage = 2,
    /// A file or stream cannot be read or written.
    Environment = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command cannot go on.
#[derive(Debug)]
pub(super) enum Failure {
    /// Arguments that do not go together.
    Usage { message: String, help: String },
    /// Something that the system does not give.
    Environment { message: String, help: Option<String> },
    /// Everything that is wrong with a document, and what cannot be done because of it.
    Findings { findings: Diagnostics, message: String },
    /// The same of an argument that is a text of its own.
    Argument { findings: Diagnostics, message: String },
    /// What the command had to say cannot be written.
    Output(io::Error),
}

impl Failure {
    /// A file that cannot be read or written: `what` names it.
    pub(super) fn system(what: &str, error: &io::Error) -> Self {
        Self::Environment { message: format!("{what}: {error}"), help: None }
    }

    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Usage { .. } | Self::Argument { .. } => Exit::Usage,
            Self::Environment { .. } => Exit::Environment,
            Self::Findings { findings, .. } if findings.iter().any(|each| each.code == Code::Unreadable) => Exit::Environment,
            Self::Findings { .. } => Exit::Findings,
            // Whoever reads our output may stop reading: `redress ... | head`.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Fine,
            Self::Output(_) => Exit::Environment,
        }
    }
}

impl From<io::Error> for Failure {
    /// Only writing to standard output and standard error gives bare errors; files are wrapped where they are opened.
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// How a command ends.
pub(super) type Done = Result<Exit, Failure>;
