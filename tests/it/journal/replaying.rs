//! Decisions taken again: the same bytes, or the first field in which they differ, or why that cannot be told.

use super::{at, bundle, case, engine, place, record, records, required};
use redress::engine::{Store, default_bundle};
use redress::journal::{DecisionRecord, Entry, Journal, Obstacle, Replay, Replayed};
use redress::value::DateTime;
use redress::{Engine, Extensions};
use std::path::Path;

fn decisions(path: &Path) -> Vec<DecisionRecord> {
    let decision = |entry| if let Entry::Decision(told) = entry { Some(*told) } else { None };
    records(path).into_iter().filter_map(|record| decision(record.entry)).collect()
}

fn told(replayed: &Replayed) -> String {
    match replayed {
        Replayed::Other(it) => format!("{}: {:?} -> {:?}", it.path, it.before, it.after),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_time_said_with_another_offset_comes_out_the_same() {
    let path = place("offsets").join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases()).unwrap();
    let engine = Engine::builder().record_in(journal).open_files(&default_bundle()).unwrap();
    let source = redress::text::Source::new(
        "case.yaml",
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/cases/duplicate-charge.yaml")).unwrap(),
    );
    let case = redress::case::read_case(&source, redress::case::CaseFormat::Yaml).unwrap();
    for at in ["2026-03-05T10:00:00Z", "2026-03-05T11:00:00+01:00", "2026-03-05T00:00:00-05:00"] {
        engine.decide_at(&case, DateTime::parse(at).unwrap()).unwrap();
    }
    let mut replay = Replay::new(|_| Ok(default_bundle()), Extensions::new());
    for decision in decisions(&path) {
        assert_eq!(replay.take(&decision), Replayed::Same, "{}", decision.at);
    }
}

#[test]
fn a_difference_names_the_first_field() {
    let path = place("difference").join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases()).unwrap();
    engine(&journal).decide_at(&case("C-1", "customer: {vulnerable: true}\n"), at()).unwrap();
    let told_as = |change: &dyn Fn(&str) -> String| {
        let mut decision = decisions(&path).remove(0);
        decision.decision = change(&decision.decision);
        told(&Replay::new(|_| Ok(bundle()), Extensions::new()).take(&decision))
    };
    let all = [
        told_as(&str::to_owned),
        told_as(&|text| text.replace("\"9.00\"", "\"8.00\"")),
        told_as(&|text| text.replace("is cared for", "is not cared for")),
        told_as(&|text| text.replace("\"missing_facts\":[]", "\"missing_facts\":[\"customer.tier\"]")),
        told_as(&|text| text.replace("\"missing_facts\":[],", "")),
        told_as(&|text| text.replace(",\"audit\"", ", \"audit\"")),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    Same
    parts.gift.outputs.amount.amount: Some("\"8.00\"") -> Some("\"9.00\"")
    parts.gift.because: Some("\"The customer (missing) is not cared for by (missing) in (missing).\"") -> Some("\"The customer (missing) is cared for by (missing) in (missing).\"")
    missing_facts[0]: Some("\"customer.tier\"") -> None
    missing_facts: None -> Some("[]")
    : Some("{\"format\":1,\"decision_id\":\"0ac8085cce60dfb24afd74a902fed465\",\"case_id\":\"C-1\",\"status\":\"decided\",\"policy\":{\"bundle\":\"small\",\"version\":\"1\",\"digest\":\"blake3:d2e974aa8162b84736d00c660620d41f722a0e5866b506...") -> Some("{\"format\":1,\"decision_id\":\"0ac8085cce60dfb24afd74a902fed465\",\"case_id\":\"C-1\",\"status\":\"decided\",\"policy\":{\"bundle\":\"small\",\"version\":\"1\",\"digest\":\"blake3:d2e974aa8162b84736d00c660620d41f722a0e5866b506...")
    "#);
}

#[test]
fn what_cannot_be_taken_again_says_why() {
    let path = place("obstacles").join("decisions.jsonl");
    drop(record(&path, required(), 0..1));
    let decision = decisions(&path).remove(0);
    let mut replay = Replay::new(|_| Err("nobody kept it".to_owned()), Extensions::new());
    assert_eq!(replay.take(&decision), Replayed::Impossible(Obstacle::NoCase));
    replay.give_case(case("C-0", ""));
    let digest = bundle().digest();
    assert_eq!(replay.take(&decision), Replayed::Impossible(Obstacle::NoBundle(digest, "nobody kept it".to_owned())));
    let mut replay = Replay::new(|_| Ok(bundle()), Extensions::new());
    replay.give_case(case("C-0", ""));
    assert_eq!(replay.take(&decision), Replayed::Same);
    // Another bundle does not pass for the one that decided.
    let mut other = bundle();
    other.insert("decisions/gift.yaml", super::GIFT.replace("9.00", "8.00"));
    let mut replay = Replay::new(|_| Ok(other.clone()), Extensions::new());
    replay.give_case(case("C-0", ""));
    insta::assert_snapshot!(told(&replay.take(&decision)).replace(&bundle().digest(), "DIGEST"), @r#"Impossible(NoBundle("DIGEST", "what was found is another bundle"))"#);
}

#[test]
fn each_by_the_bundle_that_decided_it_though_that_is_gone() {
    let directory = place("store");
    let policies = directory.join("policies");
    let write = |gift: &str| {
        std::fs::create_dir_all(policies.join("decisions")).unwrap();
        std::fs::write(policies.join("decisions/gift.yaml"), gift).unwrap();
        std::fs::write(policies.join("bundle.yaml"), super::MANIFEST).unwrap();
    };
    write(super::GIFT);
    let store = Store::open(directory.join("store")).unwrap();
    let path = directory.join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases()).unwrap();
    let engine = Engine::builder().keep_in(store.clone()).record_in(journal).open(&policies).unwrap();
    let vulnerable = "customer: {vulnerable: true}\n";
    engine.decide_at(&case("C-0", vulnerable), at()).unwrap();
    write(&super::GIFT.replace("9.00", "8.00"));
    assert!(engine.reload().is_taken());
    engine.decide_at(&case("C-1", vulnerable), at()).unwrap();
    // The bundle is removed while the engine runs: it goes on, and what it decides is recorded.
    std::fs::remove_dir_all(&policies).unwrap();
    assert!(!engine.reload().is_taken());
    engine.decide_at(&case("C-2", vulnerable), at()).unwrap();

    let found = decisions(&path);
    assert_eq!(found.len(), 3);
    assert_ne!(found[0].bundle.digest, found[1].bundle.digest);
    assert_eq!(found[1].bundle.digest, found[2].bundle.digest);
    let find = |digest: &str| store.get(digest).map(|stored| stored.files).map_err(|error| error.to_string());
    let mut replay = Replay::new(find, Extensions::new());
    for decision in &found {
        assert_eq!(replay.take(decision), Replayed::Same, "{}", decision.case_id);
    }
}
