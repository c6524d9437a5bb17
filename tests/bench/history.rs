//! A whole history through `redress backtest`: made up, written to a file, decided under one policy and under two, on one core and on two.
//!
//! `REDRESS_BENCH_CASES` says how many cases, else a million. Time and memory are those of the whole process, reading included.
//! `REDRESS_BENCH_PIPED` measures nothing but how much memory so many cases take that come out of one process into the other, as they do
//! not fit on every disk.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic is how a measurement fails")]
#![allow(clippy::print_stdout, reason = "what was measured is printed")]
#![allow(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "times, not money")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const CASES: u64 = 1_000_000;
/// A bundle of tables alone: no script, no plugin, no clock.
const TABLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/tables");
/// What the candidate changes.
const CHANGES: [(&str, &str); 2] =
    [("per_case_cap: 250.00 case", "per_case_cap: 100.00 case"), ("      moderate: 25.00 case", "      moderate: 35.00 case")];
/// How often each is run; the fastest counts, since whatever else a machine does only makes it slower.
const ROUNDS: usize = 2;

fn redress(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.args(arguments).current_dir(directory).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The most memory that a process has had resident, in KB, where the system tells it.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Runs it: seconds, and the most memory in KB.
fn measured(directory: &Path, arguments: &[&str]) -> (f64, u64) {
    ended(redress(directory, arguments).spawn().unwrap(), arguments)
}

/// The same of a process that runs.
fn ended(mut child: Child, arguments: &[&str]) -> (f64, u64) {
    let begun = Instant::now();
    let mut most = 0;
    loop {
        most = most.max(peak(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "{arguments:?}: {status}");
            return (begun.elapsed().as_secs_f64(), most);
        }
        sleep(Duration::from_millis(5));
    }
}

fn candidate(directory: &Path) {
    assert!(redress(directory, &["new", "candidate"]).status().unwrap().success());
    let manifest = directory.join("candidate/bundle.yaml");
    let text = CHANGES.iter().fold(fs::read_to_string(&manifest).unwrap(), |text, (before, after)| {
        assert!(text.contains(before), "{before}");
        text.replacen(before, after, 1)
    });
    fs::write(manifest, text).unwrap();
}

/// So many cases out of one process into the other.
fn piped(directory: &Path, count: &str) {
    let mut making =
        redress(directory, &["generate", "cases", "--count", count, "--seed", "1"]).stdout(Stdio::piped()).spawn().unwrap();
    let arguments = ["backtest", "--cases", "-", "--policies", TABLES];
    let deciding = redress(directory, &arguments).stdin(making.stdout.take().unwrap()).spawn().unwrap();
    let (seconds, memory) = ended(deciding, &arguments);
    assert!(making.wait().unwrap().success());
    println!(
        "{count} cases of a bundle of tables alone, made up by another process: {seconds:.0} s, {} MB resident",
        memory / 1000
    );
}

/// How busy the machine is, as the system tells it: runnable processes over the last minute.
fn load() -> String {
    fs::read_to_string("/proc/loadavg").unwrap_or_default().split(' ').next().unwrap_or("unknown").to_owned()
}

fn main() {
    // Only `cargo bench` asks for a measurement.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let cases: u64 = std::env::var("REDRESS_BENCH_CASES").map_or(CASES, |text| text.parse().unwrap());
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("history");
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    if let Ok(count) = std::env::var("REDRESS_BENCH_PIPED") {
        return piped(&directory, &count);
    }
    candidate(&directory);
    println!("load before: {}", load());
    let count = cases.to_string();
    let (seconds, memory) =
        measured(&directory, &["generate", "cases", "--count", &count, "--seed", "1", "--out", "history.jsonl"]);
    let bytes = fs::metadata(directory.join("history.jsonl")).unwrap().len();
    println!("history: {cases} cases, {} MB\n", bytes / 1_000_000);
    println!("| what | cores | seconds | cases a second | MB resident |\n|---|---:|---:|---:|---:|");
    let row = |what: &str, cores: &str, seconds: f64, memory: u64| {
        println!("| {what} | {cores} | {seconds:.1} | {:.0} | {} |", cases as f64 / seconds, memory / 1000);
    };
    row("make the history up, and write it", "1", seconds, memory);
    let alone = ["backtest", "--cases", "history.jsonl", "--policies", "built-in"];
    let beside = [&alone[..], &["--candidate", "candidate"]].concat();
    let tables = ["backtest", "--cases", "history.jsonl", "--policies", TABLES];
    let all =
        [("a bundle of tables alone", &tables[..]), ("the default bundle", &alone), ("the same beside a candidate", &beside)];
    for (what, arguments) in all {
        for cores in ["1", "2"] {
            let runs: Vec<(f64, u64)> =
                (0..ROUNDS).map(|_| measured(&directory, &[arguments, &["--threads", cores]].concat())).collect();
            let seconds = runs.iter().map(|(seconds, _)| *seconds).fold(f64::INFINITY, f64::min);
            row(what, cores, seconds, runs.iter().map(|(_, memory)| *memory).max().unwrap_or(0));
        }
    }
    println!("\nload after: {}", load());
    fs::remove_file(directory.join("history.jsonl")).unwrap();
}
