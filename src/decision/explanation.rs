//! One line of the explanation of a decision.

use super::citation::Citation;
use super::inputs::Inputs;
use super::law::Law;
use super::outputs::Outputs;
use crate::value::Fact;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;
use std::sync::Arc;

/// One line of the explanation: a rule, what it read, and what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// Which rule, what it rests on, where it stands.
    pub citation: Arc<Citation>,
    /// Why, in the words of its author.
    pub because: Arc<str>,
    /// What the decision read; the same for all its rules.
    pub inputs: Inputs,
    /// What came of it.
    pub effect: Effect,
}

/// What came of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// It gave these outputs; those that are known are told.
    Outputs(Outputs),
    /// In other words.
    Words(String),
}

impl fmt::Display for Effect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outputs = match self {
            Self::Outputs(outputs) => outputs,
            Self::Words(words) => return out.write_str(words),
        };
        let mut between = "";
        for (name, value) in outputs.iter() {
            let Fact::Known(value) = value else { continue };
            out.write_str(between)?;
            out.write_str(name)?;
            out.write_str(" ")?;
            fmt::Display::fmt(value, out)?;
            between = ", ";
        }
        Ok(())
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl Explanation {
    /// `decision/rule`.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.citation.path()
    }

    /// The law or manual it rests on.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.citation.source()
    }

    /// The pack it comes from, where its text can be read, and whether it was checked.
    #[must_use]
    pub fn law(&self) -> Option<&Arc<Law>> {
        self.citation.law()
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let (assumed, law) = (self.inputs.assumed(), self.law());
        let mut line = out.serialize_struct("Explanation", 6 + usize::from(!assumed.is_empty()) + usize::from(law.is_some()))?;
        line.serialize_field("rule", self.rule())?;
        line.serialize_field("because", &self.because)?;
        line.serialize_field("source", &self.source())?;
        line.serialize_field("place", self.citation.place())?;
        line.serialize_field("inputs", &self.inputs)?;
        // Which of these were assumed.
        if !assumed.is_empty() {
            line.serialize_field("assumed", &assumed)?;
        }
        if let Some(law) = law {
            line.serialize_field("law", law)?;
        }
        line.serialize_field("effect", &self.effect)?;
        line.end()
    }
}
