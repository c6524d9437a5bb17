//! `redress diff`: two bundles compared.

use super::{OURS, Stage, case, lean, line, shown};
use std::process::Command;

impl Stage {
    /// With the small bundle in `old` and in `new`, changed there: file, text, text that stands instead.
    pub(super) fn changed(name: &str, changes: &[(&str, &str, &str)]) -> Self {
        let mut stage = Self::empty(name);
        for (path, text) in lean() {
            let mut after = text.clone();
            for (_, from, to) in changes.iter().filter(|(changed, _, _)| *changed == path) {
                assert!(after.contains(from), "{path} has no `{from}`");
                after = after.replace(from, to);
            }
            stage = stage.file(&format!("old/{path}"), &text).file(&format!("new/{path}"), &after);
        }
        stage
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Care", "-c", "user.email=care@example.com", "-c", "init.defaultBranch=main"]);
        let done = git.args(arguments).current_dir(&self.directory).output().unwrap();
        assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    fn without(self, path: &str) -> Self {
        std::fs::remove_file(self.directory.join(path)).unwrap();
        self
    }
}

/// The same bundle by other means: a table, a CSV file, other files, quotes, comments, another order where none matters.
fn rewritten(name: &str) -> Stage {
    Stage::changed(name, &[])
        .without("new/decisions/outcome.yaml")
        .without("new/decisions/goodwill.yaml")
        .file(
            "new/decisions/result.yaml",
            "# What the case comes to.
outputs:
  value:
    values: [uphold, partly_uphold, reject, provisional, concede_by_deadline]
    type: enum
hit: first
decision: 'outcome'
required: [finding.liability]
table: |
  | id       | finding.liability        | => value | because                |
  | ours     | our_error                | uphold   | The mistake was ours.  |
  | not-ours | customer_error, no_error | reject   | The bill is right.     |
",
        )
        .file(
            "new/decisions/gesture.yaml",
            "decision: goodwill
hit: first
outputs:
  amount: {type: money, default: 0}
  kind: {type: enum, values: [gesture], default: missing}
  instrument: {type: enum, values: [bill_credit, none], default: none}
table: gesture.csv
otherwise: {because: \"No gesture is due.\"}
",
        )
        .file(
            "new/decisions/gesture.csv",
            "id,finding.severity,outcome.value,=> amount,=> kind,=> instrument,because
sorry,>= minor,uphold,30,gesture,bill_credit,It cost the customer time.
",
        )
        .file(
            "new/guardrails/goodwill.yaml",
            "guardrails: [{id: at-most-25, at: 25, cap: goodwill.amount, because: No gesture is larger than 25.00.}]\n",
        )
}

#[test]
fn what_is_only_written_otherwise_is_proved_equal() {
    insta::assert_snapshot!(rewritten("diff-format").run("diff old new --fail-on-change"), @r"
    status 0
    --- stdout
    before  small 1.0 (DIGEST), from old
    after   small 1.0 (DIGEST), from new

    Nothing that the policy says was changed.

    No decision changes: proved for every case.
    ");
}

#[test]
fn words_alone_change_no_decision() {
    let changes = [
        ("decisions/goodwill.yaml", "It cost the customer time.", "It took the customer's time."),
        ("decisions/goodwill.yaml", "id: sorry", "id: we-are-sorry"),
        ("decisions/correction.yaml", "source: house rule 1", "source: house rule 2"),
    ];
    insta::assert_snapshot!(Stage::changed("diff-words", &changes).run("diff old new --fail-on-change"), @r"
    status 0
    --- stdout
    before  small 1.0 (DIGEST), from old
    after   small 1.0 (DIGEST), from new

    Changed (3)
      rule       correction/put-right changed (no effect on what is decided)
                   source: house rule 1 -> house rule 2
      rule       goodwill/we-are-sorry renamed: sorry -> we-are-sorry (no effect on
                   what is decided)
      rule       goodwill/we-are-sorry changed (no effect on what is decided)
                   because: It cost the customer time. -> It took the customer's
                     time.

    No decision changes: proved for every case.
    ");
}

#[test]
fn revisions_are_read_without_a_checkout() {
    let stage = Stage::lean("diff-git");
    stage.git(&["init", "-q"]);
    stage.git(&["add", "."]);
    stage.git(&["commit", "-q", "-m", "the first"]);
    let cap = lean().nth(4).unwrap().1;
    let stage = stage.file("policies/guardrails/goodwill.yaml", &cap.replace("25", "20"));
    stage.git(&["commit", "-q", "-a", "-m", "less"]);
    let stage = stage.file("policies/guardrails/goodwill.yaml", &cap.replace("25", "15"));
    let list = |arguments: &str| {
        let text = stage.run(arguments);
        let kept = text.lines().filter(|line| {
            ["status", "before", "after", "  guardrail", "error", "  = help"].iter().any(|start| line.starts_with(start))
        });
        format!("$ redress {arguments}\n{}\n", kept.collect::<Vec<_>>().join("\n"))
    };
    let all = [
        "diff HEAD~1 HEAD",
        "diff main:policies policies",
        "diff HEAD",
        "diff HEAD~1:policies/ HEAD",
        "diff HEAD:decisions HEAD",
        "diff HEAD~7 HEAD",
        "diff nowhere",
        "diff ./nowhere",
        "diff --",
    ];
    insta::assert_snapshot!(all.map(list).concat(), @r"
    $ redress diff HEAD~1 HEAD
    status 0
    before  small 1.0 (DIGEST), at HEAD~1
    after   small 1.0 (DIGEST), at HEAD
      guardrail  at-most-20 added: cap goodwill.amount at 20.00
      guardrail  at-most-25 removed: cap goodwill.amount at 25.00 -> (nothing)
    $ redress diff main:policies policies
    status 0
    before  small 1.0 (DIGEST), at main:policies
    after   small 1.0 (DIGEST), from policies
      guardrail  at-most-15 added: cap goodwill.amount at 15.00
      guardrail  at-most-20 removed: cap goodwill.amount at 20.00 -> (nothing)
    $ redress diff HEAD
    status 0
    before  small 1.0 (DIGEST), at HEAD
    after   small 1.0 (DIGEST), from policies
      guardrail  at-most-15 added: cap goodwill.amount at 15.00
      guardrail  at-most-20 removed: cap goodwill.amount at 20.00 -> (nothing)
    $ redress diff HEAD~1:policies/ HEAD
    status 0
    before  small 1.0 (DIGEST), at HEAD~1:policies/
    after   small 1.0 (DIGEST), at HEAD
      guardrail  at-most-20 added: cap goodwill.amount at 20.00
      guardrail  at-most-25 removed: cap goodwill.amount at 25.00 -> (nothing)
    $ redress diff HEAD:decisions HEAD
    status 3
    error: at the revision `HEAD` there is no bundle in `decisions`: it holds no `bundle.yaml`
      = help: name the directory of the bundle behind the revision: `main:policies`
    $ redress diff HEAD~7 HEAD
    status 3
    error: `HEAD~7` is no directory with a bundle and no git revision
      = help: name a directory, a git revision (`main`, `HEAD~1:policies`) or `built-in`
    $ redress diff nowhere
    status 3
    error: `nowhere` is no directory with a bundle and no git revision
      = help: name a directory, a git revision (`main`, `HEAD~1:policies`) or `built-in`
    $ redress diff ./nowhere
    status 3
    error: there is no directory `./nowhere`
      = help: name a directory, a git revision (`main:policies`) or `built-in`
    $ redress diff --
    status 2
    error: the following required arguments were not provided:
    ");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let stage = Stage::lean("diff-errors")
        .file("broken/bundle.yaml", "bundle: broken\nversion: 1\ncurrency: USD\n")
        .file("empty/x.txt", "");
    let stage = stage.file("broken/decisions/a.yaml", "decision: a\noutputs: {b: {type: money}}\nrules: [{then: {b: 1.00}}]\n");
    let mut without_git = stage.command("diff main policies");
    without_git.env("PATH", stage.directory.join("empty"));
    let all = [stage.run("diff broken policies"), stage.run("diff empty policies"), stage.run("diff"), shown(without_git, "")];
    insta::assert_snapshot!(all.join("\n"), @r"
    status 1
    --- stderr
    error[R0206]: the rule `#1` has no `because`
     --> broken/decisions/a.yaml:3:10
      |
    3 | rules: [{then: {b: 1.00}}]
      |          ^^^^
      |
      = help: add `because: ...`: one sentence that the customer and your successor will understand

    1 error
    error: the bundle from broken cannot be compared until this is mended

    status 3
    --- stderr
    error: `empty` is no bundle: it holds no `bundle.yaml`
      = help: a git revision with a directory is named as `main:policies`

    status 2
    --- stderr
    error: the following required arguments were not provided:
      <OLD>

    Usage: redress diff <OLD> [NEW]

    For more information, try '--help'.

    status 3
    --- stderr
    error: git cannot be run: there is no program of that name
      = help: install git, or name two directories
    ");
}

#[test]
fn a_history_weighs_a_change() {
    let changes = [
        ("guardrails/goodwill.yaml", "at: 25.00", "at: 20.00"),
        ("decisions/outcome.yaml", "[no_error, customer_error]", "customer_error"),
    ];
    let lines = [
        line("D-1", "our_error"),
        line("D-2", "no_error"),
        line("D-3", "our_error"),
        "{".to_owned(),
        line("D-4", "customer_error"),
    ];
    let stage =
        Stage::changed("diff-history", &changes).file("history.jsonl", &lines.join("\n")).file("case.yaml", &case("D-5", OURS));
    insta::assert_snapshot!(stage.run("diff old new --cases history.jsonl case.yaml --at 2026-03-05"), @r#"
    status 1
    --- stdout
    before  small 1.0 (DIGEST), from old
    after   small 1.0 (DIGEST), from new

    Changed (2)
      rule       outcome/not-ours changed
                   finding.liability: no_error, customer_error -> customer_error
      guardrail  at-most-25 changed: cap goodwill.amount at 25.00 -> cap
                   goodwill.amount at 20.00

    What comes of it
      outcome comes out differently in 1 region
        1. finding.liability: no_error
           before  not-ours: value reject
           after   no rule
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   no_error, finding.status complete, decided at
                   2026-03-05T00:00:00Z
                   outcome: decided -> no_rule
                   status: decided -> referred
                   outcome: reject -> none
                   total: 0.00 USD -> none
           history 1 case, D-2; total 0.00 GBP -> 0.00 GBP (no difference)
      goodwill comes out differently in 1 region
        1. decided by: sorry
           before  sorry: amount 30.00, at most 25.00 (`at-most-25`)
           after   sorry: amount 30.00, at most 20.00 (`at-most-25`)
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   our_error, finding.severity minor, finding.status complete,
                   decided at 2026-03-05T00:00:00Z
                   goodwill.amount: 25.00 USD -> 20.00 USD
                   total: 125.00 USD -> 120.00 USD
           history 3 cases, first D-1; total 267.60 GBP -> 252.60 GBP (-15.00 GBP)
      Decide as before by what they are given, which may change: correction (through
      outcome).

    In the history
      4 of 5 cases come out differently; 1 could not be read or decided.
      total 267.60 GBP -> 252.60 GBP (-15.00 GBP)
      - goodwill by sorry, then at-most-25: 3 cases, first D-1
          total 267.60 GBP -> 252.60 GBP (-15.00 GBP)
      - goodwill otherwise -> (nothing): 1 case: D-2
          total 0.00 GBP -> 0.00 GBP (no difference)
      - outcome not-ours -> (nothing): 1 case: D-2
          total 0.00 GBP -> 0.00 GBP (no difference)

    Decisions change: outcome, goodwill.
    --- stderr
    error[R0002]: the `{` is never closed
     --> history.jsonl:4:1
      |
    4 | {
      | ^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error
    "#);
}
