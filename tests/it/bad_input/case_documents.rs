//! Texts that are no cases.

use super::cases;

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(cases("case.yaml", ""), @"
    error[R0003]: the document is empty
     --> case.yaml:1:1
      |
    1 |
      | ^
      |
      = help: fill it in or remove the file

    1 error
    ");
}

#[test]
fn an_empty_file_of_json() {
    insta::assert_snapshot!(cases("case.json", ""), @"
    error[R0003]: the document is empty
     --> case.json:1:1
      |
    1 |
      | ^
      |
      = help: fill it in or remove the file

    1 error
    ");
}

#[test]
fn an_empty_list() {
    insta::assert_snapshot!(cases("case.json", "[]"), @"
    error[R0102]: a case is a mapping of groups of facts, found a list
     --> case.json:1:1
      |
    1 | []
      | ^^
      |
      = help: write `complaint: {case_id: ...}`, `dispute: {...}` and so on; `redress schema case` shows every fact

    1 error
    ");
}

#[test]
fn a_text_that_is_no_case() {
    insta::assert_snapshot!(cases("case.yaml", "D-1001"), @"
    error[R0102]: a case is a mapping of groups of facts, found `D-1001`
     --> case.yaml:1:1
      |
    1 | D-1001
      | ^^^^^^
      |
      = help: write `complaint: {case_id: ...}`, `dispute: {...}` and so on; `redress schema case` shows every fact

    1 error
    ");
}

#[test]
fn broken_json() {
    insta::assert_snapshot!(cases("case.json", r#"
{
  "complaint": {"case_id": "D-1",},
  "customer": {'tier': "gold"}
}
"#), @r#"
    error[R0002]: a comma behind the last entry
     --> case.json:2:33
      |
    2 |   "complaint": {"case_id": "D-1",},
      |                                 ^
      |
      = help: remove the comma

    1 error
    "#);
}

#[test]
fn a_key_twice_in_json() {
    insta::assert_snapshot!(cases("case.json", r#"
{"complaint": {"case_id": "D-1", "case_id": "D-2"}}
"#), @r#"
    error[R0004]: the key `case_id` stands twice in this mapping
     --> case.json:1:34
      |
    1 | {"complaint": {"case_id": "D-1", "case_id": "D-2"}}
      |                ---------         ^^^^^^^^^
      |                |
      |                first here
      |
      = help: keep one of them

    1 error
    "#);
}

#[test]
fn a_megabyte_of_brackets_in_json() {
    insta::assert_snapshot!(cases("case.json", &"[".repeat(1024 * 1024)), @"
    error[R0006]: lists and mappings are nested more than 64 levels deep
     --> case.json:1:65
      |
    1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[...
      |                                                                 ^
      |
      = help: is a bracket never closed?

    1 error
    ");
}

#[test]
fn a_tab_in_a_case() {
    insta::assert_snapshot!(cases("case.yaml", "complaint:\n\tcase_id: D-1\n"), @"
    error[R0007]: a tab indents this line
     --> case.yaml:2:1
      |
    2 |     case_id: D-1
      | ^^^^
      |
      = help: indent with spaces; most editors can be told to do so for YAML files

    1 error
    ");
}

#[test]
fn an_alias_in_a_case() {
    insta::assert_snapshot!(cases("case.yaml", "complaint: &a {case_id: D-1}\ncustomer: *a\n"), @"
    error[R0005]: `&a` is a YAML anchor, and anchors are refused
     --> case.yaml:1:12
      |
    1 | complaint: &a {case_id: D-1}
      |            ^^
    2 | customer: *a
      |           -- used here
      |
      = help: remove it and write the value out wherever it holds; a text that begins with `&` wants quotes

    1 error
    ");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    insta::assert_snapshot!(cases("case.yaml", "\u{feff}complaint:\r\n  case_id: D-1\r\n"), @"the case `D-1` is fine");
}
