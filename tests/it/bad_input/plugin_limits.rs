//! Limits, quarantine and native decisions as a bundle writes them.

use super::bundle;

const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money, value: 1.00}\n";
const PLAIN: &str = "fn fee(facts, draft, settings) { draft }";

fn plugin(keys: &str) -> String {
    let manifest = format!(
        "bundle: test\nversion: 1\ncurrency: USD\nplugins:\n  - {{id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, {keys}}}\n"
    );
    bundle(&[("bundle.yaml", manifest.as_str()), ("decisions/fee.yaml", FEE), ("scripts/extra.rhai", PLAIN)])
}

#[test]
fn limits_that_are_lower_than_those_of_the_engine() {
    let all = "limits: {operations: 1, wall_clock_ms: 250, call_levels: 16, variables: 1, text_bytes: 9, list_items: 9, map_entries: 9}";
    insta::assert_snapshot!(plugin(all), @"no findings");
}

#[test]
fn a_limit_that_is_higher_than_that_of_the_engine() {
    insta::assert_snapshot!(plugin("limits: {operations: 50001, text_bytes: 4096}"), @"
    error[R0203]: `operations` is limited to 50000, and a bundle can only lower that
     --> bundle.yaml:5:96
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, limits: {operations: 50001, text_bytes:...
      |                                                                                                ^^^^^
      |
      = help: write 50000 or less; only the program that embeds the engine raises a limit

    1 error
    ");
}

#[test]
fn limits_that_are_none() {
    insta::assert_snapshot!(plugin("limits: {operation: 10, speed: 10, variables: few, list_items: 0, map_entries: {}}"), @"
    error[R0201]: scripts have no limit `operation`
     --> bundle.yaml:5:84
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, limits: {operation: 10, speed: 10, vari...
      |                                                                                    ^^^^^^^^^
      |
      = help: did you mean `operations`?

    error[R0201]: scripts have no limit `speed`
     --> bundle.yaml:5:99
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, limits: {operation: 10, speed: 10, vari...
      |                                                                                                   ^^^^^
      |
      = help: the limits are operations, wall_clock_ms, call_levels, variables, text_bytes, list_items, map_entries

    error[R0203]: `variables` is a whole number from 1 on, found `few`
     --> bundle.yaml:5:121
      |
    5 | ... skip, limits: {operation: 10, speed: 10, variables: few, list_items: 0, map_entries: {}}}
      |                                                         ^^^
      |
      = help: write `variables: 5`, or another number from 1 on

    error[R0203]: `list_items` is a whole number from 1 on, found `0`
     --> bundle.yaml:5:138
      |
    5 | ...operation: 10, speed: 10, variables: few, list_items: 0, map_entries: {}}}
      |                                                          ^
      |
      = help: write `list_items: 5`, or another number from 1 on

    error[R0203]: `map_entries` is a whole number from 1 on, found a mapping
     --> bundle.yaml:5:154
      |
    5 | ...peed: 10, variables: few, list_items: 0, map_entries: {}}}
      |                                                          ^^
      |
      = help: write `map_entries: 5`, or another number from 1 on

    5 errors
    ");
    insta::assert_snapshot!(plugin("limits: low"), @"
    error[R0203]: `limits` is a mapping, found `low`
     --> bundle.yaml:5:83
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, limits: low}
      |                                                                                   ^^^
      |
      = help: write `limits: {name: value}`, or each pair on a line of its own below `limits:`

    1 error
    ");
}

#[test]
fn limits_of_a_native_plugin() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
plugins:
  - {id: extra, native: loyalty, after: fee, on_failure: skip, limits: {operations: 10}}
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0402]: no native plugin is registered as `loyalty`
     --> bundle.yaml:5:25
      |
    5 |   - {id: extra, native: loyalty, after: fee, on_failure: skip, limits: {operations: 10}}
      |                         ^^^^^^^
      |
      = help: the service that embeds the engine registers native plugins by name

    error[R0203]: limits are for scripts; a native plugin cannot be stopped from outside
     --> bundle.yaml:5:73
      |
    5 |   - {id: extra, native: loyalty, after: fee, on_failure: skip, limits: {operations: 10}}
      |                                                                         ^^^^^^^^^^
      |
      = help: take `limits` out; a native plugin keeps to limits of its own

    2 errors
    ");
}

#[test]
fn a_quarantine_that_is_none() {
    insta::assert_snapshot!(plugin("quarantine: {after: 0, cool_down_minutes: 20000}"), @"
    error[R0203]: `after` is a whole number from 1 to 1000, found `0`
     --> bundle.yaml:5:95
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, quarantine: {after: 0, cool_down_minute...
      |                                                                                               ^
      |
      = help: write `after: 5`, or another number from 1 to 1000

    error[R0203]: `cool_down_minutes` is a whole number from 1 to 10080, found `20000`
     --> bundle.yaml:5:117
      |
    5 | ...re: skip, quarantine: {after: 0, cool_down_minutes: 20000}}
      |                                                        ^^^^^
      |
      = help: write `cool_down_minutes: 5`, or another number from 1 to 10080

    2 errors
    ");
    insta::assert_snapshot!(plugin("quarantine: {after: 5, minutes: 10}"), @"
    error[R0202]: `quarantine` has no `cool_down_minutes`
     --> bundle.yaml:5:88
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, quarantine: {after: 5, minutes: 10}}
      |                                                                                        ^^^^^
      |
      = help: add `cool_down_minutes: ...`

    error[R0201]: `quarantine` has no key `minutes`
     --> bundle.yaml:5:98
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, quarantine: {after: 5, minutes: 10}}
      |                                                                                                  ^^^^^^^
      |
      = help: its keys are `after`, `cool_down_minutes`

    2 errors
    ");
    insta::assert_snapshot!(plugin("quarantine: 5"), @"
    error[R0203]: `quarantine` is a mapping, found `5`
     --> bundle.yaml:5:87
      |
    5 |   - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip, quarantine: 5}
      |                                                                                       ^
      |
      = help: its keys are `after`, `cool_down_minutes`

    1 error
    ");
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
quarantine: {after: five, cool_down_minutes: 10}
"), ("decisions/fee.yaml", FEE)]), @"
    error[R0203]: `after` is a whole number from 1 to 1000, found `five`
     --> bundle.yaml:4:21
      |
    4 | quarantine: {after: five, cool_down_minutes: 10}
      |                     ^^^^
      |
      = help: write `after: 5`, or another number from 1 to 1000

    1 error
    ");
}

#[test]
fn a_native_decision_that_lacks_most() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", "bundle: test\nversion: 1\ncurrency: USD\n"), ("decisions/fee.yaml", r"
decision: fee
native: loyalty
outputs:
  amount: {type: money}
"), ("decisions/tax.yaml", r"
decision: tax
native: loyalty
script: scripts/tax.rhai
on_failure: skip
outputs:
  amount: {type: money, value: 1.00}
")]), @"
    error[R0202]: `fee` has to say what happens when its plugin fails
     --> decisions/fee.yaml:2:9
      |
    2 | native: loyalty
      |         ^^^^^^^
      |
      = help: add `on_failure: escalate` (a person decides) or `refuse` (decide nothing)

    error[R0402]: no native plugin is registered as `loyalty`
     --> decisions/fee.yaml:2:9
      |
    2 | native: loyalty
      |         ^^^^^^^
      |
      = help: the service that embeds the engine registers native plugins by name

    error[R0505]: `tax` is decided in more than one way
     --> decisions/tax.yaml:1:11
      |
    1 | decision: tax
      |           ^^^
      |
      = help: rules, values of outputs, a script and a native plugin exclude each other

    error[R0203]: `skip` keeps the draft of a plugin; a script that decides has none
     --> decisions/tax.yaml:3:9
      |
    3 | script: scripts/tax.rhai
      |         ^^^^^^^^^^^^^^^^
      |
      = help: use `escalate` or `refuse`

    error[R0207]: there is no script `scripts/tax.rhai`
     --> decisions/tax.yaml:3:9
      |
    3 | script: scripts/tax.rhai
      |         ^^^^^^^^^^^^^^^^
      |
      = help: add the file, or name one that is there

    5 errors
    ");
}

#[test]
fn a_plugin_with_the_name_of_a_decision_that_a_script_takes() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
plugins:
  - {id: tax, script: scripts/tax.rhai, after: fee, on_failure: skip}
"), ("decisions/fee.yaml", FEE), ("decisions/tax.yaml", r"
decision: tax
script: scripts/tax.rhai
on_failure: escalate
outputs:
  amount: {type: money}
"), ("scripts/tax.rhai", "fn tax(facts, settings) { #{amount: money(1)} }\nfn fee(facts, draft, settings) { draft }")]), @"
    error[R0204]: `tax` is a plugin and a decision that is computed by one
     --> bundle.yaml:5:10
      |
    5 |   - {id: tax, script: scripts/tax.rhai, after: fee, on_failure: skip}
      |          ^^^
      |
     ::: decisions/tax.yaml:1:11
      |
    1 | decision: tax
      |           --- the decision
      |
      = help: choose another id: faults and quarantine name it

    1 error
    ");
}
