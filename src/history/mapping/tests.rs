mod choices;

use super::*;
use crate::text::render_all;

/// The smallest mapping of a dispute, with more lines behind its facts.
fn mapping(more: &str) -> String {
    let facts = "mapping: test\ncurrency: USD\nfacts:
  complaint.case_id: {column: id}
  complaint.received_at: {column: opened}
  complaint.language: {constant: en, because: One country}
  complaint.jurisdiction: {column: state}
  customer.customer_id: {column: customer}
  dispute.reason_code: {column: type}
  dispute.disputed_amount: {column: amount}
";
    format!("{facts}{more}")
}

fn problems(text: &str) -> String {
    let source = Source::new("mapping.yaml", text);
    match Mapping::read(&source) {
        Ok(mapping) => mapping.assumptions().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        Err(found) => render_all(&found, false),
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "the whole text of the findings stands here")]
fn every_mistake_of_a_mapping_at_once() {
    let text = "mapping: broken
delimeter: \";\"
encoding: utf-16
dates: mm/dd/yyyy
numbers: 1.234
currency: USDD
blank: NA
facts:
  complaint.case_id: id
  complaint.received_at: {column: opened, format: MM-DD-YYYY}
  complaint.language: {constant: en}
  complaint.jurisdiction: {constant: usa, because: One country}
  customer.customer_id: {column: customer, constant: C-1}
  dispute.reason_cod: {column: type}
  dispute.reason_code:
    column: type
    values: {Overcharge: PRISE, Double: DUPLICATE}
    otherwise: OTHER
  dispute.disputed_amount: {column: amount, format: MM/DD/YYYY}
  finding.confidence: {constant: 1.5, because: We are sure}
  finding.liability: {colum: result}
  history.disputes_12m: {template: \"{count}\"}
actual:
  outcome: {column: result, values: {Paid: upheld}}
  refunded: {column: amount}
";
    insta::assert_snapshot!(problems(text), @r#"
    error[R0201]: there is no key `delimeter` here
     --> mapping.yaml:2:1
      |
    2 | delimeter: ";"
      | ^^^^^^^^^
      |
      = help: did you mean `delimiter`?

    error[R0203]: `utf-16` is not an encoding
     --> mapping.yaml:3:11
      |
    3 | encoding: utf-16
      |           ^^^^^^
      |
      = help: it may be `utf-8`, `latin-1` or `windows-1252`

    error[R0203]: `mm/dd/yyyy` is not a date format
     --> mapping.yaml:4:8
      |
    4 | dates: mm/dd/yyyy
      |        ^^^^^^^^^^
      |
      = help: it may be `YYYY-MM-DD`, `YYYY/MM/DD`, `MM/DD/YYYY`, `DD/MM/YYYY`, `DD.MM.YYYY`, `DD-MM-YYYY`, each alone or with `HH:MM` or `HH:MM:SS` behind it, or `RFC 3339`

    error[R0203]: `1.234` does not show how numbers are written
     --> mapping.yaml:5:10
      |
    5 | numbers: 1.234
      |          ^^^^^
      |
      = help: show how the file writes 1234.56: `"1,234.56"`, `"1.234,56"`, `"$1,234.56"`

    error[R0203]: `USDD` is not a currency code of ISO 4217 (such as USD, EUR, BRL)
     --> mapping.yaml:6:11
      |
    6 | currency: USDD
      |           ^^^^

    error[R0203]: `blank` wants a list of words, found `NA`
     --> mapping.yaml:7:8
      |
    7 | blank: NA
      |        ^^
      |
      = help: list the words that stand for an empty cell: `blank: [NA, n/a, "-"]`

    error[R0203]: `complaint.case_id` wants a mapping, found `id`
     --> mapping.yaml:9:22
      |
    9 |   complaint.case_id: id
      |                      ^^
      |
      = help: write `{column: id}` for a column, or `{constant: id, because: ...}` for the same value in every row

    error[R0203]: `MM-DD-YYYY` is not a date format
      --> mapping.yaml:10:51
       |
    10 |   complaint.received_at: {column: opened, format: MM-DD-YYYY}
       |                                                   ^^^^^^^^^^
       |
       = help: it may be `YYYY-MM-DD`, `YYYY/MM/DD`, `MM/DD/YYYY`, `DD/MM/YYYY`, `DD.MM.YYYY`, `DD-MM-YYYY`, each alone or with `HH:MM` or `HH:MM:SS` behind it, or `RFC 3339`

    error[R0206]: `complaint.language` gets the value `en` without a `because`
      --> mapping.yaml:11:34
       |
    11 |   complaint.language: {constant: en}
       |                                  ^^
       |
       = help: say why it may be assumed for every row: `because: ...`

    error[R0102]: `complaint.jurisdiction`: `usa` is not a place
      --> mapping.yaml:12:38
       |
    12 |   complaint.jurisdiction: {constant: usa, because: One country}
       |                                      ^^^
       |
       = help: write a country or a part of it: `GB`, `US-VA`, `EU-ES`

    error[R0203]: `customer.customer_id` takes its value from `column` and from `constant`
      --> mapping.yaml:13:44
       |
    13 |   customer.customer_id: {column: customer, constant: C-1}
       |                                            ^^^^^^^^
       |
       = help: keep one of them; `choose` takes the first whose `when` holds

    error[R0101]: there is no fact `dispute.reason_cod`
      --> mapping.yaml:14:3
       |
    14 |   dispute.reason_cod: {column: type}
       |   ^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `dispute.reason_code`?

    error[R0103]: `dispute.reason_code` expects one of PRICE, QUANTITY, DUPLICATE, UNRECOGNISED, AFTER_CANCELLATION, NOT_DELIVERED, QUALITY, DISCOUNT_MISSING, PAYMENT_NOT_APPLIED, CREDIT_NOT_ISSUED, LATE_CHARGE, CONTRACT_FEE, TAX, FREIGHT, TERMS, REFERENCE_DATA, CALCULATION, NOT_UNDERSTOOD, OTHER, found `PRISE`
      --> mapping.yaml:17:26
       |
    17 |     values: {Overcharge: PRISE, Double: DUPLICATE}
       |                          ^^^^^
       |
       = help: did you mean `PRICE`?

    error[R0206]: `dispute.reason_code` gets the value `OTHER` without a `because`
      --> mapping.yaml:18:16
       |
    18 |     otherwise: OTHER
       |                ^^^^^
       |
       = help: say why it may be assumed for rows where the column `type` has a word that is not in the table: `because: ...`

    error[R0203]: `format` is for days and times, and `dispute.disputed_amount` is an amount of money
      --> mapping.yaml:19:45
       |
    19 |   dispute.disputed_amount: {column: amount, format: MM/DD/YYYY}
       |                                             ^^^^^^
       |
       = help: take it away

    error[R0104]: `finding.confidence` lies between 0 and 1, found `1.5`
      --> mapping.yaml:20:34
       |
    20 |   finding.confidence: {constant: 1.5, because: We are sure}
       |                                  ^^^
       |
       = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    error[R0202]: `finding.liability` does not say where its value comes from
      --> mapping.yaml:21:22
       |
    21 |   finding.liability: {colum: result}
       |                      ^^^^^^^^^^^^^^^
       |
       = help: it wants one of `column`, `constant`, `template`, `choose`

    error[R0203]: `history.disputes_12m` is a whole number; a template makes text
      --> mapping.yaml:22:25
       |
    22 |   history.disputes_12m: {template: "{count}"}
       |                         ^^^^^^^^^^^^^^^^^^^^^
       |
       = help: take it from a `column`

    error[R0103]: `actual.outcome` expects one of uphold, partly_uphold, reject, provisional, concede_by_deadline, found `upheld`
      --> mapping.yaml:24:44
       |
    24 |   outcome: {column: result, values: {Paid: upheld}}
       |                                            ^^^^^^
       |
       = help: did you mean `uphold`?

    error[R0101]: `refunded` is nothing that `actual` can hold
      --> mapping.yaml:25:3
       |
    25 |   refunded: {column: amount}
       |   ^^^^^^^^
       |
       = help: it may be one of `outcome`, `paid`, `goodwill`, `closed_on`, `satisfied`

    20 errors
    "#);
}

#[test]
fn facts_that_every_dispute_needs_and_what_the_file_must_say() {
    let text = "mapping: short
facts:
  complaint.case_id: {column: id}
  complaint.received_at: {column: opened, format: YYYY-MM-DD HH:MM}
  dispute.disputed_amount: {column: amount}
  complaint.case_id: {column: number}
";
    insta::assert_snapshot!(problems(text), @r"
    error[R0202]: no dispute is decided without `complaint.language`, `complaint.jurisdiction`, `customer.customer_id`, `dispute.reason_code`, which nothing gives
     --> mapping.yaml:2:1
      |
    2 | facts:
      | ^^^^^
      |
      = help: fill it, or say that the file does not have it: `complaint.language: {constant: missing}`

    error[R0202]: `complaint.received_at` is read from times without an offset, and no time zone is stated
     --> mapping.yaml:4:26
      |
    4 |   complaint.received_at: {column: opened, format: YYYY-MM-DD HH:MM}
      |                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: state the zone of the file at its top: `time_zone: America/New_York`

    error[R0202]: `dispute.disputed_amount` is an amount of money, and no currency is stated
     --> mapping.yaml:5:28
      |
    5 |   dispute.disputed_amount: {column: amount}
      |                            ^^^^^^^^^^^^^^^^
      |
      = help: write `currency: USD` here or at the top of the mapping, or `currency_column: NAME`

    error[R0004]: the key `complaint.case_id` stands twice in this mapping
     --> mapping.yaml:6:3
      |
    3 |   complaint.case_id: {column: id}
      |   ----------------- first here
    ...
    6 |   complaint.case_id: {column: number}
      |   ^^^^^^^^^^^^^^^^^
      |
      = help: keep one of them

    4 errors
    ");
    insta::assert_snapshot!(problems("mapping: table\nfacts: {input.weight: {column: weight, as: number}}\n"), @"");
    insta::assert_snapshot!(problems("- a\n- b\n"), @r"
    error[R0203]: a mapping file has keys with values, found a list
     --> mapping.yaml:1:1
      |
    1 | / - a
    2 | | - b
      | |___^
      |
      = help: it begins with `mapping: NAME` and says under `facts:` what the columns mean

    1 error
    ");
    insta::assert_snapshot!(problems(""), @r"
    error[R0003]: the document is empty
     --> mapping.yaml:1:1
      |
    1 |
      | ^
      |
      = help: fill it in or remove the file

    1 error
    ");
}

#[test]
fn assumptions_say_what_they_are_about_and_why() {
    let text = mapping(
        "  customer.tier: {column: tier, values: {G: gold, X: missing}, otherwise: standard, because: Old tiers}
  customer.segment: {column: segment, empty: consumer, because: Businesses are marked}
  customer.leave_threat: {constant: unknown}
  finding.severity: {constant: missing}
  dispute.requested_amount:
    choose:
      - {when: {asked: present, state: not US-NY}, column: asked}
      - {when: {paid: over 0, closed: on or after 2026-01-31}, column: paid, because: They asked for what they got}
      - {column: amount, empty: 0.00 USD, because: Nothing is told}
",
    );
    insta::assert_snapshot!(problems(&text), @r"
    complaint.language = en (every row): One country
    customer.tier = standard (rows where the column `tier` has a word that is not in the table): Old tiers
    customer.segment = consumer (rows where the column `segment` is empty): Businesses are marked
    dispute.requested_amount = the value of the column `paid` (rows where the column `paid` is over 0 and the column `closed` is on or after 2026-01-31): They asked for what they got
    dispute.requested_amount = 0.00 USD (rows where the column `amount` is empty and where none of the conditions before it holds): Nothing is told
    ");
}

#[test]
fn a_mapping_tells_what_it_reads() {
    let mapping = Mapping::read(&Source::new("mapping.yaml", mapping(""))).unwrap();
    assert_eq!(mapping.name(), "test");
    assert_eq!(mapping.columns().collect::<Vec<_>>(), ["id", "opened", "state", "customer", "type", "amount"]);
    assert_eq!(mapping.facts().nth(2), Some("complaint.language"));
    assert_eq!(format!("{mapping:?}"), "Mapping(\"test\", 7 facts)");
}

/// The YAML of a Markdown text.
fn example(markdown: &str) -> String {
    let lines = markdown.lines().skip_while(|line| *line != "```yaml").skip(1).take_while(|line| *line != "```");
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_documented_mappings_are_sound() {
    let docs = include_str!("../mapping.rs").lines().filter_map(|line| line.strip_prefix("//!"));
    let docs = docs.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n");
    let readme = include_str!("../../../examples/nyc-mediations/README.md");
    for text in [example(&docs), example(readme)] {
        let mapping = Mapping::read(&Source::new("mapping.yaml", text)).map_err(|found| render_all(&found, false));
        assert_eq!(mapping.unwrap().facts().count(), 10);
    }
}
