//! Where a rule comes from, when it is a rule of law.

use serde::Serialize;
use std::sync::Arc;

/// Where a rule comes from, when it is a rule of law: the pack that brings it, where its text can be read, and whether somebody has
/// checked the rule against that text. A pack is no legal advice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Law {
    /// The pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack: Option<Arc<str>>,
    /// The address of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Arc<str>>,
    /// Was the rule checked against the text? `false` marks what rests on general knowledge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<bool>,
}

/// A pack that applies to a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PackNote {
    /// Its name.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// Does it apply for certain? Else a fact is not known that would tell: its guardrails and clocks hold, its rules do not.
    pub certain: bool,
}

impl PackNote {
    pub(crate) fn new(pack: &str, version: &str, certain: bool) -> Self {
        Self { pack: pack.to_owned(), version: version.to_owned(), certain }
    }
}

impl Law {
    /// The names of its JSON form.
    pub const FIELDS: [&'static str; 3] = ["pack", "address", "verified"];

    /// What is known of a rule; nothing where nothing is.
    #[must_use]
    pub fn of(pack: Option<&str>, address: Option<&str>, verified: Option<bool>) -> Option<Arc<Self>> {
        let known = pack.is_some() || address.is_some() || verified.is_some();
        known.then(|| Arc::new(Self { pack: pack.map(Into::into), address: address.map(Into::into), verified }))
    }

    /// Does the rule rest on general knowledge that nobody has checked?
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.verified == Some(false)
    }
}
