//! What a missed clock brings: a report, an incident, or the end of the case.

use super::clocks::clocks;
use std::fmt::Write;

#[test]
#[expect(clippy::too_many_lines, reason = "one snapshot, read from top to bottom")]
fn a_missed_clock_is_reported_escalates_or_concedes() {
    let text = |breach: &str| {
        format!(
            "=== obligations/all.yaml
obligations:
  - id: answer
    when: {{account.product: telecom}}
    step: answer
    due: {{within: 10 calendar days, after: complaint.received_at}}
    on_breach: {breach}
    because: Silence grants the petition.
    source: the law, art. 1
"
        )
    };
    let mut told = String::new();
    for breach in ["report", "escalate", "concede", "[report, concede]"] {
        let _ = writeln!(told, "{breach}");
        told.push_str(&clocks(
            &text(breach),
            &[
                "account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-12T12:00:00Z",
                "account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z",
            ],
        ));
    }
    told.push_str(&clocks(
        &text("concede"),
        &[
            // Nothing at all is known of the merits.
            "account.product: telecom; at: 2026-03-13T12:00:00Z",
            // What only may apply does not give money away: a person looks.
            "finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z",
            // An answer that came too late is no answer.
            "account.product: telecom; steps_done: [{step: answer, at: 2026-03-14T09:00:00Z}]; at: 2026-03-20T12:00:00Z",
            "account.product: telecom; steps_done: [{step: answer, at: 2026-03-12T09:00:00Z}]; at: 2026-03-20T12:00:00Z",
        ],
    ));
    insta::assert_snapshot!(told, @r"
    report
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-12T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      clock answer: running, due 2026-03-12, binding, 0 left
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      clock answer: breached, due 2026-03-12, binding, -1 left
    escalate
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-12T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      clock answer: running, due 2026-03-12, binding, 0 left
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -1 left
    concede
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-12T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      clock answer: running, due 2026-03-12, binding, 0 left
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z]
      outcome: decided by answer -> value concede_by_deadline
        because Silence grants the petition.
      correction: decided by otherwise -> amount 64.20 USD, instrument credit
        because Nothing.
        clock answer: amount 0.00 USD -> 64.20 USD (Silence grants the petition.)
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -1 left
    [report, concede]
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-12T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      clock answer: running, due 2026-03-12, binding, 0 left
    [account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z]
      outcome: decided by answer -> value concede_by_deadline
        because Silence grants the petition.
      correction: decided by otherwise -> amount 64.20 USD, instrument credit
        because Nothing.
        clock answer: amount 0.00 USD -> 64.20 USD (Silence grants the petition.)
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -1 left
    [account.product: telecom; at: 2026-03-13T12:00:00Z]
      outcome: decided by answer -> value concede_by_deadline
        because Silence grants the petition.
      correction: decided by answer -> amount 64.20 USD, instrument credit
        because Silence grants the petition.
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -1 left
    [finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -1 left, open: account.product
    [account.product: telecom; steps_done: [{step: answer, at: 2026-03-14T09:00:00Z}]; at: 2026-03-20T12:00:00Z]
      outcome: decided by answer -> value concede_by_deadline
        because Silence grants the petition.
      correction: decided by answer -> amount 64.20 USD, instrument credit
        because Silence grants the petition.
      goes to regulatory_breach_review, level 3: answer
      clock answer: done_late, due 2026-03-12, binding
    [account.product: telecom; steps_done: [{step: answer, at: 2026-03-12T09:00:00Z}]; at: 2026-03-20T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: needs_facts
      clock answer: done, due 2026-03-12, binding
    ");
}
