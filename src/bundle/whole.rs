//! The whole bundle, read file by file.

use super::calendar_doc::CalendarDoc;
use super::decision_doc::DecisionDoc;
use super::files::BundleFiles;
use super::guardrail_doc::{GuardrailDoc, read_guardrails};
use super::letter_doc::{LetterDoc, WordsDoc};
use super::manifest::Manifest;
use super::obligation_doc::{ObligationDoc, read_obligations};
use super::test_doc::{TestFile, read_tests};
use crate::limits::{BUNDLE_BYTES_MAX, BUNDLE_FILES_MAX, DECISIONS_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, Node, Source, yaml};

/// A bundle as written.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// `bundle.yaml`.
    pub manifest: Manifest,
    /// The decisions, by file.
    pub decisions: Vec<DecisionDoc>,
    /// The guardrails, by file, in the order written.
    pub guardrails: Vec<GuardrailDoc>,
    /// The obligations, by file, in the order written.
    pub obligations: Vec<ObligationDoc>,
    /// Its own calendars, by file.
    pub calendars: Vec<CalendarDoc>,
    /// The templates of letters, by file.
    pub letters: Vec<LetterDoc>,
    /// The lists of words that letters print, by file.
    pub words: Vec<WordsDoc>,
    /// The policy tests, by file.
    pub tests: Vec<TestFile>,
    /// The files themselves.
    pub files: BundleFiles,
    /// Names of decisions whose files could not be read, as far as a line tells them.
    pub unread: Vec<String>,
}

impl Bundle {
    /// Reads every file; everything that is wrong is reported at once.
    #[must_use]
    pub fn read(files: &BundleFiles) -> (Option<Self>, Diagnostics) {
        let mut out = Diagnostics::new();
        if !within_limits(files, &mut out) {
            return (None, out);
        }
        let manifest = match files.get("bundle.yaml") {
            Some(source) => parse(source, &mut out).and_then(|node| Manifest::read(&node, source, &mut out)),
            None => {
                let help = "a bundle is a directory with a `bundle.yaml`; `redress new DIR` writes one to start from";
                out.push(Diagnostic::global(Code::MissingFile, "the bundle has no `bundle.yaml`").help(help));
                None
            }
        };
        let (mut decisions, mut guardrails, mut tests) = (Vec::new(), Vec::new(), Vec::new());
        let (mut obligations, mut calendars) = (Vec::new(), Vec::new());
        let (mut letters, mut words) = (Vec::new(), Vec::new());
        let mut unread = Vec::new();
        for (path, source) in files.iter() {
            match home(path) {
                Home::Decision => {
                    match parse(source, &mut out).and_then(|node| DecisionDoc::read(path, &node, source, &mut out)) {
                        Some(decision) => decisions.push(decision),
                        None => unread.extend(names_of_decisions(source.text())),
                    }
                }
                Home::Guardrails => {
                    if let Some(node) = parse(source, &mut out) {
                        guardrails.extend(read_guardrails(&node, source, &mut out));
                    }
                }
                Home::Obligations => {
                    if let Some(node) = parse(source, &mut out) {
                        obligations.extend(read_obligations(&node, source, &mut out));
                    }
                }
                Home::Calendar => {
                    calendars.extend(parse(source, &mut out).and_then(|node| CalendarDoc::read(&node, source, &mut out)));
                }
                Home::Tests => {
                    tests.extend(parse(source, &mut out).and_then(|node| read_tests(path, &node, source, &mut out)));
                }
                Home::Letter => letters.extend(LetterDoc::read(path, source, &mut out)),
                Home::Words => {
                    words.extend(parse(source, &mut out).and_then(|node| WordsDoc::read(path, &node, source, &mut out)));
                }
                Home::Later(what) => {
                    let message = format!("{what} are not carried out by this version of the engine");
                    let help = "take the file out of the bundle, so that nobody relies on it";
                    out.push(Diagnostic::error(Code::NotSupported, source, crate::text::Span::new(0, 0), message).help(help));
                }
                Home::Fine => {}
                Home::Stray(help) => {
                    let message = format!("`{path}` does not belong in a bundle and is not read");
                    let finding = Diagnostic::error(Code::StrayFile, source, crate::text::Span::new(0, 0), message);
                    out.push(finding.warning().help(help));
                }
            }
        }
        if decisions.len() > DECISIONS_MAX {
            let message = format!("the bundle has {} decisions, more than the {DECISIONS_MAX} that are allowed", decisions.len());
            out.push(Diagnostic::global(Code::TooLarge, message));
        }
        let manifest = manifest.unwrap_or_else(|| {
            let source = files.get("bundle.yaml").cloned();
            Manifest::of_unread(source.unwrap_or_else(|| Source::new("bundle.yaml", "")))
        });
        let whole =
            Self { manifest, decisions, guardrails, obligations, calendars, letters, words, tests, files: files.clone(), unread };
        (Some(whole), out)
    }

    /// Reads the policy tests among the files of the same bundle, when only the files that decide were read before.
    pub(crate) fn take_tests(&mut self, files: &BundleFiles, out: &mut Diagnostics) {
        for (path, source) in files.iter().filter(|(path, _)| matches!(home(path), Home::Tests)) {
            self.tests.extend(parse(source, out).and_then(|node| read_tests(path, &node, source, out)));
        }
    }
}

/// What a text that is no document says of the decisions in it.
fn names_of_decisions(text: &str) -> Vec<String> {
    let named =
        |line: &str| line.trim_start_matches(['-', ' ', '\u{feff}']).strip_prefix("decision:").map(|name| name.trim().to_owned());
    text.lines().filter_map(named).filter(|name| !name.is_empty()).collect()
}

fn parse(source: &Source, out: &mut Diagnostics) -> Option<Node> {
    yaml::parse(source, out)
}

fn within_limits(files: &BundleFiles, out: &mut Diagnostics) -> bool {
    let bytes: usize = files.iter().map(|(_, source)| source.text().len()).sum();
    if files.len() > BUNDLE_FILES_MAX {
        let message = format!("the bundle has {} files, more than the {BUNDLE_FILES_MAX} that are allowed", files.len());
        out.push(Diagnostic::global(Code::TooLarge, message));
    }
    if bytes > BUNDLE_BYTES_MAX {
        let message = format!("the bundle has {bytes} bytes, more than the {BUNDLE_BYTES_MAX} that are allowed");
        out.push(Diagnostic::global(Code::TooLarge, message));
    }
    !out.has_errors()
}

/// Which room of a bundle a file belongs to.
enum Home {
    Decision,
    Guardrails,
    Obligations,
    Calendar,
    Tests,
    Letter,
    Words,
    /// A part of the format that is not carried out yet.
    Later(&'static str),
    Fine,
    Stray(String),
}

fn home(path: &str) -> Home {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let yaml = matches!(ending, "yaml" | "yml");
    match path.split_once('/') {
        None if path == "bundle.yaml" || ending == "md" => Home::Fine,
        Some(("decisions", _)) if yaml => Home::Decision,
        Some(("decisions", _)) if ending == "csv" => Home::Fine,
        Some(("guardrails", _)) if yaml => Home::Guardrails,
        Some(("tests", _)) if yaml => Home::Tests,
        Some(("scripts", _)) if ending == "rhai" => Home::Fine,
        Some(("obligations", _)) if yaml => Home::Obligations,
        Some(("calendars", _)) if yaml => Home::Calendar,
        Some(("letters", _)) if ending == "txt" => Home::Letter,
        Some(("letters", name)) if ending == "yaml" && name.starts_with("words.") => Home::Words,
        Some(("packs", _)) => Home::Later("packs"),
        _ if ending == "md" => Home::Fine,
        _ => Home::Stray(
            "decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, \
             obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters \
             `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`"
                .to_owned(),
        ),
    }
}
