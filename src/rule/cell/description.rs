//! A cell said again in words.

use super::{Bound, Cell, Comparison, Condition, Interval};
use crate::decision::Refusal;
use crate::value::{Fact, Value};
use std::fmt;

/// Words that a cell would read as something other than text.
pub(super) const KEYWORDS: [&str; 6] = ["any", "missing", "present", "empty", "unknown", "not"];

impl Cell {
    /// The canonical text: `at least 100`, `not gold`, `gold, silver`. Read as a cell of a table it means the same again.
    #[must_use]
    pub fn describe(&self) -> String {
        self.to_string()
    }

    /// Why a rule did not apply: ``"`totals.credit` is 120.00 USD, the rule asks for at most 100"``.
    #[must_use]
    pub fn refusal(&self, name: &str, fact: &Fact<Value>) -> String {
        Refusal::new(name.into(), fact.clone(), self.describe().into()).to_string()
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => out.write_str("any"),
            Self::OneOf(conditions) => joined(conditions, out),
        }
    }
}

fn joined(conditions: &[Condition], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, condition) in conditions.iter().enumerate() {
        if at > 0 {
            out.write_str(", ")?;
        }
        write!(out, "{condition}")?;
    }
    Ok(())
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(bound) => write!(out, "{bound}"),
            Self::Compare(comparison, bound) => write!(out, "{} {bound}", words(*comparison, bound)),
            Self::Within(interval) => write!(out, "{interval}"),
            Self::Not(conditions) => {
                if let [condition] = conditions.as_slice() {
                    return write!(out, "not {condition}");
                }
                out.write_str("not (")?;
                joined(conditions, out)?;
                out.write_str(")")
            }
            Self::Missing => out.write_str("missing"),
            Self::Present => out.write_str("present"),
            Self::Empty => out.write_str("empty"),
            Self::Unknown => out.write_str("unknown"),
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.from_included && self.to_included {
            return write!(out, "{} to {}", self.from, self.to);
        }
        let lower = if self.from_included { Comparison::AtLeast } else { Comparison::Over };
        let upper = if self.to_included { Comparison::AtMost } else { Comparison::Under };
        let (lower, upper) = (words(lower, &self.from), words(upper, &self.to));
        write!(out, "{lower} {} and {upper} {}", self.from, self.to)
    }
}

fn words(comparison: Comparison, bound: &Bound) -> &'static str {
    comparison.words(matches!(bound, Bound::Value(Value::Date(_) | Value::DateTime(_))))
}

impl fmt::Display for Bound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(Value::Text(text)) => name(text, out),
            Self::Value(Value::Enum(value)) => name(value.name(), out),
            Self::Value(value) => write!(out, "{value}"),
            Self::Amount(amount) => write!(out, "{amount}"),
            Self::Param { path, .. } => out.write_str(path),
        }
    }
}

/// A text as it stands where it cannot be taken for anything else, in quotes elsewhere.
fn name(text: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/'))
        && text.contains(char::is_alphanumeric)
        && !KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(text))
        && !super::operator::WORDS.iter().any(|(word, _, _)| *word == text);
    if is_plain { out.write_str(text) } else { write!(out, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}
