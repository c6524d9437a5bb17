//! `redress check --fix`: what a text can only mean is written so.

use super::Stage;
use std::fs;

/// Two mistakes, of which the second is seen once the first is mended, and a third that somebody has to look at.
fn stage(name: &str) -> Stage {
    Stage::new(name).file(
        "policies/decisions/fee.yaml",
        "decision: fee
hit: first
outputs: {amount: {type: money}}
rules:
  - id: large
    when: {dispute.disputed_amount: >= 100}
    then: {amount: = min(dispute.disputed_amount, money(5.00))}
    because: A large amount.
  - id: gold
    when: {customer.tier: goldd}
    then: {amount: 0.00}
    because: Gold is free.
otherwise: {amount: 1.00, because: The fee.}
",
    )
}

#[test]
fn safe_fixes_are_written_and_others_left() {
    let stage = stage("fix");
    insta::assert_snapshot!(stage.run("check policies --fix"), @"
    status 1
    --- stdout
    error[R0103]: `goldd` is not one of standard, silver, gold, strategic
      --> policies/decisions/fee.yaml:10:27
       |
    10 |     when: {customer.tier: goldd}
       |                           ^^^^^
       |
       = help: did you mean `gold`?

    1 error
    the bundle from policies is not sound until this is mended
    --- stderr
    mended policies/decisions/fee.yaml:6:37: write `at least 100`
    mended policies/decisions/fee.yaml:7:20: put it in quotes
    ");
    insta::assert_snapshot!(fs::read_to_string(stage.directory.join("policies/decisions/fee.yaml")).unwrap(), @r#"
    decision: fee
    hit: first
    outputs: {amount: {type: money}}
    rules:
      - id: large
        when: {dispute.disputed_amount: at least 100}
        then: {amount: "= min(dispute.disputed_amount, money(5.00))"}
        because: A large amount.
      - id: gold
        when: {customer.tier: goldd}
        then: {amount: 0.00}
        because: Gold is free.
    otherwise: {amount: 1.00, because: The fee.}
    "#);
    // There is nothing left that nobody has to look at.
    let again = stage.run("check policies --fix");
    assert!(!again.contains("mended policies"), "{again}");
}

#[test]
fn a_dry_run_writes_nothing() {
    let stage = stage("fix-dry");
    let before = fs::read_to_string(stage.directory.join("policies/decisions/fee.yaml")).unwrap();
    let shown = stage.run("check policies --fix --dry-run");
    insta::assert_snapshot!(shown.split_once("--- stderr").unwrap().1, @r#"

    policies/decisions/fee.yaml:6
    -     when: {dispute.disputed_amount: >= 100}
    +     when: {dispute.disputed_amount: at least 100}
    policies/decisions/fee.yaml:7
    -     then: {amount: = min(dispute.disputed_amount, money(5.00))}
    +     then: {amount: "= min(dispute.disputed_amount, money(5.00))"}
    "#);
    assert_eq!(fs::read_to_string(stage.directory.join("policies/decisions/fee.yaml")).unwrap(), before);
}

#[test]
fn the_bundle_that_is_built_in_is_not_mended() {
    insta::assert_snapshot!(Stage::empty("fix-nothing").run("check --fix"), @"
    status 3
    --- stderr
    error: there is no directory `policies`
      = help: `redress new policies` writes a bundle to start from
    ");
}
