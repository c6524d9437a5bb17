//! Does a fact satisfy a cell?
//!
//! Every bound of a cell is looked at, whatever the others say: a meeting of two currencies must not depend on which
//! alternative happens to hold first.

use super::{Bound, Cell, Comparison, Condition, Interval};
use crate::value::{Currency, Decimal, Fact, Money, Place, Trouble, Value, View, arithmetic};
use std::borrow::Cow;
use std::cmp::Ordering;

/// What bounds mean for the case at hand: parameters vary with the policy date, bare amounts with the currency.
pub trait Bounds {
    /// The value of the parameter in that slot.
    ///
    /// # Errors
    /// When the parameter has no value for this case (no amount in its currency).
    fn param(&self, slot: usize) -> Result<Value, Trouble>;

    /// A bare amount in the currency that it means.
    ///
    /// # Errors
    /// When the case has no currency.
    fn bare(&self, amount: Decimal) -> Result<Money, Trouble>;

    /// The currency that a bare amount means, if there is one.
    fn bare_currency(&self) -> Option<Currency> {
        self.bare(Decimal::ZERO).ok().map(Money::currency)
    }
}

/// Where no cell has a parameter or a bare amount.
#[derive(Clone, Copy, Debug)]
pub struct NoBounds;

impl Bounds for NoBounds {
    fn param(&self, _slot: usize) -> Result<Value, Trouble> {
        Err(Trouble::Text("there are no parameters here".to_owned()))
    }

    fn bare(&self, amount: Decimal) -> Result<Money, Trouble> {
        Err(Trouble::Text(format!("`{amount}` has no currency here; write it as `{amount} USD`")))
    }
}

/// What a cell says about a fact that may be missing or unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// It would depend on a value that is missing or unknown, of which the cell does not speak.
    Open,
}

impl Cell {
    /// Does the fact satisfy this cell?
    ///
    /// A missing fact satisfies `any` and `missing`, an unknown one `any`, `present` and `unknown`, and neither satisfies
    /// a negation. Against a list a condition holds when some item satisfies it.
    ///
    /// # Errors
    /// Two currencies that meet, a parameter without a value, values that cannot be compared.
    pub fn holds(&self, fact: &Fact<Value>, bounds: &dyn Bounds) -> Result<bool, Trouble> {
        self.holds_of(fact.view(), bounds)
    }

    /// As [`Cell::holds`], of a borrowed fact.
    ///
    /// # Errors
    /// As for [`Cell::holds`].
    pub fn holds_of(&self, fact: Fact<View<'_>>, bounds: &dyn Bounds) -> Result<bool, Trouble> {
        let Self::OneOf(conditions) = self else { return Ok(true) };
        match fact {
            Fact::Missing => Ok(conditions.iter().any(|each| matches!(each, Condition::Missing))),
            Fact::Unknown => Ok(conditions.iter().any(|each| matches!(each, Condition::Present | Condition::Unknown))),
            Fact::Known(value) => any_holds(conditions, value, bounds),
        }
    }

    /// As [`Cell::holds`], but a missing or unknown fact leaves it open what a condition on the value would say.
    ///
    /// # Errors
    /// As for [`Cell::holds`].
    pub fn judge(&self, fact: Fact<View<'_>>, bounds: &dyn Bounds) -> Result<Judgement, Trouble> {
        let holds = self.holds_of(fact, bounds)?;
        Ok(match (holds, fact) {
            (true, _) => Judgement::Yes,
            (false, Fact::Missing | Fact::Unknown) if !self.conditions().iter().all(speaks_of_state_only) => Judgement::Open,
            (false, _) => Judgement::No,
        })
    }
}

/// Is it answered without the value? `not unknown` asks that the value be known, which a missing or unknown one is not.
fn speaks_of_state_only(condition: &Condition) -> bool {
    match condition {
        Condition::Missing | Condition::Present | Condition::Unknown => true,
        Condition::Not(conditions) => conditions.iter().all(speaks_of_state_only),
        Condition::Equal(_) | Condition::Compare(..) | Condition::Within(_) | Condition::Empty => false,
    }
}

fn any_holds(conditions: &[Condition], value: View<'_>, bounds: &dyn Bounds) -> Result<bool, Trouble> {
    let mut any = false;
    for condition in conditions {
        any |= condition_holds(condition, value, bounds)?;
    }
    Ok(any)
}

fn condition_holds(condition: &Condition, value: View<'_>, bounds: &dyn Bounds) -> Result<bool, Trouble> {
    match (condition, value) {
        (Condition::Present, View::List(items)) => Ok(!items.is_empty()),
        (Condition::Present, _) => Ok(true),
        (Condition::Empty, View::List(items)) => Ok(items.is_empty()),
        (Condition::Missing | Condition::Unknown | Condition::Empty, _) => Ok(false),
        (Condition::Not(conditions), _) => any_holds(conditions, value, bounds).map(|any| !any),
        (_, View::List(items)) => {
            let mut any = false;
            for item in items {
                any |= value_holds(condition, item.into(), bounds)?;
            }
            Ok(any)
        }
        _ => value_holds(condition, value, bounds),
    }
}

fn value_holds(condition: &Condition, value: View<'_>, bounds: &dyn Bounds) -> Result<bool, Trouble> {
    match condition {
        Condition::Equal(bound) => same(value, (&*resolve(bound, bounds)?).into()),
        Condition::Compare(comparison, bound) => compares(*comparison, value, bound, bounds),
        Condition::Within(Interval { from, from_included, to, to_included }) => {
            let lower = if *from_included { Comparison::AtLeast } else { Comparison::Over };
            let upper = if *to_included { Comparison::AtMost } else { Comparison::Under };
            let above = compares(lower, value, from, bounds)?;
            let below = compares(upper, value, to, bounds)?;
            Ok(above && below)
        }
        Condition::Not(_) | Condition::Missing | Condition::Present | Condition::Empty | Condition::Unknown => {
            condition_holds(condition, value, bounds)
        }
    }
}

fn compares(comparison: Comparison, value: View<'_>, bound: &Bound, bounds: &dyn Bounds) -> Result<bool, Trouble> {
    let order = arithmetic::compare(value, &*resolve(bound, bounds)?)?;
    Ok(match comparison {
        Comparison::AtLeast => order != Ordering::Less,
        Comparison::Over => order == Ordering::Greater,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::Under => order == Ordering::Less,
    })
}

/// Is the value the one of the bound? A place is when it lies in it.
fn same(value: View<'_>, bound: View<'_>) -> Result<bool, Trouble> {
    match (value, bound) {
        (View::Place(place), View::Place(wider)) => Ok(place.lies_in(wider)),
        (View::Place(place), View::Text(wider)) => Ok(place.lies_in(&Place::parse(wider)?)),
        _ => arithmetic::equal(value, bound),
    }
}

fn resolve<'a>(bound: &'a Bound, bounds: &dyn Bounds) -> Result<Cow<'a, Value>, Trouble> {
    match bound {
        Bound::Value(value) => Ok(Cow::Borrowed(value)),
        Bound::Amount(amount) => bounds.bare(*amount).map(|money| Cow::Owned(Value::Money(money))),
        Bound::Param { slot, .. } => bounds.param(*slot).map(Cow::Owned),
    }
}

impl Bound {
    /// Would comparing this value with the bound be refused?
    pub(crate) fn refuses(&self, value: View<'_>, by_order: bool, bounds: &dyn Bounds) -> bool {
        let met = resolve(self, bounds).and_then(|bound| {
            if by_order { arithmetic::compare(value, &*bound).map(|_| true) } else { same(value, (&*bound).into()) }
        });
        met.is_err()
    }
}
