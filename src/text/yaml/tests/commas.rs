//! Commas that cut a value between brackets in two.

use super::{briefs, read};

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
