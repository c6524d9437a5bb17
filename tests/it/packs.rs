//! The packs of law: what their guide says of a rule is what the rule says of itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One rule with its law, as its file says it.
#[derive(Default)]
struct Rule {
    id: String,
    source: Option<String>,
    address: Option<String>,
    verified: Option<bool>,
    from: Option<String>,
    until: Option<String>,
}

fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/packs")
}

fn below(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// The rules of a file: its items, with those keys of theirs that stand on a line of their own.
fn rules_of(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("  - id: ") {
            rules.push(Rule { id: id.to_owned(), ..Rule::default() });
        }
        let (Some(rule), Some((key, value))) =
            (rules.last_mut(), line.strip_prefix("    ").and_then(|rest| rest.split_once(": ")))
        else {
            continue;
        };
        let value = value.to_owned();
        match key {
            "source" => rule.source = Some(value),
            "address" => rule.address = Some(value),
            "verified" => rule.verified = value.parse().ok(),
            "from" => rule.from = Some(value),
            "until" => rule.until = Some(value),
            _ => {}
        }
    }
    rules
}

/// Every rule of law in the packs, with the name of its pack.
fn laws() -> Vec<(String, Rule)> {
    let mut found = Vec::new();
    for pack in below(&packs()).into_iter().filter(|path| path.is_dir()) {
        let name = pack.file_name().unwrap().to_string_lossy().into_owned();
        for room in ["obligations", "guardrails", "decisions"] {
            for file in below(&pack.join(room)) {
                let rules = rules_of(&fs::read_to_string(file).unwrap());
                found.extend(rules.into_iter().filter(|rule| rule.source.is_some()).map(|rule| (name.clone(), rule)));
            }
        }
    }
    assert!(found.len() > 50, "the packs were not found");
    found
}

#[test]
fn every_rule_of_law_says_whether_it_was_verified_and_where_it_was_read() {
    for (pack, rule) in laws() {
        let verified = rule.verified.unwrap_or_else(|| panic!("{pack}/{} does not say whether it was verified", rule.id));
        assert!(!verified || rule.address.is_some(), "{pack}/{} is verified, and says not where", rule.id);
    }
}

#[test]
fn the_guide_to_the_packs_tells_each_rule_as_it_is() {
    let guide = fs::read_to_string(packs().join("README.md")).unwrap();
    for (pack, rule) in laws() {
        let from = rule.from.iter().map(|day| format!("from {day}"));
        let until = rule.until.iter().map(|day| format!("until {day}"));
        let said = [rule.source.clone(), rule.address.clone()].into_iter().flatten().chain(from).chain(until);
        let mark = if rule.verified == Some(true) { "| yes |" } else { "| **no** |" };
        let said: Vec<String> = said.chain([mark.to_owned()]).collect();
        let start = format!("| `{}` |", rule.id);
        let told = guide.lines().filter(|line| line.starts_with(&start)).any(|line| said.iter().all(|word| line.contains(word)));
        assert!(told, "the guide has no row for {pack}/{} that says {said:?}", rule.id);
    }
}

#[test]
fn the_guide_tells_no_rule_that_is_not_there() {
    let guide = fs::read_to_string(packs().join("README.md")).unwrap();
    let known: BTreeSet<String> = laws().into_iter().map(|(_, rule)| rule.id).collect();
    let (_, rows) = guide.split_once("\n## The rules\n").unwrap();
    for id in rows.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(id, _)| id) {
        assert!(known.contains(id), "the guide tells of {id}, and no pack has it");
    }
}
