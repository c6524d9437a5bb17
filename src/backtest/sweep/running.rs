//! A sweep over a history that is read once: each piece is decided under every combination of values, then forgotten.

use super::grid::Setting;
use super::point::{Sweep, SweepPoint};
use crate::backtest::as_of::AsOf;
use crate::backtest::rejects::Rejects;
use crate::backtest::report::HistoryNote;
use crate::backtest::results::Written;
use crate::backtest::trial::{Backtest, Found};
use crate::backtest::whole_run::{Course, Wish};
use crate::history::{HistoryCase, HistoryError, HistoryFile, HistoryPosition, Mapping, Pieces};
use crate::policy::Policy;
use crate::text::Diagnostics;
use rayon::prelude::*;

/// So many cases are decided under every combination before more are read.
const CASES_AT_ONCE: usize = 8_192;

/// A policy, and the same policy with other values.
#[derive(Debug)]
pub struct Sweeper<'p> {
    policy: &'p Policy,
    origin: String,
    /// The policy as it is, alone.
    today: Alone<'p>,
    runs: Vec<Run<'p>>,
    cases: u64,
    rejects: Rejects,
}

#[derive(Debug)]
struct Alone<'p> {
    backtest: Backtest<'p>,
    found: Found,
}

#[derive(Debug)]
struct Run<'p> {
    setting: &'p Setting,
    backtest: Backtest<'p>,
    found: Found,
}

impl<'p> Sweeper<'p> {
    /// A policy and, for each setting, the policy that it makes.
    #[must_use]
    pub fn new(policy: &'p Policy, origin: &str, settings: &'p [(Setting, Policy)], as_of: AsOf) -> Self {
        let backtest = || Backtest::new(policy, origin, as_of).shown(0);
        let today = Alone { backtest: backtest(), found: Found::default() };
        let run = |(setting, candidate): &'p (Setting, Policy)| Run {
            setting,
            backtest: backtest().candidate(candidate, origin),
            found: Found::default(),
        };
        let runs = settings.iter().map(run).collect();
        Self { policy, origin: origin.to_owned(), today, runs, cases: 0, rejects: Rejects::default() }
    }

    /// Decides cases under every setting, on all cores.
    pub fn take(&mut self, cases: &[HistoryCase]) {
        let first = self.cases;
        let decide = |backtest: &Backtest<'_>, found: &mut Found| {
            cases.iter().zip(first..).for_each(|(case, number)| backtest.take(found, case, number, &mut Written::Nothing));
        };
        let (today, runs) = (&mut self.today, &mut self.runs);
        rayon::join(
            || decide(&today.backtest, &mut today.found),
            || runs.par_iter_mut().for_each(|run| decide(&run.backtest, &mut run.found)),
        );
        self.cases += cases.len() as u64;
    }

    /// Reads a history once and decides it under every setting, piece by piece. `course` is told how far it has come, and may end it: then
    /// what was decided until there is told, and that it is not all.
    ///
    /// # Errors
    /// A history that cannot be read.
    pub fn over(
        mut self,
        files: Vec<HistoryFile>,
        mapping: Option<&Mapping>,
        course: &mut dyn FnMut(Course) -> Wish,
    ) -> Result<Sweep, HistoryError> {
        let mut note = HistoryNote { files: files.iter().map(|file| file.name.to_string()).collect(), ..HistoryNote::default() };
        let mut pieces = Pieces::open(files, mapping, HistoryPosition::default())?;
        let mut cases = Vec::new();
        while let Some(piece) = pieces.next_piece()? {
            piece.read(
                |_| true,
                |_, row| match row {
                    Ok(Some(case)) => cases.push(case),
                    Ok(None) => note.skipped += 1,
                    Err((found, line)) => self.rejects.add(&found, &format!("{}:{line}", piece.file())),
                },
            );
            if cases.len() >= CASES_AT_ONCE {
                self.take(&cases);
                cases.clear();
                let far = Course { cases: self.cases, rejects: self.rejects.rows, bytes: piece.bytes_read };
                if course(far) == Wish::End {
                    note.stopped = Some("somebody ended it before the history was read to its end".to_owned());
                    break;
                }
            }
        }
        self.take(&cases);
        note.stopped = note.stopped.or_else(|| pieces.broken().map(str::to_owned));
        note.complete = note.stopped.is_none();
        Ok(self.end(note))
    }

    /// A row that is no case.
    pub fn reject(&mut self, found: &Diagnostics, place: &str) {
        self.rejects.add(found, place);
    }

    /// Cases that were decided so far.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.cases
    }

    /// What came of it.
    #[must_use]
    pub fn end(self, mut history: HistoryNote) -> Sweep {
        let of_today = self.today.backtest.report(&self.today.found, HistoryNote::default());
        history.as_of.clone_from(&of_today.history.as_of);
        history.cases = self.cases;
        history.not_summed = of_today.history.not_summed;
        let reports: Vec<_> =
            self.runs.iter().map(|run| (run.setting, run.backtest.report(&run.found, HistoryNote::default()))).collect();
        for (_, report) in &reports {
            history.not_summed = history.not_summed.max(report.history.not_summed);
        }
        Sweep {
            format: 1,
            history,
            policy: self.policy.name().clone(),
            origin: self.origin,
            main: of_today.policy.summary.goodwill.first().map(|of| of.currency.clone()),
            today: SweepPoint::today(&of_today.policy),
            points: reports.iter().filter_map(|(setting, report)| SweepPoint::changed((*setting).clone(), report)).collect(),
            rejects: self.rejects,
        }
    }
}
