//! What came of the policy tests under one look.

use super::look::Look;
use crate::testing::{CaseFiles, TestResult, prepare};
use crate::text::{Diagnostic, Place};
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::thread;

/// A test that does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedTest {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// What came otherwise than it expects, a line each: ``money.goodwill: expected 5.00 USD, came 8.00 USD``.
    pub lines: Vec<String>,
}

/// How the tests ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tested {
    /// How many passed.
    pub passed: usize,
    /// The others, in the order of files and tests.
    pub failed: Vec<FailedTest>,
}

impl Tested {
    /// Runs the tests of a bundle, on all processors. Nothing when the bundle does not load, and when `is_stale` says meanwhile that
    /// nobody waits for it any more.
    #[must_use]
    pub fn of(look: &Look, case_files: &CaseFiles<'_>, is_stale: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let (bundle, policy) = look.sound.as_ref()?;
        let tests = prepare(bundle, case_files, None);
        let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let share = tests.len().div_ceil(workers).max(1);
        let results: Option<Vec<TestResult>> = thread::scope(|scope| {
            let run = |tests: &'_ [_]| -> Option<Vec<TestResult>> {
                tests.iter().map(|test: &crate::testing::Prepared<'_>| (!is_stale()).then(|| test.run(policy))).collect()
            };
            let handles: Vec<_> = tests.chunks(share).map(|tests| scope.spawn(move || run(tests))).collect();
            let mut all = Vec::with_capacity(tests.len());
            for handle in handles {
                // A test that panics is a mistake of ours, and no sign that a newer look is there.
                all.extend(handle.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            Some(all)
        });
        let results = results?;
        let passed = results.iter().filter(|result| result.passed()).count();
        let failed = results.iter().filter(|result| !result.passed()).map(failed).collect();
        Some(Self { passed, failed })
    }
}

impl Tested {
    /// ``1 test passed, 2 failed``
    #[must_use]
    pub fn told(&self) -> String {
        let tests = if self.passed == 1 { "test" } else { "tests" };
        format!("{} {tests} passed, {} failed", self.passed, self.failed.len())
    }
}

fn failed(result: &TestResult) -> FailedTest {
    let problem = |finding: &Diagnostic| finding.message.clone();
    let failures = result.failures.iter().map(|it| format!("{}: expected {}, came {}", it.path, it.expected, it.actual));
    let lines = result.problems.iter().map(problem).chain(failures).collect();
    FailedTest { name: result.name.clone(), place: result.place.clone(), lines }
}
