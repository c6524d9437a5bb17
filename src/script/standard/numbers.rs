//! Numbers: the least and the most, roundings by name, rates.

use super::arguments::{at, decimal_or_money, integer, known, number, same_as_first, whole_or_money};
use crate::script::function::{Gives, HostFunction};
use crate::script::parameter::{Parameter, Takes};
use crate::value::{Brief, Currency, Decimal, Fact, Kind, Mode, Money, Rounding, Trouble, Value, arithmetic};
use std::cmp::Ordering;
use std::sync::Arc;

pub(super) fn functions() -> Vec<HostFunction> {
    let x = || Parameter::new("x", Takes::Quantity);
    let several = || vec![Parameter::repeated("values", Takes::Any)];
    let mut all = vec![
        HostFunction::new("min", several(), extreme_kind(), |_, values| extreme(values, Ordering::is_lt))
            .about("The least of several values, or of the values of one list; missing when the list is empty.")
            .example("min(3, 2.50)", "2.5")
            .in_brief(|_, values| extreme_in_brief(values, Ordering::is_lt)),
        HostFunction::new("max", several(), extreme_kind(), |_, values| extreme(values, Ordering::is_gt))
            .about("The most of several values, or of the values of one list; missing when the list is empty.")
            .example("max(money(3), money(2.50))", "3.00 USD")
            .in_brief(|_, values| extreme_in_brief(values, Ordering::is_gt)),
        HostFunction::new("abs", vec![x()], same_as_first(), |_, values| match at(values, 0)? {
            Value::Integer(number) => known(number.checked_abs().ok_or(Trouble::Overflow)?),
            Value::Money(money) => known(Money::new(money.amount().absolute(), money.currency())),
            _ => known(number(values, 0)?.absolute()),
        })
        .about("The value without its sign.")
        .example("abs(-2.50)", "2.5"),
        HostFunction::new(
            "rate",
            vec![Parameter::new("part", Takes::Quantity), Parameter::new("whole", Takes::Quantity)],
            rate_kind(),
            |_, values| {
                let (part, whole) = (at(values, 0)?, at(values, 1)?);
                let nothing = match whole {
                    Value::Money(money) => money.amount().is_zero(),
                    other => other.as_decimal().is_some_and(Decimal::is_zero),
                };
                if nothing { Ok(Fact::Missing) } else { arithmetic::divide(part, whole).map(Fact::Known) }
            },
        )
        .about("The first divided by the second, as a decimal; missing when the second is zero.")
        .example("rate(1, 4)", "0.25")
        .in_brief(|_, values| match values {
            [_, whole] if whole.amount().or(whole.number()).is_some_and(|whole| whole.mantissa == 0) => Brief::MISSING,
            [part, whole] => part.over(*whole),
            _ => Brief::LONG,
        }),
        HostFunction::new("floor", vec![x()], whole_or_money(), |_, values| whole_towards(values, true))
            .about("The next whole number below; of money, the next whole amount below.")
            .example("floor(2.75)", "2"),
        HostFunction::new("ceiling", vec![x()], whole_or_money(), |_, values| whole_towards(values, false))
            .about("The next whole number above; of money, the next whole amount above.")
            .example("ceiling(2.25)", "3"),
    ];
    all.extend([
        rounding(
            "round_half_even",
            Mode::HalfEven,
            "To the nearest, halves to the even neighbour.",
            "round_half_even(2.345, 2)",
            "2.34",
        ),
        rounding("round_half_up", Mode::HalfUp, "To the nearest, halves away from zero.", "round_half_up(2.345, 2)", "2.35"),
        rounding("round_down", Mode::Down, "Towards zero.", "round_down(money(2.345))", "2.34 USD"),
        rounding("round_up", Mode::Up, "Away from zero.", "round_up(2.341, 2)", "2.35"),
    ]);
    all.push(
        HostFunction::new(
            "round_down_to",
            vec![x(), Parameter::new("step", Takes::Quantity)],
            decimal_or_money(),
            |_, values| {
                let step = match (at(values, 0)?, at(values, 1)?) {
                    (Value::Money(amount), Value::Money(step)) => {
                        amount.compare(*step)?;
                        step.amount()
                    }
                    (_, Value::Money(_)) => {
                        return Err(Trouble::Text("a number cannot be rounded to a step of money".to_owned()));
                    }
                    _ => number(values, 1)?,
                };
                if step <= Decimal::ZERO {
                    return Err(Trouble::Text("a rounding step must be above zero".to_owned()));
                }
                round(at(values, 0)?, Rounding { mode: Mode::Down, step: Some(step) }, 0)
            },
        )
        .about("Towards zero, to a multiple of the step.")
        .example("round_down_to(money(37.50), 5)", "35.00 USD")
        .in_brief(|_, values| match values {
            [value, step] => value.down_to(*step),
            _ => Brief::LONG,
        }),
    );
    all.push(
        HostFunction::new("text", vec![Parameter::new("x", Takes::Any)], Gives::Kind(Kind::Text), |_, values| {
            known(Value::text(at(values, 0)?.to_string()))
        })
        .about("The value as it is printed.")
        .example("text(2.50)", "2.5"),
    );
    all
}

fn rounding(name: &'static str, mode: Mode, about: &'static str, example: &'static str, result: &'static str) -> HostFunction {
    let parameters = vec![Parameter::new("x", Takes::Quantity), Parameter::optional("digits", Takes::Whole)];
    HostFunction::new(name, parameters, decimal_or_money(), move |_, values| {
        let minor = match at(values, 0)? {
            Value::Money(money) => money.currency().digits(),
            _ => 0,
        };
        let digits = match values.get(1) {
            None => minor,
            Some(_) => u32::try_from(integer(values, 1)?)
                .ok()
                .filter(|digits| *digits <= crate::limits::DECIMAL_DIGITS_MAX)
                .ok_or_else(|| Trouble::Text("the digits to round to are a whole number from 0 to 28".to_owned()))?,
        };
        round(at(values, 0)?, Rounding { mode, step: None }, digits)
    })
    .about(about)
    .example(example, result)
    .in_brief(match mode {
        Mode::HalfEven => |_, values| rounded_in_brief(values, Mode::HalfEven),
        Mode::HalfUp => |_, values| rounded_in_brief(values, Mode::HalfUp),
        Mode::Down => |_, values| rounded_in_brief(values, Mode::Down),
        Mode::Up => |_, values| rounded_in_brief(values, Mode::Up),
    })
}

/// One value alone, rounded to the digits that its kind has.
fn rounded_in_brief(values: &[Brief], mode: Mode) -> Brief {
    let [value] = values else { return Brief::LONG };
    match (value.amount(), value.currency().and_then(Currency::of_mark)) {
        (Some(amount), Some(currency)) => {
            Brief::of_money(Money::new(mode.to_digits(amount.to_decimal(), currency.digits()), currency))
        }
        _ => value.number().map_or(Brief::LONG, |number| Brief::of_decimal_number(mode.to_digits(number.to_decimal(), 0))),
    }
}

fn round(value: &Value, rounding: Rounding, digits: u32) -> Result<Fact<Value>, Trouble> {
    match value {
        Value::Money(money) => known(Money::new(rounding.apply(money.amount(), digits)?, money.currency())),
        other => known(rounding.apply(other.as_decimal().unwrap_or_default(), digits)?),
    }
}

/// Down or up to a whole number, also below zero: the floor of -2.5 is -3.
fn whole_towards(values: &[Value], down: bool) -> Result<Fact<Value>, Trouble> {
    let value = at(values, 0)?;
    let exact = match value {
        Value::Money(money) => money.amount(),
        other => other.as_decimal().unwrap_or_default(),
    };
    let mode = if down == exact.is_negative() { Mode::Up } else { Mode::Down };
    let rounded = mode.to_digits(exact, 0);
    match value {
        Value::Money(money) => known(Money::new(rounded, money.currency())),
        _ => known(rounded.to_integer().ok_or(Trouble::Overflow)?),
    }
}

fn extreme_in_brief(values: &[Brief], better: fn(Ordering) -> bool) -> Brief {
    let Some((mut best, others)) = values.split_first().map(|(first, others)| (*first, others)) else { return Brief::LONG };
    if best.order(best).is_none() {
        return Brief::LONG;
    }
    for value in others {
        match value.order(best) {
            Some(order) if better(order) => best = *value,
            Some(_) => {}
            None => return Brief::LONG,
        }
    }
    // Whole numbers among decimals come out as decimals.
    match (best.integer(), values.iter().all(|value| value.integer().is_some())) {
        (Some(_), false) => best.fit(&Kind::Decimal),
        _ => best,
    }
}

fn rate_kind() -> Gives {
    Gives::Told(
        "decimal",
        Arc::new(|kinds| match kinds {
            [Some(part), Some(whole)] if (*part == Kind::Money) != (*whole == Kind::Money) => {
                Err(format!("a rate compares two numbers or two amounts, not {part} and {whole}"))
            }
            _ => Ok(Some(Kind::Decimal)),
        }),
    )
}

fn extreme(values: &[Value], better: fn(Ordering) -> bool) -> Result<Fact<Value>, Trouble> {
    let values = match values {
        [Value::List(items)] => items,
        several => several,
    };
    let Some((first, others)) = values.split_first() else { return Ok(Fact::Missing) };
    let mut best = first;
    // A single value is compared too, so that what has no order is refused however many there are.
    arithmetic::compare(first, first)?;
    let mut decimal = matches!(first, Value::Decimal(_));
    for value in others {
        decimal |= matches!(value, Value::Decimal(_));
        if better(arithmetic::compare(value, best)?) {
            best = value;
        }
    }
    // Whole numbers among decimals come out as decimals, as the kind of the result says.
    match best {
        Value::Integer(number) if decimal => known(Decimal::from(*number)),
        other => known(other.clone()),
    }
}

fn extreme_kind() -> Gives {
    Gives::Told(
        "the same",
        Arc::new(|kinds| {
            let items: Vec<Option<Kind>> = match kinds {
                [Some(Kind::List(item))] => vec![Some((**item).clone())],
                several => several.to_vec(),
            };
            let mut common: Option<Kind> = None;
            for kind in items {
                let Some(kind) = kind else { return Ok(None) };
                common = Some(match common {
                    None if kind.is_ordered() => kind,
                    None => return Err(format!("{kind} has no order")),
                    Some(before) if before == kind || (before == Kind::Decimal && kind == Kind::Integer) => before,
                    Some(Kind::Integer) if kind == Kind::Decimal => kind,
                    Some(before) => return Err(format!("cannot compare {before} and {kind}")),
                });
            }
            Ok(common)
        }),
    )
}
