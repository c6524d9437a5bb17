//! Names, and the places where they stand.

use crate::text::Span;
use std::fmt;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NameKind {
    /// A fact: of the registry, or declared by the bundle or a pack.
    Fact,
    /// A parameter.
    Param,
    /// A group of parameters.
    ParamGroup,
    /// A decision.
    Decision,
    /// An output of a decision.
    Output,
    /// A rule of a decision.
    Rule,
    /// A derived input of a decision.
    Let,
    /// What one item of a `for_each` is called.
    Item,
    /// A guardrail.
    Guardrail,
    /// An obligation and its clock.
    Obligation,
    /// A step that obligations ask for.
    Step,
    /// A plugin.
    Plugin,
    /// A setting of a plugin or of a decision that a script computes.
    Setting,
    /// A host function, or a function that only scripts have.
    Function,
    /// A function of a script.
    ScriptFunction,
    /// A pack.
    Pack,
    /// A calendar of holidays.
    Calendar,
    /// `at` or `policy_date`.
    Moment,
    /// A value of a closed list; what it belongs to is the fact or the `decision.output`.
    Value,
    /// What a letter can print.
    LetterFact,
}

impl NameKind {
    /// In words, with its article, for a message.
    #[must_use]
    pub fn describe(self) -> &'static str {
        match self {
            Self::Fact => "a fact",
            Self::Param => "a parameter",
            Self::ParamGroup => "a group of parameters",
            Self::Decision => "a decision",
            Self::Output => "an output",
            Self::Rule => "a rule",
            Self::Let => "a `let`",
            Self::Item => "the item of a `for_each`",
            Self::Guardrail => "a guardrail",
            Self::Obligation => "an obligation",
            Self::Step => "a step",
            Self::Plugin => "a plugin",
            Self::Setting => "a setting",
            Self::Function => "a function of the engine",
            Self::ScriptFunction => "a function of a script",
            Self::Pack => "a pack",
            Self::Calendar => "a calendar",
            Self::Moment => "a moment",
            Self::Value => "a value",
            Self::LetterFact => "a variable of letters",
        }
    }
}

/// A name of a bundle, as it is told apart from all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// What it is the name of.
    pub kind: NameKind,
    /// What it belongs to: the decision of an output, a rule or a `let`, the plugin of a setting, the file of a script's function;
    /// empty for what stands alone.
    pub within: String,
    /// The name, with its dots where it has several parts: `goodwill.per_case_cap` of a parameter, `customer.tier` of a fact.
    pub text: String,
}

impl Name {
    pub(super) fn new(kind: NameKind, within: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind, within: within.into(), text: text.into() }
    }

    pub(super) fn alone(kind: NameKind, text: impl Into<String>) -> Self {
        Self::new(kind, "", text)
    }

    /// The part behind the last dot, which a rename gives anew.
    #[must_use]
    pub fn last(&self) -> &str {
        match self.kind {
            NameKind::Fact | NameKind::Param | NameKind::ParamGroup => self.text.rsplit('.').next().unwrap_or(&self.text),
            _ => &self.text,
        }
    }

    /// May the name be written so? A place names the whole or the parts behind a dot, and an expression writes `_` for the `-` of an
    /// obligation.
    #[must_use]
    pub fn is_written(&self, text: &str) -> bool {
        self.text == text
            || self.text.strip_suffix(text).is_some_and(|before| before.ends_with('.'))
            || (self.kind == NameKind::Obligation && self.text.replace('-', "_") == text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.within.is_empty() {
            write!(out, "{}/", self.within)?;
        }
        out.write_str(&self.text)
    }
}

/// What a place does with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Says what it is.
    Defines,
    /// Reads it.
    Reads,
    /// Gives it a value, adds to it, or bounds it.
    Writes,
}

/// A place where a name stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Where, in bytes of its file; quotes and what stands around it not included.
    pub span: Span,
    /// The name.
    pub name: Name,
    /// What is done with it.
    pub role: Role,
}

/// A span of a file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The path in the bundle.
    pub path: String,
    /// Where in it.
    pub span: Span,
}
