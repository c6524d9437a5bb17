//! What others read of a decision: one value, a list, an item, the only output by the decision's name.

use super::{decided, disputes};

#[test]
fn a_decision_with_one_output_may_be_named_alone_and_a_list_is_read_as_a_list() {
    let bundle = "=== decisions/size.yaml
decision: size
hit: first
outputs: {word: {type: enum, values: [small, large]}}
rules:
  - {id: small, when: {input.n: under 10}, then: {word: small}, because: Small.}
otherwise: {word: large, because: Large.}
=== decisions/marks.yaml
decision: marks
hit: collect
outputs: {mark: {type: text}, points: {type: integer}}
rules:
  - {id: small, when: {size: small}, then: {mark: tiny, points: 1}, because: Small.}
  - {id: red, when: {input.word: red}, then: {mark: bright, points: 2}, because: Red.}
=== decisions/sum.yaml
decision: sum
outputs:
  marks: {type: integer, value: = count(marks.mark)}
  points: {type: integer, value: = sum(marks.points) ?? 0}
=== decisions/word.yaml
decision: word
hit: first
outputs: {word: {type: text}}
rules:
  - {id: bright, when: {marks.mark: bright}, then: {word: bright}, because: 'Of {marks.mark}.'}
  - {id: none, when: {marks.mark: empty}, then: {word: plain}, because: No mark.}
otherwise: {word: dull, because: Some other mark.}
";
    insta::assert_snapshot!(decided(bundle, &["input.n: 9; input.word: red", "input.n: 9; input.word: blue", "input.n: 10; input.word: blue"]), @r"
    [input.n: 9; input.word: red]
    decided
      size: decided by small -> word small
        because Small.
      marks: decided by small, red
        - mark tiny, points 1
        - mark bright, points 2
        because Small. Red.
      sum: decided by value -> marks 2, points 3
      word: decided by bright -> word bright
        because Of [tiny, bright].

    [input.n: 9; input.word: blue]
    decided
      size: decided by small -> word small
        because Small.
      marks: decided by small
        - mark tiny, points 1
        because Small.
      sum: decided by value -> marks 1, points 1
      word: decided by otherwise -> word dull
        because Some other mark.
        nearest bright: `marks.mark` is [tiny], the rule asks for bright
        nearest none: `marks.mark` is [tiny], the rule asks for empty

    [input.n: 10; input.word: blue]
    decided
      size: decided by otherwise -> word large
        because Large.
        nearest small: `input.n` is 10, the rule asks for under 10
      marks: decided
      sum: decided by value -> marks 0, points 0
      word: decided by none -> word plain
        because No mark.
    ");
}

#[test]
fn a_formula_may_have_a_default_for_what_is_missing_and_not_for_what_is_unknown() {
    let bundle = "=== decisions/d.yaml
decision: d
outputs:
  n: {type: integer, value: = input.n * 2, default: 7}
  word: {type: text, value: = input.word, default: missing}
";
    insta::assert_snapshot!(decided(bundle, &["input.n: 1; input.word: x", "input.m: 1", "input.n: unknown"]), @r"
    [input.n: 1; input.word: x]
    decided
      d: decided by value -> n 2, word x

    [input.m: 1]
    decided
      d: decided by value -> n 7, word -

    [input.n: unknown]
    needs_facts, needs input.n
      d: needs_facts
        needs input.n
    ");
}

#[test]
fn a_guardrail_bounds_each_item() {
    let bundle = "=== decisions/gifts.yaml
decision: gifts
for_each: dispute.disputed_lines as line
hit: first
outputs: {sum: {type: money}}
rules:
  - {id: billed, when: {line.billed: present}, then: {sum: = line.billed}, because: 'Line {line.line_id}.'}
otherwise: {sum: 0.00, because: Not billed.}
=== guardrails/g.yaml
guardrails:
  - {id: most, cap: gifts.sum, at: 5.00, because: Five a line.}
";
    insta::assert_snapshot!(disputes(bundle, &[
        "dispute.disputed_lines: [{line_id: a, billed: 9.00 USD}, {line_id: b, billed: 4.00 USD}, {line_id: c}, {line_id: d, billed: 5.01 USD}]",
    ]), @r"
    [dispute.disputed_lines: [{line_id: a, billed: 9.00 USD}, {line_id: b, billed: 4.00 USD}, {line_id: c}, {line_id: d, billed: 5.01 USD}]]
    decided
      gifts: decided by billed@1, billed@2, otherwise@3, billed@4
        - sum 5.00 USD
        - sum 4.00 USD
        - sum 0.00 USD
        - sum 5.00 USD
        because Line a. Line b. Not billed. Line d.
        cap most: sum 9.00 USD -> 5.00 USD (Five a line.)
        cap most: sum 5.01 USD -> 5.00 USD (Five a line.)
        sum capped by most
        nearest billed: `line.billed` is missing, the rule asks for present
    ");
}
