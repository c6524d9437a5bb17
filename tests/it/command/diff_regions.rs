//! `redress diff`: which cases come out differently, as text, JSON and Markdown.

use super::Stage;

/// A threshold is moved, a rule is put before another, a cap is lowered.
fn tightened(name: &str) -> Stage {
    let changes = [
        ("decisions/goodwill.yaml", "at least minor", "at least moderate"),
        ("decisions/goodwill.yaml", "amount: 30.00", "amount: 20.00"),
        ("decisions/outcome.yaml", "finding.liability: our_error", "finding.liability: [our_error, shared]"),
    ];
    Stage::changed(name, &changes)
}

#[test]
fn every_region_that_changes_is_shown_with_a_case() {
    let stage = tightened("diff-regions");
    insta::assert_snapshot!(stage.run("diff old new"), @r"
    status 0
    --- stdout
    before  small 1.0 (DIGEST), from old
    after   small 1.0 (DIGEST), from new

    Changed (2)
      rule       goodwill/sorry changed
                   finding.severity: at least minor -> at least moderate
                   amount: 30.00 -> 20.00
      rule       outcome/ours changed
                   finding.liability: our_error -> our_error, shared

    What comes of it
      outcome comes out differently in 1 region
        1. finding.liability: shared
           before  no rule
           after   ours: value uphold
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   shared, finding.status complete, decided at 2026-03-05T00:00:00Z
                   outcome: no_rule -> decided
                   status: referred -> decided
                   outcome: none -> uphold
                   total: none -> 100.00 USD
      goodwill comes out differently in 2 regions
        1. finding.severity: not (trivial, minor); outcome.value: uphold
           before  sorry: amount 30.00, at most 25.00 (`at-most-25`)
           after   sorry: amount 20.00
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   our_error, finding.severity moderate, finding.status complete,
                   decided at 2026-03-05T00:00:00Z
                   goodwill.amount: 25.00 USD -> 20.00 USD
                   total: 125.00 USD -> 120.00 USD
        2. finding.severity: minor; outcome.value: uphold
           before  sorry: amount 30.00, at most 25.00 (`at-most-25`), kind gesture,
                   instrument bill_credit
           after   otherwise: amount 0.00, kind missing, instrument none
           case    complaint.case_id SAMPLE, complaint.jurisdiction US-NY,
                   complaint.language en, complaint.received_at
                   2026-03-02T00:00:00Z, customer.customer_id CUSTOMER,
                   dispute.disputed_amount 100.00 USD, dispute.reason_code
                   DUPLICATE, finding.correct_amount 0.00 USD, finding.liability
                   our_error, finding.severity minor, finding.status complete,
                   decided at 2026-03-05T00:00:00Z
                   goodwill.amount: 25.00 USD -> 0.00 USD
                   goodwill.kind: gesture -> missing
                   goodwill.instrument: bill_credit -> none
                   total: 125.00 USD -> 100.00 USD
      Decide as before by what they are given, which may change: correction (through
      outcome).

    Decisions change: outcome, goodwill.
    ");
    assert!(stage.run("diff old new --fail-on-change").starts_with("status 1"));
}

#[test]
#[expect(clippy::too_many_lines, reason = "the whole output stands beside its input")]
fn a_program_reads_json() {
    insta::assert_snapshot!(Stage::changed("diff-json", &[("decisions/goodwill.yaml", "amount: 30.00", "amount: 20.00")]).run("diff old new --format json"), @r#"
    status 0
    --- stdout
    {
      "old": {
        "bundle": "small",
        "version": "1.0",
        "digest": "blake3:DIGEST"
      },
      "new": {
        "bundle": "small",
        "version": "1.0",
        "digest": "blake3:DIGEST"
      },
      "equal": false,
      "changes": [
        {
          "change": "changed",
          "subject": "rule",
          "name": "goodwill/sorry",
          "notes": [
            {
              "what": "amount",
              "before": "30.00",
              "after": "20.00"
            }
          ],
          "place": "decisions/goodwill.yaml:8:5"
        }
      ],
      "effects": [
        {
          "decision": "outcome",
          "verdict": "equal"
        },
        {
          "decision": "correction",
          "verdict": "equal"
        },
        {
          "decision": "goodwill",
          "verdict": "differs",
          "regions": [
            {
              "when": [
                {
                  "path": "finding.severity",
                  "is": "not trivial"
                },
                {
                  "path": "outcome.value",
                  "is": "uphold"
                }
              ],
              "before_by": [
                "sorry",
                "at-most-25"
              ],
              "after_by": [
                "sorry"
              ],
              "before": [
                [
                  "amount",
                  "30.00, at most 25.00 (`at-most-25`)"
                ]
              ],
              "after": [
                [
                  "amount",
                  "20.00"
                ]
              ],
              "certain": true,
              "shown": {
                "case": {
                  "complaint": {
                    "case_id": "SAMPLE",
                    "jurisdiction": "US-NY",
                    "language": "en",
                    "received_at": "2026-03-02T00:00:00Z"
                  },
                  "customer": {
                    "customer_id": "CUSTOMER"
                  },
                  "dispute": {
                    "disputed_amount": {
                      "amount": "100.00",
                      "currency": "USD"
                    },
                    "reason_code": "DUPLICATE"
                  },
                  "finding": {
                    "correct_amount": {
                      "amount": "0.00",
                      "currency": "USD"
                    },
                    "liability": "our_error",
                    "severity": "minor",
                    "status": "complete"
                  }
                },
                "at": "2026-03-05T00:00:00Z",
                "turned": [
                  {
                    "what": "goodwill.amount",
                    "before": "25.00 USD",
                    "after": "20.00 USD"
                  },
                  {
                    "what": "total",
                    "before": "125.00 USD",
                    "after": "120.00 USD"
                  }
                ]
              }
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
#[expect(clippy::too_many_lines, reason = "the whole output stands beside its input")]
fn a_pull_request_reads_markdown() {
    insta::assert_snapshot!(tightened("diff-markdown").run("diff old new --format markdown"), @r#"
    status 0
    --- stdout
    ## What this change of the policy does

    **Decisions change: outcome, goodwill.**

    | | |
    |---|---|
    | before | small 1.0 (DIGEST), from old |
    | after | small 1.0 (DIGEST), from new |

    ### What comes of it

    `outcome` comes out differently in 1 region.

    | | cases | before | after |
    |---|---|---|---|
    | 1 | finding.liability: shared | no rule | ours: value uphold |

    <details><summary>A case of region 1, decided at 2026-03-05T00:00:00Z</summary>

    | | before | after |
    |---|---|---|
    | `outcome` | `no_rule` | `decided` |
    | `status` | `referred` | `decided` |
    | `outcome` | `none` | `uphold` |
    | `total` | `none` | `100.00 USD` |

    ```json
    {
      "complaint": {
        "case_id": "SAMPLE",
        "jurisdiction": "US-NY",
        "language": "en",
        "received_at": "2026-03-02T00:00:00Z"
      },
      "customer": {
        "customer_id": "CUSTOMER"
      },
      "dispute": {
        "disputed_amount": {
          "amount": "100.00",
          "currency": "USD"
        },
        "reason_code": "DUPLICATE"
      },
      "finding": {
        "correct_amount": {
          "amount": "0.00",
          "currency": "USD"
        },
        "liability": "shared",
        "status": "complete"
      }
    }
    ```

    </details>

    `goodwill` comes out differently in 2 regions.

    | | cases | before | after |
    |---|---|---|---|
    | 1 | finding.severity: not (trivial, minor); outcome.value: uphold | sorry: amount 30.00, at most 25.00 (\`at-most-25\`) | sorry: amount 20.00 |
    | 2 | finding.severity: minor; outcome.value: uphold | sorry: amount 30.00, at most 25.00 (\`at-most-25\`), kind gesture, instrument bill\_credit | otherwise: amount 0.00, kind missing, instrument none |

    <details><summary>A case of region 1, decided at 2026-03-05T00:00:00Z</summary>

    | | before | after |
    |---|---|---|
    | `goodwill.amount` | `25.00 USD` | `20.00 USD` |
    | `total` | `125.00 USD` | `120.00 USD` |

    ```json
    {
      "complaint": {
        "case_id": "SAMPLE",
        "jurisdiction": "US-NY",
        "language": "en",
        "received_at": "2026-03-02T00:00:00Z"
      },
      "customer": {
        "customer_id": "CUSTOMER"
      },
      "dispute": {
        "disputed_amount": {
          "amount": "100.00",
          "currency": "USD"
        },
        "reason_code": "DUPLICATE"
      },
      "finding": {
        "correct_amount": {
          "amount": "0.00",
          "currency": "USD"
        },
        "liability": "our_error",
        "severity": "moderate",
        "status": "complete"
      }
    }
    ```

    </details>

    <details><summary>A case of region 2, decided at 2026-03-05T00:00:00Z</summary>

    | | before | after |
    |---|---|---|
    | `goodwill.amount` | `25.00 USD` | `0.00 USD` |
    | `goodwill.kind` | `gesture` | `missing` |
    | `goodwill.instrument` | `bill_credit` | `none` |
    | `total` | `125.00 USD` | `100.00 USD` |

    ```json
    {
      "complaint": {
        "case_id": "SAMPLE",
        "jurisdiction": "US-NY",
        "language": "en",
        "received_at": "2026-03-02T00:00:00Z"
      },
      "customer": {
        "customer_id": "CUSTOMER"
      },
      "dispute": {
        "disputed_amount": {
          "amount": "100.00",
          "currency": "USD"
        },
        "reason_code": "DUPLICATE"
      },
      "finding": {
        "correct_amount": {
          "amount": "0.00",
          "currency": "USD"
        },
        "liability": "our_error",
        "severity": "minor",
        "status": "complete"
      }
    }
    ```

    </details>

    Decide as before by what they are given, which may change: correction (through outcome).


    ### Changed (2)

    | what | name | | before | after |
    |---|---|---|---|---|
    | rule | `goodwill/sorry` | changed | `finding.severity: at least minor` | `finding.severity: at least moderate` |
    | | | | `amount: 30.00` | `amount: 20.00` |
    | rule | `outcome/ours` | changed | `finding.liability: our_error` | `finding.liability: our_error, shared` |
    "#);
}
