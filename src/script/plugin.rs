//! Plugins: a function of a script or of Rust that computes a decision, or changes the draft of one.

use super::context::CallContext;
use super::draft::Draft;
use super::expression::Unsettled;
use super::hook::{Attachment, BoundHook};
use super::native::BoundNative;
use super::outcome::{Outcome, Stop};
use crate::value::{Given, Value};
use std::collections::BTreeMap;
use std::fmt;
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

/// A plugin that is ready to be called, whoever wrote it.
#[derive(Clone, Debug)]
pub enum BoundPlugin {
    /// A function of a script.
    Script(BoundHook),
    /// A function of Rust.
    Native(BoundNative),
}

impl BoundPlugin {
    /// The slots that a call reads, each once.
    #[must_use]
    pub fn slots(&self) -> Vec<usize> {
        match self {
            Self::Script(hook) => hook.slots(),
            Self::Native(native) => native.slots(),
        }
    }

    /// What it is, in normal form; `name` says what a slot stands for.
    pub(crate) fn normal(&self, name: &mut dyn FnMut(usize) -> String) -> String {
        match self {
            Self::Script(hook) => hook.normal(name),
            Self::Native(native) => native.normal(name),
        }
    }

    /// The file of a script, by its path in the bundle, and the normal form of each function of it that a call can reach.
    pub(crate) fn functions(&self) -> Option<(String, BTreeMap<String, String>)> {
        match self {
            Self::Script(hook) => Some(hook.functions()),
            Self::Native(_) => None,
        }
    }

    /// What an explanation calls it where it decides: `script` or `plugin`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Script(_) => "script",
            Self::Native(_) => "plugin",
        }
    }

    /// Where it attaches.
    #[must_use]
    pub fn attachment(&self) -> Attachment {
        match self {
            Self::Script(hook) => hook.attachment(),
            Self::Native(native) => native.attachment(),
        }
    }

    /// What [`BoundPlugin::call`] gives, sooner; nothing where only that can tell.
    pub(crate) fn quick<'a>(
        &self,
        read: &mut dyn FnMut(usize) -> Result<Given<'a>, Unsettled>,
        draft: Option<&Draft>,
        settings: &BTreeMap<String, Value>,
        context: &CallContext<'_>,
    ) -> Result<Draft, Unsettled> {
        match self {
            Self::Script(hook) => hook.quick(read, draft, settings, context),
            Self::Native(_) => Err(Unsettled),
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
        draft: Option<Draft>,
        settings: &Arc<BTreeMap<String, Value>>,
        context: &CallContext<'_>,
    ) -> Result<Draft, Stop> {
        match self {
            Self::Script(hook) => hook.call(read, draft, settings, context),
            Self::Native(native) => native.call(read, draft, settings, context),
        }
    }
}
