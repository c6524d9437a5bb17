//! A region: one set of segments on every axis, and every case that stands in all of them.

use super::set::SegmentSet;

/// A box of a space. It is empty where the set of one axis is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Region {
    sets: Vec<SegmentSet>,
}

impl Region {
    /// One set an axis, in the order of the axes.
    pub(crate) fn new(sets: Vec<SegmentSet>) -> Self {
        Self { sets }
    }

    pub(crate) fn sets(&self) -> &[SegmentSet] {
        &self.sets
    }

    /// The set of an axis.
    pub(crate) fn set(&self, axis: usize) -> Option<&SegmentSet> {
        self.sets.get(axis)
    }

    /// The same with another set on one axis.
    pub(crate) fn with(&self, axis: usize, set: SegmentSet) -> Self {
        let mut changed = self.clone();
        if let Some(place) = changed.sets.get_mut(axis) {
            *place = set;
        }
        changed
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sets.iter().any(SegmentSet::is_empty)
    }

    /// What both hold; nothing where that is empty.
    pub(crate) fn and(&self, other: &Self) -> Option<Self> {
        let both = Self { sets: self.sets.iter().zip(&other.sets).map(|(mine, theirs)| mine.and(theirs)).collect() };
        (!both.is_empty()).then_some(both)
    }

    /// Do they hold a case in common?
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.sets.iter().zip(&other.sets).all(|(mine, theirs)| mine.meets_within(theirs, (0, u32::MAX)))
    }

    /// Does it hold every case of the other?
    pub(crate) fn contains(&self, other: &Self) -> bool {
        other.is_empty() || self.sets.iter().zip(&other.sets).all(|(mine, theirs)| mine.contains(theirs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    type Point = (u32, u32, u32);

    fn regions() -> impl Strategy<Value = Region> {
        let set = || prop::collection::vec((0_u32..4, 1_u32..4), 1..3);
        (set(), set(), set()).prop_map(|(a, b, c)| {
            let set = |ranges: Vec<(u32, u32)>| {
                SegmentSet::of_ranges(ranges.into_iter().map(|(from, len)| (from, (from + len).min(4))).collect())
            };
            Region::new(vec![set(a), set(b), set(c)])
        })
    }

    fn points(region: &Region) -> BTreeSet<Point> {
        let sets: Vec<Vec<u32>> = region.sets().iter().map(|set| set.iter().collect()).collect();
        let mut found = BTreeSet::new();
        for a in &sets[0] {
            for b in &sets[1] {
                found.extend(sets[2].iter().map(|c| (*a, *b, *c)));
            }
        }
        found
    }

    proptest! {
        /// Regions are a short form, never another set of cases.
        #[test]
        fn regions_answer_as_sets_do(one in regions(), other in regions()) {
            let (plain, others) = (points(&one), points(&other));
            prop_assert_eq!(one.and(&other).map(|both| points(&both)).unwrap_or_default(), &plain & &others);
            prop_assert_eq!(one.meets(&other), !plain.is_disjoint(&others));
            prop_assert_eq!(one.contains(&other), plain.is_superset(&others));
        }
    }
}
