//! `redress backtest`: what a policy would have cost over a history, whom it would have touched, what a candidate would change.

use super::again;
use super::bundle_side::{BundleSide, USUAL, named_or_usual};
use super::exit::{Done, Exit, Failure};
use super::moment;
use super::progress::Progress;
use super::terminal::Terminal;
use super::text_file;
use crate::backtest::{
    Backtest, Column, Course, Pool, Report, Results, RunError, RunOptions, Sample, Threshold, WholeRun, WholeRunError, Wish,
    page, to_markdown, to_text,
};
use crate::bundle::Moment;
use crate::history::{HistoryError, HistoryFile};
use crate::value::{Decimal, Trouble};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress backtest --cases history.jsonl.zst                        what the bundle here would have cost
  redress backtest --cases exports/ --mapping mapping.yaml          the exports of another system
  redress backtest --cases history.jsonl --policies main:policies --candidate policies --out result
                                                                    a branch, and what lies here
  redress backtest --cases history.jsonl --candidate policies --sample 5%
                                                                    a sample, and how sure its figures are
  redress backtest --cases history.jsonl --candidate policies --fail-if 'goodwill.delta > 5%' \\
      --fail-if 'new.faults > 0' --format markdown                  a gate for a pull request
  redress backtest --cases history.jsonl --budget 'goodwill=10000/month, 25 from 80%'
                                                                    when a pool runs dry, and what a limit would spare

Exit codes: 0 all was decided; 1 a bound of --fail-if was met, too many rows were rejected, or the run was ended before the end of the
history; 2 wrong usage; 3 something cannot be read or written";

/// How far a run has come is noted this often, so that it can be gone on with.
const NOTE_EVERY: Duration = Duration::from_secs(10);
const SUMMARY: &str = "summary.json";
const PAGE: &str = "report.html";

/// Decide a whole history under one bundle or two: what it costs, whom it touches, what would change
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct BacktestCommand {
    /// The history: files (.jsonl, .csv with a mapping, .parquet, .yaml, .json; packed as .gz or .zst), directories of them, or `-`
    #[arg(long, value_name = "HISTORY", num_args = 1.., required = true)]
    cases: Vec<PathBuf>,
    /// What the columns of tables mean
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The bundle: a directory, a git revision (`main`, `HEAD~1:policies`), the digest of one in the store, or `built-in`; else `./policies` if
    /// it holds a bundle.yaml, else the one that is built in
    #[arg(long, value_name = "BUNDLE")]
    policies: Option<String>,
    /// A bundle that it is compared with, named alike
    #[arg(long, value_name = "BUNDLE")]
    candidate: Option<String>,
    /// The store that digests are looked up in
    #[arg(long, value_name = "STORE")]
    store: Option<PathBuf>,
    /// The directory that results are written to: report.html, summary.json, cases.jsonl, rejects.jsonl
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What the results tell of each case, separated by commas; `all` for everything
    #[arg(long, value_name = "NAMES", value_parser = columns, requires = "out")]
    columns: Option<Columns>,
    /// How the results of the cases are written: cases.jsonl or cases.parquet
    #[arg(long, value_name = "FORM", value_enum, default_value_t, requires = "out")]
    results: Form,
    /// What time it is taken to be: a day, or a time with its offset; else, for each case, the last thing that it tells (its receipt, a
    /// message, a step that was done)
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// Decide a part of the cases only, drawn by chance, and tell how sure the figures are
    #[arg(long, value_name = "PERCENT", value_parser = share)]
    sample: Option<Decimal>,
    /// The same number draws the same cases
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// A pool of money: `goodwill=10000/month`, with steps as it empties: `goodwill=10000/month, 25 from 80%`; for `penalties`, `owed` and its
    /// parts, and the `total` too: `penalties=500/day`
    #[arg(long, value_name = "POOL", value_parser = Pool::parse)]
    budget: Vec<Pool>,
    /// How many escalations a day can be taken
    #[arg(long, value_name = "COUNT")]
    capacity: Option<u64>,
    /// How many of the cases whose cost changes most are told with every reason
    #[arg(long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=1000))]
    shown: u16,
    /// End the run once more rows than that are no cases
    #[arg(long, value_name = "COUNT")]
    max_rejects: Option<u64>,
    /// Go on with the run in --out that was ended before its time
    #[arg(long, requires = "out")]
    resume: bool,
    /// How many threads decide; 0 is one for each core
    #[arg(long, value_name = "COUNT", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    threads: u16,
    /// Fail when a figure passes a bound: `goodwill.delta > 5%`, `new.faults > 0`
    #[arg(long, value_name = "BOUND", value_parser = Threshold::parse)]
    fail_if: Vec<Threshold>,
    /// How the summary is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
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

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line of JSON for each case
    #[default]
    Jsonl,
    /// A row of a table for each case
    Parquet,
}

/// The columns of the results.
#[derive(Clone, Debug)]
struct Columns(Vec<Column>);

fn columns(text: &str) -> Result<Columns, Trouble> {
    if text.trim() == "all" {
        return Column::all().map(|(name, _)| Column::parse(name)).collect::<Result<_, _>>().map(Columns);
    }
    text.split(',').map(Column::parse).collect::<Result<_, _>>().map(Columns)
}

fn share(text: &str) -> Result<Decimal, Trouble> {
    let wrong = || Trouble::Text("a sample is a part of all cases between 0 and 100 %: `5%`".to_owned());
    let percent = Decimal::parse(text.trim().strip_suffix('%').unwrap_or(text).trim()).map_err(|_| wrong())?;
    let share = percent.divided_by(Decimal::from(100))?;
    if share.is_negative() || share.is_zero() || share > Decimal::ONE { Err(wrong()) } else { Ok(share) }
}

impl BacktestCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        self.check()?;
        let named = named_or_usual(self.policies.as_deref());
        let store = self.store.as_deref();
        let other = self.candidate.as_deref().unwrap_or(USUAL);
        let side = BundleSide::find(&named, other, store)?;
        let policy = side.policy()?;
        let candidate = self.candidate.as_deref().map(|candidate| BundleSide::find(candidate, &named, store)).transpose()?;
        let candidate = candidate.map(|side| Ok::<_, Failure>((side.policy()?, side.origin))).transpose()?;
        let as_of = moment::of_history(self.at)?;
        let mut backtest = Backtest::new(&policy, &side.origin, as_of);
        if let Some((candidate, origin)) = &candidate {
            backtest = backtest.candidate(candidate, origin);
        }
        let sample = self.sample.map(|share| Sample { share, seed: self.seed });
        let columns = self.columns.clone().map_or_else(Column::usual, |columns| columns.0);
        let backtest = backtest
            .capacity(self.capacity)
            .pools(self.budget.clone())
            .sample(sample)
            .shown(usize::from(self.shown))
            .form(match self.results {
                Form::Jsonl => Results::JsonLines,
                Form::Parquet => Results::Parquet,
            })
            .columns(if self.out.is_some() { columns } else { Vec::new() });
        let done = self.run_whole(terminal, &backtest)?;
        self.tell(terminal, &done)
    }

    /// Arguments that do not go together.
    fn check(&self) -> Result<(), Failure> {
        Pool::check(&self.budget)
            .map_err(|trouble| Failure::Usage { message: trouble.to_string(), help: "name fewer of them".to_owned() })?;
        for bound in &self.fail_if {
            let (lacks, help) = if bound.needs_candidate() && self.candidate.is_none() {
                ("a change, and there is no candidate to compare with", "name one: `--candidate policies`")
            } else if bound.needs_pools() && self.budget.is_empty() {
                ("pools, and none is declared", "declare one: `--budget goodwill=10000/month`")
            } else if bound.needs_capacity() && self.capacity.is_none() {
                ("a capacity, and none is stated", "state how many escalations a day can be taken: `--capacity 40`")
            } else {
                continue;
            };
            return Err(Failure::Usage { message: format!("`{bound}` speaks of {lacks}"), help: help.to_owned() });
        }
        Ok(())
    }

    fn run_whole(&self, terminal: &Terminal, backtest: &Backtest<'_>) -> Result<WholeRun, Failure> {
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let files = HistoryFile::find(&self.cases, self.mapping.as_deref()).map_err(unreadable)?;
        if self.resume && files.iter().any(HistoryFile::is_standard_input) {
            return Err(Failure::Usage {
                message: "what came in over standard input cannot be gone on with".to_owned(),
                help: "name a file".to_owned(),
            });
        }
        let bytes: Option<u64> = files.iter().map(|file| file.size).sum();
        let options = RunOptions {
            threads: usize::from(self.threads),
            rejects_max: self.max_rejects,
            mark: backtest.mark(&files, mapping.as_ref()),
            resume: self.resume,
            thresholds: self.fail_if.clone(),
        };
        let ended = ending();
        let mut progress = Progress::begin(terminal);
        let mut noted = Instant::now();
        let mut failed = None;
        let mut course = |course: Course| {
            if let Err(failure) = progress.advance(course.cases, bytes.map(|bytes| (course.bytes, bytes))) {
                failed = Some(failure);
                return Wish::End;
            }
            if ended.load(Ordering::Relaxed) {
                return Wish::End;
            }
            if noted.elapsed() < NOTE_EVERY {
                return Wish::GoOn;
            }
            noted = Instant::now();
            Wish::Note
        };
        let out = self.out.as_deref();
        let done = backtest.run_whole(files, mapping.as_ref(), out, &options, &documents, &mut course);
        progress.end();
        match failed {
            Some(failure) => Err(failure),
            None => done.map_err(failure),
        }
    }

    fn tell(&self, terminal: &Terminal, done: &WholeRun) -> Done {
        let report = &done.report;
        let text = match self.format {
            Format::Text => to_text(report, &terminal.view()),
            Format::Json => format!("{}\n", serde_json::to_string_pretty(report).map_err(std::io::Error::from)?),
            Format::Markdown => to_markdown(report),
        };
        terminal.print(&text)?;
        if report.rejects.rows > 0 && self.out.is_none() {
            terminal.remark("rows were rejected; with --out they are written to a file, each with what is wrong with it")?;
        }
        let is_kept = !self.cases.iter().any(|named| named.as_os_str() == "-");
        if let Some(out) = self.out.as_ref().filter(|_| is_kept && (done.ended || done.too_many_rejects)) {
            terminal.complain(&format!("the run can be gone on with: the same command with --resume ({})", out.display()))?;
        }
        let fails = report.bounds.iter().any(|bound| bound.fails) || !report.history.complete;
        Ok(if fails { Exit::Findings } else { Exit::Fine })
    }
}

/// What is made of a report beside the lines of its cases.
fn documents(report: &Report) -> Vec<(&'static str, String)> {
    // Writing a report into memory has nothing that could fail.
    let summary = serde_json::to_string_pretty(report).unwrap_or_default();
    vec![(SUMMARY, format!("{summary}\n")), (PAGE, page(report, &again::command()))]
}

/// A flag that is set when somebody asks the program to end. The second time it ends at once.
pub(super) fn ending() -> Arc<AtomicBool> {
    let ended = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Without it the run ends at once, and what was noted of it stands.
        let _ = signal_hook::flag::register_conditional_shutdown(signal, Exit::Findings as i32, ended.clone());
        let _ = signal_hook::flag::register(signal, ended.clone());
    }
    ended
}

fn failure(error: WholeRunError) -> Failure {
    match error {
        WholeRunError::Run(RunError::History(error)) => unreadable(error),
        WholeRunError::Out(error) => Failure::Environment { message: error.to_string(), help: error.help().map(str::to_owned) },
        other => Failure::Environment { message: other.to_string(), help: None },
    }
}

/// A history that cannot be read.
pub(super) fn unreadable(error: HistoryError) -> Failure {
    super::case_input::unreadable(error, "redress backtest --cases history.csv --mapping mapping.yaml")
}
