//! Plugins: a function of a script or of Rust that computes a decision, or changes the draft of one.

use super::context::CallContext;
use super::draft::Draft;
use super::hook::{Attachment, BoundHook};
use super::names::{FactPath, Names};
use super::outcome::{Absent, Fault, FaultKind, Outcome, Stop};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::{Fact, Trouble, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What happens when a plugin fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailurePolicy {
    /// Refer the part to a person; grant nothing discretionary.
    Escalate,
    /// Keep the draft as it was, and say so in the trace. Only after a decision.
    Skip,
    /// Decide nothing at all.
    Refuse,
}

impl FailurePolicy {
    /// Reads `escalate`, `skip` or `refuse`.
    ///
    /// # Errors
    /// One sentence that names the three.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "escalate" => Ok(Self::Escalate),
            "skip" => Ok(Self::Skip),
            "refuse" => Ok(Self::Refuse),
            other => Err(format!("`{other}` is not what can happen on a failure; write `escalate`, `skip` or `refuse`")),
        }
    }

    /// The word that a bundle writes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Escalate => "escalate",
            Self::Skip => "skip",
            Self::Refuse => "refuse",
        }
    }
}

impl fmt::Display for FailurePolicy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// Why a native plugin gives no draft.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PluginFault {
    /// A fact that it needs is missing or unknown.
    Needs(Absent),
    /// It cannot go on: one sentence for the person to whom the case is referred.
    Refused(String),
}

impl From<Trouble> for PluginFault {
    fn from(trouble: Trouble) -> Self {
        Self::Refused(trouble.to_string())
    }
}

/// The facts that a native plugin declared to read.
#[derive(Clone, Debug)]
pub struct PluginFacts {
    values: BTreeMap<String, Outcome>,
}

impl PluginFacts {
    /// The fact at a path that the plugin declared.
    ///
    /// # Errors
    /// When the plugin did not declare that it reads it.
    pub fn get(&self, path: &str) -> Result<Fact<Value>, PluginFault> {
        self.outcome(path).map(Outcome::to_fact)
    }

    /// The value at a path, which must be known.
    ///
    /// # Errors
    /// When it is missing or unknown, or the plugin did not declare that it reads it.
    pub fn need(&self, path: &str) -> Result<Value, PluginFault> {
        match self.outcome(path)? {
            Outcome::Known(value) => Ok(value.clone()),
            Outcome::Absent(absent) => Err(PluginFault::Needs(absent.clone())),
        }
    }

    fn outcome(&self, path: &str) -> Result<&Outcome, PluginFault> {
        self.values.get(path).ok_or_else(|| {
            let help =
                did_you_mean(path, self.values.keys().map(String::as_str)).map_or_else(String::new, |help| format!("; {help}"));
            PluginFault::Refused(format!("the plugin did not declare that it reads `{path}`{help}"))
        })
    }
}

/// One call of a native plugin.
#[derive(Clone, Debug)]
pub struct PluginCall<'a> {
    /// The facts that it declared to read.
    pub facts: &'a PluginFacts,
    /// The draft that it may change; empty where it computes a whole decision.
    pub draft: &'a Draft,
    /// Its settings in the bundle.
    pub settings: &'a BTreeMap<String, Value>,
    /// Currency, calendar and time zone of the case.
    pub context: &'a CallContext<'a>,
}

/// What a native plugin does.
pub type PluginBody = dyn Fn(&PluginCall<'_>) -> Result<Draft, PluginFault> + Send + Sync;

/// A plugin written in Rust: the same facts, draft and settings as a script, the same duties.
///
/// It must be a pure function of its call: no clock, no files, no randomness.
#[derive(Clone)]
pub struct NativePlugin {
    /// The name by which bundles name it.
    pub name: String,
    /// The paths that it reads.
    pub reads: Vec<String>,
    /// What it does.
    pub call: Arc<PluginBody>,
}

impl NativePlugin {
    /// A plugin from its name, the paths that it reads, and what it does.
    pub fn new<F>(name: impl Into<String>, reads: impl IntoIterator<Item = impl Into<String>>, call: F) -> Self
    where
        F: Fn(&PluginCall<'_>) -> Result<Draft, PluginFault> + Send + Sync + 'static,
    {
        Self { name: name.into(), reads: reads.into_iter().map(Into::into).collect(), call: Arc::new(call) }
    }

    /// Resolves what it reads. Names that nothing has go to `out`, at the place where the bundle names the plugin.
    pub fn bind(
        &self,
        attachment: Attachment,
        place: &Place,
        names: &mut dyn Names,
        out: &mut Diagnostics,
    ) -> Option<BoundNative> {
        let mut paths = Vec::new();
        for read in &self.reads {
            let segments: Vec<&str> = read.split('.').collect();
            match FactPath::resolve(&segments, names) {
                Ok(path) => paths.push(path),
                Err(problem) => {
                    let message = format!("the plugin `{}` cannot be given what it reads: {}", self.name, problem.message);
                    out.push(Diagnostic::at(Code::UnknownName, place, message).help_opt(problem.help));
                }
            }
        }
        (paths.len() == self.reads.len()).then(|| BoundNative { plugin: self.clone(), attachment, paths, place: place.clone() })
    }
}

impl fmt::Debug for NativePlugin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "NativePlugin({:?}, reads {:?})", self.name, self.reads)
    }
}

/// A native plugin that is ready to be called.
#[derive(Clone, Debug)]
pub struct BoundNative {
    plugin: NativePlugin,
    attachment: Attachment,
    paths: Vec<FactPath>,
    place: Place,
}

impl BoundNative {
    fn call(
        &self,
        read: &mut dyn FnMut(usize) -> Result<Outcome, Stop>,
        draft: Option<&Draft>,
        settings: &BTreeMap<String, Value>,
        context: &CallContext<'_>,
    ) -> Result<Draft, Stop> {
        let mut values = BTreeMap::new();
        for path in &self.paths {
            values.insert(path.written.to_string(), path.read(read(path.slot)?));
        }
        let (facts, empty) = (PluginFacts { values }, Draft::default());
        let call = PluginCall { facts: &facts, draft: draft.unwrap_or(&empty), settings, context };
        let fault = |kind, message| Stop::Fault(Fault { kind, message, place: Some(self.place.clone()) });
        match catch_unwind(AssertUnwindSafe(|| (self.plugin.call)(&call))) {
            Ok(Ok(draft)) => Ok(draft),
            Ok(Err(PluginFault::Needs(absent))) => Err(Stop::Needs(absent)),
            Ok(Err(PluginFault::Refused(message))) => Err(fault(FaultKind::Refused, message)),
            Err(_) => Err(fault(FaultKind::Panic, format!("the plugin `{}` panicked", self.plugin.name))),
        }
    }
}

/// A plugin that is ready to be called, whoever wrote it.
#[derive(Clone, Debug)]
pub enum Plugin {
    /// A function of a script.
    Script(BoundHook),
    /// A function of Rust.
    Native(BoundNative),
}

impl Plugin {
    /// The slots that a call reads, each once.
    #[must_use]
    pub fn slots(&self) -> Vec<usize> {
        match self {
            Self::Script(hook) => hook.slots(),
            Self::Native(native) => {
                let mut slots: Vec<usize> = Vec::new();
                for path in &native.paths {
                    if !slots.contains(&path.slot) {
                        slots.push(path.slot);
                    }
                }
                slots
            }
        }
    }

    /// Where it attaches.
    #[must_use]
    pub fn attachment(&self) -> Attachment {
        match self {
            Self::Script(hook) => hook.attachment(),
            Self::Native(native) => native.attachment,
        }
    }

    /// Calls it: with the draft that it may change, or without one for a whole decision. What it returns is for the caller to check
    /// against the declared outputs.
    ///
    /// # Errors
    /// A fault, contained panics included; the facts that it lacks; and whatever stops `read`.
    pub fn call(
        &self,
        read: &mut dyn FnMut(usize) -> Result<Outcome, Stop>,
        draft: Option<&Draft>,
        settings: &Arc<BTreeMap<String, Value>>,
        context: &CallContext<'_>,
    ) -> Result<Draft, Stop> {
        match self {
            Self::Script(hook) => hook.call(read, draft, settings, context),
            Self::Native(native) => native.call(read, draft, settings, context),
        }
    }
}
