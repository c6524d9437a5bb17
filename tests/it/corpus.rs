//! The conformance corpus: every document of `tests/corpus`, as its README says it is run.

use redress::case::{CaseFormat, read_case};
use redress::journal::Difference;
use redress::text::Source;
use redress::value::DateTime;
use redress::{BundleFiles, Case, Decision, Extensions, Policy};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// What time it is taken to be where a case says nothing.
const AT: &str = "2026-03-05T00:00:00Z";

/// The documents, as `topic/name` and their text, in order.
fn documents() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut found = Vec::new();
    for topic in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for file in fs::read_dir(&topic).unwrap().map(|entry| entry.unwrap().path()) {
            let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
            found.push((format!("{}/{}", name(&topic), name(&file)), fs::read_to_string(&file).unwrap()));
        }
    }
    found.sort();
    found
}

/// A part with no more than the corpus speaks of.
fn told_part(part: &Value) -> Value {
    let mut out = serde_json::Map::new();
    for key in ["status", "rules", "outputs"] {
        out.insert(key.to_owned(), part[key].clone());
    }
    for key in ["capped_by", "waits_for"] {
        if let Some(value) = part.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    Value::Object(out)
}

/// A decision with no more than the corpus speaks of.
fn told(decision: &Decision) -> Value {
    let whole = decision.to_json();
    let parts = whole["parts"].as_object().unwrap().iter().map(|(name, part)| (name.clone(), told_part(part)));
    let parts: serde_json::Map<String, Value> = parts.collect();
    let mut out = json!({"status": whole["status"], "parts": parts});
    if !decision.missing_facts.is_empty() {
        out["missing_facts"] = json!(decision.missing_facts);
    }
    if !decision.faults.is_empty() {
        out["faults"] = decision.faults.iter().map(|fault| json!([fault.part, fault.kind])).collect();
    }
    if !decision.clocks.is_empty() {
        let clock = |clock: &Value| json!([clock["id"], clock["due"], clock["breached"]]);
        out["clocks"] = whole["clocks"].as_array().unwrap().iter().map(clock).collect();
    }
    if let Some(outcome) = &decision.outcome {
        out["outcome"] = json!(outcome);
    }
    if !decision.holds.names().is_empty() {
        out["holds"] = json!(decision.holds.names());
    }
    if !decision.approval.also.is_empty() {
        out["approval"] = json!(decision.approval.also);
    }
    if decision.approval.second_person {
        out["second_person"] = json!(true);
    }
    if let Some(target) = &decision.escalation.target {
        out["goes_to"] = json!(target);
    }
    out
}

fn policy(files: &Value) -> Result<Policy, Vec<String>> {
    let mut bundle = BundleFiles::new();
    for (path, text) in files.as_object().unwrap() {
        bundle.insert(path.as_str(), text.as_str().unwrap());
    }
    Policy::load(&bundle, &Extensions::new()).map_err(|found| {
        let mut codes: Vec<String> = found.iter().map(|each| each.code.to_string()).collect();
        codes.dedup();
        codes
    })
}

fn case(given: &Value) -> Case {
    let source = Source::new("given", given.to_string());
    read_case(&source, CaseFormat::Json).unwrap_or_else(|found| panic!("{}", redress::text::render_all(&found, false)))
}

/// The first difference in one line, or nothing.
fn differs(expected: &Value, found: &Value) -> Option<String> {
    let first = Difference::between(&expected.to_string(), &found.to_string())?;
    let told = |value: Option<String>| value.unwrap_or_else(|| "nothing".to_owned());
    Some(format!("{}: expected {}, found {}", first.path, told(first.before), told(first.after)))
}

/// What a document does not get.
fn failures(name: &str, text: &str, out: &mut String) {
    let document: Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let policy = policy(&document["files"]);
    if let Some(codes) = document.get("refused") {
        let found = policy.map_or_else(|codes| json!(codes), |_| json!("it is taken"));
        if let Some(difference) = differs(codes, &found) {
            writeln!(out, "{name}: refused{difference}").unwrap();
        }
        return;
    }
    let policy = match policy {
        Ok(policy) => policy,
        Err(codes) => return writeln!(out, "{name}: it is refused: {}", codes.join(", ")).unwrap(),
    };
    for (number, each) in document["cases"].as_array().unwrap().iter().enumerate() {
        let at = DateTime::parse(each.get("at").and_then(Value::as_str).unwrap_or(AT)).unwrap();
        let case = case(&each["given"]);
        let found = match policy.decide(&case, at) {
            Ok(decision) => told(&decision),
            Err(error) => json!({"error": error.kind()}),
        };
        if let Some(difference) = differs(&each["expect"], &found) {
            writeln!(out, "{name}, case {}: {difference}", number + 1).unwrap();
        }
        // The slow definition says the same.
        let slow = policy.decide_by_definition(&case, at).map(|decision| told(&decision));
        assert_eq!(slow.unwrap_or_else(|error| json!({"error": error.kind()})), found, "{name}, case {}", number + 1);
    }
}

#[test]
fn every_document_of_the_corpus_is_met() {
    let documents = documents();
    assert!(documents.len() >= 250, "{} documents", documents.len());
    let mut out = String::new();
    for (name, text) in &documents {
        failures(name, text, &mut out);
    }
    assert!(out.is_empty(), "\n{out}");
}

#[test]
fn every_document_says_what_it_shows() {
    for (name, text) in documents() {
        let first = text.lines().next().unwrap();
        assert!(first.starts_with("# ") && first.ends_with('.'), "{name}: {first}");
    }
}
