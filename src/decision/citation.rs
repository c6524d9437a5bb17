//! What is cited where something decides: a rule, a guardrail or a clock, with the law behind it and its place.

use super::law::Law;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where rules of law come from, by `decision/rule`.
pub type Laws = BTreeMap<String, Arc<Law>>;

/// What decided: its name, the law or manual it rests on, where it stands. That of a rule is put together once and shared by every
/// decision that cites it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    path: Box<str>,
    /// Where its own name begins.
    name_at: usize,
    source: Option<Arc<str>>,
    place: Box<str>,
    law: Option<Arc<Law>>,
}

impl Citation {
    /// Of something with that name in a room: a rule of a decision, a guardrail, a clock.
    pub(crate) fn new(room: &str, name: &str, laws: &Laws) -> Self {
        let path = [room, "/", name].concat();
        let law = if laws.is_empty() { None } else { laws.get(&path).cloned() };
        Self { path: path.into(), name_at: room.len() + 1, source: None, place: Box::default(), law }
    }

    /// With the law or manual it rests on.
    pub(crate) fn resting_on(self, source: Option<Arc<str>>) -> Self {
        Self { source, ..self }
    }

    /// With its place.
    pub(crate) fn standing_at(self, place: &impl ToString) -> Self {
        Self { place: place.to_string().into(), ..self }
    }

    /// `decision/rule`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The rule alone: its id, or `#` and its number; `otherwise`, `value`, `script` and `plugin` stand for what is no rule.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.path.get(self.name_at..).unwrap_or_default()
    }

    /// The law or manual it rests on.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// Where it stands: `decisions/goodwill.yaml:12:5`; empty where it has no place of its own.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The pack it comes from, where its text can be read, and whether it was checked.
    #[must_use]
    pub fn law(&self) -> Option<&Arc<Law>> {
        self.law.as_ref()
    }
}
