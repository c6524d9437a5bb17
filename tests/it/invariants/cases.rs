//! Cases as companies send them: every fact of the registry, with realistic values, left out, or given as unknown.

use proptest::prelude::*;
use proptest::sample::select;
use redress::Case;
use redress::case::{CaseFormat, read_case, registry};
use redress::text::{Source, render_all};
use redress::value::{Kind, RecordKind};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// Facts by path, as JSON; what is left out is missing.
pub(crate) type Facts = BTreeMap<String, Json>;

/// Stands for the currency of the case until the whole case is put together.
const OF_CASE: &str = "$";

/// The facts that a case is written with: those that are not part of a record or of a list.
pub(crate) fn paths() -> Vec<(&'static str, &'static Kind, bool)> {
    let all = registry();
    let whole = |path: &str| path.match_indices('.').any(|(at, _)| all.find(&path[..at]).is_some());
    all.iter().filter(|(_, spec)| !whole(&spec.path)).map(|(_, spec)| (spec.path.as_str(), &spec.kind, spec.knowable)).collect()
}

fn money(path: &str) -> BoxedStrategy<Json> {
    let round = ["0.00", "0.01", "4.99", "10.00", "25.00", "64.20", "99.99", "100.00", "100.01", "300.00", "1200.00", "30000.00"];
    let below = if path.ends_with("annual_contribution") || path.ends_with("lifetime_value") { -90_000 } else { 0 };
    let minor = (below..500_000i64).prop_map(|minor| {
        let sign = if minor < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
    });
    let amount = prop_oneof![2 => select(round.map(str::to_owned).to_vec()), 3 => minor];
    let currency = prop_oneof![60 => Just(OF_CASE), 1 => Just("CHF")];
    (amount, currency).prop_map(|(amount, currency)| json!({"amount": amount, "currency": currency})).boxed()
}

fn text(path: &str) -> BoxedStrategy<Json> {
    let of = |words: &'static [&'static str]| select(words).prop_map(Json::from).boxed();
    match path.rsplit('.').next().unwrap_or(path) {
        "language" => of(&["en", "es-MX", "pt-BR", "de", "fr-CA", "xx"]),
        "time_zone" => of(&["America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Pacific/Auckland"]),
        "instrument" => of(&["bill_credit", "discount", "waived_fee", "something else"]),
        "open_regulated_rights" => of(&["chargeback", "ombudsman"]),
        _ => of(&["C-1", "x", "a longer text, with a comma", ""]),
    }
}

fn whole_number(path: &str) -> BoxedStrategy<Json> {
    let most: i64 = match path {
        "customer.tenure_months" => 240,
        "finding.accounts_affected" => 40,
        "account.delinquent_days" | "account.provider_notice_period_days" => 120,
        "economics.estimated_minutes" => 300,
        _ if path.ends_with("mitigation_delay_days") => 60,
        _ => 12,
    };
    prop_oneof![1 => 0..=3i64, 2 => 0..=most].prop_map(Json::from).boxed()
}

fn day() -> impl Strategy<Value = String> {
    (2025..=2026i32, 1..=12u32, 1..=28u32).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

/// A value of that kind.
fn value(path: &str, kind: &Kind) -> BoxedStrategy<Json> {
    match kind {
        Kind::Boolean => any::<bool>().prop_map(Json::from).boxed(),
        Kind::Integer => whole_number(path),
        Kind::Decimal => {
            select(&["0", "0.1", "0.25", "0.333333", "0.5", "0.6", "0.75", "0.999", "1"][..]).prop_map(Json::from).boxed()
        }
        Kind::Money => money(path),
        Kind::Text => text(path),
        Kind::Enum(names) => select(names.names.iter().map(ToString::to_string).collect::<Vec<_>>()).prop_map(Json::from).boxed(),
        Kind::Place => select(&["US-VA", "US", "BR-SP", "MX", "GB", "DE", "CO", "CL", "JP"][..]).prop_map(Json::from).boxed(),
        Kind::Date => day().prop_map(Json::from).boxed(),
        Kind::DateTime => (day(), 0..24u32).prop_map(|(day, hour)| json!(format!("{day}T{hour:02}:30:00Z"))).boxed(),
        Kind::List(item) => proptest::collection::vec(value(path, item), 0..3).prop_map(Json::from).boxed(),
        Kind::Record(record) => record_of(path, record),
        Kind::Duration => Just(json!("PT1H")).boxed(),
        other => panic!("no values for {other}"),
    }
}

fn record_of(path: &str, record: &RecordKind) -> BoxedStrategy<Json> {
    record
        .fields
        .iter()
        .map(|field| {
            let given = value(&format!("{path}.{}", field.name), &field.kind);
            let fact = prop_oneof![16 => given.prop_map(Some), 3 => Just(None), 1 => Just(Some(json!("unknown")))];
            (Just(field.name.to_string()), fact)
        })
        .collect::<Vec<_>>()
        .prop_map(|fields| fields.into_iter().filter_map(|(name, fact)| Some((name, fact?))).collect::<Map<_, _>>().into())
        .boxed()
}

/// Each fact given with that weight in a hundred, else left out or unknown; nothing is said about the others.
fn some_facts(given: u32, absent: u32, wanted: fn(&str) -> bool) -> BoxedStrategy<Vec<(String, Option<Json>)>> {
    let facts: Vec<_> = paths()
        .into_iter()
        .filter(|(path, ..)| wanted(path))
        .map(|(path, kind, knowable)| {
            let missing = Just(Some(None));
            let unknown = Just(Some(if knowable { Some(json!("unknown")) } else { None }));
            let fact = prop_oneof![
                100 - given - absent => Just(None),
                given => value(path, kind).prop_map(|value| Some(Some(value))),
                absent.div_ceil(2) => missing,
                absent.div_ceil(2) => unknown,
            ];
            (Just(path.to_owned()), fact)
        })
        .collect();
    facts.prop_map(|facts| facts.into_iter().filter_map(|(path, fact)| Some((path, fact?))).collect()).boxed()
}

/// Facts written as text: a line each, the path and its JSON.
pub(crate) fn facts_of(text: &str) -> Facts {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.split_once(": ").map(|(path, json)| (path.to_owned(), serde_json::from_str(json).unwrap())).unwrap())
        .collect()
}

/// A few facts changed, left out or not known.
pub(crate) fn noise() -> BoxedStrategy<Vec<(String, Option<Json>)>> {
    some_facts(6, 4, |_| true)
}

/// A case with the facts of `base`, some of them changed.
fn like(base: &'static str) -> BoxedStrategy<Facts> {
    let base = facts_of(base);
    noise().prop_map(move |changes| changed(base.clone(), changes)).boxed()
}

/// The facts after some changes.
pub(crate) fn changed(mut facts: Facts, changes: Vec<(String, Option<Json>)>) -> Facts {
    for (path, value) in changes {
        match value {
            Some(value) => facts.insert(path, value),
            None => facts.remove(&path),
        };
    }
    facts
}

/// A relationship that may end: every safeguard passes.
const ENDING: &str = r#"
    complaint.received_at: "2026-05-04T10:00:00Z"
    complaint.language: "en"
    complaint.jurisdiction: "US-VA"
    customer.customer_id: "C-1"
    customer.vulnerable: false
    customer.essential_service: false
    customer.annual_contribution: {"amount": "-50.00", "currency": "$"}
    account.product: "services"
    account.contract_type: "indefinite"
    dispute.reason_code: "PRICE"
    dispute.disputed_amount: {"amount": "64.20", "currency": "$"}
    finding.status: "complete"
    finding.liability: "no_error"
    finding.confidence: "0.9"
    history.disputes_12m: 10
    history.disputes_upheld_12m: 1
    history.same_topic_explained: 3
    history.behaviour_incidents: []
    history.behaviour_notice_on: "2026-02-01"
    history.open_regulated_rights: []
"#;

/// A mistake of ours that earns a gesture.
const GESTURE: &str = r#"
    complaint.received_at: "2026-03-02T09:30:00-05:00"
    complaint.language: "en"
    complaint.jurisdiction: "DE"
    customer.customer_id: "C-1"
    customer.tier: "gold"
    customer.annual_contribution: {"amount": "900.00", "currency": "$"}
    dispute.reason_code: "DUPLICATE"
    dispute.disputed_amount: {"amount": "480.00", "currency": "$"}
    invoice.total: {"amount": "960.00", "currency": "$"}
    finding.status: "complete"
    finding.liability: "our_error"
    finding.severity: "moderate"
    finding.correct_amount: {"amount": "0.00", "currency": "$"}
    history.goodwill_12m: {"amount": "20.00", "currency": "$"}
    history.goodwill_count_12m: 1
"#;

/// A mistake of ours that cost the customer penalties.
const PENALTIES: &str = r#"
    complaint.received_at: "2026-03-02T09:30:00-03:00"
    complaint.language: "pt-BR"
    complaint.jurisdiction: "BR-SP"
    customer.customer_id: "C-1"
    customer.segment: "consumer"
    dispute.reason_code: "TAX"
    dispute.disputed_amount: {"amount": "1200.00", "currency": "$"}
    dispute.error_date: "2026-01-10"
    dispute.consequential_charges: [{"kind": "tax_penalty", "amount": {"amount": "240.00", "currency": "$"}, "base_amount": {"amount": "1200.00", "currency": "$"}, "due_on": "2026-01-20", "paid_on": "2026-02-25", "evidence": "official_notice"}, {"kind": "late_fee", "amount": {"amount": "15.00", "currency": "$"}, "evidence": "receipt", "mitigation_delay_days": 5}]
    invoice.total: {"amount": "1200.00", "currency": "$"}
    invoice.paid: {"amount": "1200.00", "currency": "$"}
    finding.status: "complete"
    finding.liability: "our_error"
    finding.severity: "serious"
    finding.correct_amount: {"amount": "700.00", "currency": "$"}
"#;

pub(crate) fn ending() -> BoxedStrategy<Facts> {
    like(ENDING)
}

pub(crate) fn gesture() -> BoxedStrategy<Facts> {
    like(GESTURE)
}

pub(crate) fn penalties() -> BoxedStrategy<Facts> {
    like(PENALTIES)
}

/// Any case at all.
pub(crate) fn any_case() -> BoxedStrategy<Facts> {
    let wild = some_facts(75, 20, |_| true).prop_map(|facts| changed(Facts::new(), facts));
    prop_oneof![wild, ending(), gesture(), penalties()].boxed()
}

/// New values for the facts that `wanted` names.
pub(crate) fn other(wanted: fn(&str) -> bool) -> BoxedStrategy<Vec<(String, Option<Json>)>> {
    some_facts(70, 30, wanted)
}

/// The case, read as JSON is read. All amounts are in one currency, bar a few that are wrong on purpose.
pub(crate) fn case(facts: &Facts) -> Case {
    let text = document(facts).to_string();
    read_case(&Source::new("case.json", text), CaseFormat::Json).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

pub(crate) fn document(facts: &Facts) -> Json {
    let mut root = Map::new();
    for (path, value) in facts {
        match path.split_once('.') {
            Some((group, name)) => {
                let group = root.entry(group).or_insert_with(|| json!({}));
                group.as_object_mut().unwrap().insert(name.to_owned(), value.clone());
            }
            None => {
                root.insert(path.clone(), value.clone());
            }
        }
    }
    root.entry("complaint").or_insert_with(|| json!({})).as_object_mut().unwrap().insert("case_id".to_owned(), "D-1".into());
    let currency = match facts.get("complaint.jurisdiction").and_then(Json::as_str) {
        Some("BR-SP") => "BRL",
        Some("MX") => "MXN",
        Some("GB") => "GBP",
        Some("CO") => "COP",
        Some("AR") => "ARS",
        Some("DE") => "EUR",
        _ => "USD",
    };
    let mut whole = Json::Object(root);
    in_currency(&mut whole, currency);
    whole
}

fn in_currency(json: &mut Json, currency: &str) {
    match json {
        Json::String(text) if text == OF_CASE => currency.clone_into(text),
        Json::Array(items) => items.iter_mut().for_each(|item| in_currency(item, currency)),
        Json::Object(map) => map.values_mut().for_each(|value| in_currency(value, currency)),
        _ => {}
    }
}
