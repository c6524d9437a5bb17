//! The state of the call that runs on this thread.
//!
//! It is kept per thread, not in Rhai's tag, because iterators and the progress hook see no tag, and because closures that a native
//! calls run on a copy of Rhai's own counters: only a count outside of the engine cannot be escaped.

use crate::script::allowance::{CancelToken, ScriptLimits};
use crate::script::context::CallContext;
use crate::script::outcome::Absent;
use crate::value::{Calendar, Currency, Zone};
use rhai::{Dynamic, EvalAltResult, Position};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the clock is read, in operations.
const CLOCK_EVERY_OPERATIONS: u64 = 64;

/// How often the variables of a script are weighed, in operations.
const WEIGH_EVERY_OPERATIONS: u64 = 64;

/// Why a call was ended from outside; the token that the engine's termination carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Operations,
    WallClock,
    Cancelled,
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
    /// A host function panicked; which one.
    Panic(&'static str),
    /// The call is over, noticed by a native, which unlike Rhai itself knows where it stands.
    Ended(Ended),
}

impl Snag {
    pub(crate) fn into_error(self) -> Box<EvalAltResult> {
        EvalAltResult::ErrorRuntime(Dynamic::from(self), Position::NONE).into()
    }
}

/// The context of a call, for as long as it runs.
#[derive(Default)]
struct Surroundings {
    currency: Option<Currency>,
    calendar: Arc<Calendar>,
    zone: Option<Zone>,
    cancel: Option<CancelToken>,
}

struct Running {
    /// Held by whoever looks at it, so that a host function may call a script of its own.
    surroundings: Rc<Surroundings>,
    limits: ScriptLimits,
    deadline: Instant,
    /// What was read and is missing or unknown, and where: `()` itself carries no name.
    absent: Vec<(Absent, Position)>,
    /// A missing or unknown value was put into a text, where Rhai swallows errors.
    pending: Option<Absent>,
    /// What was counted of the call that this one stands in.
    outer: Counted,
}

/// What is counted of the innermost call.
struct Counters {
    operations: Cell<u64>,
    /// From how many operations on there may be a reason to end the call.
    looked_at: Cell<u64>,
    /// At how many operations the variables are weighed again.
    weighed: Cell<u64>,
}

/// What is counted of a call that stands still while another one runs.
struct Counted {
    operations: u64,
    looked_at: u64,
    weighed: u64,
}

impl Counters {
    const fn new() -> Self {
        Self { operations: Cell::new(0), looked_at: Cell::new(0), weighed: Cell::new(WEIGH_EVERY_OPERATIONS) }
    }

    /// Goes on counting from there; what was counted before.
    fn replace(&self, with: &Counted) -> Counted {
        Counted {
            operations: self.operations.replace(with.operations),
            looked_at: self.looked_at.replace(with.looked_at),
            weighed: self.weighed.replace(with.weighed),
        }
    }
}

impl Counted {
    const NOTHING: Self = Self { operations: 0, looked_at: 0, weighed: WEIGH_EVERY_OPERATIONS };
}

thread_local! {
    // By itself, because every operation counts here and hardly any looks at the rest. A cell for each number: written as one and
    // read as a whole, each operation would wait until the one before it has reached the memory.
    static COUNTED: Counters = const { Counters::new() };
    static RUNNING: RefCell<Vec<Running>> = const { RefCell::new(Vec::new()) };
}

/// How much slower a build without optimisation may be before the clock ends a call: the operations must always be the first to.
const SLOWER_UNOPTIMISED: u64 = if cfg!(debug_assertions) { 40 } else { 1 };

/// How far a call may run on past its operations until it comes to a native, in operations. Rhai forgets where it was when it ends a
/// call by itself; an error of a native keeps its place.
const GRACE_OPERATIONS: u64 = 64;

/// Marks the call as running until dropped; calls may nest, when a host function itself calls a script.
pub(crate) struct Session;

impl Session {
    pub(crate) fn begin(context: &CallContext<'_>, limits: &ScriptLimits) -> Self {
        let patience = Duration::from_millis(limits.wall_clock_ms.saturating_mul(SLOWER_UNOPTIMISED));
        let now = Instant::now();
        let surroundings = Surroundings {
            currency: context.currency,
            calendar: context.calendar.clone(),
            zone: context.zone.cloned(),
            cancel: context.cancel.cloned(),
        };
        let running = Running {
            surroundings: surroundings.into(),
            limits: *limits,
            deadline: now.checked_add(patience).unwrap_or(now),
            absent: Vec::new(),
            pending: None,
            outer: COUNTED.with(|counted| counted.replace(&Counted::NOTHING)),
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
        if let Some(ended) = RUNNING.with_borrow_mut(Vec::pop) {
            COUNTED.with(|counted| counted.replace(&ended.outer));
        }
    }
}

fn with<T>(act: impl FnOnce(&mut Running) -> T) -> Option<T> {
    RUNNING.with_borrow_mut(|stack| stack.last_mut().map(act))
}

/// The limits of the call.
pub(crate) fn limits() -> ScriptLimits {
    with(|running| running.limits).unwrap_or_default()
}

/// One operation of the engine; the reason to end the call, if there is one.
pub(crate) fn step() -> Option<Ended> {
    spend(1, GRACE_OPERATIONS)
}

/// Is it time to weigh what the script holds?
pub(super) fn weighs_now() -> bool {
    COUNTED.with(|counted| {
        let operations = counted.operations.get();
        let is_due = operations >= counted.weighed.get();
        if is_due {
            counted.weighed.set(operations.saturating_add(WEIGH_EVERY_OPERATIONS));
        }
        is_due
    })
}

/// What a native spends, by the size of what it is given.
pub(crate) fn charge(size: usize) -> Result<(), Box<EvalAltResult>> {
    let operations = u64::try_from(size / 8 + 1).unwrap_or(u64::MAX);
    match spend(operations, 0) {
        None => Ok(()),
        Some(ended) => Err(Snag::Ended(ended).into_error()),
    }
}

#[inline]
fn spend(operations: u64, grace: u64) -> Option<Ended> {
    COUNTED.with(|counted| {
        let before = counted.operations.get();
        let now = before.saturating_add(operations);
        counted.operations.set(now);
        if now < counted.looked_at.get() { None } else { look(before, now, grace) }
    })
}

/// Is there a reason to end the call? When there may be the next is noted; a call that can be cancelled is looked at every time.
#[cold]
fn look(before: u64, now: u64, grace: u64) -> Option<Ended> {
    with(|running| {
        let cancel = running.surroundings.cancel.as_ref();
        if cancel.is_none() {
            let clock = (now / CLOCK_EVERY_OPERATIONS).saturating_add(1).saturating_mul(CLOCK_EVERY_OPERATIONS);
            COUNTED.with(|counted| counted.looked_at.set(clock.min(running.limits.operations)));
        }
        if now > running.limits.operations.saturating_add(grace) {
            return Some(Ended::Operations);
        }
        if cancel.is_some_and(CancelToken::is_cancelled) {
            return Some(Ended::Cancelled);
        }
        let looks = before / CLOCK_EVERY_OPERATIONS != now / CLOCK_EVERY_OPERATIONS;
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
    let surroundings = with(|running| running.surroundings.clone()).unwrap_or_default();
    let Surroundings { currency, calendar, zone, cancel } = &*surroundings;
    let context = CallContext::new(*currency, calendar).cancelled_by(cancel.as_ref());
    match zone {
        Some(zone) => act(&context.in_zone(zone)),
        None => act(&context),
    }
}
