//! Money.

use super::arguments::{integer, known, money, number, text};
use crate::script::function::{Gives, HostFunction};
use crate::script::parameter::{Parameter, Takes};
use crate::value::{Brief, Currency, Kind, Money, Value};

pub(super) fn functions() -> Vec<HostFunction> {
    let amount = || Parameter::new("amount", Takes::Kind(Kind::Money));
    vec![
        HostFunction::new(
            "money",
            vec![Parameter::new("amount", Takes::Number), Parameter::optional("currency", Takes::Kind(Kind::Text))],
            Gives::Kind(Kind::Money),
            |context, values| {
                let currency = match values.get(1) {
                    None => context.bare_currency()?,
                    Some(_) => Currency::parse(text(values, 1)?)?,
                };
                known(Money::new(number(values, 0)?, currency))
            },
        )
        .about("An amount of money: in the currency that a bare amount means, or in the one that is named.")
        .example("money(64.20, \"EUR\")", "64.20 EUR")
        .in_brief(|bare, values| match values {
            [amount] if bare != 0 => amount.number().map_or(Brief::LONG, |amount| Brief::of_amount(amount, bare)),
            _ => Brief::LONG,
        }),
        HostFunction::new("amount", vec![amount()], Gives::Kind(Kind::Decimal), |_, values| known(money(values, 0)?.amount()))
            .about("The number of an amount of money, without its currency.")
            .example("amount(money(64.20))", "64.2"),
        HostFunction::new("currency", vec![amount()], Gives::Kind(Kind::Text), |_, values| {
            known(Value::text(money(values, 0)?.currency().code()))
        })
        .about("The currency code of an amount of money.")
        .example("currency(money(64.20))", "USD"),
        HostFunction::new(
            "instalments",
            vec![Parameter::new("total", Takes::Kind(Kind::Money)), Parameter::new("count", Takes::Whole)],
            Gives::Kind(Kind::List(Box::new(Kind::Money))),
            |_, values| known(Value::list(money(values, 0)?.instalments(integer(values, 1)?)?.into_iter().map(Value::Money))),
        )
        .about("The amount in equal parts of whole minor units that add up to it; the remainder falls on the last.")
        .example("instalments(money(100), 3)", "[33.33 USD, 33.33 USD, 33.34 USD]"),
    ]
}
