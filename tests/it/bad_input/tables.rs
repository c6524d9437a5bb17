//! Tables whose rows and columns do not fit.

use super::{BUNDLE, bundle, decision};

fn table(lines: &str) -> String {
    let table: String = lines.trim_start_matches('\n').lines().map(|line| format!("  {line}\n")).collect();
    decision(&format!("decision: fee\nhit: first\noutputs:\n  amount: {{type: money}}\ntable: |\n{table}"))
}

fn csv(text: &str) -> String {
    bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", "decision: fee\nhit: first\noutputs:\n  amount: {type: money}\ntable: fee.csv\n"),
        ("decisions/fee.csv", text),
    ])
}

#[test]
fn a_row_with_too_few_and_a_row_with_too_many_cells() {
    insta::assert_snapshot!(table("
| id     | customer.tier | => amount | because            |
| gold   | gold          | Gold pays nothing. |
| silver | silver        | 0.50      | Silver pays half.  | and more |
| other  | standard      | 1.00      | The others pay.    |
"), @r"
    error[R0306]: the row has 3 cells and the table has 4 columns
     --> decisions/fee.yaml:7:3
      |
    7 |   | gold   | gold          | Gold pays nothing. |
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: where every value will do, write `-`

    error[R0306]: the row has 5 cells and the table has 4 columns
     --> decisions/fee.yaml:8:3
      |
    8 |   | silver | silver        | 0.50      | Silver pays half.  | and more |
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a `|` that belongs to a text is written `\|`

    2 errors
    ");
}

#[test]
fn a_line_that_does_not_begin_with_a_bar() {
    insta::assert_snapshot!(table("
| customer.tier | => amount | because            |
gold            | 0.00      | Gold pays nothing. |
"), @"
    error[R0306]: no `|` begins the row `gold            | 0.00      | Gold pays ...`
     --> decisions/fee.yaml:7:3
      |
    7 |   gold            | 0.00      | Gold pays nothing. |
      |   ^
      |
      = help: each row of a table stands on a line of its own, with a `|` before, between and behind its cells

    1 error
    ");
}

#[test]
fn headings_that_nobody_knows() {
    insta::assert_snapshot!(table("
| customer.teir | => amuont | becuase            |
| gold          | 0.00      | Gold pays nothing. |
"), @"
    error[R0403]: nothing is called `customer.teir`
     --> decisions/fee.yaml:6:5
      |
    6 |   | customer.teir | => amuont | becuase            |
      |     ^^^^^^^^^^^^^
      |
      = help: did you mean `customer.tier`?

    error[R0504]: `fee` has no output `amuont`
     --> decisions/fee.yaml:6:24
      |
    6 |   | customer.teir | => amuont | becuase            |
      |                        ^^^^^^
      |
      = help: did you mean `amount`?

    error[R0403]: nothing is called `becuase`
     --> decisions/fee.yaml:6:33
      |
    6 |   | customer.teir | => amuont | becuase            |
      |                                 ^^^^^^^
      |
      = help: did you mean `because`?

    3 errors
    ");
}

#[test]
fn a_heading_twice() {
    insta::assert_snapshot!(table("
| customer.tier | customer.tier | => amount | because            |
| gold          | silver        | 0.00      | Gold pays nothing. |
"), @"
    error[R0306]: two columns are headed `customer.tier`
     --> decisions/fee.yaml:6:21
      |
    6 |   | customer.tier | customer.tier | => amount | because            |
      |     -------------   ^^^^^^^^^^^^^
      |     |
      |     the first of them
      |
      = help: give one of them another heading, or take the column away

    1 error
    ");
}

#[test]
fn no_output_and_no_reason() {
    insta::assert_snapshot!(table("
| customer.tier | customer.segment |
| gold          | consumer         |
"), @"
    error[R0206]: the table has no column `because`
     --> decisions/fee.yaml:6:3
      |
    6 |   | customer.tier | customer.segment |
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add one: it is what the explanation of a decision prints

    error[R0306]: no column gives an output
     --> decisions/fee.yaml:6:3
      |
    6 |   | customer.tier | customer.segment |
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: head the columns of outputs with an arrow: `=> amount`

    2 errors
    ");
}

#[test]
fn a_table_of_headings_only() {
    insta::assert_snapshot!(table("
| customer.tier | => amount | because |
"), @"
    error[R0306]: the table has no rows
     --> decisions/fee.yaml:6:3
      |
    6 |   | customer.tier | => amount | because |
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add a row below the head, with a cell for each column

    1 error
    ");
}

#[test]
fn wrong_cells_at_their_places() {
    insta::assert_snapshot!(table("
| id   | customer.tier | customer.tenure_months | => amount | because            | from       |
| a    | goldd         | >= 12                  | 0.00      | Gold pays nothing. | 2026-01-01 |
| b    | silver        | 60 to 10               | nothing   | Silver pays.       | soon       |
| c    | standard      | -                      | -         |                    | -          |
"), @"
    error[R0103]: `goldd` is not one of standard, silver, gold, strategic
     --> decisions/fee.yaml:7:12
      |
    7 |   | a    | goldd         | >= 12                  | 0.00      | Gold pays nothing. | 2026-01-01 |
      |            ^^^^^
      |
      = help: did you mean `gold`?

    error[R0302]: `60 to 10` never holds: its ends are the wrong way round
     --> decisions/fee.yaml:8:28
      |
    8 |   | b    | silver        | 60 to 10               | nothing   | Silver pays.       | soon       |
      |                            ^^^^^^^^
      |
      = help: write `10 to 60`

    error[R0106]: `amount` expects an amount of money, found `nothing`
     --> decisions/fee.yaml:8:53
      |
    8 |   | b    | silver        | 60 to 10               | nothing   | Silver pays.       | soon       |
      |                                                     ^^^^^^^
      |
      = help: write it as `64.20`, or with its currency as `64.20 USD`

    error[R0203]: `soon` is not a date
     --> decisions/fee.yaml:8:86
      |
    8 |   | b    | silver        | 60 to 10               | nothing   | Silver pays.       | soon       |
      |                                                                                      ^^^^
      |
      = help: write it as `2026-03-05`

    error[R0206]: the rule `c` has no `because`
     --> decisions/fee.yaml:9:5
      |
    9 |   | c    | standard      | -                      | -         |                    | -          |
      |     ^
      |
      = help: add `because: ...`: one sentence that the customer and your successor will understand

    error[R0503]: the rule `c` leaves out `amount`, which has no default
     --> decisions/fee.yaml:9:5
      |
    4 |   amount: {type: money}
      |   ------ declared here
    ...
    9 |   | c    | standard      | -                      | -         |                    | -          |
      |     ^
      |
      = help: give it a value here, or a `default` under `outputs: amount`

    6 errors
    ");
}

#[test]
fn a_csv_file_that_is_not_there() {
    insta::assert_snapshot!(bundle(&[
        ("bundle.yaml", BUNDLE),
        ("decisions/fee.yaml", "decision: fee\nhit: first\noutputs:\n  amount: {type: money}\ntable: fee.csv\n"),
        ("decisions/fees.csv", "customer.tier,=> amount,because\ngold,0.00,Gold pays nothing.\n"),
    ]), @"
    error[R0207]: there is no file `decisions/fee.csv`
     --> decisions/fee.yaml:5:8
      |
    5 | table: fee.csv
      |        ^^^^^^^
      |
      = help: did you mean `fees.csv`?

    1 error
    ");
}

#[test]
fn a_csv_file_with_a_byte_order_mark_semicolons_and_windows_line_ends() {
    insta::assert_snapshot!(csv("\u{feff}customer.tier;=> amount;because\r\ngold;0.00;Gold pays nothing.\r\n"), @"no findings");
}

#[test]
fn a_csv_cell_that_begins_with_an_equals_sign() {
    insta::assert_snapshot!(csv("customer.tier,=> amount,because\ngold,= 1 + 1,Gold pays two.\n"), @"
    error[R0306]: `= 1 + 1` begins with `=`, which a spreadsheet computes
     --> decisions/fee.csv:2:6
      |
    2 | gold,= 1 + 1,Gold pays two.
      |      ^^^^^^^
      |
      = help: give the expression a name in `let`, and write `{name}` here

    1 error
    ");
}

#[test]
fn a_csv_row_that_is_cut() {
    insta::assert_snapshot!(csv("customer.tier,=> amount,because\ngold,0.00\nsilver,0.50,Silver pays, too.\n"), @"
    error[R0206]: the rule `#1` has no `because`
     --> decisions/fee.csv:2:1
      |
    2 | gold,0.00
      | ^^^^
      |
      = help: add `because: ...`: one sentence that the customer and your successor will understand

    error[R0306]: the row has 4 cells and the table has 3 columns
     --> decisions/fee.csv:3:1
      |
    3 | silver,0.50,Silver pays, too.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a cell that holds the separator stands in quotes

    2 errors
    ");
}

#[test]
fn an_empty_csv_file() {
    insta::assert_snapshot!(csv(""), @"
    error[R0306]: the table is empty
     --> decisions/fee.csv:1:1
      |
    1 |
      | ^
      |
      = help: begin with a row of headings

    1 error
    ");
}

#[test]
fn a_csv_cell_that_names_an_unknown_let() {
    insta::assert_snapshot!(csv("customer.tier,=> amount,because\ngold,{base},Gold pays the base.\n"), @"
    error[R0403]: nothing is called `base`
     --> decisions/fee.csv:2:7
      |
    2 | gold,{base},Gold pays the base.
      |       ^^^^
      |
      = help: name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`

    1 error
    ");
}

#[test]
fn an_unknown_output_is_reported_once_for_all_rows() {
    insta::assert_snapshot!(table("
| customer.tier | => amuont | because             |
| gold          | 0.00      | Gold pays nothing.  |
| silver        | 0.50      | Silver pays a half. |
"), @"
    error[R0504]: `fee` has no output `amuont`
     --> decisions/fee.yaml:6:24
      |
    6 |   | customer.tier | => amuont | because             |
      |                        ^^^^^^
      |
      = help: did you mean `amount`?

    1 error
    ");
}
