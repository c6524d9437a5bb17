use std::fmt::Write as _;

use proptest::prelude::*;

use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_DEPTH_MAX, DOCUMENT_ERRORS_MAX, DOCUMENT_NODES_MAX};
use crate::text::{Diagnostics, Node, NodeKind, Source, Span, render_all, to_json};

use super::parse;

/// The findings as a person sees them, then the tree.
fn read(text: &str) -> String {
    let source = Source::new("rules.yaml", text);
    let mut out = Diagnostics::new();
    let tree = parse(&source, &mut out);
    let tree = tree.map_or("no tree".to_owned(), |tree| show(&source, &tree));
    format!("{}{tree}", render_all(&out, false))
}

/// One line for each finding: code, marked text, message, help; then the tree.
fn brief(text: &str) -> String {
    let source = Source::new("rules.yaml", text);
    let mut out = Diagnostics::new();
    let tree = parse(&source, &mut out);
    let mut lines = String::new();
    for each in &out {
        let place = each.place.as_ref().map_or("", |place| place.source.slice(place.span));
        let help = each.help.as_deref().unwrap_or("-");
        let _ = writeln!(lines, "{} | {} | {} | {help}", each.code, visible(place), each.message);
    }
    lines + tree.map_or("no tree".to_owned(), |tree| show(&source, &tree)).as_str()
}

fn briefs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("{}\n{}", visible(text), brief(text))).collect::<Vec<_>>().join("\n\n")
}

fn visible(text: &str) -> String {
    text.trim_end().replace('\t', "\\t").replace('\u{7}', "\\u{7}")
}

/// Each scalar with the letter of its style and the text that its span covers, unless it is the same.
fn show(source: &Source, node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => format!("null@{}", node.span.start),
        NodeKind::Scalar(scalar) => {
            let style = format!("{:?}", scalar.style);
            let style = style.get(..1).unwrap_or("");
            let written = source.slice(node.span);
            if written == scalar.text {
                format!("{style}{written:?}")
            } else {
                format!("{style}{:?} from {written:?}", scalar.text)
            }
        }
        NodeKind::List(items) => {
            format!("[{}]", items.iter().map(|item| show(source, item)).collect::<Vec<_>>().join(", "))
        }
        NodeKind::Map(entries) => {
            let entries = entries.iter().map(|entry| {
                assert!(source.slice(entry.key.span).contains(entry.key.text.as_str()) || entry.key.text.is_empty());
                format!("{}: {}", entry.key.text, show(source, &entry.value))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

#[test]
fn keeps_the_exact_text_of_every_scalar() {
    insta::assert_snapshot!(brief(
        "a: 010\nb: NO\nc: 0.10\nd: 'it''s'\ne: \"x\\ty\"\nf: null\ng: ~\nh:\ni: NULL\nj: [null, '', {k: , l: ~}]\nm: ''\n-: 5 > 3 #x\n"
    ), @r#"{a: P"010", b: P"NO", c: P"0.10", d: Q"it's" from "'it''s'", e: Q"x\ty" from "\"x\\ty\"", f: null@45, g: null@53, h: null@57, i: P"NULL", j: [null@70, Q"" from "''", {k: null@83, l: null@89}], m: Q"" from "''", -: P"5 > 3"}"#);
    insta::assert_snapshot!(brief("just a text\n"), @r#"P"just a text""#);
    insta::assert_snapshot!(brief("---\na: 1\n...\n"), @r#"{a: P"1"}"#);
}

#[test]
fn a_block_scalar_spans_its_content() {
    insta::assert_snapshot!(brief("a: | # note | x\n\n  | id | b |\n  | x  | y |\n\n\nb: >-\n  Sorry: it was\n  us # 1\nc: |+\n  x\n\nd: |\n"), @r#"{a: B"\n| id | b |\n| x  | y |\n" from "| id | b |\n  | x  | y |", b: B"Sorry: it was us # 1" from "Sorry: it was\n  us # 1", c: B"x\n\n" from "x", d: B"" from "|"}"#);
}

#[test]
fn a_container_ends_with_its_last_entry() {
    let source = Source::new("x", "a:\n  b: [1,\n    2]\n\n  c:\n  - x\n  - y: 1\n    z: 2\n\n# end\nd: {}\n");
    let tree = parse(&source, &mut Diagnostics::new()).unwrap();
    let a = tree.get("a").unwrap();
    assert_eq!(source.slice(a.span), "b: [1,\n    2]\n\n  c:\n  - x\n  - y: 1\n    z: 2");
    assert_eq!(source.slice(a.get("b").unwrap().span), "[1,\n    2]");
    let c = a.get("c").unwrap();
    assert_eq!(source.slice(c.span), "- x\n  - y: 1\n    z: 2");
    assert_eq!(source.slice(c.as_list().unwrap()[1].span), "y: 1\n    z: 2");
    assert_eq!(source.slice(tree.get("d").unwrap().span), "{}");
}

#[test]
fn takes_byte_order_mark_and_windows_line_ends() {
    insta::assert_snapshot!(read("\u{feff}a: 1\r\nb: >= 5\r\nc: |\r\n  é x\r\n  y\r\nd: ü\r\n"), @r#"
    error[R0305]: YAML reads the `>` of `>= 5` as the beginning of a block of text
     --> rules.yaml:2:4
      |
    2 | b: >= 5
      |    ^^^^
      |
      = help: write `at least 5`

    1 error
    {a: P"1", b: P"at least 5" from ">= 5", c: B"é x\ny\n" from "é x\r\n  y", d: P"ü"}
    "#);
}

#[test]
fn a_negation_with_an_exclamation_mark_is_no_tag() {
    insta::assert_snapshot!(read("tier: != gold\n"), @r#"
    error[R0305]: YAML reads the `!` of `!= gold` as a tag, not as a negation
     --> rules.yaml:1:7
      |
    1 | tier: != gold
      |       ^^^^^^^
      |
      = help: write `not gold`

    1 error
    {tier: P"not gold" from "!= gold"}
    "#);
    insta::assert_snapshot!(briefs(&[
        "a: !gold", "a: ! gold", "a: !=gold", "a: != 'gold'", "a: != [gold, silver]", "a: !(gold, silver)", "a: {b: !(gold, silver), c: 1}",
        "a: !!int 5", "a: !thing x", "a: !a!b c", "!= a: b", "a: '!= gold'",
    ]), @r#"
    a: !gold
    R0305 | !gold | YAML reads the `!` of `!gold` as a tag, not as a negation | write `not gold`
    {a: P"not gold" from "!gold"}

    a: ! gold
    R0305 | ! gold | YAML reads the `!` of `! gold` as a tag, not as a negation | write `not gold`
    {a: P"not gold" from "! gold"}

    a: !=gold
    R0305 | !=gold | YAML reads the `!` of `!=gold` as a tag, not as a negation | write `not gold`
    {a: P"not gold" from "!=gold"}

    a: != 'gold'
    R0305 | != 'gold' | YAML reads the `!` of `!= 'gold'` as a tag, not as a negation | write `not gold`
    {a: P"not gold" from "!= 'gold'"}

    a: != [gold, silver]
    R0305 | != | YAML reads the `!` of `!=` as a tag, not as a negation | write `{not: [...]}`
    no tree

    a: !(gold, silver)
    R0305 | !(gold, silver) | YAML reads the `!` of `!(gold, silver)` as a tag, not as a negation | write `not (gold, silver)`
    {a: P"not (gold, silver)" from "!(gold, silver)"}

    a: {b: !(gold, silver), c: 1}
    R0305 | !(gold, silver) | YAML reads the `!` of `!(gold, silver)` as a tag, not as a negation | write `not (gold, silver)`
    {a: {b: P"not (gold, silver)" from "!(gold, silver)", c: P"1"}}

    a: !!int 5
    R0005 | !!int | `!!int` is a YAML tag, and tags are refused | remove it; a negation is written with the word `not`, a text that begins with `!` wants quotes
    {a: P"5"}

    a: !thing x
    R0005 | !thing | `!thing` is a YAML tag, and tags are refused | remove it; a negation is written with the word `not`, a text that begins with `!` wants quotes
    {a: P"x"}

    a: !a!b c
    R0305 | !a!b c | YAML reads the `!` of `!a!b c` as a tag, not as a negation | write `not a!b c`
    {a: P"not a!b c" from "!a!b c"}

    != a: b
    R0005 | != | `!=` is a YAML tag, and tags are refused | remove it; a negation is written with the word `not`, a text that begins with `!` wants quotes
    no tree

    a: '!= gold'
    {a: Q"!= gold" from "'!= gold'"}
    "#);
}

#[test]
fn anchors_aliases_and_merge_keys_are_refused() {
    insta::assert_snapshot!(read("a: &x 1\nb: *x\nc: *x\nd: *y\n<<: {e: 1}\n"), @r#"
    error[R0005]: `&x` is a YAML anchor, and anchors are refused
     --> rules.yaml:1:4
      |
    1 | a: &x 1
      |    ^^
    2 | b: *x
      |    -- used here
      |
      = help: remove it and write the value out wherever it holds; a text that begins with `&` wants quotes

    error[R0005]: `*y` is a YAML alias, and aliases are refused
     --> rules.yaml:4:4
      |
    4 | d: *y
      |    ^^
      |
      = help: a text that begins with `*` wants quotes

    error[R0005]: merge keys (`<<`) are refused
     --> rules.yaml:5:1
      |
    5 | <<: {e: 1}
      | ^^
      |
      = help: write the entries out here, so that this place says all that holds for it

    3 errors
    no tree
    "#);
    insta::assert_snapshot!(briefs(&["k: &a\n  - x\n", "*a : b", "a: *", "a: & b", "'<<': 1"]), @r#"
    k: &a
      - x
    R0005 | &a | `&a` is a YAML anchor, and anchors are refused | remove it and write the value out wherever it holds; a text that begins with `&` wants quotes
    {k: [P"x"]}

    *a : b
    R0005 | *a | `*a` is a YAML alias, and aliases are refused | a text that begins with `*` wants quotes
    no tree

    a: *
    R0305 | * | a text may not begin with `*` in YAML | put it in quotes: `"*"`
    {a: P"*"}

    a: & b
    R0305 | & b | a text may not begin with `&` in YAML | put it in quotes: `"& b"`
    {a: P"& b"}

    '<<': 1
    {<<: P"1"}
    "#);
}

#[test]
fn one_document_without_directives() {
    insta::assert_snapshot!(briefs(&["a: 1\n---\nb: >\n", "%YAML 1.2\n---\na: 1\n", "a: 1\n%x\n", "a: 1\n...\n%TAG ! x\n---\nb: 1\n"]), @r#"
    a: 1
    ---
    b: >
    R0005 | --- | a second document begins here | one file holds one document; remove the `---` or put the rest into a file of its own
    {a: P"1"}

    %YAML 1.2
    ---
    a: 1
    R0005 | %YAML 1.2 | YAML reads `%YAML 1.2` as a directive | remove the line; a text that begins with `%` wants quotes
    {a: P"1"}

    a: 1
    %x
    R0005 | %x | YAML reads `%x` as a directive | remove the line; a text that begins with `%` wants quotes
    {a: P"1"}

    a: 1
    ...
    %TAG ! x
    ---
    b: 1
    R0005 | %TAG ! x | YAML reads `%TAG ! x` as a directive | remove the line; a text that begins with `%` wants quotes
    R0005 | --- | a second document begins here | one file holds one document; remove the `---` or put the rest into a file of its own
    {a: P"1"}
    "#);
    insta::assert_snapshot!(briefs(&["", "# only a comment\n", "---\n", "null\n"]), @r#"

    R0003 |  | the document is empty | fill it in or remove the file
    no tree

    # only a comment
    R0003 |  | the document is empty | fill it in or remove the file
    no tree

    ---
    R0003 |  | the document is empty | fill it in or remove the file
    no tree

    null
    null@0
    "#);
}

#[test]
fn keys_are_words_and_stand_once() {
    insta::assert_snapshot!(read("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n'a': 2\na: 3\n"), @r#"
    error[R0004]: the key `c` stands twice in this mapping
     --> rules.yaml:5:3
      |
    3 |   c: 1
      |   - first here
    4 |   d: 2
    5 |   c: 3
      |   ^
      |
      = help: keep one of them

    error[R0004]: the key `a` stands twice in this mapping
     --> rules.yaml:6:1
      |
    1 | a: 1
      | - first here
    ...
    6 | 'a': 2
      | ^^^
      |
      = help: keep one of them

    error[R0004]: the key `a` stands twice in this mapping
     --> rules.yaml:7:1
      |
    1 | a: 1
      | - first here
    ...
    7 | a: 3
      | ^
      |
      = help: keep one of them

    3 errors
    {a: P"1", b: {c: P"1", d: P"2"}}
    "#);
    insta::assert_snapshot!(briefs(&["? [a]\n: 1\n", "because: {{name}}\n", ": x\n", "? a\n: b\n", "~: 1"]), @r#"
    ? [a]
    : 1
    R0002 | [a] | `[a]` cannot be a key: a key is a single word or text | a text that begins with `{` or `[` wants quotes
    no tree

    because: {{name}}
    R0002 | {name} | `{name}` cannot be a key: a key is a single word or text | a text that begins with `{` or `[` wants quotes
    no tree

    : x
    R0002 | : | a `:` without a key before it | write the key, or remove the line
    no tree

    ? a
    : b
    {a: P"b"}

    ~: 1
    {~: P"1"}
    "#);
}

#[test]
fn symbols_of_the_table_notation() {
    insta::assert_snapshot!(
        read("when:\n  a: >= 100\n  b: > 30 # limit\n  c: >5\n  d: [10..50)\n  e: @home\n  f: [1..2]\n  g: < 5\nthen: 1\n"),
        @r#"
    error[R0305]: YAML reads the `>` of `>= 100` as the beginning of a block of text
     --> rules.yaml:2:6
      |
    2 |   a: >= 100
      |      ^^^^^^
      |
      = help: write `at least 100`

    error[R0305]: YAML reads the `>` of `> 30` as the beginning of a block of text
     --> rules.yaml:3:6
      |
    3 |   b: > 30 # limit
      |      ^^^^
      |
      = help: write `over 30`

    error[R0305]: YAML reads `>5` as the beginning of a block of text
     --> rules.yaml:4:6
      |
    4 |   c: >5
      |      ^^
      |
      = help: write `over 5`

    error[R0305]: YAML reads the brackets of the interval `[10..50)` as a list
     --> rules.yaml:5:6
      |
    5 |   d: [10..50)
      |      ^^^^^^^^
      |
      = help: write `at least 10 and under 50`

    error[R0305]: a text may not begin with `@` in YAML
     --> rules.yaml:6:6
      |
    6 |   e: @home
      |      ^^^^^
      |
      = help: put it in quotes: `"@home"`

    error[R0305]: YAML reads the brackets of the interval `[1..2]` as a list
     --> rules.yaml:7:6
      |
    7 |   f: [1..2]
      |      ^^^^^^
      |
      = help: write `1 to 2`

    6 errors
    {when: {a: P"at least 100" from ">= 100", b: P"over 30" from "> 30", c: P"over 5" from ">5", d: P"at least 10 and under 50" from "[10..50)", e: P"@home", f: P"1 to 2" from "[1..2]", g: P"< 5"}, then: P"1"}
    "#
    );
    insta::assert_snapshot!(briefs(&[
        "{k: >= 5, b: > 3, c: @x, d: [1..2)}",
        "- when: {x: >= 100, y: [10..50), z: (10..50], k: >5}\n- [>= 5, [1..2), (3..4]]",
        "- - [params.low..params.high)",
        "a: > other.fact",
        "a: >-5",
        "a: >0",
        "a: `x`\nb: %5\nc: \u{7}x\n",
        "a: (10..50]\nb: [a..b]\nc: 5 >= 3\nd: '>= 5'",
        "a: | x",
        "a: ,x",
    ]), @r#"
    {k: >= 5, b: > 3, c: @x, d: [1..2)}
    R0305 | >= 5 | YAML reads the `>` of `>= 5` as the beginning of a block of text | write `at least 5`
    R0305 | > 3 | YAML reads the `>` of `> 3` as the beginning of a block of text | write `over 3`
    R0305 | @x | a text may not begin with `@` in YAML | put it in quotes: `"@x"`
    R0305 | [1..2) | YAML reads the brackets of the interval `[1..2)` as a list | write `at least 1 and under 2`
    {k: P"at least 5" from ">= 5", b: P"over 3" from "> 3", c: P"@x", d: P"at least 1 and under 2" from "[1..2)"}

    - when: {x: >= 100, y: [10..50), z: (10..50], k: >5}
    - [>= 5, [1..2), (3..4]]
    R0305 | >= 100 | YAML reads the `>` of `>= 100` as the beginning of a block of text | write `at least 100`
    R0305 | [10..50) | YAML reads the brackets of the interval `[10..50)` as a list | write `at least 10 and under 50`
    R0305 | (10..50] | YAML reads the brackets of the interval `(10..50]` as a list | write `over 10 and at most 50`
    R0305 | >5 | YAML reads the `>` of `>5` as the beginning of a block of text | write `over 5`
    R0305 | >= 5 | YAML reads the `>` of `>= 5` as the beginning of a block of text | write `at least 5`
    R0305 | [1..2) | YAML reads the brackets of the interval `[1..2)` as a list | write `at least 1 and under 2`
    R0002 | ] | the `]` closes nothing | remove it; a text that begins with a bracket wants quotes
    no tree

    - - [params.low..params.high)
    R0305 | [params.low..params.high) | YAML reads the brackets of the interval `[params.low..params.high)` as a list | write `at least params.low and under params.high`
    [[P"at least params.low and under params.high" from "[params.low..params.high)"]]

    a: > other.fact
    R0305 | > other.fact | YAML reads the `>` of `> other.fact` as the beginning of a block of text | for a comparison write `over other.fact`; a block of text begins on the line below its `>`
    {a: P"over other.fact" from "> other.fact"}

    a: >-5
    R0305 | >-5 | YAML reads `>-5` as the beginning of a block of text | write `over -5`
    {a: P"over -5" from ">-5"}

    a: >0
    R0305 | >0 | YAML reads the `>` of `>0` as the beginning of a block of text | write `over 0`
    {a: P"over 0" from ">0"}

    a: `x`
    b: %5
    c: \u{7}x
    R0305 | `x` | a text may not begin with a backtick in YAML | put it in quotes: `"`x`"`
    R0305 | %5 | a text may not begin with `%` in YAML | put it in quotes: `"%5"`
    R0002 | \u{7} | an invisible control character (U+0007) stands in the text | remove it
    {a: P"`x`", b: P"%5", c: P"_x" from "\u{7}x"}

    a: (10..50]
    b: [a..b]
    c: 5 >= 3
    d: '>= 5'
    {a: P"(10..50]", b: [P"a..b"], c: P"5 >= 3", d: Q">= 5" from "'>= 5'"}

    a: | x
    R0002 | | x | text stands behind the `|` that begins a block | begin the text on the next line, indented deeper than its key
    no tree

    a: ,x
    R0002 | ,x | a text may not begin with `,` in YAML | put the whole text in quotes, or in a block below `>-`
    no tree
    "#);
}

#[test]
fn commas_that_cut_a_value() {
    insta::assert_snapshot!(read("then: {amount: = min(base, 50.00), x: 1}\n"), @r#"
    error[R0008]: a comma cuts the expression `= min(base, 50.00)` in two
     --> rules.yaml:1:16
      |
    1 | then: {amount: = min(base, 50.00), x: 1}
      |                ^^^^^^^^^^^^^^^^^^
      |
      = help: between brackets it wants quotes: `"= min(base, 50.00)"`; or write the mapping with a line for each key

    1 error
    {then: {amount: P"= min(base, 50.00)", x: P"1"}}
    "#);
    insta::assert_snapshot!(briefs(&[
        "{x: = max(a, b, c), y: = min(a, b)}",
        "a: [= min(a, b), c, = f(1, 2, g(3))]",
        "a: [= min(a, [b])]",
        "{because: Sorry, our fault, x: 1}",
        "{x: = f(a, y: 1}",
        "{tier: not (gold, silver), b: 1}",
        "a: {gold, silver}",
        "a: {'x': [1], b, c: 1, d:, e: }",
        "a: {x: = \"a, b\"}",
        "a: ['= min(a, b)', \"x, y\"]",
    ]), @r#"
    {x: = max(a, b, c), y: = min(a, b)}
    R0008 | = max(a, b, c) | a comma cuts the expression `= max(a, b, c)` in two | between brackets it wants quotes: `"= max(a, b, c)"`; or write the mapping with a line for each key
    R0008 | = min(a, b) | a comma cuts the expression `= min(a, b)` in two | between brackets it wants quotes: `"= min(a, b)"`; or write the mapping with a line for each key
    {x: P"= max(a, b, c)", y: P"= min(a, b)"}

    a: [= min(a, b), c, = f(1, 2, g(3))]
    R0008 | = min(a, b) | a comma cuts the expression `= min(a, b)` in two | between brackets it wants quotes: `"= min(a, b)"`; or write the mapping with a line for each key
    R0008 | = f(1, 2, g(3)) | a comma cuts the expression `= f(1, 2, g(3))` in two | between brackets it wants quotes: `"= f(1, 2, g(3))"`; or write the mapping with a line for each key
    {a: [P"= min(a, b)", P"c", P"= f(1, 2, g(3))"]}

    a: [= min(a, [b])]
    R0002 | )] | text follows a closing bracket | put the whole text in quotes, or in a block below `>-`
    no tree

    {because: Sorry, our fault, x: 1}
    R0008 | Sorry, our fault | a comma cuts the value `Sorry, our fault` in two | between brackets it wants quotes: `"Sorry, our fault"`; or write the mapping with a line for each key
    {because: P"Sorry, our fault", x: P"1"}

    {x: = f(a, y: 1}
    R0008 | = f(a | a comma cuts the expression `= f(a` in two | between brackets it wants quotes: `"= f(a"`; or write the mapping with a line for each key
    no tree

    {tier: not (gold, silver), b: 1}
    R0008 | not (gold, silver) | a comma cuts the value `not (gold, silver)` in two | between brackets it wants quotes: `"not (gold, silver)"`; or write the mapping with a line for each key
    {tier: P"not (gold, silver)", b: P"1"}

    a: {gold, silver}
    R0008 | gold, silver | `gold, silver` stands in a mapping but has no value | write `key: value`; a list stands in `[ ]`, and a text that begins with `{` wants quotes
    no tree

    a: {'x': [1], b, c: 1, d:, e: }
    R0008 | b | `b` stands in a mapping but has no value | write `key: value`; a list stands in `[ ]`, and a text that begins with `{` wants quotes
    no tree

    a: {x: = "a, b"}
    R0008 | = "a, b" | a comma cuts the expression `= "a, b"` in two | between brackets it wants quotes: `'= "a, b"'`; or write the mapping with a line for each key
    {a: {x: P"= \"a, b\""}}

    a: ['= min(a, b)', "x, y"]
    {a: [Q"= min(a, b)" from "'= min(a, b)'", Q"x, y" from "\"x, y\""]}
    "#);
}

#[test]
fn texts_that_want_quotes() {
    insta::assert_snapshot!(read("because: {amount} was granted: x\nsource: Note: a: b # c\nx: 1\nx: 2\n"), @r#"
    error[R0002]: the `{` begins a mapping, so no text may follow `{amount}`
     --> rules.yaml:1:10
      |
    1 | because: {amount} was granted: x
      |          ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put the whole text in quotes, or in a block below `>-`

    error[R0002]: a `: ` stands in a text without quotes, and YAML reads it as a second key
     --> rules.yaml:2:9
      |
    2 | source: Note: a: b # c
      |         ^^^^^^^^^^
      |
      = help: put the whole text in quotes, or in a block below `>-`

    error[R0004]: the key `x` stands twice in this mapping
     --> rules.yaml:4:1
      |
    3 | x: 1
      | - first here
    4 | x: 2
      | ^
      |
      = help: keep one of them

    3 errors
    {because: P"{amount} was granted: x", source: P"Note: a: b", x: P"1"}
    "#);
    insta::assert_snapshot!(briefs(&[
        "a: [x] y",
        "{b: = base * p.tier[customer.tier], c: 1}",
        "- {because: {amount} was, b: 1}",
        "{a: b: c}",
        "a: 'it's'",
        "a: \"b\" c: d",
        "a: \"x\\q\"",
        "a: 'x'#y",
        "a: - b",
        "a: ? b",
    ]), @r#"
    a: [x] y
    R0002 | [x] y | the `[` begins a list, so no text may follow `[x]` | put the whole text in quotes, or in a block below `>-`
    {a: P"[x] y"}

    {b: = base * p.tier[customer.tier], c: 1}
    R0002 | = base * p.tier[customer.tier], c: 1} | the expression `= base * p.tier` breaks off at the `[` | between brackets it wants quotes around it; or write the mapping with a line for each key
    no tree

    - {because: {amount} was, b: 1}
    R0002 | was, b: 1} | text follows a closing bracket | put the whole text in quotes, or in a block below `>-`
    no tree

    {a: b: c}
    R0002 | b: | a second `: ` stands in one entry | put the whole text in quotes, or in a block below `>-`
    no tree

    a: 'it's'
    R0002 | s' | something follows the closing quote | put the whole text in the quotes; an apostrophe in single quotes is written twice: `'it''s'`
    no tree

    a: "b" c: d
    R0002 | c: d | something follows the closing quote | put the whole text in the quotes; a double quote between double quotes is written `\"`
    no tree

    a: "x\q"
    R0002 | "x\q" | a backslash in this quoted text begins no known escape | use single quotes, where a backslash is only a backslash
    no tree

    a: 'x'#y
    R0002 | # | a comment wants a space before its `#` | put the whole text in quotes, or in a block below `>-`
    no tree

    a: - b
    R0002 | - b | a list item cannot begin here | put the `-` on a line of its own below the key, or write the list in `[ ]`; a text that begins with `- ` wants quotes
    no tree

    a: ? b
    R0002 | ? b | a text may not begin with `?` in YAML | put the whole text in quotes, or in a block below `>-`
    no tree
    "#);
}

#[test]
fn lines_that_do_not_fit() {
    insta::assert_snapshot!(read("a: 1\n  b: 2\nc: 3\n"), @r#"
    error[R0002]: `b` cannot be a key: its line continues the value of the line above
     --> rules.yaml:2:3
      |
    1 | a: 1
      |    - this value goes on
    2 |   b: 2
      |   ^
      |
      = help: indent both lines alike if they belong side by side, or remove the value above

    1 error
    no tree
    "#);
    insta::assert_snapshot!(briefs(&[
        "a:\n  b: 1\n c: 2\n",
        "a:\n  - x: 1\n   y: 2\n",
        "a: 1\nb c\n",
        "a:\n- x\n-y\n",
        "a:\n\tb: 1\n",
        "a:\n  b: 1\n\tc: 2\n",
        "\ta: 1\n",
        "a: [\n\t1]\n",
        "a: |\n\tx\n",
        "a: x\ty\nb: 1",
    ]), @r#"
    a:
      b: 1
     c: 2
    R0002 | c: 2 | the indentation of this line fits no line above it | indent it exactly like the lines that it belongs to
    no tree

    a:
      - x: 1
       y: 2
    R0002 | y: 2 | the indentation of this line fits no line above it | indent it exactly like the lines that it belongs to
    no tree

    a: 1
    b c
    R0002 | b c | `b c` is neither a key nor a list item | a key wants `: ` behind it, a list item `- ` before it; a text that goes on is indented deeper than its key
    no tree

    a:
    - x
    -y
    R0002 | -y | `-y` is neither a key nor a list item | a list item wants a space behind its `-`
    no tree

    a:
    \tb: 1
    R0007 |  | a tab indents this line | indent with spaces; most editors can be told to do so for YAML files
    no tree

    a:
      b: 1
    \tc: 2
    R0007 |  | a tab indents this line | indent with spaces; most editors can be told to do so for YAML files
    no tree

    \ta: 1
    R0007 |  | a tab indents this line | indent with spaces; most editors can be told to do so for YAML files
    no tree

    a: [
    \t1]
    R0007 |  | a tab indents this line | indent with spaces; most editors can be told to do so for YAML files
    no tree

    a: |
    \tx
    R0007 |  | a tab indents this line | indent with spaces; most editors can be told to do so for YAML files
    no tree

    a: x\ty
    b: 1
    {a: P"x\ty", b: P"1"}
    "#);
}

#[test]
fn brackets_and_quotes_that_are_not_closed() {
    insta::assert_snapshot!(read("a: {b: {c: 1}\nd: 1\n"), @r#"
    error[R0002]: a `,` or the closing `}` is missing before this
     --> rules.yaml:2:1
      |
    1 | a: {b: {c: 1}
      |    - opened here
    2 | d: 1
      | ^^^^
      |
      = help: a text that holds brackets, commas or `: ` wants quotes here

    1 error
    no tree
    "#);
    insta::assert_snapshot!(briefs(&["a: [1, 2\nb: 3\n", "a: [1, 2", "- {a: '@x', b: 5", "a: {b: 1]", "a: }", "a: 'x\nb: 1\n", "a: 'x\n  y"]), @r#"
    a: [1, 2
    b: 3
    R0002 | b: 3 | a `,` or the closing `]` is missing before this | a text that holds brackets, commas or `: ` wants quotes here
    no tree

    a: [1, 2
    R0002 | [ | the `[` is never closed | close it; a text that begins with a bracket wants quotes
    no tree

    - {a: '@x', b: 5
    R0002 | { | the `{` is never closed | close it; a text that begins with a bracket wants quotes
    no tree

    a: {b: 1]
    R0002 | { | the `{` is closed by a `]` | is a bracket missing or left over?
    no tree

    a: }
    R0002 | } | the `}` closes nothing | remove it; a text that begins with a bracket wants quotes
    no tree

    a: 'x
    b: 1
    R0002 | 'x | the quote that opens here is not closed | close it at the end of the text; a quoted text that goes on must be indented deeper than its key
    no tree

    a: 'x
      y
    R0002 | 'x | the quote that opens here is not closed | close it at the end of the text; a quoted text that goes on must be indented deeper than its key
    no tree
    "#);
}

#[test]
fn ends_soon_on_hostile_texts() {
    let deep =
        "R0006 | [ | lists and mappings are nested more than 64 levels deep | is a bracket never closed?\nno tree";
    assert_eq!(brief(&"[".repeat(1 << 20)), deep);
    assert_eq!(brief(&"- ".repeat(1 << 19)), deep.replace("| [ |", "| - |"));
    assert_eq!(brief(&"a: {".repeat(1 << 18)), deep.replace("| [ |", "| { |"));
    let stairs: String = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_eq!(brief(&stairs), deep.replace("| [ |", "| a |"));
    assert_eq!(
        brief(&"x\n".repeat(DOCUMENT_BYTES_MAX)),
        "R0006 |  | the text has 16777216 bytes; a document may have 8388608 | split it into several files\nno tree"
    );
    assert_eq!(
        brief(&"- \n".repeat(DOCUMENT_NODES_MAX + 1)),
        "R0006 |  | the document has more than 500000 keys and values | split it into several files\nno tree"
    );
    let deepest = format!("{}{}", "[".repeat(DOCUMENT_DEPTH_MAX), "]".repeat(DOCUMENT_DEPTH_MAX));
    assert_eq!(brief(&deepest), deepest);

    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..60 {
        let _ = writeln!(bomb, "a{level}: &a{level} [*a{0}, *a{0}]", level - 1);
    }
    assert_eq!(count(&bomb), 60);
    assert_eq!(count(&"k: 1\n".repeat(5_000)), DOCUMENT_ERRORS_MAX);
    assert_eq!(count(&(0..5_000).map(|at| format!("k{at}: > 5\n")).collect::<String>()), DOCUMENT_ERRORS_MAX);
    assert_eq!(count(&format!("[= f({})]", "1,".repeat(20_000))), 1);
}

fn count(text: &str) -> usize {
    let mut out = Diagnostics::new();
    parse(&Source::new("x", text), &mut out);
    out.len()
}

/// Every span stands within the text, on character boundaries, within that of its parent.
fn check_spans(source: &Source, node: &Node, outer: Span) {
    let fits = |span: Span| {
        assert!(source.text().get(span.start..span.end).is_some(), "{span:?}");
        assert!(outer.start <= span.start && span.end <= outer.end, "{span:?} in {outer:?}");
    };
    fits(node.span);
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|item| check_spans(source, item, node.span)),
        NodeKind::Map(entries) => {
            for entry in entries {
                fits(entry.key.span);
                check_spans(source, &entry.value, node.span);
            }
        }
        NodeKind::Null | NodeKind::Scalar(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn never_panics_and_never_says_nothing(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "b", "é", "5", ": ", ":", "- ", "-", ", ", ",", "[", "]", "{", "}", "(", ")", "..", "> ", ">= ", ">", "|", "!", "!= ", "&x ", "*x", "@", "%",
        "`", "'", "\"", "\\", "#", " #", "= ", "\n", "\n", "\n  ", "\n  ", "\n    ", "\n- ", "\r\n", "\t", "---\n", "...\n", "<<: ", "? ", "\u{feff}", "\u{7}",
        "\u{85}", "\u{2028}", "a: ", "b: ", "[1..2)",
    ]), 0..24)) {
        let text = parts.concat();
        let source = Source::new("x", text.as_str());
        let mut out = Diagnostics::new();
        let tree = parse(&source, &mut out);
        prop_assert!(tree.is_some() || out.has_errors(), "{:?}", text);
        if let Some(tree) = tree {
            check_spans(&source, &tree, Span::new(0, text.len()));
        }
        for each in &out {
            let span = each.place.as_ref().map(|place| place.span).unwrap_or_default();
            prop_assert!(source.text().get(span.start..span.end).is_some(), "{:?} {:?}", text, each);
        }
        let _ = (render_all(&out, true), to_json(&out));
    }
}
