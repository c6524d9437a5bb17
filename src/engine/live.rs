//! The engine: the policy that services share and that can be exchanged while they decide.

use super::candidate::Carried;
use super::clock::now;
use super::live_policy::LivePolicy;
use super::loading::{Found, Loader, Origin};
use super::recorder::Recorder;
use super::status::{Dropped, Rejection, Status};
use super::subscribers::Subscribers;
use crate::case::Case;
use crate::decision::Decision;
use crate::evaluation::DecideError;
use crate::policy::Policy;
use crate::value::DateTime;
use arc_swap::ArcSwap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Decides cases under one policy at a time, which can be exchanged while it decides. Cheap to clone and free to share between
/// threads: all clones decide under the same policy.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(super) shared: Arc<Shared>,
}

/// What all clones of an engine share.
#[derive(Debug)]
pub(super) struct Shared {
    /// The only thing that deciding touches: one atomic load, no lock.
    pub(super) serving: ArcSwap<Serving>,
    pub(super) loader: Loader,
    pub(super) origin: Origin,
    /// One exchange at a time; what is built before is built without it.
    turn: Mutex<()>,
    /// What the status tells; held for moments, never while something is read or built.
    record: Mutex<Record>,
    pub(super) subscribers: Subscribers,
    recorder: Recorder,
}

/// A policy, since when it decides, and the candidate beside it.
#[derive(Clone, Debug)]
pub(super) struct Serving {
    pub(super) live: LivePolicy,
    pub(super) loaded_at: DateTime,
    pub(super) candidate: Option<Arc<Carried>>,
}

/// What became of the changes so far.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) last_attempt: Option<DateTime>,
    pub(super) rejection: Option<Rejection>,
    pub(super) loads: u64,
    pub(super) rejections: u64,
    pub(super) watchers: usize,
    /// Candidates that were ever carried, by which each has its number.
    pub(super) carried: u64,
    pub(super) dropped: Option<Dropped>,
    pub(super) unkept: Option<String>,
    pub(super) is_rolled_back: bool,
}

impl Serving {
    /// The policy that made a decision.
    fn policy_of(&self, decision: &Decision) -> &Policy {
        let candidate = self.candidate.as_ref().map(|candidate| candidate.policy());
        candidate.filter(|policy| policy.name().digest == decision.policy.digest).unwrap_or_else(|| self.live.policy())
    }
}

impl Shared {
    pub(super) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn to exchange what serves.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a bundle that was taken. A store that refuses does not keep it from deciding.
    pub(super) fn keep(&self, found: &Found, policy: &Policy) {
        let kept = self.loader.keep(found, policy);
        if let Err(error) = &kept {
            tracing::error!(%error, digest = %policy.name().digest, "bundle not kept in the store");
        }
        self.record().unkept = kept.err().map(|error| error.to_string());
    }
}

impl Engine {
    /// An engine over a policy.
    #[must_use]
    pub fn with(policy: Policy) -> Self {
        Self::serve(policy, (Loader::default(), Recorder::default()), Origin::Memory)
    }

    /// Begins with a bundle, and keeps it.
    pub(super) fn begin(policy: Policy, found: &Found, with: (Loader, Recorder), origin: Origin) -> Self {
        let engine = Self::serve(policy, with, origin);
        engine.shared.keep(found, &engine.policy());
        engine
    }

    pub(super) fn serve(policy: Policy, (loader, recorder): (Loader, Recorder), origin: Origin) -> Self {
        let name = policy.name();
        tracing::info!(bundle = %name.bundle, version = %name.version, digest = %name.digest, "bundle opened");
        let live = loader.go_live(policy);
        let serving = ArcSwap::from_pointee(Serving { live, loaded_at: now(), candidate: None });
        let record = Mutex::new(Record { loads: 1, ..Record::default() });
        let (turn, subscribers) = (Mutex::default(), Subscribers::default());
        let shared = Shared { serving, loader, origin, turn, record, subscribers, recorder };
        Self { shared: Arc::new(shared) }
    }

    /// The policy that decides now. It stays as it is however often the bundle changes.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.shared.serving.load().live.policy().clone()
    }

    /// How the engine stands: which policy decides, and what is wrong with a bundle that could not be taken.
    #[must_use]
    pub fn status(&self) -> Status {
        let serving = self.shared.serving.load();
        let record = self.shared.record();
        Status {
            serving: serving.live.name().clone(),
            loaded_at: serving.loaded_at,
            last_attempt: record.last_attempt,
            rejection: record.rejection.clone(),
            loads: record.loads,
            rejections: record.rejections,
            watched: record.watchers > 0,
            candidate: serving.candidate.as_ref().map(|candidate| candidate.report()),
            dropped: record.dropped.clone(),
            quarantined: serving.live.quarantined(),
            unkept: record.unkept.clone(),
            is_rolled_back: record.is_rolled_back,
            #[cfg(feature = "journal")]
            journal: self.shared.recorder.report(),
        }
    }

    /// Decides a case as of now.
    ///
    /// # Errors
    /// When the case cannot be decided at all.
    pub fn decide(&self, case: &Case) -> Result<Decision, DecideError> {
        self.decide_at(case, now())
    }

    /// Decides a case as of an instant. The decision names the digest of the one policy that made it, whatever happens meanwhile.
    ///
    /// # Errors
    /// When the case cannot be decided at all, or when the decision cannot be recorded in a journal that is required.
    pub fn decide_at(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        let serving = self.shared.serving.load();
        let _span = tracing::debug_span!("decide", digest = %serving.live.name().digest).entered();
        let decided = match &serving.candidate {
            None => serving.live.decide(case, at),
            Some(candidate) => candidate.decide(&serving.live, case, at),
        };
        let decided = decided.and_then(|decision| {
            let policy = serving.policy_of(&decision);
            self.shared.recorder.take((case, at), &decision, policy).map(|()| decision)
        });
        match &decided {
            Ok(decision) => tracing::debug!(
                decision = %decision.decision_id,
                status = decision.status.word(),
                outcome = decision.outcome.as_deref().unwrap_or("none"),
                "case decided"
            ),
            Err(error) => tracing::warn!(kind = error.kind(), "case not decided"),
        }
        decided
    }

    /// As [`Engine::explain_at`], as of now.
    ///
    /// # Errors
    /// When the case cannot be decided at all.
    pub fn explain(&self, case: &Case) -> Result<Decision, DecideError> {
        self.explain_at(case, now())
    }

    /// Decides a case as of an instant, with the near misses of every part that rules decided: for somebody who looks into one case. A
    /// candidate that answers the case explains it, and counts nothing. It is no decision that leaves, and is not recorded.
    ///
    /// # Errors
    /// When the case cannot be decided at all.
    pub fn explain_at(&self, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        let serving = self.shared.serving.load();
        let answering = serving.candidate.as_ref().and_then(|candidate| candidate.answers(case));
        answering.map_or_else(
            || serving.live.explain(case, at),
            |live| live.explain(case, at).or_else(|_| serving.live.explain(case, at)),
        )
    }

    /// Decides cases one after the other, all as of the same instant: the moment of this call.
    pub fn decide_all<'e, I>(&'e self, cases: I) -> impl Iterator<Item = Result<Decision, DecideError>> + 'e
    where
        I: IntoIterator<Item = Case>,
        I::IntoIter: 'e,
    {
        let at = now();
        cases.into_iter().map(move |case| self.decide_at(&case, at))
    }
}
