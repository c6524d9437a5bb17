//! Pipe tables and CSV tables mean exactly the rules that they stand for.

use super::decided;

const HEAD: &str = "=== decisions/d.yaml
decision: d
hit: first
let:
  twice: = input.n * 2
outputs:
  word: {type: text}
  gift: {type: money, default: 1.00}
";

const RULES: &str = "rules:
  - id: small
    when: {input.n: at most 9, input.level: [low, missing]}
    then: {word: 'a | b', gift: 0.10}
    because: It is small.
    source: manual 1
  - id: dated
    when: {input.n: 10 to 20}
    then: {word: ten}
    because: Until summer.
    until: 2026-06-30
  - id: other
    when: {input.level: not low}
    then: {word: not low, gift: '= money(twice)'}
    because: Twice {twice}.
    from: 2026-03-01
";

const PIPE: &str = r"table: |
  | id    | input.n    | input.level  | => word | => gift          | because       | source   | from       | until      |
  | small | <= 9       | low, missing | a \| b  | 0.10             | It is small.  | manual 1 |            |            |
  | dated | [10..20]   | -            | ten     |                  | Until summer. |          |            | 2026-06-30 |
  | other | -          | != low       | not low | = money(twice)   | Twice {twice}.|          | 2026-03-01 |            |
";

const CSV: &str = "table: d.csv
=== decisions/d.csv
id,input.n,input.level,=> word,=> gift,because,source,from,until
small,<= 9,\"low, missing\",a | b,0.10,It is small.,manual 1,,
dated,10 to 20,any,ten,,Until summer.,,,2026-06-30
other,any,not low,not low,{money_twice},Twice {twice}.,,2026-03-01,
";

const CASES: [&str; 6] = [
    "input.n: 9; input.level: low",
    "input.n: 9",
    "input.n: 15; input.level: low",
    "input.n: 15; input.level: high; complaint.policy_date: 2026-07-01",
    "input.n: 21; input.level: high; complaint.policy_date: 2026-02-28",
    "input.n: 21; input.level: unknown",
];

#[test]
fn a_pipe_table_is_its_rules() {
    let rules = decided(&format!("{HEAD}{RULES}"), &CASES);
    insta::assert_snapshot!(rules, @r"
    [input.n: 9; input.level: low]
    decided
      d: decided by small -> word a | b, gift 0.10 USD
        because It is small.

    [input.n: 9]
    decided
      d: decided by small -> word a | b, gift 0.10 USD
        because It is small.

    [input.n: 15; input.level: low]
    decided
      d: decided by dated -> word ten, gift 1.00 USD
        because Until summer.

    [input.n: 15; input.level: high; complaint.policy_date: 2026-07-01]
    decided
      d: decided by other -> word not low, gift 30.00 USD
        because Twice 30.

    [input.n: 21; input.level: high; complaint.policy_date: 2026-02-28]
    referred
      d: no_rule
        nearest dated: `input.n` is 21, the rule asks for 10 to 20
        nearest small: `input.n` is 21, the rule asks for at most 9; `input.level` is high, the rule asks for low, missing
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)

    [input.n: 21; input.level: unknown]
    referred
      d: no_rule
        nearest dated: `input.n` is 21, the rule asks for 10 to 20
        nearest other: `input.level` is unknown, the rule asks for not low
        nearest small: `input.n` is 21, the rule asks for at most 9; `input.level` is unknown, the rule asks for low, missing
      fault of d, no_rule: no rule of `d` covers this case (decisions/d.yaml:1:11)
    ");
    assert_eq!(decided(&format!("{HEAD}{PIPE}"), &CASES), rules);
}

#[test]
fn a_csv_table_is_its_rules() {
    let rules = decided(&format!("{HEAD}{RULES}"), &CASES);
    let head = HEAD.replace("  twice: = input.n * 2\n", "  twice: = input.n * 2\n  money_twice: = money(twice)\n");
    assert_eq!(decided(&format!("{head}{CSV}"), &CASES), rules);
    // A spreadsheet program saves with a byte order mark, carriage returns and quotes around everything.
    let quoted = CSV.replacen("small,<= 9", "\"small\",\"<= 9\"", 1);
    let (table, csv) = quoted.split_once("=== decisions/d.csv\n").unwrap();
    let saved = format!("{table}=== decisions/d.csv\n\u{feff}{}", csv.replace('\n', "\r\n"));
    assert_eq!(decided(&format!("{head}{saved}"), &CASES), rules);
}

#[test]
fn rules_without_an_id_are_numbered() {
    let bundle = "=== decisions/d.yaml
decision: d
hit: collect
outputs: {word: {type: text}}
table: |
  | input.n | => word | because |
  | > 1     | a       | A.      |
  | > 2     | b       | B.      |
";
    insta::assert_snapshot!(decided(bundle, &["input.n: 2", "input.n: 3"]), @r"
    [input.n: 2]
    decided
      d: decided by #1
        - word a
        because A.

    [input.n: 3]
    decided
      d: decided by #1, #2
        - word a
        - word b
        because A. B.
    ");
}

#[test]
fn symbols_are_at_home_in_tables() {
    let bundle = r"=== decisions/d.yaml
decision: d
hit: collect
outputs: {word: {type: text}}
table: |
  | id       | input.n       | input.level      | => word | because |
  | closed   | [10..20]      | -                | a       | a.      |
  | up       | [10..20)      | any              | a       | a.      |
  | down     | (10..20]      | -                | a       | a.      |
  | over     | > 10          | -                | a       | a.      |
  | least    | >= 10         | -                | a       | a.      |
  | under    | < 10          | -                | a       | a.      |
  | several  | < 10, >= 20   | != low           | a       | a.      |
  | not      | not (10, 20)  | not (low, high)  | a       | a.      |
  | absent   | missing       | unknown, missing | a       | a.      |
";
    let of = |facts: &str| {
        let (case, at) = super::case(facts);
        let decision = crate::oracle::decide(&super::policy(bundle), &case, at).unwrap();
        format!(
            "{facts}: {}",
            decision.parts[0].rules.iter().map(redress::decision::RuleNote::rule).collect::<Vec<_>>().join(" ")
        )
    };
    let facts = [
        "input.n: 9; input.level: high",
        "input.n: 10; input.level: middle",
        "input.n: 15; input.level: middle",
        "input.n: 20; input.level: low",
        "input.n: 21; input.level: high",
        "input.level: unknown",
        "input.n: unknown; input.level: high",
    ];
    insta::assert_snapshot!(facts.map(of).join("\n"), @r"
    input.n: 9; input.level: high: under several
    input.n: 10; input.level: middle: closed up least
    input.n: 15; input.level: middle: closed up down over least not
    input.n: 20; input.level: low: closed down over least
    input.n: 21; input.level: high: over least several
    input.level: unknown: absent
    input.n: unknown; input.level: high:
    ");
}
