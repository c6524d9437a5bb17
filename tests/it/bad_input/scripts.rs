//! Scripts that cannot be loaded.

use super::{BUNDLE, SCRIPTED, bundle, script};

#[test]
fn a_syntax_error() {
    insta::assert_snapshot!(script("
/// Half of what is disputed.
fn fee(facts, settings) {
    let half = facts.dispute.disputed_amount / 2
    #{amount: half}
}
"), @"
    error[R0401]: `;` is missing to terminate this statement
     --> scripts/fee.rhai:4:5
      |
    4 |     #{amount: half}
      |     ^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn a_brace_that_never_closes() {
    insta::assert_snapshot!(script("
fn fee(facts, settings) {
    if facts.dispute.occurrences > 1 {
        #{amount: money(1)}
"), @"
    error[R0401]: `;` is missing to terminate this statement
     --> scripts/fee.rhai:4:1
      |
    4 |
      | ^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn an_unknown_function() {
    insta::assert_snapshot!(script("
fn fee(facts, settings) {
    #{amount: mim(facts.dispute.disputed_amount, money(5))}
}
"), @"
    error[R0402]: there is no function `mim`
     --> scripts/fee.rhai:2:15
      |
    2 |     #{amount: mim(facts.dispute.disputed_amount, money(5))}
      |               ^^^
      |
      = help: did you mean `min`?

    1 error
    ");
}

#[test]
fn an_unknown_fact() {
    insta::assert_snapshot!(script("
fn fee(facts, settings) {
    #{amount: facts.dispute.disputed_amout}
}
"), @"
    error[R0403]: nothing is called `dispute.disputed_amout`
     --> scripts/fee.rhai:2:15
      |
    2 |     #{amount: facts.dispute.disputed_amout}
      |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `dispute.disputed_amount`?

    1 error
    ");
}

#[test]
fn an_unknown_variable() {
    insta::assert_snapshot!(script("
fn fee(facts, settings) {
    #{amount: half}
}
"), @"
    error[R0403]: nothing is called `half`
     --> scripts/fee.rhai:2:15
      |
    2 |     #{amount: half}
      |               ^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    1 error
    ");
}

#[test]
fn the_function_is_not_there() {
    insta::assert_snapshot!(script("
fn fees(facts, settings) {
    #{amount: money(1)}
}
"), @"
    error[R0408]: the script has no function `fee`
     --> scripts/fee.rhai:1:1
      |
    1 | fn fees(facts, settings) {
      | ^
      |
      = help: did you mean `fees`? It is defined as `fn fee(facts, settings)`

    1 error
    ");
}

#[test]
fn the_function_takes_other_arguments() {
    insta::assert_snapshot!(script("
fn fee(facts) {
    #{amount: money(1)}
}
"), @"
    error[R0408]: `fee` has the wrong parameters
     --> scripts/fee.rhai:1:4
      |
    1 | fn fee(facts) {
      |    ^^^
      |
      = help: it is defined as `fn fee(facts, settings)`

    1 error
    ");
}

#[test]
fn a_statement_outside_of_functions() {
    insta::assert_snapshot!(script("
let base = 5;
fn fee(facts, settings) {
    #{amount: money(base)}
}
"), @"
    error[R0403]: nothing is called `base`
     --> scripts/fee.rhai:3:21
      |
    3 |     #{amount: money(base)}
      |                     ^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    1 error
    ");
}

#[test]
fn what_scripts_may_not_do() {
    insta::assert_snapshot!(script("
import \"other\" as other;
fn fee(facts, settings) {
    eval(\"1\");
    #{amount: money(1)}
}
"), @r#"
    error[R0407]: `import` is not available
     --> scripts/fee.rhai:1:1
      |
    1 | import "other" as other;
      | ^^^^^^
      |
      = help: take it out, and give the result as the value of the script; `redress functions` lists what may be called

    1 error
    "#);
}

#[test]
fn a_script_that_prints() {
    insta::assert_snapshot!(script("
fn fee(facts, settings) {
    print(\"here\");
    #{amount: money(1)}
}
"), @r#"
    error[R0407]: `print` is not available
     --> scripts/fee.rhai:2:5
      |
    2 |     print("here");
      |     ^^^^^
      |
      = help: take it out, and give the result as the value of the script; `redress functions` lists what may be called

    1 error
    "#);
}

#[test]
fn a_function_that_hides_another() {
    insta::assert_snapshot!(script("
fn min(a, b) { a }
fn fee(facts, settings) {
    #{amount: min(money(1), money(2))}
}
"), @"
    error[R0407]: there is already a function `min`
     --> scripts/fee.rhai:1:4
      |
    1 | fn min(a, b) { a }
      |    ^^^
      |
      = help: give it another name

    1 error
    ");
}

#[test]
fn an_empty_script() {
    insta::assert_snapshot!(script(""), @"
    error[R0408]: the script has no function `fee`
     --> scripts/fee.rhai:1:1
      |
    1 |
      | ^
      |
      = help: it is defined as `fn fee(facts, settings)`

    1 error
    ");
}

#[test]
fn a_script_that_is_too_long() {
    let long = format!("fn fee(facts, settings) {{\n{}    #{{amount: money(1)}}\n}}\n", "    let x = 1;\n".repeat(3_000));
    insta::assert_snapshot!(script(&long), @"
    error[R0409]: a script has at most 65536 bytes and 2000 lines
     --> scripts/fee.rhai:1:1
      |
    1 | fn fee(facts, settings) {
      | ^
      |
      = help: move what several scripts need into functions, and figures into `params`

    1 error
    ");
}

#[test]
fn a_script_that_is_not_there() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", SCRIPTED),
        ("scripts/fees.rhai", "fn fee(facts, settings) { #{amount: money(1)} }\n"),
    ]), @"
    error[R0207]: there is no script `scripts/fee.rhai`
     --> decisions/fee.yaml:2:9
      |
    2 | script: scripts/fee.rhai
      |         ^^^^^^^^^^^^^^^^
      |
      = help: did you mean `scripts/fees.rhai`?

    1 error
    ");
}

#[test]
fn a_script_decision_that_does_not_say_what_happens_when_it_fails() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", "decision: fee\nscript: scripts/fee.rhai\noutputs:\n  amount: {type: money}\n"),
        ("scripts/fee.rhai", "fn fee(facts, settings) { #{amount: money(1)} }\n"),
    ]), @"
    error[R0202]: `fee` has to say what happens when its script fails
     --> decisions/fee.yaml:2:9
      |
    2 | script: scripts/fee.rhai
      |         ^^^^^^^^^^^^^^^^
      |
      = help: add `on_failure: escalate` (a person decides) or `refuse` (decide nothing)

    1 error
    ");
}

#[test]
fn a_script_decision_that_would_skip() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", "decision: fee\nscript: scripts/fee.rhai\non_failure: skip\noutputs:\n  amount: {type: money}\n"),
        ("scripts/fee.rhai", "fn fee(facts, settings) { #{amount: money(1)} }\n"),
    ]), @"
    error[R0203]: `skip` keeps the draft of a plugin; a script that decides has none
     --> decisions/fee.yaml:2:9
      |
    2 | script: scripts/fee.rhai
      |         ^^^^^^^^^^^^^^^^
      |
      = help: use `escalate` or `refuse`

    1 error
    ");
}

#[test]
fn a_script_decision_with_a_wrong_word_for_failure() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", "decision: fee\nscript: scripts/fee.rhai\non_failure: escalte\noutputs:\n  amount: {type: money}\n"),
        ("scripts/fee.rhai", "fn fee(facts, settings) { #{amount: money(1)} }\n"),
    ]), @"
    error[R0203]: `escalte` is not what can happen on a failure; write `escalate`, `skip` or `refuse`
     --> decisions/fee.yaml:3:13
      |
    3 | on_failure: escalte
      |             ^^^^^^^
      |
      = help: `escalate`: a person decides; `skip`: the draft stays; `refuse`: nothing is decided

    1 error
    ");
}

#[test]
fn a_mistake_in_a_script_that_nobody_uses() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", "decision: fee\noutputs:\n  amount: {type: money, value: 1.00}\n"),
        ("scripts/fee.rhai", "fn fee(facts, settings) { #{amount: }\n"),
    ]), @"
    error[R0401]: unexpected `}`
     --> scripts/fee.rhai:1:37
      |
    1 | fn fee(facts, settings) { #{amount: }
      |                                     ^
      |
      = help: write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`

    1 error
    ");
}

#[test]
fn a_call_outside_of_functions() {
    insta::assert_snapshot!(script("
fn fee(facts, settings) { #{amount: money(1)} }
fee((), ());
"), @"
    error[R0407]: a script holds functions and nothing else
     --> scripts/fee.rhai:2:1
      |
    2 | fee((), ());
      | ^^^
      |
      = help: put it into the function that the decision calls

    1 error
    ");
}
