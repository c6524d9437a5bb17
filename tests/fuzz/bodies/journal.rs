//! The reader of journals, and what opening one does to it: nothing that was recorded is lost.
//!
//! The first byte chooses what the rest is: `s`, lines of an open segment, each of which is sealed with its digest (no fuzzer guesses
//! one) after `@` in it became the digest of the line before; `z`, a closed segment that is packed; anything else, an open segment as
//! it is.

use redress::case::{CaseFormat, read_case};
use redress::journal::{Entry, Failing, Journal, Record, Recording, Records, Replay, Sync, Verification};
use redress::text::Source;
use redress::value::DateTime;
use redress::{BundleFiles, Case, Extensions, Policy};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The comma before `check`, and all behind it.
const CHECK_BYTES: usize = 83;

/// The bundle of the journals in `tests/journal`.
const MANIFEST: &str = include_str!("../../it/journal/bundle/bundle.yaml");
const GIFT: &str = include_str!("../../it/journal/bundle/decisions/gift.yaml");

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::load(&bundle(), &Extensions::new()).unwrap());
static CASE: LazyLock<Case> = LazyLock::new(|| {
    let text = "complaint: {case_id: C-1, received_at: 2026-03-02T10:00:00Z, jurisdiction: GB}\n";
    read_case(&Source::new("case.yaml", text), CaseFormat::Yaml).unwrap()
});

fn bundle() -> BundleFiles {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", MANIFEST);
    files.insert("decisions/gift.yaml", GIFT);
    files
}

/// A directory of this run, in memory where that can be had; gone afterwards.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = root.join(format!("redress-fuzz-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(super) fn run(data: &[u8]) {
    let Some((mode, rest)) = data.split_first() else { return };
    let directory = Directory::new();
    let path = directory.0.join("journal.jsonl");
    match mode {
        b's' => fs::write(&path, sealed(rest)).unwrap(),
        b'z' => fs::write(directory.0.join("journal.jsonl.000001.zst"), rest).unwrap(),
        _ => fs::write(&path, rest).unwrap(),
    }
    read(&path);
    open(&path, *mode == b'z');
}

/// Lines with their digests, each bound to the one before it.
fn sealed(lines: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut previous = "null".to_owned();
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        let Ok(text) = std::str::from_utf8(line) else {
            out.extend(line);
            continue;
        };
        let (told, end) = text.strip_suffix('\n').map_or((text, ""), |told| (told, "\n"));
        let begins = told.len().checked_sub(CHECK_BYTES).filter(|at| told.is_char_boundary(*at));
        let told = match begins.map(|at| told.split_at(at)) {
            Some((told, check)) if check.starts_with(",\"check\":\"blake3:") => told,
            _ => told.strip_suffix('}').unwrap_or(told),
        };
        let told = told.replace("\"previous\":@", &format!("\"previous\":{previous}"));
        let check = format!("blake3:{}", blake3::hash(told.as_bytes()).to_hex());
        out.extend(format!("{told},\"check\":\"{check}\"}}{end}").into_bytes());
        previous = format!("\"{check}\"");
    }
    out
}

/// A record that can be read can be written, and is the same when it is read again. Decisions can be replayed, or it is said why not.
fn read(path: &Path) {
    let Ok(records) = Records::open(path) else { return };
    let find = |_: &str| Ok(bundle());
    let mut replay = Replay::new(find, Extensions::new());
    for read in records {
        match read {
            Ok((_, record)) => {
                let again = Record::parse(&record.to_json());
                // A digest covers the bytes; another order of the keys has another one.
                let again = again.map(|mut again| {
                    again.check.clone_from(&record.check);
                    again
                });
                assert_eq!(again.as_ref(), Ok(&record), "written, it is read as another one");
                if let Entry::Decision(told) = &record.entry {
                    let _ = replay.take(told);
                }
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// Opening a journal and writing to it keeps every whole line as it was.
fn open(path: &Path, is_packed: bool) {
    let before = fs::read(path).unwrap_or_default();
    let verified = Verification::of(path, None);
    let recording = Recording::new(Failing::Required, Sync::None).with_cases();
    let at = DateTime::parse("2026-03-05T10:00:00+02:00").unwrap();
    let decision = POLICY.decide(&CASE, at).unwrap();
    let journal = match Journal::open(path, recording) {
        Ok(journal) => journal,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            let whole = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let after = fs::read(path).unwrap_or_default();
            return assert!(after.starts_with(&before[..whole]), "refused, but changed");
        }
    };
    journal.record((&CASE, at), &decision, &POLICY).unwrap();
    drop(journal);
    let after = fs::read(path).unwrap();
    let whole = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    assert!(after.starts_with(&before[..whole]), "a whole line is lost");
    let Ok(verified) = verified else { return };
    // Whoever opens a journal looks at its last line alone: one that lacks no more than its end stays, wherever it came from.
    if std::str::from_utf8(&before[whole..]).is_ok_and(|line| Record::parse(line).is_ok()) {
        return;
    }
    let found = Verification::of(path, None).unwrap();
    if verified.broken.as_ref().is_none_or(|broken| broken.is_torn) {
        assert!(found.is_sound(), "whole before, and now {:?}", found.broken);
        assert!(found.decisions > verified.decisions, "{} decisions became {}", verified.decisions, found.decisions);
        assert!(is_packed || found.records > verified.records);
    }
}
