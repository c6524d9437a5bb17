//! What can go wrong between values.

use super::kind::Kind;
use thiserror::Error;

/// Why values could not be combined or read. The texts are shown to policy authors.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Trouble {
    /// Two amounts in different currencies.
    #[error("an amount in {left} meets an amount in {right}; money never changes currency silently")]
    Currency {
        /// Code of the left currency.
        left: String,
        /// Code of the right currency.
        right: String,
    },
    /// Values whose kinds do not fit.
    #[error("cannot {action} {left} and {right}")]
    Kinds {
        /// What was tried: `add`, `compare` ...
        action: &'static str,
        /// Kind of the left value, in words.
        left: String,
        /// Kind of the right value, in words.
        right: String,
    },
    /// A result that does not fit.
    #[error("the result has more digits than a number can hold")]
    Overflow,
    /// A division by zero.
    #[error("division by zero")]
    DivisionByZero,
    /// Text that is not what it should be.
    #[error("{0}")]
    Text(String),
}

impl Trouble {
    pub(crate) fn kinds(action: &'static str, left: &Kind, right: &Kind) -> Self {
        Self::Kinds { action, left: left.to_string(), right: right.to_string() }
    }

    /// Is it a meeting of two currencies?
    #[must_use]
    pub fn is_currency(&self) -> bool {
        matches!(self, Self::Currency { .. })
    }
}
