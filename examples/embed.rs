//! A service that embeds the engine: it opens a bundle once, shares it between threads, reads cases and decides them.
//!
//! `cargo run --example embed`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use redress::case::vocabulary::{Liability, ReasonCode, Severity};
use redress::case::{CaseFormat, read_case};
use redress::decision::RuleNote;
use redress::text::{Source, render_all};
use redress::value::{DateTime, Place};
use redress::{Case, CaseStatus, Engine, Fact, Money, Policy, default_bundle};
use std::error::Error;
use std::thread;

const CASE: &str = r#"{
  "complaint": {"case_id": "D-1", "received_at": "2026-03-02T09:30:00-05:00", "language": "en", "jurisdiction": "US-VA"},
  "customer": {"customer_id": "C-7"},
  "dispute": {"reason_code": "DUPLICATE", "disputed_amount": {"amount": "64.20", "currency": "USD"}},
  "finding": {"status": "complete", "liability": "our_error", "correct_amount": "0.00 USD", "severity": "minor"},
  "history": {"goodwill_12m": "0.00 USD", "goodwill_count_12m": 0}
}"#;

/// Opens, reads, decides, and looks at the answers.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    // Once, when the service starts. `Engine::open("policies")` opens a directory instead of the bundle that is built in.
    let engine = Engine::builder().open_files(&default_bundle())?;
    let at = DateTime::parse("2026-03-05T10:00:00Z")?;

    // A case as it was sent; `read_case` reads a file: JSON, YAML or JSON Lines.
    let case = Case::from_json(CASE).map_err(|found| render_all(&found, false))?;
    let decision = engine.decide_at(&case, at)?;
    println!("{}: {}", decision.case_id, decision.outcome.as_deref().unwrap_or("no outcome"));

    // The sections answer the common questions; every amount is exact and has its currency.
    assert_eq!(decision.status, CaseStatus::Decided);
    assert_eq!(decision.outcome.as_deref(), Some("uphold"));
    assert_eq!(decision.money.correction.as_ref().map(|owed| owed.amount), Some(Money::parse("64.20 USD")?));
    assert_eq!(decision.money.goodwill.as_ref().map(|given| given.amount), Some(Money::parse("10.00 USD")?));
    assert_eq!(decision.approval.required_role.as_deref(), Some("agent"));

    // The parts hold every decision of the bundle, with the rule that decided and its reason.
    let goodwill = decision.part("goodwill").ok_or("the default bundle decides goodwill")?;
    assert_eq!(goodwill.rules.iter().map(RuleNote::rule).collect::<Vec<_>>(), ["our-error"]);
    assert_eq!(goodwill.because(), "The mistake was ours and it cost the customer time and trouble.");

    a_case_built_in_rust(&engine, at)?;
    a_wrong_case()?;
    many_threads(&engine, &case, at);
    many_cases(&engine, &case);
    a_bundle_in_memory(at)
}

/// A case that the service puts together itself. What it leaves out is missing, and a decision names what it needs.
fn a_case_built_in_rust(engine: &Engine, at: DateTime) -> Result<(), Box<dyn Error>> {
    let mut case = Case::new();
    case.complaint.case_id = "D-2".to_owned().into();
    case.complaint.received_at = DateTime::parse("2026-03-02T09:30:00-05:00")?.into();
    case.complaint.language = "en".to_owned().into();
    case.complaint.jurisdiction = Place::parse("US-VA")?.into();
    case.customer.customer_id = "C-7".to_owned().into();
    case.dispute.disputed_amount = Money::parse("64.20 USD")?.into();
    case.finding.liability = Liability::OurError.into();
    case.finding.severity = Severity::Minor.into();
    case.customer.leave_threat = Fact::Unknown;

    let decision = engine.decide_at(&case, at)?;
    assert_eq!(decision.status, CaseStatus::NeedsFacts);
    assert!(decision.missing_facts.contains(&"dispute.reason_code".to_owned()));
    assert_eq!(decision.outcome, None);

    case.dispute.reason_code = ReasonCode::Duplicate.into();
    let decision = engine.decide_at(&case, at)?;
    assert!(!decision.missing_facts.contains(&"dispute.reason_code".to_owned()));
    Ok(())
}

/// A wrong case gives all of its mistakes, each with its place and what would be right.
fn a_wrong_case() -> Result<(), Box<dyn Error>> {
    let text = CASE.replace("our_error", "our_eror").replace("\"64.20\"", "64.20").replace("\"dispute\"", "\"disput\"");
    let Err(found) = Case::from_json(&text) else { return Err("the case is wrong".into()) };
    let lines: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect();
    println!("{}", lines.join("\n"));
    assert_eq!(lines.len(), 2);
    Ok(())
}

/// An engine is `Send + Sync` and cheap to clone. The same case, policy and time give the same bytes on every thread.
fn many_threads(engine: &Engine, case: &Case, at: DateTime) {
    let texts: Vec<String> = thread::scope(|scope| {
        let decide = || engine.decide_at(case, at).map(|decision| decision.to_json_line()).unwrap_or_default();
        let running: Vec<_> = (0..4).map(|_| scope.spawn(decide)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
    });
    assert!(texts.iter().all(|text| !text.is_empty() && Some(text) == texts.first()));
}

/// `decide_all` takes cases one by one, so a stream of any length needs the room of one case. All are decided as of one instant.
fn many_cases(engine: &Engine, case: &Case) {
    let cases = (1..=100).map(|number| {
        let mut case = case.clone();
        case.complaint.case_id = format!("D-{number}").into();
        case
    });
    let decided = engine.decide_all(cases).filter(|decided| decided.as_ref().is_ok_and(|one| one.status == CaseStatus::Decided));
    assert_eq!(decided.count(), 100);
}

/// Without a file system, and without disputes: a bundle can be a plain table over facts of its own.
fn a_bundle_in_memory(at: DateTime) -> Result<(), Box<dyn Error>> {
    let policy = Policy::from_files([
        ("bundle.yaml", "bundle: postage\nversion: 1\ncurrency: EUR\nfacts:\n  input.grams: {type: integer, required: true}\n"),
        (
            "decisions/postage.yaml",
            "decision: postage\nhit: first\noutputs:\n  price: {type: money}\ntable: |\n  \
             | input.grams | => price | because   |\n  \
             | <= 20       | 0.95     | A letter  |\n  \
             | <= 1000     | 2.90     | A big one |\n",
        ),
    ])
    .map_err(|found| render_all(&found, false))?;
    let case = read_case(&Source::new("case.yaml", "input: {grams: 140}"), CaseFormat::Yaml)
        .map_err(|found| render_all(&found, false))?;
    let decision = policy.decide(&case, at)?;
    let price = decision.part("postage").map(|part| part.output("price"));
    assert_eq!(price, Some(Fact::Known(Money::parse("2.90 EUR")?.into())));
    Ok(())
}
