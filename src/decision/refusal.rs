//! Why a rule did not apply, said when somebody reads it.

use crate::value::{Fact, Value};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A condition of a rule that did not hold: ``"`totals.credit` is 120.00 USD, the rule asks for at most 100"``.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal {
    /// The path of what it looks at.
    pub path: Arc<str>,
    /// What that is.
    pub found: Fact<Value>,
    /// The text of the cell.
    pub asked: Arc<str>,
}

impl Refusal {
    /// Of a cell that asks something else of what a path gives.
    #[must_use]
    pub fn new(path: Arc<str>, found: Fact<Value>, asked: Arc<str>) -> Self {
        Self { path, found, asked }
    }
}

/// What a fact is, as a refusal says it.
pub(crate) struct Found<'a>(pub(crate) &'a Fact<Value>);

impl fmt::Display for Found<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Fact::Missing => out.write_str("missing"),
            Fact::Unknown => out.write_str("unknown"),
            Fact::Known(Value::List(items)) if items.is_empty() => out.write_str("empty"),
            Fact::Known(value) => fmt::Display::fmt(value, out),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("`")?;
        out.write_str(&self.path)?;
        out.write_str("` is ")?;
        fmt::Display::fmt(&Found(&self.found), out)?;
        out.write_str(", the rule asks for ")?;
        out.write_str(&self.asked)
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}
