//! Values that are written down where a kind is declared.

use crate::value::{Currency, Decimal, Fact, Given, Money, Value, View};

/// A literal of a declared kind, as far as it can be known before a case is there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// The same for every case; missing where the author wrote `missing`.
    Plain(Fact<Value>),
    /// A bare amount, in the currency that it means.
    Bare(Decimal),
    /// An amount in the currency of the case.
    OfCase(Decimal),
}

impl Literal {
    /// What it is where a bare amount and the case have these currencies; nothing where its own is not known.
    #[inline]
    pub(crate) fn give(&self, bare: Option<Currency>, of_case: Option<Currency>) -> Option<Given<'_>> {
        let money = |amount: Decimal, currency: Option<Currency>| Some(View::Money(Money::new(amount, currency?)).into());
        match self {
            Self::Plain(fact) => Some(Given::of(fact)),
            Self::Bare(amount) => money(*amount, bare),
            Self::OfCase(amount) => money(*amount, of_case),
        }
    }
}
