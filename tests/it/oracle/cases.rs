//! Cases for made bundles.

use super::conditions::VALUES;
use crate::generated_bundles::Choices;
use std::fmt::Write;

/// The facts of a case, as `semantics::case` reads them.
pub(super) fn facts(choices: &mut Choices) -> String {
    let mut text = String::new();
    for (fact, values) in VALUES.into_iter().chain([("input.m", &["0", "2"][..]), ("input.other", &["4.00 USD", "2.50 EUR"][..])])
    {
        match choices.below(8) {
            0 => {}
            1 => drop(write!(text, "; {fact}: unknown")),
            _ => drop(write!(text, "; {fact}: {}", choices.one(values))),
        }
    }
    let charges = [
        "[]",
        "unknown",
        "[{kind: late_fee, amount: 10.01 USD, evidence: receipt}]",
        "[{amount: 2.00 USD, evidence: unknown}]",
        "[{kind: bank_fee, amount: 3.00 USD, evidence: unknown}, {kind: late_fee, amount: 7.50 EUR, evidence: claim_only}]",
        "[{kind: bank_fee, amount: 3.00 USD}, {amount: 8.00 USD, evidence: receipt}, {kind: late_fee, amount: 9.00 USD}]",
    ];
    if choices.below(5) > 0 {
        let _ = write!(text, "; dispute.consequential_charges: {}", choices.one(&charges));
    }
    let amount = choices.one(&["64.20 USD", "64.20 USD", "30.00 EUR", "6400 JPY", "12.345 BHD"]);
    let language = choices.one(&["en", "es-MX", "pt-BR", "de"]);
    let place = choices.one(&["US-VA", "US-VA", "US", "GB", "ES"]);
    let _ = write!(
        text,
        "; complaint.case_id: D-1; complaint.received_at: 2026-03-02T09:00:00Z; complaint.language: {language}; complaint.jurisdiction: {place}; \
         customer.customer_id: C-1; dispute.reason_code: DUPLICATE; dispute.disputed_amount: {amount}"
    );
    for (fact, values) in [
        ("finding.liability", &["our_error", "no_error", "unknown"][..]),
        ("finding.correct_amount", &["0.00 USD", "20.00 USD"]),
        ("finding.severity", &["minor", "severe", "unknown"]),
        ("account.product", &["credit_card", "telecom"]),
        ("account.billing_cycle_days", &["30", "unknown"]),
        ("invoice.statement_sent_on", &["2026-02-20"]),
        ("history.open_regulated_rights", &["[]", "[chargeback]", "unknown"]),
        ("exit_request", &["{by: manager, reason: asked}"]),
        (
            "steps_done",
            &["[]", "[{step: answer, at: 2026-03-04T10:00:00Z}]", "[{step: answer, at: 2026-06-04T10:00:00Z}]", "unknown"],
        ),
        ("complaint.policy_date", &["2026-01-15", "2026-02-10", "2025-12-30"]),
        ("at", &["2026-03-05T00:00:00Z", "2026-03-20T12:00:00Z", "2026-07-01T00:00:00Z"]),
    ] {
        if choices.below(3) > 0 && !(fact == "complaint.policy_date" && choices.below(3) > 0) {
            let _ = write!(text, "; {fact}: {}", choices.one(values));
        }
    }
    text.trim_start_matches("; ").to_owned()
}
