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

#[test]
fn a_step_that_may_have_been_taken_gives_no_money_away() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: answer, when: {account.product: telecom}, step: answer, due: {within: 10 calendar days, after: complaint.received_at}, on_breach: concede, because: Silence grants the petition.}
  - {id: send, step: send, due: {within: 2 calendar days, after: step answer}}
  - {id: pay, step: pay, due: {within: 2 calendar days, after: invoice.statement_sent_on}}
=== decisions/late.yaml
decision: late
hit: first
outputs: {word: {type: text}, pay: {type: text}}
rules:
  - {id: kept, when: {clock.answer.breached: false}, then: {word: kept, pay: '= if clock.pay.breached ?? true {\"perhaps\"} else {\"kept\"}'}, because: Kept.}
otherwise: {word: not kept, pay: '= if clock.pay.breached ?? true {\"perhaps\"} else {\"kept\"}', because: Not kept.}
";
    let late = "account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-20T12:00:00Z";
    insta::assert_snapshot!(clocks(text, &[
        &format!("steps_done: unknown; invoice.statement_sent_on: unknown; {late}"),
        &format!("steps_done: [{{step: answer, at: unknown}}]; {late}"),
        &format!("steps_done: [{{step: unknown, at: 2026-03-05T09:00:00Z}}]; {late}"),
        &format!("steps_done: [{{step: other, at: 2026-03-05T09:00:00Z}}]; {late}"),
    ]), @"
    [steps_done: unknown; invoice.statement_sent_on: unknown; account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-20T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -6 left, open: steps_done
      clock pay: waiting, `invoice.statement_sent_on` is not known
      clock send: waiting, when the step `answer` was done is not known
    [steps_done: [{step: answer, at: unknown}]; account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-20T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -6 left, open: steps_done
      clock pay: waiting, `invoice.statement_sent_on` is not given yet
      clock send: waiting, when the step `answer` was done is not known
    [steps_done: [{step: unknown, at: 2026-03-05T09:00:00Z}]; account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-20T12:00:00Z]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -6 left, open: steps_done
      clock pay: waiting, `invoice.statement_sent_on` is not given yet
      clock send: waiting, when the step `answer` was done is not known
    [steps_done: [{step: other, at: 2026-03-05T09:00:00Z}]; account.product: telecom; finding.correct_amount: 0.00 USD; at: 2026-03-20T12:00:00Z]
      outcome: decided by answer -> value concede_by_deadline
        because Silence grants the petition.
      correction: decided by otherwise -> amount 64.20 USD, instrument credit
        because Nothing.
        clock answer: amount 0.00 USD -> 64.20 USD (Silence grants the petition.)
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -6 left
      clock send: breached, due 2026-03-16, binding, -4 left
      clock pay: waiting, `invoice.statement_sent_on` is not given yet
    ");
}

#[test]
fn what_silence_grants_is_rounded_as_other_amounts_are() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: answer, step: answer, due: {within: 10 calendar days, after: complaint.received_at}, on_breach: concede}
";
    insta::assert_snapshot!(clocks(text, &["dispute.disputed_amount: 64.207 USD; finding.correct_amount: 0.00 USD; at: 2026-03-20T12:00:00Z"]), @"
    [dispute.disputed_amount: 64.207 USD; finding.correct_amount: 0.00 USD; at: 2026-03-20T12:00:00Z]
      outcome: decided by answer -> value concede_by_deadline
      correction: decided by otherwise -> amount 64.21 USD, instrument credit
        because Nothing.
        clock answer: amount 0.00 USD -> 64.21 USD
      goes to regulatory_breach_review, level 3: answer
      clock answer: breached, due 2026-03-12, binding, -6 left
    ");
}

#[test]
fn the_reason_of_a_guardrail_tells_the_day_of_a_clock() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: finish, step: finish, due: {within: 10 calendar days, after: complaint.received_at}}
=== guardrails/all.yaml
guardrails:
  - {id: look, refer: legal_compliance, because: 'We have to finish by {clock.finish.due}.'}
";
    let policy = super::policy(&super::clocks::bundle(text));
    let (case, at) = super::case(&format!("{}; finding.correct_amount: 0.00 USD; at: 2026-03-05T12:00:00Z", super::DISPUTE));
    let decision = crate::oracle::decide(&policy, &case, at).unwrap();
    let told: Vec<_> = decision.explanation.iter().filter(|line| line.rule().starts_with("guardrails/")).collect();
    insta::assert_snapshot!(serde_json::to_string(&told).unwrap(), @r#"[{"rule":"guardrails/look","because":"We have to finish by 2026-03-12.","source":null,"place":"","inputs":{},"effect":"referred to legal_compliance"}]"#);
}

#[test]
fn what_is_open_about_a_pack_is_what_tells_whether_it_applies() {
    let text = "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
packs: [phone]
=== decisions/severity.yaml
decision: severity
required: [finding.severity]
outputs: {level: {type: enum, values: [low, high]}}
rules: [{id: high, when: {finding.severity: [serious, severe]}, then: {level: high}, because: High.}]
otherwise: {level: low, because: Low.}
=== packs/phone/bundle.yaml
pack: phone
version: 1
when: {account.product: telecom}
=== packs/phone/obligations/all.yaml
obligations:
  - id: answer
    step: answer
    due:
      - {when: {severity.level: high}, within: 30 calendar days, after: complaint.received_at}
      - {within: 10 calendar days, after: complaint.received_at}
";
    insta::assert_snapshot!(super::disputes(text, &["at: 2026-03-20T12:00:00Z", "account.product: telecom; finding.severity: minor; at: 2026-03-20T12:00:00Z"]), @"
    [at: 2026-03-20T12:00:00Z]
    needs_facts, needs finding.severity
      severity: needs_facts
        needs finding.severity
      clock answer: running, due 2026-04-01, perhaps 2026-03-12 already, binding, 8 left, open: account.product, severity.level

    [account.product: telecom; finding.severity: minor; at: 2026-03-20T12:00:00Z]
    decided
      severity: decided by otherwise -> level low
        because Low.
        nearest high: `finding.severity` is minor, the rule asks for serious, severe
      clock answer: breached, due 2026-03-12, binding, -6 left
    ");
}
