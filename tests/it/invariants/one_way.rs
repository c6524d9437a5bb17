//! Facts that move money one way only, by intent of the shipped policy: what is worse for the customer never earns less, what is better
//! proven is never paid less, and what was granted before never earns more.

use super::cases::{Facts, any_case, gesture, penalties};
use super::{config, decide, owed};
use proptest::prelude::*;
use proptest::sample::select;
use redress::Decision;
use redress::value::Money;
use serde_json::{Value as Json, json};

/// An amount of a decision.
type Amount = fn(&Decision) -> Option<Money>;

fn goodwill(decision: &Decision) -> Option<Money> {
    decision.money.goodwill.as_ref().map(|each| each.amount)
}

fn correction(decision: &Decision) -> Option<Money> {
    decision.money.correction.as_ref().map(|each| each.amount)
}

fn reimbursed(decision: &Decision) -> Option<Money> {
    decision.money.penalty_reimbursement.as_ref().map(|each| each.amount)
}

fn related(decision: &Decision) -> Option<Money> {
    decision.money.related_charges_reversed
}

/// The case with one fact set.
fn with(facts: &Facts, path: &str, value: Json) -> Facts {
    let mut facts = facts.clone();
    facts.insert(path.to_owned(), value);
    facts
}

/// The case with one field of its first consequential charge set; nothing where it has none.
fn with_charge(facts: &Facts, field: &str, value: Json) -> Option<Facts> {
    let mut charges = facts.get("dispute.consequential_charges")?.clone();
    charges.get_mut(0)?.as_object_mut()?.insert(field.to_owned(), value);
    Some(with(facts, "dispute.consequential_charges", charges))
}

fn dollars(amount: u32) -> Json {
    json!({"amount": format!("{amount}.00"), "currency": "$"})
}

/// An amount of a case without its cents.
fn whole_dollars(facts: &Facts, path: &str) -> Option<u32> {
    facts.get(path)?.get("amount")?.as_str()?.split('.').next()?.parse().ok()
}

/// Over cases in the order given no amount ever becomes less. What cannot be told is left out.
fn never_falls(cases: impl IntoIterator<Item = Facts>, amounts: &[Amount]) -> Result<(), TestCaseError> {
    let decisions: Vec<Decision> = cases.into_iter().map(|facts| decide(&facts)).collect();
    for amount in amounts {
        let told: Vec<Money> = decisions.iter().filter_map(amount).collect();
        for pair in told.windows(2) {
            prop_assert!(pair[0].compare(pair[1]).is_ok_and(std::cmp::Ordering::is_le), "{} after {}", pair[1], pair[0]);
        }
    }
    Ok(())
}

const SEVERITIES: [&str; 5] = ["trivial", "minor", "moderate", "serious", "severe"];
const EVIDENCE: [&str; 4] = ["none", "claim_only", "receipt", "official_notice"];

proptest! {
    #![proptest_config(config(48))]

    /// How bad it was moves the gesture, and nothing that is owed.
    #[test]
    fn severity_moves_goodwill_up_and_nothing_that_is_owed(facts in prop_oneof![2 => gesture(), 1 => penalties(), 1 => any_case()]) {
        let cases: Vec<Facts> = SEVERITIES.iter().map(|severity| with(&facts, "finding.severity", json!(severity))).collect();
        let first = owed(&decide(&cases[0]));
        for facts in &cases {
            prop_assert_eq!(owed(&decide(facts)), first.clone());
        }
        never_falls(cases, &[goodwill])?;
    }

    /// Better proof never pays less, and touches no other charge.
    #[test]
    fn evidence_moves_what_is_reimbursed_up(facts in prop_oneof![4 => penalties(), 1 => any_case()]) {
        let cases = EVIDENCE.iter().filter_map(|evidence| with_charge(&facts, "evidence", json!(evidence)));
        never_falls(cases, &[reimbursed, correction, related])?;
    }

    /// A proven charge that is larger, or was less avoidable, is never paid less.
    #[test]
    fn a_larger_charge_that_could_be_avoided_less_is_never_paid_less(facts in penalties(), amount in 0..500_u32, days in 0..60_u32) {
        let amounts = [amount, amount + 1, amount + 200].map(dollars);
        never_falls(amounts.into_iter().filter_map(|amount| with_charge(&facts, "amount", amount)), &[reimbursed])?;
        let days = [days + 20, days + 1, days, 0].map(Json::from);
        never_falls(days.into_iter().filter_map(|days| with_charge(&facts, "mitigation_delay_days", days)), &[reimbursed])?;
    }

    /// The less of the amount was due, the more is taken back. Where all of it was due, or more, a mistake of ours is another one (a
    /// document that has to be issued again), and what was charged because of it is taken back whole.
    #[test]
    fn the_less_was_due_the_more_is_taken_back(facts in prop_oneof![gesture(), penalties(), any_case()], due in 0..1_300_u32) {
        let disputed = whole_dollars(&facts, "dispute.disputed_amount").unwrap_or(u32::MAX);
        let dues = [due + 400, due + 1, due, due / 2, 0].into_iter().filter(|due| *due < disputed);
        never_falls(dues.map(|due| with(&facts, "finding.correct_amount", dollars(due))), &[correction, related])?;
    }

    /// The more of a mistake was ours, the more is taken back and reimbursed.
    #[test]
    fn the_more_it_was_our_doing_the_more_is_owed(facts in prop_oneof![gesture(), penalties(), any_case()]) {
        let shared = with(&facts, "finding.liability", json!("shared"));
        let shares = ["0", "0.1", "0.333333", "0.5", "0.999", "1"].map(|share| with(&shared, "finding.our_share", json!(share)));
        never_falls(shares, &[correction, reimbursed])?;
        let whose = ["no_error", "shared", "our_error"].map(|liability| with(&facts, "finding.liability", json!(liability)));
        never_falls(whose, &[correction])?;
    }

    /// What was granted before, and how often, never makes a gesture larger; a fuller pool, more trouble and a higher tier never make it
    /// smaller.
    #[test]
    fn what_goodwill_hangs_on_moves_it_one_way(facts in prop_oneof![3 => gesture(), 1 => any_case()], before in 0..300_u32, times in 0..4_u32) {
        let granted = [before + 50, before + 1, before, 0].map(|before| with(&facts, "history.goodwill_12m", dollars(before)));
        never_falls(granted, &[goodwill])?;
        let counts = [times + 2, times, 0].map(|times| with(&facts, "history.goodwill_count_12m", json!(times)));
        never_falls(counts, &[goodwill])?;
        let pools = [0, before, before + 5, 1_000].map(|left| with(&facts, "budget.remaining", dollars(left)));
        never_falls(pools, &[goodwill])?;
        let contacts = [0, 1, times + 1, times + 3].map(|contacts| with(&facts, "finding.impact_contacts", json!(contacts)));
        never_falls(contacts, &[goodwill])?;
        let tiers = ["standard", "silver", "gold", "strategic"].map(|tier| with(&facts, "customer.tier", json!(tier)));
        never_falls(tiers, &[goodwill])?;
    }

    /// The place of a fact is no matter: whichever charge comes first, the same is reimbursed.
    #[test]
    fn the_order_of_charges_changes_no_sum(facts in penalties(), by in select(vec![1_usize, 2])) {
        let mut turned = facts.clone();
        if let Some(Json::Array(charges)) = turned.get_mut("dispute.consequential_charges") {
            let by = by % charges.len().max(1);
            charges.rotate_left(by);
        }
        prop_assert_eq!(reimbursed(&decide(&facts)), reimbursed(&decide(&turned)));
    }
}
