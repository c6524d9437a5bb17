//! Values to try for a fact: those at and beside the bounds of a cell, the members of a list, what is usual for a kind.

use crate::rule::{Bound, Bounds, Cell, Condition};
use crate::value::{Currency, Date, DateTime, Decimal, Duration, EnumValue, Fact, Kind, Money, Place, Value};
use serde_json::{Map, Value as Json};

/// What values depend on besides their kind.
pub(super) struct Usual<'a> {
    pub(super) bounds: &'a dyn Bounds,
    pub(super) currency: Currency,
    pub(super) day: Date,
    pub(super) time: DateTime,
    /// Places that the policy speaks of, and a few others.
    pub(super) places: &'a [Place],
}

/// One day, as a length of time in seconds.
const DAY_SECONDS: i64 = 86_400;

impl Usual<'_> {
    /// Values that satisfy a cell, the most natural first.
    pub(super) fn satisfying(&self, cell: &Cell, kind: &Kind) -> Vec<Fact<Value>> {
        let mut found = self.around(cell, kind);
        found.retain(|fact| cell.holds(fact, self.bounds) == Ok(true));
        found
    }

    /// Values that do not.
    pub(super) fn refusing(&self, cell: &Cell, kind: &Kind) -> Vec<Fact<Value>> {
        let mut found = self.around(cell, kind);
        found.retain(|fact| cell.holds(fact, self.bounds) == Ok(false));
        found
    }

    /// Values at and beside the bounds of a cell, then those that are usual for the kind, then nothing and `unknown`.
    pub(super) fn around(&self, cell: &Cell, kind: &Kind) -> Vec<Fact<Value>> {
        let mut values: Vec<Value> = Vec::new();
        cell.each_bound(&mut |bound, _| {
            let Some(value) = self.value(bound, kind) else { return };
            values.push(value.clone());
            values.extend(beside(&value));
        });
        values.extend(self.usual(kind));
        if let Kind::List(item) = kind {
            let one = values.into_iter().map(|value| if matches!(value, Value::List(_)) { value } else { Value::list([value]) });
            values = one.collect();
            values.push(Value::list([]));
            values.extend(self.usual(item).into_iter().map(|value| Value::list([value])));
        }
        let mut found: Vec<Fact<Value>> = Vec::new();
        let states: Vec<Fact<Value>> = vec![Fact::Missing, Fact::Unknown];
        // A cell that speaks of nothing else means it.
        let stateful = cell.conditions().iter().all(|each| matches!(each, Condition::Missing | Condition::Unknown));
        let known = values.into_iter().map(Fact::Known);
        let all: Vec<Fact<Value>> =
            if stateful && !cell.is_any() { states.into_iter().chain(known).collect() } else { known.chain(states).collect() };
        for fact in all {
            if !found.contains(&fact) {
                found.push(fact);
            }
        }
        found
    }

    /// What a bound means here, as a value of a kind.
    pub(super) fn value(&self, bound: &Bound, kind: &Kind) -> Option<Value> {
        let value = match bound {
            Bound::Value(value) => value.clone(),
            Bound::Amount(amount) => Value::Money(self.bounds.bare(*amount).ok()?),
            Bound::Param { slot, .. } => self.bounds.param(*slot).ok()?,
        };
        let item = if let Kind::List(item) = kind { item } else { kind };
        Some(match (value, item) {
            (Value::Text(text), Kind::Place) => Value::Place(Place::parse(&text).ok()?),
            (Value::Text(text), Kind::Enum(kind)) => Value::Enum(EnumValue::named(kind, &text)?),
            (Value::Decimal(number), Kind::Integer) => Value::Integer(number.to_integer()?),
            (value, _) => value,
        })
    }

    /// A few values of a kind.
    pub(super) fn usual(&self, kind: &Kind) -> Vec<Value> {
        let decimal = |mantissa, scale| Decimal::new(mantissa, scale);
        match kind {
            Kind::Boolean => vec![Value::Boolean(true), Value::Boolean(false)],
            Kind::Integer => [1, 0, 2, 3, 5, 12, 30, 100].map(Value::Integer).to_vec(),
            Kind::Decimal => [(5, 1), (0, 0), (1, 0), (9, 1), (1, 1)].map(|(m, s)| Value::Decimal(decimal(m, s))).to_vec(),
            Kind::Money => [100, 0, 20, 400, 1_000, 10_000, 100_000]
                .map(|amount| Value::Money(Money::new(decimal(amount, 0), self.currency)))
                .to_vec(),
            Kind::Text => vec![Value::text("a text")],
            Kind::Enum(names) => {
                let positions = 0..u16::try_from(names.names.len()).unwrap_or(u16::MAX);
                positions.filter_map(|at| EnumValue::at(names, at)).map(Value::Enum).collect()
            }
            Kind::Place => self.places.iter().copied().map(Value::Place).collect(),
            Kind::Date => [0, -1, -7, -35, -100, -400, 7, 35]
                .into_iter()
                .filter_map(|days| self.day.plus_days(days).ok())
                .map(Value::Date)
                .collect(),
            Kind::DateTime => [0, -1, -7, -35, -100, 7]
                .into_iter()
                .filter_map(|days: i64| self.time.plus(Duration::from_seconds(days * DAY_SECONDS)).ok())
                .map(Value::DateTime)
                .collect(),
            Kind::Duration => [1, 30].map(|days| Value::Duration(Duration::from_seconds(days * DAY_SECONDS))).to_vec(),
            Kind::List(_) | Kind::Record(_) => Vec::new(),
        }
    }

    /// Something of a kind, as it is written: a record has one value in each of its fields.
    pub(super) fn written(&self, kind: &Kind) -> Option<Json> {
        match kind {
            Kind::Record(record) => {
                let fields = record.fields.iter().filter_map(|field| Some((field.name.to_string(), self.written(&field.kind)?)));
                Some(Json::Object(fields.collect::<Map<String, Json>>()))
            }
            Kind::List(item) => Some(Json::Array(vec![self.written(item)?])),
            kind => self.usual(kind).first().map(json_of),
        }
    }
}

/// The values next to one, below and above.
pub(crate) fn beside(value: &Value) -> Vec<Value> {
    let parted = |number: Decimal, step: Decimal| [number.plus(step), number.minus(step)].into_iter().flatten();
    match value {
        Value::Integer(number) => vec![Value::Integer(number.saturating_add(1)), Value::Integer(number.saturating_sub(1))],
        Value::Decimal(number) => parted(*number, Decimal::new(1, 2)).map(Value::Decimal).collect(),
        Value::Money(money) => {
            let steps = [Decimal::new(1, 0), Decimal::new(1, money.currency().digits())];
            let amounts = steps.into_iter().flat_map(|step| parted(money.amount(), step));
            amounts.map(|amount| Value::Money(Money::new(amount, money.currency()))).collect()
        }
        Value::Date(date) => [date.plus_days(1), date.plus_days(-1)].into_iter().flatten().map(Value::Date).collect(),
        Value::DateTime(time) => {
            let days = [DAY_SECONDS, -DAY_SECONDS].map(Duration::from_seconds);
            days.into_iter().filter_map(|day| time.plus(day).ok()).map(Value::DateTime).collect()
        }
        Value::Duration(length) => {
            let lengths = [length.seconds() + DAY_SECONDS, length.seconds() - DAY_SECONDS];
            lengths.map(|seconds| Value::Duration(Duration::from_seconds(seconds))).to_vec()
        }
        _ => Vec::new(),
    }
}

/// A value as it is written in a case.
pub(crate) fn json_of(value: &Value) -> Json {
    // Writing a value into memory has nothing that could fail.
    serde_json::to_value(value).unwrap_or(Json::Null)
}

/// A fact as it is written in a case: nothing where it is missing.
pub(super) fn written_fact(fact: &Fact<Value>) -> Option<Json> {
    match fact {
        Fact::Missing => None,
        Fact::Unknown => Some(Json::String("unknown".to_owned())),
        Fact::Known(value) => Some(json_of(value)),
    }
}

/// The number that a value is, if it is one.
pub(super) fn number_of(value: &Value) -> Option<Decimal> {
    match value {
        Value::Integer(number) => Some(Decimal::new(*number, 0)),
        Value::Decimal(number) => Some(*number),
        Value::Money(money) => Some(money.amount()),
        _ => None,
    }
}
