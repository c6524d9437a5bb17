//! `redress diff`: a change of the default bundle, told whole.

use super::Stage;

/// What a manager does to the default bundle: a figure is lowered, two rules change places, a guardrail is taken out, a comment is
/// written into a script.
#[test]
#[expect(clippy::too_many_lines, reason = "the whole output stands beside its input")]
fn a_change_of_the_default_bundle_is_told() {
    let stage = Stage::empty("diff-default");
    assert!(stage.run("new changed").starts_with("status 0"));
    let edit = |path: &str, from: &str, to: &str| {
        let path = stage.directory.join("changed").join(path);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    };
    edit("bundle.yaml", "per_case_cap: 250.00 case", "per_case_cap: 150.00 case");
    edit("scripts/second_offer.rhai", "fn goodwill", "// The next step of the ladder.\nfn goodwill");
    let goodwill = stage.directory.join("changed/decisions/goodwill.yaml");
    let text = std::fs::read_to_string(&goodwill).unwrap();
    let at = |id: &str| text.find(&format!("  - id: {id}")).unwrap();
    let (first, second, third) = (at("law-pays-already"), at("question-open"), at("ladder-ended"));
    let swapped = [&text[..first], &text[second..third], &text[first..second], &text[third..]].concat();
    std::fs::write(&goodwill, swapped).unwrap();
    let guardrails = stage.directory.join("changed/guardrails/goodwill.yaml");
    let text = std::fs::read_to_string(&guardrails).unwrap();
    let from = text.find("  - id: goodwill-times-a-year").unwrap();
    let until = text[from + 5..].find("  - id:").map_or(text.len(), |next| from + 5 + next);
    std::fs::write(&guardrails, [&text[..from], &text[until..]].concat()).unwrap();
    insta::assert_snapshot!(stage.run("diff built-in changed"), @"
    status 0
    --- stdout
    before  default 2026.11.1 (DIGEST), built in
    after   default 2026.11.1 (DIGEST), from changed

    Changed (3)
      parameter  goodwill.per_case_cap changed: 250.00 case -> 150.00 case
      rule       goodwill/question-open moved: 4th -> 3rd
      guardrail  goodwill-times-a-year removed
                   when: history.goodwill_count_12m at least
                     params.goodwill.count_cap -> (nothing)
                   cap goodwill.amount at 0.00 -> (nothing)

    What comes of it
      goodwill comes out differently in 6 regions, and may in 2 more
        1. decided by: one-time-courtesy; history.goodwill_count_12m: at least 3,
                missing, unknown
           before  one-time-courtesy: amount = dispute.disputed_amount, at most
                   250.00 (`goodwill-per-case`), at most 0.00
                   (`goodwill-times-a-year`)
           after   one-time-courtesy: amount = dispute.disputed_amount, at most
                   150.00 (`goodwill-per-case`)
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   misunderstanding, finding.status complete,
                   history.courtesy_credit_used false, history.goodwill_12m 100.00
                   USD, decided at 2026-03-05T00:00:00Z
                   goodwill.amount: 0.00 USD -> 80.00 USD
                   total: 0.00 USD -> 80.00 USD
                   approval: none -> team_leader
        2. decided by: small-claim; history.goodwill_count_12m: at least 3, missing,
                unknown
           before  small-claim: amount = dispute.disputed_amount, at most 250.00
                   (`goodwill-per-case`), at most 0.00 (`goodwill-times-a-year`)
           after   small-claim: amount = dispute.disputed_amount, at most 150.00
                   (`goodwill-per-case`)
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, economics.estimated_minutes 100,
                   economics.handler_rate_per_hour 100.00 USD,
                   finding.correct_amount 0.00 USD, finding.liability
                   misunderstanding, finding.status complete, history.goodwill_12m
                   100.00 USD, history.small_claims_12m 1, decided at
                   2026-03-05T00:00:00Z
                   goodwill.amount: 0.00 USD -> 80.00 USD
                   total: 0.00 USD -> 80.00 USD
                   approval: none -> team_leader
        3. decided by: worth-keeping; history.goodwill_count_12m: at least 3,
                missing, unknown; relationship.action: retain
           before  worth-keeping: amount = max(gesture.amount, for_staying), at most
                   250.00 (`goodwill-per-case`), at most 0.00
                   (`goodwill-times-a-year`)
           after   worth-keeping: amount = max(gesture.amount, for_staying), at most
                   150.00 (`goodwill-per-case`)
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.annual_contribution 10000.00 USD,
                   customer.customer_id CUSTOMER, customer.leave_threat true,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   our_error, finding.severity minor, finding.status complete,
                   history.goodwill_12m 100.00 USD, invoice.total 400.00 USD,
                   decided at 2026-03-05T00:00:00Z
                   goodwill.amount: 0.00 USD -> 150.00 USD
                   total: 100.00 USD -> 250.00 USD
                   approval: agent -> manager
        4. decided by: our-error; history.goodwill_count_12m: at least 3, missing,
                unknown; relationship.action: not retain, missing, unknown
           before  our-error: amount = gesture.amount, at most 250.00
                   (`goodwill-per-case`), at most 0.00 (`goodwill-times-a-year`)
           after   our-error: amount = gesture.amount, at most 150.00
                   (`goodwill-per-case`)
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   our_error, finding.severity minor, finding.status complete,
                   history.goodwill_12m 100.00 USD, decided at 2026-03-05T00:00:00Z
                   goodwill.amount: 0.00 USD -> 10.00 USD
                   total: 100.00 USD -> 110.00 USD
                   approval: agent -> team_leader
        5. decided by: worth-keeping; history.goodwill_count_12m: under 3;
                relationship.action: retain
           before  worth-keeping: amount = max(gesture.amount, for_staying), at most
                   250.00 (`goodwill-per-case`)
           after   worth-keeping: amount = max(gesture.amount, for_staying), at most
                   150.00 (`goodwill-per-case`)
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.annual_contribution 10000.00 USD,
                   customer.customer_id CUSTOMER, customer.leave_threat true,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   our_error, finding.severity minor, finding.status complete,
                   history.goodwill_12m 0.00 USD, history.goodwill_count_12m 2,
                   invoice.total 400.00 USD, decided at 2026-03-05T00:00:00Z
                   goodwill.amount: 250.00 USD -> 150.00 USD
                   total: 350.00 USD -> 250.00 USD
        6. decided by: our-error; history.goodwill_count_12m: under 3;
                relationship.action: not retain, missing, unknown
           before  our-error: amount = gesture.amount, at most 250.00
                   (`goodwill-per-case`)
           after   our-error: amount = gesture.amount, at most 150.00
                   (`goodwill-per-case`)
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   customer.vulnerable true, dispute.disputed_amount 100.00 USD,
                   dispute.reason_code DUPLICATE, finding.correct_amount 0.00 USD,
                   finding.liability our_error, finding.severity severe,
                   finding.status complete, history.goodwill_12m 0.00 USD,
                   history.goodwill_count_12m 2, invoice.total 400.00 USD, decided
                   at 2026-03-05T00:00:00Z
                   goodwill.amount: 250.00 USD -> 150.00 USD
                   total: 350.00 USD -> 250.00 USD
        7. decided by: one-time-courtesy; history.goodwill_count_12m: under 3
           before  one-time-courtesy: amount = dispute.disputed_amount, at most
                   250.00 (`goodwill-per-case`)
           after   one-time-courtesy: amount = dispute.disputed_amount, at most
                   150.00 (`goodwill-per-case`)
           no case was found that comes out differently; that there is none is not
                   proven
        8. decided by: small-claim; history.goodwill_count_12m: under 3
           before  small-claim: amount = dispute.disputed_amount, at most 250.00
                   (`goodwill-per-case`)
           after   small-claim: amount = dispute.disputed_amount, at most 150.00
                   (`goodwill-per-case`)
           no case was found that comes out differently; that there is none is not
                   proven
      Decide as before by what they are given, which may change: letters (through
      goodwill), totals (through goodwill), approval (through totals), look_back
      (through totals), prevention (through look_back), closing (through prevention,
      totals), request (through totals), plan (through look_back, prevention,
      request), guardrails (through totals).
      28 of 38 decisions are proved to decide as before.

    Decisions change: goodwill.
    ");
}
