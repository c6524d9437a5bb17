//! `redress why`: what would have to be otherwise for a case to come out as wanted.

use super::bundle_choice::BundleChoice;
use super::case_input::CaseInput;
use super::exit::{Done, Exit, Failure};
use super::letter::{at_moment, refusal};
use super::terminal::Terminal;
use crate::authoring::why::{
    Question, WhyError, customer_answer, customer_open, customer_page, open_page, still_open, why, why_page,
};
use crate::bundle::Moment;
use crate::case::Case;
use crate::limits::WHY_ANSWERS_MAX;
use crate::policy::Policy;
use crate::value::DateTime;
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress why case.yaml                                 what could still change the decision
  redress why case.yaml --want 'goodwill.amount > 0'
  redress why case.yaml --want 'relationship.action = keep' --want 'approval.role = agent'
  redress why case.yaml --want 'outcome = uphold' --only finding --customer

Exit codes: 0 there is a way, or it is so already; 1 there is none, or something that was read is wrong;
2 the question is wrong. Without `--want` nothing is wanted, and 1 is for what is wrong alone";

/// Tell what would have to be otherwise for a case to come out as wanted
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct Why {
    /// A case file, or `-` for standard input
    #[arg(value_name = "CASE")]
    case: PathBuf,
    /// What the decision is to give: an output and a condition; several are wanted at once. Without it: what could still change it, by the
    /// rules that nearly decided
    #[arg(long, value_name = "CONDITION")]
    want: Vec<String>,
    /// A fact that may be changed, or a group of facts; else every one that is actionable
    #[arg(long, value_name = "FACT")]
    only: Vec<String>,
    /// At most so many ways; else 3, and without `--want` all that there are
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..=WHY_ANSWERS_MAX as i64))]
    ways: Option<u16>,
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// What time it is taken to be: a day, or a time with its offset; else now
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// In words that a customer may read, in the language of the case
    #[arg(long)]
    customer: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
}

impl Why {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let policy = BundleChoice::find(self.policies.as_deref())?.policy()?;
        let case = CaseInput::one(&self.case, "the question why")?;
        let at = at_moment(&case, self.at)?;
        if self.want.is_empty() {
            return self.open(&policy, &case, at, terminal);
        }
        let mut question = Question::new(&self.want).only(&self.only);
        question.ways_max = self.ways.map(usize::from);
        let answer = why(&policy, &case, at, &question).map_err(|error| failed(&case, error))?;
        let view = terminal.view();
        let text = match (self.customer, self.format) {
            (false, Format::Text) => why_page(&answer, view.width, view.colour),
            (false, Format::Json) => format!("{}\n", serde_json::to_string_pretty(&answer.to_json()).map_err(io::Error::from)?),
            (true, format) => {
                let told = customer_answer(&answer, &case);
                match format {
                    Format::Text => customer_page(&told, view.width),
                    Format::Json => format!("{}\n", serde_json::to_string_pretty(&told).map_err(io::Error::from)?),
                }
            }
        };
        terminal.print(&text)?;
        Ok(if answer.is_so || !answer.ways.is_empty() { Exit::Fine } else { Exit::Findings })
    }

    /// What could still change the decision of a case.
    fn open(&self, policy: &Policy, case: &Case, at: DateTime, terminal: &Terminal) -> Done {
        let mut open = still_open(policy, case, at, &self.only).map_err(|error| failed(case, error))?;
        open.ways.truncate(self.ways.map_or(usize::MAX, usize::from));
        let view = terminal.view();
        let json = |value: &serde_json::Value| serde_json::to_string_pretty(value).map_err(io::Error::from);
        let text = match (self.customer, self.format) {
            (false, Format::Text) => open_page(&open, view.width, view.colour),
            (false, Format::Json) => format!("{}\n", json(&open.to_json())?),
            (true, Format::Text) => customer_page(&customer_open(&open, case), view.width),
            (true, Format::Json) => {
                format!("{}\n", serde_json::to_string_pretty(&customer_open(&open, case)).map_err(io::Error::from)?)
            }
        };
        terminal.print(&text)?;
        Ok(Exit::Fine)
    }
}

fn failed(case: &Case, error: WhyError) -> Failure {
    match error {
        WhyError::Question(findings) => {
            Failure::Argument { findings, message: "the question cannot be read until this is mended".to_owned() }
        }
        WhyError::Case(error) => refusal(case, error),
    }
}
