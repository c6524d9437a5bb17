//! Progress over many cases, on standard error.

use super::exit::Failure;
use super::terminal::Terminal;
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
    begun: Instant,
    last_line: Instant,
    bar: Option<ProgressBar>,
    is_terminal: bool,
}

impl<'t> Progress<'t> {
    pub(super) fn begin(terminal: &'t Terminal) -> Self {
        let now = Instant::now();
        Self { terminal, count: 0, begun: now, last_line: now, bar: None, is_terminal: io::stderr().is_terminal() }
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
