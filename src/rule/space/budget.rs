//! How much work a question may still take.

/// Work that is left, in cells looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    left: u64,
}

/// The work ran out before the answer was found: it is *not proven*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

impl Budget {
    pub(crate) fn new(cells: u64) -> Self {
        Self { left: cells }
    }

    /// What one question of several may take of it: a third, so that one that cannot be answered leaves something to those behind it.
    pub(crate) fn share(self) -> Self {
        Self { left: self.left / 3 }
    }

    /// Without what was taken of a share.
    pub(crate) fn without(self, share: Self, left: Self) -> Self {
        Self { left: self.left - share.left.saturating_sub(left.left) }
    }

    /// Takes some of it.
    pub(crate) fn spend(&mut self, cells: usize) -> Result<(), Exhausted> {
        let rest = self.left.checked_sub(cells as u64);
        self.left = rest.unwrap_or(0);
        rest.map(|_| ()).ok_or(Exhausted)
    }
}
