//! The invariants of the engine and of the default bundle, over generated cases. More cases: `PROPTEST_CASES=5000 cargo test invariants`.

pub(crate) mod cases;
mod goodwill;
mod one_way;
mod relationship;

use cases::{Facts, any_case, case, changed, other};
use proptest::prelude::*;
use redress::decision::Part;
use redress::text::render_all;
use redress::value::{Date, DateTime, Fact, Money, Value};
use redress::{CaseStatus, DecideError, Decision, Extensions, Policy, default_bundle};
use serde_json::{Value as Json, json};
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    Policy::load(&default_bundle(), &Extensions::new()).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
});

/// So many cases, unless the environment asks for more; no file of failures is kept.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

fn at() -> DateTime {
    DateTime::parse("2026-06-05T12:00:00Z").unwrap()
}

fn decide(facts: &Facts) -> Decision {
    crate::oracle::decide(&POLICY, &case(facts), at()).unwrap_or_else(|error| panic!("{error}"))
}

/// What is owed, and how it came about, whatever else the decision says.
fn owed(decision: &Decision) -> Json {
    let part = |name: &str| {
        let part = decision.part(name).unwrap();
        json!({"status": part.status, "rules": part.rules.iter().map(redress::decision::RuleNote::rule).collect::<Vec<_>>()})
    };
    let money = &decision.money;
    json!({
        "outcome": part("outcome"),
        "correction": [part("correction"), money.correction],
        "related_charges": [part("related_charges"), money.related_charges_reversed],
        "statutory_redress": [part("statutory_redress"), money.statutory_redress],
        "interest": [part("interest"), money.interest],
        "penalties": [part("penalties"), money.penalty_reimbursement],
    })
}

/// The customer's worth, tier, behaviour and offers.
fn is_worth(path: &str) -> bool {
    let groups = ["history.", "economics.", "budget."];
    let facts = [
        "customer.tier",
        "customer.tenure_months",
        "customer.annual_revenue",
        "customer.annual_contribution",
        "customer.lifetime_value",
        "customer.churn_risk",
        "customer.leave_threat",
        "customer.credit_risk_grade",
        "customer.vulnerable",
        "customer.vulnerability_flags",
        "offers",
        "exit_request",
        "dispute.requested_amount",
        "dispute.customer_request",
        "finding.instruction_source",
    ];
    facts.contains(&path) || groups.iter().any(|group| path.starts_with(group))
}

proptest! {
    #![proptest_config(config(48))]

    /// Invariant 1, *owed first*.
    #[test]
    fn owed_first(facts in any_case(), change in other(is_worth)) {
        let before = owed(&decide(&facts));
        let after = owed(&decide(&changed(facts, change)));
        prop_assert_eq!(before, after);
    }

    /// Invariant 5, *monotone*: stronger evidence never lowers the cover of a penalty.
    #[test]
    fn stronger_evidence_never_lowers_the_cover(facts in cases::penalties()) {
        let mut least: Option<Money> = None;
        for evidence in ["none", "claim_only", "receipt", "official_notice"] {
            let mut facts = facts.clone();
            if let Some(Json::Array(charges)) = facts.get_mut("dispute.consequential_charges") {
                for charge in charges {
                    charge["evidence"] = evidence.into();
                }
            }
            let Some(cover) = decide(&facts).money.penalty_reimbursement.map(|cover| cover.amount) else { continue };
            if let Some(least) = least {
                prop_assert!(cover.compare(least).unwrap().is_ge(), "{evidence}: {cover:?} after {least:?}");
            }
            least = Some(cover);
        }
    }

    /// Invariant 8, *accounted total*: the total is the sum of its parts, instalments add up, a charge is covered or refused.
    #[test]
    fn accounted_total(facts in any_case()) {
        let decision = decide(&facts);
        let money = decision.to_json()["money"].clone();
        let names = ["correction", "related_charges_reversed", "statutory_redress", "interest", "penalty_reimbursement", "goodwill"];
        let parts: Vec<Money> = names.iter().filter_map(|name| amount(&money[*name])).collect();
        let sum = parts.split_first().map(|(first, rest)| rest.iter().fold(*first, |sum, part| sum.plus(*part).unwrap()));
        prop_assert_eq!(amount(&money["total_cost"]), sum);
        let known = |fact: Fact<Value>| match fact { Fact::Known(Value::Money(money)) => Some(money), _ => None };
        if let Some(plan) = &decision.terms.payment_plan {
            let planned = known(decision.part("terms").unwrap().output("planned"));
            let sum = plan.instalments.iter().skip(1).fold(plan.instalments[0], |sum, each| sum.plus(*each).unwrap());
            prop_assert_eq!((Some(sum), plan.total), (planned, planned));
        }
        let charges = case(&facts).dispute.consequential_charges;
        let penalties = decision.part("penalties").unwrap();
        for (charge, outputs) in charges.known().into_iter().flatten().zip(&penalties.results) {
            let (approved, refused) = (known(outputs.get("approved")).unwrap(), known(outputs.get("refused")).unwrap());
            let open = decision.part("outcome").unwrap().output("value").known().is_none_or(|value| value.to_string() == "provisional");
            if !open && charge.amount.is_known() {
                // A charge in another currency than the case is refused whole, in its own.
                let settled = approved.plus(refused).unwrap_or(refused);
                prop_assert!(approved.currency() == refused.currency() || approved.amount().is_zero());
                prop_assert_eq!(Fact::Known(settled), charge.amount);
            }
        }
    }

    /// A case is decided only when all of it is; what could not be decided grants nothing; what is not known turns nothing down.
    #[test]
    fn nothing_is_decided_in_silence(facts in any_case()) {
        let decision = decide(&facts);
        let decided = decision.status == CaseStatus::Decided;
        prop_assert!(!decided || (decision.faults.is_empty() && decision.parts.iter().all(Part::is_decided)));
        prop_assert!(!decided || decision.missing_facts.is_empty());
        prop_assert_eq!(decision.status == CaseStatus::NeedsFacts, !decision.missing_facts.is_empty());
        prop_assert!(decision.status != CaseStatus::NeedsFacts || decision.outcome.is_none());
        prop_assert!(decision.part("goodwill").unwrap().is_decided() || decision.money.goodwill.is_none());
        let liability = case(&facts).finding.liability;
        if !liability.is_known() || liability.known().is_some_and(|liability| liability.name() == "undetermined") {
            prop_assert_ne!(decision.outcome.as_deref(), Some("reject"));
        }
        for part in &decision.parts {
            prop_assert!(part.is_decided() || part.results.is_empty(), "{} is {} and has outputs", part.name, part.status.word());
            prop_assert!(!part.is_decided() || part.rules.iter().all(|rule| rule.rule() == "value" || !rule.because.is_empty()), "{}", part.name);
        }
    }

    /// Invariant 9, *in force*: a rule fires from its first to its last day, and a bundle decides no case of another time.
    #[test]
    fn in_force(from in 0..60i64, days in 0..30i64, on in 0..120i64) {
        let day = |number: i64| Date::parse("2026-01-01").unwrap().plus_days(number).unwrap();
        let (first, last) = (day(from), day(from + days));
        let rule = format!("  - {{id: r, when: {{complaint.case_id: any}}, then: {{yes: true}}, because: r., from: {first}, until: {last}}}");
        let manifest = format!("bundle: b\nversion: 1.0.0\ncurrency: USD\neffective: {{from: {}, until: {}}}\n", day(10), day(100));
        let decision = format!("decision: d\nhit: first\noutputs: {{yes: {{type: boolean}}}}\nrules:\n{rule}\notherwise: {{yes: false, because: o.}}\n");
        let policy = Policy::from_files([("bundle.yaml", manifest), ("decisions/d.yaml", decision)]).unwrap();
        let facts = Facts::from([("complaint.policy_date".to_owned(), day(on).to_string().into())]);
        match policy.decide(&case(&facts), at()) {
            Ok(decision) => {
                prop_assert!((10..=100).contains(&on));
                let fired = decision.parts[0].output("yes") == Fact::Known(Value::Boolean(true));
                prop_assert_eq!(fired, (from..=from + days).contains(&on));
            }
            Err(DecideError::NotInForce { .. }) => prop_assert!(!(10..=100).contains(&on)),
            Err(other) => panic!("{other}"),
        }
    }
}

proptest! {
    #![proptest_config(config(16))]

    /// Invariant 10, *reproducible*: the same case, also after it was written and read again, gives the same bytes on every thread.
    #[test]
    fn reproducible(facts in any_case()) {
        let case = case(&facts);
        let first = POLICY.decide(&case, at()).unwrap().to_json_line();
        let text = case.to_json().to_string();
        let again = redress::case::read_case(&redress::text::Source::new("again.json", text), redress::case::CaseFormat::Json).unwrap();
        prop_assert_eq!(&POLICY.decide(&again, at()).unwrap().to_json_line(), &first);
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..4).map(|_| scope.spawn(|| POLICY.decide(&case, at()).unwrap().to_json_line())).collect();
            for line in running {
                assert_eq!(line.join().unwrap(), first);
            }
        });
    }
}

fn amount(json: &Json) -> Option<Money> {
    Some(Money::parse(&format!("{} {}", json.get("amount")?.as_str()?, json.get("currency")?.as_str()?)).unwrap())
}
