//! `redress completions`: what a shell needs to complete a command line.

use super::exit::{Done, Exit};
use super::terminal::Terminal;
use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

/// Print what a shell needs to complete a command line
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let mut text = Vec::new();
        generate(self.shell, &mut super::Program::command(), "redress", &mut text);
        terminal.print(&String::from_utf8_lossy(&text))?;
        Ok(Exit::Fine)
    }
}
