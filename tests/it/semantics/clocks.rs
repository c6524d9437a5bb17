//! Clocks: when something is due, what stops them, what a missed one brings, and what is not known.

use super::{disputes, policy};
use std::fmt::Write;

/// The decisions that silence decides, and whatever stands below them.
pub(super) fn bundle(rest: &str) -> String {
    let start = "=== bundle.yaml
bundle: small
version: 1.0.0
currency: USD
calendar: US
=== decisions/outcome.yaml
decision: outcome
hit: first
outputs: {value: {type: enum, values: [uphold, reject, provisional, concede_by_deadline]}}
rules:
  - {id: ours, when: {finding.liability: our_error}, then: {value: uphold}, because: Ours.}
otherwise: {value: provisional, because: We are looking.}
=== decisions/correction.yaml
decision: correction
outputs: {amount: {type: money, default: 0.00}, instrument: {type: text, default: credit}}
required: [finding.correct_amount]
rules:
  - {id: difference, when: {outcome: uphold}, then: {amount: '= dispute.disputed_amount - finding.correct_amount'}, because: The difference.}
otherwise: {amount: 0.00, because: Nothing.}
";
    format!("{start}{rest}")
}

/// The lines about clocks, holds and where the case goes.
pub(super) fn clocks(rest: &str, cases: &[&str]) -> String {
    let whole = disputes(&bundle(rest), cases);
    let is_told = |line: &&str| {
        let line = line.trim_start();
        ["[", "clock", "hold", "goes to", "outcome", "correction", "because"].iter().any(|start| line.starts_with(start))
    };
    whole.lines().filter(is_told).fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{line}");
        text
    })
}

/// Only the clocks.
fn only(rest: &str, cases: &[&str]) -> String {
    let told = clocks(rest, cases);
    let kept = told.lines().filter(|line| line.starts_with('[') || line.trim_start().starts_with("clock"));
    kept.map(|line| format!("{line}\n")).collect()
}

#[test]
fn each_unit_is_counted_from_the_day_after_the_event() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: business, step: a, due: {within: 10 business days, after: complaint.received_at}}
  - {id: calendar, step: b, due: {within: 30 calendar days, after: complaint.received_at}}
  - {id: weeks, step: c, due: {within: 8 weeks, after: complaint.received_at}}
  - {id: months, step: d, due: {within: 1 month, after: complaint.received_at}}
  - {id: years, step: e, due: {within: 3 years, after: complaint.received_at}}
  - {id: hours, step: f, due: {within: 24 hours, after: complaint.received_at}}
";
    insta::assert_snapshot!(only(text, &["finding.correct_amount: 0.00 USD"]), @r"
    [finding.correct_amount: 0.00 USD]
      clock hours: breached, due 2026-03-03T09:00:00Z, binding, -1 left
      clock business: running, due 2026-03-16, binding, 8 left
      clock calendar: running, due 2026-04-01, binding, 20 left
      clock months: running, due 2026-04-02, binding, 21 left
      clock weeks: running, due 2026-04-27, binding, 38 left
      clock years: running, due 2029-03-02, binding, 749 left
    ");
}

#[test]
fn the_day_of_an_instant_is_that_of_the_zone_of_the_case() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: one, step: a, due: {within: 1 calendar days, after: complaint.received_at}}
";
    insta::assert_snapshot!(only(text, &[
        "complaint.received_at: 2026-03-03T03:00:00Z",
        "complaint.received_at: 2026-03-03T03:00:00Z; complaint.time_zone: UTC",
    ]), @r"
    [complaint.received_at: 2026-03-03T03:00:00Z]
      clock one: breached, due 2026-03-03, binding, -1 left
    [complaint.received_at: 2026-03-03T03:00:00Z; complaint.time_zone: UTC]
      clock one: breached, due 2026-03-04, binding, -1 left
    ");
}

#[test]
fn a_clock_that_ends_on_a_day_off_rolls_as_it_says() {
    // The third of July is observed for the Fourth, a Saturday.
    let text = "=== obligations/all.yaml
obligations:
  - {id: next, step: a, due: {within: 30 calendar days, after: complaint.received_at}}
  - {id: none, step: b, roll: none, due: {within: 30 calendar days, after: complaint.received_at}}
  - {id: previous, step: c, roll: previous, due: {within: 30 calendar days, after: complaint.received_at}}
  - {id: by-line, step: d, roll: previous, due: [{within: 30 calendar days, after: complaint.received_at, roll: none}]}
  - {id: bounded, step: e, due: {within: 40 business days, after: complaint.received_at, at_most: 31 calendar days}}
";
    insta::assert_snapshot!(only(text, &["complaint.received_at: 2026-06-03T12:00:00Z; at: 2026-06-04T12:00:00Z"]), @r"
    [complaint.received_at: 2026-06-03T12:00:00Z; at: 2026-06-04T12:00:00Z]
      clock previous: running, due 2026-07-02, binding, 19 left
      clock by-line: running, due 2026-07-03, binding, 19 left
      clock none: running, due 2026-07-03, binding, 19 left
      clock bounded: running, due 2026-07-06, binding, 20 left
      clock next: running, due 2026-07-06, binding, 20 left
    ");
}

#[test]
fn the_first_line_that_applies_counts_and_what_is_not_known_never_shortens_it() {
    let text = "=== obligations/all.yaml
obligations:
  - id: look
    step: a
    roll: none
    due:
      - {when: {account.age_days: at most 30}, within: 20 business days, after: complaint.received_at}
      - {when: {dispute.payment_context.foreign: true}, within: 90 calendar days, after: complaint.received_at}
      - {within: 10 business days, after: complaint.received_at}
";
    insta::assert_snapshot!(only(text, &[
        "account.first_deposit_at: 2026-02-20",
        "account.first_deposit_at: 2023-02-20",
        "account.first_deposit_at: 2023-02-20; dispute.payment_context.foreign: true",
        "account.first_deposit_at: 2023-02-20; dispute.payment_context.foreign: unknown",
        "account.first_deposit_at: unknown",
    ]), @r"
    [account.first_deposit_at: 2026-02-20]
      clock look: running, due 2026-03-30, binding, 18 left
    [account.first_deposit_at: 2023-02-20]
      clock look: running, due 2026-03-16, binding, 8 left
    [account.first_deposit_at: 2023-02-20; dispute.payment_context.foreign: true]
      clock look: running, due 2026-05-31, binding, 61 left
    [account.first_deposit_at: 2023-02-20; dispute.payment_context.foreign: unknown]
      clock look: running, due 2026-05-31, perhaps 2026-03-16 already, binding, 61 left, open: dispute.payment_context.foreign
    [account.first_deposit_at: unknown]
      clock look: running, due 2026-03-30, perhaps 2026-03-16 already, binding, 18 left, open: account.age_days
    ");
}

#[test]
fn an_obligation_that_may_apply_applies() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: card, when: {account.product: credit_card}, step: a, due: {within: 30 calendar days, after: complaint.received_at}}
  - {id: spoken, unless: {complaint.notice_form: oral}, step: b, due: {within: 30 calendar days, after: complaint.received_at}}
  - {id: later, step: c, due: {within: 30 calendar days, after: complaint.received_at}, from: 2026-03-03}
";
    insta::assert_snapshot!(only(text, &[
        "account.product: credit_card; complaint.notice_form: written",
        "account.product: loan; complaint.notice_form: oral",
        "account.product: unknown; complaint.notice_form: unknown",
        "complaint.policy_date: 2026-03-03",
    ]), @r"
    [account.product: credit_card; complaint.notice_form: written]
      clock card: running, due 2026-04-01, binding, 20 left
      clock spoken: running, due 2026-04-01, binding, 20 left
    [account.product: loan; complaint.notice_form: oral]
    [account.product: unknown; complaint.notice_form: unknown]
      clock card: running, due 2026-04-01, binding, 20 left, open: account.product
      clock spoken: running, due 2026-04-01, binding, 20 left, open: complaint.notice_form
    [complaint.policy_date: 2026-03-03]
      clock card: running, due 2026-04-01, binding, 20 left, open: account.product
      clock later: running, due 2026-04-01, binding, 20 left
      clock spoken: running, due 2026-04-01, binding, 20 left, open: complaint.notice_form
    ");
}

#[test]
fn billing_cycles_are_complete_ones_or_the_outer_limit_counts() {
    let text = "=== obligations/all.yaml
obligations:
  - id: resolve
    step: a
    roll: none
    due: {within: 2 billing cycles, after: complaint.received_at, at_most: 90 calendar days}
  - id: unbounded
    step: b
    due: {within: 2 billing cycles, after: complaint.received_at}
";
    insta::assert_snapshot!(only(text, &[
        "account.billing_cycle_days: 30; invoice.statement_sent_on: 2026-02-20",
        "account.billing_cycle_days: 60; invoice.statement_sent_on: 2026-02-20",
        "invoice.statement_sent_on: 2026-02-20",
        "account.billing_cycle_days: unknown; invoice.statement_sent_on: 2026-02-20",
    ]), @r"
    [account.billing_cycle_days: 30; invoice.statement_sent_on: 2026-02-20]
      clock resolve: running, due 2026-05-21, binding, 56 left
      clock unbounded: running, due 2026-05-21, binding, 56 left
    [account.billing_cycle_days: 60; invoice.statement_sent_on: 2026-02-20]
      clock resolve: running, due 2026-05-31, binding, 61 left
      clock unbounded: running, due 2026-08-19, binding, 117 left
    [invoice.statement_sent_on: 2026-02-20]
      clock resolve: running, due 2026-05-31, binding, 61 left, the billing cycles of the account are not known, so its outer limit counts
      clock unbounded: not_known, the billing cycles of the account are not known
    [account.billing_cycle_days: unknown; invoice.statement_sent_on: 2026-02-20]
      clock resolve: running, due 2026-05-31, binding, 61 left, the billing cycles of the account are not known, so its outer limit counts
      clock unbounded: not_known, the billing cycles of the account are not known
    ");
}

#[test]
fn a_clock_runs_from_a_step_when_it_is_done_or_else_when_it_is_due() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: tell, step: tell, due: {within: 2 business days, after: step credit}}
  - {id: credit, step: credit, due: {within: 10 business days, after: complaint.received_at}}
  - {id: never, step: other, due: {within: 2 business days, after: step nobody}}
";
    insta::assert_snapshot!(only(text, &[
        "",
        "steps_done: '[{step: credit, at: 2026-03-04T09:00:00Z}]'",
        "steps_done: '[{step: credit, at: 2026-03-04T09:00:00Z}, {step: tell, at: 2026-03-10T09:00:00Z}]'; at: 2026-03-11T00:00:00Z",
        "steps_done: '[{step: credit, at: 2026-03-20T09:00:00Z}]'; at: 2026-03-18T00:00:00Z",
    ].map(|facts| facts.replace('\'', "")).each_ref().map(String::as_str)), @r"
    []
      clock credit: running, due 2026-03-16, binding, 8 left
      clock tell: running, due 2026-03-18, binding, 10 left
      clock never: waiting, the step `nobody` is neither done nor due
    [steps_done: [{step: credit, at: 2026-03-04T09:00:00Z}]]
      clock tell: running, due 2026-03-06, binding, 2 left
      clock credit: done, due 2026-03-16, binding
      clock never: waiting, the step `nobody` is neither done nor due
    [steps_done: [{step: credit, at: 2026-03-04T09:00:00Z}, {step: tell, at: 2026-03-10T09:00:00Z}]; at: 2026-03-11T00:00:00Z]
      clock tell: done_late, due 2026-03-06, binding
      clock credit: done, due 2026-03-16, binding
      clock never: waiting, the step `nobody` is neither done nor due
    [steps_done: [{step: credit, at: 2026-03-20T09:00:00Z}]; at: 2026-03-18T00:00:00Z]
      clock credit: breached, due 2026-03-16, binding, -1 left
      clock tell: running, due 2026-03-18, binding, 1 left
      clock never: waiting, the step `nobody` is neither done nor due
    ");
}

#[test]
fn the_earliest_clock_of_a_step_binds_and_the_holds_of_all_add_up() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: law, step: answer, due: {within: 30 calendar days, after: complaint.received_at}, holds: [collection, late_fees]}
  - {id: own, step: answer, due: {within: 5 business days, after: complaint.received_at}, holds: [collection]}
  - {id: still, holds: [credit_reporting]}
";
    insta::assert_snapshot!(clocks(text, &["finding.correct_amount: 0.00 USD"]), @r"
    [finding.correct_amount: 0.00 USD]
      outcome: decided by otherwise -> value provisional
        because We are looking.
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
      hold collection: own, law
      hold credit_reporting: still
      hold late_fees: law
      clock own: running, due 2026-03-09, binding, 3 left
      clock law: running, due 2026-04-01, 20 left
      clock still: standing
    ");
}

#[test]
fn decisions_read_clocks_and_clocks_read_decisions() {
    let text = "=== decisions/urgency.yaml
decision: urgency
hit: first
let:
  left: {type: integer, value: '= days_between(day_of(at), clock.look_at_it.due)'}
outputs: {word: {type: text}, days: {type: integer, default: missing}}
rules:
  - {id: late, when: {clock.look-at-it.breached: true}, then: {word: late, days: = left}, because: It is late.}
  - {id: soon, when: {left: at most 3}, then: {word: soon, days: = left}, because: 'It is due on {clock.look_at_it.due}.'}
otherwise: {word: calm, because: There is time.}
=== obligations/all.yaml
obligations:
  - {id: look-at-it, step: look, due: {within: 10 calendar days, after: complaint.received_at}}
  - {id: pay, when: {outcome.value: uphold}, step: pay, due: {within: 1 business days, after: step look}}
";
    let cases = [
        "finding.correct_amount: 0.00 USD; at: 2026-03-05T12:00:00Z",
        "finding.liability: our_error; finding.correct_amount: 0.00 USD; at: 2026-03-10T12:00:00Z",
        "finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z",
    ];
    insta::assert_snapshot!(disputes(&bundle(text), &cases), @r"
    [finding.correct_amount: 0.00 USD; at: 2026-03-05T12:00:00Z]
    decided, provisional
      outcome: decided by otherwise -> value provisional
        because We are looking.
        nearest ours: `finding.liability` is missing, the rule asks for our_error
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
        nearest difference: `outcome` is provisional, the rule asks for uphold
      urgency: decided by otherwise -> word calm, days -
        because There is time.
        nearest late: `clock.look-at-it.breached` is false, the rule asks for true
        nearest soon: `left` is 7, the rule asks for at most 3
      clock look-at-it: running, due 2026-03-12, binding, 5 left

    [finding.liability: our_error; finding.correct_amount: 0.00 USD; at: 2026-03-10T12:00:00Z]
    decided, uphold
      outcome: decided by ours -> value uphold
        because Ours.
      correction: decided by difference -> amount 64.20 USD, instrument credit
        because The difference.
      urgency: decided by soon -> word soon, days 2
        because It is due on 2026-03-12.
      clock look-at-it: running, due 2026-03-12, binding, 2 left
      clock pay: running, due 2026-03-13, binding, 3 left

    [finding.correct_amount: 0.00 USD; at: 2026-03-13T12:00:00Z]
    decided, provisional
      outcome: decided by otherwise -> value provisional
        because We are looking.
        nearest ours: `finding.liability` is missing, the rule asks for our_error
      correction: decided by otherwise -> amount 0.00 USD, instrument credit
        because Nothing.
        nearest difference: `outcome` is provisional, the rule asks for uphold
      urgency: decided by late -> word late, days -1
        because It is late.
      clock look-at-it: breached, due 2026-03-12, binding, -1 left
    ");
}

#[test]
fn a_calendar_says_what_it_does_not_know() {
    let text = "=== obligations/all.yaml
obligations:
  - {id: business, step: a, due: {within: 10 business days, after: complaint.received_at}}
  - {id: rolls, step: b, due: {within: 30 calendar days, after: complaint.received_at}}
  - {id: stays, step: c, roll: none, due: {within: 30 calendar days, after: complaint.received_at}}
";
    insta::assert_snapshot!(only(text, &[
        "complaint.received_at: 2031-03-02T12:00:00Z; at: 2031-03-05T12:00:00Z",
        "complaint.received_at: 2030-12-20T12:00:00Z; at: 2030-12-22T12:00:00Z",
    ]), @r"
    [complaint.received_at: 2031-03-02T12:00:00Z; at: 2031-03-05T12:00:00Z]
      clock stays: running, due 2031-04-01, binding
      clock business: not_known, the calendar `US` knows the holidays of 2010 to 2030, and 2031-03-03 lies outside
      clock rolls: not_known, the calendar `US` knows the holidays of 2010 to 2030, and 2031-04-01 lies outside
    [complaint.received_at: 2030-12-20T12:00:00Z; at: 2030-12-22T12:00:00Z]
      clock stays: running, due 2031-01-19, binding
      clock business: not_known, the calendar `US` knows the holidays of 2010 to 2030, and 2031-01-01 lies outside
      clock rolls: not_known, the calendar `US` knows the holidays of 2010 to 2030, and 2031-01-19 lies outside
    ");
}

#[test]
fn a_bundle_brings_its_own_calendar() {
    let text = "=== calendars/house.yaml
calendar: HOUSE
version: 1
extends: US
years: {from: 2026, until: 2026}
days: {2026-03-06: The day the house is closed}
=== obligations/all.yaml
obligations:
  - {id: house, calendar: HOUSE, step: a, due: {within: 5 business days, after: complaint.received_at}}
  - {id: public, step: a, due: {within: 5 business days, after: complaint.received_at}}
";
    insta::assert_snapshot!(only(text, &["finding.correct_amount: 0.00 USD"]), @r"
    [finding.correct_amount: 0.00 USD]
      clock public: running, due 2026-03-09, binding, 3 left
      clock house: running, due 2026-03-10, 3 left
    ");
    assert!(policy(&bundle(text)).warnings().iter().next().is_none());
}

/// A bundle goes on where a calendar that is built in ends, and builds on one of its own, in whatever order the files come.
#[test]
fn a_calendar_goes_on_where_another_ends() {
    let text = "=== calendars/a.yaml
calendar: HOUSE
extends: US-ON
years: {from: 2030, until: 2031}
days: {2030-12-31: The house is closed, 2031-01-02: The house is closed}
=== calendars/z.yaml
calendar: US-ON
extends: US
years: {from: 2031, until: 2032}
days: {2031-01-01: New Year's Day}
=== obligations/all.yaml
obligations:
  - {id: house, calendar: HOUSE, step: a, due: {within: 5 business days, after: complaint.received_at}}
  - {id: public, calendar: US-ON, step: a, due: {within: 5 business days, after: complaint.received_at}}
";
    insta::assert_snapshot!(only(text, &[
        "complaint.received_at: 2030-12-26T12:00:00Z; at: 2030-12-27T12:00:00Z",
        "complaint.received_at: 2032-12-27T12:00:00Z; at: 2032-12-28T12:00:00Z",
        "complaint.received_at: 2009-12-27T12:00:00Z; at: 2009-12-28T12:00:00Z",
    ]), @"
    [complaint.received_at: 2030-12-26T12:00:00Z; at: 2030-12-27T12:00:00Z]
      clock public: running, due 2031-01-03, binding, 4 left
      clock house: running, due 2031-01-07, 4 left
    [complaint.received_at: 2032-12-27T12:00:00Z; at: 2032-12-28T12:00:00Z]
      clock house: not_known, the calendar `HOUSE` knows the holidays of 2030 to 2031, and 2032-12-28 lies outside
      clock public: not_known, the calendar `US-ON` knows the holidays of 2010 to 2032, and 2033-01-01 lies outside
    [complaint.received_at: 2009-12-27T12:00:00Z; at: 2009-12-28T12:00:00Z]
      clock house: not_known, the calendar `HOUSE` knows the holidays of 2030 to 2031, and 2009-12-28 lies outside
      clock public: not_known, the calendar `US-ON` knows the holidays of 2010 to 2032, and 2009-12-28 lies outside
    ");
    assert!(policy(&bundle(text)).warnings().iter().next().is_none());
}
