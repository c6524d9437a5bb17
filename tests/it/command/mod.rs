//! The program as a black box: arguments and files in; standard output, standard error and status out, whole.
mod author;
mod backtest;
mod backtest_beside;
mod backtest_runs;
mod clocks;
mod decide;
mod diff;
mod diff_default;
mod diff_parts;
mod diff_regions;
mod expectations;
mod fixing;
mod functions;
mod gate;
mod generate;
mod input;
mod journal;
mod keep;
mod letters;
mod near_misses;
#[cfg(feature = "parquet")]
mod parquet;
mod recorded;
mod sweep;
mod testing;
mod watch;
mod why;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A small bundle, so that what is shown here does not change with the default one.
const BUNDLE: [(&str, &str); 6] = [
    ("bundle.yaml", "bundle: small\nversion: 1.0\nowner: care\ncurrency: case\n"),
    (
        "decisions/outcome.yaml",
        "decision: outcome
hit: first
outputs: {value: {type: enum, values: [uphold, partly_uphold, reject, provisional, concede_by_deadline]}}
required: [finding.liability]
rules:
  - id: ours
    when: {finding.liability: our_error}
    then: {value: uphold}
    because: The mistake was ours.
  - id: not-ours
    when: {finding.liability: [shared, third_party, customer_error, misunderstanding, no_error, undetermined]}
    then: {value: reject}
    because: The bill is right.
",
    ),
    (
        "decisions/correction.yaml",
        "decision: correction
hit: first
outputs: {amount: {type: money, default: 0.00}, instrument: {type: enum, values: [credit_note, none], default: none}}
rules:
  - id: put-right
    when: {outcome.value: uphold}
    then: {amount: = dispute.disputed_amount, instrument: credit_note}
    because: What was billed wrongly is credited.
    source: house rule 1
otherwise: {because: Nothing is to be put right.}
",
    ),
    (
        "decisions/goodwill.yaml",
        "decision: goodwill
hit: first
outputs:
  amount: {type: money, default: 0.00}
  kind: {type: enum, values: [gesture], default: missing}
  instrument: {type: enum, values: [bill_credit, none], default: none}
rules:
  - id: sorry
    when: {outcome.value: uphold, finding.severity: at least minor}
    then: {amount: 30.00, kind: gesture, instrument: bill_credit}
    because: It cost the customer time.
otherwise: {because: No gesture is due.}
",
    ),
    (
        "guardrails/goodwill.yaml",
        "guardrails:
  - id: at-most-25
    cap: goodwill.amount
    at: 25.00
    from: 2020-01-01
    because: No gesture is larger than 25.00.
",
    ),
    (
        "tests/all.yaml",
        "tests:
  - name: our mistake is put right
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: our_error, finding.severity: minor}
    at: 2026-03-05
    expect: {money.correction: 10.00 USD, money.goodwill: 25.00 USD}
  - name: a wrong expectation
    given: {complaint.case_id: T-2, dispute.disputed_amount: 10.00 USD, finding.liability: no_error}
    at: 2026-03-05
    expect: {money.correction: 10.00 USD}
",
    ),
];

/// The facts that every dispute needs, and no more.
fn case(id: &str, rest: &str) -> String {
    format!(
        "complaint: {{case_id: {id}, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: GB}}
customer: {{customer_id: C-1}}
dispute: {{reason_code: DUPLICATE, disputed_amount: 64.20 GBP}}
{rest}"
    )
}

const OURS: &str = "finding: {liability: our_error, severity: serious}\n";

fn line(id: &str, liability: &str) -> String {
    format!(
        r#"{{"complaint":{{"case_id":"{id}","received_at":"2026-03-02T10:00:00Z","language":"en","jurisdiction":"GB"}},"customer":{{"customer_id":"C-1"}},"dispute":{{"reason_code":"DUPLICATE","disputed_amount":"64.20 GBP"}},"finding":{{"liability":"{liability}","severity":"minor"}}}}"#
    )
}

/// The small bundle with less said, and so with findings: a gap between two rules, and a gesture that is always cut.
fn lean() -> impl Iterator<Item = (&'static str, String)> {
    let said_less = |text: &str| {
        text.replace(
            "[shared, third_party, customer_error, misunderstanding, no_error, undetermined]",
            "[no_error, customer_error]",
        )
        .replace("    from: 2020-01-01\n", "")
    };
    BUNDLE.iter().map(move |(path, text)| (*path, said_less(text)))
}

/// A directory of its own for one test, in which the program runs.
pub(crate) struct Stage {
    pub(crate) directory: PathBuf,
}

impl Stage {
    pub(crate) fn empty(name: &str) -> Self {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command").join(name);
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        fs::create_dir_all(&directory).unwrap();
        Self { directory }
    }

    /// With the small bundle in `policies`.
    fn new(name: &str) -> Self {
        BUNDLE.iter().fold(Self::empty(name), |stage, (path, text)| stage.file(&format!("policies/{path}"), text))
    }

    /// With the small bundle in `policies`, less said.
    fn lean(name: &str) -> Self {
        lean().fold(Self::empty(name), |stage, (path, text)| stage.file(&format!("policies/{path}"), &text))
    }

    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        let path = self.directory.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.args(arguments.split_whitespace()).current_dir(&self.directory).env_clear();
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> String {
        self.run_with(arguments, "")
    }

    /// Runs the program: status, standard output and standard error as one text.
    pub(crate) fn run_with(&self, arguments: &str, input: &str) -> String {
        shown(self.command(arguments), input)
    }
}

fn shown(mut command: Command, input: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let mut text = format!("status {}\n", output.status.code().unwrap());
    for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
        if !bytes.is_empty() {
            write!(text, "--- {name}\n{}", settled(&String::from_utf8(bytes).unwrap())).unwrap();
        }
    }
    text
}

/// Digests change with every edit of the small bundle and say nothing here.
fn settled(text: &str) -> String {
    let mut kept = String::new();
    let mut digits = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_hexdigit() && !c.is_ascii_uppercase() {
            digits.push(c);
            continue;
        }
        kept.push_str(if digits.len() >= 12 { "DIGEST" } else { &digits });
        digits.clear();
        kept.push(c);
    }
    kept.trim_end_matches('\0').to_owned()
}
