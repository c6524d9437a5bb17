//! The page of a backtest, in a real browser.

use super::browser::{open, place};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The default bundle with another limit and other gestures.
const CHANGES: [(&str, &str); 3] = [
    ("per_case_cap: 250.00 case", "per_case_cap: 100.00 case"),
    ("      moderate: 25.00 case", "      moderate: 35.00 case"),
    ("version: 2026.11.1", "version: 2026.12.0"),
];

fn run(directory: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).current_dir(directory).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A run over made-up cases with everything that a report can tell.
fn report(directory: &Path) -> String {
    run(directory, &["generate", "cases", "--count", "400", "--seed", "9", "--out", "history.jsonl"]);
    let mut history = fs::read_to_string(directory.join("history.jsonl")).unwrap();
    history.push_str("{\"complaint\": {\"case_id\": \"<script>alert(1)</script>\"}, \"nonsense\": 1}\n");
    fs::write(directory.join("history.jsonl"), history).unwrap();
    run(directory, &["new", "candidate"]);
    let manifest = directory.join("candidate/bundle.yaml");
    let changed = CHANGES.iter().fold(fs::read_to_string(&manifest).unwrap(), |text, (before, after)| {
        assert!(text.contains(before), "{before}");
        text.replacen(before, after, 1)
    });
    fs::write(manifest, changed).unwrap();
    let arguments =
        ["backtest", "--cases", "history.jsonl", "--policies", "built-in", "--candidate", "candidate", "--out", "out"];
    let more = ["--capacity", "1", "--budget", "goodwill=150 USD/month, 25 from 80%", "--fail-if", "new.faults > 0"];
    run(directory, &[&arguments[..], &more].concat());
    fs::read_to_string(directory.join("out/report.html")).unwrap()
}

#[test]
fn a_report_tells_everything_and_asks_for_nothing() {
    let directory = place("backtest");
    let written = report(&directory);
    let json: serde_json::Value = serde_json::from_slice(&fs::read(directory.join("out/summary.json")).unwrap()).unwrap();
    let comparison = &json["comparison"];
    let headings: Vec<&str> = written.lines().filter(|line| line.starts_with("<h2 ")).collect();
    insta::assert_snapshot!(headings.join("\n"), @r#"
    <h2 id="short-title">In short</h2>
    <h2 id="changes-title">What changes</h2>
    <h2 id="touched-title">Who is touched</h2>
    <h2 id="cases-title">The cases that change most</h2>
    <h2 id="outcomes-title">Outcomes and money</h2>
    <h2 id="goodwill-title">Goodwill</h2>
    <h2 id="work-title">The work that it makes</h2>
    <h2 id="pools-title">Pools of money</h2>
    <h2 id="trouble-title">What could not be decided</h2>
    <h2 id="rules-title">Rules</h2>
    <h2 id="again-title">How to get these figures again</h2>
    "#);

    // What the run found is what the page says, in words and in its tables.
    let said = |text: &str| assert!(written.contains(text), "{text}");
    said(&format!("Of {} cases, {} (", comparison["cases"], comparison["changed"]));
    said("Bound kept.");
    said("1 row of the history could not be read as a case");
    said("redress backtest --cases history.jsonl --policies built-in --candidate candidate --out out --capacity 1 --budget");
    for side in [&json["policy"], &json["candidate"]] {
        said(side["name"]["digest"].as_str().unwrap());
    }
    for fault in comparison["dearest"].as_array().unwrap().iter().filter(|case| case["delta"]["currency"] == "USD").take(3) {
        said(&format!("<h3>{} ", fault["case_id"].as_str().unwrap()));
    }
    // What comes from a history is text, never markup.
    assert!(!written.contains("<script"), "{written}");

    let charts = written.matches("<svg ").count();
    assert!(charts >= 10, "{charts}");
    assert_eq!(written.matches("<figure>").count(), charts);
    assert!(!written.contains("fill=\"#") && !written.contains("stroke=\"#"), "a colour without a meaning");

    let Some(seen) = open(&directory.join("out/report.html")) else { return };
    assert!(seen.console.is_empty(), "{:?}", seen.console);
    assert!(seen.requests.is_empty(), "{:?}", seen.requests);
    // A browser mends what is wrong in a page; here it has nothing to mend.
    for tag in
        ["<section ", "<h2 ", "<h3>", "<table>", "<tr", "<td", "<li", "<p", "<svg ", "<figure>", "<rect ", "<text ", "<details>"]
    {
        assert_eq!(seen.dom.matches(tag).count(), written.matches(tag).count(), "{tag}");
    }
}
