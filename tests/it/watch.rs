//! `redress watch` in a real pseudo-terminal, and where there is none.
//!
//! Each test waits for what the screen shows, never for a while.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

const BUNDLE: [(&str, &str); 5] = [
    ("policies/bundle.yaml", "bundle: small\nversion: 1.0\ncurrency: USD\nparams: {gesture: 5.00 USD}\n"),
    (
        "policies/decisions/goodwill.yaml",
        "decision: goodwill
hit: first
outputs:
  amount: {type: money, default: 0.00}
  kind: {type: enum, values: [gesture], default: missing}
  instrument: {type: enum, values: [bill_credit, none], default: none}
rules:
  - id: sorry
    when: {finding.severity: at least minor}
    then: {amount: = params.gesture, kind: gesture, instrument: bill_credit}
    because: It cost the customer time.
otherwise: {because: No gesture is due.}
",
    ),
    (
        "policies/tests/all.yaml",
        "tests:
  - name: a small gesture
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.severity: minor}
    at: 2026-03-05
    expect: {money.goodwill: 5.00 USD}
",
    ),
    ("cases/minor.yaml", "severity: minor"),
    ("cases/severe.yaml", "severity: severe"),
];

fn case(severity: &str) -> String {
    format!(
        "complaint: {{case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: GB}}
customer: {{customer_id: C-1}}
dispute: {{reason_code: DUPLICATE, disputed_amount: 64.20 USD}}
finding: {{liability: our_error, {severity}}}
"
    )
}

/// A directory of its own with a small bundle and two cases.
fn stage(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("watch").join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    for (path, text) in BUNDLE {
        let file = directory.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, if path.starts_with("cases/") { case(text) } else { text.to_owned() }).unwrap();
    }
    directory
}

fn edit(directory: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(directory.join(path)).unwrap();
    assert!(text.contains(from), "{path} does not hold {from}");
    fs::write(directory.join(path), text.replace(from, to)).unwrap();
}

const GOODWILL: &str = "policies/decisions/goodwill.yaml";

/// The program at a terminal.
struct Sitting {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    chunks: Receiver<Vec<u8>>,
    terminal: vt100::Parser,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

impl Sitting {
    fn begin(directory: &Path, (columns, rows): (u16, u16), colour: bool) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_redress"));
        command.args(["watch", "policies", "--cases", "cases", "--at", "2026-03-05"]);
        command.cwd(directory);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        if !colour {
            command.env("NO_COLOR", "1");
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, chunks) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let (rows, columns) = (NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
        Self { master: pair.master, keys, child, chunks, terminal: vt100::Parser::new(rows, columns, 0) }
    }

    fn screen(&self) -> String {
        self.terminal.screen().contents()
    }

    /// Waits until the screen shows all of these.
    fn wait(&mut self, wanted: &[&str]) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if wanted.iter().all(|text| screen.contains(text)) {
                return screen;
            }
            match self.chunks.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.terminal.process(&bytes),
                Err(error) => panic!("the screen never showed {wanted:?} ({error}):\n{screen}"),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&mut self, columns: u16, rows: u16) {
        self.terminal.screen_mut().set_size(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Waits for the end; the status, once the terminal was found as it was before.
    fn end(mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.chunks.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.terminal.process(&bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it never ended:\n{}", self.screen()),
            }
        }
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        self.child.wait().unwrap().exit_code()
    }
}

#[test]
fn a_policy_is_edited_broken_mended_and_fixed() {
    let directory = stage("whole");
    let mut sitting = Sitting::begin(&directory, (100, 30), true);
    sitting.wait(&["no findings", "0 of 2 cases changed", "1 test passed, 0 failed", "small 1.0"]);

    // A figure: before, after, and a test that fails for it.
    edit(&directory, "policies/bundle.yaml", "gesture: 5.00", "gesture: 9.00");
    sitting.wait(&["2 of 2 cases changed", "goodwill.amount 5.00 USD → 9.00 USD", "0 tests passed, 1 failed"]);
    sitting.wait(&["+ FAILED a small gesture", "money.goodwill: expected 5.00 USD, came 9.00 USD"]);

    // A rule: which one decided.
    edit(&directory, GOODWILL, "at least minor", "at least severe");
    sitting.wait(&["1 of 2 cases changed", "minor:", "goodwill.amount 9.00 USD → 0.00 USD"]);
    sitting.press("\t");
    sitting.wait(&["▸ Decisions that changed", "goodwill by otherwise, before by sorry"]);

    // A mistake: where, and what still decides.
    edit(&directory, GOODWILL, "hit: first", "hit: frist");
    let broken = ["error R0203 policies/decisions/goodwill.yaml:2:6", "the bundle does not load; decisions stay those of 1.0"];
    sitting.wait(&broken);
    sitting.wait(&["minor:", "1 of 2 cases changed"]);

    // Its fix: shown, then written.
    sitting.press("\x1b[Z");
    sitting.wait(&["▸ Findings"]);
    sitting.press("f");
    sitting.wait(&["Fix 1: enter writes it", "- hit: frist", "+ hit: first"]);
    assert!(fs::read_to_string(directory.join(GOODWILL)).unwrap().contains("hit: frist"));
    sitting.press("\r");
    sitting.wait(&["no findings"]);
    assert!(fs::read_to_string(directory.join(GOODWILL)).unwrap().contains("hit: first\n"));

    // A baseline, and a case that is edited.
    sitting.press("b");
    sitting.wait(&["every save is compared with this one from now on"]);
    fs::write(directory.join("cases/minor.yaml"), case("severity: severe")).unwrap();
    sitting.wait(&["minor:", "goodwill.amount 0.00 USD → 9.00 USD"]);

    // A filter, and its end.
    sitting.press("/nowhere");
    sitting.wait(&["filter: nowhere", "Decisions that changed (0)"]);
    sitting.press("\x1b");
    sitting.wait(&["Decisions that changed (1)"]);

    // Another size.
    sitting.resize(80, 24);
    sitting.wait(&["? help"]);
    let screen = sitting.wait(&["Details ─"]);
    assert!(screen.lines().all(|line| line.chars().count() <= 80), "{screen}");
    sitting.press("?");
    sitting.wait(&["ctrl-c        quit"]);
    sitting.press(" q");
    assert_eq!(sitting.end(), 0);
}

#[test]
fn without_colours_no_colour_is_drawn() {
    let directory = stage("plain-colours");
    edit(&directory, GOODWILL, "hit: first", "hit: frist");
    let mut sitting = Sitting::begin(&directory, (80, 24), false);
    sitting.wait(&["error R0203", "the bundle does not load, so nothing is decided"]);
    let screen = sitting.terminal.screen();
    let cells = (0..24).flat_map(|row| (0..80).filter_map(move |column| screen.cell(row, column)));
    assert!(cells.into_iter().all(|cell| cell.fgcolor() == vt100::Color::Default && cell.bgcolor() == vt100::Color::Default));
    sitting.press("\x03");
    assert_eq!(sitting.end(), 0);
}

#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let directory = stage("signal");
    let mut sitting = Sitting::begin(&directory, (80, 24), true);
    sitting.wait(&["1 test passed"]);
    let process = sitting.child.process_id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    assert_eq!(sitting.end(), 0);
}

#[test]
fn a_bundle_that_is_deleted_and_put_back() {
    let directory = stage("deleted");
    let mut sitting = Sitting::begin(&directory, (100, 30), true);
    sitting.wait(&["1 test passed"]);
    fs::rename(directory.join("policies"), directory.join("elsewhere")).unwrap();
    sitting.wait(&["the bundle `policies` cannot be read: it does not exist", "decisions stay those of 1.0"]);
    fs::rename(directory.join("elsewhere"), directory.join("policies")).unwrap();
    sitting.wait(&["no findings"]);
    fs::remove_file(directory.join("cases/minor.yaml")).unwrap();
    sitting.wait(&["0 of 1 cases changed"]);
    sitting.press("q");
    assert_eq!(sitting.end(), 0);
}

/// Lines of a program that goes on, until one holds a text.
fn lines_until(lines: &mut impl BufRead, last: &str) -> String {
    let mut all = String::new();
    loop {
        let mut line = String::new();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "it ended before it said {last}:\n{all}");
        all.push_str(&line);
        if line.contains(last) {
            return all;
        }
    }
}

fn piped(directory: &Path, format: &[&str]) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    command.args(["watch", "policies", "--cases", "cases/minor.yaml", "--at", "2026-03-05"]).args(format);
    command.current_dir(directory).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap()
}

/// What differs from run to run.
fn settled(text: &str) -> String {
    let digits = |text: &str| text.len() == 8 && text.chars().all(|c| c.is_ascii_hexdigit());
    text.split_inclusive(['(', ')', ' ', '\n'])
        .map(|word| {
            let bare = word.trim_end_matches([')', ' ', '\n', ':']);
            if digits(bare) { word.replace(bare, "DIGEST") } else { word.to_owned() }
        })
        .collect()
}

#[test]
fn without_a_terminal_lines_are_written() {
    let directory = stage("piped");
    let mut child = piped(&directory, &[]);
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut story = lines_until(&mut lines, "1 test passed");
    edit(&directory, GOODWILL, "at least minor", "at least severe");
    story.push_str(&lines_until(&mut lines, "came"));
    edit(&directory, GOODWILL, "hit: first", "hit: frist");
    story.push_str(&lines_until(&mut lines, "R0203"));
    edit(&directory, GOODWILL, "hit: frist", "hit: first");
    story.push_str(&lines_until(&mut lines, "- error"));
    child.kill().unwrap();
    child.wait().unwrap();
    insta::assert_snapshot!(settled(&story), @"
    small 1.0 (DIGEST): no findings; 0 of 1 case decided differently
    1 test passed, 0 failed
    small 1.0 (DIGEST): no findings; 1 of 1 case decided differently
    ~ minor
        total: 5.00 USD -> 0.00 USD
        goodwill.amount: 5.00 USD -> 0.00 USD
        goodwill.kind: gesture -> missing
        goodwill.instrument: bill_credit -> none
        goodwill by otherwise, before by sorry
    0 tests passed, 1 failed
    + FAILED a small gesture (policies/tests/all.yaml:2:5)
        money.goodwill: expected 5.00 USD, came 0.00 USD
    the bundle does not load: 1 error; decisions are those of DIGEST
    + error[R0203] policies/decisions/goodwill.yaml:2:6: `frist` is no hit policy
    small 1.0 (DIGEST): no findings; 0 of 1 case decided differently
    - error[R0203] policies/decisions/goodwill.yaml:2:6: `frist` is no hit policy
    ");
}

#[test]
fn without_a_terminal_json_is_a_line_a_look() {
    let directory = stage("json");
    let mut child = piped(&directory, &["--format", "json"]);
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    lines_until(&mut lines, "tests");
    edit(&directory, "policies/bundle.yaml", "5.00", "9.00");
    let said = lines_until(&mut lines, "newly_failing");
    child.kill().unwrap();
    child.wait().unwrap();
    let documents: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<String> = documents
        .into_iter()
        .map(|mut document| {
            assert!(document["took_ms"].is_u64());
            document["took_ms"] = "-".into();
            if document["bundle"].is_object() {
                document["bundle"]["digest"] = "-".into();
            }
            format!("{document:#}")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    {
      "bundle": {
        "bundle": "small",
        "digest": "-",
        "version": "1.0"
      },
      "cases": 1,
      "changed_cases": [
        {
          "by": [
            {
              "after": "sorry",
              "before": "sorry",
              "part": "goodwill"
            }
          ],
          "case": "minor",
          "turned": [
            {
              "after": "9.00 USD",
              "before": "5.00 USD",
              "what": "total"
            },
            {
              "after": "9.00 USD",
              "before": "5.00 USD",
              "what": "goodwill.amount"
            }
          ]
        }
      ],
      "findings": [],
      "look": 2,
      "mended_findings": [],
      "new_findings": [],
      "took_ms": "-"
    }
    {
      "look": 2,
      "newly_failing": [
        "a small gesture"
      ],
      "passing_again": [],
      "tests": {
        "failed": [
          {
            "lines": [
              "money.goodwill: expected 5.00 USD, came 9.00 USD"
            ],
            "name": "a small gesture",
            "place": "policies/tests/all.yaml:2:5"
          }
        ],
        "passed": 0
      },
      "took_ms": "-"
    }
    "#);
}

/// What the program says when it does not even begin.
fn refused(directory: &Path, arguments: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
    let output = command.args(arguments.split(' ')).current_dir(directory).env_clear().output().unwrap();
    format!("status {}\n{}", output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_is_not_there_is_told_at_once() {
    let directory = stage("missing");
    fs::create_dir(directory.join("empty")).unwrap();
    let all = ["watch", "watch empty", "watch policies --cases cases/none.yaml", "watch policies --cases empty"];
    fs::rename(directory.join("policies/bundle.yaml"), directory.join("kept.yaml")).unwrap();
    let mut story = refused(&directory, all[0]);
    fs::rename(directory.join("kept.yaml"), directory.join("policies/bundle.yaml")).unwrap();
    for arguments in &all[1..] {
        story.push_str(&format!("\n$ redress {arguments}\n{}", refused(&directory, arguments)));
    }
    insta::assert_snapshot!(story, @"
    status 3
    error: `policies` is no bundle: it holds no `bundle.yaml`
      = help: `redress new policies` writes one into an empty directory

    $ redress watch empty
    status 3
    error: `empty` is no bundle: it holds no `bundle.yaml`
      = help: `redress new empty` writes one into an empty directory

    $ redress watch policies --cases cases/none.yaml
    status 3
    error: `cases/none.yaml` cannot be read: No such file or directory (os error 2)

    $ redress watch policies --cases empty
    status 3
    error: there is no case file below `empty`
      = help: case files end in .jsonl, .ndjson, .csv, .tsv, .json, .yaml, .yml or .parquet, all but the last perhaps packed as .gz or .zst
    ");
}
