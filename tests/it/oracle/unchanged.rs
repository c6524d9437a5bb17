//! Changes of a bundle or a case that change no decision.
//!
//! | what is changed | what of the document may differ |
//! |---|---|
//! | the rules of a `unique` decision, in another order | the order in which the rules of a conflict are named |
//! | the name of a `let` | that name, where an explanation tells what was read |
//! | a rule, split in two of which one holds where it held | the id of the rule |
//! | a rule more, which nothing can satisfy | what an explanation tells to be read or assumed (`inputs`, `assumed`): what the rule asks for is among it |
//! | a fact more, which nothing reads | nothing |
//!
//! Beside that, whatever comes of other bytes: digests, the number of the decision, the line at which something stands, and which rules
//! were near (`nearest`), since a rule that did not decide may be told there.

use super::cases;
use super::decide;
use super::generated::numbers;
use super::made::Made;
use crate::generated_bundles::Choices;
use crate::semantics::{case, files};
use proptest::prelude::*;
use redress::Policy;
use redress::text::render_all;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const BUNDLES: u64 = 32;

/// A document without what comes of other bytes.
fn without_bytes(json: &mut Json) {
    const LEFT_OUT: [&str; 6] = ["decision_id", "digest", "audit", "place", "nearest", "rejected_alternatives"];
    match json {
        Json::Object(map) => {
            map.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
            map.values_mut().for_each(without_bytes);
        }
        Json::Array(items) => items.iter_mut().for_each(without_bytes),
        _ => {}
    }
}

/// The rules of a conflict in the order of their names, and no text that names them in another.
fn in_any_order(json: &mut Json) {
    let parts = json["parts"].as_object_mut().into_iter().flat_map(|parts| parts.values_mut());
    for part in parts.filter(|part| part["status"] == "conflict") {
        let rules = part["rules"].as_array_mut().unwrap();
        rules.sort_by_key(Json::to_string);
        part["because"] = json!("in any order");
    }
    json["explanation"] = json!("in any order");
    for fault in json["faults"].as_array_mut().unwrap() {
        fault["message"] = json!("in any order");
    }
}

/// Without what was read.
fn without_inputs(json: &mut Json) {
    for line in json.get_mut("explanation").and_then(Json::as_array_mut).into_iter().flatten() {
        let line = line.as_object_mut().unwrap();
        line.retain(|key, _| key != "inputs" && key != "assumed");
    }
}

/// What a bundle decides of each case, as documents.
fn documents(text: &str, facts: &[String]) -> Vec<Json> {
    let policy = Policy::from_files(files(text)).unwrap_or_else(|found| panic!("{}\n{text}", render_all(&found, false)));
    let document = |facts: &String| {
        let (case, at) = case(facts);
        let mut json =
            decide(&policy, &case, at).map_or_else(|error| json!({"error": error.kind()}), |decision| decision.to_json());
        without_bytes(&mut json);
        json
    };
    facts.iter().map(document).collect()
}

/// The texts of a bundle, with what `change` makes of the rules of each decision that lists them; how many were changed.
fn with_rules(text: &str, change: impl Fn(&str, Vec<String>) -> Vec<String>) -> (String, usize) {
    let (mut out, mut changed) = (String::new(), 0);
    let mut head = String::new();
    let mut rules: Option<Vec<String>> = None;
    let mut close = |head: &str, rules: &mut Option<Vec<String>>, out: &mut String| {
        if let Some(rules) = rules.take() {
            let after = change(head, rules.clone());
            changed += usize::from(after != rules);
            out.push_str(&after.concat());
        }
    };
    for line in text.split_inclusive('\n') {
        let is_inside = line.starts_with("  ");
        if !is_inside {
            close(&head, &mut rules, &mut out);
        }
        if line.starts_with("=== ") {
            head.clear();
        }
        match (&mut rules, line.strip_prefix("  - id: ")) {
            (Some(rules), Some(_)) => rules.push(line.to_owned()),
            (Some(rules), None) => match rules.last_mut() {
                Some(rule) => rule.push_str(line),
                None => rules.push(line.to_owned()),
            },
            (None, _) => {
                head.push_str(line);
                out.push_str(line);
            }
        }
        if line == "rules:\n" && head.starts_with("=== decisions/") && !head.contains("for_each") {
            rules = Some(Vec::new());
        }
    }
    close(&head, &mut rules, &mut out);
    (out, changed)
}

/// Rules of the other decisions stand on one line each; these are not written by rules of several lines.
fn is_made(rules: &[String]) -> bool {
    rules.iter().all(|rule| rule.contains("\n    when: "))
}

/// A word replaced where it stands alone.
fn renamed(text: &str, word: &str, by: &str) -> String {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (mut out, mut end) = (String::new(), 0);
    for (at, _) in text.match_indices(word) {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        out.push_str(&text[end..at]);
        out.push_str(if is_part(before.chars().next_back()) || is_part(after.chars().next()) { word } else { by });
        end = at + word.len();
    }
    out + &text[end..]
}

fn turned(head: &str, rules: Vec<String>) -> Vec<String> {
    let mut rules = rules;
    if head.contains("hit: unique") && is_made(&rules) {
        rules.reverse();
    }
    rules
}

/// Conditions that two others part between them.
const PARTED: [(&str, &str, &str); 6] = [
    ("input.n: 3 to 7", "input.n: 3 to 5", "input.n: 6 to 7"),
    ("input.n: at least 3", "input.n: 3 to 4", "input.n: over 4"),
    ("input.n: [1, 5, 12]", "input.n: [1, 12]", "input.n: 5"),
    ("input.tint: [red, blue]", "input.tint: red", "input.tint: blue"),
    ("input.level: [low, high]", "input.level: low", "input.level: high"),
    ("input.word: [ant, bee]", "input.word: ant", "input.word: bee"),
];

fn split(_: &str, rules: Vec<String>) -> Vec<String> {
    let halves = |rule: String| {
        let parted = PARTED.iter().find(|(whole, ..)| rule.contains(whole)).filter(|_| rule.contains("\n    when: "));
        let Some((whole, one, other)) = parted else { return vec![rule] };
        let id = rule.lines().next().unwrap().to_owned();
        let half = |mark: &str, part: &str| rule.replacen(&id, &format!("{id}{mark}"), 1).replacen(whole, part, 1);
        vec![half("-aa", one), half("-bb", other)]
    };
    rules.into_iter().flat_map(halves).collect()
}

fn with_idle_rule(head: &str, mut rules: Vec<String>) -> Vec<String> {
    if is_made(&rules) && !rules.is_empty() {
        let given = if head.contains("form: {") {
            "form: none"
        } else if head.contains("hit: collect ") && !head.contains("ranked") {
            "rate: 7"
        } else {
            "level: high"
        };
        let rule = |id: &str, when: &str, more: &str| {
            format!("  - id: {id}\n    when: {{{when}}}\n    then:\n      {given}\n    because: 'Never.'\n{more}")
        };
        rules.insert(0, rule("no-more", "input.yes: true", "    until: 2020-01-01\n"));
        rules.push(rule("another-count", "params.share: 99, input.m: 2", ""));
    }
    rules
}

/// Holds one bundle against what it becomes, and counts what was changed.
fn stays_as_it_is(seed: u64, counts: &mut BTreeMap<&'static str, usize>) {
    let mut made = Made::new(Choices::of(numbers(seed)));
    let facts: Vec<String> = (0..6).map(|_| cases::facts(&mut made.choices)).collect();
    let before = documents(&made.text, &facts);

    let (text, count) = with_rules(&made.text, turned);
    if count > 0 {
        *counts.entry("in another order").or_default() += count;
        let (mut before, mut after) = (before.clone(), documents(&text, &facts));
        before.iter_mut().chain(&mut after).filter(|json| json.get("error").is_none()).for_each(in_any_order);
        assert_eq!(after, before, "seed {seed}, in another order:\n{text}");
    }

    // Every made decision has a `let` of this name, and nothing else has it.
    let text = renamed(&made.text, "more", "extra");
    let back = |json: &Json| serde_json::from_str(&renamed(&json.to_string(), "extra", "more")).unwrap();
    let named: Vec<Json> = documents(&text, &facts).iter().map(back).collect();
    *counts.entry("under another name").or_default() += 1;
    assert_eq!(named, before, "seed {seed}, under another name:\n{text}");

    let (text, count) = with_rules(&made.text, split);
    if count > 0 {
        *counts.entry("split in two").or_default() += count;
        let halves = documents(&text, &facts);
        let whole = |json: &Json| serde_json::from_str(&json.to_string().replace("-aa", "").replace("-bb", "")).unwrap();
        let whole: Vec<Json> = halves.iter().map(whole).collect();
        assert_eq!(whole, before, "seed {seed}, split in two:\n{text}");
    }

    let (text, count) = with_rules(&made.text, with_idle_rule);
    *counts.entry("with an idle rule").or_default() += count;
    let (mut before_read, mut after) = (before.clone(), documents(&text, &facts));
    before_read.iter_mut().chain(&mut after).for_each(without_inputs);
    assert_eq!(after, before_read, "seed {seed}, with an idle rule:\n{text}");

    let more: Vec<String> = facts
        .iter()
        .map(|facts| format!("{facts}; customer.tenure_months: 7; history.disputes_12m: unknown; invoice.due_on: 2026-03-01"))
        .collect();
    *counts.entry("with idle facts").or_default() += 1;
    assert_eq!(documents(&made.text, &more), before, "seed {seed}, with idle facts");
}

#[test]
fn what_changes_nothing_changes_nothing() {
    let mut counts = BTreeMap::new();
    (0..BUNDLES).for_each(|seed| stays_as_it_is(seed, &mut counts));
    for what in ["in another order", "under another name", "split in two", "with an idle rule", "with idle facts"] {
        assert!(counts.get(what).is_some_and(|count| *count >= 5), "{counts:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, ..crate::invariants::config(4) })]

    /// The same over other bundles at every run.
    #[test]
    fn what_changes_nothing_changes_nothing_anywhere(seed in any::<u64>()) {
        stays_as_it_is(seed, &mut BTreeMap::new());
    }
}
