//! What findings look like.

#![expect(clippy::too_many_lines, reason = "a test shows its whole input and its whole output")]

use super::*;
use crate::text::Code;

fn one(diagnostic: Diagnostic) -> String {
    let mut all = Diagnostics::new();
    all.push(diagnostic);
    render_all(&all, false)
}

fn span_of(source: &Source, text: &str) -> Span {
    let start = source.text().find(text).unwrap();
    Span::new(start, start + text.len())
}

#[test]
fn marks_places_and_sums_up() {
    let rules = Source::new("decisions/goodwill.yaml", "rules:\n  - id: a\n    when: {tier: goldd}\n  - id: a\n");
    let facts = Source::at_line("cases.jsonl", "{\"customer\": {\"tier\": 5}}", 41);
    let second = rules.text().rfind('a').map(|at| Span::new(at, at + 1)).unwrap();
    let mut all = Diagnostics::new();
    all.push(
        Diagnostic::error(Code::UnknownMember, &rules, span_of(&rules, "goldd"), "`goldd` is no tier")
            .help("did you mean `gold`?"),
    );
    all.push(
        Diagnostic::error(Code::DuplicateName, &rules, second, "two rules are called `a`")
            .label(&rules.place(Span::new(15, 16)), "first here")
            .label(&facts.place(Span::new(1, 11)), "read\nhere")
            .help("rename one of them\nor remove it"),
    );
    all.push(Diagnostic::error(Code::WrongType, &facts, span_of(&facts, "5"), "`5` is no tier").path("customer.tier").warning());
    all.push(Diagnostic::global(Code::MissingFile, "the file `scripts/x.rhai` does not exist").help("add it"));
    let mut advice = Diagnostic::global(Code::NotProven, "an overlap could not be ruled out");
    advice.severity = Severity::Advice;
    all.push(advice);
    insta::assert_snapshot!(render_all(&all, false), @r#"
    error[R0103]: `goldd` is no tier
     --> decisions/goodwill.yaml:3:18
      |
    3 |     when: {tier: goldd}
      |                  ^^^^^
      |
      = help: did you mean `gold`?

    error[R0204]: two rules are called `a`
      --> decisions/goodwill.yaml:4:9
       |
     2 |   - id: a
       |         - first here
     3 |     when: {tier: goldd}
     4 |   - id: a
       |         ^
       |
      ::: cases.jsonl:41:2
       |
    41 | {"customer": {"tier": 5}}
       |  ---------- read here
       |
       = help: rename one of them
               or remove it

    warning[R0102]: `5` is no tier
      --> cases.jsonl:41:23
       |
    41 | {"customer": {"tier": 5}}
       |                       ^
       |
       = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    error[R0207]: the file `scripts/x.rhai` does not exist
      = help: add it

    note[R0308]: an overlap could not be ruled out
      = help: make the rules narrower, or write `hit: first` and put the most special rule first

    3 errors, 1 warning, 1 note
    "#);
    insta::assert_snapshot!(serde_json::to_string_pretty(&to_json(&all)).unwrap(), @r#"
    [
      {
        "code": "R0103",
        "column": 18,
        "end_column": 23,
        "end_line": 3,
        "file": "decisions/goodwill.yaml",
        "fixes": [
          {
            "edits": [
              {
                "column": 18,
                "end_column": 23,
                "end_line": 3,
                "file": "decisions/goodwill.yaml",
                "line": 3,
                "text": "gold"
              }
            ],
            "safe": false,
            "title": "write `gold`"
          }
        ],
        "help": "did you mean `gold`?",
        "labels": [],
        "line": 3,
        "message": "`goldd` is no tier",
        "path": null,
        "severity": "error"
      },
      {
        "code": "R0204",
        "column": 9,
        "end_column": 10,
        "end_line": 4,
        "file": "decisions/goodwill.yaml",
        "help": "rename one of them\nor remove it",
        "labels": [
          {
            "column": 9,
            "end_column": 10,
            "end_line": 2,
            "file": "decisions/goodwill.yaml",
            "line": 2,
            "text": "first here"
          },
          {
            "column": 2,
            "end_column": 12,
            "end_line": 41,
            "file": "cases.jsonl",
            "line": 41,
            "text": "read\nhere"
          }
        ],
        "line": 4,
        "message": "two rules are called `a`",
        "path": null,
        "severity": "error"
      },
      {
        "code": "R0102",
        "column": 23,
        "end_column": 24,
        "end_line": 41,
        "file": "cases.jsonl",
        "help": "write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`",
        "labels": [],
        "line": 41,
        "message": "`5` is no tier",
        "path": "customer.tier",
        "severity": "warning"
      },
      {
        "code": "R0207",
        "column": null,
        "end_column": null,
        "end_line": null,
        "file": null,
        "help": "add it",
        "labels": [],
        "line": null,
        "message": "the file `scripts/x.rhai` does not exist",
        "path": null,
        "severity": "error"
      },
      {
        "code": "R0308",
        "column": null,
        "end_column": null,
        "end_line": null,
        "file": null,
        "help": "make the rules narrower, or write `hit: first` and put the most special rule first",
        "labels": [],
        "line": null,
        "message": "an overlap could not be ruled out",
        "path": null,
        "severity": "advice"
      }
    ]
    "#);
    let coloured = render_all(&all, true);
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(coloured, render_all(&all, true));
}

#[test]
fn finds_nothing_to_say() {
    assert_eq!(render_all(&Diagnostics::new(), false), "");
    assert_eq!(to_json(&Diagnostics::new()), json!([]));
}

#[test]
fn cuts_long_lines_around_the_mark() {
    let long = Source::new("case.json", format!("{{\"a\": \"{}\", \"tier\": 5, {}}}", "é".repeat(100_000), "x".repeat(100_000)));
    let at = span_of(&long, "5,").start;
    insta::assert_snapshot!(one(Diagnostic::error(Code::WrongType, &long, Span::new(at, at + 1), "`5` is no tier")), @r#"
    error[R0102]: `5` is no tier
     --> case.json:1:100019
      |
    1 | ...ééééééééééééééééééééééééééééééééééééééééééé", "tier": 5, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
      |                                                          ^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    1 error
    "#);
    insta::assert_snapshot!(one(Diagnostic::error(Code::WrongType, &long, Span::new(7, at), "too long")), @r#"
    error[R0102]: too long
     --> case.json:1:8
      |
    1 | ...: "éééééééééééééééééééééééééééééééééééééé...éééééééééééééééééééééééééééééééééééééé
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    1 error
    "#);
    let coloured = {
        let mut all = Diagnostics::new();
        all.push(Diagnostic::error(Code::WrongType, &long, Span::new(at, at + 1), "`5` is no tier"));
        render_all(&all, true)
    };
    assert!(coloured.contains("case.json:1:100019"), "{coloured}");
}

#[test]
fn shows_odd_places() {
    let cases = [
        ("", Span::new(0, 0)),
        ("a\n", Span::new(2, 2)),
        ("a: é\n", Span::new(4, 4)),
        ("a", Span::new(7, 9)),
        ("a:\r\n  b: \u{1b}[31m\r\n  c: 2\r\n", Span::new(6, 24)),
        ("a:\n  b: 1\n  c: 2\n", Span::new(5, 17)),
        ("a:\n  1\n  2\n  3\n  4\n  5\n  6\n  7\n  8\n  9\n", Span::new(5, 38)),
    ];
    let all: Vec<String> = cases
        .iter()
        .map(|(text, span)| one(Diagnostic::error(Code::Syntax, &Source::new("", *text), *span, "odd\u{1b}[0m")))
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    error[R0002]: odd�[0m
     --> (text):1:1
      |
    1 |
      | ^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error

    error[R0002]: odd�[0m
     --> (text):2:1
      |
    2 |
      | ^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error

    error[R0002]: odd�[0m
     --> (text):1:4
      |
    1 | a: é
      |    ^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error

    error[R0002]: odd�[0m
     --> (text):1:2
      |
    1 | a
      |  ^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error

    error[R0002]: odd�[0m
     --> (text):2:3
      |
    2 | /   b: ␛[31m
    3 | |   c: 2
      | |_______^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error

    error[R0002]: odd�[0m
     --> (text):2:3
      |
    2 | /   b: 1
    3 | |   c: 2
      | |_______^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error

    error[R0002]: odd�[0m
     --> (text):2:3
      |
    2 |   1
      |   ^
      |
      = help: close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `"text"`

    1 error
    "#);
}

/// Characters that steer a terminal are shown as something else, of one byte or of two, and the mark stays where it is.
#[test]
fn what_would_steer_a_terminal_is_not_shown() {
    let source = Source::new("a.yaml", "one: \u{1b}[2J\u{9b}2J \u{202e}two");
    let shown = one(Diagnostic::error(Code::WrongType, &source, span_of(&source, "two"), "`\u{9b}` and `\u{1b}`"));
    assert!(!shown.chars().any(|c| steers(c) && c != '\n'), "{shown:?}");
    insta::assert_snapshot!(shown, @"
    error[R0102]: `�` and `�`
     --> a.yaml:1:15
      |
    1 | one: ␛[2J¿2J �two
      |               ^^^
      |
      = help: write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`

    1 error
    ");
}
