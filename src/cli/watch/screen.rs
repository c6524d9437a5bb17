//! What stands on the screen, before it is drawn: pure data, changed by keys and by news.

use super::eyes::News;
use crate::authoring::watch::{CaseChange, FailedTest, Session};
use crate::text::{Diagnostic, Fix, Severity};
use std::cell::Cell;
use std::time::Duration;

/// The part of the screen that keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Pane {
    /// Findings, and tests that fail.
    #[default]
    Findings,
    /// Cases that are decided differently.
    Decisions,
    /// What is chosen, in full.
    Details,
}

/// What lies over the panes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Over {
    #[default]
    Nothing,
    /// The keys.
    Help,
    /// What a fix would change, and which of several it is.
    Fixes(Vec<Fix>, usize),
}

/// A line of the upper pane.
#[derive(Clone, Copy, Debug)]
pub(super) enum Problem<'a> {
    /// A finding.
    Finding(&'a Diagnostic),
    /// A test that fails.
    Test(&'a FailedTest),
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Screen {
    /// The directory, as it is shown.
    pub(super) directory: String,
    pub(super) session: Option<Session>,
    pub(super) took: Duration,
    pub(super) tests_took: Duration,
    pub(super) pane: Pane,
    /// Which line is chosen among the problems, and among the cases.
    pub(super) problem: usize,
    pub(super) case: usize,
    /// The first line of the details that is shown.
    pub(super) scroll: usize,
    /// The last line that it can be, as of the last picture.
    pub(super) scroll_last: Cell<usize>,
    /// The pane that the details are about.
    pub(super) about: Pane,
    pub(super) filter: String,
    pub(super) is_filtering: bool,
    pub(super) shows_notes: bool,
    pub(super) over: Over,
    /// Something to be told once.
    pub(super) said: Option<String>,
    pub(super) colour: bool,
}

impl Screen {
    pub(super) fn new(directory: String, colour: bool) -> Self {
        Self { directory, colour, ..Self::default() }
    }

    /// Takes news in.
    pub(super) fn hear(&mut self, news: News) {
        match (news, &mut self.session) {
            (News::Looked(look, took), session) => {
                match session {
                    Some(session) => session.see(look),
                    None => *session = Some(Session::begin(look)),
                }
                self.took = took;
                // A fix that is shown is for the files as they were.
                self.over = Over::Nothing;
            }
            (News::Tested(number, tests, took), Some(session)) => {
                session.tested(number, tests);
                self.tests_took = took;
            }
            (News::Tested(..), None) => {}
        }
        self.keep_in_range();
    }

    /// Findings and tests that fail, those that are new first, as far as they pass the filter.
    pub(super) fn problems(&self) -> Vec<(Problem<'_>, bool)> {
        let Some(session) = &self.session else { return Vec::new() };
        let changes = session.changes();
        let shown = |it: &&Diagnostic| self.shows_notes || it.severity < Severity::Advice;
        let findings = session.now().findings.iter().filter(shown);
        let findings = findings.map(|it| (Problem::Finding(it), changes.appeared.contains(it)));
        let tests = session.tests().into_iter().flat_map(|tests| &tests.failed);
        let tests = tests.map(|it| (Problem::Test(it), changes.failing.contains(&it.name)));
        let mut all: Vec<_> = findings.chain(tests).filter(|(it, _)| self.passes(&it.told())).collect();
        all.sort_by_key(|(it, is_new)| (!is_new, it.severity()));
        all
    }

    /// Cases that are decided differently, as far as they pass the filter.
    pub(super) fn changed(&self) -> Vec<&CaseChange> {
        let cases = self.session.iter().flat_map(|session| &session.changes().cases);
        cases.filter(|case| self.passes(&told_of(case))).collect()
    }

    fn passes(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.filter.to_lowercase())
    }

    /// The fixes of the finding that is chosen.
    pub(super) fn fixes(&self) -> Vec<Fix> {
        match self.problems().get(self.problem) {
            Some((Problem::Finding(finding), _)) => finding.fixes.clone(),
            _ => Vec::new(),
        }
    }

    /// What is chosen stays a line that there is.
    pub(super) fn keep_in_range(&mut self) {
        self.problem = self.problem.min(self.problems().len().saturating_sub(1));
        self.case = self.case.min(self.changed().len().saturating_sub(1));
        self.scroll = self.scroll.min(self.scroll_last.get());
    }
}

impl Problem<'_> {
    /// One line.
    pub(super) fn told(&self) -> String {
        match self {
            Self::Finding(it) => {
                let place = it.place.as_ref().map_or_else(String::new, |place| format!("{place} "));
                format!("{} {} {place}{}", crate::authoring::watch::word(it.severity), it.code, it.message)
            }
            Self::Test(it) => format!("FAILED {}", it.name),
        }
    }

    /// How bad it is; a test that fails comes behind errors.
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::Finding(it) => it.severity,
            Self::Test(_) => Severity::Warning,
        }
    }
}

/// A case in one line: what came out differently first.
pub(super) fn told_of(case: &CaseChange) -> String {
    let turned = case.turned.iter().map(|it| format!("{} {} → {}", it.what, it.before, it.after));
    let by = case.by.iter().map(|it| crate::authoring::watch::rules(&it.part, &it.before, &it.after));
    turned.chain(by).fold(format!("{}:", case.case), |line, part| {
        let mark = if line.ends_with(':') { " " } else { " · " };
        format!("{line}{mark}{part}")
    })
}
