//! What stands between a change of a bundle and those who decide by it.

use super::Stage;
use std::fs;

#[test]
fn an_old_bundle_adopts_the_gate_with_a_baseline() {
    let stage = Stage::new("baseline").file("policies/decisions/old.txt", "What held before.\n");
    insta::assert_snapshot!(stage.run("check --write-baseline known.json"), @"
    status 0
    --- stdout
    1 finding written to known.json
    ");
    insta::assert_snapshot!(fs::read_to_string(stage.directory.join("known.json")).unwrap(), @r#"
    {
      "format": 1,
      "findings": [
        {"file": "decisions/old.txt", "code": "R0208", "fingerprint": "c441680ded88e841", "message": "`decisions/old.txt` does not belong in a bundle and is not read"}
      ]
    }
    "#);
    insta::assert_snapshot!(stage.run("check --deny-warnings --baseline known.json"), @"
    status 0
    --- stdout
    bundle small 1.0, from policies: 3 decisions, nothing new to find fault with
    1 known finding is passed over (known.json)
    ");

    let stage = stage.file("policies/decisions/older.txt", "What held before that.\n");
    insta::assert_snapshot!(stage.run("check --deny-warnings --baseline known.json"), @r"
    status 1
    --- stdout
    warning[R0208]: `decisions/older.txt` does not belong in a bundle and is not read
     --> policies/decisions/older.txt:1:1
      |
    1 | What held before that.
      | ^
      |
      = help: decisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`

    1 warning
    bundle small 1.0, from policies: 3 decisions
    1 known finding is passed over (known.json)
    ");
    insta::assert_snapshot!(stage.run("check --format github --baseline known.json"), @"
    status 0
    --- stdout
    ::warning file=policies/decisions/older.txt,line=1,endLine=1,col=1,endColumn=1,title=R0208::`decisions/older.txt` does not belong in a bundle and is not read%0Adecisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, scripts `scripts/*.rhai`, letters `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`
    ");

    fs::remove_file(stage.directory.join("policies/decisions/old.txt")).unwrap();
    fs::remove_file(stage.directory.join("policies/decisions/older.txt")).unwrap();
    insta::assert_snapshot!(stage.run("check --deny-warnings --baseline known.json"), @"
    status 0
    --- stdout
    bundle small 1.0, from policies: 3 decisions, nothing to find fault with
    1 known finding is gone; `--write-baseline known.json` takes it out:
      R0208 decisions/old.txt: `decisions/old.txt` does not belong in a bundle and is not read
    ");
    insta::assert_snapshot!(stage.run("check --format json --baseline known.json"), @r#"
    status 0
    --- stdout
    {
      "baseline": {
        "gone": [
          {
            "code": "R0208",
            "file": "decisions/old.txt",
            "fingerprint": "DIGEST",
            "message": "`decisions/old.txt` does not belong in a bundle and is not read"
          }
        ],
        "known": 0
      },
      "bundle": "small",
      "decisions": 3,
      "digest": "blake3:DIGEST",
      "findings": [],
      "version": "1.0"
    }
    "#);
}

#[test]
fn what_keeps_a_bundle_from_being_taken_is_never_passed_over() {
    let stage = Stage::new("baseline-broken").file("policies/decisions/fee.yaml", "decision: fee\nhitt: first\n");
    let broken = stage.run("check --write-baseline known.json");
    assert!(broken.starts_with("status 1\n"), "{broken}");
    insta::assert_snapshot!(broken.lines().last().unwrap(), @"error: no baseline is written: the bundle from policies is not sound until this is mended, and what keeps a bundle from being taken cannot be passed over");
    assert!(!stage.directory.join("known.json").exists());

    let stage = stage
        .file("policies/decisions/fee.yaml", "decision: fee\noutputs:\n  amount: {type: money, value: 1.00}\n")
        .file("policies/bundle.yaml", "bundle: small\nversion: 1.0\ncurrency: case\nreload: {require_tests: true}\n");
    insta::assert_snapshot!(stage.run("check"), @"
    status 1
    --- stdout
    error[R0802]: the policy test `a wrong expectation` fails: `money.correction` should be 10.00 USD and is 0.00 USD
     --> policies/tests/all.yaml:6:5
      |
    6 |   - name: a wrong expectation
      |     ^^^^
      |
      = help: `redress test` shows how it was decided

    1 error
    bundle small 1.0, from policies: 4 decisions
    ");
    insta::assert_snapshot!(stage.run("check --write-baseline known.json").lines().last().unwrap(), @"error: no baseline is written: the bundle from policies is not sound until this is mended, and what keeps a bundle from being taken cannot be passed over");
    assert!(stage.run("check --write-baseline no/such/place.json").starts_with("status 1\n"));
}

#[test]
fn a_baseline_that_is_not_there() {
    let stage = Stage::new("baseline-gone");
    insta::assert_snapshot!(stage.run("check --baseline known.json"), @"
    status 3
    --- stderr
    error: `known.json` cannot be read: No such file or directory (os error 2)
    ");
    insta::assert_snapshot!(stage.run("check --baseline known.json --write-baseline known.json"), @"
    status 2
    --- stderr
    error: the argument '--baseline <FILE>' cannot be used with '--write-baseline <FILE>'

    Usage: redress check --baseline <FILE> [DIR]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("check --write-baseline no/such/place.json"), @"
    status 3
    --- stderr
    error: `no/such/place.json` cannot be written: No such file or directory (os error 2)
    ");
}

#[test]
fn facts_that_nothing_reads_are_listed_on_request() {
    let stage = Stage::new("unread");
    let text = stage.run("check --unread-facts");
    let head: Vec<&str> = text.lines().take(5).collect();
    insta::assert_snapshot!(head.join("\n"), @"
    status 0
    --- stdout
    bundle small 1.0, from policies: 3 decisions, nothing to find fault with
    facts that nothing reads:
      complaint.case_id
    ");
    assert!(!text.contains("finding.liability"), "{text}");
    let json = stage.run("check --unread-facts --format json");
    assert!(json.contains("\"unread_facts\": [\n    \"complaint.case_id\","), "{json}");
}
