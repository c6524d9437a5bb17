//! What policy tests reach and notice, and those that are missing.

use super::Stage;

const TEST: &str = "tests:
  - name: our mistake is put right
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: our_error, finding.severity: minor}
    at: 2026-03-05
    expect: {outcome: uphold, money.correction: 10.00 USD, money.goodwill: 25.00 USD}
";

#[test]
fn coverage_names_what_no_test_reaches() {
    let stage = Stage::new("coverage").file("policies/tests/all.yaml", TEST);
    insta::assert_snapshot!(stage.run("test --coverage"), @"");
    assert!(stage.run("test --min-coverage 50").starts_with("status 0\n"));
    assert!(stage.run("test --min-coverage 51").starts_with("status 1\n"));
    insta::assert_snapshot!(stage.run("test --min-coverage 101"), @"");
}

#[test]
fn a_build_server_gets_junit() {
    insta::assert_snapshot!(Stage::new("junit").run("test --format junit"), @"");
}

#[test]
fn changes_that_no_test_notices_are_named_at_their_place() {
    let stage = Stage::new("mutate").file("policies/tests/all.yaml", TEST);
    insta::assert_snapshot!(stage.run("test --mutate"), @"");
    let allowed = "mutants_allowed:
  - mutant: \"at-most-25: the guardrail is left out\"
    because: It is noticed, so this says too much.
  - {mutant: \"outcome/not-ours: the rule is left out\", because: Nothing more is expected of a bill that is right.}
";
    let stage = stage.file("allowed.yaml", allowed);
    let text = stage.run("test --mutate --mutants-allowed allowed.yaml");
    let end = text.find("error[R0803]").expect("what is allowed and noticed is told");
    insta::assert_snapshot!(&text[end..], @"");
}

#[test]
fn suggested_tests_say_what_is_decided_today() {
    let stage = Stage::new("suggest").file("policies/tests/all.yaml", TEST);
    insta::assert_snapshot!(stage.run("test --suggest"), @"");
    insta::assert_snapshot!(stage.run("test --suggest --to policies/tests/suggested.yaml"), @"");
    insta::assert_snapshot!(stage.run("test --min-coverage 100"), @"");
    // What somebody has begun to confirm is not written over.
    insta::assert_snapshot!(stage.run("test --suggest --to policies/tests/suggested.yaml"), @"");
}
