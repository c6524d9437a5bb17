//! Facts of a company's own: attributes of a dispute, and the input of a plain table bundle.

use super::{case, decided, policy, shown};

#[test]
fn a_companys_own_facts_are_attributes() {
    let bundle = "=== bundle.yaml
bundle: own
version: 1.0.0
currency: USD
facts:
  attributes.contract_kind: {type: enum, values: [prepaid, postpaid], about: How the line is paid}
  attributes.since: {type: date, required: true}
=== decisions/d.yaml
decision: d
hit: first
outputs: {word: {type: text}}
rules:
  - {id: pre, when: {attributes.contract_kind: prepaid, attributes.since: after 2026-01-01}, then: {word: a}, because: a.}
otherwise: {word: b, because: b.}
";
    insta::assert_snapshot!(decided(bundle, &[
        "attributes.contract_kind: prepaid; attributes.since: 2026-01-02",
        "attributes.contract_kind: unknown; attributes.since: 2026-01-02",
        "attributes.contract_kind: prepaid",
        "attributes.contract_kind: postpayd; attributes.since: soon",
        "attributes.contract: prepaid; attributes.since: 2026-01-02",
    ]), @"
    [attributes.contract_kind: prepaid; attributes.since: 2026-01-02]
    decided
      d: decided by pre -> word a
        because a.

    [attributes.contract_kind: unknown; attributes.since: 2026-01-02]
    decided
      d: decided by otherwise -> word b
        because b.
        nearest pre: `attributes.contract_kind` is unknown, the rule asks for prepaid

    [attributes.contract_kind: prepaid]
    needs_facts, needs attributes.since
      d: decided by otherwise -> word b
        because b.
        nearest pre: `attributes.since` is missing, the rule asks for after 2026-01-01

    [attributes.contract_kind: postpayd; attributes.since: soon]
    error[R0103]: `attributes.contract_kind` expects one of prepaid, postpaid, found `postpayd`
     --> case.yaml:1:30
      |
    1 | {attributes: {contract_kind: postpayd, since: soon}}
      |                              ^^^^^^^^
      |
      = help: did you mean `postpaid`?

    error[R0102]: `attributes.since`: `soon` is not a date
     --> case.yaml:1:47
      |
    1 | {attributes: {contract_kind: postpayd, since: soon}}
      |                                               ^^^^
      |
      = help: write it as `2026-03-05`

    2 errors

    [attributes.contract: prepaid; attributes.since: 2026-01-02]
    error[R0101]: there is no fact `attributes.contract`: the bundle `own` does not declare it
     --> case.yaml:1:25
      |
    1 | {attributes: {contract: prepaid, since: 2026-01-02}}
      |                         ^^^^^^^
      |
      = help: declare it in bundle.yaml: `facts: {attributes.contract: {type: ...}}`

    1 error
    ");
}

#[test]
fn a_plain_table_bundle_needs_no_complaint() {
    let bundle = "=== bundle.yaml
bundle: freight
version: 3.1.0
currency: EUR
facts:
  input.weight: {type: decimal, required: true}
  input.express: {type: boolean}
=== decisions/freight.yaml
decision: freight
hit: first
outputs: {price: {type: money}}
table: |
  | input.weight | input.express | => price | because       |
  | <= 2.5       | true          | 9.90     | Light, fast.  |
  | <= 2.5       | -             | 4.90     | Light.        |
  | <= 30        | -             | 12.50    | Heavy.        |
";
    let policy = policy(bundle);
    let decision = |json: &str| {
        let source = redress::text::Source::new("case.json", json);
        let case = redress::case::read_case(&source, redress::case::CaseFormat::Json).unwrap();
        shown(crate::oracle::decide(&policy, &case, case_time()))
    };
    let cases =
        [r#"{"input": {"weight": "2.5", "express": true}}"#, r#"{"input": {"weight": 2.51}}"#, r#"{"input": {"express": true}}"#];
    let text: Vec<String> = cases.iter().map(|json| format!("{json}\n{}", decision(json))).collect();
    insta::assert_snapshot!(text.join("\n"), @r#"
    {"input": {"weight": "2.5", "express": true}}
    decided
      freight: decided by #1 -> price 9.90 EUR
        because Light, fast.

    {"input": {"weight": 2.51}}
    decided
      freight: decided by #3 -> price 12.50 EUR
        because Heavy.

    {"input": {"express": true}}
    needs_facts, needs input.weight
      freight: no_rule
        nearest #1: `input.weight` is missing, the rule asks for at most 2.5
        nearest #2: `input.weight` is missing, the rule asks for at most 2.5
        nearest #3: `input.weight` is missing, the rule asks for at most 30
      fault of freight, no_rule: no rule of `freight` covers this case (decisions/freight.yaml:1:11)
    "#);
}

fn case_time() -> redress::value::DateTime {
    case("").1
}
