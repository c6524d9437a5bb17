//! A run from its first row to its documents: what the program does for `redress backtest`.

use super::out_directory::{OutDirectory, OutError};
use super::report::{HistoryNote, Report};
use super::run::{RunError, Step};
use super::threshold::Threshold;
use super::trial::{Backtest, Found};
use crate::history::{HistoryFile, HistoryPosition, Mapping, Pieces};
use std::ops::ControlFlow;
use std::path::Path;
use thiserror::Error;

/// How a run goes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct RunOptions {
    /// How many threads decide; 0 is one for each core.
    pub threads: usize,
    /// More rejected rows than that end the run.
    pub rejects_max: Option<u64>,
    /// What the history, the policies and the options are told apart by, for a run that goes on with another.
    pub mark: String,
    /// Goes on where the run in the directory was ended.
    pub resume: bool,
    /// The bounds that the report is held against.
    pub thresholds: Vec<Threshold>,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Course {
    /// Cases decided, those of an earlier run among them.
    pub cases: u64,
    /// Rows rejected.
    pub rejects: u64,
    /// Bytes of all files that were read, as they lie there.
    pub bytes: u64,
}

/// What the caller wants after a piece of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wish {
    /// On to the next.
    GoOn,
    /// On to the next, once it is noted how far the run has come.
    Note,
    /// An end, with a report of what was decided so far.
    End,
}

/// Why a run came to nothing.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WholeRunError {
    /// The history cannot be read.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The result cannot be written.
    #[error(transparent)]
    Out(#[from] OutError),
}

/// A run with its report.
#[derive(Debug)]
#[non_exhaustive]
pub struct WholeRun {
    /// What came of it.
    pub report: Report,
    /// It was ended since more rows were rejected than allowed.
    pub too_many_rejects: bool,
    /// It was ended because somebody wished it.
    pub ended: bool,
}

impl Backtest<'_> {
    /// Runs over the files of a history. With a directory, the results are written there: a line for every case, a line for every rejected
    /// row, and the `documents` that are made of the report.
    ///
    /// # Errors
    /// A history that cannot be read, or a directory that cannot be written.
    pub fn run_whole(
        &self,
        files: Vec<HistoryFile>,
        mapping: Option<&Mapping>,
        out: Option<&Path>,
        options: &RunOptions,
        documents: &dyn Fn(&Report) -> Vec<(&'static str, String)>,
        course: &mut dyn FnMut(Course) -> Wish,
    ) -> Result<WholeRun, WholeRunError> {
        let names = files.iter().map(|file| file.name.to_string()).collect();
        // The history is opened first, so that a mistake in it leaves no directory behind.
        let mut pieces = Pieces::open(files.clone(), mapping, HistoryPosition::default()).map_err(RunError::from)?;
        let (mut directory, found, from) = match out {
            Some(path) => {
                let (directory, found, from) =
                    OutDirectory::open(path, (options.mark.clone(), options.resume), (self.form, self.results()))?;
                (Some(directory), found, from)
            }
            None => (None, Found::default(), HistoryPosition::default()),
        };
        if from != HistoryPosition::default() {
            pieces = Pieces::open(files, mapping, from).map_err(RunError::from)?;
        }
        let mut next = from;
        let (mut failed, mut too_many_rejects, mut ended) = (None, false, false);
        let mut each = |step: &mut Step<'_>| {
            next = step.next;
            too_many_rejects = options.rejects_max.is_some_and(|most| step.found.rejects.rows > most);
            let wish = course(Course { cases: step.found.cases, rejects: step.found.rejects.rows, bytes: step.bytes_read });
            ended = wish == Wish::End;
            if let Some(directory) = &mut directory {
                let mut written = directory.take(step);
                if written.is_ok() && (wish != Wish::GoOn || too_many_rejects) {
                    written = directory.note(step.found, step.next);
                }
                if let Err(error) = written {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            if ended || too_many_rejects { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let found = self.run(&mut pieces, found, options.threads, &mut each)?;
        if let Some(error) = failed {
            return Err(error.into());
        }
        let stopped = if ended {
            Some("somebody ended the run before the history was read to its end".to_owned())
        } else if too_many_rejects {
            Some(format!("more rows were rejected than are allowed ({})", found.rejects.rows))
        } else {
            found.broken.clone()
        };
        let note = HistoryNote { files: names, complete: stopped.is_none(), stopped, ..HistoryNote::default() };
        let mut report = self.report(&found, note);
        report.bounds = options.thresholds.iter().map(|threshold| threshold.hold(&report)).collect();
        if let Some(directory) = directory {
            directory.end(&documents(&report), !ended && !too_many_rejects)?;
        }
        Ok(WholeRun { report, too_many_rejects, ended })
    }
}
