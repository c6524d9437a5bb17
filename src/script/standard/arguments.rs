//! Reading arguments whose kinds have been checked.

use crate::script::function::Gives;
use crate::script::parameter::whole;
use crate::value::{Date, Decimal, Fact, Kind, Money, Trouble, Value};
use std::sync::Arc;

type Given<T> = Result<T, Trouble>;

/// Only reached by a body that asks for another kind than its parameters take.
fn unfit(wanted: &str) -> Trouble {
    Trouble::Text(format!("an argument is not {wanted}"))
}

pub(super) fn at(arguments: &[Value], index: usize) -> Given<&Value> {
    arguments.get(index).ok_or_else(|| Trouble::Text("an argument is left out".to_owned()))
}

pub(super) fn integer(arguments: &[Value], index: usize) -> Given<i64> {
    whole(at(arguments, index)?).ok_or_else(|| unfit("a whole number"))
}

pub(super) fn number(arguments: &[Value], index: usize) -> Given<Decimal> {
    at(arguments, index)?.as_decimal().ok_or_else(|| unfit("a number"))
}

pub(super) fn money(arguments: &[Value], index: usize) -> Given<Money> {
    match at(arguments, index)? {
        Value::Money(money) => Ok(*money),
        _ => Err(unfit("an amount of money")),
    }
}

pub(super) fn date(arguments: &[Value], index: usize) -> Given<Date> {
    match at(arguments, index)? {
        Value::Date(date) => Ok(*date),
        _ => Err(unfit("a date")),
    }
}

pub(super) fn list(arguments: &[Value], index: usize) -> Given<&[Value]> {
    match at(arguments, index)? {
        Value::List(items) => Ok(items),
        _ => Err(unfit("a list")),
    }
}

pub(super) fn text(arguments: &[Value], index: usize) -> Given<&str> {
    at(arguments, index)?.as_name().ok_or_else(|| unfit("text"))
}

/// A result that is there.
#[expect(clippy::unnecessary_wraps, reason = "the last step of a body, whose result may fail")]
pub(super) fn known(value: impl Into<Value>) -> Given<Fact<Value>> {
    Ok(Fact::Known(value.into()))
}

/// The kind of the first argument.
pub(super) fn same_as_first() -> Gives {
    Gives::Told("the same", Arc::new(|kinds| Ok(kinds.first().cloned().flatten())))
}

/// A whole number for a number, money for money.
pub(super) fn whole_or_money() -> Gives {
    Gives::Told(
        "integer or money",
        Arc::new(|kinds| {
            Ok(kinds.first().cloned().flatten().map(|kind| if kind == Kind::Money { Kind::Money } else { Kind::Integer }))
        }),
    )
}

/// A decimal for a number, money for money.
pub(super) fn decimal_or_money() -> Gives {
    Gives::Told(
        "decimal or money",
        Arc::new(|kinds| {
            Ok(kinds.first().cloned().flatten().map(|kind| if kind == Kind::Money { Kind::Money } else { Kind::Decimal }))
        }),
    )
}
