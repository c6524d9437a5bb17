//! A rename changes a name and nothing else: the bundle with it loads, finds the same, and decides every case the same.

use crate::generated_bundles::{Choices, choices};
use crate::semantics::{case, files};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use redress::authoring::names::{Edits, Location, Name, NameIndex, NameKind, Role, apply};
use redress::bundle::Bundle;
use redress::case::{CaseFormat, read_case};
use redress::testing::run;
use redress::text::{Source, render_all};
use redress::value::DateTime;
use redress::{BundleFiles, Case, Extensions, Policy, default_bundle};
use std::fs;
use std::path::Path;

/// A name that stands nowhere else, so that a text can be turned back.
const NEW: &str = "zzqx";

fn index(files: &BundleFiles) -> NameIndex {
    NameIndex::read(files, &Extensions::new())
}

fn policy(files: &BundleFiles) -> Policy {
    Policy::load(files, &Extensions::new()).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

/// What defines the names of a kind that a bundle may give anew.
fn defined(index: &NameIndex, kind: NameKind) -> Vec<(Name, Location)> {
    let is_kept = |at: &Location| index.renamed_at(&at.path, at.span.start).is_err();
    let all = index.names().filter(|(name, _)| name.kind == kind);
    let defining = all.filter_map(|(name, places)| {
        let (at, _) = places.iter().find(|(_, role)| *role == Role::Defines)?;
        Some((name.clone(), at.clone()))
    });
    defining.filter(|(_, at)| !is_kept(at)).collect()
}

/// What calls the name at a place otherwise.
fn edits(files: &BundleFiles, at: &Location, new: &str) -> Edits {
    let edits = index(files).rename(&at.path, at.span.start, new);
    edits.unwrap_or_else(|refused| panic!("{at:?} to `{new}`: {}", refused.message))
}

/// The files with the name at a place called otherwise.
fn renamed(files: &BundleFiles, at: &Location, new: &str) -> BundleFiles {
    apply(files, &edits(files, at, new))
}

fn texts(files: &BundleFiles) -> Vec<(String, String)> {
    files.iter().map(|(path, source)| (path.to_owned(), source.text().to_owned())).collect()
}

/// Warnings without their places, which a longer name moves.
fn warnings(policy: &Policy) -> Vec<String> {
    let mut told: Vec<String> =
        policy.warnings().iter().map(|each| format!("{} {} {:?}", each.code, each.message, each.help)).collect();
    told.sort();
    told
}

/// A decision as text, with every list and mapping in an order of its own and without the digest of the policy.
fn decided(policy: &Policy, (case, at): &(Case, DateTime), new: &str, old: &str) -> String {
    let text = match policy.decide(case, *at) {
        Ok(decision) => {
            let mut json = decision.to_json();
            // What hangs on every byte of the policy or of the case, and where in a line a rule stands.
            json["policy"]["digest"] = serde_json::Value::Null;
            json["audit"] = serde_json::Value::Null;
            json["decision_id"] = serde_json::Value::Null;
            json.to_string()
        }
        Err(error) => error.to_string(),
    };
    let text = if new.is_empty() { text } else { text.replace(new, old) };
    let Ok(json) = serde_json::from_str::<serde_json::Value>(&text) else { return text };
    sorted(json).to_string()
}

/// Decisions come in the order of what they read, and among equals by name.
fn sorted(json: serde_json::Value) -> serde_json::Value {
    match json {
        serde_json::Value::Array(items) => {
            let mut items: Vec<_> = items.into_iter().map(sorted).collect();
            items.sort_by_key(ToString::to_string);
            items.into()
        }
        serde_json::Value::Object(map) => {
            let line = |key: &str, value: serde_json::Value| match value.as_str().and_then(|place| place.rsplit_once(':')) {
                Some((line, _column)) if key == "place" => line.into(),
                _ => sorted(value),
            };
            let told = |(key, value): (String, serde_json::Value)| {
                let value = line(&key, value);
                (key, value)
            };
            let mut entries: Vec<_> = map.into_iter().map(told).collect();
            entries.sort_by(|one, other| one.0.cmp(&other.0));
            entries.into_iter().collect::<serde_json::Map<_, _>>().into()
        }
        other => other,
    }
}

/// Where the definition of a name stands once it is called otherwise: as far on as the changes before it in its file are longer.
fn definition(after: &BundleFiles, edits: &Edits, old: &Name, at: &Location) -> Location {
    let index = index(after);
    let mut start = at.span.start;
    for edit in edits[&at.path].iter().filter(|edit| edit.span.end <= at.span.start) {
        start = start + edit.text.len() - (edit.span.end - edit.span.start);
    }
    let found = index.at(&at.path, start).unwrap_or_else(|| panic!("nothing stands at {start} for {at:?}"));
    assert_eq!(found.name.kind, old.kind, "{at:?}");
    assert_eq!(found.name.last(), NEW, "{at:?}");
    Location { path: at.path.clone(), span: found.span }
}

const KINDS: [NameKind; 8] = [
    NameKind::Fact,
    NameKind::Param,
    NameKind::ParamGroup,
    NameKind::Decision,
    NameKind::Output,
    NameKind::Rule,
    NameKind::Let,
    NameKind::Guardrail,
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_generated_bundle_decides_the_same_under_another_name(choices in choices(), kind in 0..KINDS.len(), which in any::<Index>()) {
        let mut choices = Choices::of(choices);
        let mut before = BundleFiles::new();
        for (path, text) in files(&choices.bundle()) {
            before.insert(path, text);
        }
        let names = defined(&index(&before), KINDS[kind]);
        prop_assume!(!names.is_empty());
        let (name, at) = which.get(&names);
        let edits = edits(&before, at, NEW);
        let after = apply(&before, &edits);
        let (old, new) = (policy(&before), policy(&after));
        prop_assert_eq!(
            warnings(&old),
            warnings(&new).into_iter().map(|told| told.replace(NEW, name.last())).collect::<Vec<_>>()
        );
        for _ in 0..4 {
            let facts = choices.facts();
            // A fact is called otherwise in the case as well.
            let is_fact = name.kind == NameKind::Fact;
            let called = if is_fact { facts.replace(&format!("{}:", name.text), &format!("input.{NEW}:")) } else { facts.clone() };
            prop_assert_eq!(decided(&old, &case(&facts), "", ""), decided(&new, &case(&called), NEW, name.last()), "{} in {}", name, facts);
        }
        let there = definition(&after, &edits, name, at);
        prop_assert_eq!(texts(&renamed(&after, &there, name.last())), texts(&before));
    }
}

/// A name of every kind is given anew, one after the other, so that each meets what those before it left; then all of them back.
#[test]
fn the_default_bundle_keeps_its_tests_under_other_names() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let original = default_bundle();
    let mut files = original.clone();
    let mut way_back: Vec<(String, Location)> = Vec::new();
    let more = [NameKind::Item, NameKind::Obligation, NameKind::Plugin, NameKind::Setting, NameKind::ScriptFunction];
    for (number, kind) in KINDS.into_iter().chain(more).enumerate() {
        let which = any::<Index>().new_tree(&mut runner).unwrap().current();
        let index = index(&files);
        let names = defined(&index, kind);
        let (name, at) = which.get(&names);
        let new = format!("{NEW}{number}");
        let edits = index.rename(&at.path, at.span.start, &new).unwrap_or_else(|refused| panic!("{name}: {}", refused.message));
        files = apply(&files, &edits);
        way_back.push((name.last().to_owned(), at.clone()));
    }
    let (bundle, found) = Bundle::read(&files);
    let bundle = bundle.unwrap();
    let policy =
        Policy::compile(&bundle, &Extensions::new(), found).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    assert!(policy.warnings().is_empty(), "\n{}", render_all(policy.warnings(), false));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let case_file = |path: &str| {
        let text = fs::read_to_string(root.join("policies").join(path)).map_err(|error| error.to_string())?;
        Ok(Source::new(path, text))
    };
    let report = run(&policy, &bundle, &case_file, None);
    assert!(report.failed() == 0, "\n{}", report.to_text(false));
    assert!(report.passed() > 200, "{} tests", report.passed());

    for (old, at) in way_back.into_iter().rev() {
        // Places before it in its file may have moved since; the new name is looked for by what it was called.
        let index = index(&files);
        let on_line =
            index.occurrences(&at.path).iter().filter(|each| each.role == Role::Defines && each.name.last().starts_with(NEW));
        let found = on_line.min_by_key(|each| each.span.start.abs_diff(at.span.start)).unwrap();
        let edits = index.rename(&at.path, found.span.start, &old).unwrap_or_else(|refused| panic!("{old}: {}", refused.message));
        files = apply(&files, &edits);
    }
    assert_eq!(texts(&files), texts(&original));
}

/// The example cases, under a parameter, a rule, a derived input and a decision of another name.
#[test]
fn example_cases_come_out_the_same() {
    let before = default_bundle();
    let old = policy(&before);
    let at = DateTime::parse("2026-03-05T12:00:00Z").unwrap();
    let mut cases = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cases")).unwrap() {
        let path = entry.unwrap().path();
        let source = Source::new("case", fs::read_to_string(&path).unwrap());
        cases.push((read_case(&source, CaseFormat::Yaml).unwrap_or_else(|found| panic!("{}", render_all(&found, false))), at));
    }
    assert!(cases.len() >= 10);
    let index = index(&before);
    let chosen = [
        (NameKind::Param, "goodwill.per_case_cap"),
        (NameKind::Rule, "our-error"),
        (NameKind::Let, "for_staying"),
        (NameKind::Decision, "gesture"),
    ];
    for (kind, text) in chosen {
        let (name, at) = defined(&index, kind).into_iter().find(|(name, _)| name.text == text).unwrap();
        let new = policy(&renamed(&before, &at, NEW));
        for case in &cases {
            assert_eq!(decided(&old, case, "", ""), decided(&new, case, NEW, name.last()), "{name}");
        }
    }
}
