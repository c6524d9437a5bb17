//! One decision of the bundle, as it came out for a case, with every reason.

use super::citation::Citation;
use super::few::Few;
use super::inputs::Inputs;
use super::outputs::Outputs;
use super::refusal::Refusal;
use crate::text::{Code, Diagnostic, Place};
use crate::value::{Fact, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a part of a decision ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PartStatus {
    /// It was decided.
    Decided,
    /// No rule matched, and the decision has no `otherwise`.
    NoRule,
    /// Several rules matched that may not.
    Conflict,
    /// A fact that it needs is missing or unknown.
    NeedsFacts,
    /// It could not be decided: a script failed, two currencies met ...
    Fault,
    /// A part that it reads was not decided.
    Skipped,
}

impl PartStatus {
    /// The word in the decision.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::NoRule => "no_rule",
            Self::Conflict => "conflict",
            Self::NeedsFacts => "needs_facts",
            Self::Fault => "fault",
            Self::Skipped => "skipped",
        }
    }
}

/// A rule that hit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleNote {
    /// Which rule, what it rests on, where it stands.
    pub citation: Arc<Citation>,
    /// Why, in the words of its author.
    pub because: Arc<str>,
    /// Number of the item of a `for_each` that it decided, from 1.
    pub item: Option<usize>,
}

impl RuleNote {
    pub(crate) fn new(citation: Arc<Citation>, because: Arc<str>) -> Self {
        Self { citation, because, item: None }
    }

    /// Its id, or `#` and its number; `otherwise`, `value`, `script` and `plugin` stand for what is no rule.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.citation.rule()
    }
}

/// A change that a plugin or a guardrail made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Change {
    /// `plugin`, `cap`, `floor`, `forbid` or `rounding`.
    pub by: &'static str,
    /// The id of the plugin or guardrail.
    pub id: String,
    /// The output.
    pub output: Arc<str>,
    /// Before.
    pub before: Fact<Value>,
    /// After.
    pub after: Fact<Value>,
    /// Why.
    pub because: Arc<str>,
    /// The law or manual it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A rule that nearly matched.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Missed {
    /// Its id.
    pub rule: Arc<str>,
    /// Number of the item of a `for_each` that it nearly matched, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
    /// Its conditions that failed.
    pub failed: Few<Refusal>,
    /// The facts among them that somebody can still bring about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actionable: Vec<Arc<str>>,
}

/// Something that could not be decided.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct FaultNote {
    /// The part.
    pub part: String,
    /// What kind of fault: `conflict`, `no_rule`, `currency`, `operation_limit`, `panic`, `quarantine`, `value` ...
    pub kind: &'static str,
    /// What happened.
    pub message: String,
    /// Where, if it points into a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How a script got there, the innermost call first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<CallNote>,
    /// The same as a finding that marks the place in its text, and every call; none where no rule applies or several do.
    #[serde(skip)]
    pub finding: Option<Box<Diagnostic>>,
}

/// A call of a function of a script, on the way to a fault.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct CallNote {
    /// The function that was called; none for a closure.
    pub function: Option<String>,
    /// Where it was called: `scripts/fee.rhai:12:5`.
    pub place: String,
}

/// One decision of the bundle, as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of the decision.
    pub name: Arc<str>,
    /// How it ended.
    pub status: PartStatus,
    /// One set of outputs for a single result, several for `collect` and `for_each`.
    pub results: Few<Outputs>,
    /// Is there a list of results, even if it has one item?
    pub listed: bool,
    /// Every rule that hit, in the order written.
    pub rules: Few<RuleNote>,
    /// What changed the draft.
    pub changes: Vec<Change>,
    /// The cap that bound an amount, by output.
    pub capped_by: BTreeMap<String, String>,
    /// The nearest rules, where none matched; in an explanation also those that one condition kept from deciding, where another did.
    pub nearest: Vec<Missed>,
    /// What was read.
    pub reads: Inputs,
    /// Facts that were missing or unknown where they were needed.
    pub missing: Vec<String>,
    /// Parts that were not decided and that it reads.
    pub waits_for: Vec<String>,
}

impl Change {
    pub(crate) fn new(
        by: &'static str,
        id: &str,
        output: &Arc<str>,
        before: Fact<Value>,
        after: Fact<Value>,
        because: Arc<str>,
        source: Option<String>,
    ) -> Self {
        Self { by, id: id.to_owned(), output: output.clone(), before, after, because, source }
    }
}

impl Missed {
    pub(crate) fn new(rule: Arc<str>, failed: Few<Refusal>, actionable: Vec<Arc<str>>) -> Self {
        Self { rule, item: None, failed, actionable }
    }

    /// Its conditions that failed, in words.
    #[must_use]
    pub fn why(&self) -> String {
        self.failed.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    /// Of an item of a `for_each`, by its number.
    pub(crate) fn of_item(self, item: Option<usize>) -> Self {
        Self { item, ..self }
    }
}

impl FaultNote {
    pub(crate) fn new(part: &str, kind: &'static str, message: String, place: Option<&Place>) -> Self {
        let shown = place.map(ToString::to_string);
        Self { part: part.to_owned(), kind, message, place: shown, calls: Vec::new(), finding: None }
    }

    /// With the finding that marks the place, and the calls that led there, the innermost first.
    pub(crate) fn found(mut self, place: &Place, calls: &[(Option<&str>, &Place)]) -> Self {
        let mut finding = Diagnostic::at(Code::Failed, place, &*self.message);
        for (function, place) in calls {
            let called = function.map_or_else(|| "the closure".to_owned(), |function| format!("`{function}`"));
            finding = finding.label(place, format!("{called} is called here"));
            self.calls.push(CallNote { function: function.map(str::to_owned), place: place.to_string() });
        }
        self.finding = Some(Box::new(finding));
        self
    }
}

impl Part {
    pub(crate) fn new(name: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            status: PartStatus::Decided,
            results: Few::new(),
            listed: false,
            rules: Few::new(),
            changes: Vec::new(),
            capped_by: BTreeMap::new(),
            nearest: Vec::new(),
            reads: Inputs::default(),
            missing: Vec::new(),
            waits_for: Vec::new(),
        }
    }

    /// Was it decided?
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.status == PartStatus::Decided
    }

    /// An output of a single result; missing when the part was not decided.
    #[must_use]
    pub fn output(&self, name: &str) -> Fact<Value> {
        if !self.is_decided() {
            return Fact::Missing;
        }
        self.results.first().map_or(Fact::Missing, |outputs| outputs.get(name))
    }

    /// The reason, in the words of the authors of the rules that decided; several are joined.
    #[must_use]
    pub fn because(&self) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for rule in &self.rules {
            if !rule.because.is_empty() && !texts.contains(&&*rule.because) {
                texts.push(&rule.because);
            }
        }
        texts.join(" ")
    }
}

/// What a function tells of each item, as a list.
struct Each<'a, T>(&'a [T], fn(&T) -> &str);

impl<T> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.0.iter().map(self.1))
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("rules", &Each(&self.rules, RuleNote::rule))?;
        match &*self.results {
            [one] if !self.listed => map.serialize_entry("outputs", one)?,
            [] if !self.listed => map.serialize_entry("outputs", &())?,
            several => map.serialize_entry("outputs", several)?,
        }
        match &*self.rules {
            [one] => map.serialize_entry("because", &one.because)?,
            _ => map.serialize_entry("because", &self.because())?,
        }
        if !self.capped_by.is_empty() {
            map.serialize_entry("capped_by", &self.capped_by)?;
        }
        if !self.changes.is_empty() {
            map.serialize_entry("changes", &self.changes)?;
        }
        if !self.nearest.is_empty() {
            map.serialize_entry("nearest", &self.nearest)?;
        }
        if !self.missing.is_empty() {
            map.serialize_entry("missing_facts", &self.missing)?;
        }
        if !self.waits_for.is_empty() {
            map.serialize_entry("waits_for", &self.waits_for)?;
        }
        map.end()
    }
}
