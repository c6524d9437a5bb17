//! The state of the call that runs on this thread.
//!
//! It is kept per thread, not in Rhai's tag, because iterators and the progress hook see no tag, and because closures that a native
//! calls run on a copy of Rhai's own counters: only a count outside of the engine cannot be escaped.

use crate::limits::{SCRIPT_OPERATIONS_MAX, SCRIPT_WALL_CLOCK_MS_MAX};
use crate::script::context::CallContext;
use crate::script::outcome::Absent;
use crate::value::{Calendar, Currency, Zone};
use rhai::{Dynamic, EvalAltResult, Position};
use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the clock is read, in operations.
const CLOCK_EVERY_OPERATIONS: u64 = 64;

/// Why a call was ended from outside; the token that the engine's termination carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Operations,
    WallClock,
}

/// What a native tells the host through Rhai's error value.
#[derive(Clone, Debug)]
pub(crate) enum Snag {
    /// A value that is missing or unknown was used.
    Needs(Absent),
    /// Values that cannot be combined.
    Trouble(String),
    /// A limit of size.
    Size(String),
}

impl Snag {
    pub(crate) fn into_error(self) -> Box<EvalAltResult> {
        EvalAltResult::ErrorRuntime(Dynamic::from(self), Position::NONE).into()
    }
}

struct Running {
    currency: Option<Currency>,
    calendar: Arc<Calendar>,
    zone: Option<Zone>,
    operations: u64,
    operations_max: u64,
    deadline: Instant,
    /// What was read and is missing or unknown, and where: `()` itself carries no name.
    absent: Vec<(Absent, Position)>,
    /// A missing or unknown value was put into a text, where Rhai swallows errors.
    pending: Option<Absent>,
}

thread_local! {
    static RUNNING: RefCell<Vec<Running>> = const { RefCell::new(Vec::new()) };
}

/// What one call may spend.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    pub(crate) operations: u64,
    pub(crate) wall_clock: Duration,
}

/// How much slower a build without optimisation may be before the clock ends a call: the operations must always be the first to.
const SLOWER_UNOPTIMISED: u64 = if cfg!(debug_assertions) { 40 } else { 1 };

impl Default for Allowance {
    fn default() -> Self {
        Self {
            operations: SCRIPT_OPERATIONS_MAX,
            wall_clock: Duration::from_millis(SCRIPT_WALL_CLOCK_MS_MAX * SLOWER_UNOPTIMISED),
        }
    }
}

/// Marks the call as running until dropped; calls may nest, when a host function itself calls a script.
pub(crate) struct Session;

impl Session {
    pub(crate) fn begin(context: &CallContext<'_>, allowance: Allowance) -> Self {
        let running = Running {
            currency: context.currency,
            calendar: context.calendar.clone(),
            zone: context.zone.cloned(),
            operations: 0,
            operations_max: allowance.operations,
            deadline: Instant::now() + allowance.wall_clock,
            absent: Vec::new(),
            pending: None,
        };
        RUNNING.with_borrow_mut(|stack| stack.push(running));
        Self
    }

    /// The missing (or unknown) facts read so far, but for those read at a place where a missing value is allowed; `None` when
    /// there was none.
    #[expect(clippy::unused_self, reason = "only a call that runs has something to say")]
    pub(crate) fn absent(&self, unknown: bool, allowed: &[Position]) -> Option<Absent> {
        let read = with(|running| running.absent.clone()).unwrap_or_default();
        read.into_iter()
            .filter(|(absent, position)| absent.unknown == unknown && (unknown || !allowed.contains(position)))
            .map(|(absent, _)| absent)
            .reduce(Absent::and)
    }

    /// What was missing or unknown when it was put into a text.
    #[expect(clippy::unused_self, reason = "only a call that runs has something to say")]
    pub(crate) fn pending(&self) -> Option<Absent> {
        with(|running| running.pending.clone()).flatten()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        RUNNING.with_borrow_mut(Vec::pop);
    }
}

fn with<T>(act: impl FnOnce(&mut Running) -> T) -> Option<T> {
    RUNNING.with_borrow_mut(|stack| stack.last_mut().map(act))
}

/// One operation of the engine; the reason to end the call, if there is one.
pub(crate) fn step() -> Option<Ended> {
    spend(1)
}

/// What a native spends, by the size of what it is given.
pub(crate) fn charge(size: usize) -> Result<(), Box<EvalAltResult>> {
    let operations = u64::try_from(size / 8 + 1).unwrap_or(u64::MAX);
    match spend(operations) {
        None => Ok(()),
        Some(ended) => Err(EvalAltResult::ErrorTerminated(Dynamic::from(ended), Position::NONE).into()),
    }
}

fn spend(operations: u64) -> Option<Ended> {
    with(|running| {
        let before = running.operations;
        running.operations = before.saturating_add(operations);
        if running.operations > running.operations_max {
            return Some(Ended::Operations);
        }
        let looks = before / CLOCK_EVERY_OPERATIONS != running.operations / CLOCK_EVERY_OPERATIONS;
        (looks && Instant::now() > running.deadline).then_some(Ended::WallClock)
    })
    .flatten()
}

/// Remembers that something missing or unknown was read, and where.
pub(crate) fn note_absent(absent: &Absent, position: Position) {
    // A loop may read the same fact at the same place many times.
    with(|running| {
        let entry = (absent.clone(), position);
        if !running.absent.contains(&entry) {
            running.absent.push(entry);
        }
    });
}

/// Remembers that a value that is not there was put into a text.
pub(crate) fn note_pending(absent: Absent) {
    with(|running| {
        let before = running.pending.take().unwrap_or_default();
        running.pending = Some(before.and(absent));
    });
}

/// Runs something with the context of the call.
pub(crate) fn in_context<T>(act: impl FnOnce(&CallContext<'_>) -> T) -> T {
    // The parts are taken out so that a host function may call a script of its own.
    let parts = with(|running| (running.currency, running.calendar.clone(), running.zone.clone()));
    let (currency, calendar, zone) = parts.unwrap_or_default();
    let context = CallContext::new(currency, &calendar);
    match &zone {
        Some(zone) => act(&context.in_zone(zone)),
        None => act(&context),
    }
}
