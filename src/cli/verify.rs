//! `redress verify`: is a bundle what somebody trusted has signed?

use super::bundle_choice::BundleChoice;
use super::check::Report;
use super::exit::{Done, Exit};
use super::terminal::Terminal;
use super::trusted;
use crate::engine::verify;
use crate::text::{Diagnostics, render_all, to_json};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Verify that a bundle is what somebody trusted has signed, file by file
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The bundle; else `./policies`
    #[arg(value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// A public key that is trusted, a PEM file; may be given several times
    #[arg(long = "key", value_name = "FILE", required = true)]
    keys: Vec<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Report,
}

impl Verify {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let keys = trusted::read(&self.keys)?;
        let choice = BundleChoice::find_directory(self.bundle.as_deref())?;
        let signature = choice.signature()?;
        let files = choice.files();
        let (key, findings) = match verify(files, signature.as_ref(), &keys) {
            Ok(key) => (Some(key), Diagnostics::new()),
            Err(findings) => (None, findings),
        };
        let text = match (self.format, key) {
            (Report::Text, Some(key)) => {
                format!("the bundle {} is what {key} signed: {} files\n", choice.origin(), files.len())
            }
            (Report::Text, None) => {
                let found = render_all(&findings, terminal.view().colour);
                format!("{found}the bundle {} is not what somebody trusted has signed\n", choice.origin())
            }
            (Report::Json, _) => {
                let report = json!({
                    "verified": key.is_some(),
                    "key": key.map(|key| key.to_string()),
                    "digest": files.digest(),
                    "files": files.len(),
                    "findings": to_json(&findings),
                });
                format!("{report:#}\n")
            }
        };
        terminal.print(&text)?;
        Ok(if key.is_some() { Exit::Fine } else { Exit::Findings })
    }
}
