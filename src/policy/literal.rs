//! Values that are written down where a kind is declared.

use crate::value::{Brief, Currency, Decimal, Fact, Given, Money, Units, Value, View};

/// A literal of a declared kind, as far as it can be known before a case is there.
#[derive(Clone, Debug)]
pub(crate) enum Literal {
    /// The same for every case; missing where the author wrote `missing`. Beside it the same in brief.
    Plain(Fact<Value>, Brief),
    /// A bare amount, in the currency that it means.
    Bare(Decimal),
    /// An amount in the currency of the case.
    OfCase(Decimal),
}

impl PartialEq for Literal {
    /// By what they say: the brief of a name tells it only within one policy.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plain(one, _), Self::Plain(another, _)) => one == another,
            (Self::Bare(one), Self::Bare(another)) | (Self::OfCase(one), Self::OfCase(another)) => one == another,
            _ => false,
        }
    }
}

impl Literal {
    /// A literal that is the same for every case.
    pub(crate) fn plain(fact: Fact<Value>) -> Self {
        let brief = fact.view().into();
        Self::Plain(fact, brief)
    }

    /// Keeps a long value among those that are written down, so that an output is set to it by its number.
    pub(crate) fn keep_written(&mut self, written: &mut Vec<Value>) {
        if let Self::Plain(Fact::Known(value), brief) = self
            && brief.is_long()
        {
            *brief = Brief::written(written.len());
            written.push(value.clone());
        }
    }

    /// What it is where a bare amount and the case have these currencies; nothing where its own is not known.
    #[inline]
    pub(crate) fn give(&self, bare: Option<Currency>, of_case: Option<Currency>) -> Option<Given<'_>> {
        let money = |amount: Decimal, currency: Option<Currency>| Some(View::Money(Money::new(amount, currency?)).into());
        match self {
            Self::Plain(fact, _) => Some(Given::of(fact)),
            Self::Bare(amount) => money(*amount, bare),
            Self::OfCase(amount) => money(*amount, of_case),
        }
    }

    /// The same in brief, where the mark of a bare amount's currency is at hand.
    #[inline]
    pub(crate) fn brief(&self, bare: u32, of_case: Option<Currency>) -> Brief {
        let amount = |amount: &Decimal, mark: u32| match Units::of(*amount) {
            Some(units) if mark != 0 => Brief::of_amount(units, mark),
            _ => Brief::LONG,
        };
        match self {
            Self::Plain(_, brief) => *brief,
            Self::Bare(number) => amount(number, bare),
            Self::OfCase(number) => amount(number, of_case.map_or(0, Currency::mark)),
        }
    }
}
