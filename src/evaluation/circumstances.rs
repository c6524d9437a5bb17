//! What holds while a case is decided, besides the policy, the case and the time: which plugins are in quarantine, and who may cancel.

use crate::script::CancelToken;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What holds while a case is decided, besides the policy, the case and the time. Cheap to clone; nothing unless it is said.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    quarantined: Option<Arc<BTreeSet<String>>>,
    cancel: Option<CancelToken>,
}

impl Circumstances {
    /// Every plugin is called, and nobody cancels.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// These are in quarantine: they are not called, and what `on_failure` says of them happens. A plugin is named by its id, a
    /// script or native plugin that decides by the name of its decision; a name that the policy does not have means nothing.
    ///
    /// A decision tells in `audit.quarantined` which of them it met; told of those, it comes out the same in every byte.
    #[must_use]
    pub fn in_quarantine(mut self, plugins: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let names: BTreeSet<String> = plugins.into_iter().map(Into::into).collect();
        self.quarantined = (!names.is_empty()).then(|| Arc::new(names));
        self
    }

    /// Scripts end when this flag is raised: their parts become faults of the kind `cancelled`.
    #[must_use]
    pub fn cancelled_by(mut self, cancel: CancelToken) -> Self {
        self.cancel = Some(cancel);
        self
    }

    /// Is the plugin of that id, or what computes the decision of that name, in quarantine?
    #[must_use]
    pub fn is_quarantined(&self, plugin: &str) -> bool {
        self.quarantined.as_ref().is_some_and(|names| names.contains(plugin))
    }

    pub(crate) fn cancel(&self) -> Option<&CancelToken> {
        self.cancel.as_ref()
    }
}

/// How a plugin fared in one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PluginUse {
    /// Its number in [`crate::Policy::plugins`].
    pub plugin: usize,
    /// Did it fail? A fact that it lacks is no failure, nor is a call that was cancelled.
    pub failed: bool,
}

/// The plugins that one case has called, each once, however often it was called; a plugin that failed once has failed. Nothing is
/// allocated where none is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PluginCalls {
    list: Vec<PluginUse>,
}

impl PluginCalls {
    /// In the order of their first calls.
    pub fn iter(&self) -> std::slice::Iter<'_, PluginUse> {
        self.list.iter()
    }

    pub(crate) fn note(&mut self, plugin: usize, failed: bool) {
        match self.list.iter_mut().find(|known| known.plugin == plugin) {
            Some(known) => known.failed |= failed,
            None => self.list.push(PluginUse { plugin, failed }),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Forgets all but the first, for a decision that is taken once more.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.list.truncate(len);
    }
}

impl<'a> IntoIterator for &'a PluginCalls {
    type Item = &'a PluginUse;
    type IntoIter = std::slice::Iter<'a, PluginUse>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What an evaluation notes of plugins on its way.
#[derive(Debug, Default)]
pub(crate) struct PluginLog {
    pub(crate) calls: PluginCalls,
    /// Numbers of those that were reached while they were in quarantine.
    pub(crate) quarantined: Vec<usize>,
}
