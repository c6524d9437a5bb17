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
    insta::assert_snapshot!(stage.run("check --format github --baseline known.json"), @r"
    status 0
    --- stdout
    ::warning file=policies/decisions/older.txt,line=1,endLine=1,col=1,endColumn=1,title=R0208::`decisions/older.txt` does not belong in a bundle and is not read%0Adecisions are `decisions/*.yaml` (tables beside them `.csv`), guardrails `guardrails/*.yaml`, obligations `obligations/*.yaml`, calendars `calendars/*.yaml`, scripts `scripts/*.rhai`, letters `letters/KIND.LANGUAGE.txt` and `letters/words.LANGUAGE.yaml`, policy tests `tests/*.yaml`
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

/// A decision with a gap from 100 to 500, a rule that another hides, and a history that falls into both.
fn weighed(name: &str) -> Stage {
    let line = |id: &str, amount: &str, tier: &str| {
        format!(
            r#"{{"complaint":{{"case_id":"{id}","received_at":"2026-03-02T10:00:00Z","language":"en","jurisdiction":"US"}},"customer":{{"customer_id":"C","tier":"{tier}"}},"dispute":{{"reason_code":"PRICE","disputed_amount":"{amount}"}}}}
"#
        )
    };
    let history = [
        line("1", "99.00 USD", "gold"),
        line("2", "250.00 USD", "silver"),
        line("3", "499.99 USD", "standard"),
        line("4", "900.00 USD", "gold"),
        line("5", "800.00 USD", "silver"),
        "{\"complaint\":{\"case_id\":\"6\"}}\n".to_owned(),
    ];
    Stage::empty(name)
        .file("policies/bundle.yaml", "bundle: weighed\nversion: 1\ncurrency: USD\n")
        .file(
            "policies/decisions/desk.yaml",
            "decision: desk
hit: first
outputs:
  name: {type: text}
rules:
  - {id: large, when: {dispute.disputed_amount: over 500}, then: {name: key accounts}, because: Large.}
  - {id: gold, when: {dispute.disputed_amount: over 600, customer.tier: gold}, then: {name: gold desk}, because: Gold.}
  - {id: small, when: {dispute.disputed_amount: at most 100}, then: {name: front desk}, because: Small.}
",
        )
        .file("history.jsonl", &history.concat())
}

#[test]
fn findings_are_weighed_by_a_history() {
    let stage = weighed("weighed");
    insta::assert_snapshot!(stage.run("check --cases history.jsonl --at 2026-04-01"), @"
    status 0
    --- stdout
    warning[R0309]: `gold` never decides: `large` before it takes all of its cases
     --> policies/decisions/desk.yaml:7:6
      |
    6 |   - {id: large, when: {dispute.disputed_amount: over 500}, then: {name: key accounts}, because: Large.}
      |      -- takes its cases
    7 |   - {id: gold, when: {dispute.disputed_amount: over 600, customer.tier: gold}, then: {name: gold desk}, because: ...
      |      ^^
      |
      = help: move it before `large`, narrow `large`, or delete it
      = note: 1 of 6 cases falls into it, with 900.00 USD in dispute

    warning[R0310]: no rule of `desk` decides a case with dispute.disputed_amount = 100.01 USD
     --> policies/decisions/desk.yaml:1:11
      |
    1 | decision: desk
      |           ^^^^
    ...
    6 |   - {id: large, when: {dispute.disputed_amount: over 500}, then: {name: key accounts}, because: Large.}
      |                                                 -------- nearest, but it asks for dispute.disputed_amount over 500
    7 |   - {id: gold, when: {dispute.disputed_amount: over 600, customer.tier: gold}, then: {name: gold desk...
    8 |   - {id: small, when: {dispute.disputed_amount: at most 100}, then: {name: front desk}, because: Small.}
      |                                                 ----------- nearest, but it asks for dispute.disputed_amount at most 100
      |
      = help: let `large` ask for `dispute.disputed_amount: over 100.00 USD`, add a rule with `when: {dispute.disputed_amount: over 100.00 USD and at most 500.00 USD}`, or an `otherwise`
      = note: 2 of 6 cases fall into it, with 749.99 USD in dispute

    2 warnings
    bundle weighed 1, from policies: 1 decisions
    ");
    insta::assert_snapshot!(stage.run("check --cases history.jsonl --at 2026-04-01 --format github -q"), @"
    status 0
    --- stdout
    ::warning file=policies/decisions/desk.yaml,line=7,endLine=7,col=6,endColumn=8,title=R0309::`gold` never decides: `large` before it takes all of its cases%0Amove it before `large`, narrow `large`, or delete it%0A1 of 6 cases falls into it, with 900.00 USD in dispute
    ::warning file=policies/decisions/desk.yaml,line=1,endLine=1,col=11,endColumn=15,title=R0310::no rule of `desk` decides a case with dispute.disputed_amount = 100.01 USD%0Alet `large` ask for `dispute.disputed_amount: over 100.00 USD`, add a rule with `when: {dispute.disputed_amount: over 100.00 USD and at most 500.00 USD}`, or an `otherwise`%0A2 of 6 cases fall into it, with 749.99 USD in dispute
    ");
    let json = stage.run("check --cases history.jsonl --at 2026-04-01 --format json -q");
    assert!(json.contains("\"weight\": {\n        \"cases\": 2,\n        \"disputed\": [\n          \"749.99 USD\"\n        ],\n        \"of\": 6\n      }"), "{json}");
    let sarif = stage.run("check --cases history.jsonl --at 2026-04-01 --format sarif -q");
    assert!(sarif.contains("\"properties\": {\n            \"weight\": {\n              \"cases\": 2,"), "{sarif}");
}

#[test]
fn a_case_that_cannot_be_read_is_shown_and_fails_the_check() {
    let stage = weighed("weighed-garbage").file("some.jsonl", "garbage\n");
    insta::assert_snapshot!(stage.run("check --cases some.jsonl --at 2026-04-01 -q --format github"), @"
    status 1
    --- stdout
    ::warning file=policies/decisions/desk.yaml,line=1,endLine=1,col=11,endColumn=15,title=R0310::no rule of `desk` decides a case with dispute.disputed_amount = 100.01 USD%0Alet `large` ask for `dispute.disputed_amount: over 100.00 USD`, add a rule with `when: {dispute.disputed_amount: over 100.00 USD and at most 500.00 USD}`, or an `otherwise`%0Anone of 0 cases fall into it
    ::warning file=policies/decisions/desk.yaml,line=7,endLine=7,col=6,endColumn=8,title=R0309::`gold` never decides: `large` before it takes all of its cases%0Amove it before `large`, narrow `large`, or delete it%0Anone of 0 cases fall into it
    --- stderr
    error[R0002]: a word without quotes
     --> some.jsonl:1:1
      |
    1 | garbage
      | ^^^^^^^
      |
      = help: texts stand in double quotes; the only bare words are true, false and null

    1 error
    ");
    let remark = stage.run("check --cases some.jsonl --cases history.jsonl --at 2026-04-01 --format github");
    insta::assert_snapshot!(remark.lines().last().unwrap(), @"1 of 7 cases cannot be read and weigh nothing");
}

#[test]
fn notes_of_a_baseline_are_known_also_where_notes_are_left_out() {
    let rules = "decision: desk
hit: first
outputs: {name: {type: text}}
rules:
  - {id: large, when: {dispute.disputed_amount: over 500}, then: {name: key accounts}, because: Large.}
  - {id: gold, when: {customer.tier: gold}, then: {name: gold desk}, because: Gold.}
otherwise: {name: front desk, because: All others.}
";
    let stage = Stage::new("baseline-notes").file("policies/decisions/desk.yaml", rules);
    insta::assert_snapshot!(stage.run("check"), @"
    status 0
    --- stdout
    bundle small 1.0, from policies: 4 decisions, nothing to find fault with
    1 note is left out; `redress check --notes` shows it
    ");
    insta::assert_snapshot!(stage.run("check --notes --write-baseline known.json"), @"
    status 0
    --- stdout
    1 finding written to known.json
    ");
    insta::assert_snapshot!(stage.run("check --baseline known.json"), @"
    status 0
    --- stdout
    bundle small 1.0, from policies: 4 decisions, nothing new to find fault with
    1 known finding is passed over (known.json)
    ");
    insta::assert_snapshot!(stage.run("check --notes --baseline known.json"), @"
    status 0
    --- stdout
    bundle small 1.0, from policies: 4 decisions, nothing new to find fault with
    1 known finding is passed over (known.json)
    ");
}

#[test]
fn a_history_that_cannot_be_read() {
    let stage = weighed("weighed-wrong").file("cases.csv", "id\n1\n");
    insta::assert_snapshot!(stage.run("check --cases gone.jsonl"), @"
    status 3
    --- stderr
    error: `gone.jsonl` cannot be read: No such file or directory (os error 2)
    ");
    insta::assert_snapshot!(stage.run("check --cases cases.csv"), @"
    status 2
    --- stderr
    error: `cases.csv` is a table: what its columns mean has to be said by a mapping
      = help: name one: `redress decide --mapping mapping.yaml cases.csv`
    ");
    insta::assert_snapshot!(stage.run("check --mapping mapping.yaml"), @"
    status 2
    --- stderr
    error: the following required arguments were not provided:
      --cases <HISTORY>

    Usage: redress check --cases <HISTORY> --mapping <FILE> [DIR]

    For more information, try '--help'.
    ");
}

#[test]
fn columns_guardrails_and_facts_are_weighed() {
    let line = |id: &str, amount: &str, tier: &str, more: &str| {
        format!(
            r#"{{"complaint":{{"case_id":"{id}"}},"customer":{{"tier":"{tier}"}},"dispute":{{"disputed_amount":"{amount}"}}{more}}}
"#
        )
    };
    let history =
        [line("1", "90.00 USD", "gold", ""), line("2", "900.00 USD", "silver", r#","attributes":{"queue":"late"}"#)].concat();
    let desk = "decision: desk
hit: first
outputs: {fee: {type: money}}
rules:
  - {id: gold, when: {customer.tier: gold, dispute.disputed_amount: over 50}, then: {fee: 1.00}, because: A fee.}
  - {id: small, when: {customer.tier: gold}, then: {fee: 1.00}, because: A fee.}
otherwise: {fee: 2.00, because: Twice the fee.}
";
    let guardrail = "guardrails:
  - id: fee-at-most-10
    when: {dispute.disputed_amount: over 500}
    cap: desk.fee
    at: 10.00
    because: No fee is higher.
";
    let stage = Stage::empty("weighed-parts")
        .file("policies/bundle.yaml", "bundle: weighed\nversion: 1\ncurrency: USD\nfacts:\n  attributes.queue: {type: text}\n")
        .file("policies/decisions/desk.yaml", desk)
        .file("policies/guardrails/all.yaml", guardrail)
        .file("history.jsonl", &history);
    insta::assert_snapshot!(stage.run("check --cases history.jsonl --at 2026-04-01"), @"
    status 0
    --- stdout
    warning[R0214]: no decision reads `attributes.queue`
     --> policies/bundle.yaml:5:3
      |
    5 |   attributes.queue: {type: text}
      |   ^^^^^^^^^^^^^^^^
      |
      = help: let a decision read it, or take the declaration out: nobody has to find it out
      = note: 1 of 2 cases falls into it, with 900.00 USD in dispute

    warning[R0605]: the guardrail `fee-at-most-10` can never change anything: `desk.fee` is never more than 2.00 USD
     --> policies/guardrails/all.yaml:2:5
      |
    2 |   - id: fee-at-most-10
      |     ^^
      |
      = help: correct what it looks at, or take it out: whoever reads it believes that it protects somebody
      = note: 1 of 2 cases falls into it, with 900.00 USD in dispute

    warning[R0312]: `gold` changes nothing: without it `small` decides its cases the same, for the same reason
     --> policies/decisions/desk.yaml:5:6
      |
    5 |   - {id: gold, when: {customer.tier: gold, dispute.disputed_amount: over 50}, then: {fee: 1.00}, because: A fee.}
      |      ^^
      |
      = help: delete it, or give it a reason of its own
      = note: 1 of 2 cases falls into it, with 90.00 USD in dispute

    3 warnings
    bundle weighed 1, from policies: 1 decisions
    ");
}
