//! A name given anew: what changes, and why not.

use super::*;
use std::fmt::Write;

/// The lines that a rename changes, or why there is none.
fn renamed(path: &str, marked: &str, new: &str) -> String {
    told(&at(path, marked), new)
}

fn told(cursor: &Cursor, new: &str) -> String {
    let edits = match cursor.index.rename(&cursor.path, cursor.offset, new) {
        Ok(edits) => edits,
        Err(refusal) => {
            let mut told = format!("{}: {}", refusal.code, refusal.message);
            refusal.help.iter().for_each(|help| write!(told, "\n  help: {help}").unwrap());
            return told;
        }
    };
    let after = apply(&cursor.index.files, &edits);
    let mut told = String::new();
    for (path, source) in cursor.index.files.iter() {
        let lines = source.text().lines().zip(after.get(path).unwrap().text().lines());
        for (number, (_, now)) in lines.enumerate().filter(|(_, (old, now))| old != now) {
            writeln!(told, "{path}:{}: {}", number + 1, now.trim()).unwrap();
        }
    }
    told
}

#[test]
fn the_sample_loads() {
    let files = files_of(SAMPLE);
    let loaded = crate::policy::Policy::load(&files, &Extensions::new());
    let problems = loaded.err().map(|out| crate::text::render_all(&out, false)).unwrap_or_default();
    assert_eq!(problems, "");
}

#[test]
fn a_parameter_in_packs_and_scripts_too() {
    insta::assert_snapshot!(renamed("decisions/gesture.yaml", "at most params.refund.mo$0st", "limit"), @r#"
    bundle.yaml:8: limit: {USD: 80.00, EUR: 70.00}
    decisions/gesture.yaml:23: amount: "= min(dispute.disputed_amount * share * params.refund.tier[customer.tier], params.refund.limit)"
    decisions/gesture.yaml:30: when: {dispute.disputed_amount: at most params.refund.limit, customer.tier: gold}
    guardrails/limits.yaml:4: at: params.refund.limit
    packs/us-test/bundle.yaml:7: limit: {USD: 90.00, EUR: 75.00}
    tests/gesture.yaml:11: - mutant: "gesture/in-time: `dispute.disputed_amount: at most params.refund.limit` becomes `under params.refund.limit`"
    "#);
    insta::assert_snapshot!(renamed("bundle.yaml", "    hand$0ling:", "effort"), @r#"
    bundle.yaml:9: effort:
    decisions/gesture.yaml:31: then: {amount: '= params.refund.effort'}
    decisions/gesture.yaml:32: because: Handling would take {params.refund.effort}.
    guardrails/limits.yaml:7: when: {gesture.amount: over params.refund.effort}
    scripts/loyalty.rhai:11: if facts.finding.liability == "our_error" { amount * 2 } else { max(amount, facts.params.refund.effort) }
    "#);
    insta::assert_snapshot!(renamed("bundle.yaml", "  ref$0und:", "repayment"), @r#"
    bundle.yaml:6: repayment:
    decisions/gesture.yaml:11: { params.repayment.share * 2 }
    decisions/gesture.yaml:12: else { params.repayment.share }
    decisions/gesture.yaml:23: amount: "= min(dispute.disputed_amount * share * params.repayment.tier[customer.tier], params.repayment.most)"
    decisions/gesture.yaml:30: when: {dispute.disputed_amount: at most params.repayment.most, customer.tier: gold}
    decisions/gesture.yaml:31: then: {amount: '= params.repayment.handling'}
    decisions/gesture.yaml:32: because: Handling would take {params.repayment.handling}.
    guardrails/limits.yaml:4: at: params.repayment.most
    guardrails/limits.yaml:7: when: {gesture.amount: over params.repayment.handling}
    packs/us-test/bundle.yaml:6: repayment:
    scripts/loyalty.rhai:11: if facts.finding.liability == "our_error" { amount * 2 } else { max(amount, facts.params.repayment.handling) }
    tests/gesture.yaml:11: - mutant: "gesture/in-time: `dispute.disputed_amount: at most params.repayment.most` becomes `under params.repayment.most`"
    "#);
}

#[test]
fn a_rule_a_let_and_a_decision() {
    insta::assert_snapshot!(renamed("decisions/gesture.yaml", "id: loy$0al", "long-with-us"), @"
    decisions/gesture.yaml:17: - id: long-with-us
    tests/gesture.yaml:8: rules: [gesture/long-with-us, gesture/otherwise]
    ");
    insta::assert_snapshot!(renamed("decisions/severity.yaml", "| oft$0en", "many-times"), @"
    decisions/severity.yaml:9: | many-times | >= 4                    | -                        | high     | They came back {finding.impact_contacts} times. |
    tests/gesture.yaml:9: not_rules: [severity/many-times, gesture/per-case]
    ");
    insta::assert_snapshot!(renamed("decisions/gesture.yaml", "  ye$0ars: = floor", "full_years"), @r#"
    decisions/gesture.yaml:6: full_years: = floor(customer.tenure_months / 12)
    decisions/gesture.yaml:19: full_years: at least 3
    decisions/gesture.yaml:26: en: "{amount} for the trouble, after {full_years} years with us."
    "#);
    insta::assert_snapshot!(renamed("decisions/gesture.yaml", "decision: gest$0ure", "kindness"), @r#"
    bundle.yaml:20: after: kindness
    decisions/gesture.yaml:1: decision: kindness
    guardrails/limits.yaml:3: cap: kindness.amount
    guardrails/limits.yaml:7: when: {kindness.amount: over params.refund.handling}
    packs/us-test/decisions/gesture.yaml:1: decision: kindness
    scripts/loyalty.rhai:2: fn kindness(facts, draft, settings) {
    tests/gesture.yaml:6: parts.kindness.outputs.amount: 15.00 USD
    tests/gesture.yaml:8: rules: [kindness/loyal, kindness/otherwise]
    tests/gesture.yaml:9: not_rules: [severity/often, kindness/per-case]
    tests/gesture.yaml:11: - mutant: "kindness/in-time: `dispute.disputed_amount: at most params.refund.most` becomes `under params.refund.most`"
    "#);
    insta::assert_snapshot!(renamed("decisions/severity.yaml", "  lev$0el: {type", "degree"), @r#"
    decisions/gesture.yaml:10: = if severity.degree == "high"
    decisions/severity.yaml:6: degree: {type: enum, values: [low, middle, high], ordered: true}
    decisions/severity.yaml:8: | id    | finding.impact_contacts | attributes.contract_kind | => degree | because                                          |
    decisions/severity.yaml:12: degree: low
    "#);
}

#[test]
fn a_clock_a_guardrail_a_fact_a_setting_and_a_function() {
    insta::assert_snapshot!(renamed("packs/us-test/obligations/clocks.yaml", "id: US-T-L$0ATE", "US-T-REMIND"), @r#"
    decisions/fees_together.yaml:4: late: {type: boolean, value: "= clock.US_T_REMIND.due < day_of(at)"}
    packs/us-test/obligations/clocks.yaml:10: - id: US-T-REMIND
    "#);
    insta::assert_snapshot!(renamed("guardrails/limits.yaml", "id: per-c$0ase", "most-of-a-case"), @"
    guardrails/limits.yaml:2: - id: most-of-a-case
    tests/gesture.yaml:9: not_rules: [severity/often, gesture/most-of-a-case]
    ");
    insta::assert_snapshot!(renamed("bundle.yaml", "attributes.contract$0_kind: {type", "attributes.plan_kind"), @"
    bundle.yaml:14: attributes.plan_kind: {type: enum, values: [prepaid, postpaid], about: How the line is paid}
    decisions/severity.yaml:8: | id    | finding.impact_contacts | attributes.plan_kind | => level | because                                          |
    tests/gesture.yaml:3: given: {customer.tenure_months: 48, customer.tier: gold, attributes.plan_kind: postpaid, finding.impact_contacts: 2}
    ");
    insta::assert_snapshot!(renamed("bundle.yaml", "{ye$0ars: 5}", "from_year"), @"
    bundle.yaml:23: settings: {from_year: 5}
    scripts/loyalty.rhai:4: if customer.tenure_months / 12 <= settings.from_year { return draft; }
    ");
    insta::assert_snapshot!(renamed("scripts/loyalty.rhai", "draft.amount = mo$0re(", "raised"), @"
    scripts/loyalty.rhai:5: draft.amount = raised(facts, draft.amount);
    scripts/loyalty.rhai:10: fn raised(facts, amount) {
    ");
}

#[test]
fn what_keeps_its_name() {
    let refused = [
        ("decisions/gesture.yaml", "      customer.ti$0er: not", "rank"),
        ("decisions/fees_together.yaml", "= to$0tal(", "sum"),
        ("letters/apology.en.txt", "{{ case$0_id }}", "number"),
        ("bundle.yaml", "{standard: 1.0, sil$0ver: 1.1", "argentum"),
        ("scripts/loyalty.rhai", "fn gest$0ure(", "kindness"),
        ("bundle.yaml", "packs: [us-t$0est]", "usa"),
        ("packs/us-test/obligations/clocks.yaml", "step: ans$0wer", "reply"),
        ("decisions/severity.yaml", "values: [low, middle, hi$0gh]", "most"),
        ("decisions/severity.yaml", "about: How mu$0ch", "x"),
    ];
    let told: Vec<String> = refused.iter().map(|(path, marked, new)| renamed(path, marked, new)).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    R0205: `customer.tier` cannot be renamed: it is a fact of the engine, and cases name it so
      help: only facts that a bundle declares under `facts` are renamed
    R0205: `total` cannot be renamed: it is a function of the engine
      help: only functions that a script defines are renamed
    R0205: `case_id` cannot be renamed: it is a variable of the engine, and letters know no others
      help: `redress schema` lists them
    R0205: `refund.tier.silver` cannot be renamed: an expression looks it up by a value, as in `params.tier[customer.tier]`
      help: a name that is one of the values has to stay what the value is
    R0205: `gesture` cannot be renamed: it bears the name of the decision that it serves
      help: rename the decision
    R0205: `us-test` cannot be renamed: it is the name of its folder
      help: rename the folder `packs/NAME`, its `pack:` and the line in `packs:`
    R0205: `answer` cannot be renamed: cases, services or built-in calendars may name it so
      help: change it by hand, where nobody outside names it
    R0205: `high` cannot be renamed: cases and expressions may hold it as a text
      help: change it by hand, and look for texts that say the same
    R0403: there is no name here
      help: put the cursor on a parameter, a rule, a `let`, a decision, an output or another name of the bundle
    ");
}

#[test]
fn names_that_cannot_be_given() {
    let refused = [
        ("decisions/gesture.yaml", "  ye$0ars: = floor", "amount"),
        ("decisions/gesture.yaml", "  ye$0ars: = floor", "share"),
        ("decisions/gesture.yaml", "  ye$0ars: = floor", "severity"),
        ("decisions/gesture.yaml", "  ye$0ars: = floor", "customer"),
        ("decisions/gesture.yaml", "  ye$0ars: = floor", "default"),
        ("decisions/gesture.yaml", "  ye$0ars: = floor", "Full Years"),
        ("decisions/gesture.yaml", "decision: gest$0ure", "goodwill"),
        ("decisions/gesture.yaml", "decision: gest$0ure", "fees"),
        ("decisions/severity.yaml", "decision: sev$0erity", "share"),
        ("bundle.yaml", "    mo$0st: {USD", "share"),
        ("bundle.yaml", "    mo$0st: {USD", "tier"),
        ("bundle.yaml", "    mo$0st: {USD", "match"),
        ("bundle.yaml", "    mo$0st: {USD", "EUR"),
        ("decisions/gesture.yaml", "id: loy$0al", "in-time"),
        ("decisions/gesture.yaml", "id: loy$0al", "us-law"),
        ("decisions/gesture.yaml", "id: loy$0al", "two words"),
        ("decisions/gesture.yaml", "id: loy$0al", "otherwise"),
        ("scripts/loyalty.rhai", "draft.amount = mo$0re(", "max"),
        ("bundle.yaml", "attributes.contract$0_kind: {type", "contract-kind"),
    ];
    let told: Vec<String> = refused.iter().map(|(path, marked, new)| renamed(path, marked, new)).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    R0204: `amount` is taken: an output of `gesture` is called so
      help: choose another name
    R0204: `share` is taken: another of its kind, a `let`, is called so
      help: choose another name
    R0204: `severity` is taken: a decision is called so
      help: choose another name
    R0205: a `let` cannot be called `customer`: it is a group of facts
      help: choose another name
    R0205: a `let` cannot be called `default`: it is a word of the script language
      help: choose another name
    R0205: a `let` cannot be called `Full Years`: a name begins with a small letter and holds small letters, digits and underscores
      help: choose another name
    R0205: a decision called `goodwill` would fill a part of the answer that it does not fill now
      help: choose a name that `redress schema decision` does not list
    R0204: `fees` is taken: another of its kind, a decision, is called so
      help: choose another name
    R0204: `share` is taken: a `let` of `gesture` is called so
      help: choose another name
    R0204: `share` is taken: another of its kind, a parameter, is called so
      help: choose another name
    R0204: `tier` is taken: a group of parameters is called so
      help: choose another name
    R0205: a parameter cannot be called `match`: it is a word of the script language
      help: choose another name
    R0205: a parameter cannot be called `EUR`: three capital letters are a currency there
      help: choose another name
    R0204: `in-time` is taken: another of its kind, a rule, is called so
      help: choose another name
    R0204: `us-law` is taken: another of its kind, a rule, is called so
      help: choose another name
    R0205: a rule cannot be called `two words`: it begins with a letter and holds letters, digits, `-` and `_`
      help: choose another name
    R0205: a rule cannot be called `otherwise`: it has a meaning of its own in a bundle
      help: choose another name
    R0204: `max` is taken: a function of the engine is called so
      help: choose another name
    R0205: a fact cannot be called `contract-kind`: it begins with a letter and holds letters, digits and underscores
      help: choose another name
    ");
}

#[test]
fn the_same_name_changes_nothing() {
    assert_eq!(renamed("decisions/gesture.yaml", "  ye$0ars: = floor", "years"), "");
}

#[test]
fn not_while_the_bundle_is_broken() {
    let cursor =
        with("decisions/more.yaml", "decision: more\nlet:\n  tw$0o: = 1 +\noutputs:\n  a: {type: integer, value: = two}\n");
    insta::assert_snapshot!(told(&cursor, "both"), @"
    R0203: `two` cannot be renamed while the bundle has mistakes
      help: mend this first: the text ends before it is complete
    ");
}
