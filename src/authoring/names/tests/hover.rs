//! What is told of what stands at a cursor.

use super::*;
use std::collections::BTreeMap;

fn hover(path: &str, marked: &str) -> String {
    let cursor = at(path, marked);
    let hits = BTreeMap::from([("gesture/loyal".to_owned(), 312)]);
    match cursor.index.hover(&cursor.path, cursor.offset, &hits) {
        Some(hover) => {
            let on = cursor.index.files.get(&cursor.path).unwrap().slice(hover.span);
            format!("[{on}]\n{}", hover.markdown)
        }
        None => "nothing".to_owned(),
    }
}

fn all(list: &[(&str, &str)]) -> String {
    list.iter().map(|(path, marked)| hover(path, marked)).collect::<Vec<_>>().join("\n\n---\n")
}

#[test]
fn facts_and_parameters() {
    insta::assert_snapshot!(all(&[
        ("decisions/gesture.yaml", "      customer.ti$0er: not"),
        ("tests/gesture.yaml", "customer.tenure_mo$0nths: 48"),
        ("tests/gesture.yaml", "attributes.contract$0_kind: postpaid"),
        ("decisions/fees.yaml", "charge.ev$0idence: at"),
        ("guardrails/limits.yaml", "at: params.refund.mo$0st"),
        ("guardrails/limits.yaml", "over params.refund.han$0dling"),
        ("bundle.yaml", "  ref$0und:"),
        ("scripts/loyalty.rhai", "settings.ye$0ars"),
        ("letters/apology.en.txt", "in lin$0es %}"),
        ("letters/apology.en.txt", "line.bil$0led"),
    ]), @"
    [customer.tier]
    **`customer.tier`** — a fact

    The commercial tier

    * type: one of standard, silver, gold, strategic, from the least to the most
    * may be given as `unknown`
    * where it is missing: `standard` is assumed, but not by guardrails

    ---
    [customer.tenure_months]
    **`customer.tenure_months`** — a fact

    How long the customer has been with us

    * type: a whole number
    * unit: months
    * may be given as `unknown`
    * not below zero

    ---
    [attributes.contract_kind]
    **`attributes.contract_kind`** — a fact of this bundle

    How the line is paid

    * type: one of prepaid, postpaid

    ---
    [evidence]
    **`dispute.consequential_charges.evidence`** — a fact

    What proves it

    * type: a list (one of none, claim_only, receipt, official_notice each)
    * may be given as `unknown`

    ---
    [most]
    **`params.refund.most`** — an amount of money

    * `70.00 EUR, 80.00 USD`
    * where the pack `us-test` applies: `75.00 EUR, 90.00 USD`

    ---
    [handling]
    **`params.refund.handling`** — an amount of money

    * from 2026-01-01 until 2026-06-30: `20.00 USD`
    * from 2026-07-01: `22.50 USD`

    ---
    [refund]
    **`params.refund`** — a group of parameters

    * `share`: 0.5
    * `most`: 70.00 EUR, 80.00 USD
    * `handling`: 20.00 USD, and others over time
    * `tier.standard`: 1
    * `tier.silver`: 1.1
    * `tier.gold`: 1.25
    * `tier.strategic`: 1.5

    ---
    [years]
    **`years`** — a setting of `loyalty`

    * `5`

    ---
    [lines]
    **`lines`** — a list that letters can use

    The lines of the invoice in dispute.

    * not there in every case: put it under an `if`
    * fields: `id`, `billed`, `claimed`, `nothing_claimed`

    ---
    [billed]
    **`lines.billed`** — an amount that letters can use

    What was billed.

    * not there in every case: put it under an `if`
    ");
}

#[test]
fn decisions_and_what_is_in_them() {
    insta::assert_snapshot!(all(&[
        ("guardrails/limits.yaml", "cap: gest$0ure.amount"),
        ("guardrails/limits.yaml", "cap: gesture.am$0ount"),
        ("decisions/gesture.yaml", "disputed_amount * sha$0re *"),
        ("decisions/fees.yaml", "covered: = cha$0rge.amount"),
        ("tests/gesture.yaml", "gesture/loy$0al"),
        ("tests/gesture.yaml", "severity/oft$0en"),
    ]), @r#"
    [gesture]
    **`gesture`** — a decision

    A gesture, by how much it hurt.

    * owner: customer-care
    * hit: `first`
    * gives `amount`: an amount of money
    * gives `instrument`: one of none, bill_credit
    * read by: `bundle.yaml`, `guardrails/limits.yaml`
    * added to by the packs: `us-test`

    ---
    [amount]
    **`gesture.amount`** — an output

    What we add

    * type: an amount of money
    * default: `0.00`
    * rounded: down to 5.00

    ---
    [share]
    **`share`** — a `let` of `gesture`

    `= if severity.level == "high" { params.refund.share * 2 } else { params.refund.share }`

    * type: a number

    ---
    [charge]
    **`charge`** — one item of `dispute.consequential_charges`

    * `kind`: one of tax_principal, tax_penalty, tax_interest, late_fee, bank_fee, overdraft_fee, third_party_penalty — Its kind
    * `payee`: text — Who received it
    * `amount`: an amount of money — What the customer claims
    * `base_amount`: an amount of money — The amount from which it was computed
    * `due_on`: a date — When the underlying payment was due
    * `paid_on`: a date — When it was paid
    * `evidence`: one of none, claim_only, receipt, official_notice, from the least to the most — What proves it
    * `mitigation_delay_days`: a whole number — Days by which the customer could have made it smaller

    ---
    [loyal]
    **`loyal`** — a rule of `gesture`

    * when `years`: `at least 3`
    * when `severity`: `[middle, high]`
    * when `customer.tier`: `not standard`
    * then `amount`: `= min(dispute.disputed_amount * share * params.refund.tier[customer.tier], params.refund.most)`
    * then `instrument`: `bill_credit`

    {amount} for the trouble, after {years} years with us.

    Source: manual, 4.2

    Hit 312 times in the history.

    ---
    [often]
    **`often`** — a rule of `severity`

    * when `finding.impact_contacts`: `>= 4`
    * then `level`: `high`

    They came back {finding.impact_contacts} times.
    "#);
}

#[test]
fn guardrails_clocks_and_the_rest() {
    insta::assert_snapshot!(all(&[
        ("tests/gesture.yaml", "gesture/per-c$0ase"),
        ("guardrails/limits.yaml", "id: lar$0ge"),
        ("tests/gesture.yaml", "clocks.US-T-$010.due"),
        ("packs/us-test/obligations/clocks.yaml", "after: step ans$0wer"),
        ("bundle.yaml", "id: loy$0alty"),
        ("bundle.yaml", "packs: [us-t$0est]"),
        ("bundle.yaml", "calendar: U$0S"),
        ("decisions/fees_together.yaml", "= to$0tal("),
        ("scripts/loyalty.rhai", "draft.amount = mo$0re("),
        ("decisions/fees_together.yaml", "day_of(a$0t)"),
    ]), @"
    [per-case]
    **`per-case`** — a guardrail

    `gesture.amount` is never more than `params.refund.most`.

    No single case earns more.

    ---
    [large]
    **`large`** — a guardrail

    `manager` must approve as well. Where `gesture.amount` is `over params.refund.handling`.

    Somebody looks at it.

    ---
    [US-T-10]
    **`US-T-10`** — an obligation

    * step: `answer`
    * due: within 10 business days after `complaint.received_at`
    * when: `complaint.notice_form` is `written`

    An answer is due.

    Source: [12 CFR 1](https://example.com/law)

    From general knowledge, not checked against the text of the law.

    ---
    [answer]
    **`answer`** — a step

    * `US-T-10`: within 10 business days after `complaint.received_at`

    ---
    [loyalty]
    **`loyalty`** — a plugin

    Changes the draft of `gesture`.

    * script: `scripts/loyalty.rhai`
    * when: `amount` is `over 0.00`
    * when it fails: `skip`

    ---
    [us-test]
    **`us-test`** — a pack

    A law of the United States, for tests.

    * applies where: `complaint.jurisdiction` is `US`
    * version: 1

    ---
    [US]
    **`US`** — a calendar of holidays

    Federal holidays of the United States, on the days on which they are observed

    * years: 2010 to 2030
    * version: 2026.2

    ---
    [total]
    **`total(list: list, [from: number or money]) -> number or money`** — a function of the engine

    The same as `sum`; reads better over the items of a decision.

    `total([money(1), money(2.50)])` gives `3.50 USD`

    ---
    [more]
    **`fn more(facts, amount)`** — a function of `scripts/loyalty.rhai`

    Twice as much where the mistake was ours.

    ---
    [at]
    **`at`** — a time

    What time it is taken to be. Clocks run against it.
    ");
}

#[test]
fn keys_and_cells() {
    insta::assert_snapshot!(all(&[
        ("decisions/gesture.yaml", "h$0it: first"),
        ("decisions/fees.yaml", "requi$0red: ["),
        ("decisions/gesture.yaml", "years: at le$0ast 3"),
        ("decisions/gesture.yaml", "severity: [mid$0dle, high]"),
        ("decisions/severity.yaml", "| >$0= 4"),
        ("guardrails/limits.yaml", "    cap$0: gesture"),
        ("bundle.yaml", "on_fail$0ure: skip"),
        ("packs/us-test/obligations/clocks.yaml", "{wit$0hin: 10"),
        ("decisions/severity.yaml", "about: How mu$0ch"),
    ]), @"
    [hit]
    **`hit`** — a key of the format

    What happens when several rules match, or none: `unique`, `first`, `any`, `priority`, `collect`, `collect sum`, `collect min`, `collect max`, `collect count`, `collect ranked`

    ---
    [required]
    **`required`** — a key of the format

    Facts without which it is not decided

    ---
    [at least 3]
    **`years`** — a whole number

    Holds when it is: at least 3.

    ---
    [middle]
    **`severity`** — one of low, middle, high

    Holds when it is: middle, high.

    **`middle`** — a value of `severity.level`

    * from the least to the most: `low`, `middle`, `high`

    ---
    [>= 4]
    **`finding.impact_contacts`** — a whole number

    Holds when it is: at least 4.

    ---
    nothing

    ---
    [on_failure]
    **`on_failure`** — a key of the format

    A person decides, the draft stays, or nothing is decided

    ---
    [within]
    **`within`** — a key of the format

    `10 business days`, `30 calendar days`, `8 weeks`, `2 billing cycles`, `24 hours`

    ---
    nothing
    ");
}

#[test]
fn the_code_of_a_diagnostic() {
    let cursor = with("decisions/more.yaml", "# R04$003 is what the checker says of it\ndecision: more\n");
    let told = cursor.index.hover(&cursor.path, cursor.offset, &BTreeMap::new()).unwrap().markdown;
    assert!(told.starts_with("**`R0403`** — "), "{told}");
}
