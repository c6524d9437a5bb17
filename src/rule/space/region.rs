//! A region: one set of segments on every axis, and every case that stands in all of them.

use super::set::SegmentSet;
use std::collections::BTreeMap;

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

    /// What this one holds and the other does not, as regions of which no two meet: at most one an axis.
    #[cfg_attr(not(test), allow(dead_code, reason = "the comparison of two tables is told in what this leaves"))]
    pub(crate) fn minus(&self, other: &Self) -> Vec<Self> {
        if !self.meets(other) {
            return if self.is_empty() { Vec::new() } else { vec![self.clone()] };
        }
        let mut rest = Vec::new();
        let mut inside = self.clone();
        for (axis, (mine, theirs)) in self.sets.iter().zip(&other.sets).enumerate() {
            let outside = mine.minus(theirs);
            if !outside.is_empty() {
                rest.push(inside.with(axis, outside));
                inside = inside.with(axis, mine.and(theirs));
            }
        }
        rest
    }
}

/// The same cases in fewer regions: two that differ on one axis only become one, until no two are left that do. Regions that do not
/// meet stay so.
#[cfg_attr(not(test), allow(dead_code, reason = "the comparison of two tables is told in what this leaves"))]
pub(crate) fn merged(mut regions: Vec<Region>) -> Vec<Region> {
    regions.retain(|region| !region.is_empty());
    regions.sort_unstable();
    regions.dedup();
    let axes = regions.first().map_or(0, |region| region.sets.len());
    loop {
        let before = regions.len();
        for axis in 0..axes {
            let mut by_rest: BTreeMap<Region, SegmentSet> = BTreeMap::new();
            for region in regions {
                let set = region.set(axis).cloned().unwrap_or_default();
                let joined = by_rest.entry(region.with(axis, SegmentSet::none())).or_default();
                *joined = joined.or(&set);
            }
            regions = by_rest.into_iter().map(|(rest, set)| rest.with(axis, set)).collect();
        }
        if regions.len() == before {
            return regions;
        }
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

    fn together(regions: &[Region]) -> BTreeSet<Point> {
        regions.iter().flat_map(points).collect()
    }

    fn counted(regions: &[Region]) -> usize {
        regions.iter().map(|region| points(region).len()).sum()
    }

    proptest! {
        /// Regions are a short form, never another set of cases.
        #[test]
        fn regions_answer_as_sets_do(one in regions(), other in regions()) {
            let (plain, others) = (points(&one), points(&other));
            prop_assert_eq!(one.and(&other).map(|both| points(&both)).unwrap_or_default(), &plain & &others);
            prop_assert_eq!(one.meets(&other), !plain.is_disjoint(&others));
            prop_assert_eq!(one.contains(&other), plain.is_superset(&others));
                let rest = one.minus(&other);
            prop_assert_eq!(together(&rest), &plain - &others);
            prop_assert_eq!(counted(&rest), plain.difference(&others).count());
        }

        /// Merging keeps every case, and regions that do not meet stay apart.
        #[test]
        fn merging_keeps_every_case(list in prop::collection::vec(regions(), 0..6)) {
            let whole = merged(list.clone());
            prop_assert_eq!(together(&whole), together(&list));
            let mut apart: Vec<Region> = Vec::new();
            for region in list {
                let rest = apart.iter().fold(vec![region], |rest, gone| rest.iter().flat_map(|each| each.minus(gone)).collect());
                apart.extend(rest);
            }
            let fewer = merged(apart.clone());
            prop_assert!(fewer.len() <= apart.len());
            prop_assert_eq!(counted(&fewer), together(&apart).len());
        }
    }
}
