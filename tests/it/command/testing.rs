//! What policy tests reach and notice, and those that are missing.

use super::Stage;

const TEST: &str = "tests:
  - name: our mistake is put right
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: our_error, finding.severity: minor}
    at: 2026-03-05
    expect: {money.correction: 10.00 USD, money.goodwill: 25.00 USD}
";

#[test]
fn coverage_names_what_no_test_reaches() {
    let stage = Stage::new("coverage").file("policies/tests/all.yaml", TEST);
    insta::assert_snapshot!(stage.run("test --coverage"), @r"
    status 0
    --- stdout
    1 passed, 0 failed

    Coverage
      rules                    3 of 6       50 %
      output values            4 of 10      40 %
      guardrails               1 of 1      100 %

    No test reaches these rules
      correction/otherwise                            policies/decisions/correction.yaml:10:13
      goodwill/otherwise                              policies/decisions/goodwill.yaml:12:13
      outcome/not-ours                                policies/decisions/outcome.yaml:10:5

    No test reaches these output values
      correction.instrument: none                     policies/decisions/correction.yaml:3:49
      goodwill.instrument: none                       policies/decisions/goodwill.yaml:6:3
      outcome.value: partly_uphold                    policies/decisions/outcome.yaml:3:11
      outcome.value: reject                           policies/decisions/outcome.yaml:3:11
      outcome.value: provisional                      policies/decisions/outcome.yaml:3:11
      outcome.value: concede_by_deadline              policies/decisions/outcome.yaml:3:11
    ");
    assert!(stage.run("test --min-coverage 50").starts_with("status 0\n"));
    assert!(stage.run("test --min-coverage 51").starts_with("status 1\n"));
    insta::assert_snapshot!(stage.run("test --min-coverage 101"), @r"
    status 2
    --- stderr
    error: invalid value '101' for '--min-coverage <PERCENT>': 101 is not in 0..=100

    For more information, try '--help'.
    ");
}

#[test]
fn a_build_server_gets_junit() {
    insta::assert_snapshot!(Stage::new("junit").run("test --format junit"), @r#"
    status 1
    --- stdout
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="small" tests="2" skipped="0" failures="1" errors="0">
        <testsuite name="policies/tests/all.yaml" tests="2" skipped="0" errors="0" failures="1">
            <testcase name="our mistake is put right" classname="policies/tests/all.yaml"/>
            <testcase name="a wrong expectation" classname="policies/tests/all.yaml">
                <failure message="money.correction should be 10.00 USD and is 0.00 USD">policies/tests/all.yaml:6:5
    money.correction
      expected  10.00 USD
      came      0.00 USD
    </failure>
            </testcase>
        </testsuite>
    </testsuites>
    "#);
}

#[test]
fn changes_that_no_test_notices_are_named_at_their_place() {
    let stage = Stage::new("mutate").file("policies/tests/all.yaml", TEST);
    insta::assert_snapshot!(stage.run("test --mutate"), @r"
    status 1
    --- stdout
    1 passed, 0 failed

    NOT NOTICED  policies/decisions/correction.yaml:5:5
                 correction/put-right: `outcome.value: uphold` is left out
    NOT NOTICED  policies/decisions/correction.yaml:5:5
                 correction/put-right: `instrument: credit_note` becomes `none`
    NOT NOTICED  policies/decisions/goodwill.yaml:8:5
                 goodwill/sorry: `outcome.value: uphold` is left out
    NOT NOTICED  policies/decisions/goodwill.yaml:8:5
                 goodwill/sorry: `finding.severity: at least minor` is left out
    NOT NOTICED  policies/decisions/goodwill.yaml:8:5
                 goodwill/sorry: `amount: 30.00` becomes `31.00`
    NOT NOTICED  policies/decisions/goodwill.yaml:8:5
                 goodwill/sorry: `instrument: bill_credit` becomes `none`
    NOT NOTICED  policies/decisions/outcome.yaml:6:5
                 outcome/ours: `finding.liability: our_error` is left out
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: the rule is left out
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `finding.liability: shared, third_party, customer_error, misunderstanding, no_error, undetermined` is left out
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `finding.liability: shared, third_party, customer_error, misunderstanding, no_error, undetermined` becomes `third_party, customer_error, misunderstanding, no_error, undetermined`
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `finding.liability: shared, third_party, customer_error, misunderstanding, no_error, undetermined` becomes `shared, customer_error, misunderstanding, no_error, undetermined`
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `finding.liability: shared, third_party, customer_error, misunderstanding, no_error, undetermined` becomes `shared, third_party, misunderstanding, no_error, undetermined`
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `finding.liability: shared, third_party, customer_error, misunderstanding, no_error, undetermined` becomes `shared, third_party, customer_error, no_error, undetermined`
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `finding.liability: shared, third_party, customer_error, misunderstanding, no_error, undetermined` becomes `shared, third_party, customer_error, misunderstanding, undetermined`
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `finding.liability: shared, third_party, customer_error, misunderstanding, no_error, undetermined` becomes `shared, third_party, customer_error, misunderstanding, no_error`
    NOT NOTICED  policies/decisions/outcome.yaml:10:5
                 outcome/not-ours: `value: reject` becomes `provisional`

    24 changes tried: 8 noticed by a test, 16 not noticed
    1 more change nothing, which is proved
    ");
    let allowed = "mutants_allowed:
  - mutant: \"at-most-25: the guardrail is left out\"
    because: It is noticed, so this says too much.
  - {mutant: \"outcome/not-ours: the rule is left out\", because: Nothing more is expected of a bill that is right.}
";
    let stage = stage.file("allowed.yaml", allowed);
    let text = stage.run("test --mutate --mutants-allowed allowed.yaml");
    let end = text.find("error[R0803]").expect("what is allowed and noticed is told");
    insta::assert_snapshot!(&text[end..], @r#"
    error[R0803]: the change `at-most-25: the guardrail is left out` needs no permission: the test `our mistake is put right` notices it
     --> allowed.yaml:2:13
      |
    2 |   - mutant: "at-most-25: the guardrail is left out"
      |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take it out of the list

    1 error
    24 changes tried: 8 noticed by a test, 15 not noticed, 1 not noticed and allowed
    1 more change nothing, which is proved
    "#);
}

#[test]
fn suggested_tests_say_what_is_decided_today() {
    let stage = Stage::new("suggest").file("policies/tests/all.yaml", TEST);
    insta::assert_snapshot!(stage.run("test --suggest"), @r#"
    status 0
    --- stdout
    # Suggested tests: each says what this policy decides today. Confirm each one, or mend the policy; then give it a better name.
    tests:
      - name: "correction/otherwise decides"
        about: What the policy decides today. Is it right?
        given:
          complaint: {case_id: T-1}
          dispute: {disputed_amount: 10.00 USD}
          finding: {liability: shared, severity: minor}
        at: 2026-03-05T00:00:00Z
        expect:
          status: needs_facts
          parts.correction.outputs.amount: 0.00 USD
          parts.correction.outputs.instrument: none
          rules: [correction/otherwise]
      - name: "goodwill/otherwise decides"
        about: What the policy decides today. Is it right?
        given:
          complaint: {case_id: SAMPLE, jurisdiction: US-NY, language: en, received_at: 2026-03-02T00:00:00Z}
          customer: {customer_id: CUSTOMER}
          dispute: {disputed_amount: 100.00 USD, reason_code: DUPLICATE}
          finding: {correct_amount: 0.00 USD, liability: our_error, status: complete}
        at: 2026-03-05T00:00:00Z
        expect:
          status: decided
          parts.goodwill.outputs.amount: 0.00 USD
          parts.goodwill.outputs.instrument: none
          rules: [goodwill/otherwise]
      - name: "outcome/not-ours decides"
        about: What the policy decides today. Is it right?
        given:
          complaint: {case_id: T-1}
          dispute: {disputed_amount: 10.00 USD}
          finding: {liability: shared, severity: minor}
        at: 2026-03-05T00:00:00Z
        expect:
          status: needs_facts
          parts.outcome.outputs.value: reject
          rules: [outcome/not-ours]
      - name: "goodwill: finding.severity is trivial, just below the bound"
        about: What the policy decides today. Is it right?
        given:
          complaint: {case_id: T-1}
          dispute: {disputed_amount: 10.00 USD}
          finding: {liability: our_error, severity: trivial}
        at: 2026-03-05T00:00:00Z
        expect:
          status: needs_facts
          parts.goodwill.outputs.amount: 0.00 USD
          parts.goodwill.outputs.instrument: none
          rules: [goodwill/otherwise]
      - name: "goodwill: finding.severity is moderate, just above the bound"
        about: What the policy decides today. Is it right?
        given:
          complaint: {case_id: T-1}
          dispute: {disputed_amount: 10.00 USD}
          finding: {liability: our_error, severity: moderate}
        at: 2026-03-05T00:00:00Z
        expect:
          status: needs_facts
          parts.goodwill.outputs.amount: 25.00 USD
          parts.goodwill.outputs.kind: gesture
          parts.goodwill.outputs.instrument: bill_credit
          rules: [goodwill/sorry]
    "#);
    insta::assert_snapshot!(stage.run("test --suggest --to policies/tests/suggested.yaml"), @r"
    status 0
    --- stderr
    5 tests written to policies/tests/suggested.yaml
    ");
    insta::assert_snapshot!(stage.run("test --min-coverage 100"), @r"
    status 0
    --- stdout
    6 passed, 0 failed

    Coverage
      rules                    6 of 6      100 %
      output values            7 of 10      70 %
      guardrails               1 of 1      100 %

    No test reaches these output values
      outcome.value: partly_uphold                    policies/decisions/outcome.yaml:3:11
      outcome.value: provisional                      policies/decisions/outcome.yaml:3:11
      outcome.value: concede_by_deadline              policies/decisions/outcome.yaml:3:11
    ");
    // What somebody has begun to confirm is not written over.
    insta::assert_snapshot!(stage.run("test --suggest --to policies/tests/suggested.yaml"), @r"
    status 3
    --- stderr
    error: `policies/tests/suggested.yaml` cannot be written: File exists (os error 17)
      = help: name a file that does not exist yet
    ");
}

/// Amounts are in the currency of the tests and figures those of their day; a figure that begins later is told.
#[test]
fn suggested_tests_stand_in_the_setting_of_the_tests() {
    let bundle = "bundle: euro\nversion: 1\ncurrency: EUR\nparams:\n  middle: [{from: 2020-01-01, until: 2024-12-31, value: 50.00 EUR}, {from: 2025-01-01, value: 60.00 EUR}]\n  high: [{from: 2027-01-01, value: 700.00 EUR}]\n";
    let desk = "decision: desk
hit: first
outputs: {name: {type: text}}
rules:
  - {id: large, when: {dispute.disputed_amount: over 500}, then: {name: key accounts}, because: Large.}
  - {id: middle, when: {dispute.disputed_amount: over params.middle}, then: {name: middle}, because: Middle.}
  - {id: high, from: 2027-01-01, when: {finding.correct_amount: over params.high}, then: {name: middle}, because: High.}
otherwise: {name: front desk, because: All others.}
";
    let tests = "tests:
  - name: small
    given: {complaint.case_id: T-1, complaint.received_at: 2024-05-01T10:00:00Z, dispute.disputed_amount: 10.00 EUR}
    at: 2024-05-05
    expect: {status: decided}
";
    let stage = Stage::empty("suggest-euro").file("policies/bundle.yaml", bundle).file("policies/decisions/desk.yaml", desk);
    let names = |stage: &Stage| {
        let text = stage.run("test --suggest");
        let kept = text.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with("  "));
        kept.fold(String::new(), |all, line| format!("{all}{line}\n"))
    };
    insta::assert_snapshot!(names(&stage), @r#"
    - name: "desk/large decides"
    - name: "desk/middle decides"
    - name: "desk/high decides"
    - name: "desk/otherwise decides"
    - name: "desk: dispute.disputed_amount is 499.99 EUR, just below the bound"
    - name: "desk: dispute.disputed_amount is 500.00 EUR, at the bound"
    - name: "desk: dispute.disputed_amount is 500.01 EUR, just above the bound"
    - name: "desk: dispute.disputed_amount is 59.99 EUR, just below the bound"
    - name: "desk: dispute.disputed_amount is 60.00 EUR, at the bound"
    - name: "desk: dispute.disputed_amount is 60.01 EUR, just above the bound"
    desk: finding.correct_amount at its bound: `params.high` has no value on 2026-03-05
    "#);
    let stage = stage.file("policies/tests/all.yaml", tests);
    insta::assert_snapshot!(names(&stage), @r#"
    - name: "desk/large decides"
    - name: "desk/middle decides"
    - name: "desk/high decides"
    - name: "desk: dispute.disputed_amount is 499.99 EUR, just below the bound"
    - name: "desk: dispute.disputed_amount is 500.00 EUR, at the bound"
    - name: "desk: dispute.disputed_amount is 500.01 EUR, just above the bound"
    - name: "desk: dispute.disputed_amount is 49.99 EUR, just below the bound"
    - name: "desk: dispute.disputed_amount is 50.00 EUR, at the bound"
    - name: "desk: dispute.disputed_amount is 50.01 EUR, just above the bound"
    desk: finding.correct_amount at its bound: `params.high` has no value on 2024-05-01
    "#);
}

/// What decides quickly is prepared when a bundle is loaded; a change has to reach it all the same.
#[test]
fn conditions_and_figures_of_guardrails_count() {
    let guardrails = "guardrails:
  - id: less-for-many
    when: {history.disputes_12m: at least params.many}
    cap: goodwill.amount
    at: 20.00
    because: Whoever disputes often gets less.
";
    let given =
        "complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: our_error, finding.severity: minor";
    let test = |count: u32, amount: &str| {
        format!(
            "  - name: {count} disputes\n    given: {{{given}, history.disputes_12m: {count}}}\n    at: 2026-03-05\n    \
             expect: {{money.goodwill: {amount}}}\n"
        )
    };
    let stage = Stage::new("mutate-guardrails")
        .file("policies/bundle.yaml", "bundle: small\nversion: 1.0\nowner: care\ncurrency: case\nparams: {many: 3}\n")
        .file("policies/guardrails/goodwill.yaml", guardrails)
        .file("policies/tests/all.yaml", &format!("tests:\n{}{}", test(2, "30.00 USD"), test(3, "20.00 USD")));
    let text = stage.run("test --mutate");
    assert!(!text.contains("less-for-many") && !text.contains("params.many"), "{text}");
    assert!(text.contains("NOT NOTICED"), "{text}");
}

#[test]
fn a_change_that_decides_no_case_otherwise_asks_for_no_test() {
    let fee = "decision: fee
hit: first
outputs: {amount: {type: money}}
required: [customer.tenure_months]
rules:
  - {id: fresh, when: {customer.tenure_months: at most 12}, then: {amount: 1.00}, because: New.}
  - {id: loyal, when: {customer.tenure_months: over 12}, then: {amount: 2.00}, because: Loyal.}
";
    let tests = "tests:
  - {name: fresh, given: {customer.tenure_months: 12}, at: 2026-03-05, expect: {parts.fee.outputs.amount: 1.00 USD}}
  - {name: loyal, given: {customer.tenure_months: 13}, at: 2026-03-05, expect: {parts.fee.outputs.amount: 2.00 USD}}
";
    let stage = Stage::empty("mutate-equivalent")
        .file("policies/bundle.yaml", "bundle: fees\nversion: 1\ncurrency: USD\n")
        .file("policies/decisions/fee.yaml", fee)
        .file("policies/tests/all.yaml", tests);
    insta::assert_snapshot!(stage.run("test --mutate"), @"
    status 1
    --- stdout
    2 passed, 0 failed

    NOT NOTICED  policies/decisions/fee.yaml:7:6
                 fee/loyal: `customer.tenure_months: over 12` is left out

    9 changes tried: 8 noticed by a test, 1 not noticed
    2 more change nothing, which is proved
    ");
}

/// Every test that is suggested for the default bundle passes as it is, and the search for them comes to an end.
#[test]
fn suggested_tests_of_the_default_bundle_pass() {
    let stage = Stage::empty("suggest-default");
    assert!(stage.run("new policies").starts_with("status 0"));
    let said = stage.run("test --suggest --to policies/tests/suggested.yaml");
    let count = said.lines().find_map(|line| line.strip_suffix(" tests written to policies/tests/suggested.yaml"));
    let count: usize = count.unwrap_or_else(|| panic!("{said}")).parse().unwrap();
    assert!(count >= 30, "{said}");
    let passed = format!("status 0\n--- stdout\n{count} passed, 0 failed\n");
    assert_eq!(stage.run("test --filter tests/suggested.yaml"), passed);
}

const CLOCKS: &str = "obligations:
  - id: ACK
    about: An answer is acknowledged.
    when: {customer.tier: gold}
    step: acknowledge
    due: {within: 5 calendar days, after: complaint.received_at}
    on_breach: report
    because: Gold customers hear from us within five days.
";

#[test]
fn clocks_are_covered_by_what_became_of_them() {
    let test = "tests:
  - name: in time
    given: {complaint.case_id: T-1, complaint.received_at: '2026-03-02T00:00:00Z', customer.tier: gold, dispute.disputed_amount: 10.00 USD, finding.liability: our_error}
    at: 2026-03-05
    expect: {outcome: uphold}
";
    let stage = Stage::new("coverage-clocks").file("policies/obligations/all.yaml", CLOCKS);
    let stage = stage.file("policies/tests/all.yaml", test);
    let text = stage.run("test --coverage");
    let shown: Vec<&str> = text.lines().filter(|line| line.contains("clock") || line.contains("ACK")).collect();
    insta::assert_snapshot!(shown.join("\n"), @"
      clock outcomes           1 of 3       33 %
    No test reaches these clock outcomes
      ACK does not apply                              policies/obligations/all.yaml:2:9
      ACK is breached                                 policies/obligations/all.yaml:2:9
    ");
}
