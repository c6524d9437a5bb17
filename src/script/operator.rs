//! The operators, for expressions and for scripts alike: one meaning in both.

use crate::value::{Kind, Trouble, Value, View, arithmetic};
use std::cmp::Ordering;

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Operator {
    pub(crate) const ALL: [Self; 11] = [
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Remainder,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::AtMost,
        Self::More,
        Self::AtLeast,
    ];

    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// The symbol of `left op= right`, for the operators that compute.
    pub(crate) fn assigning(self) -> Option<&'static str> {
        match self {
            Self::Add => Some("+="),
            Self::Subtract => Some("-="),
            Self::Multiply => Some("*="),
            Self::Divide => Some("/="),
            Self::Remainder => Some("%="),
            _ => None,
        }
    }

    pub(crate) fn of_symbol(symbol: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.symbol() == symbol)
    }

    pub(crate) fn apply<'a>(self, left: impl Into<View<'a>>, right: impl Into<View<'a>>) -> Result<Value, Trouble> {
        let (left, right): (View<'a>, View<'a>) = (left.into(), right.into());
        let order = |holds: fn(Ordering) -> bool| arithmetic::compare(left, right).map(|order| Value::Boolean(holds(order)));
        match self {
            Self::Add => arithmetic::add(left, right),
            Self::Subtract => arithmetic::subtract(left, right),
            Self::Multiply => arithmetic::multiply(left, right),
            Self::Divide => arithmetic::divide(left, right),
            Self::Remainder => arithmetic::remainder(left, right),
            Self::Equal => arithmetic::equal(left, right).map(Value::Boolean),
            Self::NotEqual => arithmetic::equal(left, right).map(|equal| Value::Boolean(!equal)),
            Self::Less => order(Ordering::is_lt),
            Self::AtMost => order(Ordering::is_le),
            Self::More => order(Ordering::is_gt),
            Self::AtLeast => order(Ordering::is_ge),
        }
    }

    /// The kind of the result, `None` where it cannot be told; an error where the two can never fit.
    pub(crate) fn kind(self, left: Option<&Kind>, right: Option<&Kind>) -> Result<Option<Kind>, Trouble> {
        match self {
            Self::Equal | Self::NotEqual => {
                if let (Some(left), Some(right)) = (left, right)
                    && !may_equal(left, right)
                {
                    return Err(Trouble::kinds("compare", left, right));
                }
                Ok(Some(Kind::Boolean))
            }
            Self::Less | Self::AtMost | Self::More | Self::AtLeast => {
                if let (Some(left), Some(right)) = (left, right)
                    && !may_order(left, right)
                {
                    return Err(Trouble::kinds("compare", left, right));
                }
                Ok(Some(Kind::Boolean))
            }
            _ => match (left, right) {
                (Some(left), Some(right)) => self.computed(left, right).map(Some),
                _ => Ok(None),
            },
        }
    }

    fn computed(self, left: &Kind, right: &Kind) -> Result<Kind, Trouble> {
        use Kind::{DateTime, Decimal, Duration, Integer, List, Money, Text};
        let action = match self {
            Self::Subtract => "subtract",
            Self::Multiply => "multiply",
            Self::Divide | Self::Remainder => "divide",
            _ => "add",
        };
        Ok(match (self, left, right) {
            (Self::Add, Text, Text) => Text,
            (Self::Add, List(a), List(b)) if a.takes(b) => List(a.clone()),
            (Self::Add, List(a), List(b)) if b.takes(a) => List(b.clone()),
            (Self::Add, DateTime, Duration) => DateTime,
            (Self::Add | Self::Subtract, Money, Money)
            | (Self::Multiply | Self::Divide, Money, Integer | Decimal)
            | (Self::Multiply, Integer | Decimal, Money) => Money,
            (Self::Add | Self::Subtract | Self::Multiply | Self::Remainder, Integer, Integer) => Integer,
            (Self::Divide, Money, Money) | (_, Integer | Decimal, Integer | Decimal) => Decimal,
            _ => return Err(Trouble::kinds(action, left, right)),
        })
    }
}

/// The kind of `-value`, an error where it has none.
pub(crate) fn negated(kind: Option<&Kind>) -> Result<Option<Kind>, Trouble> {
    match kind {
        None => Ok(None),
        Some(kind @ (Kind::Integer | Kind::Decimal | Kind::Money)) => Ok(Some(kind.clone())),
        Some(other) => Err(Trouble::Text(format!("cannot turn the sign of {other}"))),
    }
}

fn may_equal(left: &Kind, right: &Kind) -> bool {
    match (left, right) {
        (Kind::Enum(a), Kind::Enum(b)) => a.names.iter().any(|name| b.names.contains(name)),
        (Kind::Enum(_) | Kind::Place, Kind::Text) | (Kind::Text, Kind::Enum(_) | Kind::Place) => true,
        (Kind::List(a), Kind::List(b)) => may_equal(a, b),
        (a, b) => a == b || (a.is_number() && b.is_number()),
    }
}

fn may_order(left: &Kind, right: &Kind) -> bool {
    match (left, right) {
        (Kind::Enum(a), Kind::Enum(b)) => a.ordered && a == b,
        (Kind::Enum(kind), Kind::Text) | (Kind::Text, Kind::Enum(kind)) => kind.ordered,
        (a, b) => (a.is_number() && b.is_number()) || (a == b && a.is_ordered()),
    }
}
