//! Dates, times, zones and places of a case.

use super::cases;

fn fact(text: &str) -> String {
    cases("case.yaml", text)
}

#[test]
fn days_in_other_shapes() {
    insta::assert_snapshot!(fact(r"
invoice: {issued_on: 02/20/2026, due_on: 20.02.2026, statement_sent_on: 2026-2-3}
account: {contract_start: 2026-02-30, first_deposit_at: 20260220, auto_collection_on: tomorrow}
"), @"
    error[R0102]: `invoice.issued_on`: `02/20/2026` is not a date
     --> case.yaml:1:22
      |
    1 | invoice: {issued_on: 02/20/2026, due_on: 20.02.2026, statement_sent_on: 2026-2-3}
      |                      ^^^^^^^^^^
      |
      = help: write it as `2026-03-05`

    error[R0102]: `invoice.due_on`: `20.02.2026` is not a date
     --> case.yaml:1:42
      |
    1 | invoice: {issued_on: 02/20/2026, due_on: 20.02.2026, statement_sent_on: 2026-2-3}
      |                                          ^^^^^^^^^^
      |
      = help: write it as `2026-03-05`

    error[R0102]: `invoice.statement_sent_on`: `2026-2-3` is not a date
     --> case.yaml:1:73
      |
    1 | invoice: {issued_on: 02/20/2026, due_on: 20.02.2026, statement_sent_on: 2026-2-3}
      |                                                                         ^^^^^^^^
      |
      = help: write it as `2026-03-05`

    error[R0102]: `account.contract_start`: there is no day 2026-02-30
     --> case.yaml:2:27
      |
    2 | account: {contract_start: 2026-02-30, first_deposit_at: 20260220, auto_collection_on: tomorrow}
      |                           ^^^^^^^^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    error[R0102]: `account.first_deposit_at`: `20260220` is not a date
     --> case.yaml:2:57
      |
    2 | account: {contract_start: 2026-02-30, first_deposit_at: 20260220, auto_collection_on: tomorrow}
      |                                                         ^^^^^^^^
      |
      = help: write it as `2026-03-05`

    error[R0102]: `account.auto_collection_on`: `tomorrow` is not a date
     --> case.yaml:2:87
      |
    2 | account: {contract_start: 2026-02-30, first_deposit_at: 20260220, auto_collection_on: tomorrow}
      |                                                                                       ^^^^^^^^
      |
      = help: write it as `2026-03-05`

    6 errors
    ");
}

#[test]
fn a_time_where_a_day_is_expected() {
    insta::assert_snapshot!(fact("invoice: {due_on: 2026-03-02T10:15:00-05:00}\n"), @"
    error[R0102]: `invoice.due_on`: `2026-03-02T10:15:00-05:00` is not a date
     --> case.yaml:1:19
      |
    1 | invoice: {due_on: 2026-03-02T10:15:00-05:00}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it as `2026-03-05`

    1 error
    ");
}

#[test]
fn times_without_an_offset_or_with_a_wrong_one() {
    insta::assert_snapshot!(fact("complaint: {received_at: 2026-03-02T10:15:00}\n"), @"
    error[R0102]: `complaint.received_at`: `2026-03-02T10:15:00` is not a time
     --> case.yaml:1:26
      |
    1 | complaint: {received_at: 2026-03-02T10:15:00}
      |                          ^^^^^^^^^^^^^^^^^^^
      |
      = help: write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`

    1 error
    ");
    insta::assert_snapshot!(fact("complaint: {received_at: 2026-03-02 10:15}\n"), @"
    error[R0102]: `complaint.received_at`: `2026-03-02 10:15` is not a time
     --> case.yaml:1:26
      |
    1 | complaint: {received_at: 2026-03-02 10:15}
      |                          ^^^^^^^^^^^^^^^^
      |
      = help: write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`

    1 error
    ");
    insta::assert_snapshot!(fact("complaint: {received_at: 2026-03-02T25:15:00Z}\n"), @"
    error[R0102]: `complaint.received_at`: `2026-03-02T25:15:00Z` is not a time
     --> case.yaml:1:26
      |
    1 | complaint: {received_at: 2026-03-02T25:15:00Z}
      |                          ^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`

    1 error
    ");
    insta::assert_snapshot!(fact("complaint: {received_at: 1772464500}\n"), @"
    error[R0102]: `complaint.received_at`: `1772464500` is not a time
     --> case.yaml:1:26
      |
    1 | complaint: {received_at: 1772464500}
      |                          ^^^^^^^^^^
      |
      = help: write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`

    1 error
    ");
}

#[test]
fn a_day_for_a_time_is_its_beginning() {
    insta::assert_snapshot!(fact("complaint: {case_id: D-1, received_at: 2026-03-02, jurisdiction: US-VA}\n"), @"the case `D-1` is fine");
}

#[test]
fn a_zone_that_does_not_exist() {
    insta::assert_snapshot!(fact("complaint: {case_id: D-1, received_at: 2026-03-02, time_zone: US/Virginia}\n"), @"
    error[R0102]: `complaint.time_zone`: `US/Virginia` is not a time zone of the IANA database (such as `America/Sao_Paulo`)
     --> case.yaml:1:63
      |
    1 | complaint: {case_id: D-1, received_at: 2026-03-02, time_zone: US/Virginia}
      |                                                               ^^^^^^^^^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    1 error
    ");
}

#[test]
fn places_that_are_none() {
    insta::assert_snapshot!(fact("complaint: {jurisdiction: USA}\n"), @"
    error[R0102]: `complaint.jurisdiction`: `USA` is not a place
     --> case.yaml:1:27
      |
    1 | complaint: {jurisdiction: USA}
      |                           ^^^
      |
      = help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`

    1 error
    ");
    insta::assert_snapshot!(fact("complaint: {jurisdiction: us-va}\n"), @"
    error[R0102]: `complaint.jurisdiction`: `us-va` is not a place
     --> case.yaml:1:27
      |
    1 | complaint: {jurisdiction: us-va}
      |                           ^^^^^
      |
      = help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`

    1 error
    ");
}
