mod commas;

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENT_DEPTH_MAX, DOCUMENT_ERRORS_MAX, DOCUMENT_NODES_MAX};
use crate::text::{Diagnostics, Node, NodeKind, Source, Span, render_all, to_json};

use super::parse;

mod mistakes;

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

/// Beyond it a formatted key could be longer than what YAML looks for its colon in.
#[test]
fn a_key_has_a_longest_length() {
    let shown = |bytes: usize| read(&format!("? {}\n: 1", "k".repeat(bytes)));
    insta::assert_snapshot!(shown(250).replace(&"k".repeat(250), "KEY"), @r#"{KEY: P"1"}"#);
    insta::assert_snapshot!(shown(251), @"
    error[R0006]: the key `kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk...` has 251 bytes, more than the 250 of the longest
     --> rules.yaml:1:3
      |
    1 | ? kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk...kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: is a `:` missing before it, or a quote?

    1 error
    no tree
    ");
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
