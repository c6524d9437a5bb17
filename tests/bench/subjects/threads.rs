//! The same work on one thread and on two, and beside it arithmetic that shares nothing: what the machine itself gives for a second
//! thread.

use super::bundle;
use std::hint::black_box;
use std::time::{Duration, Instant};

pub(crate) const THREADS: [usize; 2] = [1, 2];

/// How long it takes until each of so many threads has done the work so many times.
pub(crate) fn time(threads: usize, times: u64, work: &(impl Fn() + Sync)) -> Duration {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| (0..times).for_each(|_| work()));
        }
    });
    begun.elapsed()
}

/// A decision of the default bundle.
pub(crate) fn decision(subject: &bundle::Subject) -> impl Fn() + Sync {
    || drop(black_box(subject.traced()))
}

/// About as long as a decision, without memory.
pub(crate) fn arithmetic() {
    let mut state = black_box(0x5EED_u64);
    for _ in 0..1_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    }
    black_box(state);
}
