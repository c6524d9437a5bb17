//! The files of a bundle or of a pack, each read as what its folder says it is.

use super::calendar_doc::CalendarDoc;
use super::decision_doc::DecisionDoc;
use super::files::BundleFiles;
use super::guardrail_doc::{GuardrailDoc, read_guardrails};
use super::letter_doc::{LetterDoc, WordsDoc};
use super::obligation_doc::{ObligationDoc, read_obligations};
use super::test_doc::{TestFile, read_tests};
use super::written::Written;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span, yaml};

/// What the files of a bundle or of a pack hold.
#[derive(Default)]
pub(crate) struct Rooms {
    pub(crate) decisions: Vec<DecisionDoc>,
    pub(crate) guardrails: Vec<GuardrailDoc>,
    pub(crate) obligations: Vec<ObligationDoc>,
    pub(crate) calendars: Vec<CalendarDoc>,
    pub(crate) letters: Vec<LetterDoc>,
    pub(crate) words: Vec<WordsDoc>,
    pub(crate) tests: Vec<TestFile>,
    /// Names of decisions whose files could not be read, as far as a line tells them.
    pub(crate) unread: Vec<String>,
}

impl Rooms {
    /// Reads the files below a folder: all of a bundle's (`""`), or those of a pack (`packs/NAME/`).
    pub(crate) fn read(&mut self, folder: &str, files: &BundleFiles, out: &mut Diagnostics) {
        for (path, source) in files.iter() {
            let Some(inside) = path.strip_prefix(folder) else { continue };
            match home(inside) {
                Home::Decision => match yaml::parse(source, out).and_then(|node| DecisionDoc::read(path, &node, source, out)) {
                    Some(mut decision) => {
                        decision.below(folder);
                        self.decisions.push(decision);
                    }
                    None => self.unread.extend(names_of_decisions(source.text())),
                },
                Home::Guardrails => {
                    if let Some(node) = yaml::parse(source, out) {
                        self.guardrails.extend(read_guardrails(&node, source, out));
                    }
                }
                Home::Obligations => {
                    if let Some(node) = yaml::parse(source, out) {
                        self.obligations.extend(read_obligations(&node, source, out));
                    }
                }
                Home::Calendar => {
                    self.calendars.extend(yaml::parse(source, out).and_then(|node| CalendarDoc::read(&node, source, out)));
                }
                Home::Tests => self.read_test_file(path, source, out),
                Home::Letter | Home::Words if !folder.is_empty() => letter_in_pack(folder, inside, source, out),
                Home::Letter => self.letters.extend(LetterDoc::read(path, source, out)),
                Home::Words => {
                    self.words.extend(yaml::parse(source, out).and_then(|node| WordsDoc::read(path, &node, source, out)));
                }
                Home::Fine => {}
                Home::Stray(help) => {
                    let message = format!("`{path}` does not belong in a bundle and is not read");
                    let finding = Diagnostic::error(Code::StrayFile, source, Span::new(0, 0), message);
                    out.push(finding.warning().help(help));
                }
            }
        }
    }

    /// Reads the policy tests of a bundle and of its packs, and nothing else.
    pub(crate) fn read_tests(&mut self, packs: &[Written<String>], files: &BundleFiles, out: &mut Diagnostics) {
        let folders = packs.iter().map(|pack| format!("packs/{}/", pack.value)).collect::<Vec<_>>();
        for (path, source) in files.iter() {
            let inside = folders.iter().find_map(|folder| path.strip_prefix(folder.as_str())).unwrap_or(path);
            if matches!(home(inside), Home::Tests) {
                self.read_test_file(path, source, out);
            }
        }
    }

    fn read_test_file(&mut self, path: &str, source: &Source, out: &mut Diagnostics) {
        self.tests.extend(yaml::parse(source, out).and_then(|node| read_tests(path, &node, source, out)));
    }
}

/// Letters are those of the company, and one and the same wherever they go: a pack brings the sentences that its law asks for.
fn letter_in_pack(folder: &str, inside: &str, source: &Source, out: &mut Diagnostics) {
    let pack = folder.trim_start_matches("packs/").trim_end_matches('/');
    let message = format!("the pack `{pack}` holds a letter, and letters belong to the bundle");
    let help = format!(
        "move it to `{inside}` of the bundle; words that a law asks for go to `{folder}decisions/statutory_sentences.yaml`"
    );
    out.push(Diagnostic::error(Code::LetterName, source, Span::new(0, 0), message).help(help));
}

/// What a text that is no document says of the decisions in it.
fn names_of_decisions(text: &str) -> Vec<String> {
    let named =
        |line: &str| line.trim_start_matches(['-', ' ', '\u{feff}']).strip_prefix("decision:").map(|name| name.trim().to_owned());
    text.lines().filter_map(named).filter(|name| !name.is_empty()).collect()
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
        // Those that the manifest names are read as bundles of their own.
        Some(("packs", _)) => Home::Fine,
        _ if ending == "md" => Home::Fine,
        _ => Home::Stray(
            "decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, \
             obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters \
             `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`"
                .to_owned(),
        ),
    }
}
