//! Sets of segments, as sorted ranges that do not touch.

/// Which segments of a [`Scale`](super::scale::Scale) a condition admits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Coverage {
    /// Half-open ranges.
    ranges: Vec<(usize, usize)>,
    /// Does the condition admit all values of each of these segments and none of the others? Otherwise it admits at most
    /// these.
    pub(crate) exact: bool,
}

impl Coverage {
    pub(crate) fn none() -> Self {
        Self::range(0, 0, true)
    }

    pub(crate) fn range(from: usize, to: usize, exact: bool) -> Self {
        Self { ranges: if from < to { vec![(from, to)] } else { Vec::new() }, exact }
    }

    pub(crate) fn ranges(&self) -> &[(usize, usize)] {
        &self.ranges
    }

    pub(crate) fn holds(&self, segment: usize) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..*to).contains(&segment))
    }

    /// What one or the other admits.
    pub(crate) fn or(mut self, other: &Self) -> Self {
        self.ranges.extend(&other.ranges);
        self.ranges.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::with_capacity(self.ranges.len());
        for (from, to) in self.ranges {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self { ranges: joined, exact: self.exact && other.exact }
    }

    /// What both admit.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut both = Self { ranges: Vec::new(), exact: self.exact && other.exact };
        for (from, to) in &self.ranges {
            for (other_from, other_to) in &other.ranges {
                let (from, to) = (*from.max(other_from), *to.min(other_to));
                if from < to {
                    both.ranges.push((from, to));
                }
            }
        }
        both
    }

    /// What it does not admit, of `len` segments in all. The rest of an upper estimate is no estimate, so it is everything.
    pub(crate) fn complement(&self, len: usize) -> Self {
        if !self.exact {
            return Self::range(0, len, false);
        }
        let mut rest = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for (from, to) in &self.ranges {
            if next < *from {
                rest.push((next, *from));
            }
            next = *to;
        }
        if next < len {
            rest.push((next, len));
        }
        Self { ranges: rest, exact: true }
    }
}
