//! The candidate at work: whom it answers, and the thread that counts.

use super::stop_loss::{StopLoss, Window};
use super::summary::Summary;
use super::tally::{CandidateReport, Mode};
use crate::case::Case;
use crate::decision::Decision;
use crate::engine::live_policy::LivePolicy;
use crate::engine::loading::Found;
use crate::evaluation::DecideError;
use crate::policy::Policy;
use crate::value::DateTime;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A whole share, in hundredths of a per cent.
const WHOLE: u64 = 10_000;

/// How a candidate is carried beside the policy that decides.
#[derive(Clone, Debug)]
pub struct Candidate {
    mode: Mode,
    stop_loss: StopLoss,
    waiting_max: usize,
}

impl Candidate {
    /// It decides every case too, off the answer path; nobody gets its answers.
    #[must_use]
    pub fn shadow() -> Self {
        Self { mode: Mode::Shadow, stop_loss: StopLoss::default(), waiting_max: 1_024 }
    }

    /// It answers for a share of the customers, in hundredths of a per cent (250 is 2.5 per cent). The share is by a hash of the
    /// customer, so a customer always gets the answers of the same policy, and those of a smaller share are among those of a larger.
    #[must_use]
    pub fn staged(basis_points: u16) -> Self {
        Self { mode: Mode::Staged { basis_points: basis_points.min(10_000) }, ..Self::shadow() }
    }

    /// Drops it by itself when a band is left.
    #[must_use]
    pub fn stop_loss(mut self, stop_loss: StopLoss) -> Self {
        self.stop_loss = stop_loss;
        self
    }

    /// How many cases may wait to be looked at; what comes beyond is counted and not looked at.
    #[must_use]
    pub fn waiting_max(mut self, cases: usize) -> Self {
        self.waiting_max = cases.max(1);
        self
    }
}

/// A case on its way to the thread that counts.
#[derive(Debug)]
enum Job {
    /// To be decided in shadow: the case, its instant, and what was answered.
    Shadow(Box<Case>, DateTime, Summary),
    /// Answered; nothing stands for a case that the candidate could not decide.
    Answered { by_candidate: bool, summary: Option<Summary> },
}

/// A candidate that is being carried.
#[derive(Debug)]
pub(in crate::engine) struct Carried {
    /// No other candidate of the engine has it.
    number: u64,
    live: LivePolicy,
    /// What it was made from, to be kept once it is promoted.
    found: Found,
    mode: Mode,
    jobs: SyncSender<Job>,
    counts: Arc<Counts>,
}

/// What the thread that counts shares with whoever asks.
#[derive(Debug)]
struct Counts {
    report: Mutex<CandidateReport>,
    sent: AtomicU64,
    done: AtomicU64,
    skipped: AtomicU64,
}

/// Called when a band was left, with the reason.
pub(in crate::engine) type Ending = Box<dyn FnOnce(String) + Send>;

impl Counts {
    fn report(&self) -> MutexGuard<'_, CandidateReport> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Carried {
    /// Carries a policy; `ending` is called when its stop-loss ends it.
    pub(in crate::engine) fn begin(
        number: u64,
        live: LivePolicy,
        found: Found,
        (how, at): (Candidate, DateTime),
        ending: Ending,
    ) -> io::Result<Self> {
        let (jobs, work) = sync_channel(how.waiting_max);
        let report = Mutex::new(CandidateReport::begin(live.name().clone(), how.mode, at));
        let counts = Arc::new(Counts { report, sent: AtomicU64::new(0), done: AtomicU64::new(0), skipped: AtomicU64::new(0) });
        let (own, shared) = (live.clone(), counts.clone());
        let window = Window::new(how.stop_loss);
        std::thread::Builder::new()
            .name("redress-candidate".to_owned())
            .spawn(move || count(&own, &work, &shared, window, ending))?;
        Ok(Self { number, live, found, mode: how.mode, jobs, counts })
    }

    pub(in crate::engine) fn number(&self) -> u64 {
        self.number
    }

    pub(in crate::engine) fn policy(&self) -> &Policy {
        self.live.policy()
    }

    pub(in crate::engine) fn found(&self) -> &Found {
        &self.found
    }

    /// What came of it so far.
    pub(in crate::engine) fn report(&self) -> CandidateReport {
        // Counted before the report is copied, so that one in which nothing waits holds every case that was sent.
        let done = self.counts.done.load(Ordering::Acquire);
        let mut report = self.counts.report().clone();
        report.waiting = self.counts.sent.load(Ordering::Acquire).saturating_sub(done);
        report.skipped = self.counts.skipped.load(Ordering::Relaxed);
        report
    }

    /// Answers a case: by the candidate if it is this customer's, else by the policy that decides, which the candidate may shadow.
    /// A case that the candidate cannot decide at all is decided by the other one, and counts as a failure.
    pub(in crate::engine) fn decide(&self, active: &LivePolicy, case: &Case, at: DateTime) -> Result<Decision, DecideError> {
        if let Mode::Staged { basis_points } = self.mode
            && is_among(case, basis_points)
        {
            let decided = self.live.decide(case, at);
            self.send(|| Job::Answered { by_candidate: true, summary: decided.as_ref().ok().map(Summary::of) });
            return decided.or_else(|_| active.decide(case, at));
        }
        let decided = active.decide(case, at)?;
        match self.mode {
            Mode::Shadow => self.send(|| Job::Shadow(Box::new(case.clone()), at, Summary::of(&decided))),
            Mode::Staged { .. } => self.send(|| Job::Answered { by_candidate: false, summary: Some(Summary::of(&decided)) }),
        }
        Ok(decided)
    }

    /// Is it this one that answers a case?
    pub(in crate::engine) fn answers(&self, case: &Case) -> Option<&LivePolicy> {
        matches!(self.mode, Mode::Staged { basis_points } if is_among(case, basis_points)).then_some(&self.live)
    }

    /// Hands a case over without waiting for anybody.
    fn send(&self, job: impl FnOnce() -> Job) {
        // Counted first, so that nobody ever sees more done than sent.
        self.counts.sent.fetch_add(1, Ordering::AcqRel);
        if self.jobs.try_send(job()).is_err() {
            self.counts.done.fetch_add(1, Ordering::AcqRel);
            self.counts.skipped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Is the customer among those for whom the candidate answers? A case without a customer never is.
fn is_among(case: &Case, basis_points: u16) -> bool {
    let Some(customer) = case.customer.customer_id.known() else { return false };
    let digest = blake3::hash(customer.as_bytes());
    let number = digest.as_bytes().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    number % WHOLE < u64::from(basis_points)
}

/// The work of the thread: until the candidate is dropped, or a band was left.
fn count(own: &LivePolicy, work: &Receiver<Job>, counts: &Counts, mut window: Window, ending: Ending) {
    let mut ending = Some(ending);
    for job in work {
        let (is_of_candidate, summary) = match job {
            Job::Shadow(case, at, active) => {
                let candidate = own.decide(&case, at).ok().map(|decision| Summary::of(&decision));
                let case_id = case.complaint.case_id.known().cloned().unwrap_or_default();
                counts.report().compare(case_id, active, candidate.clone());
                (true, candidate)
            }
            Job::Answered { by_candidate, summary } => {
                counts.report().note(by_candidate, summary.as_ref());
                (by_candidate, summary)
            }
        };
        let left = if is_of_candidate { window.take(summary.as_ref()) } else { None };
        counts.done.fetch_add(1, Ordering::AcqRel);
        if let Some(because) = left
            && let Some(ending) = ending.take()
        {
            ending(because);
        }
    }
}
