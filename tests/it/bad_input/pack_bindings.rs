//! What a pack may not say: things that would hold outside of it, or that nobody could tell.

use super::{BUNDLE, bundle};

const PACKS: &str = "bundle: test\nversion: 1\ncurrency: USD\npacks: [near]\nparams: {limit: 50.00 USD}\n";
const NEAR: &str = "pack: near\nversion: 1\nwhen: {complaint.jurisdiction: US}\n";
const FEE: &str = "decision: fee\nhit: first\noutputs: {amount: {type: money}}\notherwise: {amount: 1.00, because: A fee.}\n";

#[test]
fn a_pack_that_hangs_on_what_it_sets_itself() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", PACKS),
        ("decisions/fee.yaml", FEE),
        ("packs/near/bundle.yaml", "pack: near\nversion: 1\nwhen: {dispute.disputed_amount: at most params.limit}\nparams: {limit: 80.00 USD}\n"),
    ]), @"
    error[R0234]: whether the pack `near` applies cannot hang on `params.limit`, which a pack sets anew
     --> packs/near/bundle.yaml:3:8
      |
    3 | when: {dispute.disputed_amount: at most params.limit}
      |        ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the value itself

    1 error
    ");
}

#[test]
fn a_rule_that_undoes_the_binding_to_its_pack() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", PACKS),
        ("decisions/fee.yaml", FEE),
        ("packs/near/bundle.yaml", NEAR),
        ("packs/near/decisions/fee.yaml", "
decision: fee
rules:
  - {id: N, when: {packs.near: [true, unknown], dispute.disputed_amount: over params.limit}, then: {amount: 2.00}, because: The law.}
"),
    ]), @"
    error[R0234]: every rule of the pack `near` holds where the pack applies, and nowhere else
     --> packs/near/decisions/fee.yaml:3:20
      |
    3 |   - {id: N, when: {packs.near: [true, unknown], dispute.disputed_amount: over params.limit}, then: {amount: 2.00}...
      |                    ^^^^^^^^^^
      |
      = help: leave `packs.near` out

    1 error
    ");
}

#[test]
fn a_fact_that_would_be_required_everywhere() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", PACKS),
        ("packs/near/bundle.yaml", &format!("{NEAR}facts:\n  input.rfc: {{type: text, required: true}}\n")),
    ]), @"
    error[R0234]: `input.rfc` would be required in every case, also where the pack does not apply
     --> packs/near/bundle.yaml:5:3
      |
    5 |   input.rfc: {type: text, required: true}
      |   ^^^^^^^^^
      |
      = help: leave `required` out; a decision that needs the fact names it under its own `required`

    1 error
    ");
}

#[test]
fn a_pack_that_cannot_be_read_is_one_mistake() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", PACKS),
        ("decisions/fee.yaml", "
decision: fee
hit: first
outputs: {amount: {type: money}}
rules:
  - {id: a, when: {packs.near: true, input.rfc: X}, then: {amount: = params.near.fee}, because: The law.}
  - {id: b, when: {special.amount: over 1.00}, then: {amount: 2.00}, because: Special.}
otherwise: {amount: 1.00, because: A fee.}
"),
        ("packs/near/bundle.yaml", "pack: near\nversion: 1\nwhen: {complaint.jurisdiction: US\nparams: {near: {fee: 3.00 USD}}\nfacts: {input.rfc: {type: text}}\n"),
        ("packs/near/decisions/special.yaml", &FEE.replace("decision: fee", "decision: special")),
    ]), @"
    error[R0002]: a `,` or the closing `}` is missing before this
     --> packs/near/bundle.yaml:4:7
      |
    3 | when: {complaint.jurisdiction: US
      |       - opened here
    4 | params: {near: {fee: 3.00 USD}}
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a text that holds brackets, commas or `: ` wants quotes here

    1 error
    ");
}

#[test]
fn rules_without_an_id_are_told_apart() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", PACKS),
        ("decisions/fee.yaml", &FEE.replace("otherwise", "rules:\n  - {when: {dispute.disputed_amount: over params.limit}, then: {amount: 2.00}, because: Much.}\notherwise")),
        ("packs/near/bundle.yaml", NEAR),
        ("packs/near/decisions/fee.yaml", "
decision: fee
rules:
  - {when: {dispute.disputed_amount: over 10.00}, then: {amount: 4.00}, because: The law.}
"),
    ]), @"no findings");
}

#[test]
fn clocks_that_are_one_name_and_clocks_that_are_none() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("obligations/all.yaml", "
obligations:
  - {id: a-b, step: look, due: {within: 3 business days, after: complaint.received_at}}
  - {id: a_b, step: look, due: {within: 4 business days, after: complaint.received_at}}
  - {id: held, holds: [collection]}
  - id: mixed
    step: tell
    due:
      - {when: {account.product: telecom}, within: 24 hours, after: complaint.received_at}
      - {within: 3 business days, after: complaint.received_at}
"),
        ("decisions/fee.yaml", &FEE.replace("otherwise", "rules:\n  - {id: a, when: {clock.held.breached: false}, then: {amount: 2.00}, because: Much.}\notherwise")),
    ]), @"
    error[R0403]: nothing is called `clock.held.breached`
     --> decisions/fee.yaml:5:20
      |
    5 |   - {id: a, when: {clock.held.breached: false}, then: {amount: 2.00}, because: Much.}
      |                    ^^^^^^^^^^^^^^^^^^^
      |
      = help: clocks are the obligations with a `due`, read as `clock.ID.due` or `clock.ID.breached`

    error[R0204]: `a-b` and `a_b` are one name where an expression reads the clock
     --> obligations/all.yaml:3:10
      |
    2 |   - {id: a-b, step: look, due: {within: 3 business days, after: complaint.received_at}}
      |          --- the first one
    3 |   - {id: a_b, step: look, due: {within: 4 business days, after: complaint.received_at}}
      |          ^^^
      |
      = help: give this one another `id`

    error[R1001]: lines of one `due` in hours and in days: hours end at an instant, days at the end of a day
     --> obligations/all.yaml:9:18
      |
    9 |       - {within: 3 business days, after: complaint.received_at}
      |                  ^^^^^^^^^^^^^^^
      |
      = help: count all lines alike, or write two obligations for the same step

    3 errors
    ");
}
