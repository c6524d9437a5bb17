//! What the finder reaches, and that what it gives is what it was asked for.

use super::*;
use crate::bundle::BundleFiles;
use crate::engine::default_bundle;
use crate::policy::Extensions;
use crate::rule::{Comparison, Condition};
use crate::script::{FactPath, Resolution};
use crate::text::Source;
use crate::value::{Decimal, EnumValue, Kind};
use std::fmt::Write;

fn policy() -> Policy {
    Policy::load(&default_bundle(), &Extensions::new()).map_err(|found| crate::text::render_all(&found, false)).unwrap()
}

fn of(manifest: &str, decisions: &[(&str, &str)]) -> Policy {
    let mut files = BundleFiles::new();
    files.insert("bundle.yaml", manifest);
    for (name, text) in decisions {
        files.insert(*name, *text);
    }
    Policy::load(&files, &Extensions::new()).map_err(|found| crate::text::render_all(&found, false)).unwrap()
}

/// What was found: the facts that differ from the start, and what was decided by which rules.
fn shown(finder: &Finder<'_>, goal: &Goal, found: Result<Found, NotFound>) -> String {
    let mut text = format!("{}\n", goal.name(&finder.ground.policy.program));
    let Ok(found) = found.map_err(|why| writeln!(text, "  {why:?}")) else { return text };
    let facts = found.case.to_json();
    let document = Document::new(&found.case, found.at);
    let starts = finder.starts.iter().enumerate();
    let (start, nearest) = starts.min_by_key(|(_, start)| start.differences(&document).len()).unwrap();
    for path in &nearest.differences(&document) {
        let value = path.split('.').fold(&facts, |here, segment| &here[segment]);
        writeln!(text, "  {path}: {value}").unwrap();
    }
    let is_plain = start + 1 == finder.starts.len();
    let start = if is_plain { "the plain case".to_owned() } else { format!("start {start}") };
    writeln!(text, "  from {start}, as of {}, {} evaluations", found.at, found.evaluations).unwrap();
    text
}

#[test]
fn every_rule_and_guardrail_of_the_default_bundle_is_reached() {
    let policy = policy();
    let finder = Finder::new(&policy, &[]).within(2_500);
    let mut lost = String::new();
    let mut reached = 0;
    for goal in rules(&policy.program).chain(guardrails(&policy.program)) {
        match finder.find(&goal) {
            Ok(_) => reached += 1,
            Err(_) => writeln!(lost, "{}", goal.name(&policy.program)).unwrap(),
        }
    }
    // The table of outcomes rejects for no other reason than those that the guardrail lets pass: it stands guard over its changes.
    // The others want an award of one law and no gesture of the house, days that lie years apart, and a clock that was missed
    // beside one that was kept; the tests of their packs reach them.
    assert_eq!(
        lost,
        "goodwill/UK-FOS-BANDS\nplan/BR-ANATEL-WINDOW\nstatutory_redress/US-FCBA-FORFEIT-unacknowledged\nno-silent-rejection\n"
    );
    assert!(reached > 200, "{reached}");
}

#[test]
fn a_case_differs_in_few_facts() {
    let policy = policy();
    let finder = Finder::new(&policy, &[]);
    let wanted =
        ["goodwill/small-claim", "statutory_redress/MX-LFPC-92T", "relationship/pattern-after-notice", "letters/next-offer"];
    let goals = rules(&policy.program).filter(|goal| wanted.contains(&goal.name(&policy.program).as_str()));
    let text: String = goals.map(|goal| shown(&finder, &goal, finder.find(&goal))).collect();
    insta::assert_snapshot!(text, @r#"
    goodwill/small-claim
      economics.estimated_minutes: 100
      economics.handler_rate_per_hour: {"amount":"100.00","currency":"USD"}
      finding.liability: "misunderstanding"
      history.small_claims_12m: 1
      from the plain case, as of 2026-03-05T00:00:00Z, 134 evaluations
    letters/next-offer
      finding.severity: "minor"
      history.offers_rejected: 1
      offers: [{"amount":{"amount":"100.00","currency":"USD"},"instrument":"a text","offered_on":"2026-03-01","response":"rejected"}]
      from the plain case, as of 2026-03-05T00:00:00Z, 781 evaluations
    relationship/pattern-after-notice
      customer.annual_contribution: {"amount":"-1.00","currency":"USD"}
      history.behaviour_notice_on: "2026-01-25"
      history.disputes_12m: 8
      history.disputes_upheld_12m: 1
      history.same_topic_explained: 2
      from the plain case, as of 2026-03-05T00:00:00Z, 102 evaluations
    statutory_redress/MX-LFPC-92T
      complaint.jurisdiction: "MX"
      customer.segment: "consumer"
      dispute.deficient_service: true
      from the plain case, as of 2026-03-05T00:00:00Z, 9 evaluations
    "#);
    // The same again, to the last fact.
    let goals = rules(&policy.program).filter(|goal| wanted.contains(&goal.name(&policy.program).as_str()));
    assert_eq!(goals.map(|goal| shown(&finder, &goal, finder.find(&goal))).collect::<String>(), text);
}

const MANIFEST: &str =
    "bundle: t\nversion: 1\ncurrency: USD\nfacts:\n  input.days: {type: integer}\n  input.weight: {type: decimal}\n";

#[test]
fn derived_inputs_and_other_decisions_are_followed_to_the_facts() {
    let policy = of(
        MANIFEST,
        &[
            (
                "decisions/fee.yaml",
                "decision: fee\nhit: first\nlet:\n  late: = input.days * 3 - 7\noutputs:\n  level: {type: enum, values: [low, high]}\nrules:\n  - id: far\n    when: {late: at least 110}\n    then: {level: high}\n    because: far\notherwise: {level: low, because: near}\n",
            ),
            (
                "decisions/price.yaml",
                "decision: price\nhit: first\noutputs:\n  units: {type: decimal}\nrules:\n  - id: heavy\n    when: {fee.level: high}\n    then:\n      units: = input.weight * 1.5 + 2\n    because: heavy\notherwise: {units: 0, because: light}\n",
            ),
        ],
    );
    let finder = Finder::new(&policy, &[]);
    let price = policy.program.decisions.iter().position(|decision| &*decision.name == "price").unwrap();
    let over = |number: i64| {
        Cell::OneOf(vec![Condition::Compare(Comparison::Over, Bound::Value(Value::Decimal(Decimal::new(number, 0))))])
    };
    let goals = [
        Goal::Output { decision: price, output: 0, cell: over(8) },
        Goal::Rule { decision: price, row: Some(0) },
        // There is no such rule.
        Goal::Rule { decision: price, row: Some(7) },
    ];
    let mut text: String = goals.iter().map(|goal| shown(&finder, goal, finder.find(goal))).collect();
    let short = Finder::new(&policy, &[]).within(10);
    text += &shown(&short, &goals[0], short.find(&goals[0]));
    insta::assert_snapshot!(text, @r#"
    price.units: over 8
      input.days: 100
      input.weight: "4.0067"
      from the plain case, as of 2026-03-05T00:00:00Z, 24 evaluations
    price/heavy
      input.days: 100
      input.weight: "0.5"
      from the plain case, as of 2026-03-05T00:00:00Z, 16 evaluations
    price/#8
      NoWay { evaluations: 2 }
    price.units: over 8
      Budget { evaluations: 10 }
    "#);
}

#[test]
fn a_region_is_a_case_in_which_all_of_its_cells_hold() {
    let policy = policy();
    let program = &policy.program;
    let decision = program.decisions.iter().position(|decision| &*decision.name == "goodwill").unwrap();
    let path = |name: &str| {
        let slot =
            (0..program.slots.len()).find(|slot| program.slots.get(*slot).is_some_and(|entry| &*entry.name == name)).unwrap();
        let kind = match name {
            "outcome.value" => program.decisions.iter().find(|each| &*each.name == "outcome").unwrap().outputs[0].kind.clone(),
            _ => Kind::Integer,
        };
        FactPath::resolve(&name.split('.').collect::<Vec<_>>(), &mut |_: &[&str]| Resolution::Found {
            slot,
            kind: kind.clone(),
            used: 2,
        })
        .unwrap()
    };
    let outcome = path("outcome.value");
    let Kind::Enum(values) = &outcome.kind else { panic!("an outcome is one of a list") };
    let provisional = Condition::Equal(Bound::Value(Value::Enum(EnumValue::named(values, "provisional").unwrap())));
    let cells = vec![
        (outcome.clone(), Cell::OneOf(vec![provisional])),
        (path("history.offers_rejected"), Cell::OneOf(vec![Condition::Equal(Bound::Value(Value::Integer(1)))])),
    ];
    let goal = Goal::Region { decision: Some(decision), cells };
    let case = "complaint: {case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: GB}\n\
                customer: {customer_id: C-1}\n\
                dispute: {reason_code: PRICE, disputed_amount: 20.00 GBP}\n\
                finding: {status: complete, liability: no_error, confidence: 0.9}\n";
    let start = crate::case::read_case(&Source::new("case.yaml", case), crate::case::CaseFormat::Yaml).unwrap();
    let at = DateTime::parse("2026-03-05T00:00:00Z").unwrap();
    let finder = Finder::new(&policy, &[(start, at)]);
    let found = finder.find(&goal).unwrap();
    insta::assert_snapshot!(shown(&finder, &goal, Ok(found)), @r#"
    outcome.value: provisional, history.offers_rejected: 1
      finding.status: "not_started"
      history.offers_rejected: 1
      from start 0, as of 2026-03-05T00:00:00Z, 55 evaluations
    "#);
    let plugin = Goal::Plugin { decision, plugin: 0 };
    insta::assert_snapshot!(shown(&finder, &plugin, finder.find(&plugin)), @r#"
    second-offer
      finding.severity: "minor"
      history.offers_rejected: 1
      offers: [{"amount":{"amount":"100.00","currency":"USD"},"instrument":"a text","offered_on":"2026-03-01","response":"rejected"}]
      from the plain case, as of 2026-03-05T00:00:00Z, 782 evaluations
    "#);
}
