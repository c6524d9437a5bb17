//! What is found of a script's functions before any of them runs: who calls whom, with what, and who is called by nobody.

use super::{bundle, script};

const MANIFEST: &str = "bundle: test
version: 1
currency: USD
plugins:
  - {id: extra, script: scripts/extra.rhai, after: fee, on_failure: skip}
";
const FEE: &str = "decision: fee\noutputs:\n  amount: {type: money, value: 1.00}\n";

fn plugin(text: &str) -> String {
    bundle(&[("bundle.yaml", MANIFEST), ("decisions/fee.yaml", FEE), ("scripts/extra.rhai", text)])
}

#[test]
fn functions_that_nothing_calls() {
    insta::assert_snapshot!(script("
fn fee(facts, settings) { #{amount: [1].map(|x| double(x))[0] * money(1)} }
fn double(x) { times(x, 2) }
fn times(x, y) { x * y }
fn triple(x) { times(x, 3) }
fn round(x) { if x > 10 { round(x - 1) } else { x } }
"), @"
    loaded, with
    warning[R0411]: nothing calls the function `triple`
     --> scripts/fee.rhai:4:4
      |
    4 | fn triple(x) { times(x, 3) }
      |    ^^^^^^
      |
      = help: take it out, or call it from a function that a plugin or a decision uses

    warning[R0411]: nothing calls the function `round`
     --> scripts/fee.rhai:5:4
      |
    5 | fn round(x) { if x > 10 { round(x - 1) } else { x } }
      |    ^^^^^
      |
      = help: take it out, or call it from a function that a plugin or a decision uses

    2 warnings
    ");
}

#[test]
fn a_script_that_two_call_has_two_functions_that_are_called() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", MANIFEST),
        ("decisions/fee.yaml", FEE),
        ("decisions/tax.yaml", "decision: tax\nscript: scripts/extra.rhai\non_failure: escalate\noutputs:\n  amount: {type: money}\n"),
        ("scripts/extra.rhai", "fn fee(facts, draft, settings) { draft }\nfn tax(facts, settings) { #{amount: money(1)} }"),
    ]), @"no findings");
}

#[test]
fn parameters_in_another_order() {
    insta::assert_snapshot!(plugin("
fn fee(draft, facts, settings) { draft }
"), @"
    error[R0408]: `fee` has the wrong parameters
     --> scripts/extra.rhai:1:4
      |
    1 | fn fee(draft, facts, settings) { draft }
      |    ^^^
      |
      = help: it is defined as `fn fee(facts, draft, settings)`

    1 error
    ");
    insta::assert_snapshot!(plugin("
fn fee(facts, settings) { #{amount: money(1)} }
"), @"
    error[R0408]: `fee` has the wrong parameters
     --> scripts/extra.rhai:1:4
      |
    1 | fn fee(facts, settings) { #{amount: money(1)} }
      |    ^^^
      |
      = help: it is defined as `fn fee(facts, draft, settings)`

    1 error
    ");
}

#[test]
fn parameters_with_names_of_their_own() {
    insta::assert_snapshot!(plugin("
fn fee(case_facts, proposal, options) { proposal }
"), @"no findings");
}

#[test]
fn wrong_numbers_of_arguments() {
    insta::assert_snapshot!(plugin("
fn fee(facts, draft, settings) {
    draft.amount = share(draft.amount) + money(1, 2, 3) + draft.amount.min() + [1].slice(1)[0];
    draft
}
fn share(amount, part) { amount / part }
"), @"
    error[R0404]: `share` takes 2 arguments, not 1
     --> scripts/extra.rhai:2:20
      |
    2 |     draft.amount = share(draft.amount) + money(1, 2, 3) + draft.amount.min() + [1].slice(1)[0];
      |                    ^^^^^
      |
      = help: give it as many as it takes; `redress functions` shows each with an example

    error[R0404]: `money` takes 1 or 2 arguments, not 3
     --> scripts/extra.rhai:2:42
      |
    2 |     draft.amount = share(draft.amount) + money(1, 2, 3) + draft.amount.min() + [1].slice(1)[0];
      |                                          ^^^^^
      |
      = help: it is called as `money(amount: number, [currency: text]) -> money`

    error[R0404]: `slice` takes 3 arguments, not 2
     --> scripts/extra.rhai:2:84
      |
    2 |     draft.amount = share(draft.amount) + money(1, 2, 3) + draft.amount.min() + [1].slice(1)[0];
      |                                                                                    ^^^^^
      |
      = help: it is called as `slice(of, start, count)`, or on the first as a method

    3 errors
    ");
}

#[test]
fn facts_that_do_not_exist() {
    insta::assert_snapshot!(plugin("
fn fee(facts, draft, settings) {
    if facts.customer.teir == \"gold\" { return share(facts, draft); }
    draft
}
fn share(facts, draft) {
    draft.amount = facts.dispute.disputed_amount * facts.params.share;
    draft
}
"), @r#"
    error[R0403]: nothing is called `customer.teir`
     --> scripts/extra.rhai:2:8
      |
    2 |     if facts.customer.teir == "gold" { return share(facts, draft); }
      |        ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0403]: nothing is called `params.share`
     --> scripts/extra.rhai:6:52
      |
    6 |     draft.amount = facts.dispute.disputed_amount * facts.params.share;
      |                                                    ^^^^^^^^^^^^^^^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    2 errors
    "#);
}
