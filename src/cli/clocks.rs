//! `redress clocks`: what is due when, by which law, and how long there is left.

use super::bundle_choice::BundleChoice;
use super::case_input::CaseInput;
use super::exit::{Done, Exit};
use super::letter::decided;
use super::terminal::Terminal;
use crate::authoring::clocks::{Deadlines, deadlines_page};
use crate::bundle::Moment;
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress clocks case.yaml                        what is due, as of now
  redress clocks case.yaml --at 2026-03-26        ... and what was missed by that day";

/// Show the clocks of a case: what is due when, by which law, and how long is left
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct Clocks {
    /// A case file, or `-` for standard input
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// What time it is taken to be: a day, or a time with its offset; else now
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// How the clocks are written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How clocks are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
}

impl Clocks {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let policy = BundleChoice::find(self.policies.as_deref())?.policy()?;
        let case = CaseInput::one(&self.case, "a list of clocks")?;
        let deadlines = Deadlines::new(&case, &decided(&policy, &case, self.at)?);
        let view = terminal.view();
        let text = match self.format {
            Format::Text => deadlines_page(&deadlines, view.width, view.colour),
            Format::Json => format!("{}\n", serde_json::to_string_pretty(&deadlines).map_err(io::Error::from)?),
        };
        terminal.print(&text)?;
        Ok(Exit::Fine)
    }
}
