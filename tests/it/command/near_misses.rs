//! Near misses: in an explanation, and decided by `redress why` without a wanted outcome.

use super::{Stage, case};

const AT: &str = "--at 2026-03-05";

/// Rules of which one asks for who the customer is, one for a proof, one for a finding that turns nothing, one for a number in a formula.
fn near(name: &str, language: &str) -> Stage {
    let gesture = "decision: gesture
hit: first
outputs:
  gift: {type: enum, values: [card, voucher, none]}
rules:
  - id: for-gold
    when: {customer.tier: at least gold}
    then: {gift: card}
    because: Gold customers get a card.
  - id: sure
    when: {finding.confidence: at least 0.90}
    then: {gift: voucher}
    because: We are sure.
  - id: none
    when: {finding.accounts_affected: under 10}
    then: {gift: none}
    because: Nothing more.
otherwise: {gift: none, because: Nothing more for many.}
";
    let facts = "customer: {customer_id: C-1, tier: silver}
dispute:
  reason_code: DUPLICATE
  disputed_amount: 64.20 GBP
  consequential_charges: [{kind: bank_fee, amount: 12.00 GBP, evidence: claim_only}]
finding: {status: complete, liability: our_error, correct_amount: 0.00 GBP, severity: minor, confidence: 0.60, accounts_affected: 20}
";
    let case = format!(
        "complaint: {{case_id: D-3, received_at: 2026-03-02T10:00:00Z, language: {language}, jurisdiction: GB}}\n{facts}"
    );
    Stage::new(name).file("policies/decisions/gesture.yaml", gesture).file("case.yaml", &case)
}

#[test]
fn what_could_still_change_a_decision() {
    let stage = near("why-open", "en");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml {AT}")), @"
    status 0
    --- stdout
    D-3: one near miss that somebody could still bring about

    Way 1         finding.confidence becomes 0.9, it is 0.6 (How sure the finding
                    is)
                    gesture.gift  none -> voucher
                    gesture/sure: We are sure.
                    nearly, as things stand: gesture/sure
    ");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --only finding.confidence --format json {AT}")), @r#"
    status 0
    --- stdout
    {
      "at": "2026-03-05T00:00:00Z",
      "case_id": "D-3",
      "policy": {
        "bundle": "small",
        "digest": "blake3:DIGEST",
        "version": "1.0"
      },
      "ways": [
        {
          "changes": [
            {
              "about": "How sure the finding is",
              "fact": "finding.confidence",
              "from": "0.6",
              "how": "becomes",
              "path": "finding.confidence",
              "to": "0.9"
            }
          ],
          "decided": [
            {
              "because": "We are sure.",
              "by": "gesture/sure"
            }
          ],
          "decision_id": "DIGEST",
          "rule": "gesture/sure",
          "status": "decided",
          "turned": [
            {
              "after": "voucher",
              "before": "none",
              "what": "gesture.gift"
            }
          ]
        }
      ]
    }
    "#);
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --only complaint.notice_form {AT}")), @"
    status 0
    --- stdout
    D-3: no near miss that somebody could still bring about
    ");
}

#[test]
fn what_a_customer_is_told_could_still_change_it() {
    let mut pages = String::new();
    for (name, language) in [("why-open-en", "en"), ("why-open-es", "es"), ("why-open-pt", "pt-BR")] {
        let case = case("D-1", "finding: {liability: no_error, severity: serious}\n");
        let case = case.replace("language: en", &format!("language: {language}"));
        pages.push_str(&Stage::new(name).file("case.yaml", &case).run(&format!("why case.yaml --customer {AT}")));
    }
    pages.push_str(
        &near("why-open-json", "en").run(&format!("why case.yaml --customer --only finding.confidence --format json {AT}")),
    );
    insta::assert_snapshot!(pages, @r#"
    status 0
    --- stdout
    This is what could still change our answer:
    - new facts about how the error came about

    If you have something to add to it, please send it to us, and we look at your
    case again. What follows from it we can only say once we know it.
    status 0
    --- stdout
    Esto es lo que todavía podría cambiar nuestra respuesta:
    - nuevos datos sobre cómo se produjo el error

    Si tiene algo que agregar, envíenoslo y revisamos su caso de nuevo. Lo que
    resulte solo lo podemos decir cuando lo conozcamos.
    status 0
    --- stdout
    Isto é o que ainda poderia mudar a nossa resposta:
    - novos dados sobre como o erro aconteceu

    Se tiver algo a acrescentar, envie para nós e analisamos o seu caso de novo. O
    que resulta disso só podemos dizer quando o conhecermos.
    status 0
    --- stdout
    {
      "language": "en",
      "text": "We have found nothing yet that would change our answer. If you know something that we do not know, please tell us, and we look at your case again."
    }
    "#);
}

#[test]
fn near_misses_stand_in_an_explanation() {
    let stage = near("why-explained", "en");
    let tree = stage.run(&format!("decide case.yaml --explain {AT}"));
    let gesture = tree.split("\n\n").find(|part| part.trim_start().starts_with("gesture:")).unwrap_or(&tree);
    insta::assert_snapshot!(gesture, @"
    gesture: decided
    ├─ otherwise: Nothing more for many.
    │    policies/decisions/gesture.yaml:18:13
    ├─ nearly for-gold
    │    `customer.tier` is silver, the rule asks for at least gold
    ├─ nearly sure
    │    `finding.confidence` is 0.6, the rule asks for at least 0.9
    │    can still be brought about: finding.confidence
    ├─ nearly none
    │    `finding.accounts_affected` is 20, the rule asks for under 10
    │    can still be brought about: finding.accounts_affected
    ├─ read
    │    customer.tier              silver
    │    finding.confidence         0.6
    │    finding.accounts_affected  20
    └─ gives gift none
    ");
    let json = stage.run(&format!("decide case.yaml --explain --format json {AT}"));
    let nearest =
        json.split_once("\"gesture\": {").map_or(&*json, |(_, rest)| rest.split_once("\n    }").map_or(rest, |(part, _)| part));
    insta::assert_snapshot!(nearest, @r#"

    "status": "decided",
    "rules": [
      "otherwise"
    ],
    "outputs": {
      "gift": "none"
    },
    "because": "Nothing more for many.",
    "nearest": [
      {
        "rule": "for-gold",
        "failed": [
          "`customer.tier` is silver, the rule asks for at least gold"
        ]
      },
      {
        "rule": "sure",
        "failed": [
          "`finding.confidence` is 0.6, the rule asks for at least 0.9"
        ],
        "actionable": [
          "finding.confidence"
        ]
      },
      {
        "rule": "none",
        "failed": [
          "`finding.accounts_affected` is 20, the rule asks for under 10"
        ],
        "actionable": [
          "finding.accounts_affected"
        ]
      }
    ]
    "#);
}

#[test]
fn a_way_that_cannot_be_decided_is_no_way() {
    let manifest = "bundle: small
version: 1
owner: care
currency: USD
facts: {input.word: {type: text, actionable: true}}
plugins:
  - {id: p, script: scripts/p.rhai, after: d, on_failure: refuse}
";
    let decision = "decision: d
hit: first
outputs: {n: {type: integer, default: 0}}
rules:
  - {id: red, when: {input.word: red}, then: {n: 1}, because: It is red.}
  - {id: blue, when: {input.word: blue}, then: {n: 2}, because: It is blue.}
otherwise: {because: It is neither.}
";
    let script = "fn d(facts, draft, settings) {\n    if facts.input.word == \"red\" { throw \"no red\" }\n    draft\n}\n";
    let stage = Stage::empty("why-refused")
        .file("policies/bundle.yaml", manifest)
        .file("policies/decisions/d.yaml", decision)
        .file("policies/scripts/p.rhai", script)
        .file("case.yaml", "input: {word: green}\n");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml {AT}")), @"
    status 0
    --- stdout
    Case without a number: one near miss that somebody could still bring about

    Way 1         input.word becomes blue, it is green
                    d.n  0 -> 2
                    d/blue: It is blue.
                    nearly, as things stand: d/blue
    ");
}

#[test]
fn near_misses_of_an_earlier_day_are_told_beside_those_of_today() {
    let stage = near("near-as-of", "en");
    assert!(stage.run("bundle pack --store store").starts_with("status 0\n"));
    let nearly = |more: &str| {
        let said = stage.run(&format!("decide case.yaml --as-of 2026-03-03 --store store {AT} {more}"));
        (said.matches("nearly sure").count(), said.matches("\"rule\":\"sure\"").count())
    };
    assert_eq!(nearly(""), (0, 0));
    assert_eq!(nearly("--explain"), (2, 0));
    assert_eq!(nearly("--explain --format json"), (0, 2));
}
