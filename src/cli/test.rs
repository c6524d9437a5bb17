//! `redress test`: the policy tests of a bundle.

use super::bundle_choice::BundleChoice;
use super::check::Report;
use super::exit::{Done, Exit, Failure};
use super::terminal::Terminal;
use crate::testing::run;
use clap::Args;
use std::path::PathBuf;

/// Run the policy tests of a bundle: given a case, expect a decision
#[derive(Debug, Args)]
pub(super) struct Test {
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// Only tests with this text in their name or in the path of their file
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// How results are written
    #[arg(long, value_enum, default_value_t)]
    format: Report,
}

impl Test {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let choice = BundleChoice::find(self.bundle.as_deref())?;
        let whole = choice.whole().map_err(|findings| Failure::Findings { findings, message: choice.unsound() });
        let (bundle, policy) = whole?;
        let report = run(&policy, &bundle, &|path| choice.case_file(path), self.filter.as_deref());
        if let (Some(filter), true) = (&self.filter, report.results.is_empty()) {
            return Err(Failure::Usage {
                message: format!("no test has `{filter}` in its name or in the path of its file"),
                help: "without `--filter`, all tests run".to_owned(),
            });
        }
        let text = match self.format {
            Report::Text => report.to_text(terminal.view().colour),
            Report::Json => format!("{:#}\n", report.to_json()),
        };
        terminal.print(&text)?;
        Ok(if report.failed() == 0 { Exit::Fine } else { Exit::Findings })
    }
}
