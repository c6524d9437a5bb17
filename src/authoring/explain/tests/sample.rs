//! Decisions put together by hand: one that shows everything, one in which every part failed in its own way.

use crate::decision::{
    Assembly, Change, Citation, FaultNote, Few, Inputs, Laws, Missed, Outputs, Part, PartStatus, PolicyName, ReadNote, Refusal,
    RuleNote, Safeguard, SafeguardResult,
};
use crate::value::{Currency, Date, DateTime, Fact, Money, Value, Zone};
use std::sync::Arc;

pub(super) fn usd(text: &str) -> Fact<Value> {
    Fact::Known(Value::Money(Money::parse(&format!("{text} USD")).unwrap()))
}

pub(super) fn name(text: &str) -> Fact<Value> {
    Fact::Known(Value::text(text))
}

fn outputs<const N: usize>(values: [(&str, Fact<Value>); N]) -> Outputs {
    Outputs::new(values.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

fn rule(part: &str, id: &str, because: &str) -> RuleNote {
    let citation = Citation::new(part, id, &Laws::new()).standing_at(&format!("decisions/x.yaml:12:5 {id}"));
    RuleNote::new(citation.into(), because.into())
}

pub(super) fn decided<const N: usize>(part: &str, id: &str, because: &str, values: [(&str, Fact<Value>); N]) -> Part {
    Part { rules: Few::one(rule(part, id, because)), results: Few::one(outputs(values)), ..Part::new(part) }
}

pub(super) fn assembly(parts: Vec<Part>) -> Assembly {
    Assembly {
        case_id: "D-1001".to_owned(),
        language: Some("en".to_owned()),
        policy: PolicyName {
            bundle: "default".to_owned(),
            version: "2026.11.1".to_owned(),
            digest: "blake3:0123456789abcdef0123456789abcdef".to_owned(),
        },
        at: DateTime::parse("2026-03-05T00:00:00Z").unwrap(),
        policy_date: Date::parse("2026-03-02").unwrap(),
        zone: Zone::utc(),
        clocks: Vec::new(),
        packs: Vec::new(),
        laws: Arc::default(),
        currency: Some(Currency::parse("USD").unwrap()),
        parts,
        penalty_kinds: vec![Some("tax_penalty".into()), Some("tax_principal".into())],
        missing_facts: Vec::new(),
        faults: Vec::new(),
        approvals: Vec::new(),
        second_person: false,
        holds: Vec::new(),
        referrals: Vec::new(),
        safeguards: Vec::new(),
        quarantined: Vec::new(),
        input_hash: String::new(),
        decision_id: String::new(),
    }
}

fn listed(part: &str, rules: Vec<RuleNote>, results: Vec<Outputs>) -> Part {
    Part { listed: true, rules: rules.into(), results: results.into(), ..Part::new(part) }
}

/// Everything that a decision can show, decided.
#[expect(clippy::too_many_lines, reason = "one decision, read from top to bottom")]
pub(super) fn full() -> Assembly {
    let goodwill = Part {
        changes: vec![
            Change {
                by: "plugin",
                id: "loyalty".to_owned(),
                output: "amount".into(),
                before: usd("10.00"),
                after: usd("40.00"),
                because: "loyal for 6 years".into(),
                source: None,
            },
            Change {
                by: "cap",
                id: "goodwill-per-case".to_owned(),
                output: "amount".into(),
                before: usd("40.00"),
                after: usd("25.00"),
                because: "No single case earns more than the cap.".into(),
                source: Some("complaint handling manual, 4.2".to_owned()),
            },
        ],
        capped_by: [("amount".to_owned(), "goodwill-per-case".to_owned())].into(),
        reads: Inputs::new(vec![
            ReadNote { name: "finding.severity".into(), value: name("minor"), assumed: false },
            ReadNote { name: "customer.tier".into(), value: name("standard"), assumed: true },
            ReadNote { name: "history.offers_rejected".into(), value: Fact::Missing, assumed: false },
            ReadNote { name: "customer.leave_threat".into(), value: Fact::Unknown, assumed: false },
        ]),
        ..decided(
            "goodwill",
            "our-error",
            "The mistake was ours and it cost the customer time and trouble.",
            [("amount", usd("25.00")), ("kind", name("gesture")), ("instrument", name("bill_credit"))],
        )
    };
    let parts = vec![
        decided("outcome", "our-error", "The bill was wrong and the mistake was ours.", [("value", name("uphold"))]),
        decided(
            "correction",
            "billed-twice",
            "The same purchase stands twice on the statement.",
            [("amount", usd("64.20")), ("instrument", name("credit_note"))],
        ),
        decided("related_charges", "value", "What was charged because of the mistake goes with it.", [("amount", usd("3.15"))]),
        decided("interest", "otherwise", "No law adds interest here.", [("amount", usd("0.00")), ("basis", name("none"))]),
        listed(
            "penalties",
            vec![
                RuleNote { item: Some(1), ..rule("penalties", "receipt", "A receipt proves it.") },
                RuleNote {
                    item: Some(2),
                    ..rule("penalties", "principal", "The tax itself was always the customer's to pay, whatever our mistake.")
                },
            ],
            vec![
                outputs([("approved", usd("20.79")), ("refused", usd("0.00"))]),
                outputs([("approved", usd("0.00")), ("refused", usd("180.00"))]),
            ],
        ),
        goodwill,
        decided(
            "terms",
            "plan",
            "The delay was ours, so the amount may be paid in parts.",
            [
                (
                    "payment_plan",
                    Fact::Known(Value::list(
                        [usd("33.33"), usd("33.33"), usd("33.34")].map(|each| each.known().cloned().unwrap()),
                    )),
                ),
                ("due_date_extension_days", Fact::Known(Value::Integer(15))),
                ("fees_waived", Fact::Known(Value::Boolean(true))),
            ],
        ),
        decided(
            "approval",
            "first",
            "Within the authority of whoever handles the case.",
            [("required_role", name("team_leader"))],
        ),
        decided(
            "escalation",
            "regulator",
            "The case came through a regulator.",
            [
                ("level", Fact::Known(Value::Integer(2))),
                ("target", name("legal_compliance")),
                ("trigger", name("regulator_reference")),
            ],
        ),
        decided(
            "relationship",
            "ending-asked-for",
            "An ending was asked for, so every safeguard is checked.",
            [
                ("action", name("managed_exit")),
                ("earliest_exit_on", Fact::Known(Value::Date(Date::parse("2026-05-01").unwrap()))),
            ],
        ),
        listed(
            "plan",
            vec![
                rule("plan", "correct", "What is owed is put right at once, and waits for nothing else."),
                rule("plan", "confirm", "We ask whether it is settled."),
            ],
            vec![
                outputs([("step", name("correct")), ("owner", name("billing")), ("due_at", Fact::Missing)]),
                outputs([
                    ("step", name("confirm")),
                    ("owner", name("care")),
                    ("due_at", Fact::Known(Value::Date(Date::parse("2026-03-12").unwrap()))),
                    ("done_when", name("customer_answered")),
                ]),
            ],
        ),
        listed(
            "letters",
            vec![rule("letters", "correction", "The customer learns what was put right.")],
            vec![outputs([("kind", name("correction_notice"))])],
        ),
        decided(
            "prevention",
            "double",
            "The cause is found and put down as a process.",
            [
                ("root_cause", name("payment_posting")),
                ("corrective_action", name("problem_record")),
                ("owner", name("quality")),
                ("verify_on", Fact::Known(Value::Date(Date::parse("2026-05-04").unwrap()))),
                ("look_back_accounts", Fact::Known(Value::Integer(214))),
                ("look_back_total", usd("29198.16")),
            ],
        ),
    ];
    Assembly {
        approvals: vec!["director".to_owned(), "legal_compliance".to_owned()],
        second_person: true,
        holds: vec![("collection".to_owned(), "notice-open".to_owned()), ("collection".to_owned(), "law-says-so".to_owned())],
        safeguards: vec![
            safeguard("no-exit-for-using-rights", SafeguardResult::Block, Some("12 CFR 1026.13(d)(3)")),
            safeguard("vulnerable-customers", SafeguardResult::Review, None),
            safeguard("notice-was-given", SafeguardResult::Pass, None),
        ],
        ..assembly(parts)
    }
}

fn safeguard(check: &str, result: SafeguardResult, citation: Option<&str>) -> Safeguard {
    Safeguard {
        check: check.to_owned(),
        result,
        citation: citation.map(str::to_owned),
        law: None,
        because: "An account may not be closed because its holder used a legal right in good faith.".to_owned(),
    }
}

/// A part that failed for each reason there is.
pub(super) fn undecided() -> Assembly {
    let part = |name: &str, status| Part { status, ..Part::new(name) };
    let parts = vec![
        decided(
            "correction",
            "billed-twice",
            "The same purchase stands twice.",
            [("amount", usd("64.20")), ("instrument", name("refund"))],
        ),
        Part {
            nearest: vec![Missed {
                rule: "our-error".into(),
                item: None,
                failed: Few::one(Refusal::new("dispute.occurrences".into(), Fact::Known(Value::Integer(4)), "under 3".into())),
                actionable: Vec::new(),
            }],
            ..part("goodwill", PartStatus::NoRule)
        },
        Part {
            rules: vec![rule("relationship", "a", "One."), rule("relationship", "b", "Two.")].into(),
            ..part("relationship", PartStatus::Conflict)
        },
        part("penalties", PartStatus::Fault),
        Part { waits_for: vec!["goodwill".to_owned(), "penalties".to_owned()], ..part("approval", PartStatus::Skipped) },
    ];
    let fault = |part: &str, kind, message: &str, place: Option<&str>| FaultNote {
        part: part.to_owned(),
        kind,
        message: message.to_owned(),
        place: place.map(str::to_owned),
        calls: Vec::new(),
        finding: None,
    };
    Assembly {
        faults: vec![
            fault("goodwill", "no_rule", "no rule matches", None),
            fault("relationship", "conflict", "`a` and `b` both match", Some("decisions/relationship.yaml:3:1")),
            fault("penalties", "script", "the script used more than 50000 operations", Some("scripts/penalty.rhai:12:9")),
        ],
        ..assembly(parts)
    }
}
