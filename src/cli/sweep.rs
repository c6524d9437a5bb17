//! `redress sweep`: the same history over a grid of parameters.

use super::backtest::{ending, unreadable};
use super::bundle_side::{BundleSide, USUAL, named_or_usual};
use super::exit::{Done, Exit, Failure};
use super::moment;
use super::progress::Progress;
use super::terminal::Terminal;
use super::text_file;
use crate::backtest::{
    Course, Setting, SettingError, Sweep, Sweeper, Swept, Wish, grid, packs_that_set, sweep_chart, sweep_csv, sweep_page,
    sweep_text, with_setting,
};
use crate::bundle::Moment;
use crate::history::HistoryFile;
use crate::policy::Policy;
use clap::{Args, ValueEnum};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

const EXAMPLES_OF_USE: &str = "\
Examples:
  redress sweep --param goodwill.per_case_cap=50,100,150 --cases history.jsonl
  redress sweep --param goodwill.per_case_cap=50,100 --param goodwill.vulnerable_factor=1.0,1.5,2.0 \\
      --cases history.jsonl --format html --out sweep.html

Exit codes: 0 all was decided; 1 a value or a row of the history is wrong; 2 wrong usage; 3 something cannot be read or written";

/// Decide the same history over a grid of parameters: what each combination costs, and what comes of it
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES_OF_USE)]
pub(super) struct SweepCommand {
    /// A parameter and its values: `goodwill.per_case_cap=50,100,150`; several make a grid. One that packs set anew is tried there too, unless
    /// it is named with its home: `PACK/goodwill.per_case_cap=50,100`, `bundle/...`
    #[arg(long = "param", value_name = "PARAM=VALUES", required = true, value_parser = Swept::parse)]
    params: Vec<Swept>,
    /// The history: files (.jsonl, .csv with a mapping, .parquet, .yaml, .json; packed as .gz or .zst), directories of them, or `-`
    #[arg(long, value_name = "HISTORY", num_args = 1.., required = true)]
    cases: Vec<PathBuf>,
    /// What the columns of tables mean
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The bundle: a directory, a git revision (`main`, `HEAD~1:policies`) or `built-in`; else `./policies` if it holds a bundle.yaml, else
    /// the one that is built in
    #[arg(long, value_name = "BUNDLE")]
    policies: Option<String>,
    /// What time it is taken to be: a day, or a time with its offset; else, for each case, the last thing that it tells
    #[arg(long, value_name = "DATE|TIME", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// How it is told
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The file that it is written to; else standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for a person
    #[default]
    Text,
    /// For a program
    Json,
    /// For a spreadsheet: a line for each combination and currency
    Csv,
    /// A page with charts, in one file
    Html,
    /// One chart: cost against the first outcome that changes
    Svg,
}

impl SweepCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let settings = grid(&self.params).map_err(|trouble| Failure::Usage {
            message: trouble.to_string(),
            help: "name each parameter once, with all of its values, and not too many of them".to_owned(),
        })?;
        let named = named_or_usual(self.policies.as_deref());
        let side = BundleSide::find(&named, USUAL, None)?;
        let policy = side.policy()?;
        let settings = settings.into_iter().map(|setting| changed(&side, setting)).collect::<Result<Vec<_>, _>>()?;
        self.tell_packs(terminal, &side)?;
        let as_of = moment::of_history(self.at)?;
        let sweeper = Sweeper::new(&policy, &side.origin, &settings, as_of);
        let sweep = self.read(terminal, sweeper)?;
        self.tell(terminal, &sweep)?;
        let is_clean = sweep.rejects.rows == 0 && sweep.history.complete;
        Ok(if is_clean { Exit::Fine } else { Exit::Findings })
    }

    /// Reads the history once.
    fn read(&self, terminal: &Terminal, sweeper: Sweeper<'_>) -> Result<Sweep, Failure> {
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let files = HistoryFile::find(&self.cases, self.mapping.as_deref()).map_err(unreadable)?;
        let bytes: Option<u64> = files.iter().map(|file| file.size).sum();
        let ended = ending();
        let mut progress = Progress::begin(terminal);
        let mut failed = None;
        let mut course = |course: Course| {
            failed = progress.advance(course.cases, bytes.map(|bytes| (course.bytes, bytes))).err();
            if failed.is_some() || ended.load(Ordering::Relaxed) { Wish::End } else { Wish::GoOn }
        };
        let sweep = sweeper.over(files, mapping.as_ref(), &mut course);
        progress.end();
        match failed {
            Some(failure) => Err(failure),
            None => sweep.map_err(unreadable),
        }
    }

    /// Says of each parameter that packs set as well that they get the value too.
    fn tell_packs(&self, terminal: &Terminal, side: &BundleSide) -> Result<(), Failure> {
        for swept in &self.params {
            let packs = packs_that_set(side.files(), swept.param()).map_err(wrong)?;
            let (name, Some(first)) = (swept.param(), packs.first()) else { continue };
            terminal.remark(&format!(
                "`{name}` is tried in {} too: `{first}/{name}` is that of the pack alone, `bundle/{name}` that of the bundle",
                packs.join(", ")
            ))?;
        }
        Ok(())
    }

    fn tell(&self, terminal: &Terminal, sweep: &Sweep) -> Result<(), Failure> {
        let text = match self.format {
            Format::Text => sweep_text(sweep),
            Format::Json => format!("{}\n", serde_json::to_string_pretty(sweep).map_err(std::io::Error::from)?),
            Format::Csv => sweep_csv(sweep),
            Format::Html => sweep_page(sweep, &super::again::command()),
            Format::Svg => sweep_chart(sweep),
        };
        let Some(file) = &self.out else { return terminal.print(&text) };
        fs::write(file, text).map_err(|error| Failure::system(&format!("`{}` cannot be written", file.display()), &error))?;
        terminal.remark(&format!("written to {}", file.display()))
    }
}

/// The policy with other values, checked as every other policy is.
fn changed(side: &BundleSide, setting: Setting) -> Result<(Setting, Policy), Failure> {
    let files = with_setting(side.files(), &setting).map_err(wrong)?;
    let policy = side.with_files(files).policy().map_err(|failure| match failure {
        Failure::Findings { findings, .. } => {
            Failure::Findings { findings, message: format!("the bundle {} does not take {setting}", side.origin) }
        }
        other => other,
    })?;
    Ok((setting, policy))
}

fn wrong(error: SettingError) -> Failure {
    let message = error.to_string();
    let help = match error {
        SettingError::Unreadable(findings) => return Failure::Findings { findings, message },
        SettingError::Unknown { help, .. } => help,
        SettingError::Value { today, .. } => format!("today it is `{today}`"),
        _ => "name a parameter inside of it, or another one".to_owned(),
    };
    Failure::Usage { message, help }
}
