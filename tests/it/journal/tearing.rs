//! Whatever part of a journal is there, its whole records are; whatever was changed in one, it shows.

use super::{at, case, engine, place, record, records, required, told, verified};
use proptest::prelude::*;
use redress::journal::{Entry, Journal, Record, Records, Verification};
use std::fs;
use std::path::Path;

/// A journal of a few short records, as bytes.
fn written(name: &str) -> Vec<u8> {
    let path = place(name).join("decisions.jsonl");
    drop(record(&path, required(), 0..3));
    fs::read(path).unwrap()
}

/// The numbers of the decisions and what tells of a torn line.
fn opened(path: &Path) -> (Vec<u64>, Option<u64>) {
    drop(Journal::open(path, required()).unwrap());
    let mut numbers = Vec::new();
    let mut mended = None;
    for record in records(path) {
        match record.entry {
            Entry::Decision(_) => numbers.push(record.number),
            Entry::Mended { bytes } => mended = Some(bytes),
            other => panic!("{other:?}"),
        }
    }
    (numbers, mended)
}

/// How many records are whole in the first bytes: a line counts without its break.
fn whole(bytes: &[u8], length: usize) -> (u64, u64) {
    let mut ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
    let (mut count, mut rest) = (0, length);
    while let Some(end) = ends.next().filter(|end| *end <= length) {
        count += 1;
        rest = length.saturating_sub(end + 1);
    }
    (count, rest as u64)
}

#[test]
fn every_prefix_is_recovered_to_its_whole_records() {
    let bytes = written("prefix-source");
    let ends: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
    let directory = place("prefix");
    let path = directory.join("decisions.jsonl");
    // Around every end of a record each byte, and in between one in so many.
    let is_near = |at: usize| ends.iter().any(|end| at.abs_diff(*end) < 100) || at < 100;
    for length in (0..=bytes.len()).filter(|at| is_near(*at) || at % 41 == 0) {
        fs::write(&path, &bytes[..length]).unwrap();
        let (count, rest) = whole(&bytes, length);
        let (numbers, mended) = opened(&path);
        assert_eq!(numbers, (1..=count).collect::<Vec<u64>>(), "{length} bytes");
        assert_eq!(mended, (rest > 0).then_some(rest), "{length} bytes");
        let found = verified(&path);
        assert!(found.is_sound(), "{length} bytes: {found:?}");
        // ... and it goes on.
        drop(record(&path, required(), 7..8));
        assert!(told(&path).ends_with("C-7"), "{}", told(&path));
        assert!(verified(&path).is_sound());
    }
}

#[test]
fn a_torn_journal_is_told_before_it_is_mended() {
    let bytes = written("torn-source");
    let path = place("torn").join("decisions.jsonl");
    fs::write(&path, &bytes[..bytes.len() - 20]).unwrap();
    let broken = verified(&path).broken.unwrap();
    assert!(broken.is_torn && broken.place.line == 3, "{broken:?}");
    assert!(broken.reason.starts_with("is torn: it breaks off after "), "{}", broken.reason);
}

#[test]
fn a_file_that_is_no_journal_is_left_as_it_is() {
    let directory = place("foreign");
    let path = directory.join("decisions.jsonl");
    let whole = String::from_utf8(written("foreign-source")).unwrap();
    let texts = [
        "{\"complaint\": {\"case_id\": \"C-1\"}}",
        "id,amount\n1,2",
        "{\"format\":1,\"decision_id\":\"a\"}",
        "some text\n{\"format\":1,\"kind\":\"deci",
        &format!("{whole}notes of mine"),
        &format!("{whole}{{\"format\":2,\"kind\":\"decis"),
    ];
    let told = texts.map(|text| {
        fs::write(&path, text).unwrap();
        let error = Journal::open(&path, required()).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        error.to_string().replace(directory.to_str().unwrap(), "DIR")
    });
    insta::assert_snapshot!(told.join("\n"), @"
    the journal `DIR/decisions.jsonl` cannot be continued: it ends with something that is no record, and is left as it is
    the journal `DIR/decisions.jsonl` cannot be continued: it ends with something that is no record, and is left as it is
    the journal `DIR/decisions.jsonl` cannot be continued: it ends with something that is no record, and is left as it is
    the journal `DIR/decisions.jsonl` cannot be continued: its last line is no record of a journal
    the journal `DIR/decisions.jsonl` cannot be continued: it ends with something that is no record, and is left as it is
    the journal `DIR/decisions.jsonl` was last written by a newer version, in a form that this one does not know
    ");
    // What a machine leaves that lost its power.
    let zeros = [whole.as_bytes(), &[0; 30]].concat();
    fs::write(&path, &zeros).unwrap();
    assert_eq!(opened(&path), (vec![1, 2, 3], Some(30)));
    assert!(verified(&path).is_sound());
}

#[test]
fn a_segment_that_cannot_be_read_is_no_break() {
    let path = place("unreadable").join("decisions.jsonl");
    drop(record(&path, required(), 0..1));
    fs::create_dir(path.with_file_name("decisions.jsonl.000001")).unwrap();
    let error = Verification::of(&path, None).unwrap_err();
    assert!(error.to_string().contains("decisions.jsonl.000001` cannot be read"), "{error}");
}

/// Writes a journal anew and says where it breaks.
fn broken(path: &Path, bytes: &[u8]) -> Option<(u64, String)> {
    fs::write(path, bytes).unwrap();
    verified(path).broken.map(|it| (it.place.line, it.reason))
}

#[test]
fn every_changed_byte_is_found() {
    let bytes = written("changed-source");
    let path = place("changed").join("decisions.jsonl");
    assert_eq!(broken(&path, &bytes), None);
    for at in (0..bytes.len()).filter(|at| at % 7 == 0 || *at + 100 > bytes.len()) {
        for with in [bytes[at] ^ 1, bytes[at] ^ 0x20, b'\n', b'"', 0, 0xff] {
            let mut changed = bytes.clone();
            changed[at] = with;
            if with != bytes[at] {
                let line = bytes[..at].split(|byte| *byte == b'\n').count() as u64;
                let (found, reason) = broken(&path, &changed).unwrap_or_else(|| panic!("byte {at} as {with}"));
                assert_eq!(found, line, "byte {at} as {with}: {reason}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Bytes put in, taken out, moved: whatever is no longer the same does not pass, but for whole records gone from the end.
    #[test]
    fn no_change_passes(at in 0..10_000_usize, length in 0..300_usize, to in 0..10_000_usize, what in any::<Vec<u8>>(), how in 0..3_u8) {
        let source = written_once();
        let mut changed = source.clone();
        let at = at % source.len();
        let end = (at + length).min(source.len());
        match how {
            0 => { changed.drain(at..end); }
            1 => { changed.splice(at..at, what); }
            _ => {
                let moved: Vec<u8> = changed.drain(at..end).collect();
                let to = to % (changed.len() + 1);
                changed.splice(to..to, moved);
            }
        }
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journal/no-change.jsonl");
        if changed != *source {
            let is_beginning = source.starts_with(&changed) && (changed.is_empty() || changed.ends_with(b"\n"));
            prop_assert_eq!(broken(&path, &changed).is_none(), is_beginning);
        }
    }

    /// Whatever somebody hands it, the reader of records tells what is wrong and never falls over.
    #[test]
    fn no_line_is_too_strange(text in "(\\{\"format\":[0-9]{1,3},)?\\PC{0,200}") {
        prop_assert!(Record::parse(&text).is_err());
    }
}

fn written_once() -> &'static Vec<u8> {
    static BYTES: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| written("no-change-source"));
    &BYTES
}

#[test]
fn a_changed_byte_of_a_packed_segment_is_found() {
    let directory = place("changed-packed");
    let path = directory.join("decisions.jsonl");
    drop(record(&path, required().segment_bytes(1), 0..3));
    let packed = directory.join("decisions.jsonl.000001.zst");
    let bytes = fs::read(&packed).unwrap();
    let (before, mut found) = (records(&path), 0);
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        fs::write(&packed, &changed).unwrap();
        let verified = verified(&path);
        match &verified.broken {
            Some(broken) => {
                assert_eq!(broken.place.path, packed, "byte {at}: {broken:?}");
                found += 1;
            }
            // A bit that says nothing of the content.
            None => assert_eq!(records(&path), before, "byte {at}"),
        }
        // The records of other segments are read all the same.
        let read: Vec<u64> = Records::open(&path).unwrap().filter_map(Result::ok).map(|(_, record)| record.number).collect();
        assert!(read.ends_with(&[2, 3]), "byte {at}: {read:?}");
    }
    assert!(found * 100 > bytes.len() * 95, "{found} of {}", bytes.len());
}

#[test]
fn records_that_are_taken_out_swapped_or_doubled_are_found() {
    let bytes = written("moved-source");
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let path = place("moved").join("decisions.jsonl");
    let told = |order: &[usize]| {
        let text: String = order.iter().map(|at| lines[*at]).collect();
        let found = broken(&path, text.as_bytes());
        format!("{order:?}: {}", found.map_or_else(|| "whole".to_owned(), |(line, reason)| format!("line {line} {reason}")))
    };
    let all: Vec<String> = [&[0, 1, 2][..], &[0, 2], &[1, 2], &[0, 0, 1], &[0, 2, 1], &[0, 1]].map(told).to_vec();
    insta::assert_snapshot!(all.join("\n"), @"
    [0, 1, 2]: whole
    [0, 2]: line 2 is record 3: record 2 is missing
    [1, 2]: line 1 is record 2: those before it are not here
    [0, 0, 1]: line 2 is record 1, and record 2 was to follow
    [0, 2, 1]: line 2 is record 3: record 2 is missing
    [0, 1]: whole
    ");
    // A record of another journal with the right number does not follow.
    let other = place("moved-other").join("decisions.jsonl");
    let journal = Journal::open(&other, required()).unwrap();
    let engine = engine(&journal);
    for id in ["X-0", "X-1"] {
        engine.decide_at(&case(id, ""), at()).unwrap();
    }
    let foreign = fs::read_to_string(&other).unwrap();
    let foreign = foreign.split_inclusive('\n').nth(1).unwrap();
    let found = broken(&path, format!("{}{foreign}", lines[0]).as_bytes()).unwrap();
    assert_eq!(found, (2, "does not follow record 1: it names another digest of it".to_owned()));
}
