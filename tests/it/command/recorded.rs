//! What stands in a journal beside what is shown: by `journal show` over a broken line, and by an explanation.

use super::Stage;
use super::journal::{DECIDE, stage};
use std::fs;

#[test]
fn a_record_is_shown_and_a_broken_line_beside_it_is_not_passed_over() {
    let stage = stage("journal-broken-line");
    stage.run(DECIDE);
    let text = fs::read_to_string(stage.directory.join("j.jsonl")).unwrap();
    fs::write(stage.directory.join("j.jsonl"), text.replace("\"case_id\":\"J-3\"", "\"case_id\":\"J-4\"")).unwrap();
    let shown = stage.run("journal show J-1 --journal j.jsonl --format json");
    let told: Vec<&str> = shown.lines().filter(|line| !line.starts_with('{')).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    status 1
    --- stdout
    --- stderr
    error: `j.jsonl` cannot be read: line 3 is not as it was written: its digest is another one
    ");
    insta::assert_snapshot!(stage.run("journal verify j.jsonl --expect 12345"), @"
    status 2
    --- stderr
    error: `12345` is no digest of a record
      = help: name its 64 digits, or the first 8 or more of them
    ");
}

/// A plugin that fails counts against itself; that somebody looks at a decision does not.
#[test]
fn what_is_recorded_does_not_hang_on_what_is_shown() {
    let manifest = "bundle: small
version: 1
owner: care
currency: USD
facts: {input.x: {type: money}}
quarantine: {after: 2, cool_down_minutes: 10}
plugins:
  - {id: p, script: scripts/p.rhai, after: d, on_failure: skip}
";
    let script = "fn d(facts, draft, settings) {\n    let n = 0;\n    while n < 1000000 { n += 1; }\n    draft\n}\n";
    let cases: String = (1..4).map(|x| format!("{{\"input\": {{\"x\": \"{x}.00 USD\"}}}}\n")).collect();
    let stage = Stage::empty("journal-explain")
        .file("policies/bundle.yaml", manifest)
        .file("policies/decisions/d.yaml", "decision: d\noutputs:\n  v: {type: money, value: = input.x}\n")
        .file("policies/scripts/p.rhai", script)
        .file("cases.jsonl", &cases);
    let recorded = |journal: &str, more: &str| -> Vec<String> {
        let said =
            stage.run(&format!("decide cases.jsonl -q --at 2026-03-05 --journal {journal} --journal-failing required {more}"));
        assert!(said.starts_with("status 0\n"), "{said}");
        let text = fs::read_to_string(stage.directory.join(journal)).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.map(|line| line["decision"].to_string()).collect()
    };
    let plain = recorded("plain.jsonl", "");
    assert!(!plain[1].contains("quarantined") && plain[2].contains("quarantined"), "{plain:?}");
    assert_eq!(recorded("explained.jsonl", "--explain"), plain);
}
