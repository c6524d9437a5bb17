//! Plugins written in Rust: what they are given, what they give back, and how a panic in one is contained.

use super::context::CallContext;
use super::draft::Draft;
use super::hook::Attachment;
use super::names::{FactPath, Names};
use super::outcome::{Absent, Fault, FaultKind, Outcome, Stop};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::{Fact, Trouble, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

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
#[non_exhaustive]
pub struct PluginCall<'a> {
    /// The facts that it declared to read.
    pub facts: &'a PluginFacts,
    /// The draft that it may change; empty where it computes a whole decision.
    pub draft: &'a Draft,
    /// Its settings in the bundle.
    pub settings: &'a BTreeMap<String, Value>,
    /// Currency, calendar and time zone of the case.
    pub context: &'a CallContext<'a>,
    /// The decision that it computes or follows.
    pub decision: &'a str,
    /// Does it compute the whole decision, or change the draft of one?
    pub attachment: Attachment,
}

/// A plugin written in Rust: the same facts, draft and settings as a script, the same duties, the same two places to attach.
///
/// It must be a pure function of its call: no clock, no files, no randomness. It may change only the draft: what it returns is
/// checked against the declared outputs, and held to the same sizes, before anything looks at it. A panic is contained; a stack
/// overflow, an abort or a loop without end cannot be, for it is a part of the program.
pub trait Plugin: Send + Sync {
    /// The name by which bundles name it. Asked for once, when it is registered.
    fn name(&self) -> &str;

    /// The paths that it reads. Asked for once, when it is registered.
    fn reads(&self) -> Vec<String>;

    /// What it does.
    ///
    /// # Errors
    /// The facts that it lacks, or why it cannot go on.
    fn call(&self, call: &PluginCall<'_>) -> Result<Draft, PluginFault>;
}

/// What a native plugin does.
pub type PluginBody = dyn Fn(&PluginCall<'_>) -> Result<Draft, PluginFault> + Send + Sync;

/// A plugin that is a closure.
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
}

impl Plugin for NativePlugin {
    fn name(&self) -> &str {
        &self.name
    }

    fn reads(&self) -> Vec<String> {
        self.reads.clone()
    }

    fn call(&self, call: &PluginCall<'_>) -> Result<Draft, PluginFault> {
        (self.call)(call)
    }
}

impl fmt::Debug for NativePlugin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "NativePlugin({:?}, reads {:?})", self.name, self.reads)
    }
}

/// A native plugin as it was registered: its name and what it reads stand still from then on.
#[derive(Clone)]
pub(crate) struct Registered {
    pub(crate) name: Arc<str>,
    reads: Vec<String>,
    plugin: Arc<dyn Plugin>,
}

impl Registered {
    pub(crate) fn new(plugin: impl Plugin + 'static) -> Self {
        Self { name: plugin.name().into(), reads: plugin.reads(), plugin: Arc::new(plugin) }
    }

    /// Resolves what it reads. Names that nothing has go to `out`, at the place where the bundle names the plugin.
    pub(crate) fn bind(
        &self,
        decision: &str,
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
        let (plugin, decision, place) = (self.clone(), decision.into(), place.clone());
        (paths.len() == self.reads.len()).then_some(BoundNative { plugin, decision, attachment, paths, place })
    }
}

impl fmt::Debug for Registered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Plugin({:?}, reads {:?})", self.name, self.reads)
    }
}

/// A native plugin that is ready to be called.
#[derive(Clone, Debug)]
pub struct BoundNative {
    plugin: Registered,
    decision: Arc<str>,
    attachment: Attachment,
    paths: Vec<FactPath>,
    place: Place,
}

impl BoundNative {
    /// What it is, as far as can be told: its name, and what each path that it reads stands for.
    pub(super) fn normal(&self, name: &mut dyn FnMut(usize) -> String) -> String {
        let reads: Vec<String> = self.paths.iter().map(|path| format!("{}={}", path.written, path.normal(name))).collect();
        format!("native {} reads {reads:?}", self.plugin.name)
    }

    pub(super) fn slots(&self) -> Vec<usize> {
        let mut slots: Vec<usize> = Vec::new();
        for path in &self.paths {
            if !slots.contains(&path.slot) {
                slots.push(path.slot);
            }
        }
        slots
    }

    pub(super) fn attachment(&self) -> Attachment {
        self.attachment
    }

    pub(super) fn call(
        &self,
        read: &mut dyn FnMut(usize) -> Result<Outcome, Stop>,
        draft: Option<Draft>,
        settings: &BTreeMap<String, Value>,
        context: &CallContext<'_>,
    ) -> Result<Draft, Stop> {
        let mut values = BTreeMap::new();
        for path in &self.paths {
            values.insert(path.written.to_string(), path.read(read(path.slot)?));
        }
        let (facts, draft) = (PluginFacts { values }, draft.unwrap_or_default());
        let (decision, attachment) = (&*self.decision, self.attachment);
        let call = PluginCall { facts: &facts, draft: &draft, settings, context, decision, attachment };
        let fault = |kind, message| Stop::Fault(Fault::new(kind, message, Some(self.place.clone())));
        if context.is_cancelled() {
            return Err(fault(FaultKind::Cancelled, "the evaluation was cancelled".to_owned()));
        }
        match contained(|| self.plugin.plugin.call(&call)) {
            Some(Ok(draft)) => match draft.too_large() {
                Some(message) => Err(fault(FaultKind::Size, message)),
                None => Ok(draft),
            },
            Some(Err(PluginFault::Needs(absent))) => Err(Stop::Needs(absent)),
            Some(Err(PluginFault::Refused(message))) => Err(fault(FaultKind::Refused, message)),
            None => Err(fault(FaultKind::Panic, format!("the plugin `{}` panicked", self.plugin.name))),
        }
    }
}

/// What something gives, or nothing when it panics. What it panicked with may itself panic when it is let go.
fn contained<T>(act: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(act)) {
        Ok(given) => Some(given),
        Err(payload) => {
            if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
                std::mem::forget(again);
            }
            None
        }
    }
}
