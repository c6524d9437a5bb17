//! Whole texts of decisions put together by hand.

mod sample;

use super::*;
use crate::decision::{Assembly, Part, PartStatus, assemble};
use sample::{assembly, decided, full, name, undecided, usd};

fn shown(from: Assembly, trace: bool) -> String {
    explain(&assemble(from), &View { trace, origin: Some("built into the program".to_owned()), ..View::default() })
}

#[test]
fn a_decision_reads_from_the_outcome_to_the_reasons() {
    insta::assert_snapshot!(shown(full(), false), @r"
    D-1001: uphold
      The bill was wrong and the mistake was ours.
      policy default 2026.11.1 (0123456789ab), built into the program
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Money         owed                                                     88.14 USD
                    correction: credit note                 64.20 USD
                    related charges taken back               3.15 USD
                    costs our error caused                  20.79 USD
                      tax penalty, 20.79 USD: A receipt proves it.
                  at our discretion                                        25.00 USD
                    goodwill: gesture, bill credit          25.00 USD
                      limited by goodwill-per-case
                  total                                                   113.14 USD
                  not covered: tax principal               180.00 USD
                      The tax itself was always the customer's to pay, whatever our
                      mistake.

    Approval      team leader, and also director and legal compliance; whoever asks
                  may not be the only one to sign
                  Within the authority of whoever handles the case.

    Escalation    legal compliance (level 2): regulator reference
                  The case came through a regulator.

    Relationship  managed exit, as a proposal: a person decides
                  An ending was asked for, so every safeguard is checked.
                  not before 2026-05-01
                  blocked by no-exit-for-using-rights: An account may not be closed
                    because its holder used a legal right in good faith. (12 CFR
                    1026.13(d)(3))
                  to be looked at, vulnerable-customers: An account may not be
                    closed because its holder used a legal right in good faith.
                  passed, notice-was-given: An account may not be closed because its
                    holder used a legal right in good faith.

    Terms         3 instalments: 33.33 USD, 33.33 USD, 33.34 USD, together 100.00
                  USD; no fee and no interest for it
                  due 15 days later

    Next steps    1. correct (billing)
                     What is owed is put right at once, and waits for nothing else.
                  2. confirm (care), by 2026-03-12
                     We ask whether it is settled.
                     done when customer answered

    Letters       correction notice (en): The customer learns what was put right.

    On hold       collection, asked for by notice-open and law-says-so

    Prevention    cause: payment posting
                  corrective action: problem record (quality), looked at again on
                    2026-05-04
                  others it reached: 214 accounts, together 29198.16 USD

    Why           correction: The same purchase stands twice on the statement.
                  related_charges: What was charged because of the mistake goes with
                    it.
                  interest: No law adds interest here.
                  goodwill: The mistake was ours and it cost the customer time and
                    trouble.
                  terms: The delay was ours, so the amount may be paid in parts.
                  prevention: The cause is found and put down as a process.
    ");
}

#[test]
fn the_trace_is_a_tree() {
    let decision = assemble(full());
    let trees: Vec<String> = ["goodwill", "penalties"].map(|name| explain_part(&decision, name, &View::default())).to_vec();
    insta::assert_snapshot!(trees.join("\n"), @r"
    goodwill: decided
    ├─ our-error: The mistake was ours and it cost the customer time and trouble.
    │    decisions/x.yaml:12:5 our-error
    ├─ read
    │    finding.severity         minor
    │    customer.tier            standard (assumed: the case does not say)
    │    history.offers_rejected  missing
    │    customer.leave_threat    unknown
    ├─ plugin loyalty: amount from 10.00 USD to 40.00 USD
    │    loyal for 6 years
    ├─ cap goodwill-per-case: amount from 40.00 USD to 25.00 USD
    │    No single case earns more than the cap. (complaint handling manual, 4.2)
    └─ gives amount 25.00 USD, kind gesture, instrument bill_credit

    penalties: decided
    ├─ receipt for item 1: A receipt proves it.
    │    decisions/x.yaml:12:5 receipt
    ├─ principal for item 2: The tax itself was always the customer's to pay,
    │    whatever our mistake.
    │    decisions/x.yaml:12:5 principal
    ├─ gives 1: approved 20.79 USD, refused 0.00 USD
    └─ gives 2: approved 0.00 USD, refused 180.00 USD
    ");
}

#[test]
fn what_could_not_be_decided_says_what_to_do() {
    insta::assert_snapshot!(shown(undecided(), true), @r"
    D-1001: a person has to decide it
      policy default 2026.11.1 (0123456789ab), built into the program
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    To a person   goodwill: no rule applies
                    nearest rule `our-error`: `dispute.occurrences` is 4, the rule
                      asks for under 3
                    decide it by hand; whoever owns the policy adds a rule or an
                    `otherwise`
                  relationship: rules contradict each other
                    `a` and `b` both match
                    decisions/relationship.yaml:3:1
                    decide it by hand; whoever owns the policy makes the conditions
                    exclude each other
                  penalties: could not be decided
                    the script used more than 50000 operations
                    scripts/penalty.rhai:12:9
                    decide it by hand; whoever owns the policy mends what is named
                    here
                  approval: waits for goodwill and penalties

    Money         owed, as far as it is decided                            64.20 USD
                    correction: refund                      64.20 USD
                    costs our error caused                not decided
                  at our discretion                                      not decided
                    goodwill                              not decided
                  total, as far as it is decided                           64.20 USD

    Approval      not decided

    Why           correction: The same purchase stands twice.

    How it was decided

    correction: decided
    ├─ billed-twice: The same purchase stands twice.
    │    decisions/x.yaml:12:5 billed-twice
    └─ gives amount 64.20 USD, instrument refund

    goodwill: no rule
    ├─ no rule: no rule matches
    └─ nearly our-error
         `dispute.occurrences` is 4, the rule asks for under 3

    relationship: conflict
    ├─ a: One.
    │    decisions/x.yaml:12:5 a
    ├─ b: Two.
    │    decisions/x.yaml:12:5 b
    └─ conflict: `a` and `b` both match
         decisions/relationship.yaml:3:1

    penalties: fault
    └─ script: the script used more than 50000 operations
         scripts/penalty.rhai:12:9

    approval: skipped
    └─ waits for goodwill, penalties
    ");
}

#[test]
fn missing_facts_are_explained() {
    let part = |name: &str, missing: &[&str]| Part {
        status: PartStatus::NeedsFacts,
        missing: missing.iter().map(|&fact| fact.to_owned()).collect(),
        ..Part::new(name)
    };
    let parts =
        vec![part("outcome", &["finding.liability"]), part("goodwill", &["finding.liability", "attributes.contract_kind"])];
    let from = Assembly { missing_facts: vec!["dispute.disputed_amount".to_owned()], ..assembly(parts) };
    insta::assert_snapshot!(shown(from, false), @r"
    D-1001: not decided yet, facts are missing
      policy default 2026.11.1 (0123456789ab), built into the program
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Needed        attributes.contract_kind
                    find it out and write `attributes: {contract_kind: ...}`;
                    goodwill cannot be decided without it
                  dispute.disputed_amount: The amount in question (an amount such as
                    `64.20 USD`)
                    find it out and write `dispute: {disputed_amount: ...}`
                  finding.liability: Who made the error (one of our_error, shared,
                    third_party, customer_error, misunderstanding, no_error,
                    undetermined)
                    find it out and write `finding: {liability: ...}`; outcome and
                    goodwill cannot be decided without it

    Money         owed                                                       nothing
                  at our discretion                                      not decided
                    goodwill                              not decided
                  total                                                  not decided
    ");
}

#[test]
fn a_guardrail_may_refer_a_case_that_is_decided() {
    let parts = vec![decided("outcome", "our-error", "The mistake was ours.", [("value", name("uphold"))])];
    let referrals = vec![("legal_compliance".to_owned(), "threat-of-suit".to_owned(), "A lawsuit was announced.".to_owned())];
    insta::assert_snapshot!(shown(Assembly { referrals, ..assembly(parts) }, false), @r"
    D-1001: uphold, and a person has to look at it
      The mistake was ours.
      policy default 2026.11.1 (0123456789ab), built into the program
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    To a person   legal compliance has to look at it: asked for by threat-of-suit
                    A lawsuit was announced.

    Escalation    legal compliance (level 1): threat-of-suit
    ");
}

#[test]
fn a_plain_table_shows_its_results() {
    let parts = vec![decided("shipping", "heavy", "", [("price", usd("12.00")), ("carrier", name("road"))])];
    insta::assert_snapshot!(shown(assembly(parts), false), @r"
    D-1001: decided
      policy default 2026.11.1 (0123456789ab), built into the program
      judged by the policy of 2026-03-02, as things stand at 2026-03-05T00:00:00Z

    Result        shipping: price 12.00 USD, carrier road
    ");
}

#[test]
fn one_line_for_each_case_of_a_history() {
    let lines = [list_heading(), list_line(&assemble(full())), list_line(&assemble(undecided()))];
    insta::assert_snapshot!(lines.join("\n"), @r"
    CASE               RESULT                   TOTAL        GOODWILL APPROVAL
    D-1001             uphold              113.14 USD       25.00 USD team leader +2
    D-1001             referred             64.20 USD               - -
    ");
}

#[test]
fn colour_adds_nothing_but_colour() {
    let decision = assemble(full());
    let coloured = explain(&decision, &View { colour: true, trace: true, ..View::default() });
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = rest[at..].split_once('m').unwrap().1;
    }
    plain.push_str(rest);
    assert_eq!(plain, explain(&decision, &View { trace: true, ..View::default() }));
}
