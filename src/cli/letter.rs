//! `redress letter`: the letters that a decision asks for.

use super::bundle_choice::BundleChoice;
use super::case_input::CaseInput;
use super::check::Report;
use super::exit::{Done, Exit, Failure};
use super::moment;
use super::terminal::Terminal;
use crate::authoring::letters::{letter_page, variables_page};
use crate::bundle::Moment;
use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::DecideError;
use crate::letter::{Letter, LetterError};
use crate::policy::Policy;
use crate::value::DateTime;
use clap::Args;
use std::io;
use std::path::PathBuf;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress letter case.yaml                             every letter that the decision asks for
  redress letter case.yaml --lang pt-BR                the same in another language
  redress letter case.yaml --kind apology              one letter, be it only to see it
  redress letter --variables                           what a letter can print";

/// Write the letters that a decision asks for, from facts of the case and the decision alone
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct LetterCommand {
    /// A case file, or `-` for standard input
    #[arg(value_name = "CASE", required_unless_present = "variables")]
    case: Option<PathBuf>,
    /// One letter only; one that the decision does not ask for is a preview
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// The language, such as `es` or `pt-BR`; else that of the case
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// What time it is taken to be: a day, or a time with its offset; else now
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// How letters are written
    #[arg(long, value_enum, default_value_t)]
    format: Report,
    /// List what a letter can print
    #[arg(long, conflicts_with_all = ["case", "kind", "lang", "policies", "at", "format"])]
    variables: bool,
}

impl LetterCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let view = terminal.view();
        let Some(path) = self.case.as_ref().filter(|_| !self.variables) else {
            terminal.print(&variables_page(view.width, view.colour))?;
            return Ok(Exit::Fine);
        };
        let policy = BundleChoice::find(self.policies.as_deref())?.policy()?;
        let case = CaseInput::one(path, "a letter")?;
        let decision = decided(&policy, &case, self.at)?;
        let language = self.lang.as_deref().or(case.complaint.language.known().map(String::as_str)).unwrap_or("en");
        let kinds: Vec<&str> = match &self.kind {
            Some(kind) => vec![kind],
            None => decision.letters.iter().map(|letter| letter.kind.as_ref()).collect(),
        };
        let mut exit = Exit::Fine;
        let mut letters: Vec<Letter> = Vec::new();
        for kind in kinds {
            match policy.letters().write(kind, language, &case, &decision) {
                Ok(letter) => letters.push(letter),
                Err(error) => exit = exit.max(terminal.fail(&failure(error, kind))),
            }
        }
        if self.format == Report::Json {
            terminal.print(&format!("{}\n", serde_json::to_string_pretty(&letters).map_err(io::Error::from)?))?;
        } else {
            let pages: Vec<String> = letters.iter().map(|letter| letter_page(letter, view.width, view.colour)).collect();
            terminal.print(&pages.join(&format!("\n{}\n\n", "─".repeat(view.width))))?;
        }
        if letters.is_empty() && exit == Exit::Fine {
            let kinds = policy.letters().kinds().join(", ");
            let what = format!("case `{}`: the decision asks for no letter", decision.case_id);
            terminal.remark(&format!("{what}\n  = help: `--kind` shows one all the same: {kinds}"))?;
        }
        Ok(exit)
    }
}

/// The decision of a case at a moment, now where none is named.
pub(super) fn decided(policy: &Policy, case: &Case, at: Option<Moment>) -> Result<Decision, Failure> {
    policy.decide(case, at_moment(case, at)?).map_err(|error| refusal(case, error))
}

/// A moment, now where none is named, as an instant of a case.
pub(super) fn at_moment(case: &Case, at: Option<Moment>) -> Result<DateTime, Failure> {
    let at = at.map_or_else(moment::now, Ok)?.in_zone(&case.zone());
    at.map_err(|trouble| refused(case, &trouble.to_string()))
}

/// Why a case is not decided.
pub(super) fn refusal(case: &Case, error: DecideError) -> Failure {
    match error {
        DecideError::InvalidCase(findings) => {
            Failure::Findings { findings, message: format!("case `{}` cannot be decided until this is mended", case.id()) }
        }
        other => refused(case, &other.to_string()),
    }
}

fn refused(case: &Case, why: &str) -> Failure {
    Failure::Environment { message: format!("case `{}`: {why}", case.id()), help: None }
}

fn failure(error: LetterError, kind: &str) -> Failure {
    let message = error.to_string();
    match error {
        LetterError::NoLetters => Failure::Usage {
            message,
            help: "templates are `letters/KIND.LANGUAGE.txt`; `redress new DIR` writes some".to_owned(),
        },
        LetterError::UnknownKind { help, .. } => Failure::Usage { message, help },
        LetterError::Refused(findings) => {
            Failure::Findings { findings, message: format!("the letter `{kind}` cannot go out until this is mended") }
        }
    }
}
