//! `redress new`: a bundle to start from.

use super::example::EXAMPLES;
use super::exit::{Done, Exit};
use super::free_directory::FreeDirectory;
use super::terminal::Terminal;
use crate::engine::default_bundle;
use clap::Args;
use std::path::PathBuf;

/// Where the policy tests of the default bundle find their cases in our repository, and where they find them in a new bundle.
const CASES_THERE: &str = "../../examples/cases/";
const CASES_HERE: &str = "../cases/";

/// How the files of a bundle are written; no part of the bundle itself, so that its digest does not depend on it.
const GUIDE: &str = include_str!("../../policies/README.md");

/// Write the default bundle out, to change it
#[derive(Debug, Args)]
pub(super) struct New {
    /// A directory that is empty or does not exist yet
    #[arg(value_name = "DIR")]
    directory: PathBuf,
}

impl New {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let directory = &self.directory;
        let free = FreeDirectory::new(directory)?;
        free.write("README.md", GUIDE)?;
        let mut count = 1_usize;
        for (path, source) in default_bundle().iter() {
            let text = if path.contains("tests/") {
                // Those of a pack lie two folders deeper.
                source.text().replace(CASES_THERE, CASES_HERE)
            } else {
                source.text().to_owned()
            };
            free.write(path, &text)?;
            count += 1;
        }
        for example in EXAMPLES {
            free.write(&format!("cases/{}.yaml", example.name), example.text())?;
            count += 1;
        }
        let shown = directory.display();
        terminal.print(&format!(
            "{count} files written to {shown}\n\n\
             {shown}/README.md tells how they are written. Next:\n  \
             redress check {shown}    what is wrong with it\n  \
             redress test {shown}     whether it still decides as it should\n  \
             redress decide --policies {shown} {shown}/cases/duplicate-charge.yaml\n"
        ))?;
        Ok(Exit::Fine)
    }
}
