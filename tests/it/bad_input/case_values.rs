//! Single facts of a case that are not what they should be.

use super::cases;

fn fact(text: &str) -> String {
    cases("case.yaml", text)
}

#[test]
fn yes_no_and_quoted_truths() {
    insta::assert_snapshot!(fact(r#"
customer: {leave_threat: yes, vulnerable: NO, essential_service: "true"}
"#), @r#"
    error[R0102]: `customer.leave_threat` expects `true` or `false`, found `yes`
     --> case.yaml:1:26
      |
    1 | customer: {leave_threat: yes, vulnerable: NO, essential_service: "true"}
      |                          ^^^
      |
      = help: write `true`

    error[R0102]: `customer.vulnerable` expects `true` or `false`, found `NO`
     --> case.yaml:1:43
      |
    1 | customer: {leave_threat: yes, vulnerable: NO, essential_service: "true"}
      |                                           ^^
      |
      = help: write `false`

    error[R0102]: `customer.essential_service` expects `true` or `false`, found `true`
     --> case.yaml:1:66
      |
    1 | customer: {leave_threat: yes, vulnerable: NO, essential_service: "true"}
      |                                                                  ^^^^^^
      |
      = help: take the quotes away: quoted, it is text

    3 errors
    "#);
}

#[test]
fn numbers_that_are_none() {
    insta::assert_snapshot!(fact(r#"
customer: {tenure_months: 3.5}
dispute: {occurrences: "2"}
account: {delinquent_days: -4, billing_cycle_days: 1e2}
"#), @r#"
    error[R0102]: `customer.tenure_months` expects a whole number, found `3.5`
     --> case.yaml:1:27
      |
    1 | customer: {tenure_months: 3.5}
      |                           ^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    error[R0102]: `dispute.occurrences` expects a whole number, found `2`
     --> case.yaml:2:24
      |
    2 | dispute: {occurrences: "2"}
      |                        ^^^
      |
      = help: take the quotes away: quoted, it is text

    error[R0104]: `account.delinquent_days` is never below zero, found `-4`
     --> case.yaml:3:28
      |
    3 | account: {delinquent_days: -4, billing_cycle_days: 1e2}
      |                            ^^
      |
      = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    error[R0102]: `account.billing_cycle_days` expects a whole number, found `1e2`
     --> case.yaml:3:52
      |
    3 | account: {delinquent_days: -4, billing_cycle_days: 1e2}
      |                                                    ^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    4 errors
    "#);
}

#[test]
fn a_share_out_of_range() {
    insta::assert_snapshot!(fact(r"
customer: {churn_risk: 1.5}
finding: {our_share: -0.1, confidence: 98%}
"), @"
    error[R0104]: `customer.churn_risk` lies between 0 and 1, found `1.5`
     --> case.yaml:1:24
      |
    1 | customer: {churn_risk: 1.5}
      |                        ^^^
      |
      = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    error[R0104]: `finding.our_share` lies between 0 and 1, found `-0.1`
     --> case.yaml:2:22
      |
    2 | finding: {our_share: -0.1, confidence: 98%}
      |                      ^^^^
      |
      = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    error[R0102]: `finding.confidence`: `98%` is not a number
     --> case.yaml:2:40
      |
    2 | finding: {our_share: -0.1, confidence: 98%}
      |                                        ^^^
      |
      = help: write a share of one: `0.98`

    3 errors
    ");
}

#[test]
fn unknown_for_what_cannot_be_unknown() {
    insta::assert_snapshot!(fact(r"
complaint: {case_id: unknown, received_at: unknown, language: unknown, jurisdiction: unknown, time_zone: unknown, policy_date: unknown}
"), @"
    error[R0108]: `complaint.case_id` cannot be unknown
     --> case.yaml:1:22
      |
    1 | complaint: {case_id: unknown, received_at: unknown, language: unknown, jurisdiction: unknown, time_zone: unknown,...
      |                      ^^^^^^^
      |
      = help: leave it out if nobody has given it

    error[R0108]: `complaint.received_at` cannot be unknown
     --> case.yaml:1:44
      |
    1 | complaint: {case_id: unknown, received_at: unknown, language: unknown, jurisdiction: unknown, time_zone: unknown,...
      |                                            ^^^^^^^
      |
      = help: leave it out if nobody has given it

    error[R0108]: `complaint.language` cannot be unknown
     --> case.yaml:1:63
      |
    1 | complaint: {case_id: unknown, received_at: unknown, language: unknown, jurisdiction: unknown, time_zone: unknown,...
      |                                                               ^^^^^^^
      |
      = help: leave it out if nobody has given it

    error[R0108]: `complaint.jurisdiction` cannot be unknown
     --> case.yaml:1:86
      |
    1 | complaint: {case_id: unknown, received_at: unknown, language: unknown, jurisdiction: unknown, time_zone: unknown,...
      |                                                                                      ^^^^^^^
      |
      = help: leave it out if nobody has given it

    error[R0108]: `complaint.time_zone` cannot be unknown
     --> case.yaml:1:106
      |
    1 | ...nguage: unknown, jurisdiction: unknown, time_zone: unknown, policy_date: unknown}
      |                                                       ^^^^^^^
      |
      = help: leave it out if nobody has given it

    error[R0108]: `complaint.policy_date` cannot be unknown
     --> case.yaml:1:128
      |
    1 | ...diction: unknown, time_zone: unknown, policy_date: unknown}
      |                                                       ^^^^^^^
      |
      = help: leave it out if nobody has given it

    6 errors
    ");
}

#[test]
fn the_words_for_missing() {
    insta::assert_snapshot!(fact(r"
customer: {tier: missing, tenure_months: n/a, leave_threat: none}
"), @"
    error[R0103]: `customer.tier` expects one of standard, silver, gold, strategic, found `missing`
     --> case.yaml:1:18
      |
    1 | customer: {tier: missing, tenure_months: n/a, leave_threat: none}
      |                  ^^^^^^^
      |
      = help: leave the fact out where nobody has given it, or write `unknown` where it was asked and is not known

    error[R0102]: `customer.tenure_months` expects a whole number, found `n/a`
     --> case.yaml:1:42
      |
    1 | customer: {tier: missing, tenure_months: n/a, leave_threat: none}
      |                                          ^^^
      |
      = help: leave the fact out where nobody has given it, or write `unknown` where it was asked and is not known

    error[R0102]: `customer.leave_threat` expects `true` or `false`, found `none`
     --> case.yaml:1:61
      |
    1 | customer: {tier: missing, tenure_months: n/a, leave_threat: none}
      |                                                             ^^^^
      |
      = help: leave the fact out where nobody has given it, or write `unknown` where it was asked and is not known

    3 errors
    ");
}

#[test]
fn one_item_where_a_list_is_written() {
    insta::assert_snapshot!(fact(r"
history: {open_regulated_rights: billing error notice}
dispute:
  related_charges:
    kind: finance_charge
    amount: 3.15 USD
"), @"
    error[R0102]: `history.open_regulated_rights` expects a list, found `billing error notice`
     --> case.yaml:1:34
      |
    1 | history: {open_regulated_rights: billing error notice}
      |                                  ^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it as a list, even for one item: `[billing error notice]`

    error[R0102]: `dispute.related_charges` expects a list, found a mapping
     --> case.yaml:4:5
      |
    4 | /     kind: finance_charge
    5 | |     amount: 3.15 USD
      | |____________________^
      |
      = help: write it as a list, even for one item: `[...]`

    2 errors
    ");
}

#[test]
fn a_mistake_inside_a_list() {
    insta::assert_snapshot!(fact(r"
dispute:
  related_charges:
    - {kind: finance_charge, amount: 3.15 USD}
    - {kind: finance_chrage, amuont: 3.15 USD}
    - finance_charge
"), @"
    error[R0103]: `dispute.related_charges[2].kind` expects one of finance_charge, late_fee, late_interest, fixed_recovery_charge, tax, found `finance_chrage`
     --> case.yaml:4:14
      |
    4 |     - {kind: finance_chrage, amuont: 3.15 USD}
      |              ^^^^^^^^^^^^^^
      |
      = help: did you mean `finance_charge`?

    error[R0101]: there is no fact `dispute.related_charges[2].amuont`
     --> case.yaml:4:30
      |
    4 |     - {kind: finance_chrage, amuont: 3.15 USD}
      |                              ^^^^^^
      |
      = help: did you mean `amount`?

    error[R0102]: `dispute.related_charges[3]` expects a mapping of facts, found `finance_charge`
     --> case.yaml:5:7
      |
    5 |     - finance_charge
      |       ^^^^^^^^^^^^^^
      |
      = help: its facts are `kind`, `amount` ...

    3 errors
    ");
}

#[test]
fn a_number_for_a_text() {
    insta::assert_snapshot!(cases("case.json", r#"{"complaint": {"case_id": 17, "language": true}}"#), @r#"
    error[R0102]: `complaint.case_id` expects text, found `17`
     --> case.json:1:27
      |
    1 | {"complaint": {"case_id": 17, "language": true}}
      |                           ^^
      |
      = help: write it in quotes: `"17"`

    error[R0102]: `complaint.language` expects text, found `true`
     --> case.json:1:43
      |
    1 | {"complaint": {"case_id": 17, "language": true}}
      |                                           ^^^^
      |
      = help: write it in quotes: `"true"`

    2 errors
    "#);
}

#[test]
fn a_text_that_is_too_long() {
    let text = format!("complaint: {{case_id: {}}}", "x".repeat(70_000));
    insta::assert_snapshot!(fact(&text), @"
    error[R0006]: `complaint.case_id` has 70000 bytes, more than the 65536 that one text may have
     --> case.yaml:1:22
      |
    1 | ...d: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: split it into several, or leave out what nothing needs

    1 error
    ");
}
