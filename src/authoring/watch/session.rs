//! The looks of one sitting: the last one, the last that decides, and the one that both are compared with.

use super::changes::Changes;
use super::look::Look;
use super::tested::Tested;
use std::sync::Arc;

/// A look with its number and what came of its tests, once they were run.
#[derive(Clone, Debug)]
struct Seen {
    look: Arc<Look>,
    tests: Option<Tested>,
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Session {
    /// How many looks there were.
    number: u64,
    now: Seen,
    /// The last look under which the bundle loads.
    good: Option<Seen>,
    /// The look before the last one, and the one before the last good one.
    before: Option<Seen>,
    before_good: Option<Seen>,
    /// What came of the tests the last time that they were run to their end, before this look.
    tested_before: Option<Tested>,
    /// What somebody wants all looks to be compared with.
    baseline: Option<Seen>,
    changes: Changes,
}

impl Session {
    /// Begins with a look.
    #[must_use]
    pub fn begin(look: Arc<Look>) -> Self {
        let now = Seen { look, tests: None };
        let good = now.look.is_sound().then(|| now.clone());
        Self {
            number: 1,
            now,
            good,
            before: None,
            before_good: None,
            tested_before: None,
            baseline: None,
            changes: Changes::default(),
        }
    }

    /// Takes in the next look.
    pub fn see(&mut self, look: Arc<Look>) {
        let next = Seen { look, tests: None };
        if next.look.is_sound() {
            self.before_good = self.good.replace(next.clone());
        }
        let before = std::mem::replace(&mut self.now, next);
        if before.tests.is_some() {
            self.tested_before.clone_from(&before.tests);
        }
        self.before = Some(before);
        self.number += 1;
        self.compare();
    }

    /// Takes in what came of the tests of the look of that number; those of an earlier one are passed over.
    pub fn tested(&mut self, number: u64, tests: Tested) {
        if number != self.number {
            return;
        }
        self.now.tests = Some(tests);
        if let Some(good) = self.good.as_mut().filter(|good| Arc::ptr_eq(&good.look, &self.now.look)) {
            good.tests.clone_from(&self.now.tests);
        }
        self.compare();
    }

    /// Compares with the present state from now on.
    pub fn pin(&mut self) {
        self.baseline.clone_from(&self.good);
        self.compare();
    }

    /// Compares each look with the one before it again.
    pub fn unpin(&mut self) {
        self.baseline = None;
        self.compare();
    }

    /// Is there a state that all looks are compared with?
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.baseline.is_some()
    }

    /// The number of the last look, from 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The last look.
    #[must_use]
    pub fn now(&self) -> &Arc<Look> {
        &self.now.look
    }

    /// What came of its tests, once they were run.
    #[must_use]
    pub fn tests(&self) -> Option<&Tested> {
        self.now.tests.as_ref()
    }

    /// The last look under which the bundle loads.
    #[must_use]
    pub fn good(&self) -> Option<&Arc<Look>> {
        self.good.as_ref().map(|seen| &seen.look)
    }

    /// Were the tests never run to their end before this look?
    pub(super) fn is_first(&self) -> bool {
        self.baseline.is_none() && self.tested_before.is_none()
    }

    /// What differs from what is compared with. While the bundle does not load, its cases stay as they were last decided.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    fn compare(&mut self) {
        let mut changes = Changes::default();
        if let Some(before) = self.baseline.as_ref().or(self.before.as_ref()) {
            changes.of_findings(&before.look, &self.now.look);
        }
        if let (Some(before), Some(good)) = (self.baseline.as_ref().or(self.before_good.as_ref()), &self.good) {
            changes.of_cases(&before.look, &good.look);
        }
        let before = self.baseline.as_ref().map_or(self.tested_before.as_ref(), |baseline| baseline.tests.as_ref());
        if let (Some(before), Some(now)) = (before, &self.now.tests) {
            changes.of_tests(before, now);
        }
        self.changes = changes;
    }
}
