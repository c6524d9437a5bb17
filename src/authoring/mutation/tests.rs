//! Changes of a small bundle, by name.

use super::mutants::Mutants;
use crate::bundle::{Bundle, BundleFiles};
use crate::policy::{Extensions, Policy};

fn changes(files: &[(&str, &str)]) -> String {
    let mut bundle = BundleFiles::new();
    for (path, text) in files {
        bundle.insert(*path, *text);
    }
    let (bundle, findings) = Bundle::read(&bundle);
    let bundle = bundle.unwrap();
    let policy = Policy::compile(&bundle, &Extensions::new(), findings).unwrap();
    let all = Mutants::of(&policy.program, &bundle);
    let names: String = all.list.iter().map(|mutant| format!("{}\n", mutant.name)).collect();
    format!("{names}and {} that change nothing\n", all.equivalent)
}

#[test]
fn every_kind_of_slip() {
    insta::assert_snapshot!(changes(&[
        ("bundle.yaml", "bundle: small\nversion: 1\ncurrency: USD\nparams: {most: 50.00 USD}\nfacts: {input.n: {type: integer}, input.word: {type: text}}\n"),
        ("decisions/fee.yaml", "
decision: fee
hit: first
outputs: {amount: {type: money}, waived: {type: boolean, default: false}}
rules:
  - {id: few, when: {input.n: under 3, input.word: [a, b]}, then: {amount: 1.00}, because: Few.}
  - {id: some, when: {input.n: 3 to 5}, then: {amount: = params.most}, because: Some.}
  - {id: many, when: {input.n: over 5}, then: {amount: 9.00, waived: true}, because: Many.}
otherwise: {amount: 0.00, because: None.}
"),
        ("guardrails/limits.yaml", "
guardrails:
  - {id: most, cap: fee.amount, at: params.most, because: No more.}
"),
    ]), @"
    fee/few: the rule is left out
    fee/few: `input.n: under 3` is left out
    fee/few: `input.n: under 3` becomes `at most 3`
    fee/few: `input.n: under 3` becomes `under 2`
    fee/few: `input.word: a, b` is left out
    fee/few: `input.word: a, b` becomes `b`
    fee/few: `input.word: a, b` becomes `a`
    fee/some: the rule is left out
    fee/some: `input.n: 3 to 5` is left out
    fee/some: `input.n: 3 to 5` becomes `over 3 and at most 5`
    fee/some: `input.n: 3 to 5` becomes `at least 3 and under 5`
    fee/many: the rule is left out
    fee/many: `input.n: over 5` is left out
    fee/many: `input.n: over 5` becomes `at least 5`
    fee/many: `input.n: over 5` becomes `over 6`
    fee/few: `amount: 1.00 USD` becomes `2.00 USD`
    fee/some: `amount: its formula` becomes `0.00`
    fee/many: `amount: 9.00 USD` becomes `10.00 USD`
    fee/many: `waived: true` becomes `false`
    fee/otherwise: `amount: 0.00 USD` becomes `1.00 USD`
    most: the guardrail is left out
    params.most: `50.00 USD` becomes `55.00 USD`
    params.most: `50.00 USD` becomes `45.00 USD`
    and 2 that change nothing
    ");
}

#[test]
fn what_binds_a_rule_to_its_pack_is_no_slip() {
    insta::assert_snapshot!(changes(&[
        ("bundle.yaml", "bundle: small\nversion: 1\ncurrency: USD\npacks: [near]\n"),
        ("decisions/fee.yaml", "decision: fee\nhit: first\noutputs: {amount: {type: money}}\notherwise: {amount: 1.00, because: A fee.}\n"),
        ("packs/near/bundle.yaml", "pack: near\nversion: 1\nwhen: {complaint.jurisdiction: US}\n"),
        ("packs/near/decisions/fee.yaml", "
decision: fee
rules:
  - {id: N, when: {dispute.disputed_amount: over 10.00}, then: {amount: 4.00}, because: The law.}
"),
    ]), @"
    fee/N: the rule is left out
    fee/N: `dispute.disputed_amount: over 10` is left out
    fee/N: `dispute.disputed_amount: over 10` becomes `at least 10`
    fee/N: `amount: 4.00 USD` becomes `5.00 USD`
    fee/otherwise: `amount: 1.00 USD` becomes `2.00 USD`
    and 0 that change nothing
    ");
}
