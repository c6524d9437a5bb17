//! What operators mean between values. Expressions and scripts share these, so that both give the same answers.

use super::data::Value;
use super::decimal::Decimal;
use super::kind::{EnumKind, Kind};
use super::trouble::Trouble;
use super::view::View;
use std::cmp::Ordering;
use std::sync::Arc;

fn kinds(action: &'static str, left: View<'_>, right: View<'_>) -> Trouble {
    Trouble::kinds(action, &left.kind(), &right.kind())
}

/// `left + right`: numbers, money of one currency, texts, lists.
///
/// # Errors
/// Kinds that do not fit, two currencies, a sum that does not fit.
pub fn add<'a>(left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<Value, Trouble> {
    let (left, right) = (left.into(), right.into());
    match (left, right) {
        (View::Integer(a), View::Integer(b)) => a.checked_add(b).map(Value::Integer).ok_or(Trouble::Overflow),
        (View::Money(a), View::Money(b)) => a.plus(b).map(Value::Money),
        (View::Text(a), View::Text(b)) => Ok(Value::text(format!("{a}{b}"))),
        (View::List(a), View::List(b)) => Ok(Value::list(a.iter().chain(b.iter()).cloned())),
        (View::DateTime(a), View::Duration(b)) => a.plus(b).map(Value::DateTime),
        _ => numbers("add", left, right, Decimal::plus),
    }
}

/// `left - right`: numbers, money of one currency.
///
/// # Errors
/// As for `add`.
pub fn subtract<'a>(left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<Value, Trouble> {
    let (left, right) = (left.into(), right.into());
    match (left, right) {
        (View::Integer(a), View::Integer(b)) => a.checked_sub(b).map(Value::Integer).ok_or(Trouble::Overflow),
        (View::Money(a), View::Money(b)) => a.minus(b).map(Value::Money),
        _ => numbers("subtract", left, right, Decimal::minus),
    }
}

/// `left * right`: numbers, or money and a number.
///
/// # Errors
/// As for `add`.
pub fn multiply<'a>(left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<Value, Trouble> {
    let (left, right) = (left.into(), right.into());
    match (left, right) {
        (View::Integer(a), View::Integer(b)) => a.checked_mul(b).map(Value::Integer).ok_or(Trouble::Overflow),
        (View::Money(money), factor) | (factor, View::Money(money)) => match factor.as_decimal() {
            Some(factor) => money.times(factor).map(Value::Money),
            None => Err(kinds("multiply", left, right)),
        },
        _ => numbers("multiply", left, right, Decimal::times),
    }
}

/// `left / right`: numbers (whole numbers divide exactly: 10 / 4 is 2.5), money by a number, money by money.
///
/// # Errors
/// As for `add`, and division by zero.
pub fn divide<'a>(left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<Value, Trouble> {
    let (left, right) = (left.into(), right.into());
    match (left, right) {
        (View::Money(a), View::Money(b)) => a.ratio(b).map(Value::Decimal),
        (View::Money(money), divisor) => match divisor.as_decimal() {
            Some(divisor) => money.divided_by(divisor).map(Value::Money),
            None => Err(kinds("divide", left, right)),
        },
        _ => numbers("divide", left, right, Decimal::divided_by),
    }
}

/// `left % right`: numbers.
///
/// # Errors
/// As for `divide`.
pub fn remainder<'a>(left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<Value, Trouble> {
    let (left, right) = (left.into(), right.into());
    match (left, right) {
        (View::Integer(_), View::Integer(0)) => Err(Trouble::DivisionByZero),
        (View::Integer(a), View::Integer(b)) => a.checked_rem(b).map(Value::Integer).ok_or(Trouble::Overflow),
        _ => numbers("divide", left, right, Decimal::remainder),
    }
}

/// `-value`: numbers and money.
///
/// # Errors
/// Another kind, or a number that does not fit.
pub fn negate<'a>(value: impl Into<View<'a>>) -> Result<Value, Trouble> {
    match value.into() {
        View::Integer(number) => number.checked_neg().map(Value::Integer).ok_or(Trouble::Overflow),
        View::Decimal(number) => Ok(Value::Decimal(number.negated())),
        View::Money(money) => money.times(Decimal::from(-1)).map(Value::Money),
        other => Err(Trouble::Text(format!("cannot turn the sign of {}", other.kind()))),
    }
}

fn numbers(
    action: &'static str,
    left: View<'_>,
    right: View<'_>,
    operate: impl FnOnce(Decimal, Decimal) -> Result<Decimal, Trouble>,
) -> Result<Value, Trouble> {
    match (left.as_decimal(), right.as_decimal()) {
        (Some(a), Some(b)) => operate(a, b).map(Value::Decimal),
        _ => Err(kinds(action, left, right)),
    }
}

/// Are the two equal? Unlike kinds are an error, not a silent no; a name compares with an enum value or a place by its text.
///
/// # Errors
/// Kinds that cannot be equal, a name that the enum does not have, two currencies.
pub fn equal<'a>(left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<bool, Trouble> {
    let (left, right) = (left.into(), right.into());
    match (left, right) {
        (View::Boolean(a), View::Boolean(b)) => Ok(a == b),
        (View::Text(a), View::Text(b)) => Ok(a == b),
        (View::Enum(a, at), View::Enum(b, other)) => {
            Ok(if Arc::ptr_eq(a, b) { at == other } else { a.name(at) == b.name(other) })
        }
        (View::Enum(kind, at), View::Text(name)) | (View::Text(name), View::Enum(kind, at)) => {
            named(kind, name).map(|position| position == at)
        }
        (View::Place(a), View::Place(b)) => Ok(a == b),
        (View::Place(place), View::Text(code)) | (View::Text(code), View::Place(place)) => Ok(place.code() == code),
        (View::List(a), View::List(b)) => {
            if a.len() != b.len() {
                return Ok(false);
            }
            for (a, b) in a.iter().zip(b.iter()) {
                if !equal(a, b)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (View::Record(a), View::Record(b)) => Ok(a == b),
        _ => compare(left, right).map(Ordering::is_eq),
    }
}

/// Which is more? Numbers, money of one currency, days, instants, durations, ordered enum values.
///
/// # Errors
/// Kinds that have no order between them, two currencies.
pub fn compare<'a>(left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<Ordering, Trouble> {
    let (left, right) = (left.into(), right.into());
    match (left, right) {
        (View::Integer(a), View::Integer(b)) => Ok(a.cmp(&b)),
        (View::Money(a), View::Money(b)) => a.compare(b),
        (View::Date(a), View::Date(b)) => Ok(a.cmp(&b)),
        (View::DateTime(a), View::DateTime(b)) => Ok(a.cmp(&b)),
        (View::Duration(a), View::Duration(b)) => Ok(a.cmp(&b)),
        (View::Enum(a, at), View::Enum(b, other)) if a.ordered && (Arc::ptr_eq(a, b) || a == b) => Ok(at.cmp(&other)),
        (View::Enum(kind, at), View::Text(name)) if kind.ordered => named(kind, name).map(|position| at.cmp(&position)),
        (View::Text(name), View::Enum(kind, at)) if kind.ordered => named(kind, name).map(|position| position.cmp(&at)),
        _ => match (left.as_decimal(), right.as_decimal()) {
            (Some(a), Some(b)) => Ok(a.cmp(&b)),
            _ => Err(kinds("compare", left, right)),
        },
    }
}

fn named(kind: &Arc<EnumKind>, name: &str) -> Result<u16, Trouble> {
    kind.position(name).ok_or_else(|| Trouble::Text(format!("`{name}` is not {}", Kind::Enum(kind.clone()))))
}

#[cfg(test)]
mod tests;
