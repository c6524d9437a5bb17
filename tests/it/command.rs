//! The program as a black box: arguments and files in; standard output, standard error and status out, whole.

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
    when: {finding.liability: [no_error, customer_error]}
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

/// A directory of its own for one test, in which the program runs.
struct Stage {
    directory: PathBuf,
}

impl Stage {
    fn empty(name: &str) -> Self {
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

    fn file(self, path: &str, text: &str) -> Self {
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

    fn run(&self, arguments: &str) -> String {
        self.run_with(arguments, "")
    }

    /// Runs the program: status, standard output and standard error as one text.
    fn run_with(&self, arguments: &str, input: &str) -> String {
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

#[test]
fn a_case_is_decided_for_a_person_to_read() {
    let stage = Stage::new("text").file("case.yaml", &case("D-1", OURS));
    insta::assert_snapshot!(stage.run("decide case.yaml --at 2026-03-05 --explain"), @r"
    status 0
    --- stdout
    D-1: uphold
      The mistake was ours.
      policy small 1.0 (DIGEST), from policies
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Money         owed                                                     64.20 GBP
                    correction: credit note                 64.20 GBP
                  at our discretion                                        25.00 GBP
                    goodwill: gesture, bill credit          25.00 GBP
                      limited by at-most-25
                  total                                                    89.20 GBP

    Why           correction: What was billed wrongly is credited.
                  goodwill: It cost the customer time.

    How it was decided

    outcome: decided
    ├─ ours: The mistake was ours.
    │    policies/decisions/outcome.yaml:6:5
    ├─ read
    │    finding.liability  our_error
    └─ gives value uphold

    correction: decided
    ├─ put-right: What was billed wrongly is credited.
    │    house rule 1 · policies/decisions/correction.yaml:5:5
    ├─ read
    │    outcome.value            uphold
    │    dispute.disputed_amount  64.20 GBP
    └─ gives amount 64.20 GBP, instrument credit_note

    goodwill: decided
    ├─ sorry: It cost the customer time.
    │    policies/decisions/goodwill.yaml:8:5
    ├─ read
    │    outcome.value     uphold
    │    finding.severity  serious
    ├─ cap at-most-25: amount from 30.00 GBP to 25.00 GBP
    │    No gesture is larger than 25.00.
    └─ gives amount 25.00 GBP, kind gesture, instrument bill_credit
    ");
}

#[test]
fn the_first_command_of_the_readme_needs_no_file() {
    let shown = Stage::empty("example").run("decide --example --at 2026-03-05");
    let first: Vec<&str> = shown.lines().take(3).collect();
    assert_eq!(first, ["status 0", "--- stdout", "D-1001: uphold"], "{shown}");
    assert!(shown.contains("policy default") && shown.contains("built in") && shown.contains("64.20 USD"), "{shown}");
}

#[test]
fn the_bundle_is_the_named_one_or_that_of_the_directory() {
    let stage = Stage::new("bundle").file("case.yaml", &case("D-1", OURS));
    let policy = |arguments: &str| {
        let shown = stage.run(arguments);
        shown.lines().find(|line| line.starts_with("  policy")).map(str::to_owned).unwrap_or(shown)
    };
    assert_eq!(policy("decide case.yaml"), "  policy small 1.0 (DIGEST), from policies");
    assert_eq!(policy("decide case.yaml --policies ./policies"), "  policy small 1.0 (DIGEST), from ./policies");
    insta::assert_snapshot!(policy("decide case.yaml --policies elsewhere"), @r"
    status 3
    --- stderr
    error: there is no directory `elsewhere`
      = help: `redress new elsewhere` writes a bundle to start from
    ");
}

#[test]
fn wrong_usage_is_status_2() {
    let stage = Stage::new("usage");
    insta::assert_snapshot!(stage.run("decide --polices here case.yaml"), @r"
    status 2
    --- stderr
    error: unexpected argument '--polices' found

      tip: a similar argument exists: '--policies'

    Usage: redress decide --policies <DIR> [CASE]...

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide --example nothing"), @r"
    status 2
    --- stderr
    error: invalid value 'nothing' for '--example [<NAME>]'
      [possible values: agreed-fee-disputed-again, close-a-card-request, duplicate-charge, early-billing, misread-proration, rejected-offer, wrong-tax-on-invoice]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide case.yaml --at 2026-02-30"), @r"
    status 2
    --- stderr
    error: invalid value '2026-02-30' for '--at <DATE|TIME>': there is no day 2026-02-30; a day alone is written `2026-03-05`

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide"), @r"
    status 2
    --- stderr
    error: there is no case to decide

    Examples:
      redress decide --example                              a case that is built in
      redress decide case.yaml                              one case, for a person to read
      redress decide case.yaml --explain                    the same, with every rule and value
      redress decide cases/ --format json                   all case files below a directory
      redress decide --mapping mapping.yaml history.csv     a history of another system
      cat cases.jsonl | redress decide - --format json      one decision a line
    ");
}

#[test]
fn what_cannot_be_read_is_status_3_and_the_rest_is_decided() {
    let stage = Stage::new("missing").file("case.yaml", &case("D-1", OURS)).file("empty/notes.txt", "nothing");
    let shown = stage.run("decide nowhere.yaml case.yaml empty --format json -q");
    let kept: Vec<&str> = shown.lines().filter(|line| !line.starts_with('{')).collect();
    assert!(shown.contains(r#""case_id":"D-1","status":"decided""#), "{shown}");
    insta::assert_snapshot!(kept.join("\n"), @r"
    status 3
    --- stdout
    --- stderr
    error: there is no case file below `empty`
      = help: case files end in .yaml, .yml, .json, .jsonl, .ndjson or .csv
    error: `nowhere.yaml` cannot be read: No such file or directory (os error 2)
    ");
}

#[test]
fn what_a_case_lacks_is_asked_for() {
    let stage = Stage::new("lacks").file("case.yaml", &case("D-1", "finding: {liability: unknown}"));
    insta::assert_snapshot!(stage.run("decide case.yaml --at 2026-03-05"), @r"
    status 0
    --- stdout
    D-1: not decided yet, facts are missing
      policy small 1.0 (DIGEST), from policies
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Needed        finding.liability: Who made the error (one of our_error, shared,
                    third_party, customer_error, misunderstanding, no_error,
                    undetermined)
                    find it out and write `finding: {liability: ...}`; outcome
                    cannot be decided without it
                  correction: waits for outcome
                  goodwill: waits for outcome

    Money         owed                                                   not decided
                    correction                            not decided
                  at our discretion                                      not decided
                    goodwill                              not decided
                  total                                                  not decided
    ");
}

#[test]
fn a_day_outside_the_bundle_is_refused() {
    let manifest = "bundle: small\nversion: 1.0\nowner: care\ncurrency: case\neffective: {from: 2027-01-01}\n";
    let stage = Stage::new("day").file("policies/bundle.yaml", manifest).file("case.yaml", &case("D-1", OURS));
    insta::assert_snapshot!(stage.run("decide case.yaml"), @r"
    status 1
    --- stderr
    error: case `D-1`: the bundle `small` is not in force on 2026-03-02: it holds from 2027-01-01
    ");
}

#[test]
fn a_wrong_case_gives_every_mistake_at_once_and_no_decision() {
    let text = "complaint: {case_id: D-1, received_at: yesterday, chanel: phone}
dispute: {disputed_amount: 64.20, reason_code: DUPLICAT}
finding: {liability: our_eror, confidence: 2}
";
    let stage = Stage::new("wrong").file("case.yaml", text);
    insta::assert_snapshot!(stage.run("decide case.yaml"), @r"
    status 1
    --- stderr
    error[R0102]: `complaint.received_at`: `yesterday` is not a time; write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`
     --> case.yaml:1:40
      |
    1 | complaint: {case_id: D-1, received_at: yesterday, chanel: phone}
      |                                        ^^^^^^^^^

    error[R0101]: there is no fact `complaint.chanel`
     --> case.yaml:1:51
      |
    1 | complaint: {case_id: D-1, received_at: yesterday, chanel: phone}
      |                                                   ^^^^^^
      |
      = help: did you mean `channel`?

    error[R0106]: `dispute.disputed_amount`: `64.20` has no currency; write it as `64.20 USD`
     --> case.yaml:2:28
      |
    2 | dispute: {disputed_amount: 64.20, reason_code: DUPLICAT}
      |                            ^^^^^

    error[R0103]: `dispute.reason_code` expects one of PRICE, QUANTITY, DUPLICATE, UNRECOGNISED, AFTER_CANCELLATION, NOT_DELIVERED, QUALITY, DISCOUNT_MISSING, PAYMENT_NOT_APPLIED, CREDIT_NOT_ISSUED, LATE_CHARGE, CONTRACT_FEE, TAX, FREIGHT, TERMS, REFERENCE_DATA, CALCULATION, NOT_UNDERSTOOD, OTHER, found `DUPLICAT`
     --> case.yaml:2:48
      |
    2 | dispute: {disputed_amount: 64.20, reason_code: DUPLICAT}
      |                                                ^^^^^^^^
      |
      = help: did you mean `DUPLICATE`?

    error[R0103]: `finding.liability` expects one of our_error, shared, third_party, customer_error, misunderstanding, no_error, undetermined, found `our_eror`
     --> case.yaml:3:22
      |
    3 | finding: {liability: our_eror, confidence: 2}
      |                      ^^^^^^^^
      |
      = help: did you mean `our_error`?

    error[R0104]: `finding.confidence` lies between 0 and 1, found `2`
     --> case.yaml:3:44
      |
    3 | finding: {liability: our_eror, confidence: 2}
      |                                            ^

    6 errors
    ");
}

#[test]
fn a_bad_line_leaves_the_others_alone() {
    let lines = format!("{}\n\n{{\"complaint\": 1}}\n{}\n", line("D-1", "our_error"), line("D-3", "no_error"));
    let stage = Stage::new("lines").file("cases.jsonl", &lines);
    insta::assert_snapshot!(stage.run("decide cases.jsonl"), @r#"
    status 1
    --- stdout
    CASE               RESULT                   TOTAL        GOODWILL APPROVAL
    D-1                uphold               89.20 GBP       25.00 GBP -
    D-3                reject                0.00 GBP        0.00 GBP -
    --- stderr
    error[R0102]: `complaint` expects a mapping of facts, found `1`
     --> cases.jsonl:3:15
      |
    3 | {"complaint": 1}
      |               ^
      |
      = help: its facts are `case_id`, `received_at`, `channel` ...

    1 error
    3 cases: 2 decided, 0 need facts, 0 referred to a person, 1 wrong
    "#);
    let json = stage.command("decide cases.jsonl --format json").output().unwrap();
    let ids: Vec<String> = String::from_utf8(json.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["case_id"].to_string())
        .collect();
    assert_eq!(ids, ["\"D-1\"", "\"D-3\""]);
}

#[test]
fn standard_input_tells_its_form_by_its_looks() {
    let stage = Stage::new("stdin");
    let first = |text: String| text.lines().take(3).collect::<Vec<_>>().join(" | ");
    assert_eq!(first(stage.run_with("decide", &case("D-1", OURS))), "status 0 | --- stdout | D-1: uphold");
    assert_eq!(first(stage.run_with("decide -", &case("D-2", OURS))), "status 0 | --- stdout | D-2: uphold");
    let pretty = serde_json::from_str::<serde_json::Value>(&line("D-3", "no_error")).unwrap();
    assert_eq!(first(stage.run_with("decide -", &format!("{pretty:#}"))), "status 0 | --- stdout | D-3: reject");
    let lines = format!("{}\n{}\n", line("D-4", "our_error"), line("D-5", "no_error"));
    insta::assert_snapshot!(stage.run_with("decide -", &lines), @r"
    status 0
    --- stdout
    CASE               RESULT                   TOTAL        GOODWILL APPROVAL
    D-4                uphold               89.20 GBP       25.00 GBP -
    D-5                reject                0.00 GBP        0.00 GBP -
    --- stderr
    2 cases: 2 decided, 0 need facts, 0 referred to a person, 0 wrong
    ");
    insta::assert_snapshot!(stage.run_with("decide -", "a,b\n1,2\n"), @r"
    status 2
    --- stderr
    error: `standard input` is a table: what its columns mean has to be said by a mapping
      = help: name one: `redress decide --mapping mapping.yaml cases.csv`
    ");
}

#[test]
fn a_directory_gives_every_case_below_it() {
    let stage = Stage::new("directory")
        .file("cases/b.yaml", &case("B", OURS))
        .file("cases/a/z.json", &line("A", "no_error"))
        .file("cases/.hidden.yaml", "no case at all")
        .file("cases/README.md", "no case either");
    let shown = stage.run("decide cases --format yaml");
    let kept: Vec<&str> = shown
        .lines()
        .filter(|line| ["---", "status ", "case_id", "outcome", "2 cases"].iter().any(|kept| line.starts_with(kept)))
        .collect();
    insta::assert_snapshot!(kept.join("\n"), @r"
    status 0
    --- stdout
    case_id: A
    outcome: reject
    ---
    case_id: B
    outcome: uphold
    --- stderr
    2 cases: 2 decided, 0 need facts, 0 referred to a person, 0 wrong
    ");
}

#[test]
fn json_has_one_order_of_keys() {
    let stage = Stage::new("json").file("case.yaml", &case("D-1", OURS));
    let shown = stage.run("decide case.yaml --at 2026-03-05T12:00:00Z --format json");
    let top: Vec<&str> =
        shown.lines().filter(|line| line.starts_with("  \"")).map(|line| line.split('"').nth(1).unwrap()).collect();
    insta::assert_snapshot!(top.join(" "), @r"
    format decision_id case_id status policy at policy_date outcome money terms holds approval escalation relationship plan letters prevention parts missing_facts faults explanation rejected_alternatives audit
    ");
    assert_eq!(shown, stage.run("decide case.yaml --at 2026-03-05T12:00:00Z --format json"));
}

#[test]
fn colour_is_for_terminals_and_no_color_is_obeyed() {
    let stage = Stage::new("colour").file("case.yaml", &case("D-1", OURS));
    let escapes = |settings: &[(&str, &str)]| {
        let mut command = stage.command("decide case.yaml");
        command.envs(settings.iter().copied());
        shown(command, "").contains('\u{1b}')
    };
    assert!(!escapes(&[]));
    assert!(escapes(&[("CLICOLOR_FORCE", "1")]));
    assert!(!escapes(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn a_bundle_is_checked_and_tested() {
    let stage = Stage::new("check");
    insta::assert_snapshot!(stage.run("check"), @r"
    status 0
    --- stdout
    bundle small 1.0, from policies: 3 decisions, nothing to find fault with
    ");
    insta::assert_snapshot!(stage.run("check --format json"), @r#"
    status 0
    --- stdout
    {
      "bundle": "small",
      "decisions": 3,
      "digest": "blake3:DIGEST",
      "findings": [],
      "version": "1.0"
    }
    "#);
    insta::assert_snapshot!(stage.run("test"), @r"
    status 1
    --- stdout
    FAILED  a wrong expectation
            policies/tests/all.yaml:6:5
            money.correction
              expected  10.00 USD
              came      0.00 USD
            because correction/otherwise: Nothing is to be put right.
              at policies/decisions/correction.yaml:10:13
              outcome.value = reject

    1 passed, 1 failed
    ");
    insta::assert_snapshot!(stage.run("test --filter right"), @r"
    status 0
    --- stdout
    1 passed, 0 failed
    ");
    insta::assert_snapshot!(stage.run("test --filter nothing"), @r"
    status 2
    --- stderr
    error: no test has `nothing` in its name or in the path of its file
      = help: without `--filter`, all tests run
    ");
    let broken = stage.file("policies/decisions/goodwill.yaml", "decision: goodwill\nhitt: first\n");
    insta::assert_snapshot!(broken.run("check"), @r"
    status 1
    --- stdout
    error[R0502]: `goodwill` has no output `amount` (money), which its section takes
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: the section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)

    error[R0502]: `goodwill` has no output `instrument` (an enum or text), which its section takes
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: the section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)

    error[R0502]: `goodwill` has no output `kind` (an enum or text), which its section takes
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: the section `goodwill` takes `amount` (money), `kind` (an enum or text), `instrument` (an enum or text)

    error[R0505]: `goodwill` decides nothing: it has no rules, no values and no script
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: add `rules:`, a `table:`, a `script:`, or a `value:` to each output

    error[R0505]: `goodwill` declares no `outputs`
     --> policies/decisions/goodwill.yaml:1:11
      |
    1 | decision: goodwill
      |           ^^^^^^^^
      |
      = help: add `outputs: {amount: {type: money}}`: the names and types of what it decides

    error[R0201]: a decision has no key `hitt`
     --> policies/decisions/goodwill.yaml:2:1
      |
    2 | hitt: first
      | ^^^^
      |
      = help: did you mean `hit`?

    error[R0504]: the decision `goodwill` has no output `amount`
     --> policies/guardrails/goodwill.yaml:3:10
      |
    3 |     cap: goodwill.amount
      |          ^^^^^^^^^^^^^^^
      |
      = help: its outputs are 

    7 errors
    the bundle from policies cannot decide anything until this is mended
    ");
}

#[test]
fn a_warning_fails_a_check_that_denies_warnings() {
    let stage = Stage::new("warnings").file("policies/decisions/notes.txt", "a file that nobody reads");
    insta::assert_snapshot!(stage.run("check"), @r"
    status 0
    --- stdout
    warning[R0208]: `decisions/notes.txt` does not belong in a bundle and is not read
     --> policies/decisions/notes.txt:1:1
      |
    1 | a file that nobody reads
      | ^
      |
      = help: decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, scripts `scripts/*.rhai`, policy tests `tests/*.yaml`

    1 warning
    bundle small 1.0, from policies: 3 decisions
    ");
    assert!(stage.run("check --deny-warnings").starts_with("status 1\n"));
}

#[test]
fn a_new_bundle_is_whole() {
    let stage = Stage::empty("new");
    let status = |arguments: &str| stage.run(arguments).lines().next().unwrap().to_owned();
    assert_eq!(status("new mine"), "status 0");
    assert_eq!(status("check mine --deny-warnings"), "status 0");
    assert_eq!(status("test mine"), "status 0");
    assert_eq!(status("decide --policies mine mine/cases/duplicate-charge.yaml"), "status 0");
    insta::assert_snapshot!(stage.run("new mine"), @r"
    status 3
    --- stderr
    error: `mine` is not empty, and nothing is ever overwritten
      = help: name a directory that does not exist yet
    ");
}

#[test]
fn completions_know_every_command() {
    let stage = Stage::empty("completions");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stage.run(&format!("completions {shell}"));
        assert!(script.starts_with("status 0\n"), "{script}");
        for command in ["decide", "check", "test", "new", "functions", "schema", "completions"] {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
fn functions_are_listed_with_examples() {
    let stage = Stage::empty("functions");
    let text = stage.run("functions");
    assert!(text.contains("instalments(") && text.contains("In scripts only"), "{text}");
    let json = stage.command("functions --format json").output().unwrap();
    let list: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).unwrap();
    assert!(list.iter().all(|each| each["name"].is_string() && each["about"] != "" && each["example"] != ""), "{list:?}");
}

#[test]
fn help_shows_where_to_begin() {
    let stage = Stage::empty("help");
    insta::assert_snapshot!(stage.run("--help"), @r"
    status 0
    --- stdout
    Decides billing disputes by a policy that a manager can read: what is owed, what is added, who
    signs, and why

    Usage: redress [OPTIONS] <COMMAND>

    Commands:
      decide       Decide cases: what is owed, what is added, who signs, what happens next, and why
      check        Load a bundle and report everything that is wrong with it
      test         Run the policy tests of a bundle: given a case, expect a decision
      new          Write the default bundle out, to change it
      functions    List the functions that expressions and scripts may call, with types and examples
      schema       Print a JSON Schema (2020-12), so that an editor completes and checks while one types
      completions  Print what a shell needs to complete a command line
      help         Print this message or the help of the given subcommand(s)

    Options:
      -q, --quiet       Nothing on standard error but errors: no progress, no summary
      -v, --verbose...  What the engine does, on standard error; twice for more
      -h, --help        Print help
      -V, --version     Print version

    Start here:
      redress decide --example             decide a case that is built in, with the default policy
      redress decide case.yaml --explain   decide a case of yours, with every reason
      redress new policies                 write the default policy out, to change it

    Exit codes: 0 fine, 1 findings or failed tests, 2 wrong usage, 3 something cannot be read or written
    ");
    assert_eq!(stage.run("--version"), format!("status 0\n--- stdout\nredress {}\n", env!("CARGO_PKG_VERSION")));
}
