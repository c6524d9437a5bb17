//! A policy while it decides: with the state of its plugins, and the flag that cancels its scripts.

use super::quarantine::{Asked, Quarantine, Quarantined};
use crate::case::Case;
use crate::decision::{Decision, PolicyName};
use crate::evaluation::DecideError;
use crate::policy::Policy;
use crate::script::CancelToken;
use crate::value::DateTime;
use std::sync::Arc;
use std::time::Instant;

/// A policy that is live. Clones share the state of its plugins.
#[derive(Clone, Debug)]
pub(super) struct LivePolicy {
    policy: Policy,
    quarantine: Arc<Quarantine>,
    cancel: Option<CancelToken>,
}

impl LivePolicy {
    /// Goes live, with no plugin in quarantine.
    pub(super) fn begin(policy: Policy, cancel: Option<CancelToken>) -> Self {
        let quarantine = Arc::new(Quarantine::new(&policy, Instant::now()));
        Self { policy, quarantine, cancel }
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(super) fn name(&self) -> &PolicyName {
        self.policy.name()
    }

    pub(super) fn decide(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        self.quarantine.decide(&self.policy, case, at, self.cancel.as_ref(), Instant::now(), Asked::Decision)
    }

    pub(super) fn explain(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        self.quarantine.decide(&self.policy, case, at, self.cancel.as_ref(), Instant::now(), Asked::Explanation)
    }

    /// Its plugins that are not called now.
    pub(super) fn quarantined(&self) -> Vec<Quarantined> {
        self.quarantine.report(Instant::now())
    }
}
