//! `redress functions`: what expressions and scripts may call.

use super::exit::{Done, Exit};
use super::terminal::Terminal;
use crate::authoring::reference::{functions_json, functions_markdown, functions_rhai, functions_text};
use crate::script;
use clap::{Args, ValueEnum};

/// List the functions that expressions and scripts may call, with types and examples
#[derive(Debug, Args)]
pub(super) struct Functions {
    /// How the list is written
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
    /// A reference to publish
    Markdown,
    /// Definitions for Rhai's own editor support: write them beside the scripts, as `redress.d.rhai`
    Rhai,
}

impl Functions {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let functions = script::Functions::standard();
        let text = match self.format {
            Format::Text => {
                let view = terminal.view();
                functions_text(&functions, view.width, view.colour)
            }
            Format::Json => format!("{:#}\n", functions_json(&functions)),
            Format::Markdown => functions_markdown(&functions),
            Format::Rhai => functions_rhai(&functions),
        };
        terminal.print(&text)?;
        Ok(Exit::Fine)
    }
}
