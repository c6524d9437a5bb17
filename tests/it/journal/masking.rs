//! Personal facts are nowhere in a journal that masks them, and the proof stands without them.

use super::{at, case, engine, place, policy, records, required, verified};
use redress::case::{CaseFormat, read_text};
use redress::engine::default_bundle;
use redress::journal::{DecisionRecord, Entry, Journal, MaskingKey, Replay, Replayed};
use redress::text::Source;
use redress::value::DateTime;
use redress::{Case, Engine};
use std::fs;

fn key() -> MaskingKey {
    MaskingKey::new([7; 32])
}

const PERSONAL: &str = "customer: {customer_id: Q-4711, vulnerable: true, tier: gold, annual_contribution: 77.70 USD}
correspondence: [{at: 2026-03-02T10:00:00Z, direction: in, actor: Ada Byron, summary: My bill is wrong}]
attributes: {branch: north, handler: Grace Hopper}
";

fn first(path: &std::path::Path) -> Box<DecisionRecord> {
    match &records(path)[0].entry {
        Entry::Decision(told) => told.clone(),
        other => panic!("{other:?}"),
    }
}

/// Digits in the place of what no reader has to know.
fn settled(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("masked:") {
        let (before, found) = rest.split_at(at + "masked:".len());
        out.push_str(before);
        out.push_str("...");
        rest = found.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    }
    out + rest
}

#[test]
fn what_is_personal_is_nowhere_in_it() {
    let path = place("masked").join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases().masked_by(key())).unwrap();
    let case = case("C-1", PERSONAL);
    let decision = engine(&journal).decide_at(&case, at()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    for word in [
        "Q-4711",
        "gold",
        "77.70",
        "Ada Byron",
        "My bill is wrong",
        "Grace Hopper",
        "155.40",
        &decision.decision_id,
        &case.digest(),
    ] {
        assert!(!text.contains(word), "{word}\n{text}");
    }
    let told = first(&path);
    insta::assert_snapshot!(settled(told.case.as_ref().unwrap()), @r#"{"complaint":{"case_id":"C-1","received_at":"2026-03-02T10:00:00Z","jurisdiction":"GB"},"customer":{"customer_id":"masked:...","tier":"masked:...","annual_contribution":"masked:...","vulnerable":"masked:..."},"correspondence":[{"at":"2026-03-02T10:00:00Z","direction":"in","actor":"masked:...","summary":"masked:..."}],"attributes":{"branch":"north","handler":"masked:..."}}"#);
    let document: serde_json::Value = serde_json::from_str(&told.decision).unwrap();
    insta::assert_snapshot!(settled(&document["explanation"].to_string()), @r#"[{"because":"The customer masked:... is cared for by masked:... in north.","effect":"amount 9.00 USD","inputs":{"customer.annual_contribution":"masked:...","customer.vulnerable":"masked:...","worth":"masked:..."},"place":"decisions/gift.yaml:6:5","rule":"gift/vulnerable","source":null}]"#);
    let masked = told.masked.unwrap();
    assert_eq!(masked.key, key().id());
    insta::assert_snapshot!(masked.facts.join("\n"), @"
    attributes.handler
    correspondence.actor
    correspondence.summary
    customer.annual_contribution
    customer.customer_id
    customer.tier
    customer.vulnerable
    worth
    ");
    assert!(verified(&path).is_sound());
}

#[test]
fn what_tells_of_it_under_another_name_is_masked_too() {
    let loops = "decision: incidents
for_each: history.behaviour_incidents as incident
hit: first
let: {what: = incident.kind}
outputs: {points: {type: integer, default: 0}}
rules:
  - id: threat
    when: {incident.kind: threat, incident.on: after 2026-01-01}
    then: {points: 3}
    because: It was {what} on {incident.on}.
otherwise:
  because: Nothing of weight on {incident.on}.
";
    let pays = "decision: charges
for_each: dispute.consequential_charges as charge
hit: first
outputs: {paid: {type: money, default: 0.00}}
rules:
  - id: bank
    when: {charge.payee: Bank of Erehwon}
    then: {paid: = charge.amount}
    because: A gold customer, since {history.behaviour_notice_on}, is worth {worth}; {charge.payee} got {charge.amount}, {half} from us.
let: {worth: = customer.annual_contribution * 2, half: = charge.amount / 2}
";
    let mut files = super::bundle();
    files.insert("decisions/incidents.yaml", loops);
    files.insert("decisions/charges.yaml", pays);
    let policy = redress::Policy::load(&files, &redress::Extensions::new());
    let policy = policy.unwrap_or_else(|found| panic!("{}", redress::text::render_all(&found, false)));
    let path = place("other-names").join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases().masked_by(key())).unwrap();
    let engine = Engine::builder().record_in(journal).open_policy(policy);
    let facts = "history: {behaviour_incidents: [{on: 2026-02-17, kind: threat}, {on: 2025-02-18, kind: abuse}], behaviour_notice_on: 2026-02-20}
dispute: {consequential_charges: [{payee: Bank of Erehwon, amount: 12.00 USD}]}
";
    engine.decide_at(&case("C-1", &format!("{PERSONAL}{facts}")), at()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    for word in ["2026-02-17", "2025-02-18", "2026-02-20", "abuse", "Erehwon", "155.40"] {
        assert!(!text.contains(word), "{word}\n{text}");
    }
    let document: serde_json::Value = serde_json::from_str(&first(&path).decision).unwrap();
    let told = |part: &str| {
        let told =
            document["explanation"].as_array().unwrap().iter().find(|line| line["rule"].as_str().unwrap().starts_with(part));
        let told = told.unwrap();
        settled(&format!("{} {}", told["because"], told["inputs"]))
    };
    let incidents = settled(&document["parts"]["incidents"].to_string());
    insta::assert_snapshot!(format!("{}\n{}\n{incidents}", told("incidents/threat"), told("charges")), @r#"
    "It was masked:... on masked:...." {"history.behaviour_incidents":"masked:...","incident":"masked:..."}
    "A masked:... customer, since masked:..., is worth masked:...; masked:... got 12.00 USD, 6.00 USD from us." {"charge":{"amount":{"amount":"12.00","currency":"USD"},"payee":"masked:..."},"dispute.consequential_charges":[{"amount":{"amount":"12.00","currency":"USD"},"payee":"masked:..."}]}
    {"because":"It was masked:... on masked:.... Nothing of weight on masked:....","nearest":[{"failed":["masked:...","masked:..."],"item":2,"rule":"threat"}],"outputs":[{"points":3},{"points":0}],"rules":["threat","otherwise"],"status":"decided"}
    "#);
}

#[test]
fn equal_values_are_replaced_by_equal_texts_under_one_key() {
    let told = |name: &str, key: MaskingKey, rest: &str| {
        let path = place(name).join("decisions.jsonl");
        let journal = Journal::open(&path, required().with_cases().masked_by(key)).unwrap();
        engine(&journal).decide_at(&case("C-1", rest), at()).unwrap();
        let case: serde_json::Value = serde_json::from_str(&first(&path).case.unwrap()).unwrap();
        case["customer"]["customer_id"].as_str().unwrap().to_owned()
    };
    let once = told("equal-1", key(), "customer: {customer_id: A}\n");
    assert_eq!(once, told("equal-2", key(), "customer: {customer_id: A}\n"));
    assert_ne!(once, told("equal-3", key(), "customer: {customer_id: B}\n"));
    assert_ne!(once, told("equal-4", MaskingKey::new([8; 32]), "customer: {customer_id: A}\n"));
    // As the format says it.
    let digits = blake3::keyed_hash(&[7; 32], b"customer.customer_id\n\"A\"").to_hex();
    assert_eq!(once, format!("masked:{}", &digits[..32]));
}

#[test]
fn what_nobody_knows_and_what_is_not_there_is_told_as_it_is() {
    let path = place("unknown").join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases().masked_by(key())).unwrap();
    engine(&journal).decide_at(&case("C-1", "customer: {vulnerable: unknown}\n"), at()).unwrap();
    let told = first(&path);
    assert!(told.case.unwrap().contains(r#""customer":{"vulnerable":"unknown"}"#));
    assert_eq!(told.masked.unwrap().facts, [""; 0]);
}

/// Every text that is personal in a case, as it may stand in a journal.
fn words(case: &Case) -> Vec<String> {
    fn strings(value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) if text.chars().count() > 3 && text != "unknown" => out.push(format!("\"{text}\"")),
            serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
            serde_json::Value::Object(map) if map.contains_key("currency") => {
                out.push(format!("{} {}", map["amount"].as_str().unwrap(), map["currency"].as_str().unwrap()));
            }
            serde_json::Value::Object(map) => map.values().for_each(|item| strings(item, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    for (_, fact) in redress::case::registry().iter().filter(|(_, fact)| fact.personal) {
        if let redress::Fact::Known(value) = fact.read(case) {
            strings(&serde_json::to_value(value).unwrap(), &mut out);
        }
    }
    out
}

/// Does it stand somewhere by itself, and not as a key?
fn stands_in(word: &str, text: &str) -> bool {
    text.match_indices(word).any(|(at, found)| {
        let before = text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.');
        let after = text[at + found.len()..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == ':');
        !before && !after
    })
}

#[test]
fn the_examples_are_masked_and_come_out_the_same_with_their_cases() {
    let path = place("examples").join("decisions.jsonl");
    let journal = Journal::open(&path, required().with_cases().masked_by(key())).unwrap();
    let engine = Engine::builder().record_in(journal).open_files(&default_bundle()).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/cases");
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_some_and(|ending| ending == "yaml") {
            let source = Source::new(file.display().to_string(), fs::read_to_string(&file).unwrap());
            cases.extend(read_text(&source, CaseFormat::Yaml).into_iter().map(Result::unwrap));
        }
    }
    assert!(cases.len() > 8);
    let at = DateTime::parse("2026-03-05T10:00:00Z").unwrap();
    for case in &cases {
        engine.decide_at(case, at).unwrap();
    }
    let mut replay = Replay::new(|_| Ok(default_bundle()), redress::Extensions::new()).with_key(key());
    let (mut found, mut looked_for) = (String::new(), 0);
    for (record, case) in records(&path).iter().zip(&cases) {
        let Entry::Decision(told) = &record.entry else { panic!("{record:?}") };
        for word in words(case) {
            looked_for += 1;
            if stands_in(&word, told.case.as_ref().unwrap()) || stands_in(&word, &told.decision) {
                found.push_str(&format!("{}: {word}\n", case.id()));
            }
        }
        assert!(matches!(replay.take(told), Replayed::Impossible(_)), "{}", case.id());
    }
    assert!(looked_for > 40, "{looked_for}");
    assert_eq!(found, "");
    for case in cases {
        replay.give_case(case);
    }
    for record in records(&path) {
        let Entry::Decision(told) = &record.entry else { panic!("{record:?}") };
        assert_eq!(replay.take(told), Replayed::Same, "{}", told.case_id);
    }
}

#[test]
fn a_decision_is_found_by_the_number_that_was_given_out() {
    let path = place("number").join("decisions.jsonl");
    let journal = Journal::open(&path, required().masked_by(key())).unwrap();
    let decision = engine(&journal).decide_at(&case("C-1", PERSONAL), at()).unwrap();
    let record = &records(&path)[0];
    assert!(record.is_meant_by(&decision.decision_id, Some(&key())));
    assert!(!record.is_meant_by(&decision.decision_id, None));
    assert!(!record.is_meant_by(&decision.decision_id, Some(&MaskingKey::new([8; 32]))));
    assert!(record.is_meant_by("C-1", None) && record.is_meant_by("1", None) && !record.is_meant_by("2", None));
    assert_eq!(
        policy().personal().iter().map(String::as_str).collect::<Vec<_>>(),
        ["attributes.handler", "customer.tier", "worth"]
    );
}

#[test]
fn a_key_is_read_and_never_shown() {
    let directory = place("keys");
    let read = |text: &[u8]| {
        let path = directory.join("journal.key");
        fs::write(&path, text).unwrap();
        match MaskingKey::read(&path) {
            Ok(key) => format!("{key:?}"),
            Err(error) => format!("{error}\n  = help: {}", error.help().unwrap()).replace(directory.to_str().unwrap(), "DIR"),
        }
    };
    let digits = "07".repeat(32);
    assert_eq!(read(digits.as_bytes()), format!("MaskingKey({})", key().id()));
    assert_eq!(read(format!("{digits}\n").as_bytes()), format!("MaskingKey({})", key().id()));
    insta::assert_snapshot!(read(b"secret\n"), @"
    `DIR/journal.key` holds no key: it is not 64 hexadecimal digits
      = help: a key is one line of 64 digits, 0-9 and a-f: `openssl rand -hex 32 > journal.key`
    ");
    insta::assert_snapshot!(read(b"\xff\xfe"), @"
    `DIR/journal.key` holds no key: it is no text
      = help: a key is one line of 64 digits, 0-9 and a-f: `openssl rand -hex 32 > journal.key`
    ");
}
