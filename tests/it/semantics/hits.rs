//! Hit policies: what a decision comes to when no rule, one rule or several rules match.

use super::decided;

/// Two rules that overlap where `n` lies from 10 to 20.
fn overlapping(hit: &str, outputs: &str, low: &str, high: &str, more: &str) -> String {
    format!(
        "=== decisions/d.yaml
decision: d
hit: {hit}
outputs: {outputs}
rules:
  - {{id: low, when: {{input.n: at most 20}}, then: {low}, because: It is low.}}
  - {{id: high, when: {{input.n: at least 10}}, then: {high}, because: It is high.}}
{more}"
    )
}

const WORD: &str = "{word: {type: enum, values: [small, large]}}";

#[test]
fn unique_takes_one_rule_and_names_those_that_meet() {
    // Rules that could never be told apart are refused when the bundle is loaded; these meet only through a derived input.
    let bundle = "=== decisions/d.yaml
decision: d
hit: unique
let:
  twice: = input.n * 2
outputs: {word: {type: text}}
rules:
  - {id: low, when: {twice: at most 20}, then: {word: small}, because: It is low.}
  - {id: red, when: {input.word: red}, then: {word: red}, because: It is red.}
";
    insta::assert_snapshot!(decided(bundle, &[
        "input.n: 3; input.word: blue",
        "input.n: 30; input.word: red",
        "input.n: 3; input.word: red",
        "input.n: 30; input.word: blue",
        "input.word: blue",
    ]), @r"
    [input.n: 3; input.word: blue]
    decided
      d: decided by low -> word small
        because It is low.

    [input.n: 30; input.word: red]
    decided
      d: decided by red -> word red
        because It is red.

    [input.n: 3; input.word: red]
    referred
      d: conflict by low, red
      fault of d, conflict: the rules `low` and `red` match at once, and only one of them may match (decisions/d.yaml:1:11)

    [input.n: 30; input.word: blue]
    referred
      d: no_rule
        nearest low: `twice` is 60, the rule asks for at most 20
        nearest red: `input.word` is blue, the rule asks for red
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)

    [input.word: blue]
    referred
      d: no_rule
        nearest low: `twice` is missing, the rule asks for at most 20
        nearest red: `input.word` is blue, the rule asks for red
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)
    ");
}

#[test]
fn unique_is_the_policy_when_none_is_named() {
    let bundle = "=== decisions/d.yaml
decision: d
outputs: {word: {type: text}}
rules:
  - {when: {input.n: under 10}, then: {word: small}, because: It is low.}
  - {when: {input.n: at least 10}, then: {word: large}, because: It is high.}
otherwise: {word: none, because: There is no number.}
";
    insta::assert_snapshot!(decided(bundle, &["input.n: 9", "input.n: 10", "input.n: unknown", "input.word: x"]), @r"
    [input.n: 9]
    decided
      d: decided by #1 -> word small
        because It is low.

    [input.n: 10]
    decided
      d: decided by #2 -> word large
        because It is high.

    [input.n: unknown]
    decided
      d: decided by otherwise -> word none
        because There is no number.
        nearest #1: `input.n` is unknown, the rule asks for under 10
        nearest #2: `input.n` is unknown, the rule asks for at least 10

    [input.word: x]
    decided
      d: decided by otherwise -> word none
        because There is no number.
        nearest #1: `input.n` is missing, the rule asks for under 10
        nearest #2: `input.n` is missing, the rule asks for at least 10
    ");
}

#[test]
fn first_takes_the_first_in_the_order_written() {
    let bundle = overlapping("first", WORD, "{word: small}", "{word: large}", "");
    insta::assert_snapshot!(decided(&bundle, &["input.n: 9", "input.n: 15", "input.n: 21"]), @r"
    [input.n: 9]
    decided
      d: decided by low -> word small
        because It is low.

    [input.n: 15]
    decided
      d: decided by low -> word small
        because It is low.

    [input.n: 21]
    decided
      d: decided by high -> word large
        because It is high.
    ");
}

#[test]
fn any_wants_rules_that_say_the_same() {
    let same = overlapping("any", WORD, "{word: small}", "{word: small}", "");
    insta::assert_snapshot!(decided(&same, &["input.n: 9", "input.n: 15"]), @r"
    [input.n: 9]
    decided
      d: decided by low -> word small
        because It is low.

    [input.n: 15]
    decided
      d: decided by low, high -> word small
        because It is low. It is high.
    ");
    // Where the analysis cannot tell whether both may match, the run finds out.
    let other = "=== decisions/d.yaml
decision: d
hit: any
let:
  twice: = input.n * 2
outputs: {n: {type: integer}}
rules:
  - {id: low, when: {twice: at most 40}, then: {n: '= input.m'}, because: It is low.}
  - {id: high, when: {input.n: at least 10}, then: {n: '= input.m * input.m'}, because: It is high.}
";
    insta::assert_snapshot!(decided(other, &["input.n: 15; input.m: 1", "input.n: 15; input.m: 2", "input.n: 25; input.m: 2"]), @r"
    [input.n: 15; input.m: 1]
    decided
      d: decided by low, high -> n 1
        because It is low. It is high.

    [input.n: 15; input.m: 2]
    referred
      d: conflict by low, high
      fault of d, conflict: the rules `low` and `high` match at once, and they do not say the same (decisions/d.yaml:1:11)

    [input.n: 25; input.m: 2]
    decided
      d: decided by high -> n 4
        because It is high.
    ");
}

#[test]
fn priority_takes_the_best_by_the_order_of_values() {
    let order = "priority: {word: [large, small]}\n";
    let bundle = overlapping("priority", WORD, "{word: small}", "{word: large}", order);
    insta::assert_snapshot!(decided(&bundle, &["input.n: 9", "input.n: 15", "input.n: 21"]), @r"
    [input.n: 9]
    decided
      d: decided by low -> word small
        because It is low.

    [input.n: 15]
    decided
      d: decided by high -> word large
        because It is high.

    [input.n: 21]
    decided
      d: decided by high -> word large
        because It is high.
    ");
}

#[test]
fn collect_takes_all_in_the_order_written() {
    let bundle = overlapping("collect", WORD, "{word: small}", "{word: large}", "");
    insta::assert_snapshot!(decided(&bundle, &["input.n: 9", "input.n: 15", "input.m: 1"]), @r"
    [input.n: 9]
    decided
      d: decided by low
        - word small
        because It is low.

    [input.n: 15]
    decided
      d: decided by low, high
        - word small
        - word large
        because It is low. It is high.

    [input.m: 1]
    decided
      d: decided
    ");
}

#[test]
fn collect_ranked_takes_all_by_the_order_of_values() {
    let order = "priority: {word: [large, small]}\n";
    let bundle = overlapping("collect ranked", WORD, "{word: small}", "{word: large}", order);
    insta::assert_snapshot!(decided(&bundle, &["input.n: 9", "input.n: 15", "input.m: 1"]), @r"
    [input.n: 9]
    decided
      d: decided by low
        - word small
        because It is low.

    [input.n: 15]
    decided
      d: decided by high, low
        - word large
        - word small
        because It is high. It is low.

    [input.m: 1]
    decided
      d: decided
    ");
}

#[test]
fn collect_joins_the_single_output() {
    let of = |hit: &str, more: &str| {
        let money = "{sum: {type: money}}";
        decided(&overlapping(hit, money, "{sum: 0.10}", "{sum: 0.20}", more), &["input.n: 9", "input.n: 15", "input.m: 1"])
    };
    let otherwise = "otherwise: {sum: 9.00, because: Neither low nor high.}\n";
    insta::assert_snapshot!(of("collect sum", ""), @r"
    [input.n: 9]
    decided
      d: decided by low -> sum 0.10 USD
        because It is low.

    [input.n: 15]
    decided
      d: decided by low, high -> sum 0.30 USD
        because It is low. It is high.

    [input.m: 1]
    referred
      d: no_rule
        nearest low: `input.n` is missing, the rule asks for at most 20
        nearest high: `input.n` is missing, the rule asks for at least 10
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)
    ");
    insta::assert_snapshot!(of("collect min", otherwise), @r"
    [input.n: 9]
    decided
      d: decided by low -> sum 0.10 USD
        because It is low.

    [input.n: 15]
    decided
      d: decided by low, high -> sum 0.10 USD
        because It is low. It is high.

    [input.m: 1]
    decided
      d: decided by otherwise -> sum 9.00 USD
        because Neither low nor high.
        nearest low: `input.n` is missing, the rule asks for at most 20
        nearest high: `input.n` is missing, the rule asks for at least 10
    ");
    insta::assert_snapshot!(of("collect max", otherwise), @r"
    [input.n: 9]
    decided
      d: decided by low -> sum 0.10 USD
        because It is low.

    [input.n: 15]
    decided
      d: decided by low, high -> sum 0.20 USD
        because It is low. It is high.

    [input.m: 1]
    decided
      d: decided by otherwise -> sum 9.00 USD
        because Neither low nor high.
        nearest low: `input.n` is missing, the rule asks for at most 20
        nearest high: `input.n` is missing, the rule asks for at least 10
    ");
}

#[test]
fn collect_count_counts_and_is_zero_for_none() {
    let bundle = overlapping("collect count", "{n: {type: integer}}", "{n: 1}", "{n: 1}", "");
    insta::assert_snapshot!(decided(&bundle, &["input.n: 9", "input.n: 15", "input.m: 1"]), @r"
    [input.n: 9]
    decided
      d: decided by low -> n 1
        because It is low.

    [input.n: 15]
    decided
      d: decided by low, high -> n 2
        because It is low. It is high.

    [input.m: 1]
    decided
      d: decided -> n 0
    ");
}

#[test]
fn no_rule_names_the_nearest_rules_and_the_condition_that_failed() {
    let bundle = "=== decisions/d.yaml
decision: d
hit: first
outputs: {word: {type: text}}
rules:
  - {id: both, when: {input.n: 10 to 20, input.word: red}, then: {word: a}, because: a.}
  - {id: three, when: {input.n: over 20, input.word: blue, input.yes: true}, then: {word: b}, because: b.}
  - {id: not-red, when: {input.n: at most 5, input.word: not red}, then: {word: c}, because: c.}
=== decisions/e.yaml
decision: e
outputs: {word: {type: text}}
rules:
  - {id: one, when: {d.word: a}, then: {word: e}, because: e.}
";
    insta::assert_snapshot!(decided(bundle, &[
        "input.n: 15; input.word: blue; input.yes: true",
        "input.n: 25; input.word: blue; input.yes: unknown",
        "input.word: red",
    ]), @r"
    [input.n: 15; input.word: blue; input.yes: true]
    referred
      d: no_rule
        nearest both: `input.word` is blue, the rule asks for red
        nearest three: `input.n` is 15, the rule asks for over 20
        nearest not-red: `input.n` is 15, the rule asks for at most 5
      e: skipped
        waits for d
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)

    [input.n: 25; input.word: blue; input.yes: unknown]
    referred
      d: no_rule
        nearest three: `input.yes` is unknown, the rule asks for true
        nearest not-red: `input.n` is 25, the rule asks for at most 5
        nearest both: `input.n` is 25, the rule asks for 10 to 20; `input.word` is blue, the rule asks for red
      e: skipped
        waits for d
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)

    [input.word: red]
    referred
      d: no_rule
        nearest both: `input.n` is missing, the rule asks for 10 to 20
        nearest not-red: `input.n` is missing, the rule asks for at most 5; `input.word` is red, the rule asks for not red
        nearest three: `input.n` is missing, the rule asks for over 20; `input.word` is red, the rule asks for blue; `input.yes` is missing, the rule asks for true
      e: skipped
        waits for d
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)
    ");
}
