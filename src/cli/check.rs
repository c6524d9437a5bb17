//! `redress check`: what is wrong with a bundle.

use super::bundle_choice::BundleChoice;
use super::exit::{Done, Exit};
use super::terminal::Terminal;
use crate::authoring::findings::{to_github, to_sarif};
use crate::policy::Policy;
use crate::testing::required;
use crate::text::{Diagnostics, render_all, to_json};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;

/// Load a bundle and report everything that is wrong with it
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    format: Findings,
    /// A warning fails the check too
    #[arg(long)]
    deny_warnings: bool,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Findings {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, for the pages of a pull request on GitHub
    Github,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Report {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let choice = BundleChoice::find(self.bundle.as_deref())?;
        let loaded = choice.whole();
        let (policy, findings) = match &loaded {
            Ok((bundle, policy)) => {
                let mut findings = policy.warnings().clone();
                // A service refuses such a bundle, so it is not sound.
                if bundle.manifest.reload.require_tests {
                    findings.extend(required(policy, bundle, &|path| choice.case_file(path)));
                }
                findings.sort();
                (Some(policy), findings)
            }
            Err(findings) => (None, findings.clone()),
        };
        let findings = &findings;
        let text = match self.format {
            Findings::Text => text(policy, findings, &choice, terminal.view().colour),
            Findings::Sarif => format!("{:#}\n", to_sarif(findings)),
            Findings::Github => to_github(findings),
            Findings::Json => {
                let report = json!({
                    "bundle": policy.map(|policy| &policy.name().bundle),
                    "version": policy.map(|policy| &policy.name().version),
                    "digest": policy.map(|policy| &policy.name().digest),
                    "decisions": policy.map(|policy| policy.decisions().count()),
                    "findings": to_json(findings),
                });
                format!("{report:#}\n")
            }
        };
        terminal.print(&text)?;
        let is_fine = !findings.has_errors() && (findings.is_empty() || !self.deny_warnings);
        Ok(if is_fine { Exit::Fine } else { Exit::Findings })
    }
}

fn text(policy: Option<&Policy>, findings: &Diagnostics, choice: &BundleChoice, colour: bool) -> String {
    let found = render_all(findings, colour);
    let end = match policy {
        Some(policy) => {
            let name = policy.name();
            let nothing = if findings.is_empty() { ", nothing to find fault with" } else { "" };
            format!(
                "bundle {} {}, {}: {} decisions{nothing}\n",
                name.bundle,
                name.version,
                choice.origin(),
                policy.decisions().count()
            )
        }
        None => format!("{}\n", choice.unsound()),
    };
    format!("{found}{end}")
}
