//! What is owed has no cap and never depends on who the customer is to us.

use super::{BUNDLE, bundle};

/// A bundle of a correction and one more file.
fn owed(correction: &str, more: &[(&str, &str)]) -> String {
    let mut files = vec![("bundle.yaml", BUNDLE), ("decisions/correction.yaml", correction)];
    files.extend(more);
    bundle(&files)
}

const PLAIN: &str = r"
decision: correction
outputs:
  amount: {type: money}
  instrument: {type: enum, values: [none, credit_note], default: credit_note}
otherwise: {amount: = dispute.disputed_amount, because: It was wrong.}
";

#[test]
fn a_cap() {
    insta::assert_snapshot!(owed(PLAIN, &[("guardrails/limits.yaml", r"
guardrails:
  - {id: no-more, cap: correction.amount, at: 500.00, because: No more than this.}
")]), @"
    error[R0601]: `correction.amount` is money that we owe, and what is owed has no cap
     --> guardrails/limits.yaml:2:24
      |
    2 |   - {id: no-more, cap: correction.amount, at: 500.00, because: No more than this.}
      |                        ^^^^^^^^^^^^^^^^^
      |
      = help: a large sum takes `require_approval`; a floor is allowed

    1 error
    ");
}

#[test]
fn a_cap_on_penalties_and_a_ban_on_corrections() {
    insta::assert_snapshot!(owed(PLAIN, &[("decisions/penalties.yaml", r"
decision: penalties
for_each: dispute.consequential_charges as charge
outputs:
  approved: {type: money, value: = charge.amount}
  refused: {type: money, value: 0.00}
"), ("guardrails/limits.yaml", r"
guardrails:
  - {id: no-more, cap: penalties.approved, at: 500.00, because: No more than this.}
  - {id: none, forbid: {correction.instrument: credit_note}, instead: {correction.instrument: none}, because: No notes.}
")]), @"
    error[R0601]: `penalties.approved` is money that we owe, and what is owed has no cap
     --> guardrails/limits.yaml:2:24
      |
    2 |   - {id: no-more, cap: penalties.approved, at: 500.00, because: No more than this.}
      |                        ^^^^^^^^^^^^^^^^^^
      |
      = help: a large sum takes `require_approval`; a floor is allowed

    error[R0601]: `correction` is money that we owe, and no guardrail may take it away
     --> guardrails/limits.yaml:3:6
      |
    3 |   - {id: none, forbid: {correction.instrument: credit_note}, instead: {correction.instrument: none}, because: No ...
      |      ^^
      |
      = help: bound what is at our discretion, as `goodwill.amount`, or use `floor`

    2 errors
    ");
}

#[test]
fn the_tier_read_directly() {
    insta::assert_snapshot!(owed(r"
decision: correction
outputs:
  amount: {type: money}
  instrument: {type: enum, values: [none, credit_note], default: credit_note}
rules:
  - when: {customer.tier: [gold, strategic]}
    then: {amount: = dispute.disputed_amount}
    because: Good customers are believed.
otherwise: {amount: 0.00, because: Others are not.}
", &[]), @"
    error[R0602]: `correction` is money that we owe, and it reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}

#[test]
fn the_tier_read_through_another_decision() {
    insta::assert_snapshot!(owed(r"
decision: correction
outputs:
  amount: {type: money}
  instrument: {type: enum, values: [none, credit_note], default: credit_note}
rules:
  - when: {trust.level: high}
    then: {amount: = dispute.disputed_amount}
    because: Good customers are believed.
otherwise: {amount: 0.00, because: Others are not.}
", &[("decisions/trust.yaml", r"
decision: trust
outputs:
  level: {type: enum, values: [low, high]}
rules:
  - {when: {standing.points: over 5}, then: {level: high}, because: Many points.}
otherwise: {level: low, because: Few points.}
"), ("decisions/standing.yaml", r"
decision: standing
outputs:
  points: {type: integer}
rules:
  - {when: {customer.tier: gold}, then: {points: 10}, because: Gold.}
otherwise: {points: 0, because: Not gold.}
")]), @"
    error[R0602]: `correction` is money that we owe, and it reads `trust`, which reads `standing`, which reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
     ::: decisions/standing.yaml:1:11
      |
    1 | decision: standing
      |           -------- `standing` reads `customer.tier`
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}

#[test]
fn the_tier_read_through_a_let() {
    insta::assert_snapshot!(owed(r#"
decision: correction
let:
  trusted: = customer.tier == "gold"
outputs:
  amount: {type: money}
  instrument: {type: enum, values: [none, credit_note], default: credit_note}
rules:
  - when: {trusted: true}
    then: {amount: = dispute.disputed_amount}
    because: Good customers are believed.
otherwise: {amount: 0.00, because: Others are not.}
"#, &[]), @"
    error[R0602]: `correction` is money that we owe, and it reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}

#[test]
fn the_tier_read_through_a_script() {
    insta::assert_snapshot!(owed(r"
decision: correction
script: scripts/correction.rhai
on_failure: escalate
outputs:
  amount: {type: money}
  instrument: {type: enum, values: [none, credit_note], default: credit_note}
", &[("scripts/correction.rhai", r#"
fn correction(facts, settings) {
    let customer = facts.customer;
    if customer.tier == "gold" { #{amount: facts.dispute.disputed_amount} } else { #{amount: money(0)} }
}
"#)]), @"
    error[R0602]: `correction` is money that we owe, and it reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}

#[test]
fn the_tier_read_through_a_plugin() {
    let manifest = "bundle: test\nversion: 1\ncurrency: USD\nplugins:\n  - {id: loyalty, script: scripts/loyalty.rhai, after: correction, on_failure: skip}\n";
    insta::assert_snapshot!(bundle(&[("bundle.yaml", manifest), ("decisions/correction.yaml", PLAIN), ("scripts/loyalty.rhai", r#"
fn correction(facts, draft, settings) {
    if facts.customer.tier == "gold" { draft.amount = draft.amount * 2; }
    draft
}
"#)]), @"
    error[R0602]: `correction` is money that we owe, and it reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}

#[test]
fn the_tier_read_by_a_floor_and_by_a_reason() {
    insta::assert_snapshot!(owed(r"
decision: correction
outputs:
  amount: {type: money}
  instrument: {type: enum, values: [none, credit_note], default: credit_note}
otherwise:
  amount: = dispute.disputed_amount
  because: It was wrong, dear {customer.tier} customer.
", &[("decisions/interest.yaml", "decision: interest\noutputs:\n  amount: {type: money, value: 0.00}\n"), ("guardrails/limits.yaml", r"
guardrails:
  - {id: at-least, when: {history.offers_rejected: over 1}, floor: interest.amount, at: 5.00, because: No less.}
")]), @"
    error[R0602]: `correction` is money that we owe, and it reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    error[R0602]: `interest` is money that we owe, and it reads `history.offers_rejected`
     --> decisions/interest.yaml:1:11
      |
    1 | decision: interest
      |           ^^^^^^^^
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    2 errors
    ");
}

#[test]
fn a_whole_group_that_holds_the_tier() {
    insta::assert_snapshot!(owed(r"
decision: correction
outputs:
  amount: {type: money}
  instrument: {type: enum, values: [none, credit_note], default: credit_note}
rules:
  - when: {offers: present}
    then: {amount: 0.00}
    because: They were offered something.
  - when: {offers: empty}
    then: {amount: = dispute.disputed_amount}
    because: They were not.
", &[]), @"
    error[R0602]: `correction` is money that we owe, and it reads `offers`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}

#[test]
fn worth_that_comes_by_way_of_a_pack_a_clock_or_a_parameter() {
    let packs = "bundle: test\nversion: 1\ncurrency: USD\npacks: [gold]\nparams: {most: 50.00 USD}\n";
    let gold = "pack: gold\nversion: 1\nwhen: {customer.tier: gold}\n";
    let by_rule = bundle(&[
        ("bundle.yaml", packs),
        ("decisions/correction.yaml", PLAIN),
        ("packs/gold/bundle.yaml", gold),
        (
            "packs/gold/decisions/correction.yaml",
            "
decision: correction
rules:
  - {id: G, when: {dispute.disputed_amount: over params.most}, then: {amount: = dispute.disputed_amount}, because: Gold.}
",
        ),
    ]);
    let by_param = bundle(&[
        ("bundle.yaml", packs),
        ("decisions/correction.yaml", &PLAIN.replace("= dispute.disputed_amount", "= params.most")),
        ("packs/gold/bundle.yaml", &format!("{gold}params: {{most: 80.00 USD}}\n")),
    ]);
    let by_clock = bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/correction.yaml", PLAIN),
        (
            "decisions/outcome.yaml",
            "
decision: outcome
outputs: {value: {type: enum, values: [provisional, concede_by_deadline]}}
otherwise: {value: provisional, because: We are looking.}
",
        ),
        (
            "obligations/all.yaml",
            "
obligations:
  - id: answer
    when: {customer.tier: gold}
    step: answer
    due: {within: 10 calendar days, after: complaint.received_at}
    on_breach: concede
",
        ),
    ]);
    insta::assert_snapshot!([by_rule, by_param, by_clock].join("\n"), @"
    error[R0602]: `correction` is money that we owe, and it reads the pack `gold`, which reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
     ::: bundle.yaml:4:9
      |
    4 | packs: [gold]
      |         ---- the pack `gold` reads `customer.tier`
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error

    error[R0602]: `correction` is money that we owe, and it reads the pack `gold`, which reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
     ::: bundle.yaml:4:9
      |
    4 | packs: [gold]
      |         ---- the pack `gold` reads `customer.tier`
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error

    error[R0602]: `correction` is money that we owe, and it reads the clock of `answer`, which reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
     ::: obligations/all.yaml:2:9
      |
    2 |   - id: answer
      |         ------ the clock of `answer` reads `customer.tier`
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}

#[test]
fn worth_that_bounds_a_clock_which_concedes() {
    let manifest = "bundle: test\nversion: 1\ncurrency: USD\npacks: [gold]\nparams: {most: 50.00 USD}\n";
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", manifest),
        ("decisions/correction.yaml", PLAIN),
        ("decisions/outcome.yaml", "
decision: outcome
outputs: {value: {type: enum, values: [provisional, concede_by_deadline]}}
otherwise: {value: provisional, because: We are looking.}
"),
        ("packs/gold/bundle.yaml", "pack: gold\nversion: 1\nwhen: {customer.tier: gold}\nparams: {most: 80.00 USD}\n"),
        ("obligations/all.yaml", "
obligations:
  - id: answer
    when: {dispute.disputed_amount: at most params.most}
    step: answer
    due: {within: 10 calendar days, after: complaint.received_at}
    on_breach: concede
"),
    ]), @"
    error[R0602]: `correction` is money that we owe, and it reads the clock of `answer`, which reads the pack `gold`, which reads `customer.tier`
     --> decisions/correction.yaml:1:11
      |
    1 | decision: correction
      |           ^^^^^^^^^^
      |
     ::: bundle.yaml:4:9
      |
    4 | packs: [gold]
      |         ---- the pack `gold` reads `customer.tier`
      |
      = help: what is owed never depends on the customer's worth, tier, behaviour or offers; put such a rule into `goodwill`

    1 error
    ");
}
