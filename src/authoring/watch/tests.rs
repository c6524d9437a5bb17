//! Looks and what differs between them.

use super::{Look, Session, Tested, WatchedCase, tests_to_lines, to_lines};
use crate::bundle::{BundleFiles, Moment};
use crate::case::{CaseFormat, read_text};
use crate::text::Source;
use std::sync::Arc;

const FEE: &str = "\
decision: fee
hit: first
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
otherwise: {amount: 5.00, because: The fee.}
";
const TESTS: &str = "\
tests:
  - name: gold is free
    given: {complaint.case_id: T-1, customer.tier: gold}
    at: 2026-03-05
    expect: {parts.fee.outputs.amount: 0.00 USD}
  - name: silver pays
    given: {complaint.case_id: T-2, customer.tier: silver}
    at: 2026-03-05
    expect: {parts.fee.outputs.amount: 5.00 USD}
";

fn look(fee: &str, tier: &str) -> Arc<Look> {
    let mut files = BundleFiles::new();
    for (path, text) in
        [("bundle.yaml", "bundle: test\nversion: 1\ncurrency: USD\n"), ("decisions/fee.yaml", fee), ("tests/fee.yaml", TESTS)]
    {
        files.insert(path, text);
    }
    let text = format!(
        "complaint: {{case_id: D-1, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: US}}\n\
         customer: {{customer_id: C-1, tier: {tier}}}\n\
         dispute: {{reason_code: PRICE, disputed_amount: 64.20 USD}}\n"
    );
    let case = read_text(&Source::new("one.yaml", text), CaseFormat::Yaml).pop().unwrap();
    let case = WatchedCase { name: "one".to_owned(), case };
    Arc::new(Look::at(Ok(files), &[case], Moment::parse("2026-03-05").unwrap()))
}

/// What is said after each of several looks, with their tests.
fn story(looks: &[(&str, &str)]) -> String {
    let mut session: Option<Session> = None;
    let mut told = String::new();
    for (fee, tier) in looks {
        let look = look(fee, tier);
        match &mut session {
            Some(session) => session.see(look.clone()),
            None => session = Some(Session::begin(look.clone())),
        }
        let session = session.as_mut().unwrap();
        told.push_str(&to_lines(session));
        if let Some(tests) = Tested::of(&look, &|_| Err("none".to_owned()), &|| false) {
            session.tested(session.number(), tests);
        }
        told.push_str(&tests_to_lines(session));
        told.push('\n');
    }
    let digests = look(FEE, "gold").name().map(|name| name.digest.clone()).into_iter();
    digests.fold(told, |told, digest| told.replace(super::short(&digest), "FIRST"))
}

#[test]
fn what_saves_change() {
    let dear = FEE.replace("amount: 5.00", "amount: 8.00");
    let hidden =
        FEE.replace("rules:\n", "rules:\n  - {id: all, when: {customer.tier: any}, then: {amount: 1.00}, because: All pay.}\n");
    insta::assert_snapshot!(story(&[(FEE, "gold"), (&dear, "gold"), (&hidden, "gold"), (FEE, "gold"), (FEE, "silver")]), @"
    test 1 (FIRST): no findings; 0 of 1 case decided differently
    2 tests passed, 0 failed

    test 1 (a01dce10): no findings; 0 of 1 case decided differently
    1 test passed, 1 failed
    + FAILED silver pays (tests/fee.yaml:6:5)
        parts.fee.outputs.amount: expected 5.00 USD, came 8.00 USD

    test 1 (6f124bd7): 1 warning, 1 note; 1 of 1 case decided differently
    + warning[R0309] decisions/fee.yaml:7:6: `gold` never decides: `all` before it takes all of its cases
    ~ one
        fee.amount: 0.00 USD -> 1.00 USD
        fee by all, before by gold
    0 tests passed, 2 failed
    + FAILED gold is free (tests/fee.yaml:2:5)
        parts.fee.outputs.amount: expected 0.00 USD, came 1.00 USD

    test 1 (FIRST): no findings; 1 of 1 case decided differently
    - warning[R0309] decisions/fee.yaml:7:6: `gold` never decides: `all` before it takes all of its cases
    ~ one
        fee.amount: 1.00 USD -> 0.00 USD
        fee by gold, before by all
    2 tests passed, 0 failed
    - passes again: gold is free
    - passes again: silver pays

    test 1 (FIRST): no findings; 1 of 1 case decided differently
    ~ one
        fee.amount: 0.00 USD -> 5.00 USD
        fee by otherwise, before by gold
    2 tests passed, 0 failed
    ");
}

#[test]
fn what_does_not_load_leaves_what_was_decided() {
    let broken = FEE.replace("hit: first", "hit: frist");
    let dear = FEE.replace("amount: 5.00", "amount: 8.00");
    insta::assert_snapshot!(story(&[(FEE, "silver"), (&broken, "silver"), (&dear, "silver"), (&dear, "no tier")]), @"
    test 1 (FIRST): no findings; 0 of 1 case decided differently
    2 tests passed, 0 failed

    the bundle does not load: 1 error; decisions are those of FIRST
    + error[R0203] decisions/fee.yaml:2:6: `frist` is no hit policy

    test 1 (a01dce10): no findings; 1 of 1 case decided differently
    - error[R0203] decisions/fee.yaml:2:6: `frist` is no hit policy
    ~ one
        fee.amount: 5.00 USD -> 8.00 USD
        fee by otherwise
    1 test passed, 1 failed
    + FAILED silver pays (tests/fee.yaml:6:5)
        parts.fee.outputs.amount: expected 5.00 USD, came 8.00 USD

    test 1 (a01dce10): 1 error; 1 of 1 case decided differently
    + error[R0103] one.yaml:2:36: `customer.tier` expects one of standard, silver, gold, strategic, found `no tier`
    ~ one
        case: decided -> it cannot be read: `customer.tier` expects one of standard, silver, gold, strategic, found `no tier`
    1 test passed, 1 failed
    ");
}

#[test]
fn a_finding_that_moves_is_the_same() {
    let gap = FEE.replace("otherwise: {amount: 5.00, because: The fee.}\n", "");
    let moved = gap.replace("hit: first", "# The first one that holds.\nhit: first");
    let mut session = Session::begin(look(&gap, "gold"));
    assert!(!session.now().findings.is_empty());
    session.see(look(&moved, "gold"));
    assert!(session.changes().is_empty(), "{:?}", session.changes());
}

#[test]
fn tests_of_an_earlier_look_are_passed_over() {
    let first = look(FEE, "gold");
    let mut session = Session::begin(first.clone());
    session.see(look(FEE, "silver"));
    let tests = Tested::of(&first, &|_| Err("none".to_owned()), &|| false).unwrap();
    session.tested(1, tests);
    assert_eq!(session.tests(), None);
    assert_eq!(Tested::of(&first, &|_| Err("none".to_owned()), &|| true), None, "nobody waits for them");
}
