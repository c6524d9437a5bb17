//! `redress generate`: histories that are made up, for trying things out.

use super::exit::{Done, Exit, Failure};
use super::terminal::Terminal;
use crate::backtest::figures::many;
use crate::history::GeneratedCases;
use clap::{Args, Subcommand};
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

/// So many cases are made before they are written.
const CASES_AT_ONCE: u64 = 2_000;

/// Make up what there is no real file of yet: a history of cases
#[derive(Debug, Args)]
pub(super) struct GenerateCommand {
    #[command(subcommand)]
    what: Generated,
}

#[derive(Debug, Subcommand)]
enum Generated {
    Cases(Cases),
}

/// Write made-up cases as JSON Lines, the same for a seed everywhere
///
/// Reasons, amounts, days and findings are spread and go together as in public files of real complaints; what no file tells is set, and
/// said to be so. Most cases are complete, some lack facts. Nothing about real customers may be said from them.
#[derive(Debug, Args)]
struct Cases {
    /// How many
    #[arg(long, value_name = "COUNT", default_value_t = 1000)]
    count: u64,
    /// The number from which everything is drawn; a longer history of a seed begins with the shorter one
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The file that they are written to; else standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl GenerateCommand {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let Generated::Cases(cases) = &self.what;
        cases.run(terminal)
    }
}

impl Cases {
    fn run(&self, terminal: &Terminal) -> Done {
        let Some(path) = &self.out else {
            self.write(&mut terminal.out())?;
            return Ok(Exit::Fine);
        };
        let unwritable = |error: io::Error| Failure::system(&format!("`{}` cannot be written", path.display()), &error);
        let mut file = File::create(path).map_err(unwritable)?;
        self.write(&mut file).map_err(unwritable)?;
        terminal.remark(&format!("{} written to {}", many(self.count, "case", "cases"), path.display()))?;
        Ok(Exit::Fine)
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let end = self.count.saturating_add(1);
        let mut from = 1;
        while from < end {
            let to = from.saturating_add(CASES_AT_ONCE).min(end);
            out.write_all(&lines(self.seed, from, to)?)?;
            from = to;
        }
        out.flush()
    }
}

/// The cases from one number to below another, a line each.
fn lines(seed: u64, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for case in GeneratedCases::part(seed, from..to) {
        serde_json::to_writer(&mut text, &case)?;
        text.push(b'\n');
    }
    Ok(text)
}
