//! `redress replay`: decisions of a journal taken again, and compared byte by byte.

use super::bundle_choice::BundleChoice;
use super::case_input::CaseInput;
use super::check::Report;
use super::exit::{Done, Exit, Failure};
use super::progress::Progress;
use super::recording::{exit_of, failure, key_of};
use super::terminal::Terminal;
use super::text_file;
use crate::bundle::BundleFiles;
use crate::engine::{Store, StoreError};
use crate::journal::{DecisionRecord, Difference, Entry, Obstacle, Place, Record, Records, Replay, Replayed};
use crate::policy::Extensions;
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress replay decisions.jsonl --policies policies              every decision was made by this bundle
  redress replay decisions.jsonl --store store                    each by the bundle whose digest it names
  redress replay decisions.jsonl --store store --cases 2026.jsonl --key journal.key
                                                                  a journal that keeps no cases, or masked ones

Exit codes: 0 every decision came out the same in every byte; 1 one did not, or could not be taken again; 2 wrong usage;
3 something cannot be read";

/// Take every decision of a journal again, and compare it byte by byte
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct ReplayCommand {
    /// The journal, with all of its segments; or one closed segment
    #[arg(value_name = "FILE")]
    journal: PathBuf,
    /// The bundle that decided; else, without --store, as for `decide`
    #[arg(long, value_name = "DIR")]
    policies: Option<PathBuf>,
    /// The store that holds the bundles that decided
    #[arg(long, value_name = "STORE")]
    store: Option<PathBuf>,
    /// The cases, where the journal keeps none or masked ones: files and directories, as `decide` reads them
    #[arg(long, value_name = "CASE", num_args = 1..)]
    cases: Vec<PathBuf>,
    /// What the columns of a CSV file mean
    #[arg(long, value_name = "FILE", requires = "cases")]
    mapping: Option<PathBuf>,
    /// The key with which personal facts were masked
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// How it is told
    #[arg(long, value_enum, default_value_t)]
    format: Report,
}

/// Where bundles are looked for.
struct Shelf {
    choice: Option<BundleChoice>,
    store: Option<Store>,
}

/// How it went.
#[derive(Default)]
struct Outcome {
    same: u64,
    other: u64,
    undecided: u64,
    impossible: BTreeMap<Obstacle, u64>,
    /// Records by other versions of the engine.
    engines: BTreeMap<String, u64>,
    broken: u64,
    told: Vec<Value>,
}

impl ReplayCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let key = self.key.as_deref().map(key_of).transpose()?;
        let shelf = self.shelf()?;
        let records = Records::open(&self.journal).map_err(|error| failure(&error))?;
        let mut replay = Replay::new(|digest| shelf.find(digest), Extensions::new());
        if let Some(key) = key {
            replay = replay.with_key(key);
        }
        let mut exit = self.give_cases(terminal, &mut replay)?;
        let mut outcome = Outcome::default();
        let mut progress = Progress::begin(terminal);
        for read in records {
            match read {
                Ok((place, record)) => {
                    let Entry::Decision(told) = &record.entry else { continue };
                    let replayed = replay.take(told);
                    if record.engine != env!("CARGO_PKG_VERSION") {
                        *outcome.engines.entry(record.engine.clone()).or_default() += 1;
                    }
                    let text = outcome.note(&place, &record, told, replayed);
                    if self.format == Report::Text {
                        // It is told at once, and not kept for the end.
                        outcome.told.clear();
                    }
                    if self.format == Report::Text && !text.is_empty() {
                        progress.aside(|| terminal.print(&text))?;
                    }
                }
                Err(error) => {
                    outcome.broken += 1;
                    exit = exit.max(exit_of(&error));
                    progress.aside(|| terminal.fail(&failure(&error)));
                }
            }
            progress.step()?;
        }
        progress.end();
        let text = match self.format {
            Report::Text => outcome.summary(),
            Report::Json => format!("{:#}\n", outcome.json()),
        };
        terminal.print(&text)?;
        Ok(if outcome.is_clean() { exit } else { exit.max(Exit::Findings) })
    }

    fn shelf(&self) -> Result<Shelf, Failure> {
        let failed = |error: StoreError| Failure::Environment { message: error.to_string(), help: error.help() };
        let store = self.store.as_ref().map(Store::open_existing).transpose().map_err(failed)?;
        let choice = match (&self.policies, &store) {
            (None, Some(_)) => None,
            (named, _) => {
                let choice = BundleChoice::find(named.as_deref())?;
                choice.policy()?;
                Some(choice)
            }
        };
        Ok(Shelf { choice, store })
    }

    fn give_cases(&self, terminal: &Terminal, replay: &mut Replay<'_>) -> Result<Exit, Failure> {
        let mut exit = Exit::Fine;
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let (inputs, failures) = CaseInput::of_arguments(&self.cases, self.mapping.as_deref());
        for failure in &failures {
            exit = exit.max(terminal.fail(failure));
        }
        for input in &inputs {
            match input.open(mapping.as_ref()) {
                Ok(open) => {
                    for case in open.cases {
                        match case {
                            Ok(case) => replay.give_case(case),
                            Err(findings) => {
                                terminal.show(&findings)?;
                                exit = exit.max(Exit::Findings);
                            }
                        }
                    }
                }
                Err(failure) => exit = exit.max(terminal.fail(&failure)),
            }
        }
        Ok(exit)
    }
}

impl Shelf {
    /// The bundle of a digest, or why it is not at hand.
    fn find(&self, digest: &str) -> Result<BundleFiles, String> {
        if let Some(choice) = self.choice.as_ref().filter(|choice| choice.files().digest() == digest) {
            return Ok(choice.files().clone());
        }
        let Some(store) = &self.store else {
            let origin = self.choice.as_ref().map_or_else(String::new, BundleChoice::origin);
            return Err(format!("the bundle {origin} is another one"));
        };
        store.get(digest).map(|stored| stored.files).map_err(|error| error.to_string())
    }
}

impl Outcome {
    /// Counts what became of a record, and gives what is said of it at once.
    fn note(&mut self, place: &Place, record: &Record, told: &DecisionRecord, replayed: Replayed) -> String {
        let name = format!("{place}: record {}, case {}, {}", record.number, told.case_id, told.bundle.bundle);
        let whole = |value: Option<String>| value.unwrap_or_else(|| "nothing".to_owned());
        match replayed {
            Replayed::Same => {
                self.same += 1;
                String::new()
            }
            Replayed::Other(Difference { path, before, after, .. }) => {
                self.other += 1;
                self.told.push(json!({
                    "record": record.number,
                    "case_id": told.case_id,
                    "place": place.to_string(),
                    "path": path,
                    "recorded": before,
                    "replayed": after,
                }));
                format!(
                    "{name} {}\n  {path}\n    recorded  {}\n    replayed  {}\n",
                    told.bundle.version,
                    whole(before),
                    whole(after)
                )
            }
            Replayed::Undecided(reason) => {
                self.undecided += 1;
                self.told.push(json!({
                    "record": record.number,
                    "case_id": told.case_id,
                    "place": place.to_string(),
                    "error": reason,
                }));
                format!("{name} {}\n  it is not decided now: {reason}\n", told.bundle.version)
            }
            Replayed::Impossible(obstacle) => {
                *self.impossible.entry(obstacle).or_default() += 1;
                String::new()
            }
        }
    }

    fn taken(&self) -> u64 {
        self.same + self.other + self.undecided
    }

    fn is_clean(&self) -> bool {
        self.other + self.undecided + self.broken == 0 && self.impossible.is_empty()
    }

    fn summary(&self) -> String {
        let mut text =
            format!("{} decisions taken again: {} the same in every byte, {} otherwise", self.taken(), self.same, self.other);
        if self.undecided > 0 {
            text.push_str(&format!(", {} not decided now", self.undecided));
        }
        text.push('\n');
        for (obstacle, count) in &self.impossible {
            let (why, help) = told(obstacle);
            text.push_str(&format!("{count} not taken again: {why}\n  = help: {help}\n"));
        }
        for (engine, count) in &self.engines {
            text.push_str(&format!("{count} recorded by engine {engine}, and this is {}\n", env!("CARGO_PKG_VERSION")));
        }
        if self.broken > 0 {
            let lines =
                if self.broken == 1 { "1 line is no record".to_owned() } else { format!("{} lines are no records", self.broken) };
            text.push_str(&format!("{lines}: `redress journal verify` tells where the chain breaks\n"));
        }
        text
    }

    fn json(&self) -> Value {
        let obstacles: Vec<Value> =
            self.impossible.iter().map(|(obstacle, count)| json!({"why": told(obstacle).0, "records": count})).collect();
        json!({
            "same": self.same,
            "other": self.other,
            "undecided": self.undecided,
            "not_taken_again": obstacles,
            "other_engines": self.engines,
            "broken_lines": self.broken,
            "differences": self.told,
        })
    }
}

/// Why a decision is not taken again, and what to do about it.
fn told(obstacle: &Obstacle) -> (String, &'static str) {
    match obstacle {
        Obstacle::NoCase => ("the journal keeps no cases".to_owned(), "name them: `--cases FILE`; a case is found by its digest"),
        Obstacle::Masked => ("facts of the case are masked".to_owned(), "name the cases and the key: `--cases FILE --key FILE`"),
        Obstacle::NoKey(id) => (format!("personal facts are masked by the key {id}"), "name that key: `--key FILE`"),
        Obstacle::NoBundle(digest, why) => (
            format!("the bundle {digest} is not at hand: {why}"),
            "name the store that keeps it: `--store STORE`; `redress bundle list` shows what it holds",
        ),
        Obstacle::BadCase(why) => (format!("the case of the record cannot be read: {why}"), "name the case: `--cases FILE`"),
    }
}
