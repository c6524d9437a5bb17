//! `redress functions`: what expressions and scripts may call.

use super::check::Report;
use super::exit::{Done, Exit};
use super::terminal::Terminal;
use crate::authoring::reference::{functions_json, functions_text};
use crate::script;
use clap::Args;

/// List the functions that expressions and scripts may call, with types and examples
#[derive(Debug, Args)]
pub(super) struct Functions {
    /// How the list is written
    #[arg(long, value_enum, default_value_t)]
    format: Report,
}

impl Functions {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let functions = script::Functions::standard();
        let text = match self.format {
            Report::Text => {
                let view = terminal.view();
                functions_text(&functions, view.width, view.colour)
            }
            Report::Json => format!("{:#}\n", functions_json(&functions)),
        };
        terminal.print(&text)?;
        Ok(Exit::Fine)
    }
}
