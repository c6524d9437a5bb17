//! Histories and results in Parquet. The files that are read were written by another program: `tests/parquet/README.md`.

use super::{BUNDLE, Stage, line};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs;
use std::path::Path;

const MAPPING: &str = "mapping: tickets
numbers: \"1.234,56\"
dates: DD.MM.YYYY
time_zone: Europe/Lisbon
currency: GBP
facts:
  complaint.case_id: {column: ticket}
  complaint.received_at: {column: opened}
  complaint.language: {constant: en, because: The desk works in English.}
  complaint.jurisdiction: {constant: GB, because: The desk is in Britain.}
  customer.customer_id: {template: \"C-{customer}\"}
  dispute.reason_code: {column: kind, values: {double: DUPLICATE, price: PRICE}}
  dispute.disputed_amount: {column: amount}
  finding.liability:
    choose:
      - when: {ours: \"true\", amount: under 1000}
        constant: our_error
        because: The desk found so.
      - when: {noted: on or after 2026-03-04}
        constant: no_error
        because: The desk found so.
      - constant: shared
        because: The desk found so.
  finding.severity: {constant: minor, because: The desk does not tell.}
  attributes.region: {column: place.region}
  attributes.desk: {column: place.desk, as: number}
actual:
  paid: {column: refunded}
  closed_on: {column: noted}
";

/// The same tickets as another program would have saved them as CSV.
const TICKETS: &str = "\
ticket;opened;noted;customer;kind;amount;refunded;ours;place.region;place.desk
T-1;2026-03-02 10:30;2026-03-02T23:30:00Z;1001;double;64.20;64.2;true;north;4
T-2;2026-03-03 10:30;2026-03-03T23:30:00Z;1002;double;0.10;0.1;true;south;
T-3;2026-03-04 10:30;2026-03-04T23:30:00Z;1003;price;12345678901234.57;;false;;
T-5;2026-03-06 10:30;2026-03-06T23:30:00Z;1005;;5.00;5.0;true;;
";

fn with_files(stage: Stage, names: &[&str]) -> Stage {
    for name in names {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parquet").join(name);
        fs::copy(from, stage.directory.join(name)).unwrap();
    }
    stage
}

/// The small bundle, which takes the facts of the mapping.
fn stage(name: &str) -> Stage {
    let own = "facts: {attributes.region: {type: text}, attributes.desk: {type: integer}}\n";
    let change = |path: &str, text: &str| if path == "bundle.yaml" { format!("{text}{own}") } else { text.to_owned() };
    let stage = BUNDLE
        .iter()
        .fold(Stage::empty(name), |stage, (path, text)| stage.file(&format!("policies/{path}"), &change(path, text)));
    with_files(stage.file("mapping.yaml", MAPPING), &["tickets.parquet", "cases.parquet", "packed-otherwise.parquet"])
}

fn stderr(said: &str) -> &str {
    said.split_once("--- stderr\n").map_or("", |(_, rest)| rest)
}

fn stdout(said: &str) -> &str {
    said.split_once("--- stderr\n").map_or(said, |(before, _)| before)
}

#[test]
fn a_table_is_read_as_its_twin_in_csv_and_wrong_rows_say_row_and_column() {
    let of_csv = MAPPING
        .replace("numbers: \"1.234,56\"\ndates: DD.MM.YYYY\n", "delimiter: \";\"\n")
        .replace("{column: opened}", "{column: opened, format: YYYY-MM-DD HH:MM}");
    let stage = stage("parquet-table").file("tickets.csv", TICKETS).file("of-csv.yaml", &of_csv);
    let read = stage.run("decide tickets.parquet --mapping mapping.yaml --at 2026-04-01 --format json");
    let twin = stage.run("decide tickets.csv --mapping of-csv.yaml --at 2026-04-01 --format json");
    let decisions = |said: &str| {
        let lines = stdout(said).lines().filter(|line| line.starts_with('{')).map(str::to_owned);
        lines.filter(|line| !line.contains("\"T-6\"") && !line.contains("\"T-7\"")).collect::<Vec<_>>()
    };
    assert_eq!(decisions(&read).len(), 4, "{read}");
    assert_eq!(decisions(&read), decisions(&twin));
    insta::assert_snapshot!(stderr(&read), @"
    error[R0702]: column `kind`: the mapping does not know the word `weather`
      --> tickets.parquet:4:55
       |
     4 | T-4, 2026-03-05T10:30:00, 2026-03-05T23:30:00Z, 1004, weather, 5.00, 5, true, , 
       |                                                       ^^^^^^^
       |
      ::: mapping.yaml:12:3
       |
    12 |   dispute.reason_code: {column: kind, values: {double: DUPLICATE, price: PRICE}}
       |   ------------------- in the table of this fact
       |
       = help: add it to the table of `values`, or say what every other word means: `otherwise: ...`

    1 error
    error[R0703]: column `refunded`: `0.DIGEST` is no amount in GBP: the column holds binary fractions, and this one is not exact; save it as DECIMAL, or rounded
      --> tickets.parquet:6:64
       |
     6 | T-6, 2026-03-09T10:30:00, 2026-03-09T23:30:00Z, 1006, price, , 0.DIGEST, , , 
       |                                                                ^^^^^^^^^^^^^^^^^^^
       |
      ::: mapping.yaml:28:3
       |
    28 |   paid: {column: refunded}
       |   ---- read for this fact

    1 error
    error[R0703]: column `refunded`: `NaN` is not a number
      --> tickets.parquet:7:49
       |
     7 | T-7, 2026-03-29T10:30:00, , 1007, double, 7.35, NaN, true, , 
       |                                                 ^^^
       |
      ::: mapping.yaml:28:3
       |
    28 |   paid: {column: refunded}
       |   ---- read for this fact

    1 error
    7 cases: 3 decided, 1 needs facts, 0 referred to a person, 3 wrong
    ");
    let run = stage.run("backtest --cases tickets.parquet --mapping mapping.yaml --out out --shown 0");
    let rejects = fs::read_to_string(stage.directory.join("out/rejects.jsonl")).unwrap();
    let told = rejects.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        format!("{}:{} {}", row["file"], row["line"], row["errors"][0]["message"])
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r#"
    "tickets.parquet":4 "column `kind`: the mapping does not know the word `weather`"
    "tickets.parquet":6 "column `refunded`: `0.30000000000000004` is no amount in GBP: the column holds binary fractions, and this one is not exact; save it as DECIMAL, or rounded"
    "tickets.parquet":7 "column `refunded`: `NaN` is not a number"
    "#);
    assert!(run.contains("rejected  3 rows"), "{run}");
}

#[test]
fn structs_and_lists_are_case_documents() {
    let stage = stage("parquet-documents");
    let of = |number: u8, liability: &str, money: &str, more: &str| {
        format!(
            r#"{{"complaint":{{"case_id":"N-{number}","received_at":"2026-03-0{}T10:00:00Z","language":"en","jurisdiction":"GB"}},"customer":{{"customer_id":"C-{number}"}},"dispute":{{"reason_code":"DUPLICATE"{money}}},"finding":{{"liability":"{liability}","severity":"minor"}}{more}}}"#,
            number + 1
        )
    };
    let twin = [
        of(
            1,
            "our_error",
            r#","disputed_amount":{"amount":"64.20","currency":"GBP"},"related_charges":[{"kind":"late_fee","amount":"12.00 GBP"}]"#,
            r#","attributes":{"region":"north"}"#,
        )
        .replace(r#""C-1""#, r#""C-1","segment":"consumer""#),
        of(2, "no_error", r#","disputed_amount":"8.05 GBP","related_charges":[]"#, ""),
        of(4, "our_error", "", ""),
    ];
    let stage = stage.file("cases.jsonl", &twin.join("\n"));
    let read = stage.run("decide cases.parquet --at 2026-04-01 --format json");
    let twin = stage.run("decide cases.jsonl --at 2026-04-01 --format json");
    assert_eq!(stdout(&read).replace("status 1", "status 0"), stdout(&twin));
    insta::assert_snapshot!(stderr(&read), @r#"
    error[R0103]: `finding.liability` expects one of our_error, shared, third_party, customer_error, misunderstanding, no_error, undetermined, found `nobody`
     --> cases.parquet:3:297
      |
    3 | ...05", "currency": "GBP"}}, "finding": {"liability": "nobody", "severity": "minor"}, "attributes": {}}
      |                                                       ^^^^^^^^
      |
      = help: write one of the names that are listed, or `unknown` where nobody knows

    1 error
    4 cases: 2 decided, 1 needs facts, 0 referred to a person, 1 wrong
    "#);
}

#[test]
fn what_cannot_be_read_says_why() {
    let stage = stage("parquet-wrong").file("other.parquet", "ticket,opened\n1,2\n").file("empty.parquet", "");
    let whole = fs::read(stage.directory.join("tickets.parquet")).unwrap();
    fs::write(stage.directory.join("cut.parquet"), &whole[..whole.len() - 100]).unwrap();
    fs::write(stage.directory.join("packed.parquet.gz"), &whole).unwrap();
    let lists = MAPPING.replace("attributes.region: {column: place.region}", "attributes.region: {column: tags}");
    let missing = [
        "complaint.received_at",
        "complaint.language",
        "complaint.jurisdiction",
        "customer.customer_id",
        "dispute.reason_code",
        "dispute.disputed_amount",
    ];
    let missing = missing.map(|fact| format!("  {fact}: {{constant: missing}}\n")).concat();
    let ticket = format!("mapping: one\nfacts:\n  complaint.case_id: {{column: ticket}}\n{missing}");
    let stage = stage.file("lists.yaml", &lists).file("ticket.yaml", &ticket);
    let runs = [
        "backtest --cases tickets.parquet",
        "backtest --cases cut.parquet --mapping mapping.yaml",
        "backtest --cases other.parquet --mapping mapping.yaml",
        "backtest --cases empty.parquet",
        "backtest --cases packed.parquet.gz --mapping mapping.yaml",
        "backtest --cases packed-otherwise.parquet --mapping ticket.yaml",
        "backtest --cases tickets.parquet --mapping lists.yaml",
    ];
    let mut shown: Vec<String> = runs.iter().map(|run| format!("$ redress {run}\n{}", stage.run(run))).collect();
    shown.push(format!("$ redress decide <\n{}", stage.run_with("decide - --mapping mapping.yaml", "PAR1 and more\n")));
    insta::assert_snapshot!(shown.join("\n"), @r#"
    $ redress backtest --cases tickets.parquet
    status 2
    --- stderr
    error: `tickets.parquet` is a table: what its columns mean has to be said by a mapping
      = help: name one: `redress backtest --cases history.csv --mapping mapping.yaml`

    $ redress backtest --cases cut.parquet --mapping mapping.yaml
    status 3
    --- stderr
    error: `cut.parquet` cannot be read: the file is damaged, or no Parquet file (Invalid Parquet file. Corrupt footer)

    $ redress backtest --cases other.parquet --mapping mapping.yaml
    status 3
    --- stderr
    error: `other.parquet` cannot be read: the file is damaged, or no Parquet file (Invalid Parquet file. Corrupt footer)

    $ redress backtest --cases empty.parquet
    status 3
    --- stderr
    error: `empty.parquet` cannot be read: the file breaks off (Parquet file too small. Size is 0 but need 8)

    $ redress backtest --cases packed.parquet.gz --mapping mapping.yaml
    status 3
    --- stderr
    error: `packed.parquet.gz` is Parquet, which begins to be read at its end, so it has to be a file of its own that is not packed as a whole
      = help: unpack it or save it, and name the file

    $ redress backtest --cases packed-otherwise.parquet --mapping ticket.yaml
    status 3
    --- stderr
    error[R0001]: `packed-otherwise.parquet`: the column `ticket` is packed as LZ4_RAW, which is not unpacked here
      = help: write the file with Snappy, Zstandard or gzip, or unpacked

    1 error
    error: no case of `packed-otherwise.parquet` can be read until this is mended

    $ redress backtest --cases tickets.parquet --mapping lists.yaml
    status 1
    --- stderr
    error[R0701]: the column `tags` holds lists, and a mapping reads single values
      --> lists.yaml:25:31
       |
    25 |   attributes.region: {column: tags}
       |                               ^^^^
       |
       = help: write it as one text, such as `a|b`, and read that with `split: "|"`

    1 error
    error: no case of `tickets.parquet` can be read until this is mended

    $ redress decide <
    status 3
    --- stderr
    error: what comes in over standard input is Parquet, which begins to be read at its end, so it has to be a file of its own that is not packed as a whole
      = help: unpack it or save it, and name the file
    "#);
}

/// What a file of results holds, row by row, as the JSON that the same run would have written.
fn rows(path: &Path) -> Vec<String> {
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let value = |field: &Field| match field {
        Field::Null => "null".to_owned(),
        Field::Str(text) => serde_json::Value::from(text.as_str()).to_string(),
        Field::Long(number) => number.to_string(),
        Field::Bool(flag) => flag.to_string(),
        Field::Date(days) => format!("day {days}"),
        Field::Decimal(exact) => {
            let unscaled = exact.data().iter().fold(0_i128, |number, byte| (number << 8) | i128::from(*byte));
            format!("{unscaled}e-{}", exact.scale())
        }
        other => other.to_string(),
    };
    let row = |row: parquet::record::Row| {
        row.get_column_iter().map(|(name, field)| format!("{name}={}", value(field))).collect::<Vec<_>>().join(" ")
    };
    reader.get_row_iter(None).unwrap().map(|each| row(each.unwrap())).collect()
}

#[test]
fn results_are_a_table_whose_amounts_are_exact() {
    let goodwill = "then: {amount: 30.00, kind: gesture, instrument: bill_credit}";
    let other = [("decisions/goodwill.yaml", goodwill, "then: {amount: 20.00, kind: gesture, instrument: bill_credit}")];
    let lines = [line("R-1", "our_error"), line("R-2", "no_error"), line("R-3", "our_error").replace("64.20 GBP", "1 JPY")];
    let stage = Stage::changed("parquet-results", &other).file("history.jsonl", &lines.join("\n"));
    let columns = "--columns case_id,line,received_on,outcome,currency,total,goodwill,second_person,faults,changed,delta";
    let run = format!("backtest --cases history.jsonl --policies old --candidate new {columns} -q");
    let said = stage.run(&format!("{run} --out out --results parquet"));
    assert!(said.starts_with("status 0"), "{said}");
    insta::assert_snapshot!(rows(&stage.directory.join("out/cases.parquet")).join("\n"), @r#"
    case_id="R-1" line=1 received_on=day 20514 outcome="uphold" candidate_outcome="uphold" currency="GBP" candidate_currency="GBP" total=892000e-4 candidate_total=842000e-4 goodwill=250000e-4 candidate_goodwill=200000e-4 second_person=false candidate_second_person=false faults=[] candidate_faults=[] changed=true delta=-50000e-4
    case_id="R-2" line=2 received_on=day 20514 outcome="reject" candidate_outcome="reject" currency="GBP" candidate_currency="GBP" total=0e-4 candidate_total=0e-4 goodwill=0e-4 candidate_goodwill=0e-4 second_person=false candidate_second_person=false faults=[] candidate_faults=[] changed=false delta=0e-4
    case_id="R-3" line=3 received_on=day 20514 outcome="uphold" candidate_outcome="uphold" currency="JPY" candidate_currency="JPY" total=260000e-4 candidate_total=210000e-4 goodwill=250000e-4 candidate_goodwill=200000e-4 second_person=false candidate_second_person=false faults=[] candidate_faults=[] changed=true delta=-50000e-4
    "#);
    let mut names: Vec<String> = fs::read_dir(stage.directory.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["cases.parquet", "rejects.jsonl", "report.html", "summary.json"]);
}

#[test]
fn a_run_into_a_table_is_gone_on_with() {
    let stage = Stage::empty("parquet-resume");
    let made = stage.run("generate cases --count 420 --seed 5 --out made.jsonl");
    assert!(made.starts_with("status 0"), "{made}");
    let text = fs::read_to_string(stage.directory.join("made.jsonl")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.insert(170, "{\"complaint\": 5}");
    let stage = stage.file("history.jsonl", &lines.join("\n"));
    let run = "backtest --cases history.jsonl --columns all --results parquet -q";
    let whole = stage.run(&format!("{run} --out whole"));
    let part = stage.run(&format!("{run} --out part --max-rejects 0"));
    assert!(part.starts_with("status 1"), "{part}");
    let so_far = rows(&stage.directory.join("part/cases.parquet"));
    let other = stage.run("backtest --cases history.jsonl --columns all --out part --resume");
    assert!(other.contains("the run in `part` was another one"), "{other}");
    assert_eq!(stage.run(&format!("{run} --out part --resume")), whole);
    let all = rows(&stage.directory.join("whole/cases.parquet"));
    assert_eq!(all.len(), 420);
    assert!(so_far.len() < 420 && all.starts_with(&so_far), "{}", so_far.len());
    assert_eq!(rows(&stage.directory.join("part/cases.parquet")), all);
    assert!(!stage.directory.join("part/cases.parts").exists() && !stage.directory.join("part/unfinished.json").exists());
}
