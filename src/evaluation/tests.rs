//! Guardrails: what they make of a draft, decided the quick way and by the definition.

use crate::case::{CaseFormat, read_case};
use crate::decision::Outputs;
use crate::policy::Policy;
use crate::text::{Source, render_all};
use crate::value::{DateTime, Fact, Value};

const MANIFEST: &str = "bundle: small
version: 1.0.0
currency: USD
facts:
  input.sum: {type: money}
  input.most: {type: money}
  input.n: {type: integer}
  input.x: {type: decimal}
  input.word: {type: enum, values: [plain, odd, rare]}
  input.level: {type: enum, values: [low, middle, high], ordered: true}
";

const GIFT: &str = "decision: gift
hit: first
outputs:
  sum: {type: money, default: missing}
  fine: {type: money, default: missing, round: down to 5.00}
  n: {type: integer, default: missing}
  x: {type: decimal, default: missing, round: half even}
  word: {type: enum, values: [plain, odd, rare], default: plain}
rules:
  - {id: nothing, when: {input.word: unknown}, then: {word: plain}, because: Nothing is given.}
  - id: given
    when: {input.word: any}
    then: {sum: = input.sum, fine: = input.sum, n: = input.n, x: = input.x, word: = input.word}
    because: It is given.
";

const TAX: &str = "decision: tax\noutputs:\n  amount: {type: money, value: 1.00}\n";

fn files(tax: &str, guardrails: &str) -> [(&'static str, String); 4] {
    [
        ("bundle.yaml", MANIFEST.to_owned()),
        ("decisions/gift.yaml", GIFT.to_owned()),
        ("decisions/tax.yaml", tax.to_owned()),
        ("guardrails/g.yaml", format!("guardrails:{guardrails}")),
    ]
}

fn fact(fact: &Fact<Value>) -> String {
    match fact {
        Fact::Missing => "-".to_owned(),
        Fact::Unknown => "unknown".to_owned(),
        Fact::Known(value) => value.to_string(),
    }
}

/// What is given where a case says nothing else.
const PLAIN: [(&str, &str); 5] = [("sum", "5.00 USD"), ("most", "9.00 USD"), ("n", "1"), ("x", "0"), ("word", "plain")];

/// What a gift comes to in each case.
fn given(guardrails: &str, cases: &[&str]) -> String {
    let policy = Policy::from_files(files(TAX, guardrails)).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    decided(&policy, "gift", cases)
}

/// What a decision comes to in each case, both ways: the facts of `input`, `; ` between them, and the plain ones.
fn decided(policy: &Policy, name: &str, cases: &[&str]) -> String {
    let at = DateTime::parse("2026-03-05T00:00:00Z").unwrap();
    let mut text = String::new();
    for facts in cases {
        let mut input: Vec<String> = facts.split("; ").map(str::to_owned).collect();
        let plain = PLAIN.iter().filter(|(name, _)| !facts.split("; ").any(|fact| fact.starts_with(&format!("{name}:"))));
        input.extend(plain.map(|(name, value)| format!("{name}: {value}")));
        let source = Source::new("case.yaml", format!("input: {{{}}}", input.join(", ")));
        let case = read_case(&source, CaseFormat::Yaml).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
        let (quick, slow) = (policy.decide(&case, at).unwrap(), policy.decide_by_definition(&case, at).unwrap());
        assert_eq!(quick.to_json_line(), slow.to_json_line(), "{facts}");
        let part = quick.parts.iter().find(|part| *part.name == *name).unwrap();
        let outputs: Vec<String> =
            part.results.iter().flat_map(Outputs::iter).map(|(name, value)| format!("{name} {}", fact(value))).collect();
        text += &format!("[{facts}] {}\n", part.status.word());
        if !outputs.is_empty() {
            text += &format!("  {}\n", outputs.join(", "));
        }
        for change in &part.changes {
            let (before, after) = (fact(&change.before), fact(&change.after));
            text += &format!("  {} {}: {} {before} -> {after} ({})\n", change.by, change.id, change.output, change.because);
        }
        for (output, cap) in &part.capped_by {
            text += &format!("  {output} capped by {cap}\n");
        }
        for fault in &quick.faults {
            text += &format!("  fault: {}\n", fault.message);
        }
        for name in &part.missing {
            text += &format!("  needs {name}\n");
        }
        let approval = &quick.approval;
        if !approval.also.is_empty() {
            text += &format!("  approval of {}, second person: {}\n", approval.also.join(", "), approval.second_person);
        }
        for (hold, by) in &quick.holds.because {
            text += &format!("  hold {hold}: {}\n", by.join(", "));
        }
        if let Some(target) = &quick.escalation.target {
            text += &format!("  goes to {target}\n");
        }
    }
    text
}

#[test]
fn caps_cut_and_the_smallest_is_named() {
    let caps = "
  - {id: most, cap: gift.sum, at: = input.most, because: The most.}
  - {id: fifty, cap: gift.sum, at: 50.005, because: Fifty.}
  - {id: forty, when: {input.level: at least middle}, cap: gift.sum, at: 40.00, because: Forty.}
  - {id: three, cap: gift.n, at: 3, because: Three.}
  - {id: quarters, cap: gift.x, at: 0.75, because: Three quarters.}
  - {id: fifths, when: {input.level: high}, cap: gift.x, at: 0.6, because: Three fifths.}
";
    insta::assert_snapshot!(given(caps, &[
        "sum: 60.00 USD; most: 100.00 USD; level: low",
        "sum: 60.00 USD; most: 45.00 USD; level: low",
        "sum: 60.00 USD; most: 40.00 USD; level: high",
        "sum: 60.00 USD; most: 45.00 USD",
        "sum: 50.00 USD; most: 50.00 USD; level: low",
        "sum: 60.00 USD; most: -1.00 USD; level: low",
        "sum: -2.00 USD; most: -5.00 USD; level: low",
        "sum: 60.00 USD; most: unknown; level: low",
        "sum: 60.00 USD; most: 9.00 EUR; level: low",
        "n: 4; x: 0.9; level: low",
        "n: 4; x: 0.9; level: high",
        "n: 3; x: 0.5; level: low",
        "n: -4; x: -0.75",
    ]), @"
    [sum: 60.00 USD; most: 100.00 USD; level: low] decided
      sum 50.00 USD, fine 60.00 USD, n 1, x 0, word plain
      cap fifty: sum 60.00 USD -> 50.00 USD (Fifty.)
      sum capped by fifty
    [sum: 60.00 USD; most: 45.00 USD; level: low] decided
      sum 45.00 USD, fine 60.00 USD, n 1, x 0, word plain
      cap most: sum 60.00 USD -> 45.00 USD (The most.)
      sum capped by most
    [sum: 60.00 USD; most: 40.00 USD; level: high] decided
      sum 40.00 USD, fine 60.00 USD, n 1, x 0, word plain
      cap most: sum 60.00 USD -> 40.00 USD (The most.)
      sum capped by most
    [sum: 60.00 USD; most: 45.00 USD] decided
      sum 40.00 USD, fine 60.00 USD, n 1, x 0, word plain
      cap forty: sum 60.00 USD -> 40.00 USD (Forty.)
      sum capped by forty
    [sum: 50.00 USD; most: 50.00 USD; level: low] decided
      sum 50.00 USD, fine 50.00 USD, n 1, x 0, word plain
    [sum: 60.00 USD; most: -1.00 USD; level: low] decided
      sum 0.00 USD, fine 60.00 USD, n 1, x 0, word plain
      cap most: sum 60.00 USD -> 0.00 USD (The most.)
      sum capped by most
    [sum: -2.00 USD; most: -5.00 USD; level: low] decided
      sum -2.00 USD, fine 0.00 USD, n 1, x 0, word plain
      rounding rounding: fine -2.00 USD -> 0.00 USD (rounded down to 5.00)
    [sum: 60.00 USD; most: unknown; level: low] decided
      sum 0.00 USD, fine 60.00 USD, n 1, x 0, word plain
      cap most: sum 60.00 USD -> 0.00 USD (The most.)
      sum capped by most
    [sum: 60.00 USD; most: 9.00 EUR; level: low] fault
      fault: the guardrail `most`: an amount in EUR meets an amount in USD; money never changes currency silently
    [n: 4; x: 0.9; level: low] decided
      sum 5.00 USD, fine 5.00 USD, n 3, x 0.75, word plain
      cap three: n 4 -> 3 (Three.)
      cap quarters: x 0.9 -> 0.75 (Three quarters.)
      rounding rounding: x 0.75 -> 1 (rounded half even)
      cap quarters: x 1 -> 0.75 (Three quarters.)
      n capped by three
      x capped by quarters
    [n: 4; x: 0.9; level: high] decided
      sum 5.00 USD, fine 5.00 USD, n 3, x 0.6, word plain
      cap three: n 4 -> 3 (Three.)
      cap fifths: x 0.9 -> 0.6 (Three fifths.)
      rounding rounding: x 0.6 -> 1 (rounded half even)
      cap fifths: x 1 -> 0.6 (Three fifths.)
      n capped by three
      x capped by fifths
    [n: 3; x: 0.5; level: low] decided
      sum 5.00 USD, fine 5.00 USD, n 3, x 0, word plain
      rounding rounding: x 0.5 -> 0 (rounded half even)
    [n: -4; x: -0.75] decided
      sum 5.00 USD, fine 5.00 USD, n -4, x -1, word plain
      rounding rounding: x -0.75 -> -1 (rounded half even)
    ");
}

#[test]
fn floors_lift_and_a_cap_has_the_last_word() {
    let floors = "
  - {id: ten, floor: gift.sum, at: 10.001, because: Ten.}
  - {id: least, when: {input.level: high}, floor: gift.sum, at: = input.most, because: The least.}
  - {id: twelve, floor: gift.fine, at: 12.00, because: Twelve.}
  - {id: fourteen, when: {input.level: high}, floor: gift.fine, at: 14.00, because: Fourteen.}
  - {id: thirteen, when: {input.level: at least middle}, floor: gift.fine, at: 13.00, because: Thirteen.}
  - {id: eighteen, cap: gift.fine, at: 18.00, because: Eighteen.}
  - {id: two, floor: gift.n, at: 2, because: Two.}
";
    insta::assert_snapshot!(given(floors, &[
        "sum: 4.00 USD; level: low",
        "sum: 13.00 USD; n: 2; level: low",
        "sum: 17.00 USD; n: 3; level: high; most: 20.00 USD",
        "sum: 19.00 USD; n: 3; level: high; most: 5.00 USD",
        "sum: 4.00 USD; n: 3; level: high; most: 5.00 USD",
        "sum: 4.00 USD; n: 3; level: middle",
        "sum: 4.00 USD; most: unknown; level: high",
        "word: unknown",
    ]), @"
    [sum: 4.00 USD; level: low] decided
      sum 10.01 USD, fine 12.00 USD, n 2, x 0, word plain
      floor ten: sum 4.00 USD -> 10.01 USD (Ten.)
      floor twelve: fine 4.00 USD -> 12.00 USD (Twelve.)
      floor two: n 1 -> 2 (Two.)
      rounding rounding: fine 12.00 USD -> 10.00 USD (rounded down to 5.00)
      floor twelve: fine 10.00 USD -> 12.00 USD (Twelve.)
    [sum: 13.00 USD; n: 2; level: low] decided
      sum 13.00 USD, fine 12.00 USD, n 2, x 0, word plain
      rounding rounding: fine 13.00 USD -> 10.00 USD (rounded down to 5.00)
      floor twelve: fine 10.00 USD -> 12.00 USD (Twelve.)
    [sum: 17.00 USD; n: 3; level: high; most: 20.00 USD] decided
      sum 20.00 USD, fine 15.00 USD, n 3, x 0, word plain
      floor least: sum 17.00 USD -> 20.00 USD (The least.)
      rounding rounding: fine 17.00 USD -> 15.00 USD (rounded down to 5.00)
    [sum: 19.00 USD; n: 3; level: high; most: 5.00 USD] decided
      sum 19.00 USD, fine 15.00 USD, n 3, x 0, word plain
      cap eighteen: fine 19.00 USD -> 18.00 USD (Eighteen.)
      rounding rounding: fine 18.00 USD -> 15.00 USD (rounded down to 5.00)
      fine capped by eighteen
    [sum: 4.00 USD; n: 3; level: high; most: 5.00 USD] decided
      sum 10.01 USD, fine 14.00 USD, n 3, x 0, word plain
      floor ten: sum 4.00 USD -> 10.01 USD (Ten.)
      floor twelve: fine 4.00 USD -> 12.00 USD (Twelve.)
      floor fourteen: fine 12.00 USD -> 14.00 USD (Fourteen.)
      rounding rounding: fine 14.00 USD -> 10.00 USD (rounded down to 5.00)
      floor fourteen: fine 10.00 USD -> 14.00 USD (Fourteen.)
    [sum: 4.00 USD; n: 3; level: middle] decided
      sum 10.01 USD, fine 13.00 USD, n 3, x 0, word plain
      floor ten: sum 4.00 USD -> 10.01 USD (Ten.)
      floor twelve: fine 4.00 USD -> 12.00 USD (Twelve.)
      floor thirteen: fine 12.00 USD -> 13.00 USD (Thirteen.)
      rounding rounding: fine 13.00 USD -> 10.00 USD (rounded down to 5.00)
      floor thirteen: fine 10.00 USD -> 13.00 USD (Thirteen.)
    [sum: 4.00 USD; most: unknown; level: high] needs_facts
      needs input.most
    [word: unknown] decided
      sum 10.01 USD, fine 14.00 USD, n 2, x -, word plain
      floor ten: sum - -> 10.01 USD (Ten.)
      floor twelve: fine - -> 12.00 USD (Twelve.)
      floor fourteen: fine 12.00 USD -> 14.00 USD (Fourteen.)
      floor two: n - -> 2 (Two.)
      rounding rounding: fine 14.00 USD -> 10.00 USD (rounded down to 5.00)
      floor fourteen: fine 10.00 USD -> 14.00 USD (Fourteen.)
    ");
}

#[test]
fn what_is_forbidden_gives_way_unless_every_condition_is_met() {
    let forbids = "
  - {id: odd, forbid: {gift.word: odd}, unless: {input.level: high, input.n: over 2}, instead: {gift.word: plain, gift.sum: missing}, because: Odd.}
  - {id: rare, when: {input.level: low}, forbid: {gift.word: rare, gift.n: over 5}, instead: {gift.word: odd}, because: Rare.}
  - {id: never, forbid: {gift.x: 7}, instead: {gift.x: = input.x}, because: Never.}
";
    insta::assert_snapshot!(given(forbids, &[
        "word: plain",
        "word: odd; n: 3; level: high",
        "word: odd; n: 2; level: high",
        "word: odd; n: 3",
        "word: rare; n: 6; level: low",
        "word: rare; n: 5; level: low",
        "word: rare; n: 6; level: high",
        "word: rare; n: 6",
        "x: 7",
    ]), @"
    [word: plain] decided
      sum 5.00 USD, fine 5.00 USD, n 1, x 0, word plain
    [word: odd; n: 3; level: high] decided
      sum 5.00 USD, fine 5.00 USD, n 3, x 0, word odd
    [word: odd; n: 2; level: high] decided
      sum -, fine 5.00 USD, n 2, x 0, word plain
      forbid odd: word odd -> plain (Odd.)
      forbid odd: sum 5.00 USD -> - (Odd.)
    [word: odd; n: 3] decided
      sum -, fine 5.00 USD, n 3, x 0, word plain
      forbid odd: word odd -> plain (Odd.)
      forbid odd: sum 5.00 USD -> - (Odd.)
    [word: rare; n: 6; level: low] decided
      sum -, fine 5.00 USD, n 6, x 0, word plain
      forbid rare: word rare -> odd (Rare.)
      forbid odd: word odd -> plain (Odd.)
      forbid odd: sum 5.00 USD -> - (Odd.)
    [word: rare; n: 5; level: low] decided
      sum 5.00 USD, fine 5.00 USD, n 5, x 0, word rare
    [word: rare; n: 6; level: high] decided
      sum 5.00 USD, fine 5.00 USD, n 6, x 0, word rare
    [word: rare; n: 6] decided
      sum -, fine 5.00 USD, n 6, x 0, word plain
      forbid rare: word rare -> odd (Rare.)
      forbid odd: word odd -> plain (Odd.)
      forbid odd: sum 5.00 USD -> - (Odd.)
    [x: 7] fault
      fault: the guardrail `never` puts in place what it forbids
    ");
}

#[test]
fn money_in_a_list_is_rounded_as_money_is_and_other_lists_stay() {
    let tax = "decision: tax
outputs:
  parts: {type: list of money, value: '= [input.sum / 3, input.sum, -input.sum / 3]'}
  counts: {type: list of integer, value: '= [input.n, 2]'}
  third: {type: decimal, value: = input.x / 3}
";
    let policy = Policy::from_files(files(tax, " []")).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    insta::assert_snapshot!(decided(&policy, "tax", &["sum: 10.00 USD; n: 1; x: 1", "sum: 0.02 USD; n: 0; x: 2"]), @"
    [sum: 10.00 USD; n: 1; x: 1] decided
      parts [3.33 USD, 10.00 USD, -3.33 USD], counts [1, 2], third 0.3333333333333333333333333333
    [sum: 0.02 USD; n: 0; x: 2] decided
      parts [0.01 USD, 0.02 USD, -0.01 USD], counts [0, 2], third 0.6666666666666666666666666667
    ");
}

#[test]
fn those_that_look_at_the_finished_draft() {
    let others = "
  - {id: large, when: {gift.sum: over 20.00}, require_approval: [director, counsel], second_person: true, because: It is large.}
  - {id: odd, when: {gift.word: odd}, require_approval: [care], because: It is odd.}
  - {id: stop, when: {gift.word: rare}, hold: [collection, late_fees], because: It is rare.}
  - {id: look, when: {gift.n: over 9}, refer: care, because: It is many.}
";
    insta::assert_snapshot!(given(others, &[
        "sum: 20.00 USD; n: 9",
        "sum: 20.01 USD",
        "word: odd",
        "word: rare; n: 10",
    ]), @"
    [sum: 20.00 USD; n: 9] decided
      sum 20.00 USD, fine 20.00 USD, n 9, x 0, word plain
    [sum: 20.01 USD] decided
      sum 20.01 USD, fine 20.00 USD, n 1, x 0, word plain
      rounding rounding: fine 20.01 USD -> 20.00 USD (rounded down to 5.00)
      approval of director, counsel, second person: true
    [word: odd] decided
      sum 5.00 USD, fine 5.00 USD, n 1, x 0, word odd
      approval of care, second person: false
    [word: rare; n: 10] decided
      sum 5.00 USD, fine 5.00 USD, n 10, x 0, word rare
      hold collection: stop
      hold late_fees: stop
      goes to care
    ");
}
