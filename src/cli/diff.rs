//! `redress diff`: what a change of a policy does.

use super::bundle_side::BundleSide;
use super::case_input::CaseInput;
use super::exit::{Done, Exit};
use super::progress::Progress;
use super::terminal::Terminal;
use super::{moment, text_file};
use crate::authoring::diff::{Difference, Weighing, compare, to_markdown, to_text};
use crate::bundle::Moment;
use crate::case::Case;
use crate::policy::Policy;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress diff old-policies policies                     two directories
  redress diff main:policies policies                    a branch, and what lies here
  redress diff HEAD~1 HEAD --format markdown             two commits, for a pull request
  redress diff built-in policies                         what was changed of the default policy
  redress diff main policies --cases history.jsonl       weighed by real cases

Exit codes: 0 the bundles were compared, whatever came of it; 1 a bundle or case is wrong, or with --fail-on-change it is not
proved that no decision changes; 2 wrong usage; 3 something cannot be read";

/// Compare two bundles: what was changed, and which cases come out differently
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct Diff {
    /// Before: a directory, a git revision (`main`, `HEAD~1:policies`), a digest (with --store), or `built-in`
    #[arg(value_name = "OLD")]
    old: String,
    /// After, named alike; else `./policies`
    #[arg(value_name = "NEW", default_value = "policies")]
    new: String,
    /// How it is told
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The store that digests are looked up in
    #[arg(long, value_name = "STORE")]
    store: Option<PathBuf>,
    /// Cases to weigh the change by: files and directories, as `decide` reads them; `-` is standard input
    #[arg(long, value_name = "HISTORY", num_args = 1..)]
    cases: Vec<PathBuf>,
    /// What the columns of a CSV file mean
    #[arg(long, value_name = "FILE", requires = "cases")]
    mapping: Option<PathBuf>,
    /// What time it is taken to be when cases are decided: a day, or a time with its offset; else now
    #[arg(long, value_name = "DATE|TIME", requires = "cases", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// Exit with 1 unless it is proved that no decision changes
    #[arg(long)]
    fail_on_change: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
    /// For the page of a pull request
    Markdown,
}

impl Diff {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let store = self.store.as_deref();
        let old = BundleSide::find(&self.old, &self.new, store)?;
        let new = BundleSide::find(&self.new, &self.old, store)?;
        let (was, is) = (old.policy()?, new.policy()?);
        let mut found = compare(&was, &is);
        let mut exit = Exit::Fine;
        if !self.cases.is_empty() {
            exit = self.weigh(terminal, &mut found, (&was, &is))?;
        }
        let origins = (old.origin.as_str(), new.origin.as_str());
        let text = match self.format {
            Format::Text => to_text(&found, origins, &terminal.view()),
            Format::Json => format!("{}\n", serde_json::to_string_pretty(&found).map_err(std::io::Error::from)?),
            Format::Markdown => to_markdown(&found, origins),
        };
        terminal.print(&text)?;
        Ok(if self.fail_on_change && !found.equal { exit.max(Exit::Findings) } else { exit })
    }

    /// Decides every case under both policies.
    fn weigh(&self, terminal: &Terminal, found: &mut Difference, (old, new): (&Policy, &Policy)) -> Done {
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let at = self.at.map_or_else(moment::now, Ok)?;
        let (inputs, failures) = CaseInput::of_arguments(&self.cases, self.mapping.as_deref());
        let mut exit = failures.iter().map(|failure| terminal.fail(failure)).max().unwrap_or(Exit::Fine);
        let mut weighing = found.weigh(old, new);
        let mut progress = Progress::begin(terminal);
        for input in &inputs {
            let open = match input.open(mapping.as_ref()) {
                Ok(open) => open,
                Err(failure) => {
                    exit = exit.max(progress.aside(|| terminal.fail(&failure)));
                    continue;
                }
            };
            for case in open.cases {
                if let Err(findings) = case.map(|case| weigh_one(&mut weighing, &case, at)) {
                    weighing.unread();
                    exit = exit.max(Exit::Findings);
                    progress.aside(|| terminal.show(&findings))?;
                }
                progress.step()?;
            }
        }
        progress.end();
        found.weighed(weighing.end());
        Ok(exit)
    }
}

fn weigh_one(weighing: &mut Weighing<'_>, case: &Case, at: Moment) {
    match at.in_zone(&case.zone()) {
        Ok(at) => weighing.case(case, at),
        Err(_) => weighing.unread(),
    }
}
