//! Where a rule of law can be read, and whether somebody has checked it.

use super::keys::Keys;
use crate::text::Diagnostics;

/// Where a rule of law can be read, and whether somebody has checked it; nothing of it need be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LawDoc {
    /// The pack that brings it.
    pub pack: Option<String>,
    /// The address of its text.
    pub address: Option<String>,
    /// Was it checked against that text? `false` marks what rests on general knowledge.
    pub verified: Option<bool>,
}

impl LawDoc {
    /// The keys `address` and `verified` of a rule, a guardrail or an obligation.
    pub(crate) fn below(keys: &Keys<'_>, out: &mut Diagnostics) -> Self {
        Self { pack: None, address: keys.text("address", out).map(|text| text.value), verified: keys.flag("verified", out) }
    }
}
