//! Where cases come from, and what is said of those that are wrong.

use super::{OURS, Stage, case, line};

#[test]
fn wrong_usage_is_status_2() {
    let stage = Stage::new("usage");
    insta::assert_snapshot!(stage.run("decide --polices here case.yaml"), @r"
    status 2
    --- stderr
    error: unexpected argument '--polices' found

      tip: a similar argument exists: '--policies'

    Usage: redress decide --policies <DIR> [CASE]...

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide --example nothing"), @"
    status 2
    --- stderr
    error: invalid value 'nothing' for '--example [<NAME>]'
      [possible values: agreed-fee-disputed-again, close-a-card-request, deficient-service, duplicate-charge, early-billing, late-fee-vulnerable-customer, misread-proration, petition-not-answered, rejected-offer, unrecognised-debit, unrequested-service, wrong-tax-on-invoice]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide case.yaml --at 2026-02-30"), @r"
    status 2
    --- stderr
    error: invalid value '2026-02-30' for '--at <DATE|TIME>': there is no day 2026-02-30

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(stage.run("decide"), @"
    status 2
    --- stderr
    error: there is no case to decide

    Examples:
      redress decide --example                              a case that is built in
      redress decide case.yaml                              one case, for a person to read
      redress decide case.yaml --explain                    the same, with every rule and value
      redress decide cases/ --format json                   all case files below a directory
      redress decide --mapping mapping.yaml history.csv     a history of another system
      cat cases.jsonl | redress decide - --format json      one decision a line
      redress decide cases.jsonl --journal decisions.jsonl --journal-failing required
                                                            each decision is recorded before it is shown
      redress decide case.yaml --as-of 2026-01-15 --store store
                                                            by the bundle in force then, and by today's
      tail -f cases.jsonl | redress decide - --watch        as cases come, by the bundle as it changes
    ");
}

/// An option that would have no effect is refused, so that nobody takes a check for made that was not.
#[test]
fn options_that_do_not_go_together_are_refused() {
    let stage = Stage::new("usage-together");
    let first = |arguments: &str| {
        let shown = stage.run(arguments);
        let mut lines = shown.lines().filter(|line| !line.is_empty() && *line != "--- stderr").take(3);
        let said: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("Usage")).collect();
        format!("{arguments}\n  {}", said.join("\n  "))
    };
    let said = [
        "test --suggest --min-coverage 100",
        "test --suggest --coverage",
        "check --write-baseline known.json --format sarif",
        "check --write-baseline known.json --deny-warnings",
        "check --write-baseline known.json --unread-facts",
        "check --write-baseline known.json --cases cases.jsonl",
        "check --unread-facts --format sarif",
        "check --unread-facts --format github",
        "diff policies policies --at 2026-03-05",
        "sign --new-key new.key --unchecked",
    ];
    insta::assert_snapshot!(said.map(first).join("\n"), @"
    test --suggest --min-coverage 100
      status 2
      error: the argument '--suggest' cannot be used with '--min-coverage <PERCENT>'
    test --suggest --coverage
      status 2
      error: the argument '--suggest' cannot be used with '--coverage'
    check --write-baseline known.json --format sarif
      status 2
      error: the argument '--write-baseline <FILE>' cannot be used with '--format <FORMAT>'
    check --write-baseline known.json --deny-warnings
      status 2
      error: the argument '--write-baseline <FILE>' cannot be used with '--deny-warnings'
    check --write-baseline known.json --unread-facts
      status 2
      error: the argument '--write-baseline <FILE>' cannot be used with '--unread-facts'
    check --write-baseline known.json --cases cases.jsonl
      status 2
      error: the argument '--write-baseline <FILE>' cannot be used with '--cases <HISTORY>'
    check --unread-facts --format sarif
      status 2
      error: facts that nothing reads are no findings, and this format holds findings only
        = help: list them with `--format text` or `--format json`
    check --unread-facts --format github
      status 2
      error: facts that nothing reads are no findings, and this format holds findings only
        = help: list them with `--format text` or `--format json`
    diff policies policies --at 2026-03-05
      status 2
      error: the following required arguments were not provided:
        --cases <HISTORY>...
    sign --new-key new.key --unchecked
      status 2
      error: the argument '--new-key <FILE>' cannot be used with '--unchecked'
    ");
}

#[test]
fn what_cannot_be_read_is_status_3_and_the_rest_is_decided() {
    let stage = Stage::new("missing").file("case.yaml", &case("D-1", OURS)).file("empty/notes.txt", "nothing");
    let shown = stage.run("decide nowhere.yaml case.yaml empty --format json -q");
    let kept: Vec<&str> = shown.lines().filter(|line| !line.starts_with('{')).collect();
    assert!(shown.contains(r#""case_id":"D-1","status":"decided""#), "{shown}");
    insta::assert_snapshot!(kept.join("\n"), @r"
    status 3
    --- stdout
    --- stderr
    error: there is no case file below `empty`
      = help: case files end in .jsonl, .ndjson, .csv, .tsv, .json, .yaml, .yml or .parquet, all but the last perhaps packed as .gz or .zst
    error: `nowhere.yaml` cannot be read: No such file or directory (os error 2)
    ");
}

#[test]
fn a_wrong_case_gives_every_mistake_at_once_and_no_decision() {
    let text = "complaint: {case_id: D-1, received_at: yesterday, chanel: phone}
dispute: {disputed_amount: 64.20, reason_code: DUPLICAT}
finding: {liability: our_eror, confidence: 2}
";
    let stage = Stage::new("wrong").file("case.yaml", text);
    insta::assert_snapshot!(stage.run("decide case.yaml"), @"
    status 1
    --- stderr
    error[R0102]: `complaint.received_at`: `yesterday` is not a time
     --> case.yaml:1:40
      |
    1 | complaint: {case_id: D-1, received_at: yesterday, chanel: phone}
      |                                        ^^^^^^^^^
      |
      = help: write it with its offset from UTC, as `2026-03-02T09:30:00-05:00` or `2026-03-02T14:30:00Z`

    error[R0101]: there is no fact `complaint.chanel`
     --> case.yaml:1:51
      |
    1 | complaint: {case_id: D-1, received_at: yesterday, chanel: phone}
      |                                                   ^^^^^^
      |
      = help: did you mean `channel`?

    error[R0106]: `dispute.disputed_amount`: `64.20` has no currency
     --> case.yaml:2:28
      |
    2 | dispute: {disputed_amount: 64.20, reason_code: DUPLICAT}
      |                            ^^^^^
      |
      = help: write it as `64.20 USD`

    error[R0103]: `dispute.reason_code` expects one of PRICE, QUANTITY, DUPLICATE, UNRECOGNISED, AFTER_CANCELLATION, NOT_DELIVERED, QUALITY, DISCOUNT_MISSING, PAYMENT_NOT_APPLIED, CREDIT_NOT_ISSUED, LATE_CHARGE, CONTRACT_FEE, TAX, FREIGHT, TERMS, REFERENCE_DATA, CALCULATION, NOT_UNDERSTOOD, OTHER, found `DUPLICAT`
     --> case.yaml:2:48
      |
    2 | dispute: {disputed_amount: 64.20, reason_code: DUPLICAT}
      |                                                ^^^^^^^^
      |
      = help: did you mean `DUPLICATE`?

    error[R0103]: `finding.liability` expects one of our_error, shared, third_party, customer_error, misunderstanding, no_error, undetermined, found `our_eror`
     --> case.yaml:3:22
      |
    3 | finding: {liability: our_eror, confidence: 2}
      |                      ^^^^^^^^
      |
      = help: did you mean `our_error`?

    error[R0104]: `finding.confidence` lies between 0 and 1, found `2`
     --> case.yaml:3:44
      |
    3 | finding: {liability: our_eror, confidence: 2}
      |                                            ^
      |
      = help: write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`

    6 errors
    ");
}

#[test]
fn a_bad_line_leaves_the_others_alone() {
    let lines = format!("{}\n\n{{\"complaint\": 1}}\n{}\n", line("D-1", "our_error"), line("D-3", "no_error"));
    let stage = Stage::new("lines").file("cases.jsonl", &lines);
    insta::assert_snapshot!(stage.run("decide cases.jsonl"), @r#"
    status 1
    --- stdout
    CASE               RESULT                   TOTAL        GOODWILL APPROVAL
    D-1                uphold               89.20 GBP       25.00 GBP -
    D-3                reject                0.00 GBP        0.00 GBP -
    --- stderr
    error[R0102]: `complaint` expects a mapping of facts, found `1`
     --> cases.jsonl:3:15
      |
    3 | {"complaint": 1}
      |               ^
      |
      = help: its facts are `case_id`, `received_at`, `channel` ...

    1 error
    3 cases: 2 decided, 0 need facts, 0 referred to a person, 1 wrong
    "#);
    let json = stage.command("decide cases.jsonl --format json").output().unwrap();
    let ids: Vec<String> = String::from_utf8(json.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["case_id"].to_string())
        .collect();
    assert_eq!(ids, ["\"D-1\"", "\"D-3\""]);
}

#[test]
fn standard_input_tells_its_form_by_its_looks() {
    let stage = Stage::new("stdin");
    let first = |text: String| text.lines().take(3).collect::<Vec<_>>().join(" | ");
    assert_eq!(first(stage.run_with("decide", &case("D-1", OURS))), "status 0 | --- stdout | D-1: uphold");
    assert_eq!(first(stage.run_with("decide -", &case("D-2", OURS))), "status 0 | --- stdout | D-2: uphold");
    let pretty = serde_json::from_str::<serde_json::Value>(&line("D-3", "no_error")).unwrap();
    assert_eq!(first(stage.run_with("decide -", &format!("{pretty:#}"))), "status 0 | --- stdout | D-3: reject");
    let lines = format!("{}\n{}\n", line("D-4", "our_error"), line("D-5", "no_error"));
    insta::assert_snapshot!(stage.run_with("decide -", &lines), @r"
    status 0
    --- stdout
    CASE               RESULT                   TOTAL        GOODWILL APPROVAL
    D-4                uphold               89.20 GBP       25.00 GBP -
    D-5                reject                0.00 GBP        0.00 GBP -
    --- stderr
    2 cases: 2 decided, 0 need facts, 0 referred to a person, 0 wrong
    ");
    insta::assert_snapshot!(stage.run_with("decide -", "a,b\n1,2\n"), @r"
    status 2
    --- stderr
    error: `standard input` is a table: what its columns mean has to be said by a mapping
      = help: name one: `redress decide --mapping mapping.yaml cases.csv`
    ");
}

#[test]
fn a_directory_gives_every_case_below_it() {
    let stage = Stage::new("directory")
        .file("cases/b.yaml", &case("B", OURS))
        .file("cases/a/z.json", &line("A", "no_error"))
        .file("cases/.hidden.yaml", "no case at all")
        .file("cases/README.md", "no case either");
    let shown = stage.run("decide cases --format yaml");
    let kept: Vec<&str> = shown
        .lines()
        .filter(|line| ["---", "status ", "case_id", "outcome", "2 cases"].iter().any(|kept| line.starts_with(kept)))
        .collect();
    insta::assert_snapshot!(kept.join("\n"), @r"
    status 0
    --- stdout
    case_id: A
    outcome: reject
    ---
    case_id: B
    outcome: uphold
    --- stderr
    2 cases: 2 decided, 0 need facts, 0 referred to a person, 0 wrong
    ");
}

#[test]
fn a_table_is_read_through_its_mapping() {
    let mapping = "mapping: billing
currency: GBP
facts:
  complaint.case_id: {column: number}
  complaint.received_at: {column: received}
  complaint.language: {constant: en, because: All letters are in English.}
  complaint.jurisdiction: {constant: GB, because: All accounts are British.}
  customer.customer_id: {column: account}
  dispute.reason_code: {column: why, values: {twice: DUPLICATE, price: PRICE}}
  dispute.disputed_amount: {column: amount}
  finding.liability: {column: ours, values: {yes: our_error, no: no_error}}
";
    let rows = "number,received,account,why,amount,ours\nA-1,2026-03-02,C-1,twice,64.20,yes\nA-2,2026-03-03,C-2,prise,10.00,no\nA-3,2026-03-04,C-3,price,10.00,no\n";
    let stage = Stage::new("table").file("mapping.yaml", mapping).file("cases.csv", rows);
    insta::assert_snapshot!(stage.run("decide --mapping mapping.yaml cases.csv"), @r"
    status 1
    --- stdout
    CASE               RESULT                   TOTAL        GOODWILL APPROVAL
    A-1                uphold               64.20 GBP        0.00 GBP -
    A-3                reject                0.00 GBP        0.00 GBP -
    --- stderr
    error[R0702]: column `why`: the mapping does not know the word `prise`
     --> cases.csv:3:20
      |
    3 | A-2,2026-03-03,C-2,prise,10.00,no
      |                    ^^^^^
      |
     ::: mapping.yaml:9:3
      |
    9 |   dispute.reason_code: {column: why, values: {twice: DUPLICATE, price: PRICE}}
      |   ------------------- in the table of this fact
      |
      = help: did you mean `price`? if not, add the word to the table of `values`

    1 error
    3 cases: 2 decided, 0 need facts, 0 referred to a person, 1 wrong
    ");
    insta::assert_snapshot!(stage.run("decide cases.csv"), @r"
    status 2
    --- stderr
    error: `cases.csv` is a table: what its columns mean has to be said by a mapping
      = help: name one: `redress decide --mapping mapping.yaml cases.csv`
    ");
    let broken = stage.file("mapping.yaml", "mapping: billing\nfacts: {complaint.case_it: {column: nummer}}\n");
    insta::assert_snapshot!(broken.run("decide --mapping mapping.yaml cases.csv"), @r"
    status 1
    --- stderr
    error[R0101]: there is no fact `complaint.case_it`
     --> mapping.yaml:2:9
      |
    2 | facts: {complaint.case_it: {column: nummer}}
      |         ^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `complaint.case_id`?

    1 error
    error: no case can be read with `mapping.yaml` until this is mended
    ");
}
