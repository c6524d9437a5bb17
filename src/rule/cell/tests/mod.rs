//! What cells mean, and what is said about those that mean nothing.

#![allow(clippy::format_push_string, clippy::too_many_lines, reason = "long lists of texts, read as documents")]

mod mistakes;
mod nodes;
mod scales;
mod truth;
mod words;

use super::*;
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
