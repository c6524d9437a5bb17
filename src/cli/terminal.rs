//! Standard output and standard error: width, colour, what is said in which place.

use super::exit::{Exit, Failure};
use crate::authoring::explain::View;
use crate::text::{Diagnostics, render_all};
use anstream::{AutoStream, ColorChoice};
use std::io::{self, IsTerminal, Stderr, Stdout, Write};

/// Lines are never laid out wider than this, and as wide as this where nobody tells the width.
const WIDTH_COLUMNS_MAX: usize = 100;
const WIDTH_COLUMNS_PIPED: usize = 80;
const WIDTH_COLUMNS_MIN: usize = 40;

/// Where the program writes.
#[derive(Debug)]
pub(super) struct Terminal {
    quiet: bool,
}

impl Terminal {
    pub(super) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Standard output; colour passes only where a terminal wants it.
    #[expect(clippy::unused_self, reason = "the terminal is the one way to the streams")]
    pub(super) fn out(&self) -> AutoStream<Stdout> {
        AutoStream::auto(io::stdout())
    }

    #[expect(clippy::unused_self, reason = "the terminal is the one way to the streams")]
    fn err(&self) -> AutoStream<Stderr> {
        AutoStream::auto(io::stderr())
    }

    /// Does standard error show colour?
    pub(super) fn colours_errors() -> bool {
        AutoStream::choice(&io::stderr()) != ColorChoice::Never
    }

    /// How a decision is shown here.
    #[expect(clippy::unused_self, reason = "the terminal is the one way to the streams")]
    pub(super) fn view(&self) -> View {
        View { width: width(), colour: AutoStream::choice(&io::stdout()) != ColorChoice::Never, ..View::default() }
    }

    /// Writes to standard output.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = self.out();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// A remark on standard error, unless the program is quiet.
    pub(super) fn remark(&self, text: &str) -> Result<(), Failure> {
        if self.quiet { Ok(()) } else { self.complain(text) }
    }

    /// Something on standard error that is said in any case.
    pub(super) fn complain(&self, text: &str) -> Result<(), Failure> {
        writeln!(self.err(), "{text}")?;
        Ok(())
    }

    /// All findings, on standard error.
    pub(super) fn show(&self, findings: &Diagnostics) -> Result<(), Failure> {
        write!(self.err(), "{}", render_all(findings, Self::colours_errors()))?;
        Ok(())
    }

    /// Says why a command failed.
    pub(super) fn fail(&self, failure: &Failure) -> Exit {
        let said = match failure {
            Failure::Usage { message, help } if help.contains('\n') => self.complain(&format!("error: {message}\n\n{help}")),
            Failure::Usage { message, help } | Failure::Environment { message, help: Some(help) } => {
                self.complain(&format!("error: {message}\n  = help: {help}"))
            }
            Failure::Environment { message, help: None } => self.complain(&format!("error: {message}")),
            Failure::Findings { findings, message } | Failure::Argument { findings, message } => {
                self.show(findings).and_then(|()| self.complain(&format!("error: {message}")))
            }
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Failure::Output(error) => self.complain(&format!("error: the output cannot be written: {error}")),
        };
        // With standard error gone too, the exit code is all that is left to say it.
        said.map_or(Exit::Environment, |()| failure.exit())
    }
}

fn width() -> usize {
    if !io::stdout().is_terminal() {
        return WIDTH_COLUMNS_PIPED;
    }
    terminal_size::terminal_size()
        .map_or(WIDTH_COLUMNS_PIPED, |(width, _)| usize::from(width.0).clamp(WIDTH_COLUMNS_MIN, WIDTH_COLUMNS_MAX))
}
