//! Sorted whole numbers, and where another stands among them: mostly told by one look into a table and two comparisons.

/// Sorted whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    points: Vec<i64>,
    /// Empty where the points lie so unevenly that a search is faster.
    ranges: Ranges,
}

/// The numbers from the least point to the greatest, cut into ranges of `2^shift`, few of which hold more than one point.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranges {
    /// The least point.
    first: i64,
    /// From there to the greatest.
    span: u64,
    shift: u32,
    /// For each range, how many points lie before it.
    before: Box<[u32]>,
    points: Box<[i64]>,
}

/// So many ranges for each point.
const RANGES_PER_POINT_MAX: u64 = 4;
/// The most points that a range may hold.
const RANGE_POINTS_MAX: usize = 4;

impl Ranges {
    /// From distinct numbers in order.
    pub(super) fn new(points: &[i64]) -> Self {
        let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else { return Self::default() };
        let behind_first = |point: i64| point.wrapping_sub(first).cast_unsigned();
        let span = behind_first(last);
        let ranges_max = (points.len() as u64).saturating_mul(RANGES_PER_POINT_MAX);
        let shift = (0..64).find(|shift| span >> shift < ranges_max).unwrap_or(63);
        let mut before = Vec::new();
        let mut seen = 0;
        for range in 0..=span >> shift {
            before.push(u32::try_from(seen).unwrap_or(u32::MAX));
            let held = points.iter().skip(seen).take_while(|point| behind_first(**point) >> shift == range).count();
            if held > RANGE_POINTS_MAX {
                return Self::default();
            }
            seen += held;
        }
        Self { first, span, shift, before: before.into(), points: points.into() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.before.is_empty()
    }

    /// The segment of a number: an even one is that behind so many points, halved, an odd one that of a point itself.
    #[inline]
    pub(crate) fn segment(&self, number: i64) -> usize {
        let behind_first = number.wrapping_sub(self.first).cast_unsigned();
        if behind_first > self.span {
            // What lies before the first point is far behind the last one, counted around the corner.
            return if number < self.first { 0 } else { 2 * self.points.len() };
        }
        let range = usize::try_from(behind_first >> self.shift).unwrap_or(usize::MAX);
        let mut below = self.before.get(range).map_or(0, |before| *before as usize);
        loop {
            match self.points.get(below) {
                Some(point) if *point < number => below += 1,
                point => return 2 * below + usize::from(point == Some(&number)),
            }
        }
    }
}

impl Steps {
    /// From distinct numbers in order.
    pub(super) fn new(points: Vec<i64>) -> Self {
        let ranges = Ranges::new(&points);
        Self { points, ranges }
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    pub(super) fn as_slice(&self) -> &[i64] {
        &self.points
    }

    /// See there.
    pub(crate) fn ranges(&self) -> &Ranges {
        &self.ranges
    }

    /// The segment of a number: an even one is that behind so many points, halved, an odd one that of a point itself.
    #[inline]
    pub(super) fn segment(&self, number: i64) -> usize {
        if self.ranges.is_empty() {
            let below = self.points.partition_point(|point| *point < number);
            return 2 * below + usize::from(self.points.get(below) == Some(&number));
        }
        self.ranges.segment(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point() -> impl Strategy<Value = i64> {
        prop_oneof![6 => -40_i64..40, 3 => -4_000_i64..4_000, 1 => any::<i64>(), 1 => Just(i64::MIN), 1 => Just(i64::MAX)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

        /// The table is a short cut, never another answer.
        #[test]
        fn the_table_answers_as_a_search(points in prop::collection::btree_set(point(), 0..40), numbers in prop::collection::vec(point(), 1..20)) {
            let points: Vec<i64> = points.into_iter().collect();
            let steps = Steps::new(points.clone());
            let edges = points.iter().flat_map(|point| [point.wrapping_sub(1), *point, point.wrapping_add(1)]);
            for number in numbers.into_iter().chain(edges) {
                let below = points.partition_point(|point| *point < number);
                prop_assert_eq!(steps.segment(number), 2 * below + usize::from(points.get(below) == Some(&number)));
            }
        }

        /// What lies on a grid is found by the table.
        #[test]
        fn a_grid_has_a_table(step in 1_i64..2_000, count in 1_i64..300) {
            let steps = Steps::new((0..count).map(|at| at * step).collect());
            prop_assert!(!steps.ranges.is_empty());
        }
    }
}
