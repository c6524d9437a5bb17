//! `redress schema`: JSON Schema for editors and for whoever sends cases or reads decisions.

use super::exit::{Done, Exit};
use super::terminal::Terminal;
use crate::authoring::schema::{SchemaOf, schema};
use clap::{Args, ValueEnum};

const EDITORS: &str = "\
An editor completes and checks a file that names its schema in its first line:
  redress schema case > case.schema.json
  # yaml-language-server: $schema=case.schema.json";

/// Print a JSON Schema (2020-12), so that an editor completes and checks while one types
#[derive(Debug, Args)]
#[command(after_help = EDITORS)]
pub(super) struct Schema {
    /// Of what
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// A case, as it is read
    Case,
    /// A decision, as it is written in JSON
    Decision,
    /// Every YAML file of a bundle
    Bundle,
}

impl Schema {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let of = match self.of {
            Of::Case => SchemaOf::Case,
            Of::Decision => SchemaOf::Decision,
            Of::Bundle => SchemaOf::Bundle,
        };
        terminal.print(&format!("{:#}\n", schema(of)))?;
        Ok(Exit::Fine)
    }
}
