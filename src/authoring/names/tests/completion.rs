//! What is proposed at a cursor.

use super::*;

/// The first proposals, with what they replace and what is written.
fn list(cursor: &Cursor) -> String {
    const SHOWN: usize = 12;
    let all = cursor.index.completion(&cursor.path, cursor.offset);
    let text = cursor.index.files.get(&cursor.path).unwrap().text();
    let one = |each: &Completion| {
        let insert = if each.insert == each.label { String::new() } else { format!(" -> `{}`", each.insert) };
        let detail = if each.detail.is_empty() { String::new() } else { format!("  ({})", each.detail) };
        format!("{:?} {}{insert}{detail}", each.kind, each.label)
    };
    let mut lines: Vec<String> = all.iter().take(SHOWN).map(one).collect();
    if all.len() > SHOWN {
        lines.push(format!("and {} more", all.len() - SHOWN));
    }
    if let Some(first) = all.first() {
        lines.push(format!("in place of `{}`", &text[first.replaces.start..first.replaces.end]));
    }
    lines.join("\n")
}

/// The same in a decision of its own.
fn in_decision(text: &str) -> String {
    list(&with("decisions/more.yaml", text))
}

const HEAD: &str = "decision: more\nhit: first\nlet:\n  twice: = dispute.disputed_amount * 2\noutputs:\n  kind: {type: enum, values: [a, b]}\n  sum: {type: money, default: 0.00}\n";

fn below_head(text: &str) -> String {
    in_decision(&format!("{HEAD}{text}"))
}

#[test]
fn facts_after_their_group() {
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when: {customer.ti$0}\n"), @"
    Fact customer.tier -> `customer.tier: `  (one of standard, silver, gold, strategic)
    in place of `customer.ti`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      customer.te$0\n"), @"
    Fact customer.tenure_months -> `customer.tenure_months: `  (a whole number, in months)
    in place of `customer.te`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      customer.te$0"), @"
    Fact customer.tenure_months -> `customer.tenure_months: `  (a whole number, in months)
    in place of `customer.te`
    ");
}

#[test]
fn whatever_can_be_read_below_when() {
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      $0\n    then: {kind: a}\n"), @"
    Let twice -> `twice: `  (an amount of money)
    Output fees.covered -> `fees.covered: `  (an amount of money)
    Output fees_together.amount -> `fees_together.amount: `  (an amount of money)
    Output fees_together.late -> `fees_together.late: `  (true or false)
    Output gesture.amount -> `gesture.amount: `  (an amount of money)
    Output gesture.instrument -> `gesture.instrument: `  (one of none, bill_credit)
    Output severity.level -> `severity.level: `  (one of low, middle, high)
    Fact attributes.contract_kind -> `attributes.contract_kind: `  (one of prepaid, postpaid)
    Fact complaint.case_id -> `complaint.case_id: `  (text)
    Fact complaint.received_at -> `complaint.received_at: `  (a time with its offset)
    Fact complaint.channel -> `complaint.channel: `  (one of phone, email, letter, web_form, chat, social, regulator, in_person)
    Fact complaint.notice_form -> `complaint.notice_form: `  (one of oral, written)
    and 136 more
    in place of ``
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      sev$0\n"), @"
    Output severity.level -> `severity.level: `  (one of low, middle, high)
    in place of `sev`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      clock.$0\n"), @"
    Clock clock.US-T-10.due -> `clock.US-T-10.due: `  (a date)
    Clock clock.US-T-10.breached -> `clock.US-T-10.breached: `  (true or false)
    Clock clock.US-T-LATE.due -> `clock.US-T-LATE.due: `  (a date)
    Clock clock.US-T-LATE.breached -> `clock.US-T-LATE.breached: `  (true or false)
    Clock clock.US-T-TELL.due -> `clock.US-T-TELL.due: `  (a date)
    Clock clock.US-T-TELL.breached -> `clock.US-T-TELL.breached: `  (true or false)
    in place of `clock.`
    ");
}

#[test]
fn values_by_the_kind_of_the_column() {
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when: {customer.tier: $0}\n"), @"
    Value standard  (1 of 4, from the least to the most)
    Value silver  (2 of 4, from the least to the most)
    Value gold  (3 of 4, from the least to the most)
    Value strategic  (4 of 4, from the least to the most)
    Value at least -> `at least `  (a condition on one of standard, silver, gold, strategic)
    Value at most -> `at most `  (a condition on one of standard, silver, gold, strategic)
    Value under -> `under `  (a condition on one of standard, silver, gold, strategic)
    Value over -> `over `  (a condition on one of standard, silver, gold, strategic)
    Value not -> `not `  (known and something else)
    Value any  (every value, also a missing or unknown one)
    Value missing  (not given)
    Value present  (given, also as unknown)
    and 1 more
    in place of ``
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when: {customer.tier: at least $0}\n"), @"
    Value standard  (1 of 4, from the least to the most)
    Value silver  (2 of 4, from the least to the most)
    Value gold  (3 of 4, from the least to the most)
    Value strategic  (4 of 4, from the least to the most)
    in place of ``
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when: {customer.tier: [gold, s$0]}\n"), @"
    Value standard  (1 of 4, from the least to the most)
    Value silver  (2 of 4, from the least to the most)
    Value strategic  (4 of 4, from the least to the most)
    in place of `s`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      customer.vulnerable: $0\n"), @"
    Value true
    Value false
    Value not -> `not `  (known and something else)
    Value any  (every value, also a missing or unknown one)
    Value missing  (not given)
    Value present  (given, also as unknown)
    Value unknown  (given as unknown)
    in place of ``
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      twice: at most params.$0\n"), @"
    Param params.refund.most  (an amount of money)
    Param params.refund.handling  (an amount of money)
    in place of `params.`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    when:\n      invoice.due_on: on $0\n"), @"
    Value on or before -> `on or before `  (a condition on a date)
    Value on or after -> `on or after `  (a condition on a date)
    in place of `on `
    ");
}

#[test]
fn outputs_and_their_values() {
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    then: {$0}\n"), @"
    Output kind -> `kind: `  (one of a, b)
    Output sum -> `sum: `  (an amount of money)
    in place of ``
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    then:\n      kind: $0\n"), @"
    Value a
    Value b
    Value missing  (no value)
    in place of ``
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    then:\n      sum: = twice * params.refund.s$0\n"), @"
    Param params.refund.share  (a number)
    in place of `params.refund.s`
    ");
    insta::assert_snapshot!(below_head("otherwise:\n  $0\n"), @"
    Output kind -> `kind: `  (one of a, b)
    Output sum -> `sum: `  (an amount of money)
    Key because -> `because: `
    Key source -> `source: `
    in place of ``
    ");
}

#[test]
fn expressions() {
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    then:\n      sum: = round_d$0\n"), @"
    Function round_down -> `round_down(`  (round_down(x: number or money, [digits: integer]) -> decimal or money)
    Function round_down_to -> `round_down_to(`  (round_down_to(x: number or money, step: number or money) -> decimal or money)
    in place of `round_d`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    then:\n      sum: >-\n        = min(twice,\n        dispute.dis$0\n"), @"
    Fact dispute.disputed_lines  (a list (a disputed line each))
    Fact dispute.disputed_lines.line_id  (a list (text each))
    Fact dispute.disputed_lines.billed  (a list (an amount of money each))
    Fact dispute.disputed_lines.claimed_correct  (a list (an amount of money each))
    Fact dispute.disputed_amount  (an amount of money)
    in place of `dispute.dis`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    because: It is {tw$0\n"), @"
    Let twice -> `twice}`  (an amount of money)
    in place of `tw`
    ");
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    because: It is {{tw$0\n"), @"");
    insta::assert_snapshot!(list(&at("decisions/fees_together.yaml", "= clock.US$0_T")), @"
    Clock clock.US_T_10.due  (a date)
    Clock clock.US_T_10.breached  (true or false)
    Clock clock.US_T_LATE.due  (a date)
    Clock clock.US_T_LATE.breached  (true or false)
    Clock clock.US_T_TELL.due  (a date)
    Clock clock.US_T_TELL.breached  (true or false)
    in place of `clock.US_T_LATE.due`
    ");
}

#[test]
fn keys_of_the_format() {
    insta::assert_snapshot!(below_head("rules:\n  - id: x\n    $0\n"), @"
    Key address -> `address: `
    Key because -> `because: `
    Key from -> `from: `
    Key id -> `id: `
    Key source -> `source: `
    Key then -> `then: `
    Key until -> `until: `
    Key verified -> `verified: `
    Key when -> `when: `
    in place of ``
    ");
    insta::assert_snapshot!(in_decision("decision: more\nou$0\n"), @"
    Key outputs -> `outputs: `
    in place of `ou`
    ");
    insta::assert_snapshot!(in_decision("decision: more\nhit: c$0\n"), @"
    Value collect
    Value collect sum
    Value collect min
    Value collect max
    Value collect count
    Value collect ranked
    in place of `c`
    ");
    insta::assert_snapshot!(in_decision("decision: more\noutputs:\n  a: {ty$0\n"), @"
    Key type -> `type: `
    in place of `ty`
    ");
    insta::assert_snapshot!(in_decision("decision: more\noutputs:\n  a: {type: m$0\n"), @"
    Value money
    in place of `m`
    ");
    insta::assert_snapshot!(list(&with("guardrails/more.yaml", "guardrails:\n  - id: x\n    c$0\n")), @"
    Key cap -> `cap: `
    in place of `c`
    ");
    insta::assert_snapshot!(list(&with("obligations/more.yaml", "obligations:\n  - id: x\n    due: {w$0}\n")), @"
    Key when -> `when: `
    Key within -> `within: `
    in place of `w`
    ");
}

#[test]
fn tables() {
    let table = "table: |\n  | id | twice | customer.tier | => kind | => sum | because |\n";
    insta::assert_snapshot!(below_head("table: |\n  | id | tw$0\n"), @"
    Let twice  (an amount of money)
    in place of `tw`
    ");
    insta::assert_snapshot!(below_head("table: |\n  | id | => $0\n"), @"
    Output kind  (one of a, b)
    Output sum  (an amount of money)
    in place of ``
    ");
    insta::assert_snapshot!(below_head(&format!("{table}  | x | - | g$0 | a | - | b |\n")), @"
    Value gold  (3 of 4, from the least to the most)
    in place of `g`
    ");
    insta::assert_snapshot!(below_head(&format!("{table}  | x | $0\n")), @"
    Value at least -> `at least `  (a condition on an amount of money)
    Value at most -> `at most `  (a condition on an amount of money)
    Value under -> `under `  (a condition on an amount of money)
    Value over -> `over `  (a condition on an amount of money)
    Value not -> `not `  (known and something else)
    Value any  (every value, also a missing or unknown one)
    Value missing  (not given)
    Value present  (given, also as unknown)
    Value unknown  (given as unknown)
    Value -  (every value will do)
    in place of ``
    ");
    insta::assert_snapshot!(below_head(&format!("{table}  | x | - | gold | $0\n")), @"
    Value a
    Value b
    Value missing  (no value)
    in place of ``
    ");
    insta::assert_snapshot!(below_head(&format!("{table}  | x | - | gold | a | = tw$0\n")), @"
    Let twice  (an amount of money)
    in place of `tw`
    ");
}

#[test]
fn guardrails_obligations_and_the_manifest() {
    insta::assert_snapshot!(list(&with("guardrails/more.yaml", "guardrails:\n  - id: x\n    cap: ges$0\n")), @"
    Output gesture.amount  (an amount of money)
    Output gesture.instrument  (one of none, bill_credit)
    in place of `ges`
    ");
    insta::assert_snapshot!(list(&with("guardrails/more.yaml", "guardrails:\n  - id: x\n    cap: gesture.amount\n    at: params.refund.$0\n")), @"
    Param params.refund.share  (a number)
    Param params.refund.most  (an amount of money)
    Param params.refund.handling  (an amount of money)
    Param params.refund.tier.standard  (a number)
    Param params.refund.tier.silver  (a number)
    Param params.refund.tier.gold  (a number)
    Param params.refund.tier.strategic  (a number)
    in place of `params.refund.`
    ");
    insta::assert_snapshot!(list(&with("obligations/more.yaml", "obligations:\n  - id: x\n    due: {within: 3 days, after: st$0}\n")), @"
    Value step answer  (when it was done, else when it is due)
    Value step remind  (when it was done, else when it is due)
    Value step tell  (when it was done, else when it is due)
    in place of `st`
    ");
    insta::assert_snapshot!(list(&with("bundle.yaml", "bundle: a\npacks: [us$0]\n")), @"
    Pack us-test
    in place of `us`
    ");
    insta::assert_snapshot!(list(&with("bundle.yaml", "bundle: a\nplugins:\n  - id: p\n    after: g$0\n")), @"
    Decision gesture
    in place of `g`
    ");
    insta::assert_snapshot!(list(&with("bundle.yaml", "bundle: a\nplugins:\n  - id: p\n    script: $0\n")), @"
    File scripts/loyalty.rhai
    in place of ``
    ");
    insta::assert_snapshot!(list(&with("bundle.yaml", "bundle: a\nassume:\n  customer.tier: s$0\n")), @"
    Value standard  (1 of 4, from the least to the most)
    Value silver  (2 of 4, from the least to the most)
    Value strategic  (4 of 4, from the least to the most)
    in place of `s`
    ");
}

#[test]
fn policy_tests() {
    insta::assert_snapshot!(list(&with("tests/more.yaml", "tests:\n  - name: x\n    given: {customer.tenure$0}\n")), @"
    Fact customer.tenure_months -> `customer.tenure_months: `  (a whole number, in months)
    in place of `customer.tenure`
    ");
    insta::assert_snapshot!(list(&with("tests/more.yaml", "tests:\n  - name: x\n    given: {customer.tier: $0}\n")), @"
    Value standard  (1 of 4, from the least to the most)
    Value silver  (2 of 4, from the least to the most)
    Value gold  (3 of 4, from the least to the most)
    Value strategic  (4 of 4, from the least to the most)
    Value missing  (not given)
    Value unknown  (given as unknown)
    in place of ``
    ");
    insta::assert_snapshot!(list(&with("tests/more.yaml", "tests:\n  - name: x\n    expect:\n      rules: [gesture/$0]\n")), @"
    Rule gesture/in-time
    Rule gesture/loyal
    Rule gesture/us-law
    Rule gesture/otherwise  (where no rule matches)
    in place of `gesture/`
    ");
    insta::assert_snapshot!(list(&with("tests/more.yaml", "tests:\n  - name: x\n    expect:\n      parts.g$0\n")), @"
    Output parts.gesture.outputs.amount -> `parts.gesture.outputs.amount: `  (an amount of money)
    Output parts.gesture.outputs.instrument -> `parts.gesture.outputs.instrument: `  (one of none, bill_credit)
    in place of `parts.g`
    ");
    insta::assert_snapshot!(list(&with("tests/more.yaml", "tests:\n  - name: x\n    expect:\n      parts.severity.outputs.level: $0\n")), @"
    Value low  (1 of 3, from the least to the most)
    Value middle  (2 of 3, from the least to the most)
    Value high  (3 of 3, from the least to the most)
    Value at least -> `at least `  (a condition on one of low, middle, high)
    Value at most -> `at most `  (a condition on one of low, middle, high)
    Value under -> `under `  (a condition on one of low, middle, high)
    Value over -> `over `  (a condition on one of low, middle, high)
    Value not -> `not `  (known and something else)
    Value any  (every value, also a missing or unknown one)
    Value missing  (not given)
    Value present  (given, also as unknown)
    Value unknown  (given as unknown)
    in place of ``
    ");
}

#[test]
fn scripts() {
    let script = |text: &str| list(&with("scripts/loyalty.rhai", &format!("fn gesture(facts, draft, settings) {{\n    {text}")));
    insta::assert_snapshot!(script("facts.customer.te$0"), @"
    Fact facts.customer.tenure_months  (a whole number)
    in place of `facts.customer.te`
    ");
    insta::assert_snapshot!(script("let c = facts.customer; if c.te$0 }\n"), @"
    Fact c.tenure_months  (a whole number)
    in place of `c.te`
    ");
    insta::assert_snapshot!(script("settings.$0\n}\n"), @"
    Setting settings.years
    in place of `settings.`
    ");
    insta::assert_snapshot!(script("draft.$0 = 1;\n}\n"), @"
    Output draft.amount  (an amount of money)
    Output draft.instrument  (one of none, bill_credit)
    Output draft.because  (text)
    in place of `draft.`
    ");
    insta::assert_snapshot!(script("let amount = 1; a$0\n}\n"), @"
    Variable amount
    Function abs -> `abs(`  (abs(x: number or money) -> the same)
    Function add_days -> `add_days(`  (add_days(date: date, count: integer) -> date)
    Function add_months -> `add_months(`  (add_months(date: date, count: integer) -> date)
    Function all -> `all(`  (all(list, closure))
    in place of `a`
    ");
    insta::assert_snapshot!(script("facts.params.refund.$0\n}\n"), @"
    Param facts.params.refund.share  (a number)
    Param facts.params.refund.most  (an amount of money)
    Param facts.params.refund.handling  (an amount of money)
    Param facts.params.refund.tier.standard  (a number)
    Param facts.params.refund.tier.silver  (a number)
    Param facts.params.refund.tier.gold  (a number)
    Param facts.params.refund.tier.strategic  (a number)
    in place of `facts.params.refund.`
    ");
    insta::assert_snapshot!(script("facts.severity.$0\n}\n"), @"
    Output facts.severity.level  (one of low, middle, high)
    in place of `facts.severity.`
    ");
    insta::assert_snapshot!(script("helped(facts.customer)\n}\nfn helped(who) { who.te$0 }\n"), @"
    Fact who.tenure_months  (a whole number)
    in place of `who.te`
    ");
}

#[test]
fn letters() {
    let letter = |text: &str| list(&with("letters/thanks.en.txt", text));
    insta::assert_snapshot!(letter("Subject: {{ case$0\n"), @"
    Variable case_id  (a text)
    in place of `case`
    ");
    insta::assert_snapshot!(letter("{% for line in lines %}{{ line.$0 }}{% endfor %}"), @"
    Variable line.id  (a text)
    Variable line.billed  (an amount)
    Variable line.claimed  (an amount)
    Variable line.nothing_claimed  (true or false)
    in place of `line.`
    ");
    insta::assert_snapshot!(letter("{% $0 %}"), @"
    Key if
    Key elif
    Key else
    Key endif
    Key for
    Key endfor
    in place of ``
    ");
    insta::assert_snapshot!(letter("{{ holds | l$0 }}"), @"
    Function list  (a filter)
    in place of `l`
    ");
    insta::assert_snapshot!(letter("no braces ca$0"), @"");
}

#[test]
fn comments_propose_nothing() {
    assert_eq!(below_head("# a comment with customer.ti$0\n"), "");
    assert_eq!(below_head("rules:   # customer.ti$0\n"), "");
}
