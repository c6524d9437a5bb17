//! What is written: each decision once, in a chain, across segments and writers.

use super::{at, case, engine, names, place, policy, record, records, required, told, verified};
use redress::journal::{Entry, Failing, Journal, JournalError, Recording, Sync, Verification};
use redress::{DecideError, Engine};
use std::fs;
use std::thread;

#[test]
fn a_decision_is_recorded_before_it_leaves() {
    let path = place("one").join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases()).unwrap();
    let case = case("C-1", "customer: {vulnerable: true}\n");
    let decision = engine(&journal).decide_at(&case, at()).unwrap();

    let records = records(&path);
    let [record] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!((record.number, &record.previous), (1, &None));
    let Entry::Decision(told) = &record.entry else { panic!("{record:?}") };
    assert_eq!(told.decision, decision.to_json_line());
    assert_eq!(told.case_digest, case.digest());
    assert_eq!(told.case_digest, decision.audit.input_hash);
    assert_eq!(told.bundle, *policy().name());
    assert_eq!(told.at.to_string(), "2026-03-05T10:00:00+02:00");
    assert_eq!(told.case.as_deref(), Some(&*serde_json::to_string(&case).unwrap()));
    let line = fs::read_to_string(&path).unwrap();
    assert_eq!(line, format!("{}\n", record.to_json()));
    // As another program reads it.
    let (said, check) = line.trim_end().split_at(line.trim_end().len() - 83);
    assert_eq!(check, format!(",\"check\":\"blake3:{}\"}}", blake3::hash(said.as_bytes()).to_hex()));
    assert_eq!(check, format!(",\"check\":\"{}\"}}", record.check));
}

#[test]
fn a_chain_goes_on_across_segments_and_writers() {
    let directory = place("segments");
    let path = directory.join("decisions.jsonl");
    drop(record(&path, required().segment_bytes(6_000), 0..7));
    drop(record(&path, required().segment_bytes(6_000), 7..12));
    let segments: Vec<String> = names(&directory).into_iter().filter(|name| name.contains("jsonl.0")).collect();
    assert!(segments.len() >= 3, "{segments:?}");
    assert!(segments.iter().all(|name| name.ends_with(".zst")), "{segments:?}");
    assert_eq!(told(&path), (0..12).map(|number| format!("{} C-{number}", number + 1)).collect::<Vec<_>>().join(", "));
    let found = verified(&path);
    assert!(found.is_sound(), "{found:?}");
    assert_eq!((found.records, found.segments), (12, segments.len() + 1));
    // A closed segment can be verified alone.
    let second = Verification::of(&directory.join(&segments[1]), None).unwrap();
    assert!(second.is_sound() && second.first_number > Some(1), "{second:?}");
    // A record is found by its digest, wherever it stands.
    let third = records(&path)[2].check.clone();
    assert_eq!(Verification::of(&path, Some(&third)).unwrap().holds, Some(true));
    assert_eq!(Verification::of(&path, Some("blake3:0123456789")).unwrap().holds, Some(false));

    // A segment that is gone leaves a gap.
    fs::remove_file(directory.join(&segments[1])).unwrap();
    let broken = verified(&path).broken.unwrap();
    assert!(broken.reason.contains("missing"), "{}", broken.reason);
    // So does the first one.
    fs::remove_file(directory.join(&segments[0])).unwrap();
    let broken = verified(&path).broken.unwrap();
    assert!(broken.reason.ends_with("those before it are not here"), "{}", broken.reason);
}

#[test]
fn a_segment_that_cannot_be_packed_keeps_nobody_from_recording() {
    let directory = place("unpacked");
    let path = directory.join("decisions.jsonl");
    // Where the packed segment is to be, something else stands.
    fs::create_dir(directory.join("decisions.jsonl.000001.zst.part")).unwrap();
    let journal = record(&path, required().segment_bytes(1), 0..3);
    let report = journal.report();
    assert_eq!((report.recorded, report.unrecorded), (3, 0));
    assert!(report.unpacked.unwrap().contains("decisions.jsonl.000001.zst` cannot be written"));
    assert!(verified(&path).is_sound());
    drop(journal);
    // The next time it is packed.
    fs::remove_dir(directory.join("decisions.jsonl.000001.zst.part")).unwrap();
    assert_eq!(record(&path, required().segment_bytes(1), 3..4).report().unpacked, None);
    assert!(
        names(&directory).iter().filter(|name| name.contains(".0")).all(|name| name.ends_with(".zst")),
        "{:?}",
        names(&directory)
    );
    assert_eq!(told(&path), "1 C-0, 2 C-1, 3 C-2, 4 C-3");
    assert!(verified(&path).is_sound());
}

/// Names are bytes to the system, whatever they look like.
#[cfg(unix)]
#[test]
fn a_journal_whose_name_is_no_text_is_found_with_its_segments() {
    use std::os::unix::ffi::OsStrExt;
    let directory = place("no-text");
    let path = directory.join(std::ffi::OsStr::from_bytes(b"decisions\xff.jsonl"));
    drop(record(&path, required().segment_bytes(1), 0..3));
    drop(record(&directory.join(std::ffi::OsStr::from_bytes(b"decisions\xfe.jsonl")), required().segment_bytes(1), 5..7));
    let found = verified(&path);
    assert!(found.is_sound(), "{found:?}");
    assert_eq!((found.segments, told(&path)), (3, "1 C-0, 2 C-1, 3 C-2".to_owned()));
}

#[test]
fn threads_write_one_chain() {
    for (name, sync) in [("every", Sync::Every), ("group", Sync::Group), ("none", Sync::None)] {
        let path = place(&format!("threads-{name}")).join("decisions.jsonl");
        let journal = Journal::open(&path, Recording::new(Failing::Required, sync).segment_bytes(40_000)).unwrap();
        let engine = engine(&journal);
        thread::scope(|scope| {
            for writer in 0..8 {
                let engine = engine.clone();
                scope.spawn(move || {
                    for number in 0..10 {
                        engine.decide_at(&case(&format!("C-{writer}-{number}"), ""), at()).unwrap();
                    }
                });
            }
        });
        let found = verified(&path);
        assert!(found.is_sound(), "{found:?}");
        assert_eq!(found.decisions, 80);
        assert_eq!(journal.report().recorded, 80);
        assert_eq!(journal.report().last_check, found.last_check);
        let mut cases: Vec<String> = records(&path)
            .into_iter()
            .map(|record| match record.entry {
                Entry::Decision(told) => told.case_id,
                other => panic!("{other:?}"),
            })
            .collect();
        cases.sort();
        cases.dedup();
        assert_eq!(cases.len(), 80);
    }
}

#[test]
fn two_writers_exclude_each_other() {
    let path = place("two").join("decisions.jsonl");
    let first = record(&path, required(), 0..1);
    let second = Journal::open(&path, required()).unwrap_err();
    assert!(matches!(second, JournalError::Locked(_)), "{second:?}");
    assert_eq!(second.help().unwrap(), "wait until it is done, or give each process a journal of its own");
    drop(first);
    drop(record(&path, required(), 1..2));
    assert_eq!(told(&path), "1 C-0, 2 C-1");
}

#[test]
fn a_journal_that_is_taken_away_keeps_decisions_from_leaving() {
    let directory = place("gone");
    let path = directory.join("decisions.jsonl");
    let journal = record(&path, required(), 0..2);
    let engine = engine(&journal);
    let aside = directory.join("aside");
    fs::rename(&path, &aside).unwrap();
    let error = engine.decide_at(&case("C-2", ""), at()).unwrap_err();
    let DecideError::NotRecorded { reason, help } = &error else { panic!("{error:?}") };
    assert!(reason.contains("was moved or taken away"), "{reason}");
    assert!(help.as_ref().unwrap().starts_with("put it back"));
    assert_eq!(engine.status().journal.unwrap().unrecorded, 1);
    fs::rename(&aside, &path).unwrap();
    engine.decide_at(&case("C-3", ""), at()).unwrap();
    assert_eq!(told(&path), "1 C-0, 2 C-1, 3 C-3");
    assert!(verified(&path).is_sound());
}

#[test]
fn what_is_lost_at_best_effort_is_counted_and_told() {
    let directory = place("best-effort");
    let path = directory.join("decisions.jsonl");
    let journal = Journal::open(&path, Recording::new(Failing::BestEffort, Sync::Every)).unwrap();
    let engine = engine(&journal);
    engine.decide_at(&case("C-0", ""), at()).unwrap();
    let aside = directory.join("aside");
    fs::rename(&path, &aside).unwrap();
    for number in 1..4 {
        engine.decide_at(&case(&format!("C-{number}"), ""), at()).unwrap();
    }
    let report = engine.status().journal.unwrap();
    assert_eq!((report.recorded, report.unrecorded), (1, 3));
    assert!(report.trouble.is_some());
    fs::rename(&aside, &path).unwrap();
    engine.decide_at(&case("C-4", ""), at()).unwrap();
    assert_eq!(told(&path), "1 C-0, 2 lost 3, 3 C-4");
    let found = verified(&path);
    assert!(found.is_sound());
    assert_eq!((found.lost, found.lost_at.len()), (3, 1));
    assert_eq!(journal.report().trouble, None);
    assert_eq!(
        journal.report().to_string().replace(directory.to_str().unwrap(), "DIR"),
        "the journal `DIR/decisions.jsonl`: 2 decisions recorded, 3 not recorded and left all the same"
    );

    // What was lost last is told when the journal is closed.
    fs::rename(&path, &aside).unwrap();
    engine.decide_at(&case("C-5", ""), at()).unwrap();
    fs::rename(&aside, &path).unwrap();
    drop((engine, journal));
    assert_eq!(told(&path), "1 C-0, 2 lost 3, 3 C-4, 4 lost 1");
}

#[test]
fn a_candidate_in_shadow_is_not_recorded() {
    let path = place("shadow").join("decisions.jsonl");
    let journal = Journal::open(&path, required()).unwrap();
    let engine: Engine = engine(&journal);
    let mut other = super::bundle();
    other.insert("decisions/gift.yaml", super::GIFT.replace("9.00", "8.00"));
    engine.carry_files(&other, redress::engine::Candidate::shadow()).unwrap();
    engine.decide_at(&case("C-0", ""), at()).unwrap();
    engine.drop_candidate("enough");
    // One that answers is.
    engine.carry_files(&other, redress::engine::Candidate::staged(10_000)).unwrap();
    let answered = engine.decide_at(&case("C-1", "customer: {customer_id: A}\n"), at()).unwrap();
    assert_eq!(told(&path), "1 C-0, 2 C-1");
    let Entry::Decision(told) = &records(&path)[1].entry else { panic!("a decision") };
    assert_eq!(told.bundle.digest, other.digest());
    assert_eq!(told.decision, answered.to_json_line());
}

#[test]
fn what_is_no_file_is_refused() {
    let directory = place("no-file");
    let told = |error: JournalError| {
        let help = error.help().map(|help| format!("\n  = help: {help}")).unwrap_or_default();
        format!("{error}{help}").replace(directory.to_str().unwrap(), "DIR")
    };
    let open = |name: &str| told(Journal::open(directory.join(name), required()).unwrap_err());
    fs::write(directory.join("notes.txt"), "not a journal\n").unwrap();
    fs::write(directory.join("newer.jsonl"), "{\"format\":2,\"kind\":\"decision\"}\n").unwrap();
    let all: Vec<String> =
        ["", "decisions.jsonl.000001.zst", "none/decisions.jsonl", "notes.txt", "newer.jsonl"].map(open).to_vec();
    insta::assert_snapshot!(all.join("\n"), @"
    `DIR/` is no file
      = help: name a file, or one that does not exist yet
    `DIR/decisions.jsonl.000001.zst` is no file
      = help: name a file, or one that does not exist yet
    `DIR/none/decisions.jsonl.lock` cannot be written: No such file or directory (os error 2)
      = help: make the folder first: `mkdir -p DIR/none`
    the journal `DIR/notes.txt` cannot be continued: its last line is no record of a journal
      = help: `redress journal verify` shows the first break; move the file away, and a new one is begun
    the journal `DIR/newer.jsonl` was last written by a newer version, in a form that this one does not know
      = help: go on with that version, or begin another journal
    ");
    let missing = told(redress::journal::Records::open(&directory.join("none.jsonl")).map(|_| ()).unwrap_err());
    insta::assert_snapshot!(missing, @"
    there is no journal `DIR/none.jsonl`
      = help: `redress decide --journal FILE` writes one
    ");
}
