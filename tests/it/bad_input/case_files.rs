//! Files of cases: every mistake of a wrong case at once, the other cases untouched.

use super::{BUNDLE, cases, decided};

#[test]
fn every_mistake_of_a_wrong_case_in_yaml() {
    insta::assert_snapshot!(cases("case.yaml", r"
complaint:
  case_id: D-1
  received_at: 2 March 2026
  jurisdiction: Virginia
  langauge: en
customer:
  tier: goldd
  tenure_months: three years
  churn_risk: 10
  leave_threat: yes
disputes:
  disputed_amount: 5
dispute:
  disputed_amount: 64.20
  related_charges: {kind: finance_charge, amount: 3.15 USD}
finding:
  severity: unknwon
"), @"
    error[R0102]: `complaint.received_at`: `2 March 2026` is not a time
     --> case.yaml:3:16
      |
    3 |   received_at: 2 March 2026
      |                ^^^^^^^^^^^^
      |
      = help: write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`

    error[R0102]: `complaint.jurisdiction`: `Virginia` is not a place
     --> case.yaml:4:17
      |
    4 |   jurisdiction: Virginia
      |                 ^^^^^^^^
      |
      = help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`

    error[R0101]: there is no fact `complaint.langauge`
     --> case.yaml:5:3
      |
    5 |   langauge: en
      |   ^^^^^^^^
      |
      = help: did you mean `language`?

    error[R0103]: `customer.tier` expects one of standard, silver, gold, strategic, found `goldd`
     --> case.yaml:7:9
      |
    7 |   tier: goldd
      |         ^^^^^
      |
      = help: did you mean `gold`?

    error[R0102]: `customer.tenure_months` expects a whole number, found `three years`
     --> case.yaml:8:18
      |
    8 |   tenure_months: three years
      |                  ^^^^^^^^^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    error[R0104]: `customer.churn_risk` lies between 0 and 1, found `10`
     --> case.yaml:9:15
      |
    9 |   churn_risk: 10
      |               ^^
      |
      = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    error[R0102]: `customer.leave_threat` expects `true` or `false`, found `yes`
      --> case.yaml:10:17
       |
    10 |   leave_threat: yes
       |                 ^^^
       |
       = help: write `true`

    error[R0101]: there is no group of facts `disputes`
      --> case.yaml:11:1
       |
    11 | disputes:
       | ^^^^^^^^
       |
       = help: did you mean `dispute`?

    error[R0106]: `dispute.disputed_amount`: `64.20` has no currency
      --> case.yaml:14:20
       |
    14 |   disputed_amount: 64.20
       |                    ^^^^^
       |
       = help: write it as `64.20 USD`

    error[R0102]: `dispute.related_charges` expects a list, found a mapping
      --> case.yaml:15:20
       |
    15 |   related_charges: {kind: finance_charge, amount: 3.15 USD}
       |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write it as a list, even for one item: `[...]`

    error[R0103]: `finding.severity` expects one of trivial, minor, moderate, serious, severe, found `unknwon`
      --> case.yaml:17:13
       |
    17 |   severity: unknwon
       |             ^^^^^^^
       |
       = help: write one of the names that are listed, or `unknown` where nobody knows

    11 errors
    ");
}

#[test]
fn every_mistake_of_a_wrong_case_in_json() {
    insta::assert_snapshot!(cases("case.json", r#"
{
  "complaint": {"case_id": 17, "received_at": "2026-03-02", "jurisdiction": "US-VA"},
  "dispute": {"disputed_amount": {"amount": 64.2, "currency": "USD"}, "occurrences": "1"},
  "invoice": {"total": 412.75, "due_on": "17.03.2026"},
  "finding": {"liability": "our_eror", "confidence": "98%"}
}
"#), @r#"
    error[R0102]: `complaint.case_id` expects text, found `17`
     --> case.json:2:28
      |
    2 |   "complaint": {"case_id": 17, "received_at": "2026-03-02", "jurisdiction": "US-VA"},
      |                            ^^
      |
      = help: write it in quotes: `"17"`

    error[R0106]: `dispute.disputed_amount` has an amount that is a JSON number; on its way such a number may pass through binary floating point
     --> case.json:3:45
      |
    3 |   "dispute": {"disputed_amount": {"amount": 64.2, "currency": "USD"}, "occurrences": "1"},
      |                                             ^^^^
      |
      = help: write it as text: `"64.2"`

    error[R0102]: `dispute.occurrences` expects a whole number, found `1`
     --> case.json:3:86
      |
    3 |   "dispute": {"disputed_amount": {"amount": 64.2, "currency": "USD"}, "occurrences": "1"},
      |                                                                                      ^^^
      |
      = help: take the quotes away: quoted, it is text

    error[R0106]: `invoice.total`: `412.75` has no currency
     --> case.json:4:24
      |
    4 |   "invoice": {"total": 412.75, "due_on": "17.03.2026"},
      |                        ^^^^^^
      |
      = help: write it as `64.20 USD`

    error[R0102]: `invoice.due_on`: `17.03.2026` is not a date
     --> case.json:4:42
      |
    4 |   "invoice": {"total": 412.75, "due_on": "17.03.2026"},
      |                                          ^^^^^^^^^^^^
      |
      = help: write it as `2026-03-05`

    error[R0103]: `finding.liability` expects one of our_error, shared, third_party, customer_error, misunderstanding, no_error, undetermined, found `our_eror`
     --> case.json:5:28
      |
    5 |   "finding": {"liability": "our_eror", "confidence": "98%"}
      |                            ^^^^^^^^^^
      |
      = help: did you mean `our_error`?

    error[R0102]: `finding.confidence`: `98%` is not a number
     --> case.json:5:54
      |
    5 |   "finding": {"liability": "our_eror", "confidence": "98%"}
      |                                                      ^^^^^
      |
      = help: write a share of one: `0.98`

    7 errors
    "#);
}

#[test]
fn json_lines_with_the_right_line() {
    insta::assert_snapshot!(cases("cases.jsonl", r#"
{"complaint": {"case_id": "D-1"}}
{"complaint": {"case_id": "D-2"}, "customer": {"tier": "goldd"}}

{"complaint": {"case_id": "D-4"}, "dispute": {"occurrences": 1}
{"complaint": {"case_id": "D-5"}}
"#), @r#"
    the case `D-1` is fine

    error[R0103]: `customer.tier` expects one of standard, silver, gold, strategic, found `goldd`
     --> cases.jsonl:2:56
      |
    2 | {"complaint": {"case_id": "D-2"}, "customer": {"tier": "goldd"}}
      |                                                        ^^^^^^^
      |
      = help: did you mean `gold`?

    1 error

    error[R0002]: the `{` is never closed
     --> cases.jsonl:4:1
      |
    4 | {"complaint": {"case_id": "D-4"}, "dispute": {"occurrences": 1}
      | ^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error

    the case `D-5` is fine
    "#);
}

#[test]
fn a_list_of_cases_in_yaml() {
    insta::assert_snapshot!(cases("cases.yaml", r"
- complaint: {case_id: D-1}
- complaint: {case_id: D-2}
  customer: {tier: goldd}
- D-3
"), @"
    the case `D-1` is fine

    error[R0103]: `customer.tier` expects one of standard, silver, gold, strategic, found `goldd`
     --> cases.yaml:3:20
      |
    3 |   customer: {tier: goldd}
      |                    ^^^^^
      |
      = help: did you mean `gold`?

    1 error

    error[R0102]: a case is a mapping of groups of facts, found `D-3`
     --> cases.yaml:4:3
      |
    4 | - D-3
      |   ^^^
      |
      = help: write `complaint: {case_id: ...}`, `dispute: {...}` and so on; `redress schema case` shows every fact

    1 error
    ");
}

#[test]
fn a_case_without_an_id() {
    let files = [
        ("bundle.yaml", BUNDLE),
        ("decisions/outcome.yaml", "decision: outcome\noutputs:\n  value: {type: enum, values: [uphold], value: uphold}\n"),
    ];
    insta::assert_snapshot!(decided(&files, "customer:\n  tier: gold\n"), @"
    error[R0105]: the case has no `complaint.case_id`
     --> case.yaml:1:1
      |
    1 | customer:
      | ^
      |
      = help: add `complaint: {case_id: ...}`, so that the decision can be told from others

    1 error
    ");
}

#[test]
fn a_case_that_lacks_what_every_dispute_needs() {
    let files = [
        ("bundle.yaml", BUNDLE),
        ("decisions/outcome.yaml", "decision: outcome\noutputs:\n  value: {type: enum, values: [uphold], value: uphold}\n"),
    ];
    insta::assert_snapshot!(decided(&files, "complaint: {case_id: D-1}\n"), @"
    status: needs_facts
    outcome: decided value = uphold
    missing fact: complaint.jurisdiction
    missing fact: complaint.language
    missing fact: complaint.received_at
    missing fact: customer.customer_id
    missing fact: dispute.disputed_amount
    missing fact: dispute.reason_code
    ");
}
