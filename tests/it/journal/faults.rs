//! What can happen to a journal, in real processes: no room, no permission, an end in the midst of a write, a clock that goes back.
#![cfg(all(feature = "cli", target_os = "linux"))]
#![expect(clippy::print_stderr, reason = "a test that could test nothing says so")]

use super::{names, place, records, verified};
use redress::journal::{Entry, Verification};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_redress");

/// A directory with the small bundle and four cases.
pub(super) fn stage(name: &str) -> PathBuf {
    let directory = place(name);
    fs::create_dir_all(directory.join("policies/decisions")).unwrap();
    fs::write(directory.join("policies/bundle.yaml"), super::MANIFEST).unwrap();
    fs::write(directory.join("policies/decisions/gift.yaml"), super::GIFT).unwrap();
    fs::write(directory.join("cases.jsonl"), (1..=4).map(line).collect::<String>()).unwrap();
    directory
}

pub(super) fn line(number: usize) -> String {
    format!("{{\"complaint\":{{\"case_id\":\"C-{number}\",\"received_at\":\"2026-03-02T10:00:00Z\",\"jurisdiction\":\"GB\"}}}}\n")
}

const DECIDE: &str = "decide cases.jsonl -q --format json --at 2026-03-05 --journal journal/decisions.jsonl";

pub(super) struct Ran {
    pub(super) status: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Ran {
    pub(super) fn told(&self, directory: &Path) -> String {
        let status = self.status.map_or_else(|| "killed".to_owned(), |status| status.to_string());
        let lines = self.stdout.lines().count();
        format!("status {status}, {lines} decisions\n{}", self.stderr).replace(directory.to_str().unwrap(), "DIR")
    }
}

/// Runs the program below others: `["prlimit", "--fsize=100"]`.
pub(super) fn run(directory: &Path, below: &[&str], program: &Path, arguments: &str) -> Ran {
    let mut words: Vec<&str> = below.to_vec();
    words.push(program.to_str().unwrap());
    words.extend(arguments.split(' '));
    let ran = Command::new(words[0]).args(&words[1..]).current_dir(directory).env_clear().env("PATH", path()).output().unwrap();
    Ran {
        status: ran.status.code(),
        stdout: String::from_utf8(ran.stdout).unwrap(),
        stderr: String::from_utf8(ran.stderr).unwrap(),
    }
}

pub(super) fn decide(directory: &Path, below: &[&str], more: &str) -> Ran {
    run(directory, below, Path::new(PROGRAM), &format!("{DECIDE} {more}"))
}

fn path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

/// Is a program here that a test needs? Where CI is set, it has to be.
fn is_here(program: &str) -> bool {
    let found = path().split(':').any(|folder| Path::new(folder).join(program).is_file());
    assert!(found || std::env::var_os("CI").is_none(), "{program} is not here");
    if !found {
        eprintln!("{program} is not here, so nothing was tested");
    }
    found
}

/// An empty folder for the journal.
pub(super) fn empty(directory: &Path) -> PathBuf {
    let folder = directory.join("journal");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir(&folder).unwrap();
    folder.join("decisions.jsonl")
}

/// Everything that left is in the journal; a record that did not leave may be in it, once.
pub(super) fn holds_what_left(journal: &Path, ran: &Ran, what: &str) {
    // A last line without its end did not leave.
    let left: Vec<&str> = ran.stdout.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::trim_end).collect();
    let recorded: Vec<String> = records(journal)
        .into_iter()
        .filter_map(|record| if let Entry::Decision(told) = record.entry { Some(told.decision) } else { None })
        .collect();
    assert!(
        recorded.len() >= left.len() && recorded.len() <= left.len() + 1,
        "{what}: {} left, {} recorded",
        left.len(),
        recorded.len()
    );
    assert!(recorded.iter().zip(&left).all(|(one, other)| one == other), "{what}");
}

/// After whatever happened: the journal goes on, and its chain is whole.
fn goes_on(directory: &Path, journal: &Path, before: &Ran, what: &str) {
    let again = decide(directory, &[], "--journal-failing required --journal-segment-bytes 4000");
    assert_eq!(again.status, Some(0), "{what}: {}", again.stderr);
    let found = verified(journal);
    assert!(found.is_sound(), "{what}: {found:?}");
    let left = before.stdout.split_inclusive('\n').filter(|line| line.ends_with('\n')).count() as u64;
    assert!(found.decisions >= left + 4 && found.decisions <= left + 5, "{what}: {left} and 4 left, {found:?}");
    let unfinished: Vec<String> = names(journal.parent().unwrap())
        .into_iter()
        .filter(|name| name.ends_with(".part") || name.ends_with(".000001"))
        .collect();
    assert!(unfinished.is_empty(), "{what}: {unfinished:?}");
}

/// The program is killed by the system in the midst of the write that passes a size, which it carries out up to there: at every size,
/// so in every write of a journal and of a packed segment, before and behind every part of a record.
#[test]
fn killed_in_every_write() {
    if !is_here("prlimit") {
        return;
    }
    let directory = stage("killed-writing");
    let mut kills = 0;
    for size in (0..120).step_by(40).chain((120..9_000).step_by(211)) {
        let journal = empty(&directory);
        let limit = format!("--fsize={size}");
        let ran = decide(&directory, &["prlimit", "--core=0", &limit], "--journal-failing required --journal-segment-bytes 4000");
        let what = format!("{size} bytes");
        kills += usize::from(ran.status.is_none());
        if journal.exists() || !names(journal.parent().unwrap()).is_empty() {
            mended_copy_holds(&directory, &journal, &ran, &what);
            goes_on(&directory, &journal, &ran, &what);
        }
    }
    assert!(kills > 10, "{kills}");
}

/// Looks at what a copy of the journal holds once it is opened again, before anything is added.
fn mended_copy_holds(directory: &Path, journal: &Path, ran: &Ran, what: &str) {
    let copy = directory.join("copy");
    if copy.exists() {
        fs::remove_dir_all(&copy).unwrap();
    }
    fs::create_dir(&copy).unwrap();
    for name in names(journal.parent().unwrap()) {
        fs::copy(journal.with_file_name(&name), copy.join(&name)).unwrap();
    }
    let copied = copy.join("decisions.jsonl");
    drop(redress::journal::Journal::open(&copied, super::required()).unwrap_or_else(|error| panic!("{what}: {error}")));
    holds_what_left(&copied, ran, what);
}

/// The program is killed at every call with which it names, cuts, settles or takes away a file.
#[test]
fn killed_at_every_step_between_files() {
    let traced = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    if !traced.is_ok_and(|ran| ran.status.success()) {
        eprintln!("strace is not here or may not trace, so nothing was tested");
        return;
    }
    let directory = stage("killed-between");
    for step in 1..400 {
        let journal = empty(&directory);
        // A torn line from before, so that it is mended too.
        fs::write(&journal, "{\"format\":1,\"kind\"").unwrap();
        let inject =
            format!("inject=rename,renameat,renameat2,fsync,fdatasync,unlink,unlinkat,ftruncate:signal=KILL:when={step}");
        let below = [
            "strace",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=rename,renameat,renameat2,fsync,fdatasync,unlink,unlinkat,ftruncate",
            "-e",
            &inject,
        ];
        let ran = decide(&directory, &below, "--journal-failing required --journal-segment-bytes 4000");
        if ran.status == Some(0) {
            assert!(step > 10, "{step}");
            return;
        }
        let what = format!("step {step}");
        mended_copy_holds(&directory, &journal, &ran, &what);
        goes_on(&directory, &journal, &ran, &what);
    }
    panic!("it never came to its end");
}

#[test]
fn a_file_that_may_not_grow() {
    if !is_here("prlimit") {
        return;
    }
    let directory = stage("no-growth");
    let limited = |size: usize, more: &str| {
        let journal = empty(&directory);
        let limit = format!("--fsize={size}");
        // The shell has the signal ignored, so that the write fails instead.
        let words = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh", "prlimit", &limit];
        let ran = decide(&directory, &words, more);
        let found = Verification::of(&journal, None).unwrap();
        assert!(found.is_sound(), "{found:?}");
        format!("{}{} recorded\n", ran.told(&directory), found.decisions)
    };
    insta::assert_snapshot!(limited(5_500, "--journal-failing required"), @"
    status 3, 2 decisions
    error: case `C-3` was decided and is not shown, as it was not recorded: `journal/decisions.jsonl` cannot be written: File too large (os error 27)
      = help: files may not grow as large here: allow larger ones (`ulimit -f`) or close segments earlier; what is recorded is whole
    2 recorded
    ");
    insta::assert_snapshot!(limited(5_500, "--journal-failing best-effort"), @"
    status 3, 4 decisions
    error: the journal `journal/decisions.jsonl`: 2 decisions recorded, 2 not recorded and left all the same; `journal/decisions.jsonl` cannot be written: File too large (os error 27)
      = help: files may not grow as large here: allow larger ones (`ulimit -f`) or close segments earlier; what is recorded is whole
    2 recorded
    ");
    // No room for anything.
    insta::assert_snapshot!(limited(0, "--journal-failing best-effort"), @"
    status 3, 4 decisions
    error: the journal `journal/decisions.jsonl`: 0 decisions recorded, 4 not recorded and left all the same; `journal/decisions.jsonl` cannot be written: File too large (os error 27)
      = help: files may not grow as large here: allow larger ones (`ulimit -f`) or close segments earlier; what is recorded is whole
    0 recorded
    ");
}

#[test]
fn a_full_disk() {
    let directory = stage("full");
    let journal = empty(&directory);
    let script = "mount -t tmpfs -o size=12k tmpfs journal && \"$@\"; status=$?; cp -r journal kept; exit $status";
    let may = Command::new("unshare")
        .args(["-m", "mount", "-t", "tmpfs", "tmpfs", directory.join("journal").to_str().unwrap()])
        .output();
    if !may.is_ok_and(|ran| ran.status.success()) {
        eprintln!("no disk can be made here, so nothing was tested");
        return;
    }
    fs::write(directory.join("cases.jsonl"), (1..=9).map(line).collect::<String>()).unwrap();
    let full = |more: &str| {
        let _ = fs::remove_dir_all(directory.join("kept"));
        let ran = decide(&directory, &["unshare", "-m", "sh", "-c", script, "sh"], more);
        let kept = directory.join("kept/decisions.jsonl");
        let found = Verification::of(&kept, None).unwrap();
        assert!(found.is_sound(), "{found:?}");
        (format!("{}{} recorded\n", ran.told(&directory), found.decisions), ran, kept)
    };
    let (told, ran, kept) = full("--journal-failing required");
    insta::assert_snapshot!(told, @"
    status 3, 5 decisions
    error: case `C-6` was decided and is not shown, as it was not recorded: `journal/decisions.jsonl` cannot be written: No space left on device (os error 28)
      = help: make room; what is recorded is whole, and the next record goes on behind it
    5 recorded
    ");
    holds_what_left(&kept, &ran, "full");
    insta::assert_snapshot!(full("--journal-failing best-effort").0, @"
    status 3, 9 decisions
    error: the journal `journal/decisions.jsonl`: 5 decisions recorded, 4 not recorded and left all the same; `journal/decisions.jsonl` cannot be written: No space left on device (os error 28)
      = help: make room; what is recorded is whole, and the next record goes on behind it
    5 recorded
    ");
    // With room again, it goes on.
    fs::copy(&kept, &journal).unwrap();
    assert_eq!(decide(&directory, &[], "--journal-failing required").status, Some(0));
    assert!(verified(&journal).is_sound());
}

/// Whoever runs the tests may do everything; then somebody else runs the program, under another name for it that he may open.
fn as_somebody(directory: &Path) -> Option<(Vec<&'static str>, PathBuf)> {
    let user = Command::new("id").arg("-u").output().unwrap();
    if user.stdout != b"0\n" {
        return Some((Vec::new(), PathBuf::from(PROGRAM)));
    }
    let program = directory.join("redress");
    fs::copy(PROGRAM, &program).unwrap();
    let somebody = vec!["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let tried = Command::new("setpriv").args(&somebody[1..]).arg(&program).arg("--version").output();
    tried.is_ok_and(|ran| ran.status.success()).then_some((somebody, program))
}

#[test]
fn no_permission() {
    let own = stage("no-permission");
    // Below a folder that everybody may look into.
    let directory = std::env::temp_dir().join(format!("redress-no-permission-{}", std::process::id()));
    let copied = Command::new("cp").args(["-r", own.to_str().unwrap(), directory.to_str().unwrap()]).status().unwrap();
    assert!(copied.success());
    let Some((below, program)) = as_somebody(&directory) else {
        eprintln!("nobody else can run the program here, so nothing was tested");
        fs::remove_dir_all(&directory).unwrap();
        return;
    };
    let mut told = String::new();
    let mut tell = |what: &str, mode: u32| {
        fs::set_permissions(directory.join("journal"), fs::Permissions::from_mode(mode)).unwrap();
        let ran = run(&directory, &below, &program, &format!("{DECIDE} --journal-failing best-effort"));
        write!(told, "{what}: {}", ran.told(&directory)).unwrap();
    };
    empty(&directory);
    tell("a folder that may not be written to", 0o555);
    tell("one that may not be entered", 0o600);
    let journal = directory.join("journal/decisions.jsonl");
    fs::write(&journal, "").unwrap();
    fs::write(directory.join("journal/decisions.jsonl.lock"), "").unwrap();
    fs::set_permissions(directory.join("journal/decisions.jsonl.lock"), fs::Permissions::from_mode(0o666)).unwrap();
    fs::set_permissions(&journal, fs::Permissions::from_mode(0o444)).unwrap();
    tell("a journal that may only be read", 0o777);
    fs::set_permissions(directory.join("journal"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::remove_dir_all(&directory).unwrap();
    insta::assert_snapshot!(told, @"
    a folder that may not be written to: status 3, 0 decisions
    error: `journal/decisions.jsonl.lock` cannot be written: Permission denied (os error 13)
      = help: let the program write to the folder `journal`, or name a journal elsewhere
    one that may not be entered: status 3, 0 decisions
    error: `journal/decisions.jsonl.lock` cannot be written: Permission denied (os error 13)
      = help: let the program write to the folder `journal`, or name a journal elsewhere
    a journal that may only be read: status 3, 0 decisions
    error: `journal/decisions.jsonl` cannot be written: Permission denied (os error 13)
      = help: let the program write to the folder `journal`, or name a journal elsewhere
    ");
}

#[test]
fn a_clock_that_goes_back() {
    let directory = stage("clock");
    let journal = empty(&directory);
    assert_eq!(decide(&directory, &[], "--journal-failing required").status, Some(0));
    // The last record is one that a machine wrote whose clock was ahead.
    let text = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let told = lines[3].trim_end();
    let (before, rest) = told.split_once("\"written_at\":\"").unwrap();
    let ahead = format!("{before}\"written_at\":\"2099{}", &rest[4..rest.len() - 83]);
    let ahead = format!("{ahead},\"check\":\"blake3:{}\"}}\n", blake3::hash(ahead.as_bytes()).to_hex());
    fs::write(&journal, format!("{}{ahead}", lines[..3].concat())).unwrap();
    assert_eq!(decide(&directory, &[], "--journal-failing required").status, Some(0));
    let found = verified(&journal);
    assert!(found.is_sound(), "{found:?}");
    assert_eq!(found.decisions, 8);
    assert_eq!(found.clock_back_at.iter().map(|place| place.line).collect::<Vec<_>>(), [5]);
}

#[test]
fn a_bundle_that_is_removed_while_it_decides() {
    let directory = stage("bundle-removed");
    let journal = empty(&directory);
    let arguments = "decide - -q --watch --format json --at 2026-03-05 --policies policies --journal journal/decisions.jsonl --journal-failing required";
    let mut child = Command::new(PROGRAM)
        .args(arguments.split(' '))
        .current_dir(&directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut left = Vec::new();
    for number in 1..=4 {
        input.write_all(line(number).as_bytes()).unwrap();
        input.flush().unwrap();
        left.push(output.next().unwrap().unwrap());
        if number == 2 {
            fs::remove_dir_all(directory.join("policies")).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(400));
        }
    }
    drop(input);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("the bundle was changed and cannot be taken; what decided before goes on"), "{said}");
    let ran = Ran { status: None, stdout: left.iter().map(|line| format!("{line}\n")).collect(), stderr: String::new() };
    holds_what_left(&journal, &ran, "removed");
    assert!(verified(&journal).is_sound());
    assert_eq!(left.len(), 4);
}

/// Ended by somebody while it writes, again and again: one journal for all.
#[test]
fn killed_at_any_time() {
    let directory = stage("killed-any-time");
    fs::write(directory.join("cases.jsonl"), (1..=400).map(line).collect::<String>()).unwrap();
    let journal = empty(&directory);
    for turn in 0..12_u64 {
        let arguments = format!("{DECIDE} --journal-failing required --journal-sync group --journal-segment-bytes 20000");
        let mut child = Command::new(PROGRAM)
            .args(arguments.split(' '))
            .current_dir(&directory)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(30 + turn * 17));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let before = if journal.exists() { super::told(&journal_opened(&journal)).matches("C-").count() } else { 0 };
    fs::write(directory.join("cases.jsonl"), line(9_999)).unwrap();
    assert_eq!(decide(&directory, &[], "--journal-failing required").status, Some(0));
    let found = verified(&journal);
    assert!(found.is_sound(), "{found:?}");
    assert_eq!(usize::try_from(found.decisions), Ok(before + 1));
}

/// Opened once, so that a torn line is mended.
fn journal_opened(journal: &Path) -> PathBuf {
    drop(redress::journal::Journal::open(journal, super::required()).unwrap());
    journal.to_owned()
}
