//! Scripts that never end, or that give something else than they should: the part becomes a fault, a person decides.

use super::{BUNDLE, SCRIPTED, decided};

/// What becomes of a case that a script decides.
fn run(text: &str) -> String {
    let files = [("bundle.yaml", BUNDLE), ("decisions/fee.yaml", SCRIPTED), ("scripts/fee.rhai", text)];
    decided(&files, "dispute: {disputed_amount: 40.00 USD, occurrences: unknown}")
}

/// What becomes of a draft of five dollars after a plugin.
fn plugin(on_failure: &str, text: &str) -> String {
    let manifest = format!(
        "bundle: test\nversion: 1\ncurrency: USD\nplugins:\n  - {{id: extra, script: scripts/extra.rhai, after: fee, on_failure: {on_failure}}}\n"
    );
    let files = [
        ("bundle.yaml", manifest.as_str()),
        ("decisions/fee.yaml", "decision: fee\noutputs:\n  amount: {type: money, value: 5.00}\n"),
        ("scripts/extra.rhai", text),
    ];
    decided(&files, "dispute: {disputed_amount: 40.00 USD}")
}

#[test]
fn an_endless_loop() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) {
    let n = 0;
    loop {
        n += 1;
    }
}
"), @"
    status: referred
    fee: fault
    fault in fee (operation_limit) at scripts/fee.rhai:4:11: the script needs more operations than it may spend
    ");
}

#[test]
fn a_function_that_calls_itself_for_ever() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { fee(facts, settings) }
"), @"
    status: referred
    fee: fault
    fault in fee (size_limit) at scripts/fee.rhai:1:4: calls are nested too deeply
    ");
}

#[test]
fn a_huge_text() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) {
    let s = \"x\";
    loop {
        s += s;
    }
}
"), @"
    status: referred
    fee: fault
    fault in fee (size_limit) at scripts/fee.rhai:4:11: a text is longer than 4096 bytes
    ");
}

#[test]
fn a_huge_list() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) {
    let l = [1];
    loop {
        l += l;
    }
}
"), @"
    status: referred
    fee: fault
    fault in fee (size_limit) at scripts/fee.rhai:4:11: a list is longer than 1000 items
    ");
}

#[test]
fn a_number_for_money() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { #{amount: 5} }
"), @"
    status: referred
    fee: fault
    fault in fee (wrong_return) at decisions/fee.yaml:2:9: `amount`: an amount of money is wanted, not a whole number
    ");
}

#[test]
fn a_text_for_everything() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { \"five dollars\" }
"), @r#"
    status: referred
    fee: fault
    fault in fee (wrong_return) at scripts/fee.rhai:1:4: the script returned text, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    "#);
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { }
"), @r#"
    status: referred
    fee: fault
    fault in fee (wrong_return) at scripts/fee.rhai:1:4: the script returned nothing, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    "#);
}

#[test]
fn an_output_that_is_not_declared() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { #{amount: money(5), bonus: money(1)} }
"), @"
    status: referred
    fee: fault
    fault in fee (wrong_return) at decisions/fee.yaml:2:9: it returned `bonus`, which is not an output (amount)
    ");
}

#[test]
fn an_output_left_out() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { #{because: \"no idea\"} }
"), @"
    status: referred
    fee: fault
    fault in fee (wrong_return) at decisions/fee.yaml:2:9: it returned no `amount`, which has no default
    ");
}

#[test]
fn a_script_that_gives_up() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { throw \"the contract is older than our books\"; }
"), @"
    status: referred
    fee: fault
    fault in fee (value) at scripts/fee.rhai:1:27: the contract is older than our books
    ");
}

#[test]
fn a_division_by_zero() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { #{amount: facts.dispute.disputed_amount / 0} }
"), @"
    status: referred
    fee: fault
    fault in fee (value) at scripts/fee.rhai:1:67: division by zero
    ");
}

#[test]
fn two_currencies() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { #{amount: facts.dispute.disputed_amount + money(5, \"EUR\")} }
"), @"
    status: referred
    fee: fault
    fault in fee (currency) at scripts/fee.rhai:1:67: an amount in USD meets an amount in EUR; money never changes currency silently
    ");
}

#[test]
fn an_unknown_fact_is_no_fault() {
    insta::assert_snapshot!(run("
fn fee(facts, settings) { #{amount: money(5) * facts.dispute.occurrences} }
"), @"
    status: needs_facts
    fee: needs_facts
      needs dispute.occurrences
    missing fact: dispute.occurrences
    ");
}

#[test]
fn a_plugin_that_fails_and_escalates() {
    insta::assert_snapshot!(plugin("escalate", "
fn fee(facts, draft, settings) { loop { } }
"), @"
    status: referred
    fee: fault
    fault in fee (operation_limit) at scripts/extra.rhai:1:4: the plugin `extra` failed: the script needs more operations than it may spend
    ");
}

#[test]
fn a_plugin_that_fails_and_is_skipped() {
    insta::assert_snapshot!(plugin("skip", "
fn fee(facts, draft, settings) { loop { } }
"), @"
    status: decided
    fee: decided amount = 5.00 USD
    ");
}

#[test]
fn a_plugin_that_fails_and_refuses() {
    insta::assert_snapshot!(plugin("refuse", "
fn fee(facts, draft, settings) { loop { } }
"), @"`extra` refused to decide: the script needs more operations than it may spend");
}

#[test]
fn a_plugin_that_forgets_the_draft() {
    insta::assert_snapshot!(plugin("escalate", "
fn fee(facts, draft, settings) { draft.amount = draft.amount * 2; }
"), @r#"
    status: referred
    fee: fault
    fault in fee (wrong_return) at scripts/extra.rhai:1:4: the plugin `extra` failed: the script returned nothing, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    "#);
}

#[test]
fn a_plugin_that_adds_an_output() {
    insta::assert_snapshot!(plugin("escalate", "
fn fee(facts, draft, settings) { draft.bonus = 5; draft }
"), @"
    status: referred
    fee: fault
    fault in fee (wrong_return) at bundle.yaml:5:6: the plugin `extra` failed: it returned `bonus`, which is not an output (amount)
    ");
}

#[test]
fn a_plugin_that_gives_a_text_for_money() {
    insta::assert_snapshot!(plugin("escalate", "
fn fee(facts, draft, settings) { draft.amount = \"ten dollars\"; draft }
"), @"
    status: referred
    fee: fault
    fault in fee (wrong_return) at bundle.yaml:5:6: the plugin `extra` failed: `amount`: an amount of money is wanted, not text
    ");
}
