//! Cells, under every kind of column, in YAML and in tables; then the matcher against what matching means.
//!
//! The first letter chooses the kind, the second the dialect. Each line is the cell of one rule of a table with one column.

use super::chosen;
use super::findings::{hold, lies_within};
use redress::rule::matcher::definition;
use redress::rule::{Bounds, Cell, CellNames, Dialect, Matcher, Row, RowDates};
use redress::text::{Diagnostics, Source, Span};
use redress::value::{
    Currency, Date, DateTime, Decimal, Duration, EnumKind, EnumValue, Fact, Kind, Money, Place, Trouble, Value, View,
};
use std::sync::{Arc, LazyLock};

/// A kind of column, and values of it that cells are asked about.
pub(super) struct Column {
    pub(super) kind: Kind,
    values: Vec<Value>,
}

pub(super) static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(columns);

fn columns() -> Vec<Column> {
    let column = |kind: Kind, values: Vec<Value>| Column { kind, values };
    let level = Arc::new(EnumKind::new(["low", "middle", "high"], true));
    let colour = Arc::new(EnumKind::new(["red", "green", "not paid", "any"], false));
    let level_of = |name: &str| Value::Enum(EnumValue::named(&level, name).unwrap());
    let colour_of = |name: &str| Value::Enum(EnumValue::named(&colour, name).unwrap());
    let decimal = |text: &str| Value::Decimal(Decimal::parse(text).unwrap());
    let money = |text: &str| Value::Money(Money::parse(text).unwrap());
    let list = |kind: Kind| Kind::List(Box::new(kind));
    vec![
        column(Kind::Boolean, vec![Value::Boolean(true), Value::Boolean(false)]),
        column(Kind::Integer, [0, 1, -1, 7, 100, i64::MAX, i64::MIN].map(Value::Integer).into()),
        column(Kind::Decimal, ["0", "0.15", "-0.5", "99999999999999.9999", "7"].map(decimal).into()),
        column(Kind::Money, ["0 USD", "10.00 USD", "10.01 USD", "-3.50 USD", "10.00 EUR"].map(money).into()),
        column(Kind::Text, ["", "a", "red, blue", "missing", "é"].map(Value::text).into()),
        column(Kind::Enum(level.clone()), ["low", "middle", "high"].map(level_of).into()),
        column(Kind::Enum(colour.clone()), ["red", "green", "not paid", "any"].map(colour_of).into()),
        column(
            Kind::Place,
            ["US", "US-VA", "GB", "EU"].iter().filter_map(|code| Place::parse(code).ok()).map(Value::Place).collect(),
        ),
        column(Kind::Date, ["2026-03-01", "2026-03-05", "1999-12-31"].map(|day| Value::Date(Date::parse(day).unwrap())).into()),
        column(
            Kind::DateTime,
            ["2026-03-01T00:00:00Z", "2026-03-05T10:00:00-05:00"].map(|at| Value::DateTime(DateTime::parse(at).unwrap())).into(),
        ),
        column(
            Kind::Duration,
            ["30 days", "2 hours", "1 day"].iter().filter_map(|text| Duration::parse(text).ok()).map(Value::Duration).collect(),
        ),
        column(list(Kind::Text), vec![Value::list([]), Value::list([Value::text("a"), Value::text("b")])]),
        column(list(Kind::Integer), vec![Value::list([]), Value::list([Value::Integer(7), Value::Integer(0)])]),
        column(list(Kind::Money), vec![Value::list([]), Value::list([money("10.00 USD"), money("1.00 EUR")])]),
        column(list(Kind::Enum(level.clone())), vec![Value::list([]), Value::list([level_of("low"), level_of("high")])]),
    ]
}

/// Parameters that cells may name.
struct Params;

const PARAMS: [(&str, Kind); 4] =
    [("params.count", Kind::Integer), ("params.share", Kind::Decimal), ("params.cap", Kind::Money), ("params.day", Kind::Date)];

impl CellNames for Params {
    fn param(&self, path: &str) -> Option<(usize, Kind)> {
        let slot = PARAMS.iter().position(|(name, _)| *name == path)?;
        Some((slot, PARAMS[slot].1.clone()))
    }
}

impl Bounds for Params {
    fn param(&self, slot: usize) -> Result<Value, Trouble> {
        Ok(match slot {
            0 => Value::Integer(7),
            1 => Value::Decimal(Decimal::parse("0.15")?),
            2 => Value::Money(Money::parse("10.00 USD")?),
            _ => Value::Date(Date::parse("2026-03-05")?),
        })
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        Ok(Money::new(amount, Currency::parse("USD")?))
    }
}

pub(super) fn run(text: &str) {
    let Some((column, rest)) = chosen(text) else { return };
    let Some((dialect, rest)) = chosen(rest) else { return };
    let column = &COLUMNS[column % COLUMNS.len()];
    let dialect = if dialect % 2 == 0 { Dialect::Table } else { Dialect::Yaml };
    let mut rows = Vec::new();
    for line in rest.lines().take(200) {
        match Cell::parse_text(line, &column.kind, dialect, &Params) {
            Ok(cell) => rows.push(Row { cells: vec![cell], dates: RowDates::default() }),
            Err(error) => {
                let source = Source::new("cell", line);
                lies_within(&source.place(error.span));
                let mut found = Diagnostics::new();
                found.push(error.at(&source.place(Span::new(0, line.len()))));
                hold(&found);
            }
        }
    }
    let matcher = Matcher::new(vec![column.kind.clone()], rows);
    let day = Date::parse("2026-03-05").unwrap();
    let known = column.values.iter().map(|value| Fact::Known(View::from(value)));
    for fact in known.chain([Fact::Missing, Fact::Unknown]) {
        let quick = matcher.matches(&[fact], day, &Params).map(Iterator::collect::<Vec<usize>>);
        let slow = definition::matches(&matcher, &[fact], day, &Params);
        match (quick, slow) {
            (Ok(quick), Ok(slow)) => assert_eq!(quick, slow, "{fact:?}"),
            (Err(quick), Err(slow)) => assert_eq!(quick.to_string(), slow.to_string(), "{fact:?}"),
            (quick, slow) => panic!("{fact:?}: the matcher says {quick:?}, the definition {slow:?}"),
        }
        let Ok(near) = matcher.near_misses(&[fact], day, &Params, 3) else { continue };
        assert!(near.len() <= 3 && near.iter().all(|row| row.failed == [0]));
    }
}
