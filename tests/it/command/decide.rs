//! `redress decide`: what is printed, and which policy prints it.

use super::{OURS, Stage, case, shown};

#[test]
fn a_case_is_decided_for_a_person_to_read() {
    let stage = Stage::new("text").file("case.yaml", &case("D-1", OURS));
    insta::assert_snapshot!(stage.run("decide case.yaml --at 2026-03-05 --explain"), @r"
    status 0
    --- stdout
    D-1: uphold
      The mistake was ours.
      policy small 1.0 (DIGEST), from policies
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Money         owed                                                     64.20 GBP
                    correction: credit note                 64.20 GBP
                  at our discretion                                        25.00 GBP
                    goodwill: gesture, bill credit          25.00 GBP
                      limited by at-most-25
                  total                                                    89.20 GBP

    Why           correction: What was billed wrongly is credited.
                  goodwill: It cost the customer time.

    How it was decided

    outcome: decided
    ├─ ours: The mistake was ours.
    │    policies/decisions/outcome.yaml:6:5
    ├─ read
    │    finding.liability  our_error
    └─ gives value uphold

    correction: decided
    ├─ put-right: What was billed wrongly is credited.
    │    house rule 1 · policies/decisions/correction.yaml:5:5
    ├─ read
    │    outcome.value            uphold
    │    dispute.disputed_amount  64.20 GBP
    └─ gives amount 64.20 GBP, instrument credit_note

    goodwill: decided
    ├─ sorry: It cost the customer time.
    │    policies/decisions/goodwill.yaml:8:5
    ├─ read
    │    outcome.value     uphold
    │    finding.severity  serious
    ├─ cap at-most-25: amount from 30.00 GBP to 25.00 GBP
    │    No gesture is larger than 25.00.
    └─ gives amount 25.00 GBP, kind gesture, instrument bill_credit
    ");
}

#[test]
fn what_is_due_today_is_due_on_this_day() {
    let obligations = "obligations:
  - {id: look, step: acknowledge, roll: none, due: {within: 3 calendar days, after: complaint.received_at}}
  - {id: pay, step: resolve, due: {within: 3 calendar days, after: complaint.received_at}}
";
    let wednesday = case("D-1", OURS).replace("2026-03-02", "2026-03-04");
    let stage = Stage::new("today").file("policies/obligations/all.yaml", obligations).file("case.yaml", &wednesday);
    let deadlines = |at: &str| {
        let shown = stage.run(&format!("decide case.yaml --at {at}"));
        let lines = shown.lines().skip_while(|line| !line.starts_with("Deadlines")).take_while(|line| !line.is_empty());
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    // A Friday; the day that is due is a Saturday.
    insta::assert_snapshot!(deadlines("2026-03-06"), @"
    Deadlines     2026-03-07: acknowledge, no business day left (look)
                  2026-03-09: resolve, 1 business day left (pay)
    ");
    insta::assert_snapshot!(deadlines("2026-03-07"), @"
    Deadlines     2026-03-07: acknowledge, today (look)
                  2026-03-09: resolve, 1 business day left (pay)
    ");
    insta::assert_snapshot!(deadlines("2026-03-09"), @"
    Deadlines     2026-03-07: acknowledge, missed (look)
                  2026-03-09: resolve, today (pay)
    ");
}

#[test]
fn the_first_command_of_the_readme_needs_no_file() {
    let shown = Stage::empty("example").run("decide --example --at 2026-03-05");
    let first: Vec<&str> = shown.lines().take(3).collect();
    assert_eq!(first, ["status 0", "--- stdout", "D-1001: uphold"], "{shown}");
    assert!(shown.contains("policy default") && shown.contains("built in") && shown.contains("64.20 USD"), "{shown}");
}

#[test]
fn the_bundle_is_the_named_one_or_that_of_the_directory() {
    let stage = Stage::new("bundle").file("case.yaml", &case("D-1", OURS));
    let policy = |arguments: &str| {
        let shown = stage.run(arguments);
        shown.lines().find(|line| line.starts_with("  policy")).map(str::to_owned).unwrap_or(shown)
    };
    assert_eq!(policy("decide case.yaml"), "  policy small 1.0 (DIGEST), from policies");
    assert_eq!(policy("decide case.yaml --policies ./policies"), "  policy small 1.0 (DIGEST), from ./policies");
    insta::assert_snapshot!(policy("decide case.yaml --policies elsewhere"), @r"
    status 3
    --- stderr
    error: there is no directory `elsewhere`
      = help: `redress new elsewhere` writes a bundle to start from
    ");
}

#[test]
fn what_a_case_lacks_is_asked_for() {
    let stage = Stage::new("lacks").file("case.yaml", &case("D-1", "finding: {liability: unknown}"));
    insta::assert_snapshot!(stage.run("decide case.yaml --at 2026-03-05"), @r"
    status 0
    --- stdout
    D-1: not decided yet, facts are missing
      policy small 1.0 (DIGEST), from policies
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Needed        finding.liability: Who made the error (one of our_error, shared,
                    third_party, customer_error, misunderstanding, no_error,
                    undetermined)
                    find it out and write `finding: {liability: ...}`; outcome
                    cannot be decided without it
                  correction: waits for outcome
                  goodwill: waits for outcome

    Money         owed                                                   not decided
                    correction                            not decided
                  at our discretion                                      not decided
                    goodwill                              not decided
                  total                                                  not decided
    ");
}

#[test]
fn a_day_outside_the_bundle_is_refused() {
    let manifest = "bundle: small\nversion: 1.0\nowner: care\ncurrency: case\neffective: {from: 2027-01-01}\n";
    let stage = Stage::new("day").file("policies/bundle.yaml", manifest).file("case.yaml", &case("D-1", OURS));
    insta::assert_snapshot!(stage.run("decide case.yaml"), @r"
    status 1
    --- stderr
    error: case `D-1`: the bundle `small` is not in force on 2026-03-02: it holds from 2027-01-01
    ");
}

#[test]
fn json_has_one_order_of_keys() {
    let stage = Stage::new("json").file("case.yaml", &case("D-1", OURS));
    let shown = stage.run("decide case.yaml --at 2026-03-05T12:00:00Z --format json");
    let top: Vec<&str> =
        shown.lines().filter(|line| line.starts_with("  \"")).map(|line| line.split('"').nth(1).unwrap()).collect();
    insta::assert_snapshot!(top.join(" "), @"format decision_id case_id status policy at policy_date outcome money terms holds approval escalation relationship packs clocks plan letters prevention parts missing_facts faults explanation rejected_alternatives audit");
    assert_eq!(shown, stage.run("decide case.yaml --at 2026-03-05T12:00:00Z --format json"));
}

#[test]
fn colour_is_for_terminals_and_no_color_is_obeyed() {
    let stage = Stage::new("colour").file("case.yaml", &case("D-1", OURS));
    let escapes = |settings: &[(&str, &str)]| {
        let mut command = stage.command("decide case.yaml");
        command.envs(settings.iter().copied());
        shown(command, "").contains('\u{1b}')
    };
    assert!(!escapes(&[]));
    assert!(escapes(&[("CLICOLOR_FORCE", "1")]));
    assert!(!escapes(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
