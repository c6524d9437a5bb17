//! A change on its way out: first in shadow, then for some of the customers, then for all; and one that stops itself.
//!
//! `cargo run --example staged_rollout`
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use redress::case::vocabulary::{Liability, ReasonCode, Severity};
use redress::engine::{Candidate, CandidateReport, StopLoss};
use redress::value::{DateTime, Decimal, Place};
use redress::{BundleFiles, Case, Engine, Money, default_bundle};
use std::error::Error;
use std::time::{Duration, Instant};

/// How long cases may wait to be counted; a busy machine needs some of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Rolls out one change, and tries another.
pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::builder().open_files(&default_bundle())?;
    let at = DateTime::parse("2026-03-05T10:00:00Z")?;
    let candidate = with_gestures_of("2026.11.2", "15.00");

    // In shadow it decides every case too, and answers none: what would it have cost?
    engine.carry_files(&candidate, Candidate::shadow())?;
    decide(&engine, at, 0..200)?;
    let report = settled(&engine)?;
    println!("{report}");
    assert_eq!((report.decided.cases + report.skipped, report.waiting), (200, 0));
    assert!(report.differing > 0);

    // For one customer in ten it answers. It has to stay below 80.00 USD a case and one escalation in twenty, or it is dropped.
    let stop_loss = StopLoss::new()
        .after(50)
        .credit_per_case(Money::parse("0.00 USD")?, Money::parse("80.00 USD")?)
        .escalation_rate(Decimal::parse("0")?, Decimal::parse("0.05")?);
    engine.carry_files(&candidate, Candidate::staged(1_000).stop_loss(stop_loss.clone()))?;
    let by_candidate = decide(&engine, at, 0..1_000)?;
    println!("{}", settled(&engine)?);
    assert!((50..200).contains(&by_candidate), "{by_candidate} of 1000 customers");
    assert!(engine.candidate().is_some(), "it stays within its bands");

    // For everybody.
    engine.promote().ok_or("there is a candidate")?;
    assert_eq!(engine.policy().name().version, "2026.11.2");

    // Another change is too generous by far. It drops itself, and the one before goes on.
    engine.carry_files(
        &with_gestures_of("2026.11.3", "24.00"),
        Candidate::staged(5_000).stop_loss(stop_loss.credit_per_case(Money::parse("0.00 USD")?, Money::parse("80.00 USD")?)),
    )?;
    let begun = Instant::now();
    let mut first = 0;
    while engine.candidate().is_some() {
        decide(&engine, at, first..first + 100)?;
        first += 100;
        if begun.elapsed() > PATIENCE {
            return Err("nothing stopped it".into());
        }
    }
    let status = engine.status();
    println!("{status}");
    assert_eq!(status.serving.version, "2026.11.2");
    let dropped = status.dropped.ok_or("the status tells it")?;
    assert!(dropped.because.starts_with("a case costs"), "{}", dropped.because);
    Ok(())
}

/// The default bundle with another gesture for a minor mistake.
fn with_gestures_of(version: &str, amount: &str) -> BundleFiles {
    let mut files = default_bundle();
    let figures = files.get("bundle.yaml").map(|source| source.text().to_owned()).unwrap_or_default();
    let changed = figures.replace("version: 2026.11.1", &format!("version: {version}")).replacen(
        "minor: 10.00 case",
        &format!("minor: {amount} case"),
        1,
    );
    files.insert("bundle.yaml", changed);
    files
}

/// Decides one case of each of these customers; how many the candidate answered.
fn decide(engine: &Engine, at: DateTime, customers: std::ops::Range<u32>) -> Result<usize, Box<dyn Error>> {
    let mut by_candidate = 0;
    for customer in customers {
        let decision = engine.decide_at(&case(customer)?, at)?;
        by_candidate += usize::from(decision.policy.digest != engine.policy().name().digest);
    }
    Ok(by_candidate)
}

/// A duplicate charge, somewhat larger for every customer.
fn case(customer: u32) -> Result<Case, Box<dyn Error>> {
    let mut case = Case::new();
    case.complaint.case_id = format!("D-{customer}").into();
    case.complaint.received_at = DateTime::parse("2026-03-02T09:30:00-05:00")?.into();
    case.complaint.language = "en".to_owned().into();
    case.complaint.jurisdiction = Place::parse("US-VA")?.into();
    case.customer.customer_id = format!("C-{customer}").into();
    case.dispute.reason_code = ReasonCode::Duplicate.into();
    case.dispute.disputed_amount = Money::parse(&format!("{}.00 USD", 40 + customer % 40))?.into();
    case.finding.liability = Liability::OurError.into();
    case.finding.correct_amount = Money::parse("0.00 USD")?.into();
    case.finding.severity = Severity::Minor.into();
    case.history.goodwill_12m = Money::parse("0.00 USD")?.into();
    case.history.goodwill_count_12m = 0.into();
    Ok(case)
}

/// The report once no case waits to be counted any more.
fn settled(engine: &Engine) -> Result<CandidateReport, Box<dyn Error>> {
    let begun = Instant::now();
    loop {
        let report = engine.candidate().ok_or("there is a candidate")?;
        if report.waiting == 0 {
            return Ok(report);
        }
        if begun.elapsed() > PATIENCE {
            return Err("cases wait for ever".into());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}
