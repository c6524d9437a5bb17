//! `redress decide`: cases in, decisions out.

use super::as_of::Then;
use super::bundle_choice::BundleChoice;
use super::case_input::{CaseInput, OpenCases, ReadCase};
use super::example::{EXAMPLES, Example, FIRST};
use super::exit::{Done, Exit, Failure};
use super::moment;
use super::progress::Progress;
use super::recording::JournalOptions;
use super::tally::Tally;
use super::terminal::Terminal;
use super::text_file;
use crate::authoring::explain::{View, explain, list_heading, list_line};
use crate::bundle::Moment;
use crate::case::Case;
use crate::decision::Decision;
use crate::engine::{Change, Engine, Reload, ReloadEvent, Watching};
use crate::evaluation::{Circumstances, DecideError};
use crate::journal::Journal;
use crate::value::{Date, DateTime};
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress decide --example                              a case that is built in
  redress decide case.yaml                              one case, for a person to read
  redress decide case.yaml --explain                    the same, with every rule and value
  redress decide cases/ --format json                   all case files below a directory
  redress decide --mapping mapping.yaml history.csv     a history of another system
  cat cases.jsonl | redress decide - --format json      one decision a line
  redress decide cases.jsonl --journal decisions.jsonl --journal-failing required
                                                        each decision is recorded before it is shown
  redress decide case.yaml --as-of 2026-01-15 --store store
                                                        by the bundle in force then, and by today's
  tail -f cases.jsonl | redress decide - --watch        as cases come, by the bundle as it changes";

/// Decide cases: what is owed, what is added, who signs, what happens next, and why
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct Decide {
    /// Case files (.yaml, .json, .jsonl, .csv with a mapping), directories of them, or `-` for standard input
    #[arg(value_name = "CASE")]
    cases: Vec<PathBuf>,
    /// A case that is built in
    #[arg(
        long,
        value_name = "NAME",
        num_args = 0..=1,
        default_missing_value = FIRST,
        conflicts_with = "cases",
        value_parser = PossibleValuesParser::new(EXAMPLES.iter().map(|example| example.name)),
    )]
    example: Option<String>,
    /// The bundle that decides; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// What time it is taken to be: a day, or a time with its offset; else now
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// What the columns of a CSV file mean
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// How decisions are written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Every rule, value, cap and plugin that led to the decision, and the rules that nearly decided
    #[arg(long)]
    explain: bool,
    /// Follow the bundle while cases come in: each is decided by what the bundle says by then, as of that moment
    #[arg(long)]
    watch: bool,
    /// Decide also by the bundle that was in force on this day, as of that day, and show both; takes it from --store
    #[arg(long, value_name = "DATE", value_parser = Date::parse, requires = "store", conflicts_with_all = ["watch", "journal"])]
    as_of: Option<Date>,
    /// The store that holds the bundles of earlier days
    #[arg(long, value_name = "STORE", requires = "as_of")]
    store: Option<PathBuf>,
    #[command(flatten)]
    journal: JournalOptions,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// For a program: one document a case, one line each where there are several
    Json,
    /// For a program: one document a case
    Yaml,
}

/// How the decisions of one input are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// A page of text.
    Page,
    /// A line of text.
    Row,
    /// JSON over several lines.
    Pretty,
    /// JSON in one line.
    Line,
    /// A YAML document.
    Yaml,
}

impl Decide {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let Some((inputs, failures)) = self.inputs() else { return Err(nothing_to_decide()) };
        let choice = BundleChoice::find(self.policies.as_deref())?;
        if let (Some(day), Some(store)) = (self.as_of, &self.store) {
            return self.then_and_today(terminal, &Then::find(day, store, &choice, self.explain)?, (&inputs, &failures));
        }
        let journal = self.journal.open()?;
        let builder = journal.iter().fold(Engine::builder(), |builder, journal| builder.record_in(journal.clone()));
        let engine = if self.watch { choice.live(builder)? } else { builder.open_policy(choice.policy()?) };
        let _watching = self.watch.then(|| follow(&engine)).transpose()?;
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let at = if self.watch { self.at } else { Some(self.at.map_or_else(moment::now, Ok)?) };
        let mut view = terminal.view();
        view.trace = self.explain;
        view.origin = Some(choice.origin());
        let mut run = Run {
            terminal,
            engine,
            at,
            view,
            progress: Progress::begin(terminal),
            tally: Tally::default(),
            exit: Exit::Fine,
            written: 0,
            journal,
        };
        for failure in &failures {
            run.failed(failure);
        }
        for input in &inputs {
            match input.open(mapping.as_ref()) {
                Ok(open) => {
                    let layout = self.layout(&open, inputs.len());
                    run.decide_all(open.cases, layout)?;
                }
                Err(failure) => run.failed(&failure),
            }
        }
        run.end()
    }

    /// Shows what the bundle of a day says of every case, beside today's.
    fn then_and_today(&self, terminal: &Terminal, then: &Then, (inputs, failures): (&[CaseInput], &[Failure])) -> Done {
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let at = self.at.map_or_else(moment::now, Ok)?;
        let mut view = terminal.view();
        view.trace = self.explain;
        let mut exit = failures.iter().map(|failure| terminal.fail(failure)).max().unwrap_or(Exit::Fine);
        let mut is_first = true;
        for input in inputs {
            let open = match input.open(mapping.as_ref()) {
                Ok(open) => open,
                Err(failure) => {
                    exit = exit.max(terminal.fail(&failure));
                    continue;
                }
            };
            for case in open.cases {
                let case = match case {
                    Ok(case) => case,
                    Err(findings) => {
                        terminal.show(&findings)?;
                        exit = exit.max(Exit::Findings);
                        continue;
                    }
                };
                let (text, is_whole) = match self.format {
                    Format::Text => then.text(&case, at, &view),
                    Format::Json => {
                        let (value, is_whole) = then.json(&case, at);
                        (format!("{value}\n"), is_whole)
                    }
                    Format::Yaml => {
                        let (value, is_whole) = then.json(&case, at);
                        (format!("---\n{}", serde_yaml::to_string(&value).map_err(io::Error::other)?), is_whole)
                    }
                };
                let between = if is_first || self.format != Format::Text { "" } else { "\n" };
                terminal.print(&format!("{between}{text}"))?;
                is_first = false;
                exit = if is_whole { exit } else { exit.max(Exit::Findings) };
            }
        }
        Ok(exit)
    }

    /// What is to be decided; nothing when nobody said anything.
    fn inputs(&self) -> Option<(Vec<CaseInput>, Vec<Failure>)> {
        if let Some(example) = self.example.as_deref().and_then(Example::find) {
            return Some((vec![CaseInput::Example(example)], Vec::new()));
        }
        if !self.cases.is_empty() {
            return Some(CaseInput::of_arguments(&self.cases, self.mapping.as_deref()));
        }
        let stdin = io::stdin();
        // Something is piped in, unless it is the empty input that a job without a terminal has.
        let is_piped = !stdin.is_terminal() && !stdin.lock().fill_buf().is_ok_and(<[u8]>::is_empty);
        is_piped.then(|| (vec![CaseInput::standard_input()], Vec::new()))
    }

    fn layout(&self, open: &OpenCases, inputs: usize) -> Layout {
        let is_history = open.count.is_none();
        match self.format {
            Format::Yaml => Layout::Yaml,
            Format::Json if inputs == 1 && open.count == Some(1) => Layout::Pretty,
            Format::Json => Layout::Line,
            Format::Text if is_history && !self.explain => Layout::Row,
            Format::Text => Layout::Page,
        }
    }
}

fn nothing_to_decide() -> Failure {
    Failure::Usage { message: "there is no case to decide".to_owned(), help: EXAMPLES_OF_USE.to_owned() }
}

/// Follows the bundle of an engine, and says on standard error what became of every change.
fn follow(engine: &Engine) -> Result<Watching, Failure> {
    let told = |event: &ReloadEvent| {
        let terminal = Terminal::new(false);
        // With standard error gone, there is nobody to be told.
        let _ = match &event.change {
            Change::Reload(Reload::Taken { now, .. }) => {
                terminal.complain(&format!("the bundle was changed: {} {} decides from now on", now.bundle, now.version))
            }
            Change::Reload(Reload::Rejected(rejection)) => terminal
                .show(&rejection.findings)
                .and_then(|()| terminal.complain("the bundle was changed and cannot be taken; what decided before goes on")),
            Change::Reload(_) => terminal.complain("the change of the bundle was taken back"),
            _ => Ok(()),
        };
    };
    engine.on_reload(told).keep();
    engine.watch().map_err(|error| Failure::Environment { message: error.to_string(), help: None })
}

/// A run over all inputs.
struct Run<'t> {
    terminal: &'t Terminal,
    engine: Engine,
    /// The same for all cases of a run, unless they come in over time.
    at: Option<Moment>,
    view: View,
    progress: Progress<'t>,
    tally: Tally,
    exit: Exit,
    written: u64,
    journal: Option<Journal>,
}

impl Run<'_> {
    fn decide_all(&mut self, cases: impl Iterator<Item = ReadCase>, layout: Layout) -> Result<(), Failure> {
        let mut heading = (layout == Layout::Row).then(list_heading);
        for case in cases {
            match case {
                Ok(case) => self.decide(&case, layout, &mut heading)?,
                Err(findings) => {
                    self.tally.wrong();
                    self.progress.aside(|| self.terminal.show(&findings))?;
                }
            }
            self.progress.step()?;
        }
        Ok(())
    }

    /// The decision that was recorded, with its near misses. It is taken again under the same circumstances and counts nothing; where
    /// another bundle has come into force meanwhile, it is shown as it was recorded.
    fn explained(&self, case: &Case, at: DateTime, recorded: Decision) -> Decision {
        let policy = self.engine.policy();
        let circumstances = Circumstances::new().in_quarantine(recorded.audit.quarantined.clone());
        match policy.everything().under(circumstances).evaluate(case, at).map(|evaluation| evaluation.explained()) {
            Ok(explained) if explained.decision_id == recorded.decision_id => explained,
            _ => recorded,
        }
    }

    fn decide(&mut self, case: &Case, layout: Layout, heading: &mut Option<String>) -> Result<(), Failure> {
        let decided = match self.at.map_or_else(moment::now, Ok)?.in_zone(&case.zone()) {
            Ok(at) if self.view.trace && self.journal.is_some() => {
                self.engine.decide_at(case, at).map(|recorded| self.explained(case, at, recorded))
            }
            Ok(at) if self.view.trace => self.engine.explain_at(case, at),
            Ok(at) => self.engine.decide_at(case, at),
            Err(trouble) => {
                self.tally.refused();
                return self.progress.aside(|| self.terminal.complain(&format!("error: case `{}`: {trouble}", case.id())));
            }
        };
        match decided {
            Ok(decision) => {
                self.tally.decided(decision.status);
                let heading = heading.take().map_or_else(String::new, |heading| format!("{heading}\n"));
                let text = format!("{heading}{}", self.laid_out(&decision, layout)?);
                self.written += 1;
                self.progress.aside(|| self.terminal.print(&text))
            }
            Err(DecideError::InvalidCase(findings)) => {
                self.tally.wrong();
                self.progress.aside(|| self.terminal.show(&findings))
            }
            // Nothing more would be recorded, and so nothing shown.
            Err(DecideError::NotRecorded { reason, help }) => {
                let message = format!("case `{}` was decided and is not shown, as it was not recorded: {reason}", case.id());
                Err(Failure::Environment { message, help })
            }
            Err(error) => {
                self.tally.refused();
                self.progress.aside(|| self.terminal.complain(&format!("error: case `{}`: {error}", case.id())))
            }
        }
    }

    fn laid_out(&self, decision: &Decision, layout: Layout) -> Result<String, Failure> {
        let is_first = self.written == 0;
        Ok(match layout {
            Layout::Page => {
                let between = if is_first { String::new() } else { format!("\n{}\n\n", "─".repeat(self.view.width)) };
                format!("{between}{}", explain(decision, &self.view))
            }
            Layout::Row => format!("{}\n", list_line(decision)),
            Layout::Pretty => format!("{}\n", serde_json::to_string_pretty(decision).map_err(io::Error::from)?),
            Layout::Line => format!("{}\n", decision.to_json_line()),
            Layout::Yaml => {
                let between = if is_first { "" } else { "---\n" };
                format!("{between}{}", serde_yaml::to_string(decision).map_err(io::Error::other)?)
            }
        })
    }

    /// Says why an input cannot be read, and goes on with the next.
    fn failed(&mut self, failure: &Failure) {
        let exit = self.progress.aside(|| self.terminal.fail(failure));
        self.exit = self.exit.max(exit);
    }

    fn end(mut self) -> Done {
        self.progress.end();
        if let Some(journal) = &self.journal {
            let report = journal.report();
            if report.unrecorded > 0 {
                let help = journal.trouble().and_then(|error| error.help());
                let failure = Failure::Environment { message: report.to_string(), help };
                self.exit = self.exit.max(self.terminal.fail(&failure));
            } else if let Some(reason) = &report.unpacked {
                self.terminal.remark(&format!("a closed segment of the journal is not packed: {reason}"))?;
            }
        }
        if self.tally.count() > 1 {
            self.terminal.remark(&self.tally.summary())?;
        }
        Ok(if self.tally.is_clean() { self.exit } else { self.exit.max(Exit::Findings) })
    }
}
