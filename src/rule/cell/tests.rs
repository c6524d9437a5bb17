//! What cells mean, and what is said about those that mean nothing.

use super::*;
use crate::text::{Diagnostics, Source, yaml};
use crate::value::{Currency, EnumKind, Fact, Money, Trouble};

fn kind(word: &str) -> Kind {
    match word {
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "decimal" => Kind::Decimal,
        "money" => Kind::Money,
        "text" => Kind::Text,
        "tier" => Kind::Enum(Arc::new(EnumKind::new(["standard", "silver", "gold"], false))),
        "severity" => Kind::Enum(Arc::new(EnumKind::new(["trivial", "minor", "moderate", "severe"], true))),
        "place" => Kind::Place,
        "date" => Kind::Date,
        "datetime" => Kind::DateTime,
        "duration" => Kind::Duration,
        _ => Kind::List(Box::new(kind(word.strip_prefix("list of ").unwrap()))),
    }
}

struct Params;

impl CellNames for Params {
    fn param(&self, path: &str) -> Option<(usize, Kind)> {
        match path {
            "params.small_claim.tolerance" => Some((0, Kind::Money)),
            "params.small_claim.max_per_12m" => Some((1, Kind::Integer)),
            "params.best" => Some((2, Kind::Text)),
            _ => None,
        }
    }

    fn nearest_param(&self, path: &str) -> Option<String> {
        crate::text::nearest::nearest(path, ["params.small_claim.tolerance"]).map(str::to_owned)
    }
}

struct Dollars;

impl Bounds for Dollars {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        match slot {
            0 => Money::parse("90.00 USD").map(Value::Money),
            1 => Ok(Value::Integer(2)),
            _ => Ok(Value::text("gold")),
        }
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        Ok(Money::new(amount, Currency::parse("USD")?))
    }
}

fn lines(dialect: Dialect, cells: &[(&str, &[&str])]) -> String {
    let mut out = String::new();
    for (word, texts) in cells {
        out += &format!("{word}\n");
        for text in *texts {
            match Cell::parse_text(text, &kind(word), dialect, &Params) {
                Ok(cell) => {
                    out += &format!("  {text} -> {cell}\n");
                    let again = Cell::parse_text(&cell.describe(), &kind(word), Dialect::Table, &Params);
                    assert_eq!(again, Ok(cell), "{text}");
                }
                Err(error) => {
                    let at = text.get(error.span.start..error.span.end).unwrap();
                    out += &format!("  {text} -> {} at `{at}`: {}\n", error.code, error.message);
                    if let Some(help) = error.help {
                        out += &format!("    help: {help}\n");
                    }
                }
            }
        }
    }
    out
}

#[test]
fn tables_speak_in_words_and_symbols() {
    let shown = lines(Dialect::Table, &[
        ("boolean", &["true", "FALSE", "any", "-", "not true", "unknown", "true, missing"]),
        ("integer", &["12", "-3", "010", ">= 100", "at least 100", "over 5", "<5", "10 to 50", "[10..50]", "[10..50)", "( 10 .. 50 ]", "1, 2, missing", "!= 3", "not (1, 2)", "not at least 5", "at least 10 and under 50", "< 50 and > 10", "<= params.small_claim.max_per_12m", "not unknown"]),
        ("decimal", &["0.10", "1.5 to 2.25"]),
        ("money", &["<= 100", "100 USD", "100 to 200 USD", "at most params.small_claim.tolerance", "(0..25]", "> 10.50 EUR"]),
        ("text", &["hello", "two words", "\"at least 5\"", "Paris to London", "\"a, b\", c", "not (a, b)", "O'Brien", "\"\"", "12", "\"say \\\"no\\\" \\\\\"", "a.b", "params.best"]),
        ("tier", &["gold", "gold, silver, missing", "!= gold", "not (gold, silver)", "\"gold\"", "present"]),
        ("severity", &["at least minor", "> minor", "minor to moderate", "under severe"]),
        ("place", &["US", "US-VA, EU", "not EU"]),
        ("date", &["2026-04-08", "before 2026-01-01", "on or after 2026-01-01", "at least 2026-01-01", "2026-01-01 to 2026-03-31", "after 2026-01-01 and before 2026-02-01"]),
        ("datetime", &[">= 2026-03-02T14:30:00Z", "before 2026-03-02T09:30:00-05:00"]),
        ("duration", &["at least 24 hours", "10 to 20 days", "10 days to 3 weeks"]),
        ("list of tier", &["gold", "not gold", "empty", "present", "not empty", "gold, empty"]),
        ("list of money", &["> 100"]),
    ]);
    insta::assert_snapshot!(shown, @"");
}

#[test]
fn mistakes_in_tables_are_explained() {
    let shown = lines(Dialect::Table, &[
        ("boolean", &["", "yes", "ture", "> true", "true, false", "empty", "not (true, false)", "any, true"]),
        ("integer", &["abc", "30.5", "1,000", "1, , 2", "60 to 10", "(5..5)", "(5..6)", "[10..]", "10..50", "> 30, <= 60", ">= 60, < 30", "more than 5", "≥ 5", "=> 5", "== 5", "= a + b", "at least", "over 5 and over 6", "over 5 and 6", "over 9 and under 10", "5, any", "before 5", "10%", "customer.limit", "missing, present", "not missing", "not present", "not not 5", "not any", "not 5, 6", "Missing", "[10, 20]", "1e3", "99999999999999999999999999999", "99999999999999999999", "params.small_claim.tolerance", "params.small_claim.tolerence", "params.nothing"]),
        ("decimal", &["12,50", "10%", "> 0.5, <= 0.9", "at least 1, under 1"]),
        ("money", &["$100", "100 usd", "100 case", "100 USD, 90 EUR", "100 EUR to 200 USD", "> 30, <= 60", "100 USD 5", "1,000.00"]),
        ("text", &["at least 5", "\"open", "\"a\" b", "Any", "not", "not a, a", "not a, not b", "empty", "not a, b"]),
        ("tier", &["goldd", "Gold", "at least gold", "standard, silver, gold", "gold, goldd", "mising", "(gold, silver)", "not gold, silver", "not (gold, silver), standard", "gold or silver"]),
        ("severity", &["over severe", "under trivial", "at least trivial", "moderate to minor", "not (trivial to severe)", "at most minor, over minor"]),
        ("place", &["us", "United States", "over US", "EU-US"]),
        ("date", &["2026-02-30", "05/03/2026", "2026-03-02T14:30:00Z", "(2026-01-01..2026-01-02)", "after 2026-01-31, before 2026-03-01", "before 2026-01-01, after 2026-01-31"]),
        ("datetime", &["before 2026-03-05", "2026-03-02T09:30:00"]),
        ("duration", &["10", "at least ten days"]),
        ("list of boolean", &["true, false"]),
        ("list of tier", &["not gold, not silver", "present, missing, empty"]),
    ]);
    insta::assert_snapshot!(shown, @"");
}

#[test]
fn yaml_wants_the_words() {
    let shown = lines(Dialect::Yaml, &[
        ("integer", &["at least 100", ">= 100", "!= 5", "10..50", "[10..50)", "(10..50]", "-", "", "1, 2", "not (1, 2)", "> x", "at least 10 and under 50"]),
        ("text", &["Smith, John", "\"at least 5\"", "at least 5", "missing", "Missing", "> 5", "!= a"]),
        ("tier", &["!= gold", "gold, silver", "any"]),
        ("date", &[">= 2026-01-01"]),
    ]);
    insta::assert_snapshot!(shown, @"");
}

#[test]
fn yaml_nodes_are_read_whole() {
    let text = "\
a: [gold, silver, missing]
b: {not: [gold, silver]}
c: 'gold'
d: '\"gold\"'
e: {not: gold}
f: [gold, {not: [silver]}]
g: [goldd, [silver], '', any]
h: {nott: gold}
i: {not: [gold, not silver]}
j: []
k:
l: [standard, silver, gold]
m: {not: [standard, silver, gold]}
n: \"goldd\"
o: {not: []}
p: [any]
q: {not: [goldd, silverr]}
r: {a: 1, b: 2}
s: 'not goldd'
t: [unknown]
u: [gold, silver]
";
    let source = Source::new("rules.yaml", text);
    let mut out = Diagnostics::new();
    let tree = yaml::parse(&source, &mut out).unwrap();
    assert!(out.is_empty(), "{out:?}");
    let mut shown = String::new();
    for entry in tree.as_map().unwrap() {
        let mut out = Diagnostics::new();
        let cell = Cell::parse_node(&entry.value, &source, &kind("tier"), &Params, &mut out);
        if let Some(cell) = cell {
            shown += &format!("{}: {cell}\n", entry.key.text);
        }
        for found in &out {
            let place = found.place.as_ref().unwrap();
            shown += &format!("{}: {} {place} `{}` {}\n", entry.key.text, found.code, source.slice(place.span), found.message);
            if let Some(help) = &found.help {
                shown += &format!("    help: {help}\n");
            }
        }
    }
    insta::assert_snapshot!(shown, @"");
}

fn fact(word: &str, text: &str) -> Fact<Value> {
    match text {
        "missing" => Fact::Missing,
        "unknown" => Fact::Unknown,
        _ => match kind(word) {
            Kind::List(item) => Fact::Known(Value::list(
                text.split_whitespace()
                    .filter(|text| *text != "[]")
                    .map(|text| literal::value(text, &item, crate::text::Span::default()).unwrap()),
            )),
            kind => Fact::Known(literal::value(text, &kind, crate::text::Span::default()).unwrap()),
        },
    }
}

#[test]
fn truth_of_every_kind_of_fact() {
    let table: &[(&str, &[&str], &[&str])] = &[
        ("tier", &["any", "gold", "not gold", "missing", "present", "unknown", "gold, missing", "not unknown", "params.best", "not (gold, missing)"], &["gold", "silver", "missing", "unknown"]),
        ("list of tier", &["gold", "not gold", "empty", "present", "missing", "not empty", "gold, empty"], &["gold silver", "silver", "[]", "missing", "unknown"]),
        ("money", &["at most 100", "at most params.small_claim.tolerance", "100 EUR", "not 100 EUR, missing"], &["90 USD", "100 EUR", "missing", "unknown"]),
        ("place", &["US", "EU", "not US-VA"], &["US-VA", "US", "ES", "EU-ES", "unknown"]),
        ("severity", &["at least moderate", "trivial to minor"], &["minor", "severe", "missing"]),
        ("integer", &["at least 10 and under 50", "not (1, over 5)"], &["10", "50", "1", "2"]),
    ];
    let mut shown = String::new();
    for (word, cells, facts) in table {
        for text in *cells {
            let cell = Cell::parse_text(text, &kind(word), Dialect::Table, &Params).unwrap();
            let answers: Vec<String> = facts
                .iter()
                .map(|text| {
                    let fact = fact(word, text);
                    let judgement = match cell.judge(&fact, &Dollars) {
                        Ok(judgement) => format!("{judgement:?}").to_lowercase(),
                        Err(trouble) => trouble.to_string(),
                    };
                    if let (Ok(holds), true) = (cell.holds(&fact, &Dollars), judgement.len() < 5) {
                        assert_eq!(holds, judgement == "yes");
                    }
                    format!("{text}: {judgement}")
                })
                .collect();
            shown += &format!("{text}   {}\n", answers.join("; "));
        }
    }
    insta::assert_snapshot!(shown, @"");
}

#[test]
fn a_refusal_says_what_was_asked() {
    let at_most = Cell::parse_text("<= 100", &Kind::Money, Dialect::Table, &Params).unwrap();
    let not_gold = Cell::parse_text("not gold", &kind("list of tier"), Dialect::Table, &Params).unwrap();
    let shown = [
        at_most.refusal("totals.credit", &fact("money", "120.00 USD")),
        at_most.refusal("totals.credit", &Fact::Missing),
        at_most.refusal("totals.credit", &Fact::Unknown),
        not_gold.refusal("customer.tiers", &fact("list of tier", "gold silver")),
        not_gold.refusal("customer.tiers", &fact("list of tier", "[]")),
    ];
    insta::assert_snapshot!(shown.join("\n"), @"");
}
