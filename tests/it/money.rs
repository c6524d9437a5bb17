//! No binary floating point stands anywhere on the path of money: what is written comes out again, digit by digit.

use redress::case::{CaseFormat, read_case};
use redress::text::{Source, render_all};
use redress::value::{DateTime, Money};
use redress::{Case, Policy};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Amounts that a float cannot hold, the smallest unit of several currencies, and amounts of 28 digits.
const AMOUNTS: [&str; 12] = [
    "0.1 USD",
    "19.99 USD",
    "0.30 USD",
    "0.01 USD",
    "1 JPY",
    "0.001 KWD",
    "-0.07 USD",
    "9007199254740993.00 USD",
    "92233720368547758.07 USD",
    "12345678901234567890123456.78 USD",
    "99999999999999999999999999.99 USD",
    "9999999999999999999999999999 JPY",
];

/// The amount goes through a fact, a comparison of cells, an expression, a script, a plugin, a parameter, a literal of a rule, a cell of
/// a pipe table and one of a CSV file.
const BUNDLE: &str = "=== bundle.yaml
bundle: money
version: 1.0.0
currency: CUR
facts:
  input.sum: {type: money}
  attributes.sum: {type: money}
params:
  given: AMOUNT CUR
  by_currency: {CUR: AMOUNT}
  list: [AMOUNT CUR]
plugins:
  - {id: same, script: scripts/plugin.rhai, after: plugged, on_failure: refuse}
=== decisions/fact.yaml
decision: fact
outputs: {sum: {type: money, value: = input.sum}}
=== decisions/expression.yaml
decision: expression
outputs:
  sum: {type: money, value: = input.sum - money(ONE) - money(TWO) + money(THREE)}
  literal: {type: money, value: AMOUNT}
  bare: {type: money, value: = money(AMOUNT_POINT)}
  least: {type: money, value: '= min(input.sum, attributes.sum)'}
=== decisions/params_read.yaml
decision: params_read
outputs:
  given: {type: money, value: params.given}
  by_currency: {type: money, value: params.by_currency}
  listed: {type: money, value: '= params.list[0]'}
=== decisions/cell.yaml
decision: cell
hit: first
outputs: {sum: {type: money}}
rules:
  - {id: exact, when: {input.sum: AMOUNT}, then: {sum: AMOUNT}, because: The very amount.}
=== decisions/pipe.yaml
decision: pipe
hit: first
outputs: {sum: {type: money}}
table: |
  | input.sum | => sum | because |
  | AMOUNT    | AMOUNT | Pipe.   |
=== decisions/comma.yaml
decision: comma
hit: first
outputs: {sum: {type: money}}
table: comma.csv
=== decisions/comma.csv
input.sum,=> sum,because
AMOUNT,AMOUNT,CSV.
=== decisions/script.yaml
decision: script
script: scripts/script.rhai
on_failure: refuse
outputs: {sum: {type: money}, made: {type: money}, text: {type: text}}
=== scripts/script.rhai
fn script(facts, settings) {
    let sum = facts.input.sum;
    sum -= money(ONE) + money(TWO);
    sum += money(THREE);
    #{sum: sum, made: money(AMOUNT_POINT), text: `${facts.input.sum}`}
}
=== decisions/plugged.yaml
decision: plugged
outputs: {sum: {type: money, value: = input.sum}}
=== scripts/plugin.rhai
fn plugged(facts, draft, settings) {
    draft.sum = draft.sum - facts.attributes.sum + facts.input.sum;
    draft
}
";

fn policy(amount: &str, currency: &str) -> Policy {
    let point = if amount.contains('.') { amount.to_owned() } else { format!("{amount}.0") };
    // Tenths, which a float cannot hold; of a currency without minor units, whole ones.
    let [one, two, three] = if currency == "JPY" { ["1", "2", "3"] } else { ["0.10", "0.20", "0.30"] };
    let mut files: Vec<(String, String)> = Vec::new();
    for line in BUNDLE.lines() {
        match line.strip_prefix("=== ") {
            Some(path) => files.push((path.to_owned(), String::new())),
            None => {
                let line = line.replace("AMOUNT_POINT", &point).replace("AMOUNT", amount).replace("CUR", currency);
                let line = line.replace("ONE", one).replace("TWO", two).replace("THREE", three);
                let _ = writeln!(files.last_mut().unwrap().1, "{line}");
            }
        }
    }
    Policy::from_files(files).unwrap_or_else(|found| panic!("{amount}: {}", render_all(&found, false)))
}

fn read(text: &str, format: CaseFormat) -> Case {
    read_case(&Source::new("case", text), format).unwrap_or_else(|found| panic!("{}", render_all(&found, false)))
}

/// Every amount of a decision, as its JSON says it.
fn amounts(policy: &Policy, case: &Case) -> Vec<(String, String)> {
    let decision = crate::oracle::decide(policy, case, DateTime::parse("2026-03-05T00:00:00Z").unwrap()).unwrap();
    assert!(decision.faults.is_empty(), "{:?}", decision.faults);
    let json: serde_json::Value = serde_json::from_str(&decision.to_json_line()).unwrap();
    let mut found = Vec::new();
    for (name, part) in json["parts"].as_object().unwrap() {
        assert_eq!(part["status"], "decided", "{name}: {part}");
        for (output, value) in part["outputs"].as_object().unwrap() {
            let shown = match value {
                serde_json::Value::String(text) => text.clone(),
                money => format!("{} {}", money["amount"].as_str().unwrap(), money["currency"].as_str().unwrap()),
            };
            found.push((format!("{name}.{output}"), shown));
        }
    }
    found
}

#[test]
fn an_amount_comes_out_as_it_went_in() {
    let mut text = String::new();
    for written in AMOUNTS {
        let (amount, currency) = written.split_once(' ').unwrap();
        let policy = policy(amount, currency);
        let whole = format!(r#"{{"amount": "{amount}", "currency": "{currency}"}}"#);
        let cases = [
            read(&format!("{{input: {{sum: {written}}}, attributes: {{sum: {written}}}}}"), CaseFormat::Yaml),
            read(
                &format!("input:\n  sum: {{amount: {amount}, currency: {currency}}}\nattributes:\n  sum: '{written}'\n"),
                CaseFormat::Yaml,
            ),
            read(&format!(r#"{{"input": {{"sum": {whole}}}, "attributes": {{"sum": "{written}"}}}}"#), CaseFormat::Json),
        ];
        let shown = amounts(&policy, &cases[0]);
        for case in &cases {
            assert_eq!(amounts(&policy, case), shown, "{written}");
        }
        let expected = Money::parse(written).unwrap().to_string();
        for (name, value) in &shown {
            assert_eq!(*value, expected, "{name}");
        }
        let _ = writeln!(text, "{written} -> {expected}, {} times", shown.len());
    }
    insta::assert_snapshot!(text, @r"
    0.1 USD -> 0.10 USD, 15 times
    19.99 USD -> 19.99 USD, 15 times
    0.30 USD -> 0.30 USD, 15 times
    0.01 USD -> 0.01 USD, 15 times
    1 JPY -> 1 JPY, 15 times
    0.001 KWD -> 0.001 KWD, 15 times
    -0.07 USD -> -0.07 USD, 15 times
    9007199254740993.00 USD -> 9007199254740993.00 USD, 15 times
    92233720368547758.07 USD -> 92233720368547758.07 USD, 15 times
    12345678901234567890123456.78 USD -> 12345678901234567890123456.78 USD, 15 times
    99999999999999999999999999.99 USD -> 99999999999999999999999999.99 USD, 15 times
    9999999999999999999999999999 JPY -> 9999999999999999999999999999 JPY, 15 times
    ");
}

#[test]
fn tenths_add_up() {
    let bundle = "=== bundle.yaml
bundle: money
version: 1.0.0
currency: USD
facts: {input.sums: {type: list of money}, input.sum: {type: money}}
=== decisions/d.yaml
decision: d
outputs:
  total: {type: money, value: = total(input.sums)}
  ten_tenths: {type: boolean, value: = total(input.sums) == input.sum}
  rate: {type: decimal, value: '= rate(input.sum, money(3))'}
  thirds: {type: list of money, value: '= instalments(input.sum, 3)'}
";
    let policy = Policy::from_files(bundle.split("=== ").skip(1).map(|file| file.split_once('\n').unwrap())).unwrap();
    let case = read(
        "input: {sum: 1.00 USD, sums: [0.1 USD, 0.1 USD, 0.1 USD, 0.1 USD, 0.1 USD, 0.1 USD, 0.1 USD, 0.1 USD, 0.1 USD, 0.1 USD]}",
        CaseFormat::Yaml,
    );
    let decision = crate::oracle::decide(&policy, &case, DateTime::parse("2026-03-05T00:00:00Z").unwrap()).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&decision.parts[0]).unwrap(), @r#"
    {
      "status": "decided",
      "rules": [
        "value"
      ],
      "outputs": {
        "total": {
          "amount": "1.00",
          "currency": "USD"
        },
        "ten_tenths": true,
        "rate": "0.3333333333333333333333333333",
        "thirds": [
          {
            "amount": "0.33",
            "currency": "USD"
          },
          {
            "amount": "0.33",
            "currency": "USD"
          },
          {
            "amount": "0.34",
            "currency": "USD"
          }
        ]
      },
      "because": ""
    }
    "#);
}

/// More digits than an amount can hold are refused where they are read; a sum that would need them is a fault.
#[test]
fn what_does_not_fit_is_never_rounded_in_silence() {
    let mut text = String::new();
    for amount in
        ["0.12345678901234567890123456789", "79228162514264337593543950336", "1e3", "0x10", "1_000", "NaN", "1.", ".5", "+1"]
    {
        let _ = writeln!(
            text,
            "{}",
            Money::parse(&format!("{amount} USD")).map_or_else(|trouble| trouble.to_string(), |money| money.to_string())
        );
    }
    insta::assert_snapshot!(text, @r"
    `0.12345678901234567890123456789` has more than 28 digits, which cannot be kept exactly
    `79228162514264337593543950336` has more than 28 digits, which cannot be kept exactly
    `1e3` is not a number
    `0x10` is not a number
    `1_000` is not a number
    `NaN` is not a number
    `1.` is not a number
    `.5` is not a number
    1.00 USD
    ");
}

#[cfg(feature = "history")]
#[test]
fn an_amount_of_a_history_comes_out_as_it_went_in() {
    use redress::history::{CsvCases, Mapping};
    let mapping = "mapping: money
currency: USD
facts:
  complaint.case_id: {column: id}
  complaint.received_at: {column: day}
  complaint.language: {constant: en, because: One country}
  complaint.jurisdiction: {constant: US-VA, because: One country}
  customer.customer_id: {column: id}
  dispute.reason_code: {constant: OTHER, because: One kind}
  dispute.disputed_amount: {column: amount}
";
    let mapping =
        Mapping::read(&Source::new("mapping.yaml", mapping)).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    let amounts: Vec<&str> =
        AMOUNTS.iter().filter_map(|written| written.strip_suffix(" USD")).filter(|amount| !amount.starts_with('-')).collect();
    let mut csv = "id,day,amount\n".to_owned();
    for (at, amount) in amounts.iter().enumerate() {
        let _ = writeln!(csv, "D-{at},2026-03-02,{amount}");
    }
    let cases =
        CsvCases::open(csv.as_bytes(), "cases.csv", &mapping).unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
    for (case, amount) in cases.zip(&amounts) {
        let case = case.unwrap_or_else(|found| panic!("{}", render_all(&found, false)));
        let expected = Money::parse(&format!("{amount} USD")).unwrap();
        assert_eq!(case.dispute.disputed_amount.known(), Some(&expected));
        assert_eq!(case.to_json()["dispute"]["disputed_amount"]["amount"], expected.amount_text());
    }
}

/// Files that may name a float, and why.
const NAMES_FLOATS: [(&str, &str); 5] = [
    ("src/backtest/chart/bars.rs", "places in a picture"),
    ("src/backtest/chart/curve.rs", "places in a picture"),
    ("src/backtest/chart/scale.rs", "what an amount is in a picture, once everything is counted"),
    ("src/text/json_line.rs", "serde asks every format how it writes them; serde_json does"),
    ("src/text/json_line/tests.rs", "that the two write the same"),
];

#[test]
fn no_source_file_names_a_float() {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_string_lossy().replace('\\', "/");
            if NAMES_FLOATS.iter().any(|(allowed, _)| name == *allowed) || !name.ends_with(".rs") {
                continue;
            }
            for (at, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
                let code = line.split("//").next().unwrap_or("");
                if code
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .any(|word| matches!(word, "f64" | "f32" | "as_f64" | "as_f32"))
                {
                    found.push(format!("{name}:{}: {}", at + 1, line.trim()));
                }
            }
        }
    }
    found.sort();
    assert!(found.is_empty(), "a float may not stand on the path of money:\n{}", found.join("\n"));
}
