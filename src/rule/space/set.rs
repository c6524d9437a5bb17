//! A set of segments of one axis, as sorted ranges that do not touch.

/// Numbers of segments. Few ranges tell most cells, whatever the number of segments: `at least 100` is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SegmentSet {
    /// Half-open ranges, none empty, in order, none touching the next.
    ranges: Vec<(u32, u32)>,
}

impl SegmentSet {
    /// No segment.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// The segments from one up to, and without, another.
    pub(crate) fn range(from: u32, to: u32) -> Self {
        Self { ranges: if from < to { vec![(from, to)] } else { Vec::new() } }
    }

    /// From ranges in any order.
    pub(crate) fn of_ranges(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|(from, to)| from < to);
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        Self { ranges: joined }
    }

    pub(crate) fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    pub(crate) fn holds(&self, segment: u32) -> bool {
        self.meets((segment, segment + 1))
    }

    /// How many segments.
    pub(crate) fn len(&self) -> u32 {
        self.ranges.iter().map(|(from, to)| to - from).sum()
    }

    /// The segments, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        self.ranges.iter().flat_map(|(from, to)| *from..*to)
    }

    /// The first of them.
    pub(crate) fn first(&self) -> Option<u32> {
        self.ranges.first().map(|(from, _)| *from)
    }

    /// Has it a segment in that range?
    #[inline]
    pub(crate) fn meets(&self, (low, high): (u32, u32)) -> bool {
        low < high && self.ranges.iter().any(|(from, to)| *from < high && low < *to)
    }

    /// Has it all segments of that range?
    #[inline]
    pub(crate) fn fills(&self, (low, high): (u32, u32)) -> bool {
        low >= high || self.ranges.iter().any(|(from, to)| *from <= low && high <= *to)
    }

    /// Have two sets a segment of that range in common?
    #[inline]
    pub(crate) fn meets_within(&self, other: &Self, (low, high): (u32, u32)) -> bool {
        self.ranges.iter().any(|(from, to)| other.meets(((*from).max(low), (*to).min(high))))
    }

    /// What one or the other has.
    pub(crate) fn or(&self, other: &Self) -> Self {
        Self::of_ranges(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    /// What both have.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        let (mut mine, mut theirs) = (self.ranges.iter().peekable(), other.ranges.iter().peekable());
        while let (Some((from, to)), Some((other_from, other_to))) = (mine.peek(), theirs.peek()) {
            ranges.push(((*from).max(*other_from), (*to).min(*other_to)));
            if to < other_to {
                mine.next()
            } else {
                theirs.next()
            };
        }
        Self::of_ranges(ranges)
    }

    /// What this one has and the other has not.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        let mut ranges = Vec::new();
        for (from, to) in &self.ranges {
            let mut next = *from;
            for (gone_from, gone_to) in other.ranges.iter().filter(|(gone_from, gone_to)| gone_from < to && from < gone_to) {
                ranges.push((next, *gone_from));
                next = next.max(*gone_to);
            }
            ranges.push((next, *to));
        }
        Self::of_ranges(ranges)
    }

    /// Has it everything that the other has?
    pub(crate) fn contains(&self, other: &Self) -> bool {
        other.ranges.iter().all(|range| self.fills(*range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn sets() -> impl Strategy<Value = (SegmentSet, BTreeSet<u32>)> {
        prop::collection::vec((0_u32..20, 0_u32..6), 0..5).prop_map(|ranges| {
            let ranges: Vec<(u32, u32)> = ranges.into_iter().map(|(from, len)| (from, from + len)).collect();
            let plain = ranges.iter().flat_map(|(from, to)| *from..*to).collect();
            (SegmentSet::of_ranges(ranges), plain)
        })
    }

    proptest! {
        /// Ranges are a short form, never another set.
        #[test]
        fn ranges_answer_as_sets_do((one, plain) in sets(), (other, others) in sets(), low in 0_u32..20, len in 0_u32..8) {
            let list = |set: SegmentSet| set.iter().collect::<BTreeSet<u32>>();
            prop_assert_eq!(list(one.clone()), plain.clone());
            prop_assert_eq!(list(one.and(&other)), &plain & &others);
            prop_assert_eq!(list(one.or(&other)), &plain | &others);
            prop_assert_eq!(list(one.minus(&other)), &plain - &others);
            prop_assert_eq!(one.contains(&other), plain.is_superset(&others));
            prop_assert_eq!(one.len() as usize, plain.len());
            let range: BTreeSet<u32> = (low..low + len).collect();
            prop_assert_eq!(one.meets((low, low + len)), !plain.is_disjoint(&range));
            prop_assert_eq!(one.fills((low, low + len)), plain.is_superset(&range));
            prop_assert_eq!(one.meets_within(&other, (low, low + len)), !(&plain & &others).is_disjoint(&range));
            prop_assert_eq!(one == other, plain == others);
        }
    }
}
