//! Plugins as `bundle.yaml` names them.

use super::bundle;

const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money}\notherwise:\n  amount: 1.00\n  because: A fee.\n";

#[test]
fn a_plugin_that_lacks_most() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
plugins:
  - {id: loyalty, script: scripts/loyalty.rhai, after: fee}
  - {id: other, script: scripts/loyalty.rhai, native: other, after: fee, on_failure: skip}
  - {id: third, after: fee, on_failure: skip}
  - {script: scripts/loyalty.rhai, on_failure: never}
"), ("decisions/fee.yaml", FEE), ("scripts/loyalty.rhai", "fn fee(facts, draft, settings) { draft }")]), @"
    error[R0202]: a plugin has to say what happens when it fails
     --> bundle.yaml:5:6
      |
    5 |   - {id: loyalty, script: scripts/loyalty.rhai, after: fee}
      |      ^^
      |
      = help: add `on_failure: escalate` (a person decides), `skip` (keep the draft) or `refuse` (decide nothing)

    error[R0203]: a plugin is either a `script` or `native`
     --> bundle.yaml:6:6
      |
    6 |   - {id: other, script: scripts/loyalty.rhai, native: other, after: fee, on_failure: skip}
      |      ^^
      |
      = help: write `script: scripts/NAME.rhai`

    error[R0203]: a plugin is either a `script` or `native`
     --> bundle.yaml:7:6
      |
    7 |   - {id: third, after: fee, on_failure: skip}
      |      ^^
      |
      = help: write `script: scripts/NAME.rhai`

    error[R0202]: a plugin has no `after`
     --> bundle.yaml:8:6
      |
    8 |   - {script: scripts/loyalty.rhai, on_failure: never}
      |      ^^^^^^
      |
      = help: add `after: ...`

    error[R0202]: a plugin has no `id`
     --> bundle.yaml:8:6
      |
    8 |   - {script: scripts/loyalty.rhai, on_failure: never}
      |      ^^^^^^
      |
      = help: add `id: ...`

    5 errors
    ");
}

#[test]
fn a_plugin_that_names_what_is_not_there() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
plugins:
  - {id: one, script: scripts/loyality.rhai, after: fee, on_failure: skip}
  - {id: two, script: scripts/loyalty.rhai, after: fees, on_failure: skip}
  - {id: three, native: loyalty, after: fee, on_failure: skip}
  - {id: three, script: scripts/loyalty.rhai, after: fee, on_failure: ignore}
"), ("decisions/fee.yaml", FEE), ("scripts/loyalty.rhai", "fn fee(facts, draft, settings) { draft }")]), @"
    error[R0207]: there is no script `scripts/loyality.rhai`
     --> bundle.yaml:5:23
      |
    5 |   - {id: one, script: scripts/loyality.rhai, after: fee, on_failure: skip}
      |                       ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `scripts/loyalty.rhai`?

    error[R0403]: there is no decision `fees` that the plugin `two` could follow
     --> bundle.yaml:6:52
      |
    6 |   - {id: two, script: scripts/loyalty.rhai, after: fees, on_failure: skip}
      |                                                    ^^^^
      |
      = help: did you mean `fee`?

    error[R0402]: no native plugin is registered as `loyalty`
     --> bundle.yaml:7:25
      |
    7 |   - {id: three, native: loyalty, after: fee, on_failure: skip}
      |                         ^^^^^^^
      |
      = help: the service that embeds the engine registers native plugins by name

    error[R0204]: two plugins are called `three`
     --> bundle.yaml:8:10
      |
    7 |   - {id: three, native: loyalty, after: fee, on_failure: skip}
      |          ----- the first one
    8 |   - {id: three, script: scripts/loyalty.rhai, after: fee, on_failure: ignore}
      |          ^^^^^
      |
      = help: take one of the two away, or give it another name

    error[R0203]: `ignore` is not what can happen on a failure; write `escalate`, `skip` or `refuse`
     --> bundle.yaml:8:71
      |
    8 |   - {id: three, script: scripts/loyalty.rhai, after: fee, on_failure: ignore}
      |                                                                       ^^^^^^
      |
      = help: `escalate`: a person decides; `skip`: the draft stays; `refuse`: nothing is decided

    5 errors
    ");
}

#[test]
fn settings_that_are_not_plain() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
plugins:
  - id: loyalty
    script: scripts/loyalty.rhai
    after: fee
    on_failure: skip
    settings: {years: 5, bonus: {USD: 5.00}, steps: {first: 1}}
"), ("decisions/fee.yaml", FEE), ("scripts/loyalty.rhai", "fn fee(facts, draft, settings) { draft }")]), @"
    error[R0203]: the setting `bonus` is not a plain value
     --> bundle.yaml:9:26
      |
    9 |     settings: {years: 5, bonus: {USD: 5.00}, steps: {first: 1}}
      |                          ^^^^^
      |
      = help: money by currency and values over time belong into `params`, which a script reads as `facts.params`

    error[R0203]: the setting `steps.first` is not a plain value
     --> bundle.yaml:9:54
      |
    9 |     settings: {years: 5, bonus: {USD: 5.00}, steps: {first: 1}}
      |                                                      ^^^^^
      |
      = help: money by currency and values over time belong into `params`, which a script reads as `facts.params`

    2 errors
    ");
}
