//! `redress plan`: what was said, what is due and when, and who does it.

use super::bundle_choice::BundleChoice;
use super::case_input::CaseInput;
use super::exit::{Done, Exit};
use super::letter::decided;
use super::terminal::Terminal;
use crate::authoring::plan::{Timeline, calendar_file, plan_page};
use crate::bundle::Moment;
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress plan case.yaml                               the timeline of a case
  redress plan case.yaml --format ics > case.ics       a calendar file, to be imported";

/// Show the timeline of a case: what was said, what is due and when, and who does it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct Plan {
    /// A case file, or `-` for standard input
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// What time it is taken to be: a day, or a time with its offset; else now
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// How the timeline is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How a timeline is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
    /// For a calendar: RFC 5545
    Ics,
}

impl Plan {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let policy = BundleChoice::find(self.policies.as_deref())?.policy()?;
        let case = CaseInput::one(&self.case, "a plan")?;
        let timeline = Timeline::new(&case, &decided(&policy, &case, self.at)?);
        let view = terminal.view();
        let text = match self.format {
            Format::Text => plan_page(&timeline, view.width, view.colour),
            Format::Json => format!("{}\n", serde_json::to_string_pretty(&timeline).map_err(io::Error::from)?),
            Format::Ics => calendar_file(&timeline),
        };
        terminal.print(&text)?;
        Ok(Exit::Fine)
    }
}
