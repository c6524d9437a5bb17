//! Values that are written down where a kind is declared.

use crate::value::{Decimal, Fact, Value};

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
