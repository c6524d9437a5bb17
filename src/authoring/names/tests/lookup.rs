//! What defines a name, and who reads it.

use super::*;

fn definition(path: &str, marked: &str) -> String {
    let cursor = at(path, marked);
    match cursor.index.definition(&cursor.path, cursor.offset) {
        Some(found) => shown(&cursor.index, &[found]),
        None => "nothing".to_owned(),
    }
}

fn references(path: &str, marked: &str) -> String {
    let cursor = at(path, marked);
    shown(&cursor.index, &cursor.index.references(&cursor.path, cursor.offset, true))
}

#[test]
fn a_parameter() {
    insta::assert_snapshot!(references("bundle.yaml", "    mo$0st: {USD"), @r#"
    bundle.yaml:8: [most]: {USD: 80.00, EUR: 70.00}
    decisions/gesture.yaml:23: amount: "= min(dispute.disputed_amount * share * params.refund.tier[customer.tier], params.refund.[most])"
    decisions/gesture.yaml:30: when: {dispute.disputed_amount: at most params.refund.[most], customer.tier: gold}
    guardrails/limits.yaml:4: at: params.refund.[most]
    packs/us-test/bundle.yaml:7: [most]: {USD: 90.00, EUR: 75.00}
    tests/gesture.yaml:11: - mutant: "gesture/in-time: `dispute.disputed_amount: at most params.refund.[most]` becomes `under params.refund.most`"
    tests/gesture.yaml:11: - mutant: "gesture/in-time: `dispute.disputed_amount: at most params.refund.most` becomes `under params.refund.[most]`"
    "#);
    insta::assert_snapshot!(definition("scripts/loyalty.rhai", "facts.params.refund.hand$0ling"), @"bundle.yaml:9: [handling]:");
    insta::assert_snapshot!(references("bundle.yaml", "    sha$0re: 0.50"), @"
    bundle.yaml:7: [share]: 0.50
    decisions/gesture.yaml:11: { params.refund.[share] * 2 }
    decisions/gesture.yaml:12: else { params.refund.[share] }
    ");
}

#[test]
fn a_derived_input() {
    insta::assert_snapshot!(references("decisions/gesture.yaml", "  ye$0ars: = floor"), @r#"
    decisions/gesture.yaml:6: [years]: = floor(customer.tenure_months / 12)
    decisions/gesture.yaml:19: [years]: at least 3
    decisions/gesture.yaml:26: en: "{amount} for the trouble, after {[years]} years with us."
    "#);
    insta::assert_snapshot!(references("decisions/gesture.yaml", "disputed_amount * sha$0re *"), @r#"
    decisions/gesture.yaml:7: [share]:
    decisions/gesture.yaml:23: amount: "= min(dispute.disputed_amount * [share] * params.refund.tier[customer.tier], params.refund.most)"
    "#);
}

#[test]
fn a_decision_and_its_outputs() {
    insta::assert_snapshot!(references("decisions/severity.yaml", "decision: sev$0erity"), @r#"
    decisions/gesture.yaml:10: = if [severity].level == "high"
    decisions/gesture.yaml:20: [severity]: [middle, high]
    decisions/severity.yaml:1: decision: [severity]
    packs/us-test/obligations/clocks.yaml:15: when: {[severity]: high}
    tests/gesture.yaml:9: not_rules: [[severity]/often, gesture/per-case]
    "#);
    insta::assert_snapshot!(references("decisions/gesture.yaml", "  amou$0nt: {type"), @r#"
    bundle.yaml:21: when: {[amount]: over 0.00}
    decisions/gesture.yaml:14: [amount]: {type: money, default: 0.00, round: down to 5.00, about: What we add}
    decisions/gesture.yaml:23: [amount]: "= min(dispute.disputed_amount * share * params.refund.tier[customer.tier], params.refund.most)"
    decisions/gesture.yaml:26: en: "{[amount]} for the trouble, after {years} years with us."
    decisions/gesture.yaml:27: es: "{[amount]} por las molestias."
    decisions/gesture.yaml:31: then: {[amount]: '= params.refund.handling'}
    guardrails/limits.yaml:3: cap: gesture.[amount]
    guardrails/limits.yaml:7: when: {gesture.[amount]: over params.refund.handling}
    packs/us-test/decisions/gesture.yaml:5: then: {[amount]: 5.00}
    scripts/loyalty.rhai:5: draft.[amount] = more(facts, draft.amount);
    scripts/loyalty.rhai:5: draft.amount = more(facts, draft.[amount]);
    tests/gesture.yaml:6: parts.gesture.outputs.[amount]: 15.00 USD
    "#);
    insta::assert_snapshot!(definition("guardrails/limits.yaml", "cap: gest$0ure.amount"), @"decisions/gesture.yaml:1: decision: [gesture]");
}

#[test]
fn rules_guardrails_and_obligations() {
    insta::assert_snapshot!(references("tests/gesture.yaml", "gesture/loy$0al"), @"
    decisions/gesture.yaml:17: - id: [loyal]
    tests/gesture.yaml:8: rules: [gesture/[loyal], gesture/otherwise]
    ");
    insta::assert_snapshot!(references("decisions/severity.yaml", "  | oft$0en"), @"
    decisions/severity.yaml:9: | [often] | >= 4                    | -                        | high     | They came back {finding.impact_contacts} times. |
    tests/gesture.yaml:9: not_rules: [severity/[often], gesture/per-case]
    ");
    insta::assert_snapshot!(references("decisions/gesture.yaml", "id: in-t$0ime"), @r#"
    decisions/gesture.yaml:29: - id: [in-time]
    tests/gesture.yaml:11: - mutant: "gesture/[in-time]: `dispute.disputed_amount: at most params.refund.most` becomes `under params.refund.most`"
    "#);
    insta::assert_snapshot!(references("guardrails/limits.yaml", "id: per-c$0ase"), @"
    guardrails/limits.yaml:2: - id: [per-case]
    tests/gesture.yaml:9: not_rules: [severity/often, gesture/[per-case]]
    ");
    insta::assert_snapshot!(references("decisions/fees_together.yaml", "clock.US_T_L$0ATE.due"), @r#"
    decisions/fees_together.yaml:4: late: {type: boolean, value: "= clock.[US_T_LATE].due < day_of(at)"}
    packs/us-test/obligations/clocks.yaml:10: - id: [US-T-LATE]
    "#);
    insta::assert_snapshot!(references("packs/us-test/obligations/clocks.yaml", "after: step ans$0wer"), @"
    packs/us-test/obligations/clocks.yaml:4: step: [answer]
    packs/us-test/obligations/clocks.yaml:12: due: {within: 5 calendar days, after: step [answer]}
    ");
}

#[test]
fn facts() {
    insta::assert_snapshot!(references("bundle.yaml", "  attributes.contract$0_kind: {type"), @"
    bundle.yaml:14: [attributes.contract_kind]: {type: enum, values: [prepaid, postpaid], about: How the line is paid}
    decisions/severity.yaml:8: | id    | finding.impact_contacts | [attributes.contract_kind] | => level | because                                          |
    tests/gesture.yaml:3: given: {customer.tenure_months: 48, customer.tier: gold, [attributes.contract_kind]: postpaid, finding.impact_contacts: 2}
    ");
    insta::assert_snapshot!(references("scripts/loyalty.rhai", "customer.tenure$0_months / 12"), @"
    decisions/gesture.yaml:6: years: = floor([customer.tenure_months] / 12)
    scripts/loyalty.rhai:4: if customer.[tenure_months] / 12 <= settings.years { return draft; }
    tests/gesture.yaml:3: given: {[customer.tenure_months]: 48, customer.tier: gold, attributes.contract_kind: postpaid, finding.impact_contacts: 2}
    ");
    insta::assert_snapshot!(definition("scripts/loyalty.rhai", "customer.tenure$0_months / 12"), @"nothing");
    insta::assert_snapshot!(references("decisions/fees.yaml", "covered: = charge.am$0ount"), @"decisions/fees.yaml:13: covered: = charge.[amount]");
    insta::assert_snapshot!(references("decisions/fees.yaml", "covered: = cha$0rge.amount"), @"
    decisions/fees.yaml:2: for_each: dispute.consequential_charges as [charge]
    decisions/fees.yaml:11: [charge].evidence: at least receipt
    decisions/fees.yaml:13: covered: = [charge].amount
    ");
}

#[test]
fn plugins_functions_and_packs() {
    insta::assert_snapshot!(references("bundle.yaml", "settings: {ye$0ars: 5}"), @"
    bundle.yaml:23: settings: {[years]: 5}
    scripts/loyalty.rhai:4: if customer.tenure_months / 12 <= settings.[years] { return draft; }
    ");
    insta::assert_snapshot!(references("scripts/loyalty.rhai", "draft.amount = mo$0re("), @"
    scripts/loyalty.rhai:5: draft.amount = [more](facts, draft.amount);
    scripts/loyalty.rhai:10: fn [more](facts, amount) {
    ");
    insta::assert_snapshot!(references("decisions/fees_together.yaml", "= to$0tal("), @"decisions/fees_together.yaml:3: amount: {type: money, value: = [total](fees.covered)}");
    insta::assert_snapshot!(references("bundle.yaml", "packs: [us-t$0est]"), @"
    bundle.yaml:24: packs: [[us-test]]
    packs/us-test/bundle.yaml:1: pack: [us-test]
    ");
    insta::assert_snapshot!(references("letters/apology.en.txt", "line.bil$0led"), @"letters/apology.en.txt:8: - {{ line.[billed] }}");
}

#[test]
fn values_of_closed_lists() {
    insta::assert_snapshot!(references("decisions/severity.yaml", "values: [low, middle, hi$0gh]"), @"
    decisions/gesture.yaml:20: severity: [middle, [high]]
    decisions/severity.yaml:6: level: {type: enum, values: [low, middle, [high]], ordered: true}
    decisions/severity.yaml:9: | often | >= 4                    | -                        | [high]     | They came back {finding.impact_contacts} times. |
    packs/us-test/obligations/clocks.yaml:15: when: {severity: [high]}
    ");
    insta::assert_snapshot!(references("bundle.yaml", "[prepaid, post$0paid]"), @"
    bundle.yaml:14: attributes.contract_kind: {type: enum, values: [prepaid, [postpaid]], about: How the line is paid}
    decisions/severity.yaml:10: | twice | 2 to 3                  | [postpaid]                 | middle   | They came back.                                  |
    tests/gesture.yaml:3: given: {customer.tenure_months: 48, customer.tier: gold, attributes.contract_kind: [postpaid], finding.impact_contacts: 2}
    ");
    insta::assert_snapshot!(references("bundle.yaml", "customer.tier: stand$0ard"), @"
    bundle.yaml:16: customer.tier: [standard]
    decisions/gesture.yaml:21: customer.tier: not [standard]
    ");
    insta::assert_snapshot!(references("decisions/gesture.yaml", "values: [none, bill_cr$0edit]"), @"
    decisions/gesture.yaml:15: instrument: {type: enum, values: [none, [bill_credit]], default: none}
    decisions/gesture.yaml:24: instrument: [bill_credit]
    ");
}

#[test]
fn where_nothing_stands() {
    let cursor = at("decisions/severity.yaml", "about: How mu$0ch");
    assert_eq!(cursor.index.at(&cursor.path, cursor.offset), None);
    assert_eq!(cursor.index.definition("no/such/file.yaml", 7), None);
    assert_eq!(cursor.index.references(&cursor.path, usize::MAX, true), []);
}
