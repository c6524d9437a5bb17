//! Lists, and the two questions about what is not there.

use super::arguments::{at, known, list, text};
use crate::script::function::{Gives, HostFunction};
use crate::script::parameter::{Parameter, Takes};
use crate::value::{Brief, Fact, Kind, Trouble, Value, View, arithmetic};
use std::sync::Arc;

pub(super) fn functions() -> Vec<HostFunction> {
    let of = || Parameter::new("list", Takes::List);
    let x = || Parameter::new("x", Takes::Any);
    let summed = || vec![of(), Parameter::optional("from", Takes::Quantity)];
    vec![
        HostFunction::new("sum", summed(), sum_kind(), |_, values| sum(values))
            .about(
                "The sum of a list of amounts or numbers, from `from` where it is given; of an empty list nothing: money(0.00).",
            )
            .example("sum([1, 2.50])", "3.5")
            .adding_up()
            .over_items(sum_in_brief),
        HostFunction::new("total", summed(), sum_kind(), |_, values| sum(values))
            .about("The same as `sum`; reads better over the items of a decision.")
            .example("total([money(1), money(2.50)])", "3.50 USD")
            .adding_up()
            .over_items(sum_in_brief),
        HostFunction::new("count", vec![of()], Gives::Kind(Kind::Integer), |_, values| {
            known(i64::try_from(list(values, 0)?.len()).map_err(|_| Trouble::Overflow)?)
        })
        .about("How many items a list has.")
        .example("count([\"a\", \"b\"])", "2")
        .over_items(|items, _| i64::try_from(items.len()).map_or(Brief::LONG, Brief::of_integer)),
        HostFunction::new("contains", vec![Parameter::new("in", Takes::Any), x()], contains_kind(), |_, values| {
            match (at(values, 0)?, at(values, 1)?) {
                (Value::List(items), wanted) => {
                    for item in items.iter() {
                        if arithmetic::equal(item, wanted)? {
                            return known(true);
                        }
                    }
                    known(false)
                }
                (Value::Text(whole), Value::Text(_)) => known(whole.contains(text(values, 1)?)),
                (other, _) => Err(Trouble::Text(format!("{} contains nothing; only a list or a text does", other.kind()))),
            }
        })
        .about("Does the list hold the value, or the text the other text? `x in list` asks the same.")
        .example("contains([\"card\", \"loan\"], \"card\")", "true"),
        HostFunction::new("is_missing", vec![x()], Gives::Kind(Kind::Boolean), |_, _| known(false))
            .looking_at(Fact::Missing)
            .about("Does the case not speak of the fact?")
            .example("is_missing(rate(1, 0))", "true"),
        HostFunction::new("is_unknown", vec![x()], Gives::Kind(Kind::Boolean), |_, _| known(false))
            .looking_at(Fact::Unknown)
            .about("Is the fact given as unknown?")
            .example("is_unknown(rate(1, 0))", "false"),
    ]
}

fn sum(values: &[Value]) -> Result<Fact<Value>, Trouble> {
    let mut items = list(values, 0)?.iter();
    let start = match values.get(1) {
        Some(from) => Some(from),
        None => items.next(),
    };
    // Where the kind of the list is told, the caller adds the `from` that fits: nothing of that kind.
    let Some(start) = start else {
        return Err(Trouble::Text(
            "cannot tell what the sum of an empty list is; say where it begins, as in `sum(list, money(0.00))`".to_owned(),
        ));
    };
    let mut sum = start.clone();
    if values.get(1).is_none() && sum.as_decimal().is_none() && !matches!(sum, Value::Money(_)) {
        return Err(Trouble::Text(format!("cannot add up {}", sum.kind())));
    }
    for item in items {
        sum = arithmetic::add(&sum, item)?;
    }
    Ok(Fact::Known(sum))
}

/// The sum of a list from where it begins; long where that is not told.
fn sum_in_brief(items: &[Value], from: Option<Brief>) -> Brief {
    from.map_or(Brief::LONG, |from| items.iter().fold(from, |sum, item| sum.plus(View::from(item).into())))
}

fn sum_kind() -> Gives {
    Gives::Told(
        "number or money",
        Arc::new(|kinds| {
            let item = match kinds.first() {
                Some(Some(Kind::List(item))) => (**item).clone(),
                _ => return Ok(kinds.get(1).cloned().flatten().filter(|from| *from != Kind::Integer)),
            };
            match (&item, kinds.get(1)) {
                (Kind::Integer | Kind::Decimal | Kind::Money, None | Some(None)) => Ok(Some(item)),
                (Kind::Money, Some(Some(Kind::Money))) => Ok(Some(Kind::Money)),
                (Kind::Integer, Some(Some(Kind::Integer))) => Ok(Some(Kind::Integer)),
                (Kind::Integer | Kind::Decimal, Some(Some(Kind::Integer | Kind::Decimal))) => Ok(Some(Kind::Decimal)),
                (Kind::Integer | Kind::Decimal | Kind::Money, Some(Some(from))) => Err(format!("cannot add {from} and {item}")),
                _ => Err(format!("cannot add up {item}")),
            }
        }),
    )
}

fn contains_kind() -> Gives {
    Gives::Told(
        "boolean",
        Arc::new(|kinds| match kinds.first() {
            None | Some(None | Some(Kind::List(_) | Kind::Text)) => Ok(Some(Kind::Boolean)),
            Some(Some(other)) => Err(format!("{other} contains nothing; only a list or a text does")),
        }),
    )
}
