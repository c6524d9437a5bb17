//! What a policy test may expect of a decision.

use super::Stage;

#[test]
fn a_test_names_rules_that_exist() {
    let test = "tests:
  - name: nothing to be put right
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: no_error}
    at: 2026-03-05
    expect: {not_rules: [correction/putright, correction/put-right, goodwill/at-most-25]}
";
    let stage = Stage::new("misspelt-rule").file("policies/tests/all.yaml", test);
    insta::assert_snapshot!(stage.run("test"), @r"
    status 1
    --- stdout
    FAILED  nothing to be put right
            policies/tests/all.yaml:2:5
    error[R0801]: the bundle has no rule `correction/putright`
     --> policies/tests/all.yaml:5:26
      |
    5 |     expect: {not_rules: [correction/putright, correction/put-right, goodwill/at-most-25]}
      |                          ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `correction/put-right`?

    1 error


    0 passed, 1 failed
    ");
}

#[test]
fn a_test_names_a_clock_by_its_obligation() {
    let test = "tests:
  - name: an answer is due in ten days
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, complaint.received_at: 2026-03-02T10:00:00Z, complaint.jurisdiction: GB, finding.liability: our_error}
    at: 2026-03-05
    expect: {clocks.answer-soon.due: 2026-03-12, clocks.answer-soon.breached: false, clocks.answer-abroad: missing}
  - name: and not in eleven, nor is it open for others
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, complaint.received_at: 2026-03-02T10:00:00Z, complaint.jurisdiction: GB, finding.liability: our_error}
    at: 2026-03-05
    expect: {clocks.answer-soon.due: 2026-03-13, clocks.answer-abroad.state: running}
  - name: under another name it is not found
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, complaint.received_at: 2026-03-02T10:00:00Z, complaint.jurisdiction: GB, finding.liability: our_error}
    at: 2026-03-05
    expect: {clocks.answer-son.due: 2026-03-12}
";
    let obligations = "obligations:
  - {id: answer-soon, step: answer, due: {within: 10 calendar days, after: complaint.received_at}}
  - id: answer-abroad
    when: {complaint.jurisdiction: JP}
    step: answer
    due: {within: 10 calendar days, after: complaint.received_at}
";
    let stage =
        Stage::new("clock-of-a-test").file("policies/obligations/all.yaml", obligations).file("policies/tests/all.yaml", test);
    insta::assert_snapshot!(stage.run("test"), @r"
    status 1
    --- stdout
    FAILED  and not in eleven, nor is it open for others
            policies/tests/all.yaml:6:5
            clocks.answer-soon.due
              expected  2026-03-13
              came      2026-03-12
            clocks.answer-abroad.state
              expected  running
              came      nothing

    FAILED  under another name it is not found
            policies/tests/all.yaml:10:5
    error[R0801]: a decision has nothing at `clocks.answer-son.due`
      --> policies/tests/all.yaml:13:14
       |
    13 |     expect: {clocks.answer-son.due: 2026-03-12}
       |              ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `answer-soon`?

    1 error


    1 passed, 2 failed
    ");
}

/// What a clock leaves out has nothing to say; what no clock has is a slip, also where the obligation does not apply.
#[test]
fn a_test_names_what_a_clock_has() {
    let given = "{complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, complaint.received_at: 2026-03-02T10:00:00Z, complaint.jurisdiction: GB, finding.liability: our_error}";
    let test = |name: &str, expect: &str| {
        format!("  - name: {name}\n    given: {given}\n    at: 2026-03-05\n    expect:\n      {expect}\n")
    };
    let left_out = "clocks.soon.done_at: missing
      clocks.soon.earliest: missing
      clocks.soon.note: missing
      clocks.soon.law: missing
      clocks.soon.law.pack: missing
      clocks.soon.open_facts: missing
      clocks.soon.at_most: missing
      clocks.never.done_at: missing";
    let tests = format!(
        "tests:\n{}{}{}{}",
        test("nothing is done yet", left_out),
        test("it is not done", "clocks.soon.done_at: 2026-03-05T10:00:00Z"),
        test("a slip", "clocks.never.dooo: missing"),
        test("another one", "clocks.soon.bound: missing")
    );
    let obligations = "obligations:
  - {id: soon, step: answer, due: {within: 10 calendar days, after: complaint.received_at}}
  - {id: never, when: {complaint.jurisdiction: JP}, step: answer, due: {within: 10 calendar days, after: complaint.received_at}}
";
    let stage = Stage::new("fields-of-a-clock")
        .file("policies/obligations/all.yaml", obligations)
        .file("policies/tests/all.yaml", &tests);
    insta::assert_snapshot!(stage.run("test"), @"
    status 1
    --- stdout
    FAILED  it is not done
            policies/tests/all.yaml:14:5
            clocks.soon.done_at
              expected  2026-03-05T10:00:00Z
              came      nothing

    FAILED  a slip
            policies/tests/all.yaml:19:5
    error[R0801]: a decision has nothing at `clocks.never.dooo`
      --> policies/tests/all.yaml:23:7
       |
    23 |       clocks.never.dooo: missing
       |       ^^^^^^^^^^^^^^^^^
       |
       = help: a clock has `id`, `step`, `state`, `due`, `earliest`, `window`, `binding`, `breached`, `business_days_left`, `after`, `started`, `within`, `at_most`, `calendar`, `done_at`, `on_breach`, `holds`, `because`, `source`, `law`, `open_facts`, `note`

    1 error


    FAILED  another one
            policies/tests/all.yaml:24:5
    error[R0801]: a decision has nothing at `clocks.soon.bound`
      --> policies/tests/all.yaml:28:7
       |
    28 |       clocks.soon.bound: missing
       |       ^^^^^^^^^^^^^^^^^
       |
       = help: a clock has `id`, `step`, `state`, `due`, `earliest`, `window`, `binding`, `breached`, `business_days_left`, `after`, `started`, `within`, `at_most`, `calendar`, `done_at`, `on_breach`, `holds`, `because`, `source`, `law`, `open_facts`, `note`

    1 error


    1 passed, 3 failed
    ");
}

/// Also where no clock runs at all.
#[test]
fn a_test_names_clocks_where_there_is_none() {
    let given = "{complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, complaint.received_at: 2026-03-02T10:00:00Z, complaint.jurisdiction: GB, finding.liability: our_error}";
    let test =
        |expect: &str| format!("  - name: \"{expect}\"\n    given: {given}\n    at: 2026-03-05\n    expect: {{{expect}}}\n");
    let expected = [
        "clocks: []",
        "clocks.never: missing",
        "clocks.never.due: missing",
        "clocks.never.dooo: missing",
        "clocks.neber: missing",
    ];
    let tests: String = expected.map(test).concat();
    let never = "obligations:
  - {id: never, when: {complaint.jurisdiction: JP}, step: answer, due: {within: 10 calendar days, after: complaint.received_at}}
";
    let stage = Stage::new("no-clock")
        .file("policies/obligations/all.yaml", never)
        .file("policies/tests/all.yaml", &format!("tests:\n{tests}"));
    let text = stage.run("test");
    let failed: Vec<&str> = text.lines().filter(|line| line.starts_with("FAILED") || line.starts_with("error")).collect();
    insta::assert_snapshot!(failed.join("\n"), @"
    FAILED  clocks.never.dooo: missing
    error[R0801]: a decision has nothing at `clocks.never.dooo`
    FAILED  clocks.neber: missing
    error[R0801]: a decision has nothing at `clocks.neber`
    ");
}

#[test]
fn a_test_names_a_guardrail_that_refers() {
    let test = "tests:
  - name: a mistake of ours
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: our_error}
    at: 2026-03-05
    expect: {rules: guardrails/look-twice}
  - name: a right bill
    given: {complaint.case_id: T-1, dispute.disputed_amount: 10.00 USD, finding.liability: no_error}
    at: 2026-03-05
    expect: {not_rules: guardrails/look-twice}
";
    let guardrails = "guardrails:
  - id: look-twice
    when: {outcome.value: uphold}
    refer: manager
    because: A person looks at it once more.
";
    let stage = Stage::new("guardrail-that-refers")
        .file("policies/guardrails/all.yaml", guardrails)
        .file("policies/tests/all.yaml", test);
    insta::assert_snapshot!(stage.run("test"), @r"
    status 0
    --- stdout
    2 passed, 0 failed
    ");
}
