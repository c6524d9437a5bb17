//! The journal: what is recorded is found again, in order, whole, and nothing that was changed passes for it.

mod faults;
mod masking;
mod mounts;
mod old_records;
mod replaying;
mod tearing;
mod writing;

use redress::case::{CaseFormat, read_case};
use redress::journal::{Entry, Failing, Journal, Record, Recording, Records, Sync, Verification};
use redress::text::Source;
use redress::value::DateTime;
use redress::{BundleFiles, Case, Engine, Extensions, Policy};
use std::fs;
use std::path::{Path, PathBuf};

/// A directory of its own for one test.
fn place(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("journal").join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    directory
}

/// The bundle of the journals in `tests/journal`.
const MANIFEST: &str = include_str!("bundle/bundle.yaml");
const GIFT: &str = include_str!("bundle/decisions/gift.yaml");

fn bundle() -> BundleFiles {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", MANIFEST);
    files.insert("decisions/gift.yaml", GIFT);
    files
}

fn policy() -> Policy {
    Policy::load(&bundle(), &Extensions::new()).unwrap_or_else(|found| panic!("{}", redress::text::render_all(&found, false)))
}

fn case(id: &str, rest: &str) -> Case {
    let text = format!("complaint: {{case_id: {id}, received_at: 2026-03-02T10:00:00Z, jurisdiction: GB}}\n{rest}");
    read_case(&Source::new("case.yaml", text), CaseFormat::Yaml).unwrap()
}

fn at() -> DateTime {
    DateTime::parse("2026-03-05T10:00:00+02:00").unwrap()
}

fn required() -> Recording {
    Recording::new(Failing::Required, Sync::None)
}

fn engine(journal: &Journal) -> Engine {
    Engine::builder().record_in(journal.clone()).open_policy(policy())
}

/// Records so many decisions.
fn record(path: &Path, recording: Recording, cases: std::ops::Range<usize>) -> Journal {
    let journal = Journal::open(path, recording).unwrap();
    let engine = engine(&journal);
    for number in cases {
        engine.decide_at(&case(&format!("C-{number}"), ""), at()).unwrap();
    }
    journal
}

fn records(path: &Path) -> Vec<Record> {
    Records::open(path).unwrap().map(|read| read.unwrap().1).collect()
}

/// The records in a few words: `1 C-0`, `2 lost 3`.
fn told(path: &Path) -> String {
    let word = |record: &Record| match &record.entry {
        Entry::Decision(told) => format!("{} {}", record.number, told.case_id),
        Entry::Lost { decisions } => format!("{} lost {decisions}", record.number),
        Entry::Mended { bytes } => format!("{} mended {bytes}", record.number),
        other => format!("{} {other:?}", record.number),
    };
    records(path).iter().map(word).collect::<Vec<_>>().join(", ")
}

fn verified(path: &Path) -> Verification {
    Verification::of(path, None).unwrap()
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
