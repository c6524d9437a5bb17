//! One decision of the bundle, as it came out for a case, with every reason.

use crate::text::{Code, Diagnostic, Place};
use crate::value::{Fact, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt;
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

/// Output values by name, in the order declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outputs {
    values: Vec<(Arc<str>, Fact<Value>)>,
}

impl Outputs {
    /// Outputs in the order declared.
    #[must_use]
    pub fn new(values: Vec<(Arc<str>, Fact<Value>)>) -> Self {
        Self { values }
    }

    /// The output of that name; missing when it was left out or is not declared.
    #[must_use]
    pub fn get(&self, name: &str) -> Fact<Value> {
        self.values.iter().find(|(each, _)| &**each == name).map_or(Fact::Missing, |(_, value)| value.clone())
    }

    /// Sets an output that is there.
    pub(crate) fn set(&mut self, name: &str, value: Fact<Value>) {
        if let Some((_, slot)) = self.values.iter_mut().find(|(each, _)| &**each == name) {
            *slot = value;
        }
    }

    /// By position, as declared.
    #[must_use]
    pub fn at(&self, position: usize) -> Fact<Value> {
        self.values.get(position).map_or(Fact::Missing, |(_, value)| value.clone())
    }

    /// Names and values in the order declared.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact<Value>)> {
        self.values.iter().map(|(name, value)| (&**name, value))
    }
}

impl Serialize for Outputs {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(self.values.len()))?;
        for (name, value) in &self.values {
            map.serialize_entry(&**name, value)?;
        }
        map.end()
    }
}

/// A rule that hit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct RuleNote {
    /// Its id, or `#` and its number; `otherwise`, `value`, `script` and `plugin` stand for what is no rule.
    pub rule: Arc<str>,
    /// Why, in the words of its author.
    pub because: Arc<str>,
    /// The law or manual it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// Where it stands: `decisions/goodwill.yaml:12:5`.
    pub place: Arc<str>,
    /// Number of the item of a `for_each` that it decided, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<usize>,
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadNote {
    /// The path of the fact, parameter, output or `let`.
    pub name: Arc<str>,
    /// What it was.
    pub value: Fact<Value>,
    /// It was missing and the bundle's assumption stood in for it.
    pub assumed: bool,
}

/// What a part read, by name. It is kept once for the part and all its rules.
#[derive(Clone, Default)]
pub struct Inputs {
    reads: Arc<Vec<ReadNote>>,
}

impl Inputs {
    pub(crate) fn new(reads: Arc<Vec<ReadNote>>) -> Self {
        Self { reads }
    }

    /// What was read under a name: for the last item of a list, where each item was read.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Fact<Value>> {
        self.reads.iter().rev().find(|read| &*read.name == name).map(|read| &read.value)
    }

    /// Names and what [`Inputs::get`] gives for them, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact<Value>)> {
        let mut reads: Vec<&ReadNote> = self.reads.iter().collect();
        // The sort keeps the order of equal names, so that the last of them was read last.
        reads.sort_by(|one, other| one.name.cmp(&other.name));
        let is_last = |at: usize| reads.get(at).map(|read| &read.name) != reads.get(at + 1).map(|read| &read.name);
        let last: Vec<&ReadNote> = (0..reads.len()).filter(|at| is_last(*at)).filter_map(|at| reads.get(at).copied()).collect();
        last.into_iter().map(|read| (&*read.name, &read.value))
    }
}

impl PartialEq for Inputs {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Inputs {}

impl fmt::Debug for Inputs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for Inputs {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.iter())
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
    pub output: String,
    /// Before.
    pub before: Fact<Value>,
    /// After.
    pub after: Fact<Value>,
    /// Why.
    pub because: String,
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
    /// Its conditions that failed, in words.
    pub failed: Vec<String>,
    /// The facts among them that somebody can still bring about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actionable: Vec<String>,
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
    pub name: String,
    /// How it ended.
    pub status: PartStatus,
    /// One set of outputs for a single result, several for `collect` and `for_each`.
    pub results: Vec<Outputs>,
    /// Is there a list of results, even if it has one item?
    pub listed: bool,
    /// Every rule that hit, in the order written.
    pub rules: Vec<RuleNote>,
    /// What changed the draft.
    pub changes: Vec<Change>,
    /// The cap that bound an amount, by output.
    pub capped_by: BTreeMap<String, String>,
    /// The nearest rules, where none matched; in an explanation also those that one condition kept from deciding, where another did.
    pub nearest: Vec<Missed>,
    /// What was read, in the order read.
    pub reads: Arc<Vec<ReadNote>>,
    /// Facts that were missing or unknown where they were needed.
    pub missing: Vec<String>,
    /// Parts that were not decided and that it reads.
    pub waits_for: Vec<String>,
}

impl RuleNote {
    pub(crate) fn new(rule: Arc<str>, because: Arc<str>, source: Option<Arc<str>>, place: Arc<str>) -> Self {
        Self { rule, because, source, place, item: None }
    }
}

impl ReadNote {
    pub(crate) fn new(name: Arc<str>, value: Fact<Value>, assumed: bool) -> Self {
        Self { name, value, assumed }
    }
}

impl Change {
    pub(crate) fn new(
        by: &'static str,
        id: &str,
        output: &str,
        before: Fact<Value>,
        after: Fact<Value>,
        because: String,
        source: Option<String>,
    ) -> Self {
        Self { by, id: id.to_owned(), output: output.to_owned(), before, after, because, source }
    }
}

impl Missed {
    pub(crate) fn new(rule: Arc<str>, failed: Vec<String>, actionable: Vec<String>) -> Self {
        Self { rule, item: None, failed, actionable }
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
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            status: PartStatus::Decided,
            results: Vec::new(),
            listed: false,
            rules: Vec::new(),
            changes: Vec::new(),
            capped_by: BTreeMap::new(),
            nearest: Vec::new(),
            reads: Arc::default(),
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

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("rules", &self.rules.iter().map(|rule| &rule.rule).collect::<Vec<_>>())?;
        match self.results.as_slice() {
            [one] if !self.listed => map.serialize_entry("outputs", one)?,
            [] if !self.listed => map.serialize_entry("outputs", &())?,
            several => map.serialize_entry("outputs", several)?,
        }
        map.serialize_entry("because", &self.because())?;
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
