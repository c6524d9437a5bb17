//! Texts that are no documents, or that use what bundles do not allow.

use super::{BUNDLE, bundle, decision};

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(decision(""), @"
    error[R0003]: the document is empty
     --> decisions/fee.yaml:1:1
      |
    1 |
      | ^
      |
      = help: fill it in or remove the file

    1 error
    ");
}

#[test]
fn a_file_of_comments_only() {
    insta::assert_snapshot!(decision("# to be written\n"), @"
    error[R0003]: the document is empty
     --> decisions/fee.yaml:1:1
      |
    1 | # to be written
      | ^
      |
      = help: fill it in or remove the file

    1 error
    ");
}

#[test]
fn an_empty_bundle_yaml() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", "")]), @"
    error[R0003]: the document is empty
     --> bundle.yaml:1:1
      |
    1 |
      | ^
      |
      = help: fill it in or remove the file

    1 error
    ");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let text =
        "\u{feff}decision: fee\r\noutputs:\r\n  amount: {type: money}\r\notherwise:\r\n  amount: 1.00\r\n  because: A fee.\r\n";
    insta::assert_snapshot!(decision(text), @"no findings");
}

#[test]
fn windows_line_ends_keep_the_places_right() {
    let text = "decision: fee\r\noutputs:\r\n  amount: {type: money}\r\notherwise:\r\n  amont: 1.00\r\n  because: A fee.\r\n";
    insta::assert_snapshot!(decision(text), @"
    error[R0504]: `fee` has no output `amont`
     --> decisions/fee.yaml:5:3
      |
    5 |   amont: 1.00
      |   ^^^^^
      |
      = help: did you mean `amount`?

    1 error
    ");
}

#[test]
fn a_tab_indents_a_line() {
    insta::assert_snapshot!(decision("decision: fee\noutputs:\n\tamount: {type: money}\n"), @"
    error[R0007]: a tab indents this line
     --> decisions/fee.yaml:3:1
      |
    3 |     amount: {type: money}
      | ^^^^
      |
      = help: indent with spaces; most editors can be told to do so for YAML files

    1 error
    ");
}

#[test]
fn a_key_stands_twice() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs:
  amount: {type: money}
otherwise:
  amount: 1.00
  amount: 2.00
  because: A fee.
"), @"
    error[R0004]: the key `amount` stands twice in this mapping
     --> decisions/fee.yaml:6:3
      |
    5 |   amount: 1.00
      |   ------ first here
    6 |   amount: 2.00
      |   ^^^^^^
      |
      = help: keep one of them

    1 error
    ");
}

#[test]
fn an_unknown_key() {
    insta::assert_snapshot!(decision(r"
decision: fee
output:
  amount: {type: money}
otherwise:
  because: A fee.
"), @"
    error[R0201]: a decision has no key `output`
     --> decisions/fee.yaml:2:1
      |
    2 | output:
      | ^^^^^^
      |
      = help: did you mean `outputs`?

    1 error
    ");
}

#[test]
fn aliases_that_would_multiply() {
    insta::assert_snapshot!(bundle(&[("bundle.yaml", r"
bundle: test
version: 1
currency: USD
params:
  a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]
  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
  d: [*c, *c, *c, *c, *c, *c, *c, *c, *c]
")]), @"
    error[R0005]: `&a` is a YAML anchor, and anchors are refused
     --> bundle.yaml:5:6
      |
    5 |   a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]
      |      ^^
    6 |   b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
      |          -- used here
      |
      = help: remove it and write the value out wherever it holds; a text that begins with `&` wants quotes

    error[R0005]: `&b` is a YAML anchor, and anchors are refused
     --> bundle.yaml:6:6
      |
    6 |   b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
      |      ^^
    7 |   c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
      |          -- used here
      |
      = help: remove it and write the value out wherever it holds; a text that begins with `&` wants quotes

    error[R0005]: `&c` is a YAML anchor, and anchors are refused
     --> bundle.yaml:7:6
      |
    7 |   c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
      |      ^^
    8 |   d: [*c, *c, *c, *c, *c, *c, *c, *c, *c]
      |       -- used here
      |
      = help: remove it and write the value out wherever it holds; a text that begins with `&` wants quotes

    3 errors
    ");
}

#[test]
fn a_megabyte_of_brackets() {
    let text = "[".repeat(1024 * 1024);
    insta::assert_snapshot!(decision(&text), @"
    error[R0006]: lists and mappings are nested more than 64 levels deep
     --> decisions/fee.yaml:1:65
      |
    1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                                 ^
      |
      = help: is a bracket never closed?

    1 error
    ");
}

#[test]
fn a_megabyte_of_braces_in_a_value() {
    let text = format!("decision: {}", "{a: ".repeat(256 * 1024));
    insta::assert_snapshot!(decision(&text), @"
    error[R0006]: lists and mappings are nested more than 64 levels deep
     --> decisions/fee.yaml:1:263
      |
    1 | ...: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: ...
      |                                                          ^
      |
      = help: is a bracket never closed?

    1 error
    ");
}

#[test]
fn a_file_that_is_too_large() {
    let text = "# a comment\n".repeat(800_000);
    insta::assert_snapshot!(decision(&text), @"
    error[R0006]: the text has 9600000 bytes; a document may have 8388608
     --> decisions/fee.yaml:1:1
      |
    1 | # a comment
      | ^
      |
      = help: split it into several files

    1 error
    ");
}

#[test]
fn a_list_where_a_decision_is_expected() {
    insta::assert_snapshot!(decision("- decision: fee\n- decision: interest\n"), @"
    error[R0203]: a decision is a mapping, found a list
     --> decisions/fee.yaml:1:1
      |
    1 | / - decision: fee
    2 | | - decision: interest
      | |____________________^
      |
      = help: its keys are `decision`, `about`, `owner`, `hit`, `priority`, `required`, `for_each`, `let`, `outputs`, `rules`, `table`, `otherwise`, `script`, `native`, `on_failure`, `settings`, `limits`, `quarantine`

    1 error
    ");
}

#[test]
fn a_text_where_a_decision_is_expected() {
    insta::assert_snapshot!(decision("free of charge\n"), @"
    error[R0203]: a decision is a mapping, found `free of charge`
     --> decisions/fee.yaml:1:1
      |
    1 | free of charge
      | ^^^^^^^^^^^^^^
      |
      = help: its keys are `decision`, `about`, `owner`, `hit`, `priority`, `required`, `for_each`, `let`, `outputs`, `rules`, `table`, `otherwise`, `script`, `native`, `on_failure`, `settings`, `limits`, `quarantine`

    1 error
    ");
}

#[test]
fn two_documents_in_one_file() {
    insta::assert_snapshot!(decision(r"
decision: fee
outputs: {amount: {type: money}}
otherwise: {amount: 1.00, because: A fee}
---
decision: other
"), @"
    error[R0005]: a second document begins here
     --> decisions/fee.yaml:4:1
      |
    4 | ---
      | ^^^
      |
      = help: one file holds one document; remove the `---` or put the rest into a file of its own

    1 error
    ");
}

#[test]
fn the_same_mistake_in_two_files_is_said_twice() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/a.yaml", "decision: a\n\toutputs: {}\n"),
        ("decisions/b.yaml", "decision: [b\n"),
    ]), @"
    error[R0007]: a tab indents this line
     --> decisions/a.yaml:2:1
      |
    2 |     outputs: {}
      | ^^^^
      |
      = help: indent with spaces; most editors can be told to do so for YAML files

    error[R0002]: the `[` is never closed
     --> decisions/b.yaml:1:11
      |
    1 | decision: [b
      |           ^
      |
      = help: close it; a text that begins with a bracket wants quotes

    2 errors
    ");
}
