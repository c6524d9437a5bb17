//! The whole bundle, read file by file.

use super::calendar_doc::CalendarDoc;
use super::decision_doc::DecisionDoc;
use super::files::BundleFiles;
use super::guardrail_doc::GuardrailDoc;
use super::letter_doc::{LetterDoc, WordsDoc};
use super::manifest::Manifest;
use super::obligation_doc::ObligationDoc;
use super::pack_doc::PackDoc;
use super::rooms::Rooms;
use super::test_doc::TestFile;
use super::written::Written;
use crate::limits::{BUNDLE_BYTES_MAX, BUNDLE_FILES_MAX, DECISIONS_MAX, PACKS_MAX};
use crate::text::{Code, Diagnostic, Diagnostics, Source, yaml};

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
    /// The packs, in the order in which the manifest names them.
    pub packs: Vec<PackDoc>,
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
            Some(source) => yaml::parse(source, &mut out).and_then(|node| Manifest::read(&node, source, &mut out)),
            None => {
                let help = "a bundle is a directory with a `bundle.yaml`; `redress new DIR` writes one to start from";
                out.push(Diagnostic::global(Code::MissingFile, "the bundle has no `bundle.yaml`").help(help));
                None
            }
        };
        let manifest = manifest.unwrap_or_else(|| {
            let source = files.get("bundle.yaml").cloned();
            Manifest::of_unread(source.unwrap_or_else(|| Source::new("bundle.yaml", "")))
        });
        let mut rooms = Rooms::default();
        rooms.read("", files, &mut out);
        let mut packs = read_packs(&manifest.packs, files, &mut rooms, &mut out);
        for pack in &mut packs {
            pack.bind(&mut out);
        }
        let Rooms { decisions, guardrails, obligations, calendars, letters, words, tests, unread } = rooms;
        let count = decisions.len() + packs.iter().map(|pack| pack.decisions.len()).sum::<usize>();
        if count > DECISIONS_MAX {
            let message = format!("the bundle has {count} decisions, more than the {DECISIONS_MAX} that are allowed");
            out.push(Diagnostic::global(Code::TooLarge, message));
        }
        let whole = Self {
            manifest,
            decisions,
            guardrails,
            obligations,
            calendars,
            letters,
            words,
            packs,
            tests,
            files: files.clone(),
            unread,
        };
        (Some(whole), out)
    }

    /// Reads the policy tests among the files of the same bundle, when only the files that decide were read before.
    pub(crate) fn take_tests(&mut self, files: &BundleFiles, out: &mut Diagnostics) {
        let mut rooms = Rooms::default();
        rooms.read_tests(&self.manifest.packs, files, out);
        self.tests.extend(rooms.tests);
    }
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

/// The packs that the manifest names, each with its own files.
fn read_packs(names: &[Written<String>], files: &BundleFiles, rooms: &mut Rooms, out: &mut Diagnostics) -> Vec<PackDoc> {
    if let Some(first) = names.get(PACKS_MAX) {
        let message = format!("the bundle names {} packs, more than the {PACKS_MAX} that are allowed", names.len());
        out.push(Diagnostic::at(Code::TooLarge, &first.place, message));
        return Vec::new();
    }
    let mut packs: Vec<PackDoc> = Vec::new();
    for name in names {
        if packs.iter().any(|pack| pack.name.value == name.value) {
            let message = format!("the pack `{}` is named twice", name.value);
            out.push(Diagnostic::at(Code::DuplicateName, &name.place, message));
            continue;
        }
        let folder = format!("packs/{}/", name.value);
        let Some(source) = files.get(&format!("{folder}bundle.yaml")) else {
            let known = files.iter().filter_map(|(path, _)| path.strip_prefix("packs/")?.strip_suffix("/bundle.yaml"));
            let help = crate::text::nearest::did_you_mean(&name.value, known).unwrap_or_else(|| {
                "a pack is a folder `packs/NAME` with a `bundle.yaml`; `redress new DIR` writes out those that come with the program"
                    .to_owned()
            });
            let message = format!("there is no pack `{}` in `packs/`", name.value);
            out.push(Diagnostic::at(Code::UnknownPack, &name.place, message).help(help));
            unread_pack(&name.value, &mut rooms.unread);
            continue;
        };
        let mut inside = Rooms::default();
        inside.read(&folder, files, out);
        let read = yaml::parse(source, out).and_then(|node| PackDoc::read(name, &node, source, out));
        rooms.unread.append(&mut inside.unread);
        rooms.calendars.append(&mut inside.calendars);
        rooms.tests.append(&mut inside.tests);
        if let Some(mut pack) = read {
            (pack.decisions, pack.guardrails, pack.obligations) = (inside.decisions, inside.guardrails, inside.obligations);
            packs.push(pack);
        } else {
            unread_pack(&name.value, &mut rooms.unread);
            rooms.unread.extend(inside.decisions.into_iter().map(|decision| decision.name.value));
        }
    }
    packs
}

/// Notes what may be named elsewhere and belongs to a pack that could not be read.
fn unread_pack(name: &str, unread: &mut Vec<String>) {
    unread.extend([format!("packs.{name}"), "params".to_owned(), "input".to_owned(), "attributes".to_owned()]);
}
