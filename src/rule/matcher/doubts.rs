//! What a comparison in a column might refuse. While nothing is refused, every cell of the column has an answer, and the
//! index may give it without looking at the others.

use super::Column;
use crate::rule::cell::scale::Scale;
use crate::rule::cell::{Bound, Bounds};
use crate::value::{Brief, Currency, Kind, Value, View};

/// For which values every comparison has an answer, as far as that is told without asking the doubts one by one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Clear {
    Always,
    /// For money in the currency with that mark, where one is named, and, where bounds have no currency, in what they mean.
    In {
        named: u32,
        bare: bool,
    },
    /// Not told.
    Never,
}

/// The mark of no currency.
pub(super) const NO_CURRENCY: u32 = 0;

impl Clear {
    /// Is it told for this value, where bounds without a currency mean the one of the mark `bare_means`?
    #[inline]
    pub(super) fn holds_for(self, value: Brief, bare_means: u32) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::In { named, bare } => value
                .currency()
                .is_none_or(|currency| (named == NO_CURRENCY || named == currency) && (!bare || bare_means == currency)),
        }
    }

    /// The one currency in which everything is told, whatever bounds without a currency mean.
    pub(super) fn currency(self) -> Option<Currency> {
        match self {
            Self::In { named, bare: false } => Currency::of_mark(named),
            _ => None,
        }
    }

    /// Is everything told of every value?
    pub(super) fn is_always(self) -> bool {
        matches!(self, Self::Always)
    }

    /// Has it to be known what bounds without a currency mean?
    pub(super) fn asks_for_bare(self) -> bool {
        matches!(self, Self::In { bare: true, .. })
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Doubts {
    /// The currencies of the column's amounts.
    currencies: Vec<Currency>,
    /// Is there an amount without a currency?
    bare: bool,
    /// Other bounds to try (parameters, values of another kind), and whether by order.
    bounds: Vec<(Bound, bool)>,
}

impl Doubts {
    /// The doubts of a column; none where every comparison has an answer.
    pub(super) fn of(column: &Column, scale: &Scale) -> Option<Box<Self>> {
        let doubts = Self::collect(column, scale);
        let is_certain = doubts.currencies.is_empty() && !doubts.bare && doubts.bounds.is_empty();
        (!is_certain).then(|| Box::new(doubts))
    }

    fn collect(column: &Column, scale: &Scale) -> Self {
        let mut doubts = Self::default();
        let item = if let Kind::List(item) = &column.kind { item } else { &column.kind };
        let is_money = *item == Kind::Money;
        for cell in &column.cells {
            cell.each_bound(&mut |bound, by_order| match bound {
                Bound::Value(Value::Money(money)) if is_money => doubts.currencies.push(money.currency()),
                Bound::Amount(_) if is_money => doubts.bare = true,
                bound if matches!(bound, Bound::Amount(_)) || scale.doubts(bound, by_order) => {
                    let doubt = (bound.clone(), by_order);
                    if !doubts.bounds.contains(&doubt) {
                        doubts.bounds.push(doubt);
                    }
                }
                _ => {}
            });
        }
        doubts.currencies.sort_unstable();
        doubts.currencies.dedup();
        doubts
    }

    /// See there.
    pub(super) fn told(&self) -> Clear {
        match self.currencies.as_slice() {
            [] if self.bounds.is_empty() => Clear::In { named: NO_CURRENCY, bare: self.bare },
            [currency] if self.bounds.is_empty() => Clear::In { named: currency.mark(), bare: self.bare },
            _ => Clear::Never,
        }
    }

    /// Will no bound of the column be refused against this value?
    #[inline]
    pub(super) fn clear(&self, value: View<'_>, bounds: &dyn Bounds) -> bool {
        match value {
            View::List(items) => items.iter().all(|item| self.item_clear(item.into(), bounds)),
            value => self.item_clear(value, bounds),
        }
    }

    fn item_clear(&self, value: View<'_>, bounds: &dyn Bounds) -> bool {
        if let View::Money(money) = value {
            let currency = money.currency();
            if self.currencies.iter().any(|other| *other != currency) {
                return false;
            }
            if self.bare && bounds.bare_currency() != Some(currency) {
                return false;
            }
        }
        !self.bounds.iter().any(|(bound, by_order)| bound.refuses(value, *by_order, bounds))
    }
}
