//! The schemas that the program prints describe what the program reads and writes.

use crate::json_schema::problems;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn printed(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_redress")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn yaml_files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    files
}

fn read(path: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn hold(schema: &Value, documents: impl IntoIterator<Item = (String, Value)>) {
    let mut wrong = String::new();
    let mut count = 0;
    for (name, document) in documents {
        count += 1;
        for problem in problems(schema, &document) {
            writeln!(wrong, "{name}{problem}").unwrap();
        }
    }
    assert!(wrong.is_empty() && count > 0, "{count} documents\n{wrong}");
}

fn named(path: &Path) -> (String, Value) {
    (path.file_name().unwrap().to_string_lossy().into_owned(), read(path))
}

#[test]
fn cases_follow_theirs() {
    hold(&printed(&["schema", "case"]), yaml_files("examples/cases").iter().map(|path| named(path)));
}

#[test]
fn decisions_follow_theirs() {
    let decided = yaml_files("examples/cases").into_iter().map(|path| {
        let (name, _) = named(&path);
        (name, printed(&["decide", path.to_str().unwrap(), "--at", "2026-05-20", "--format", "json"]))
    });
    hold(&printed(&["schema", "decision"]), decided);
}

#[test]
fn the_default_bundle_follows_theirs() {
    let folders = ["policies", "policies/decisions", "policies/guardrails", "policies/tests"];
    let files: Vec<PathBuf> = folders.into_iter().flat_map(yaml_files).collect();
    hold(&printed(&["schema", "bundle"]), files.iter().map(|path| named(path)));
}

/// Every YAML file of every pack, and every calendar that is built in.
#[test]
fn packs_and_calendars_follow_theirs() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/packs");
    let packs = fs::read_dir(packs).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let packs: Vec<String> = packs.filter(|name| !name.ends_with(".md")).collect();
    let rooms = ["", "/decisions", "/guardrails", "/obligations", "/calendars", "/tests"];
    let folders = packs.iter().flat_map(|pack| rooms.map(|room| format!("policies/packs/{pack}{room}")));
    let is_there = |folder: &String| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).is_dir();
    let mut files: Vec<PathBuf> = folders.filter(is_there).flat_map(|folder| yaml_files(&folder)).collect();
    let of = |kind: &str| files.iter().filter(|path| path.to_string_lossy().contains(kind)).count();
    assert!(packs.len() >= 16 && of("/bundle.yaml") == packs.len() && of("/obligations/") >= 10, "{} packs", packs.len());
    files.extend(yaml_files("src/holidays"));
    hold(&printed(&["schema", "bundle"]), files.iter().map(|path| named(path)));
}

/// What a schema says of a document that is wrong.
fn said(of: &str, text: &str) -> String {
    problems(&printed(&["schema", of]), &serde_yaml::from_str(text).unwrap()).join("\n")
}

#[test]
fn mistakes_are_seen() {
    insta::assert_snapshot!(said("case", "complaint: {chanel: phone, channel: fax}\ndispute: {occurrences: many}"), @r#"
    /complaint/chanel: nothing may stand here
    /complaint/channel: "fax" is none of ["phone","email","letter","web_form","chat","social","regulator","in_person","unknown",null]
    /complaint: `case_id` is not there
    /dispute/occurrences: "many" follows none of the choices
    "#);
    insta::assert_snapshot!(said("bundle", "decision: interest\nhitt: first\noutputs: {amount: {type: decimal}}\nrules: [{id: a}]"), @r#"
    /hitt: nothing may stand here
    /outputs/amount/type: "decimal" is none of ["money"]
    /rules/0: `because` is not there
    "#);
    let law = [
        "obligations: [{id: a, stepp: b, due: {within: 10 bussiness days, after: complaint.received_at}}]",
        "obligations: [{id: a, on_breach: shout, holds: [colection]}]",
        "obligations: [{id: a, step: b}]",
        "calendar: HOUSE\nyears: {from: 2026}\ndays: {first of May: Labour Day}",
        "pack: near\nversion: 1\ncurrency: USD",
    ];
    insta::assert_snapshot!(law.map(|text| said("bundle", text)).join("\n--\n"), @r#"
    /obligations/0/stepp: nothing may stand here
    /obligations/0: `step` is not there
    --
    /obligations/0: `due` is not there
    /obligations/0/holds: ["colection"] follows none of the choices
    /obligations/0/on_breach: "shout" follows none of the choices
    --
    /obligations/0: {"id":"a","step":"b"} follows none of the choices
    --
    /years: `until` is not there
    --
    /currency: nothing may stand here
    : `when` is not there
    "#);
    insta::assert_snapshot!(said("bundle", "guardrails: [{id: a, cap: goodwill.amount, floor: goodwill.amount, because: x}]"), @r#"
    /guardrails/0: `at` is not there
    /guardrails/0: `at` is not there
    /guardrails/0: {"because":"x","cap":"goodwill.amount","floor":"goodwill.amount","id":"a"} does not follow exactly one of the choices
    "#);
}
