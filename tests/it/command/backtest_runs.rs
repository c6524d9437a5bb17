//! Runs of `redress backtest` over histories of several pieces: packed, cut short, ended and gone on with, on one thread or several.

use super::Stage;
use std::fs;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

/// A made-up history of several pieces, with a wrong row in the second.
fn stage(name: &str) -> Stage {
    let stage = Stage::empty(name);
    let made = stage.run("generate cases --count 420 --seed 5 --out made.jsonl");
    assert!(made.starts_with("status 0"), "{made}");
    let text = fs::read_to_string(stage.directory.join("made.jsonl")).unwrap();
    assert!(text.len() > 3 * 256 * 1024, "{} bytes are too few", text.len());
    let mut rows: Vec<&str> = text.lines().collect();
    rows.insert(170, "{\"complaint\": 5}");
    fs::remove_file(stage.directory.join("made.jsonl")).unwrap();
    stage.file("history.jsonl", &(rows.join("\n") + "\n"))
}

impl Stage {
    fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.directory.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The results of two runs are the same in every byte.
    fn same(&self, one: &str, other: &str) {
        for name in ["summary.json", "cases.jsonl", "rejects.jsonl"] {
            let read = |directory: &str| String::from_utf8(self.read(&format!("{directory}/{name}"))).unwrap();
            assert!(read(one) == read(other), "{name} differs");
        }
    }
}

#[test]
fn a_run_that_was_ended_is_gone_on_with() {
    let stage = stage("backtest-resume");
    let whole = stage.run("backtest --cases history.jsonl --out whole -q --threads 1");
    assert!(whole.starts_with("status 0\n"), "{whole}");
    let part = stage.run("backtest --cases history.jsonl --out part --threads 2 --max-rejects 0");
    let told: Vec<&str> = part.lines().take(3).chain(part.lines().skip_while(|line| *line != "--- stderr")).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    status 1
    --- stdout
    This is a part of the history only: more rows were rejected than are allowed
    --- stderr
    the run can be gone on with: the same command with --resume (part)
    ");
    let cases = String::from_utf8(stage.read("part/cases.jsonl")).unwrap().lines().count();
    assert!(cases > 100 && cases < 420, "{cases}");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --out part"), @"
    status 3
    --- stderr
    error: `part` holds a run that was ended before its time
      = help: go on with it by `--resume`, or name another directory
    ");
    insta::assert_snapshot!(stage.run("backtest --cases history.jsonl --out part --resume --shown 3"), @"
    status 3
    --- stderr
    error: the run in `part` was another one: its history, policies or options differ
      = help: go on with the same history, policies and options, or name another directory
    ");
    let rest = stage.run("backtest --cases history.jsonl --out part --resume -q");
    assert_eq!(rest, whole);
    stage.same("whole", "part");
    assert!(!stage.directory.join("part/unfinished.json").exists());
}

#[test]
fn the_same_on_any_number_of_threads_and_however_it_is_packed() {
    let stage = stage("backtest-packed");
    let bytes = stage.read("history.jsonl");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let (one, other) = bytes.split_at(200_000);
    gzip.write_all(one).unwrap();
    let mut packed = gzip.finish().unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(other).unwrap();
    // Two packed files one behind the other are one.
    packed.extend(gzip.finish().unwrap());
    let mut zstandard = zstandard_of(one);
    // A frame that holds no data.
    zstandard.extend([0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    zstandard.extend(zstandard_of(other));
    for (directory, name, bytes) in [("gz", "history.jsonl.gz", &packed), ("zst", "history.jsonl.zst", &zstandard)] {
        fs::create_dir(stage.directory.join(directory)).unwrap();
        fs::write(stage.directory.join(directory).join(name), bytes).unwrap();
    }
    let outcomes = |arguments: &str| {
        let said = stage.run(&format!("backtest {arguments} -q --format json"));
        let json: serde_json::Value = serde_json::from_str(said.strip_prefix("status 0\n--- stdout\n").unwrap_or("null"))
            .unwrap_or_else(|error| panic!("{error}: {said}"));
        format!("{}{}{}", json["policy"]["summary"], json["rejects"]["rows"], json["history"]["complete"])
    };
    let plain = outcomes("--cases history.jsonl --threads 1");
    assert_eq!(outcomes("--cases history.jsonl --threads 3"), plain);
    assert_eq!(outcomes("--cases gz"), plain);
    assert_eq!(outcomes("--cases zst --threads 2"), plain);
    fs::write(stage.directory.join("cut.jsonl.gz"), &packed[..packed.len() - 2_000]).unwrap();
    let cut = stage.run("backtest --cases cut.jsonl.gz");
    let told: Vec<&str> = cut.lines().take(8).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    status 1
    --- stdout
    This is a part of the history only: `cut.jsonl.gz` cannot be read to its end:
    incomplete deflate stream.
      policy    default 2026.11.1 (DIGEST), built in
      cases     415 cases
      as of     the last thing that each case tells: its receipt, a message, a step
      rejected  2 rows: R0001 1 (first: cut.jsonl.gz:417), R0102 1 (first:
    ");
}

fn zstandard_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What can be read of a packed file counts; that the rest cannot is said.
#[test]
fn a_packed_file_that_is_cut_or_damaged() {
    let stage = stage("backtest-damaged");
    let bytes = stage.read("history.jsonl");
    let packed = zstandard_of(&bytes);
    let mut damaged = packed.clone();
    let middle = damaged.len() - 3;
    damaged[middle] ^= 1;
    let cut = packed[..packed.len() - 2_000].to_vec();
    let mut told = String::new();
    for (name, bytes) in [("cut", cut), ("damaged", damaged), ("foreign", b"not packed at all".to_vec())] {
        fs::write(stage.directory.join(format!("{name}.jsonl.zst")), bytes).unwrap();
        let said = stage.run(&format!("backtest --cases {name}.jsonl.zst -q"));
        let lines: Vec<&str> = said.lines().take(5).collect();
        told.push_str(&format!("{name}: {}\n", lines.join("\n")));
    }
    insta::assert_snapshot!(told, @"
    cut: status 1
    --- stdout
    This is a part of the history only: `cut.jsonl.zst` cannot be read to its end:
    incomplete frame.
      policy    default 2026.11.1 (DIGEST), built in
    damaged: status 1
    --- stdout
    This is a part of the history only: `damaged.jsonl.zst` cannot be read to its
    end: Restored data doesn't match checksum.
      policy    default 2026.11.1 (DIGEST), built in
    foreign: status 1
    --- stdout
    This is a part of the history only: `foreign.jsonl.zst` cannot be read to its
    end: Unknown frame descriptor.
      policy    default 2026.11.1 (DIGEST), built in
    ");
}

#[cfg(unix)]
#[test]
fn somebody_ends_a_run() {
    let stage = stage("backtest-ended");
    let files = vec!["history.jsonl"; 40].join(" ");
    let arguments = format!("backtest --cases {files} --out ended --max-rejects 100");
    let child = stage.command(&arguments).spawn().unwrap();
    let begun = Instant::now();
    let has_begun = || fs::metadata(stage.directory.join("ended/cases.jsonl")).is_ok_and(|file| file.len() > 0);
    while !has_begun() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not begin");
        std::thread::sleep(Duration::from_millis(20));
    }
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signal.success());
    let output = child.wait_with_output().unwrap();
    let (text, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let first: Vec<&str> = text.lines().take(2).collect();
    insta::assert_snapshot!(format!("{:?}\n{}\n{said}", output.status.code(), first.join("\n")), @"
    Some(1)
    This is a part of the history only: somebody ended the run before the history
    was read to its end.
    the run can be gone on with: the same command with --resume (ended)
    ");
    let summary: serde_json::Value = serde_json::from_slice(&stage.read("ended/summary.json")).unwrap();
    assert_eq!(summary["history"]["complete"], false);
    let rest = stage.run(&format!("{arguments} --resume -q"));
    assert!(rest.starts_with("status 0\n"), "{rest}");
    let lines = String::from_utf8(stage.read("ended/cases.jsonl")).unwrap().lines().count();
    assert_eq!(lines, 40 * 420);
}

#[cfg(unix)]
#[test]
fn a_history_whose_name_is_no_text_has_a_report_too() {
    use std::os::unix::ffi::OsStrExt;
    let stage = stage("backtest-no-text");
    let name = std::ffi::OsStr::from_bytes(b"history\xff.jsonl");
    fs::rename(stage.directory.join("history.jsonl"), stage.directory.join(name)).unwrap();
    let output = stage.command("backtest -q --out result --cases").arg(name).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(stage.read("result/report.html")).unwrap().contains("--cases &#39;history\u{fffd}.jsonl&#39;"));
}
