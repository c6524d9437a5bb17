//! What becomes of the values that something may have: fitted to a kind, limited, rounded.

use crate::policy::compiled::Output;
use crate::script::coerce;
use crate::value::{Currency, Decimal, Kind, Known, Mode, Money, Possible, Range, Rounding, Value, arithmetic, choices};
use std::cmp::Ordering;

/// As its declared kind has it.
pub(super) fn fitting(possible: Possible, kind: &Kind) -> Possible {
    let Known::Among(values) = possible.known else { return possible };
    let fit = values.into_iter().filter_map(|value| coerce(value, kind).ok()).collect();
    Possible { known: Known::Among(fit), ..possible }
}

/// Nothing, of the kind of an output.
fn zero(output: &Output, currency: Option<Currency>) -> Option<Value> {
    Some(match output.kind {
        Kind::Money => Value::Money(Money::zero(currency?)),
        Kind::Integer => Value::Integer(0),
        _ => Value::Decimal(Decimal::ZERO),
    })
}

/// The limit that a guardrail sets: in whole minor units, a cap never below zero; a cap that is absent allows nothing, a floor that is
/// absent leaves its decision undecided.
pub(super) fn limit(at: &Possible, is_floor: bool, output: &Output, currency: Option<Currency>) -> Possible {
    let Some(zero) = zero(output, currency) else { return Possible::anything() };
    let mode = if is_floor { Mode::Up } else { Mode::Down };
    let step = |value: &Value| match value {
        Value::Money(money) => {
            let mode = if money.amount().is_negative() { Mode::Down } else { mode };
            money.rounded(Rounding { mode, step: None }).ok().map(Value::Money)
        }
        other => Some(other.clone()),
    };
    let absent = at.missing || at.unknown;
    let known = each(at, &step);
    let known = Possible { missing: false, unknown: false, known };
    if is_floor {
        return known;
    }
    let known = if known.is_never_known() { known } else { extreme(&known, &Possible::among(vec![zero.clone()]), true) };
    if absent { known.or(Possible::among(vec![zero])) } else { known }
}

/// The greater of two, or the lesser. Where the first is absent, a floor puts the second there, and a cap nothing.
pub(super) fn extreme(given: &Possible, limit: &Possible, greater: bool) -> Possible {
    let absent = given.missing || given.unknown;
    let pick = |one: &Value, other: &Value| {
        let order = arithmetic::compare(one, other).ok()?;
        Some(if (order == Ordering::Less) == greater { other.clone() } else { one.clone() })
    };
    let known = |possible: &Possible| Possible { missing: false, unknown: false, ..possible.clone() };
    let (one, other) = (known(given), known(limit));
    let picked = if one.is_never_known() || other.is_never_known() {
        Possible::nothing()
    } else if let Some(pairs) = choices(&[one.clone(), other.clone()]) {
        let values = pairs.iter().filter_map(|pair| if let [one, other] = pair.as_slice() { pick(one, other) } else { None });
        values.map(|value| Possible::among(vec![value])).fold(Possible::nothing(), Possible::or)
    } else {
        match (one.range(), other.range()) {
            (Some(one), Some(other)) if one.currency == other.currency => {
                let ends = |one: Option<Decimal>, other: Option<Decimal>, open_low: bool| match (one, other) {
                    (Some(one), Some(other)) => Some(if greater { one.max(other) } else { one.min(other) }),
                    // An end that is not bounded bounds nothing, or leaves the bound to the other.
                    (only, None) | (None, only) if open_low == greater => only,
                    _ => None,
                };
                Possible::between(Range {
                    low: ends(one.low, other.low, true),
                    high: ends(one.high, other.high, false),
                    currency: one.currency,
                })
            }
            _ => Possible { known: Known::Any, ..Possible::nothing() },
        }
    };
    if !absent {
        return picked;
    }
    if greater {
        picked.or(other)
    } else {
        picked.or(Possible { missing: given.missing, unknown: given.unknown, ..Possible::nothing() })
    }
}

/// Every value put through a function that never changes which of two is more.
fn each(possible: &Possible, by: &dyn Fn(&Value) -> Option<Value>) -> Known {
    match &possible.known {
        Known::Any => Known::Any,
        Known::Among(values) => values.iter().map(by).collect::<Option<Vec<_>>>().map_or(Known::Any, Known::Among),
        Known::Between(range) => {
            let end = |number: Decimal| {
                let currency = range.currency;
                let value = currency.map_or(Value::Decimal(number), |currency| Value::Money(Money::new(number, currency)));
                by(&value).and_then(|value| Range::of(&value)?.low)
            };
            Known::Between(Range { low: range.low.and_then(end), high: range.high.and_then(end), ..*range })
        }
    }
}

/// What rounding makes of it.
pub(super) fn rounded(possible: &Possible, output: &Output) -> Possible {
    let round = |value: &Value| match (value, output.round) {
        (Value::Money(money), rounding) => money.rounded(rounding.unwrap_or_default()).ok().map(Value::Money),
        (Value::Decimal(number), Some(rounding)) => rounding.apply(*number, 0).ok().map(Value::Decimal),
        (other, _) => Some(other.clone()),
    };
    Possible { known: each(possible, &round), ..possible.clone() }
}
