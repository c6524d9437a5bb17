//! `redress watch`: a bundle while somebody edits it.
//!
//! Order of the files, each using only those before it: `eyes`, `plain`, `screen`, `keys`, `details`, `draw`, `sitting`.

mod details;
mod draw;
mod eyes;
mod keys;
mod plain;
mod screen;
mod sitting;
#[cfg(test)]
mod tests;

use super::bundle_choice;
use super::check::Report;
use super::exit::{Done, Exit, Failure};
use super::moment;
use super::terminal::Terminal;
use super::text_file;
use crate::bundle::Moment;
use crate::engine::{Following, Watch};
use clap::Args;
use eyes::Eyes;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::mpsc::channel;

const EXAMPLES_OF_USE: &str = "\
At every save the bundle is checked, its cases are decided and its tests run; what changed is shown. Without a terminal, a few lines
are written after every save.

Examples:
  redress watch my-policies                              the cases that are built in
  redress watch my-policies --cases cases/ --at 2026-03-05
  redress watch my-policies --format json | jq .changed_cases";

/// Follow a bundle while it is edited: what is wrong with it, and what every save changes
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct WatchCommand {
    /// The bundle; else `./policies`
    #[arg(value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// Case files or directories of them, decided at every save; else the cases that are built in
    #[arg(long, value_name = "FILE", num_args = 1..)]
    cases: Vec<PathBuf>,
    /// What the columns of CSV files mean
    #[arg(long, value_name = "FILE", requires = "cases")]
    mapping: Option<PathBuf>,
    /// What time it is taken to be: a day, or a time with its offset; else now, the same at every save
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// How what changed is written without a screen; `json` is a line a look, and a line once its tests were run
    #[arg(long, value_enum)]
    format: Option<Report>,
}

impl WatchCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let directory = bundle_choice::existing(self.bundle.as_deref())?;
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let at = self.at.map_or_else(moment::now, Ok)?;
        let (tells, news) = channel();
        let eyes = Eyes::new(directory.clone(), self.cases.clone(), (self.mapping.clone(), mapping), at, tells);
        // What is missing from the start is a mistake in the arguments.
        eyes.complain()?;
        let has_screen = self.format.is_none() && io::stdout().is_terminal() && io::stdin().is_terminal();
        let following = Following::begin(eyes, Watch::default(), String::new());
        let following = following.map_err(|error| Failure::system("the bundle cannot be followed", &error))?;
        if has_screen {
            sitting::sit(&directory, &news, &following, terminal.view().colour)?;
            return Ok(Exit::Fine);
        }
        plain::write(&news, self.format.unwrap_or_default(), terminal)
    }
}
