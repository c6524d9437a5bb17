//! `redress test`: the policy tests of a bundle, what they reach, and what they notice.

use super::bundle_choice::BundleChoice;
use super::exit::{Done, Exit, Failure};
use super::junit::to_junit;
use super::terminal::Terminal;
use super::text_file;
use crate::authoring::coverage::{Coverage, Sort, measure};
use crate::authoring::mutation::{Mutation, mutate, read_allowed};
use crate::authoring::suggestion::suggest;
use crate::bundle::Bundle;
use crate::policy::{Extensions, Policy};
use crate::testing::{TestReport, run};
use clap::{Args, ValueEnum};
use serde_json::Value as Json;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

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
    format: Results,
    /// Tell which rules, output values, guardrails, outcomes of clocks, plugins and script statements no test reaches
    #[arg(long)]
    coverage: bool,
    /// Fail when tests reach fewer than so many of a hundred rules
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_coverage: Option<u8>,
    /// Change the policy in one place at a time and tell which changes no test notices
    #[arg(long, conflicts_with = "filter")]
    mutate: bool,
    /// Write the tests that are missing: for each rule and guardrail that no test reaches, and each bound
    #[arg(long, conflicts_with_all = ["mutate", "filter", "format", "coverage", "min_coverage"])]
    suggest: bool,
    /// Where suggested tests are written; else to standard output
    #[arg(long, value_name = "FILE", requires = "suggest")]
    to: Option<PathBuf>,
    /// A file that lists further changes that no test has to notice, each with its reason
    #[arg(long, value_name = "FILE", requires = "mutate")]
    mutants_allowed: Option<PathBuf>,
}

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Results {
    /// For a person
    #[default]
    Text,
    /// For a program
    Json,
    /// XML as of `JUnit`, for build servers
    Junit,
}

/// What was asked beside the tests themselves.
struct Beside {
    coverage: Option<Coverage>,
    mutation: Option<Mutation>,
}

impl Test {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        let choice = BundleChoice::find(self.bundle.as_deref())?;
        let whole = choice.whole().map_err(|findings| Failure::Findings { findings, message: choice.unsound() });
        let (bundle, policy) = whole?;
        if self.suggest {
            return self.suggest(&choice, &bundle, &policy, terminal);
        }
        let report = run(&policy, &bundle, &|path| choice.case_file(path), self.filter.as_deref());
        if let (Some(filter), true) = (&self.filter, report.results.is_empty()) {
            return Err(Failure::Usage {
                message: format!("no test has `{filter}` in its name or in the path of its file"),
                help: "without `--filter`, all tests run".to_owned(),
            });
        }
        let beside = self.beside(&choice, &bundle, &policy)?;
        let text = match self.format {
            Results::Text => text(&report, &beside, terminal.view().colour),
            Results::Json => format!("{:#}\n", json(&report, &beside)),
            Results::Junit => {
                to_junit(&policy.name().bundle, &report).map_err(|message| Failure::Environment { message, help: None })?
            }
        };
        terminal.print(&text)?;
        if self.format == Results::Junit {
            // The form has no place for what tests reach and notice.
            let said = beside_text(&beside, false);
            if !said.is_empty() {
                terminal.remark(&said)?;
            }
        }
        let is_fine = report.failed() == 0 && self.reaches_enough(&beside) && beside.mutation.iter().all(Mutation::is_fine);
        Ok(if is_fine { Exit::Fine } else { Exit::Findings })
    }

    fn suggest(&self, choice: &BundleChoice, bundle: &Bundle, policy: &Policy, terminal: &Terminal) -> Done {
        let case_file = |path: &str| choice.case_file(path);
        let coverage = measure(policy, bundle, &Extensions::new(), &case_file, None);
        let found = suggest(policy, bundle, &case_file, &coverage);
        match &self.to {
            Some(path) => {
                // A file that somebody has begun to confirm is never written over.
                let written = File::create_new(path).and_then(|mut file| file.write_all(found.file.as_bytes()));
                written.map_err(|error| Failure::Environment {
                    message: format!("`{}` cannot be written: {error}", path.display()),
                    help: Some("name a file that does not exist yet".to_owned()),
                })?;
                terminal.remark(&format!("{} tests written to {}\n", found.tests, path.display()))?;
            }
            None => terminal.print(&found.file)?,
        }
        if !found.not_reached.is_empty() {
            terminal.remark(&format!("no case found for\n  {}\n", found.not_reached.join("\n  ")))?;
        }
        Ok(Exit::Fine)
    }

    fn beside(&self, choice: &BundleChoice, bundle: &Bundle, policy: &Policy) -> Result<Beside, Failure> {
        let case_file = |path: &str| choice.case_file(path);
        let extensions = Extensions::new();
        let wanted = self.coverage || self.min_coverage.is_some();
        let coverage = wanted.then(|| measure(policy, bundle, &extensions, &case_file, self.filter.as_deref()));
        let mutation = if self.mutate {
            let mut allowed = bundle.mutants_allowed();
            if let Some(path) = &self.mutants_allowed {
                allowed.extend(allowed_in(path)?);
            }
            let tried = mutate(bundle, &extensions, &case_file, &allowed);
            Some(tried.map_err(|findings| Failure::Findings { findings, message: choice.unsound() })?)
        } else {
            None
        };
        Ok(Beside { coverage, mutation })
    }

    fn reaches_enough(&self, beside: &Beside) -> bool {
        match (self.min_coverage, &beside.coverage) {
            (Some(least), Some(coverage)) => coverage.percent(Sort::Rule) >= usize::from(least),
            _ => true,
        }
    }
}

fn allowed_in(path: &Path) -> Result<Vec<crate::bundle::AllowedMutant>, Failure> {
    read_allowed(&text_file::open(path)?).map_err(|findings| Failure::Findings {
        findings,
        message: format!("`{}` is no list of allowed changes", path.display()),
    })
}

fn text(report: &TestReport, beside: &Beside, colour: bool) -> String {
    let said = beside_text(beside, colour);
    let gap = if said.is_empty() { "" } else { "\n" };
    format!("{}{gap}{said}", report.to_text(colour))
}

fn beside_text(beside: &Beside, colour: bool) -> String {
    let parts: Vec<String> = beside
        .coverage
        .iter()
        .map(Coverage::to_text)
        .chain(beside.mutation.iter().map(|mutation| mutation.to_text(colour)))
        .collect();
    parts.join("\n")
}

fn json(report: &TestReport, beside: &Beside) -> Json {
    let mut json = report.to_json();
    if let Some(map) = json.as_object_mut() {
        map.extend(beside.coverage.iter().map(|coverage| ("coverage".to_owned(), coverage.to_json())));
        map.extend(beside.mutation.iter().map(|mutation| ("mutation".to_owned(), mutation.to_json())));
    }
    json
}
