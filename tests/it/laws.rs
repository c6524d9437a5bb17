//! What must hold of every law, over generated cases: a clock of business days ends on one, a pack only ever adds to what is owed, and what
//! is not known shortens no deadline. More cases: `PROPTEST_CASES=2000 cargo test laws`.

use crate::invariants::cases::{Facts, case, changed, facts_of, noise, paths};
use crate::invariants::config;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use redress::bundle::Bundle;
use redress::decision::{Clock, Due};
use redress::holidays::built_in;
use redress::text::render_all;
use redress::value::{Calendar, Date, DateTime, Money};
use redress::{Decision, Extensions, Policy, default_bundle};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

/// A place and a trade, the packs of law that may apply there, and the facts that these look at.
#[derive(Debug)]
struct Home {
    place: &'static str,
    product: &'static str,
    segment: &'static str,
    packs: &'static [&'static str],
    facts: &'static str,
}

const HOMES: [Home; 13] = [
    Home {
        place: "US-VA",
        product: "credit_card",
        segment: "consumer",
        packs: &["us-reg-z"],
        facts: r#"attributes.dispute_fee: {"amount": "15.00", "currency": "$"}"#,
    },
    Home {
        place: "US-CA",
        product: "debit_account",
        segment: "consumer",
        packs: &["us-reg-e"],
        facts: r#"account.first_deposit_at: "2026-01-20""#,
    },
    Home {
        place: "US-TX",
        product: "telecom",
        segment: "consumer",
        packs: &["us-fcc"],
        facts: r#"attributes.fcc_served_on: "2026-03-20""#,
    },
    Home {
        place: "GB",
        product: "debit_account",
        segment: "consumer",
        packs: &["uk-disp", "uk-psr-exit"],
        facts: "attributes.holding_reply: true",
    },
    Home { place: "GB", product: "loan", segment: "consumer", packs: &["uk-disp"], facts: "customer.vulnerable: true" },
    Home {
        place: "GB",
        product: "telecom",
        segment: "consumer",
        packs: &["uk-ofcom"],
        facts: r#"attributes.deadlock_on: "2026-04-02""#,
    },
    Home {
        place: "DE",
        product: "debit_account",
        segment: "small_business",
        packs: &["eu-psd2", "eu-late-payment", "eu-air"],
        facts: "attributes.holding_reply: true\nattributes.flight_km: 1200",
    },
    Home {
        place: "BR-SP",
        product: "telecom",
        segment: "consumer",
        packs: &["br-anatel", "br-cdc", "br-tax"],
        facts: "finding.justified_mistake: false",
    },
    Home {
        place: "BR-SP",
        product: "services",
        segment: "enterprise",
        packs: &["br-cdc", "br-tax"],
        facts: "finding.justified_mistake: true",
    },
    Home { place: "MX", product: "services", segment: "consumer", packs: &["mx-lfpc"], facts: "dispute.deficient_service: true" },
    Home { place: "CO", product: "telecom", segment: "consumer", packs: &["co-pqr"], facts: "invoice.paid: unknown" },
    Home {
        place: "AR",
        product: "utility",
        segment: "consumer",
        packs: &["ar-24240"],
        facts: r#"attributes.average_bill: {"amount": "40.00", "currency": "$"}"#,
    },
    Home { place: "CL", product: "telecom", segment: "consumer", packs: &["cl-19496"], facts: "attributes.days_interrupted: 4" },
];

/// What all of them have: a mistake of ours, and charges that came of it.
const DISPUTE: &str = r#"
    complaint.received_at: "2026-03-12T15:30:00Z"
    complaint.language: "en"
    complaint.notice_form: "written"
    complaint.regulator_reference: "R-1"
    customer.customer_id: "C-1"
    account.billing_cycle_days: 30
    invoice.statement_sent_on: "2026-03-01"
    invoice.issued_on: "2026-03-01"
    invoice.due_on: "2026-04-01"
    invoice.total: {"amount": "240.00", "currency": "$"}
    invoice.paid: {"amount": "240.00", "currency": "$"}
    dispute.reason_code: "QUALITY"
    dispute.disputed_amount: {"amount": "120.00", "currency": "$"}
    dispute.error_date: "2026-01-10"
    dispute.payment_context: {"point_of_sale": true}
    dispute.related_charges: [{"kind": "late_interest", "amount": {"amount": "3.15", "currency": "$"}}]
    dispute.consequential_charges: [{"kind": "tax_penalty", "amount": {"amount": "400.00", "currency": "$"}, "base_amount": {"amount": "1200.00", "currency": "$"}, "due_on": "2026-01-20", "paid_on": "2026-02-25", "evidence": "receipt"}, {"kind": "tax_interest", "amount": {"amount": "15.00", "currency": "$"}, "base_amount": {"amount": "1200.00", "currency": "$"}, "due_on": "2026-01-20", "paid_on": "2026-02-25", "evidence": "official_notice"}, {"kind": "bank_fee", "amount": {"amount": "15.00", "currency": "$"}, "evidence": "receipt"}]
    finding.status: "complete"
    finding.liability: "our_error"
    finding.severity: "moderate"
    finding.correct_amount: {"amount": "0.00", "currency": "$"}
"#;

/// One of these values for each of these facts, or what the home says.
fn turns() -> BoxedStrategy<Vec<(String, Option<Json>)>> {
    let amounts = || {
        select(vec!["0.00", "60.00", "120.00", "239.99", "240.00"])
            .prop_map(|amount| json!({"amount": amount, "currency": "$"}))
            .boxed()
    };
    let names = |names: &'static [&'static str]| select(names).prop_map(|name| json!(name)).boxed();
    let days =
        || (0..364i64).prop_map(|day| json!(Date::parse("2026-01-01").unwrap().plus_days(day).unwrap().to_string())).boxed();
    let facts: Vec<(&str, BoxedStrategy<Json>)> = vec![
        (
            "complaint.received_at",
            (0..364i64, 0..24u32)
                .prop_map(|(day, hour)| {
                    json!(format!("{}T{hour:02}:30:00Z", Date::parse("2026-01-01").unwrap().plus_days(day).unwrap()))
                })
                .boxed(),
        ),
        ("dispute.reason_code", names(&["UNRECOGNISED", "NOT_DELIVERED", "LATE_CHARGE", "TAX", "PRICE"])),
        ("dispute.error_date", days()),
        ("invoice.paid", amounts()),
        ("finding.status", names(&["in_progress", "complete"])),
        ("finding.liability", names(&["shared", "undetermined", "no_error", "third_party"])),
        ("finding.our_share", names(&["0.5", "0.25", "1"])),
        ("finding.correct_amount", amounts()),
        ("finding.severity", names(&["trivial", "serious", "severe"])),
        ("finding.impact_contacts", (1..6i64).prop_map(|contacts| json!(contacts)).boxed()),
        ("account.first_deposit_at", days()),
        ("account.contract_type", names(&["framework_payment", "indefinite"])),
        (
            "dispute.payment_context",
            select(vec![json!({"foreign": true}), json!({"point_of_sale": false}), json!("unknown")]).boxed(),
        ),
    ];
    let turn = |(path, value): (&'static str, BoxedStrategy<Json>)| {
        let turned = prop_oneof![3 => Just(None), 1 => value.prop_map(|value| Some(Some(value))), 1 => Just(Some(None))];
        // No case is without these.
        let turned = if path == "complaint.received_at" {
            turned.prop_map(|turn| turn.filter(Option::is_some)).boxed()
        } else {
            turned.boxed()
        };
        (Just(path.to_owned()), turned)
    };
    let facts: Vec<_> = facts.into_iter().map(turn).collect();
    facts.prop_map(|facts| facts.into_iter().filter_map(|(path, turn)| Some((path, turn?))).collect()).boxed()
}

/// A home, and a case that may come from there.
fn any_dispute() -> BoxedStrategy<(&'static Home, Facts)> {
    (select((0..HOMES.len()).collect::<Vec<_>>()), turns(), prop_oneof![2 => Just(Vec::new()), 1 => noise()])
        .prop_map(|(home, turns, noise)| {
            let home = &HOMES[home];
            let place = format!(
                "complaint.jurisdiction: \"{}\"\naccount.product: \"{}\"\ncustomer.segment: \"{}\"\n{}",
                home.place,
                home.product,
                home.segment,
                home.facts.replace(": unknown", ": \"unknown\"")
            );
            let mut facts = facts_of(DISPUTE);
            facts.extend(facts_of(&place));
            // What is noised must not move the case to another place: then its packs would not be those of its home.
            let noise: Vec<_> = noise
                .into_iter()
                .filter(|(path, _)| {
                    !["complaint.jurisdiction", "complaint.policy_date", "complaint.received_at", "complaint.time_zone"]
                        .contains(&path.as_str())
                })
                .collect();
            (home, changed(changed(facts, turns), noise))
        })
        .boxed()
}

/// The default bundle with these packs alone.
fn policy_with(packs: &[&str]) -> Arc<Policy> {
    static LOADED: LazyLock<Mutex<BTreeMap<String, Arc<Policy>>>> = LazyLock::new(Mutex::default);
    let key = packs.join(", ");
    if let Some(policy) = LOADED.lock().unwrap().get(&key) {
        return policy.clone();
    }
    let files = default_bundle();
    // The facts of all packs, so that the same case can be read whichever of them are there.
    let (bundle, _) = Bundle::read(&files);
    let declared: BTreeMap<String, String> = bundle
        .iter()
        .flat_map(|bundle| &bundle.packs)
        .flat_map(|pack| &pack.facts)
        .map(|fact| (fact.path.value.clone(), fact.kind.word()))
        .collect();
    let declared: String = declared.iter().map(|(path, kind)| format!("  {path}: {{type: {kind}}}\n")).collect();
    let files = files.iter().filter(|(path, _)| !path.contains("tests/")).map(|(path, source)| {
        let text = source.text().to_owned();
        let Some((before, rest)) = text.split_once("\npacks:").filter(|_| path == "bundle.yaml") else {
            return (path.to_owned(), text);
        };
        let after = rest.lines().skip(1).skip_while(|line| line.starts_with("  - ")).collect::<Vec<_>>().join("\n");
        (path.to_owned(), format!("{before}\npacks: [{key}]\nfacts:\n{declared}{after}\n"))
    });
    let policy = Arc::new(Policy::from_files(files).unwrap_or_else(|found| panic!("{}", render_all(&found, false))));
    LOADED.lock().unwrap().insert(key, policy.clone());
    policy
}

fn whole() -> Arc<Policy> {
    static WHOLE: LazyLock<Arc<Policy>> = LazyLock::new(|| {
        Arc::new(
            Policy::load(&default_bundle(), &Extensions::new()).unwrap_or_else(|found| panic!("{}", render_all(&found, false))),
        )
    });
    WHOLE.clone()
}

fn decide(policy: &Policy, facts: &Facts, at: DateTime) -> Decision {
    policy.decide(&case(facts), at).unwrap_or_else(|error| panic!("{error}"))
}

fn received(facts: &Facts) -> Date {
    Date::parse(&facts["complaint.received_at"].as_str().unwrap()[..10]).unwrap()
}

fn noon(day: Date, later: i64) -> DateTime {
    DateTime::parse(&format!("{}T12:00:00Z", day.plus_days(later).unwrap())).unwrap()
}

fn calendars() -> BTreeMap<String, Calendar> {
    let all: BTreeMap<String, Calendar> = built_in().iter().map(|doc| (doc.name.value.clone(), doc.calendar(None))).collect();
    assert_eq!(all.len(), 7);
    all
}

/// What the customer is owed, by its kind.
fn owed(decision: &Decision) -> [(&'static str, Option<Money>); 5] {
    let money = &decision.money;
    [
        ("correction", money.correction.as_ref().map(|part| part.amount)),
        ("related charges", money.related_charges_reversed),
        ("statutory redress", money.statutory_redress.as_ref().map(|part| part.amount)),
        ("interest", money.interest.as_ref().map(|part| part.amount)),
        ("penalty reimbursement", money.penalty_reimbursement.as_ref().map(|part| part.amount)),
    ]
}

/// Facts that a line of `due` asks for, and what was done. Leaving these out says something: a fact that is left out does not satisfy a
/// line, as with any rule (no holding reply has gone out), and a step that is not listed is not done. As *unknown* they shorten nothing.
fn says_something_when_left_out(path: &str) -> bool {
    ["dispute.payment_context", "account.first_deposit_at", "attributes.holding_reply", "attributes.fcc_served_on", "steps_done"]
        .contains(&path)
}

fn find<'a>(decision: &'a Decision, id: &str) -> Option<&'a Clock> {
    decision.clocks.iter().find(|clock| *clock.id == *id)
}

proptest! {
    #![proptest_config(config(64))]

    /// Every clock of the packs that counts business days ends on one, in its own calendar.
    #[test]
    fn a_clock_of_business_days_ends_on_one((_, facts) in any_dispute(), later in 0..60i64) {
        let calendars = calendars();
        for clock in decide(&whole(), &facts, noon(received(&facts), later)).clocks {
            let (Some(Due::Day(due)), Some(within)) = (clock.due, &clock.within) else { continue };
            if within.contains("business day") {
                let calendar = &calendars[clock.calendar.as_deref().unwrap()];
                prop_assert!(calendar.is_business_day(due), "{} is due on {due}, a day off in {}", clock.id, calendar.name());
            }
        }
    }

    /// So does every clock that somebody may write, in each of the seven calendars; and as many business days lie before its end as it
    /// says. One that rolls never ends on a day off, whatever it counts.
    #[test]
    fn a_clock_that_rolls_ends_on_a_business_day(
        name in select(&["US", "GB-EAW", "BR", "MX", "CO", "ES", "TARGET"][..]),
        unit in select(&["business days", "calendar days", "weeks", "months"][..]),
        roll in select(&["", "roll: next", "roll: previous", "roll: none"][..]),
        count in 1..45i64,
        start in 0..1600i64,
    ) {
        let calendar = &calendars()[name];
        let start = Date::parse("2024-01-01").unwrap().plus_days(start).unwrap();
        let obligation = format!("obligations:\n  - id: o\n    step: answer\n    due: {{within: {count} {unit}, after: complaint.received_at}}\n    {roll}\n");
        let manifest = format!("bundle: b\nversion: 1.0.0\ncurrency: USD\ncalendar: {name}\n");
        let policy = Policy::from_files([("bundle.yaml", manifest), ("obligations/o.yaml", obligation)]).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
        let facts = Facts::from([("complaint.received_at".to_owned(), json!(format!("{start}T12:00:00Z"))), ("complaint.time_zone".to_owned(), json!("UTC"))]);
        let decision = policy.decide(&case(&facts), noon(start, 0)).unwrap();
        let clock = &decision.clocks[0];
        let Some(Due::Day(due)) = clock.due else {
            // Beyond the last year of the calendar no day is told.
            prop_assert!(clock.note.as_ref().unwrap().contains("knows the holidays"));
            return Ok(());
        };
        if unit == "business days" || roll != "roll: none" {
            prop_assert!(calendar.is_business_day(due), "{count} {unit} {roll} after {start}: {due} is a day off in {name}");
        }
        if unit == "business days" {
            let between = (1..=start.days_until(due)).filter(|day| calendar.is_business_day(start.plus_days(*day).unwrap()));
            prop_assert_eq!(i64::try_from(between.count()).unwrap(), count);
        }
    }

    /// A pack only ever adds: with any other packs beside it, no part of what is owed is less with it than without.
    #[test]
    fn a_pack_never_lowers_what_is_owed((home, facts) in any_dispute(), later in 0..120i64, added in any::<Index>(), others in subsequence(vec![0, 1, 2], 0..=3)) {
        let added = added.get(home.packs);
        let chosen = |with: bool| -> Vec<&str> {
            let is_chosen = |(at, pack): &(usize, &&str)| if pack == &added { with } else { others.contains(at) };
            home.packs.iter().enumerate().filter(is_chosen).map(|(_, pack)| *pack).collect()
        };
        let at = noon(received(&facts), later);
        let without = decide(&policy_with(&chosen(false)), &facts, at);
        let with = decide(&policy_with(&chosen(true)), &facts, at);
        // Amounts in two currencies go to a person, whoever compares them.
        prop_assume!(with.faults.iter().all(|fault| fault.kind != "currency"));
        for ((name, before), (_, after)) in owed(&without).into_iter().zip(owed(&with)) {
            let Some(before) = before.filter(|before| !before.amount().is_zero()) else { continue };
            let is_kept = after.is_some_and(|after| after.compare(before).is_ok_and(std::cmp::Ordering::is_ge));
            prop_assert!(is_kept, "{added} beside {:?} makes {name} {after:?}, and it was {before}", chosen(false));
        }
    }

    /// Take a fact away, or say that nobody knows it: no clock that applied ends earlier than it did.
    #[test]
    fn what_is_not_known_shortens_no_deadline((_, facts) in any_dispute(), later in 0..60i64, away in proptest::collection::vec((any::<Index>(), any::<bool>()), 1..3)) {
        let at = noon(received(&facts), later);
        let known = decide(&whole(), &facts, at);
        let mut fewer = facts.clone();
        for (which, as_unknown) in away {
            let path = which.get(&facts.keys().collect::<Vec<_>>()).as_str();
            if path == "complaint.received_at" || path == "customer.customer_id" {
                continue;
            }
            let is_knowable = paths().iter().find(|(known, ..)| *known == path).is_none_or(|(_, _, knowable)| *knowable);
            if is_knowable && (as_unknown || says_something_when_left_out(path)) {
                fewer.insert(path.to_owned(), json!("unknown"));
            } else {
                fewer.remove(path);
            }
        }
        let less = decide(&whole(), &fewer, at);
        let zone = case(&facts).zone();
        for before in known.clocks.iter().filter(|clock| clock.due.is_some()) {
            let Some(after) = find(&less, &before.id).and_then(|clock| clock.due) else { continue };
            let changed: Vec<&String> = facts.iter().filter(|(path, value)| fewer.get(*path) != Some(*value)).map(|(path, _)| path).collect();
            prop_assert!(after.compare(before.due.unwrap(), &zone).is_ge(), "without {changed:?} {} is due on {after}, and was on {}", before.id, before.due.unwrap());
        }
    }
}
