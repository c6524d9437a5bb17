//! Texts before and after, whole.

use super::records::Kind;
use super::{NotFormatted, accept, format};
use crate::text::{Diagnostics, Source, yaml};

/// The formatted text, which stays as it is when it is formatted again.
fn formatted(path: &str, text: &str) -> String {
    let once = format(path, text).unwrap_or_else(|refused| panic!("{refused}: {refused:?}"));
    let twice = format(path, &once).unwrap_or_else(|refused| panic!("{refused}: {refused:?}"));
    assert_eq!(once, twice, "formatting twice is formatting once");
    once
}

#[test]
fn a_decision_is_put_in_order_and_every_comment_stays_beside_what_it_speaks_of() {
    let text = r#"# head comment
# of the file


decision:   goodwill   # its name
hit: 'first'
about: "What we add: a gesture"
outputs:
    amount:   {type: money, default: 0.00}
    kind: { "type": enum, values: [ gesture,
        none ], default: none }   # kinds
rules:
- then: {amount: 5.00}
  # about the id
  id: one   # first


  when:
      customer.tier: [ gold,   # best
                       silver ]
      finding.severity: "at least minor"
  because: a long text
    over lines
# between
-   id: two
    when: {customer.tier: '"at least 5"', dispute.reason_code: {not: [OTHER, TAX]}, customer.segment: consumer, complaint.jurisdiction: US, finding.liability: our_error}
    then:
      amount: "= min(a, b)"
    because: >-  # why
        folded
        text

          more
    # end of two
otherwise:
  amount: 0.00
  because: |+
    keep

# tail

"#;
    insta::assert_snapshot!(formatted("policies/decisions/goodwill.yaml", text), @r#"
    # head comment
    # of the file

    decision: goodwill  # its name
    about: "What we add: a gesture"
    hit: first
    outputs:
      amount: {type: money, default: 0.00}
      kind: {type: enum, values: [gesture, none], default: none}  # kinds
    rules:
      # about the id
      - id: one  # first

        when:
          customer.tier:
            - gold  # best
            - silver
          finding.severity: at least minor
        then: {amount: 5.00}
        because: a long text over lines
      # between
      - id: two
        when:
          customer.tier: '"at least 5"'
          dispute.reason_code: {not: [OTHER, TAX]}
          customer.segment: consumer
          complaint.jurisdiction: US
          finding.liability: our_error
        then:
          amount: = min(a, b)
        because: >-  # why
          folded
          text

            more
        # end of two
    otherwise:
      amount: 0.00
      because: |+
        keep

    # tail
    "#);
}

#[test]
fn the_bars_of_a_table_stand_below_each_other() {
    let text = "decision: signature\nhit: first\noutputs: {role: {type: text}}\ntable: |\n  | id|dispute.disputed_amount | customer.tier| =>role | because |\n  |---|:--|--|--|---:|\n  | agent | <= 100 | any | agent | Señor \\| 漢字 |\n\n\n  | leader | any, missing | - | any | ok |\n";
    insta::assert_snapshot!(formatted("decisions/signature.yaml", text), @r"
    decision: signature
    hit: first
    outputs: {role: {type: text}}
    table: |
      | id     | dispute.disputed_amount | customer.tier | => role | because       |
      | ------ | :---------------------- | ------------- | ------- | ------------: |
      | agent  | <= 100                  | -             | agent   | Señor \| 漢字 |

      | leader | any, missing            | -             | any     | ok            |
    ");
}

#[test]
fn conditions_in_tables_use_symbols_where_they_are_proved_to_be_the_same() {
    let cells = [
        ("dispute.disputed_amount", "at most 100"),
        ("dispute.disputed_amount", "over params.small_claim.tolerance"),
        ("dispute.disputed_amount", "under 10, at least 100, missing"),
        ("dispute.disputed_amount", "10 to 50"),
        ("dispute.disputed_amount", "[10..50)"),
        ("finding.severity", "at least moderate"),
        ("customer.tier", "not gold"),
        ("customer.tier", "not (gold, silver)"),
        ("customer.tier", "any"),
        ("invoice.due_on", "on or after 2026-01-01"),
        ("dispute.related_charges.kind", "not late_fee"),
        ("attributes.age", "over 60"),
        ("attributes.age", "any"),
    ];
    let told: String = cells
        .iter()
        .map(|(heading, cell)| format!("{heading:<30}{cell:<36}{}\n", super::cells::in_symbols(heading, cell)))
        .collect();
    insta::assert_snapshot!(told, @"
    dispute.disputed_amount       at most 100                         <= 100
    dispute.disputed_amount       over params.small_claim.tolerance   > params.small_claim.tolerance
    dispute.disputed_amount       under 10, at least 100, missing     < 10, >= 100, missing
    dispute.disputed_amount       10 to 50                            10 to 50
    dispute.disputed_amount       [10..50)                            [10..50)
    finding.severity              at least moderate                   >= moderate
    customer.tier                 not gold                            != gold
    customer.tier                 not (gold, silver)                  not (gold, silver)
    customer.tier                 any                                 -
    invoice.due_on                on or after 2026-01-01              on or after 2026-01-01
    dispute.related_charges.kind  not late_fee                        != late_fee
    attributes.age                over 60                             over 60
    attributes.age                any                                 -
    ");
}

#[test]
fn a_table_that_cannot_be_read_stays_as_it_is() {
    let text = "decision: signature\ntable: |\n  | id | => role | because |\n  # a comment is no row\n  | agent | agent | x |\n";
    assert_eq!(formatted("decisions/signature.yaml", text), text);
}

#[test]
fn comments_behind_neighbouring_lines_begin_in_one_column() {
    let text = "params:\n  a: 1 # one\n  bbbbbbbb: 2    # two\n  c: 3\n  d: 4         # stays\n  e: 5         # where it is\n  f:  6   # moves\n";
    insta::assert_snapshot!(formatted("bundle.yaml", text), @"
    params:
      a: 1           # one
      bbbbbbbb: 2    # two
      c: 3
      d: 4         # stays
      e: 5         # where it is
      f: 6         # moves
    ");
}

#[test]
fn quotes_go_where_a_text_is_one_without_them() {
    let text = "a: 'word'\nb: \"12\"\nc: \"true\"\nd: \"unknown\"\ne: ' led by a blank'\nf: \"it's\"\ng: 'say \"so\"'\nh: \"a: b\"\ni: \"ends:\"\nj: \"x #y\"\nk: \"one\\ntwo\"\nl: [\"a, b\", \"c\", '2026-01-01']\n'm': \"ñandú\"\nn: \"\\u2028\"\n";
    insta::assert_snapshot!(formatted("cases/one.yaml", text), @r#"
    a: word
    b: "12"
    c: "true"
    d: "unknown"
    e: " led by a blank"
    f: it's
    g: say "so"
    h: "a: b"
    i: "ends:"
    j: "x #y"
    k: "one\ntwo"
    l: ["a, b", c, "2026-01-01"]
    m: ñandú
    n: "\u2028"
    "#);
}

#[test]
fn an_expression_behind_blank_lines_is_written_with_them_as_escapes() {
    let text = "decision: d\noutputs:\n  v: {type: money, value: =\n\n\n    input.x}\n";
    insta::assert_snapshot!(formatted("policies/decisions/d.yaml", text), @r#"
    decision: d
    outputs:
      v: {type: money, value: "=\n\ninput.x"}
    "#);
}

#[test]
fn line_ends_indentation_and_blank_lines_are_those_of_the_guide() {
    let text = "\u{feff}---\r\nguardrails:\r\n\r\n\r\n- because: b\r\n  id:   one\r\n  hold:\r\n  - collection\r\n  -   late_fees\r\n\r\n\r\n\r\n- {id: two, refer: manager,\r\n   because: c}\r\n\r\n\r\n";
    insta::assert_snapshot!(formatted("guardrails/x.yaml", text), @"
    guardrails:
      - id: one
        hold:
          - collection
          - late_fees
        because: b

      - {id: two, refer: manager, because: c}
    ");
}

#[test]
fn comments_between_a_key_or_a_dash_and_its_value_stay() {
    let text = "a: # one\n  # two\n  word # three\nb: # four\n  - # five\n    word # six\n  - # seven\n    c: # eight\n      d # nine\n  - - # ten\n      e # eleven\n";
    insta::assert_snapshot!(formatted("cases/x.yaml", text), @"
    # two
    # one
    a: word  # three
    b:       # four
      # five
      - word  # six
      # seven
      # eight
      - c: d  # nine
      # ten
      - - e  # eleven
    ");
}

/// Below a text that keeps its blank lines, one more would be part of it.
#[test]
fn no_blank_line_is_added_to_a_text_that_keeps_them() {
    let text = "guardrails:\n  - because: |+\n      text\n\n  # two\n\n  - id: b\n\n    because: c\nabout:\n  - - |+\n      text\n  -\n\n    - word\nowner: |+ # blank\n\n\n";
    insta::assert_snapshot!(formatted("guardrails/x.yaml", text), @"
    guardrails:
      - because: |+
          text

      # two

      - id: b

        because: c
    about:
      - - |+
          text
      - - word
    owner: |+  # blank
    ");
}

#[test]
fn a_heading_of_several_keys_keeps_them_where_they_are() {
    let text = "decision: x\nhit: first\n\n# what follows is for the office\n\nowner: care\nabout: a\n";
    assert_eq!(formatted("decisions/x.yaml", text), text);
}

#[test]
fn what_is_no_yaml_and_what_cannot_be_read_is_left_alone() {
    assert_eq!(format("scripts/x.rhai", "fn  x( ) { }").unwrap(), "fn  x( ) { }");
    let refused = format("decisions/x.yaml", "rules: [1\n").unwrap_err();
    assert!(matches!(refused, NotFormatted::Unreadable(found) if found.has_errors()));
}

/// A formatter that changed what a document says: each text is what a mistake might make of it.
#[test]
fn a_text_that_says_something_else_is_thrown_away() {
    let given = "decision: x\nhit: first\nrules:\n  - id: one  # kept\n    when: {a: 1, b: \"2\"}\n    because: c\ntable: |\n  | id | a | => b | because |\n  | x | 1 | any | c |\n";
    let source = Source::new("decisions/x.yaml", given);
    let node = yaml::parse(&source, &mut Diagnostics::new()).unwrap();
    let verdict = |wrong: &str| match accept(Kind::Decision, (&source, &node), (source.text(), &node), wrong.to_owned()) {
        Ok(_) => "taken".to_owned(),
        Err(NotFormatted::Differs { what, .. }) => what,
        Err(refused) => refused.to_string(),
    };
    let changed = |from: &str, to: &str| {
        assert!(given.contains(from), "{from}");
        format!("{:<30}{}\n", to.trim_end().replace('\n', "\\n"), verdict(&given.replace(from, to)))
    };
    let told: String = [
        changed("hit: first", "hit: any"),
        changed("decision: x\nhit: first\n", "hit: first\ndecision: x\n"),
        changed("a: 1, b: \"2\"", "b: \"2\", a: 1"),
        changed("b: \"2\"", "b: 2"),
        changed("because: c", "because: \"c\""),
        changed("because: c", "because: c c"),
        changed("    because: c\n", ""),
        changed("  # kept", ""),
        changed("  # kept", "  # kept # kept"),
        changed("| x | 1 | any |", "|  x  |1| any |"),
        changed("| x | 1 | any |", "| x | 2 | any |"),
        changed("| x | 1 | any |", "| x | 1 | - |"),
        changed("| a | => b |", "| => a | b |"),
        changed("rules:", "rules: ["),
    ]
    .concat();
    insta::assert_snapshot!(told, @r#"
    hit: any                      `hit` would say something else
    hit: first\ndecision: x       taken
    b: "2", a: 1                  `rules.*.when` would say something else
    b: 2                          `rules.*.when.b` would say something else
    because: "c"                  taken
    because: c c                  `rules.*.because` would say something else
                                  `rules.*` would say something else
                                  a comment would be lost or doubled
      # kept # kept               a comment would be lost or doubled
    |  x  |1| any |               taken
    | x | 2 | any |               `table` would say something else
    | x | 1 | - |                 `table` would say something else
    | => a | b |                  `table` would say something else
    rules: [                      the formatted text cannot be read
    "#);
}

/// A value that is no text stays without quotes, though a blank line stands in it; a text and a key get them.
#[test]
fn what_was_written_over_blank_lines_says_what_it_said() {
    let text = "decision: d
limit: < 5,


   > 9   # why
words: over

  lines
x: [< 5

  or 7, {lo

 ng: c}]
then: {amount: \"= min(base\", note: 'a (b', all: '= min(a)'}
";
    insta::assert_snapshot!(formatted("x.yaml", text), @r#"
    decision: d
    limit: < 5,


      > 9    # why
    words: "over\nlines"
    x: [< 5

      or 7, {"lo\nng": c}]
    then: {amount: "= min(base", note: "a (b", all: = min(a)}
    "#);
}

/// A carriage return alone ends a line, and so a comment.
#[test]
fn every_kind_of_line_end_ends_a_comment() {
    insta::assert_snapshot!(formatted("x.yaml", "# one\ra: 1 # two\r\nb: 2 # three\n# four\r"), @"
    # one
    a: 1  # two
    b: 2  # three
    # four
    ");
}
