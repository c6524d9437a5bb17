//! Numbers and amounts that are written down, so that they can be added up and compared before a case is there.

use crate::policy::literal::Literal;
use crate::rule::HitPolicy;
use crate::value::{Currency, Decimal, Fact, Value, arithmetic};
use std::cmp::Ordering;

/// A number or amount that is written down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) number: Decimal,
    pub(super) lane: Lane,
    pub(super) like: Literal,
}

/// What amounts are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    Number,
    Case,
    In(Currency),
}

impl Amount {
    pub(super) fn of(literal: &Literal) -> Option<Self> {
        let (number, lane) = match literal {
            Literal::Bare(number) | Literal::OfCase(number) => (*number, Lane::Case),
            Literal::Plain(Fact::Known(Value::Money(money)), _) => (money.amount(), Lane::In(money.currency())),
            Literal::Plain(Fact::Known(value), _) => (value.as_decimal()?, Lane::Number),
            Literal::Plain(..) => return None,
        };
        Some(Self { number, lane, like: literal.clone() })
    }

    pub(super) fn literal(&self) -> Literal {
        match (&self.like, self.lane) {
            (Literal::Plain(Fact::Known(Value::Integer(_)), _), _) => match self.number.to_integer() {
                Some(number) => Literal::plain(Fact::Known(Value::Integer(number))),
                None => Literal::plain(Fact::Known(Value::Decimal(self.number))),
            },
            (_, Lane::Case) => Literal::OfCase(self.number),
            (_, Lane::In(currency)) => Literal::plain(Fact::Known(crate::value::Money::new(self.number, currency).into())),
            (_, Lane::Number) => Literal::plain(Fact::Known(Value::Decimal(self.number))),
        }
    }

    pub(super) fn join(&self, hit: HitPolicy, other: &Self) -> Option<Self> {
        if self.lane != other.lane {
            return None;
        }
        let keep = match hit {
            HitPolicy::CollectMin => Ordering::Less,
            HitPolicy::CollectMax => Ordering::Greater,
            _ => {
                let sum = arithmetic::add(&Value::Decimal(self.number), &Value::Decimal(other.number)).ok()?;
                return Some(Self { number: sum.as_decimal()?, ..self.clone() });
            }
        };
        Some(if other.number.cmp(&self.number) == keep { other.clone() } else { self.clone() })
    }
}
