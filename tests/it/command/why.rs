//! `redress why`: what would have to be otherwise, with the decision that it gives, and what stands in the way where nothing does.

use super::{Stage, case};

const NOT_OURS: &str = "finding: {liability: no_error}\n";

fn stage(name: &str, language: &str) -> Stage {
    let case = case("D-1", NOT_OURS).replace("language: en", &format!("language: {language}"));
    Stage::new(name).file("case.yaml", &case)
}

/// With a decision that looks at who the customer is, at a proof and at what a step of ours has brought, and a script behind it.
fn more(name: &str) -> Stage {
    let extra = "decision: extra
hit: first
let:
  our_part: = dispute.disputed_amount * finding.our_share
outputs:
  kind: {type: enum, values: [card, voucher, none]}
  amount: {type: money, default: 0.00}
rules:
  - id: for-gold
    when: {customer.tier: at least gold, finding.liability: our_error}
    then: {kind: card}
    because: Gold customers get a card.
  - id: proven
    when: {dispute.consequential_charges.evidence: at least receipt, steps_done.step: confirm}
    then: {kind: voucher, amount: 5.00}
    because: A cost is proven, and the customer has confirmed.
  - id: large-part
    when: {our_part: over 32.10}
    then: {kind: voucher, amount: 2.00}
    because: Most of it was our part.
otherwise: {kind: none, because: Nothing more.}
";
    let scripted = "decision: scripted
script: scripts/secret.rhai
on_failure: escalate
outputs: {points: {type: integer}}
";
    let script = "/// Points for a customer.\nfn scripted(facts, settings) { #{points: if facts.finding.accounts_affected > 1000 { 1 } else { 0 }} }\n";
    let facts = "customer: {customer_id: C-1, tier: silver}
dispute:
  reason_code: DUPLICATE
  disputed_amount: 64.20 GBP
  consequential_charges: [{kind: bank_fee, amount: 12.00 GBP, evidence: claim_only}]
finding: {liability: no_error, our_share: 0.20, accounts_affected: 1}
";
    let case = format!("complaint: {{case_id: D-2, received_at: 2026-03-02T10:00:00Z, language: en, jurisdiction: GB}}\n{facts}");
    Stage::new(name)
        .file("policies/decisions/extra.yaml", extra)
        .file("policies/decisions/scripted.yaml", scripted)
        .file("policies/scripts/secret.rhai", script)
        .file("case.yaml", &case)
}

const AT: &str = "--at 2026-03-05";

#[test]
#[expect(clippy::too_many_lines, reason = "every page is shown whole")]
fn the_nearest_change_and_the_decision_that_it_gives() {
    let stage = stage("why", "en");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want goodwill.amount>0 {AT}")), @"
    status 0
    --- stdout
    D-1: goodwill.amount>0: one way to it

    Now           goodwill.amount is 0.00 GBP
                  goodwill/otherwise: No gesture is due.

    Way 1         finding.liability becomes our_error, it is no_error (Who made the
                    error)
                  finding.severity becomes minor, it is missing (How badly it hit
                    the customer)
                    goodwill.amount      0.00 GBP -> 25.00 GBP
                    goodwill.kind        missing -> gesture
                    goodwill.instrument  none -> bill_credit
                    outcome              reject -> uphold
                    total                0.00 GBP -> 89.20 GBP
                    goodwill/sorry, then at-most-25: It cost the customer time.

    Looked at     2 facts, 17 cases decided; proven: no nearer way was left out
    ");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want outcome=reject {AT}")), @"
    status 0
    --- stdout
    D-1: outcome=reject: is so already

    Now           outcome.value is reject
                  outcome/not-ours: The bill is right.
    ");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want outcome=uphold --format json {AT}")), @r#"
    status 0
    --- stdout
    {
      "at": "2026-03-05T00:00:00Z",
      "between": [],
      "case_id": "D-1",
      "cases": 7,
      "decided": [
        {
          "because": "The bill is right.",
          "by": "outcome/not-ours"
        }
      ],
      "facts": [
        "finding.liability"
      ],
      "hindrances": [],
      "is_so": false,
      "now": [
        {
          "is": "reject",
          "what": "outcome.value"
        }
      ],
      "policy": {
        "bundle": "small",
        "digest": "blake3:DIGEST",
        "version": "1.0"
      },
      "proven": true,
      "wanted": [
        "outcome=uphold"
      ],
      "ways": [
        {
          "changes": [
            {
              "about": "Who made the error",
              "fact": "finding.liability",
              "from": "no_error",
              "how": "becomes",
              "path": "finding.liability",
              "to": "our_error"
            }
          ],
          "decided": [
            {
              "because": "The mistake was ours.",
              "by": "outcome/ours"
            }
          ],
          "decision_id": "DIGEST",
          "status": "decided",
          "turned": [
            {
              "after": "uphold",
              "before": "reject",
              "what": "outcome.value"
            },
            {
              "after": "uphold",
              "before": "reject",
              "what": "outcome"
            },
            {
              "after": "64.20 GBP",
              "before": "0.00 GBP",
              "what": "total"
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn what_stands_in_the_way() {
    let stage = stage("why-none", "en");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want goodwill.amount>25 {AT}")), @"
    status 1
    --- stdout
    D-1: goodwill.amount>25: cannot be brought about

    Now           goodwill.amount is 0.00 GBP
                  goodwill/otherwise: No gesture is due.

    No way        nothing that somebody can still bring about gives it, and that is
                  proved
    In the way    the guardrail goodwill/at-most-25 caps goodwill.amount at 25.00
                    GBP

    Looked at     2 facts, 7 cases decided; proven: no nearer way was left out
    ");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want goodwill.amount>0 --only finding.severity {AT}")), @"
    status 1
    --- stdout
    D-1: goodwill.amount>0: cannot be brought about

    Now           goodwill.amount is 0.00 GBP
                  goodwill/otherwise: No gesture is due.

    No way        nothing that somebody can still bring about gives it, and that is
                  proved
    In the way    goodwill/sorry comes nearest, and asks for
                    outcome.value uphold, it is reject: it follows from what nobody
                      can change
                  outcome/ours comes nearest, and asks for
                    finding.liability our_error, it is no_error: it is not among the
                      facts that may be changed here

    Looked at     1 fact, 6 cases decided; proven: no nearer way was left out
    ");
    let stage = more("why-more");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want extra.kind=card {AT}")), @"
    status 1
    --- stdout
    D-2: extra.kind=card: cannot be brought about

    Now           extra.kind is none
                  extra/otherwise: Nothing more.

    No way        nothing that somebody can still bring about gives it, and that is
                  proved
    In the way    extra/for-gold comes nearest, and asks for
                    customer.tier at least gold, it is silver: it is who the
                      customer is

    Looked at     4 facts, 1 case decided; proven: no nearer way was left out
    ");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want extra.kind=voucher {AT}")), @"
    status 0
    --- stdout
    D-2: extra.kind=voucher: 2 ways to it

    Now           extra.kind is none
                  extra/otherwise: Nothing more.

    Way 1         finding.our_share becomes 0.5001, it is 0.2 (Our share of the
                    error)
                    extra.kind    none -> voucher
                    extra.amount  0.00 GBP -> 2.00 GBP
                    extra/large-part: Most of it was our part.

    Way 2         dispute.consequential_charges.evidence of item 1 becomes receipt,
                    it is claim_only (What proves it)
                  the step confirm is taken
                    extra.kind    none -> voucher
                    extra.amount  0.00 GBP -> 5.00 GBP
                    extra/proven: A cost is proven, and the customer has confirmed.

    Looked at     4 facts, 54 cases decided; proven: no nearer way was left out
    ");
    insta::assert_snapshot!(stage.run(&format!("why case.yaml --want scripted.points=1 {AT}")), @"
    status 1
    --- stdout
    D-2: scripted.points=1: no way to it was found

    Now           scripted.points is 0
                  scripted/script

    No way        none was found

    Looked at     1 fact, 3 cases decided; not proven
                  a script stands in between: scripted
                  what comes of finding.accounts_affected cannot be told beforehand
    ");
}

#[test]
fn for_a_customer_in_three_languages() {
    let mut pages = String::new();
    for (name, language) in [("why-en", "en"), ("why-es", "es-MX"), ("why-pt", "pt-BR"), ("why-de", "de")] {
        let stage = stage(name, language);
        pages.push_str(&stage.run(&format!("why case.yaml --want goodwill.amount>0 --customer {AT}")));
        pages.push_str(&stage.run(&format!("why case.yaml --want goodwill.amount>25 --customer {AT}")));
    }
    insta::assert_snapshot!(pages, @"
    status 0
    --- stdout
    This is what could still change our answer:
    - new facts about how the error came about and new facts about how much it
      affected you

    If you have something to add to it, please send it to us, and we look at your
    case again. What follows from it we can only say once we know it.
    status 1
    --- stdout
    Our answer rests on facts that neither you nor we can still change. If you think
    that one of them is wrong, please tell us which one and why, and we look at it
    again.
    status 0
    --- stdout
    Esto es lo que todavía podría cambiar nuestra respuesta:
    - nuevos datos sobre cómo se produjo el error y nuevos datos sobre cuánto le
      afectó

    Si tiene algo que agregar, envíenoslo y revisamos su caso de nuevo. Lo que
    resulte solo lo podemos decir cuando lo conozcamos.
    status 1
    --- stdout
    Nuestra respuesta se basa en hechos que ni usted ni nosotros podemos cambiar ya.
    Si cree que alguno no es correcto, díganos cuál y por qué, y lo revisamos de
    nuevo.
    status 0
    --- stdout
    Isto é o que ainda poderia mudar a nossa resposta:
    - novos dados sobre como o erro aconteceu e novos dados sobre quanto isso afetou
      você

    Se tiver algo a acrescentar, envie para nós e analisamos o seu caso de novo. O
    que resulta disso só podemos dizer quando o conhecermos.
    status 1
    --- stdout
    Nossa resposta se apoia em fatos que nem você nem nós podemos mais mudar. Se
    você acha que algum deles não está certo, diga qual e por quê, e o analisamos de
    novo.
    status 0
    --- stdout
    This is what could still change our answer:
    - new facts about how the error came about and new facts about how much it
      affected you

    If you have something to add to it, please send it to us, and we look at your
    case again. What follows from it we can only say once we know it.
    status 1
    --- stdout
    Our answer rests on facts that neither you nor we can still change. If you think
    that one of them is wrong, please tell us which one and why, and we look at it
    again.
    ");
}

#[test]
#[expect(clippy::too_many_lines, reason = "every page is shown whole")]
fn a_question_that_cannot_be_read() {
    let stage = stage("why-wrong", "en");
    let mut pages = String::new();
    for want in [
        "goodwil.amount>0",
        "goodwill.amount",
        "goodwill.amount>much",
        "outcome=upheld",
        "goodwill.amount=missing",
        ">0",
        "outcome.value=uphold --only customer.tier",
        "outcome=uphold --only finding.liabilty",
    ] {
        pages.push_str(&stage.run(&format!("why case.yaml --want {want} {AT}")));
    }
    pages.push_str(&stage.run("why case.yaml --only customer.tier"));
    pages.push_str(&stage.run("why nowhere.yaml --want outcome=uphold"));
    insta::assert_snapshot!(pages, @"
    status 2
    --- stderr
    error[R0403]: no decision gives `goodwil.amount`
     --> --want:1:1
      |
    1 | goodwil.amount>0
      | ^^^^^^^^^^^^^^
      |
      = help: did you mean `goodwill.amount`?

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0301]: it is not said what `goodwill.amount` is to be
     --> --want:1:1
      |
    1 | goodwill.amount
      | ^^^^^^^^^^^^^^^
      |
      = help: write a condition behind it: `goodwill.amount > 0`

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0301]: `much` is not an amount of money
     --> --want:1:17
      |
    1 | goodwill.amount>much
      |                 ^^^^
      |
      = help: write it as `100` (in the bundle's currency) or `100 USD`

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0103]: `upheld` is not one of uphold, partly_uphold, reject, provisional, concede_by_deadline
     --> --want:1:9
      |
    1 | outcome=upheld
      |         ^^^^^^
      |
      = help: did you mean `uphold`?

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0301]: `missing` does not say which value of `goodwill.amount` is wanted
     --> --want:1:17
      |
    1 | goodwill.amount=missing
      |                 ^^^^^^^
      |
      = help: name one: `goodwill.amount > 0`

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0203]: it is not said what is wanted
     --> --want:1:1
      |
    1 | >0
      | ^^
      |
      = help: write an output and a condition: `goodwill.amount > 0`, `outcome = uphold`

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0203]: `customer.tier` is nothing that somebody could bring about: it is not actionable
     --> --only:1:1
      |
    1 | customer.tier
      | ^^^^^^^^^^^^^
      |
      = help: name a fact that is, such as `finding.liability`; `redress schema case` says of each

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0101]: there is no fact `finding.liabilty`
     --> --only:1:1
      |
    1 | finding.liabilty
      | ^^^^^^^^^^^^^^^^
      |
      = help: did you mean `finding.liability`?

    1 error
    error: the question cannot be read until this is mended
    status 2
    --- stderr
    error[R0203]: `customer.tier` is nothing that somebody could bring about: it is not actionable
     --> --only:1:1
      |
    1 | customer.tier
      | ^^^^^^^^^^^^^
      |
      = help: name a fact that is, such as `finding.liability`; `redress schema case` says of each

    1 error
    error: the question cannot be read until this is mended
    status 3
    --- stderr
    error: `nowhere.yaml` cannot be read: No such file or directory (os error 2)
    ");
}
