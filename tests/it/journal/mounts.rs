//! A journal on a disk that can only be read, and a clock that somebody set back: real ones, where they can be had.
#![cfg(all(feature = "cli", target_os = "linux"))]

use super::faults::{decide, empty, holds_what_left, run, stage};
use super::verified;
use redress::journal::Verification;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Puts what lies in `before` on a disk of its own at `journal`, which can only be read from then on; runs what follows; keeps a copy in
/// `kept`.
const READ_ONLY: &str = "mount -t tmpfs tmpfs journal && cp -a before/. journal && mount -o remount,ro journal || exit 99
\"$@\"; status=$?; cp -a journal/. kept; exit $status";

#[test]
fn a_disk_that_can_only_be_read() {
    let directory = stage("read-only");
    let journal = empty(&directory);
    let fresh = || {
        for folder in ["before", "kept"] {
            let _ = fs::remove_dir_all(directory.join(folder));
            fs::create_dir(directory.join(folder)).unwrap();
        }
    };
    fresh();
    let tried = Command::new("unshare").args(["-m", "sh", "-c", READ_ONLY, "sh", "true"]).current_dir(&directory).output();
    if !tried.is_ok_and(|ran| ran.status.success()) {
        eprintln!("no disk can be mounted here, so nothing was tested");
        return;
    }
    let below = ["unshare", "-m", "sh", "-c", READ_ONLY, "sh"];
    // Nothing was ever recorded there.
    fresh();
    insta::assert_snapshot!(decide(&directory, &below, "--journal-failing required").told(&directory), @"
    status 3, 0 decisions
    error: `journal/decisions.jsonl.lock` cannot be written: Read-only file system (os error 30)
      = help: nothing can be written there; name a journal elsewhere
    ");
    insta::assert_snapshot!(decide(&directory, &below, "--journal-failing best-effort").told(&directory), @"
    status 3, 0 decisions
    error: `journal/decisions.jsonl.lock` cannot be written: Read-only file system (os error 30)
      = help: nothing can be written there; name a journal elsewhere
    ");
    assert_eq!(fs::read_dir(directory.join("kept")).unwrap().count(), 0);
    // Something was, and a line is torn.
    let ran = decide(&directory, &[], "--journal-failing required");
    assert_eq!(ran.status, Some(0));
    let whole = fs::read(&journal).unwrap();
    let with_torn = [whole.as_slice(), b"{\"format\":1,\"kind\""].concat();
    fresh();
    for name in ["decisions.jsonl", "decisions.jsonl.lock"] {
        fs::copy(journal.with_file_name(name), directory.join("before").join(name)).unwrap();
    }
    fs::write(directory.join("before/decisions.jsonl"), &with_torn).unwrap();
    insta::assert_snapshot!(decide(&directory, &below, "--journal-failing required").told(&directory), @"
    status 3, 0 decisions
    error: `journal/decisions.jsonl.lock` cannot be written: Read-only file system (os error 30)
      = help: nothing can be written there; name a journal elsewhere
    ");
    let kept = directory.join("kept/decisions.jsonl");
    assert_eq!(fs::read(&kept).unwrap(), with_torn, "nothing recorded is lost, and nothing half done");
    // Where it can be written again, it goes on.
    drop(redress::journal::Journal::open(&kept, super::required()).unwrap());
    holds_what_left(&kept, &ran, "read-only");
    assert!(verified(&kept).is_sound());
    // What is there can be read as ever.
    fs::write(directory.join("before/decisions.jsonl"), &whole).unwrap();
    let read = |arguments: &str| {
        let ran = run(&directory, &below, Path::new(env!("CARGO_BIN_EXE_redress")), arguments);
        assert_eq!(ran.status, Some(0), "{arguments}: {}{}", ran.stdout, ran.stderr);
        ran.stdout
    };
    assert!(read("journal verify journal/decisions.jsonl").contains("records   4, from 1 to 4"));
    assert!(read("journal show C-2 --journal journal/decisions.jsonl").contains("C-2"));
    let replayed = read("replay journal/decisions.jsonl --policies policies --cases cases.jsonl");
    assert!(replayed.contains("4 decisions taken again: 4 the same in every byte"), "{replayed}");
}

/// Each run is a process that is told another time.
#[test]
fn a_clock_that_is_set_back() {
    if !Command::new("faketime").arg("--version").output().is_ok_and(|ran| ran.status.success()) {
        eprintln!("faketime is not here, so nothing was tested");
        return;
    }
    let directory = stage("clock-set-back");
    let journal = empty(&directory);
    let runs = ["2026-03-06 12:00:00", "2026-03-06 11:00:00", "2019-12-31 23:59:59", "2026-03-06 12:00:01"];
    for (turn, time) in runs.iter().enumerate() {
        let ran = decide(&directory, &["faketime", "-f", time], "--journal-failing required");
        assert_eq!(ran.status, Some(0), "{time}: {}", ran.stderr);
        assert_eq!(ran.stdout.lines().count(), 4, "{time}");
        let found = verified(&journal);
        assert!(found.is_sound(), "{time}: {found:?}");
        assert_eq!(found.decisions, 4 * (turn as u64 + 1), "{time}");
    }
    let back = |found: &Verification| found.clock_back_at.iter().map(|place| place.line).collect::<Vec<_>>();
    assert_eq!(back(&verified(&journal)), [5, 9], "where the second and the third run begin");
    let told = run(&directory, &[], Path::new(env!("CARGO_BIN_EXE_redress")), "journal verify journal/decisions.jsonl");
    // The version of the engine is in the digest of the latest.
    let lines = told.stdout.lines().filter(|line| !line.contains("engines") && !line.contains("latest"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
    journal journal/decisions.jsonl
      segments  1
      records   16, from 1 to 16, written from 2026-03-06T12:00:00Z to 2026-03-06T12:00:01Z
      decisions 16, 0 with the case, 0 masked
      bundles   small 1 (d2e974aa8162): 16
      clock     it was behind the record before: journal/decisions.jsonl:5, journal/decisions.jsonl:9
    the chain is whole
    ");
}
