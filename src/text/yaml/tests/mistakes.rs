//! Texts that the parser refuses: what is said of them.

#![expect(clippy::too_many_lines, reason = "a test shows its whole input and its whole output")]

use super::*;

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
    let deep = "R0006 | [ | lists and mappings are nested more than 64 levels deep | is a bracket never closed?\nno tree";
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
