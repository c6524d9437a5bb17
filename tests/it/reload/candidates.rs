//! A candidate beside the policy that decides: in shadow, staged, dropped, promoted.

use super::told;
use redress::case::{CaseFormat, read_case};
use redress::engine::{Candidate, CandidateReport, CarryError, StopLoss};
use redress::text::Source;
use redress::value::{DateTime, Decimal, Money};
use redress::{BundleFiles, Case, Decision, Engine};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// A bundle that gives a share of what is disputed as a gesture, and escalates above a sum.
fn gestures(version: &str, share: &str, above: &str) -> BundleFiles {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", format!("bundle: small\nversion: {version}\ncurrency: USD\n"));
    files.insert(
        "decisions/goodwill.yaml",
        format!(
            "decision: goodwill
outputs:
  amount: {{type: money, value: = dispute.disputed_amount * {share}}}
  kind: {{type: enum, values: [gesture], value: gesture}}
  instrument: {{type: enum, values: [bill_credit, none], value: bill_credit}}
"
        ),
    );
    files.insert(
        "decisions/escalation.yaml",
        format!(
            "decision: escalation
hit: first
outputs:
  level: {{type: integer, default: 0}}
  target: {{type: enum, values: [manager, none], default: none}}
  trigger: {{type: enum, values: [large, none], default: none}}
rules:
  - id: large
    when: {{dispute.disputed_amount: over {above}}}
    then: {{level: 1, target: manager, trigger: large}}
    because: A sum of this size goes up.
otherwise: {{because: It stays where it is.}}
"
        ),
    );
    files
}

fn case(number: usize, amount: usize) -> Case {
    let text = format!(
        "complaint: {{case_id: D-{number}, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: US-VA}}
customer: {{customer_id: C-{number}}}
dispute: {{reason_code: DUPLICATE, disputed_amount: {amount}.00 USD}}
"
    );
    read_case(&Source::new("case.yaml", text), CaseFormat::Yaml).unwrap()
}

fn decide(engine: &Engine, number: usize, amount: usize) -> Decision {
    engine.decide_at(&case(number, amount), DateTime::parse("2026-03-05T10:00:00Z").unwrap()).unwrap()
}

fn open() -> Engine {
    Engine::builder().open_files(&gestures("1", "0.10", "90.00 USD")).unwrap()
}

/// The report once nothing waits any more.
fn settled(engine: &Engine) -> CandidateReport {
    let begun = Instant::now();
    loop {
        let report = engine.candidate().unwrap();
        if report.waiting == 0 {
            return report;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "cases wait for ever");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Without the moment at which it began.
fn plain(text: &str, report: &CandidateReport) -> String {
    text.replace(&report.since.to_string(), "now")
}

#[test]
fn a_shadow_answers_nobody_and_tells_what_it_would_have_cost() {
    let engine = open();
    engine.carry_files(&gestures("2", "0.25", "50.00 USD"), Candidate::shadow()).unwrap();
    for number in 1..=5 {
        assert_eq!(decide(&engine, number, number * 20).policy.version, "1");
    }
    let report = settled(&engine);
    insta::assert_snapshot!(plain(&report.to_string(), &report), @"
    small 2 in shadow since now
      active     5 cases, 1 escalated, 0 failed, 30.00 USD
      candidate  5 cases, 3 escalated, 0 failed, 75.00 USD
      5 cases come out differently
        D-1: decided, 2.00 USD in all, goodwill 2.00 USD
          would be decided, 5.00 USD in all, goodwill 5.00 USD
        D-2: decided, 4.00 USD in all, goodwill 4.00 USD
          would be decided, 10.00 USD in all, goodwill 10.00 USD
        D-3: decided, 6.00 USD in all, goodwill 6.00 USD
          would be decided, 15.00 USD in all, goodwill 15.00 USD, escalated
        D-4: decided, 8.00 USD in all, goodwill 8.00 USD
          would be decided, 20.00 USD in all, goodwill 20.00 USD, escalated
        D-5: decided, 10.00 USD in all, goodwill 10.00 USD, escalated
          would be decided, 25.00 USD in all, goodwill 25.00 USD, escalated
    ");
    insta::assert_snapshot!(plain(&format!("{:#}", report.to_json()), &report).replace(&report.candidate.digest, "digest"), @r#"
    {
      "active": {
        "cases": 5,
        "credit": [
          {
            "amount": "30.00",
            "currency": "USD"
          }
        ],
        "escalated": 1,
        "failed": 0
      },
      "bundle": "small",
      "candidate": {
        "cases": 5,
        "credit": [
          {
            "amount": "75.00",
            "currency": "USD"
          }
        ],
        "escalated": 3,
        "failed": 0
      },
      "differing": 5,
      "digest": "digest",
      "outcomes": [],
      "share_basis_points": null,
      "since": "now",
      "skipped": 0,
      "version": "2",
      "waiting": 0
    }
    "#);
}

#[test]
fn a_stage_answers_for_its_share_of_the_customers() {
    let engine = open();
    let answered =
        |engine: &Engine| -> Vec<usize> { (0..400).filter(|number| decide(engine, *number, 20).policy.version == "2").collect() };
    let candidate = gestures("2", "0.25", "90.00 USD");
    engine.carry_files(&candidate, Candidate::staged(1_000)).unwrap();
    let tenth = answered(&engine);
    assert_eq!(tenth, answered(&engine), "the same customers every time");
    engine.carry_files(&candidate, Candidate::staged(5_000)).unwrap();
    let half = answered(&engine);
    assert!(tenth.iter().all(|number| half.contains(number)), "a larger share keeps those of a smaller one");
    let report = settled(&engine);
    insta::assert_snapshot!(plain(&report.to_string(), &report), @"
    small 2 for 50 % of the customers since now
      active     207 cases, 0 escalated, 0 failed, 414.00 USD
      candidate  193 cases, 0 escalated, 0 failed, 965.00 USD
    ");
    engine.carry_files(&candidate, Candidate::staged(10_000)).unwrap();
    assert_eq!((tenth.len(), half.len(), answered(&engine).len()), (51, 193, 400));
    engine.carry_files(&candidate, Candidate::staged(0)).unwrap();
    assert_eq!(answered(&engine).len(), 0);
}

#[test]
fn a_stop_loss_drops_it_and_says_so() {
    let bands: [(&str, BundleFiles, StopLoss); 3] = [
        ("money", gestures("2", "0.50", "90.00 USD"), StopLoss::new().credit_per_case(money("0"), money("5.00"))),
        ("escalations", gestures("2", "0.10", "10.00 USD"), StopLoss::new().escalation_rate(rate("0"), rate("0.25"))),
        ("failures", faulty(), StopLoss::new().failure_rate(rate("0.01"))),
    ];
    let mut lines = String::new();
    for (name, files, stop_loss) in bands {
        for (how, candidate) in [("shadow", Candidate::shadow()), ("staged", Candidate::staged(10_000))] {
            let engine = open();
            let heard = engine.reloads();
            engine.carry_files(&files, candidate.stop_loss(stop_loss.clone().after(20).over(50))).unwrap();
            let begun = Instant::now();
            let mut decided = 0;
            while engine.candidate().is_some() {
                decide(&engine, decided % 10, 20);
                decided += 1;
                assert!(begun.elapsed() < Duration::from_secs(30), "{name}: nothing ends it");
            }
            assert!(decided >= 20, "{name}: judged after {decided} cases");
            assert_eq!(decide(&engine, 1, 20).policy.version, "1");
            let events: Vec<String> = heard.try_iter().map(|event| told(&event)).collect();
            writeln!(lines, "{name}, {how}: {}", events.join("; ")).unwrap();
            let dropped = engine.status().dropped.unwrap();
            assert!(events.last().unwrap().ends_with(&dropped.because));
        }
    }
    insta::assert_snapshot!(lines, @"
    money, shadow: carried: 2; dropped: 2, a case costs 10.00 USD on average over the last 20, outside 0.00 USD to 5.00 USD
    money, staged: carried: 2; dropped: 2, a case costs 10.00 USD on average over the last 20, outside 0.00 USD to 5.00 USD
    escalations, shadow: carried: 2; dropped: 2, 20 of the last 20 cases are escalated, outside 0 to 0.25
    escalations, staged: carried: 2; dropped: 2, 20 of the last 20 cases are escalated, outside 0 to 0.25
    failures, shadow: carried: 2; dropped: 2, 20 of the last 20 cases have a fault, more than 0.01
    failures, staged: carried: 2; dropped: 2, 20 of the last 20 cases have a fault, more than 0.01
    ");
}

/// A candidate whose script gives up on every case.
fn faulty() -> BundleFiles {
    let mut files = gestures("2", "0.10", "90.00 USD");
    let manifest = "bundle: small\nversion: 2\ncurrency: USD
plugins:\n  - {id: broken, script: scripts/broken.rhai, after: goodwill, on_failure: escalate}\n";
    files.insert("bundle.yaml", manifest);
    files.insert("scripts/broken.rhai", "fn goodwill(facts, draft, settings) { throw \"no\" }");
    files
}

fn money(amount: &str) -> Money {
    Money::parse(&format!("{amount} USD")).unwrap()
}

fn rate(rate: &str) -> Decimal {
    Decimal::parse(rate).unwrap()
}

#[test]
fn a_case_that_a_candidate_cannot_decide_is_answered_all_the_same() {
    let engine = open();
    let mut files = gestures("2", "0.10", "90.00 USD");
    files.insert("bundle.yaml", "bundle: small\nversion: 2\ncurrency: USD\neffective: {from: 2027-01-01}\n");
    engine.carry_files(&files, Candidate::staged(10_000)).unwrap();
    assert_eq!(decide(&engine, 1, 20).policy.version, "1");
    let report = settled(&engine);
    assert_eq!((report.decided.cases, report.decided.failed), (1, 1));
}

#[test]
fn too_many_that_wait_are_counted() {
    let engine = open();
    engine.carry_files(&gestures("2", "0.10", "90.00 USD"), Candidate::shadow().waiting_max(1)).unwrap();
    for number in 0..300 {
        decide(&engine, number, 20);
    }
    let report = settled(&engine);
    assert_eq!(report.decided.cases + report.skipped, 300);
}

#[test]
fn a_candidate_is_promoted_replaced_and_dropped() {
    let engine = open();
    let heard = engine.reloads();
    engine.carry_files(&gestures("2", "0.20", "90.00 USD"), Candidate::shadow()).unwrap();
    engine.carry_files(&gestures("3", "0.30", "90.00 USD"), Candidate::staged(100)).unwrap();
    assert!(engine.promote().unwrap().is_taken());
    assert_eq!(decide(&engine, 1, 20).policy.version, "3");
    assert!(engine.promote().is_none());
    engine.carry_files(&gestures("4", "0.40", "90.00 USD"), Candidate::shadow()).unwrap();
    // The bundle itself comes to say what the candidate says.
    engine.replace(&gestures("4", "0.40", "90.00 USD"));
    engine.carry_files(&gestures("5", "0.50", "90.00 USD"), Candidate::shadow()).unwrap();
    engine.replace(&gestures("6", "0.60", "90.00 USD"));
    assert_eq!(engine.candidate().unwrap().candidate.version, "5", "a reload leaves a candidate where it is");
    assert!(engine.drop_candidate("it was an idea"));
    assert!(!engine.drop_candidate("it was an idea"));
    let told: Vec<String> = heard.try_iter().map(|event| told(&event)).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    carried: 2
    dropped: 2, small 3 took its place
    carried: 3
    taken: 3 instead of 1
    dropped: 3, it decides every case now
    carried: 4
    taken: 4 instead of 3
    dropped: 4, it decides every case now
    carried: 5
    taken: 6 instead of 4
    dropped: 5, it was an idea
    ");
}

#[test]
fn what_cannot_be_carried() {
    let engine = open();
    insta::assert_snapshot!(engine.carry_files(&gestures("1", "0.10", "90.00 USD"), Candidate::shadow()).unwrap_err(), @"the candidate is the bundle that decides already");
    let wrong = engine.carry_files(&gestures("2", "much", "90.00 USD"), Candidate::shadow()).unwrap_err();
    assert!(matches!(wrong, CarryError::Bundle(_)));
    insta::assert_snapshot!(wrong, @"
    the candidate cannot be used:
    error[R0403]: nothing is called `much`
     --> decisions/goodwill.yaml:3:60
      |
    3 |   amount: {type: money, value: = dispute.disputed_amount * much}
      |                                                            ^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    1 error
    ");
    insta::assert_snapshot!(engine.carry("/nowhere/at/all", Candidate::shadow()).unwrap_err(), @"
    the candidate cannot be used:
    error[R0001]: the bundle `/nowhere/at/all` cannot be read: it does not exist
      = help: `redress new DIR` writes a bundle to start from

    1 error
    ");
    assert!(engine.candidate().is_none());
}
