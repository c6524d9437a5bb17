//! What `redress generate` makes up.

use super::Stage;

#[test]
fn a_case_is_made_up_whole() {
    let text = Stage::empty("generate").run("generate cases --count 1 --seed 7");
    insta::assert_snapshot!(text, @r#"
    status 0
    --- stdout
    {"complaint":{"case_id":"G-00000001","received_at":"2026-03-28T18:37:09Z","channel":"phone","notice_form":"oral","language":"es","jurisdiction":"CO"},"customer":{"customer_id":"C-00000001","segment":"small_business","tier":"silver","tenure_months":26,"annual_revenue":{"amount":"50715952.00","currency":"COP"},"annual_contribution":{"amount":"-507152.00","currency":"COP"},"lifetime_value":{"amount":"-1014304.00","currency":"COP"},"churn_risk":"0.29","leave_threat":true,"vulnerable":false,"vulnerability_flags":[],"essential_service":false,"credit_risk_grade":"D"},"account":{"account_id":"A-00000001","product":"goods","contract_type":"one_off","contract_start":"2024-01-16","provider_notice_period_days":90,"billing_cycle_days":30},"invoice":{"invoice_id":"I-00000001","statement_sent_on":"2026-01-04","issued_on":"2026-01-04","due_on":"unknown","total":{"amount":"48729600.00","currency":"COP"},"paid":{"amount":"0.00","currency":"COP"},"fiscal_document":{"kind":"factura_electronica","authorised_at":"2026-01-04T00:00:00-05:00","tax_value_affected":false,"recipient_acknowledged":true}},"dispute":{"reason_code":"PRICE","disputed_lines":[{"line_id":"1","billed":{"amount":"48729600.00","currency":"COP"},"claimed_correct":{"amount":"14131584.00","currency":"COP"}}],"disputed_amount":{"amount":"48729600.00","currency":"COP"},"customer_request":"refund","error_date":"2025-12-17","related_charges":[],"deficient_service":false,"occurrences":1,"consequential_charges":[]},"finding":{"status":"complete","liability":"our_error","our_share":"1","justified_mistake":false,"correct_amount":{"amount":"0.00","currency":"COP"},"confidence":"0.95","root_cause":"price_master","instruction_source":"none","accounts_affected":1,"severity":"moderate","impact_contacts":2},"history":{"disputes_12m":0,"disputes_upheld_12m":0,"invoices_12m":12,"goodwill_12m":{"amount":"0.00","currency":"COP"},"goodwill_count_12m":0,"small_claims_12m":0,"courtesy_credit_used":false,"same_topic_explained":0,"offers_rejected":0,"behaviour_incidents":[],"open_regulated_rights":[]},"economics":{"handler_rate_per_hour":{"amount":"51200.00","currency":"COP"},"estimated_minutes":34,"escalation_cost":{"amount":"384000.00","currency":"COP"},"chance_of_escalation":"0.09","chance_customer_right":"0.22"},"correspondence":[],"offers":[],"steps_done":[{"step":"acknowledge","at":"2026-03-29T20:37:09Z"}]}
    "#);
}

#[test]
fn a_longer_history_begins_with_the_shorter_one() {
    let stage = Stage::empty("generate-longer");
    insta::assert_snapshot!(stage.run("generate cases --count 2500 --seed 7 --out long.jsonl"), @"
    status 0
    --- stderr
    2,500 cases written to long.jsonl
    ");
    insta::assert_snapshot!(stage.run("generate cases --count 30 --seed 7 --out short.jsonl"), @"
    status 0
    --- stderr
    30 cases written to short.jsonl
    ");
    let read = |name: &str| std::fs::read_to_string(stage.directory.join(name)).unwrap();
    let (long, short) = (read("long.jsonl"), read("short.jsonl"));
    assert_eq!((long.lines().count(), short.lines().count()), (2500, 30));
    assert!(long.starts_with(&short));
    assert_eq!(stage.run("generate cases --count 30 --seed 7"), format!("status 0\n--- stdout\n{short}"));
}

#[test]
fn what_is_made_up_is_decided() {
    let stage = Stage::empty("generate-decided");
    stage.run("generate cases --count 60 --out history.jsonl");
    let text = stage.run("decide history.jsonl --at 2026-07-15");
    let said = text.split("--- stderr\n").nth(1).unwrap_or_default();
    insta::assert_snapshot!(said, @"60 cases: 58 decided, 2 need facts, 0 referred to a person, 0 wrong");
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let stage = Stage::empty("generate-nowhere");
    insta::assert_snapshot!(stage.run("generate cases --out nowhere/history.jsonl"), @"
    status 3
    --- stderr
    error: `nowhere/history.jsonl` cannot be written: No such file or directory (os error 2)
    ");
    insta::assert_snapshot!(stage.run("generate cases --count -3"), @"
    status 2
    --- stderr
    error: unexpected argument '-3' found

    Usage: redress generate cases [OPTIONS]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("generate cases --count 0"), @"status 0");
}
