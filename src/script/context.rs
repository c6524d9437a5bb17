//! What functions may know besides their arguments.

use super::allowance::CancelToken;
use crate::value::{Calendar, Currency, Money, Trouble, Zone};
use std::sync::Arc;

/// What functions may know besides their arguments: nothing of the system, only what belongs to the policy and the case.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CallContext<'a> {
    /// The currency that a bare amount means, if there is one.
    pub currency: Option<Currency>,
    /// The holidays that business days leave out.
    pub calendar: &'a Arc<Calendar>,
    /// The time zone in which an instant has its day; its own offset if there is none.
    pub zone: Option<&'a Zone>,
    /// The flag that ends what runs, if there is one.
    pub cancel: Option<&'a CancelToken>,
}

impl<'a> CallContext<'a> {
    /// Bare amounts in `currency`, business days of `calendar`.
    #[must_use]
    pub fn new(currency: Option<Currency>, calendar: &'a Arc<Calendar>) -> Self {
        Self { currency, calendar, zone: None, cancel: None }
    }

    /// With the time zone of the case.
    #[must_use]
    pub fn in_zone(mut self, zone: &'a Zone) -> Self {
        self.zone = Some(zone);
        self
    }

    /// With a flag that ends what runs.
    #[must_use]
    pub fn cancelled_by(mut self, cancel: Option<&'a CancelToken>) -> Self {
        self.cancel = cancel;
        self
    }

    /// Is nobody waiting for the result any more? A native plugin that takes long asks this now and then.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(CancelToken::is_cancelled)
    }

    /// The currency that a bare amount means.
    ///
    /// # Errors
    /// When neither the bundle nor the case has one.
    pub fn bare_currency(&self) -> Result<Currency, Trouble> {
        self.currency
            .ok_or_else(|| Trouble::Text("neither the case nor the bundle says in which currency a bare amount is".to_owned()))
    }

    /// Nothing, in the currency that a bare amount means.
    ///
    /// # Errors
    /// As for `bare_currency`.
    pub fn no_money(&self) -> Result<Money, Trouble> {
        self.bare_currency().map(Money::zero)
    }
}
