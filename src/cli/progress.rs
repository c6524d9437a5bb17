//! Progress over many cases, on standard error.

use super::exit::Failure;
use super::terminal::Terminal;
use crate::backtest::figures::count;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// A run that is over sooner shows no progress.
const SILENT: Duration = Duration::from_millis(700);
/// Without a terminal, one line in this time.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// How far a run has come: a moving line on a terminal, else a plain line now and then.
pub(super) struct Progress<'t> {
    terminal: &'t Terminal,
    count: u64,
    /// The cases that were done when the first of this run were, and when.
    first: Option<(u64, Duration)>,
    begun: Instant,
    last_line: Instant,
    bar: Option<ProgressBar>,
    is_terminal: bool,
}

impl<'t> Progress<'t> {
    pub(super) fn begin(terminal: &'t Terminal) -> Self {
        let now = Instant::now();
        Self { terminal, count: 0, first: None, begun: now, last_line: now, bar: None, is_terminal: io::stderr().is_terminal() }
    }

    /// One more case is done.
    pub(super) fn step(&mut self) -> Result<(), Failure> {
        self.count += 1;
        if self.terminal.is_quiet() || self.begun.elapsed() < SILENT {
            return Ok(());
        }
        if self.is_terminal {
            self.bar.get_or_insert_with(bar).set_position(self.count);
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            self.terminal.remark(&format!("{} cases so far", self.count))?;
        }
        Ok(())
    }

    /// So many cases are done, and so many bytes of all are read, where it is known how many there are.
    pub(super) fn advance(&mut self, cases: u64, bytes: Option<(u64, u64)>) -> Result<(), Failure> {
        self.count = cases;
        let first = *self.first.get_or_insert((cases, self.begun.elapsed()));
        if self.terminal.is_quiet() || self.begun.elapsed() < SILENT {
            return Ok(());
        }
        // What an earlier run has decided is no part of the rate.
        let seconds = self.begun.elapsed().saturating_sub(first.1).as_secs();
        let rate = cases.saturating_sub(first.0).checked_div(seconds);
        let rate = rate.map_or_else(String::new, |rate| format!(", {} a second", count(rate)));
        let text = format!("{} cases{rate}", count(cases));
        if self.is_terminal {
            let bar = self.bar.get_or_insert_with(|| bytes.map_or_else(bar, |(_, of)| whole_bar(of)));
            match bytes {
                Some((read, _)) => bar.set_position(read),
                None => bar.set_position(cases),
            }
            bar.set_message(text);
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            let part = bytes.and_then(|(read, of)| (read * 100).checked_div(of));
            let part = part.map_or_else(String::new, |part| format!(", {part} % of the history"));
            self.terminal.remark(&format!("{text}{part}"))?;
        }
        Ok(())
    }

    /// Writes something while the moving line is out of the way.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the moving line away.
    pub(super) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    // A style that cannot be read would only look different.
    match ProgressStyle::with_template("{spinner} {pos} cases, {per_sec}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn whole_bar(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    match ProgressStyle::with_template("{bar:24} {percent:>3} %  {msg}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
