//! Files that are broken: the rest of the bundle keeps its names, and so does the rest of the file.

use super::*;

#[test]
fn a_broken_line_hides_only_itself() {
    let cursor = with(
        "decisions/gesture.yaml",
        "decision: gesture\nhit: first\nlet:\n  ye$0ars: = floor(customer.tenure_months / 12)\noutputs:\n  amount: {type: money}\nrules:\n  - id: loyal\n    when: {years: at least 3, customer.ti\n    then: {amount: = money(1.00) * years}\n    because: After {years} years.\n",
    );
    insta::assert_snapshot!(shown(&cursor.index, &cursor.index.references(&cursor.path, cursor.offset, true)), @"
    decisions/gesture.yaml:4: [years]: = floor(customer.tenure_months / 12)
    decisions/gesture.yaml:10: then: {amount: = money(1.00) * [years]}
    ");
    let offset = cursor.index.files.get("guardrails/limits.yaml").unwrap().text().find("gesture.amount").unwrap();
    let cap = cursor.index.definition("guardrails/limits.yaml", offset).map(|at| at.path);
    assert_eq!(cap.as_deref(), Some("decisions/gesture.yaml"));
}

#[test]
fn without_a_manifest_decisions_still_know_each_other() {
    let mut files = files_of(SAMPLE);
    files.insert("bundle.yaml", "\t: {{{");
    let index = index(&files);
    let name = Name { kind: NameKind::Output, within: "gesture".to_owned(), text: "amount".to_owned() };
    insta::assert_snapshot!(shown(&index, &index.references_of(&name, true)), @r#"
    decisions/gesture.yaml:14: [amount]: {type: money, default: 0.00, round: down to 5.00, about: What we add}
    decisions/gesture.yaml:23: [amount]: "= min(dispute.disputed_amount * share * params.refund.tier[customer.tier], params.refund.most)"
    decisions/gesture.yaml:26: en: "{[amount]} for the trouble, after {years} years with us."
    decisions/gesture.yaml:27: es: "{[amount]} por las molestias."
    decisions/gesture.yaml:31: then: {[amount]: '= params.refund.handling'}
    guardrails/limits.yaml:3: cap: gesture.[amount]
    guardrails/limits.yaml:7: when: {gesture.[amount]: over params.refund.handling}
    tests/gesture.yaml:6: parts.gesture.outputs.[amount]: 15.00 USD
    "#);
}

#[test]
fn a_script_that_does_not_parse_is_read() {
    let cursor = with(
        "scripts/loyalty.rhai",
        "fn gesture(facts, draft, settings) {\n    let customer = facts.customer;\n    draft.amount = draft.am$0ount * (customer.tenure_months +\n",
    );
    insta::assert_snapshot!(shown(&cursor.index, &cursor.index.references(&cursor.path, cursor.offset, false)), @r#"
    bundle.yaml:21: when: {[amount]: over 0.00}
    decisions/gesture.yaml:23: [amount]: "= min(dispute.disputed_amount * share * params.refund.tier[customer.tier], params.refund.most)"
    decisions/gesture.yaml:26: en: "{[amount]} for the trouble, after {years} years with us."
    decisions/gesture.yaml:27: es: "{[amount]} por las molestias."
    decisions/gesture.yaml:31: then: {[amount]: '= params.refund.handling'}
    guardrails/limits.yaml:3: cap: gesture.[amount]
    guardrails/limits.yaml:7: when: {gesture.[amount]: over params.refund.handling}
    packs/us-test/decisions/gesture.yaml:5: then: {[amount]: 5.00}
    scripts/loyalty.rhai:3: draft.[amount] = draft.amount * (customer.tenure_months +
    scripts/loyalty.rhai:3: draft.amount = draft.[amount] * (customer.tenure_months +
    tests/gesture.yaml:6: parts.gesture.outputs.[amount]: 15.00 USD
    "#);
}

#[test]
fn no_files_at_all() {
    let index = index(&BundleFiles::new());
    assert_eq!(index.names().count(), 0);
    assert_eq!(index.completion("decisions/a.yaml", 0), []);
}
