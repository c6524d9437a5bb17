//! Rules of `unique` and `any` decisions that match at once.

use super::decision;

#[test]
fn two_rules_overlap() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - id: small
    when: {dispute.disputed_amount: at most 100}
    then: {amount: 1.00}
    because: Small.
  - id: old-customer
    when: {customer.tenure_months: at least 24, customer.tier: [gold, silver]}
    then: {amount: 0.50}
    because: Old customers pay less.
"), @"
    error[R0307]: `small` and `old-customer` both match a case with dispute.disputed_amount = 100.00 USD, customer.tenure_months = 24, customer.tier = silver
     --> decisions/fee.yaml:9:5
      |
    5 |   - id: small
      |     -- the other rule
    ...
    9 |   - id: old-customer
      |     ^^
      |
      = help: narrow one of them, or write `hit: first` if the order decides

    1 error
    ");
}

#[test]
fn two_rows_of_a_table_overlap() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
table: |
  | id     | customer.tier | customer.tenure_months | => amount | because          |
  | gold   | gold          | -                      | 0.00      | Gold is free.    |
  | new    | -             | < 12                   | 2.00      | New ones pay.    |
  | others | not gold      | >= 12                  | 1.00      | The others pay.  |
"), @"
    error[R0307]: `gold` and `new` both match a case with customer.tier = gold, customer.tenure_months = 11
     --> decisions/fee.yaml:7:5
      |
    6 |   | gold   | gold          | -                      | 0.00      | Gold is free.    |
      |     ---- the other rule
    7 |   | new    | -             | < 12                   | 2.00      | New ones pay.    |
      |     ^^^
      |
      = help: narrow one of them, or write `hit: first` if the order decides

    1 error
    ");
}

#[test]
fn a_missing_fact_satisfies_both() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: [gold, missing]}, then: {amount: 0.00}, because: Gold is free.}
  - {id: silver, when: {customer.tier: [silver, missing]}, then: {amount: 1.00}, because: Silver pays.}
"), @"
    error[R0307]: `gold` and `silver` both match a case with customer.tier = missing
     --> decisions/fee.yaml:6:6
      |
    5 |   - {id: gold, when: {customer.tier: [gold, missing]}, then: {amount: 0.00}, because: Gold is free.}
      |      -- the other rule
    6 |   - {id: silver, when: {customer.tier: [silver, missing]}, then: {amount: 1.00}, because: Silver pays.}
      |      ^^
      |
      = help: narrow one of them, or write `hit: first` if the order decides

    1 error
    ");
}

#[test]
fn two_rules_without_conditions() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: one, then: {amount: 0.00}, because: Free.}
  - {id: two, then: {amount: 1.00}, because: Not free.}
"), @"
    error[R0307]: `one` and `two` both match every case
     --> decisions/fee.yaml:6:6
      |
    5 |   - {id: one, then: {amount: 0.00}, because: Free.}
      |      -- the other rule
    6 |   - {id: two, then: {amount: 1.00}, because: Not free.}
      |      ^^
      |
      = help: narrow one of them, or write `hit: first` if the order decides

    1 error
    ");
}

#[test]
fn rules_of_any_that_disagree() {
    insta::assert_snapshot!(decision(r"
decision: fee
hit: any
outputs:
  amount: {type: money}
rules:
  - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
  - {id: old, when: {customer.tenure_months: over 24}, then: {amount: 0.00}, because: Old is free.}
  - {id: new, when: {customer.tenure_months: under 3}, then: {amount: 1.00}, because: New pays.}
"), @"
    error[R0307]: `gold` and `new` both match a case with customer.tier = gold, customer.tenure_months = 2
     --> decisions/fee.yaml:8:6
      |
    6 |   - {id: gold, when: {customer.tier: gold}, then: {amount: 0.00}, because: Gold is free.}
      |      -- the other rule
    7 |   - {id: old, when: {customer.tenure_months: over 24}, then: {amount: 0.00}, because: Old is free.}
    8 |   - {id: new, when: {customer.tenure_months: under 3}, then: {amount: 1.00}, because: New pays.}
      |      ^^
      |
      = help: let both say the same, narrow one of them, or write `hit: first`

    1 error
    ");
}

#[test]
fn rules_that_are_in_force_on_different_days() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: before, then: {amount: 0.00}, because: Free., until: 2026-05-31}
  - {id: after, then: {amount: 1.00}, because: Not free., from: 2026-06-01}
"), @"no findings");
}

#[test]
fn derived_inputs_prove_nothing() {
    insta::assert_snapshot!(decision(r"
decision: fee
let:
  months: = customer.tenure_months
  half: = customer.tenure_months / 2
outputs:
  amount: {type: money}
rules:
  - {id: old, when: {months: at least 12}, then: {amount: 1.00}, because: Old.}
  - {id: young, when: {half: under 6}, then: {amount: 2.00}, because: Young.}
"), @"
    loaded, with
    warning[R0308]: it is not proven that `old` and `young` never match at once: both would match a case with months = 12, half = 5.99
     --> decisions/fee.yaml:9:6
      |
    8 |   - {id: old, when: {months: at least 12}, then: {amount: 1.00}, because: Old.}
      |      -- the other rule
    9 |   - {id: young, when: {half: under 6}, then: {amount: 2.00}, because: Young.}
      |      ^^
      |
      = help: derived inputs may rule such a case out; the check while deciding stays

    1 warning
    ");
}

#[test]
fn many_rules_are_proven_apart() {
    let mut text =
        "decision: fee\noutputs:\n  amount: {type: money}\ntable: |\n  | complaint.case_id | => amount | because |\n".to_owned();
    for number in 0..2_100 {
        text.push_str(&format!("  | c{number} | 1.00 | A fee. |\n"));
    }
    insta::assert_snapshot!(decision(&text), @"no findings");
}

#[test]
fn more_settings_than_are_looked_at() {
    let periods: String = (1..=28).map(|day| format!("    - {{from: 2026-02-{day:02}, value: {day}}}\n")).collect();
    let manifest = format!("{}params:\n  limit:\n{periods}", super::BUNDLE);
    let fee = r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: few, when: {customer.tenure_months: under params.limit}, then: {amount: 1.00}, because: Few.}
  - {id: many, when: {customer.tenure_months: at least params.limit}, then: {amount: 0.00}, because: Many.}
";
    insta::assert_snapshot!(super::bundle(&[("bundle.yaml", &manifest), ("decisions/fee.yaml", fee)]), @"
    loaded, with
    warning[R0308]: it is not proven that no two of the 2 rules of `fee` match at once; the check while deciding stays
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: use `hit: first` if the order decides

    1 warning
    ");
}

#[test]
fn parameters_are_compared_in_every_period_and_currency() {
    let manifest = format!(
        "{}params:\n  low:\n    - {{from: 2026-01-01, until: 2026-06-30, value: 10}}\n    - {{from: 2026-07-01, value: 30}}\n  \
         small: {{USD: 100.00, EUR: 90.00}}\n  large: {{USD: 100.00, EUR: 80.00}}\n",
        super::BUNDLE
    );
    let fee = r"
decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: new, when: {customer.tenure_months: under params.low}, then: {amount: 1.00}, because: New.}
  - {id: old, when: {customer.tenure_months: over 24}, then: {amount: 0.00}, because: Old.}
";
    let size = r"
decision: size
outputs:
  amount: {type: money}
rules:
  - {id: small, when: {dispute.disputed_amount: at most params.small}, then: {amount: 1.00}, because: Small.}
  - {id: large, when: {dispute.disputed_amount: over params.large}, then: {amount: 0.00}, because: Large.}
";
    let files = [("bundle.yaml", manifest.as_str()), ("decisions/fee.yaml", fee), ("decisions/size.yaml", size)];
    insta::assert_snapshot!(super::bundle(&files), @"
    error[R0307]: `new` and `old` both match a case from 2026-07-01 with customer.tenure_months = 25
     --> decisions/fee.yaml:6:6
      |
    5 |   - {id: new, when: {customer.tenure_months: under params.low}, then: {amount: 1.00}, because: New.}
      |      -- the other rule
    6 |   - {id: old, when: {customer.tenure_months: over 24}, then: {amount: 0.00}, because: Old.}
      |      ^^
      |
      = help: narrow one of them, or write `hit: first` if the order decides

    error[R0307]: `small` and `large` both match a case in EUR with dispute.disputed_amount = 80.01 EUR
     --> decisions/size.yaml:6:6
      |
    5 |   - {id: small, when: {dispute.disputed_amount: at most params.small}, then: {amount: 1.00}, because: Small.}
      |      -- the other rule
    6 |   - {id: large, when: {dispute.disputed_amount: over params.large}, then: {amount: 0.00}, because: Large.}
      |      ^^
      |
      = help: narrow one of them, or write `hit: first` if the order decides

    2 errors
    ");
}

#[test]
fn a_parameter_that_a_pack_sets_anew_proves_nothing() {
    let manifest = format!("{}params: {{count: 3}}\npacks: [near]\nfacts: {{input.n: {{type: integer}}}}\n", super::BUNDLE);
    let fee = "decision: fee
outputs:
  amount: {type: money}
rules:
  - {id: never, when: {params.count: 99}, then: {amount: 1.00}, because: It is three or five.}
  - {id: some, when: {input.n: over 5}, then: {amount: 0.00}, because: Some.}
";
    let pack = "pack: near\nversion: 1\nwhen: {input.n: 1}\nparams: {count: 5}\n";
    let files = [("bundle.yaml", manifest.as_str()), ("decisions/fee.yaml", fee), ("packs/near/bundle.yaml", pack)];
    insta::assert_snapshot!(super::bundle(&files), @"
    loaded, with
    warning[R0308]: it is not proven that `never` and `some` never match at once: both would match a case with params.count = 99, input.n = 6
     --> decisions/fee.yaml:6:6
      |
    5 |   - {id: never, when: {params.count: 99}, then: {amount: 1.00}, because: It is three or five.}
      |      -- the other rule
    6 |   - {id: some, when: {input.n: over 5}, then: {amount: 0.00}, because: Some.}
      |      ^^
      |
      = help: derived inputs may rule such a case out; the check while deciding stays

    1 warning
    ");
    let without = manifest.replace("packs: [near]\n", "");
    insta::assert_snapshot!(super::bundle(&[("bundle.yaml", &without), ("decisions/fee.yaml", fee)]), @"no findings");
}

#[test]
fn rules_that_repeat_each_other_are_not_reported_pair_by_pair() {
    let rules: String =
        (1..=30).map(|number| format!("  - {{id: r{number}, then: {{amount: 1.00}}, because: Always.}}\n")).collect();
    let shown = decision(&format!("decision: fee\noutputs:\n  amount: {{type: money}}\nrules:\n{rules}"));
    let kept: Vec<&str> = shown.lines().skip_while(|line| !line.starts_with("warning")).take(7).collect();
    insta::assert_snapshot!(kept.join("\n"), @r"
    warning[R0308]: more rules of `fee` may match at once than the 20 pairs that are shown
     --> decisions/fee.yaml:1:11
      |
    1 | decision: fee
      |           ^^^
      |
      = help: mend these first
    ");
    assert!(shown.ends_with("\n20 errors, 1 warning\n"), "{shown}");
}
