//! `redress check`: what is wrong with a bundle.

use super::bundle_choice::BundleChoice;
use super::case_input::CaseInput;
use super::exit::{Done, Exit, Failure};
use super::fixing;
use super::moment;
use super::progress::Progress;
use super::terminal::Terminal;
use super::text_file;
use crate::authoring::across::{across_layers, unread_facts};
use crate::authoring::analysis::analyse;
use crate::authoring::baseline::{Baseline, Compared};
use crate::authoring::findings::{to_github, to_sarif};
use crate::authoring::weights::Weights;
use crate::bundle::Moment;
use crate::policy::Policy;
use crate::testing::required;
use crate::text::{Diagnostic, Diagnostics, Severity, render_all, to_json};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Load a bundle and report everything that is wrong with it
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The bundle; else `./policies` if it holds a bundle.yaml, else the one that is built in
    #[arg(value_name = "DIR")]
    bundle: Option<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t)]
    format: Findings,
    /// A warning fails the check too; a note never does
    #[arg(long)]
    deny_warnings: bool,
    /// Show notes too: what may well be meant
    #[arg(long)]
    notes: bool,
    /// The findings that are known: only others are shown, and only they fail the check
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Write down what is found, as a baseline for later checks, instead of a report
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "deny_warnings", "cases", "unread_facts"])]
    write_baseline: Option<PathBuf>,
    /// Weigh each finding by the cases of a history that fall into it: files and directories as `decide` reads them
    #[arg(long, value_name = "HISTORY")]
    cases: Vec<PathBuf>,
    /// What the columns of CSV files mean
    #[arg(long, value_name = "FILE", requires = "cases")]
    mapping: Option<PathBuf>,
    /// What time it is taken to be for these cases: a day or an instant; else now
    #[arg(long, value_name = "DATE|TIME", requires = "cases", value_parser = Moment::parse)]
    at: Option<Moment>,
    /// Write every fix that needs nobody who looks at it into the files: what a text can only mean, written so
    #[arg(long, conflicts_with = "write_baseline")]
    fix: bool,
    /// Show what `--fix` would change, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// List the facts that a case may give and the bundle does not read
    #[arg(long)]
    unread_facts: bool,
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

/// What was found, and whether a service would take the bundle.
struct Checked {
    policy: Option<Policy>,
    findings: Diagnostics,
    /// Nothing of it keeps the bundle from being taken.
    is_taken: bool,
}

/// What is shown of it.
struct Shown {
    findings: Diagnostics,
    /// How many notes are left out.
    left_out: usize,
}

impl Check {
    pub(super) fn run(&self, terminal: &Terminal) -> Done {
        if self.unread_facts && matches!(self.format, Findings::Sarif | Findings::Github) {
            return Err(Failure::Usage {
                message: "facts that nothing reads are no findings, and this format holds findings only".to_owned(),
                help: "list them with `--format text` or `--format json`".to_owned(),
            });
        }
        let choice = if self.fix { self.mended(terminal)? } else { BundleChoice::find(self.bundle.as_deref())? };
        let baseline = self.baseline.as_deref().map(read).transpose()?;
        let checked = check(&choice);
        if let Some(file) = &self.write_baseline {
            return self.write(file, &checked, &choice, terminal);
        }
        let path = |name: &str| choice.path_in_bundle(name);
        // A note that is known stays known, also where notes are left out.
        let compared = match &baseline {
            // What keeps a bundle from being taken is never passed over.
            Some(baseline) if checked.is_taken => baseline.compare(&checked.findings, &path),
            _ => Compared { new: checked.findings.clone(), ..Compared::default() },
        };
        let mut shown = self.shown(&compared.new);
        let mut exit = Exit::Fine;
        if let (false, Some(policy)) = (self.cases.is_empty(), &checked.policy) {
            exit = self.weigh(policy, &mut shown.findings, terminal)?;
        }
        let findings = &shown.findings;
        let text = match self.format {
            Findings::Text => {
                let known = if checked.is_taken { self.told(&compared) } else { String::new() };
                let unread: String = self.unread(&checked).iter().map(|fact| format!("  {fact}\n")).collect();
                let unread = if unread.is_empty() { unread } else { format!("facts that nothing reads:\n{unread}") };
                format!("{}{known}{unread}", text(&checked, &shown, &choice, terminal.view().colour))
            }
            Findings::Sarif => format!("{:#}\n", to_sarif(findings)),
            Findings::Github => to_github(findings),
            Findings::Json => format!("{:#}\n", self.json(&checked, findings, &compared)),
        };
        terminal.print(&text)?;
        let fails = if self.deny_warnings { Severity::Warning } else { Severity::Error };
        let is_fine = findings.iter().all(|finding| finding.severity > fails);
        Ok(if is_fine { exit } else { exit.max(Exit::Findings) })
    }

    /// The bundle, once what can be mended without anybody looking is written. What that uncovers is mended too.
    fn mended(&self, terminal: &Terminal) -> Result<BundleChoice, Failure> {
        for _ in 0..fixing::ROUNDS_MAX {
            let choice = BundleChoice::find_directory(self.bundle.as_deref())?;
            let findings = check(&choice).findings;
            let fixes = fixing::safe(&findings);
            if self.dry_run && !fixes.is_empty() {
                terminal.remark(fixing::preview(&fixes).trim_end())?;
            }
            if fixes.is_empty() || self.dry_run {
                return Ok(choice);
            }
            fixing::write(&choice, &fixes)?;
            for (place, fix) in &fixes {
                terminal.remark(&format!("mended {place}{}", fix.title))?;
            }
        }
        BundleChoice::find_directory(self.bundle.as_deref())
    }

    /// The findings without the notes that nobody asked for.
    fn shown(&self, findings: &Diagnostics) -> Shown {
        let is_shown = |finding: &&Diagnostic| self.notes || finding.severity < Severity::Advice;
        let shown: Diagnostics = findings.iter().filter(is_shown).cloned().collect();
        Shown { left_out: findings.len() - shown.len(), findings: shown }
    }

    /// Adds to the findings what they weigh in the history that is named. A case that cannot be read is shown, and fails the check.
    fn weigh(&self, policy: &Policy, findings: &mut Diagnostics, terminal: &Terminal) -> Done {
        let mapping = self.mapping.as_deref().map(text_file::read_mapping).transpose()?;
        let (inputs, failures) = CaseInput::of_arguments(&self.cases, self.mapping.as_deref());
        if let Some(failure) = failures.into_iter().next() {
            return Err(failure);
        }
        let at = self.at.map_or_else(moment::now, Ok)?;
        let mut weights = Weights::new(policy, findings);
        let mut progress = Progress::begin(terminal);
        let (mut unread, mut undecided): (u64, u64) = (0, 0);
        for input in inputs {
            for case in input.open(mapping.as_ref())?.cases {
                match case {
                    Ok(case) => {
                        let weighed = at.in_zone(&case.zone()).ok().and_then(|at| weights.add(&case, at).ok());
                        undecided += u64::from(weighed.is_none());
                    }
                    Err(wrong) => {
                        unread += 1;
                        progress.aside(|| terminal.show(&wrong))?;
                    }
                }
                progress.step()?;
            }
        }
        progress.end();
        let of = weights.cases() + unread + undecided;
        if unread > 0 {
            terminal.remark(&format!("{unread} of {of} cases cannot be read and weigh nothing"))?;
        }
        if undecided > 0 {
            terminal
                .remark(&format!("{undecided} of {of} cases cannot be decided and weigh nothing; `redress decide` says why"))?;
        }
        *findings = weights.weigh(std::mem::take(findings));
        Ok(if unread > 0 { Exit::Findings } else { Exit::Fine })
    }

    fn json(&self, checked: &Checked, findings: &Diagnostics, compared: &Compared) -> serde_json::Value {
        let policy = checked.policy.as_ref();
        let mut report = json!({
            "bundle": policy.map(|policy| &policy.name().bundle),
            "version": policy.map(|policy| &policy.name().version),
            "digest": policy.map(|policy| &policy.name().digest),
            "decisions": policy.map(|policy| policy.decisions().count()),
            "findings": to_json(findings),
        });
        if let (Some(_), Some(report)) = (&self.baseline, report.as_object_mut()) {
            report.insert("baseline".to_owned(), json!({"known": compared.known, "gone": compared.gone}));
        }
        if let (true, Some(report)) = (self.unread_facts, report.as_object_mut()) {
            report.insert("unread_facts".to_owned(), json!(self.unread(checked)));
        }
        report
    }

    /// The facts that nothing reads, where they are asked for.
    fn unread(&self, checked: &Checked) -> Vec<&'static str> {
        checked.policy.as_ref().filter(|_| self.unread_facts).map(unread_facts).unwrap_or_default()
    }

    /// What became of the findings that were known.
    fn told(&self, compared: &Compared) -> String {
        let Some(file) = &self.baseline else { return String::new() };
        let file = file.display();
        let mut text = match compared.known {
            0 => String::new(),
            1 => format!("1 known finding is passed over ({file})\n"),
            known => format!("{known} known findings are passed over ({file})\n"),
        };
        if !compared.gone.is_empty() {
            let (gone, them) = match compared.gone.len() {
                1 => ("1 known finding is gone".to_owned(), "it"),
                count => (format!("{count} known findings are gone"), "them"),
            };
            text.push_str(&format!("{gone}; `--write-baseline {file}` takes {them} out:\n"));
            text.extend(compared.gone.iter().map(|gone| format!("  {gone}\n")));
        }
        text
    }

    /// Writes the baseline instead of a report.
    fn write(&self, file: &Path, checked: &Checked, choice: &BundleChoice, terminal: &Terminal) -> Done {
        let findings = self.shown(&checked.findings).findings;
        let baseline = Baseline::of(&findings, &|name: &str| choice.path_in_bundle(name));
        if !checked.is_taken {
            let message = format!(
                "no baseline is written: {}, and what keeps a bundle from being taken cannot be passed over",
                choice.unsound()
            );
            return Err(Failure::Findings { findings, message });
        }
        std::fs::write(file, baseline.to_text())
            .map_err(|error| Failure::system(&format!("`{}` cannot be written", file.display()), &error))?;
        let findings = if baseline.len() == 1 { "1 finding" } else { &format!("{} findings", baseline.len()) };
        terminal.print(&format!("{findings} written to {}\n", file.display()))?;
        Ok(Exit::Fine)
    }
}

fn check(choice: &BundleChoice) -> Checked {
    let (bundle, policy) = match choice.whole() {
        Ok(whole) => whole,
        Err(findings) => return Checked { policy: None, findings, is_taken: false },
    };
    let mut findings = policy.warnings().clone();
    findings.extend(across_layers(&bundle, &policy));
    // A service refuses such a bundle.
    let failed = if bundle.manifest.reload.require_tests {
        required(&policy, &bundle, &|path| choice.case_file(path))
    } else {
        Diagnostics::new()
    };
    let is_taken = !failed.has_errors();
    findings.extend(failed);
    findings.extend(analyse(&policy));
    findings.sort();
    Checked { policy: Some(policy), is_taken, findings }
}

fn read(file: &Path) -> Result<Baseline, Failure> {
    Baseline::read(&text_file::open(file)?).map_err(|finding| Failure::Findings {
        findings: std::iter::once(finding).collect(),
        message: format!("nothing is checked until `{}` can be read", file.display()),
    })
}

fn text(checked: &Checked, Shown { findings, left_out }: &Shown, choice: &BundleChoice, colour: bool) -> String {
    let found = render_all(findings, colour);
    let end = match &checked.policy {
        Some(policy) => {
            let name = policy.name();
            let nothing = match (findings.is_empty(), checked.findings.len() == *left_out) {
                (true, true) => ", nothing to find fault with",
                (true, false) => ", nothing new to find fault with",
                (false, _) => "",
            };
            let notes = match *left_out {
                0 => String::new(),
                1 => "1 note is left out; `redress check --notes` shows it\n".to_owned(),
                count => format!("{count} notes are left out; `redress check --notes` shows them\n"),
            };
            format!(
                "bundle {} {}, {}: {} decisions{nothing}\n{notes}",
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
