//! `redress render`: a bundle as a document to be read.

use super::bundle_choice::BundleChoice;
use super::exit::{Done, Exit, Failure};
use super::terminal::Terminal;
use crate::authoring::across::across_layers;
use crate::authoring::analysis::analyse;
use crate::authoring::render::Rendered;
use crate::value::Date;
use clap::{Args, ValueEnum};
use std::fs;
use std::path::PathBuf;

/// Write a bundle as a document that a director can read: Markdown, or one HTML file
#[derive(Debug, Args)]
pub(super) struct Render {
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// How the document is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The file that it is written to; else standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The day as of which it is told: rules that are not in force then are left out; else all of them are told with their days
    #[arg(long, value_name = "DATE", value_parser = |text: &str| Date::parse(text).map_err(|trouble| trouble.to_string()))]
    as_of: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    #[default]
    Md,
    /// One HTML file that needs nothing beside it
    Html,
}

impl Render {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let choice = BundleChoice::find(self.bundle.as_deref())?;
        let (bundle, policy) = choice.whole().map_err(|findings| Failure::Findings { findings, message: choice.unsound() })?;
        let mut findings = policy.warnings().clone();
        findings.extend(across_layers(&bundle, &policy));
        findings.extend(analyse(&policy));
        findings.sort();
        let rendered = Rendered::new(&bundle, &policy, &findings, self.as_of);
        let text = match self.format {
            Format::Md => rendered.to_markdown(),
            Format::Html => rendered.to_html(),
        };
        let Some(file) = &self.out else {
            terminal.print(&text)?;
            return Ok(Exit::Fine);
        };
        fs::write(file, text).map_err(|error| Failure::system(&format!("`{}` cannot be written", file.display()), &error))?;
        terminal.remark(&format!("written to {}", file.display()))?;
        Ok(Exit::Fine)
    }
}
